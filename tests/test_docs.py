"""The manual: it says what the program says, names everything there is and nothing else."""

import ast
import contextlib
import importlib.util
import io
import json
import re
import shlex
import tomllib
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest

from research import annotate, cli
from research.analysis.statements import statements
from research.analysis.statistics import readability, uncertainty
from research.errors import SourceError
from research.loading import archives, duplicates, files, load, settings
from research.loading.readers import READERS, reader_of
from research.outputs.execution import check_parameters, chosen_notebooks
from research.outputs.pages import html, passages, report
from tests.manual import MANUAL, ROOT, calls, each_page, fences, first_cells, inline, lines_of_code, section, text_of


def script() -> ModuleType:
    """The script that writes what the program says into the manual."""
    spec = importlib.util.spec_from_file_location("blocks", ROOT / "docs" / "blocks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


blocks = script()

# --- what the program says ---


@each_page
def test_every_block_is_what_the_program_says_now(page: str) -> None:
    assert blocks.rewritten(text_of(page)) == text_of(page), "run make docs"


def test_the_pages_that_the_script_writes_are_those_of_the_manual() -> None:
    assert {it.relative_to(ROOT).as_posix() for it in blocks.PAGES} == set(MANUAL) - {"CONTRIBUTING.md"}


def test_every_table_of_the_script_is_somewhere_in_the_manual() -> None:
    marks = {mark for page in MANUAL for mark in re.findall(r"^<!-- ([a-z]+) -->$", text_of(page), flags=re.MULTILINE)}
    assert marks - {"end"} == set(blocks.TABLES)


def test_a_command_that_is_refused_is_no_block() -> None:
    with pytest.raises(RuntimeError, match="no finding"):
        blocks.printed("research why seeds corpus.wrods")
    with pytest.raises(RuntimeError, match="not known"):
        blocks.printed("ls")


# --- commands ---


COMMANDS = sorted(cli.app.commands)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_every_option_is_in_the_manual(command: str) -> None:
    its = section("docs/commands.md", f"research {command}")
    options = [name for it in cli.app.commands[command].params if isinstance(it, click.Option) for name in it.opts]
    assert [name for name in options if not re.search(rf"(?<![\w-]){name}(?![\w-])", its)] == []
    assert any(command == words[0] for page in MANUAL for words in calls(page))


@each_page
def test_every_call_of_the_command_is_understood(page: str) -> None:
    """Parsed as the command parses it, and not carried out: a name in capitals is a placeholder."""
    for words in calls(page):
        command = cli.app.commands.get(words[0])
        assert command is not None, words
        if len(words) == 1 or words[-1] == "RUN":
            continue  # named in passing
        with command.make_context(words[0], words[1:]) as context:
            given = context.params.get("parameters", ())
            check_parameters(dict(given), chosen_notebooks(context.params.get("notebooks", ())))


@each_page
def test_every_call_on_the_reference_run_does_its_work(page: str) -> None:
    """Those that read; ``verify`` without making the run again, which tests of its own do."""
    for words in calls(page):
        if words[0] in ("cite", "show", "verify", "why") and words[1:2] == ["seeds"]:
            assert blocks.printed(shlex.join(["research", *words, *["--no-rerun"] * (words[0] == "verify")])), words


def test_the_manual_calls_the_command() -> None:
    assert {"README.md", "docs/guide.md", "docs/citing.md"} <= {page for page in MANUAL if any(calls(page))}


@each_page
def test_every_make_goal_is_there(page: str) -> None:
    goals = set(re.findall(r"^([a-z-]+):", text_of_makefile(), flags=re.MULTILINE))
    named = {match for line in lines_of_code(page) for match in re.findall(r"^(?:\w+=\S+ )*make ([a-z-]+)", line)}
    assert named - goals == set()


@cache
def text_of_makefile() -> str:
    return (ROOT / "Makefile").read_text(encoding="utf-8")


def test_exit_codes_are_those_of_the_errors() -> None:
    errors = importlib.import_module("research.errors")
    codes = {thing.exit_code for thing in vars(errors).values() if hasattr(thing, "exit_code")}
    assert set(re.findall(r"^\| (\d) \|", text_of("docs/commands.md"), flags=re.MULTILINE)) == {"0", *map(str, codes)}


# --- notebooks and Python ---


def test_every_notebook_and_every_parameter_is_in_the_guide() -> None:
    names = first_cells(section("docs/guide.md", "Work in JupyterLab"))
    assert tuple(names) == blocks.NOTEBOOKS
    known = {parameter for name in blocks.NOTEBOOKS for parameter in blocks.parameters_of(name)}
    assert set(first_cells(section("docs/guide.md", "Change the parameters"))) == known


@each_page
def test_every_notebook_that_a_page_names_is_there(page: str) -> None:
    named = {
        match[1] for code in inline(page) if (match := re.fullmatch(r"(?:notebooks/)?(\d\d_[a-z]+)(?:\.ipynb)?", code))
    }
    assert named - set(blocks.NOTEBOOKS) == set()


def test_papermill_is_called_with_a_notebook_and_parameters_that_exist() -> None:
    lines = [line for page in MANUAL for line in lines_of_code(page) if line.startswith("papermill ")]
    assert lines
    for _, notebook, _, *words in map(shlex.split, lines):
        name = Path(notebook).stem
        assert (ROOT / notebook).is_file()
        assert set(words[1::3]) - set(blocks.parameters_of(name)) == set()


def test_python_that_stands_by_itself_runs() -> None:
    programs = [body for page in MANUAL for language, body in fences(page) if language == "python"]
    whole = [body for body in programs if "import " in body]
    assert whole
    for body in programs:
        ast.parse(body)
    for body in whole:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.chdir(ROOT):
            exec(compile(body, "guide.md", "exec"), {})  # noqa: S102  our own manual
        assert "Kassym-Jomart Tokayev" in printed.getvalue() or "ossel-wire" in printed.getvalue()


def test_the_files_for_names_with_codes_do_what_the_guide_says(tmp_path: Path) -> None:
    body = section("docs/guide.md", "Say who speaks")
    [settings], [table] = (
        re.findall(rf"^```{it}\n(.*?)^```$", body, re.MULTILINE | re.DOTALL) for it in ("toml", "csv")
    )
    (tmp_path / "corpus.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "speakers.csv").write_text(table, encoding="utf-8")
    (tmp_path / "AUS_16_1961.txt").write_text("I say that the treaty holds.", encoding="utf-8")
    corpus = load(tmp_path)
    document = corpus["AUS_16_1961"]
    assert (document.speaker, document.date, document.kind) == ("AUS", "1961", "speech")
    person = corpus.speakers.find("AUS", document.date)
    assert person is not None
    assert person.name == "Australia"
    found = statements(annotate(corpus))
    assert found["speaker"].tolist() == ["Australia"]


def test_the_messages_that_the_guide_explains_are_those_of_the_program() -> None:
    quoted = re.findall(r"^\| “(.+?)” \|", section("docs/guide.md", "When something goes wrong"), flags=re.MULTILINE)
    sources = " ".join(it.read_text(encoding="utf-8") for it in (ROOT / "src").rglob("*.py"))
    assert quoted
    assert [message for message in quoted if message not in sources] == []


# --- formats ---


def test_every_suffix_that_is_read_is_in_the_manual_and_no_other() -> None:
    named = first_cells(section("docs/formats.md", "Files"))
    assert [suffix for suffix in named if not (reader_of(f"a{suffix}") or archives.is_archive(f"a{suffix}"))] == [".gz"]
    assert set(READERS) - set(named) == set()
    assert len(named) == len(set(named))


def known_settings(written: str) -> list[str]:
    """The settings that a refusal lists."""
    with pytest.raises(SourceError) as refused:
        settings.understood(written.encode())
    listed = re.search(r" (?:are|hold|have) ([\w, ]+)\.?$", str(refused.value))
    assert listed, refused.value
    return listed[1].split(", ")


def test_every_setting_is_in_the_manual() -> None:
    found = known_settings("nothing = 1")
    tables = [name for name in found if re.search(rf"^### {name}$", text_of("docs/formats.md"), flags=re.MULTILINE)]
    assert set(first_cells(section("docs/formats.md", "corpus.toml"))) == set(found) - set(tables)
    for table in tables:
        named = set(re.findall(r"`(\w+)`", section("docs/formats.md", table)))
        assert set(known_settings(f'[{table}]\nnothing = "x"')) - named == set(), table


@each_page
def test_every_corpus_toml_is_understood(page: str) -> None:
    for language, body in fences(page):
        if language == "toml":
            settings.understood(body.encode())
            assert tomllib.loads(body)


def test_the_manual_has_settings_in_full_and_those_of_an_example(tmp_path: Path) -> None:
    whole, example = (body for language, body in fences("docs/formats.md") if language == "toml")
    assert set(tomllib.loads(whole)) == set(known_settings("nothing = 1"))
    data = """<transcripts><transcript><transcript-id>7</transcript-id><title>Harbour</title>
    <prime-minister>Minister, A.</prime-minister><release-date>03/04/2021</release-date>
    <content><![CDATA[<p>Thank you.</p>]]></content></transcript></transcripts>"""
    (tmp_path / "transcript-7.xml").write_text(data, encoding="utf-8")
    (tmp_path / "corpus.toml").write_text(example, encoding="utf-8")
    [document] = load(tmp_path)
    assert (document.text, document.date, document.title) == ("Thank you.", "2021-04-03", "Harbour")
    assert document.metadata["prime-minister"] == "Minister, A."


def test_the_headers_that_the_manual_shows_are_headers(tmp_path: Path) -> None:
    shown = [body for language, body in fences("docs/formats.md") if language == "text"]
    for number, body in enumerate(shown):
        (tmp_path / f"{number}.txt").write_text(body, encoding="utf-8")
    found = {it.id: it for it in load(tmp_path)}
    assert [it.date for it in found.values()] == ["2023-09-29", "2031-05-12", "2031-05-12"]
    assert [it.title for it in found.values()][1:] == ["Harbour vote nears"] * 2
    assert found["1"].source == "The Harbour Post"
    assert all(it.text[it.body.start :][:3] in ("San", "The") for it in found.values())


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("outlet_2016-09-12_title.txt", "2016-09-12"),
        ("KAZ_75_2020.txt", "2020"),
        ("agenda-2030.txt", None),
        ("resolution_1973.txt", None),
    ],
)
def test_file_names_that_the_manual_gives_state_the_dates_that_it_says(
    name: str, date: str | None, tmp_path: Path
) -> None:
    assert f"`{name}`" in text_of("docs/formats.md")
    (tmp_path / name).write_text("The harbour stays open.", encoding="utf-8")
    [document] = load(tmp_path)
    assert document.date == date


