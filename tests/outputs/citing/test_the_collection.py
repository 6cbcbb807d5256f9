"""The collection and its documents are cited as corpus.toml and the texts say."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.loading import load
from research.outputs.citing.citations import Citation
from research.outputs.citing.escaping import plain
from research.outputs.citing.styles import Author, Reference, written
from research.outputs.folder.collection import collection_block, inferred_outlet
from research.outputs.folder.run_folder import RunFolder
from tests.cited import write_citations
from tests.outputs.citing.conftest import CITATION, one

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
