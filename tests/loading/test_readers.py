"""The bytes of a file become a document, character by character, or are refused with a reason and a remedy."""

import hashlib
import io
import json
from collections.abc import Iterable
from contextlib import suppress
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.loading import load
from research.loading.dates import is_unclear, read_date
from research.loading.documents import Document, Rejected, Span
from research.loading.files import Input
from research.loading.headers import read_header
from research.loading.readers import documents_in
from tests.strategies import BOM, documents, files, prose, stray

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1"


def given_file(data: bytes, path: str = "a.txt", document_id: str = "a") -> Input:
    return Input(path, document_id, lambda: io.BytesIO(data))


def attempt(data: bytes, path: str = "a.txt") -> Document | Rejected:
    (found,) = documents_in(given_file(data, path))
    return found


def read(data: bytes) -> Document:
    document = attempt(data)
    assert isinstance(document, Document), document
    return document


# --- laws ---


@given(documents())
def test_decoding_the_bytes_with_the_encoding_gives_the_text_again(data: bytes) -> None:
    document = read(data)
    assert data.decode(document.origin.encoding) == document.text


@given(documents())
def test_not_one_byte_is_lost(data: bytes) -> None:
    document = read(data)
    assert document.text.encode(document.origin.encoding) == data


@given(documents())
def test_the_sha256_is_that_of_the_bytes(data: bytes) -> None:
    assert read(data).origin.sha256 == hashlib.sha256(data).hexdigest()


@given(documents())
def test_the_body_lies_within_the_text_and_is_not_blank(data: bytes) -> None:
    document = read(data)
    start, end = document.body
    assert 0 <= start < end == len(document.text)
    assert document.text[start:end].strip()


@given(documents())
def test_a_date_stands_where_it_says_and_in_the_header(data: bytes) -> None:
    document = read(data)
    if document.date_origin is None:
        assert (document.date, document.date_span) == (None, None)
        assert document.body.start == 0
    elif document.date is None:
        assert is_unclear(document.metadata["date as written"])
        assert document.body.start > 0
    else:
        assert document.date_span is not None
        start, end = document.date_span
        assert read_date(document.text[start:end]) == document.date
        assert end <= document.body.start


@given(files() | stray())
def test_any_bytes_give_a_document_or_a_reason_with_a_remedy(data: bytes) -> None:
    found = attempt(data)
    assert isinstance(found, Document) or (found.reason and found.remedy.endswith("."))


@given(st.sampled_from([" ", "\n", "\r\n", "\t"]).flatmap(lambda blank: st.integers(0, 5000).map(lambda n: blank * n)))
def test_a_file_of_blanks_is_refused_at_once(text: str) -> None:
    assert isinstance(attempt(text.encode()), Rejected)


@given(prose())
def test_a_header_never_reaches_beyond_the_text(text: str) -> None:
    assert 0 <= read_header(f"date 2023-09-29 {text}").body_start <= len(text) + 16


# --- encodings and line ends ---


def test_a_byte_order_mark_is_no_part_of_the_text_and_shifts_no_offset() -> None:
    plain, marked = read("date 2023-09-29 Ünder way.".encode()), read(BOM + "date 2023-09-29 Ünder way.".encode())
    assert marked.text == plain.text
    assert (marked.body, marked.date_span) == (plain.body, plain.date_span) == (Span(16, 26), Span(5, 15))
    assert (plain.origin.encoding, marked.origin.encoding) == ("utf-8", "utf-8-sig")
    assert marked.origin.sha256 != plain.origin.sha256


@pytest.mark.parametrize("text", ["One.\r\nTwo.", "One.\rTwo.", "One.\nTwo.\r\n", "One.\n\rTwo."])
def test_line_ends_are_kept_exactly(text: str) -> None:
    assert read(text.encode()).text == text


def test_an_emoji_is_one_character() -> None:
    document = read("😀 date".encode())
    assert document.body == Span(0, 6)


def test_a_mark_in_the_middle_is_a_character_like_any_other() -> None:
    assert read(BOM + BOM + b"Text.").text == "\ufeffText."


