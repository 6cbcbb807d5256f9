"""A few invented sentences, so that training can be tried without any data.

A bracket holds a span, marked S (source), C (cue), T (content), with the number of its attribution, or with
an entity type.
"""

from __future__ import annotations

import re

from research.nlp.statements.labels import ENTITY_TYPES
from training.attributions.data import Attribution, Entity, Example

TEXTS = (
    (
        "[S1:Minister Odile Brandt] [C1:said] [T1:the bridge over the Sarn would open in May].\n\n[T2:“We "
        "kept our word,”] [S2:she] [C2:told] reporters in [GPE:Lorrenstadt]. [T2:“The rest is weather.”]"
    ),
    (
        "The report was dull and nothing was lost. [C1:Asked] [T1:whether the harbour would close], the "
        "council of [GPE:Port Avel] gave no answer.\n\n[T2:“No,”] [C2:replied] [S2:the harbour master]."
    ),
    "[S1:The Coastal Union] [C1:denied] [T1:that it had been paid by the Free Traders].",
)

_BRACKET = re.compile(r"\[(\w+):([^\]]*)\]")


def examples() -> list[Example]:
    """The sentences as training data."""
    return [_example(f"smoke-{number}", marked) for number, marked in enumerate(TEXTS)]


def _example(name: str, marked: str) -> Example:
    text, last = "", 0
    attributions: dict[str, Attribution] = {}
    entities: list[Entity] = []
    for match in _BRACKET.finditer(marked):
        text += marked[last : match.start()]
        kind, start = match.group(1), len(text)
        text += match.group(2)
        last = match.end()
        if kind in ENTITY_TYPES:
            entities.append(Entity(start, len(text), (kind,)))
            continue
        attribution = attributions.setdefault(kind[1:], Attribution())
        part = {"S": attribution.source, "C": attribution.cue, "T": attribution.content}[kind[0]]
        part.append((start, len(text)))
    return Example(name, text + marked[last:], list(attributions.values()), entities)
