"""The lines of the concordance of 05_language: how much stands beside a term, in which order, and who speaks."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from research.analysis.concordance import contexts
from research.analysis.one_speaker import said_by
from research.analysis.parameters import Parameter, one_of
from research.loading import Span
from research.nlp import text as texts
from research.nlp.annotate import Annotations

if TYPE_CHECKING:
    import pandas as pd

SENTENCE = "sentence"
LEFT, RIGHT = "left", "right"
LONGEST = 500
"""The most characters of a sentence that are shown on either side of a term."""
BESIDE = Parameter(
    "context",
    one_of("words", SENTENCE),
    "words",
    'What stands beside a term in the concordance: "words", or the whole "sentence"',
)
SORT = Parameter(
    "sort",
    one_of("place", LEFT, RIGHT),
    "place",
    'The order of the concordance: "place", or the words to the "left" or "right" of a term',
)
KWIC = ("term", "left", "keyword", "right", "speaker", "date", "outlet", "title", "doc_id", "start")
"""The columns of a concordance to read; the others locate the occurrence in the text."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def lines(
    annotations: Annotations,
    concordance: pd.DataFrame,
    context: Any = "words",
    sort: Any = "place",
    speaker: Any = None,
) -> pd.DataFrame:
    """Return a concordance as it is read: its columns, and ``speaker`` after ``right``.

    ``speaker`` is whose words an occurrence is in, and missing where the text names nobody. With ``context`` "sentence"
    ``left`` and ``right`` are the rest of the sentence, up to 500 characters each. With ``sort`` "left" or "right" the
    lines of a term are in the order of the words on that side, from the term outward, whatever their capitals.
    With a ``speaker`` only the lines in the words of one speaker, or of one group, are returned (see ``one_speaker``).
    Raises ``ParameterError`` for other values.
    """
    beside, order = BESIDE.read(context), SORT.read(sort)
    made = concordance.copy(deep=False)
    made.insert(made.columns.tolist().index("right") + 1, "speaker", annotations.by("speaker").of(concordance))
    made = said_by(annotations, made, speaker)
    if beside == SENTENCE and len(made):
        of_row = _sentences(annotations, made)
        made["left"], made["right"] = ([it[side] for it in of_row] for side in (0, 1))
    if order == "place":
        return made
    terms = {term: number for number, term in enumerate(dict.fromkeys(made["term"]))}
    keys = [
        (terms[term], _outward(text, backward=order == LEFT))
        for term, text in zip(made["term"], made[order], strict=True)
    ]
    return made.iloc[sorted(range(len(made)), key=keys.__getitem__)].reset_index(drop=True)


def _outward(text: str, *, backward: bool) -> list[str]:
    """Return the words of a context from the term outward, without capitals."""
    words = [texts.folded(it) for it in _WORD.findall(text)]
    return words[::-1] if backward else words


def _sentences(annotations: Annotations, rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Return what is before and after each place in its sentence."""
    found: list[tuple[str, str]] = [("", "")] * len(rows)
    of_document = rows.reset_index(drop=True).groupby("doc_id", sort=False).indices
    places = rows[["start", "end"]].to_numpy()
    for annotated in annotations:
        numbers = of_document.get(annotated.document.id, ())
        starts = [it.start for it in annotated.sentences] if len(numbers) else []
        for number in numbers:
            span = Span(*places[number].tolist())
            sentence = annotated.sentences[max(0, bisect_right(starts, span.start) - 1)]
            found[number] = contexts(annotated.document, span, sentence, LONGEST)
    return found
