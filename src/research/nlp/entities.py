"""Which mentions name the same entity, within a document."""

from __future__ import annotations

from collections.abc import Sequence

from research.nlp.attributions import Mention


def link(text: str, mentions: Sequence[Mention]) -> list[str]:
    """The canonical name of each mention."""
    return [" ".join(text[mention.start : mention.end].split()) for mention in mentions]
