"""Turns come out of real files: Word, HTML and Markdown, with bold labels, labels on their own lines, and tables."""

from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest
from docx.document import Document as Word

from research.loading import Document, load
from research.nlp.statements.turns import turns
from tests.nlp.statements.talks import floor, said

HEADING = "Press conference by Mayor Ada Okell and port director Olga Brandt"
SAID = (
    ("MAYOR OKELL", "Good morning. The new harbour opens on Monday, and everybody is invited."),
    ("QUESTION", "Who pays for the crane?"),
    ("MAYOR OKELL", "The city pays half. The port pays the rest."),
    ("QUESTION", "And the dock?"),
    ("MS. BRANDT", "The dock belongs to the region, and the region will repair it."),
)
LETTERS = tuple(("Q" if who == "QUESTION" else "A", words) for who, words in SAID[:4])

Turns = Sequence[tuple[str, str]]


def spoken(document: Document) -> list[tuple[str, str]]:
    return [(turn.speaker or turn.role, said(document.text, turn)) for turn in turns(document)]


def loaded(path: Path) -> Document:
    [document] = load(path)
    return document


RIGHT = [
    (name, words)
    for name, (_, words) in zip(
        ("Ada Okell", "journalist", "Ada Okell", "journalist", "Olga Brandt"), SAID, strict=True
    )
]


# --- Word ---


def bold_and_colon(to: Word, who: str, words: str) -> None:
    paragraph = to.add_paragraph()
    paragraph.add_run(f"{who}: ").bold = True
    paragraph.add_run(words)


def bold_above(to: Word, who: str, words: str) -> None:
    to.add_paragraph().add_run(who.title()).bold = True
    to.add_paragraph(words)


def bold_and_break(to: Word, who: str, words: str) -> None:
    paragraph = to.add_paragraph()
    paragraph.add_run(who).bold = True
    paragraph.add_run().add_break()
    paragraph.add_run(words)


@pytest.mark.parametrize("write", [bold_and_colon, bold_above, bold_and_break])
def test_a_word_file_with_bold_labels(tmp_path: Path, write: Callable[[Word, str, str], None]) -> None:
    made = docx.Document()
    made.add_heading(HEADING, 1)
    for who, words in SAID:
        write(made, who, words)
    made.save(str(tmp_path / "a.docx"))
    assert spoken(loaded(tmp_path / "a.docx")) == RIGHT


@pytest.mark.parametrize(("rows", "who"), [(SAID, [it for it, _ in RIGHT]), (LETTERS, ["Ada Okell", "journalist"] * 2)])
def test_a_word_file_with_a_table_of_turns(tmp_path: Path, rows: Turns, who: list[str]) -> None:
    made = docx.Document()
    made.add_heading(HEADING if rows is SAID else "Interview with Mayor Ada Okell", 1)
    table = made.add_table(rows=0, cols=2)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    made.save(str(tmp_path / "a.docx"))
    assert spoken(loaded(tmp_path / "a.docx")) == list(zip(who, (words for _, words in rows), strict=True))


# --- HTML ---

HTML = {
    "bold": lambda who, words: f"<p><strong>{who}:</strong> {words}</p>",
    "colon behind": lambda who, words: f"<p><b>{who}</b>: {words}</p>",
    "no colon": lambda who, words: f"<p><b>{who}</b> {words}</p>",
    "heading above": lambda who, words: f"<h4>{who.title()}</h4><p>{words}</p>",
    "paragraph above": lambda who, words: f"<p><strong>{who.title()}</strong></p><p>{words}</p>",
    "break": lambda who, words: f"<p><strong>{who}</strong><br>{words}</p>",
    "spans": lambda who, words: f"<div><span>{who}</span><span>: </span><span>{words}</span></div>",
    "list": lambda who, words: f"<dl><dt>{who}</dt><dd>{words}</dd></dl>",
}


def page(body: str) -> str:
    return f"<!doctype html><html><head><title>{HEADING}</title></head><body><article>{body}</article></body></html>"


@pytest.mark.parametrize("form", HTML)
def test_a_page_with_labels(tmp_path: Path, form: str) -> None:
    (tmp_path / "a.html").write_text(page("".join(HTML[form](*it) for it in SAID)), encoding="utf-8")
    assert spoken(loaded(tmp_path / "a.html")) == RIGHT


