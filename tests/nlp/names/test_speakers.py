"""Who is behind a source: names, titles, pronouns, and those without a name."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.loading import Span
from research.nlp.names.casting import cast_of
from research.nlp.names.floor import Floor
from research.nlp.names.speakers import Resolution, Speaker, resolve
from research.nlp.records import Attribution, Mention
from research.nlp.statements.layout import with_layout
from research.nlp.statements.said import Turn
from research.nlp.statements.turns import turns
from research.nlp.text import sentences
from tests.nlp.statements.talks import document as written

SEED = next((Path(__file__).parents[3] / "seeds").glob("*.txt"), None)


def named(text: str, names: str) -> list[Mention]:
    """Mentions at every place of every name: of persons, after "*" of an organisation, after "@" of a state."""
    types = {name.strip("*@"): {"*": "ORG", "@": "GPE"}.get(name[0], "PERSON") for name in names.split("|") if name}
    if not types:
        return []
    pattern = "|".join(re.escape(name) for name in sorted(types, key=len, reverse=True))
    return [Mention(m.start(), m.end(), types[m.group()], 0.9) for m in re.finditer(rf"\b(?:{pattern})(?!\w)", text)]


def document(marked: str) -> tuple[str, list[Span], list[Span]]:
    """A text without its marks, the places of its ``{sources}`` and of its ``[contents]``, each in order."""
    text, opened = "", dict[str, int]()
    sources, contents = list[Span](), list[Span]()
    for piece in re.split(r"([{}\[\]])", marked):
        if piece in "{[" and piece:
            opened[piece] = len(text)
        elif piece == "}":
            sources.append(Span(opened["{"], len(text)))
        elif piece == "]":
            contents.append(Span(opened["["], len(text)))
        else:
            text += piece
    return text, sources, contents


def resolved(
    text: str, attributions: list[Attribution], mentions: list[Mention], spoken: list[Turn] | None = None
) -> list[Speaker]:
    """The speakers, found as the annotator finds them."""
    floor = Floor(turns(written(text)) if spoken is None else spoken)
    return resolve(text, attributions, cast_of(text, mentions, attributions, floor), floor, sentences(text))


def speakers(marked: str, people: str = "") -> list[Speaker]:
    """The speakers of a marked text: the nth content is that of the nth source."""
    text, sources, contents = document(marked)
    made = [Attribution(source, None, (part,), "direct", 0.9) for source, part in zip(sources, contents, strict=True)]
    return resolved(text, made, named(text, people))


def names(marked: str, people: str = "") -> list[str | None]:
    return [speaker.name for speaker in speakers(marked, people)]


# --- names -----------------------------------------------------------------------------------------


def test_the_last_name_is_given_in_full_with_the_office() -> None:
    found = speakers("Finance Minister Ada Okell came. [We pay], {Okell} said.", "Ada Okell|Okell")
    assert found == [Speaker("Ada Okell", "Okell", "Finance Minister")]


def test_a_title_within_the_source_stands_apart() -> None:
    found = speakers("{President of Ashland Ada Okell} said [it rains].", "Ada Okell|@Ashland")
    assert found == [Speaker("Ada Okell", "President of Ashland Ada Okell", "President of Ashland")]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("a spokesman for Ada Okell", None),
        ("people close to Okell", None),
        ("Okell’s critics", None),
        ("Okell spokesman Jon Brandt", "Jon Brandt"),
        ("a spokesman for Okell, Jon Brandt", "Jon Brandt"),
        ("the assailant, Jon Brandt", "Jon Brandt"),
        ("Okell’s campaign", "Okell campaign"),
        ("the Okell campaign", "Okell campaign"),
        ("Ada Okell and Jon Brandt", "Ada Okell and Jon Brandt"),
        ("supporters of Ada Okell and Jon Brandt", None),
        ("Sens. Ada Okell of Ashport and Jon Brandt of Elm, both up for election,", "Ada Okell and Jon Brandt"),
        ("Okell and her allies", None),
        ("Ada Okell, who leads the Coastal Union,", "Ada Okell"),
        ("Jon Brandt of the Coastal Union", "Jon Brandt"),
        ("the Coastal Union", "Coastal Union"),
        ("a Coastal Union report", "Coastal Union"),
        ("the Coastal Union’s Jon Brandt", "Jon Brandt"),
        ("the “Okell for Mayor” leaflet", None),
        ("critics", None),
        ("one voter", None),
        ("Former Secretary of State Ada Okell", "Ada Okell"),
    ],
)
def test_the_head_of_a_source_is_who_speaks(source: str, name: str | None) -> None:
    text = f"Ada Okell met Jon Brandt. {{{source}}} said [it rains]."
    assert names(text, "Ada Okell|Okell|Jon Brandt|*Coastal Union") == [name]


def test_a_name_that_the_model_overlooked_is_found_in_the_source() -> None:
    assert names("Ada Okell came. [We pay], {Okell} said.", "Ada Okell") == ["Ada Okell"]
    assert names("Then {Ulrika Sandvik} said [it rains].") == ["Ulrika Sandvik"]
    assert names("{Voters} said [it rains].") == [None]


def test_spaces_in_a_label_are_collapsed() -> None:
    assert speakers("{the \n  correspondent} asked [why].") == [Speaker(None, "the correspondent", None)]


def test_no_source_no_speaker() -> None:
    text = "It was said that it rains."
    assert resolved(text, [Attribution(None, Span(3, 11), (Span(17, 25),), "indirect", 0.5)], []) == [
        Speaker(None, None, None)
    ]


# --- titles ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("introduced", "source", "name"),
    [
        ("President Ada Okell met Senator Jon Brandt.", "the president", "Ada Okell"),
        ("President Ada Okell met Senator Jon Brandt.", "the senator", "Jon Brandt"),
        (
            "Ada Okell, the finance minister, met Jon Brandt, the justice minister.",
            "the justice minister",
            "Jon Brandt",
        ),
        ("Ada Okell, the finance minister, met Jon Brandt, the justice minister.", "the finance minister", "Ada Okell"),
        ("Former President Jon Brandt met President Ada Okell.", "the president", "Ada Okell"),
        ("Former President Jon Brandt met President Ada Okell.", "the former president", "Jon Brandt"),
        ("President Ada Okell met former President Jon Brandt.", "the president", "Ada Okell"),
        ("Vice President Jon Brandt met reporters.", "the president", None),
        ("Sen. Jon Brandt met Gov. Ada Okell.", "the lawmaker", "Jon Brandt"),
        ("Chairwoman Ada Okell met Jon Brandt.", "the chairman", None),
        ("Jon Brandt met Ada Okell.", "the minister", None),
        ("Minister Ada Okell met Jon Brandt.", "a minister", None),
    ],
)
def test_a_title_is_whose_the_document_says(introduced: str, source: str, name: str | None) -> None:
    found = speakers(f"{introduced} {{{source}}} said [it rains].", "Ada Okell|Jon Brandt")
    assert (found[0].name, found[0].label) == (name, source)


def test_the_ministry_and_the_campaign_are_those_named_before() -> None:
    text = "The Justice Ministry met Ada Okell. {The Okell campaign} said [no]. {The ministry} said [yes]. "
    text += "{The campaign} said [no]."
    assert names(text, "*Justice Ministry|Ada Okell|Okell") == ["Okell campaign", "Justice Ministry", "Okell campaign"]


# --- pronouns --------------------------------------------------------------------------------------


def test_a_pronoun_is_who_spoke_not_the_nearest_name() -> None:
    text = "[We pay], {Peter Okell} said.\n\nThe fair was opened by Chairman Jon Brandt.\n\n“[We sail],” {he} said."
    assert names(text, "Peter Okell|Jon Brandt") == ["Peter Okell", "Peter Okell"]


def test_gender_decides() -> None:
    text = "[We pay], {Ada Okell} said after Peter Brandt had left. [We sail], {he} and [we row], {she} said."
    assert names(text, "Ada Okell|Peter Brandt") == ["Ada Okell", "Peter Brandt", "Ada Okell"]


def test_an_honorific_anywhere_tells_gender() -> None:
    text = "Qim Tamsin met Ady Voss. Ms. Voss nodded. Mr. Tamsin frowned. [We sail], {she} said."
    assert names(text, "Qim Tamsin|Ady Voss|Voss|Tamsin") == ["Ady Voss"]


def test_the_subject_of_the_sentence_before_takes_the_pronoun() -> None:
    text = "[We pay], {Peter Brandt} said.\n\nMark Voss, a baker, sold bread at the fair. {He} said [it was good]."
    assert names(text, "Peter Brandt|Mark Voss") == ["Peter Brandt", "Mark Voss"]


def test_who_is_named_in_a_quotation_does_not_speak_it() -> None:
    text = "[We pay], {Peter Brandt} said. “[Mark Voss is late. Mark Voss is rude],” {he} said."
    assert names(text, "Peter Brandt|Mark Voss") == ["Peter Brandt", "Peter Brandt"]


def test_an_unnamed_speaker_takes_the_pronoun() -> None:
    text = "Peter Brandt left.\n\n“[Why]?” {a man in the crowd} asked. “[And when]?” {he} added."
    assert names(text, "Peter Brandt") == [None, None]


def test_i_within_a_statement_is_whoever_makes_it() -> None:
    text, sources, _ = document("“As {I} said before, it rains,” {Ada Okell} noted.")
    inner = Attribution(sources[0], None, (Span(18, 26),), "direct", 0.9, level=1)
    outer = Attribution(sources[1], None, (Span(1, 27),), "direct", 0.9)
    found = resolved(text, [inner, outer], named(text, "Ada Okell"))
    assert found == [Speaker("Ada Okell", "I", None), Speaker("Ada Okell", "Ada Okell", None)]


def test_i_without_a_statement_around_is_nobody() -> None:
    assert speakers("Ada Okell left. {I} think [it rains].", "Ada Okell") == [Speaker(None, "I", None)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It was Ada Okell, {who} said [it rains].", "Ada Okell"),
        ("It was Ada Okell (D-Ash.), {who} said [it rains].", "Ada Okell"),
        ("It was Ada Okell, the mayor of Ashport, {who} said [it rains].", "Ada Okell"),
        ("It was a friend of Ada Okell {who} said [it rains].", None),
        ("It was a spokesman for Ada Okell, {who} said [it rains].", None),
        ("It was people {who} said [it rains].", None),
    ],
)
def test_who_is_the_one_before_it(text: str, name: str | None) -> None:
    assert names(text, "Ada Okell") == [name]


def test_they_are_two_who_spoke_together_else_nobody() -> None:
    assert (
        names("{Ada Okell and Jon Brandt} said [no]. {They} said [yes].", "Ada Okell|Jon Brandt")
        == ["Ada Okell and Jon Brandt"] * 2
    )
    assert names("Ada Okell left. {Critics} said [no]. {They} said [yes].", "Ada Okell") == [None, None]


# --- interviews ------------------------------------------------------------------------------------


def test_a_question_is_not_credited_to_the_person_asked() -> None:
    text = "President Ada Okell spoke.\n\n“[Will you pay]?” {the correspondent} asked the President."
    text += "\n\n“[No],” {she} said."
    found = speakers(text, "Ada Okell")
    assert found[0] == Speaker(None, "the correspondent", None)
    assert found[1].name == "Ada Okell"


def test_who_has_asked_does_not_answer() -> None:
    text = "Peter Voss met the press.\n\n“[Why]?” {Mark Tarn} asked.\n\n“[No],” {he} said."
    assert names(text, "Peter Voss|Mark Tarn") == ["Mark Tarn", "Peter Voss"]


TRANSCRIPT = "REPORTER: Will you pay?\nOKELL: {I} said [we would].\nREPORTER: And when?\nOKELL: Soon. {I} hope [so]."


def test_in_a_transcript_who_stands_at_the_line_start_speaks() -> None:
    found = speakers("Ada Okell met the press.\n" + TRANSCRIPT, "Ada Okell")
    assert [speaker.name for speaker in found] == ["Ada Okell", "Ada Okell"]


def test_he_within_a_turn_is_not_whose_turn_it_is() -> None:
    text = "Peter Voss met Mark Tarn.\nTARN: Well.\nVOSS: {He} said [no].\nTARN: Oh.\nVOSS: Well."
    assert names(text, "Peter Voss|Mark Tarn") == ["Mark Tarn"]


def test_the_reporter_of_a_transcript_is_unnamed() -> None:
    text = "Ada Okell met the press.\n" + TRANSCRIPT.replace("Will you", "{I} hear [you will]. Will you")
    found = speakers(text, "Ada Okell")
    assert found[0] == Speaker(None, "I", None)


# --- whole documents -------------------------------------------------------------------------------

GOLD = [
    # source, content of the seed document, as its reader marked them
    (Span(86, 131), Span(17, 72)),
    (Span(524, 541), Span(227, 522)),
    (Span(874, 895), Span(565, 871)),
    (Span(1546, 1548), Span(904, 1543)),
    (Span(1557, 1570), Span(1580, 1744)),
    (Span(2242, 2244), Span(1748, 2239)),
]


def test_all_speakers_of_the_seed_are_right() -> None:
    assert SEED is not None
    text = SEED.read_text(encoding="utf-8")
    made = [Attribution(source, None, (content,), "direct", 0.9) for source, content in GOLD]
    found = resolved(
        text, made, named(text, "Kassym-Jomart Tokayev|Mikhail Mishustin|@Kazakhstan|@Russia|*Government|*Kazinform")
    )
    tokayev = ("Kassym-Jomart Tokayev", "President of Kazakhstan")
    assert [(speaker.name, speaker.office) for speaker in found] == [tokayev, (None, None), *[tokayev] * 4]
    assert [speaker.label for speaker in found[1:2] + found[3:]] == ["the correspondent", "he", "The President", "he"]


def test_the_order_of_the_attributions_changes_nothing() -> None:
    text, sources, contents = document("[We pay], {Peter Okell} said. [We sail], {he} said. [We row], {Okell} said.")
    made = [Attribution(s, None, (c,), "direct", 0.9) for s, c in zip(sources, contents, strict=True)]
    found = resolved(text, made, named(text, "Peter Okell|Okell"))
    assert resolved(text, made[::-1], named(text, "Peter Okell|Okell"))[::-1] == found


@pytest.mark.parametrize(
    "unit",
    [
        *("he said Ada Okell ", "A", "“", "(", " and ", "the president, ", "\x00", "א", "X: ", "\n", "Bank of "),
        *("the Bank of the Okell ", "Mr. Ada Okell ", "his wife, Ada Okell, ", "the two presidents ", "polls by "),
    ],
)
def test_a_long_text_without_an_end_takes_linear_steps(unit: str) -> None:
    """Twice the text makes at most about twice the steps: counted, not timed."""

    def steps(times: int) -> int:
        text = unit * times
        places = range(0, max(1, len(text) - 8), max(1, len(text) // (times // 10 + 1)))
        made = [
            Attribution(Span(at, min(len(text), at + 5)), None, (Span(at, at + 1),), "direct", 0.5) for at in places
        ]
        return counted(lambda: resolved(text, made, named(text, "Ada Okell")))

    assert steps(800) < 2.6 * steps(400) + 1000


def counted(call: Callable[[], object]) -> int:
    """How many functions a call calls."""
    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(count)
    try:
        call()
    finally:
        sys.setprofile(None)
    return steps


@pytest.mark.parametrize(
    "unit",
    [
        "{Lia #’s lawyer, Jon #,} came. {Her lawyer} said no. ",
        "Ada Okell, the president of #, came. {The president} said no. ",
    ],
)
def test_many_different_names_take_linear_steps(unit: str) -> None:
    def steps(times: int) -> int:
        spelt = ("".join("abcdefghij"[int(digit)] for digit in f"{number:03}").title() for number in range(times))
        text, sources, _ = document("".join(unit.replace("#", f"Var{name.lower()}") for name in spelt))
        made = [Attribution(source, None, (Span(source.end, source.end + 5),), "direct", 0.5) for source in sources]
        people = [Mention(*match.span(), "PERSON", 0.9) for match in re.finditer(r"(?:Lia|Jon|Ada) \w+", text)]
        return counted(lambda: resolved(text, made, people, []))

    assert steps(400) < 2.6 * steps(200)


PIECES = ["he", "she", "who", "I", "They", "Ada", "Okell", "President", "the", "of", "and", ",", ".", "“", "”", "''"]
PIECES += ["Bank", "Ministry", "Mr.", "Ms.", "Dr.", "his", "wife", "two", "presidents", "poll", "by", "\u2028"]
PIECES += ["\n", "Q:", "REPORTER:", "OKELL:", "campaign", "ministry", "’s", "\x00", "א", "😀"]


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.data())
def test_any_text_with_any_spans_has_its_speakers(pieces: list[str], data: st.DataObject) -> None:
    text = " ".join(pieces)
    places = st.tuples(st.integers(0, len(text)), st.integers(1, 12)).map(
        lambda it: Span(it[0], min(len(text), sum(it)))
    )
    spans = data.draw(st.lists(places.filter(lambda it: it[0] < it[1]), max_size=8))
    made = [Attribution(span, None, (span,), "direct", 0.5) for span in spans[::2]]
    found = [Mention(start, end, ("PERSON", "ORG", "GPE")[start % 3], 0.5) for start, end in sorted(spans[1::2])]
    speakers_ = resolved(text, made, found)
    assert [s.label for s in speakers_] == [" ".join(text[slice(*span)].split()) for span in spans[::2]]
    assert resolved(text, made, found) == speakers_


# --- interviews ---


ANSWERS = "The dam\n\n{intro}\n\nQ: Will you stay?\n\nA: I will. I said so.\n\nQ: And the mayor?\n\nA: She will go."


def answering(intro: str, people: list[str]) -> list[tuple[str | None, str | None]]:
    text = ANSWERS.format(intro=intro)
    found = with_layout(text, [], turns(written(text)))
    mentions = [Mention(text.index(name), text.index(name) + len(name), "PERSON", 0.9) for name in people]
    return [(speaker.label, speaker.name) for speaker in resolved(text, found, mentions)]


def test_the_answers_are_those_of_the_person_whom_an_interview_introduces() -> None:
    assert answering("Water minister Ada Okell on the talks", ["Ada Okell"]) == [
        ("Q", None),
        ("A", "Ada Okell"),
        ("Q", None),
        ("A", "Ada Okell"),
    ]


def test_of_several_who_are_introduced_nobody_is_given_the_answers() -> None:
    assert {name for _, name in answering("Ada Okell and Jon Brandt on the talks", ["Ada Okell", "Jon Brandt"])} == {
        None
    }
    assert {name for _, name in answering("On the talks", [])} == {None}


# --- whose words a whole document is ---


def of_owner(marked: str, owner: str | None, people: str = "") -> list[str | None]:
    """The names of the speakers in a text that is somebody's words from head to end."""
    text, sources, contents = document(marked)
    made = [Attribution(source, None, (part,), "direct", 0.9) for source, part in zip(sources, contents, strict=True)]
    floor = Floor([])
    members = cast_of(text, named(text, people), made, floor)
    return [it.name for it in Resolution(text, made, members, floor, sentences(text), owner=owner).speakers()]


