"""Who is meant, from text to speaker: invented texts after public bug reports, and variants of each kind."""

import pytest

from research.loading.documents import Span
from research.nlp.annotate import annotate_document
from research.nlp.names.candidates import _may_be_called
from research.nlp.names.countries import country
from research.nlp.names.descriptions import MALE, descriptions
from research.nlp.names.forms import cannot_speak, person_form
from research.nlp.names.history import Referent
from research.nlp.names.speakers import _tells_who
from research.nlp.names.states import with_whole_states
from research.nlp.names.whole_names import with_whole_names
from research.nlp.records import Attribution, Mention
from research.nlp.statements.announced import with_announced
from research.nlp.statements.nested import with_nested
from research.nlp.text import sentences
from research.nlp.text.segmentation import unwrapped
from tests.nlp.names.test_speakers import named, names
from tests.nlp.statements.talks import document

Who = list[tuple[str | None, str | None]]


def told(text: str) -> list[Attribution]:
    made = annotate_document(document(text), ["statements"])["attributions"]
    return [Attribution.from_record(it) for it in made]


def who(text: str) -> Who:
    return [(it.speaker, it.office) for it in told(text)]


def whole(text: str, people: str) -> list[str]:
    seen = with_whole_names(text, with_whole_states(text, named(text, people)))
    return [text[it.start : it.end] for it in seen]


# --- the given cases ---


def test_an_office_in_letters_is_no_name() -> None:
    text = 'The CFO of the Harbour Fund, Paula Wend, said the fund was safe. "We have paid every bill," she said.\n'
    assert who(text) == [("Paula Wend", "CFO of the Harbour Fund")] * 2


def test_a_nationality_is_no_part_of_a_name() -> None:
    text = (
        "French President Paul Moreau told German Chancellor Ute Krantz that the deal was dead, a Kremlin official "
        'said.\n\nBritish MP Sam Qadir said: "It is dead." Italian Giulia Conti, who heads the group, said it lived.\n'
    )
    found = who(text)
    assert ("Paul Moreau", "French President") in found
    assert [name for name, _ in found if name] == ["Paul Moreau", "Sam Qadir", "Giulia Conti"]


def test_who_was_she_is_not_he() -> None:
    text = (
        "Samira Qadir, the Labour MP for Harrowby, visited the clinic with councillor Peter Lang on Friday.\n\n"
        '"We will reopen it," she said. "The county has promised the money."\n\n'
        "He said the county had promised nothing.\n"
    )
    assert [name for name, _ in who(text)] == ["Samira Qadir", "Peter Lang"]


def test_her_pen_does_not_make_its_borrower_a_woman() -> None:
    text = (
        "Irena Castellan, the president of Maravel, signed first. “We have waited long enough,” she said.\n\n"
        "Prime Minister Tomas Abelard of Ordania borrowed her pen. He told the guests that the dam was a tap.\n"
    )
    assert [name for name, _ in who(text)] == ["Irena Castellan", "Tomas Abelard"]


def test_of_is_no_part_of_a_name() -> None:
    assert whole("Tomas Abelard of Ordania spoke.", "Tomas Abelard of") == ["Tomas Abelard"]


def test_the_line_above_announces_who_speaks() -> None:
    text = (
        "Reactions to the appointment of Erica Lund\n\n“As I said when she was nominated, Erica is a true expert, and "
        "the agency will be better for it.” -Commissioner Gerald Stowe\n\nAnd from Chairwoman Roswitha Meinel:\n\n"
        "“Erica brings with her a record of public service and a history of working to keep us all connected.”\n\n"
        "From the desk of Jon Dorsey, Vice President, Western Analysts.\n\n"
        "“The importance of rural networks for schools has become ever more clear.”\n"
    )
    assert [name for name, _ in who(text)] == ["Gerald Stowe", "Roswitha Meinel", "Jon Dorsey"]


# --- offices in letters ---


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The COO of Harbour Lines, Ada Okell, said", "COO of Harbour Lines"),
        ("Harbour Lines VP Ada Okell said", "Harbour Lines VP"),
        ("PM Ada Okell said", "PM"),
        ("Ada Okell, CEO of the Harbour Bank, said", "CEO of the Harbour Bank"),
        ("Ada Okell, the bank’s C.F.O., said", "C.F.O."),
        ("On Friday the deputy head of the Ossel Institute, Ada Okell, said", "deputy head of the Ossel Institute"),
        ("At 3 PM Ada Okell said", None),
        ("It closed at 11 PM. Ada Okell said", None),
    ],
)
def test_letters_before_or_after_a_name_are_an_office(text: str, phrase: str | None) -> None:
    start = text.index("Ada Okell")
    found = descriptions(text, start, start + len("Ada Okell"))
    assert [it.phrase for it in found] == ([] if phrase is None else [phrase])


