"""A name that no list has is a place where a document uses it as one."""

import pytest

from research.nlp.actors.unlisted import with_places
from research.nlp.records import Mention


def types(text: str, *names: str) -> list[str]:
    found = []
    for name in names:
        start = -1
        while (start := text.find(name, start + 1)) >= 0:
            if name[-1].isalpha() and text[start + len(name) : start + len(name) + 1].isalpha():
                continue  # "Vellandian"
            found.append(Mention(start, start + len(name), "PERSON", 0.9, name))
    return [it.type for it in with_places(text, sorted(found, key=lambda it: it.start))]


@pytest.mark.parametrize(
    "text",
    [
        "The Prime Minister of Velland spoke. Velland waits.",
        "Velland waits. Velland's prime minister spoke.",
        "Prime Minister Ada Okell of Velland spoke. Velland waits.",
        "Farm Minister Ada Okell spoke for Velland. Northern Velland waits.",
        "They live in Velland. In Velland it rains.",
        "They grow onions in Velland. Velland's exports fell.",
        "An official in Velland agreed. Velland waits.",
        "She met him in Velland on Tuesday. Velland waits.",
        "I am on my way to Velland. Velland waits.",
        "Ms MARREN (Velland): Hear, hear. Velland waits.",
        "Velland waits at Velland airport.",
        "Velland, April 2, 2031\nVelland waits.",
        "The Vellandian delegation spoke. Velland waits, and Velland pays.",
    ],
)
def test_a_name_that_is_used_as_a_place_is_one(text: str) -> None:
    assert types(text, "Velland") == ["GPE", "GPE"]


def test_an_adjective_tells_a_country() -> None:
    assert types("Orvela waits. The Orvelan government is ready.", "Orvela ") == ["PERSON"], "the name has no blank"
    assert types("Orvela waits. The Orvelan government is ready.", "Orvela") == ["GPE"]


@pytest.mark.parametrize(
    "text",
    [
        "They lost confidence in Velland and their faith in Velland.",
        "Mr Velland lives in Velland Hall. The mayor of Velland is he.",
        "Velland's government and Velland's forces acted.",
        "Velland said so in Velland's office, in Velland's house.",
        "Velland was there once, in Velland.",
        "They went back to Velland, Okell said.",
        "The Vellandian school of thought began with Velland.",
        "See Velland, April 2, 2031, page 4.",
        "The officials in Velland's team and the people in Velland’s campaign waited.",
        "It was said in Velland's defence on the road to Velland's defeat.",
        "They lost their trust in Velland on Monday. Velland waits.",
    ],
)
def test_another_name_stays_a_person(text: str) -> None:
    assert set(types(text, "Velland")) == {"PERSON"}


def test_the_last_name_of_a_person_of_the_text_stays_one() -> None:
    text = "Ada Velland came. The mayor of Velland went."
    mentions = [Mention(0, 11, "PERSON", 0.9, "Ada Velland"), Mention(31, 38, "PERSON", 0.9, "Velland")]
    assert [it.type for it in with_places(text, mentions)] == ["PERSON", "PERSON"]


def test_an_adjective_of_a_place_of_the_text_is_of_a_people() -> None:
    said = "The Vellandian delegation denied it. The Kardian delegation did not. Velland waits."
    found = [Mention(4, 14, "PERSON", 0.9, "Vellandian"), Mention(41, 48, "PERSON", 0.9, "Kardian")]
    assert [it.type for it in with_places(said, found)] == ["NORP", "PERSON"]


def test_a_name_that_says_it_is_a_place_is_one() -> None:
    assert types("He left Port Okell.", "Port Okell") == ["GPE"]
    assert types("Mr. Port Okell left.", "Port Okell") == ["PERSON"]


def test_a_name_that_was_seen_as_a_place_as_often_is_one() -> None:
    text = "Velland waits. Velland pays. Velland votes. Velland sings."
    found = [Mention(at, at + 7, kind, 0.9, "Velland") for at, kind in ((0, "GPE"), (15, "GPE"), (29, "PERSON"))]
    assert [it.type for it in with_places(text, found)] == ["GPE"] * 3
    found = [Mention(at, at + 7, kind, 0.9, "Velland") for at, kind in ((0, "GPE"), (15, "PERSON"), (29, "PERSON"))]
    assert [it.type for it in with_places(text, found)] == ["GPE", "PERSON", "PERSON"]
