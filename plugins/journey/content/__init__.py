"""Pages: where they lie, what their front matter may say, how they link, and what is wrong with them."""
