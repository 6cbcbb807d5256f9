"""Countries: the state that a place name means."""

from __future__ import annotations

import re
from functools import cache

from research.nlp.names.forms import other_form
from research.nlp.records import Mention
from research.nlp.text.lists import word_list


def country(name: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of the state that a place's name means; None for other and ambiguous places.

    The names are those of the list ``lexicon/countries.txt``. "us" in lower case is a pronoun.

    >>> [country(name) for name in ("the United States", "U.S.", "Georgia", "us")]
    ['US', 'US', None, None]
    """
    low = " ".join(other_form(name).words).casefold().replace("’", "'").replace(" & ", " and ").replace(" ", "_")
    if low == "us" and "US" not in name:
        return None
    return _countries().get(low) or _countries().get(low.replace("-", "_"))


def names_of_states() -> list[str]:
    """Return the names of the list, in lower case, with "_" for a space."""
    return list(_countries())


_CURRENCY = re.compile(
    # "Korea won" is a victory, "Korean won" money.
    r"(?<=Korean)\s+won\b|\s+(?:crowns?|dirhams?|dollars?|francs?|kron(?:a|or|e|er)|liras?|pesos?|pounds?|rands?|reals?|riyals?|rou?bles?|"
    r"rupees?|shekels?|tenge|yen|yuan)\b",
    re.IGNORECASE,
)


def is_of_a_currency(text: str, mention: Mention) -> bool:
    """Return whether a mention is part of the name of a currency ("U.S. dollars"), which means no state."""
    return is_currency_at(text, mention.end)


def is_currency_at(text: str, at: int) -> bool:
    """Return whether the word after a place is that of a currency."""
    return _CURRENCY.match(text, at) is not None


@cache
def _countries() -> dict[str, str]:
    return {
        name: code.upper() for name, _, code in (pair.partition("=") for pair in word_list("countries.txt")["names"])
    }
