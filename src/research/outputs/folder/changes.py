"""What a run says otherwise than the one that it replaces, for the screen: a run folder itself has no history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from research.analysis.findings import Finding
from research.analysis.wording import plural
from research.errors import RunError
from research.outputs.folder.run_folder import RunFolder

MOST = 12
"""The findings that are named one by one."""


class Shown(NamedTuple):
    """The value of each finding of a run as ``changes`` compares it, and how many sentences were judged for it."""

    values: Mapping[str, str]
    judged: int = 0


def shown_in(folder: RunFolder) -> Shown:
    """Return what a run shows; nothing where no findings can be read."""
    try:
        return _all_shown(folder.findings)
    except RunError:
        return Shown({})


def _all_shown(findings: Iterable[Finding]) -> Shown:
    judged = (it.corrected.judged for it in findings if it.corrected is not None)
    return Shown({it.key: _shown(it) for it in findings}, max(judged, default=0))


def changes(before: Shown, findings: Sequence[Finding]) -> list[str]:
    """Return lines on which findings have other values than ``before``, are new, or are gone; none without any.

    Another number of judged sentences is said first, because it explains them.
    """
    if not before.values:
        return []
    after = _all_shown(findings)
    lines = []
    if after.judged != before.judged:
        earlier = f"{before.judged:,} were" if before.judged else "none was"
        lines = [f"{plural(after.judged, 'sentence')} {'is' if after.judged == 1 else 'are'} judged; {earlier} before."]
    return lines + _other_values(before.values, after.values)


def _other_values(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    other = [key for key in now if key in before and now[key] != before[key]]
    counts = (
        (len(other), "has another value", "have other values"),
        (len(now.keys() - before.keys()), "is new", "are new"),
        (len(before.keys() - now.keys()), "is gone", "are gone"),
    )
    said = [f"{plural(n, 'finding')} {one if n == 1 else many}" for n, one, many in counts if n]
    if not said:
        return []
    lines = [f"Compared with the run before, {', '.join(said)}{':' if other else '.'}"]
    lines += [f"  {key}: {before[key]} before, now {now[key]}" for key in other[:MOST]]
    return lines + ([f"  and {len(other) - MOST:,} more"] if len(other) > MOST else [])


def _shown(finding: Finding) -> str:
    corrected = finding.corrected
    if corrected is None or corrected.value is None:
        return finding.display
    ends = f", 95% CI {corrected.interval_display}" if corrected.interval is not None else ""
    return f"{finding.display} (corrected by judged sentences: {corrected.display}{ends})"
