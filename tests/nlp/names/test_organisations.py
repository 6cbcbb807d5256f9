"""Organisations with an "of" in their names are in one piece, and nothing else is lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.nlp.names.cast import Cast
from research.nlp.names.organisations import with_whole_organisations
from research.nlp.records import Mention
from tests.nlp.names.test_cast import named


def whole_names(text: str, **names: str) -> list[tuple[str, str]]:
    """The mentions with whole organisations: their types and the text that they name, in order."""
    return [(it.type, text[it.start : it.end]) for it in with_whole_organisations(text, named(text, **names))]


@pytest.mark.parametrize(
    ("text", "parts", "whole"),
    [
        ("The Bank of the Three Rivers said no.", "Three Rivers", "Bank of the Three Rivers"),
        ("The Ministry of Foreign Affairs said no.", "Ministry of|Foreign Affairs", "Ministry of Foreign Affairs"),
        ("The Central Bank of Varn said no.", "Bank of", "Central Bank of Varn"),
        ("The Centre for Fair Trade’s head said no.", "Fair Trade", "Centre for Fair Trade"),
        (
            "The Council of Ministers of the Republic of Varn met.",
            "Council",
            "Council of Ministers of the Republic of Varn",
        ),
        ("The Ministry of Finance and the Ministry of Ports met.", "Finance", "Ministry of Finance"),
        (
            "The Department of Ports and Human Services met.",
            "Department of Ports and",
            "Department of Ports and Human Services",
        ),
        ("The Department of Ports and Radio Varn met.", "Department of Ports|Radio Varn", "Department of Ports"),
        ("Bank of Varn Governor Ada Okell said no.", "Bank of", "Bank of Varn"),
        ("The Bank of Varn Tuesday said no.", "Bank of", "Bank of Varn"),
        ("They met at Varn University on Long Island.", "Varn University", None),
        ("The bank of the Three Rivers was steep.", "Three Rivers", None),
        ("Friends of Ada Okell said no.", "", None),
    ],
)
def test_an_organisation_is_whole_over_its_of(text: str, parts: str, whole: str | None) -> None:
    found = with_whole_organisations(text, named(text, ORG=parts) if parts else [])
    names = [text[it.start : it.end] for it in found]
    assert (whole in names) if whole else names == [it for it in parts.split("|") if it]
    assert not whole or whole in Cast(text, found).names


def test_a_person_is_not_cut_by_an_organisation() -> None:
    text = "It is a Party for Ada Okell, and the Office of Varn is none."
    found = whole_names(text, ORG="Party", PERSON="Ada Okell|Varn")
    assert found == [("ORG", "Party"), ("PERSON", "Ada Okell"), ("ORG", "Office of Varn")]


def test_an_organisation_begins_with_the_name_that_the_model_took_for_a_persons() -> None:
    text = "The Ada Okell Centre for Fair Trade met."
    assert whole_names(text, PERSON="Ada Okell Centre") == [("ORG", "Ada Okell Centre for Fair Trade")]


@pytest.mark.parametrize("parts", ["University of Varn Okell School of Ports", "Varn Okell School", "Okell"])
def test_two_nouns_of_one_name_are_one_organisation(parts: str) -> None:
    text = "She left the University of Varn Okell School of Ports."
    assert whole_names(text, ORG=parts) == [("ORG", "University of Varn Okell School of Ports")]


PIECES = ["Bank", "Ministry", "School", "of", "for", "and", "the", "Varn", "Okell", "Central", "National", "Senator"]
PIECES += ["Tuesday", "’s", ",", ".", "\n", "sea", "U.S.", "É"]


@given(st.lists(st.sampled_from(PIECES), max_size=25), st.lists(st.integers(0, 3), min_size=25, max_size=25))
def test_mentions_stay_apart_and_are_whole_at_once(pieces: list[str], kinds: list[int]) -> None:
    text, mentions = "", list[Mention]()
    for piece, kind in zip(pieces, kinds, strict=False):
        text += piece + " "
        end = len(text) - 1
        if kind == 3 and mentions and mentions[-1].end == end - len(piece) - 1:
            mentions[-1] = Mention(mentions[-1].start, end, mentions[-1].type, 0.5)
        elif kind:
            mentions.append(Mention(end - len(piece), end, ("ORG", "PERSON", "GPE")[kind - 1], 0.5))
    whole = with_whole_organisations(text, mentions)
    assert all(one.end <= other.start for one, other in pairwise(whole))
    assert all(it.start < it.end for it in whole)
    assert with_whole_organisations(text, whole) == whole
