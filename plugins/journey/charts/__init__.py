"""Charts: small tables of data beside the pages, with their provenance, drawn when the site is built."""
