"""A random sample for people to judge, and findings corrected by what they decided."""
