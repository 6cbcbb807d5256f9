"""What a notebook shows holds no tag of a document's own, and says the same in plain text."""

import base64
import re
from dataclasses import replace
from html import escape, unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import bleach
import pandas as pd
import pytest
from lxml import html as lxml_html

from research import load
from research.analysis import corpus, language
from research.analysis.figures import NotComputable
from research.analysis.findings import STATUSES
from research.nlp.accuracy import Accuracy
from research.nlp.annotate import annotate
from research.outputs import report
from research.outputs.citing.citations import Collection, cite, to_paste
from research.outputs.folder.run_folder import RunFolder
from research.outputs.showing import display
from research.outputs.study import open_study

HOSTILE = '<script>alert(1)</script> & <img src=x onerror=alert(1)> "quoted" </td></details>'
OWN = {
    "p",
    "pre",
    "strong",
    "br",
    "code",
    "details",
    "summary",
    "ol",
    "li",
    "mark",
    "small",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "h3",
}


# What GitHub leaves of HTML in a text that people give it, as published in the schema of hast-util-sanitize.
ON_GITHUB = """
    a b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img input ins kbd li ol p picture pre q
    rp rt ruby s samp section source span strike strong sub summary sup table tbody td tfoot th thead tr tt ul var
"""


def on_github(html: str) -> str:
    """What another program leaves of a page by GitHub's rules."""
    return bleach.clean(html, tags=ON_GITHUB.split(), attributes={"*": ["align"]}, strip=True)  # type: ignore[no-any-return]


def tags(html: str) -> set[str]:
    """The tags of a piece of HTML as they stand, without brackets; alignments and numbers of rows left out."""
    aligned = re.compile(
        r' align="(\w+)" style="text-align: \1(?:; (?:min-width: \d+em|white-space: nowrap))?"'
        r'| class="sortable" data-rows="\d+"'
    )
    return {aligned.sub("", tag).removeprefix("/") for tag in re.findall(r"<([^>]*)", html)}


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[dict[str, Any], Any]]:
    """Everything that is shown from here on."""
    bundles: list[tuple[dict[str, Any], Any]] = []
    monkeypatch.setattr(display, "show", lambda bundle, metadata=None: bundles.append((bundle, metadata)))
    return bundles


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    folder = tmp_path / "hostile"
    folder.mkdir()
    (folder / "<img src=x onerror=alert(1)>.txt").write_text(f"{HOSTILE} {HOSTILE}", encoding="utf-8")
    (folder / "<b>.pdf").write_bytes(b"no text")
    return folder


def test_no_tag_of_a_document_reaches_the_page(
    hostile: Path, tmp_path: Path, shown: list[tuple[dict[str, Any], Any]]
) -> None:
    study = open_study("corpus", hostile, tmp_path / "run")
    documents = corpus.documents(study.annotations)
    study.table("documents", documents, caption=HOSTILE)
    study.rejected()
    study.figure("lengths", corpus.lengths(documents))
    for finding in corpus.findings(study.annotations):
        study.finding(finding)
    study.close()
    study = open_study("language", hostile, tmp_path / "run")
    terms = ["script", "alert(1)"]
    concordance = language.concordance(study.annotations, terms)
    study.table("concordance", concordance, caption="Context")
    for finding in language.findings(study.annotations, terms):
        study.finding(finding)
    study.close()
    report.show_overview(report.findings(run=tmp_path / "run"))
    report.show(report.findings(run=tmp_path / "run"))

    pages = [bundle["text/html"] for bundle, _ in shown if "text/html" in bundle]
    assert len(pages) > 10
    assert any("&lt;script&gt;alert(1)" in page for page in pages), "what was escaped is there"
    pictures = [page for page in pages if page.startswith("<img ")]
    for page in pictures:
        (image,) = lxml_html.fragments_fromstring(page)
        assert set(image.keys()) == {"src", "width", "alt"}
        assert image.get("src").startswith("data:image/png;base64,")
    pages = [page for page in pages if page not in pictures]
    assert set().union(*map(tags, pages)) <= OWN
    for page in pages:
        left = lxml_html.fragment_fromstring(on_github(page), create_parent=True)
        whole = lxml_html.fragment_fromstring(page, create_parent=True)
        assert left.text_content() == whole.text_content(), "nothing is hidden, and no tag shows as text"
        assert [it.tag for it in left.iter()] == [it.tag for it in whole.iter() if it.tag not in {"mark", "small"}]
        assert [it.get("align") for it in left.iter("td")] == [it.get("align") for it in whole.iter("td")]
    markdown = (tmp_path / "run" / "findings.md").read_text(encoding="utf-8")
    assert not re.search(r"(?<!\\)<", markdown)


