"""Who is meant: short invented texts, each with whom a careful reader takes every source for.

A case that fails for a reason that no rule here mends is marked with the reason; it must go on failing until then.
"""

from typing import TYPE_CHECKING

import pytest

from research.nlp.statements.layout import with_layout
from research.nlp.statements.turns import turns as turns_of
from tests.nlp.names.test_speakers import named, resolved, speakers
from tests.nlp.statements.talks import document

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

ANNA, PETER, PAUL, MARIA = "Anna Okell", "Peter Okell", "Paul Brandt", "Maria Voss"
PEOPLE = f"{ANNA}|{PETER}|{PAUL}|{MARIA}|Okell|Brandt|Voss|@Varnland|@Tarnland"


def beyond(reason: str, *case: object) -> "ParameterSet":
    """A case that fails, and why."""
    return pytest.param(*case, marks=pytest.mark.xfail(reason=reason, strict=True))


def found(text: str, people: str = PEOPLE) -> list[str | None]:
    return [speaker.name for speaker in speakers(text, people)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            (
                "President Peter Okell spoke.\n\n“[It is open],” {he} said.\n\nThe fair was opened by Paul Brandt.\n\n"
                "{He} stressed [that ships may come]."
            ),
            [PETER, PETER],
        ),
        (
            (
                "President Peter Okell opened the talks.\n\n“[We sail],” {he} said, thanking Chairman Paul Brandt.\n\n"
                "{He} stressed [that the sea was calm]."
            ),
            [PETER, PETER],
        ),
        (
            (
                "{Peter Okell} said [it rains].\n\nThe bridge was built by a firm of Governor Paul Brandt.\n\n"
                "Nobody paid for it, {he} added, [and nobody will]."
            ),
            [PETER, PETER],
        ),
        (
            "Minister Peter Okell came. [We pay], {the minister} said. Asked about Paul Brandt, {he} said [no].",
            [PETER, PETER],
        ),
        ("{Peter Okell} said [no]. Paul Brandt, a baker, disagreed. {He} said [yes].", [PETER, PAUL]),
        beyond(
            "who is told something may well answer; the last to speak is taken",
            "[It is late], {Peter Okell} told Paul Brandt. {He} agreed [that it was].",
            [PETER, PAUL],
        ),
    ],
)
def test_he_is_who_the_text_is_about(text: str, names: list[str | None]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Senator Anna Okell met Governor Peter Okell. {The governor} said [no]. {She} said [yes].", [PETER, ANNA]),
        ("Senator Anna Okell met Governor Peter Okell. {Governor Okell} said [no].", [PETER]),
        ("Senator Anna Okell met Governor Peter Okell. {Senator Okell} said [no].", [ANNA]),
        ("Peter Okell and his wife, Anna Okell, came. {Mrs. Okell} said [no]. {Mr. Okell} said [yes].", [ANNA, PETER]),
        ("Peter Okell is the mayor. His wife, Anna Okell, sang. {Okell} said [it was fine].", [PETER]),
        ("Okell won. His wife, Anna Okell, sang. {Okell} said [it was fine].", ["Okell"]),
        ("Mr. Okell won. Anna Okell sang. {Mr. Okell} said [it was fine]. {Anna Okell} said [no].", ["Okell", ANNA]),
        ("Anna Okell came with her husband, Peter Okell. {Her husband} said [it rains].", [PETER]),
        ("Anna Okell spoke. {Her husband} said [it rains].", [None]),
        ("Peter Okell came with his lawyer, Paul Brandt. {His lawyer} said [no].", [PAUL]),
        ("Peter Okell came with Anna Okell and his lawyer, Paul Brandt. {Her lawyer} said [no].", [None]),
        ("{Paul Brandt, Okell’s lawyer,} said [no]. {Okell’s lawyer} said [never].", [PAUL, PAUL]),
        ("{Okell’s spokeswoman} said [no]. {She} said [never].", [None, None]),
        ("{Okell’s spokeswoman, Maria Voss,} said [no]. {The spokeswoman} said [never].", [MARIA, MARIA]),
        ("Peter Okell left. {Okell’s spokeswoman} said [no]. {He} said [yes].", [None, PETER]),
        ("{Peter Okell and his lawyer, Paul Brandt,} said [no].", [None]),
    ],
)
def test_kin_counsel_and_namesakes_are_told_apart(text: str, names: list[str | None]) -> None:
    assert found(text) == names


def test_a_bare_honorific_is_nobody() -> None:
    assert found("Anna Okell came. Then Mr left. {She} said [no].", f"{ANNA}|Mr") == [ANNA]


