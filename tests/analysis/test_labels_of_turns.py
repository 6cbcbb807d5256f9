"""The label of a turn is layout: no count of words, no list of terms and no concordance has it."""

from research.analysis.concordance import concordance
from research.analysis.corpus import documents
from research.analysis.language import frequencies, readability
from research.analysis.language.words import words_of
from research.analysis.recount import words_in
from tests.analysis.conftest import AnnotationsOf

TALK = """\
PRIME MINISTER:

The harbour opens in spring. We have built it for the fishermen of this coast.

JOURNALIST: Prime Minister, who pays for the harbour?

PRIME MINISTER: The coast pays. The fishermen asked for it, and they know the price of the prime

MINISTER VALE: Minister Orlova is right.

JOURNALIST: Thank you.
"""
SAID = [
    "The harbour opens in spring. We have built it for the fishermen of this coast.",
    "Prime Minister, who pays for the harbour?",
    "The coast pays. The fishermen asked for it, and they know the price of the prime",
    "Minister Orlova is right.",
    "Thank you.",
]


def test_words_and_sentences_are_what_is_said(annotated: AnnotationsOf) -> None:
    table = documents(annotated({"talk.txt": TALK}))
    assert table["kind"].tolist() in (["transcript"], ["interview"])
    assert table["words"].tolist() == [sum(map(words_in, SAID))]
    assert table["sentences"].tolist() == [7], "a label on a line of its own is no sentence"


def test_all_counts_of_words_agree(annotated: AnnotationsOf) -> None:
    its = annotated({"talk.txt": TALK})
    n = sum(map(words_in, SAID))
    assert [it.n_words for it in its] == [len(it.words) for it in its] == [n]
    assert words_of(its).sizes.tolist() == [n]
    assert readability(its)[["english_words", "english_sentences"]].to_numpy().tolist() == [[n, 7]]


def test_no_label_is_a_term(annotated: AnnotationsOf) -> None:
    its = annotated({"talk.txt": TALK})
    forms = frequencies(its).set_index("word")
    assert "JOURNALIST" not in forms.index
    assert "VALE" not in forms.index
    assert concordance(its, ["prime minister"])["start"].tolist() == [TALK.index("Prime Minister,")]
    assert concordance(its, ["minister"])["keyword"].tolist() == ["Minister", "Minister"]


def test_no_term_runs_past_a_label(annotated: AnnotationsOf) -> None:
    """One speaker ends with "prime" and the next begins with "Minister"."""
    its = annotated({"talk.txt": TALK})
    of_last = words_of(its).sentences[-12:].tolist()
    assert len(set(of_last)) > 1
    assert len(concordance(its, ["prime minister"])) == 1


def test_sentences_of_a_speaker_begin_behind_the_label(annotated: AnnotationsOf) -> None:
    its = annotated({"talk.txt": TALK})
    assert [(it.n_words, it.n_sentences) for it in its.by("speaker")["Vale"]] == [(4, 1)]
