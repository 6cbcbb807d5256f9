"""Debates as parliaments of the Commonwealth print them: initials, a full stop and a dash, labels within a line."""

from __future__ import annotations

import pytest

from research.nlp.statements.label_words import read_label
from research.nlp.statements.said import Turn
from research.nlp.statements.turns import turns
from tests.nlp.statements.talks import document

FIJIAN = """\
DEBATE ON THE FISHING BILL HON. D. S. VELL.- Mr. Speaker, Sir, the boats are old.

HON. OPPOSITION MEMBERS.- Hear, hear! HON. D.S. VELL.: They are forty years old.

MR. SPEAKER: – Order!

(Laughter) HON. GOVERNMENT MEMBER.- Sell them!

HON. PROF. M.T.OKELL.-I beg to second the motion.

Question put. Motion agreed to.
"""


def said(text: str, title: str | None = None) -> list[tuple[str | None, str, str]]:
    """Who speaks, in which role, and what, of each turn."""
    read = document(text, title=title)
    return [(it.speaker, it.role, _words(read.text, it)) for it in turns(read)]


def _words(text: str, turn: Turn) -> str:
    return " ".join(text[slice(*part)] for part in turn.words)


def test_a_full_stop_and_a_dash_end_a_label_on_its_line_and_within_one() -> None:
    assert said(FIJIAN) == [
        ("D. S. Vell", "person", "Mr. Speaker, Sir, the boats are old."),
        (None, "unnamed", "Hear, hear!"),
        ("D.S. Vell", "person", "They are forty years old."),
        (None, "chair", "Order!"),
        (None, "unnamed", "Sell them!"),
        ("M.T. Okell", "person", "I beg to second the motion."),
    ]


@pytest.mark.parametrize("initials", ["S.", "T.", "M.", "D. T.", "A.", "I. N.", "Y.S."])
def test_initials_that_are_words_of_grammar_too_are_initials(initials: str) -> None:
    read = read_label(f"MRS {initials} NAPALA", lambda _: False)
    assert (read.sort, " ".join(read.name)) == ("person", f"{initials} NAPALA")


@pytest.mark.parametrize("label", ["What I SAID", "Mr. I", "So A", "HE IS T"])
def test_words_of_grammar_are_no_initials(label: str) -> None:
    assert read_label(label, lambda _: False).sort not in ("person", "name")


@pytest.mark.parametrize("label", ["MR SPEAKER", "Mr. Speaker", "MS SPEAKER", "MADAM SPEAKER", "MR DEPUTY SPEAKER"])
def test_the_speaker_of_a_house_is_the_chair(label: str) -> None:
    assert read_label(label, lambda _: False).role == "chair"


ALONE = "HON. S. NAPALA: Mr Speaker, the road to the harbour is closed.\n\nIt has been closed since May.\n"


def test_a_page_of_a_debate_may_have_one_label() -> None:
    assert [speaker for speaker, _, _ in said(ALONE, "Daily Hansard, part 12")] == ["S. Napala"]
    assert said(ALONE.replace("HON. S. NAPALA", "HARBOUR ROAD"), "Daily Hansard, part 12") == []


def test_an_index_of_who_speaks_on_which_pages_is_no_debate() -> None:
    pages = "HON. P. VELL: Pgs 2, 6, 7\n\nMR D. OKELL: Pgs 3\n\nHON. P. VELL: Pg 8\n\nMS R. DOLE: Pgs 9 to 11\n"
    assert said(pages) == []


@pytest.mark.parametrize("place", ["OSSEL.- ", "PORT AMORY.– "])
def test_the_place_of_a_report_is_no_label(place: str) -> None:
    assert said(f"{place}The harbour board met on Monday. It will meet again.\n\nNothing was decided.\n") == []


@pytest.mark.parametrize("heading", ["SECRETARY.—", "PRESIDENT. — ", "Prime Minister. – "])
def test_the_headings_of_a_law_are_no_labels(heading: str) -> None:
    law = f"An Act on the harbour.\n\n{heading}The board elects one of its members for five years.\n\nIt meets twice.\n"
    assert said(law) == []


@pytest.mark.parametrize("label", ["MR SPEAKER", "HON. PRIME MINISTER", "HON. P. VELL"])
def test_one_label_with_a_courtesy_before_a_dash_makes_a_debate(label: str) -> None:
    assert len(said(f"The House met at nine.\n\n{label}.- The harbour is closed.\n")) == 1


EUROPE = """\
Mr Dole, Commissioner. – Madam President, we agree.

Ana Vell (PPE). – I thank you.

President. – Order.

Ana Vell (PPE). – Again, no.
"""
INDIA = """\
SHRI RAVI OKELL (OSSEL): Sir, I rise.

THE MINISTER OF SHIPPING (SHRI D. K. DOLE): The harbour is safe.

SHRIMATI ANA VELL: It is not.

SHRI RAVI OKELL: I thank the Chair.
"""
KENYA = """\
Hon. (Dr.) Okell: I rise to support.

The Temporary Speaker (Hon. Vell): Order, Members.

Hon. (Ms.) Dole: I second.

Hon. (Dr.) Okell: Thank you.
"""
OLDER = """\
Mr. Okell:—I beg to ask a question.

Mr. Vell:—The answer is no.

Mr. Okell:—Why?
"""


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (EUROPE, ["Dole", "Ana Vell", None, "Ana Vell"]),
        (INDIA, ["Ravi Okell", "D. K. Dole", "Ana Vell", "Ravi Okell"]),
        (KENYA, ["Okell", "Vell", "Dole", "Okell"]),
        (OLDER, ["Okell", "Vell", "Okell"]),
    ],
    ids=["Europe", "India", "Kenya", "older debates"],
)
def test_debates_of_other_parliaments_are_read(text: str, right: list[str | None]) -> None:
    assert [speaker for speaker, _, _ in said(text)] == right
