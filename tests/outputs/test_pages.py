"""The report: every finding is a click from its words and back, on one page or on many."""

import re
import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html

from research.analysis import corpus
from research.analysis.evidence import Passage, passage
from research.analysis.findings import MEASURES, STATUSES, Finding
from research.loading import Span, load
from research.outputs.citing import anchors
from research.outputs.citing.anchors import write_anchors
from research.outputs.folder.comparing import compare
from research.outputs.folder.manifest import about, problems, seal
from research.outputs.folder.run_folder import RunFolder
from research.outputs.pages import documents, report, write_report
from research.outputs.pages.html import LARGEST_PAGE, visible
from research.outputs.pages.texts import paragraphs
from research.outputs.study import open_study
from tests.cited import write_citations
from tests.places import same
from tests.planted import report_again

ROOT = Path(__file__).resolve().parents[2]
PAGE_JS = "".join(
    (ROOT / "src" / "research" / "outputs" / path).read_text(encoding="utf-8")
    for path in ("pages/page.js", "showing/tables.js")
)


def pages_of(folder: RunFolder) -> dict[str, Any]:
    """Every page of a report by its path in the run folder, as a browser would read it."""
    paths = [folder.path / "report.html", *sorted(folder.path.glob("report/*"))]
    return {path.relative_to(folder.path).as_posix(): html.fromstring(path.read_bytes()) for path in paths}


