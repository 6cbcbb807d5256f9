"""A run that replaces another says which findings have other values, on the screen and nowhere in the run."""

from dataclasses import replace

from research.analysis.findings import Finding
from research.analysis.judging.corrected import Corrected
from research.analysis.statistics.uncertainty import Interval
from research.outputs.folder.changes import MOST, Shown, changes
from research.outputs.folder.run_folder import RunFolder


def said(findings: list[Finding]) -> Shown:
    return Shown({it.key: it.display for it in findings})


def test_the_changed_new_and_gone_findings_are_said(made: RunFolder) -> None:
    first, *others = made.findings
    assert changes(said([first]), [first]) == []
    assert changes(Shown({}), [first]) == [], "there was no run before"
    now = replace(first, display="99%")
    assert changes(said([first, others[0]]), [now, others[1]]) == [
        "Compared with the run before, 1 finding has another value, 1 finding is new, 1 finding is gone:",
        f"  {first.key}: {first.display} before, now 99%",
    ]
    assert changes(said([first]), [first, others[0]]) == ["Compared with the run before, 1 finding is new."]


def test_judged_sentences_are_said_before_what_follows_from_them(made: RunFolder) -> None:
    first = made.findings[0]
    corrected = Corrected(60, 651, 348.0, "348", Interval(295.0, 405.0, 0.95), "295 to 405", 386.0, "386")
    now = replace(first, display="380", corrected=corrected)
    assert changes(Shown({first.key: "386"}), [now]) == [
        "60 sentences are judged; none was before.",
        "Compared with the run before, 1 finding has another value:",
        f"  {first.key}: 386 before, now 380 (corrected by judged sentences: 348, 95% CI 295 to 405)",
    ]
    assert changes(Shown({}, 50), [now]) == [], "there was no run before"
    more = replace(now, corrected=replace(corrected, judged=61))
    [line, *_] = changes(Shown({first.key: "386"}, 60), [more])
    assert line == "61 sentences are judged; 60 were before."


def test_of_many_the_first_are_named(made: RunFolder) -> None:
    its = made.findings
    lines = changes(Shown(dict.fromkeys((it.key for it in its), "other")), its)
    assert (len(lines), lines[-1]) == (MOST + 2, f"  and {len(its) - MOST:,} more")
