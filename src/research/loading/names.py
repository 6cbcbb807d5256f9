"""Names of speakers in the order in which they are said: "Okell, Ada" is Ada Okell."""

from __future__ import annotations

import re
from functools import cache

_PARTICLES = frozenset(
    (
        *(
            "af",
            "al",
            "bin",
            "da",
            "das",
            "de",
            "del",
            "della",
            "den",
            "der",
            "di",
            "do",
            "dos",
            "du",
            "el",
            "la",
            "le",
        ),
        *("la", "le", "mac", "o'", "st", "ten", "ter", "van", "von", "zu"),
    )
)
_NO_GIVEN_NAME = frozenset(
    (
        *("jr", "sr", "ii", "iii", "iv", "esq", "mp", "mep", "mla", "msp", "qc", "kc", "sc", "am", "ac", "ao", "obe"),
        *("cbe", "phd", "md", "inc", "llc", "ltd", "plc", "gmbh", "ag", "sa", "co", "corp", "limited", "incorporated"),
        *(
            "president",
            "premier",
            "prime",
            "minister",
            "secretary",
            "senator",
            "governor",
            "mayor",
            "chancellor",
            "chair",
        ),
        *("chair", "chairman", "chairwoman", "speaker", "ambassador", "director", "deputy", "acting", "leader"),
        *(
            "spokesman",
            "spokeswoman",
            "spokesperson",
            "commissioner",
            "representative",
            "member",
            "chief",
            "head",
            "king",
        ),
        *(
            "queen",
            "opposition",
            "government",
            "shadow",
            "treasurer",
            "attorney",
            "general",
            "editor",
            "reporter",
            "journalist",
        ),
    )
)
"""What a comma appends to a name: letters, the form of a company, an office."""
_BODIES = frozenset(
    (
        *(
            "ministry",
            "department",
            "office",
            "agency",
            "bureau",
            "bank",
            "university",
            "council",
            "committee",
            "party",
        ),
        *(
            "commission",
            "government",
            "parliament",
            "senate",
            "house",
            "congress",
            "court",
            "embassy",
            "union",
            "group",
        ),
        *("institute", "association", "federation", "authority", "service", "company", "group", "news", "reuters"),
        *(
            "assembly",
            "government",
            "cabinet",
            "treasury",
            "police",
            "army",
            "mission",
            "delegation",
            "republic",
            "organisation",
        ),
        *(
            "board",
            "centre",
            "center",
            "foundation",
            "labour",
            "labor",
            "liberal",
            "conservative",
            "democrats",
            "greens",
        ),
    )
)
"""Words in the names of bodies; what a comma appends to one is no given name."""
_WORD = re.compile(r"[^\W\d_][\w'’-]*\.?|(?:[^\W\d_]\.){2,3}")
_MOST_GIVEN, _MOST_PARTS = 3, 3


def as_said(name: str) -> str:
    """Return a name of the form "Surname, First" in the order in which it is said; any other one as it is.

    >>> as_said("Okell, Ada M."), as_said("van Dole, Rita"), as_said("Jon Brandt, Jr.")
    ('Ada M. Okell', 'Rita van Dole', 'Jon Brandt, Jr.')

    A surname is one word, or several that begin with a particle: in "Ada Okell, Labour" the comma appends something.
    Bodies ("Foreign Ministry, Maravel"), places ("Paris, France") and names with more commas stay as they are.
    """
    parts = name.split(",")
    if len(parts) != 2:
        return name
    last, given = parts[0].split(), parts[1].split()
    if not 1 <= len(last) <= _MOST_PARTS or not 1 <= len(given) <= _MOST_GIVEN:
        return name
    if len(last) > 1 and any(_plain(word) not in _PARTICLES for word in last[:-1]):
        return name
    if not all(_WORD.fullmatch(word) and any(map(str.isupper, word)) for word in (last[-1], *given)):
        return name
    if any(_plain(word) in _BODIES for word in (*last, *given)) or any(
        _plain(word) in _NO_GIVEN_NAME for word in given
    ):
        return name
    if " ".join(given).casefold() in _places():
        return name
    return " ".join((*given, *last))


def _plain(word: str) -> str:
    return word.casefold().replace(".", "").replace("’", "'")


@cache
def _places() -> frozenset[str]:
    """The names of states in English, without those that are given names too."""
    from babel import Locale

    names = (name.casefold() for code, name in Locale("en").territories.items() if code.isalpha())
    return frozenset(names) - {"chad", "georgia", "jordan"}
