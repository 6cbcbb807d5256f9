"""A run, its findings, figures, tables and documents are cited, from the run folder alone."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import BibliographyData, BibliographyDataError, parse_string
from pybtexris import RISParser

from research import cli
from research.analysis.findings import Finding
from research.errors import RunError, UsageError
from research.loading import load
from research.outputs.citing.citations import Citation, cite
from research.outputs.citing.escaping import citation_key, plain
from research.outputs.citing.styles import STYLES, Author, Reference, written
from research.outputs.folder.collection import collection_block, inferred_outlet
from research.outputs.folder.manifest import about, seal
from research.outputs.folder.run_folder import RunFolder
from tests.cited import write_citations

CITATION = {
    "author": "Doe, Jane; City Archive of Žďár",
    "title": "Dispatches from the harbour",
    "date": "2021-06",
    "doi": "https://doi.org/10.1234/harbour.1",
    "url": "https://example.org/harbour",
    "version": "2",
}


@pytest.fixture
def published(made: RunFolder, dispatches: Path) -> RunFolder:
    """The run of a collection that says how it is to be cited."""
    corpus = load(dispatches)
    corpus.citation = CITATION  # as its corpus.toml would have it
    corpus.report = {"author": "Roe, Richard"}
    said = about(made, corpus, made.manifest()["notebooks"])
    write_citations(made, said)
    seal(made, said)
    return made


def one(made: RunFolder, *keys: str, style: str = "apa") -> str:
    return cite(made, keys, style).text


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


def from_bibtex(text: str) -> BibliographyData:
    """The entries as pybtex reads them: it stops at an error, and at an entry or a field that is there twice."""
    return parse_string(text, "bibtex").entries


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


# --- how the collection asks to be cited ---


def test_what_corpus_toml_does_not_say_is_noted(made: RunFolder, research: Callable[..., Any]) -> None:
    code, out, err = research("cite", made.path, "corpus.words")
    assert code == 0
    assert out.startswith("The corpus holds 35 words [")
    assert err == (
        "note: corpus.toml has no author, no title, no date under [citation]. Add what is missing and run it again.\n"
        "note: corpus.toml names no author under [report], so findings are cited by their titles. "
        'Add the analyst, such as author = "Doe, Jane", and run it again.\n'
    )


def test_a_run_is_by_its_analyst_and_the_collection_by_those_who_compiled_it(
    published: RunFolder, research: Callable[..., Any]
) -> None:
    code, out, err = research("cite", published.path)
    assert (code, err) == (0, "")
    assert out == (
        "Roe, R. (n.d.). Findings on “Dispatches from the harbour” "
        f"[Run {published.version[:16]}, computed with On the Record].\n"
    )
    _, out, _ = research("cite", published.path, "collection")
    assert out == (
        "Doe, J., & City Archive of Žďár. (2021, June). Dispatches from the harbour (Version 2) [Data set]. "
        "https://doi.org/10.1234/harbour.1\n"
    )
    assert research("cite", published.path, "otr.dispatches.collection")[1] == out
    _, out, _ = research("cite", published.path, "collection", "--style", "csl-json")
    (entry,) = json.loads(out)
    assert entry["author"] == [{"family": "Doe", "given": "Jane"}, {"literal": "City Archive of Žďár"}]
    assert (entry["DOI"], entry["URL"]) == ("10.1234/harbour.1", "https://example.org/harbour")
    assert entry["issued"] == {"date-parts": [[2021, 6]]}


@pytest.mark.parametrize(
    ("author", "understood"),
    [
        ("Doe, Jane", [("Doe", "Jane")]),
        ("von der Leyen, Ursula; Roe, R. J.", [("von der Leyen", "Ursula"), ("Roe", "R. J.")]),
        ("Roe, Richard, Jr.; Doe, Jane, Baroness", [("Roe", "Richard", "Jr."), ("Doe, Jane, Baroness", "")]),
        ("Ministry of Trade and Industry", [("Ministry of Trade and Industry", "")]),
        ("Office for Trade, Industry", [("Office for Trade, Industry", "")]),
        ("Ministry of Trade, Industry and Energy", [("Ministry of Trade, Industry and Energy", "")]),
        (" ; ", []),
        ("Токаев, Касым", [("Токаев", "Касым")]),
    ],
)
def test_persons_and_institutions_are_told_apart(author: str, understood: list[tuple[str, ...]]) -> None:
    assert list(Citation.read({"author": author}).authors) == [Author(*name) for name in understood]


@pytest.mark.parametrize(
    ("name", "value", "understood"),
    [
        ("date", "2021", "2021"),
        ("date", "2021-13", None),
        ("date", "2021-02-30", None),
        ("date", "0000-01-01", None),
        ("date", "Spring 2021", None),
        ("doi", "doi:10.1234/x", "10.1234/x"),
        ("doi", "10.1234/x y", ""),
        ("doi", "javascript:alert(1)", ""),
        ("url", "https://example.org/a_b?c=%20&d#e", "https://example.org/a_b?c=%20&d#e"),
        ("url", "javascript:alert(1)", ""),
        ("url", "file:///etc/passwd", ""),
        ("url", "https://example.org/\nx", ""),
    ],
)
def test_what_is_no_date_doi_or_address_is_left_out_and_said(name: str, value: str, understood: str | None) -> None:
    citation = Citation.read({**CITATION, name: value})
    assert getattr(citation, name) == understood
    assert (citation.notes == []) == bool(understood)
    assert all(f"The {name} " in note and "must look like" in note for note in citation.notes)


@pytest.mark.parametrize("name", ["doi", "url"])
@pytest.mark.parametrize("style", ["markdown", "apa", "sentence", "latex", "bibtex", "csl-json", "ris"])
def test_an_address_brings_no_markup(name: str, style: str) -> None:
    begins = {"doi": "10.1234/", "url": "https://example.org/"}[name]
    citation = Citation.read({**CITATION, "doi": "", name: f"{begins}<script>alert(1)</script>\"onload='x'"})
    it = Reference("k", "collection", "Speeches", "Data set", doi=citation.doi, url=citation.url)
    said = written([it], style)
    assert "example.org" in said or "10.1234" in said
    assert name == "doi" or "<script>" not in said
    assert not re.search(r"<(?!https:[^<>\s]*>)", said) or style in ("csl-json", "ris"), "no text has markup"


def test_no_finding_turns_the_text_behind_it_around(made: RunFolder) -> None:
    finding = made.finding("corpus.words")
    made.list_findings([replace(finding, statement="The words of \u202eAna\u2066 Novak\x9b2J.")])
    write_citations(made, made.manifest())
    assert "- The words of Ana Novak2J [@" in (made.path / "findings.md").read_text(encoding="utf-8")


@given(st.dictionaries(st.sampled_from(list(CITATION)), st.text() | st.sampled_from(["{", "}", "\\", "\r\n", "2021"])))
def test_any_citation_is_understood_or_said_not_to_be(given_parts: dict[str, str]) -> None:
    citation = Citation.read(given_parts)
    assert citation.authors or not plain(given_parts.get("author", "")).strip("; ")
    assert all("\n" not in note for note in citation.notes)


# --- documents ---


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("“We stay,” she said in a comment to the Harbour Post correspondent on Monday.", "Harbour Post"),
        ("The mayor said so in an interview with a Daily Tide reporter.", "Daily Tide"),
        ("The mayor told a Daily Tide reporter that the harbour stays open.", None),  # any paper writes so
        ("He said so in an interview with the Daily Tide.", None),  # which may be another paper
        ("In a statement to a Daily Tide reporter and a comment to a Harbour Post reporter", None),
        ("She said in an interview with the reporter that it stays.", None),
        (f"{'x ' * 400} in an interview with a Daily Tide reporter", None),
        ("", None),
    ],
)
def test_an_outlet_is_inferred_only_where_a_text_speaks_of_its_own_people(text: str, outlet: str | None) -> None:
    assert inferred_outlet(text) == outlet


def test_the_seed_is_a_news_article_whose_outlet_is_marked_as_inferred() -> None:
    (entry,) = collection_block(load("seeds"))["documents"]
    assert (entry["date"], entry["outlet"], entry["inferred"]) == ("2023-09-29", "Kazinform", True)


def test_an_inferred_outlet_is_marked_in_every_style(made: RunFolder, rewrite_manifest: Callable[..., None]) -> None:
    source = made.manifest()["source"]
    entry = {**source["documents"][0], "title": "Harbour stays open", "outlet": "Harbour Post", "inferred": True}
    rewrite_manifest(made, source={**source, "documents": [entry]})
    name = f"documents/{entry['id']}"
    assert one(made, name) == (
        "Harbour stays open [News article]. (2021, March 4). [Harbour Post]. "
        "The outlet, and that this is a news article, are inferred from the text.\n"
    )
    (csl,) = json.loads(one(made, name, style="csl-json"))
    assert (csl["type"], csl["container-title"]) == ("article-newspaper", "[Harbour Post]")
    assert "inferred" in csl["note"]
    assert one(made, name, style="ris").startswith("TY  - NEWS\n")
    known = {**entry, "outlet": "Harbour Post", "inferred": False}
    rewrite_manifest(made, source={**source, "documents": [known]})
    assert one(made, name) == "Harbour stays open [Document]. (2021, March 4). Harbour Post.\n"


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


# --- pandoc and LaTeX ---


@pytest.mark.pandoc
@pytest.mark.parametrize("bibliography", ["findings.bib", "findings.csl.json"])
def test_pandoc_resolves_every_key(made: RunFolder, tmp_path: Path, bibliography: str) -> None:
    keys = [it["id"] for it in json.loads((made.path / "findings.csl.json").read_text(encoding="utf-8"))]
    report = "\n\n".join(f"Cited [@{key}], and as @{key}." for key in keys)
    done = subprocess.run(
        ["pandoc", "--citeproc", "-t", "plain", "--wrap=none", f"--bibliography={made.path / bibliography}"],
        input=report,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == ""
    assert "?" not in done.stdout
    assert "The corpus holds 35 words" in done.stdout
    assert re.search("[“‘]harbour[’”] is the most frequent content word", done.stdout), "no capital was changed"
    assert re.search(r"\bstrike\b", done.stdout, flags=re.IGNORECASE)


@pytest.mark.pandoc
@pytest.mark.parametrize("bibliography", ["findings.bib", "findings.csl.json"])
def test_pandoc_takes_the_last_of_two_entries_of_one_key_as_findings_md_says(
    made: RunFolder, tmp_path: Path, bibliography: str
) -> None:
    """Nothing in the files can make it say so: it looks a reference up by its key alone."""
    its = (made.path / bibliography).read_text(encoding="utf-8")
    (tmp_path / bibliography).write_text(its.replace("holds 35 words", "holds 36 words"), encoding="utf-8")
    options = [f"--bibliography={folder / bibliography}" for folder in (made.path, tmp_path)]
    done = subprocess.run(
        ["pandoc", "--citeproc", "-t", "plain", "--wrap=none", *options],
        input="So many [@otr.dispatches.corpus.words].",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == ""
    assert ("holds 35 words" in done.stdout, "holds 36 words" in done.stdout) == (False, True)


@pytest.mark.pandoc
@pytest.mark.parametrize("form", ["plain", "latex", "docx"])
@pytest.mark.parametrize("bibliography", ["findings.bib", "findings.csl.json"])
def test_pandoc_takes_findings_md_in_the_midst_of_a_report(
    made: RunFolder, tmp_path: Path, bibliography: str, form: str
) -> None:
    """Pasted between what an analyst wrote, it comes out as text, with every citation resolved."""
    pasted = (made.path / "findings.md").read_text(encoding="utf-8")
    report = f"---\ntitle: The harbour\n---\n\nBefore.\n\n{pasted}\nAfter.\n\n# References\n"
    made_file = tmp_path / f"report.{form}"
    options = ["--citeproc", f"--bibliography={made.path / bibliography}", "--wrap=none", "--standalone"]
    convert = ["pandoc", *options, "-o", str(made_file), "-t", form]
    done = subprocess.run(convert, input=report, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    read = ["pandoc", "-f", "docx" if form == "docx" else "latex", "-t", "plain", "--wrap=none", str(made_file)]
    text = made_file.read_text(encoding="utf-8") if form == "plain" else subprocess.check_output(read, encoding="utf-8")
    assert "?" not in text
    for finding in made.findings:
        said = finding.statement.removesuffix(".")
        # Without an analyst in corpus.toml a citation is by title; Pandoc's own style takes the long one.
        assert re.search(rf"{re.escape(said)} \([“‘`]+[^()]+(\([^()]+\)[^()]*)*n\.d\.", text.replace("\xa0", " ")), said


@pytest.mark.pandoc
@pytest.mark.libreoffice
def test_a_word_report_with_citations_opens_in_libreoffice(made: RunFolder, tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text("We count [@otr.dispatches.corpus.words].", encoding="utf-8")
    subprocess.run(
        [
            *("pandoc", "--citeproc", f"--bibliography={made.path / 'findings.csl.json'}"),
            *(str(tmp_path / "report.md"), "-o", str(tmp_path / "report.docx")),
        ],
        check=True,
    )
    office = shutil.which("soffice") or "libreoffice"
    subprocess.run(
        [
            *(office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"),
            *("--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(tmp_path / "report.docx")),
        ],
        check=True,
        capture_output=True,
    )
    text = (tmp_path / "report.txt").read_text(encoding="utf-8-sig")
    assert re.search(r"We count \([“‘]Finding corpus\.words,?[”’],? n\.d\.\)\.", text.replace("\xa0", " "))
    assert "The corpus holds 35 words" in text


PREAMBLES = {
    "plain": "",
    "with the underscore package": r"\usepackage{underscore}",
    "with hyperref": r"\usepackage[T1]{fontenc}\usepackage{hyperref}",
}


@pytest.fixture
def typeset(made: RunFolder, tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Typesets a report beside the files of a run: its exit code and its log."""
    for name in ("findings.tex", "findings.bib"):
        shutil.copy(made.path / name, tmp_path / name)

    def run(body: str, preamble: str = "", bibliography: str = "bibtex") -> tuple[int, str]:
        text = f"\\documentclass{{article}}{preamble}\\begin{{document}}\\input{{findings.tex}}{body}\\end{{document}}"
        (tmp_path / "report.tex").write_text(text, encoding="utf-8")
        latex = ["pdflatex" if shutil.which("pdflatex") else "lualatex", "-interaction=nonstopmode", "report"]
        for words in (latex, [bibliography, "report"], latex, latex):
            done = subprocess.run(words, cwd=tmp_path, capture_output=True, check=False)
        return done.returncode, (tmp_path / "report.log").read_text(encoding="utf-8", errors="replace")

    return run