def test_kin_by_a_first_name_alone() -> None:
    assert found("{Anna Okell’s husband, Peter,} said [it rains].", f"{ANNA}|Peter") == ["Peter"]
    assert found("Peter Okell came with his daughter Lia. {The daughter} said [no].", f"{PETER}|Lia") == ["Lia"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "President Peter Okell of Varnland met President Paul Brandt of Tarnland. {The president of Tarnland}",
            [PAUL],
        ),
        ("Varnland’s President Peter Okell met Tarnland’s President Paul Brandt. {The Tarnland president}", [PAUL]),
        ("Varnland’s President Peter Okell met Tarnland’s President Paul Brandt. {The Varnland president}", [PETER]),
        ("Varnish President Peter Okell met Tarnish President Paul Brandt. {The Tarnish president}", [PAUL]),
        ("Varnish President Peter Okell met Paul Brandt. {The Tarnish president}", [None]),
        ("Former President Peter Okell blamed President Paul Brandt. {The former president}", [PETER]),
        ("Former President Peter Okell blamed President Paul Brandt. {The president}", [PAUL]),
        ("Prime Minister Peter Okell met President Paul Brandt. {The premier}", [PETER]),
        ("Prime Minister Peter Okell met President Paul Brandt. {The prime minister}", [PETER]),
        ("Prime Minister Peter Okell met President Paul Brandt. {The head of state}", [PAUL]),
        ("Prime Minister Peter Okell met President Paul Brandt. {The head of government}", [PETER]),
        ("Finance Minister Peter Okell met Paul Brandt. {The foreign minister}", [None]),
        ("Senator Peter Okell, a Liberal, met Paul Brandt. {The senator}", [PETER]),
        ("President Peter Okell came to the fair with Paul Brandt. {The band leader}", [None]),
        ("President Peter Okell met President Paul Brandt. {The two presidents}", [f"{PETER} and {PAUL}"]),
        ("President Peter Okell met President Paul Brandt. {The two leaders}", [f"{PETER} and {PAUL}"]),
        ("President Peter Okell met Paul Brandt and Maria Voss. {The two presidents}", [None]),
        ("Peter Okell met Paul Brandt and Maria Voss. {The three}", [None]),
        beyond(
            "a successor is somebody else's; whose is not looked for",
            "Former President Peter Okell blamed President Paul Brandt. {Okell’s successor}",
            [PAUL],
        ),
    ],
)
def test_a_title_is_whose_its_words_fit(text: str, names: list[str | None]) -> None:
    assert found(text + " said [no].") == names


def test_of_two_presidents_the_president_is_who_has_just_spoken() -> None:
    text = "President Peter Okell received President Paul Brandt. [We pay], {Okell} said. {The President} added [more]."
    assert found(text) == [PETER, PETER]


def test_many_without_a_name_are_nobody() -> None:
    text = "Peter Okell left. {Officials} said [no]. {They} said [never]. {He} said [yes]."
    assert found(text) == [None, None, PETER]


@pytest.mark.parametrize(
    ("text", "people", "names"),
    [
        (
            "The Foreign Ministry met the Finance Ministry. {The finance ministry} said [no]. {The ministry} said [so]",
            "*Foreign Ministry|*Finance Ministry",
            ["Finance Ministry"] * 2,
        ),
        (
            "The Ministry of Foreign Affairs of Varnland is shut. {The ministry} said [no].",
            "*Foreign Affairs|@Varnland",
            ["Ministry of Foreign Affairs of Varnland"],
        ),
        (
            "The Ministry of Foreign Affairs of Varnland is shut. {The Ministry of Foreign Affairs} said [no].",
            "*Foreign Affairs|@Varnland",
            ["Ministry of Foreign Affairs of Varnland"],
        ),
        ("{The Bank of the Three Rivers} said [no].", "@Three Rivers", ["Bank of the Three Rivers"]),
        ("{The Society of Ports} said [no]. {It} said [yes].", "", ["Society of Ports"] * 2),
        (
            f"{{Foreign Ministry spokesman {PAUL}}} said [no]. {{He}} said [so]. {{The ministry}} said [yes].",
            f"*Foreign Ministry|{PAUL}",
            [PAUL, PAUL, "Foreign Ministry"],
        ),
        ("{A poll by Radio Varn} says [no].", "*Radio Varn", ["Radio Varn"]),
        (
            "{A poll done by the Ports Society and Radio Varn}: [no].",
            "*Radio Varn|*Ports Society",
            ["Ports Society and Radio Varn"],
        ),
        ("{A letter obtained by Radio Varn} says [no].", "*Radio Varn", [None]),
        ("{A study by Varn School professor Ada Weiss} says [no].", "*Varn School|Ada Weiss", [None]),
        ("{The I.R.S.} said [no].", "", ["I.R.S."]),
        ("{QUESTIONS} arose [why].", "", [None]),
        beyond(
            "that a name is a company's is known only where the text calls it one",
            "Varn Steel cut jobs. {The company} said [no].",
            "*Varn Steel",
            ["Varn Steel"],
        ),
    ],
)
def test_an_organisation_speaks_under_its_whole_name(text: str, people: str, names: list[str | None]) -> None:
    assert found(text, people) == names


