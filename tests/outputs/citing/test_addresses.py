"""Any row of a run's tables has an address, and from it leads back to its words."""

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from research import load
from research.analysis import corpus, language, notebooks, statements
from research.errors import RunError, UsageError
from research.nlp.annotate import annotate
from research.outputs.citing import addresses
from research.outputs.citing.citations import cite
from research.outputs.citing.styles import STYLES
from research.outputs.citing.why import explain
from research.outputs.folder import manifest
from research.outputs.folder.run_folder import RunFolder
from research.outputs.folder.writing import sha256_of
from research.outputs.showing import cells, display
from research.outputs.study import open_study

TALKS = {
    "council.txt": "date 2021-03-04 “The harbour stays open,” said Mara Lindqvist, the mayor. Critics called it dear. "
    "The harbour, Mara Lindqvist added, “needs a pier.” Officials said that the pier would cost two million.",
    "fair.txt": "date 2021-05-17 “We will come back,” the organisers said. Mara Lindqvist announced that the fair "
    "would move to the harbour.",
}
ANOTHER = (
    "date 2020-01-01 MARA LINDQVIST promised a ferry. MARA LINDQVIST said: “The harbours are ours.” The minister said "
    "that harbours close in winter. Officials warned of ice."
)


def tables_of(source: Path) -> dict[str, pd.DataFrame]:
    """What the notebooks' tables are on a source, by their full names."""
    annotations = annotate(load(source))
    said = statements.statements(annotations)
    frequencies = language.frequencies(annotations)
    terms = language.chosen_terms(frequencies, ["harbour", "pier", "fair"])
    concordance, readable = language.concordance(annotations, terms), language.readability(annotations)
    documents = corpus.documents(annotations)
    return {
        "corpus.documents": documents,
        "corpus.languages": corpus.languages(documents),
        "corpus.reasons": corpus.reasons(annotations.corpus.rejected),
        "statements.statements": said,
        "statements.unsure": statements.unsure(annotations),
        "statements.speakers": statements.speakers(said),
        "statements.unnamed": statements.unnamed(said),
        "statements.sources": statements.sources(said),
        "statements.kinds": statements.kinds(said),
        "statements.cues": statements.cues(said),
        "statements.quotations": statements.quotations(said),
        "language.frequencies": frequencies,
        "language.concordance": concordance,
        "language.terms": language.term_table(concordance, terms, readable),
        "language.readability": readable,
    }


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source") / "talks"
    folder.mkdir()
    for name, text in TALKS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def _run_once(talks: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("outputs") / "talks"
    tables = tables_of(talks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(display, "show", lambda *_: None)
        for notebook in ("corpus", "statements", "language"):
            study = open_study(notebook, talks, path)
            for name, frame in tables.items():
                if name.startswith(f"{notebook}."):
                    study.table(name.partition(".")[2], frame, caption=f"The caption of {name}")
            if notebook == "statements":
                for finding in statements.findings(study.annotations, ["Mara Lindqvist"]):
                    study.finding(finding)
            study.close()
    return path


@pytest.fixture
def run(_run_once: Path, tmp_path: Path) -> RunFolder:
    """A run with all the tables of the notebooks."""
    return RunFolder(Path(shutil.copytree(_run_once, tmp_path / "outputs" / "talks")))


def every_row(run: RunFolder) -> list[addresses.Row]:
    names = sorted(path.stem for path in run.path.glob("tables/*.csv"))
    return [row for name in names for row in addresses.rows_of(run, name)]


def text(run: RunFolder, address: str, **options: Any) -> str:
    return "\n".join(explain(run, address, **options).lines())


def row_with(run: RunFolder, table: str, **cells: Any) -> addresses.Row:
    (found,) = (row for row in addresses.rows_of(run, table) if cells.items() <= row.cells.items())
    return found


# --- the form of an address ---


def test_every_row_has_an_address_of_its_own_that_leads_back_to_it(run: RunFolder) -> None:
    rows = every_row(run)
    assert len({row.table for row in rows}) >= 13
    assert len({row.address for row in rows}) == len(rows) > 50
    for row in rows[::5]:
        assert addresses.find(run, row.address) == row


def test_an_address_survives_wherever_it_is_written(run: RunFolder) -> None:
    for row in every_row(run):
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+#r[0-9a-f]{10}", row.address)
        assert list(csv.reader(io.StringIO(row.address))) == [[row.address]]


def test_another_document_renames_no_row(talks: Path, tmp_path: Path) -> None:
    more = Path(shutil.copytree(talks, tmp_path / "talks"))
    (more / "arrival.txt").write_text(ANOTHER, encoding="utf-8")  # the first in order: all positions change
    before, after = tables_of(talks), tables_of(more)
    assert len(after["statements.statements"]) > len(before["statements.statements"])
    # A phrase that the new document completes takes the place of its words.
    of_words = {"language.frequencies", "language.keyness", "language.phrases", "language.keyphrases"}
    for name, frame in before.items():
        if name in of_words:
            continue
        kept = set(addresses.with_addresses(name, frame)[cells.ADDRESS])
        assert kept <= set(addresses.with_addresses(name, after[name])[cells.ADDRESS]), name


def test_the_way_that_is_most_often_written_renames_no_row() -> None:
    for table, one, other in (
        ("statements.speakers", "Mara Lindqvist", "MARA  LINDQVIST"),
        ("language.frequencies", "Sanction", "sanctions"),
    ):
        (column,) = notebooks.table(table).identity
        frames = [pd.DataFrame({column: [name], "words": [3]}) for name in (one, other)]
        first, second = (addresses.with_addresses(table, it)[cells.ADDRESS][0] for it in frames)
        assert first == second


@given(st.permutations(range(6)))
def test_no_row_is_named_by_its_position(order: list[int]) -> None:
    frame = pd.DataFrame(
        {"doc_id": list("aabbbb"), "start": [0, 9, 0, 0, 3, 3], "end": [5, 12, 5, 5, 9, 9], "said": list("uvwwxy")}
    )
    named = addresses.with_addresses("statements.statements", frame)
    again = addresses.with_addresses("statements.statements", frame.iloc[order])
    assert list(again[cells.ADDRESS]) == list(named[cells.ADDRESS].iloc[order])


def test_equal_rows_share_an_address_and_unequal_ones_at_one_place_do_not(tmp_path: Path) -> None:
    place = {"doc_id": ["a"] * 4, "start": [0] * 4, "end": [5] * 4}
    frame = pd.DataFrame({**place, "said": ["one", "one", "two", "one"]})
    run = RunFolder(tmp_path)
    run.write_table("language.own", addresses.with_addresses("language.own", frame))
    first, second, third, fourth = addresses.rows_of(run, "language.own")
    assert first.address == second.address == fourth.address != third.address
    assert first.name.partition("-")[0] == third.name.partition("-")[0]
    assert addresses.find(run, first.address).times == 3
    assert addresses.find(run, third.address).times == 1


def test_what_a_spreadsheet_would_take_for_a_formula_keeps_its_address(tmp_path: Path) -> None:
    frame = pd.DataFrame({"word": ["=1+1", "-", None, float("nan"), "'a"], "count": [1, 2, 3, None, 5]})
    run = RunFolder(tmp_path)
    run.write_table("language.own", addresses.with_addresses("language.own", frame))
    words = [row.cells["word"] for row in addresses.rows_of(run, "language.own")]
    assert words == ["=1+1", "-", None, None, "'a"]
    assert all(addresses.find(run, row.address).cells == row.cells for row in addresses.rows_of(run, "language.own"))


def test_the_address_stays_and_the_version_tells_when_a_row_says_something_else() -> None:
    row = addresses.Row("statements.speakers", "r1", {"speaker": "Mara Lindqvist", "words": 12})
    other = row._replace(cells={"speaker": "Mara Lindqvist", "words": 13})
    assert (row.address == other.address, row.version == other.version) == (True, False)


# --- what people and programs are told ---


def test_every_row_of_every_table_can_be_followed(run: RunFolder, talks: Path) -> None:
    for row in every_row(run):
        explanation = explain(run, row.address)
        assert explanation.agrees, row.address
        lines = "\n".join(explanation.lines())
        assert row.address in lines
        assert f"The caption of {row.table}" in lines
        assert explanation.entries()[0]["cells"] == row.cells


@pytest.mark.parametrize(
    ("table", "numbers"),
    [
        ("statements.speakers", ["words", "attributions", "n_documents", "direct_words", "indirect_words"]),
        ("statements.unnamed", ["words", "attributions", "n_documents"]),
        ("statements.sources", ["words", "attributions", "n_documents", "mixed_words"]),
        ("statements.kinds", ["words", "attributions", "n_documents"]),
        ("statements.cues", ["attributions", "n_documents"]),
        ("language.terms", ["count", "n_documents"]),
        ("corpus.languages", ["documents", "words"]),
    ],
)
def test_the_numbers_of_a_row_are_counted_again(run: RunFolder, table: str, numbers: list[str]) -> None:
    rows = [row for row in addresses.rows_of(run, table) if any(row.cells[name] for name in numbers)]
    assert rows
    for row in rows:
        again = addresses.recount(row, addresses.counted_by(run, row))
        assert {name: again[name] for name in numbers} == {name: row.cells[name] for name in numbers}


def test_a_row_that_does_not_say_what_is_counted_is_told(run: RunFolder) -> None:
    row = row_with(run, "statements.speakers", speaker="Mara Lindqvist")
    explanation = explain(run, row.address)
    explanation.row = row._replace(cells={**row.cells, "words": 1})  # type: ignore[attr-defined]
    assert not explanation.agrees
    assert "NOT as in the row. Run it again." in "\n".join(explanation.lines())


def test_a_statement_is_shown_in_its_context_with_its_parts(run: RunFolder) -> None:
    row = next(it for it in addresses.rows_of(run, "statements.statements") if it.cells["start"] == 17)
    assert row.cells["speaker"] == "Mara Lindqvist"
    said = text(run, row.address)
    assert said.startswith("Mara Lindqvist: “The harbour stays open")
    assert "council (2021-03-04), characters 17 to" in said
    assert re.search(r"…date 2021-03-04 “\[The harbour stays open.*\].*…", said)
    assert re.search(r"source +characters 47 to \d+: Mara Lindqvist", said)
    assert re.search(r"cue +characters 42 to 46: said", said)
    assert re.search(r"content +characters 17 to \d+: The harbour stays open", said)
    assert f"(version {row.version})" in said


def test_a_row_without_a_place_lists_the_rows_that_it_counts(run: RunFolder) -> None:
    row = row_with(run, "statements.speakers", speaker="Mara Lindqvist")
    said = text(run, row.address)
    n = row.cells["attributions"]
    assert f"{n} passages counted, each a row of statements.statements:" in said
    for number in range(1, n + 1):
        assert re.search(
            rf"^  {number}\. (council|fair) \(.*\), characters .*: Mara Lindqvist$", said, flags=re.MULTILINE
        )
    _, *passages = explain(run, row.address).entries()
    assert len(passages) == n
    followed = [addresses.find(run, it["address"]) for it in passages]
    assert {(it["role"], it["speaker"]) for it in passages} == {("counted", "Mara Lindqvist")}
    assert sum(it.cells["words"] for it in followed) == row.cells["words"]


def test_a_row_about_a_document_says_how_to_read_it(run: RunFolder, talks: Path) -> None:
    row = row_with(run, "language.readability", doc_id="fair")
    assert "research show SOURCE fair" in text(run, row.address)
    assert "in the source: there" in text(run, row.address, source=str(talks))


def test_a_passage_of_a_finding_has_an_address_as_well(run: RunFolder) -> None:
    first = run.finding("statements.attributions").evidence[0]
    name = addresses.place_name(first.doc_id, first.start, first.end)
    assert addresses.find(run, f"statements.statements#{name}").cells["start"] == first.start
    said = text(run, f"statements.attributions#{name}")
    assert "the evidence of the finding statements.attributions" in said
    assert f"[{first.exact}]" in said


# --- the source as it is now ---


@pytest.fixture
def now(talks: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(talks, tmp_path / "now" / "talks"))


def test_every_row_stands_in_its_source(run: RunFolder, now: Path) -> None:
    for row in every_row(run)[::4]:
        explanation = explain(run, row.address, str(now))
        assert explanation.stands, row.address
        found = [it.found for it in explanation.passages]
        assert all(it is not None and it.status == "exact" for it in found)


def test_a_row_of_a_changed_source_is_moved_or_refused(
    run: RunFolder, now: Path, research: Callable[..., tuple[int, str, str]]
) -> None:
    file = now / "council.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("Officials said", "Yesterday officials said"))
    rows = list(addresses.rows_of(run, "statements.statements"))
    first = next(row for row in rows if row.cells["start"] == 17)
    code, out, _ = research("why", run.path, first.address, "--source", now)
    assert (code, "MOVED to characters 17 to" in out) == (1, True)
    last = max((row for row in rows if row.cells["doc_id"] == "council"), key=lambda row: row.cells["end"])
    code, out, _ = research("why", run.path, last.address, "--source", now)
    assert (code, "REFUSED. " in out) == (1, True)
    document = row_with(run, "corpus.documents", doc_id="council")
    code, out, _ = research("why", run.path, document.address, "--source", now)
    assert (code, "REFUSED. The document was changed." in out) == (1, True)
    (now / "council.txt").unlink()
    code, out, _ = research("why", run.path, document.address, "--source", now)
    assert (code, "The source has no document of this name any more." in out) == (1, True)


# --- wrong addresses, changed tables ---


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("statements.statement#r1234567890", r"has no table 'statements\.statement'\. Did you mean statements\.state"),
        ("statements.statements#", r"has no row '' in statements\.statements\. Did you mean statements\.statements#r"),
        ("corpus.reasons#r1", r"has no row 'r1' in corpus\.reasons\. The table is empty\."),
        ("../secret#r1", r"has no table '\.\./secret'"),
    ],
)
def test_a_wrong_address_is_refused_with_the_nearest(run: RunFolder, address: str, sentence: str) -> None:
    for refuse in (explain, lambda folder, wrong: cite(folder, [wrong], "apa")):
        with pytest.raises(UsageError, match=sentence):
            refuse(run, address)


