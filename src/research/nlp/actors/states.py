"""States by their code: the name that readers know, and the code that a field means."""

from __future__ import annotations

import re
from functools import cache

from research.nlp.names.countries import country

_SHORTER = {
    "AG": "Antigua and Barbuda",
    "BA": "Bosnia and Herzegovina",
    "CD": "DR Congo",
    "CG": "Congo-Brazzaville",
    "HK": "Hong Kong",
    "KN": "Saint Kitts and Nevis",
    "LC": "Saint Lucia",
    "MM": "Myanmar",
    "MO": "Macao",
    "PS": "Palestine",
    "ST": "São Tomé and Príncipe",
    "TR": "Turkey",
    "TT": "Trinidad and Tobago",
    "VA": "Holy See",
    "VC": "Saint Vincent and the Grenadines",
}
"""Names that differ from those of the CLDR, which abbreviates and explains for menus ("Myanmar (Burma)")."""


@cache
def name_of_state(code: str) -> str:
    """Return the English name of an ISO 3166-1 alpha-2 code (Unicode CLDR), in a form that sentences use.

    >>> name_of_state("KZ"), name_of_state("MM")
    ('Kazakhstan', 'Myanmar')
    """
    from babel import Locale

    return _SHORTER.get(code) or str(Locale("en").territories.get(code, code))


@cache
def state_called(field: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a name, an alpha-2 or an alpha-3 code; None for anything else.

    >>> state_called("Kazakhstan"), state_called("KAZ"), state_called("kz"), state_called("Ada Okell")
    ('KZ', 'KZ', 'KZ', None)
    """
    from babel import Locale
    from babel.core import get_global

    written = field.strip()
    if not _CODE.fullmatch(written):
        return country(written) if written else None
    code = written.upper()
    if len(code) == len("KAZ"):
        (code,) = get_global("territory_aliases").get(code, [code])[:1]
    return code if len(code) == len("KZ") and code in Locale("en").territories else country(written)


_CODE = re.compile(r"[A-Za-z]{2,3}")
