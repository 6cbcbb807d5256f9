"""Who is meant by a name: countries, blocs, capitals and offices in invented sentences."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research import load
from research.loading import Document, Origin, Span
from research.nlp.actors import lexicon
from research.nlp.actors.annotator import mentions
from research.nlp.actors.states import name_of_state, state_called
from research.nlp.annotate import annotate_document
from research.nlp.names.countries import country, names_of_states
from research.nlp.records import Mention
from tests.counting import assert_linear


def found(text: str, *names: tuple[str, str]) -> list[Mention]:
    """Return the mentions of a text in which the encoder saw these names, each with its type."""
    seen = [Mention(text.index(name), text.index(name) + len(name), type_, 0.9, name) for name, type_ in names]
    return mentions(text, sorted(seen, key=lambda it: it.start), list(lexicon.hits(text, 0, len(text))))


def codes(text: str, *names: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the countries and blocs of a text, each with the words that name it."""
    return [
        (text[it.start : it.end], it.country or it.bloc or "") for it in found(text, *names) if it.country or it.bloc
    ]


# --- the lists ---


def test_no_country_lacks_a_nationality_or_a_capital() -> None:
    states = {country(name.replace("_", " ").upper()) for name in names_of_states()} - {None}
    assert len(states) > 195
    assert states - set(lexicon.demonyms().values()) <= {"CG", "DM"}, "Congolese and Dominican are decided by context"
    assert states - set(lexicon.capitals().values()) <= {"VA", "NR", "SG", "DJ", "LU", "MC", "SM", "KW", "GT", "PA"}


def test_every_country_has_a_name_of_its_own() -> None:
    names = {code: name_of_state(code) for code in set(lexicon.demonyms().values())}
    assert len(set(names.values())) == len(names)
    assert not any(mark in name for name in names.values() for mark in "&(")


@pytest.mark.parametrize(
    ("written", "code"),
    [("Kazakhstan", "KZ"), ("KAZ", "KZ"), ("kz", "KZ"), ("UK", "GB"), ("Mali", "ML"), ("Ada Okell", None), ("", None)],
)
def test_a_state_is_known_by_name_and_code(written: str, code: str | None) -> None:
    assert state_called(written) == code


# --- countries and blocs, by all their names ---

NAMED: list[tuple[str, list[tuple[str, str]]]] = [
    ("Trade with Kazakhstan grew.", [("Kazakhstan", "KZ")]),
    ("French farmers fear for their water.", [("French", "FR")]),
    ("The Kazakh-Russian trade grew.", [("Kazakh", "KZ"), ("Russian", "RU")]),
    ("They want Russia-Ukraine talks.", [("Russia", "RU"), ("Ukraine", "UA")]),
    ("It is not anti-Russia.", [("Russia", "RU")]),
    ("The Americans left.", [("Americans", "US")]),
    ("An Englishman and two Frenchmen left.", [("Englishman", "GB"), ("Frenchmen", "FR")]),
    ("The U.S. agreed, the UK did not.", [("U.S.", "US"), ("UK", "GB")]),
    ("THE UNITED STATES AGREED.", [("UNITED STATES", "US")]),
    ("The Democratic Republic of the Congo agreed.", [("Democratic Republic of the Congo", "CD")]),
    ("South Korea and North Korea met.", [("South Korea", "KR"), ("North Korea", "KP")]),
    ("The People's Republic of China agreed.", [("People's Republic of China", "CN")]),
    ("The Republic of China agreed.", [("Republic of China", "TW")]),
    ("Burma, Ceylon and Zaire took new names.", [("Burma", "MM"), ("Ceylon", "LK"), ("Zaire", "CD")]),
    ("Papua New Guinea and Guinea-Bissau signed.", [("Papua New Guinea", "PG"), ("Guinea-Bissau", "GW")]),
    ("Scotland is not Northern Ireland.", [("Scotland", "GB"), ("Northern Ireland", "GB")]),
    ("They met in Berlin and The Hague.", [("Berlin", "DE"), ("The Hague", "NL")]),
    ("The EU, NATO and the UN met.", [("EU", "EU"), ("NATO", "NATO"), ("UN", "UN")]),
    ("The European Union and the African Union met.", [("European Union", "EU"), ("African Union", "African Union")]),
    ("The West is divided.", [("The West", "the West")]),
    ("The G20 and the Group of 77 met.", [("G20", "G20"), ("Group of 77", "G77")]),
    ("Kazinform reported it.", [("Kazinform", "KZ")]),
    ("The Kremlin denied it.", [("Kremlin", "RU")]),
    ("Tbilisi is the capital of Georgia.", [("Tbilisi", "GE"), ("Georgia", "GE")]),
    ("The Congolese army left Kinshasa.", [("Congolese", "CD"), ("Kinshasa", "CD")]),
    ("He went to Jordan and to Chad.", [("Jordan", "JO"), ("Chad", "TD")]),
    ("The Dutch agreed.", [("Dutch", "NL")]),
    ("The French are divided.", [("French", "FR")]),
    ("America is not Latin America.", [("America", "US")]),
    ("The Niger government fell, the Nigerian one did not.", [("Niger", "NE"), ("Nigerian", "NG")]),
    ("Somalis fled to Mali.", [("Somalis", "SO"), ("Mali", "ML")]),
]


