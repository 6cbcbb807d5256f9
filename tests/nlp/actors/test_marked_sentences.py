"""Countries and blocs in invented sentences, with as many that look like one and are none; and the lists."""

import re

import pytest

from research.loading import Document, Origin, Span
from research.nlp.actors import lexicon
from research.nlp.actors.lexicon import hits
from research.nlp.annotate import annotate_document
from research.nlp.names.countries import country, names_of_states
from tests.nlp.actors import sentences

_MARK = re.compile(r"\[([^\]=]+)=([^\]]+)\]")


def found(text: str) -> list[dict[str, str | None]]:
    document = Document("d", text, Span(0, len(text)), Origin("d.txt", "", "utf-8"), language="en")
    return annotate_document(document, ["actors"])["mentions"]


def meant(text: str) -> list[tuple[str | None, str | None]]:
    return [(it["text"], it["country"] or it["bloc"]) for it in found(text) if it["country"] or it["bloc"]]


@pytest.mark.parametrize("marked", sentences.POSITIVE)
def test_every_marked_country_and_bloc_is_found_and_no_other(marked: str) -> None:
    assert meant(_MARK.sub(r"\1", marked)) == _MARK.findall(marked)


@pytest.mark.parametrize("text", sentences.NO_COUNTRY)
def test_what_looks_like_a_country_and_is_none_has_no_code(text: str) -> None:
    assert "[" not in text
    assert meant(text) == []


WITHOUT_CODE = [("Troops left Yugoslavia.", "Yugoslavia"), ("Kosovo applied again.", "Kosovo")]


@pytest.mark.parametrize(("text", "entity"), WITHOUT_CODE)
def test_a_state_without_a_code_of_iso_3166_1_is_named_all_the_same(text: str, entity: str) -> None:
    [mention] = found(text)
    assert (mention["entity"], mention["country"], mention["named_by"]) == (entity, None, None)


FORMER_STATES = [
    ("The Soviet Union fell.", "Soviet Union", "RU"),
    ("Talks with South Vietnam failed.", "South Vietnam", "VN"),
    ("East Germany built a wall.", "East Germany", "DE"),
]


@pytest.mark.parametrize(("text", "entity", "code"), FORMER_STATES)
def test_a_former_state_has_the_code_of_the_one_that_goes_on_in_its_place(text: str, entity: str, code: str) -> None:
    [mention] = found(text)
    assert (mention["entity"], mention["country"], mention["named_by"]) == (entity, code, "former state")


GOVERNMENTS = [
    ("Washington said it would answer.", ["Washington"]),
    ("Washington, D.C., residents voted.", []),
    ("Protesters marched in Washington on Sunday.", []),
    ("The office in Moscow said nothing.", []),
    ("Beijing warned Tokyo on Friday.", ["Beijing"]),
    ("Washington and Moscow disagree on the treaty.", ["Washington", "Moscow"]),
    ("The ties between Washington and Beijing are bad.", ["Washington", "Beijing"]),
    ("Tensions with Pyongyang rose.", ["Pyongyang"]),
    ("The mayor opened a school in Nairobi.", []),
]


@pytest.mark.parametrize(("text", "governments"), GOVERNMENTS)
def test_a_capital_that_acts_stands_for_its_government(text: str, governments: list[str]) -> None:
    assert [it["text"] for it in found(text) if it["stands_for"] == "government"] == governments


def test_a_person_has_the_country_of_the_office_throughout_a_document() -> None:
    text = "Norwegian President Kari Lund spoke. Later Lund left, and Okell came."
    people = [(it["text"], it["entity"], it["country"], it["named_by"]) for it in found(text) if it["type"] == "PERSON"]
    assert people == [
        ("Kari Lund", "Kari Lund", "NO", "office"),
        ("Lund", "Kari Lund", "NO", "office"),
        ("Okell", "Okell", None, None),
    ]


def test_no_country_is_without_a_nationality_and_a_capital() -> None:
    codes = {country(name.replace("_", " ").upper()) for name in names_of_states()}
    of_two_states = {"DM", "CG"}  # "Dominican" and "Congolese": a document decides
    assert codes - of_two_states <= set(lexicon.demonyms().values())
    assert codes <= set(lexicon.capitals().values())


def test_a_territory_has_the_name_of_the_unicode_cldr() -> None:
    text = "Curaçao, the Åland Islands and St. Helena, but no Jersey and no Antarctica"
    assert [it.meaning.country for it in hits(text, 0, len(text))] == ["CW", "AX", "SH"]


def test_the_text_of_every_hit_is_where_it_says_in_a_long_text() -> None:
    text = "The U.S. and Côte d’Ivoire. " * 2000
    spans = [it.span for it in hits(text, 0, len(text))]
    assert len(spans) == 4000
    assert {text[slice(*span)] for span in spans} == {"U.S.", "Côte d’Ivoire"}
