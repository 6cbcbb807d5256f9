"""Labels that a scanned page hides: within a line, before another sign, glued to a word, or with a wrong letter.

    It is done. JOURNALIST: And the dock?      within a line
    The debate on fish HON. P. VELL.- Order!   within a line, before a full stop and a dash
    PRIE MINISTER.- It is sold.                another sign, and a letter that is missing
    JOURNALISTAs a rule?                       no sign at all

The last two are labels only where the document has them, rightly written, several times.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from research.nlp.statements.label_words import Label, edits

WITHIN_LINE = re.compile(
    r"(?<=[.?!…\"”’)\]—–-])[ \t]{0,3}(?P<label>[A-Z][A-Z.'’ -]{1,40}?)(?P<sign>:)(?=[ \t\n]|[A-Z][a-z’'])"
)
BEFORE_DASH = re.compile(
    r"(?<=[ \t])(?P<label>(?:(?:THE )?HON|MR|MRS|MS|DR|MADAM)\.? [A-Z][A-Z.'’ -]{1,40}?)"
    r"(?P<sign>\.[ ]?(?:[-–—]{1,2}|:))(?=[ \t\n])"
)
OTHER_SIGN = re.compile(
    r"^[ \t*]{0,8}(?P<label>[A-Z][A-Z.'’ -]{1,40}?)(?P<sign>[;*.,](?:[ ]?[-–—]{1,2})?)(?=[ \t]\S)", re.MULTILINE
)
_MOST_LABELS, _SHORTEST = 50, 5
_SHORTEST_OF_OFFICE, _SHORTEST_NAME = 5, 7
"""Letters of a word that may have a wrong one: two surnames of six letters may be those of two persons."""


def glued(labels: Collection[str]) -> re.Pattern[str] | None:
    """The labels, each glued to a capitalised word at the beginning of a line; None where there are none."""
    long = sorted((it for it in labels if len(it) >= _SHORTEST), key=lambda it: (-len(it), it))[:_MOST_LABELS]
    if not long:
        return None
    return re.compile(
        rf"^[ \t*]{{0,8}}(?P<label>{'|'.join(map(re.escape, long))})(?P<sign>)(?=[A-Z][a-z])", re.MULTILINE
    )


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
