"""Counts: what is counted, what was known before, and counts whose noun is left out."""

from pathlib import Path

import pytest

from research import load
from research.nlp.annotate import annotate_document
from research.nlp.records import Quantity
from tests.counting import assert_linear
from tests.nlp.quantities.told import found, told

COUNTED = [
    ("The report has a nine-page summary.", "nine-page", "pages", 9),
    ("The commission read the nine-page summary.", "nine-page", "pages", 9),
    ("The majority of the seven-member panel agreed.", "seven-member", "members", 7),
    ("She toured 99 counties on a 99-county bus tour.", "99-county", "counties", 99),
    ("It was a 12 person race.", "12 person", "persons", 12),
    ("The board of the 3 million member union met.", "3 million member", "members", 3e6),
    ("The ministry opened 80,000 student places.", "80,000 student places", "places", 80_000),
    ("They have 17 adoring grandchildren.", "17 adoring grandchildren", "grandchildren", 17),
    ("Officials wrote two recent reports.", "two recent reports", "reports", 2),
    ("Three most pressing tasks remain.", "Three most pressing tasks", "tasks", 3),
    ("They counted 14 freshwater or coastal ports.", "14 freshwater or coastal ports", "ports", 14),
    ("It took a step of four coastal States’ fleets.", "four coastal States", "states", 4),
    ("The pact binds two Powers of the north.", "two Powers", "powers", 2),
    ("The ship carried your 190 odd million readers.", "190 odd million readers", "readers", 190e6),
    ("They need most of the 2,470+ delegates.", "2,470+ delegates", "delegates", 2470),
    ("They met a quarter-of-a-million people.", "a quarter-of-a-million people", "people", 250_000),
    ("The film was shown over 25,000 times.", "25,000 times", "times", 25_000),
    ("The plan has 58 Fortune 500 companies behind it.", "58 Fortune 500 companies", "companies", 58),
    ("He took part in 25 of the most remote hearings.", "25 of the most remote hearings", "hearings", 25),
]


@pytest.mark.parametrize(("text", "said", "unit", "value"), COUNTED)
def test_what_is_counted(text: str, said: str, unit: str, value: float) -> None:
    assert (said, "count", unit, value) in [it[:4] for it in told(text)]


KNOWN = [
    "Those 13 countries signed the pact.",
    "These 11 high-profile pilots agreed.",
    "Goods flow freely among the 12 countries.",
    "Okelland's two largest ports are closed.",
    "They are the only two ports open.",
    "During the past fourteen sessions nothing was decided.",
    "Nobody expected the three that were there.",
    "One would be a lake, while a third would be a harbour.",
    "It was a half-measure.",
    "Okelland doubled down on its plan.",
    "It is the worst storm in three quarters of a century.",
    "The news airs on Harbour Radio 125 weekdays at noon.",
    "Then 11h million people came.",
    "It rained in the last 24 hours.",
    "They agreed on it in the previous seven years.",
    "The catch fell in the second half of July.",
    "For the following four years the port is closed.",
    "It fell in the first four months of this year.",
    "It wants to join the top 30 most visited ports.",
    "He wanted to double check the list.",
    "It put an end to double taxation of fish.",
]


@pytest.mark.parametrize("text", KNOWN)
def test_what_counts_nothing_new(text: str) -> None:
    assert found(text) == []


def test_a_fifth_after_four_is_one_more() -> None:
    assert [it[0] for it in told("Four of the harbours are closed and a fifth was sold.")] == ["Four of the harbours"]


@pytest.mark.parametrize("name", ["Fortune 500 companies", "S&P 500 firms", "Formula 1 teams", "Group of 77 members"])
def test_the_number_of_a_list_counts_nothing(name: str) -> None:
    assert found(f"The {name} met at the port.") == []


def test_a_number_in_a_name_counts_nothing() -> None:
    assert told("In a Dash 8 aircraft they flew over 200 boats.") == [("200 boats", "count", "boats", 200, 200, None)]


LEFT_OUT = [
    ("Of 107 harbours only 16 closed their gates.", "16", 16),
    ("It was only three short of the majority.", "three", 3),
    ("They signed one pact after another, 27 in total.", "27", 27),
    ("Ada Okell has 1,163 delegates to Tom Vale’s 844, the radio said.", "844", 844),
    ("There are 360 here this morning.", "360", 360),
    ("They hired 160 guards, up from 90 last year.", "90", 90),
    ("We lost nearly 100 of our own.", "100 of our own", 100),
    ("The storm left nine dead.", "nine", 9),
    ("She has six of ’em.", "six of ’em", 6),
]


