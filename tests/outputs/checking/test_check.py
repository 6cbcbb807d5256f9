"""The command: what it prints and in which form, its exit codes, --fix, --strict, and runs that are out of date."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
import yaml
from lxml import etree

from research import cli
from research.outputs.checking.cases import KINDS
from research.outputs.checking.readers.formats import FORMATS
from research.outputs.folder.run_folder import RunFolder
from tests.outputs.checking.conftest import KEYS, with_keys

Research = Callable[..., tuple[int, str, str]]
EARNINGS = f"otr.harbour.{KEYS['earnings']}"


def write(path: Path, text: str) -> Path:
    path.write_bytes(with_keys(text).encode())
    return path


@pytest.fixture
def moved(room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the room, to change."""
    copy = Path(shutil.copytree(room, tmp_path / "room"))
    monkeypatch.chdir(copy)
    return copy


def test_a_wrong_number_is_a_line_with_the_passage_below_it_once(
    room: Path, tmp_path: Path, research: Research
) -> None:
    report = write(
        tmp_path / "report.md", "# Port\n\nIt earned 24 million euros {earnings}.\n\nIt earned €26m {earnings}.\n"
    )
    code, out, err = research("check", report)
    assert code == 1
    assert err == ""
    lines = out.splitlines()
    assert lines[0] == f"{report}:3: says 24 million euros; {EARNINGS} says 25 million euros"
    assert "[25 million euros]" in lines[1]
    assert lines[2] == f"{report}:5: says €26m; {EARNINGS} says 25 million euros"
    assert lines[3] == f"{report}: 2 sentences with a citation, 2 errors, 0 warnings."


def test_without_run_the_keys_name_it(room: Path, tmp_path: Path, research: Research) -> None:
    report = write(tmp_path / "report.md", "It has 7,838 words {words}.")
    assert research("check", report)[0] == 0
    assert research("check", report, "--run", "harbour")[0] == 0
    assert research("check", report, "--run", "outputs/harbour")[0] == 0


def test_exit_codes(room: Path, tmp_path: Path, research: Research) -> None:
    good = write(tmp_path / "good.md", "It has 7,838 words {words}.")
    doubtful = write(tmp_path / "doubtful.md", "It has 7,838 words and 55 cranes {words}.")
    bad = write(tmp_path / "bad.md", "It has 99 words {words}.")
    broken = write(tmp_path / "broken.docx", "no archive")
    assert research("check", good)[0] == 0
    assert research("check", good, doubtful)[0] == 0
    assert research("check", good, bad)[0] == 1
    assert research("check", bad, broken)[0] == 2
    assert research("check", tmp_path / "none.md")[0] == 2
    assert research("check", good, "--run", "nowhere")[0] == 2
    assert research("check", tmp_path / "report.pdf")[0] == 2
    assert research("check")[0] == 2


def test_json(room: Path, tmp_path: Path, research: Research) -> None:
    report = write(tmp_path / "report.md", "It has 99 words {words}.")
    code, out, _ = research("check", report, "--format", "json")
    assert code == 1
    assert json.loads(out) == [
        {
            "file": str(report),
            "line": 1,
            "column": 8,
            "kind": "number",
            "severity": "error",
            "key": "otr.harbour.corpus.words",
            "message": "says 99 words; otr.harbour.corpus.words says 7,838 words",
        }
    ]
    assert json.loads(research("check", write(report, "Text."), "--format", "json")[1]) == []


SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "tool": {"required": ["driver"], "properties": {"driver": {"required": ["name"]}}},
                    "results": {
                        "items": {
                            "required": ["message", "ruleId", "level", "locations"],
                            "properties": {
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": {"required": ["text"]},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                            },
                        }
                    },
                },
            },
        },
    },
}
"""The part of the schema of SARIF 2.1.0 (OASIS) that is written."""


