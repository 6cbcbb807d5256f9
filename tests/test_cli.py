"""The command: each has help, starts quickly, and says what is wrong in one sentence."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click
import pytest

from research import cli
from research.analysis.notebooks import summary
from research.loading import load
from research.nlp.annotate import annotate
from research.outputs.execution import NotebookFailed
from research.outputs.folder.comparing import Comparison
from research.outputs.folder.publishing import Result
from research.outputs.folder.run_folder import RunFolder
from research.outputs.runs import Outcome
from tests.commands import research

COMMANDS = sorted(cli.app.commands)
OUT_OF_REACH = ("pandas", "numpy", "nltk", "matplotlib", "papermill", "nbformat", "scipy", "tqdm", "IPython")


# --- help ---


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_every_option_has_help(command: str) -> None:
    it = cli.app.commands[command]
    assert it.help
    assert it.help.splitlines()[0].endswith(".")
    for option in it.params:
        if isinstance(option, click.Option):
            assert option.help, option.name
    assert click.Context(it).get_usage()


def test_help_lists_every_command() -> None:
    done = research("--help")
    assert done.returncode == 0
    for command in COMMANDS:
        assert re.search(rf"^  {command} +[A-Z]", done.stdout, flags=re.MULTILINE)


@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], ["run", "--help"], ["verify", "--help"], []], ids=" ".join
)
def test_help_reads_no_large_library(words: list[str]) -> None:
    script = (
        "import sys, contextlib; from research import cli; sys.argv = ['research', *sys.argv[1:]]\n"
        "with contextlib.suppress(SystemExit): cli.main()\n"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.splitlines()[-1].split())
    assert "click" in loaded
    assert loaded.isdisjoint(OUT_OF_REACH)


def test_the_version_is_that_of_the_package(pyproject: dict[str, dict[str, str]]) -> None:
    assert research("--version").stdout == f"on-the-record {pyproject['project']['version']}\n"


# --- what is asked for and cannot be done ---


@pytest.mark.parametrize(
    ("words", "exit_code", "sentence"),
    [
        (["rnu"], 2, "No such command 'rnu'"),
        (["run", "--nmae", "x"], 2, "No such option"),
        (["why"], 2, "Missing argument 'RUN'"),
        (["why", "nowhere", "corpus.words"], 2, "There is no run 'nowhere'"),
        (["extract", "nowhere"], 2, "There is no file or folder 'nowhere'"),
        (["verify", "nowhere"], 2, "There is no run 'nowhere'"),
        (["show", "seeds"], 2, "Missing argument 'ID'"),
        (["show", "nowhere", "a"], 2, "There is no file or folder 'nowhere'"),
        (["verify", "nowhere", "--format", "xml"], 2, "'xml' is not one of 'text', 'json'"),
    ],
    ids=str,
)
def test_what_was_not_understood_is_said_with_exit_code_2(words: list[str], exit_code: int, sentence: str) -> None:
    done = research(*words)
    assert (done.returncode, done.stdout) == (exit_code, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


# --- a document ---


def test_a_document_is_shown_with_its_header_and_body_told_apart() -> None:
    done = research("show", "seeds", "000_65dcf001ecf1b552")
    assert done.returncode == 0
    head, _, text = done.stdout.partition("\n\n--- header (characters 0 to 17) ---\n")
    assert "date        2023-09-29 (header)" in head
    assert "file        000_65dcf001ecf1b552.txt" in head
    assert "read as     plain text 1, utf-8" in head
    header, _, body = text.partition("\n\n--- body (characters 17 to 2,254) ---\n")
    assert header == " date 2023-09-29 "
    assert body.startswith("Sanction confrontation is")


def test_what_a_terminal_would_act_upon_is_shown_as_an_escape(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"text,title\n\x1b[31mRed.,T\xc3\x83\xc2\xa9\n")
    done = research("show", str(tmp_path), "a#1")
    assert "\\x1b[31mRed." in done.stdout
    assert "\x1b" not in done.stdout
    assert "file        a.csv, record 1" in done.stdout
    assert "damage      1 control characters" in done.stdout


def test_no_command_lets_a_document_act_on_a_terminal(tmp_path: Path) -> None:
    """What a program reads is the same as before; JSON is JSON."""
    text = "A\u00a0bell \x07 rang.\x9b2J “We\u2066 stay,” said Ana \u202eNovak."
    (tmp_path / "bell.txt").write_text(text, encoding="utf-8")
    script = "import sys, pty; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"
    command = [sys.executable, "-m", "research.cli", "extract", str(tmp_path / "bell.txt"), "--jobs", "1"]
    shown = subprocess.run([sys.executable, "-c", script, *command], capture_output=True, check=True)
    (line,) = (line for line in shown.stdout.decode().splitlines() if line.startswith("{"))
    assert line.isprintable()
    read = subprocess.run(command, capture_output=True, check=True)
    assert json.loads(line) == json.loads(read.stdout)
    assert "\u202e" in read.stdout.decode(), "a program reads every character"


def test_a_document_that_is_not_there_is_said_with_the_likeliest_or_the_reason(tmp_path: Path) -> None:
    for name, text in {"harbour.txt": "Text.", "empty.txt": ""}.items():
        (tmp_path / name).write_text(text)
    asked = {name: research("show", str(tmp_path), name) for name in ("harbor", "empty", "x")}
    assert {done.returncode for done in asked.values()} == {2}
    assert "Did you mean harbour?" in asked["harbor"].stderr
    assert "empty.txt gave no document: the file is empty. Remove it" in asked["empty"].stderr
    assert "The first document is harbour." in asked["x"].stderr


def test_without_a_command_the_help_is_shown() -> None:
    done = research()
    assert done.returncode == 2
    assert "Commands:" in done.stderr


def test_a_reader_that_ends_early_is_no_problem() -> None:
    script = f"{sys.executable} -m research.cli --help | head -c 1"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr == ""


# --- extract ---


def test_extract_prints_a_line_of_json_for_each_document_and_says_what_was_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "date 2024-05-01 “Žďár’s harbour stays open,” Mayor Ana Weiß said.", encoding="utf-8"
    )
    (tmp_path / "b.txt").write_text("The harbour lies in the north of the town.", encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(b"\0")
    done = research("extract", str(tmp_path), "--jobs", "1")
    assert done.returncode == 0
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["doc"], first["date"], second["doc"], second["date"]) == ("a", "2024-05-01", "b", None)
    text = (tmp_path / "a.txt").read_text(encoding="utf-8")
    (said,) = first["attributions"]
    assert [text[slice(*said[role][0])] for role in ("source", "cue")] == ["Mayor Ana Weiß", "said"]
    assert [text[start:end] for start, end in said["content"]] == ["Žďár’s harbour stays open"]
    assert said["kind"] == "direct"
    for mention in first["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["text"]
    assert second["attributions"] == []
    assert "rejected: c.txt: " in done.stderr


def test_extract_into_a_file_writes_what_it_prints(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“We agree,” she said.", encoding="utf-8")
    printed = research("extract", str(tmp_path / "a.txt"))
    written = research("extract", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out" / "a.jsonl"))
    assert (printed.returncode, written.returncode, written.stdout) == (0, 0, "")
    assert (tmp_path / "out" / "a.jsonl").read_text(encoding="utf-8") == printed.stdout


def test_a_program_that_stops_reading_what_is_extracted_is_no_problem(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text("“We agree,” she said. " * 50, encoding="utf-8")
    script = f"{sys.executable} -m research.cli extract --jobs 1 {tmp_path} | head -c 1"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout == "{"
    assert "Error" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("words", [["show", "seeds", "ID"], ["extract", "seeds", "--jobs", "1"], ["--help"]])
def test_an_output_that_is_full_is_said_in_one_sentence(words: list[str], root: Path) -> None:
    [name] = [path.stem for path in (root / "seeds").iterdir() if path.suffix == ".txt"][:1]
    asked = [name if word == "ID" else word for word in words]
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-c", "from research.cli import main; main()", *asked]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=root)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "research: the output cannot be written (No space left on device). Free some space there."
    )
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


# --- what is said of a run that was not put in place ---

FAILURE = NotebookFailed("05_language", "05_language stopped in cell [3]: ValueError: no")


@pytest.mark.parametrize(
    ("result", "comparison", "failures", "said"),
    [
        ("kept", Comparison("identical"), [], "speeches already has the same files, byte for byte."),
        (
            *("kept", Comparison("same findings", ("manifest.json",)), []),
            (
                "speeches already has the same findings and stays as it was: only the environment or the pixels of "
                "pictures differ (manifest.json)."
            ),
        ),
        (
            *("withheld", Comparison("differs", ("a.csv",), "a.csv, line 2: kept 1, new 2."), []),
            (
                "DIFFERS: the same documents and parameters gave other results than speeches, which stays as it was. "
                "First difference: a.csv, line 2: kept 1, new 2. Replace it with --force."
            ),
        ),
        (
            *("withheld", None, [FAILURE]),
            (
                "The annotations and the finished notebooks are kept. Fix the cause and repeat the command: "
                "only 05_language and what builds on it is computed then."
            ),
        ),
    ],
    ids=["the same bytes", "the same findings", "other results", "a failure"],
)
def test_a_run_that_is_not_put_in_place_is_told_with_its_reason(
    tmp_path: Path, result: Result, comparison: Comparison | None, failures: list[NotebookFailed], said: str
) -> None:
    (tmp_path / "a.txt").write_text("The harbour reopened.", encoding="utf-8")
    folder = RunFolder(Path("speeches"))
    outcome = Outcome(folder, load(tmp_path), [], failures, ["05_language"], result, comparison)
    assert [line for line in cli._outcome_lines(outcome) if line][-1] == said
    assert [line for line in cli._outcome_lines(outcome) if line.startswith("FAILED")] == [
        f"FAILED: {it}" for it in failures
    ]
    assert not [line for line in cli._outcome_lines(outcome) if "corpus.toml" in line]


def test_a_run_that_took_the_place_of_one_with_another_corpus_toml_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The harbour reopened.", encoding="utf-8")
    plain = Outcome(RunFolder(Path("speeches")), load(tmp_path), [], [], ["05_language"], "replaced", None)
    said = "corpus.toml is not as the earlier run recorded it, so the new run has replaced that one."
    assert said in [*cli._outcome_lines(replace(plain, described_anew=True))]
    assert said not in [*cli._outcome_lines(plain)]


def test_a_run_whose_findings_are_all_not_computable_says_why_and_offers_none_to_cite(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The harbour reopened.", encoding="utf-8")
    corpus = load(tmp_path)
    findings = [it for it in summary(annotate(corpus)) if not it.is_computable]
    assert findings
    lines = [*cli._outcome_lines(Outcome(RunFolder(Path("speeches")), corpus, findings, [], ["06_time"], "new", None))]
    assert [line for line in lines if findings[0].key in line and line.endswith(findings[0].statement)]
    assert not [line for line in lines if line.startswith(("Not computable;", "Cite it"))]


@pytest.mark.parametrize(
    ("found", "called", "own"),
    [
        ("/usr/bin/research", ".venv/bin/research", ["research"]),
        (None, ".venv/bin/research", [".venv/bin/research"]),
        (None, "src/research/__main__.py", [sys.executable, "-m", "research"]),
    ],
)
def test_commands_to_copy_are_called_as_this_person_calls_them(
    monkeypatch: pytest.MonkeyPatch, found: str | None, called: str, own: list[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: found)
    monkeypatch.setattr(sys, "argv", [called, "run"])
    assert cli._called_as() == own
