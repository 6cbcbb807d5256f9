"""Quotation marks of every style are paired, and one that is missing spoils its paragraph at most."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.nlp.statements.quotations import MARKS, paragraphs, quotations, single_quotations

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
def test_marks_are_paired(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in quotations(text)] == expected


def test_a_quotation_over_paragraphs_is_continued_until_a_paragraph_closes_it() -> None:
    text = "“One.\n\n“Two.\n\n“Three,” he said."
    found = quotations(text)
    assert [(text[q.inner_start : q.inner_end], q.closed, q.continued) for q in found] == [
        ("One.", False, True),
        ("Two.", False, True),
        ("Three,", True, False),
    ]


def test_a_missing_mark_leaves_the_next_paragraphs_alone() -> None:
    text = "He said “no and left.\n\nShe said “yes” and stayed."
    assert [text[q.start : q.end] for q in quotations(text) if q.closed] == ["“yes”"]


def test_paragraphs_are_parted_by_blank_lines_or_else_by_lines() -> None:
    def read(text: str) -> list[str]:
        return [text[start:end] for start, end in paragraphs(text)]

    assert read("a\nb\n\nc") == ["a\nb", "c"]
    assert read("a\nb") == ["a", "b"]
    assert read("a\r\n\r\nb")[1] == "b"
    assert read("") == []


@pytest.mark.parametrize("unit", [*MARKS, "“a", '"a ', "\n", "``", "”\n"])
def test_time_grows_with_the_text_alone(unit: str) -> None:
    started = time.process_time()
    quotations(unit * 200_000)
    assert time.process_time() - started < 10


# --- single marks ---


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("'I taste it,' he says. 'My father drank this water.'", ["I taste it,", "My father drank this water."]),
        ("‘It’s late,’ she said, ‘and we’re tired.’", ["It’s late,", "and we’re tired."]),
        ("The fishermen's guild says it's the workers' boats.", []),
        ("'The workers' boats are gone,' said Ana.", ["The workers' boats are gone,"]),
        ("They call it 'lost' and 'found' here.", ["lost", "found"]),
        ("“He said ‘no’ to me,” she said.", []),
        ("In the '90s the dogs' owners left.", []),
        ("'Why?' Ana asked. 'Why not?' said Petr.", ["Why?", "Why not?"]),
        ("Ana said: 'No way", []),
        ("'One,' he said.\n\nThe dogs' owners left.", ["One,"]),
        ("'The ministers' said nothing", ["The ministers"]),
    ],
)
def test_single_marks_are_told_from_apostrophes(text: str, quoted: list[str]) -> None:
    assert [text[it.inner_start : it.inner_end] for it in single_quotations(text)] == quoted


@given(st.text(alphabet="'‘’“” ab,.\n", max_size=60))
def test_quotations_between_single_marks_stand_in_order_and_outside_the_others(text: str) -> None:
    singles = single_quotations(text)
    for one, other in pairwise(singles):
        assert one.end <= other.start
    for single in singles:
        assert text[single.start] in "'‘"
        assert text[single.end - 1] in "'’"
        assert not any(it.start <= single.start < it.end for it in quotations(text))
