"""The glossary: concepts with one permanent id, their terms in six languages, and where readers meet them."""
