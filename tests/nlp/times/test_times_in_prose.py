"""Time expressions that only their sentence tells apart: "today" as a day, tenses, seasons, fiscal years."""

import pytest

from research.loading import Span
from research.nlp.times.expressions import times
from research.nlp.times.periods import Moment
from tests.counting import assert_linear

DAY = "2023-09-29"  # a Friday
Period = tuple[str | None, str | None] | None


def found(text: str, date: str | None = DAY, *, written: bool = True) -> list[tuple[str, Period]]:
    readings = times(text, Span(0, len(text)), Moment.read(date), written=written)
    return [(text[slice(*it.span)], None if it.period is None else it.period.iso()) for it in readings]


def year(first: int, last: int | None = None) -> Period:
    return f"{first}-01-01", f"{last or first}-12-31"


def day(written: str) -> Period:
    return written, written


# --- what the words alone tell ---


@pytest.mark.parametrize(
    ("text", "said", "period"),
    [
        ("The lease began on Ist July, 1964.", "Ist July, 1964", day("1964-07-01")),
        ("The lease began on l4th July, 1964.", "l4th July, 1964", day("1964-07-14")),
        ("The lease began on the first of July, 1964.", "the first of July, 1964", day("1964-07-01")),
        ("They sailed on 4 and 5 May 1996.", "4 and 5 May 1996", ("1996-05-04", "1996-05-05")),
        ("They sailed on 12/13 May 1996.", "12/13 May 1996", ("1996-05-12", "1996-05-13")),
        ("They sailed last Saturday, 9 October 1982.", "last Saturday, 9 October 1982", day("1982-10-09")),
        ("The ferry sank back in '93.", "'93", year(1993)),
        ("Rents doubled in the second half of the 1980s.", "the second half of the 1980s", year(1985, 1989)),
        ("Rents doubled in the twenty-first \ncentury.", "the twenty-first \ncentury", year(2001, 2100)),
        ("Budgets fell in the 2015 fiscal year.", "the 2015 fiscal year", year(2015)),
        ("Budgets fell in the 2015 calendar year.", "the 2015 calendar year", year(2015)),
        ("As long ago as 1948 it was a swamp.", "1948", year(1948)),
    ],
)
def test_the_words_alone_tell_a_period(text: str, said: str, period: Period) -> None:
    assert found(text) == found(text, None) == [(said, period)]


def test_two_days_with_others_between_them_are_two_expressions() -> None:
    assert found("They sailed on 3 and 17 May 1996.") == [("17 May 1996", day("1996-05-17"))]
    assert found("They sailed on May 3 and 17.") == [("May 3", day("2023-05-03"))]
    between = [("May 3 and 17", ("2023-05-03", "2023-05-17"))]
    assert found("They sailed between May 3 and 17.") == between


# --- what the date of the document tells ---


