"""The parts of an e-book: text laid open, questions printed, links, pictures, the file."""
