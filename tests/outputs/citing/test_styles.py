"""Whatever a title holds, every style gives one reference that other programs read back as it was."""

import json
import re
import subprocess
from dataclasses import replace
from typing import Any

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import Entry, parse_string
from pylatexenc.latex2text import LatexNodes2Text

from research.outputs.citing.escaping import plain
from research.outputs.citing.styles import STYLES, Author, Reference, written
from tests.strategies import prose

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<i>not</i> in <span class='x'>italics</span>",
    "[a](javascript:alert(1)) and ![b](http://example.org/c.png)",
    "}, author = {Somebody Else}, title = {Another",
    "{{{ unbalanced",
    "unbalanced }}}",
    r"\input{/etc/passwd} \write18{ls} \end{document}",
    "100 % & more_things #1 ^2 ~ $x^2$ `c` | \\",
    "@misc{other, title = {x}}",
    "a\r\nER  - \r\nTY  - BOOK\r\nTI  - Another",
    "line\u2028and\u2029paragraph\x85next\x0bvertical\ftab\tnul\0bell\x07",
    "\u202eright to left\u202c and \u2067isolated",
    "1. a list, 2023. And + - * more",
    "@otr.seeds.corpus.words and [@other]",
    "--- --, ,, '' `` ?` !` << >>",
    "“Žďár” – Қазақстан – السلام – 外交 – हिन्दी – 👩\u200d🚀 – e\u0301",
    "Ministry of Trade and Industry",
]


def a_reference(title: str = "The harbour stays open", **fields: Any) -> Reference:
    its: dict[str, Any] = {
        "key": "otr.seeds.corpus.words",
        "kind": "finding",
        "title": title,
        "description": "Finding corpus.words, version 0123456789abcdef",
        "authors": (Author("Doe", "Jane"), Author("Ministry of Trade and Industry")),
        "date": "2023-09-29",
        "container": "Speeches",
        "doi": "10.1234/abc_(1)",
        "claim": f"{title}.",
    }
    return Reference(**{**its, **fields})


def from_bibtex(text: str) -> tuple[str, Entry]:
    """The key and the one entry that there is, as pybtex reads it: another program than the one that wrote it."""
    (entry,) = parse_string(text, "bibtex").entries.items()
    return entry  # type: ignore[no-any-return]


def from_ris(text: str) -> list[tuple[str, str]]:
    """The tags and values of one reference, line by line, in the form that the format is specified in."""
    lines = text.split("\n")
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .+", line) for line in lines[:-2])
    return [(line[:2], line[6:]) for line in lines[:-2]]


FIELDS = {"title", "howpublished", "note", "year", "month", "date", "doi"}
ANY_TEXT = prose() | st.text() | st.sampled_from(HOSTILE)


# --- one reference, read back by other programs ---


def without_marks(text: str) -> str:
    """Letters and digits: what must come back, whatever a reader makes of quotation marks, dashes and braces."""
    return "".join(c for c in text if c.isalnum() and c != "ˆ")


@pytest.mark.parametrize("title", HOSTILE)
def test_bibtex_is_read_back_whatever_a_title_holds(title: str) -> None:
    key, entry = from_bibtex(written([a_reference(title)], "bibtex"))
    assert key == "otr.seeds.corpus.words"
    assert set(entry.fields) == FIELDS
    assert without_marks(LatexNodes2Text().latex_to_text(entry.fields["title"])) == without_marks(plain(title))
    assert [str(it) for it in entry.persons["author"]] == ["Doe, Jane", "{Ministry of Trade and Industry}"]


@given(ANY_TEXT, ANY_TEXT)
def test_bibtex_never_gives_another_entry_or_field(title: str, name: str) -> None:
    reference = a_reference(title, authors=(Author(name),), container=name, note=title)
    _, entry = from_bibtex(written([reference], "bibtex"))
    assert set(entry.fields) <= FIELDS
    assert len(entry.persons.get("author", [])) <= 1
    assert entry.fields["doi"] == "10.1234/abc_(1)"


@given(ANY_TEXT, ANY_TEXT)
def test_ris_is_read_back_whatever_title_and_name_hold(title: str, name: str) -> None:
    text = written([a_reference(f"x {title}", authors=(Author(f"y {name}"),))], "ris")
    assert from_ris(text)[:7] == [
        *(("TY", "DATA"), ("ID", "otr.seeds.corpus.words")),
        *(("AU", plain(f"y {name}")), ("TI", plain(f"x {title}")), ("T2", "Speeches")),
        *(("PY", "2023"), ("DA", "2023/09/29/")),
    ]
    (entry,) = rispy.loads(text)
    assert (entry["title"], entry["authors"]) == (plain(f"x {title}"), [plain(f"y {name}")])


