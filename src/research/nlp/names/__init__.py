"""Names: whom and what a text names, and who is meant."""
