"""Turns are told from other text, each has whoever has the floor, and what nobody says is in none."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.loading import Document, Origin, Span
from research.nlp.statements.turns import turns
from tests.nlp.statements.talks import TALK, document, floor, speakers, talk

# --- the cases ---
# ruff: noqa: E501

BRIEFING = """\
Press Briefing by Press Secretary Jon Carver and Budget Director Ann Polk

MR. CARVER:  Good afternoon, everybody. Ann Polk is here to talk about the budget.

MS. POLK:  Thank you, Jon. The budget cuts the deficit by $40 billion.

Q    Are you cutting food stamps?

MS. POLK:  We are not.

Q    The Senate says the bill is dead. Is the bill dead?

MR. CARVER:  It is alive, and we will get it done.
"""
ONE_OFFICIAL = """\
Press Briefing by Press Secretary Jon Carver, 3/12/2031

James S. Brady Press Briefing Room

1:05 P.M. EDT

MR. CARVER:  Good afternoon, everybody. I have one announcement. The President will travel to Ohio on Friday. With that I will take your questions.

Q    Thank you, Jon. Can you tell us whether the President has spoken with the Prime Minister?

MR. CARVER:  They spoke on Tuesday for half an hour. I have no readout.

Q    The Senate says the bill is dead. Does the White House agree that the bill is dead?

MR. CARVER:  We do not. The bill is alive, and we will get it done.

Q    But Senator Dole said yesterday that there are not enough votes.

MR. CARVER:  He can count his votes, and we count ours.

Thank you all.

END  1:20 P.M. EDT
"""
PARLIAMENT = """\
Oral Questions

Hon. Pat Marlow (Winnipeg West, NDP): Mr. Speaker, why did the minister hide the report?

Hon. John Barden (Minister of Transport, CPC): Mr. Speaker, no report was hidden. It was tabled in May.

Mrs. Carole Lavigne (Laval, BQ): Mr. Speaker, the minister hid the report and he should resign.

Hon. John Barden: Mr. Speaker, those pages are before the courts.

Hon. Pat Marlow: Mr. Speaker, it was tabled with 40 pages missing.

The Speaker: Order, please.
"""
TIME_STAMPS = """\
Rita Dole (00:02):
Thank you all for coming. The harbour bill is law.

Speaker 2 (00:15):
Senator, will the docks be sold?

Rita Dole (00:21):
No dock will be sold. [inaudible 00:00:25] Not one.

Speaker 3 (00:31):
When does the bill take effect?

Rita Dole (01:02):
In May.
"""
DEBATE = """\
PARTICIPANTS:
Senator Rita Dole (D-Maravel)
Mayor Olga Brandt (R)

MODERATOR:
Jon Malm (The Post)

MALM: Good evening. Senator Dole, you have two minutes.

DOLE: Thank you, Jon. The harbour bill is law. [applause]

BRANDT: That is not true, Jon. The governor has not signed it.

MALM: Mayor Brandt...

BRANDT: He has not signed it!

DOLE: He signs it on Friday.
"""
CONGRESS = """\
[Congressional Record Volume 140, Number 7 (Thursday, February 3, 1994)]
[House]

Mr. TRAVANT. Madam Chairman, I offer an amendment.

The CHAIRMAN. The Clerk will report the amendment.

  The Clerk proceeded to read the amendment.

Mr. TRAVANT (during the reading). Madam Chairman, I ask unanimous consent that the amendment be considered as read and printed in the Record.

The CHAIRMAN. Is there objection to the request of the gentleman from Ohio?

Mr. MERCLEY (when his name was called). Present.

Ms. ADELMAN of New York. Madam Chairman, I rise in opposition. The amendment would cost 300 jobs in my district.
"""
COLONS = """\
Remarks by Mayor Olga Brandt and Governor Rita Dole

MAYOR BRANDT: Thank you all for coming. The harbour bill is law.

Let me be clear: no dock will be sold. Not one.

GOVERNOR DOLE: I thank the mayor.

Here’s the bottom line: the state will pay half of the bill.

MAYOR BRANDT: And we will pay the other half.
"""
RELEASE = """\
FOR IMMEDIATE RELEASE

CONTACT: Ana Weiss
PHONE: 555-0100

CONTACT: Paul Orlov
PHONE: 555-0101

Senator Dole Statement on Harbour Bill

MARAVEL - Senator Rita Dole released the following statement after the vote on the harbour bill:

“This vote is a victory for dockers. I thank my colleagues from both parties.”