@pytest.mark.parametrize(("text", "expected"), NAMED, ids=[text for text, _ in NAMED])
def test_a_country_or_bloc_is_known_by_its_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It cost 25 billion U.S. dollars.",
        "It cost 100 Australian dollars.",
        "They paid in Swiss francs.",
        "He spoke in English.",
        "She speaks Russian, too.",
        "The French language is spoken there.",
        "It was translated from German.",
        "The Indian Ocean is warm.",
        "The South China Sea is warm.",
        "They live in New England.",
        "They live in New Mexico.",
        "The Gulf of Mexico is warm.",
        "The Niger Delta is poor.",
        "Mr Jordan left.",
        "Senator Chad left.",
        "Tell us what you want.",
        "They had turkey for dinner.",
        "Polls in Georgia, Florida and Alabama close at eight.",
        "George Washington crossed the river.",
        "Washington State is dry.",
        "The Washington Post reported it.",
        "They crossed the West Bank.",
        "It is in the west of the country.",
        "Who knows it?",
        "It is here.",
        "The capital is Kingston.",
        "They ate French toast.",
        "Yugoslavia fell apart.",
        "Kosovo is small.",
        "Latin America is large.",
        "The Korean Peninsula is divided.",
    ],
)
def test_what_only_looks_like_a_country_has_no_code(text: str) -> None:
    assert codes(text) == []


# --- on top of the names that the encoder saw ---


def test_a_person_or_an_event_stays_whole() -> None:
    assert codes("Chad Okell and Paris Berg met.", ("Chad Okell", "PERSON"), ("Paris Berg", "PERSON")) == []
    [war] = found("The Vietnam War ended.", ("Vietnam War", "EVENT"))
    assert (war.type, war.country, war.named_by) == ("EVENT", "VN", "part of a name")


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("The Russian Foreign Ministry denied it.", "Russian Foreign Ministry", "RU"),
        ("The Australian Labor Party won.", "Australian Labor Party", "AU"),
        ("The Embassy of France closed.", "Embassy of France", "FR"),
    ],
)
def test_a_body_of_a_state_has_its_country(text: str, name: str, code: str | None) -> None:
    [body] = found(text, (name, "ORG"))
    assert (body.type, body.country, body.named_by) == ("ORG", code, "body")


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("American Crossroads denied it.", "American Crossroads", "US"),
        ("The Soviet Trade Office closed.", "Soviet Trade Office", "RU"),
        ("Kenya Herald printed it.", "Kenya Herald", None),
        ("The Lisbon Treaty holds.", "Lisbon Treaty", None),
    ],
)
def test_a_country_within_the_name_of_another_body_is_part_of_that_name(text: str, name: str, code: str | None) -> None:
    [body] = found(text, (name, "ORG"))
    assert (body.type, body.country, body.named_by) == ("ORG", code, code and "part of a name")