@given(ANY_TEXT)
def test_csl_json_holds_text_and_no_tag(title: str) -> None:
    (entry,) = json.loads(written([a_reference(title, kind="figure")], "csl-json"))
    assert entry.get("title", "").replace("\u2060", "") == plain(title).replace("\u2060", "")
    assert not re.search(r"</?(i|b|sub|sup|sc|span)\b", entry.get("title", ""), flags=re.IGNORECASE)
    assert entry["issued"] == {"date-parts": [[2023, 9, 29]]}
    assert entry["author"] == [{"family": "Doe", "given": "Jane"}, {"literal": "Ministry of Trade and Industry"}]


@given(ANY_TEXT)
def test_every_style_gives_lines_that_a_terminal_and_a_file_can_take(title: str) -> None:
    for style in STYLES:
        text = written([a_reference(title)], style)
        assert text.endswith("\n")
        assert text.encode()
        assert all(c.isprintable() or c in " \n\xa0\u200b\u200c\u200d\u2060\ufeff\xad" or c in plain(c) for c in text)
    for style in ("apa", "latex", "markdown", "sentence"):
        assert written([a_reference(title)], style).count("\n") == 1


# --- what each style looks like ---


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (
            "apa",
            (
                "Doe, J., & Ministry of Trade and Industry. (2023, September 29). The harbour stays open "
                "[Finding corpus.words, version 0123456789abcdef]. In Speeches. https://doi.org/10.1234/abc_(1)\n"
            ),
        ),
        (
            "markdown",
            (
                "Doe, J., \\& Ministry of Trade and Industry. (2023, September 29). The harbour stays open "
                "\\[Finding corpus.words, version 0123456789abcdef\\]. In *Speeches*. <https://doi.org/10.1234/abc_(1)>\n"
            ),
        ),
        (
            "latex",
            (
                "Doe, J., \\& Ministry of Trade and Industry. (2023, September 29). The harbour stays open "
                "[Finding corpus.words, version 0123456789abcdef]. In \\emph{Speeches}. "
                "\\texttt{https://doi.org/10.1234/abc\\_(1)}\n"
            ),
        ),
        (
            "sentence",
            (
                "The harbour stays open (Doe & Ministry of Trade and Industry, 2023, September 29; "
                "finding corpus.words, version 0123456789abcdef; https://doi.org/10.1234/abc_(1)).\n"
            ),
        ),
        (
            "ris",
            (
                "TY  - DATA\nID  - otr.seeds.corpus.words\nAU  - Doe, Jane\nAU  - Ministry of Trade and Industry\n"
                "TI  - The harbour stays open\nT2  - Speeches\nPY  - 2023\nDA  - 2023/09/29/\nDO  - 10.1234/abc_(1)\n"
                "N1  - Finding corpus.words, version 0123456789abcdef. In: Speeches\nER  - \n"
            ),
        ),
        (
            "bibtex",
            (
                "@misc{otr.seeds.corpus.words,\n"
                "  author = {Doe, Jane and {Ministry of Trade and Industry}},\n"
                "  title = {{The harbour stays open}},\n"
                "  howpublished = {Finding corpus.words, version 0123456789abcdef},\n"
                "  note = {In: Speeches},\n"
                "  year = {2023},\n"
                "  month = sep,\n"
                "  date = {2023-09-29},\n"
                "  doi = {10.1234/abc_(1)},\n"
                "}\n"
            ),
        ),
    ],
)
def test_a_reference_looks_like_this(style: str, expected: str) -> None:
    assert written([a_reference()], style) == expected


def test_what_is_not_known_is_left_out() -> None:
    bare = replace(a_reference(), authors=(), date=None, container="", doi="")
    assert written([bare], "apa") == (
        "The harbour stays open [Finding corpus.words, version 0123456789abcdef]. (n.d.).\n"
    )
    assert "issued" not in json.loads(written([bare], "csl-json"))[0]
    assert "PY  -" not in written([bare], "ris")
    assert "  year = {n.d.},\n" in written([bare], "bibtex")
    assert "  key = {The harbour stays open},\n" in written([bare], "bibtex")


