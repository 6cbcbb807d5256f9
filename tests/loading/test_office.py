"""Word and PDF: every paragraph in its order, and a plain sentence for what has none."""

import io
import re
import zipfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
from docx import Document as WordDocument
from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from research.loading import Corpus, load
from research.loading.office import with_words_joined
from tests.loading.formats import pdf_bytes, word_bytes


def loaded(folder: Path, name: str, data: bytes) -> Corpus:
    (folder / name).write_bytes(data)
    (folder / "note.txt").write_text("A note.")
    return load(folder)


def saved(document: WordFile) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def test_paragraphs_tables_and_headings_come_in_their_order(tmp_path: Path) -> None:
    document = WordDocument()
    document.core_properties.title = "Statement"
    document.core_properties.author = "Ministry"
    document.add_heading("Statement on the harbour")
    document.add_paragraph("The harbour ").add_run("reopened").bold = True
    document.add_paragraph("")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((it for row in table.rows for it in row.cells), "abcd", strict=True):
        cell.text = text
    document.add_paragraph("One\ttwo\nthree")
    found = loaded(tmp_path, "statement_2021-03-04.docx", saved(document))["statement_2021-03-04"]
    assert found.text.split("\n\n") == [
        *("Statement on the harbour", "The harbour reopened", "a", "b", "c", "d", "One\ttwo\nthree"),
    ]
    assert (found.title, found.metadata["author"]) == ("Statement", "Ministry")
    assert (found.date, found.date_origin) == ("2021-03-04", "file name")
    assert (found.origin.reader, found.origin.encoding) == ("python-docx", "")


@pytest.mark.parametrize(
    ("said", "title"),
    [
        *((default, None) for default in ("Word Document", "Document1", "untitled", "Untitled-3", "(anonymous)", "-")),
        *((name, None) for name in ("Microsoft Word - Speech of the mayor.doc", "speech_final.DOCX", "Slide 1")),
        *((title, title) for title in ("Untitled territory", "The document", "1984", "A word on prices")),
    ],
)
def test_what_a_program_writes_for_want_of_a_title_is_none(tmp_path: Path, said: str, title: str | None) -> None:
    document = WordDocument()
    document.core_properties.title = said
    document.add_paragraph("The harbour reopened.")
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_bytes("The harbour reopened."))))
    writer.add_metadata({"/Title": said})
    writer.write(tmp_path / "b.pdf")
    corpus = loaded(tmp_path, "a.docx", saved(document))
    assert [corpus[name].title for name in "ab"] == [title, title]


def test_what_was_inserted_is_text_and_what_was_deleted_is_not(tmp_path: Path) -> None:
    document = WordDocument()
    runs = (
        "<w:r><w:t>Kept </w:t></w:r><w:ins><w:r><w:t>inserted </w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>deleted </w:delText></w:r></w:del>"
        "<w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink>"
        "<w:sdt><w:sdtContent><w:r><w:t>, filled in</w:t></w:r></w:sdtContent></w:sdt>"
    )
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>"))
    assert loaded(tmp_path, "a.docx", saved(document))["a"].text == "Kept inserted linked, filled in"


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    """Word writes it a second time, for older programs."""
    box = "<w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>"
    choice = f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
    spaces = f'{nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    runs = f"<w:r><w:t>Before</w:t></w:r><w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r>"
    document = WordDocument()
    document.element.body.insert(0, parse_xml(f"<w:p {spaces}>{runs}<w:r><w:t>after</w:t></w:r></w:p>"))
    assert loaded(tmp_path, "a.docx", saved(document))["a"].text == "Before\n\nIn a box\n\nafter"


def test_the_pages_of_a_pdf_come_in_their_order(tmp_path: Path) -> None:
    found = loaded(tmp_path, "a.pdf", pdf_bytes("The harbour (the old one) reopened.", "It is open."))["a"]
    assert found.text == "The harbour (the old one) reopened.\nIt is open."
    assert found.origin.reader == "pypdf"


