"""What a run says otherwise than the one that it replaces, for the screen: a run folder itself has no history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from research.analysis.findings import Finding
from research.analysis.wording import plural
from research.errors import RunError
from research.outputs.folder.run_folder import RunFolder

MOST = 12
"""The findings that are named one by one."""


def shown_in(folder: RunFolder) -> dict[str, str]:
    """Return the value of each finding of a run as ``changes`` compares it; nothing where no findings can be read."""
    try:
        return {it.key: _shown(it) for it in folder.findings}
    except RunError:
        return {}


def changes(before: Mapping[str, str], findings: Sequence[Finding]) -> list[str]:
    """Return lines on which findings have other values than ``before``, are new, or are gone; none without any."""
    if not before:
        return []
    now = {it.key: _shown(it) for it in findings}
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
    lines += [f"  {key}: {before[key]} before, {now[key]} now" for key in other[:MOST]]
    return lines + ([f"  and {len(other) - MOST:,} more"] if len(other) > MOST else [])


def _shown(finding: Finding) -> str:
    corrected = finding.corrected
    if corrected is None or corrected.value is None:
        return finding.display
    return f"{finding.display} (corrected {corrected.display})"
