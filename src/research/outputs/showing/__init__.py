"""What a notebook shows: tables, findings, figures."""
