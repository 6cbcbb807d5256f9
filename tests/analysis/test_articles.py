"""Names in sentences: which take "the"."""

import pytest

from research.analysis.articles import the
from research.nlp.actors.states import name_of_state


@pytest.mark.parametrize("code", ["US", "GB", "AE", "NL", "PH", "GM", "BS", "MV", "SB", "MH", "CF", "DO", "VA", "CD"])
def test_states_that_english_names_with_the(code: str) -> None:
    assert the(name_of_state(code)) == f"the {name_of_state(code)}"


@pytest.mark.parametrize("code", ["KZ", "FR", "ZA", "CZ", "KR", "SY", "IE", "GE", "LK", "SC", "TL", "CI", "TR", "MM"])
def test_states_that_english_names_without_it(code: str) -> None:
    assert the(name_of_state(code)) == name_of_state(code)


@pytest.mark.parametrize(
    "name",
    [
        *("UN", "EU", "IMF", "OSCE", "G20", "Soviet Union", "Arab League", "League of Nations", "Council of Europe"),
        *("World Bank", "White House", "Kremlin", "Middle East", "General Assembly", "Ministry of Foreign Affairs"),
        *("Government of Burundi", "Swedish Government", "Bank of the Three Rivers", "Ossel River Commission"),
        *("International Monetary Fund", "Clinton campaign", "Farmers' Union", "New York Times", "State of Qatar"),
        *("Taliban", "Red Cross", "Financial Times", "Black Sea", "NHS"),
    ],
)
def test_blocs_bodies_and_governments_have_it(name: str) -> None:
    assert the(name) == f"the {name}"


@pytest.mark.parametrize(
    "name",
    [
        *("NATO", "UNESCO", "OPEC", "ASEAN", "BRICS", "Kofi Annan", "Kassym-Jomart Tokayev", "Obama", "Reuters"),
        *("the West", "The Hague", "My Government", "Kazakhstan's Government", "Capitol Hill", "Bank of America"),
        *("Africa", "Geneva", "New York", "Margaret Court", "Congress", "Politico", ""),
    ],
)
def test_persons_places_and_initials_read_as_a_word_do_not(name: str) -> None:
    assert the(name) == name