def test_an_office_in_a_label_in_capitals_is_written_as_offices_are() -> None:
    text = (
        "Interview with Ada Okell, Minister for Health\n\nJOURNALIST: Will it open?\n\nMINISTER OKELL: In May.\n\n"
        "JOURNALIST: Really?\n\nMINISTER OKELL: Yes.\n"
    )
    assert [it for it in who(text) if it[0] is not None] == [("Ada Okell", "Minister")] * 2


@pytest.mark.parametrize("seen", ["*CFO", "*COO of", "PM"])
def test_letters_of_an_office_are_no_mention(seen: str) -> None:
    assert whole("The CFO, the COO of Harbour Lines and the PM met Ada Okell.", f"{seen}|Ada Okell") == ["Ada Okell"]


# --- nationalities, titles, greetings ---


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("Italian Giulia Conti", "Giulia Conti"),
        ("Spaniard Pedro Morales", "Pedro Morales"),
        ("French-Canadian Ann Lund", "Ann Lund"),
        ("German Ute Krantz", "Ute Krantz"),
        ("German Moreno Garcia", "German Moreno Garcia"),
        ("French Moreau", "French Moreau"),
        ("Roman Brandt", "Roman Brandt"),
        ("Comrade Ivan Brandt", "Ivan Brandt"),
        ("Good morning Jon Brandt", "Jon Brandt"),
        ("Dear Ada Okell", "Ada Okell"),
        ("His Excellency Mr. Jon Brandt", "Jon Brandt"),
        ("H.E. Mr. Jon Brandt", "Jon Brandt"),
        ("Her Majesty Queen Ada", "Ada"),
        ("Hon. Jon Brandt", "Jon Brandt"),
        ("Goodwin Brandt", "Goodwin Brandt"),
    ],
)
def test_a_nationality_title_or_greeting_is_no_part_of_a_name(surface: str, name: str) -> None:
    assert " ".join(person_form(surface).words) == name


# --- names in one piece ---


@pytest.mark.parametrize(
    ("text", "people", "found"),
    [
        ("Then Lula da Silva said so.", "Lula|Silva", ["Lula da Silva"]),
        ("Then Lula da Silva said so.", "Lula da|Silva", ["Lula da Silva"]),
        ("Then Ada B. Okell said so.", "Ada|Okell", ["Ada B. Okell"]),
        ("Then Mr. De Stoop said so.", "Stoop", ["De Stoop"]),
        ("Then van der Stoop said so.", "Stoop", ["van der Stoop"]),
        ("Then Sandra Day Orla said so.", "Sandra Day|Orla", ["Sandra Day Orla"]),
        ("Then Italian Giulia Conti said so.", "Italian|Giulia Conti", ["Giulia Conti"]),
        ("He met Jon Brandt. Okell said so.", "Jon Brandt|Okell", ["Jon Brandt", "Okell"]),
        ("He told Jon Brandt, Okell said so.", "Jon Brandt|Okell", ["Jon Brandt", "Okell"]),
        ("By Jon Brandt\nOkell said so.", "Jon Brandt|Okell", ["Jon Brandt", "Okell"]),
        ("Ten of Okell said so.", "Okell", ["Okell"]),
        ("Papua New Guinea said so.", "@Papua|@New Guinea", ["Papua New Guinea"]),
        ("The Democratic Republic of the Congo came.", "@Congo", ["Democratic Republic of the Congo"]),
        ("The United States Government came.", "@United|*States Government", ["United States Government"]),
        ("New zealand came to the United states.", "@New|@United", ["New", "United"]),
        ("Malaria spread, and Ebola.", "Malaria|Ebola", []),
        ("Ada Page came. Page said so.", "Ada Page|Page", ["Ada Page", "Page"]),
        ("Then Mr. West said so.", "West", ["West"]),
    ],
)
def test_a_name_is_whole(text: str, people: str, found: list[str]) -> None:
    assert whole(text, people) == found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "President Luiz Inácio Lula da\nSilva said on Friday that the harbour would open.",
            "Luiz Inácio Lula da Silva",
        ),
        ("The United\nStates Government said it would help to build the harbour.", "United States Government"),
        ("On Friday the minister, Mr.\nJon Brandt, said that the harbour would open.", "Jon Brandt"),
        ("Later on Friday Jon B.\nOkell said that the harbour would open.", "Jon B. Okell"),
        ("A visitor, the engineer Ada van\nDorn, said that the harbour would open.", "Ada van Dorn"),
    ],
)
def test_no_name_is_cut_at_a_line_break(text: str, name: str) -> None:
    assert [it.speaker for it in told(text + "\n")] == [name]


