"""02_statements: who speaks, and how?"""

from research.analysis.declaring import Notebook, Table, any_case, as_written
from research.analysis.parameters import COPIES
from research.analysis.statements.charts import cue_chart, floor_chart, speech_chart
from research.analysis.statements.floor import FLOOR, QUESTIONS, asked, floor, questions, turns
from research.analysis.statements.headlines import SPEAKERS_ASKED, findings
from research.analysis.statements.tables import (
    GROUPS,
    KINDS,
    LEAST_CONFIDENCE,
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
    source_of,
    sources,
    speaker_columns,
    speakers,
    statements,
    unnamed,
    unsure,
)

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
    "cue_chart",
    "cues",
    "findings",
    "floor",
    "floor_chart",
    "groups",
    "kinds",
    "questions",
    "quotations",
    "sources",
    "speaker_columns",
    "speakers",
    "speech_chart",
    "statements",
    "turns",
    "unnamed",
    "unsure",
]

_EVERY = "statements.statements"
_WORDS = tuple(f"{kind}_words" for kind in KINDS)

NOTEBOOK = Notebook(
    "02_statements",
    layers=("counts", "kinds", "statements"),
    findings=findings,
    parameters=(SPEAKERS_ASKED, COPIES, LEAST_CONFIDENCE),
    tables={
        "statements": Table(findings=("statements.attributions", "statements.documents", "statements.direct")),
        "unsure": Table(findings=("statements.attributions",)),
        "speakers": Table(
            identity={"speaker": any_case},
            counts=_EVERY,
            zeros=_WORDS,
            findings=("statements.speakers", "statements.words"),
        ),
        "groups": Table(
            identity={"column": as_written, "value": as_written},
            counts=_EVERY,
            grouped=by_column,
            zeros=_WORDS,
            findings=("statements.words", "statements.attributions"),
        ),
        "unnamed": Table(
            identity={"source": any_case},
            counts=_EVERY,
            grouped=nameless,
            zeros=_WORDS,
            findings=("statements.attributions",),
        ),
        "sources": Table(
            identity={"source": as_written},
            counts=_EVERY,
            grouped=lambda statements: statements.assign(source=source_of(statements)),
            zeros=_WORDS,
            findings=("statements.attributions", "statements.words"),
        ),
        "floor": Table(
            identity={"who": any_case},
            counts=_EVERY,
            grouped=turns,
            findings=("statements.floor", "statements.turns"),
        ),
        "questions": Table(
            identity={"asked_by": as_written, "answered_by": any_case},
            counts=_EVERY,
            grouped=asked,
            findings=("statements.questions",),
        ),
        "kinds": Table(identity={"kind": as_written}, counts=_EVERY, findings=("statements.direct",)),
        "cues": Table(
            identity={"cue_class": as_written, "head": any_case},
            counts=_EVERY,
            grouped=lambda statements: statements.assign(head=head_of(statements)),
            findings=("statements.attributions",),
        ),
        "quotations": Table(findings=("statements.direct",)),
    },
    figures={
        "cues": ("statements.cues",),
        "floor": ("statements.floor",),
        "speech": ("statements.speakers", "statements.sources"),
    },
    speakers=_EVERY,
)
