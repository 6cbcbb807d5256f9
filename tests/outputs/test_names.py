"""What notebooks, tables, findings and columns are called is known to ``analysis`` alone; ``outputs`` looks it up.

So a notebook can be added, or a column be renamed, in one place. See ``analysis.declaring``.
"""

import ast
import dataclasses
import re
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path, PurePosixPath
from typing import Any, get_args

import pytest

import research
from research import load
from research.analysis import notebooks
from research.analysis.evidence import Passage, Role
from research.analysis.findings import Finding
from research.analysis.language import themes
from research.analysis.statistics import topics
from research.loading import Rejected
from research.nlp import layers
from research.outputs.execution import read_notebook
from research.outputs.folder.manifest import environment
from research.outputs.folder.run_folder import RunFolder
from tests.stories import story

PACKAGE = Path(research.__file__).parent
OUTPUTS = PACKAGE / "outputs"

OF_JUDGEMENTS = {
    *(f"accuracy.{name}" for name in ("judged", "sentences", "widths", "coders", "disagreements")),
    "time.corrected",
    "time.corrected_sentences",
}
"""The tables that a run has only where people judged sentences; tests/analysis looks at their columns."""
ELSEWHERE = {
    ("check.py", "column"): "the place of a problem in a line",
    ("checking/", "about"): "a hedge before a number, and a word of people's prose",
    ("checking/", "item"): "a kind of block",
    ("checking/", "period"): "what a date in prose is, and a kind of problem",
    ("checking/", "quotation"): "a kind of block, and of problem",
    ("checking/", "who"): "a kind of problem, and a word of people's prose",
    ("checking/cases.py", "share"): "a measure of findings",
    ("checking/facts.py", "sentences"): "a unit in people's prose",
    ("checking/facts.py", "share"): "a measure of findings",
    ("checking/facts.py", "turns"): "a unit in people's prose",
    ("checking/facts.py", "words"): "a unit in people's prose, and a way to write numbers",
    ("checking/figures.py", "words"): "a way to write numbers",
    ("checking/matching.py", "named"): "a word of people's prose",
    ("checking/name_rule.py", "other"): "a group of a regular expression",
    ("checking/number.py", "words"): "a way to write numbers",
    ("checking/number_rule.py", "words"): "a way to write numbers",
    ("checking/proper_names.py", "head"): "a word with a capital in people's prose",
    ("checking/proper_names.py", "word"): "a word with a capital in people's prose",
    ("checking/proper_names.py", "words"): "a word with a capital in people's prose",
    ("checking/readers/", "p"): "the tag of a paragraph",
    ("checking/readers/html.py", "head"): "a tag",
    ("checking/ratios.py", "words"): "a way to write numbers",
    ("checking/settings.py", "p"): "a word of people's prose",
    ("checking/slots.py", "share"): "a measure of findings",
    ("checking/slots.py", "time"): "a word of people's prose",
    ("checking/subject.py", "earliest"): "a word of people's prose",
    ("checking/subject.py", "latest"): "a word of people's prose",
    ("checking/subject.py", "other"): "a word of people's prose",
    ("checking/subject.py", "others"): "a word of people's prose",
    ("checking/subject.py", "time"): "a word of people's prose",
    ("checking/unlike.py", "words"): "a way to write numbers",
    ("checking/swaps.py", "corpus"): "a word of people's prose",
    ("checking/swaps.py", "named"): "a word of people's prose",
    ("checking/swaps.py", "words"): "a way to write numbers",
    ("checking/uncited.py", "words"): "a way to write numbers",
    ("checking/word_rules.py", "share"): "a measure of findings",
    ("citing/anchors.py", "first"): "the first page of a collection in the Web Annotation model",
    ("citing/macros.py", "corpus.words"): "an example of a key, for people",
    ("cli.py", "05_language"): "an example of a notebook, for people",
    ("cli.py", "count"): "a measure of findings",
    ("folder/run_folder.py", "first"): "a column of a temporary table",
    ("folder/spreadsheet.py", "left"): "a side of a cell",
    ("folder/spreadsheet.py", "right"): "a side of a cell",
    ("folder/writing.py", "item"): "the method of numpy's numbers",
    ("judging/", "cue"): "a part of a statement, and a column of the sheet",
    ("judging/", "right"): "a column of the sheet",
    ("judging/packing.py", "content"): "a part of a statement",
    ("judging/sheet.py", "column"): "a heading of the page that explains the sheet",
    ("judging/sheet.py", "period"): "a column of the sheet",
    ("judging/sheet.py", "words"): "a column of the sheet",
    ("judging/session.py", "content"): "a part of a statement, for the page",
    ("judging/session.py", "cue"): "a part of a statement, for the page",
    ("judging/session.py", "right"): "a part of an answer",
    ("judging/session.py", "word"): "what a piece of text is, for the page",
    ("judging/session.py", "words"): "a part of an answer",
    ("judging/widget.py", "content"): "what a message of a kernel holds",
    ("pages/html.py", "head"): "the beginning of a page",
    ("showing/cells.py", "item"): "the method of numpy's numbers",
    ("showing/cells.py", "left"): "a side to align to",
    ("showing/cells.py", "right"): "a side to align to",
    ("showing/display.py", "left"): "a side to align to",
}
"""Words that mean something else where they are used: module or folder, word, and what it is there."""


