"""Quantities, times and countries, marked in 300 sentences before any output was looked at; and the measure on them."""
