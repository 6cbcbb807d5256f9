"""A run, its findings, figures, tables and documents are cited, from the run folder alone."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rispy
from pybtex.database import BibliographyDataError
from pybtexris import RISParser

from research import cli
from research.analysis.findings import Finding
from research.errors import RunError, UsageError
from research.loading import load
from research.outputs.citing.citations import cite
from research.outputs.citing.escaping import citation_key
from research.outputs.citing.styles import STYLES
from research.outputs.folder.manifest import about, seal
from research.outputs.folder.run_folder import RunFolder
from tests.cited import write_citations
from tests.outputs.citing.conftest import from_bibtex, one

# --- what can be cited ---


def test_a_run_is_cited_where_no_key_is_given(made: RunFolder) -> None:
    assert one(made) == (f"Findings on “dispatches” [Run {made.version[:16]}, computed with On the Record]. (n.d.).\n")


def test_a_finding_is_cited_with_its_version(made: RunFolder) -> None:
    version = made.finding("corpus.words").version
    assert one(made, "corpus.words") == (
        f"The corpus holds 35 words [Finding corpus.words, version {version}]. (n.d.). "
        f"In Findings on “dispatches” (run {made.version[:16]}, computed with On the Record).\n"
    )


def test_a_figure_and_a_table_are_cited_by_their_data(made: RunFolder) -> None:
    shas = made.manifest()["outputs"]
    figure, table = one(made, "figures/corpus.lengths", "tables/corpus.documents").splitlines()
    assert "Length of each document in words [Figure corpus.lengths, version " in figure
    assert shas["figures/corpus.lengths.csv"][:16] in figure
    assert "Documents [Table corpus.documents, version " in table
    assert shas["tables/corpus.documents.csv"][:16] in table


def test_a_document_is_cited_as_what_it_is(made: RunFolder) -> None:
    assert one(made, "documents/strike", "documents/letters/reply") == (
        "strike [Document]. (2021, May 17).\nletters/reply [Document]. (n.d.).\n"
    )


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("corpus.documents", "Finding corpus.documents"),  # a table has this name as well
        ("corpus.lengths", "Figure corpus.lengths"),
        ("language.readability", "Table language.readability"),
        ("figures/corpus.lengths.svg", "Figure corpus.lengths"),
        ("tables/corpus.documents.csv", "Table corpus.documents"),
    ],
)
def test_a_name_stands_for_a_finding_first_and_then_for_what_alone_has_it(
    made: RunFolder, name: str, meant: str
) -> None:
    assert f"[{meant}, version" in one(made, name)


def test_a_name_that_a_figure_and_a_table_have_is_asked_back(
    made: RunFolder, rewrite_manifest: Callable[..., None]
) -> None:
    shutil.copy(made.path / "tables" / "corpus.documents.csv", made.path / "tables" / "corpus.lengths.csv")
    with pytest.raises(UsageError, match=r"Did you mean figures/corpus\.lengths or tables/corpus\.lengths\?"):
        cite(made, ["corpus.lengths"], "apa")


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("corpus.wrods", "corpus.words"),
        ("corpus.lenghts", "figures/corpus.lengths"),
        ("documents/stirke", "documents/strike"),
        ("../../secret", ""),
        ("figures/../tables/corpus.documents", ""),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(made: RunFolder, name: str, nearest: str) -> None:
    with pytest.raises(UsageError, match=rf"no finding, figure, table or document {re.escape(repr(name))}.*{nearest}"):
        cite(made, [name], "apa")


def test_the_command_knows_every_style() -> None:
    (style,) = (it for it in cli.app.commands["cite"].params if it.name == "style")
    assert tuple(style.type.choices) == tuple(STYLES)  # type: ignore[attr-defined]


@pytest.mark.parametrize("style", STYLES)
def test_every_style_cites_everything(published: RunFolder, style: str) -> None:
    names = [
        *("corpus.words", "language.count.harbour", "figures/corpus.lengths", "tables/language.readability"),
        "documents/letters/reply",
    ]
    text = one(published, *names, style=style)
    for word in ("letters/reply", "corpus.words", "language.count.harbour", "corpus.lengths", "language.readability"):
        assert word in text.replace("+", "_")
    assert one(published, *names, style=style) == text


def test_programs_read_back_what_is_cited(published: RunFolder) -> None:
    names = [finding.key for finding in published.findings]
    keys = {citation_key("dispatches", name) for name in names}
    assert {it["id"] for it in json.loads(one(published, *names, style="csl-json"))} == keys
    ris = one(published, *names, style="ris")
    assert {it["id"] for it in rispy.loads(ris)} == keys
    read = {"ris": RISParser().parse_string(ris).entries, "bibtex": from_bibtex(one(published, *names, style="bibtex"))}
    for entries in read.values():
        assert set(entries) == keys
        for finding in published.findings:
            entry = entries[citation_key("dispatches", finding.key)]
            assert finding.statement.removesuffix(".") == entry.fields["title"].strip("{}").replace(r"\%", "%")
            assert [str(it) for it in entry.persons["author"]] == ["Roe, Richard"]
            assert "doi" not in entry.fields, "the DOI is that of the collection"
    (collection,) = from_bibtex(one(published, "collection", style="bibtex")).values()
    assert [str(it) for it in collection.persons["author"]] == ["Doe, Jane", "{City Archive of Žďár}"]
    assert (collection.fields["year"], collection.fields["doi"]) == ("2021", "10.1234/harbour.1")


def test_what_is_asked_for_twice_is_cited_once(made: RunFolder) -> None:
    """Under its key and under its citation key: BibTeX would stop at the second entry."""
    twice = one(made, "corpus.words", "otr.dispatches.corpus.words", "corpus.words", style="bibtex")
    assert twice == one(made, "corpus.words", style="bibtex")


# --- runs that were tampered with ---


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("figures/corpus.lengths.csv", "figures/corpus.lengths"),
        ("figures/corpus.lengths.txt", "corpus.lengths"),
        ("tables/corpus.documents.csv", "tables/corpus.documents"),
        ("findings.json", "corpus.words"),
        ("manifest.json", "corpus.words"),
    ],
)
def test_what_was_changed_is_not_cited(made: RunFolder, file: str, name: str) -> None:
    path = made.path / file
    path.write_text(path.read_text(encoding="utf-8").replace("o", "0", 1), encoding="utf-8")
    with pytest.raises(RunError):
        cite(made, [name], "apa")


@pytest.mark.parametrize(
    "forged",
    [
        {"citation": ["Doe, Jane"]},
        {"citation": {"author": None}},
        {"citation": {"date": 2021}},
        {"settings": "corpus.toml"},
        {"speakers": {"path": "speakers.csv"}},
        {"documents": [{"id": "a", "date": None, "path": "a.txt", "sha256": "ab", "title": 1}]},
        {"documents": [{"id": "a", "date": None, "path": "a.txt", "sha256": "ab", "outlet": ["x"]}]},
    ],
    ids=str,
)
def test_a_manifest_of_another_form_is_refused(
    made: RunFolder, rewrite_manifest: Callable[..., None], forged: dict[str, Any]
) -> None:
    rewrite_manifest(made, source={**made.manifest()["source"], **forged})
    with pytest.raises(RunError, match="is damaged: a part is missing or has the wrong type"):
        cite(made, [], "apa")


def test_a_run_that_was_made_before_there_were_citations_is_cited(
    made: RunFolder, rewrite_manifest: Callable[..., None]
) -> None:
    source = made.manifest()["source"]
    old = [{name: it[name] for name in ("id", "date", "path", "sha256")} for it in source["documents"]]
    rewrite_manifest(made, source={"name": source["name"], "documents": old, "rejected": 1})
    assert one(made, "documents/strike") == "strike [Document]. (2021, May 17).\n"


# --- the files of a run ---


def test_the_files_hold_every_finding_figure_table_and_document(made: RunFolder) -> None:
    keys = list(from_bibtex((made.path / "findings.bib").read_text(encoding="utf-8")))
    entries = json.loads((made.path / "findings.csl.json").read_text(encoding="utf-8"))
    assert [it["id"] for it in entries] == keys
    assert len(set(map(str.lower, keys))) == len(keys)
    assert keys[: 1 + len(made.findings)] == [
        "otr.dispatches",
        *(citation_key("dispatches", finding.key) for finding in made.findings),
    ]
    assert keys[1 + len(made.findings) :][:3] == [
        *("otr.dispatches.figures.corpus.lengths", "otr.dispatches.tables.corpus.documents"),
        "otr.dispatches.tables.language.readability",
    ]
    assert [it["title"] for it in entries[-3:]] == ["harbour", "letters/reply", "strike"]
    for finding in made.findings:
        said = finding.statement.removesuffix(".")
        assert any(said in it["title"] for it in entries)


def test_findings_md_can_be_pasted_as_it_is(made: RunFolder) -> None:
    lines = (made.path / "findings.md").read_text(encoding="utf-8").splitlines()
    assert lines[:4] == ["# Findings", "", "## Statements", ""]
    about = lines.index("## The corpus")
    assert lines[about + 2] == (
        "- The corpus holds 3 documents; 1 file was rejected [@otr.dispatches.corpus.documents]."
    )
    assert lines.index("## Language") < about
    run = f"\\[Run {made.version[:16]}, computed with On the Record\\]"
    assert lines[lines.index("## How to cite") + 2 :] == [
        f"- *Findings on “dispatches”* {run}. (n.d.).",
        "",
        "The keys in brackets are those of findings.bib and findings.csl.json.",
        (
            "Another run of the same name has the same keys. If a text cites both, Pandoc silently uses the entry of "
            "the last bibliography; run one of them again with another --name."
        ),
        "",
        "## Documents",
        "",
        "- *dispatches* \\[Data set\\]. (n.d.).",
        "- *harbour* \\[Document\\]. (2021, March 4).",
        "- *letters/reply* \\[Document\\]. (n.d.).",
        "- *strike* \\[Document\\]. (2021, May 17).",
    ]


def test_many_documents_are_not_listed_one_by_one(made: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("research.outputs.citing.citations.SINGLY", 2)
    write_citations(made, made.manifest())
    entries = json.loads((made.path / "findings.csl.json").read_text(encoding="utf-8"))
    assert not [it["id"] for it in entries if it["id"].startswith("otr.dispatches.documents.")]
    assert "strike" not in (made.path / "findings.bib").read_text(encoding="utf-8")
    assert "3 documents; manifest.json lists each with its sha256." in (made.path / "findings.md").read_text()


def test_the_files_are_the_same_bytes_again(made: RunFolder) -> None:
    names = ["findings.bib", "findings.csl.json", "findings.md", "findings.tex"]
    before = [(made.path / name).read_bytes() for name in names]
    write_citations(RunFolder(made.path), made.manifest())
    assert [(made.path / name).read_bytes() for name in names] == before


def test_another_version_of_a_finding_gives_the_run_another_number(made: RunFolder) -> None:
    before = made.version
    first, *others = made.findings
    made.write_findings([replace(first, method="Otherwise."), *others])
    assert made.version != before
    assert RunFolder(made.path).version == made.version


def test_two_runs_of_one_source_meet_in_one_bibliography(made: RunFolder) -> None:
    """The key of a run is its name, as it was given: another one, other keys, and nothing is listed twice."""
    first = (made.path / "findings.bib").read_text(encoding="utf-8")
    write_citations(made, {**made.manifest(), "name": "dispatches-2"})
    second = (made.path / "findings.bib").read_text(encoding="utf-8")
    assert {"otr.dispatches", "otr.dispatches-2"} < set(from_bibtex(first + second))
    with pytest.raises(BibliographyDataError, match="repeated"):
        from_bibtex(first + first)


def test_a_run_keeps_its_name_whatever_its_folder_is_called(
    made: RunFolder, dispatches: Path, rewrite_manifest: Callable[..., None]
) -> None:
    rewrite_manifest(made, name="before-the-strike")
    renamed = RunFolder(made.path.rename(made.path.with_name("renamed")))
    assert "{otr.before-the-strike.corpus.words," in one(renamed, "corpus.words", style="bibtex")
    said = about(renamed, load(dispatches), renamed.manifest()["notebooks"])
    write_citations(renamed, said)
    seal(renamed, said)
    assert renamed.manifest()["name"] == "before-the-strike"
    assert "otr.before-the-strike.corpus.words" in (renamed.path / "findings.tex").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["../elsewhere", "", "..", "a\nb", 1, None])
def test_a_name_that_no_run_can_have_is_refused(
    made: RunFolder, rewrite_manifest: Callable[..., None], name: object
) -> None:
    rewrite_manifest(made, name=name)
    with pytest.raises(RunError, match="is damaged: a part is missing or has the wrong type"):
        cite(made, [], "apa")


def test_no_finding_lacks_a_macro(made: RunFolder) -> None:
    macros = (made.path / "findings.tex").read_text(encoding="utf-8")
    for finding in made.findings:
        assert macro_of(finding) in macros


def macro_of(finding: Finding) -> str:
    display = finding.display.replace("%", r"\%")
    key = citation_key("dispatches", finding.key)
    return rf"\otr@finding{{{finding.key}}}{{{key}}}{{{display}}}{{{finding.version}}}"