WESTERN = "The minister said “no” – and the café in São Paulo closed. It’s over."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (WESTERN, "cp1252"),
        ("Müller", "cp1252"),
        ("Text. " * 5 + "Café", "cp1252"),  # its last byte could begin a character of UTF-8
        ("It was…well—“dear”, said Miloš.", "cp1252"),
        ("Le président a déclaré que l’État était prêt à négocier dès l’été.", "cp1252"),
        ("Министр заявил, что порт останется открытым.", "cp1251"),
        ("Министр заявил, что порт останется открытым.", "koi8_r"),
        ("Ο υπουργός δήλωσε ότι το λιμάνι θα μείνει ανοιχτό.", "cp1253"),
        ("قال الوزير إن الميناء سيبقى مفتوحا", "cp1256"),
        ("部长说港口将继续开放。部长说港口将继续开放。", "gb18030"),
        ("市长今天宣布，港口将于下周重新开放。", "gb18030"),
        ("我们会继续工作。", "gb18030"),
        ("市長今天宣布，港口將於下週重新開放。", "big5"),
        ("市長は今日、港が来週再開すると発表した。", "euc_jp"),
        ("시장은 오늘 항구가 다음 주에 다시 열린다고 발표했다.", "euc_kr"),
        ("북한 항구 제재 법안, 국제 역할 속에 통과", "euc_kr"),
        ("북부 법원, 북한 제재 역설", "euc_kr"),
        ("وقالت الوزيرة إنّ الميناء سيُفتح غداً، ثمّ تُقِرُّ اللجنة الخطّة كما قال عمدة المدينة.", "cp1256"),
        ("אָמְרָה הַשָּׂרָה כִּי הַנָּמֵל יִפָּתַח מָחָר בַּבֹּקֶר וְכִי הָאֳנִיּוֹת יָשׁוּבוּ אֶל הָעִיר.", "cp1255"),
    ],
)
def test_an_encoding_without_a_mark_is_told_by_its_characters(text: str, encoding: str) -> None:
    document = read(text.encode(encoding))
    assert (document.text, document.origin.encoding) == (text, encoding)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "utf-32-be"])
def test_a_byte_order_mark_tells_the_encoding(encoding: str) -> None:
    mark = "" if encoding in ("utf-16", "utf-32") else "\ufeff"
    data = (mark + "date 2023-09-29 Ünder 😀 way.").encode(encoding)
    document = read(data)
    assert (document.text, document.date) == ("date 2023-09-29 Ünder 😀 way.", "2023-09-29")
    assert document.origin.encoding == encoding.removesuffix("-be")
    assert data.decode(document.origin.encoding) == document.text


@given(st.binary(max_size=300))
def test_whatever_the_encoding_decoding_gives_the_text_again(data: bytes) -> None:
    found = attempt(data + b"\xe9")
    if isinstance(found, Document):
        assert (data + b"\xe9").decode(found.origin.encoding) == found.text


def test_a_broken_place_far_into_a_large_file_is_named() -> None:
    found = attempt("é".encode() * 600_000 + b"\xff")
    assert isinstance(found, Rejected)
    assert "byte 1,200,000 cannot be decoded" in found.reason


# --- front matter ---


def test_front_matter_is_no_prose_and_says_who_and_when() -> None:
    document = read(
        b"---\ntitle: The harbour\noutlet: Harbour News\ndate: 4 March 2021\nlang: en\nsection: A\n---\nText."
    )
    assert document.text[document.body.start :] == "Text."
    assert (document.title, document.source, document.language) == ("The harbour", "Harbour News", "en")
    assert (document.date, document.date_origin) == ("2021-03-04", "front matter")
    # What is called like a text is none here: the text is below.
    assert read(b"---\ntitle: Dam\nspeech: Opening\n---\nText.").metadata == {"speech": "Opening"}
    assert document.date_span is not None
    assert document.text[document.date_span.start : document.date_span.end] == "4 March 2021"
    assert document.metadata == {"section": "A", "date as written": "4 March 2021"}


# --- the header ---


def test_the_header_of_the_seed_document(root: Path) -> None:
    """It begins, after a space, with "date 2023-09-29" and goes straight on with the first sentence."""
    document = read((root / "seeds" / "000_65dcf001ecf1b552.txt").read_bytes())
    assert document.date == "2023-09-29"
    assert document.date_span == Span(6, 16)
    assert document.body == Span(17, 2254)
    assert document.text[17:].startswith("Sanction confrontation is")