@pytest.mark.parametrize(
    ("text", "name", "kept", "code"),
    [
        ("Rain fell in western Kenya.", "western Kenya", "Kenya", "KE"),
        ("The law of Apartheid South Africa fell.", "Apartheid South Africa", "South Africa", "ZA"),
        ("They met in Washington D.C. in May.", "Washington D.C.", "Washington", "US"),
        ("Fruit comes from South Australia.", "South Australia", "South Australia", None),
    ],
)
def test_a_country_with_an_adjective_is_that_country(text: str, name: str, kept: str, code: str | None) -> None:
    [place] = found(text, (name, "GPE"))
    assert (text[place.start : place.end], place.country) == (kept, code)


def test_a_government_is_that_of_the_state_beside_it() -> None:
    text = "The Government of Kenya and Uganda's Government met; the Government left."
    first, second = text.index("Government"), text.index("Government", 30)
    seen = [Mention(at, at + len("Government"), "ORG", 0.9, "Government") for at in (first, second)]
    last = text.rindex("Government")
    seen.append(Mention(last, last + len("Government"), "ORG", 0.9, "Government"))
    its = [it for it in mentions(text, seen, list(lexicon.hits(text, 0, len(text)))) if it.type == "ORG"]
    assert [(it.entity, it.country) for it in its] == [("Government of Kenya", "KE"), ("Government of Uganda", "UG")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("President of Kenya Ada Okell left.", "KE"),
        ("French Foreign Minister Ada Okell left.", "FR"),
        ("Ada Okell, the president of Kenya, left.", "KE"),
        ("Kenya's Prime Minister, Ada Okell, left.", "KE"),
        ("A delegation of Russia led by Chairman of the Government Ada Okell left.", "RU"),
        ("In Kenya the singer Ada Okell left.", None),
        ("Ada Okell left Kenya.", None),
        ("The president of Kenya met Ada Okell.", None),
    ],
)
def test_a_person_has_the_country_of_the_office(text: str, code: str | None) -> None:
    [person] = [it for it in found(text, ("Ada Okell", "PERSON")) if it.type == "PERSON"]
    assert (person.country, person.named_by) == (code, code and "office")


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("Washington said it would pay.", True),
        ("Moscow has repeatedly accused the company.", True),
        ("Washington, D.C., residents said it.", False),
        ("People in Moscow said it.", False),
        ("They flew to Berlin.", False),
    ],
)
def test_a_capital_that_acts_is_its_government(text: str, stands: bool) -> None:
    [capital] = [it for it in found(text) if it.named_by == "capital"]
    assert (capital.stands_for == "government") == stands


def test_the_name_of_an_exhibition_is_no_organisation() -> None:
    seen = found("They met at the recent Lumora exhibition in Oslo.", ("Lumora", "ORG"))
    assert (seen[0].type, seen[0].entity) == ("EVENT", "Lumora exhibition")
    [forum] = found("They met at the VLK forum again.", ("VLK", "ORG"))
    assert (forum.type, forum.entity) == ("ORG", "VLK")


def test_common_nouns_with_a_capital_are_no_names() -> None:
    text = "The Assembly and the Council met; Member States and the General Assembly of the UN agreed."
    its = found(text, ("Assembly", "ORG"), ("Council", "ORG"), ("Member States", "ORG"))
    assert [text[it.start : it.end] for it in its] == ["UN"]


# --- the layer ---

_PIECES = "the West Kazakh-Russian UN U.S. dollars Georgia Congo New Guinea President of Berlin said - 's ."
PIECES = st.sampled_from(_PIECES.split(" "))


