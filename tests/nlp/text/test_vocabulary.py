"""Words: which tokens count, content words, syllables, base forms; and the word lists."""

import re
from pathlib import Path

import pytest

from research.nlp.text import FUNCTION_WORDS, base_form, is_content_word, is_word, syllables
from research.nlp.text.abbreviations import abbreviations
from research.nlp.text.lists import word_list

LEXICON = Path(__file__).resolve().parents[3] / "src" / "research" / "nlp" / "lexicon"


# --- Words ----------------------------------------------------------------------------------------------


def test_a_word_has_a_letter_or_a_digit_and_is_no_ending() -> None:
    assert all(map(is_word, ["a", "25", "U.S.", "s", "é", "1.5", "слово", "@un", "don't"]))
    assert not any(map(is_word, ["", ".", "...", "“", "--", "_", "👍", "$"]))
    assert not any(map(is_word, ["n't", "n’t", "'s", "’S", "'ll", "’ve", "ʼs"]))


@pytest.mark.parametrize(
    "word", ["the", "The", "THE", "don't", "don’t", "n't", "n’t", "'s", "’s", "’ll", "ca", "wo", "I", "who's"]
)
def test_function_words_are_known_whatever_their_case_and_apostrophe(word: str) -> None:
    assert not is_content_word(word)


@pytest.mark.parametrize("word", ["said", "Kazakhstan’s", "five", "million", "O'Brien", "U.S.", "y2k"])
def test_content_words(word: str) -> None:
    assert is_content_word(word)


@pytest.mark.parametrize("token", ["", ".", "25", "1.5", "“", "2016"])
def test_what_has_no_letter_is_no_content_word(token: str) -> None:
    assert not is_content_word(token)


@pytest.mark.parametrize("name", ["function_words.txt", "abbreviations.txt"])
def test_a_word_list_is_in_order(name: str) -> None:
    groups = word_list(name)
    words = [word for group in groups.values() for word in group]
    assert len(words) == len(set(words))
    assert words == [word.lower() for word in words]
    assert all(group == sorted(group) for group in groups.values())
    with_full_stop = {word for word in words if word.endswith(".")}
    assert with_full_stop <= set(groups.get("courtesy titles", []))
    assert not any("’" in word for word in words)


def test_courtesy_titles_are_function_words_with_and_without_their_full_stop() -> None:
    for title in "Mr", "Mrs", "Ms", "MR":
        assert not is_content_word(title)
        assert not is_content_word(f"{title}.")
    assert all(map(is_content_word, ["Sen.", "Dr.", "Gov.", "Mister"]))


def test_the_function_words_are_those_of_the_list() -> None:
    body = re.sub(r"#.*|\[.*?\]", "", (LEXICON / "function_words.txt").read_text(encoding="utf-8"))
    assert frozenset(body.split()) == FUNCTION_WORDS
    assert len(FUNCTION_WORDS) > 300


def test_every_abbreviation_says_how_it_is_used() -> None:
    assert set(abbreviations().values()) == {"never", "number", "capital", "may"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("readability Eleven dilapidated one Kazakhstan U.S. hmm", [5, 3, 5, 1, 3, 2, 1]),  # the dictionary
        ("tophat Tokayev Łódź naïveté 2016", [2, 2, 1, 3, 1]),  # groups of vowels, at least one
        ("Kazakh-Russian vote-rigging don’t didn't n't ’s 'll . …", [4, 3, 1, 2, 0, 0, 0, 0, 0]),
    ],
)
def test_syllables(words: str, expected: list[int]) -> None:
    assert [syllables(word) for word in words.split()] == expected


# --- Singular and plural ----------------------------------------------------------------------------------

BASE_FORMS = {
    "sanctions": "sanction",
    "Sanction": "sanction",
    "COUNTRIES": "country",
    "agencies": "agency",
    "taxes": "tax",
    "speeches": "speech",
    "lies": "lie",
    "Ties": "tie",
    "cookies": "cookie",
    "allies": "ally",
    "flies": "fly",
    "movies": "movie",
    "houses": "house",
    "news": "news",
    "beings": "beings",
    "US": "US",
    "U.S.": "US",
    "us": "us",
    "U.N.": "un",
    "UN": "un",
    "AIDS": "aids",
    "Mu\u0308ller": "müller",
    "others": "others",
    "ones": "ones",
    "WILLS": "wills",
    "'90s": "'90s",
    "1990s": "1990s",
    "crisis": "crisis",
    "congress": "congress",
    "status": "status",
    "gas": "gas",
    "Russia": "russia",
    "politics": "politics",
    "says": "say",
    "said": "said",
}


@pytest.mark.parametrize(("word", "expected"), BASE_FORMS.items())
def test_singular_and_plural_share_a_base_form(word: str, expected: str) -> None:
    assert base_form(word) == expected


def test_the_base_form_of_a_content_word_is_one_as_well() -> None:
    plurals = [f"{word}s" for word in [*FUNCTION_WORDS, *map(str, range(100, 3000))]]
    assert all(is_content_word(base_form(word)) for word in plurals if is_content_word(word))


def test_the_words_that_are_no_regular_plurals_are_listed_once() -> None:
    groups = word_list("not_plurals.txt")
    words = [word for group in groups.values() for word in group]
    assert len(words) == len(set(words))
    assert words == [word.lower() for word in words]
    for name, group in groups.items():
        assert group == sorted(group), name


def test_the_words_that_only_look_like_plurals_are_needed_and_stay() -> None:
    groups = word_list("not_plurals.txt")
    words = [word for name, group in groups.items() if not name.startswith("plurals") for word in group]
    assert all(word.endswith("s") and not word.endswith(("ss", "us", "is")) for word in words)
    assert words == [base_form(word) for word in words]


def test_the_plurals_of_words_in_ie_are_needed_and_lose_their_s() -> None:
    words = word_list("not_plurals.txt")["plurals of words in -ie"]
    assert all(word.endswith("ies") and len(word) > len("lies") for word in words)
    assert [base_form(word) for word in words] == [word[:-1] for word in words]


def test_a_country_in_capitals_is_no_pronoun() -> None:
    assert [is_content_word(word) for word in ("US", "us", "WHO", "who", "U.S.")] == [True, False, True, False, True]