# --- each style after its published examples, with invented names ---


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (  # a data set with a version and a DOI
            Reference(
                "k",
                "collection",
                "Letters of the harbour board",
                "Data set",
                (Author("O’Kell", "Ada Bea"),),
                "2017",
                version="V1",
                doi="10.1234/harbour",
            ),
            "O’Kell, A. B. (2017). Letters of the harbour board (Version V1) [Data set]. https://doi.org/10.1234/harbour",
        ),
        (  # an institution as the author
            Reference(
                "k",
                "collection",
                "Panel of dockers, wave 26",
                "Data set",
                (Author("Maddox Research Center"),),
                "2018",
                url="https://example.org/panel",
            ),
            "Maddox Research Center. (2018). Panel of dockers, wave 26 [Data set]. https://example.org/panel",
        ),
        (  # a part of a larger work
            Reference(
                "k",
                "finding",
                "One in two statements is direct",
                "Finding s.direct, version 0a",
                (Author("Okell", "A. B."), Author("Maddox", "Cy")),
                container="Findings on “Letters”",
                container_note="run 1b, computed with On the Record",
            ),
            (
                "Okell, A. B., & Maddox, C. (n.d.). One in two statements is direct [Finding s.direct, version 0a]. "
                "In Findings on “Letters” (run 1b, computed with On the Record)."
            ),
        ),
        (  # a newspaper article without an author, whose title is a question
            Reference(
                "k", "document", "Will the harbour last?", "News article", date="2010-10-13", container="Harbour Post"
            ),
            "Will the harbour last? [News article]. (2010, October 13). Harbour Post.",
        ),
        (  # two institutions
            Reference(
                "k",
                "run",
                "A joint study",
                "Run 0a",
                (Author("Harbour Commission"), Author("River Commission")),
                "2012",
            ),
            "Harbour Commission & River Commission. (2012). A joint study [Run 0a].",
        ),
    ],
    ids=["data set", "institution", "part", "no author", "two institutions"],
)
def test_apa_as_its_reference_examples_have_it(reference: Reference, expected: str) -> None:
    assert written([reference], "apa") == f"{expected}\n"


@pytest.mark.parametrize(
    ("author", "apa", "bibtex", "csl", "ris"),
    [
        (
            Author("Okell", "Ada Bea"),
            *("Okell, A. B.", "Okell, Ada Bea", {"family": "Okell", "given": "Ada Bea"}, "Okell, Ada Bea"),
        ),
        (
            Author("van der Berg", "Jean-Luc"),
            *("van der Berg, J.-L.", "van der Berg, Jean-Luc"),
            {"family": "Berg", "non-dropping-particle": "van der", "given": "Jean-Luc"},
            "van der Berg, Jean-Luc",
        ),
        (
            Author("Roe", "Martin L.", "Jr."),
            *("Roe, M. L., Jr.", "Roe, Jr., Martin L.", {"family": "Roe", "given": "Martin L.", "suffix": "Jr."}),
            "Roe, Martin L., Jr.",
        ),
        (
            Author("Harbour and River Board"),
            *("Harbour and River Board.", "{Harbour and River Board}", {"literal": "Harbour and River Board"}),
            "Harbour and River Board",
        ),
        (
            Author("Šípek", "Žofie"),
            "Šípek, Ž.",
            "Šípek, Žofie",
            {"family": "Šípek", "given": "Žofie"},
            "Šípek, Žofie",
        ),
        (
            Author("Токаев", "Касым Ж."),
            "Токаев, К. Ж.",
            "Токаев, Касым Ж.",
            {"family": "Токаев", "given": "Касым Ж."},
            "Токаев, Касым Ж.",
        ),
    ],
    ids=lambda it: str(it) if isinstance(it, Author) else "",
)
def test_a_name_has_the_form_of_each_style(
    author: Author, apa: str, bibtex: str, csl: dict[str, str], ris: str
) -> None:
    it = a_reference(authors=(author,))
    assert written([it], "apa").startswith(f"{apa} (2023, September 29). ")
    assert f"  author = {{{bibtex}}},\n" in written([it], "bibtex")
    assert json.loads(written([it], "csl-json"))[0]["author"] == [csl]
    assert f"AU  - {ris}\n" in written([it], "ris")


