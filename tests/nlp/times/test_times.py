"""Time expressions of invented sentences, each with the period that it means in a document of 29 September 2023."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research import load
from research.loading import Document, Origin, Span
from research.nlp.annotate import annotate_document
from research.nlp.records import Time
from research.nlp.times.expressions import times
from research.nlp.times.periods import Moment
from tests.counting import assert_linear

DAY = "2023-09-29"
Period = tuple[str | None, str | None] | None


def found(text: str, date: str | None = DAY) -> list[tuple[str, Period]]:
    readings = times(text, Span(0, len(text)), Moment.read(date))
    return [(text[slice(*it.span)], None if it.period is None else it.period.iso()) for it in readings]


def year(first: int, last: int | None = None) -> Period:
    return f"{first}-01-01", f"{last or first}-12-31"


def day(written: str) -> Period:
    return written, written


# --- what the words alone tell ---

IN_TEXT: list[tuple[str, str, Period]] = [
    ("The treaty was signed on 29 September 1958.", "29 September 1958", day("1958-09-29")),
    ("It was signed on September 29, 1958, in Ansted.", "September 29, 1958", day("1958-09-29")),
    ("It was signed on Sept. 29, 1958.", "Sept. 29, 1958", day("1958-09-29")),
    ("They met on the 11th of September 2001.", "the 11th of September 2001", day("2001-09-11")),
    ("They met on Saturday, 24 March 1990.", "Saturday, 24 March 1990", day("1990-03-24")),
    ("The talks of 3-5 May 2016 failed.", "3-5 May 2016", ("2016-05-03", "2016-05-05")),
    ("Updated 2016-05-03 by the desk.", "2016-05-03", day("2016-05-03")),
    ("The form is dated 25/12/2015.", "25/12/2015", day("2015-12-25")),
    ("Exports fell in March 2015.", "March 2015", ("2015-03-01", "2015-03-31")),
    ("Exports fell from March to May 2015.", "March to May 2015", ("2015-03-01", "2015-05-31")),
    ("The canal opened in 1931.", "1931", year(1931)),
    ("The 1931 treaty is still in force.", "1931", year(1931)),
    ("The 2016 elections were close.", "2016", year(2016)),
    ("From 2014 to 2016 the dam was empty.", "2014 to 2016", year(2014, 2016)),
    ("Between 2014 and 2016 the dam was empty.", "2014 and 2016", year(2014, 2016)),
    ("The war (1939-1945) ended it.", "1939-1945", year(1939, 1945)),
    ("The plan for 2014-16 failed.", "2014-16", year(2014, 2016)),
    ("The season 2014/15 was dry.", "2014/15", year(2014, 2015)),
    ("The first half of 2016 was dry.", "The first half of 2016", ("2016-01-01", "2016-06-30")),
    ("Growth slowed in the third quarter of 2019.", "the third quarter of 2019", ("2019-07-01", "2019-09-30")),
    ("Growth slowed in Q3 2020.", "Q3 2020", ("2020-07-01", "2020-09-30")),
    ("Trade boomed in the 1990s.", "the 1990s", year(1990, 1999)),
    ("Trade boomed in mid-2015.", "mid-2015", year(2015)),
    ("The crash of 2008-9 hurt.", "2008-9", year(2008, 2009)),
    ("Over the period 1992 to 2001 it grew.", "1992 to 2001", year(1992, 2001)),
    ("Exports fell from July 1961 to October 1970.", "July 1961 to October 1970", ("1961-07-01", "1970-10-31")),
    ("Trade boomed in the late 1990s.", "the late 1990s", year(1990, 1999)),
    ("Trade boomed in the nineties.", "the nineties", year(1990, 1999)),
    ("It was the war of the twentieth century.", "the twentieth century", year(1901, 2000)),
    ("It is the crisis of the 21st century.", "the 21st century", year(2001, 2100)),
    ("The gates closed in early 2020.", "early 2020", year(2020)),
    ("The gates close at the end of 2019.", "the end of 2019", year(2019)),
    ("They met in summer 2016.", "summer 2016", year(2016)),
    ("Spending in fiscal year 2019 fell.", "fiscal year 2019", year(2019)),
    ("Spending in FY2019-20 fell.", "FY2019-20", year(2019, 2020)),
    ("Spending in FY98 fell.", "FY98", year(1998)),
    ("It has been closed since 2014.", "2014", ("2014-01-01", DAY)),
    ("It will be full by 2030.", "2030", (None, "2030-12-31")),
    ("It stays closed until March 2025.", "March 2025", (None, "2025-03-31")),
    ("Before 1990 nobody paid.", "1990", year(1990)),
    ("After 1945 everybody paid.", "1945", year(1945)),
    ("It will be ready around 2034.", "2034", year(2034)),
    ("She ran at the 2000 Olympic Games.", "2000", year(2000)),
    ("In the year 2000 it rained.", "the year 2000", year(2000)),
    ("It rained in the last three months of 2015.", "the last three months of 2015", ("2015-10-01", "2015-12-31")),
    ("It rained in the final days of 2015.", "the final days of 2015", year(2015)),
    ("It is the early\n1980’ s that count.", "the early\n1980’ s", year(1980, 1989)),
    ("It is the twenty-first\ncentury.", "the twenty-first\ncentury", year(2001, 2100)),
    ("It changed after 9/11.", "9/11", day("2001-09-11")),
    ("From 2016 onwards nobody paid.", "2016", ("2016-01-01", None)),
    ("It grew in the first decade of the 21st century.", "the first decade of the 21st century", year(2001, 2010)),
    ("It fell in the last quarter of the 19th century.", "the last quarter of the 19th century", year(1876, 1900)),
    ("It is the work of the twenty- first century.", "the twenty- first century", year(2001, 2100)),
]


@pytest.mark.parametrize(("text", "said", "period"), IN_TEXT, ids=[text for text, *_ in IN_TEXT])
def test_the_words_alone_tell_a_period(text: str, said: str, period: Period) -> None:
    assert found(text) == [(said, period)]
    if period is None or DAY not in period:
        assert found(text, None) == [(said, period)]


# --- what the date of the document tells ---

BY_DATE: list[tuple[str, str, Period]] = [
    ("Trade reached a record last year.", "last year", year(2022)),
    ("Trade will fall this year.", "this year", year(2023)),
    ("Trade will fall next year.", "next year", year(2024)),
    ("Trade fell this month.", "this month", ("2023-09-01", "2023-09-30")),
    ("Trade fell last month.", "last month", ("2023-08-01", "2023-08-31")),
    ("They meet next week.", "next week", ("2023-10-02", "2023-10-08")),
    ("They met last week.", "last week", ("2023-09-18", "2023-09-24")),
    ("They met yesterday.", "yesterday", day("2023-09-28")),
    ("They spoke at today's meeting.", "today", day("2023-09-29")),
    ("They agreed in today’s Ansted Herald.", "today", day("2023-09-29")),
    ("Today I still sign the pact.", "Today", day("2023-09-29")),
    ("Last June the harbour reopened.", "Last June", ("2023-06-01", "2023-06-30")),
    ("It will fall over the next four or five months.", "the next four or five months", (DAY, "2024-02-29")),
    ("It was closed since the terrorist attacks of 11 September.", "11 September", day("2001-09-11")),
    ("The session opened on 11 September.", "11 September", day("2023-09-11")),
    ("The state holds its caucuses on Saturday.", "Saturday", day("2023-09-30")),
    ("He spoke before the parties kick off the local voting on Monday.", "Monday", day("2023-10-02")),
    ("It was open until the weekend.", "the weekend", (None, "2023-09-24")),
    ("They meet tomorrow.", "tomorrow", day("2023-09-30")),
    ("They met today.", "today", day("2023-09-29")),
    ("They met last night.", "last night", day("2023-09-28")),
    ("They met on Tuesday.", "Tuesday", day("2023-09-26")),
    ("They will meet on Tuesday.", "Tuesday", day("2023-10-03")),
    ("They met last Friday.", "last Friday", day("2023-09-22")),
    ("Towns were ruined by the past three decades of floods.", "the past three decades", ("1993-09-29", DAY)),
    ("They will meet the judge who accused him on Tuesday.", "Tuesday", day("2023-09-26")),
    ("“We will win,” she told a crowd on Tuesday.", "Tuesday", day("2023-09-26")),
    ("They met a week ago.", "a week ago", day("2023-09-22")),
    ("She said that on Tuesday she will speak.", "Tuesday", day("2023-10-03")),
    ("A debate to be held on Tuesday is sold out.", "Tuesday", day("2023-10-03")),
    ("He is campaigning to win Tuesday's primaries.", "Tuesday", day("2023-10-03")),
    ("He hopes for a boost after Tuesday's primaries.", "Tuesday", day("2023-09-26")),
    ("If she is elected on Tuesday, the tax will go.", "Tuesday", day("2023-10-03")),
    ("They will drop the pact that the premiers made in April.", "April", ("2023-04-01", "2023-04-30")),
    ("It is expected to act at its last meeting of the year in December.", "December", ("2023-12-01", "2023-12-31")),
    ("The board has been asked to report by the end of March.", "the end of March", (None, "2024-03-31")),
    ("They asked us to meet by the end of August.", "the end of August", (None, "2023-08-31")),
    ("The dam was empty two years ago.", "two years ago", year(2021)),
    ("The dam was empty a month ago.", "a month ago", ("2023-08-01", "2023-08-31")),
    ("It fell over the past five years.", "the past five years", ("2018-09-29", DAY)),
    ("It fell in the past two and a half years.", "the past two and a half years", ("2021-03-29", DAY)),
    ("Tempers are high after the flood in November.", "November", ("2022-11-01", "2022-11-30")),
    ("It fell over the last decade.", "the last decade", ("2013-09-29", DAY)),
    ("It fell in the past six months.", "the past six months", ("2023-03-29", DAY)),
    ("It fell in the last two weeks.", "the last two weeks", ("2023-09-15", DAY)),
    ("They met this past week.", "this past week", ("2023-09-22", DAY)),
    ("It will fall over the next ten years.", "the next ten years", (DAY, "2033-09-29")),
    ("It will end by the end of the year.", "the end of the year", (None, "2023-12-31")),
    ("It was dry for the rest of the month.", "the rest of the month", ("2023-09-01", "2023-09-30")),
    ("Sales fell in the third quarter of the year.", "the third quarter of the year", ("2023-07-01", "2023-09-30")),
    ("They met late last year.", "late last year", year(2022)),
    ("They met earlier this week.", "earlier this week", ("2023-09-25", "2023-10-01")),
    ("Two and a half years ago they met.", "Two and a half years ago", year(2021)),
    ("A fortnight ago they met.", "A fortnight ago", day("2023-09-15")),
    ("They met over the weekend.", "the weekend", ("2023-09-23", "2023-09-24")),
    ("They will meet this weekend.", "this weekend", ("2023-09-30", "2023-10-01")),
    ("They met last weekend.", "last weekend", ("2023-09-23", "2023-09-24")),
    ("They met from 7 to 10 July.", "7 to 10 July", ("2023-07-07", "2023-07-10")),
    ("The poll of Sept. 5-8 is out.", "Sept. 5-8", ("2023-09-05", "2023-09-08")),
    ("He spoke at the April summit.", "April", ("2023-04-01", "2023-04-30")),
    ("They spoke ahead of Sunday’s vote.", "Sunday", day("2023-10-01")),
    ("He rose and cried: “Let’s meet in November.”", "November", ("2023-11-01", "2023-11-30")),
    ("They are asked to report by the end of March.", "the end of March", (None, "2024-03-31")),
    ("They met in May.", "May", ("2023-05-01", "2023-05-31")),
    ("They met in November.", "November", ("2022-11-01", "2022-11-30")),
    ("They will meet in November.", "November", ("2023-11-01", "2023-11-30")),
    ("Talks began and are to resume on 10 October.", "10 October", day("2023-10-10")),
    ("They meet on 10 December.", "10 December", day("2023-12-10")),
    ("They met on the 8th of last month.", "the 8th of last month", day("2023-08-08")),
    ("The next century will be dry.", "The next century", year(2101, 2200)),
    ("They met on 3 May.", "3 May", day("2023-05-03")),
    ("They met on May 3.", "May 3", day("2023-05-03")),
    ("They met in April this year.", "April this year", ("2023-04-01", "2023-04-30")),
    ("It fell in the second quarter of last year.", "the second quarter of last year", ("2022-04-01", "2022-06-30")),
    ("It is the worst drought this decade.", "this decade", year(2020, 2029)),
    ("It is the worst drought this century.", "this century", year(2001, 2100)),
    ("The budget for the next financial year is ready.", "the next financial year", year(2024)),
]


@pytest.mark.parametrize(("text", "said", "period"), BY_DATE, ids=[text for text, *_ in BY_DATE])
def test_the_date_of_the_document_tells_a_period(text: str, said: str, period: Period) -> None:
    assert found(text) == [(said, period)]
    assert found(text, None) == [(said, None)], "without a date nothing relative is resolved"


@pytest.mark.parametrize(
    ("text", "said", "period"),
    [
        ("A survey ran from May 13 through June 2.", "May 13 through June 2", ("2023-05-13", "2023-06-02")),
        ("It rose by 1.1 million between January and April.", "January and April", ("2023-01-01", "2023-04-30")),
        ("It met from 23 May to 1 June 1983.", "23 May to 1 June 1983", ("1983-05-23", "1983-06-01")),
        ("The period 23 May-30 September 1966 was dry.", "23 May-30 September 1966", ("1966-05-23", "1966-09-30")),
        ("They were open from Monday to Thursday.", "Monday to Thursday", ("2023-09-25", "2023-09-28")),
    ],
)
def test_both_ends_of_a_stretch_are_one_expression(text: str, said: str, period: Period) -> None:
    assert found(text) == [(said, period)]


def test_ends_of_different_kinds_are_two_expressions() -> None:
    assert [said for said, _ in found("It rose from May 2015 to 2019, and from Friday to Monday.")] == [
        "May 2015",
        "2019",
        "Friday",
        "Monday",
    ]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Trade reached a record last year.", year(2022)),
        ("The dam was empty two years ago.", year(2021)),
        ("They met last month.", None),
        ("They met yesterday.", None),
        ("They met on Tuesday.", None),
        ("They met in May.", ("2023-05-01", "2023-05-31")),
        ("They met on 3 May.", day("2023-05-03")),
        ("They met last May.", None),
    ],
)
def test_a_year_alone_resolves_what_a_year_allows(text: str, period: Period) -> None:
    assert [it for _, it in found(text, "2023")] == [period]


# --- what has no period, and what is no time ---


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("At the recent session nobody spoke.", "the recent session"),
        ("The recent Hesper exhibition was full.", "recent"),
        ("Prices have recently fallen.", "recently"),
        ("He is currently in Ansted.", "currently"),
        ("It has grown in recent years.", "recent years"),
        ("They are now ready.", "now"),
        ("They resigned a few months ago.", "a few months ago"),
        ("Many years ago they resigned.", "Many years ago"),
        ("They will resign in the coming weeks.", "the coming weeks"),
        ("They may resign in the years ahead.", "the years ahead"),
        ("We met the other day.", "the other day"),
        ("It fell in the past few days.", "the past few days"),
        ("The lake froze last winter.", "last winter"),
        ("Over these last months it fell.", "these last months"),
        ("It has fallen lately.", "lately"),
        ("They live in today's world.", "today"),
        ("The youth of today reads little.", "today"),
        ("They spent much in the last week or two.", "the last week"),
        ("The state pays today's refugees little.", "today"),
        ("The law is weak as it stands today.", "today"),
        ("It is the town we know today.", "today"),
        ("Many of them still live there today.", "today"),
        ("Today, many firms pay nothing.", "Today"),
        ("Today the dam is no longer used.", "Today"),
    ],
)
def test_what_is_vague_has_no_period(text: str, said: str) -> None:
    assert found(text) == [(said, None)]


@pytest.mark.parametrize(
    "text",
    [
        "The Ansted Today show told it to USA TODAY.",
        "He is an anchor of ''Today,'' a show.",
        "I turn now to the dams.",
        "Most recently, it was the dams.",
        "Some 1500 to 2000 boats were lost.",
        "Some 2000 troops crossed the river.",
        "Resolution 1973 was adopted.",
        "See page 1999 of the report.",
        "The harbour office has $2015 left.",
        "The 2030 Agenda is ambitious.",
        "Under Agenda 2030 they promised water.",
        "The document is A/75/PV.12.",
        "Call 555-2016 for help.",
        "It sold 1,990 copies.",
        "May I say a word?",
        "They may march on the capital.",
        "April Okell said so.",
        "The train leaves at 3:40 p.m. sharp.",
        "He is in his eighties.",
        "As soon as possible, they said.",
        "Now, let me say this.",
        "It took three weeks.",
        "Super Tuesday decided it.",
        "An august body met.",
        "We know that we can win.",
        "It is the last day of the session.",
        "The ship is 250 feet long.",
        "They won 3-2 on penalties.",
        "The road is Route 1945.",
        "Obey resolution 242.",
        "They resigned the following year.",
        "The dam broke three years later.",
        "They left the next day.",
        "At that time the dam was dry.",
        "That year the dam was dry.",
        "It rains every year.",
        "They meet twice a week.",
        "It has rained for decades.",
        "It is the most recent of the floods.",
        "I now come to the dams.",
        "Let us now turn to the river.",
        "They work day to day.",
        "One day it will rain.",
        "Seven days a week they work.",
        "She was ready on day one.",
        "It is the second half of the match.",
        "At the end of the day it matters.",
        "He came to an end in Ansted.",
        "He is in a hurry, and now, my friends, listen.",
        "She has the day off.",
        "The 14th floor is empty.",
        "The March on the capital failed.",
        "He is an April.",
        "The sun sets in the west.",
        "They spring into action.",
        "In the fall he broke a leg.",
        "Every weekend they row.",
        "He spent the weekend alone.",
        "Chapter 1984 is long.",
        "It has 1,945 pages.",
        "They paid $1990.",
        "Some 2014 votes were counted.",
        "The model 1968 is loud.",
        "It is at 1600 metres.",
        "Their seconds counted.",
        "The last day of the session was dull.",
        "It lasted two and a half years.",
        "The mayor, 48, resigned.",
        "They met at noon.",
        "We enter our third century.",
        "He sold Twelfth Century Lamps.",
        "It follows resolutions 1514 (XV) and 2145 (XXI).",
        "They razed the now-closed mill.",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert found(text) == []


def test_the_number_of_a_resolution_is_no_year() -> None:
    assert [said for said, _ in found("Obey resolutions 1397 (2002) and 1402 (2003).")] == ["2002", "2003"]


# --- laws ---

PIECES = st.sampled_from(
    [
        "in",
        "since",
        "2014",
        "May",
        "the",
        "last",
        "year",
        "two",
        "years",
        "ago",
        "29",
        "-",
        "/",
        ",",
        "1990s",
        "on",
        "Tuesday",
        "by",
    ]
)


@given(st.lists(PIECES, max_size=30).map(" ".join) | st.text(max_size=200))
@settings(deadline=None)
def test_spans_are_in_order_within_the_text_and_never_overlap(text: str) -> None:
    readings = times(text, Span(0, len(text)), Moment.read(DAY))
    last = 0
    for reading in readings:
        assert last <= reading.span.start < reading.span.end <= len(text)
        last = reading.span.end
        if reading.period is not None and None not in reading.period.iso():
            start, end = reading.period.iso()
            assert start is not None
            assert end is not None
            assert start <= end


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("1", 0),
        (",", 0),
        (" ", 0),
        ("-", 0),
        ("19", 0),
        ("the ", 0),
        ("May ", 0),
        ("1 ", 0),
        ("the last ", 0),
        ("from 2014 to ", 769),
        ("in 2014 ", 1250),
        ("the end of the ", 0),
        ("Monday ", 1428),
    ],
)
def test_long_runs_take_linear_work_and_give_what_is_there(piece: str, expected: int) -> None:
    # A pattern that backtracks without bound would hang here; work that grows with the square is counted.
    assert len(found((piece * 10_000)[:10_000])) == expected
    assert_linear(found, piece)


# --- the layer ---


def annotated(document: Document) -> list[Any]:
    return annotate_document(document, ["times"])["times"]


def test_the_four_times_of_the_seed(root: Path) -> None:
    [document] = load(root / "seeds")
    rows = annotated(document)
    assert [(it["start"], it["end"], it["text"], it["period_start"], it["period_end"]) for it in rows] == [
        (6, 16, "2023-09-29", "2023-09-29", "2023-09-29"),
        (925, 943, "the recent session", None, None),
        (1463, 1472, "last year", "2022-01-01", "2022-12-31"),
        (1587, 1593, "recent", None, None),
    ]
    assert [Time.from_record(it).record(document.text) for it in rows] == rows
    assert all(document.text[it["start"] : it["end"]] == it["text"] for it in rows)


def test_a_document_in_another_language_has_no_times() -> None:
    text = "Le traité a été signé en 1931 et renouvelé en 1990, dit le ministre des eaux de la capitale."
    document = Document("a", text, Span(0, len(text)), Origin("a.txt", "", ""), language="fr")
    assert annotated(document) == []
