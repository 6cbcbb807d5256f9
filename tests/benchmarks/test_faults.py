"""The reports of benchmarks/faults: what is planted is wrong, stands where it is said to, and is counted rightly."""

import io
import json
import re
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.faults import formats, judging, writing
from benchmarks.faults.hands import Hand
from benchmarks.faults.hands.all import HANDS
from benchmarks.faults.judging import Case, Draft
from benchmarks.faults.known import Known, known
from benchmarks.faults.planted import Fault

VARIANTS = 3
"""Reports of each template: the shortest hand, with three templates, gets room for 300 faults of most kinds."""


@pytest.fixture(scope="module")
def seeds(root: Path) -> Known:
    return known(root / "outputs" / "seeds")


@pytest.fixture(scope="module", params=sorted(HANDS))
def hand(request: pytest.FixtureRequest) -> Hand:
    return HANDS[request.param]


@pytest.fixture(scope="module")
def drafts(seeds: Known, hand: Hand) -> list[Draft]:
    return list(judging.drafts([seeds], hand, seed=8, variants=VARIANTS))


@pytest.fixture(scope="module")
def cases(drafts: list[Draft]) -> list[Case]:
    return judging.plant(drafts, 300, seed=7)


def test_there_are_reports_of_every_format() -> None:
    suffixes = {suffix for name in HANDS for _, suffix in formats.templates(name)}
    assert suffixes == {".md", ".qmd", ".txt", ".tex", ".html", ".docx", ".odt", ".ipynb"}


def test_a_hand_writes_each_template_in_each_of_its_formats(hand: Hand, drafts: list[Draft]) -> None:
    written = Counter((it.template, it.suffix) for it in drafts)
    assert written == dict.fromkeys(formats.templates(hand.name), VARIANTS)


def test_a_fault_changes_one_sentence_of_a_true_report(drafts: list[Draft], cases: list[Case]) -> None:
    honest = {it.seed: it for it in drafts}
    assert len(cases) == 300
    assert len({case.fault.kind for case in cases if case.fault}) > 20
    for case in cases:
        before, after = honest[case.draft.seed].sentences, case.draft.sentences
        assert [at for at, (one, other) in enumerate(zip(before, after, strict=True)) if one != other] == [case.place]


def test_a_wrong_number_is_none_of_the_findings(cases: list[Case]) -> None:
    numbers = [case.fault for case in cases if case.fault and case.fault.kind in ("a digit of the value", "magnitude")]
    assert len(numbers) > 20
    for fault in numbers:
        written = re.findall(r"[\d,]+(?:\.\d+)?", fault.now)[:1]  # none in a fault written in words
        for number in [] if set("mb$") & set(fault.now) else written:  # sums of money have words of their own
            assert not fault.sentence.allows(float(number.replace(",", "")))


def test_a_changed_quotation_stands_nowhere_in_the_evidence(cases: list[Case]) -> None:
    quoted = [case.fault for case in cases if case.fault and case.fault.kind.endswith("in a quotation")]
    assert len(quoted) > 10
    for fault in quoted:
        said = re.sub(r" ?\[[^]]*\]", "", fault.now)
        assert not any(said in passage.text for fact in fault.sentence.facts for passage in fact.passages)


def test_a_sentence_stands_on_the_lines_that_are_given(drafts: list[Draft]) -> None:
    for draft in drafts:
        report = draft.written()
        if report.lines[0] is None:
            continue
        lines = report.data.decode().split("\n")
        for sentence, place in zip(draft.sentences, report.lines, strict=True):
            assert place is not None
            keys = [it.text.split("\n")[0] for it in sentence.parts if it.role == "cite"]
            there = "\n".join(lines[place[0] - 1 : place[1]])
            assert all(key in there or key.removeprefix("otr.seeds.").replace("+", "_") in there for key in keys)


def test_the_same_seed_writes_the_same_bytes(seeds: Known, hand: Hand, drafts: list[Draft]) -> None:
    again = list(judging.drafts([seeds], hand, seed=8, variants=VARIANTS))
    assert [it.written().data for it in drafts] == [it.written().data for it in again]


_CHANGES = {
    ".docx": ("word/document.xml", "<w:delText>", "</w:del><w:ins "),
    ".odt": ("content.xml", "<text:deletion>", "<text:change text:change-id="),
}
"""Where a document has its text, what is before a deleted number, and what before the one that holds."""