# --- the run folder ---


def test_every_file_of_a_run_folder_is_in_the_manual() -> None:
    tree = fences("docs/run-folder.md")[0].body
    named = re.findall(r"^  (\S+)", tree, flags=re.MULTILINE)
    there = [it.name + "/" * it.is_dir() for it in (ROOT / "outputs" / "seeds").iterdir()]
    assert set(named) == {*there, "report/", "suggested_speakers.csv"}


def columns(path: str) -> list[str]:
    return (ROOT / "outputs" / "seeds" / path).read_text(encoding="utf-8").splitlines()[0].replace('"', "").split(",")


def test_the_fields_of_the_files_are_in_the_manual_and_no_others() -> None:
    page = "docs/run-folder.md"
    findings: list[dict[str, Any]] = json.loads((ROOT / "outputs/seeds/findings.json").read_text(encoding="utf-8"))
    manifest = json.loads((ROOT / "outputs/seeds/manifest.json").read_text(encoding="utf-8"))
    assert sorted(first_cells(section(page, "Findings"))) == sorted(findings[0])
    assert first_cells(section(page, "evidence/")) == columns("evidence/statements.csv")
    told = first_cells(section(page, "manifest.json"))
    assert [it for it in told if it != "by_notebook"] == list(manifest), "by_notebook is absent from this one"
    assert "by_notebook" in told
    assert re.findall(r"`(\w+)`", section(page, "rejected.csv")) == columns("rejected.csv")


