"""Quantities of invented sentences: what is a figure, with which value and unit, and what is none."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research import load
from research.loading import Document, Origin, Span
from research.nlp.annotate import annotate_document
from research.nlp.quantities.contexts import context_of, time_of
from research.nlp.quantities.figures import figures
from research.nlp.quantities.number_words import fraction_of, value_of
from research.nlp.records import Quantity, Time
from research.nlp.times.expressions import times
from research.nlp.times.periods import Moment
from tests.counting import assert_linear
from tests.nlp.quantities.told import found, told

Value = tuple[float | None, float | None, float | None]


MONEY: list[tuple[str, str, str, Value]] = [
    ("The trade reached 25 billion U.S. dollars.", "25 billion U.S. dollars", "USD", (25e9, None, None)),
    ("It cost 25 billion US dollars.", "25 billion US dollars", "USD", (25e9, None, None)),
    ("It cost US$25bn.", "US$25bn", "USD", (25e9, None, None)),
    ("It cost $66 million.", "$66 million", "dollar", (66e6, None, None)),
    ("It cost A$ 3.5 million.", "A$ 3.5 million", "AUD", (3.5e6, None, None)),
    ("It cost NZ$40.", "NZ$40", "NZD", (40, None, None)),
    ("It cost 100 million Australian dollars.", "100 million Australian dollars", "AUD", (100e6, None, None)),
    ("It cost 5 bln tenge.", "5 bln tenge", "KZT", (5e9, None, None)),
    ("It cost EUR 12 million.", "EUR 12 million", "EUR", (12e6, None, None)),
    ("It cost €12.5 million.", "€12.5 million", "EUR", (12.5e6, None, None)),
    ("It cost £3m.", "£3m", "pound", (3e6, None, None)),
    ("It cost 300 million euros.", "300 million euros", "EUR", (300e6, None, None)),
    ("It cost twenty-five billion dollars.", "twenty-five billion dollars", "dollar", (25e9, None, None)),
    ("It cost $5-10 million.", "$5-10 million", "dollar", (None, 5e6, 10e6)),
    ("It cost between $5 million and $10 million.", "$5 million and $10 million", "dollar", (None, 5e6, 10e6)),
    ("It cost more than $2,000.", "$2,000", "dollar", (2000, 2000, None)),
    ("It cost up to $2,000.", "$2,000", "dollar", (2000, None, 2000)),
    ("It cost 40 cents.", "40 cents", "dollar", (0.4, None, None)),
    ("It cost millions of dollars.", "millions of dollars", "dollar", (None, 1e6, None)),
    ("It cost 1.5 million roubles.", "1.5 million roubles", "ruble", (1.5e6, None, None)),
    ("It cost AUD$953 million.", "AUD$953 million", "AUD", (953e6, None, None)),
    ("It cost $A50 million.", "$A50 million", "AUD", (50e6, None, None)),
    ("It cost $US 3 million.", "$US 3 million", "USD", (3e6, None, None)),
    (
        "It cost \N{LATIN SMALL LIGATURE OE} 30 million.",
        "\N{LATIN SMALL LIGATURE OE} 30 million",
        "pound",
        (30e6, None, None),
    ),
    ("It was built under a $200 million programme.", "$200 million", "dollar", (200e6, None, None)),
    ("It was built for under $200 million.", "$200 million", "dollar", (200e6, None, 200e6)),
]


@pytest.mark.parametrize(("text", "said", "unit", "value"), MONEY, ids=[text for text, *_ in MONEY])
def test_money(text: str, said: str, unit: str, value: Value) -> None:
    assert told(text) == [(said, "money", unit, *value)]


OTHERS: list[tuple[str, str, str, str, Value]] = [
    ("Some 30 per cent agreed.", "30 per cent", "percentage", "%", (30, None, None)),
    ("It is 9.4% now.", "9.4%", "percentage", "%", (9.4, None, None)),
    ("It is five percent.", "five percent", "percentage", "%", (5, None, None)),
    (
        "It fell by 2 percentage points.",
        "2 percentage points",
        "percentage points",
        "percentage points",
        (2, None, None),
    ),
    ("It is between 5 and 10 per cent.", "5 and 10 per cent", "percentage", "%", (None, 5, 10)),
    ("It is 5 to 10 per cent.", "5 to 10 per cent", "percentage", "%", (None, 5, 10)),
    ("It is 5-10%.", "5-10%", "percentage", "%", (None, 5, 10)),
    ("They sent 4,000 troops.", "4,000 troops", "count", "troops", (4000, None, None)),
    ("They sent 4,000 Ordanian troops.", "4,000 Ordanian troops", "count", "troops", (4000, None, None)),
    ("They signed three agreements.", "three agreements", "count", "agreements", (3, None, None)),
    ("Hundreds of people came.", "Hundreds of people", "count", "people", (None, 100, None)),
    ("Tens of thousands of people came.", "Tens of thousands of people", "count", "people", (None, 1e4, None)),
    ("Dozens of villages burned.", "Dozens of villages", "count", "villages", (None, 12, None)),
    ("A dozen villages burned.", "A dozen villages", "count", "villages", (12, None, None)),
    ("At least 300 people died.", "300 people", "count", "people", (300, 300, None)),
    ("Half a million refugees came.", "Half a million refugees", "count", "refugees", (5e5, None, None)),
    ("Nearly 40,570 are homeless.", "40,570", "count", "", (40570, None, None)),
    ("One in five agrees.", "One in five", "ratio", "", (0.2, None, None)),
    ("Three out of ten agree.", "Three out of ten", "ratio", "", (0.3, None, None)),
    ("Two thirds of them agree.", "Two thirds", "ratio", "", (0.666667, None, None)),
    ("Half of them agree.", "Half", "ratio", "", (0.5, None, None)),
    ("Half of the voters agree.", "Half", "ratio", "voters", (0.5, None, None)),
    ("More than half the delegates left.", "half", "ratio", "delegates", (0.5, 0.5, None)),
    ("A third of its catch is sold.", "A third", "ratio", "catch", (0.333333, None, None)),
    ("Two thirds of the population live there.", "Two thirds", "ratio", "population", (0.666667, None, None)),
    ("Half of the total number of seats are taken.", "Half", "ratio", "seats", (0.5, None, None)),
    ("Half of Mrs. Lanter's aides left.", "Half", "ratio", "", (0.5, None, None)),
    ("Three quarters of mankind lives in towns.", "Three quarters", "ratio", "mankind", (0.75, None, None)),
    ("1 in 4 residents lived there.", "1 in 4 residents", "ratio", "residents", (0.25, None, None)),
    (
        "One in five Ordanian children goes hungry.",
        "One in five Ordanian children",
        "ratio",
        "children",
        (0.2, None, None),
    ),
    ("One in five lives in poverty.", "One in five", "ratio", "", (0.2, None, None)),
    ("They agreed by a ratio of about four to one.", "four to one", "ratio", "", (4, None, None)),
    ("She heard it hundreds of times.", "hundreds of times", "count", "times", (None, 100, None)),
    ("Thousands of Lebanese fled.", "Thousands of Lebanese", "count", "lebanese", (None, 1000, None)),
    ("They sent 4,000 Chinese troops.", "4,000 Chinese troops", "count", "troops", (4000, None, None)),
    ("It has 16 United Nations agencies.", "16 United Nations agencies", "count", "agencies", (16, None, None)),
    (
        "Some 100 or so “unbound” delegates came.",
        "100 or so “unbound” delegates",
        "count",
        "delegates",
        (100, None, None),
    ),
    ("There are 650 18-hole golf courses.", "650 18-hole golf courses", "count", "courses", (650, None, None)),
    ("They are building 152 single-family homes.", "152 single-family homes", "count", "homes", (152, None, None)),
    ("The attack killed 130 in Ansted.", "130", "count", "", (130, None, None)),
    ("Up to 150 killed in a raid.", "150", "count", "", (150, None, 150)),
    ("The total stood at 263 entering the vote.", "263", "count", "", (263, None, None)),
    ("Some say 34 of them left.", "34 of them", "count", "", (34, None, None)),
    ("One or two of us left.", "One or two of us", "count", "", (None, 1, 2)),
    ("It lost by a 22-point defeat.", "22-point", "count", "points", (22, None, None)),
    ("It is a four-lane highway.", "four-lane", "count", "lanes", (4, None, None)),
    ("It is a two- or three-week period.", "two- or three-week", "duration", "weeks", (None, 2, 3)),
    ("She was 92.", "92", "age", "years", (92, None, None)),
    ("The poet died at 92.", "92", "age", "years", (92, None, None)),
    ("Her son, Ilmar, 6, who was there, smiled.", "6", "age", "years", (6, None, None)),
    ("It suits voters between the ages of 18 and 54.", "18 and 54", "age", "years", (None, 18, 54)),
    ("No child aged between 0 and 6 came.", "0 and 6", "age", "years", (None, 0, 6)),
    ("They shipped 816 000 t of grain.", "816 000 t", "measure", "tonnes", (816000, None, None)),
    ("It is 12 km away.", "12 km", "measure", "km", (12, None, None)),
    ("It covers 20 square kilometres.", "20 square kilometres", "measure", "square km", (20, None, None)),
    ("It pumps 300,000 barrels a day.", "300,000 barrels a day", "measure", "barrels per day", (3e5, None, None)),
    ("It produces 50 megawatts.", "50 megawatts", "measure", "MW", (50, None, None)),
    ("Prices doubled.", "doubled", "multiple", "times", (2, None, None)),
    ("Prices are three times higher.", "three times", "multiple", "times", (3, None, None)),
    ("Exports halved.", "halved", "multiple", "times", (0.5, None, None)),
    ("It took three weeks.", "three weeks", "duration", "weeks", (3, None, None)),
    ("They agreed on a 10-year plan.", "10-year", "duration", "years", (10, None, None)),
    ("It takes five or six weeks.", "five or six weeks", "duration", "weeks", (None, 5, 6)),
    ("She is 48 years old.", "48 years old", "age", "years", (48, None, None)),
    ("A 23-year-old man was hurt.", "23-year-old", "age", "years", (23, None, None)),
    ("It sent seven of the nine ships.", "seven of the nine ships", "count", "ships", (7, None, None)),
    ("She sacked ten of Okell’s aides.", "ten of Okell’s aides", "count", "aides", (10, None, None)),
    ("The 112-member council met.", "112-member", "count", "members", (112, None, None)),
    ("She has a 10-point lead.", "10-point", "count", "points", (10, None, None)),
    ("It took 4 1/2 hours.", "4 1/2 hours", "duration", "hours", (4.5, None, None)),
    ("It took two and a half years.", "two and a half years", "duration", "years", (2.5, None, None)),
    ("He made a 30-second advert.", "30-second", "duration", "seconds", (30, None, None)),
    ("It left 20 mins late.", "20 mins", "duration", "minutes", (20, None, None)),
    ("Two or more ships sank.", "Two or more ships", "count", "ships", (2, 2, None)),
    (
        "A quarter of a million farmers left.",
        "A quarter of a million farmers",
        "count",
        "farmers",
        (250000, None, None),
    ),
    ("Two and a half million farmers left.", "Two and a half million farmers", "count", "farmers", (2.5e6, None, None)),
    (
        "They hired 46 Latin American and Asian cooks.",
        "46 Latin American and Asian cooks",
        "count",
        "cooks",
        (46, None, None),
    ),
    ("They hired 12 U.S. cooks.", "12 U.S. cooks", "count", "cooks", (12, None, None)),
    ("They hired nine more cooks.", "nine more cooks", "count", "cooks", (9, None, None)),
    ("Okell has won at least 12.", "12", "count", "", (12, 12, None)),
    ("More than 260 were hurt.", "260", "count", "", (260, 260, None)),
    ("He led a team of 15.", "15", "count", "", (15, None, None)),
    ("Their number has risen to thirty-five.", "thirty-five", "count", "", (35, None, None)),
    ("Millions lost their homes.", "Millions", "count", "", (None, 1e6, None)),
    ("More than half her life is over.", "half", "ratio", "life", (0.5, 0.5, None)),
    ("Half my life is over.", "Half", "ratio", "life", (0.5, None, None)),
    ("That is double the price.", "double", "multiple", "times", (2, None, None)),
    (
        "Thousands and thousands of your farmers left.",
        "Thousands and thousands of your farmers",
        "count",
        "farmers",
        (None, 1000, None),
    ),
    ("It cost a third of a week’s pay.", "a third", "ratio", "", (0.333333, None, None)),
    ("They met eight times in July.", "eight times", "count", "times", (8, None, None)),
    ("“Thousands” of farmers came.", "Thousands” of farmers", "count", "farmers", (None, 1000, None)),
    ("They were fined four times.", "four times", "count", "times", (4, None, None)),
    ("They parted over a 4 year period.", "4 year", "duration", "years", (4, None, None)),
    ("They waited for over 4 years.", "4 years", "duration", "years", (4, 4, None)),
    ("They spoke about a 10 per cent cut.", "10 per cent", "percentage", "%", (10, None, None)),
    ("They won 5-10 seats.", "5-10 seats", "count", "seats", (None, 5, 10)),
    ("Okell, 48, resigned.", "48", "age", "years", (48, None, None)),
    ("Girls under the age of 12 stay at home.", "12", "age", "years", (12, None, 12)),
    ("People aged 18-29 stay at home.", "18-29", "age", "years", (None, 18, 29)),
    ("Okell, aged 48, resigned.", "48", "age", "years", (48, None, None)),
    ("All of them are younger than 50.", "50", "age", "years", (50, None, 50)),
    ("It is for those 65 and older.", "65", "age", "years", (65, 65, None)),
    ("It fell by 33 1/3 per cent.", "33 1/3 per cent", "percentage", "%", (33.333333, None, None)),
    ("It took 3 1/ 2 years.", "3 1/ 2 years", "duration", "years", (3.5, None, None)),
    ("They set a target of 108 by the lake.", "108", "count", "", (108, None, None)),
    ("It was the bureau’s over three hour interview.", "three hour", "duration", "hours", (3, 3, None)),
]


@pytest.mark.parametrize(("text", "said", "kind", "unit", "value"), OTHERS, ids=[text for text, *_ in OTHERS])
def test_other_quantities(text: str, said: str, kind: str, unit: str, value: Value) -> None:
    assert told(text) == [(said, kind, unit, *value)]


@pytest.mark.parametrize(
    "text",
    [
        "It began in 1931 and ended in 1945.",
        "They met on 29 September 2023.",
        "They met at 3:40 p.m. on Tuesday.",
        "Resolution 1514 was adopted.",
        "Article 51 is clear.",
        "See page 3 and paragraph 12.",
        "Call 1-800-555-0100 now.",
        "They won 3-2 in the final.",
        "The motion was carried by a vote of 52-48.",
        "One of them spoke.",
        "One day they will see.",
        "The two countries agreed.",
        "Both sides agreed.",
        "The sixty-second session opened.",
        "The 21st century is young.",
        "The Group of 77 met.",
        "He flew an F-16.",
        "The G20 met in Ansted.",
        "COVID-19 is over.",
        "They worked 24/7.",
        "She raised a five-figure sum.",
        "It was the first time.",
        "World War 2 had ended.",
        "He lives in Room 12.",
        "It was on “60 Minutes”.",
        "They resigned last year.",
        "The third quarter was dry.",
        "It was a one-way street.",
        "Half-hearted talks went on.",
        "The dam is old.",
        "They lost 3-5 on penalties.",
        "It was a 5-4 decision.",
        "The vote was 48-52.",
        "They won a 4-3 victory.",
        "A third party was founded.",
        "She has a third child.",
        "It is the fourth of its kind.",
        "The four-way fight is over.",
        "They have a two-tier system.",
        "He took the double bass.",
        "Double standards are common.",
        "Prices have double-digit growth.",
        "The Group of Eight met.",
        "Chapter 7 is dull.",
        "He drove along Highway 61.",
        "She flew a Boeing 747.",
        "Read Psalm 23.",
        "It begins at 6 a.m. sharp.",
        "It begins at 18:30.",
        "The first two of these were lost.",
        "These three agreed.",
        "All four sides agreed.",
        "The two of them left.",
        "He is one of us.",
        "No one knows.",
        "They meet one day.",
        "The glass is half empty.",
        "He was half asleep.",
        "In the third quarter it rained.",
        "It was the second-largest dam.",
        "The 44th president spoke.",
        "The tenth anniversary was quiet.",
        "Section 2 of the act is old.",
        "The G7 met.",
        "Phase 2 begins.",
        "See Figure 4.",
        "He is number 10.",
        "He came second.",
        "The quarters were cold.",
        "She scores well.",
        "Mr. Ten left.",
        "The seventies were dull.",
        "On Sept. 5, Okell spoke.",
        "Okell, May 3, spoke.",
        "A five-point plan failed.",
        "The three-time winner left.",
        "Windows 10 is slow.",
        "He has no double.",
        "They sold Harbour One in secret.",
        "They ran the Million Paws race.",
        "The first half of the twentieth century was dull.",
        "They had been apart for a quarter of a century.",
        "The Group of 8 industrial nations met.",
        "The 19821986 Fifth Economic Plan aims high.",
        "They meet every five years.",
        "They meet every three or four months.",
        "At the Rio+20 United Nations Conference they agreed.",
        "While Y00 million people have no voice, it is none.",
        "We have 2",
        "As the Goal 8 targets are met, they agree.",
        "They fear the “surface-to-surface 20” missiles.",
    ],
)
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert told(text) == []


def test_a_change_and_a_level_are_two_figures() -> None:
    text = "Exports rose 4 % to $3 bn in May."
    assert [it[:3] for it in told(text)] == [("4 %", "percentage", "%"), ("$3 bn", "money", "dollar")]
    contexts = [context_of(text, Span(0, len(text)), it, []) for it in found(text)]
    assert [(it.role, it.direction) for it in contexts] == [("change", "up"), ("level", "up")]
    assert all(it.measure == Span(0, len("Exports")) for it in contexts)


@pytest.mark.parametrize(
    ("text", "measure", "verb", "role", "direction"),
    [
        ("The volume of the river trade reached $3 bn.", "The volume of the river trade", "reached", "level", None),
        ("The budget was cut by $3 bn.", "The budget", "cut", "change", "down"),
        ("Unemployment fell to 9%.", "Unemployment", "fell", "level", "down"),
        ("Unemployment has fallen by 2 percentage points.", "Unemployment", "fallen", "change", "down"),
        ("They want a 4% increase.", None, None, "change", "up"),
        ("They want an increase of $4.", None, None, "change", "up"),
        ("30 per cent of the population agree.", "the population", None, "level", None),
        ("We spent $3 bn.", None, None, "level", None),
        ("Okelland has a population of 5 million.", "population", "of", "level", None),
        ("Okelland’s population of about 5 million is young.", "Okelland’s population", "of", "level", None),
        ("They missed their inflation target of 2 per cent.", "inflation target", "of", "level", None),
        ("There are 300,000 steel workers in Okelland.", "steel workers in Okelland", "are", "level", None),
        ("There are two reasons in which we trust.", "reasons", "are", "level", None),
        ("A man of 5 million wishes spoke.", None, None, "level", None),
        ("The price for that house was $3 bn.", "The price for that house", "was", "level", None),
        ("They involved $3 bn.", None, None, "level", None),
        ("It reached $3 bn.", None, "reached", "level", None),
    ],
)
def test_what_is_measured(text: str, measure: str | None, verb: str | None, role: str, direction: str | None) -> None:
    [figure] = found(text)
    context = context_of(text, Span(0, len(text)), figure, [])
    assert (context.measure and text[slice(*context.measure)]) == measure
    assert (context.verb and text[slice(*context.verb)]) == verb
    assert (context.role, context.direction) == (role, direction)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("They sent 300 boats in 2015.", "2015"),
        ("They said on Tuesday that 300 boats sank.", None),
        ("The mayor announced on 22 January that 300 boats sank.", None),
        ("The mayor today announced 300 boats.", None),
        ("They said that 300 boats sank on Tuesday.", "Tuesday"),
        ("In March she led by 9 points, despite losing in February.", "March"),
        ("From March through May they sent 300 boats.", "March through May"),
    ],
)
def test_the_time_of_a_figure_is_not_that_of_its_saying(text: str, said: str | None) -> None:
    whole = Span(0, len(text))
    known = [
        Time(*it.span, "period", *(it.period.iso() if it.period else (None, None)), None, None)
        for it in times(text, whole, Moment.read("2023-09-29"))
    ]
    [figure] = figures(text, whole, [Span(it.start, it.end) for it in known])
    found = time_of(text, whole, figure, known)
    assert (None if found is None else text[found.start : found.end]) == said


def test_words_have_the_value_of_their_number() -> None:
    written = {"twenty-five": 25, "two hundred and fifty thousand": 250_000, "half a million": 500_000, "a dozen": 12}
    assert {words: value_of(words) for words in written} == written
    assert [value_of(words) for words in ("six two", "two the", "million thousand million")] == [None, None, None]
    assert [fraction_of(words) for words in ("half", "three-quarters", "a third of")] == [
        Decimal("0.5"),
        Decimal("0.75"),
        None,
    ]


# --- laws ---

_PIECES = "$ 5 1,000 million per cent % three troops between and to - of more than € years old doubled"
PIECES = st.sampled_from(_PIECES.split(" "))


@given(st.lists(PIECES, max_size=30).map(" ".join) | st.text(max_size=200))
@settings(deadline=None)
def test_spans_are_in_order_within_the_text_and_never_overlap(text: str) -> None:
    last = 0
    for figure in found(text):
        assert last <= figure.start < figure.end <= len(text)
        last = figure.end


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("1", 0),
        (",", 0),
        (" ", 0),
        ("-", 0),
        ("$", 0),
        ("one ", 0),
        ("hundred ", 1),
        ("1,000 ", 1666),
        ("1 ", 0),
        ("a ", 0),
        ("half a ", 1),
        ("5 to ", 0),
        ("13 of the ", 500),
        ("two and a half ", 0),
        ("5 men, ", 1428),
        ("Okell, 48, ", 909),
        ("more than 20, ", 714),
        ("millions of ", 417),
    ],
)
def test_long_runs_take_linear_work_and_give_what_is_there(piece: str, expected: int) -> None:
    # A pattern that backtracks without bound would hang here; work that grows with the square is counted.
    assert len(found((piece * 10_000)[:10_000])) == expected
    assert_linear(found, piece)


# --- the layer ---


def annotated(document: Document) -> list[dict[str, Any]]:
    return annotate_document(document, ["quantities"])["quantities"]


def test_the_quantity_of_the_seed(root: Path) -> None:
    [document] = load(root / "seeds")
    tables = annotate_document(document, ["statements", "quantities"])
    [row] = tables["quantities"]
    assert (row["start"], row["end"], row["text"]) == (1520, 1543, "25 billion U.S. dollars")
    assert (row["value"], row["unit"], row["kind"]) == (25e9, "USD", "money")
    assert (row["measure"], row["verb"]) == ("the volume of the Kazakh-Russian trade", "reached")
    assert (row["period_start"], row["period_end"]) == ("2022-01-01", "2022-12-31")
    assert (row["approximate"], row["assumed"], row["countries"]) == (False, False, "KZ RU")
    said = tables["attributions"][row["attribution"]]
    assert (said["speaker"], said["kind"], said["level"]) == ("Kassym-Jomart Tokayev", "direct", 0)
    assert Quantity.from_record(row).record(document.text) | {"verb_start": 1512, "verb_end": 1519} == row


@pytest.mark.parametrize(
    ("text", "fields", "unit", "assumed"),
    [
        ("The fund holds $3 million, the minister said on Monday.", {}, "USD", True),
        ("In Australia the fund holds $3 million, the minister said on Monday.", {}, "AUD", True),
        ("The fund holds $3 million, the minister said on Monday.", {"dollar": "NZD"}, "NZD", False),
        ("The fund holds US$3 million, the minister in Australia said on Monday.", {}, "USD", False),
    ],
)
def test_a_bare_dollar_is_that_of_the_document(text: str, fields: dict[str, str], unit: str, assumed: bool) -> None:
    document = Document("a", text, Span(0, len(text)), Origin("a.txt", "", ""), metadata=fields)
    [row] = annotated(document)
    assert (row["unit"], row["assumed"]) == (unit, assumed)
