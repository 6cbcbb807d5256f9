"""Whom a document means by an office alone, in invented texts with their mentions given."""

from __future__ import annotations

import pytest

from research.loading import Span
from research.nlp.actors.lexicon import OFFICE
from research.nlp.actors.references import references
from research.nlp.records import Attribution, Mention


def named(text: str, *names: str, country: str | None = None) -> list[Mention]:
    """The mentions of names in a text; a full name is followed by those of its last word."""
    found: list[Mention] = []
    for name in names:
        for form in dict.fromkeys((name, name.split()[-1])):
            at = text.find(form)
            while at >= 0:
                if not any(it.start < at + len(form) and at < it.end for it in found):
                    by = OFFICE if country else None
                    found.append(Mention(at, at + len(form), "PERSON", 0.9, name, country, named_by=by))
                at = text.find(form, at + 1)
    return sorted(found, key=lambda it: it.start)


def meant(text: str, mentions: list[Mention], attributions: list[Attribution] | None = None) -> list[tuple[str, str]]:
    found = references(text, mentions, attributions or [])
    return [(text[it.start : it.end], str(it.entity)) for it in found]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("President Ada Okell spoke. The President left at noon.", ["The President"]),
        ("President Ada Okell spoke. They asked the president, who left.", ["the president"]),
        ("Prime Minister Ada Okell spoke. The prime minister’s plan failed.", ["The prime minister"]),
        ("Secretary-General Ada Okell spoke. We thank the Secretary-General.", ["the Secretary-General"]),
        ("Vice President Ada Okell spoke. The vice president left.", ["The vice president"]),
    ],
)
def test_an_office_means_the_one_person_who_holds_it(text: str, said: list[str]) -> None:
    assert meant(text, named(text, "Ada Okell")) == [(it, "Ada Okell") for it in said]


@pytest.mark.parametrize(
    "text",
    [
        "The President left. Later President Ada Okell spoke.",
        "Former President Ada Okell spoke. The president left.",
        "Ada Okell spoke. The president left.",
        "President Ada Okell spoke. The president of the rowing club left.",
        "President Ada Okell spoke. She will be the president for years.",
        "President Ada Okell spoke. Who elects the president?",
        "President Ada Okell spoke. The President-elect left.",
        "President Ada Okell spoke. The vice president left.",
        "President Ada Okell spoke. The presidential plane left.",
        "Harbour Union President Ada Okell spoke. The president left.",
        "President Ada Okell spoke. She is not the President of today.",
        "Prime Minister Ada Okell spoke. The President left.",
    ],
)
def test_what_is_not_plain_means_nobody(text: str) -> None:
    assert meant(text, named(text, "Ada Okell")) == []


def test_an_office_that_two_hold_means_neither() -> None:
    text = "President Ada Okell met President Juma Adebe. The president smiled."
    assert meant(text, named(text, "Ada Okell", "Juma Adebe")) == []


def test_a_source_means_the_speaker_that_its_statement_has() -> None:
    text = "Ada Okell and Juma Adebe met. The senator said it rained. She said so."
    mentions = named(text, "Ada Okell", "Juma Adebe")
    at, she = text.index("The senator"), text.index("She")
    said = [
        Attribution(Span(at, at + len("The senator")), None, (Span(45, 56),), "indirect", 0.9, speaker="Juma Adebe"),
        Attribution(Span(she, she + len("She")), None, (Span(66, 68),), "indirect", 0.9, speaker="Juma Adebe"),
    ]
    assert meant(text, mentions, said) == [("The senator", "Juma Adebe")]
    unnamed = [Attribution(said[0].source, None, said[0].content, "indirect", 0.9, speaker="Somebody Else")]
    assert meant(text, mentions, unnamed) == [], "nobody of that name is mentioned"


def test_a_reference_has_the_country_of_the_person() -> None:
    text = "President Ada Okell spoke. The President left."
    [it] = references(text, named(text, "Ada Okell", country="KE"), [])
    assert (it.type, it.country, it.named_by) == ("PERSON", "KE", "office")


def test_a_text_without_persons_has_no_references() -> None:
    assert references("The President left.", [], []) == []
