"""Check a report: what it cites, and whether its numbers, quotations and names are those of the findings."""