def links_of(pages: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Every link: the page that it is on, the file that it leads to, the anchor there."""
    for path, page in pages.items():
        for link in page.iterfind(".//a"):
            file, _, anchor = link.get("href").partition("#")
            target = (Path(path).parent / unquote(file)).as_posix() if file else path
            yield path, target.removeprefix("report/../"), anchor


def dead_links(folder: RunFolder) -> list[tuple[str, str, str]]:
    pages = pages_of(folder)
    names = {path: {element.get("id") for element in page.iter() if element.get("id")} for path, page in pages.items()}
    return [
        (path, target, anchor)
        for path, target, anchor in links_of(pages)
        if not (anchor in names[target] if anchor else (folder.path / target).is_file())
    ]


def text_of(page: Any) -> str:
    """All that a page says, without the numbers behind the passages."""
    return "".join(page.xpath("//body//text()[not(ancestor::sup)]"))


def words_at(page: Any, name: str) -> str:
    """The text of a mark, without the numbers in it."""
    (mark,) = page.xpath("//mark[@id=$name]", name=name)
    return "".join(mark.xpath(".//text()[not(ancestor::sup)]"))


def followed(folder: RunFolder) -> dict[str, set[tuple[str, str]]]:
    """For each finding, the document and the words of every passage that its links lead to, from page to page."""
    pages = pages_of(folder)

    def leads_to(path: str, link: Any) -> tuple[str, str]:
        ((_, target, name),) = links_of({path: html.fromstring(f"<p>{html.tostring(link, encoding='unicode')}</p>")})
        return target, name

    found: dict[str, set[tuple[str, str]]] = {}
    for finding in folder.findings:
        path, article = article_of(pages, finding.key)
        lists = [(path, article)]
        for more in article.xpath(".//p[@class='more']/a[contains(@href, 'passages-')]"):
            stem = leads_to(path, more)[0].removesuffix("001.html")
            lists += [(other, page) for other, page in pages.items() if other.startswith(stem)]
        found[finding.key] = set()
        for here, place in lists:
            for link in place.xpath(".//li/bdi/a"):
                target, name = leads_to(here, link)
                found[finding.key].add((name.partition(".")[0], " ".join(words_at(pages[target], name).split())))
    return found


def article_of(pages: dict[str, Any], key: str) -> tuple[str, Any]:
    """The page of a finding, and its article there."""
    return next((path, it) for path, page in pages.items() for it in page.xpath("//article[@id=$key]", key=key))


def expected(folder: RunFolder, source: Path) -> dict[str, set[tuple[str, str]]]:
    number = {document_id: f"d{n}" for n, document_id in enumerate(load(source).ids, start=1)}

    def words(row: Passage) -> tuple[str, str]:
        return number[row.doc_id], " ".join(visible(row.exact).split())

    return {finding.key: set(map(words, finding.evidence)) for finding in folder.findings}


# --- one file ---


def test_every_finding_comes_with_all_that_is_known_of_it(made: RunFolder) -> None:
    page = pages_of(made)["report.html"]
    for finding in made.findings:
        said = page.get_element_by_id(finding.key).text_content()
        for part in (finding.statement, finding.display, finding.status, finding.method, finding.version, finding.key):
            assert part in said
        assert f"{finding.n:,} in {finding.n_documents:,} document" in said
        assert all(str(figure) in said for figure in finding.accuracy)
        assert f"[@otr.dispatches.{finding.key.replace('_', '+')}" in said
        assert "@misc{otr.dispatches." in said


def test_the_parts_of_the_report_are_there(made: RunFolder) -> None:
    page = pages_of(made)["report.html"]
    text = page.text_content()
    assert [h.text for h in page.iterfind(".//main//h2")] == [
        *("Findings", "Figures", "Tables", "Methods and accuracy", "Material left out", "How it was made"),
        *("How to cite", "Documents", "Texts"),
    ]
    assert "photo.txt" in text
    assert "a PNG picture" in text
    assert "least_confidence = 0.2" in text
    assert "measured on US political news" in text
    assert "corpus.toml has no author, no title, no date under [citation]." in text
    (picture,) = page.iterfind(".//img")
    alt = (made.path / "figures" / "corpus.lengths.txt").read_text(encoding="utf-8").partition("\n\n")[2].strip()
    assert picture.get("alt") == alt
    assert alt not in picture.getnext().text_content(), "a screen reader has read it already"
    assert picture.get("src").startswith("data:image/svg+xml;base64,")


def test_headings_descend_one_by_one_and_tables_have_captions_and_headers(made: RunFolder) -> None:
    page = pages_of(made)["report.html"]
    levels = [int(h.tag[1]) for h in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    tables = page.findall(".//table")
    assert tables
    assert all(table.find("caption") is not None and table.find(".//th[@scope]") is not None for table in tables)
    names = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(names) == len(set(names))


def test_the_findings_come_first_in_brief_each_leading_to_itself(made: RunFolder) -> None:
    page = pages_of(made)["report.html"]
    brief = [(link.get("href"), link.text_content()) for link in page.xpath("//ol[@class='glance']/li/a")]
    about = [finding.key for finding in made.findings if finding.notebook == "corpus"]
    missing = [it.key for it in made.findings if it.status == "not computable" and it.key not in about]
    assert brief == [(f"#{it.key}", it.statement) for it in made.findings if it.key not in about + missing]
    reasons, line = page.xpath("//p[@class='brief']")
    assert [(link.get("href"), link.text_content()) for link in reasons.iter("a")] == [(f"#{it}", it) for it in missing]
    assert " ".join(line.text_content().split()).startswith("Corpus: 3 documents (all news reports), ")
    assert [(link.get("href"), link.text_content()) for link in line.iter("a")] == [(f"#{it}", it) for it in about]
    (shown,) = page.xpath("//article[@id='statements.documents']//p[@class='value']")
    number = 1 + [finding.key for finding in made.findings].index("statements.documents")
    assert " ".join(shown.text_content().split()) == f"Finding {number} 67% of documents"


def test_statuses_and_measures_are_told_as_everywhere_with_the_findings_that_have_them(made: RunFolder) -> None:
    page = pages_of(made)["report.html"]
    told = {dt.text: " ".join(dt.getnext().text_content().split()) for dt in page.xpath("//dl[@class='terms']//dt")}
    for kind, meanings in (("status", STATUSES), ("measure", MEASURES)):
        for name, meaning in meanings.items():
            numbers = [n for n, it in enumerate(made.findings, start=1) if getattr(it, kind) == name]
            listed = ", ".join(map(str, numbers))
            said = f"{meaning} (finding{'s' if len(numbers) > 1 else ''} {listed})"
            assert told.get(name, "") == (said if numbers else ""), name


def test_a_table_is_headed_by_its_caption_and_shows_the_columns_for_reading(made: RunFolder, dispatches: Path) -> None:
    documents = made.table("corpus.documents")
    made.write_table("corpus.documents", documents, "Dispatches", shown=["doc_id", "words", "address"])
    report_again(made, load(dispatches))
    (table,) = pages_of(made)["report.html"].xpath("//details[@id='tables/corpus.documents']")
    assert table.find("summary").text == "Dispatches "
    assert table.xpath(".//th/text()") == ["doc_id", "words", "address"]
    assert table.xpath(".//tbody/tr[1]/td/@class") == ["short", "right short", "short"]
    assert table.xpath(".//tbody/tr/td[3]/button/@value") == documents["address"].tolist(), "a click copies it"
    assert "otr.dispatches.tables.corpus.documents" in table.text_content()
    assert made.caption("corpus.documents") == "Dispatches"


def test_every_passage_is_a_click_away_and_leads_back(made: RunFolder, dispatches: Path) -> None:
    assert not dead_links(made)
    assert followed(made) == expected_once(made, dispatches)
    assert led_back(made) >= {
        finding.key for finding in made.findings if any(r.role == "counted" for r in finding.evidence)
    }


def expected_once(made: RunFolder, source: Path) -> dict[str, set[tuple[str, str]]]:
    """What is expected of each finding, but for the passages that it leaves to an earlier one that lists the same."""
    told = expected(made, source)
    pages = pages_of(made)
    for key in told:
        _, article = article_of(pages, key)
        for line in article.xpath(".//p[contains(., 'the same as those')]"):
            role = (
                "counted"
                if "passages counted" in line.text_content() or "passage counted" in line.text_content()
                else "base"
            )
            rows = [row for row in made.finding(key).evidence if row.role == role]
            others = {row[1:] for row in made.finding(key).evidence if row.role != role}
            (other,) = line.xpath("./a")
            named = made.finding(unquote(other.get("href").partition("#")[2]))
            assert {row[1:] for row in rows} in [
                {r[1:] for r in named.evidence if r.role == its} for its in ("counted", "base")
            ]
            number = {document_id: f"d{n}" for n, document_id in enumerate(load(source).ids, start=1)}
            told[key] -= {(number[r.doc_id], " ".join(visible(r.exact).split())) for r in rows if r[1:] not in others}
    return told


def led_back(folder: RunFolder) -> set[str]:
    """The findings that a number behind a mark leads to."""
    return {link.get("href").partition("#")[2] for page in pages_of(folder).values() for link in page.xpath("//sup/a")}


# --- on pages ---


def test_a_report_on_pages_has_the_same_links(made: RunFolder, dispatches: Path, on_pages: Any) -> None:
    report_again(made, load(dispatches))
    kinds = {re.sub(r"[\d-]+", "", Path(path).stem) for path in pages_of(made)}
    assert kinds == {"report", "texts", "passages", "documents", "findings"}
    assert len(list(made.path.glob("report/texts-*"))) > 1
    assert not dead_links(made)
    assert followed(made) == expected_once(made, dispatches)
    assert not problems(made)
    text = " ".join(pages_of(made)["report.html"].text_content().split())
    assert "They are given in full, with every passage marked, on" in text


@pytest.mark.parametrize(("limit", "kind"), [("SINGLY", "documents"), ("ON_THE_FRONT", "findings")])
def test_what_is_too_much_for_one_page_gets_pages_though_the_texts_are_short(
    made: RunFolder, dispatches: Path, monkeypatch: pytest.MonkeyPatch, limit: str, kind: str
) -> None:
    monkeypatch.setattr(report, limit, 2)
    report_again(made, load(dispatches))
    pages = pages_of(made)
    assert [path for path in pages if path.startswith(f"report/{kind}")]
    assert not dead_links(made)
    shown = [it.get("id") for page in pages.values() for it in page.xpath("//article[contains(@class, 'finding')]")]
    assert shown == [it.key for it in made.findings]


@pytest.mark.parametrize("form", ["one file", "pages", "paragraphs"])
def test_it_is_told_how_many_texts_are_placed(
    made: RunFolder, dispatches: Path, form: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    if form != "one file":
        request.getfixturevalue("on_pages")
    if form == "paragraphs":
        monkeypatch.setattr(report, "IN_FULL", 0)
    told: list[tuple[int, int]] = []
    write_report(made, load(dispatches), made.manifest(), lambda *it: told.append(it))
    assert told == [(1, 3), (2, 3), (3, 3)]
    told.clear()
    of_one = run_of_a_term(dispatches, made.path.parent / "term", "approved")
    write_report(of_one, load(dispatches), of_one.manifest(), lambda *it: told.append(it))
    assert told == [(1, 3), (2, 3), (3, 3)], "also where most texts have no passage"


def test_pages_that_are_no_longer_needed_go(made: RunFolder, dispatches: Path, on_pages: pytest.MonkeyPatch) -> None:
    before = (made.path / "report.html").read_bytes()
    report_again(made, load(dispatches))
    (made.path / "report" / "mine.html").write_text("mine", encoding="utf-8")
    on_pages.undo()
    report_again(made, load(dispatches))
    assert [path.name for path in made.path.glob("report/*")] == ["mine.html"]
    assert (made.path / "report.html").read_bytes() == before


def test_texts_beyond_measure_are_shown_around_the_passages_that_are_listed(
    made: RunFolder, dispatches: Path, on_pages: pytest.MonkeyPatch
) -> None:
    on_pages.setattr(report, "IN_FULL", 0)
    on_pages.setattr(report, "_MOST_IN_PARAGRAPHS", 1)
    report_again(made, load(dispatches))
    assert not dead_links(made)
    text = " ".join(pages_of(made)["report.html"].text_content().split())
    assert "are not given in full. Each finding lists its first passages" in text
    assert re.search(r"The first 1 of \d passages counted by finding \d; evidence/statements.csv and research", text)
    shown = "".join(map(text_of, pages_of(made).values()))
    assert "The council approved the harbour budget." in shown


def test_texts_beyond_measure_of_which_no_passage_is_listed_have_no_page(
    tmp_path: Path, dispatches: Path, on_pages: pytest.MonkeyPatch
) -> None:
    on_pages.setattr(report, "IN_FULL", 0)
    folder = run_of_a_term(dispatches, tmp_path / "run", "lighthouse")
    assert not dead_links(folder)
    text = " ".join(pages_of(folder)["report.html"].text_content().split())
    assert "are not given in full. research why RUN KEY lists every passage" in text


def test_a_document_larger_than_a_page_is_divided(tmp_path: Path, on_pages: Any) -> None:
    source = tmp_path / "long"
    source.mkdir()
    (source / "a.txt").write_text("\n\n".join(f"The harbour of town {n} is open." for n in range(90)), encoding="utf-8")
    folder = run_of_a_term(source, tmp_path / "run", "harbour")
    pages = {path: page for path, page in pages_of(folder).items() if "texts-" in path}
    assert len(pages) > 3
    names = [name for page in pages.values() for name in page.xpath("//mark/@id")]
    assert len(names) == len(set(names)) == 90
    assert followed(folder) == {"language.count.term": {("d1", "harbour")}}
    assert not dead_links(folder)


def test_no_page_is_larger_than_it_may_be_whatever_the_text(tmp_path: Path) -> None:
    """Characters that become many bytes, and a passage at every other one."""
    source = tmp_path / "wide"
    source.mkdir()
    (source / "a.txt").write_text('a """""""' * 15_000 + '"' * 500_000, encoding="utf-8")
    folder = run_of_a_term(source, tmp_path / "run", "a")
    sizes = [path.stat().st_size for path in [folder.path / "report.html", *folder.path.glob("report/*")]]
    assert max(sizes) < LARGEST_PAGE
    assert sum(sizes) > 2 * LARGEST_PAGE
    assert not dead_links(folder)


def run_of_a_term(source: Path, path: Path, term: str) -> RunFolder:
    """A run folder with one finding, made without annotating anything."""
    folder, documents = RunFolder(path), load(source)
    rows = tuple(
        passage(document, Span(*found.span()))
        for document in documents
        for found in re.finditer(rf"\b{term}\b", document.text)
    )
    counted = Finding(
        key="language.count.term",
        statement=f"It stands in {len(rows)} places.",
        value=len(rows),
        display=f"{len(rows)}",
        unit="passages",
        measure="count",
        method="Counted.",
        status="descriptive",
        n=len(rows),
        n_documents=len(documents),
        evidence=rows,
    )
    folder.write_findings([counted])
    folder.write_rejected(documents.rejected)
    write_anchors(folder, documents)
    said = about(folder, documents, {"language": {"terms": [term]}})
    write_citations(folder, said)
    seal(folder, said)
    report_again(folder, documents)
    return folder


# --- after a change ---


@pytest.mark.parametrize(
    ("name", "text", "pages", "contexts"),
    [
        ("05.txt", "The harbour of town 5 is closed, and nobody says why.", 1, 1),
        ("05.txt", "Town 5 has another harbour. The harbour is open.", 1, 1),
        ("05.txt", None, 7, 0),  # those after it have other numbers
        ("00.txt", "Before the harbour there was nothing.", 13, 1),
    ],
)
def test_after_a_change_only_what_it_changes_is_made_again_and_all_is_as_from_the_start(
    *, tmp_path: Path, on_pages: pytest.MonkeyPatch, name: str, text: str | None, pages: int, contexts: int
) -> None:
    made: list[str] = []

    def counting(what: str, do: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any) -> Any:
            made.append(what)
            return do(*given)

        return counted

    on_pages.setattr(documents, "paragraphs", counting("pages", paragraphs))
    on_pages.setattr(anchors, "_widths_apart", counting("contexts", anchors._widths_apart))
    source = tmp_path / "towns"
    source.mkdir()
    for number in range(1, 13):
        (source / f"{number:02}.txt").write_text(f"The harbour of town {number} is open.", encoding="utf-8")
    on_pages.setenv("RESEARCH_CACHE", str(tmp_path / "cache"))
    run_of_a_term(source, tmp_path / "first" / "run", "harbour")
    assert (made.count("pages"), made.count("contexts")) == (12, 12)
    made.clear()
    run_of_a_term(source, tmp_path / "same" / "run", "harbour")
    assert not made
    if text is None:
        (source / name).unlink()
    else:
        (source / name).write_text(text, encoding="utf-8")
    run_of_a_term(source, tmp_path / "again" / "run", "harbour")
    assert (made.count("pages"), made.count("contexts")) == (pages, contexts)
    on_pages.setenv("RESEARCH_CACHE", str(tmp_path / "empty"))
    run_of_a_term(source, tmp_path / "fresh" / "run", "harbour")
    assert same(tmp_path / "again", tmp_path / "fresh") == []
    assert "harbour" in "".join(path.read_text("utf-8") for path in (tmp_path / "again").rglob("texts-*.html"))


# --- where and when it is written ---


def test_it_is_listed_in_the_manifest_and_the_same_bytes_again(made: RunFolder, dispatches: Path) -> None:
    assert "report.html" in made.manifest()["outputs"]
    before = {path: (made.path / path).read_bytes() for path in [*made.files(), "manifest.json"]}
    report_again(RunFolder(made.path), load(dispatches))
    assert {path: (made.path / path).read_bytes() for path in [*made.files(), "manifest.json"]} == before


def test_no_place_of_this_machine_is_in_it(made: RunFolder, dispatches: Path) -> None:
    text = (made.path / "report.html").read_text(encoding="utf-8")
    assert str(dispatches.parent) not in text
    assert str(made.path.parent) not in text


@pytest.mark.parametrize("is_part", [True, False])
def test_a_part_of_a_run_has_no_report_of_its_own(tmp_path: Path, dispatches: Path, *, is_part: bool) -> None:
    folder = RunFolder(tmp_path / "run")
    if is_part:
        folder.path.mkdir()
        folder.part_path.write_text(load(dispatches).digest, encoding="utf-8")
    open_study("language", dispatches, folder.path).close()
    assert (folder.path / "report.html").exists() is not is_part


def test_pixels_and_environment_may_differ_and_no_word(
    made: RunFolder, tmp_path: Path, carried_over: Callable[[RunFolder], None]
) -> None:
    other = RunFolder(Path(shutil.copytree(made.path, tmp_path / "other")))
    carried_over(other)
    page = other.path / "report.html"
    text = page.read_text(encoding="utf-8")
    assert text.count("3.99.1") == 1
    assert compare(made, other).level == "same findings"
    assert "lists every file with" in text
    page.write_text(text.replace("lists every file with", "lists some files with"), encoding="utf-8")
    assert compare(made, other).level == "differs"
    assert compare(made, other).files == ("report.html",)


@pytest.mark.parametrize(("copies", "said"), [(False, "is not counted again"), (True, "is counted as well")])
def test_the_report_says_whether_copies_count_as_the_parameter_does(tmp_path: Path, copies: bool, said: str) -> None:
    source = tmp_path / "letters"
    source.mkdir()
    text = "The council approved the harbour budget on Monday, and the minister answered within a week. " * 3
    for name in ("one.txt", "two.txt"):
        (source / name).write_text(text, encoding="utf-8")
    study = open_study("corpus", source, tmp_path / "run", copies=copies)
    study.table("copies", corpus.copies(corpus.documents(study.annotations)), caption="Copies")
    study.close()
    page = (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
    assert f"1 document repeats another and {said} (parameter copies)." in page
    assert ("not counted: it repeats" in page, " · it repeats" in page) == (not copies, copies)