@pytest.mark.parametrize(
    ("text", "date", "body"),
    [
        ("date 2023-09-29 Text", "2023-09-29", "Text"),
        ("date 2023-09-29\r\n\r\nText", "2023-09-29", "Text"),
        ("\n\tdate 2024-02-29\tText", "2024-02-29", "Text"),
        ("date 0001-01-01 Text", "0001-01-01", "Text"),
        ("date 2023-02-30 Text", None, "date 2023-02-30 Text"),  # the calendar has no such day
        ("date 2023-02-29 Text", None, "date 2023-02-29 Text"),  # nor this one, in that year
        ("date 0000-01-01 Text", None, "date 0000-01-01 Text"),
        ("date 2023-09-291 Text", None, "date 2023-09-291 Text"),
        ("date 2023-09-29, Text", None, "date 2023-09-29, Text"),
        ("date ٢٠٢٣-٠٩-٢٩ Text", None, "date ٢٠٢٣-٠٩-٢٩ Text"),
        ("Date: 2023-09-29 Text", "2023-09-29", "Text"),
        ("date 2023-09-29T10:00:00+02:00 Text", "2023-09-29", "Text"),
        ("date 2023-09-29\u2028Text", "2023-09-29", "Text"),
        ("date 2023-09-29\x85Text", "2023-09-29", "Text"),
        (" date 15/06/1996 Text", "1996-06-15", "Text"),
        (" date 06/05/1996 Text", None, "Text"),  # a header all the same
        (" date 29 September 2023 “Text”", "2023-09-29", "“Text”"),
        (" date Sept. 29, 2023 Text", "2023-09-29", "Text"),
        ("Date: Friday, 29 September 2023, 10:30\n\nText", "2023-09-29", "Text"),
        ("DATE:\t2023/09/29\r\nText", "2023-09-29", "Text"),
        ("Date: September 2023\u2029text", "2023-09", "text"),
        ("Date: 12 мая 2031\nТекст", "2031-05-12", "Текст"),
        ("date 12 May 2031 was kept free", None, "date 12 May 2031 was kept free"),
        ("date 15/06/1996 was a Saturday", None, "date 15/06/1996 was a Saturday"),
        ("Date of the vote: 12 May 2031\nText", None, "Date of the vote: 12 May 2031\nText"),
        ("date 2023 was hard", None, "date 2023 was hard"),
        ("date May 2023 The year", None, "date May 2023 The year"),
        ("date 31/31/1996 Text", None, "date 31/31/1996 Text"),
        ("dated 15/06/1996 Text", None, "dated 15/06/1996 Text"),
        ("The date 2023-09-29 Text", None, "The date 2023-09-29 Text"),
        ("  Text", None, "  Text"),
    ],
)
def test_a_header_is_a_day_of_the_calendar_at_the_very_beginning(text: str, date: str | None, body: str) -> None:
    document = read(text.encode())
    assert document.date == date
    assert document.text[document.body.start : document.body.end] == body


def test_a_second_header_is_prose() -> None:
    document = read(b"date 2023-09-29 date 2023-09-30 Text")
    assert document.date == "2023-09-29"
    assert document.text[document.body.start :] == "date 2023-09-30 Text"


@pytest.mark.parametrize(
    ("path", "text", "title"),
    [
        ("a.md", "# The harbour #\n\nText.", "The harbour"),
        ("a.md", "---\ndate: 2031-05-12\n---\n\n# The *harbour*\r\nText.", "The *harbour*"),
        ("a.markdown", "---\ntitle: The dam\n---\n# The harbour\nText.", "The dam"),
        ("a.md", "Text.\n# The harbour\n", None),
        ("a.md", "## A part\nText.", None),
        ("a.md", "#hashtag\nText.", None),
        ("a.txt", "# The harbour\nText.", None),
    ],
)
def test_the_heading_that_markdown_begins_with_is_its_title(path: str, text: str, title: str | None) -> None:
    document = attempt(text.encode(), path)
    assert isinstance(document, Document)
    assert (document.title, document.text) == (title, text)


def test_a_web_page_that_is_called_a_text_is_read_as_a_page() -> None:
    document = attempt(
        b"\xef\xbb\xbf\r\n<!DOCTYPE HTML><html><title>Dam</title><body><p>One &amp; two.</p></body></html>"
    )
    assert isinstance(document, Document)
    assert (document.text, document.title, document.origin.reader) == ("One & two.", "Dam", "trafilatura")
    assert read(b"The tag <html> begins a page.").text == "The tag <html> begins a page."


# --- what cannot be read ---


