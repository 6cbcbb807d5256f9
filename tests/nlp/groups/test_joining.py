"""Names that are one speaker's by rule."""

import pytest

from research.analysis.statements.tables import names_that_end_alike
from research.nlp.groups.joining import CAPITALS, INITIAL, STATE, Joined, joined_names, names_in


@pytest.mark.parametrize(
    ("names", "name", "joined"),
    [
        ("Jon T. Okell|Jon Okell|Jon Okell", "Jon T. Okell", Joined("Jon Okell", INITIAL)),
        ("Jon T. Okell|Jon T. Okell|Jon Okell", "Jon Okell", Joined("Jon T. Okell", INITIAL)),
        ("Jon T Okell|Jon T. Okell|Jon T. Okell", "Jon T Okell", Joined("Jon T. Okell", INITIAL)),
        ("Jon T. Okell Jr.|Jon Okell Jr.|Jon Okell Jr.", "Jon T. Okell Jr.", Joined("Jon Okell Jr.", INITIAL)),
        ("Jon H. W. Okell|Jon Okell|Jon Okell", "Jon H. W. Okell", Joined("Jon Okell", INITIAL)),
        ("JON OKELL|Jon Okell|Jon Okell", "JON OKELL", Joined("Jon Okell", CAPITALS)),
        ("JON T. OKELL|Jon T. Okell|Jon Okell|Jon Okell|Jon Okell", "JON T. OKELL", Joined("Jon Okell", INITIAL)),
        ("Jon T. Okell|Jon W. Okell|Jon Okell|Jon Okell", "Jon T. Okell", Joined("Jon T. Okell", None)),
        ("Jon T. Okell|Ada Okell|Ada Okell", "Jon T. Okell", Joined("Jon T. Okell", None)),
        ("Jon Tom Okell|Jon Okell|Jon Okell", "Jon Tom Okell", Joined("Jon Tom Okell", None)),
        ("J. T. Okell|J. Okell|J. Okell", "J. T. Okell", Joined("J. T. Okell", None)),
        ("Okell|Jon Okell|Jon Okell", "Okell", Joined("Okell", None)),
        ("Russian Federation|Russia|Russia", "Russian Federation", Joined("Russia", STATE)),
        ("Russian Federation|Russia", "Russian Federation", Joined("Russia", STATE)),
        ("UK|United Kingdom|United Kingdom", "UK", Joined("United Kingdom", STATE)),
        ("People’s Republic of China|China", "People’s Republic of China", Joined("China", STATE)),
        ("Viet-Nam|Viet Nam|Viet Nam", "Viet-Nam", Joined("Viet Nam", STATE)),
        ("Georgia|Republic of Georgia", "Georgia", Joined("Georgia", None)),
        ("Congo|Democratic Republic of the Congo", "Congo", Joined("Congo", None)),
        ("Guinea|Equatorial Guinea|Guinea-Bissau", "Guinea", Joined("Guinea", None)),
        (
            "United States and Russia|Russia|Russia",
            "United States and Russia",
            Joined("United States and Russia", None),
        ),
    ],
)
def test_only_initials_and_states_are_joined(names: str, name: str, joined: Joined) -> None:
    assert joined_names(names.split("|"))[name] == joined


def test_the_order_of_names_changes_nothing() -> None:
    names = ["Jon T. Okell", "Jon Okell", "Russia", "Russian Federation", "JON OKELL"]
    assert joined_names(names) == joined_names(names[::-1])


def test_the_names_in_a_cell() -> None:
    assert names_in("Jon T. Okell (middle initial); UK (name of a state)") == ["Jon T. Okell", "UK"]
    assert names_in(None) == []


def test_one_of_two_is_not_the_two() -> None:
    assert names_that_end_alike(["Russia", "United States and Russia"])["Russia"] == []
    assert names_that_end_alike(["Tobago", "Trinidad and Tobago"])["Tobago"] == []
