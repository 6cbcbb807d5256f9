"""A value is read back the same in whichever way it was written, and what can be read in two ways is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.nlp.quantities.values import NotAValue, Written, agree, read, same_unit

# --- one value, written in many ways ---


@pytest.mark.parametrize(
    "text",
    [
        *("25 billion US dollars", "25 billion U.S. dollars", "USD 25 bn", "USD25bn", "US$25bn", "US$ 25 billion"),
        *("25bn USD", "25 bn American dollars", "$25 billion US dollars", "25 BILLION US DOLLARS", "25\u00a0bn USD"),
    ],
)
def test_the_same_sum_is_the_same_value(text: str) -> None:
    assert read(text) == Written(Decimal(25) * 10**9, "USD", Decimal(10) ** 9)


@pytest.mark.parametrize("text", ["$25bn", "$25b", "25 billion dollars", "$ 25 bn.", "$25,000,000,000"])
def test_dollars_that_are_not_said_to_be_of_a_country_agree_with_those_of_any(text: str) -> None:
    assert agree(read(text), read("USD 25 bn"))
    assert agree(read("CAD 25 bn"), read(text))
    assert not agree(read(text), read("EUR 25 bn"))


@pytest.mark.parametrize(
    ("text", "number", "unit", "step"),
    [
        ("340", "340", "", "1"),
        ("7,964", "7964", "", "1"),
        ("12.6", "12.6", "", "0.1"),
        ("13.81", "13.81", "", "0.01"),
        ("0.0123", "0.0123", "", "0.0001"),
        ("67%", "67", "%", "1"),
        ("9.4 per cent", "9.4", "%", "0.1"),
        ("0.012%", "0.012", "%", "0.001"),
        ("2 percentage points", "2", "percentage points", "1"),
        ("1.5 pp", "1.5", "percentage points", "0.1"),
        ("three", "3", "", "1"),
        ("Twelve documents", "12", "documents", "1"),
        ("one million", "1000000", "", "1000000"),
        ("two hundred", "200", "", "100"),
        ("25k", "25000", "", "1000"),
        ("25M", "25000000", "", "1000000"),
        ("410 cubic metres per second", "410", "cubic metres per second", "1"),
        ("2.4 billion crowns", "2400000000", "crowns", "100000000"),
        ("-5", "-5", "", "1"),
        ("−5.0%", "-5", "%", "0.1"),
        ("minus 5", "-5", "", "1"),
        ("-$5", "-5", "dollar", "1"),
        ("$-5", "-5", "dollar", "1"),
        ("€3.1m", "3100000", "EUR", "100000"),
        ("3,1 million euros", "3100000", "EUR", "100000"),
        ("12 roubles", "12", "ruble", "1"),
        ("12 Russian rubles", "12", "RUB", "1"),
        ("£5", "5", "pound", "1"),
        ("5 pounds sterling", "5", "GBP", "1"),
        ("100 Kazakhstani tenge", "100", "KZT", "1"),
        ("₸100", "100", "KZT", "1"),
        ("₽100", "100", "RUB", "1"),
        ("100₴", "100", "UAH", "1"),
        ("₺100", "100", "TRY", "1"),
        ("₦100", "100", "NGN", "1"),
        ("฿100", "100", "THB", "1"),
        ("₼100", "100", "AZN", "1"),
        ("100 tenge", "100", "KZT", "1"),
        ("TRY 5", "5", "TRY", "1"),
        ("KRW 100 won", "100", "KRW", "1"),
        ("5 pct.", "5", "%", "1"),
    ],
)
def test_a_figure_is_read_with_its_unit_and_its_precision(text: str, number: str, unit: str, step: str) -> None:
    assert read(text) == Written(Decimal(number), unit, Decimal(step))


# --- points and commas ---


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234", "1234"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1 234 567", "1234567"),
        ("1\u202f234,5", "1234.5"),
        ("1'234.5", "1234.5"),
        ("12,5", "12.5"),
        ("1,2345", "1.2345"),
        ("0,123", "0.123"),
        ("0.123", "0.123"),
        ("1234.567", "1234.567"),
        ("1234,567", "1234.567"),
    ],
)
def test_a_point_or_a_comma_is_what_it_alone_can_be(text: str, number: str) -> None:
    assert read(text).number == Decimal(number)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1.234", "'1.234' can be 1,234 or a number with decimals: write 1,234 or 1.2340."),
        ("1.234 billion", "'1.234 billion' can be 1,234 or a number with decimals: write 1,234 or 1.2340."),
        ("25m", "'25m' can mean metres or a large number: write the word."),
        ("4.5 t", "'4.5 t' can mean tonnes or a large number: write the word."),
        ("1,234,56", "'1,234,56' is not a number: ',' separates both thousands and decimals."),
        ("$25 euros", "'$25 euros' has two units: dollar and EUR."),
        ("$25 words", "'$25 words' has two units: dollar and words."),
    ],
)
def test_what_can_be_read_in_two_ways_is_said_to_be(text: str, sentence: str) -> None:
    with pytest.raises(NotAValue) as refused:
        read(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "text",
    [
        *("", "words", "not computable", "2023-09-29", "about 5", "more than 5", "5 to 7", "9-12%", "9–12 per cent"),
        *("11.7 to 13.6", "5 or 6", "5 of 6 documents", "5 percent of words", "5%%", "5 5", "007", "1.2.3", "1,2,3"),
        *("3rd", "1990s", "two thirds", "one half", "a million", "1e9", "٣", "1,00,000", "three hundred thousand"),
        *("5 million billion", "$", "USD", "%", "-", "5" * 1000, "five " * 50),
    ],
)
def test_what_is_no_single_value_is_refused(text: str) -> None:
    with pytest.raises(NotAValue):
        read(text)


# --- whether two agree ---


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("22.7 million", "23 million", True),
        ("22.4 million", "23 million", False),
        ("22.5 million", "23 million", True),  # a half goes both ways
        ("22.5 million", "22 million", True),
        ("0.6667", "0.67", True),
        ("66.7%", "67%", True),
        ("66.7%", "66%", False),
        ("25 billion dollars", "$25,312,000,000", True),
        ("25 billion dollars", "$25,600,000,000", False),
        ("40,000", "39,812", False),  # a round number in full is taken at its word
        ("5%", "5 percentage points", False),
        ("5%", "5", False),
        ("-5", "5", False),
        ("1 document", "1 documents", True),
        ("5 words", "5 documents", False),
        ("¥100", "100 yen", True),
        ("¥100", "CNY 100", True),
        ("100 yen", "100 yuan", False),
        ("£5", "$5", False),
    ],
)
def test_two_values_agree_as_far_as_the_coarser_goes(one: str, other: str, same: bool) -> None:
    assert agree(read(one), read(other)) == agree(read(other), read(one)) == same


# --- laws ---

SCALES = {
    0: ("",),
    3: (" thousand", "k"),
    6: (" million", " mn", "M"),
    9: (" billion", " bn", "bn"),
    12: (" trillion", " tn"),
}
UNITS = {
    "": ["{}"],
    "%": ["{}%", "{} %", "{} per cent", "{} percent", "{} pct"],
    "percentage points": ["{} percentage points", "{} pp"],
    "USD": ["USD {}", "US${}", "{} US dollars", "{} USD", "{} U.S. dollars"],
    "EUR": ["€{}", "EUR {}", "{} euros", "{} EUR"],
    "GBP": ["GBP {}", "{} pounds sterling", "{} British pounds"],
    "cubic metres": ["{} cubic metres", "{} Cubic Metres"],
}


@st.composite
def written_twice(draw: st.DrawFn) -> tuple[str, str, Written]:
    """A value, and two of the ways to write it."""
    decimals = draw(st.integers(0, 4).filter(lambda n: n != 3))  # three can be thousands
    digits, scale = draw(st.integers(0, 10**12)), draw(st.sampled_from(sorted(SCALES)))
    unit, negative = draw(st.sampled_from(sorted(UNITS))), draw(st.booleans())
    number = Decimal(digits).scaleb(-decimals)

    def one_way() -> str:
        group = draw(st.sampled_from([",", "", " ", "'", "\u202f", "."]))
        point = draw(st.sampled_from(["."] if group == "," else [","] if group == "." else [".", ","]))
        whole, _, behind = f"{number:,.{decimals}f}".partition(".")
        if group == "." and whole.count(",") == 1 and not behind:
            group = ","
        figure = whole.replace(",", group) + (point + behind if behind else "")
        text = draw(st.sampled_from(UNITS[unit])).format(figure + draw(st.sampled_from(SCALES[scale])))
        return draw(st.sampled_from(["-", "−", "minus "])) + text if negative else text

    value = (-number if negative else number) * Decimal(10) ** scale
    return one_way(), one_way(), Written(value, unit, Decimal(1).scaleb(scale - decimals))


@given(written_twice())
def test_a_value_is_read_back_the_same_however_it_is_written(case: tuple[str, str, Written]) -> None:
    one, other, value = case
    assert read(one) == read(other) == value
    assert agree(read(one), read(other))


@given(st.text() | st.text(st.sampled_from("0123456789.,-– '%$€mbkUSDtoper ")))
def test_any_text_is_a_value_or_refused(text: str) -> None:
    try:
        value = read(text)
    except NotAValue:
        return
    assert value.step > 0
    assert value.number % value.step == 0, "no digit is lost and none is made up"
    assert agree(value, value)


@given(st.decimals(-10000, 10000, places=2), st.integers(0, 2), st.integers(0, 2))
def test_rounding_never_makes_two_values_disagree(number: Decimal, fine: int, coarse: int) -> None:
    one, other = (read(f"{number:.{places}f}") for places in (fine, coarse))
    exact = read(f"{number:.2f}")
    assert agree(exact, one)
    assert agree(exact, other)


def test_units_are_the_same_to_themselves_and_to_those_that_share_their_name() -> None:
    assert same_unit("dollar", "USD")
    assert same_unit("USD", "dollar")
    assert not same_unit("USD", "CAD")
    assert not same_unit("", "%")