BACKGROUND: The bill was introduced in May.

###
"""


def test_a_question_is_no_part_of_an_officials_words() -> None:
    assert speakers(BRIEFING) == ["Jon Carver", "Ann Polk", "journalist", "Ann Polk", "journalist", "Jon Carver"]
    assert floor(BRIEFING)[2:4] == [("journalist", "Are you cutting food stamps?"), ("Ann Polk", "We are not.")]


def test_a_briefing_may_have_one_official_and_ends_where_it_says_so() -> None:
    found = floor(ONE_OFFICIAL)
    assert [name for name, _ in found] == ["Jon Carver", "journalist"] * 3 + ["Jon Carver"]
    assert found[-1][1] == "He can count his votes, and we count ours. Thank you all."


@pytest.mark.parametrize("label", ["PM", "PM ABBOTT", "PRIME MINISTER", "P.M."])
def test_an_office_in_letters_is_spelt_out(label: str) -> None:
    text = f"JOURNALIST: Why?\n\n{label}: Because.\n\nJOURNALIST: When?\n\n{label}: In May.\n"
    assert [turn.office for turn in turns(document(text))] == [None, "Prime Minister"] * 2


@pytest.mark.parametrize(
    ("bracket", "office"),
    [
        ("Liberal", None),
        ("Independent", None),
        ("Laval, BQ", None),
        ("Minister of Transport, CPC", "Minister of Transport"),
    ],
)
def test_a_party_in_brackets_is_no_office(bracket: str, office: str | None) -> None:
    text = f"Mr. Ostrand ({bracket}): No.\n\nMs. Weiss: Yes, it is.\n\nMr. Ostrand ({bracket}): No.\n"
    assert [turn.office for turn in turns(document(text))] == [office, None, office]


def test_brackets_are_no_part_of_a_name() -> None:
    found = turns(document(PARLIAMENT))
    assert speakers(PARLIAMENT) == [
        *("Pat Marlow", "John Barden", "Carole Lavigne", "John Barden", "Pat Marlow", "chair"),
    ]
    assert [turn.office for turn in found][:3] == [None, "Minister of Transport", None]
    assert PARLIAMENT[slice(*found[0].label)] == "Hon. Pat Marlow"


def test_times_are_no_part_of_a_name_and_the_words_are_on_the_next_line() -> None:
    assert floor(TIME_STAMPS) == [
        ("Rita Dole", "Thank you all for coming. The harbour bill is law."),
        ("unnamed", "Senator, will the docks be sold?"),
        ("Rita Dole", "No dock will be sold. / Not one."),
        ("unnamed", "When does the bill take effect?"),
        ("Rita Dole", "In May."),
    ]


def test_a_list_of_who_takes_part_says_nothing_and_tells_full_names() -> None:
    assert speakers(DEBATE) == ["Jon Malm", "Rita Dole", "Olga Brandt", "Jon Malm", "Olga Brandt", "Rita Dole"]
    assert floor(DEBATE)[1] == ("Rita Dole", "Thank you, Jon. The harbour bill is law.")


def test_a_full_stop_ends_the_labels_of_the_congressional_record() -> None:
    found = floor(CONGRESS)
    assert [name for name, _ in found] == ["Travant", "chair", "Travant", "chair", "Mercley", "Adelman"]
    assert found[1] == ("chair", "The Clerk will report the amendment.")
    assert not any("proceeded to read" in words or "during" in words for _, words in found)


def test_words_and_a_colon_go_on_with_the_turn() -> None:
    assert floor(COLONS) == [
        (
            "Olga Brandt",
            "Thank you all for coming. The harbour bill is law. Let me be clear: no dock will be sold. Not one.",
        ),
        ("Rita Dole", "I thank the mayor. Here’s the bottom line: the state will pay half of the bill."),
        ("Olga Brandt", "And we will pay the other half."),
    ]


def test_the_fields_of_a_release_are_no_speakers() -> None:
    assert turns(document(RELEASE)) == []


# --- what ends a turn, and what does not ---


@pytest.mark.parametrize("strange", ["XQ7: ", "FX GRABS: ", "Speaker 3 (00:45): ", "US. JOURNALIST: ", "MS. ZORN: "])
def test_a_label_ends_the_turn_before_it_whether_or_not_it_is_understood(strange: str) -> None:
    text = f"{talk('JOURNALIST: ', 'RITA DOLE: ')}\n\n{strange}Nobody knows me.\n\nRITA DOLE: I do."
    found = floor(text)
    assert ("Rita Dole", TALK[3]) in found
    assert ("Rita Dole", "I do.") in found
    assert not any("Nobody" in words for name, words in found if name == "Rita Dole")


@pytest.mark.parametrize(
    "goes_on",
    [
        *(
            "Let me be clear: we will pay.",
            "Here is the deal: we pay.",
            "Finally, can I say this: we pay.",
            "So: we pay.",
        ),
        *(
            "All of us are capable of saying: we pay.",
            "The truth is: we pay.",
            "One more thing: we pay.",
            "My answer: we pay.",
        ),
        *("The first question: who pays?", "First point: we pay.", "Remember: we pay.", "And to the critics: we pay."),
        *("What I said was: we pay.", "Three great members of Congress: all here.", "As Edmund Lund wrote: we pay."),
    ],
)
def test_other_words_before_a_colon_go_on_with_the_turn(goes_on: str) -> None:
    text = f"{talk('JOURNALIST: ', 'RITA DOLE: ')}\n\n{goes_on}\n\nJOURNALIST: Thanks."
    assert floor(text)[3] == ("Rita Dole", f"{TALK[3]} {goes_on}")


@pytest.mark.parametrize(
    "field",
    [
        "CONTACT",
        "MEDIA CONTACT",
        "BYLINE",
        "LENGTH",
        "THE FACTS",
        "FACT",
        "MYTH",
        "WHAT",
        "WHEN",
        "WHERE",
        "Contact",
        "Phone",
        "SUBJECTS",
    ],
)
def test_fields_are_nobodys_however_often_they_return(field: str) -> None:
    other = "DETAILS" if field != "DETAILS" else "NOTES"
    text = "\n\n".join(f"{label}: The docks stay open, we hear." for label in (field, other) * 4)
    assert turns(document(text)) == []
    end = f"{talk('JOURNALIST: ', 'RITA DOLE: ')}\n\n{field}: The docks, Varn."
    assert floor(end)[-1] == ("Rita Dole", TALK[3])


@pytest.mark.parametrize(
    "unsaid",
    [
        *(
            "(Applause.)",
            "[laughter]",
            "(Laughter)",
            "[Crosstalk]",
            "(inaudible)",
            "Ms Orlova interjecting—",
            "END 1:20 P.M. EDT",
            "###",
        ),
        *(
            "Opposition members interjecting—",
            "Honourable members interjecting",
            "END",
            "[ENDS]",
            "(Ends)",
            "-END-",
            "2:31 P.M. EST",
            "* * *",
        ),
        *(
            "(The witness was excused.)",
            "[Whereupon, at 5:15 p.m., the hearing was adjourned.]",
            "End of transcript",
            "____________",
        ),
    ],
)
def test_what_nobody_says_is_in_no_turn(unsaid: str) -> None:
    text = f"{talk('JOURNALIST: ', 'RITA DOLE: ')}\n\n{unsaid}"
    assert floor(text)[-1] == ("Rita Dole", TALK[3])
    within = (
        talk("JOURNALIST: ", "RITA DOLE: ").replace("alive. ", f"alive.\n\n{unsaid}\n\n") + "\n\nJOURNALIST: Thanks."
    )
    assert not any(unsaid in words for _, words in floor(within))


@pytest.mark.parametrize("aside", ["(Applause.)", "[inaudible 00:00:25]", "(Cheers and applause.)", "[laughs]"])
def test_remarks_in_brackets_are_cut_out_of_the_words(aside: str) -> None:
    text = talk("JOURNALIST: ", "RITA DOLE: ").replace("alive. ", f"alive. {aside} ")
    assert floor(text)[1] == ("Rita Dole", "It is alive. / We will get it done.")
    kept = talk("JOURNALIST: ", "RITA DOLE: ").replace("alive. ", "alive (as a bill). ")
    assert floor(kept)[1] == ("Rita Dole", "It is alive (as a bill). We will get it done.")


def test_headings_between_turns_are_nobodys() -> None:
    text = talk("Hon. Rita Dole: ", "The Speaker: ").replace("\n\nHon.", "\n\nOral Questions\n\nHon.")
    assert floor(text)[1] == ("chair", TALK[1])


def test_what_follows_the_end_of_the_record_is_nobodys() -> None:
    text = f"{talk('JOURNALIST: ', 'RITA DOLE: ')}\n\nENDS\n\nMedia contact: Ana Weiss.\n\nThe office is in Varn."
    assert floor(text)[-1] == ("Rita Dole", TALK[3])


def test_labels_within_a_line_end_turns_too() -> None:
    text = "HOST: Why?\n\nPM: So.HOST: And then?PM: We go on.\n\nHOST: Thanks."
    assert [words for _, words in floor(text)] == ["Why?", "So.", "And then?", "We go on.", "Thanks."]


# --- what is no transcript ---


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The minister said: We will see.\nThe mayor said: So be it.\nThe minister said: No.",
        "RELATED: A bridge.\nVIDEO: A harbour.\nRELATED: A town.\nVIDEO: A boat.",
        "VARN: One day only.\nLUDA: Two days.\nMOLSK: Three days.",
        "NOTE TO EDITORS: One.\nNOTE TO EDITORS: Two.\nNOTE TO EDITORS: Three.",
        "Orlova: 41\nMalik: 12\nOrlova: 17\nMalik: 3",
        "Date: Monday\nSubject: The harbour\nContact: The mayor\nPlace: Varn",
        "HOST: \nHOST: \nGUEST: \nGUEST: ",
        "At 10:30 he left. At 11:30 she left. At 12:30 we left.",
        "A. The bridge.\nB. The harbour.\nA. The town.",
        "Mr. President,\nExcellencies,\nWe pay.\n" * 4,
        "Mr. President:\n\nWe pay.\n\nDistinguished delegates:\n\nWe pay.\n\n" * 3,
        "H.R. 17: Mr. Okell.\nH.R. 95: Ms. Dole.\nH.R. 17: Mr. Brandt and Ms. Dole.\n",
        "Q3 was weak. Q4 was not.\n\nQ4 sales rose.",
    ],
)
def test_other_texts_are_no_transcripts(text: str) -> None:
    assert turns(document(text)) == []


def test_a_report_that_holds_an_interview_goes_on_after_it() -> None:
    text = (
        "The minister spoke to Radio Varn on Tuesday about the harbour.\n\n"
        f"{talk('JOURNALIST: ', 'MINISTER ORLOVA: ')}\n\nThe programme is repeated on Sunday.\n"
    )
    assert floor(text)[-1] == ("Orlova", TALK[3])


def test_a_speech_with_one_label_is_a_turn_where_the_document_says_who_that_is() -> None:
    text = "10 June 2031\n\nPRIME MINISTER:\n\nThank you all for coming here.\n\nThe harbour opens today."
    assert floor(text, prime_minister="Orlova, Vera") == [
        ("Vera Orlova", "Thank you all for coming here. The harbour opens today.")
    ]
    assert turns(document(text)) == []


def test_only_the_body_is_read() -> None:
    text = f"Q: Head?\n\n{talk('Q: ', 'MS. DOLE: ')}"
    start = text.index("Q: Is")
    found = turns(Document("a", text, Span(start, len(text)), Origin("a.txt", "0" * 64, "utf-8")))
    assert len(found) == 4
    assert found[0].label[0] == start


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\x85"])
def test_line_ends_change_nothing(end: str) -> None:
    assert speakers(BRIEFING.replace("\n", end)) == speakers(BRIEFING)


# --- any text ---

SIGNS = st.sampled_from(
    [
        "A:",
        "Q",
        "Q.",
        "(",
        ")",
        "[",
        "]",
        ":",
        "\n",
        "\n\n",
        " ",
        "  ",
        "PM",
        "MR. OKELL",
        "Okell",
        "END",
        "—",
        "The",
        ".",
        "00:31",
        "**",
    ]
)


@given(st.lists(SIGNS, max_size=60).map("".join))
def test_any_text_is_read(text: str) -> None:
    last = 0
    for turn in turns(document(text, "Interview with Ada Okell", prime_minister="Okell, Ada")):
        assert last <= turn.label[0] < turn.label[1] <= turn.words[0][0]
        assert all(start < end for start, end in turn.words)
        last = turn.words[-1][1]
    assert last <= len(text)


@pytest.mark.parametrize(
    "line",
    [
        "A:",
        "A: So.",
        "Q",
        "Q   Why?",
        "((((((((((:",
        "[[[[ :",
        ": : : :",
        "A-A-A-A-A-A-A:",
        "MR. OKELL: So.",
        "PARTICIPANTS:\nAda Okell",
    ],
)
def test_ten_thousand_lines_take_no_longer_than_their_number(line: str) -> None:
    began = time.process_time()
    turns(document(f"{line}\n" * 10_000, "Interview with Ada Okell"))
    assert time.process_time() - began < 20
