"""The annotator of the layer *quantities*: every figure of a document, what it measures, and for when."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from research.loading.documents import Document, Span
from research.nlp.english import foreign_paragraphs, is_english, language_of
from research.nlp.quantities import values
from research.nlp.quantities.bounds import Figure
from research.nlp.quantities.contexts import context_of, time_of
from research.nlp.quantities.figures import figures
from research.nlp.quantities.units import MONEY
from research.nlp.records import Quantity, Time


def annotate(document: Document, needed: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the table ``quantities`` of a document's body.

    It is empty for documents in another language than English, and without those of paragraphs in another one.
    """
    if not is_english(language_of(document)):
        return {"quantities": []}
    foreign = [span for span, _ in foreign_paragraphs(document)]
    reader = _Reader(document, needed)
    return {
        "quantities": [
            it.record(document.text)
            for start, end in needed["sentences"]
            if not any(low <= start < high for low, high in foreign)
            for it in reader.quantities(Span(start, end))
        ]
    }


class _Reader:
    """Reads the quantities of one document, sentence by sentence."""

    def __init__(self, document: Document, needed: Mapping[str, list[Any]]) -> None:
        self._text = document.text
        self._times = [Time.from_record(it) for it in needed["times"]]
        self._starts = [it.start for it in self._times]
        # Most of a document's statements hold no figure, so that none is made a record.
        self._contents = [(it["level"], it["content"]) for it in needed["attributions"]]
        self._countries = [(int(it["start"]), str(it["country"])) for it in needed["mentions"] if it["country"]]
        united = sum(it["bloc"] == "UN" for it in needed["mentions"])
        self._dollar = _dollar_of(document, [country for _, country in self._countries], united)

    def quantities(self, sentence: Span) -> Iterator[Quantity]:
        """Yield the quantities of a sentence."""
        low, high = bisect_left(self._starts, sentence.start), bisect_left(self._starts, sentence.end)
        times = self._times[low:high]
        for figure in figures(self._text, sentence, [Span(it.start, it.end) for it in times]):
            yield self._quantity(sentence, figure, times)

    def _quantity(self, sentence: Span, figure: Figure, times: Sequence[Time]) -> Quantity:
        context = context_of(self._text, sentence, figure, times)
        time = time_of(self._text, sentence, figure, times)
        unit, assumed = self._dollar if figure.unit == "dollar" else (figure.unit, False)
        if figure.kind == MONEY and unit not in values.currency_codes():
            assumed = True  # a name that several currencies share
        return Quantity(
            start=figure.start,
            end=figure.end,
            kind=figure.kind,
            unit=unit,
            value=_number(figure.value),
            low=_number(figure.low),
            high=_number(figure.high),
            approximate=figure.approximate,
            assumed=assumed,
            role=context.role,
            direction=context.direction,
            measure=context.measure,
            verb=context.verb,
            time=None if time is None else Span(time.start, time.end),
            period_start=None if time is None else time.period_start,
            period_end=None if time is None else time.period_end,
            attribution=self._attribution_at(figure.start),
            countries=self._countries_in(context.measure),
        )

    def _attribution_at(self, place: int) -> int | None:
        """Return the number of the innermost statement whose content holds a place."""
        holding = [
            (level, -(end - start), number)
            for number, (level, content) in enumerate(self._contents)
            for start, end in content
            if start <= place < end
        ]
        return max(holding)[2] if holding else None

    def _countries_in(self, measure: Span | None) -> tuple[str, ...]:
        if measure is None:
            return ()
        found = (country for start, country in self._countries if measure.start <= start < measure.end and country)
        return tuple(dict.fromkeys(found))


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


DOLLAR = "dollar"
"""The field of a document that says which currency its "$" is, as an ISO 4217 code; ``corpus.toml`` can set it."""
_OF_COUNTRY = {"AU": "AUD", "CA": "CAD", "FJ": "FJD", "HK": "HKD", "JM": "JMD", "NZ": "NZD", "SG": "SGD", "US": "USD"}


_WITHIN_NAMES = {
    "Australia": "AU",
    "Canada": "CA",
    "New Zealand": "NZ",
    "Singapore": "SG",
    "Jamaica": "JM",
    "Fiji": "FJ",
    **dict.fromkeys(("New South Wales", "Queensland", "Tasmania"), "AU"),
    **dict.fromkeys(("Alberta", "British Columbia", "Manitoba", "Nova Scotia", "Ontario", "Quebec"), "CA"),
    "the Commonwealth": "AU",
}
_WITHIN = re.compile("|".join(_WITHIN_NAMES) + r"(?= (?:Government|had|has|will|would)\b)")
"""Countries within names of states and bodies, "Western Australia", their states, and the Australian federation."""
_AT_THE_UN = 5
"""Mentions of the United Nations from which on a document may be a speech there."""


def _dollar_of(document: Document, countries: Sequence[str], united: int) -> tuple[str, bool]:
    """Return what a bare "$" means, and whether that is assumed.

    It is what the document's field says, or else, assumed, the dollar of the country named most often; without any such
    country, and in speeches at the United Nations, it is the US dollar.
    """
    stated = document.metadata.get(DOLLAR, "").strip().upper()
    if stated in values.currency_codes():
        return stated, False
    named = Counter(it for it in countries if it in _OF_COUNTRY)
    named = named or Counter(_WITHIN_NAMES[it] for it in _WITHIN.findall(document.text))
    if not named or united >= max(_AT_THE_UN, *named.values()):
        return "USD", True
    return _OF_COUNTRY[min(named, key=lambda code: (-named[code], code != "US", str(code)))], True