def test_sarif(room: Path, tmp_path: Path, research: Research) -> None:
    report = write(tmp_path / "re port.md", "It has 99 words {words} and 55 cranes {words}.")
    log = json.loads(research("check", report, "--format", "sarif")[1])
    jsonschema.validate(log, SARIF)
    first, second = log["runs"][0]["results"]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].endswith("re%20port.md")
    assert place["region"] == {"startLine": 1, "startColumn": 8}
    assert (first["level"], second["level"]) == ("error", "warning")
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert rules[first["ruleIndex"]]["id"] == first["ruleId"]


def test_github(room: Path, tmp_path: Path, research: Research) -> None:
    report = write(tmp_path / "report.md", "Okell has 38% of the words {okell}.")
    [line] = research("check", report, "--format", "github")[1].splitlines()
    assert line.startswith(f"::error file={report},line=1,col=11,title=research check%3A rounding::says 38%25; otr")


def test_a_page_with_every_sentence_marked(room: Path, tmp_path: Path, research: Research) -> None:
    text = (
        "It has 99 words {words}. It has 7,838 words {words}. It has 7,838 words and 55 cranes {words}. "
        "<b>Text</b> &amp; more."
    )
    code, out, _ = research("check", write(tmp_path / "report.md", text), "--format", "html")
    assert code == 1
    page = etree.HTML(out)
    assert [mark.get("class") for mark in page.iter("mark")] == ["wrong", "holds", "doubtful"]
    assert not list(page.iter("script"))
    assert "says 99 words" in "".join(page.itertext())


def test_markup_in_a_report_is_text_on_the_page(room: Path, tmp_path: Path, research: Research) -> None:
    out = research("check", write(tmp_path / "report.txt", "<script>alert(1)</script> 99 words"), "--format", "html")[1]
    assert "<script>" not in out


def test_what_a_terminal_would_act_on_is_escaped(room: Path, tmp_path: Path, research: Research) -> None:
    report = write(
        tmp_path / "report.txt",
        "Okell said “the harbour \x1b[31m will close” [otr.harbour.statements.words.ada+okell].",
    )
    assert "\x1b" not in research("check", report)[1]


# --- --fix ---


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (
            "a.md",
            "It has **7,383** words {words}.\r\n\r\n\tKept  as is.\r\n",
            "It has **7,838** words {words}.\r\n\r\n\tKept  as is.\r\n",
        ),
        (
            "a.md",
            "It earned €24 million {earnings}, Okell has 38% {okell}.",
            "It earned €25 million {earnings}, Okell has 37% {okell}.",
        ),
        ("a.md", "It has 7 383 words {words}.", "It has 7 838 words {words}."),
        ("a.md", "A sentence has 18.5 words {sentence}.", "A sentence has 18.4 words {sentence}."),
        ("a.md", "The first is of 2022-02-15 {earliest}.", "The first is of 2022-02-14 {earliest}."),
        (
            "a.md",
            "The port earned 25 million euros in 2020 {earnings}.",
            "The port earned 25 million euros in 2021 {earnings}.",
        ),
        (
            "a.tex",
            ("Okell has 38\\% of the words [otr.harbour.statements.words.ada+okell]. % 38\\%\n"),
            ("Okell has 37\\% of the words [otr.harbour.statements.words.ada+okell]. % 38\\%\n"),
        ),
        ("a.md", "Okell: “it pays for 5 schools” {okell}.", "Okell: “it pays for 5 schools” {okell}."),
        ("a.md", "Half of the words are hers {okell}.", "Half of the words are hers {okell}."),
        ("a.md", "It earned 25 million dollars {earnings}.", "It earned 25 million dollars {earnings}."),
        ("a.txt", "It has 99 words [otr.harbour.corpus.words].", "It has 99 words [otr.harbour.corpus.words]."),
    ],
)
def test_fix_writes_values_and_keeps_all_else(  # noqa: PLR0917
    room: Path, tmp_path: Path, research: Research, name: str, before: str, after: str
) -> None:
    report = write(tmp_path / name, before)
    code, out, _ = research("check", report, "--fix")
    assert report.read_bytes() == with_keys(after).encode()
    if before != after:
        assert code == 0
        assert out.startswith(f"--- {report}")
        assert "\n+" in out
    else:
        assert code == 1


