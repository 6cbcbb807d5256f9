"""Dates as people write them: as much as they state, and never a guessed day."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.loading import load
from research.loading.dates import (
    bounds,
    date_of_folders,
    dates_in_names,
    earliest,
    is_unclear,
    latest,
    order_of,
    order_shown,
    read_date,
)

DAYS = st.dates().filter(lambda day: day.year >= 1000)


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2023-09-29", "2023-09-29"),
        ("2023-9-2", "2023-09-02"),
        ("2023/09/29", "2023-09-29"),
        ("2023.09.29", "2023-09-29"),
        ("20230929", "2023-09-29"),
        ("2023-09-29T23:30:00+02:00", "2023-09-29"),  # the day that is written, whatever the zone
        ("2023-09-29 23:30", "2023-09-29"),
        ("29 September 2023", "2023-09-29"),
        ("29th of September 2023", "2023-09-29"),
        ("29-Sep-2023", "2023-09-29"),
        ("Friday, 29 September 2023", "2023-09-29"),
        ("Fri, 29 Sep 2023 10:00:00 GMT", "2023-09-29"),
        ("Sept. 29, 2023", "2023-09-29"),
        ("september 29 2023", "2023-09-29"),
        ("May 1st, 2023, 9:15 pm", "2023-05-01"),
        ("15/06/1996", "1996-06-15"),
        ("06/15/1996", "1996-06-15"),
        ("06/06/1996", "1996-06-06"),
        (" 2023-09-29\n", "2023-09-29"),
        ("September 2023", "2023-09"),
        ("2023-09", "2023-09"),
        ("2023", "2023"),
        ("20230929233000", "2023-09-29"),
        ("20230929T2330Z", "2023-09-29"),
        ("29 September 2023 at 10.30am", "2023-09-29"),
        ("Fri Sep 29 10:00:00 +0000 2023", "2023-09-29"),
        ("29/Sep/2023", "2023-09-29"),
        ("Published: 29 September 2023", "2023-09-29"),
        ("09/2023", "2023-09"),
        ("2023-9", "2023-09"),
        ("1695945600", "2023-09-29"),  # seconds since 1970
        ("1695945600000", "2023-09-29"),
        ("1695945600.25", "2023-09-29"),
        ("2023.0", "2023"),  # as a spreadsheet's column of numbers comes out
        *((unclear, None) for unclear in ("06/05/1996", "1/2/2023", "03-04-2020")),
        *((no, None) for no in ("2023-02-30", "30 February 2023", "31/06/1996", "2023-13", "September 31, 2023")),
        *((no, None) for no in ("19960311 - 20071203", "yesterday", "", "29/09/23", "Sept. 29", "12:30")),
        *((no, None) for no in ("1999123123", "2023092910", "169594560", "29-SEP-23", "2023-09-29 to 2023-10-02")),
        *((no, None) for no in ("12 listopad 2023", "auguſt 12 2023", "before 29 September 2023", "١٢ مايو ٢٠٢٣")),
        *((no, None) for no in ("٢٠٢٣-٠٩-٢٩", "9" * 5000, "2023-09-29 or later", "in 2023", "0000-01-01", "99")),
    ],
)
def test_a_date_is_what_is_written_and_no_more(written: str, date: str | None) -> None:
    assert read_date(written) == date


@pytest.mark.parametrize(
    "written",
    [
        *("12. Mai 2031", "Montag, 12. Mai 2031", "12 mai 2031", "lundi 12 mai 2031", "12 de mayo de 2031"),
        *("12 maggio 2031", "12 de maio de 2031", "12 mei 2031", "12 maj 2031", "12 maja 2031", "12. května 2031"),
        *("12 Mayıs 2031", "12 мая 2031", "12 МАЯ 2031 г.", "12 травня 2031 року", "2031年5月12日"),
    ],
)
def test_months_are_known_by_their_names_in_many_languages(written: str) -> None:
    assert read_date(written) == "2031-05-12"
    assert read_date(written.replace("12", "1", 1)) == "2031-05-01"


@given(DAYS)
def test_every_day_is_read_in_every_way_of_writing_it(day: date) -> None:
    ways = [
        f"{day:%Y-%m-%d}",
        f"{day.day} {day:%B} {day.year}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%b}. {day.day}, {day.year}",
    ]
    assert {read_date(way) for way in ways} == {day.isoformat()}
    assert read_date(f"{day:%d/%m/%Y}", "dmy") == read_date(f"{day:%m/%d/%Y}", "mdy") == day.isoformat()


@given(DAYS)
def test_a_day_in_numbers_is_never_guessed(day: date) -> None:
    written = f"{day:%d/%m/%Y}"
    assert read_date(written) in (None, day.isoformat())
    assert is_unclear(written) == (day.day <= 12 and day.day != day.month)
    assert (read_date(written) is None) == is_unclear(written)


@given(st.text(max_size=200))
def test_any_text_gives_a_date_of_the_calendar_or_none(written: str) -> None:
    date = read_date(written)
    assert date is None or read_date(date) == date


def test_the_order_of_a_collection_is_the_one_that_all_its_dates_can_have() -> None:
    assert [order_shown(it) for it in ("15/06/1996", "06/15/1996", "06/05/1996", "06/06/1996", "2023-09-29")] == [
        *("dmy", "mdy", None, None, None),
    ]
    assert (order_of(["dmy", "dmy"]), order_of(["dmy", "mdy"]), order_of([])) == ("dmy", None, None)
    assert read_date("06/15/1996", "dmy") is None


@pytest.mark.parametrize(
    ("names", "dates"),
    [
        (["outlet_2016-09-12_title"], ["2016-09-12"]),
        (["2016_09_12", "a 2016.09.13"], ["2016-09-12", "2016-09-13"]),
        (["20160912_wire", "20160913_wire"], ["2016-09-12", "2016-09-13"]),
        (["20160912_wire", "20169913_wire"], [None, None]),  # so these are numbers, not days
        (["minutes-29-September-2023"], ["2023-09-29"]),
        (["minutes_2016-09"], ["2016-09"]),
        (["KAZ_75_2020", "MAR_28_1973"], ["2020", "1973"]),  # no 28 March: it is Morocco's 28th
        (["speech-1999", "speech-0007"], [None, None]),
        (["KAZ_75_2020"], ["2020"]),
        (["2020", "speech_(1999)"], ["2020", "1999"]),
        (["speech-1999", "report 2001"], [None, None]),  # two say too little
        (["norway-1999", "chile-2001", "peru-2001"], ["1999", "2001", "2001"]),
        (["agenda-2030", "Agenda 2030", "un_agenda_2030", "2030-agenda"], [None] * 4),
        (["agenda-2030", "norway-1999", "chile-2001"], [None] * 3),
        (["resolution-1973", "resolution_1973", "res1973", "vision-2030", "agenda-2063"], [None] * 5),
        (["resolution_1973_2011"], ["2011"]),
        (["propaganda_1938"], ["1938"]),
        (["budget-1999 2001"], [None]),
        (["1996-2007"], [None]),
        (["2016-09-12 to 2016-09-19"], [None]),
        (["2016-13-12"], [None]),
        (["v2010", "title"], [None, None]),
        (["2016-09-12_2020"], ["2016-09-12"]),
        (["12-05-2031_vote", "13.05.2031", "31-31-2031"], ["12-05-2031", "13.05.2031", None]),  # as it is written
        (["1.2.12-05-2031", "v1.12.2031", "12-05-20311"], [None] * 3),
        (
            ["12May2031", "May-12-2031-vote", "28-Mar-1973", "vote 12 мая 2031"],
            ["2031-05-12", "2031-05-12", "1973-03-28", "2031-05-12"],
        ),
        (["20310512T0900_vote", "2031年5月12日"], ["2031-05-12", "2031-05-12"]),
    ],
)
def test_a_name_states_a_date_or_none(names: list[str], dates: list[str | None]) -> None:
    found = dates_in_names(names)
    assert [found.get(name) for name in names] == dates


@given(st.lists(st.text("a_-0123456789", max_size=14), max_size=6))
def test_dates_in_names_do_not_depend_on_the_order_of_the_names(names: list[str]) -> None:
    assert dates_in_names(names) == dates_in_names(names[::-1])


@pytest.mark.parametrize(
    ("dates", "first", "last"),
    [
        (["2016-03-01"], ["2016-03-01"], ["2016-03-01"]),
        (["2016", "2017"], ["2016"], ["2017"]),
        (["2016", "2016-03-01"], ["2016", "2016-03-01"], ["2016", "2016-03-01"]),
        (["2016", "2016-03", "2016-03-05"], ["2016", "2016-03", "2016-03-05"], ["2016", "2016-03", "2016-03-05"]),
        (["2016", "2016-03-01", "2016-05-02"], ["2016", "2016-03-01"], ["2016", "2016-05-02"]),
        (["2016", "2016-01-01", "2016-12-31"], ["2016-01-01"], ["2016-12-31"]),
        (["2016-02", "2016-02-29"], ["2016-02", "2016-02-29"], ["2016-02-29"]),
        (["2015-12-31", "2016", "2017-01-01"], ["2015-12-31"], ["2017-01-01"]),
    ],
)
def test_no_order_is_claimed_between_a_year_and_a_day_in_it(
    dates: list[str], first: list[str], last: list[str]
) -> None:
    assert (earliest(dates), latest(dates)) == (first, last)
    assert (earliest(dates[::-1]), latest(dates[::-1])) == (first, last)


DATES = st.builds(
    lambda day, size: day.isoformat()[:size], st.dates(date(2015, 12, 1), date(2017, 2, 1)), st.sampled_from([4, 7, 10])
)


@given(st.lists(DATES, min_size=1, max_size=6))
def test_the_ends_are_those_that_some_days_within_the_dates_have(dates: list[str]) -> None:
    for ends, pick in ((earliest(dates), min), (latest(dates), max)):
        for end in ends:  # it can be the end: there are days, one in each date, among which its own is
            which = 0 if pick is min else 1
            others = [bounds(other)[1 - which] for other in dates]
            assert pick([bounds(end)[which], *others]) == bounds(end)[which]
        assert set(ends) <= set(dates)


@pytest.mark.parametrize(
    ("folders", "day"),
    [
        ("Ossel/2031/June/28", "2031-06-28"),
        ("2031/6/3/evening", "2031-06-03"),
        ("2031-06-28", "2031-06-28"),
        ("debates 28 June 2031/annex", "2031-06-28"),
        ("2031/06", None),
        ("2031/June", None),
        ("2031/13/28", None),
        ("2031/02/30", None),
        ("06/28/2031", None),
        ("2031-06-28/2032-01-01", None),
        ("export 2031-06-28", None),
        ("Ossel_downloaded_2031-06-28", None),
        ("export 2032-01-01/2031/06/28", "2031-06-28"),
        ("2031/volume/28", None),
        ("", None),
    ],
)
def test_folders_state_a_whole_day_or_nothing(folders: str, day: str | None) -> None:
    assert date_of_folders(folders.split("/")) == day


def test_folders_date_what_nothing_else_does(tmp_path: Path) -> None:
    folder = tmp_path / "2031" / "June" / "28"
    folder.mkdir(parents=True)
    (folder / "part1.txt").write_text("The House met at ten.\n", encoding="utf-8")
    (folder / "part2.txt").write_text(
        "Date: 12 May 2031\nTitle: A day\n\nThe House met at ten again.\n", encoding="utf-8"
    )
    found = [(it.date, it.date_origin) for it in load(tmp_path)]
    assert found == [("2031-06-28", "folder names"), ("2031-05-12", "header")]
