"""Figures: drawings in SVG that speak the page's language, follow its colours and are mirrored where text is."""