@pytest.mark.latex
@pytest.mark.parametrize("preamble", PREAMBLES.values(), ids=PREAMBLES)
def test_a_latex_report_shows_values_and_resolves_every_key(
    made: RunFolder, typeset: Callable[..., tuple[int, str]], preamble: str
) -> None:
    shown = " ".join(rf"\typeout{{<\finding{{{it.key}}}>}}\findingcite{{{it.key}}}" for it in made.findings)
    heading, listed = r"\section{On \finding{corpus.words} words}", r"\bibliographystyle{plain}\bibliography{findings}"
    code, log = typeset(rf"{heading}{shown}\nocite{{*}}{listed}", preamble)
    assert code == 0, log
    assert "undefined" not in log.lower()
    values = re.findall(r"<(.*)>", log)
    for finding in made.findings:
        assert finding.display.replace("%", r"\%") in values


@pytest.mark.latex
@pytest.mark.skipif(shutil.which("biber") is None, reason="biber is not installed (sudo apt install biber)")
def test_biber_resolves_every_key(made: RunFolder, typeset: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    preamble = r"\usepackage[style=authoryear,backend=biber]{biblatex}\addbibresource{findings.bib}"
    shown = "".join(rf"\findingcite{{{it.key}}}" for it in made.findings)
    code, log = typeset(rf"{shown}\nocite{{*}}\printbibliography", preamble, "biber")
    assert code == 0, log
    assert "undefined" not in log.lower()
    listed = (tmp_path / "report.bbl").read_text(encoding="utf-8")
    entries = json.loads((made.path / "findings.csl.json").read_text(encoding="utf-8"))
    assert [it["id"] for it in entries if f"\\entry{{{it['id']}}}" not in listed] == []


@pytest.mark.latex
@pytest.mark.parametrize("command", [r"\finding{corpus.wrods}", r"\findingcite{corpus.wrods}"])
def test_latex_stops_at_a_key_that_is_not_there(typeset: Callable[..., tuple[int, str]], command: str) -> None:
    code, log = typeset(f"x{command}")
    assert code != 0
    assert "On the Record: there is no finding corpus.wrods" in log


@pytest.mark.latex
def test_latex_stops_where_another_package_has_the_command(typeset: Callable[..., tuple[int, str]]) -> None:
    code, log = typeset("x", r"\newcommand\finding{something else}")
    assert code != 0
    assert r"Command \finding already defined" in log


@pytest.mark.latex
def test_latex_stops_where_two_runs_have_a_key_and_takes_the_longer_ones(
    made: RunFolder, typeset: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    other = (made.path / "findings.tex").read_text(encoding="utf-8").replace("otr.dispatches", "otr.other")
    (tmp_path / "other.tex").write_text(other.replace("{35}", "{43}"), encoding="utf-8")
    code, log = typeset(r"\input{other.tex}x\finding{corpus.words}")
    assert code != 0
    assert "two runs have a finding corpus.words" in log
    code, log = typeset(
        r"\input{other.tex}\input{findings.tex}"
        r"\typeout{<\finding{otr.other.corpus.words}+\finding{otr.dispatches.corpus.words}>}x"
    )
    assert code == 0
    assert "<43+35>" in log


@pytest.mark.latex
@pytest.mark.parametrize("key", ["corpus.words", "otr.dispatches.corpus.words"])
@pytest.mark.parametrize("command", ["finding", "findingcite"])
def test_latex_stops_where_two_runs_of_one_name_differ(
    made: RunFolder, typeset: Callable[..., tuple[int, str]], tmp_path: Path, command: str, key: str
) -> None:
    version = made.finding("corpus.words").version
    other = (made.path / "findings.tex").read_text(encoding="utf-8")
    assert other.count(version) == 1
    (tmp_path / "elsewhere.tex").write_text(other.replace(version, "0" * 16), encoding="utf-8")
    code, log = typeset(rf"\input{{elsewhere.tex}}x\{command}{{{key}}}")
    assert code != 0
    assert f"On the Record: two runs of one name differ in {key}" in " ".join(log.split())
    code, log = typeset(r"\input{findings.tex}\input{elsewhere.tex}\typeout{<\finding{corpus.dated}>}x")
    assert code == 0, "what they agree on can be cited, and a file can be read twice"


def test_no_finding_lacks_a_macro(made: RunFolder) -> None:
    macros = (made.path / "findings.tex").read_text(encoding="utf-8")
    for finding in made.findings:
        assert macro_of(finding) in macros


def macro_of(finding: Finding) -> str:
    display = finding.display.replace("%", r"\%")
    key = citation_key("dispatches", finding.key)
    return rf"\otr@finding{{{finding.key}}}{{{key}}}{{{display}}}{{{finding.version}}}"
