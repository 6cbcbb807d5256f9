"""Front matter and headers are told from prose, and not one character is moved."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from research.loading.headers import read_front_matter, read_header_lines


def fields(text: str) -> dict[str, str]:
    front = read_front_matter(text)
    assert front is not None
    for value, (start, end) in front.fields.values():
        assert 0 < start <= end <= front.body_start
        if value and "," not in value and "'" not in value:
            assert text[start:end] == value
    return {name: field.value for name, field in front.fields.items()}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_front_matter_gives_fields_and_the_place_of_the_prose(end: str) -> None:
    text = end.join(["---", 'Title: "The harbour"', "date: 2021-03-04", "tags: [port, trade]", "---", "", "# Text"])
    front = read_front_matter(text)
    assert front is not None
    assert text[front.body_start :] == "# Text"
    assert fields(text) == {"title": "The harbour", "date": "2021-03-04", "tags": "port, trade"}


def test_a_value_with_a_colon_is_read_though_it_is_no_yaml() -> None:
    assert fields("---\ntitle: Harbour: the strike\ndate: 2021-03-04\n---\nText") == {
        "title": "Harbour: the strike",
        "date": "2021-03-04",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Text\n---\ntitle: a\n---\n",
        "---\ntitle: a\n",  # it never ends
        "---\nA line of prose between two rules.\n---\nText",
        "---\n---\nText",
        "--- \n- a\n- b\n---\nText",
        "----\ntitle: a\n----\nText",
        "---\n" + "[" * 15_000 + "\n---\nText",
        "---\ntitle: a\n" + "x" * 30_000 + "\n---\nText",
    ],
)
def test_what_only_looks_like_front_matter_is_prose(text: str) -> None:
    assert read_front_matter(text) is None


def test_prose_above_a_rule_is_no_front_matter_that_lacks_its_end() -> None:
    text = "---\ntitle: Dam\ndate: 2031-05-12\n\nThe minister: no.\n\nA line of prose.\n\n---\n\nMore text."
    front = read_front_matter(text)
    assert front is not None
    assert text[front.body_start :] == "The minister: no.\n\nA line of prose.\n\n---\n\nMore text."
    assert fields(text) == {"title": "Dam", "date": "2031-05-12"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_lines_of_usual_names_are_a_header(end: str) -> None:
    text = end.join(["Title: The dam: a history", "Publication date: 12 May 2031", "By: Jan Kolb", "", "Text: one."])
    header = read_header_lines(text)
    assert header is not None
    assert text[header.body_start :] == "Text: one."
    assert {name: text[slice(*field.span)] for name, field in header.fields.items()} == {
        "title": "The dam: a history",
        "publication date": "12 May 2031",
        "by": "Jan Kolb",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Title: The dam\n\nText",  # one line says too little
        "Title: The dam\nDate: 12 May 2031\nText",  # no blank line
        "Title: The dam\nDate: 12 May 2031",  # and no text
        "Speaker: Good morning.\nSource: Good morning.\n\nText",  # neither a title nor a date
        "Kolb: Good morning.\nDate: never.\n\nText",
        "Title: One\nTitle: Two\n\nText",
        "Title: The dam\nDate: 12 May 2031\n  Text that is set in.",
        "Title: " + "x" * 2000 + "\nDate: 12 May 2031\n\nText",
    ],
)
def test_other_lines_at_the_beginning_are_text(text: str) -> None:
    assert read_header_lines(text) is None


@given(st.text("Tile: dat\n\r\u2028xy0123/-", max_size=80))
def test_a_header_of_lines_never_reaches_beyond_the_text(text: str) -> None:
    header = read_header_lines("Title: a\nDate: b\n" + text)
    assert header is None or 0 < header.body_start <= len(text) + 17


def test_an_explosive_front_matter_constructs_nothing() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))]
    text = "\n".join(["---", *lines, "title: Harbour", "run: !!python/object/apply:os.getcwd []", "---", "Text"])
    assert fields(text)["title"] == "Harbour"


@example("a: b\n...\n")
@given(st.text("abc:-.'\"[]{}&*! \n\r#>|\t\u2028\ufeff", max_size=80))
def test_whatever_stands_between_the_rules_offsets_stay_within(block: str) -> None:
    text = f"---\n{block}\n---\nText"
    front = read_front_matter(text)
    if front is not None:
        assert 0 < front.body_start <= len(text)
        assert all(0 <= start <= end <= len(text) for _, (start, end) in front.fields.values())