@pytest.mark.parametrize(
    ("data", "reason", "remedy"),
    [
        (b"", "empty", "put a text into it"),
        (BOM, "only white space", "put a text into it"),
        (b" \r\n\t\xc2\xa0", "only white space", "put a text into it"),
        (b"date 2023-09-29", "only a header", "put a text below the header"),
        (b" date 2023-09-29 \n\n", "only a header", "put a text below the header"),
        (PNG, "binary data", "Export its text"),
        ("Text".encode("utf-16-le"), "binary data", "Export its text as UTF-8"),  # no mark says what it is
        (b"Text\0more", "binary data", "Export its text"),
        ("Text\0more".encode("utf-16"), "binary data", "Export its text"),
        (b"a" * 4000 + b"\x81", "(byte 4,000 cannot be decoded), and its encoding is unknown", "Save it as UTF-8"),
        ("“Yes”, she said.".encode() + b"\xff", "(byte 20 cannot be decoded)", "Save it as UTF-8"),  # UTF-8 but for it
        ("The café said no.".encode() + b" \xe9t\xe9.", "(byte 19 cannot be decoded)", "Save it as UTF-8"),
        (b"\xed\xa0\x80", "not UTF-8", "Save it as UTF-8"),  # half of a surrogate pair
        ("港口开。".encode("gbk"), "its encoding is unknown", "Save it as UTF-8"),  # too short to say
        ("Парламент принял бюджет.".encode("koi8_r"), "its encoding is unknown", "Save it as UTF-8"),
        (b"\xff\xfe\x00\xd8A\x00", "not UTF-16 text", "Save it as UTF-8"),
        (b"\x01\x02\x03Text" * 9, "every tenth character is a control character", "Export its text"),
        (b"%PDF-1.7 text", "not text (a PDF file)", "Export its text"),
        (b"PK\x03\x04 text", "not text (a ZIP archive or an office document)", "Export its text"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(data: bytes, reason: str, remedy: str) -> None:
    found = attempt(data)
    assert isinstance(found, Rejected)
    assert reason in found.reason
    assert remedy in found.remedy


# --- documents ---


def test_a_document_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        read(b"Text.").text = "Other."  # type: ignore[misc]


def test_the_digest_changes_with_the_text_and_with_the_body_and_with_nothing_else() -> None:
    one, dated = read(b"date 2023-09-29 Text"), read(b"date 2023-09-28 Text")
    [same] = documents_in(given_file(BOM + b"date 2023-09-29 Text", "b/c.txt", "b/c"))
    assert isinstance(same, Document)
    other_body = Document(id="a", text=one.text, body=Span(0, len(one.text)), origin=one.origin)
    assert one.digest == same.digest
    assert len({one.digest, dated.digest, other_body.digest}) == 3


# --- Western letters that have other numbers ---

SENTENCES = (
    "“It’s not the mayor’s café,” said Ms. Brontë — “it’s ours.” The bill costs £3m.",
    "It’s over.",
    "The café closed.",
    "L’été à Paris, où l’on mange des crêpes françaises — c’est déjà l’heure.",
    "Der Bürgermeister fährt über die Straße, sagte Müller.",
    "The naïve façade – and “that” is all…",
    "São Paulo’s not-so-good coração é não.",
    "Ærø blev åbnet på Sjælland.",
)


def writable(texts: Iterable[str], encodings: Iterable[str]) -> list[tuple[str, str]]:
    """Each text with each encoding that has its characters."""
    found = []
    for text, encoding in product(texts, encodings):
        with suppress(UnicodeEncodeError):
            text.encode(encoding)
            found.append((text, encoding))
    return found


@pytest.mark.parametrize(("text", "encoding"), writable(SENTENCES, ("cp1252", "mac_roman", "cp850")))
def test_a_text_of_an_old_computer_is_read_as_one(text: str, encoding: str) -> None:
    data = f"{text}\n\nMayor Olga Brandt said the vote would wait.\n".encode(encoding)
    document = read(data)
    assert document.text == data.decode(encoding)
    assert document.origin.encoding == encoding


@pytest.mark.parametrize(
    "text",
    [
        "He said ‘no’.”The end, “really”. It’s late – too late… and naïve.",  # a blank is missing
        "Prices: £3, €4 – the “Ñandú” café’s own.",
        "The McÉwan–O’Étienne deal.",
        "À Paris, É o fim – “sí”.",
    ],
)
def test_a_text_in_windows_1252_stays_one_if_something_in_it_is_odd(text: str) -> None:
    assert (read(text.encode("cp1252")).text, read(text.encode("cp1252")).origin.encoding) == (text, "cp1252")


FOREIGN = ("Žluťoučký kůň úpěl", "Łódź jest piękna, śnieg", "Парламент", "서울 시장", "東京都")


@pytest.mark.parametrize(
    ("text", "encoding"),
    writable(FOREIGN, ("cp1250", "iso8859_2", "koi8_r", "cp437", "mac_latin2", "euc_kr", "shift_jis")),
)
def test_a_text_of_others_is_never_taken_for_a_western_one_of_an_old_computer(text: str, encoding: str) -> None:
    found = attempt(f"The mayor wrote: {text}.".encode(encoding))
    assert isinstance(found, Rejected) or found.origin.encoding not in ("mac_roman", "cp850")


def test_no_name_in_a_field_turns_the_direction_of_a_sentence_or_controls_a_terminal(tmp_path: Path) -> None:
    name = "Anna\u202e Weiss\u2066\u009b2J\u001b[31m\u0007"
    fields = dict.fromkeys(("title", "source", "speaker"), name)
    (tmp_path / "a.json").write_text(json.dumps([{"text": "Text.", **fields}]))
    [document] = load(tmp_path)
    assert {document.title, document.source, document.speaker} == {"Anna Weiss 2J [31m"}
    (tmp_path / "a.json").write_text(json.dumps([{"text": "Text.", "title": "\u200fשלום\u200e"}]))
    assert next(iter(load(tmp_path))).title == "\u200fשלום\u200e", "these marks are part of how a name is written"