def test_a_space_takes_the_place_of_a_line_break_within_a_sentence_alone() -> None:
    text = "A heading\n\nIt rains in the\nharbour. It\r\nrains.\nBy Ada Okell"
    read = unwrapped(text, sentences(text))
    assert len(read) == len(text)
    assert read.count("\n\n") == text.count("\n\n")
    assert "in the harbour" in read
    assert read.endswith("\nBy Ada Okell")


# --- what cannot speak ---


@pytest.mark.parametrize(
    ("name", "type_", "mute"),
    [
        ("COVID-19", "ORG", True),
        ("Treaty of Varn", "ORG", True),
        ("Convention on the Rights of Ships", "ORG", True),
        ("Austrian State Treaty", "ORG", True),
        ("Goods and Services Tax", "ORG", True),
        ("Middle East", "GPE", True),
        ("Africa", "LOC", True),
        ("Zionism", "ORG", True),
        ("Fax", "PERSON", False),
        ("Fax", "ORG", True),
        ("President", "PERSON", True),
        ("African Union", "ORG", False),
        ("South Africa", "GPE", False),
        ("World Bank", "ORG", False),
        ("Tax Office", "ORG", False),
        ("Jon Law", "PERSON", False),
        ("Varn Times", "ORG", False),
        ("Prism", "ORG", False),
    ],
)
def test_what_has_no_voice_does_not_speak(name: str, type_: str, mute: bool) -> None:
    assert cannot_speak(name, type_) is mute


def test_a_treaty_keeps_its_words_as_a_label_alone() -> None:
    assert names("{The Treaty of Varn} says [that ships may come].", "*Treaty of Varn") == [None]
    assert names("{The Middle East} says [no]. {The African Union} says [so].", "@Middle East|*African Union") == [
        None,
        "African Union",
    ]


@pytest.mark.parametrize(
    ("text", "people", "found"),
    [
        ("Ebola spread in Varn. {He} said [no].", "Ebola|@Varn", [None]),
        ("Malaria came. Jon Brandt left. {He} said [no].", "Malaria|Jon Brandt", ["Jon Brandt"]),
        ("Israel won. {He} said [no].", "Israel", [None]),
        ("Mr. Jordan won. {He} said [no].", "Jordan", ["Jordan"]),
        ("Israel Brandt won. {Israel} said [no].", "Israel Brandt|Israel", ["Israel Brandt"]),
        ("Roger De Stoop came. {DE STOOP} said [no].", "Roger De Stoop|*DE STOOP", ["Roger De Stoop"]),
        (
            "{Russia} said [no]. {The United States and Russia} said [so].",
            "@Russia|@United States",
            ["Russia", "United States and Russia"],
        ),
        ("{India}, falsely, charges [that Pakistan is responsible].", "@India|@Pakistan", ["India"]),
        (
            "Nur Qadir came with Asel Lang. {She} said [no]. {He} said [yes].",
            "Nur Qadir|Asel Lang",
            ["Nur Qadir", "Asel Lang"],
        ),
    ],
)
def test_he_is_a_person(text: str, people: str, found: list[str | None]) -> None:
    assert names(text, people) == found


def test_who_was_called_otherwise_is_no_candidate() -> None:
    it = Referent("Nur Qadir", "PERSON")
    assert _may_be_called(it, MALE)
    it.pronouns["female"] += 1
    assert _may_be_called(it, MALE), "a pronoun in passing may be another's"
    it.said["female"] += 1
    assert not _may_be_called(it, MALE)
    it.said[MALE] += 1
    assert _may_be_called(it, MALE)


