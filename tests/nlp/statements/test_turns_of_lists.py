"""Lists of who takes part are no turns, interjections are nobody's, a record ends where it says so; the owner's
speaker takes part."""

import pytest

from research.nlp.statements.turns import turns
from tests.nlp.statements.talks import document, floor

HEARING = """\
MR. CARVER: Good afternoon.

Q: Will the bill pass?

MR. CARVER: It will pass, says the Senate.

MS. POLK: I agree.
"""
CHAMBER = """\
Oral Questions

Hon. Pat Marlow (Laval, NDP): Mr. Speaker, why did the minister hide the report?

Hon. John Barden (Minister of Transport, CPC): Mr. Speaker, no report was hidden.

Some hon. members: Oh, oh!

Hon. members interjecting

Mrs. Carole Lavigne (Laval, BQ): Mr. Speaker, he should resign.

Hon. John Barden: Mr. Speaker, those pages are before the courts.
"""
IN_CAPITALS = (
    CHAMBER.replace("Hon. Pat Marlow (Laval, NDP)", "MR. MARLOW")
    .replace("Hon. John Barden (Minister of Transport, CPC)", "MR. BARDEN")
    .replace("Hon. John Barden", "MR. BARDEN")
    .replace("Mrs. Carole Lavigne (Laval, BQ)", "MRS. LAVIGNE")
)


@pytest.mark.parametrize(
    "label", ["Participants", "PARTICIPANTS", "Present", "Also present", "Attendees", "Panellists"]
)
@pytest.mark.parametrize(
    "names",
    [
        "Jonas Carver, Ann Polk and Rita Dole",
        "Jonas Carver, Budget Director; Ann Polk, The Post; the staff of the port.",
        "Jonas Carver, Ann Polk (chair), and others",
        "Cllr Carver, Cllr Polk",
        "all members",
    ],
)
def test_a_list_of_who_takes_part_is_no_turn(label: str, names: str) -> None:
    assert [words for _, words in floor(f"{label}: {names}\n\n{HEARING}")] == [words for _, words in floor(HEARING)]


def test_one_who_takes_part_may_speak() -> None:
    assert ("unnamed", "I live there.") in floor(f"{HEARING}\nPARTICIPANT: I live there.\n")


@pytest.mark.parametrize(
    "text", [CHAMBER, IN_CAPITALS, CHAMBER.replace("\n\n", "\n"), IN_CAPITALS.replace("\n\n", "\n")]
)
def test_what_several_members_call_is_in_no_turn_of_a_person(text: str) -> None:
    found = floor(text)
    assert [words for _, words in found] == [
        "Mr. Speaker, why did the minister hide the report?",
        "Mr. Speaker, no report was hidden.",
        "Oh, oh!",
        "Mr. Speaker, he should resign.",
        "Mr. Speaker, those pages are before the courts.",
    ]
    assert found[2][0] == "group"


ENDS = [
    "The House adjourned at 2:40 p.m.",
    "The House adjourned at 2:40 p.m. until Monday, 3 May.",
    "The sitting was suspended",
    "The sitting was suspended at 5.15 p.m.",
    "The meeting rose at 6 p.m.",
    "[The committee recessed at noon.]".replace("noon", "12.30"),
    "The hearing concluded at 4 p.m.",
    "The Senate stands adjourned.",
]


@pytest.mark.parametrize("end", ENDS)
def test_the_end_of_a_sitting_ends_the_last_turn(end: str) -> None:
    assert floor(f"{CHAMBER}\n{end}\n\nWritten answers are in the annex.\n") == floor(CHAMBER)


@pytest.mark.parametrize(
    "words",
    [
        "The House adjourned at 2:40 p.m. and I went home to sleep, which was all that I could do that day. It was.",
        "The committee rose to applaud her.",
        "The hearing ended the debate.",
        "The House adjourned? I did not know.",
    ],
)
def test_who_tells_of_a_sitting_goes_on(words: str) -> None:
    assert floor(f"{CHAMBER}\n{words}\n\nThat is all.\n")[-1][1].endswith("That is all.")


def test_a_sitting_that_is_told_of_within_a_wrapped_paragraph_goes_on() -> None:
    text = f"{CHAMBER}\nI was there when all lights went out and\nThe House adjourned at 2:40 p.m.\nThat is all.\n"
    assert floor(text)[-1][1].endswith("That is all.")


TALK = "PRIME MINISTER: Good morning.\n\nVARN: Is it done?\n\nPRIME MINISTER: It is, says Jon Brandt.\n\nVARN: So?\n"


def talkers(speaker: str, **metadata: str) -> list[str | None]:
    it = document(f"Interview with Rita Varn, The Long Morning\n\n{TALK}", speaker=speaker, **metadata)
    return [turn.speaker for turn in turns(it)]


@pytest.mark.parametrize(
    "metadata", [{"position": "Prime Minister"}, {"Office": "PM"}, {"prime_minister": "Okell, Ada"}]
)
def test_the_speaker_of_a_document_is_whom_the_label_of_the_office_means(metadata: dict[str, str]) -> None:
    assert talkers("Ada Okell", **metadata) == ["Ada Okell", "Rita Varn"] * 2


def test_a_surname_as_label_is_the_speaker_of_the_document() -> None:
    it = document(TALK.replace("PRIME MINISTER", "OKELL"), "Talk with Rita Varn", speaker="Ada Okell")
    assert [turn.speaker for turn in turns(it)] == ["Ada Okell", "Rita Varn"] * 2


def test_the_office_of_another_is_not_the_speakers() -> None:
    assert talkers("Ada Okell", position="Mayor")[0] != "Ada Okell"


ASKED = """\
MR. OKELL: Good morning, all of you.

{}: Will the harbour be sold?
MR. OKELL: Not a metre of it.

JON BRANDT The Courier: And the old dock?
MR. OKELL: Nor the dock.
"""


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("RITA VARN Laval Times", "Rita Varn"),
        ("RITA VARN The Harbour Post", "Rita Varn"),
        ("MS. RITA VARN Channel 4, Laval", "Rita Varn"),
        ("RITA VARN A. B. C. News", "Rita Varn"),
        ("RITA VARN N. B. C.", "Rita Varn"),
        ("MS. VARN N.B.C.", "Varn"),
    ],
)
def test_the_outlet_behind_a_name_in_capitals_is_not_the_name(label: str, name: str) -> None:
    assert [who for who, _ in floor(ASKED.format(label))] == ["Okell", name, "Okell", "Jon Brandt", "Okell"]


@pytest.mark.parametrize(
    "words", ["RITA VARN Speech", "THE HARBOUR Is Open", "RITA VARN said this", "MAYOR VARN Opens It"]
)
def test_other_words_behind_capitals_are_no_outlet(words: str) -> None:
    assert ("Rita Varn", "Will the harbour be sold?") not in floor(ASKED.format(words))
