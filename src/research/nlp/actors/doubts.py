"""Names that mean something else here: currencies, languages, oceans, persons, and states that share a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from research.nlp.actors.lexicon import BLOC, CAPITAL, DEMONYM, Hit, languages, only_with_state

_CURRENCY = re.compile(
    r"[\s-]+(?:crowns?|dinars?|dirhams?|dollars?|francs?|kron(?:a|or|e|er)|liras?|marks?|pesos?|pounds?|rands?|reals?|riyals?|"
    r"rou?bles?|rupees?|shekels?|tenge|won|yen|yuan|cents?)\b",
    re.IGNORECASE,
)
_THINGS = re.compile(
    r"\s+(?:Ocean|Sea|River|Delta|Gulf|Channel|Straits?|Peninsula|Territor(?:y|ies)|Cup|Open|Airlines|Airways|fries|toast|"
    r"bread|cheese|pig|pigs|shepherds?|hat|hats|coffee|wine|food|restaurant|Stock Exchange|Post|Times|Herald|Tribune|Tech|"
    r"Street|Avenue|Road|Square|Hotel|Bulldogs|wool|oak|elm|Indians?|Standard|Examiner|Mirror|Monument|Nationals|Redskins)\b"
)
_AFTER = re.compile(
    r"(?:Gulf of|Sea of|Bay of|Strait of|River|Lake|Mount|Prince of|Duke of|New South|Bank of|Little|West|East)\s+\Z"
)
_NEW = re.compile(r"\bNew\s+\Z")
_LANGUAGE_BEFORE = re.compile(
    r"\b(?:in|into|speaks?|spoke|spoken|speaking|learn(?:ed|s|ing)?|fluent|from|the|translated|broken|read|reads|interpretation from|of|"
    r"or|and|written in|spoken in)\s+\Z",
    re.IGNORECASE,
)
_LANGUAGE_AFTER = re.compile(
    r"\s*(?:[.,;:)\]!?”\"]|\Z|\n)|\s+(?:language|lessons?|translation|interpretation|text|version|speaker|speakers|literature|word|"
    r"teacher|and|or|as|but|is|was|proverb|classes|dictionary|grammar)\b|-(?:speaking|language|born)"
)
_TITLE_BEFORE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Sir|Lord|Miss|Judge|Justice|Senator)\.?\s+\Z")
_NAME_BEFORE = re.compile(r"\b[A-Z][a-z]+\s+\Z")
_NAME_AFTER = re.compile(r"\s+[A-Z][a-z]+")
_PREPOSITION = re.compile(
    r"\b(?:in|to|from|of|and|with|for|between|against|by|into|near|visit|at|the)\s+\Z", re.IGNORECASE
)

Doubt = Callable[[str, Hit], bool]


def is_meant(text: str, hit: Hit) -> bool:
    """Whether a name of the list means what the list says, as far as the words around it tell."""
    start, end = hit.span
    before = text[max(0, start - 28) : start]
    if _CURRENCY.match(text, end) and hit.meaning.how != BLOC:
        return False
    if _THINGS.match(text, end) or _AFTER.search(before) or (_NEW.search(before) and hit.key not in ("delhi",)):
        return False
    if hit.meaning.how == DEMONYM:
        return not _is_language(text, hit, before)
    if _TITLE_BEFORE.search(before):
        return False
    doubt = _OF_NAME.get(hit.key)
    return doubt is None or not doubt(text, hit)


def _is_language(text: str, hit: Hit, before: str) -> bool:
    if hit.key not in languages() or (
        text.startswith("-", hit.span.end) and not _LANGUAGE_AFTER.match(text, hit.span.end)
    ):
        return False
    after = _LANGUAGE_AFTER.match(text, hit.span.end)
    if after is None:
        return False
    if (
        "anguage" in after[0]
        or "speak" in after[0]
        or "ersion" in after[0]
        or "terpretation" in after[0]
        or "ranslation" in after[0]
    ):
        return True
    # "the French" are people, "in French" is a language.
    return re.search(r"\bthe\s+\Z", before, re.IGNORECASE) is None and _LANGUAGE_BEFORE.search(before) is not None


def _a_person(text: str, hit: Hit) -> bool:
    """Jordan, Chad, Holland, Sydney: a first or last name where no preposition makes it a place."""
    start, end = hit.span
    before = text[max(0, start - 20) : start]
    if _PREPOSITION.search(before):
        return False
    return _NAME_AFTER.match(text, end) is not None or _NAME_BEFORE.search(before) is not None


def _america(text: str, hit: Hit) -> bool:
    before = text[max(0, hit.span.start - 16) : hit.span.start]
    return re.search(r"\b(?:Latin|South|Central|North|Meso)[\s-]+\Z", before) is not None


def _west(text: str, hit: Hit) -> bool:
    """ "The West Bank", "the West Coast", "the west of the country"."""
    return re.match(r"\s+(?:[A-Z]|of\b|coast|bank|wing|side|end)", text[hit.span.end : hit.span.end + 12]) is not None


def _commonwealth(text: str, hit: Hit) -> bool:
    """ "The Commonwealth of Australia", "the Commonwealth Government": the federation, not the bloc."""
    after = text[hit.span.end : hit.span.end + 40]
    return re.match(r"\s+(?:of\b|(?!Heads|Secretar|Summit|Games|countries|nations|states)\w+)", after) is not None or (
        "Australia" in text
    )


def _washington(text: str, hit: Hit) -> bool:
    before, after = text[max(0, hit.span.start - 20) : hit.span.start], text[hit.span.end : hit.span.end + 12]
    if re.search(r"\b(?:George|Denzel|Booker T\.|Martha|Mount|Lake|Port|Fort)\s+\Z", before):
        return True
    return re.match(r"\s+(?:State\b|state\b|University|and Lee)", after) is not None


def _ireland(text: str, hit: Hit) -> bool:
    return False


_OF_NAME: Mapping[str, Doubt] = {
    **dict.fromkeys(
        ("jordan", "chad", "holland", "israel", "kingston", "victoria", "london", "paris", "sofia", "male"), _a_person
    ),
    **dict.fromkeys(("america", "americas"), _america),
    "the_west": _west,
    "the_commonwealth": _commonwealth,
    "washington": _washington,
}


class Places:
    """What a document as a whole says about names that several states share."""

    def __init__(self, text: str, codes: Mapping[str, int]) -> None:
        self._text, self._codes = text, codes

    def country_of(self, hit: Hit) -> tuple[str | None, bool]:
        """Return the country that a hit means here, and whether it is meant at all."""
        code, key = hit.meaning.country, hit.key
        if key in ("georgia", "georgian", "georgians"):
            return self._georgia(adjective=key != "georgia")
        if key in ("congo", "congolese"):
            return self._of_two("CD", _KINSHASA, "CG", _BRAZZAVILLE), True
        if key in ("korea", "korean", "koreans"):
            return self._of_two("KP", _NORTH, "KR", _SOUTH), True
        if key in ("dominican", "dominicans") and "Dominica " in self._text and "Dominican Republic" not in self._text:
            return "DM", True
        if key in only_with_state() and hit.meaning.how == CAPITAL:
            return code, bool(code and self._codes.get(code))
        return code, True

    def _georgia(self, *, adjective: bool) -> tuple[str | None, bool]:
        """The state in the Caucasus, or the one in the United States, which has no code of its own."""
        if _CAUCASUS.search(self._text):
            return "GE", True
        if _US_STATE.search(self._text):
            return None, False
        return ("GE", True) if adjective or len(self._codes) >= _SEVERAL else (None, False)

    def _of_two(self, one: str, tells_one: re.Pattern[str], other: str, tells_other: re.Pattern[str]) -> str | None:
        first, second = bool(tells_one.search(self._text)), bool(tells_other.search(self._text))
        return None if first == second else one if first else other


_SEVERAL = 4
"""Other countries in a document, from which on Georgia is one as well."""
_CAUCASUS = re.compile(
    r"\b(?:Tbilisi|Abkhazia|South Ossetia|Saakashvili|Shevardnadze|Caucasus|Armenia|Azerbaijan|Gamsakhurdia)"
)
_US_STATE = re.compile(
    r"\b(?:Atlanta|Savannah|Ga\.|South Carolina|North Carolina|Alabama|Florida|Tennessee|Republicans?|Democrats?|primary|"
    r"Super Tuesday|Sen\.|Gov\.|Ohio|Iowa|Arizona|Texas)\b"
)
_KINSHASA = re.compile(
    r"Kinshasa|Democratic Republic of (?:the )?Congo|\bDRC\b|Kabila|Lumumba|Katanga|Mobutu|Leopoldville|Tshombe|ONUC"
)
_BRAZZAVILLE = re.compile(r"Brazzaville|Sassou")
_NORTH = re.compile(r"North Korea|Pyongyang|Democratic People[’']s Republic of Korea|DPRK|Kim Jong|Kim Il")
_SOUTH = re.compile(r"South Korea|Seoul|(?<!Democratic People’s )(?<!Democratic People's )Republic of Korea")