@pytest.mark.parametrize(
    "bundle",
    [
        display.heading(HOSTILE),
        display.table(pd.DataFrame({HOSTILE: [HOSTILE]}), HOSTILE),
        display.no_figure(NotComputable(HOSTILE)),
    ],
)
def test_every_text_is_escaped(bundle: display.Bundle) -> None:
    assert tags(bundle["text/html"]) <= OWN


def test_every_field_of_a_finding_and_of_a_figure_is_escaped(made: RunFolder, dispatches: Path) -> None:
    finding = made.finding("language.count.harbour")
    row = finding.evidence[0]._replace(doc_id=HOSTILE, exact=HOSTILE, prefix=HOSTILE, suffix=HOSTILE)
    texts = dict.fromkeys(("key", "statement", "method", "status"), HOSTILE)
    accuracy = (Accuracy(HOSTILE, HOSTILE, 0.8, 0.7, 0.9, HOSTILE, HOSTILE, 9, HOSTILE),)
    hostile = replace(finding, **texts, accuracy=accuracy, evidence=(row,))  # type: ignore[arg-type]
    assert tags(display.finding(hostile, dates={HOSTILE: HOSTILE})["text/html"]) <= OWN
    reference = Collection(HOSTILE, dict.fromkeys(("author", "title", "url"), HOSTILE), {"author": HOSTILE}).finding(
        hostile
    )
    for kept in (True, False):
        html = display.finding(hostile, to_paste(reference, HOSTILE, kept=kept))["text/html"]
        assert tags(html) <= OWN
        assert "&lt;img src=x onerror=alert(1)&gt;" in html.partition("<summary>Cite")[2]
    figure = corpus.lengths(corpus.documents(annotate(load(dispatches))))
    hostile_figure = replace(figure, caption=HOSTILE, alt=HOSTILE)
    assert tags(display.caption(hostile_figure, HOSTILE)["text/html"]) <= OWN
    (image,) = lxml_html.fragments_fromstring(display.picture(hostile_figure, HOSTILE)[0]["text/html"])
    assert (image.get("alt"), sorted(image.keys())) == (HOSTILE, ["alt", "src", "width"])


def test_a_finding_that_rests_on_a_model_says_how_often_it_errs(made: RunFolder) -> None:
    accuracy = (Accuracy("a", "F1 of letters", 0.8, 0.75, 0.85, "own letters", "dev", 1234, "0"),)
    bundle = display.finding(replace(made.finding("language.count.harbour"), accuracy=accuracy))
    said = "F1 of letters 0.80, 95% CI 0.75 to 0.85 (measured on own letters, dev, n = 1,234)."
    assert said in bundle["text/plain"]
    assert said in bundle["text/html"].partition("<details>")[0], "without unfolding anything"


def copied(bundle: dict[str, Any]) -> list[str]:
    """The lines that can be copied to cite what is shown."""
    (block,) = re.findall(r"<summary>Cite this .*?</summary><pre>(.*?)</pre>", bundle["text/html"], flags=re.DOTALL)
    return unescape(block).splitlines()


def shown_with(dispatches: Path, run: Path | None, shown: list[tuple[dict[str, Any], Any]]) -> list[list[str]]:
    """What can be copied of a table, a figure and a finding."""
    study = open_study("corpus", dispatches, run)
    documents = corpus.documents(study.annotations)
    study.table("documents", documents, caption="Documents")
    study.figure("lengths", corpus.lengths(documents))
    study.finding(corpus.findings(study.annotations)[1])
    study.close()
    return [copied(bundle) for bundle, _ in shown if "Cite this" in bundle.get("text/html", "")]


def test_what_is_shown_has_its_citation_ready_to_copy(
    dispatches: Path, tmp_path: Path, shown: list[tuple[dict[str, Any], Any]]
) -> None:
    table, figure, finding = shown_with(dispatches, tmp_path / "run", shown)
    run = RunFolder(tmp_path / "run")
    for lines, address in (
        (table, "tables/corpus.documents"),
        (figure, "figures/corpus.lengths"),
        (finding, "corpus.words"),
    ):
        text, *commands = lines[:4]
        assert f"{text}\n" == cite(run, [address], "sentence").text
        for command, style in zip(commands, ("markdown", "latex", "bibtex"), strict=True):
            assert command == f"research cite RUN {address} --style {style}"
            assert cite(run, [address], style).text
    address = run.table("corpus.documents")["address"][0]
    assert table[4:] == [f"research why RUN {address}", f"research cite RUN {address}"]
    assert finding[4:] == figure[4:] == []


