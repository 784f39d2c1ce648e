"""Sources: what a page cites, how a page is cited, and what machines learn of papers."""
