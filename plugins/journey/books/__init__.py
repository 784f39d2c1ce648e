"""Printed editions: the same Markdown as pocket book, handbook, guide and assessment tool."""
