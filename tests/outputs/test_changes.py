"""A run that replaces another says which findings have other values, on the screen and nowhere in the run."""

from dataclasses import replace

from research.analysis.findings import Finding
from research.outputs.folder.changes import MOST, changes
from research.outputs.folder.run_folder import RunFolder


def said(findings: list[Finding]) -> dict[str, str]:
    return {it.key: it.display for it in findings}


def test_the_changed_new_and_gone_findings_are_said(made: RunFolder) -> None:
    first, *others = made.findings
    assert changes(said([first]), [first]) == []
    assert changes({}, [first]) == [], "there was no run before"
    now = replace(first, display="99%")
    assert changes(said([first, others[0]]), [now, others[1]]) == [
        "Compared with the run before, 1 finding has another value, 1 finding is new, 1 finding is gone:",
        f"  {first.key}: {first.display} before, 99% now",
    ]
    assert changes(said([first]), [first, others[0]]) == ["Compared with the run before, 1 finding is new."]


def test_of_many_the_first_are_named(made: RunFolder) -> None:
    its = made.findings
    lines = changes(dict.fromkeys((it.key for it in its), "other"), its)
    assert (len(lines), lines[-1]) == (MOST + 2, f"  and {len(its) - MOST:,} more")
