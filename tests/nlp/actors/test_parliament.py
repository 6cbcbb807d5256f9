"""Words that a parliament writes with a capital on every page are no actors."""

from __future__ import annotations

import pytest

from research.nlp.actors.annotator import _is_generic
from research.nlp.records import Mention


def is_generic(text: str, name: str, kind: str) -> bool:
    start = text.index(name)
    return _is_generic(text, Mention(start, start + len(name), kind, 0.9, entity=name))


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("I thank the Honourable for his answer.", "Honourable", "ORG"),
        ("Read the HANSARD of Monday.", "HANSARD", "ORG"),
        ("The Standing Committee reports.", "Standing Committee", "ORG"),
        ("We come to the Bill as printed.", "Bill", "PERSON"),
        ("Thank you, Mr. Speaker, Sir.", "Mr. Speaker", "PERSON"),
        ("Debate on Bill 12 is closed.", "Bill", "PERSON"),
        ("The Fishing (Amendment) Bill No 12 is read.", "Bill No", "PERSON"),
        ("The Minister for Finance, Strategic Planning and National Development.", "Finance", "ORG"),
        ("The Minister for Finance, Strategic Planning and National Development.", "National Development", "ORG"),
    ],
)
def test_a_word_of_procedure_is_no_actor(text: str, name: str, kind: str) -> None:
    assert is_generic(text, name, kind)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Bill asked for the floor.", "Bill", "PERSON"),
        ("The Fishing Union wrote to us.", "Fishing Union", "ORG"),
        ("The Minister said that the Harbour Board, Finance Watch and others agree.", "Finance Watch", "ORG"),
    ],
)
def test_a_name_stays_one(text: str, name: str, kind: str) -> None:
    assert not is_generic(text, name, kind)
