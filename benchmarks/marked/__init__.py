"""Quantities, times and countries, marked in 300 sentences before any output was looked at, and what is measured on them."""
