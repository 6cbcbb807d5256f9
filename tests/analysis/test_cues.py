"""The verb that introduces a statement is found in whatever form it has, and has one class."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.analysis import cues
from research.analysis.cues import NONE, OTHER, Cue, classes, classify, is_reporting


@pytest.mark.parametrize(
    ("cue", "head", "cue_class"),
    [
        ("said", "say", "neutral"),
        ("SAYS", "say", "neutral"),
        ("’s saying", "say", "neutral"),
        ("wrote", "write", "neutral"),
        ("According\nto", "according to", "neutral"),
        ("told reporters", "tell", "neutral"),
        ("denied", "deny", "denying"),
        ("denies", "deny", "denying"),
        ("planned", "plan", "promising"),
        ("labelled", "label", "describing"),
        ("labeled", "label", "describing"),
        ("accused", "accuse", "criticising"),
        ("criticised", "criticize", "criticising"),
        ("emphasising", "emphasize", "pointing out"),
        ("recognises", "recognize", "conceding"),
        ("thought", "think", "thinking"),
        ("hoping", "hope", "feeling"),
        ("found", "find", "showing"),
        ("has repeatedly pledged", "pledge", "promising"),
        ("admitted", "admit", "conceding"),
        ("doesn't agree", "agree", "agreeing"),
        ("ruled", "rule", "deciding"),
        ("asking", "ask", "questioning"),
    ],
)
def test_a_verb_is_known_in_its_forms(cue: str, head: str, cue_class: str) -> None:
    assert classify(cue) == (head, cue_class)


@pytest.mark.parametrize("word", ["said", "Says", "say", "told", "tells", "wrote", "stated", "reporting", "replied"])
def test_a_form_of_a_verb_of_saying_is_one(word: str) -> None:
    assert is_reporting(word)


@pytest.mark.parametrize(
    "word", ["state", "States", "report", "replies", "text", "plan", "promised", "statement", "dam"]
)
def test_a_noun_and_a_verb_that_takes_sides_are_none(word: str) -> None:
    assert not is_reporting(word)


def test_the_list_of_nouns_has_only_verbs_that_report() -> None:
    nouns = cues._lexicon().nouns
    assert nouns
    assert {classify(word).cue_class for word in nouns} == {"neutral"}


@pytest.mark.parametrize(
    ("cue", "head"),
    [
        ("called", "call"),
        ("has called for", "call for"),
        ("called on", "call on"),
        ("called Friday for", "call"),  # only adjacent words are one entry
        ("points out", "point out"),
        ("made it clear", "make it clear"),
        ("asking for", "ask for"),
        ("ruled", "rule"),
        ("ruled out", "rule out"),
    ],
)
def test_of_entries_that_begin_alike_the_longest_is_taken(cue: str, head: str) -> None:
    assert classify(cue).head == head


@pytest.mark.parametrize(
    ("cue", "head"),
    [
        ("would like to emphasize", "emphasize"),
        ("went on to say", "say"),
        ("wants to continue to insist", "insist"),
        ("wants", "want"),
        ("wants to", "want"),
        ("wants to waltz", "want"),
        ("would like a reminder to say", "like"),
        ("declined to comment", "decline"),  # that is what was done
        ("said, wanting to", "say"),
    ],
)
def test_a_verb_that_carries_another_gives_way_to_it(cue: str, head: str) -> None:
    assert classify(cue).head == head


@pytest.mark.parametrize(
    ("cue", "found"),
    [
        ("allegations of", Cue("allegation", "claiming")),
        ("in the words of", Cue("in the words of", "neutral")),
        ("is against", Cue("against", "denying")),
        ("in a letter, warned", Cue("warn", "urging")),  # a verb is the head, also behind a noun
        ("waltzed around", Cue(None, OTHER)),
        ("was", Cue(None, OTHER)),
        (None, Cue(None, NONE)),
        ("", Cue(None, NONE)),
        (":", Cue(None, NONE)),
        ("―", Cue(None, NONE)),
    ],
)
def test_without_a_verb_other_words_of_the_list_count_and_then_nothing(cue: str | None, found: Cue) -> None:
    assert classify(cue) == found


@given(st.text(max_size=60))
def test_any_text_has_a_class(text: str) -> None:
    head, cue_class = classify(text)
    assert cue_class in classes()
    assert (head is None) == (cue_class in (OTHER, NONE))


def test_a_long_cue_takes_no_longer_than_its_length() -> None:
    assert classify("like to " * 20_000).head == "like"


def test_the_examples_in_the_documentation_are_right() -> None:
    results = doctest.testmod(cues)
    assert (results.attempted, results.failed) == (3, 0)


# --- the list ---

SECTIONS = cues._sections()
WORDS = [name for name in SECTIONS if name not in ("carriers", "nouns as well", "irregular forms")]


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_is_sorted_and_in_lower_case(name: str) -> None:
    entries = SECTIONS[name]
    assert entries == sorted(set(entries))
    assert all(entry == entry.lower() for entry in entries)


@pytest.mark.parametrize("verbs", [True, False])
def test_no_entry_has_two_classes(verbs: bool) -> None:
    entries = [entry for name in WORDS if name.endswith("no verbs") != verbs for entry in SECTIONS[name]]
    assert len(entries) > 100
    assert len(set(entries)) == len(entries)


@pytest.mark.parametrize("name", WORDS)
def test_every_entry_has_the_class_that_it_stands_in(name: str) -> None:
    """A noun that is a form of a verb as well ("finding") is found by the verb, and need not be listed."""
    for entry in SECTIONS[name]:
        assert classify(entry) == (entry, name.partition(":")[0])


def test_what_is_said_of_verbs_is_said_of_verbs_in_the_list() -> None:
    verbs = {entry for name in WORDS if not name.endswith("no verbs") for entry in SECTIONS[name]}
    firsts = {entry.split()[0] for entry in verbs}
    assert set(SECTIONS["carriers"]) <= verbs
    assert {pair.partition(" = ")[2] for pair in SECTIONS["irregular forms"]} <= firsts


def test_the_classes_stand_in_the_order_of_the_list() -> None:
    assert classes() == (*(name for name in WORDS if not name.endswith("no verbs")), OTHER, NONE)
    assert classes()[0] == "neutral"
    assert len(classes()) == 17
