"""Decoding: from the encoder's scores to attributions with source, cue and content.

A valid path through the labels is chosen (``paths``), content is linked to cues and cues to sources (``linking``), and
each attribution gets its exact spans (``trimming``, ``whole_sources``), its kind and its confidence. Quotations are
kept whole: a label that flickers does not cut one in two, and both ends belong to one speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from research.loading.documents import Span
from research.nlp.names.recognition import mentions
from research.nlp.records import Attribution, Mention
from research.nlp.statements.confidence import confidence, signs
from research.nlp.statements.encoder import Encoder, Reading, sections
from research.nlp.statements.kinds import kind_of, quoted_share
from research.nlp.statements.labels import ROLES
from research.nlp.statements.linking import Draft, link
from research.nlp.statements.paths import Run, best_path, extent, glued, runs
from research.nlp.statements.pointers import POINTER
from research.nlp.statements.quotations import Quotation, quotations, single_quotations
from research.nlp.statements.scoring import DEFAULT, Decoding, role_scores
from research.nlp.statements.trimming import trimmed, without_occasion
from research.nlp.statements.whole_sources import Names, whole_source


def find(encoder: Encoder, text: str) -> tuple[list[Attribution], list[Mention]]:
    """Return the attributions and the mentions of a text, each in order; a very long text is read in sections."""
    found: list[Attribution] = []
    named: list[Mention] = []
    for start, end in sections(text):
        reading = encoder.read(text[start:end])
        here = mentions(reading)
        found += (it.moved(start) for it in decode(reading, named=here))
        named += (it.moved(start) for it in here)
    return found, named


def decode(
    reading: Reading, constants: Decoding = DEFAULT, named: Sequence[Mention] | None = None
) -> list[Attribution]:
    """Return the attributions of a text in the order of their content; `named` are its mentions, if known already."""
    marked = sorted([*quotations(reading.text), *single_quotations(reading.text)])
    names = Names(mentions(reading) if named is None else named)
    finished = (finish(reading, draft, marked) for draft in drafts(reading, constants))
    found = [
        replace(it, source=whole_source(reading.text, it, names) if constants.names else it.source)
        for it in finished
        if it is not None
    ]
    # The part that was dropped from content may have been its first one.
    return sorted(found, key=lambda it: it.content[0])


def drafts(reading: Reading, constants: Decoding = DEFAULT) -> list[Draft]:
    """Return the attributions of a text in pieces, in the order of their content."""
    if not len(reading):
        return []
    scores = role_scores(reading, constants)
    path = best_path(scores, glued(reading))
    sources, cues, contents = (runs(path, role) for role in range(len(ROLES)))
    return link(reading, sources, cues, contents, constants)


def finish(reading: Reading, draft: Draft, marked: Sequence[Quotation]) -> Attribution | None:
    """Return the attribution of a draft, in characters; None if nothing is left of its content."""
    text = reading.text

    def characters(run: Run | None) -> Span | None:
        return None if run is None else trimmed(text, *extent(reading, run))

    content = tuple(span for run in sorted(draft.content) if (span := characters(run)) is not None)
    if len(content) > 1:
        # "This is what he said" points to content, and is none itself.
        content = tuple(span for span in content if not _LIGHT.fullmatch(text, *span)) or content
    if not content:
        return None
    cue, found = characters(draft.cue), signs(reading, draft)
    if len(content) == 1 and POINTER.fullmatch(text, *content[0]):
        # The sentence that it points to follows from the words (`pointers`): only cue and source may be wrong.
        found = found._replace(content=0.0, begin=0.0, end=0.0)
    return Attribution(
        source=characters(draft.source),
        cue=cue and without_occasion(text, cue, content),
        content=content,
        kind=kind_of(quoted_share(text, content, marked)),
        confidence=confidence(found),
    )


_LIGHT = re.compile(r"(?:this|that|these|those|it|so)(?: is| was)?(?: what| how| all)?", re.IGNORECASE)