TALK = """Press conference by Mayor Mara Lindqvist

Mayor Lindqvist: The harbour stays open. We have decided that the pier will be built next year.

Journalist: When will the ferries come back?

Mayor Lindqvist: The ferries will come back in spring. I promise that nobody will wait longer.

Journalist: And who pays for the pier?

Mayor Lindqvist: The town pays for half of it.
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """A run folder with every table of the notebooks, whose cells are carried out here, without a kernel."""
    folder = tmp_path_factory.mktemp("names") / "run"
    source = folder.parent / "corpus"
    source.mkdir()
    (source / "a.txt").write_text(
        "“The harbour stays open to Uganda,” said Mara Lindqvist, the mayor.", encoding="utf-8"
    )
    (source / "b.txt").write_text(TALK, encoding="utf-8")
    for year, number in product(range(2001, 2010), range(5)):
        line = f"“Pier {year * number} is open,” the mayor said.\n" * (year > 2004)
        line += f"The height of the Orland pier is {year - 1500} metres.\n"
        (source / f"{year}_note{number}.txt").write_text(line + story(year + 97 * number)[0], encoding="utf-8")
    (source / "speakers.csv").write_text("name,group,country\nMara Lindqvist,port,Kenya\n", encoding="utf-8")
    dictionary = folder.parent / "dictionary.csv"
    dictionary.write_text("category,term\nwater,pier\nwater,submarine\n", encoding="utf-8")
    asked = {"source": source, "run": folder, "date": 2005, "compare": "period:2005", "dictionary": str(dictionary)}
    with pytest.MonkeyPatch.context() as patch:
        for module in (themes, topics):
            patch.setattr(module, "FEWEST_DOCUMENTS", 40)
        for it in notebooks.NOTEBOOKS:
            if it.findings is not None:
                _carry_out(it.name, asked)
    return RunFolder(folder)


def _carry_out(notebook: str, asked: Mapping[str, Any]) -> None:
    names: dict[str, Any] = {}
    for cell in read_notebook(notebook).cells:
        if cell.cell_type == "code":
            exec(cell.source, names)  # noqa: S102 - these are the notebooks of this release
            if "parameters" in cell.metadata.get("tags", ()):
                names.update(asked)


def test_the_run_has_every_table_that_is_declared(run: RunFolder) -> None:
    assert {it.full_name for it in notebooks.declared_tables()} == set(run.names("tables")) | OF_JUDGEMENTS
    assert not OF_JUDGEMENTS & set(run.names("tables"))


def test_every_column_that_is_declared_is_in_its_table(run: RunFolder) -> None:
    for _, full_name, table in notebooks.declared_tables():
        if full_name in OF_JUDGEMENTS:
            continue
        columns = set(run.table(full_name).columns)
        named = {*table.identity, *table.speaker, *filter(None, (table.parts, table.original))}
        assert named <= columns, full_name
        assert table.words in columns or table.words == "exact", full_name
        if table.counts:
            assert set(table.numbers) & columns, full_name


def test_outputs_name_nothing_that_analysis_owns(run: RunFolder) -> None:
    names, full_names = _names(run), _full_names(run)
    found = {}
    for path in _modules():
        for line, word in _words_in(path):
            if word in names and not any((place, word) in ELSEWHERE for place in _places(path)):
                found[f"{_short(path)}:{line}"] = word
    for path in OUTPUTS.rglob("*.html"):
        for word in re.findall(r"\d\d_[a-z]+|\b[a-z]+\.[a-z_]+\b", path.read_text(encoding="utf-8")):
            if word in full_names:
                found[_short(path)] = word
    assert not found, "declare it in analysis, and look it up; see analysis.declaring"


def test_every_exception_is_needed(run: RunFolder) -> None:
    names = _names(run)
    used = {
        (place, word) for path in _modules() for _, word in _words_in(path) for place in _places(path) if word in names
    }
    assert set(ELSEWHERE) <= used


def _modules() -> list[Path]:
    return [*OUTPUTS.rglob("*.py"), PACKAGE / "cli.py"]


def _short(path: Path) -> str:
    return path.relative_to(OUTPUTS if path.is_relative_to(OUTPUTS) else PACKAGE).as_posix()


def _places(path: Path) -> list[str]:
    """Return a module and the folders that it is in, as ``ELSEWHERE`` writes them."""
    short = PurePosixPath(_short(path))
    return [str(short), *(f"{it}/" for it in short.parents)]


def _words_in(path: Path) -> Iterator[tuple[int, str]]:
    """Yield each string of a module that is no docstring, with its line, and each full name within a string."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(it.value) for it in ast.walk(tree) if isinstance(it, ast.Expr)}
    for it in ast.walk(tree):
        if isinstance(it, ast.Constant) and isinstance(it.value, str) and id(it) not in said:
            yield it.lineno, it.value
            for word in re.findall(r"\d\d_[a-z]+|\b[a-z]+\.[a-z_.]+\b", it.value):
                yield it.lineno, word