# --- announced quotations ---


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("And from Chairwoman Rosa Meinel:", "Rosa Meinel"),
        ("From the office of Rosa Meinel, mayor of Varn", "Rosa Meinel"),
        ("Statement by Minister Rosa Meinel:", "Rosa Meinel"),
        ("A comment from Rosa Meinel, CEO of the Harbour Bank:", "Rosa Meinel"),
        ("Rosa Meinel, chair of the Harbour Fund", "Rosa Meinel"),
        ("Commissioner Rosa Meinel:", "Rosa Meinel"),
        ("Reactions to the death of Rosa Meinel", None),
        ("A letter to Rosa Meinel:", None),
        ("The harbour was built by Rosa Meinel", None),
        ("Rosa Meinel wins again", None),
        ("Two words about the harbour:", None),
    ],
)
def test_a_line_above_a_quotation_announces_its_speaker(line: str, speaker: str | None) -> None:
    text = f"The harbour opens\n\n{line}\n\n“The sea belongs to all of us, and ships will come.”\n\nIt rains.\n"
    found = with_announced(text, [], named(text, "Rosa Meinel|*Harbour Bank|*Harbour Fund"))
    sources = [text[slice(*it.source)] for it in found if it.source is not None]
    assert all("Rosa Meinel" in source for source in sources)
    assert bool(sources) is (speaker is not None)


def test_an_announced_quotation_runs_over_paragraphs_and_leaves_others() -> None:
    text = "From Rosa Meinel:\n\n“One.”\n\n“Two.”\n\nIt rains.\n\n“Three.”\n"
    third = text.index("Three")
    seen = Attribution(
        None, None, (Span(text.index("One"), text.index("Two") + 4), Span(third, third + 6)), "direct", 0.5
    )
    found = with_announced(text, [seen], named(text, "Rosa Meinel"))
    assert [[text[slice(*part)] for part in it.content] for it in found if it.source] == [["One.", "Two."]]
    assert [it.content for it in found if not it.source] == [(Span(third, third + 6),)]


def test_a_statement_within_an_indirect_one() -> None:
    text = "Ada Okell told Jon Brandt that the deal was dead, an official said."
    mentions = [Mention(0, 9, "PERSON", 0.9), Mention(15, 25, "PERSON", 0.9)]
    start = text.index("an official")
    outer = Attribution(Span(start, start + 11), Span(start + 12, start + 16), (Span(0, start - 2),), "indirect", 0.8)
    found = with_nested(text, [outer], mentions)
    assert [(text[slice(*it.source)], it.level) for it in found if it.source] == [("an official", 0), ("Ada Okell", 1)]


# --- who accuses, newspapers, names at the end of a line ---


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("India, falsely and without evidence, charges that Pakistan is responsible for the attack.", "India"),
        ("President Rita Dole, falsely and without evidence, charges that Pakistan is responsible.", "Rita Dole"),
        ("Senator Jon Brandt, wrongly and without proof, alleged that Iran had sent the ships.", "Jon Brandt"),
        ("Rita Dole, the mayor, falsely and without any evidence, claims that Iran is responsible.", "Rita Dole"),
        ("The ministry, falsely and without evidence, charges that Pakistan is responsible.", None),
    ],
)
def test_who_is_accused_does_not_speak_however_the_accusation_is_made(text: str, name: str | None) -> None:
    [found] = told(text)
    assert found.speaker == name
    assert "responsible" in text[slice(*found.content[0])] or "ships" in text[slice(*found.content[0])]
    assert found.source is not None
    assert "without" not in text[slice(*found.source)], "how it is said is no part of who says it"


@pytest.mark.parametrize(
    ("paper", "place"),
    [("USA TODAY", "USA"), ("USA Today", "USA"), ("India Today", "India"), ("The Moscow Times", "Moscow")],
)
def test_a_newspaper_is_not_the_place_in_its_name(paper: str, place: str) -> None:
    found = [name for name, _ in who(f"{paper} reported that the dam leaks. {paper} said that it will hold.")]
    assert {name.casefold() for name in found if name} == {paper.removeprefix("The ").casefold()}
    name = paper.removeprefix("The ")
    [found_whole] = with_whole_names(f"{name} said so.", [Mention(0, len(place), "GPE", 1.0)])
    assert (found_whole.end, found_whole.type) == (len(name), "ORG"), "where the encoder saw the place alone"
    assert whole(f"{place} said so.", place) == [place]


def test_a_state_and_a_newspaper_of_its_name_speak_for_themselves() -> None:
    text = (
        "The mayor told USA TODAY that the harbour is safe. USA TODAY reported that it leaks. USA Today said the dock "
        "is old. The USA said that it would wait."
    )
    assert [name for name, _ in who(text)] == [None, "USA Today", "USA Today", "USA"]


def test_a_place_before_another_word_with_a_capital_is_that_place() -> None:
    for text in ("USA Todays", "USA today", "USA: Today", "USA Today", "USA Today\n\nThe dam leaks."):
        [found] = with_whole_names(text, [Mention(0, 3, "GPE", 1.0)])
        assert (found.end, found.type) == (3, "GPE")


