"""The bytes of a file become a document, character by character, or are refused with a reason and a remedy."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.loading.cleaning import read_header
from research.loading.documents import Document, Span
from research.loading.readers import READERS, Unreadable, read_plain_text
from tests.strategies import BOM, documents, files, prose, stray

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1"


def read(data: bytes) -> Document:
    (document,) = read_plain_text(data, "a.txt", "a")
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
    if document.date is None:
        assert document.date_span is None
        assert document.body.start == 0
    else:
        assert document.date_span is not None
        start, end = document.date_span
        assert document.text[start:end] == document.date
        assert end <= document.body.start


@given(files() | stray())
def test_any_bytes_give_a_document_or_a_reason_with_a_remedy(data: bytes) -> None:
    problem = None
    try:
        read(data)
    except Unreadable as caught:
        problem = caught
    assert problem is None or (problem.reason and problem.remedy.endswith("."))


@given(st.sampled_from([" ", "\n", "\r\n", "\t"]).flatmap(lambda blank: st.integers(0, 5000).map(lambda n: blank * n)))
def test_a_file_of_blanks_is_refused_at_once(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text.encode())


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


# --- the header ---


def test_the_header_of_the_seed_document(root) -> None:
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


# --- what cannot be read ---


@pytest.mark.parametrize(
    ("data", "reason", "remedy"),
    [
        (b"", "empty", "put a text into it"),
        (BOM, "blank", "put a text into it"),
        (b" \r\n\t\xc2\xa0", "blank", "put a text into it"),
        (b"date 2023-09-29", "a header and no text", "put a text under the header"),
        (b" date 2023-09-29 \n\n", "a header and no text", "put a text under the header"),
        (PNG, "binary data", "Export its text"),
        ("Text".encode("utf-16"), "binary data", "Export its text as UTF-8"),
        (b"Text\0more", "binary data", "Export its text"),
        ("Müller".encode("latin-1"), "not UTF-8 text (byte 1 cannot be decoded)", "Save it as UTF-8"),
        (b"a" * 4000 + b"\xff", "(byte 4,000 cannot be decoded)", "Save it as UTF-8"),
        (b"\xed\xa0\x80", "not UTF-8", "Save it as UTF-8"),  # half of a surrogate pair
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(data: bytes, reason: str, remedy: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data)
    assert reason in caught.value.reason
    assert remedy in caught.value.remedy


# --- every reader under one contract ---


@pytest.mark.parametrize("suffix", READERS)
def test_every_reader_passes_on_where_the_document_came_from(suffix: str) -> None:
    [document] = READERS[suffix](b"Text.", f"deep/a{suffix}", "deep/a")
    assert (document.id, document.origin.path) == ("deep/a", f"deep/a{suffix}")
    assert suffix == suffix.lower()


# --- documents ---


def test_a_document_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        read(b"Text.").text = "Other."  # type: ignore[misc]


def test_the_digest_changes_with_the_text_and_with_the_body_and_with_nothing_else() -> None:
    [one] = read_plain_text(b"date 2023-09-29 Text", "a.txt", "a")
    [same] = read_plain_text(BOM + b"date 2023-09-29 Text", "b/c.txt", "b/c")
    [dated] = read_plain_text(b"date 2023-09-28 Text", "a.txt", "a")
    other_body = Document(id="a", text=one.text, body=Span(0, len(one.text)), origin=one.origin)
    assert one.digest == same.digest
    assert len({one.digest, dated.digest, other_body.digest}) == 3