def test_i_and_we_in_a_speech_are_whose_speech_it_is() -> None:
    marked = "{I} said [that it rains]. {We} know [it]. In {my} view [it pours]. {Our} view is [so]. {He} said [no]."
    assert of_owner(marked, "Ada Okell")[:4] == ["Ada Okell"] * 4
    assert of_owner(marked, None)[:4] == [None] * 4


def test_i_in_a_quotation_or_a_statement_of_another_is_not_the_speaker_of_the_document() -> None:
    assert of_owner("“{I} think [it rains],” they wrote.", "Ada Okell") == [None]
    text = "Jon Brandt said that I hope it rains."
    made = [
        Attribution(Span(0, 10), None, (Span(16, 36),), "indirect", 0.9),
        Attribution(Span(21, 22), None, (Span(28, 36),), "indirect", 0.9, level=1),
    ]
    floor = Floor([])
    members = cast_of(text, named(text, "Jon Brandt"), made, floor)
    found = Resolution(text, made, members, floor, sentences(text), owner="Ada Okell").speakers()
    assert [it.name for it in found] == ["Jon Brandt", "Jon Brandt"]


def test_a_state_may_speak() -> None:
    assert of_owner("{We} know [that Varnland is rich].", "Varnland", "@Varnland") == ["Varnland"]


def test_she_in_a_ministers_release_is_the_minister_and_not_whom_a_quotation_alone_names() -> None:
    marked = "The office was asked about a dam. “I would sooner buy from Bea Marr than wait.” {She} notes [it is dear]."
    assert of_owner(marked, "Ada Okell", "Bea Marr") == ["Ada Okell"]
    assert of_owner(marked, None, "Bea Marr") == ["Bea Marr"]
    in_first_person = marked.replace("The office", "My office")
    assert of_owner(in_first_person, "Ada Okell", "Bea Marr") == ["Bea Marr"]
    outside = marked.replace("The office was", "Bea Marr was")
    assert of_owner(outside, "Ada Okell", "Bea Marr") == ["Bea Marr"]
