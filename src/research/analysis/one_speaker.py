"""One speaker: the parameter that shows what one speaker says, or one group, out of a table that has everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from research.analysis.parameters import LEAST_CONFIDENCE, Parameter, text_or_none
from research.analysis.wording import listed
from research.errors import ParameterError
from research.nlp.annotate import Annotations
from research.nlp.groups.grouping import PERIOD
from research.nlp.groups.joining import any_case

if TYPE_CHECKING:
    import pandas as pd

SPEAKER = Parameter(
    "speaker",
    text_or_none("Kassym-Jomart Tokayev", "party:Labour"),
    None,
    "Show the words of one speaker, or of one group such as party:Labour; None: everybody's",
    views=True,
)


def said_by(
    annotations: Annotations,
    rows: pd.DataFrame,
    speaker: Any = None,
    least_confidence: Any = LEAST_CONFIDENCE.default,
    *,
    start: str | Sequence[int] = "start",
) -> pd.DataFrame:
    """Return the rows of a table that are the words of one speaker, or of one group; all of them for None.

    ``rows`` has the columns ``doc_id`` and ``speaker``. A name is compared with the latter, whatever its capitals. If
    none of the corpus' speakers has it, ``COLUMN:VALUE`` is a group (``Annotations.by``): rows count whose words begin
    in it, at ``start``, a column or the places themselves. Raises ``ParameterError`` for a name or a group that the
    corpus does not have, with the nearest names.
    """
    asked = SPEAKER.read(speaker)
    if asked is None:
        return rows
    is_speaker = rows["speaker"].map(any_case, na_action="ignore") == any_case(asked)
    if is_speaker.any() or any_case(asked) in map(any_case, names := annotations.by("speaker", 0.0).names):
        return rows[is_speaker].reset_index(drop=True)
    column, _, value = asked.partition(":")
    if not value.strip() or column.strip().casefold() == PERIOD:
        raise ParameterError(f"No speaker has the name {asked!r}. {_remedy(asked, names)}")
    places = rows[["doc_id"]].assign(start=rows[start] if isinstance(start, str) else start)
    groups = annotations.by(asked, LEAST_CONFIDENCE.read(least_confidence))
    return rows[groups.of(places) == groups.names[0]].reset_index(drop=True)


def _remedy(asked: str, names: Sequence[str]) -> str:
    near = nearest_names(asked, names)
    meant = f"The nearest {'name is' if len(near) == 1 else 'names are'} {listed(near)}." if near else ""
    return meant or "The table of speakers lists all names; a group is written as COLUMN:VALUE, such as party:Labour."


def nearest_names(wanted: str, names: Sequence[str]) -> list[str]:
    """Return at most three names that may have been meant by one that no speaker has; shared words come first.

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
    spelt_alike = [name for form in get_close_matches(asked, forms, n=_NEAREST) for name in forms[form]]
    return list(dict.fromkeys([*sharing[:_NEAREST], *spelt_alike]))[:_NEAREST]


_NEAREST = 3