@pytest.mark.parametrize(
    ("text", "people", "name"),
    [
        ("President Kasim Tovayev came. {Tovaev} said [no].", "Kasim Tovayev|Tovaev", "Kasim Tovayev"),
        ("Yuriy Malenko came. {Yuri Malenko} said [no].", "Yuriy Malenko|Yuri Malenko", "Yuriy Malenko"),
        ("Jorg Muller came. {Müller} said [no].", "Jorg Muller|Müller", "Jorg Muller"),
        ("Jorg Muller came. {Jörg Müller} said [no].", "Jorg Muller|Jörg Müller", "Jörg Müller"),
        ("Peter Okell came. {Okall} said [no].", "Peter Okell|Okall", "Okall"),
        ("Iron Anna Okell came. {Anna Okell} said [no].", "Iron Anna Okell|Anna Okell", "Iron Anna Okell"),
        ("Iron Anna Okell came. Anna Okell left. {Anna Okell} said [no].", "Iron Anna Okell|Anna Okell", "Anna Okell"),
        ("{Secretary Dan Li-rue} said [no].", "Li-rue", "Dan Li-rue"),
        ("{Monday Li-rue} said [no].", "Li-rue", "Li-rue"),
        beyond(
            "letters that a hand slipped on are another name",
            "Peter Okell came. {Okel1} said [no].",
            "Peter Okell|Okel1",
            "Peter Okell",
        ),
    ],
)
def test_a_person_has_one_name_however_it_is_written(text: str, people: str, name: str) -> None:
    assert found(text, people) == [name]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Peter Okell met the press.\n\n“[Do you trust Paul Brandt]?” {the reporter} asked.\n\n“[No],” {he} said.",
            [None, PETER],
        ),
        (
            (
                "Peter Okell came.\n\n“[Will you pay]?” {Maria Voss of Radio Varn} asked.\n\n“[No],” {he} said. "
                "{She} asked [why]."
            ),
            [MARIA, PETER, MARIA],
        ),
    ],
)
def test_who_asks_is_not_who_is_asked(text: str, names: list[str | None]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("intro", "turns", "names"),
    [
        ("Remarks by President Peter Okell", ["THE PRESIDENT", "Q", "THE PRESIDENT"], [PETER, None, PETER]),
        ("President Peter Okell and President Paul Brandt", ["THE PRESIDENT", "Q", "THE PRESIDENT"], [None] * 3),
        ("Finance Minister Peter Okell met us", ["THE PRIME MINISTER", "Q", "THE PRIME MINISTER"], [None] * 3),
        ("Prime Minister Peter Okell met us", ["THE PRIME MINISTER", "Q", "THE PRIME MINISTER"], [PETER, None, PETER]),
        ("Prime Minister Peter Okell met us", ["PM", "Q", "PM"], [PETER, None, PETER]),
        (
            "Presidents Peter Okell and Paul Brandt met",
            ["PRESIDENT OKELL", "PRESIDENT BRANDT", "QUESTION", "PRESIDENT BRANDT"],
            [PETER, PAUL, None, PAUL],
        ),
        ("Peter Okell at the briefing", ["MR. OKELL", "QUESTION", "MR. OKELL"], [PETER, None, PETER]),
        ("Maria Voss asked Mayor Anna Okell", ["Maria Voss", "Anna Okell"] * 2, [MARIA, ANNA] * 2),
    ],
)
def test_in_a_transcript_each_turn_is_whose_the_label_says(
    intro: str, turns: list[str], names: list[str | None]
) -> None:
    text = "\n\n".join([intro, *(f"{label}: We shall see." for label in turns)])
    assert [
        it.name for it in resolved(text, with_layout(text, [], turns_of(document(text))), named(text, PEOPLE))
    ] == names


@pytest.mark.parametrize(
    ("source", "office"),
    [
        ("Dr. Anna Okell", None),
        ("Prof. Anna Okell", None),
        ("Professor Anna Okell", None),
        ("Associate Professor Anna Okell", None),
        ("Mr. Anna Okell", None),
        ("Dr. Anna Okell, minister of health,", "minister of health"),
        ("Health Minister Dr. Anna Okell", "Health Minister"),
        ("Health Minister Prof. Dr. Anna Okell", "Health Minister"),
        ("Anna Okell, a professor of law at Varn,", "professor of law at Varn"),
        ("Sen. Anna Okell", "Sen."),
    ],
)
def test_a_title_of_courtesy_or_learning_is_no_office(source: str, office: str | None) -> None:
    assert [(it.name, it.office) for it in speakers(f"{{{source}}} said [no].", ANNA)] == [(ANNA, office)]


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("The sea rose in Varn. Sen. {Anna Okell} said [no].", "Sen."),
        ("They met Lia. But state Sen. {Anna Okell} said [no].", "state Sen."),
        ("So said U.S. Sen. {Anna Okell}: [no].", "U.S. Sen."),
        ("Anna Okell, through her lawyer, said no. {Okell} said [never].", None),
        ("Anna Okell, met by the mayor, left. {Okell} said [never].", None),
    ],
)
def test_an_office_does_not_begin_in_another_sentence(text: str, office: str | None) -> None:
    assert [it.office for it in speakers(text, PEOPLE)] == [office]


def test_the_doctor_is_who_bears_that_title() -> None:
    assert found("Dr. Anna Okell met Paul Brandt. {The doctor} said [no].") == [ANNA]