@pytest.mark.parametrize(("text", "said", "value"), LEFT_OUT)
def test_counts_whose_noun_is_left_out(text: str, said: str, value: float) -> None:
    assert (said, "count", "", value) in [it[:4] for it in told(text)]


WRITTEN = [
    ("It plans to triple coal output.", "triple", "multiple", "times", 3),
    ("It took half an hour.", "half an hour", "duration", "hours", 0.5),
    ("It lasted about an hour and a half.", "an hour and a half", "duration", "hours", 1.5),
    ("A half-mile away the bridge begins.", "half-mile", "measure", "miles", 0.5),
    ("It took five and half years.", "five and half years", "duration", "years", 5.5),
    ("It was a two- day meeting.", "two- day", "duration", "days", 2),
    ("The 200- mile zone is closed.", "200- mile", "measure", "miles", 200),
    ("In the 33 \nyears of the port nothing sank.", "33 \nyears", "duration", "years", 33),
    ("It aided us for some 30 odd years.", "30 odd years", "duration", "years", 30),
    ("It cost a couple of billion euros.", "a couple of billion euros", "money", "EUR", 2e9),
    ("It lent 1.7 billion Swedish Krona.", "1.7 billion Swedish Krona", "money", "SEK", 1.7e9),
    ("One \nout of every six persons fishes.", "One \nout of every six persons", "ratio", "persons", 0.166667),
    ("One in five voters says so.", "One in five voters", "ratio", "voters", 0.2),
    ("One in three of our kids stays.", "One in three", "ratio", "kids", 0.333333),
    ("They were half that weight.", "half", "ratio", "weight", 0.5),
]


@pytest.mark.parametrize(("text", "said", "kind", "unit", "value"), WRITTEN)
def test_other_ways_of_writing(text: str, said: str, kind: str, unit: str, value: float) -> None:
    assert (said, kind, unit, value) in [it[:4] for it in told(text)]


def test_a_noun_ends_before_a_preposition() -> None:
    assert [it[0] for it in told("She has 516 boats to 39 among rivals.")] == ["516 boats"]


def test_mortality_more_than_halved() -> None:
    assert told("Deaths have more than halved over a decade.")[0][:4] == ("halved", "multiple", "times", 0.5)


def test_millions_upon_millions() -> None:
    assert told("It fed millions upon millions of people.") == [
        ("millions upon millions of people", "count", "people", None, 1e6, None)
    ]


def test_a_bound_behind_a_rate() -> None:
    assert told("It sells 2 million euros a year or less.")[0][3:] == (2e6, None, 2e6)


def test_care_about_two_things_is_no_estimate() -> None:
    assert [it.approximate for it in found("They care about two things.")] == [False]
    assert [it.approximate for it in found("It has about two harbours.")] == [True]
    assert [it.approximate for it in found("The share is closer to 15 per cent.")] == [True]


UN = "The United Nations met. " * 6


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        (f"{UN}Jamaica thanks Jamaica. We gave $5.", "USD"),
        ("Jamaica thanks Jamaica, and the United Nations. We gave $5.", "JMD"),
        (f"{UN}{'Jamaica spoke. ' * 9}We gave $5.", "JMD"),
        ("The government of Western Australia gave $5.", "AUD"),
        ("The Commonwealth has no say, but the Commonwealth had given $5.", "AUD"),
        ("The port of Queensland gave $5.", "AUD"),
        ("The port gave $5.", "USD"),
    ],
)
def test_the_dollar_of_a_document(text: str, currency: str, tmp_path: Path) -> None:
    (tmp_path / "speech.txt").write_text(text, encoding="utf-8")
    (document,) = load(tmp_path)
    money = annotate_document(document, ["quantities"])["quantities"]
    assert [(it.unit, it.assumed) for it in map(Quantity.from_record, money)] == [(currency, True)]


@pytest.mark.parametrize(
    "piece",
    [
        *("there are 3 ", "down from 3 ", "half an hour ", "an hour and a ", "millions upon ", "when he was 1 "),
        *("to A B's 3 ", "one, a third is ", "only 3 ", "3 most ", "3 A or ", "those 12 to 13 ", "under age 1 "),
        *("3 \n", "a couple of ", "3 odd ", "a Dash 8 ", "2 billion Kr "),
    ],
)
def test_long_runs_take_linear_work(piece: str) -> None:
    assert_linear(found, piece)
