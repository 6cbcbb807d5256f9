"""Direct, mixed and indirect: by the share of the words of content within quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from research.loading.documents import Span
from research.nlp.statements.quotations import Quotation

DIRECT = 0.8

INDIRECT = 0.1
"""From, and up to, which share of its words within quotation marks content is direct or indirect."""

_WORD = re.compile(r"\w+")


def quoted_share(text: str, content: Iterable[Span], marked: Sequence[Quotation]) -> float:
    """Return the share of the words of content that are within quotation marks."""
    starts = [quotation.start for quotation in marked]
    words = within = 0
    for start, end in content:
        for match in _WORD.finditer(text, start, end):
            words += 1
            at = bisect_right(starts, match.start()) - 1
            within += at >= 0 and match.end() <= marked[at].end
    return within / words if words else 0.0


def kind_of(share: float) -> str:
    """Return the kind of content of which this share is within quotation marks."""
    if share >= DIRECT:
        return "direct"
    return "indirect" if share <= INDIRECT else "mixed"
