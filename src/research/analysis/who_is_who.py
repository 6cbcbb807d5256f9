"""Who is who across documents: the speaker of a statement, as ``speakers.csv`` says.

An annotation depends on its document alone, so names are joined where tables are made. Nothing is joined that the
analyst did not write down; ``suggestions`` lists what could be.
"""

from __future__ import annotations

from research.loading import Person, Speakers
from research.loading.speakers import same_name


def speaker_of(name: str | None, called: str | None, kind: str, date: str | None, people: Speakers) -> Person | None:
    """Return who made a statement; None where ``speakers.csv`` does not name its speaker.

    ``name`` is the speaker's by the document alone, ``called`` how the text calls the source, ``date`` that of the
    document. What the text calls a source without a name counts as well. So does the label of a turn, even where the
    document gives the speaker a name, unless that name has all words of the label: "PRIME MINISTER" may have been taken
    for somebody who is only mentioned, but "ODUYA" is Ada Oduya where the document says so.
    """
    if not people.entries:
        return None
    by_label = None
    if called is not None and (name is None or (kind == "turn" and not _is_within(called, name))):
        by_label = people.find(called, date)
    return by_label or (None if name is None else people.find(name, date))


def _is_within(called: str, name: str) -> bool:
    return set(same_name(called).split()) <= set(same_name(name).split())
