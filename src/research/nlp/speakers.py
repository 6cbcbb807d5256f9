"""Who the sources of a document's attributions are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from research.nlp.attributions import Attribution, Mention


class Speaker(NamedTuple):
    """The canonical name of a source, None where it has none; how the text calls it; its office."""

    name: str | None
    label: str | None
    office: str | None


def resolve(text: str, attributions: Sequence[Attribution], mentions: Sequence[Mention]) -> list[Speaker]:
    """The speaker of each attribution."""
    found = []
    for attribution in attributions:
        if attribution.source is None:
            found.append(Speaker(None, None, None))
            continue
        start, end = attribution.source
        names = [m for m in mentions if m.type in ("PERSON", "ORG") and start <= m.start and m.end <= end]
        name = " ".join(text[names[0].start : names[0].end].split()) if names else None
        found.append(Speaker(name, " ".join(text[start:end].split()), None))
    return found
