"""The preview under `mkdocs serve`: a save shows at once, and what it shows is what a full build would give."""
