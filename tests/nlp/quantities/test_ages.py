"""Ages of invented persons, in figures and words."""

import pytest

from tests.nlp.quantities.told import told

AGES = [
    ("Ada Okell died at the age of seventy.", "seventy", 70, None, None),
    ("She joined the navy when she was 17.", "17", 17, None, None),
    ("His father left when he was 12 and the ferry sank.", "12", 12, None, None),
    ("I lived at the port until I was about sixteen.", "sixteen", 16, None, None),
    ("Children may sail alone from the age of five.", "five", 5, None, None),
    ("By the age of five more children can swim.", "five", 5, None, None),
    ("Fares are halved for those under the age of twenty-one.", "twenty-one", 21, None, 21),
    ("Passengers under age 14 travel free.", "14", 14, None, 14),
    ("CAPTAIN HIRES 13-YEAR-OLDS", "13-YEAR-OLDS", 13, None, None),
    ("Among those 26 to 34, the ferry is popular.", "26 to 34", None, 26, 34),
    ("Marquand, 24, is the youngest pilot.", "24", 24, None, None),
    ("Mr. Mayhew, 61, a pilot, agreed.", "61", 61, None, None),
    ("His eldest daughter, 34, is a pilot.", "34", 34, None, None),
    ("He is now 62, officials said.", "62", 62, None, None),
    ("Mayor Okell was 48, and the pilot older.", "48", 48, None, None),
    ("The pilot, who was 51, retired.", "51", 51, None, None),
    ("The brothers were 27 and 29 years old.", "27", 27, None, None),
    ("The brothers were 27 and 29 years old.", "29 years old", 29, None, None),
    ("The pilots are 27, 31 and 35 years old.", "31", 31, None, None),
    ("The medals went to 12- and 14-year-olds.", "12", 12, None, None),
    ("Children aged six to twelve may vote.", "six to twelve", None, 6, 12),
]


@pytest.mark.parametrize(("text", "said", "value", "low", "high"), AGES)
def test_ages(text: str, said: str, value: float | None, low: float | None, high: float | None) -> None:
    assert (said, "age", "years", value, low, high) in told(text)


NO_AGES = [
    "The number of cases was 48, up from 40.",
    "Turnout is now 62, officials said.",
    "The index was 99, down from a hundred.",
    "Iran, 5, and Iraq, 12, voted for it.",
    "She left when she was two points behind.",
    "He was calm until he was 12 miles from port.",
    "The pilot resigned when he was in charge.",
    "It rained on March 24, a Friday.",
    "The council met on Aug. 12, a Monday.",
    "He turned two boats away when he was there.",
    "Among those 26 to 34 percent agreed.",
]


@pytest.mark.parametrize("text", NO_AGES)
def test_what_is_no_age(text: str) -> None:
    assert [it for it in told(text) if it[1] == "age"] == []


def test_between_two_ages_is_no_list_of_ages() -> None:
    assert "27" not in [it[0] for it in told("The pilots were between 27 and 29 years old.")]
