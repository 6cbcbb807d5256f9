"""What a text calls somebody beside the name."""

from research.nlp.names.descriptions import descriptions, roles
from research.nlp.text.lists import word_list
from tests.nlp.names.test_cast import named


def test_a_description_has_the_noun_that_others_use() -> None:
    text = "Ada Okell, now the deputy director of the Harbour Board, spoke."
    (found,) = descriptions(text, 0, 9)
    assert (found.phrase, found.head, found.former) == ("deputy director of the Harbour Board", "director", False)


def test_a_vice_president_is_no_president() -> None:
    assert [found.head for found in descriptions("Vice President Ada Okell", 15, 24)] == ["vice-president"]


def test_whose_someone_is_goes_with_the_description() -> None:
    text = "Varn’s mayor, Ada Okell, met her lawyer, Lia Brandt, and Mayor Mia Voss of Ashport."
    told = {
        text[m.start : m.end]: [(it.head, it.whose) for it in descriptions(text, m.start, m.end)]
        for m in named(text, PERSON="Ada Okell|Lia Brandt|Mia Voss")
    }
    assert told == {
        "Ada Okell": [("mayor", ("varn",))],
        "Lia Brandt": [("lawyer", ("her",))],
        "Mia Voss": [("mayor", ("ashport",))],
    }


def test_synonyms_and_wider_words_are_nouns_of_the_list() -> None:
    known = roles()
    nouns = known.persons | known.organisations | known.publications
    for heading in "synonyms", "wider words":
        for pair in word_list("roles.txt")[heading]:
            assert set(pair.split("=")) <= nouns | {"leader"}, pair