def test_fix_puts_no_value_at_the_end_of_a_range(room: Path, tmp_path: Path, research: Research) -> None:
    report = write(tmp_path / "report.md", "Okell has 38% of the words (12% to 44%) {okell}.")
    code, _, _ = research("check", report, "--fix")
    fixed = report.read_text(encoding="utf-8")
    assert fixed.startswith("Okell has 37% of the words (12% to 44%) ")
    assert code == 1, "the range is still wrong"


def test_fix_keeps_the_encoding(room: Path, tmp_path: Path, research: Research) -> None:
    report = tmp_path / "report.md"
    report.write_bytes(b"\xef\xbb\xbf" + with_keys("Café: 99 words {words}.\n").encode())
    assert research("check", report, "--fix")[0] == 0
    assert report.read_bytes() == b"\xef\xbb\xbf" + with_keys("Café: 7,838 words {words}.\n").encode()


def test_without_fix_nothing_is_written(room: Path, tmp_path: Path, research: Research) -> None:
    report = write(tmp_path / "report.md", "It has 99 words {words}.")
    before = report.read_bytes()
    research("check", report)
    assert report.read_bytes() == before


# --- --strict ---


def test_strict_tells_of_what_is_not_cited(room: Path, tmp_path: Path, research: Research) -> None:
    text = (
        "It has 7,838 words {words}. There were 4,000 marchers. Okell said “the harbour will not "
        "close”. In 2019 all was well."
    )
    report = write(tmp_path / "report.md", text)
    assert research("check", report)[1].count("\n") == 1
    code, out, _ = research("check", report, "--strict", "--format", "json")
    assert code == 0
    number, quotation = json.loads(out)
    assert (number["kind"], number["message"]) == ("uncited", "says 4,000 marchers without a citation")
    assert quotation["key"] == "otr.harbour.statements.words.ada+okell"
    assert "cite otr.harbour" in quotation["message"]


def test_strict_finds_a_quotation_in_the_documents(room: Path, tmp_path: Path, research: Research) -> None:
    report = write(tmp_path / "report.md", "A reader: “the ferry is late on 3 days of 5”. 7,838 words {words}.")
    [entry] = json.loads(research("check", report, "--strict", "--run", "harbour", "--format", "json")[1])
    assert entry["key"] == "otr.harbour.documents.letter"


# --- runs that are out of date ---


def stale(research: Research, room: Path) -> list[str]:
    report = write(room / "report.md", "It has 7,838 words {words}. It has 12 documents {documents}.")
    return [
        it["message"] for it in json.loads(research("check", report, "--format", "json")[1]) if it["kind"] == "stale"
    ]


def test_a_run_on_the_same_documents_is_not_stale(moved: Path, research: Research) -> None:
    assert stale(research, moved) == []


def test_a_changed_document_makes_a_report_stale_once(moved: Path, research: Research) -> None:
    (moved / "harbour" / "letter.txt").write_text("The ferry is on time.", encoding="utf-8")
    [message] = stale(research, moved)
    assert "the document letter.txt was changed since the run" in message


def test_a_collection_of_changed_documents_is_stale(moved: Path, research: Research) -> None:
    for path in (moved / "harbour").iterdir():
        path.write_text("Other words.", encoding="utf-8")
    [message] = stale(research, moved)
    assert "3 documents were changed since the run (budget.txt, letter.txt, strike.txt)" in message


def test_another_collection_of_the_same_name_is_left_alone(moved: Path, research: Research) -> None:
    shutil.rmtree(moved / "harbour")
    (moved / "harbour").mkdir()
    (moved / "harbour" / "essay.txt").write_text("Other words.", encoding="utf-8")
    assert stale(research, moved) == []


def test_a_document_that_was_added_or_removed(moved: Path, research: Research) -> None:
    (moved / "harbour" / "letter.txt").unlink()
    (moved / "harbour" / "new.txt").write_text("The ferry is on time.", encoding="utf-8")
    gone, added = stale(research, moved)
    assert "letter.txt is missing" in gone
    assert "new.txt was added" in added


