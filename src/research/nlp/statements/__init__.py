"""Attributions: who said what, from the text to spans with their kind and confidence."""
