"""Judgements and the annotations that they are about: the units to judge, and annotations put right."""
