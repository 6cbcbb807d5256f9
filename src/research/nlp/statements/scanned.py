"""Labels that a scanned page hides: within a line, before another sign, glued to a word, or with a wrong letter.

    It is done. JOURNALIST: And the dock?      within a line
    The debate on fish HON. P. VELL.- Order!   within a line, before a full stop and a dash
    PRIE MINISTER.- It is sold.                another sign, and a letter that is missing
    JOURNALISTAs a rule?                       no sign at all

The last two are labels only where the document has them, rightly written, several times.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from research.loading.documents import Span
from research.nlp.statements.label_words import Label, edits

_WITHIN_LINE = re.compile(
    r"(?<=[.?!…\"”’)\]—–-])[ \t]{0,3}(?P<label>[A-Z][A-Z.'’ -]{1,40}?)(?P<sign>:)(?=[ \t\n]|[A-Z][a-z’'])"
)
_BEFORE_DASH = re.compile(
    r"(?<=[ \t])(?P<label>(?:(?:THE )?HON|MR|MRS|MS|DR|MADAM)\.? [A-Z][A-Z.'’ -]{1,40}?)"
    r"(?P<sign>\.[ ]?(?:[-–—]{1,2}|:))(?=[ \t\n\"“A-Z])"
)
_OTHER_SIGN = re.compile(
    r"^[ \t*]{0,8}(?P<label>[A-Z][A-Z.'’ -]{1,40}?)(?P<sign>[;*.,](?:[ ]?[-–—]{1,2})?)(?=[ \t]\S)", re.MULTILINE
)
_MOST_LABELS, _SHORTEST = 50, 5
_SHORTEST_OF_OFFICE, _SHORTEST_NAME = 5, 7
"""Letters of a word that may have a wrong one: two surnames of six letters may be those of two persons."""


def _glued(labels: Collection[str]) -> re.Pattern[str] | None:
    """The labels, each glued to a capitalised word at the beginning of a line; None where there are none."""
    long = sorted((it for it in labels if len(it) >= _SHORTEST), key=lambda it: (-len(it), it))[:_MOST_LABELS]
    if not long:
        return None
    return re.compile(
        rf"^[ \t*]{{0,8}}(?P<label>{'|'.join(map(re.escape, long))})(?P<sign>)(?=[A-Z][a-z])", re.MULTILINE
    )


class Hidden(NamedTuple):
    """A label that a line does not begin with, or not as labels are written."""

    written: str
    """The label, rightly written where the document has it so."""
    form: str
    """``colon`` or ``dash``, as a mark has it."""
    within: bool
    """Whether it is within a line."""
    label: Span
    sign: Span | None
    words: int
    """Where the words of the turn begin."""


def hidden(
    text: str,
    body: Span,
    first: int,
    known: Collection[str],
    frequent: Mapping[str, Label],
    *,
    dashes: bool,
) -> Iterator[Hidden]:
    """Yield what may be a label, each form in turn.

    ``first`` is where the first label that is plain to see begins, ``known`` are the labels that are, ``frequent``
    those of them that return. ``dashes`` says that labels end in a full stop and a dash.
    """
    for pattern in filter(None, (_WITHIN_LINE, _BEFORE_DASH if dashes else None, _OTHER_SIGN, _glued(frequent))):
        within = pattern in (_WITHIN_LINE, _BEFORE_DASH)
        for match in pattern.finditer(text, body.start if within else first, body.end):
            written = match["label"]
            if pattern is _OTHER_SIGN and written not in known:
                written = nearest(written, frequent) or written
            sign = Span(*match.span("sign")) if match["sign"] else None
            form = "dash" if pattern is _BEFORE_DASH else "colon"
            yield Hidden(written, form, within, Span(*match.span("label")), sign, match.end("sign"))


def nearest(written: str, labels: Mapping[str, Label]) -> str | None:
    """Return the only one of some labels that a label may be with one or two wrong letters; None where none is."""
    fitting = [label for label in list(labels)[:_MOST_LABELS] if _is_near(written, label, labels[label].sort)]
    return fitting[0] if len(fitting) == 1 else None


@lru_cache(maxsize=4096)
def _is_near(written: str, label: str, sort: str) -> bool:
    words, right = written.split(), label.split()
    if written == label or len(words) != len(right):
        return False
    least = _SHORTEST_OF_OFFICE if sort in ("office", "role") else _SHORTEST_NAME
    wrong = [(word, other) for word, other in zip(words, right, strict=True) if word != other]
    return len(wrong) == 1 and all(
        len(other) >= least and word[0] == other[0] and edits(word, other) <= (2 if len(other) >= least + 2 else 1)
        for word, other in wrong
    )
