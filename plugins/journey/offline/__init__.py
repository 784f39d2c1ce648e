"""Reading without a connection: what belongs to a language or a module, and the site on a memory stick."""