@pytest.mark.parametrize(
    ("count", "listed"),
    [
        (1, "Name1, A."),
        (2, "Name1, A., & Name2, A."),
        (3, "Name1, A., Name2, A., & Name3, A."),
        (20, ", Name18, A., Name19, A., & Name20, A."),
        (21, ", Name18, A., Name19, A., . . . Name21, A."),
    ],
)
def test_apa_lists_twenty_authors_and_of_more_the_first_nineteen_and_the_last(count: int, listed: str) -> None:
    it = a_reference(authors=tuple(Author(f"Name{number}", "Ada") for number in range(1, count + 1)))
    assert f"{listed} (2023" in written([it], "apa")
    sentence = {1: "(Name1, 2023", 2: "(Name1 & Name2, 2023"}.get(count, "(Name1 et al., 2023")
    assert sentence in written([it], "sentence")


def test_a_work_without_an_author_is_cited_in_a_text_by_its_short_title() -> None:
    it = a_reference(authors=(), short_title="Finding corpus.words", container_note="run 0a")
    assert json.loads(written([it], "csl-json"))[0]["title-short"] == "Finding corpus.words"
    assert "  key = {Finding corpus.words},\n" in written([it], "bibtex")
    assert written([it], "sentence").startswith("The harbour stays open (Speeches, 2023, September 29; finding corpus")


@pytest.mark.parametrize(
    ("date", "apa", "csl", "ris"),
    [
        ("2023", "(2023)", [[2023]], "PY  - 2023\n"),
        ("2023-09", "(2023, September)", [[2023, 9]], "PY  - 2023\nDA  - 2023/09//\n"),
        ("2023-09-05", "(2023, September 5)", [[2023, 9, 5]], "PY  - 2023\nDA  - 2023/09/05/\n"),
    ],
)
def test_a_date_is_given_as_far_as_it_is_known(date: str, apa: str, csl: list[list[int]], ris: str) -> None:
    reference = a_reference(date=date)
    assert apa in written([reference], "apa")
    assert json.loads(written([reference], "csl-json"))[0]["issued"] == {"date-parts": csl}
    assert ris in written([reference], "ris")
    assert ("date = {" in written([reference], "bibtex")) == (len(date) == 10)


# --- pandoc ---


@pytest.mark.pandoc
def test_pandoc_shows_hostile_titles_as_text() -> None:
    """As Markdown, and through citeproc from CSL-JSON and from BibTeX: text comes out, and nothing else."""
    references = [a_reference(title, key=f"otr.n{number}") for number, title in enumerate(HOSTILE)]
    markdown = "\n\n".join(f"- {line}" for line in written(references, "markdown").splitlines())
    html = converted(markdown, "markdown", "html")
    pages = [html]
    for style, form in (("csl-json", "csljson"), ("bibtex", "bibtex")):
        entries = written(references, style)
        pages.append(converted(entries, form, "html", "--citeproc"))
    for page in pages:
        tags = set(re.findall(r"<([a-z0-9]+)", page))
        assert tags <= {"ul", "li", "p", "em", "a", "div", "span", "i", "br"}, tags
        assert set(re.findall(r'href="([^"]*)"', page)) == {"https://doi.org/10.1234/abc_(1)"}
        text = re.sub(r"<[^>]*>", "", page)
        assert text.count("Finding corpus.words, version") == len(HOSTILE)


@pytest.mark.pandoc
def test_pandoc_reads_ris() -> None:
    forms = subprocess.run(["pandoc", "--list-input-formats"], capture_output=True, text=True, check=True).stdout
    if "ris" not in forms.split():
        pytest.skip("this pandoc does not read RIS; releases from 3.0 do")
    references = [a_reference(f"x {title}", key=f"otr.n{number}") for number, title in enumerate(HOSTILE)]
    entries = json.loads(converted(written(references, "ris"), "ris", "csljson"))
    assert [it["id"] for it in entries] == [it.key for it in references]
    for entry, reference in zip(entries, references, strict=True):
        assert re.sub('</?span( class="nocase")?>', "", entry["title"]) == re.sub("</span>", "", plain(reference.title))
        assert (entry["DOI"], entry["container-title"]) == ("10.1234/abc_(1)", "Speeches")


def converted(text: str, source: str, target: str, *options: str) -> str:
    """What pandoc makes of a text, without a warning."""
    done = subprocess.run(
        ["pandoc", "-f", source, "-t", target, "--wrap=none", *options],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == ""
    return done.stdout
