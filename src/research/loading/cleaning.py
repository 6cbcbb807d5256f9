"""What of a text is prose: headers are told apart, and not one character is moved."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from research.loading.documents import Span

# As the seed document has it: " date 2023-09-29 Sanction confrontation is …". The white space is bounded
# so that a file of blanks cannot make the pattern run long.
_DATE_HEADER = re.compile(r"\s{0,80}date:? (\d{4}-\d{2}-\d{2})(?=\s|\Z)\s{0,80}", re.ASCII | re.IGNORECASE)


class Header(NamedTuple):
    """What a header says, and where the prose begins."""

    body_start: int
    date: str | None
    date_span: Span | None


def read_header(text: str) -> Header:
    """Read the ``date YYYY-MM-DD`` header at the start of a text, if there is one.

    A day that the calendar does not have (``2023-02-30``) is no date: the words stay in the body.
    """
    match = _DATE_HEADER.match(text)
    if match is None or not _is_a_day(match[1]):
        return Header(0, None, None)
    return Header(match.end(), match[1], Span(*match.span(1)))


def _is_a_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True
