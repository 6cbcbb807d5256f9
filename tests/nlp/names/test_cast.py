"""Which mentions mean the same person, organisation or place."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.nlp.names.cast import Cast
from research.nlp.names.countries import country, is_of_a_currency
from research.nlp.names.first_names import with_first_names
from research.nlp.names.forms import gender_of_first_name, person_form
from research.nlp.records import Mention
from research.nlp.text.lists import word_list


def named(text: str, **names: str) -> list[Mention]:
    """The mentions of a text: every place of every name, by type, the longest name first."""
    types = {name: type_ for type_, of_type in names.items() for name in of_type.split("|")}
    pattern = "|".join(re.escape(name) for name in sorted(types, key=len, reverse=True))
    return [Mention(m.start(), m.end(), types[m.group()], 0.9) for m in re.finditer(rf"\b(?:{pattern})(?!\w)", text)]


def linked(text: str, **names: str) -> list[tuple[str, str]]:
    mentions = named(text, **names)
    return [(text[m.start : m.end], name) for m, name in zip(mentions, Cast(text, mentions).names, strict=True)]


@pytest.mark.parametrize("short", ["Okell", "Mrs. Okell", "Ada", "A. Okell", "Ada B. Okell", "Sen. Okell"])
def test_a_part_of_a_name_stands_for_the_fullest_form(short: str) -> None:
    text = f"Ada B. Okell came. Jon Brandt left. {short} stayed."
    found = dict(linked(text, PERSON=f"Ada B. Okell|Jon Brandt|{short}"))
    assert found[short] == "Ada B. Okell"
    assert found["Jon Brandt"] == "Jon Brandt"


@pytest.mark.parametrize(
    ("shouted", "name"),
    [
        ("ADA OKELL", "Ada Okell"),
        ("MAYOR OKELL", "Okell"),
        ("COUNCILLOR OKELL", "Okell"),
        ("ADA O’KELL-BRANDT", "Ada O’Kell-Brandt"),
        ("IAN MCKELL", "Ian McKell"),
        ("J.F. OKELL", "J.F. Okell"),
        ("OKELL", "OKELL"),
    ],
)
def test_a_person_only_named_in_capitals_is_written_as_elsewhere(shouted: str, name: str) -> None:
    assert linked(f"{shouted}: The harbour stays shut.", PERSON=shouted) == [(shouted, name)]


def test_a_last_name_may_come_before_the_full_one() -> None:
    assert linked("Okell says no. Ada Okell leads.", PERSON="Okell|Ada Okell")[0] == ("Okell", "Ada Okell")


def test_short_forms_of_first_names_are_known() -> None:
    assert linked("William Okell spoke. Bill Okell left.", PERSON="William Okell|Bill Okell")[1][1] == "William Okell"


def test_an_honorific_tells_two_of_one_name_apart() -> None:
    text = "Ada Okell and Peter Okell came. Mrs. Okell spoke. Mr. Okell was silent."
    found = linked(text, PERSON="Ada Okell|Peter Okell|Okell")
    assert [name for _, name in found] == ["Ada Okell", "Peter Okell", "Ada Okell", "Peter Okell"]


def test_of_two_of_one_name_the_last_name_is_that_of_the_one_named_most() -> None:
    text = "Ada Okell spoke. Ada Okell won. Her brother Peter Okell came. Then Okell left."
    assert linked(text, PERSON="Ada Okell|Peter Okell|Okell")[-1][1] == "Ada Okell"


def test_of_two_of_one_name_the_last_name_stays_with_whom_it_stood_for() -> None:
    text = "Ada Okell spoke. Okell left. Okell came. Peter Okell saw it. Peter Okell left. Okell won."
    assert linked(text, PERSON="Ada Okell|Peter Okell|Okell")[-1][1] == "Ada Okell"


def test_a_reflexive_tells_two_of_one_name_apart() -> None:
    text = "Ada Okell spoke. Ada Okell won. Her brother Peter Okell came. Okell himself was late."
    assert linked(text, PERSON="Ada Okell|Peter Okell|Okell")[-1][1] == "Peter Okell"


def test_father_and_son_are_two() -> None:
    text = "Peter Okell Jr. met Peter Okell."
    assert {name for _, name in linked(text, PERSON="Peter Okell Jr.|Peter Okell")} == {
        "Peter Okell Jr.",
        "Peter Okell",
    }


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Its president, Ines Okell, came.", "Ines Okell"),
        ("Mary-Anne Okell came.", "Mary-Anne Okell"),
        ("In May Okell came.", "Okell"),
        ("The mark Okell left stayed.", "Okell"),
        ("Mr. Okell came.", "Okell"),
        ("Castrel Okell came.", "Okell"),
    ],
)
def test_a_last_name_seen_alone_takes_in_the_first_name(text: str, whole: str) -> None:
    (found,) = with_first_names(text, named(text, PERSON="Okell"))
    assert text[found.start : found.end] == whole


def test_a_first_name_is_taken_from_nobody() -> None:
    text = "Ines Okell"
    mentions = named(text, PERSON="Ines|Okell")
    assert with_first_names(text, mentions) == mentions


def test_a_name_that_the_model_cut_in_two_is_one() -> None:
    text = "Ada-Maria Okell spoke. Okell left."
    cut = [Mention(0, 9, "PERSON", 0.9), Mention(10, 15, "PERSON", 0.9), Mention(23, 28, "PERSON", 0.9)]
    assert Cast(text, cut).names == ["Ada-Maria Okell"] * 3


def test_a_last_name_taken_for_an_organisation_is_mended() -> None:
    text = "Ada Okell spoke. Okell left."
    found = [Mention(0, 9, "PERSON", 0.9), Mention(17, 22, "ORG", 0.6)]
    assert Cast(text, found).names == ["Ada Okell", "Ada Okell"]


def test_an_organisation_goes_by_its_letters() -> None:
    text = "The Coastal Fishing Union met. The CFU objected."
    found = linked(text, ORG="Coastal Fishing Union|CFU")
    assert [name for _, name in found] == ["Coastal Fishing Union"] * 2


def test_article_and_possessive_make_no_other_name() -> None:
    text = "the Coastal Union's boats and Coastal Union boats"
    assert {name for _, name in linked(text, ORG="the Coastal Union's|Coastal Union")} == {"Coastal Union"}


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Former Finance Minister Ada Okell spoke.", "Former Finance Minister"),
        ("It was President of Kazakhstan Ada Okell who spoke.", "President of Kazakhstan"),
        ("Ada Okell, the president of the Coastal Union, spoke.", "president of the Coastal Union"),
        ("The finance minister, Ada Okell, spoke.", "finance minister"),
        ("Ada Okell, 51, a teacher from Ashport, spoke.", "teacher from Ashport"),
        ("Ada Okell, technical adviser to the Coastal Union, spoke.", "technical adviser to the Coastal Union"),
        ("Ada Okell, a historian and runs the museum, spoke.", "historian"),
        ("Ada Okell, the Coastal Union’s director, spoke.", "director"),
        ("Ada Okell, Senator Jon Brandt and others spoke.", None),
        ("Told by a friend of Ada Okell, they left.", None),
        ("Ada Okell, the weather permitting, will sail.", None),
    ],
)
def test_the_office_stands_before_or_after_the_name(text: str, office: str | None) -> None:
    assert Cast(text, named(text, PERSON="Ada Okell")).entities[0].office == office


@pytest.mark.parametrize(
    ("surface", "words"),
    [
        ("Former Sen. Ada B. Okell's", ("Ada", "B.", "Okell")),
        ("Mr. Okell’s", ("Okell",)),
        ("Peter Okell Jr.", ("Peter", "Okell")),
        ("Speaker", ("Speaker",)),
        ("", ()),
    ],
)
def test_titles_and_endings_are_no_part_of_a_name(surface: str, words: tuple[str, ...]) -> None:
    assert person_form(surface).words == words


def test_first_names_tell_gender_where_they_do() -> None:
    assert gender_of_first_name("Hillary") == "female"
    assert gender_of_first_name("KASSYM-JOMART") == "male"
    assert gender_of_first_name("Robin-Anne") != "female" or "robin" in word_list("first_names.txt")["women"]
    assert gender_of_first_name("Xyzzy") is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kazakhstan", "KZ"),
        ("the Republic of Kazakhstan", "KZ"),
        ("the United States", "US"),
        ("U.S.", "US"),
        ("US", "US"),
        ("us", None),
        ("United States’", "US"),
        ("Côte d’Ivoire", "CI"),
        ("Kazakhstan's", "KZ"),
        ("UK", "GB"),
        ("Georgia", None),
        ("Republic of Georgia", "GE"),
        ("Korea", None),
        ("Ashport", None),
        ("", None),
    ],
)
def test_a_state_has_its_code(name: str, code: str | None) -> None:
    assert country(name) == code


def test_every_state_is_there_once() -> None:
    pairs = [pair.split("=") for pair in word_list("countries.txt")["names"]]
    assert len({name for name, _ in pairs}) == len(pairs)
    assert len({code for _, code in pairs}) == 197


@pytest.mark.parametrize("name", ["roles.txt", "first_names.txt", "sources.txt", "countries.txt"])
def test_the_word_lists_are_in_order(name: str) -> None:
    for heading, words in word_list(name).items():
        assert words == sorted(set(words)), heading
        assert words == [word.lower() for word in words], heading


def test_no_first_name_is_both() -> None:
    groups = word_list("first_names.txt")
    assert not set(groups["men"]) & set(groups["women"])


@given(
    st.text(alphabet="AaBb .,'’\n", max_size=60), st.lists(st.tuples(st.integers(0, 59), st.integers(1, 9)), max_size=6)
)
def test_every_mention_has_a_name_whatever_the_model_says(text: str, places: list[tuple[int, int]]) -> None:
    places = sorted({(start, min(len(text), start + length)) for start, length in places if start < len(text)})
    mentions = [Mention(start, end, "PERSON" if start % 2 else "ORG", 0.5) for start, end in places]
    assert len(Cast(text, mentions).names) == len(mentions)


def test_money_names_no_state() -> None:
    text = "Trade reached 25 billion U.S. dollars, the U.S. said."
    of_money, state = (Mention(match.start(), match.end(), "GPE", 1.0) for match in re.finditer(r"U\.S\.", text))
    assert is_of_a_currency(text, of_money)
    assert not is_of_a_currency(text, state)


def test_a_short_name_is_that_of_the_only_longer_one() -> None:
    text = "The Ministry of Ports of Varn met. The Ministry of Ports said no. The Ministry went."
    found = linked(text, ORG="Ministry of Ports of Varn|Ministry of Ports|Ministry")
    assert {name for _, name in found} == {"Ministry of Ports of Varn"}
    text += " The Ministry of Ports of Tarn came."
    by_form = dict(linked(text, ORG="Ministry of Ports of Varn|Ministry of Ports of Tarn|Ministry of Ports"))
    assert by_form["Ministry of Ports"] == "Ministry of Ports", "of which of the two is not told"


def test_whom_a_last_name_means_changes_with_who_was_named_lately() -> None:
    text = "Ada Okell came. Okell spoke. " + "It rained. " * 500 + "Lia Okell left. Okell slept."
    assert [name for _, name in linked(text, PERSON="Ada Okell|Lia Okell|Okell")] == [
        *["Ada Okell"] * 2,
        *["Lia Okell"] * 2,
    ]


def test_an_honorific_tells_whom_the_last_name_meant_before() -> None:
    text = "Okell won. Anna Okell sang. Peter Okell left. Mr. Okell slept. Mr. Okell woke."
    assert linked(text, PERSON="Anna Okell|Peter Okell|Okell")[0][1] == "Peter Okell"


def test_a_heading_that_runs_into_a_label_gives_no_office() -> None:
    text = "ADDRESS BY THE PRESIDENT OF THE REPUBLIC OF KENYA HON. J. VELL.- Mr. Speaker, Sir, I thank the House.\n"
    assert Cast(text, named(text, PERSON="VELL")).entities[0].office is None
    assert (
        Cast("President Ada Okell spoke.", named("President Ada Okell spoke.", PERSON="Ada Okell")).entities[0].office
    )
