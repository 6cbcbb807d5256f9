"""Names that mean something else here: currencies, languages, oceans, persons, and states that share a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from research.nlp.actors.lexicon import (
    BLOC,
    CAPITAL,
    DEMONYM,
    NAME,
    Hit,
    any_of,
    demonyms,
    languages,
    only_with_state,
    words,
)
from research.nlp.names.countries import is_currency_at

_THINGS = re.compile(rf"\s+(?:{any_of('things')})\b", re.IGNORECASE)
_PLACES = re.compile(rf"\b(?:{any_of('places')})\s+\Z", re.IGNORECASE)
_NEW = re.compile(r"\bNew\s+\Z")
_BEFORE_LANGUAGE = re.compile(rf"\b(?:{any_of('before a language')})\s+\Z", re.IGNORECASE)
_AFTER_LANGUAGE = re.compile(
    rf"\s*(?:[.,;:)\]!?”\"]|\Z|\n)|\s+(?P<word>{any_of('after a language')})\b|-(?:speaking|language)\b", re.IGNORECASE
)
_NAMED_AFTER = re.compile(r"\s+(?:Club|College|Hospital|Institute|Quarter|School|University)\b")
"""What a nationality is no more than the name of: "the French School"."""
_SPEAKS = re.compile(rf"\b(?:{any_of('speaks')})\s+\Z", re.IGNORECASE)
_TEACHES = re.compile(rf"\b(?:{any_of('teaches')})\s+\Z", re.IGNORECASE)
_OTHER_LANGUAGE = re.compile(r"\blanguages?\s+(?:other\s+than|such\s+as|like)\s+\Z")
_NO_NOUN = re.compile(r"\s*(?:[.,;:)\]!?”\"]|\Z|\n)|\s+(?:and|as|at|for|from|in|or|to|with)\b")
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Sir|Lord|Miss|Judge|Justice|Senator)\.?\s+\Z")
_NAME_BEFORE, _NAME_AFTER = re.compile(r"\b[A-Z][a-z]+\s+\Z"), re.compile(r"\s+[A-Z][a-z]+")
_PREPOSITION = re.compile(
    r"\b(?:in|to|from|of|and|with|for|between|against|by|into|near|visit|at|the)\s+\Z", re.IGNORECASE
)
_BACK = 28

Doubt = Callable[[str, Hit], bool]


def is_meant(text: str, hit: Hit) -> bool:
    """Whether a name of the list means what the list says, as far as the words around it tell."""
    start, end = hit.span
    before = text[max(0, start - _BACK) : start]
    if hit.meaning.how != BLOC and is_money(text, end):
        return False
    if _THINGS.match(text, end) or _PLACES.search(before) or _NEW.search(before):
        return False
    doubt = _OF_NAME.get(hit.key)
    if hit.meaning.how == DEMONYM:
        if doubt is not None and doubt(text, hit):
            return False
        return _NAMED_AFTER.match(text, end) is None and not _is_language(text, hit, before)
    if hit.meaning.country != "GE" and _is_in_america(text, hit):
        return False
    return _TITLE.search(before) is None and (doubt is None or not doubt(text, hit))


_ALSO_VERBS = re.compile(r"\s+(?:(won)|crowns|pounds)\b", re.IGNORECASE)
_ADJECTIVE = ("ak", "ech", "ese", "ian", "ic", "ish", "ot", "UK", "U.K.")


def is_money(text: str, at: int) -> bool:
    """Whether a currency or "$" follows a name: "U.S. dollars", "Korean won"; but "Germany won" is a match."""
    if text.startswith("$", at):
        return True
    verb = _ALSO_VERBS.match(text, at)
    if verb is not None:
        return text.endswith("Korean" if verb[1] else _ADJECTIVE, 0, at)
    return is_currency_at(text, at)


def _is_language(text: str, hit: Hit, before: str) -> bool:
    if hit.key not in languages():
        return False
    if (
        _SPEAKS.search(before)
        or _OTHER_LANGUAGE.search(before)
        or (_TEACHES.search(before) and _NO_NOUN.match(text, hit.span.end))
    ):
        return True
    after = _AFTER_LANGUAGE.match(text, hit.span.end)
    if after is None:
        return False
    word = (after["word"] or "").lower()
    if after[0].startswith("-") or word in words("after a language") - {"and", "or", "as", "but", "is", "was"}:
        return True
    # "the French" are people, "in French" is a language.
    return not before.lower().rstrip().endswith("the") and _BEFORE_LANGUAGE.search(before) is not None


_OF_CITIES = re.compile(rf",\s+(?:{any_of('american states')}|Georgia)\b")
_OF_TOWNS = re.compile(rf",\s+(?:{any_of('american states')})(?:[,.;)]|\s*\n|\s*\Z)")


def _is_in_america(text: str, hit: Hit) -> bool:
    """Whether a state of the United States follows, as in "Paris, Texas" and "Lebanon, Ohio,"."""
    if hit.meaning.country == "US" or hit.meaning.how not in (CAPITAL, NAME):
        return False
    pattern = _OF_CITIES if hit.meaning.how == CAPITAL else _OF_TOWNS
    return pattern.match(text, hit.span.end) is not None


_GOVERNS_US = re.compile(rf"\b(?:{any_of('before us')})\s+\Z", re.IGNORECASE)


def _us(text: str, hit: Hit) -> bool:
    """Whether it is the pronoun in a heading: "LET US PRAY"."""
    before = text[max(0, hit.span.start - _BACK) : hit.span.start]
    governed = _GOVERNS_US.search(before)
    return "." not in text[slice(*hit.span)] and governed is not None and governed[0].isupper()


def _a_person(text: str, hit: Hit) -> bool:
    """Jordan, Chad, Paris: a first or last name where no preposition makes it a place."""
    start, end = hit.span
    before = text[max(0, start - _BACK) : start]
    if _PREPOSITION.search(before):
        return False
    return _NAME_AFTER.match(text, end) is not None or _NAME_BEFORE.search(before) is not None


_PART_OF_A_CONTINENT = re.compile(r"\b(?:Latin|South|Central|North|Meso|Ibero|Pan|Inter)[\s-]+\Z")
_WHICH_AMERICANS = re.compile(
    r"\b(?:African|Asian|Native|Latin|South|Central|North|Meso|Ibero|Pan|Inter|pan|inter)[\s-]+\Z"
)


def _america(text: str, hit: Hit) -> bool:
    return _PART_OF_A_CONTINENT.search(text[max(0, hit.span.start - _BACK) : hit.span.start]) is not None


def _american(text: str, hit: Hit) -> bool:
    """Whether it is of another America, or a group of the United States: "Latin American", "African American"."""
    return _WHICH_AMERICANS.search(text[max(0, hit.span.start - _BACK) : hit.span.start]) is not None


_STATE_OF_AUSTRALIA = re.compile(r"\b(?:South|Western)\s+\Z")


def _australian(text: str, hit: Hit) -> bool:
    """Whether it is one of the states of Australia: "the South Australian Government"."""
    return _STATE_OF_AUSTRALIA.search(text[max(0, hit.span.start - _BACK) : hit.span.start]) is not None


_OF_THE_WEST = re.compile(r"\s+(?:[A-Z]|of\b|coast|bank|wing|side|end)")


def _west(text: str, hit: Hit) -> bool:
    """Whether it is the West Bank, the west coast or the west of something."""
    return _OF_THE_WEST.match(text, hit.span.end) is not None


_OF_WHAT_STATES_DO = re.compile(rf"\s+(?:{any_of('of the west')})\b|-(?:backed|led|supported|imposed|made)\b")


def _western(text: str, hit: Hit) -> bool:
    """Whether it is a direction, a film or a way of life: "Western clothes"."""
    return _OF_WHAT_STATES_DO.match(text, hit.span.end) is None


_PART_OF_THE_CITY = re.compile(r"\b(?:East|Arab|Old)\s+\Z", re.IGNORECASE)


def _jerusalem(text: str, hit: Hit) -> bool:
    """Whether it is East Jerusalem, whose state is in dispute."""
    return _PART_OF_THE_CITY.search(text[max(0, hit.span.start - _BACK) : hit.span.start]) is not None


_NOT_THE_BLOC = re.compile(r"\s+(?:of\b|(?!Heads|Secretar|Summit|Games|countries|nations|states)\w+)")


def _commonwealth(text: str, hit: Hit) -> bool:
    """Whether it is the federation: the Commonwealth of Australia, the Commonwealth Government."""
    return "Australia" in text or _NOT_THE_BLOC.match(text, hit.span.end) is not None


_NAMESAKE = re.compile(r"\b(?:George|Denzel|Booker T\.|Martha|Port|Fort)\s+\Z")
_NOT_THE_CITY = re.compile(r"\s+(?:State\b|state\b|University|and Lee)")


def _washington(text: str, hit: Hit) -> bool:
    before = text[max(0, hit.span.start - _BACK) : hit.span.start]
    return _NAMESAKE.search(before) is not None or _NOT_THE_CITY.match(text, hit.span.end) is not None


def _pole(text: str, hit: Hit) -> bool:
    """Whether it is the end of the earth, or the best place to start a race from."""
    before = text[max(0, hit.span.start - _BACK) : hit.span.start]
    return _OF_THE_EARTH.search(before) is not None or text.startswith((" Position", " position"), hit.span.end)


_OF_THE_EARTH = re.compile(r"\b(?:North|South|Magnetic|Geographic)\s+\Z", re.IGNORECASE)


def _beginning(text: str, hit: Hit) -> bool:
    """Whether no other nationality follows in one word, as in "Sino-Russian"."""
    second = _SECOND.match(text, hit.span.end)
    return second is None or second[1].casefold() not in demonyms()


_SECOND = re.compile(r"-([^\W\d_]+)")
_OF_THE_GEORGES = re.compile(r"\s+(?:architecture|era|house|houses|mansion|period|terrace|townhouse)\b")


def _georgian(text: str, hit: Hit) -> bool:
    """Whether a style of building is meant: "a Georgian house"."""
    return _OF_THE_GEORGES.match(text, hit.span.end) is not None


_FIRST_NAMES = ("jordan", "chad", "holland", "israel", "kingston", "victoria", "london", "paris", "sofia", "male")
_OF_NAME: Mapping[str, Doubt] = {
    **dict.fromkeys(_FIRST_NAMES, _a_person),
    **dict.fromkeys(("america", "americas"), _america),
    **dict.fromkeys(("american", "americans"), _american),
    **dict.fromkeys(("australia", "australian", "australians"), _australian),
    "the_west": _west,
    "western": _western,
    "jerusalem": _jerusalem,
    "the_commonwealth": _commonwealth,
    **dict.fromkeys(("franco", "russo", "sino"), _beginning),
    **dict.fromkeys(("pole", "poles"), _pole),
    "georgian": _georgian,
    "us": _us,
    "washington": _washington,
}


class Places:
    """What a document as a whole says about names that several states share."""

    def __init__(self, text: str, codes: Mapping[str, int]) -> None:
        self._text, self._codes = text, codes
        self._told: dict[re.Pattern[str], bool] = {}

    def country_of(self, hit: Hit) -> tuple[str | None, bool]:
        """Return the country that a hit means here, and whether a country is meant at all."""
        code, key = hit.meaning.country, hit.key
        if key in ("georgia", "georgian", "georgians"):
            return self._georgia(adjective=key != "georgia")
        if key in ("congo", "congolese"):
            return self._of_two("CD", _KINSHASA, "CG", _BRAZZAVILLE), True
        if key in ("korea", "korean", "koreans"):
            return self._korea(), True
        if key in ("dominican", "dominicans") and "Dominica " in self._text and "Dominican Republic" not in self._text:
            return "DM", True
        if key == "macedonia" and self._tells(_OF_GREECE):
            return None, False
        if key == "micronesia" and self._tells(_PACIFIC):
            return None, False
        if key in only_with_state() and hit.meaning.how == CAPITAL:
            return code, bool(code and self._codes.get(code))
        return code, True

    def _georgia(self, *, adjective: bool) -> tuple[str | None, bool]:
        """The state in the Caucasus, or the one in the United States, which has no code of its own."""
        if self._tells(_CAUCASUS):
            return "GE", True
        if self._tells(_US_STATE):
            return None, False
        a_state = adjective or len(self._codes) >= _SEVERAL or self._tells(_NEIGHBOURS)
        return ("GE", True) if a_state else (None, False)

    def _korea(self) -> str | None:
        """The South, unless the text tells of the North, or of Korea as a whole."""
        told = self._of_two("KP", _NORTH, "KR", _SOUTH)
        if told is not None or self._tells(_NORTH) or self._tells(_WHOLE_KOREA):
            return told
        return "KR"

    def _tells(self, pattern: re.Pattern[str]) -> bool:
        """Whether the document has a pattern, looked for once: a long text may name Korea in every sentence."""
        if pattern not in self._told:
            self._told[pattern] = pattern.search(self._text) is not None
        return self._told[pattern]

    def _of_two(self, one: str, tells_one: re.Pattern[str], other: str, tells_other: re.Pattern[str]) -> str | None:
        first, second = self._tells(tells_one), self._tells(tells_other)
        return None if first == second else one if first else other


_SEVERAL = 4
"""Other countries in a document, from which on Georgia is one as well."""
_CAUCASUS = re.compile(
    r"\b(?:Tbilisi|Abkhazia|South Ossetia|Saakashvili|Shevardnadze|Caucasus|Armenia|Azerbaijan|Gamsakhurdia)"
)
_US_STATE = re.compile(
    r"\b(?:Atlanta|Savannah|Ga\.|(?:South|North) Carolina|Alabama|Florida|Tennessee|Republicans?|Democrats?|primary|"
    r"Super Tuesday|Sen\.|Gov\.|Ohio|Iowa|Arizona|Texas)\b"
)
_NEIGHBOURS = re.compile(r"\b(?:Black Sea|Kazakhstan|Moldova|Russia|Turkey|Ukraine)\b")
"""What tells Georgia from the American state where nothing tells the American state."""
_OF_GREECE = re.compile(r"\b(?:Thessaloniki|Salonika|Alexander the Great|region of Greece|Greek (?:province|region))\b")
_PACIFIC = re.compile(r"\b(?:Melanesia|Polynesia)\b")
"""Regions; beside them Micronesia is one as well."""
_KINSHASA = re.compile(
    r"Kinshasa|Democratic Republic of (?:the )?Congo|\bDRC\b|Kabila|Lumumba|Katanga|Mobutu|Leopoldville|Tshombe|ONUC"
)
_BRAZZAVILLE = re.compile(r"Brazzaville|Sassou")
_NORTH = re.compile(r"North Korea|Pyongyang|Democratic People[’']s Republic of Korea|DPRK|Kim Jong|Kim Il")
_WHOLE_KOREA = re.compile(
    r"Korean\s+(?i:war|question|people|peninsula|armistice|problem|nation|conflict|crisis|unification)\b|"
    r"\b(?:war|fighting|aggression|armistice|hostilities|forces) in Korea\b|\bunif\w+ (?:of )?Korea|\bKoreas\b|"
    r"divided Korea|reunification"
)
_SOUTH = re.compile(r"South Korea|Seoul|(?<!Democratic People[’']s )Republic of Korea")
