"""Regular expressions for words: as Python's own, and in time that grows with the word alone."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.analysis.expressions import Expression
from research.errors import ParameterError

_ONE = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "[a-b]", r"\d", r"\w", r"\.", "1"])
_TIMES = st.sampled_from(["", "*", "+", "?", "{2}", "{1,2}", "{0,2}", "{2,}", "{0,}"])
_EXPRESSIONS = st.recursive(
    st.builds(lambda its: "".join(a + b for a, b in its), st.lists(st.tuples(_ONE, _TIMES), min_size=1, max_size=4)),
    lambda inner: st.one_of(
        st.builds("({}){}".format, inner, _TIMES),
        st.builds("{}|{}".format, inner, inner),
        st.builds("{}{}".format, inner, inner),
        st.builds("(?:{}|)".format, inner),
    ),
    max_leaves=5,
)


@given(_EXPRESSIONS, st.lists(st.text("ab1.", max_size=8), min_size=1, max_size=6))
def test_words_match_as_they_do_in_python(written: str, words: list[str]) -> None:
    ours, pattern = Expression(written), re.compile(written)
    assert [ours.matches(word) for word in words] == [pattern.fullmatch(word) is not None for word in words]


@pytest.mark.parametrize(
    ("written", "word"),
    [
        (r"\w+", "Çeşme"),
        (r"\w+", "Ελλάδα_2"),
        (r"[\w-]+", "Île-de-France"),
        (r"[^\w]", "–"),
        (r"\d\d", "٣٤"),
        (r"[\d.]+", "٣.٤"),
        (r"é\D.", "été"),
        (r"\\w", r"\w"),
        (r"[]\w]+", "a]ß"),
        (r"[a\]\w]+", "a]ß"),
        (r"[a[]\w", "[ß"),
        ("é.[à-ü]", "éłö"),
        (r"\pL+", "łódź"),
        ("a.b", "a\ud800b"),
    ],
)
def test_letters_and_digits_are_those_of_all_languages(written: str, word: str) -> None:
    expression = Expression(written)
    assert expression.matches(word)
    assert not expression.matches(f"{word} ")


@pytest.mark.parametrize("written", ["(a+)+b", "(a|a)*b", "(a*)*b", "a{0,50}a{0,50}b", "(.*)(.*)(.*)b"])
def test_no_expression_takes_more_than_its_parts_for_each_letter(written: str) -> None:
    """Python's own would try 2 ** 100_000 ways to part the first of them."""
    before = process_time()
    assert not Expression(written).matches("a" * 100_000)
    assert process_time() - before < 5


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("(ab", r"missing \)"),
        ("ab)", r"unexpected \)"),
        ("[ab", r"missing \]"),
        ("*a", "no argument for repetition operator"),
        ("a**", "bad repetition operator"),
        (r"(a)\1", r"\\1 is not offered"),
        (r"\bab", r"\\b is not offered"),
        (r"a\W", r"\\W is not offered"),
        ("(?=a)b", "invalid perl operator"),
        ("a{3,2}", "invalid repetition size"),
        ("[z-a]", "invalid character class range"),
        ("(((a{50}){50}){50}){50}", "invalid repetition size"),
        ("a\\", "is not offered"),
        ("a\ud800", "half a character"),
    ],
)
def test_what_is_not_offered_is_refused_with_the_reason(written: str, why: str) -> None:
    with pytest.raises(ParameterError, match=why):
        Expression(written)
