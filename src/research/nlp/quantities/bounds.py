"""A figure, and what the words around it say of its bounds: "more than", "up to", "about", "or less"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from research.loading.documents import Span
from research.nlp.quantities.units import DURATION, RATIO


@dataclass(frozen=True)
class Figure:
    """A quantity as written: its span, the bounds of its value, its unit and kind."""

    start: int
    end: int
    kind: str
    unit: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    approximate: bool = False

    @property
    def span(self) -> Span:
        """The span."""
        return Span(self.start, self.end)


AT_LEAST = (
    "more than|over|at least|above|in excess of|no (?:fewer|less) than|not less than|upwards? of|exceeding|beyond|"
    "a minimum of|well over"
)
AT_MOST = "up to|at most|as many as|as much as|no more than|not more than|less than|fewer than|under|below|a maximum of"
ABOUT = (
    "about|around|some|roughly|approximately|nearly|almost|close(?:r)? to|(?:an )?estimated|circa|an average of|just"
)
_BEFORE = re.compile(
    rf"\b(?:(?P<least>{AT_LEAST})|(?P<most>{AT_MOST})|(?P<about>{ABOUT}))\s+"
    r"(?P<article>an?\s+)?(?:additional\s+|further\s+|another\s+)?\Z".replace(" ", r"\s+"),
    re.IGNORECASE,
)
OR_MORE = re.compile(
    r"(?:\s+(?:an?|per|each)\s+(?:week|month|year|day|hour|head|person))?\s+or\s+(?P<more>more|less|fewer|so)\b|-(?P<odd>odd)\b|\+"
)
_MUCH = 30
# "Over four years" is a stretch more often than a bound; these make it a bound.
_OVER_IS_A_BOUND = re.compile(
    r"\b(?:for|with|after|just|well|of|in|is|was|has|have|had|took|lasted|last|spent|little|by|waited|waiting)\s+\Z|[’']s\s+\Z",
    re.IGNORECASE,
)


def with_bounds(text: str, sentence: Span, figure: Figure, at: int | None = None) -> Figure:
    """Return a figure with what the words before it, or after it, say of its bounds.

    ``at`` is where the number ends, if words such as "or more" may stand between it and the noun.
    """
    before = _BEFORE.search(text[max(sentence.start, figure.start - _MUCH) : figure.start])
    if before is not None and not (
        _is_a_stretch(text, sentence, figure, before)
        or _is_a_topic(text, figure, before)
        or _is_part_of_another(figure, before)
    ):
        if before["least"]:
            return replace(figure, low=figure.value, approximate=True)
        if before["most"]:
            return replace(figure, high=figure.value, approximate=True)
        return figure if before["about"].lower() == "just" else replace(figure, approximate=True)
    after = OR_MORE.match(text, figure.end) or (OR_MORE.match(text, at) if at is not None else None)
    if after is None:
        return figure
    if after["more"] == "more" or after[0] == "+":
        return replace(figure, low=figure.value, approximate=True)
    high = figure.value if after["more"] in ("less", "fewer") else None
    return replace(figure, high=high, approximate=True)


def _is_a_stretch(text: str, sentence: Span, figure: Figure, before: re.Match[str]) -> bool:
    """Whether "over" leads to the stretch in which something happens: "over a 4 year period"."""
    if figure.kind != DURATION or (before["least"] or "").lower() != "over":
        return False
    if before["article"]:
        return True
    start = max(sentence.start, figure.start - _MUCH) + before.start()
    ago = text[figure.end : figure.end + 4] == " ago"
    return not ago and not _OVER_IS_A_BOUND.search(text, max(sentence.start, start - 12), start)


def _is_part_of_another(figure: Figure, before: re.Match[str]) -> bool:
    """Whether "under" leads to a thing that a figure describes: "under a $200 million programme"."""
    word = (before["most"] or before["least"] or "").lower()
    return bool(before["article"]) and figure.kind != RATIO and word in ("under", "below", "over", "above", "beyond")


_TELLS = re.compile(
    r"\b(?:talk\w*|think\w*|thought|kn[eo]w|speak\w*|spoke\w*|hear\w*|worr\w+|complain\w*|car(?:e|ed|ing)|concerned|excited|"
    r"something|what|how)\s+\Z"
)


def _is_a_topic(text: str, figure: Figure, before: re.Match[str]) -> bool:
    """Whether "about" leads to what is talked of: "they talked about a 10 per cent cut"."""
    if (before["about"] or "").lower() != "about":
        return False
    start = figure.start - len(before[0])
    return _TELLS.search(text, max(0, start - 14), start) is not None