def test_without_a_run_the_version_and_the_source_are_what_can_be_cited(
    dispatches: Path, tmp_path: Path, shown: list[tuple[dict[str, Any], Any]]
) -> None:
    for lines in shown_with(dispatches, None, shown):
        (only,) = lines
        assert re.search(
            r" \[(Table|Figure|Finding) corpus\.\w+, version \w{16}\]\. \(n\.d\.\)\. "
            r"In Findings on “dispatches” \(computed with On the Record\)\.$",
            only,
        )
    assert "This notebook wrote no run folder." in shown[0][0]["text/html"]


def test_the_address_of_a_row_is_in_the_last_column(
    dispatches: Path, tmp_path: Path, shown: list[tuple[dict[str, Any], Any]]
) -> None:
    shown_with(dispatches, tmp_path / "run", shown)
    header, *rows = re.findall(r"<tr>(.*?)</tr>", shown[0][0]["text/html"])
    assert re.sub("<[^>]*>", " ", header).split()[-1] == "address"
    written = RunFolder(tmp_path / "run").table("corpus.documents")
    assert list(written.columns)[-1] == "address"
    assert [re.sub("<[^>]*>", " ", row).split()[-1] for row in rows] == [
        address.removeprefix("corpus.documents") for address in written["address"]
    ]


def test_passages_are_shown_with_document_date_and_characters(made: RunFolder) -> None:
    finding = made.finding("language.count.harbour")
    html = display.finding(finding, dates={"harbour": "2021-03-04"})["text/html"]
    first = finding.evidence[0]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", html)
    assert cells[:3] == [first.doc_id, "2021-03-04", f"{first.start}–{first.end}"]
    assert f"<mark><strong>{first.exact}</strong></mark>" in cells[3]
    assert f"<strong>{first.exact}</strong>" in on_github(html), "told apart also where the mark is taken away"
    assert "more" not in html.partition("<table>")[2]
    many = replace(finding, evidence=tuple(finding.evidence) * 2)
    assert (
        "and 3 more. <code>research why RUN language.count.harbour --all</code> shows all of them"
        in (display.finding(many)["text/html"])
    )
    not_kept = to_paste(Collection("dispatches", {}, {}).finding(many), many.key, kept=False)
    assert "and 3 more. Set run to a folder to save all of them." in display.finding(many, not_kept)["text/html"]


def test_a_status_is_said_in_words(made: RunFolder) -> None:
    supported = replace(made.finding("corpus.words"), status="supported")
    for said in display.finding(supported).values():
        assert f"supported: {STATUSES['supported']}" in said


def test_a_picture_carries_its_alternative_text(dispatches: Path, shown: list[tuple[dict[str, Any], Any]]) -> None:
    study = open_study("corpus", dispatches)
    figure = corpus.lengths(corpus.documents(study.annotations))
    study.figure("lengths", figure)
    (picture, metadata), (caption, _) = shown
    assert picture["image/png"].startswith(b"\x89PNG")
    image = lxml_html.fragment_fromstring(picture["text/html"])
    assert (image.tag, image.get("alt")) == ("img", figure.alt)
    assert base64.b64decode(image.get("src").removeprefix("data:image/png;base64,")) == picture["image/png"]
    assert metadata["image/png"]["alt"] == figure.alt
    assert figure.alt in caption["text/plain"]
    before, folded = caption["text/html"].split("<details><summary>This figure in words, and its data", 1)
    assert escape(figure.alt) not in before, "a screen reader has read it already"
    assert escape(figure.alt) in folded
    for words in figure.data["words"]:
        assert f"{words}" in caption["text/plain"], "the data are in the compared output"


def test_a_long_table_says_how_much_of_it_is_shown() -> None:
    bundle = display.table(pd.DataFrame({"n": range(1, 2001)}), "Numbers")
    assert "The first 20 of 2,000 rows are shown; set run to a folder to save all." in bundle["text/plain"]
    kept = display.table(pd.DataFrame({"n": range(1, 2001)}), "Numbers", kept=True)["text/html"]
    assert "The first 20 of 2,000 rows are shown; the run folder has all." in kept
    assert bundle["text/html"].count("<tr>") == 21