def test_a_mistyped_row_is_refused_with_the_one_that_is_most_like_it(run: RunFolder) -> None:
    row = row_with(run, "statements.speakers", speaker="Mara Lindqvist")
    with pytest.raises(UsageError, match=rf"Did you mean {re.escape(row.address)}, Mara Lindqvist \(words"):
        explain(run, row.address[:-2])


def test_a_table_may_be_named_as_it_lies_in_the_run(run: RunFolder) -> None:
    row = every_row(run)[0]
    for written in (f"tables/{row.address}", f"tables/{row.table}.csv#{row.name}"):
        assert addresses.find(run, written) == row


@pytest.mark.parametrize("suffix", [".csv", ".txt"])
def test_a_table_that_was_changed_is_not_followed(run: RunFolder, suffix: str) -> None:
    row = row_with(run, "statements.speakers", speaker="Mara Lindqvist")
    path = run.path / "tables" / f"{row.table}{suffix}"
    path.write_text(path.read_text(encoding="utf-8").replace("a", "e"), encoding="utf-8")
    with pytest.raises(RunError, match="was changed"):
        explain(run, row.address)
    with pytest.raises(RunError, match="was changed"):
        cite(run, [row.address], "apa")


def test_the_rows_of_an_older_run_are_said_to_have_no_address(tmp_path: Path) -> None:
    run = RunFolder(tmp_path)
    run.write_table("language.own", pd.DataFrame({"word": ["a"]}))
    with pytest.raises(UsageError, match=r"language\.own have no address.*Run it again"):
        addresses.find(run, "language.own#r1")