def test_judgements_that_came_after_the_run(moved: Path, research: Research) -> None:
    (moved / "harbour" / "judgements.csv").write_text("document\n", encoding="utf-8")
    [message] = stale(research, moved)
    assert "judgements.csv was added since the run" in message


def test_without_the_documents_nothing_is_said(moved: Path, research: Research) -> None:
    shutil.rmtree(moved / "harbour")
    assert stale(research, moved) == []


def test_another_release_is_a_warning(moved: Path, research: Research, rewrite_manifest: Callable[..., None]) -> None:
    folder = RunFolder(moved / "outputs" / "harbour")
    environment = folder.manifest()["environment"]
    rewrite_manifest(folder, environment={**environment, "on-the-record": {"version": "0.0.1", "code": ""}})
    [message] = stale(research, moved)
    assert "made by On the Record 0.0.1" in message
    assert research("check", moved / "report.md")[0] == 0


def test_findings_that_were_changed_are_refused(moved: Path, research: Research) -> None:
    path = moved / "outputs" / "harbour" / "findings.json"
    path.write_text(path.read_text(encoding="utf-8").replace("7838", "99"), encoding="utf-8")
    code, _, err = research("check", write(moved / "report.md", "It has 99 words {words}."))
    assert code == 1
    assert "findings.json was changed" in err


# --- what the package itself writes ---


@pytest.mark.parametrize("key", sorted(KEYS))
def test_the_sentence_that_cite_prints_passes_and_is_checked(
    room: Path, tmp_path: Path, research: Research, key: str
) -> None:
    _, sentence, _ = research("cite", "harbour", f"otr.harbour.{KEYS[key]}", "--style", "sentence")
    for name in ("report.md", "report.txt", "report.tex"):
        text = sentence.replace("%", r"\%") if name.endswith("tex") else sentence
        report = write(tmp_path / name, text)
        code, out, _ = research("check", report, "--run", "harbour")
        assert (code, out.count("\n")) == (0, 1), out
        assert "1 sentence with a citation, which holds." in out


@pytest.mark.parametrize("key", sorted(KEYS))
def test_the_statement_of_every_finding_passes_without_a_message(
    room: Path, tmp_path: Path, research: Research, key: str
) -> None:
    (finding,) = [it for it in RunFolder(room / "outputs" / "harbour").findings if _cited(it.key) == KEYS[key]]
    report = write(tmp_path / "report.md", f"{finding.statement.rstrip('.')} {{{key}}}.")
    assert json.loads(research("check", report, "--strict", "--format", "json")[1]) == []


def _cited(key: str) -> str:
    return key.replace("_", "+")


# --- the hook and the action ---


def test_the_hook_names_the_command_and_every_suffix(root: Path) -> None:
    [hook] = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["entry"] == "research check"
    suffixes = [suffix for form in FORMATS for suffix in form.suffixes]
    assert [it for it in suffixes if not re.search(hook["files"], f"report{it}")] == []
    assert not re.search(hook["files"], "report.pdf")


def test_the_action_uses_options_that_the_command_has(root: Path) -> None:
    action = yaml.safe_load((root / "action.yml").read_text(encoding="utf-8"))
    script = action["runs"]["steps"][-1]
    options = {name for it in cli.app.commands["check"].params for name in it.opts}
    assert set(re.findall(r"(?<=[( ])--[a-z]+", script["run"])) <= options
    assert {f"${{{{ inputs.{name} }}}}" for name in action["inputs"]} == set(script["env"].values())


def test_every_kind_and_every_suffix_is_in_the_manual(root: Path) -> None:
    page = (root / "docs" / "check.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z ]+)` \|", page, flags=re.MULTILINE) == list(KINDS)
    assert set(re.findall(r"`(\.[a-z]+)`", page)) >= {suffix for form in FORMATS for suffix in form.suffixes}
