"""The names of months in dates, in small letters: from Unicode's CLDR as Babel carries it, and from English habit.

The languages are those of Europe in which no name is a different month elsewhere. Croatian is left out, whose
``listopad`` is October but November in Polish and Czech; that name is left out of these two as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

_LANGUAGES = ("en", "de", "da", "nl", "sv", "fr", "es", "it", "pt", "tr", "pl", "cs", "ru", "uk")
_AMBIGUOUS = "listopad"

_SHORT = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ENGLISH_ABBREVIATIONS = {**{name: number for number, name in enumerate(_SHORT, start=1)}, "sept": 9}
"""CLDR has either ``Sep`` or ``Sept``, depending on the country; the press writes both."""


@cache
def month_numbers() -> Mapping[str, int]:
    """The number of each month by its name, declined (``12 мая``) or not (``май``); English abbreviations as well.

    Babel is imported here and not at the top: it takes longer than reading a document whose date has no month's name.
    """
    from babel import Locale

    names = {
        name.lower(): number
        for language in _LANGUAGES
        for form in ("format", "stand-alone")
        for number, name in Locale.parse(language).months[form]["wide"].items()
        if not name.startswith(_AMBIGUOUS)
    }
    return names | ENGLISH_ABBREVIATIONS


@cache
def month_names_release() -> str:
    """The release of Babel, whose CLDR data decide which names are read; the corpus digest depends on it."""
    from importlib.metadata import version

    return version("babel")


@cache
def english_months() -> Mapping[str, int]:
    """The number of each month by its English name and by its abbreviations, in small letters."""
    from babel import Locale

    return {name.lower(): n for n, name in Locale("en").months["format"]["wide"].items()} | ENGLISH_ABBREVIATIONS