# --- citing ---


@pytest.mark.parametrize("style", STYLES)
def test_a_row_is_cited_in_every_style(run: RunFolder, style: Any) -> None:
    placed = next(it for it in addresses.rows_of(run, "statements.statements") if it.cells["start"] == 17)
    counted = row_with(run, "statements.speakers", speaker="Mara Lindqvist")
    for row, title in ((placed, "Mara Lindqvist: “The harbour stays open"), (counted, "Mara Lindqvist (words ")):
        cited = cite(run, [row.address], style).text
        assert title in cited.replace("\\", "")
        assert row.version in cited
        assert row.address in cited.replace("\\", "")
        if style in ("bibtex", "csl-json", "ris"):
            assert f"otr.talks.rows.{row.table}.{row.name}" in cited


def test_the_citation_of_a_row_is_read_by_another_program(run: RunFolder) -> None:
    row = every_row(run)[-1]
    (item,) = json.loads(cite(run, [row.address], "csl-json").text)
    assert (item["type"], item["genre"]) == ("dataset", f"Row {row.address}, version {row.version}")


def test_a_document_with_a_hash_sign_in_its_name_is_no_row(run: RunFolder) -> None:
    with pytest.raises(UsageError, match=r"no finding, figure, table or document 'documents/a#b'"):
        cite(run, ["documents/a#b"], "apa")


def test_a_row_needs_the_evidence_of_its_own_notebook_alone(made: RunFolder) -> None:
    row = addresses.find(made, next(iter(addresses.evidence_rows(made.finding("language.count.harbour")))).address)
    (made.path / "evidence" / "statements.csv").write_text("a\nb,c\n", encoding="utf-8")
    assert [it.passage.exact for it in explain(made, row.address).passages] == [row.cells["exact"]]


def test_an_answer_reads_only_the_files_that_it_rests_on(made: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noted(path: Path) -> str:
        read.append(path.name)
        return sha256_of(path)

    monkeypatch.setattr(manifest, "sha256_of", noted)
    explain(made, "language.count.harbour")
    assert sorted(set(read)) == ["findings.json", "language.csv"]