@pytest.mark.parametrize("suffix", sorted(_CHANGES))
def test_a_deleted_number_is_kept_beside_the_one_that_holds(seeds: Known, suffix: str) -> None:
    name, deleted, kept = _CHANGES[suffix]
    texts = []
    for draft in (it for hand in HANDS.values() for it in judging.drafts([seeds], hand, seed=8, variants=1)):
        if draft.suffix == suffix:
            with zipfile.ZipFile(io.BytesIO(draft.written().data)) as archive:
                texts.append(archive.read(name).decode())
    # which reports have one is drawn
    assert any(deleted in text for text in texts)
    assert [text.count(deleted) for text in texts] == [text.count(kept) for text in texts]


def test_every_template_is_filled(drafts: list[Draft]) -> None:
    assert not any(b"{{single}}" in it.written().data for it in drafts)


@pytest.mark.parametrize(
    ("number", "words"), [(7, "seven"), (41, "forty-one"), (340, "three hundred and forty"), (9235, None)]
)
def test_numbers_in_words(number: int, words: str | None) -> None:
    assert writing.in_words(number) == (words or "nine thousand two hundred and thirty-five")


def test_a_fraction_is_near_the_share_that_it_tells() -> None:
    assert ("", "four in five") in writing.fractions(0.8)
    assert ("nearly ", "a third") in writing.fractions(0.32)
    assert writing.fractions(0.44) == []


# --- judging ---

_BLIND = "print('[]')"
_SEES_CITATIONS = """
import json, pathlib, sys
found = []
for name in sys.argv[2:sys.argv.index("--run")]:
    for line, text in enumerate(pathlib.Path(name).read_text().split("\\n"), 1):
        if any(mark in text for mark in ("[@", "[see @", "\\\\cite", "\\\\finding", "data-finding")):
            found.append({"file": name, "line": line, "severity": "error", "kind": "x", "key": "", "message": "wrong"})
print(json.dumps(found))
sys.exit(1)
"""
"""A command with an error on every line with a citation."""


def judged(script: str, cases: list[Case], room: Path) -> list[tuple[Fault, bool]]:
    """Each fault, and whether a command found it. The order is that of the calls."""
    room.mkdir()
    (room / "command.py").write_text(script, encoding="utf-8")
    command = [sys.executable, str(room / "command.py")]
    found = judging.judge(command, cases, room)
    return [(case.fault, judging.is_found(case.fault, here)) for case, here, _ in found if case.fault]


def with_lines(cases: list[Case]) -> list[Case]:
    return [case for case in cases if case.draft.suffix in (".md", ".qmd", ".txt", ".tex", ".html")]


def test_a_command_that_says_nothing_finds_nothing(cases: list[Case], tmp_path: Path) -> None:
    found = judged(_BLIND, with_lines(cases)[:50], tmp_path / "blind")
    assert [it for _, it in found] == [False] * 50


def test_a_message_counts_with_the_severity_that_is_due(cases: list[Case], tmp_path: Path) -> None:
    found = judged(_SEES_CITATIONS, with_lines(cases), tmp_path / "all")
    assert len(found) == len(with_lines(cases))
    for severity, is_due in (("error", True), ("warning", False)):
        assert {it for fault, it in found if fault.severity == severity} == {is_due}


def test_a_message_counts_on_the_lines_of_the_fault_alone(cases: list[Case], tmp_path: Path) -> None:
    elsewhere = _SEES_CITATIONS.replace('"line": line', '"line": line + 1000')
    found = judged(elsewhere, with_lines(cases)[:50], tmp_path / "elsewhere")
    assert [it for _, it in found] == [False] * 50


def test_a_command_that_stops_is_not_counted_as_silent(cases: list[Case], tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="stopped with 2"):
        judged("import sys; sys.exit(2)", cases[:1], tmp_path / "stopped")


def test_the_table_counts_by_kind_and_format(cases: list[Case]) -> None:
    results = [(case, case.fault, at % 2 == 0) for at, case in enumerate(cases) if case.fault]
    lines = judging.table(results).splitlines()
    assert lines[-1] == "Found: 150 of 300 (50.00%)"
    planted = sum(int(cell.split("/")[1]) for cell in lines[-3].split("|")[2:-2] if "/" in cell)
    assert lines[-3].startswith("| all | ")
    assert planted == 300


def test_notebooks_can_be_read(drafts: list[Draft]) -> None:
    notebooks = [json.loads(it.written().data) for it in drafts if it.suffix == ".ipynb"]
    assert all({cell["cell_type"] for cell in it["cells"]} <= {"markdown", "code"} for it in notebooks)
