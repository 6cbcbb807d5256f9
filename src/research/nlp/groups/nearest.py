"""The nearest names: what may have been meant by a name that nobody has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from difflib import get_close_matches

from research.nlp.groups.joining import any_case

_MOST = 3


def nearest_names(wanted: str, names: Sequence[str]) -> list[str]:
    """Return at most three names that may have been meant by one that nobody has; shared words come first.

    >>> nearest_names("Lindkvist", ["Mara Lindqvist", "Otto Berg"])
    ['Mara Lindqvist']
    """
    asked = any_case(wanted)
    forms = defaultdict(list)
    for name in names:
        for form in {any_case(name), any_case(name).split()[-1]}:
            forms[form].append(name)
    words = {word for word in asked.split() if len(word) > 2}
    sharing = [name for name in names if words & set(any_case(name).split())]
    spelt_alike = [
        name
        for form in get_close_matches(asked, forms, n=_MOST)
        for name in sorted(forms[form], key=lambda name, form=form: any_case(name) != form)  # type: ignore[misc]
    ]
    return list(dict.fromkeys([*sharing[:_MOST], *spelt_alike]))[:_MOST]


def nearest_in_words(wanted: str, names: Sequence[str]) -> str:
    """Return a sentence with the nearest names, and a blank behind it; nothing where no name is near.

    >>> nearest_in_words("Lindkvist", ["Mara Lindqvist", "Otto Berg"])
    'The nearest is Mara Lindqvist. '
    """
    *others, last = nearest_names(wanted, names) or [""]
    if not last:
        return ""
    return f"The nearest are {', '.join(others)} and {last}. " if others else f"The nearest is {last}. "
