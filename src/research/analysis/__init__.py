"""Room 3: annotations become tables, statistics, figures and findings."""
