"""Text keeps its signs in every format, and keys keep what every format takes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.outputs.citing.escaping import citation_key, escape_csl, escape_latex, escape_markdown
from research.outputs.citing.macros import latex_macros
from tests.outputs.citing.test_styles import ANY_TEXT

# --- escaping ---


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:b)",
        "a|b",
        "`c`",
        "*d* _e_",
        "&lt;b&gt;",
        "@key and ^up^",
    ],
)
def test_markdown_takes_every_sign_literally(text: str) -> None:
    assert not re.search(r"(?<!\\)[\[\]<>`*_|&@^]", escape_markdown(text))
    assert escape_markdown(text).replace("\\", "") == text


def test_markdown_stays_on_one_line() -> None:
    assert escape_markdown("a\n\n# b") == "a \\# b"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("1. May", "1\\. May"),
        ("23) x", "23\\) x"),
        ("- x", "\\- x"),
        ("+ x", "\\+ x"),
        ("1.5 million", "1.5 million"),
        ("-x", "-x"),
    ],
)
def test_markdown_begins_no_list(text: str, escaped: str) -> None:
    assert escape_markdown(text) == escaped


@given(ANY_TEXT)
def test_latex_has_no_command_but_those_that_stand_for_a_sign(text: str) -> None:
    escaped = escape_latex(text)
    commands = re.findall(r"\\([a-zA-Z]+|.)", escaped)
    signs = {*"&%$#_", "textbraceleft", "textbraceright", "textbackslash", "textasciitilde", "textasciicircum"}
    assert set(commands) <= signs | {"textless", "textgreater", "textbar", "textasciigrave"}
    assert escaped.count("{") == escaped.count("}")
    assert not re.search(r"(?<!\\)[%#$&_^~]", escaped)
    assert "--" not in escaped
    assert '"' not in escaped


@pytest.mark.parametrize("text", ["a <i>b</i>", "</SPAN>", "<sup>2</sup>", "<i"])
def test_csl_does_not_act_on_a_tag(text: str) -> None:
    assert escape_csl(text) != text
    assert escape_csl(text).replace("\u2060", "") == text


def test_what_is_no_tag_of_csl_stays_as_it_is() -> None:
    assert escape_csl("1 < 2 and <script> and <italy>") == "1 < 2 and <script> and <italy>"


# --- keys ---


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        (("seeds",), "otr.seeds"),
        (("seeds", "corpus.words"), "otr.seeds.corpus.words"),
        (("seeds", "language.words_per_sentence"), "otr.seeds.language.words+per+sentence"),
        (("seeds", "a--b"), "otr.seeds.a-b-"),
        (("Seeds", "corpus.words"), "otr.seeds.corpus.words-"),
        (("", "x"), "otr.x-"),
        (("外交", "x"), "otr.x-"),
        (("seeds", "x_"), "otr.seeds.x-"),
        (("seeds", "a+b"), "otr.seeds.a+b-"),
    ],
)
def test_a_key_keeps_what_every_format_takes(parts: tuple[str, ...], key: str) -> None:
    made = citation_key(*parts)
    assert made == key if not key.endswith("-") else re.fullmatch(re.escape(key) + "[0-9a-f]{6}", made)


KEYS = st.lists(st.text(st.sampled_from("ab._-+:é外 A,{}%\\")) | st.text(), min_size=1, max_size=3)


@given(KEYS, KEYS)
def test_keys_are_simple_and_two_never_become_one(one: list[str], other: list[str]) -> None:
    key = citation_key(*one)
    assert re.fullmatch(r"otr(?:[.+-][a-z0-9]+)*", key)
    if ".".join(one) != ".".join(other):
        assert key != citation_key(*other)


# --- LaTeX ---


def test_macros_hold_values_as_they_are_displayed() -> None:
    lines = list(
        latex_macros([("corpus.dated", "otr.seeds.corpus.dated", "100%", "0a"), ("a}%", "otr.seeds.a", "$5", "1b")])
    )
    assert r"\otr@finding{corpus.dated}{otr.seeds.corpus.dated}{100\%}{0a}" in lines
    assert r"\otr@finding{otr.seeds.a}{otr.seeds.a}{\$5}{1b}" in lines
