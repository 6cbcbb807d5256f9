"""A download of a press archive is its articles; a text that only speaks of documents stays one."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.analysis.corpus.tables import left_out
from research.loading import Document, load
from research.loading.downloads import FACTIVA, NAME, PROQUEST, articles
from research.loading.readers import READERS, what_it_was
from tests.loading.formats import word_bytes


def old(number: int, of: int, end: str = "\n") -> str:
    lines = [
        *("", "", f"                 {number} of {of} DOCUMENTS", "", "", "          The Ossel Courier", ""),
        *(f"          May {10 + number}, 2031 Tuesday", "       Late Edition - Final", "", f"Vote {number} nears", ""),
        *("BYLINE: By Jan Kolb", "", "LENGTH: 210 words", "", "BODY:", "", f"   One said {number}.", "", "   Two.", ""),
        *("LOAD-DATE: May 17, 2031", "", "LANGUAGE: ENGLISH", "", "    Copyright 2031 The Ossel Courier"),
    ]
    return end.join([*lines, ""])


def new(number: int, of: int, end: str = "\n") -> str:
    lines = [
        *(f"Document {number} of {of}", "", "Page 1 of 2", f"Vote {number} nears", "The Ossel Courier"),
        *(f"May {10 + number}, 2031 Tuesday 10:00 PM GMT", "", "Copyright 2031 The Ossel Courier", "Length: 210 words"),
        *("Byline: By Jan Kolb", "Body", "", f"   One said {number}.", "", "   Two.", "", "Load-Date: May 17, 2031"),
        *("End of Document",),
    ]
    return end.join([*lines, ""])


def read(folder: Path, text: str) -> list[Document]:
    (folder / "download.txt").write_bytes(text.encode())
    return list(load(folder))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("article", [old, new])
def test_each_article_is_a_document_with_its_title_date_and_source(
    tmp_path: Path, article: Callable[[int, int, str], str], end: str
) -> None:
    documents = read(tmp_path, "".join(article(number, 3, end) for number in (1, 2, 3)))
    assert [it.id for it in documents] == ["download#1", "download#2", "download#3"]
    assert [it.title for it in documents] == ["Vote 1 nears", "Vote 2 nears", "Vote 3 nears"]
    assert [it.date for it in documents] == ["2031-05-11", "2031-05-12", "2031-05-13"]
    assert {it.source for it in documents} == {"The Ossel Courier"}
    for number, it in enumerate(documents, start=1):
        assert it.text[slice(*it.body)] == f"One said {number}.{end}{end}   Two."
        assert it.text[slice(*(it.date_span or ()))] == f"May {10 + number}, 2031"
        assert (it.origin.reader, it.origin.row, it.origin.path) == (f"{NAME} (plain text)", number, "download.txt")
        assert "Load-Date" in it.text.title()


def test_proquest_names_what_each_part_is(tmp_path: Path) -> None:
    article = (
        "____________________\n\nDocument {0} of 2\n\nVote {0} nears\n\nAuthor: Kolb, Jan\n\n"
        "Publication info: The Post ; Ossel\n\nAbstract: Short.\n\n"
        "Full text: One said {0}.\nKolb: Two.\n\nSubject: Ports;\n\nTitle: Vote {0} nears\n\n"
        "Publication title: The Post\n\nPublication date: May 1{0}, 2031\n\nDatabase: News\n\n"
    )
    documents = read(tmp_path, article.format(1) + article.format(2))
    assert [(it.title, it.source, it.date) for it in documents] == [
        ("Vote 1 nears", "The Post", "2031-05-11"),
        ("Vote 2 nears", "The Post", "2031-05-12"),
    ]
    assert [it.text[slice(*it.body)] for it in documents] == [f"One said {n}.\nKolb: Two." for n in (1, 2)]
    assert [it.text[slice(*(it.date_span or ()))] for it in documents] == ["May 11, 2031", "May 12, 2031"]
    assert {it.origin.reader for it in documents} == {f"{PROQUEST} (plain text)"}


def test_what_stands_above_the_first_number_is_kept_in_its_header(tmp_path: Path) -> None:
    above = "Search: the harbour\n\n1. Vote 1 nears\n2. Vote 2 nears\nMay 1, 2031\n"
    text = above + old(1, 2) + old(2, 2)
    first, second = read(tmp_path, text)
    assert first.text.startswith(above)
    assert first.text in text
    assert first.text[slice(*first.body)] == "One said 1.\n\n   Two."
    assert (first.title, first.source, first.date) == ("Vote 1 nears", "The Ossel Courier", "2031-05-11")
    assert first.text[slice(*(first.date_span or ()))] == "May 11, 2031"
    assert second.text == read(tmp_path, old(1, 2) + old(2, 2))[1].text


def test_a_paragraph_that_begins_like_a_field_does_not_end_the_text(tmp_path: Path) -> None:
    for word in ("Language", "Graphic", "Classification"):
        body = f"One.\n\n{word} is power, she said.\n\nFull text: none."
        documents = read(tmp_path, "".join(new(n, 2).replace(f"One said {n}.\n\n   Two.", body) for n in (1, 2)))
        assert [it.text[slice(*it.body)] for it in documents] == [body, body]
        assert [it.title for it in documents] == ["Vote 1 nears", "Vote 2 nears"]
    for word in ("People", "Location", "Subject", "Title", "Copyright"):
        body = f"One.\n\n{word} is power, she said."
        article = f"Vote\n\nFull text: {body}\n\nSubject: Ports\n\nPublication title: The Post\n\n"
        documents = read(tmp_path, f"Document 1 of 2\n\n{article}Document 2 of 2\n\n{article}")
        assert [it.text[slice(*it.body)] for it in documents] == [body, body]


def test_a_new_page_may_begin_where_an_article_does(tmp_path: Path) -> None:
    documents = read(tmp_path, "".join("\f" + new(n, 2).replace("\nBody", "\n\fBody") for n in (1, 2)))
    assert [it.text[slice(*it.body)] for it in documents] == [f"One said {n}.\n\n   Two." for n in (1, 2)]
    assert "Document" not in documents[0].text.split()[0]


def test_a_word_file_of_many_articles_is_these(tmp_path: Path) -> None:
    cover = "User Name: Kolb\nDate and Time: Wednesday, June 4, 2031\nDocuments (2)\n1. Vote 1 nears\n2. Vote 2 nears\n"
    text = cover + "".join(new(number, 2).partition("\n")[2] for number in (1, 2))
    (tmp_path / "a.docx").write_bytes(word_bytes(text.replace("\n\n", "\n").replace("\n", "\n\n")))
    documents = list(load(tmp_path))
    assert [(it.id, it.title, it.source, it.date) for it in documents] == [
        ("a#1", "Vote 1 nears", "The Ossel Courier", "2031-05-11"),
        ("a#2", "Vote 2 nears", "The Ossel Courier", "2031-05-12"),
    ]
    # The release of the library that took the text out is known: with another one the text may be another.
    assert {(it.origin.reader, it.origin.version) for it in documents} == {
        (f"{NAME} (python-docx)", READERS[".docx"].release)
    }
    assert [it.text[slice(*it.body)].split() for it in documents] == [["One", "said", f"{n}.", "Two."] for n in (1, 2)]


def test_not_a_word_between_the_numbers_is_lost() -> None:
    text = "".join(old(number, 12) for number in range(5, 13))
    found = list(articles(text, "utf-8"))
    assert len(found) == 8
    assert text.split() == [
        word for number, it in enumerate(found, 5) for word in (str(number), "of", "12", "DOCUMENTS", *it.text.split())
    ]


@pytest.mark.parametrize(
    "text",
    [
        "End of Document\nText\nEnd of Document\n",
        "Document 1 of 3\n\nOnly this.\n",
        "3 of 12 DOCUMENTS\n\nwere found in the archive, she said.\n\n7 of 12 DOCUMENTS\n\nwere lost.\n",
        f"{'A long report. ' * 500}\n{old(3, 12)}",  # which cites an article in its appendix
        "We read document 1 of 2 and Document 2 of 2 in a row.\n" * 2,
        "Document 1 of 2 was lost.\nDocument 2 of 2 was found.\n",
    ],
)
def test_a_text_that_only_speaks_of_documents_is_one(tmp_path: Path, text: str) -> None:
    assert [it.id for it in read(tmp_path, text)] == ["download"]
    assert read(tmp_path, text)[0].body.start == 0
    assert not list(articles(text, "utf-8"))


def test_an_article_without_a_head_is_its_text(tmp_path: Path) -> None:
    documents = read(tmp_path, "Document 1 of 2\n\nOnly this.\n\nDocument 2 of 2\n\nAnd that.\n")
    assert [(it.text[slice(*it.body)], it.date, it.title) for it in documents] == [
        ("Only this.", None, None),
        ("And that.", None, None),
    ]


def test_an_article_that_is_all_head_is_rejected(tmp_path: Path) -> None:
    head = "Ferry nears\nThe Ossel Courier\nMay 12, 2031 Tuesday\nLength: 0 words\nBody\n"
    documents = read(tmp_path, f"Document 1 of 2\n\n{head}\n\nEnd of Document\nDocument 2 of 2\n\n{head}\nOne.\n")
    assert [it.id for it in documents] == ["download#2"]
    [rejected] = load(tmp_path).rejected
    assert (rejected.file, rejected.reason) == ("download.txt#1", "the article holds only a header")


def test_an_article_without_a_text_is_rejected_and_the_others_go_on(tmp_path: Path) -> None:
    documents = read(tmp_path, "Document 1 of 2\n\n\nDocument 2 of 2\n\nAnd that.\n")
    assert [it.id for it in documents] == ["download#2"]
    [rejected] = load(tmp_path).rejected
    assert (rejected.file, what_it_was(rejected)) == ("download.txt#1", "article")
    assert rejected.reason == "the article holds no text"
    assert left_out([rejected]) == ["1 article of a download was rejected"]


@given(
    st.lists(
        st.sampled_from(["Body\n", "Length: 3 words\n", "May 12, 2031\n", "Text\n", "\n", "End of Document", "  "])
    )
)
def test_the_body_lies_within_the_text(lines: list[str]) -> None:
    text = "".join([*lines, "\nDocument 1 of 2\n", *lines, "\nDocument 2 of 2\nText\n"])
    for it in articles(text, "utf-8"):
        assert it.text in text
        assert it.body_end is not None
        assert 0 <= it.body_start <= it.body_end <= len(it.text)
        assert it.date_span is None or it.text[slice(*it.date_span)] == it.date


# --- each mark separates on its own evidence ---


@pytest.mark.parametrize(
    ("text", "votes"),
    [
        (old(3, 120) + old(7, 120) + old(12, 120), (3, 7, 12)),  # selected ones
        (old(1, 3) + old(2, 4) + old(3, 3), (1, 2, 3)),  # two totals
        (old(1, 2) + old(2, 2) + old(1, 3) + old(2, 3) + old(3, 3), (1, 2, 1, 2, 3)),  # two downloads joined
        (new(1, 2) + new(2, 2) + old(1, 1), (1, 2, 1)),  # of two kinds
        (new(9, 10) + new(4, 10), (9, 4)),  # in another order
        (old(8, 1203).replace("1203", "1,203") + old(9, 1203).replace("1203", "1,203"), (8, 9)),
        ("Terms: harbour\nSource: The Post\n" + old(3, 12) + old(5, 12), (3, 5)),
    ],
)
def test_numbers_may_have_gaps_and_begin_anew(tmp_path: Path, text: str, votes: tuple[int, ...]) -> None:
    documents = read(tmp_path, text)
    assert [it.title for it in documents] == [f"Vote {n} nears" for n in votes]
    assert [it.date for it in documents] == [f"2031-05-{10 + n}" for n in votes]
    assert [it.text[slice(*it.body)].split() for it in documents] == [["One", "said", f"{n}.", "Two."] for n in votes]
    assert load(tmp_path).notes == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "text",
    [
        old(1, 1).replace("DOCUMENTS", "DOCUMENT"),
        old(1, 1),
        new(1, 3),
        new(1, 3).partition("\n")[2],
        "User Name: Kolb\nDocuments (1)\n1. Vote 1 nears\n" + new(1, 1).partition("\n")[2],
        "Terms: harbour\n\n" + old(1, 120),
    ],
)
def test_a_download_of_one_article_is_the_document_of_its_file(tmp_path: Path, text: str, end: str) -> None:
    [it] = read(tmp_path, text.replace("\n", end))
    assert (it.id, it.title, it.source, it.date) == ("download", "Vote 1 nears", "The Ossel Courier", "2031-05-11")
    assert it.text[slice(*it.body)].split() == ["One", "said", "1.", "Two."]
    assert it.origin.reader == f"{NAME} (plain text)"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Document 4 of 9\n\nOnly this.\n", "Document 4 of 9"),
        (f"{'A long report. ' * 500}\n{old(3, 12)}", "3 of 12 DOCUMENTS"),
        ("Vote nears\nText\nEnd of Document\nBridge repair\nText\n", "End of Document"),
        ("One\n\nDocument OSWI00020310606e26600001\n\nTwo\n", "Document OSWI00020310606e26600001"),
        (old(1, 2) + old(2, 2) + "Document 4 of 9\n\nOnly this.\n", None),  # below the body of the second
        (new(1, 3).replace("   Two.", "Document 7 of 9\n\nThree."), "Document 7 of 9"),
    ],
)
def test_a_mark_that_does_not_divide_is_told(tmp_path: Path, text: str, mark: str | None) -> None:
    documents = read(tmp_path, text)
    [note] = load(tmp_path).notes
    assert documents[-1].metadata["not divided at"] == mark or mark is None
    assert "not divided there" in note
    assert note.startswith(f"1 of {len(documents)} documents:")


def test_a_note_is_only_for_a_mark_that_fills_its_line(tmp_path: Path) -> None:
    read(tmp_path, "We read Document 4 of 9 today.\nThe end of Document\nEnd of Document\n")
    assert load(tmp_path).notes == []


def test_a_page_of_articles_is_these(tmp_path: Path) -> None:
    for name, blocks in {"div": "<div><p><span>{}</span></p></div>", "pre": "{}"}.items():
        lines = [line.strip() for n in (3, 7) for line in old(n, 9).split("\n")]
        page = "\n".join(blocks.format(line) for line in lines)
        page = f"<pre>{page}</pre>" if name == "pre" else page
        (tmp_path / f"{name}.html").write_text(f"<html><head><title>Nexis</title></head><body>{page}</body></html>")
    documents = list(load(tmp_path))
    assert [it.title for it in documents] == ["Vote 3 nears", "Vote 7 nears"] * 2
    assert [it.date for it in documents] == ["2031-05-13", "2031-05-17"] * 2
    assert {it.source for it in documents} == {"The Ossel Courier"}
    assert {it.origin.reader for it in documents} == {f"{NAME} (trafilatura)"}
    assert documents[0].text[slice(*documents[0].body)] == "One said 3.\n\nTwo."


def factiva(number: int, *, codes: bool = False) -> str:
    said = {
        "HD": f"Vote {number} nears",
        "BY": "By Jan Kolb",
        "WC": "325 words",
        "PD": f"{number} June 2031",
        "ET": "10:15",
        "SN": "Ossel Wire",
        "SC": "OSWI",
        "LA": "English",
        "CY": "(c) 2031 Ossel Wire.",
    }
    head = "\n".join(f"{code}  {value}" if codes else value for code, value in said.items())
    return f"{head}\n\nOne said {number}.\n\nTwo.\n\nDocument OSWI000020310606e2660000{number}\n\n"


@pytest.mark.parametrize("codes", [False, True])
@pytest.mark.parametrize("numbers", [(1,), (1, 2), (4, 2, 9)])
def test_an_article_of_factiva_ends_with_its_code(tmp_path: Path, numbers: tuple[int, ...], *, codes: bool) -> None:
    text = "".join(factiva(number, codes=codes) for number in numbers) + "Search Summary\nText harbour\n"
    documents = read(tmp_path, text)
    assert [(it.title, it.source, it.date) for it in documents] == [
        (f"Vote {n} nears", "Ossel Wire", f"2031-06-0{n}") for n in numbers
    ]
    assert [it.text[slice(*it.body)] for it in documents] == [f"One said {n}.\n\nTwo." for n in numbers]
    assert {it.origin.reader for it in documents} == {f"{FACTIVA} (plain text)"}
    assert load(tmp_path).notes == []


@pytest.mark.parametrize(
    "marks", ["End of Document\n", "Document 3 of 9\n", "9 of 3 DOCUMENTS\n", "Length: 3 words\n\n"]
)
def test_a_file_of_marks_is_read_in_linear_time(marks: str) -> None:
    began = time.process_time()
    assert len(list(articles(marks * 20_000 + "\n" * 100_000, ""))) <= 1
    assert time.process_time() - began < 20
