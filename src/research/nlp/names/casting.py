"""Casting: from the names that the encoder saw to the one cast of a document.

Mentions, speakers and whatever else names somebody use this cast, so that every named speaker is the entity of a
mention. The exceptions are speakers made of others' names: "Ada Okell and Jon Brandt", "Okell campaign".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from research.loading.documents import Span
from research.nlp.names import countries
from research.nlp.names.cast import Cast
from research.nlp.names.first_names import with_first_names
from research.nlp.names.floor import Floor
from research.nlp.names.organisations import with_whole_organisations
from research.nlp.names.overlooked import with_overlooked
from research.nlp.names.states import with_whole_states
from research.nlp.names.whole_names import with_whole_names
from research.nlp.records import Attribution, Mention


def cast_of(text: str, mentions: Sequence[Mention], attributions: Sequence[Attribution], floor: Floor) -> Cast:
    """Return the cast of a text, given the mentions that the encoder saw, its attributions and its turns."""
    people = with_first_names(text, with_whole_names(text, with_whole_states(text, mentions)))
    whole = with_whole_organisations(text, people)
    return Cast(text, with_overlooked(text, whole, _may_name(attributions, floor)))


def _may_name(attributions: Sequence[Attribution], floor: Floor) -> list[Span]:
    """Return where an overlooked name may be: in sources and labels, but not in a label such as "QUESTION"."""
    sources = (it.source for it in attributions if it.source is not None and it.source not in floor.known)
    return sorted({*sources, *floor.named()})


def mentions_of(cast: Cast, renamed: Mapping[int, str] | None = None) -> list[Mention]:
    """Return the mentions of a cast, each with its entity and the country that it means.

    ``renamed`` are entities, by number, with a fuller name than the cast knows.
    """
    fuller = renamed or {}
    return [
        replace(it, entity=fuller.get(of, name), country=_country(cast.text, it, name))
        for it, name, of in zip(cast.mentions, cast.names, cast.of, strict=True)
    ]


def _country(text: str, mention: Mention, name: str) -> str | None:
    is_place = mention.type == "GPE" and not countries.is_of_a_currency(text, mention)
    return countries.country(name) if is_place else None