def _full_names(run: RunFolder) -> set[str]:
    """Return the names of notebooks with their numbers, and the full names of tables, figures and findings."""
    figures = {f"{it.short}.{name}" for it in notebooks.NOTEBOOKS for name in it.figures}
    keys = {it.key for it in run.findings}
    return {*notebooks.names(), *run.names("tables"), *figures, *keys}


def _names(run: RunFolder) -> set[str]:
    """Return the full names, the short ones of notebooks, and the columns that no other room has a name for."""
    columns = {str(column) for table in run.names("tables") for column in run.table(table).columns}
    return _full_names(run) | (({it.short for it in notebooks.NOTEBOOKS} | columns) - _of_others(run))


def _of_others(run: RunFolder) -> set[str]:
    """Return what loading, nlp, evidence, findings and the manifest call their parts, and the address of a row."""
    records = {column for layer in layers.LAYERS for it in layer.tables.values() if it for column in it.columns}
    parts = {*Passage._fields, *get_args(Role), *Rejected._fields, *(it.name for it in dataclasses.fields(Finding))}
    documents = set(load(run.path.parent / "corpus").documents.columns)
    return records | parts | documents | set(_keys(run.manifest())) | set(_keys(environment())) | {"address"}


def _keys(content: Any) -> Iterator[str]:
    """Yield the keys of a manifest, but not the names of notebooks and files."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield key
            if key not in ("notebooks", "outputs"):
                yield from _keys(value)
    elif isinstance(content, list):
        for it in content:
            yield from _keys(it)
