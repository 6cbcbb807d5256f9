"""Quantities: numbers with their units, as texts write them."""