@pytest.mark.parametrize(
    ("text", "said", "period"),
    [
        ("It will open within the next week.", "the next week", (DAY, "2023-10-06")),
        ("It is to close later in the month.", "later in the month", ("2023-09-01", "2023-09-30")),
        ("It opened early in the year.", "early in the year", year(2023)),
        ("They must pay this very year.", "this very year", year(2023)),
        ("It was built a decade ago.", "a decade ago", year(2013)),
        ("It was built half a century ago.", "half a century ago", year(1973)),
        ("It was built a quarter of a century ago.", "a quarter of a century ago", year(1998)),
        ("It was built a year and a half ago.", "a year and a half ago", year(2022)),
        ("It was built two or three years ago.", "two or three years ago", year(2020, 2021)),
        ("It was built sixty-five years ago.", "sixty-five years ago", year(1958)),
        ("Nearly four decades ago it was built.", "four decades ago", year(1983)),
        ("Fares rose over the last 40 years of our history.", "the last 40 years", ("1983-09-29", DAY)),
        ("Fares rose over the past sixty-five years.", "the past sixty-five years", ("1958-09-29", DAY)),
        ("It was built 10 to 12 days ago.", "10 to 12 days ago", ("2023-09-17", "2023-09-19")),
        ("It will stand two or three months from now.", "two or three months from now", ("2023-11-01", "2023-12-31")),
        ("Fares rose over the past half century.", "the past half century", ("1973-09-29", DAY)),
        ("Fares rose over the last quarter of a century.", "the last quarter of a century", ("1998-09-29", DAY)),
        ("Fares rose in the last year and a half.", "the last year and a half", ("2022-03-29", DAY)),
        ("Fares rose in the past 10-15 years.", "the past 10-15 years", ("2008-09-29", DAY)),
        ("Fares rose in the first half of this century.", "the first half of this century", year(2001, 2050)),
        ("Fares rose in the first six months of the year.", "the first six months of the year", None),
        ("It will be ready in two years' time.", "two years' time", year(2025)),
        ("It will be ready in a week's time.", "a week's time", day("2023-10-06")),
        ("The lease ended in March last, they wrote.", "March last", ("2023-03-01", "2023-03-31")),
        ("They quarrelled on Tuesday last.", "Tuesday last", day("2023-09-26")),
        ("The lease ended on the first of July.", "the first of July", day("2023-07-01")),
        ("They danced on New Year's Eve.", "New Year's Eve", day("2022-12-31")),
        ("They will close by Christmas.", "Christmas", (None, "2023-12-25")),
        ("They sold it after Christmas Day.", "Christmas Day", day("2022-12-25")),
        ("November's vote is close.", "November", ("2023-11-01", "2023-11-30")),
        ("October brought rain.", "October", ("2022-10-01", "2022-10-31")),
        ("In November Okell quarrelled with them.", "November", ("2022-11-01", "2022-11-30")),
    ],
)
def test_the_date_of_the_document_tells_a_period(text: str, said: str, period: Period) -> None:
    if period is None:
        period = ("2023-01-01", "2023-06-30")
    assert found(text) == [(said, period)]
    assert found(text, None) == [(said, None)], "without a date nothing relative is resolved"


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("A service for him is planned Tuesday in Ansted.", "2023-10-03"),
        ("She has to go somewhere else on Tuesday.", "2023-10-03"),
        ("What could start it is a strong finish here Tuesday.", "2023-10-03"),
        ("They had been told just before Tuesday's vote that they would lose.", "2023-09-26"),
        ("The rule that was to be issued on Tuesday is late.", "2023-09-26"),
        ("A rule was planned for Tuesday.", "2023-09-26"),
        ("They should have paid on Tuesday.", "2023-09-26"),
    ],
)
def test_the_sentence_tells_the_week_of_a_day(text: str, period: str) -> None:
    assert [it for _, it in found(text)] == [day(period)]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("They are too young to vote in the April general election.", "2024-04"),
        ("They would lose a vote in the April general election, it said.", "2023-04"),
        ("It could have big consequences in April.", "2024-04"),
        ("They could have met in April.", "2023-04"),
        ("It should lead to a debate in April.", "2024-04"),
        ("High turnout now means little for April.", "2024-04"),
        ("High rents now mean little for April.", "2023-04"),
        ("In 2012, the port spent all of it in April.", "2012-04"),
        ("They have been quarrelling since a meeting in April.", "2023-04"),
    ],
)
def test_the_sentence_tells_the_year_of_a_month(text: str, period: str) -> None:
    assert [it and it[0] for said, it in found(text) if said == "April"] == [f"{period}-01"]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Once the rule goes into effect on Dec. 1, wages rise.", "2023-12-01"),
        ("The lease, which ends Jan. 31, is dear.", "2024-01-31"),
        ("His next speech, on July 28, was dull.", "2023-07-28"),
        ("It began on January 1, before the flood.", "2023-01-01"),
        ("Families pay nothing after the 1st of February.", "2024-02-01"),
    ],
)
def test_a_day_without_its_year_is_near(text: str, period: str) -> None:
    assert [it for _, it in found(text)] == [day(period)]


def test_the_eleventh_of_september_of_the_attacks() -> None:
    attacks = [("the 11th of September", day("2001-09-11"))]
    assert found("The town is poorer as a result of the 11th of September.", "2008-05-03") == attacks
    assert found("It came on the 11th of September.", "2003-02-10") == attacks
    assert found("It came on the 11th of September.", "2003-09-10") == [("the 11th of September", day("2003-09-11"))]
    assert found("It came on the 11th of September.", "2018-02-10") == [("the 11th of September", day("2017-09-11"))]


# --- fiscal years ---


@pytest.mark.parametrize(
    ("text", "date", "period"),
    [
        ("Australia owes more this financial year.", "2012-07-17", ("2012-07-01", "2013-06-30")),
        ("Australia owed less last financial year.", "2012-05-17", ("2010-07-01", "2011-06-30")),
        ("Australia owed less in the 2009-10 financial year.", "2012-05-17", ("2009-07-01", "2010-06-30")),
        ("Australia will owe less by the end of the financial year.", "2012-05-17", (None, "2012-06-30")),
        ("Congress owes more this fiscal year.", "2016-01-20", ("2015-10-01", "2016-09-30")),
        ("Congress owed less in fiscal year 2014.", "2016-01-20", ("2013-10-01", "2014-09-30")),
        ("Congress owed less in 2014-15.", "2016-01-20", year(2014, 2015)),
        ("Australia owed less in 2014-15.", "2016-01-20", year(2014, 2015)),
        ("Hesper owes more this fiscal year.", "2016-01-20", year(2016)),
        ("The Congress party owes more this fiscal year.", "2016-01-20", year(2016)),
        ("Congress saw the budget of the 2009-10 fiscal year.", "2016-01-20", ("2009-01-01", "2010-12-31")),
        ("Australia owes more this financial year.", "2012", None),
    ],
)
def test_a_fiscal_year_is_that_of_the_country_where_one_is_said(text: str, date: str, period: Period) -> None:
    assert [it for _, it in found(text, date)] == [period]


# --- "today" ---