def test_a_page_with_a_table_or_a_list_of_turns(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>{who}</td><td>{words}</td></tr>" for who, words in SAID)
    (tmp_path / "a.html").write_text(page(f"<table>{rows}</table>"), encoding="utf-8")
    assert spoken(loaded(tmp_path / "a.html")) == RIGHT
    terms = "".join(f"<dt>{who}</dt><dd>{words}</dd>" for who, words in LETTERS)
    (tmp_path / "b.html").write_text(page(f"<dl>{terms}</dl>"), encoding="utf-8")
    assert [who for who, _ in spoken(loaded(tmp_path / "b.html"))] == ["answer", "journalist"] * 2


# --- Markdown ---

MARKDOWN = {
    "bold": lambda who, words: f"**{who}:** {words}\n\n",
    "colon behind": lambda who, words: f"**{who}**: {words}\n\n",
    "bold above": lambda who, words: f"**{who.title()}**\n\n{words}\n\n",
    "bold line above": lambda who, words: f"**{who}**\n{words}\n\n",
    "heading above": lambda who, words: f"### {who.title()}\n\n{words}\n\n",
    "list": lambda who, words: f"{who}\n: {words}\n\n",
    "table": lambda who, words: f"| {who} | {words} |\n",
}


@pytest.mark.parametrize("form", MARKDOWN)
def test_a_markdown_file_with_labels(tmp_path: Path, form: str) -> None:
    head = "| Who | What |\n| --- | --- |\n" if form == "table" else ""
    text = f"# {HEADING}\n\n{head}{''.join(MARKDOWN[form](*it) for it in SAID)}"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert [(who, words.removeprefix(": ")) for who, words in spoken(loaded(tmp_path / "a.md"))] == RIGHT


def test_a_markdown_table_of_questions_and_answers(tmp_path: Path) -> None:
    rows = "".join(f"| {who} | {words} |\n" for who, words in LETTERS)
    (tmp_path / "a.md").write_text(
        f"# Interview with Mayor Ada Okell\n\n| | |\n| --- | --- |\n{rows}", encoding="utf-8"
    )
    assert spoken(loaded(tmp_path / "a.md")) == list(
        zip(["Ada Okell", "journalist"] * 2, (words for _, words in LETTERS), strict=True)
    )


# --- tables of something else, and labels without a sign ---


@pytest.mark.parametrize(
    "row",
    [
        "Ada Okell\tLabour\n",
        "Ada Okell\t41%\n",
        "| Ada Okell | Labour | 41 |\n",
        "MAYOR OKELL\t3,100\tin favour.\n",
        "Harbour\tThe dock is old. It leaks.\n",
    ],
)
def test_other_tables_are_no_transcripts(row: str) -> None:
    assert floor(f"The council met. It elected a mayor.\n\n{row}{row}Jon Brandt\tGreen\n{row}") == []


@pytest.mark.parametrize(
    "text",
    [
        "MAYOR OKELL Opens Dock\n\nMAYOR OKELL Closes Dock\n\nMAYOR OKELL Sells Dock\n\nMAYOR OKELL Buys Dock\n",
        "WASHINGTON The dock is old.\n\nVARN It leaks.\n\nWASHINGTON It is sold.\n\nVARN It is bought.\n",
        "THE DOCK It is old.\n\nTHE CRANE It is new.\n\nTHE DOCK It leaks.\n\nTHE CRANE It works.\n",
    ],
)
def test_other_words_in_capitals_before_words_are_no_labels(text: str) -> None:
    assert floor(text) == []


OWN_LINES = (
    "Interview with Mayor Ada Okell\n\nCaller\nGood morning, when does the harbour open?\n\nMayor Okell\nIt opens on "
    "Monday at nine.\n\nCaller\nThank you very much for that.\n\nMayor Okell\nYou are very welcome, sir.\n\n"
)


@pytest.mark.parametrize("words", ["Right. And the dock?", "“Why?” my wife asks.", "I live there."])
def test_who_calls_may_have_a_label_without_a_sign_where_others_fill_their_lines(words: str) -> None:
    found = floor(f"{OWN_LINES}Caller {words}\n\nMayor Okell\nWe will see about that one.\n")
    assert found[-2:] == [("caller", words), ("Ada Okell", "We will see about that one.")]
    assert len(found) == 6


@pytest.mark.parametrize("words", ["Caller after caller has asked that.", "Callers Are Welcome.", "Recall May."])
def test_other_words_at_the_beginning_of_a_line_are_no_label(words: str) -> None:
    assert len(floor(f"{OWN_LINES}Caller\nAnd the old dock, sir?\n\nMayor Okell\nIt is old.\n{words}\n")) == 6


def test_a_label_on_a_line_of_its_own_that_does_not_return_ends_the_turn_before_it() -> None:
    found = floor(f"{OWN_LINES}Ms. Brandt\nThe port will pay for all of it.\n")
    assert found[-1] == ("Brandt", "The port will pay for all of it.")
    assert found[-2] == ("Ada Okell", "You are very welcome, sir.")


PROMISES = (
    ("Labour", "We will build forty cranes in four years."),
    ("Conservatives", "We will repair the bridges before the winter."),
    ("Labour", "We will open two schools."),
    ("Conservatives", "We will close no school."),
)


@pytest.mark.parametrize(
    ("title", "speakers"),
    [("What the parties promise", []), ("Transcript of the radio debate", ["Labour", "Conservatives"] * 2)],
)
def test_a_table_of_promises_is_no_talk_unless_the_document_is_one(
    tmp_path: Path, title: str, speakers: list[str]
) -> None:
    rows = "".join(f"| {who} | {words} |\n" for who, words in PROMISES)
    (tmp_path / "a.md").write_text(f"# {title}\n\nThe parties told voters what they want.\n\n{rows}", encoding="utf-8")
    assert [turn.speaker for turn in turns(loaded(tmp_path))] == speakers
