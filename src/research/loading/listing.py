"""List the parts of a file that gave no document: the first of them one by one, the others by reason and number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from research.loading.documents import Rejected, RejectedRows

MOST_LISTED = 100
"""How many parts of one file are listed one by one: nobody reads a list of a million bad rows."""
_MOST_KINDS = 20
"""How many kinds of reason are told apart beyond these: a reason can quote what is in a file."""
_OTHERS = "other reasons"


class Listing:
    """The parts of one file that were rejected, as they come."""

    def __init__(self, path: str) -> None:
        self._begins = f"{path}#"
        self._listed = 0
        self._rest: dict[str, list[Rejected]] = {}
        self._times: dict[str, int] = {}

    def keeps(self, rejected: Rejected) -> bool:
        """Whether this is kept for ``rest``, and not to be listed itself: a part of the file beyond the first ones."""
        if not rejected.file.startswith(self._begins):
            return False
        self._listed += 1
        if self._listed <= MOST_LISTED:
            return False
        kind = kind_of(rejected.reason)
        if kind not in self._rest and len(self._rest) >= _MOST_KINDS:
            kind = _OTHERS
        self._times[kind] = self._times.get(kind, 0) + 1
        first = self._rest.setdefault(kind, [rejected])[0]
        self._rest[kind] = [first, rejected]
        return True

    def rest(self) -> Iterator[Rejected]:
        """Yield one entry for each kind of reason: the first of its parts, and how many follow."""
        for kind, (first, last) in self._rest.items():
            times = self._times[kind]
            reason = _OTHERS if kind == _OTHERS else first.reason
            if times == 1:
                yield first
            else:
                further = f"and {times - 1:,} more, the last of them {last.file.removeprefix(self._begins)}"
                yield RejectedRows(first.file, f"{reason} ({further})", first.remedy, times)


def kind_of(reason: str) -> str:
    """Return a reason without its brackets, and with a dot for each number: what many of one kind have in common.

    >>> kind_of("row 2,000 is empty (after row 9)")
    'row … is empty'
    """
    while (shorter := re.sub(r" ?\([^()]*\)", "", reason)) != reason:
        reason = shorter
    return re.sub(r"[\d.,]*\d", "…", reason)
