"""One speaker: the parameter that shows what one speaker says, or one group, out of a table that has everybody."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from research.analysis.parameters import LEAST_CONFIDENCE, Parameter, text_or_none
from research.analysis.wording import listed
from research.errors import ParameterError
from research.nlp.annotate import Annotations
from research.nlp.groups.grouping import PERIOD, Groups
from research.nlp.groups.joining import any_case
from research.nlp.groups.nearest import nearest_names

if TYPE_CHECKING:
    import pandas as pd


def _check(speaker: str | None, annotations: Annotations, settings: Mapping[str, Any]) -> None:
    """Raise ``ParameterError`` for a name or a group that the corpus does not have, with the nearest names."""
    if speaker is not None and not _is_name(annotations, speaker):
        _group(annotations, speaker, settings.get(LEAST_CONFIDENCE.name, LEAST_CONFIDENCE.default))


SPEAKER = Parameter(
    "speaker",
    text_or_none("Kassym-Jomart Tokayev", "party:Labour"),
    None,
    "Show the words of one speaker, or of one group such as party:Labour; None: everybody's",
    views=True,
    check_annotations=_check,
)


def check_speakers(names: Sequence[str] | None, annotations: Annotations, _: Mapping[str, Any]) -> None:
    """Raise ``ParameterError`` for a name that nobody has, with the nearest names.

    A name that ``speakers.csv`` or the text of a document has is one that somebody has: nothing said is then a finding.
    """
    if not names:
        return
    known = sorted(
        {name for its in (annotations, annotations.with_judgements) for name in its.by("speaker", 0.0).names}
    )
    listed_names = [it for entry in annotations.corpus.speakers.entries for it in (entry.name, *entry.also_called)]
    have = set(map(any_case, (*known, *listed_names)))
    for name in names:
        if any_case(name) not in have and not _is_written(name, annotations):
            raise ParameterError(f"No speaker has the name {name!r}. {_remedy(name, known, _LISTED)}")


def _is_written(name: str, annotations: Annotations) -> bool:
    """Return whether a document has the name as a whole, in capitals or not."""
    words = r"\s+".join(map(re.escape, name.split()))
    whole = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    return any(whole.search(it.text) for it in annotations.corpus)


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
    if is_speaker.any() or _is_name(annotations, asked):
        return rows[is_speaker].reset_index(drop=True)
    places = rows[["doc_id"]].assign(start=rows[start] if isinstance(start, str) else start)
    groups = _group(annotations, asked, LEAST_CONFIDENCE.read(least_confidence))
    return rows[groups.of(places) == groups.names[0]].reset_index(drop=True)


def spoken_by(annotations: Annotations, speaker: Any = None) -> Annotations:
    """Return the annotations of the words of one speaker, or of one group; all of them for None.

    A name and a group are as in ``said_by``. The same call returns the same annotations. Raises ``ParameterError``.
    """
    asked = SPEAKER.read(speaker)
    if asked is None:
        return annotations
    if _is_name(annotations, asked):
        return annotations.by("speaker").part((asked,))
    groups = _group(annotations, asked, LEAST_CONFIDENCE.default)
    return groups.part(groups.names[:1])


def whose(annotations: Annotations, speaker: str) -> str:
    """Return how a sentence calls the speaker, or the group, that is asked for.

    >>> from research import annotate, load
    >>> whose(annotate(load("seeds")), "kassym-jomart tokayev")
    'Kassym-Jomart Tokayev'
    """
    names = annotations.by("speaker", 0.0).names
    if any_case(speaker) in map(any_case, names):
        return next(name for name in names if any_case(name) == any_case(speaker))
    groups = _group(annotations, speaker, LEAST_CONFIDENCE.default)
    return f"{groups.names[0]} ({groups.column})"


def _is_name(annotations: Annotations, asked: str) -> bool:
    return any_case(asked) in map(any_case, annotations.by("speaker", 0.0).names)


def _group(annotations: Annotations, asked: str, least_confidence: float) -> Groups[Annotations]:
    """Return the groups of ``COLUMN:VALUE``, of which the first is the one that is asked for."""
    column, _, value = asked.partition(":")
    if not value.strip() or column.strip().casefold() == PERIOD:
        names = annotations.by("speaker", 0.0).names
        raise ParameterError(f"No speaker has the name {asked!r}. {_remedy(asked, names)}")
    groups = annotations.by(asked, least_confidence)
    groups.names  # noqa: B018  reads the documents, and refuses a value that they do not have
    return groups


_LISTED = "The table of speakers lists all names."


def _remedy(asked: str, names: Sequence[str], otherwise: str = "") -> str:
    near = nearest_names(asked, names)
    meant = f"The nearest {'name is' if len(near) == 1 else 'names are'} {listed(near)}." if near else ""
    return meant or otherwise or f"{_LISTED[:-1]}; a group is written as COLUMN:VALUE, such as party:Labour."
