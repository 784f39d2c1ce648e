"""Search in the page itself: an index per language, split by module, compared letter by letter in any script."""