@pytest.mark.parametrize(
    "text",
    [
        "Hesper today is a rich country.",
        "Fares are twice as high today as they were then.",
        "Life then was no worse than life today.",
        "She is as strong today as she was then.",
        "But even today, the port pays for everything.",
        "He is the best known of the problems of today.",
        "It is one of the biggest challenges facing our country today.",
        "The old rules still exist today.",
        "And today we are seeing the pace of change accelerate.",
        "The river is today a sewer.",
        "Nobody can do that in today's Washington.",
        "They pay today's Democrats little.",
    ],
)
def test_today_means_these_times_in_any_text(text: str) -> None:
    for written in (True, False):
        assert found(text, written=written) == [("today", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Okell and Ruggles are tied in the state today.",
        "She is the most complete candidate today.",
        "The party today agrees on nothing.",
        "Only 7 percent do today.",
        "Today, children who are born abroad get a passport.",
        "For most members today, the old years are the good ones.",
    ],
)
def test_in_written_prose_today_means_these_times_where_the_sentence_tells_what_is(text: str) -> None:
    [(_, period)] = found(text)
    assert period is None
    [(_, period)] = found(text, written=False)
    assert period == day(DAY)


@pytest.mark.parametrize(
    "text",
    [
        "A judge released a ruling today.",
        "The mayor is addressing them today as we speak.",
        "They have to be heard, going about their daily lives today.",
        "The ruling today is a shame.",
        "Our decision today does not pardon anybody.",
        "She is meeting them today.",
        "The council is voting today.",
        "It is good to be here today.",
        "Today I thank them all.",
        "Today is a good day.",
        "Today, for the first time, nobody will sing.",
        "The court ruled earlier today.",
        "It stands in today's newspapers.",
        "It stands in today’s Ansted Herald.",
        "The best thing today is that they agreed.",
        "He leaves for Ansted today.",
    ],
)
def test_today_is_a_day_where_something_happens_on_it(text: str) -> None:
    assert [it for _, it in found(text)] == [day(DAY)]
    assert [it for _, it in found(text, written=False)] == [day(DAY)]


# --- vague ones, and what only looks like a time ---


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The fight may last into the spring.", "the spring"),
        ("It is set to be released in the summer.", "the summer"),
        ("Votes will count in the fall, he said.", "the fall"),
        ("Prices fell later in the autumn.", "later in the autumn"),
        ("They hope to rule for decades to come.", "decades to come"),
        ("Hard weeks ahead will show it.", "weeks ahead"),
        ("They worked together decades ago.", "decades ago"),
        ("Not long ago they worked together.", "Not long ago"),
        ("The work began some time ago.", "some time ago"),
        ("They sold it a short while ago.", "a short while ago"),
        ("A few generations ago it was a swamp.", "A few generations ago"),
        ("They sold it a day or two ago.", "a day or two ago"),
        ("The last tree would fall decades from now.", "decades from now"),
        ("The matter is presently with the court.", "presently"),
        ("He will resign shortly.", "shortly"),
        ("We need it NOW!", "NOW"),
        ("Now, Okell has answered.", "Now"),
        ("They sold it the other night.", "the other night"),
        ("They may sell over the next few months and years.", "the next few months and years"),
        ("They sold in the last couple of days.", "the last couple of days"),
    ],
)
def test_what_is_vague_has_no_period(text: str, said: str) -> None:
    assert found(text) == [(said, None)]


@pytest.mark.parametrize(
    "text",
    [
        "They never forgot the fall of the tower.",
        "He broke a leg in the fall from the roof.",
        "The spring in the box broke.",
        "He resigned shortly after the vote.",
        "Now, let me say this.",
        "Now I know what you mean.",
        "It came from Real News Right Now, a website.",
        "He took two weeks' time off.",
        "Every December they row.",
        "They live on Christmas Island.",
        "Christmas is a time for rest.",
        "They met that November.",
        "He met them in the last two years of his term.",
        "It rained on Saturday nights.",
        "They moved to Thursday Island.",
        "They row on Sunday mornings.",
        "She led it by 45 points.",
        "He called them '45 of the best'.",
        "The next week it rained.",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert found(text) == []


def test_what_hangs_on_another_time_in_the_sentence_is_none() -> None:
    assert found("In 1998 they sold it later in the year.") == [("1998", year(1998))]
    assert [said for said, _ in found("They vote on the first Tuesday in November.")] == ["November"]


def test_today_beside_yesterday_is_a_day() -> None:
    assert found("They cheered yesterday, and today there is silence.")[1] == ("today", day(DAY))


def test_now_at_the_start_of_what_is_said_orders_a_speech() -> None:
    text = "Now, Okell has answered."
    assert found(text, written=False) == []
    assert found("Now is the time to answer.", written=False) == [("Now", None)]


@pytest.mark.parametrize(
    "piece", ["today ", "Now ", "a year and a half ", "3 and ", "the first of ", "in 2012 ", "had "]
)
def test_long_runs_take_linear_work(piece: str) -> None:
    assert_linear(found, piece)
