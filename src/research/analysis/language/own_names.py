"""Names of a group itself: that speakers of Kazakhstan say "Kazakhstan" and "Kazakh" is no discovery."""

from __future__ import annotations

from research.analysis.declaring import base_form
from research.nlp.actors import lexicon
from research.nlp.actors.states import state_called

_NOT_NAMED = frozenset(("period", "year", "kind", "language", "direct"))
"""The columns whose values are no names."""
_SHORTEST = 3


def is_own_name(term: str, group: str, column: str) -> bool:
    """Return whether a term is a name of its group: a word of the name, or another name or demonym of the country.

    >>> [is_own_name(it, "Kazakhstan", "country") for it in ("Kazakhstan", "Kazakh", "steppe")]
    [True, True, False]
    >>> is_own_name("Wire", "Ossel Wire", "source"), is_own_name("news", "news", "kind")
    (True, False)
    """
    if column in _NOT_NAMED:
        return False
    words = {base_form(it) for it in group.replace("-", " ").split() if len(it) >= _SHORTEST}
    if words & {base_form(it) for it in term.split()}:
        return True
    code = state_called(group)
    return code is not None and any(it.meaning.country == code for it in lexicon.hits(term, 0, len(term)))