@pytest.mark.parametrize("surname", ["O'Connor", "O’Connor", "McGregor", "MacDonald", "FitzGerald"])
def test_a_name_is_not_cut_before_a_surname_in_a_text_that_does_not_wrap(surname: str) -> None:
    text = f"The court was split.\n\nThe law must stand, wrote Justice Sandra Day\n{surname} in a long dissent.\n"
    assert [one_line for one_line in sentences_of(text) if surname in one_line] == [
        f"The law must stand, wrote Justice Sandra Day {surname} in a long dissent."
    ]


def sentences_of(text: str) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in sentences(text)]


@pytest.mark.parametrize("text", ["Sandra Day\nO'Connor\nMcGregor\n", "We met in May.\nMcGregor said no.\n"])
def test_lines_of_a_list_and_whole_sentences_stay_apart(text: str) -> None:
    assert len(sentences_of(text)) == len(text.splitlines())


# --- what identifies nobody, and states ---


@pytest.mark.parametrize(
    ("name", "tells"),
    [
        ("Such States", False),
        ("Both Governments", False),
        ("All Member States", False),
        ("Other Arab Countries", False),
        ("All Harbours Congress", True),
        ("No Harbours", True),
        ("Council", False),
        ("Union", False),
        ("III", False),
        ("Soviet Union and States", False),
        ("Governments and German Democratic Republic", False),
        ("Soviet Union", True),
        ("Trinidad and Tobago", True),
        ("United States and Soviet Union", True),
        ("Security Council", True),
        ("Ivi Brandt", True),
    ],
)
def test_words_for_some_body_identify_nobody_outside_their_document(name: str, tells: bool) -> None:
    assert _tells_who(name) == tells


SPEECH = (
    "My delegation believes that the report is right. My Government hopes that the sea will not rise. Our country, {}, "
    "fears that others will not follow. I say that it is late."
)


@pytest.mark.parametrize("owner", ["Kiribati", "Republic of the Congo"])
def test_the_delegation_of_a_state_is_that_state_in_its_own_speech(owner: str) -> None:
    text = SPEECH.format(owner)
    made = annotate_document(document(text, speaker=owner), ["statements"])["attributions"]
    found = {text[slice(*it["source"][0])]: it["speaker"] for it in made if it["source"]}
    assert {found["My delegation"], found["My Government"], found["I"]} == {owner}
    person = annotate_document(document(text, speaker="Ada Okell"), ["statements"])["attributions"]
    found = {text[slice(*it["source"][0])]: it["speaker"] for it in person if it["source"]}
    assert (found["I"], found["My Government"]) == ("Ada Okell", None), "a government is not a person"


def test_a_short_name_that_two_states_share_is_the_owners() -> None:
    text = "Congo believes that the sea is rising. Congo hopes that others will follow."
    for owner in ("Republic of the Congo", "Democratic Republic of the Congo"):
        made = annotate_document(document(text, speaker=owner), ["statements"])["attributions"]
        assert {it["speaker"] for it in made} == {owner}
    assert {it["speaker"] for it in annotate_document(document(text), ["statements"])["attributions"]} == {"Congo"}


@pytest.mark.parametrize("number", ["7", "20", "77"])
def test_a_group_of_a_number_is_nobody_else(number: str) -> None:
    text = (
        "The Palestine Liberation Organization welcomed the plan. The Group of {} said that it needs more time. The "
        "Harbour Group of companies said no."
    )
    names = [name for name, _ in who(text.format(number))]
    assert names[:2] == ["Palestine Liberation Organization", f"Group of {number}"]


@pytest.mark.parametrize("name", ["Excellency General Jon Brandt", "His Excellency Jon Brandt", "Highness Jon Brandt"])
def test_an_excellency_is_no_part_of_a_name(name: str) -> None:
    assert person_form(name).words == ("Jon", "Brandt")


@pytest.mark.parametrize(
    ("name", "words"), [("Honor Brandt", ("Honor", "Brandt")), ("Her Honour Ada Brandt", ("Ada", "Brandt"))]
)
def test_honor_is_a_name_unless_it_is_somebodys(name: str, words: tuple[str, ...]) -> None:
    assert person_form(name).words == words


def test_states_of_old_are_one_with_those_of_today() -> None:
    for name, code in {
        "People's Republic of Benin": "BJ",
        "Kazakstan": "KZ",
        "Trinidad & Tobago": "TT",
        "Rwandese Republic": "RW",
        "Libyan Arab Jamahiriya": "LY",
    }.items():
        assert country(name) == code