# --- citing ---


def test_every_style_is_in_the_manual_and_no_other() -> None:
    [style] = [it for it in cli.app.commands["cite"].params if it.name == "style"]
    assert isinstance(style.type, click.Choice)
    assert sorted(first_cells(section("docs/citing.md", "Citation styles"))) == sorted(style.type.choices)


def test_the_latex_of_the_manual_uses_findings_of_the_reference_run() -> None:
    keys = {it["key"] for it in json.loads((ROOT / "outputs/seeds/findings.json").read_text(encoding="utf-8"))}
    [latex] = [body for language, body in fences("docs/citing.md") if language == "latex"]
    named = re.findall(r"\\finding(?:cite)?\{(.*?)\}", latex)
    assert named
    assert set(named) <= keys


@each_page
def test_every_citation_key_is_one_of_the_reference_run(page: str) -> None:
    cited = re.findall(r"otr\.seeds\.[a-z0-9.+-]*[a-z0-9]", text_of(page))
    known = (ROOT / "outputs/seeds/findings.bib").read_text(encoding="utf-8")
    assert [key for key in cited if f"{{{key}," not in known] == []


# --- numbers ---


CARD = "src/research/nlp/models/MODEL_CARD.md"
SAID = [
    ("docs/run-folder.md", f"{report.IN_ONE_FILE:,} characters"),
    ("docs/run-folder.md", f"{html.LARGEST_PAGE // 1_000_000} MB"),
    ("docs/run-folder.md", f"{passages.MOST_LISTED:,} passages"),
    ("docs/run-folder.md", f"{report.IN_FULL // 1_000_000} million characters"),
    ("docs/methods.md", f"fewer than {uncertainty.FEWEST_DOCUMENTS} documents"),
    ("docs/methods.md", f"{uncertainty.RESAMPLES:,} resamples"),
    ("docs/methods.md", f"{uncertainty.LEVEL:.0%} confidence interval"),
    ("docs/methods.md", f"at least {readability.SHORTEST} words"),
    ("docs/methods.md", f"(default {blocks.parameters_of('02_statements')['least_confidence'][0]})"),
    ("docs/formats.md", f"{files.LARGEST // 1_000_000} MB"),
    ("docs/formats.md", f"{files.LARGEST_RECORD // 1_000_000} million characters"),
    ("docs/formats.md", f"{archives.LARGEST_RATIO} times"),
    ("docs/formats.md", f"{archives.LARGEST_UNPACKED // 1_000_000_000} GB"),
]


