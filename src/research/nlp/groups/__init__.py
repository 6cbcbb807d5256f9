"""Groups of a corpus: who speaks at each place, who is who across documents, and what can be compared."""