def test_no_row_at_all_is_said() -> None:
    bundle = display.table(pd.DataFrame({"n": []}), "Numbers")
    assert "<table" not in bundle["text/html"]
    for text in bundle.values():
        assert re.search(r"\b(none|no rows)\b", text, flags=re.IGNORECASE)


def test_without_a_run_folder_nothing_is_written(
    dispatches: Path, tmp_path: Path, shown: list[tuple[dict[str, Any], Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    study = open_study("corpus", dispatches)
    study.table("documents", corpus.documents(study.annotations), caption="Documents")
    study.close()
    assert list((tmp_path / "here").iterdir()) == []
    assert shown


def test_the_report_of_a_source_is_that_of_its_run(made: RunFolder, dispatches: Path) -> None:
    of_run = report.findings(run=made.path)
    notebooks = {it.notebook for it in of_run}  # the run has not all of them
    assert [it for it in report.findings(dispatches) if it.notebook in notebooks] == of_run


def test_the_report_has_the_findings_of_every_notebook_those_about_the_corpus_last(root: Path) -> None:
    found = [finding.notebook for finding in report.findings(root / "seeds")]
    assert list(dict.fromkeys(found)) == ["statements", "actors", "claims", "language", "time", "accuracy", "corpus"]


# --- the width of columns ---


def widths(**columns: list[Any]) -> dict[str, int]:
    """The least width of each column that has one, in em."""
    html = display.table(pd.DataFrame(columns, dtype=object), "A table")["text/html"]
    found: dict[str, int] = {}
    for head in re.findall(r"<th [^>]*>\w+</th>", html):
        if width := re.search(r"min-width: (\d+)em", head):
            found[head.partition(">")[2].removesuffix("</th>")] = int(width[1])
    return found


PROSE = "that the harbour will stay open until the last of the ferries has come home from the islands"


def test_a_column_of_prose_is_not_squeezed() -> None:
    assert widths(content=[PROSE, "it"], speaker=["Mara Lindqvist", None], words=[17, 1]) == {"content": 23}
    assert widths(left=[PROSE[:60]], keyword=["ferry"], right=[PROSE[-60:]]) == {"left": 18, "right": 18}
    assert widths(quotation=[PROSE * 3], title=[PROSE[:46]]) == {"quotation": 23, "title": 5}


@pytest.mark.parametrize(
    "cells",
    [
        ["bralin-courier_2031-01-15_farmers-fear-dry-canals"] * 2,
        ["Marta Quill, who heads the Farmers' Union of the Lower Canal", *["she"] * 20],
        ["a vote of no confidence"] * 2,
        [None, None],
        [1_000_000, 2.5],
        [],
    ],
    ids=["one word", "mostly a word", "short", "missing", "numbers", "no row"],
)
def test_other_columns_are_as_wide_as_the_page_makes_them(cells: list[Any]) -> None:
    assert widths(column=cells) == {}


def test_a_date_is_not_broken_at_its_hyphens() -> None:
    frame = pd.DataFrame({"date": ["2021-03-04", None], "outlet": ["The Bralin Courier", "Wire"], "words": [1, 2]})
    kept = re.findall(r"nowrap\">([^<]*)<", display.table(frame, "A table")["text/html"])
    assert kept == ["2021-03-04", "–"]


def test_the_script_that_sorts_tables_is_shown_in_a_notebook_alone(
    shown: list[tuple[dict[str, Any], Any]], hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_study("corpus", hostile)
    assert not any("<script" in bundle["text/html"] for bundle, _ in shown)
    monkeypatch.setattr("IPython.get_ipython", lambda: SimpleNamespace(kernel=object()))
    for show in (lambda: open_study("corpus", hostile), lambda: report.show_overview([])):
        shown.clear()
        show()
        assert shown[0] == ({"text/html": f"<script>\n{display.script()}</script>", "text/plain": ""}, None)
    code = display.script()
    assert "</script" not in code
    assert not re.search("https?:|fetch|import\b|eval|innerHTML", code), (
        "it asks for nothing, and makes no HTML of text"
    )


@pytest.mark.parametrize("rows", [5, 3000])
def test_a_table_says_how_many_rows_it_has_in_all(rows: int) -> None:
    """So that a filter of the rows that are shown can say so."""
    html = display.table(pd.DataFrame({"n": range(rows)}), "Numbers")["text/html"]
    assert f'<table class="sortable" data-rows="{rows}">' in html
    assert html.count("<tr>") - 1 == min(rows, display.ROWS)
