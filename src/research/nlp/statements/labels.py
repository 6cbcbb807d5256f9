"""The labels of the encoder's heads."""

from __future__ import annotations

ROLES = ("source", "cue", "content")
ENTITY_TYPES = ("PERSON", "ORG", "GPE", "LOC", "NORP", "EVENT")

OUTSIDE, BEGIN, INSIDE = 0, 1, 2
"""The three labels of each role's head."""

ENTITY_LABELS = ("O", *(f"{prefix}-{name}" for name in ENTITY_TYPES for prefix in "BI"))