def test_a_word_divided_at_the_end_of_a_line_is_joined_where_it_is_known_whole(
    tmp_path: Path,
) -> None:
    pages = ("The govern-", "ment has a long-", "term plan for the quay of Bre-", "mouth. Be-", "cause of it.")
    found = loaded(tmp_path, "a.pdf", pdf_bytes(*pages))["a"]
    assert found.text == "The government\nhas a long-\nterm plan for the quay of Bre-\nmouth. Because\nof it."
    assert (found.origin.reader, found.origin.version) == ("pypdf (divided words joined)", version("pypdf"))
    whole = loaded(tmp_path, "b.pdf", pdf_bytes("The government has a long-", "term plan."))["b"]
    assert (whole.text, whole.origin.reader) == ("The government has a long-\nterm plan.", "pypdf")


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("In Bremouth, in Bre-\nmouth.", "In Bremouth, in Bremouth."),  # undivided in another place
        ("They in-\nform us, and inform all.", "They inform\nus, and inform all."),
        ("A re-\nform of the re-form.", "A re-\nform of the re-form."),  # with its hyphen within a line
        ("Reform! A re-\nform of the re-form.", "Reform! A re-\nform of the re-form."),
        ("An anti-\nwar poem, not-\nwar.", "An anti-\nwar poem, not-\nwar."),  # which has its hyphen
        ("un-\ntil co-\noperate op-\nposition spokes-\nwoman", "until\ncooperate\nopposition\nspokeswoman"),
        ("Al-\nthough Brus-\nsels, be-\ncause", "Although\nBrussels,\nbecause"),
        ("news-\npaper re-\nport pro-\ntest with-\nout", "newspaper\nreport\nprotest\nwithout"),
        ("so-\ncalled right-\nwing full-\ntime cross-\nborder", "so-\ncalled right-\nwing full-\ntime cross-\nborder"),
        ("anti-\ncorruption non-\ngovernmental well-\nknown", "anti-\ncorruption non-\ngovernmental well-\nknown"),
        ("so-\ncial anti-\ncipate non-\netheless", "social\nanticipate\nnonetheless"),
        ("Gov-\nernment, then.", "Government,\nthen."),
        ("the MIN-\nISTER of Al-\nNoor", "the MIN-\nISTER of Al-\nNoor"),  # no small letters
        ("state-of-the-\nart minis-\ntry-led", "state-of-the-\nart minis-\ntry-led"),
        ("a minis\xad\nter spoke", "a minister\nspoke"),
        ("minis-\n\nter", "minis-\n\nter"),  # a blank line between
    ],
)
def test_a_hyphen_that_may_belong_to_its_word_stays(text: str, joined: str) -> None:
    assert with_words_joined(text) == (joined, text.count("-\n") - joined.count("-\n") + text.count("\xad\n"))


@given(st.text(alphabet="abe -\n’.\xad", max_size=60))
def test_joining_words_takes_away_no_letter(text: str) -> None:
    joined, _ = with_words_joined(text)
    assert re.sub(r"[^a-z’.]", "", joined) == re.sub(r"[^a-z’.]", "", text)


def encrypted(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_bytes("Secret."))))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")  # noqa: S106
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def test_a_pdf_that_anyone_may_read_is_read(tmp_path: Path) -> None:
    assert loaded(tmp_path, "a.pdf", encrypted(""))["a"].text == "Secret."


def with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A Word file with one of its parts changed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_bytes("Text."))) as before, zipfile.ZipFile(written, "w") as after:
        for entry in before.infolist():
            data = before.read(entry)
            after.writestr(entry, change(data) if entry.filename == name else data)
    return written.getvalue()


