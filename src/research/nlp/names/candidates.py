"""Candidates: who "he" or "she" means, of those who were mentioned lately."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from research.loading.documents import Span
from research.nlp.names.descriptions import FEMALE, MALE
from research.nlp.names.history import Event, History, Referent
from research.nlp.names.places import Places

WEIGHTS = {
    # Features of a candidate for "he" or "she": weight where the pronoun is a source, and elsewhere.
    "spoke last": (0.5, 0.3),
    "in this sentence": (0.9, 2.0),
    "in the sentence before": (0.4, 0.6),
    "two sentences before": (-0.3, -0.5),
    "further": (-1.2, -1.2),
    "in this paragraph": (0.6, 0.7),
    "was a source": (-0.5, -0.4),
    "was a subject": (0.4, 0.2),
    "was an object": (0.0, -0.2),
    "known to agree": (0.7, 1.0),
    "named in quotations only": (-1.0, -1.0),
    "named in the statement": (-1.0, 0.0),
    "unnamed": (-0.8, -0.8),
    "makes the statement around": (0.5, 0.5),
    "makes the quotation around": (-3.0, -3.0),
    "what the last sentence is about": (1.0, 0.0),
    "called so before": (0.2, 0.1),
    "called otherwise before": (-0.2, -0.3),
    "has just asked": (-3.0, -3.0),
    "named in a statement": (-0.2, -0.3),
}
"""Fitted by logistic regression to the chains that CoreNLP made for PolNeAR train, 1,856 sources and 8,017 others, and
rounded (`benchmarks/speakers.py --fit`). The weight was bounded where a program's chains cannot be right: the person
quoted is not the one spoken of in the quotation, and the person who asked does not answer."""

_COLUMNS = tuple(tuple(pair[column] for pair in WEIGHTS.values()) for column in (1, 0))
"""The weights elsewhere, and those of sources."""

_RECENT, _STEPS = 12, 60
"""So many candidates are weighed, out of so many of the latest mentions. This bounds time for any text."""

MayBe = Callable[[int], bool]
Around = Callable[[int, Span], tuple[int | None, bool]]
"""Who makes the statement, or has the turn, around a place; and whether it is a turn."""


class Candidates:
    """The choice among candidates in one text; ``own`` is the content of each source."""

    def __init__(self, history: History, places: Places, own: Mapping[Span, Sequence[Span]], around: Around) -> None:
        self._history, self._places, self._own, self._around = history, places, own, around

    def choose(self, at: int, span: Span, gender: str | None, use: str, may_be: MayBe | None = None) -> int | None:
        """Return whom the pronoun or noun at a place means; None without a candidate.

        ``use`` is "source" or "other"; ``may_be`` restricts the candidates.
        """
        candidates, rows = self.weighed(at, span, gender, may_be)
        if not candidates:
            return None
        weights = _COLUMNS[use == "source"]
        scores = [round(math.fsum(w * x for w, x in zip(weights, row, strict=True)), 6) for row in rows]
        return candidates[max(range(len(scores)), key=lambda n: (scores[n], -n))]

    def weighed(
        self, at: int, span: Span, gender: str | None, may_be: MayBe | None
    ) -> tuple[list[int], list[tuple[float, ...]]]:
        """Return the candidates that agree, the latest first, with their features in the order of ``WEIGHTS``."""
        told = self._places.told(at)
        sentence, paragraph = self._places.sentence(at), self._places.paragraph(at)
        own = self._own.get(span, [])
        around, in_turn = self._around(at, span)
        quoted = in_turn or self._places.quoted(at)
        candidates: list[int] = []
        rows: list[tuple[float, ...]] = []
        for number in self._history.latest(_STEPS):
            it = self._history.referents[number]
            if it.type != "PERSON" or not _may_be_called(it, gender):
                continue
            if may_be is not None and not may_be(number):
                continue
            if len(candidates) == _RECENT:
                break
            shown = _last_shown(it, own, quoted)
            last = shown or (it.hidden or it.open)[-1]
            apart = sentence - last.sentence
            inside = shown is None and any(s <= e.at < t for e in (*it.open, *it.hidden) for s, t in own)
            other = FEMALE if gender == MALE else MALE
            row = {
                "spoke last": number == self._history.spoke_last,
                "in this sentence": apart <= 0,
                "in the sentence before": apart == 1,
                "two sentences before": apart == 2,
                "further": math.log1p(max(0, apart - 2)),
                "in this paragraph": paragraph == last.paragraph,
                "was a source": "source" in last.role,
                "was a subject": last.role == "subject" or "pronoun" in last.role,
                "was an object": last.role in ("object", "possessive"),
                "known to agree": it.gender is not None,
                "named in quotations only": shown is None,
                "named in the statement": inside,
                "unnamed": it.name is None,
                "makes the statement around": number == around and not quoted,
                "makes the quotation around": number == around and quoted,
                "what the last sentence is about": number == self._history.topic,
                "called so before": it.gender is None and gender is not None and it.pronouns[gender] > 0,
                "called otherwise before": it.gender is None and it.pronouns[other] > 0,
                "has just asked": number == self._history.asked_last and paragraph != last.paragraph,
                "named in a statement": shown is not None and shown.told and not told,
            }
            candidates.append(number)
            rows.append(tuple(float(row[name]) for name in WEIGHTS))
        return candidates, rows


def _may_be_called(it: Referent, gender: str | None) -> bool:
    """Return whether a pronoun's gender may be that of somebody: not if sources have only called them otherwise.

    "Her" in "Abelard borrowed her pen" says nothing of Abelard, though he is its nearest candidate.
    """
    if gender is None:
        return True
    if it.gender is not None:
        return it.gender == gender
    other = FEMALE if gender == MALE else MALE
    return it.said[gender] > 0 or it.said[other] == 0


def _last_shown(it: Referent, own: Sequence[Span], quoted: bool) -> Event | None:
    """Return the last mention outside a source's own content; mentions in quotations count within a quotation only."""
    events = [e for e in it.open if not any(s <= e.at < t for s, t in own)]
    if quoted:
        events = sorted([*events, *it.hidden])
    return events[-1] if events else None