@given(st.lists(PIECES, max_size=30).map(" ".join) | st.text(max_size=200))
@settings(deadline=None)
def test_spans_are_in_order_within_the_text_and_never_overlap(text: str) -> None:
    last = 0
    for it in mentions(text, [], list(lexicon.hits(text, 0, len(text)))):
        assert last <= it.start < it.end <= len(text)
        last = it.end


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("A", 0),
        ("A ", 0),
        ("New ", 0),
        ("-", 0),
        ("Kazakh-", 1428),
        ("the West ", 1111),
        ("Republic of ", 0),
        ("U.S. ", 2000),
        ("Kenya, ", 1428),
    ],
)
def test_long_runs_take_linear_work_and_give_what_is_there(piece: str, expected: int) -> None:
    def work(text: str) -> list[Mention]:
        return mentions(text, [], list(lexicon.hits(text, 0, len(text))))

    # A pattern that backtracks without bound would hang here; work that grows with the square is counted.
    assert len(work((piece * 10_000)[:10_000])) == expected
    assert_linear(work, piece)


SEED = """
[[99, "Kazakhstan", "GPE", "Kazakhstan", "KZ"], [110, "Kassym-Jomart Tokayev", "PERSON", "Kassym-Jomart Tokayev", "KZ"],
 [164, "Kazinform", "ORG", "Kazinform", "KZ"], [217, "Berlin", "GPE", "Berlin", "DE"],
 [232, "Russian", "NORP", "Russia", "RU"], [332, "Berlin", "GPE", "Berlin", "DE"],
 [369, "Germany", "GPE", "Germany", "DE"],
 [394, "Kazakhstan", "GPE", "Kazakhstan", "KZ"], [442, "Russia", "GPE", "Russia", "RU"],
 [472, "the West", "LOC", "the West", null], [565, "Kazakhstan", "GPE", "Kazakhstan", "KZ"],
 [589, "Russia", "GPE", "Russia", "RU"], [663, "Russia", "GPE", "Russia", "RU"],
 [874, "Kassym-Jomart Tokayev", "PERSON", "Kassym-Jomart Tokayev", "KZ"],
 [951, "UN General Assembly", "ORG", "United Nations General Assembly", null],
 [1228, "Kazakhstan", "GPE", "Kazakhstan", "KZ"], [1326, "Kazakhstan", "GPE", "Kazakhstan", "KZ"],
 [1399, "Russia", "GPE", "Russia", "RU"], [1491, "Kazakh", "NORP", "Kazakhstan", "KZ"],
 [1498, "Russian", "NORP", "Russia", "RU"], [1594, "Innoprom exhibition", "EVENT", "Innoprom exhibition", null],
 [1635, "Astana", "GPE", "Astana", "KZ"], [1686, "Russia", "GPE", "Russia", "RU"],
 [1716, "Government", "ORG", "Government of Russia", "RU"],
 [1727, "Mikhail Mishustin", "PERSON", "Mikhail Mishustin", "RU"],
 [1766, "Kazakhstan", "GPE", "Kazakhstan", "KZ"], [2057, "Russia", "GPE", "Russia", "RU"],
 [2064, "Ukraine", "GPE", "Ukraine", "UA"]]
"""
"""Its entities as they were marked by hand: start, text, type, entity, country."""


def annotated(document: Document) -> list[dict[str, Any]]:
    return annotate_document(document, ["actors"])["mentions"]


def test_every_entity_of_the_seed(root: Path) -> None:
    [document] = load(root / "seeds")
    rows = annotated(document)
    assert [[it[name] for name in ("start", "text", "type", "entity", "country")] for it in rows] == json.loads(SEED)
    assert [Mention.from_record(it).record(document.text) for it in rows] == rows
    assert all(document.text[it["start"] : it["end"]] == it["text"] for it in rows)


def test_a_document_in_another_language_has_no_mentions() -> None:
    text = "Le ministre français a rencontré la délégation allemande à Berlin, dit le communiqué de la présidence."
    document = Document("a", text, Span(0, len(text)), Origin("a.txt", "", ""), language="fr")
    assert annotated(document) == []