@pytest.mark.parametrize(("page", "said"), SAID)
def test_a_number_in_the_manual_is_that_of_the_program(page: str, said: str) -> None:
    assert said in " ".join(text_of(page).split())


def test_the_shares_that_make_a_copy_are_those_of_the_program() -> None:
    assert (duplicates.SHINGLE, duplicates.NEAR_FROM, duplicates.CONTAINED_FROM) == (4, 0.5, 0.8)
    said = section("docs/methods.md", "Copies")
    assert all(words in said for words in ("runs of four words", "half of their shingles", "eight tenths"))


def test_the_context_of_a_passage_is_as_long_as_the_manual_says() -> None:
    evidence = (ROOT / "outputs/seeds/evidence/language.csv").read_text(encoding="utf-8")
    longest = max(len(it) for it in re.findall(r'"([^"\n]*)"$', evidence, flags=re.MULTILINE))
    assert f"up to {longest} characters" in text_of("docs/run-folder.md")


@pytest.mark.parametrize(
    ("said", "page", "measured"),
    [
        ("98% of the statements", CARD, "98 %"),
        (
            "59% of those from 0.5 to below 0.6",
            CARD,
            "| 0.5 to below 0.6 | 27 | 52 % (34 to 69) | 8 | 62 % | 111 | 59 %",
        ),
        ("7% of those below 0.1", CARD, "| 55 | 7 % (3 to 17) |"),
        ("89% of those from 0.8 to below 0.9", CARD, "| 0.8 to below 0.9 | 148 | 89 %"),
        ("The 84 articles of this test set", CARD, "84 articles"),
        ("F1 0.80 on statements by their content and 0.75 with their source", CARD, "| 79.6 | 75.3 |"),
        ("93% were found", "benchmarks/RESULTS.md", "recall 0.930"),
    ],
)
def test_a_measured_figure_is_where_it_was_measured(said: str, page: str, measured: str) -> None:
    assert said in " ".join(text_of("docs/methods.md").split())
    assert measured in text_of(page).replace("\u00a0", " ").replace("%", " %").replace("  %", " %")
