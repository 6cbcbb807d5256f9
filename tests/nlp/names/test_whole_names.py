"""A person's name is in one piece, and nothing else is in it."""

import pytest

from research.nlp.names.whole_names import with_whole_names
from research.nlp.records import Mention


@pytest.mark.parametrize(
    ("text", "taken", "names"),
    [
        ("President of Ghana Ada Okell said so.", "Ghana Ada Okell", ["Ghana", "Ada Okell"]),
        ("King of Saudi Arabia Jon Brandt said so.", "Saudi Arabia Jon Brandt", ["Saudi Arabia", "Jon Brandt"]),
        ("the book of Jordan B. Brandt says so.", "Jordan B. Brandt", ["Jordan B. Brandt"]),
        ("President of Ghana Okell said so.", "Ghana Okell", ["Ghana Okell"]),
    ],
)
def test_the_country_of_an_office_is_no_part_of_a_name(text: str, taken: str, names: list[str]) -> None:
    start = text.index(taken)
    found = with_whole_names(text, [Mention(start, start + len(taken), "PERSON", 1.0)])
    assert [text[it.start : it.end] for it in found] == names


def test_the_first_word_of_a_sentence_is_no_person() -> None:
    text = "Later Okell left."
    seen = with_whole_names(text, [Mention(0, 5, "PERSON", 0.7), Mention(6, 11, "PERSON", 0.9)])
    assert [text[it.start : it.end] for it in seen] == ["Okell"]
    [kept] = with_whole_names("Will left.", [Mention(0, 4, "PERSON", 0.9)])
    assert (kept.start, kept.end) == (0, 4)
