"""Quotation marks of every style are paired, and one that is missing spoils its paragraph at most."""

import time

import pytest

from research.nlp.quotations import MARKS, paragraphs, quotations

PAIRED = {
    "curly": ("He said “yes” twice.", ["“yes”"]),
    "straight": ('He said "yes" and "no".', ['"yes"', '"no"']),
    "low and high": ("He said „ja“ and „nein”.", ["„ja“", "„nein”"]),
    "angular": ("Il dit «oui».", ["«oui»"]),
    "typewriter": ("He said ``yes''.", ["``yes''"]),
    "straight inside curly": (
        '“Not "anti-Russia," we adhere,” he said.',
        ['“Not "anti-Russia," we adhere,”'],
    ),
    "an inch is no quotation": ('A 6" pipe.', []),
    "a stray closing mark": ("He left.” Then “yes” again.", ["“yes”"]),
    "an opening mark twice": ("“He left. “Yes” again.", ["“Yes”"]),
    "opened straight, closed curly": ('"Yes,” he said. “No.”', ['"Yes,”', "“No.”"]),
    "opened curly, closed straight": ('“Yes," he said. “No.”', ['“Yes,"', "“No.”"]),
    "only marks": ("“““”””", ["“”"]),
}


@pytest.mark.parametrize(("text", "expected"), PAIRED.values(), ids=PAIRED)
def test_marks_are_paired(text, expected):
    assert [text[q.start : q.end] for q in quotations(text)] == expected


def test_a_quotation_over_paragraphs_is_continued_until_a_paragraph_closes_it():
    text = "“One.\n\n“Two.\n\n“Three,” he said."
    found = quotations(text)
    assert [(text[q.inner_start : q.inner_end], q.closed, q.continued) for q in found] == [
        ("One.", False, True),
        ("Two.", False, True),
        ("Three,", True, False),
    ]


def test_a_missing_mark_leaves_the_next_paragraphs_alone():
    text = "He said “no and left.\n\nShe said “yes” and stayed."
    assert [text[q.start : q.end] for q in quotations(text) if q.closed] == ["“yes”"]


def test_paragraphs_are_parted_by_blank_lines_or_else_by_lines():
    def read(text):
        return [text[start:end] for start, end in paragraphs(text)]

    assert read("a\nb\n\nc") == ["a\nb", "c"]
    assert read("a\nb") == ["a", "b"]
    assert read("a\r\n\r\nb")[1] == "b"
    assert read("") == []


@pytest.mark.parametrize("unit", [*MARKS, "“a", '"a ', "\n", "``", "”\n"])
def test_time_grows_with_the_text_alone(unit):
    started = time.perf_counter()
    quotations(unit * 200_000)
    assert time.perf_counter() - started < 10
