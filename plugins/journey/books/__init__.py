"""Printed editions and e-books, made from the same Markdown as the site."""
