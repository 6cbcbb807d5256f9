"""Statistics: pure functions of numbers and tables."""