def laughing(data: bytes) -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return re.sub(
        rb"(<\?xml[^>]*>)", rb"\1<!DOCTYPE x [<!ENTITY l0 'ha'>" + entities.encode() + b"]>", data, count=1
    ).replace(b"Text.", b"Text.&l9;")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", b"", "it is not an office document"),
        ("a.docx", b"Text.", "it is not an office document"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 80, "encrypted, or of the kind that Office wrote before 2007"),
        ("a.docx", word_bytes("Text.")[:500], "it is not an office document"),
        ("a.docx", with_part("word/document.xml", lambda _: b"<w:document>"), "cannot be read as a Word document"),
        ("a.docx", word_bytes(""), "the document holds no text"),
        ("a.pdf", b"", "the file is empty"),
        ("a.pdf", b"Text.", "cannot be read as PDF"),
        ("a.pdf", pdf_bytes("Text.")[:60], "cannot be read as PDF"),
        ("a.pdf", pdf_bytes(""), "the file holds no text, perhaps only pictures of text"),
        ("a.pdf", encrypted("secret"), "the file is encrypted"),
    ],
)
def test_what_holds_no_text_says_why(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    corpus = loaded(tmp_path, name, data)
    assert corpus.ids == ["note"]
    [(_, found, remedy)] = corpus.rejected
    assert reason in found
    assert remedy.endswith(".")


def test_entities_in_a_word_file_do_not_explode(tmp_path: Path) -> None:
    corpus = loaded(tmp_path, "a.docx", with_part("word/document.xml", laughing))
    assert "a" not in corpus or len(corpus["a"].text) < 100


def test_a_word_file_that_unpacks_to_far_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("research.loading.archives.LARGEST_OFFICE", 1000)
    assert "unpacks to" in loaded(tmp_path, "a.docx", word_bytes("Text.")).rejected[0].reason


def test_reading_says_nothing_on_the_screen(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    loaded(tmp_path, "a.pdf", pdf_bytes("Text.").replace(b"startxref", b"startxxxx"))
    assert capfd.readouterr() == ("", "")


def test_what_was_moved_stands_where_it_is_now(tmp_path: Path) -> None:
    document = WordDocument()
    paragraph = document.add_paragraph("The harbour ")
    for change in ("moveFrom", "moveTo"):
        run = f"<w:{change} {nsdecls('w')} w:id='1' w:author='a'><w:r><w:t>reopened.</w:t></w:r></w:{change}>"
        paragraph._p.append(parse_xml(run))
    assert loaded(tmp_path, "a.docx", saved(document))["a"].text == "The harbour reopened."


def test_the_paragraph_in_the_style_of_a_title_is_one(tmp_path: Path) -> None:
    document = WordDocument()
    document.core_properties.title = "Microsoft Word - letter.doc"
    document.add_paragraph("Ministry of Ports")
    document.add_heading("Statement on the harbour", 0)
    document.add_paragraph("Text.")
    assert loaded(tmp_path, "a.docx", saved(document))["a"].title == "Statement on the harbour"


def test_the_cost_of_a_title_does_not_grow_with_paragraphs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[Paragraph] = []
    monkeypatch.setattr(Paragraph, "style", property(looked_up.append))
    body = "<w:p/>" * 500 + '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Vote nears</w:t></w:r></w:p>'
    data = with_part("word/document.xml", lambda part: part.replace(b"<w:body>", b"<w:body>" + body.encode()))
    assert loaded(tmp_path, "a.docx", data)["a"].title == "Vote nears"
    assert looked_up == []


def test_an_office_file_that_unpacks_to_many_times_its_size_is_refused(tmp_path: Path) -> None:
    data = with_part("word/document.xml", lambda part: part.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 2_000_000))
    assert len(data) < 60_000
    assert "200 times its size" in loaded(tmp_path, "a.docx", data).rejected[0].reason


def test_pages_that_share_their_content_cost_no_more_than_the_file_may(tmp_path: Path) -> None:
    page = b"%" + b"x" * 100_000 + b"\nBT /F1 12 Tf 20 700 Td (Text.) Tj ET"
    shared = pdf_bytes("Text.").replace(b"/Kids [4 0 R] /Count 1", b"/Kids [" + b"4 0 R " * 900 + b"] /Count 900")
    data = re.sub(
        rb"/Length [0-9]+ >>\nstream\n.*\nendstream",
        b"/Length %d >>\nstream\n" % len(page) + page + b"\nendstream",
        shared,
    )
    assert "200 times its size" in loaded(tmp_path, "a.pdf", data).rejected[0].reason


def test_a_pdf_without_a_root_is_searched_no_more_often_than_it_can_hold_objects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    usual = PdfReader.get_object

    def counted(reader: PdfReader, reference: int) -> object:
        asked.append(1)
        return usual(reader, reference)

    monkeypatch.setattr(PdfReader, "get_object", counted)
    data = b"%PDF-1.4\ntrailer\n<< /Size 1000000000000000 /Root 1 0 R >>\nstartxref\n483\n%%EOF\n"
    assert "cannot be read as PDF" in loaded(tmp_path, "a.pdf", data).rejected[0].reason
    assert len(asked) < len(data)
