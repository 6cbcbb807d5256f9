"""Small files after public bug reports, with invented words, and what is right of each."""

from pathlib import Path

import pytest

from research.loading import Document, load

CASES = Path(__file__).parent / "cases"
POST = "The Harbour Post"


def read(name: str) -> list[Document]:
    corpus = load(CASES / name)
    assert (corpus.notes, corpus.rejected) == ([], [])
    return list(corpus)


@pytest.mark.parametrize(
    ("name", "heads"),
    [
        *(
            (name, [(date, title, POST) for date, title in zip(dates, titles, strict=True)])
            for dates in [("2031-05-12", "2031-05-13", "2031-06-02")]
            for titles in [("Harbour vote nears", "Bridge repair", "Ferry strike")]
            for name in ("lexis-selected.txt", "lexis.html")
        ),
        ("lexis-single.txt", [("2030-12-30", "INDIA SETS NO DATE, SAYS SHARMA", POST)]),
        (
            "nexis-uni-heads.docx",
            [
                ("2031-05-12", "Harbour vote nears", "The Harbour Post (Maravel)"),
                ("2031-05-12", "Second vote nears", "The Harbour Post (Maravel) - Final Edition"),
                (None, "Third vote nears - Correction Appended", "The Harbour Post (Maravel)"),
                ("2031-05-12", "Fourth vote nears; Green", "The New Post Blogs"),
                ("2031-05-12", "Fifth vote nears", "The Harbour Post (Maravel), Late Edition"),
                ("2031-05-12", "Sixth vote nears", "Harbour Post: National Edition"),
            ],
        ),
        ("factiva-codes.html", [("2031-06-06", "Harbour vote nears", "Ossel Wire")]),
        ("time-published.html", [("2031-05-12", "Harbour vote nears - The Post", None)]),
        ("json-ld-graph.html", [("2031-05-12", "Harbour vote nears - The Post", None)]),
    ],
)
def test_date_title_and_outlet(name: str, heads: list[tuple[str | None, str, str | None]]) -> None:
    documents = read(name)
    assert [(it.date, it.title, it.source) for it in documents] == heads
    for document in documents:
        body = document.text[slice(*document.body)]
        assert body.rstrip('.”"').endswith(("Brandt said", "told reporters", "the end of May"))
        assert not any(word in body for word in ("LENGTH", "Length", "TD", "LOAD-DATE", "Copyright"))


def test_preformatted_lines_and_paragraphs_are_kept() -> None:
    [document] = read("pre-with-link.html")
    assert "[example.org]\n\nHARBOUR ACT\n\nMr. GARTON." in document.text
    assert "last year.\nThe mayor vowed" in document.text
    assert document.text.count("\n\n") == 3


def test_divided_words_are_whole() -> None:
    [document] = read("divided-words.pdf")
    words = "until government cooperate Parliament opposition spokeswoman although Brussels because"
    assert not set(words.split()) - set(document.text.replace(",", "").split())
    assert "anti-\ncorruption" in document.text


def test_a_text_in_mac_roman_is_read_as_such() -> None:
    [document] = read("mac-roman.txt")
    assert document.text.startswith("“It’s not the mayor’s café,” said Ms. Brontë — “it’s ours.” The bill costs £3m.")
    assert document.origin.encoding == "mac_roman"
