"""Terms with wildcards find whole words as they are written, in linear time."""

import re
from fnmatch import fnmatchcase

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from research.analysis.concordance import concordance
from research.analysis.declaring import base_form
from research.analysis.findings import slug
from research.analysis.terms import Terms, _compiled, _Wildcards
from research.errors import ParameterError
from tests.analysis.conftest import AnnotationsOf

RIVER = (
    "Water is scarce. The waters fell; a WATERWAY dried. Underwater cables hold. Climate change and climate changes, "
    "climates changing. The U.N. and the UN's envoy. A sanction, sanctions, sanctioned. Anti-dam and pro-dam voices."
)


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("water*", ["Water", "waters", "WATERWAY"]),
        ("WATER*", ["Water", "waters", "WATERWAY"]),
        ("water**", ["Water", "waters", "WATERWAY"]),
        ("*water", ["Water", "Underwater"]),
        ("*water*", ["Water", "waters", "WATERWAY", "Underwater"]),
        ("w*r*y", ["WATERWAY"]),
        ("sanction?", ["sanctions"]),  # one letter, neither none nor two
        ("sanction??", ["sanctioned"]),
        ("s?nction", ["sanction"]),
        ("climate chang*", ["Climate change", "climate changes", "climates changing"]),
        ("clim* change", ["Climate change", "climate changes"]),
        ("the * and", ["The U.N. and"]),
        ("* fell", ["waters fell"]),
        ("scarce. *", ["scarce. The"]),  # a wildcard is a word, never a mark
        ("fell*", ["fell"]),
        ("un*", ["Underwater", "U.N.", "UN"]),
        ("u.n*", ["U.N."]),
        ("*-dam", ["Anti-dam", "pro-dam"]),
        ("wat*, *", []),
        ("waters* fell; a *way", ["waters fell; a WATERWAY"]),
        ("absent*", []),
        ("/waters?/", ["Water", "waters"]),
        ("/.*WATER.*/", ["Water", "waters", "WATERWAY", "Underwater"]),
        ("/climates?/ /chang(e|ing)/", ["Climate change", "climates changing"]),
        ("the /un|envoy/", ["The U.N.", "the UN"]),
        ("/sanction(s|ed)/", ["sanctions", "sanctioned"]),
        ("/anti-dam|pro-.{3}/ voices", ["pro-dam voices"]),
    ],
)
def test_wildcards_find_whole_words(annotated: AnnotationsOf, term: str, found: list[str]) -> None:
    assert concordance(annotated({"a.txt": RIVER}), [term])["keyword"].tolist() == found


@pytest.mark.parametrize("term", ["*", "?", "**", "* *", "??", "*, ?", "*'s", "_*", "/.*/"])
def test_a_term_that_would_find_every_word_is_refused(term: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(f"The term {term!r} would find every word. Give a letter")):
        Terms([term])


def test_an_expression_without_a_letter_is_refused_for_what_is_wrong_in_it() -> None:
    with pytest.raises(ParameterError, match=r"The expression /\(/ cannot be read: missing \)"):
        Terms(["/(/"])


def test_terms_with_wildcards_have_forms_and_keys_of_their_own() -> None:
    terms = ["nation", "nation*", "nation?", "*nation", "*nations", "nations*", "nation *"]
    assert len({base_form(it) for it in terms}) == len({slug(base_form(it)) for it in terms}) == len(terms)
    assert base_form(" Nations*  Unite? ") == "nations* unite?"


def test_places_come_in_the_order_of_the_text_then_of_the_terms(annotated: AnnotationsOf) -> None:
    table = concordance(annotated({"a.txt": "Dams rise. Dam falls."}), ["dam*", "d?m", "dam", "da?? rise"])
    assert table[["term", "keyword", "position"]].values.tolist() == [
        ["dam*", "Dams", 0],
        ["dam", "Dams", 0],
        ["da?? rise", "Dams rise", 0],
        ["dam*", "Dam", 2],
        ["d?m", "Dam", 2],
        ["dam", "Dam", 2],
    ]


LETTERS = st.text("ab.[", min_size=1, max_size=8)


@given(st.text("ab.[*?", min_size=1, max_size=7).filter(lambda it: "*" in it or "?" in it), LETTERS)
@example("*a*ab", "aab")
def test_a_pattern_matches_what_a_shell_would(pattern: str, word: str) -> None:
    expected = fnmatchcase(word, pattern.replace("[", "[[]"))
    assert (_compiled(pattern).fullmatch(word) is not None) == expected
    assert list(_Wildcards([pattern]).matching(word)) == [pattern] * expected


def test_no_pattern_takes_more_than_linear_time_on_a_hostile_word() -> None:
    """A pattern that tries every split of this word would still be at work tomorrow."""
    assert _compiled("*a" * 12 + "*b").fullmatch("a" * 8_000) is None


def test_an_expression_that_cannot_be_read_is_refused_by_name() -> None:
    with pytest.raises(ParameterError, match=r"The expression /\(wat/ cannot be read: missing \)"):
        Terms(["/(wat/"])
