"""Numbers with their units, as texts write them."""
