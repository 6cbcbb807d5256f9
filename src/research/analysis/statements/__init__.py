"""02_statements: who speaks, and how?"""

from collections.abc import Mapping

from research.analysis.comparing import COMPARE, COMPARED_TABLE
from research.analysis.declaring import Count, Notebook, Table, as_written, number_of, sum_of
from research.analysis.one_speaker import SPEAKER
from research.analysis.parameters import COPIES, LEAST_CONFIDENCE
from research.analysis.statements.charts import cue_chart, floor_chart, speech_chart
from research.analysis.statements.compared import compared
from research.analysis.statements.floor import FLOOR, QUESTIONS, asked, floor, questions, turns
from research.analysis.statements.headlines import SPEAKERS_ASKED, findings
from research.analysis.statements.suggestions import SUGGESTED_BY, suggestions
from research.analysis.statements.tables import (
    GROUPS,
    KINDS,
    QUOTATIONS,
    SOURCES,
    SPEAKERS,
    STATEMENTS,
    UNNAMED,
    UNSURE,
    by_column,
    cues,
    groups,
    head_of,
    kinds,
    nameless,
    quotations,
    said_by,
    source_of,
    sources,
    speaker_columns,
    speakers,
    statement_columns,
    statements,
    unnamed,
    unsure,
)
from research.nlp.groups.joining import any_case

__all__ = [
    "FLOOR",
    "GROUPS",
    "NOTEBOOK",
    "QUESTIONS",
    "QUOTATIONS",
    "SOURCES",
    "SPEAKERS",
    "STATEMENTS",
    "UNNAMED",
    "UNSURE",
    "compared",
    "cue_chart",
    "cues",
    "findings",
    "floor",
    "floor_chart",
    "groups",
    "kinds",
    "questions",
    "quotations",
    "said_by",
    "sources",
    "speaker_columns",
    "speakers",
    "speech_chart",
    "statement_columns",
    "statements",
    "turns",
    "unnamed",
    "unsure",
]

_EVERY = "statements.statements"
_SPEAKER = ("speaker", "source")
_NUMBERS: Mapping[str, Count] = {
    "words": sum_of("words"),
    "attributions": len,
    "turns": len,
    "n_documents": number_of("doc_id"),
    **{f"{kind}_words": sum_of("words", kind=kind) for kind in KINDS},
}
"""How tables that are counted from the statements follow from them; not all of them have all columns."""

NOTEBOOK = Notebook(
    "02_statements",
    layers=("counts", "kinds", "statements"),
    findings=findings,
    parameters=(SPEAKER, SPEAKERS_ASKED, COMPARE, COPIES, LEAST_CONFIDENCE),
    tables={
        "statements": Table(
            findings=("statements.attributions", "statements.documents", "statements.direct"),
            words="content",
            parts="content_at",
            speaker=_SPEAKER,
        ),
        "unsure": Table(findings=("statements.attributions",), words="content", parts="content_at", speaker=_SPEAKER),
        "speakers": Table(
            identity={"speaker": any_case},
            counts=_EVERY,
            numbers=_NUMBERS,
            findings=("statements.speakers", "statements.words"),
        ),
        "groups": Table(
            identity={"column": as_written, "value": as_written},
            counts=_EVERY,
            grouped=by_column,
            numbers=_NUMBERS,
            findings=("statements.words", "statements.attributions"),
        ),
        "compared": COMPARED_TABLE,
        "unnamed": Table(
            identity={"source": any_case},
            counts=_EVERY,
            grouped=nameless,
            numbers=_NUMBERS,
            findings=("statements.attributions",),
        ),
        "sources": Table(
            identity={"source": as_written},
            counts=_EVERY,
            grouped=lambda statements: statements.assign(source=source_of(statements)),
            numbers=_NUMBERS,
            findings=("statements.attributions", "statements.words"),
        ),
        "floor": Table(
            identity={"who": any_case},
            counts=_EVERY,
            grouped=turns,
            numbers=_NUMBERS,
            findings=("statements.floor", "statements.turns"),
        ),
        "questions": Table(
            identity={"asked_by": as_written, "answered_by": any_case},
            counts=_EVERY,
            grouped=asked,
            numbers=_NUMBERS,
            findings=("statements.questions",),
        ),
        "kinds": Table(identity={"kind": as_written}, counts=_EVERY, numbers=_NUMBERS, findings=("statements.direct",)),
        "cues": Table(
            identity={"cue_class": as_written, "head": any_case},
            counts=_EVERY,
            grouped=lambda statements: statements.assign(head=head_of(statements)),
            numbers=_NUMBERS,
            findings=("statements.attributions",),
        ),
        "quotations": Table(
            findings=("statements.direct",),
            words="quotation",
            verbatim=True,
            parts="content_at",
            speaker=_SPEAKER,
        ),
    },
    figures={
        "compared": ("statements.compared",),
        "cues": ("statements.cues",),
        "floor": ("statements.floor",),
        "speech": ("statements.speakers", "statements.sources"),
    },
    speakers=_EVERY,
    suggestions=suggestions,
    suggested_by=SUGGESTED_BY,
)
