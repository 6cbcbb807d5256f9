"""A label before words says who has the floor, whatever its form."""

import pytest

from research.nlp.statements.turns import turns
from tests.nlp.statements.talks import TALK, document, floor, speakers, talk


@pytest.mark.parametrize(
    "asks",
    [
        *(
            "Q    ",
            "Q\t",
            "Q\xa0\xa0",
            "Q. ",
            "Q: ",
            "Q ",
            "Q1: ",
            "Q -- ",
            "QUESTION: ",
            "Question: ",
            "REPORTER: ",
            "Reporter: ",
        ),
        *(
            "JOURNALIST: ",
            "JOURNALSIT: ",
            "PRESENTER: ",
            "HOST: ",
            "A REPORTER: ",
            "SECOND REPORTER: ",
            "ABC JOURNALIST: ",
        ),
        *("**Q** ", "**Q:** ", "INTERVIEWER: ", "MEMBER OF THE PRESS: ", "QUESTION (ABC): ", "Q (by phone): "),
    ],
)
def test_who_asks_has_turns_without_a_name(asks: str) -> None:
    found = floor(f"Press Secretary Jon Carver\n\n{talk(asks, 'MR. CARVER: ')}")
    assert [words for _, words in found] == list(TALK)
    assert [name for name, _ in found][1::2] == ["Jon Carver"] * 2
    assert {name for name, _ in found[::2]} <= {"journalist", "unnamed"}


@pytest.mark.parametrize(
    ("label", "role"),
    [
        *(("CALLER: ", "caller"), ("Caller: ", "caller"), ("LISTENER: ", "caller"), ("SPEAKER 2: ", "unnamed")),
        *(("Unidentified Speaker: ", "unnamed"), ("UNIDENTIFIED MALE: ", "unnamed"), ("AUDIENCE MEMBER: ", "unnamed")),
        *(
            ("The Chair: ", "chair"),
            ("THE CHAIRMAN: ", "chair"),
            ("The Speaker: ", "chair"),
            ("The Deputy Speaker: ", "chair"),
        ),
        *(
            ("MODERATOR: ", "chair"),
            ("Some hon. Members: ", "group"),
            ("AUDIENCE: ", "group"),
            ("An hon. Member: ", "unnamed"),
        ),
        *(("SENIOR ADMINISTRATION OFFICIAL: ", "unnamed"), ("FEMALE VOICE: ", "unnamed"), ("INTERPRETER: ", "unnamed")),
    ],
)
def test_roles_have_no_name(label: str, role: str) -> None:
    found = turns(document(talk(label, "RITA DOLE: ")))
    assert [(turn.role, turn.speaker) for turn in found] == [(role, None), ("person", "Rita Dole")] * 2


@pytest.mark.parametrize(
    "label",
    [
        *(
            "RITA DOLE: ",
            "DOLE: ",
            "Rita Dole: ",
            "Ms. Dole: ",
            "MS. DOLE: ",
            "MS DOLE: ",
            "MS, DOLE: ",
            "SENATOR DOLE: ",
        ),
        *(
            "Sen. Dole: ",
            "Hon. Rita Dole: ",
            "Hon. Rita Dole (Harrow, Lab.): ",
            "Rita Dole (Harrow) (Lab): ",
            "Senator Dole (D-MV): ",
        ),
        *(
            "Rita Dole (00:31): ",
            "Rita Dole (00:31):\n",
            "Rita Dole [00:00:31]:\n",
            "Rita Dole  0:31\n",
            "[00:31] Rita Dole: ",
        ),
        *(
            "00:31 Rita Dole: ",
            "**RITA DOLE:** ",
            "**Rita Dole:** ",
            "**RITA DOLE**: ",
            "> RITA DOLE: ",
            "DOLE (by phone): ",
            "“DOLE: ",
        ),
        *(
            "RITA DOLE MP: ",
            "RITA DOLE, MP: ",
            "RITA DOLE – SENATOR FOR HARROW: ",
            "RD: ",
            "R. DOLE: ",
            "  DOLE: ",
            "DOLE:\n",
            "DOLE :  ",
        ),
        *("Ms. DOLE. ", "Ms. DOLE of Ohio. ", "Ms. DOLE (interrupting). ", "THE HON. RITA DOLE: ", "Dame Rita Dole: "),
    ],
)
def test_a_person_is_named_in_full_whatever_the_form_of_the_label(label: str) -> None:
    found = floor(f"Interview with Senator Rita Dole\n\n{talk('JOURNALIST: ', label)}")
    assert [name for name, _ in found] == ["journalist", "Rita Dole"] * 2
    assert [words for _, words in found] == list(TALK)


@pytest.mark.parametrize(
    "label",
    [
        "PRIME MINISTER: ",
        "PM: ",
        "Prime Minister: ",
        "THE PRIME MINISTER: ",
        "The Prime Minister: ",
        "PRIME MINSTER: ",
        "PM ORLOVA: ",
    ],
)
def test_an_office_is_whose_the_metadata_say(label: str) -> None:
    text = f"Doorstop, Varn\n\nLike Prime Minister Adam Weiss before her.\n\n{talk('JOURNALIST: ', label)}"
    assert speakers(text, prime_minister="Orlova, Vera") == ["journalist", "Vera Orlova"] * 2


@pytest.mark.parametrize(
    ("head", "label", "name"),
    [
        ("Remarks by President Ada Okell", "THE PRESIDENT", "Ada Okell"),
        ("Remarks by President Okell", "THE PRESIDENT", "Okell"),
        ("Remarks by President Okell and First Lady Ada Okell", "PRESIDENT OKELL", "Okell"),
        ("Premier of Varn, the Hon. Jon Brandt, and others", "PREMIER OF VARN", "Jon Brandt"),
        ("Remarks by President Okell and First Lady Ada Okell", "THE FIRST LADY", "Ada Okell"),
        ("With Simon Lund, Minister for Education and Training", "MINISTER FOR EDUCATION AND TRAINING", "Simon Lund"),
        ("With Simon Lund, the Education Minister", "MINISTER FOR EDUCATION", "Simon Lund"),
        ("With the Minister for Trade, Simon Lund", "TRADE MINISTER", "Simon Lund"),
        ("Briefing by Deputy Prime Minister Simon Lund", "DEPUTY PRIME MINISTER", "Simon Lund"),
        ("After former Prime Minister Simon Lund", "PRIME MINISTER", "office"),
        ("Prime Minister Ada Okell and Prime Minister Jon Brandt", "PRIME MINISTER", "office"),
        ("The talks", "The Minister of Transport (Mr. Jon Brandt)", "Jon Brandt"),
        ("The talks", "The Acting Speaker (Ms. Thibert)", "Thibert"),
    ],
)
def test_an_office_is_whose_the_head_says_if_that_is_one_person(head: str, label: str, name: str) -> None:
    assert speakers(f"{head}\n\n{talk('Q: ', label + ': ')}")[1::2] == [name, name]


def test_the_title_counts_as_well() -> None:
    text = talk("MITCHELL:\n\n", "PRIME MINISTER:\n\n")
    title = "Interview with Neil Mitchell, Radio 3AX"
    assert speakers(text, title, prime_minister="Orlova, Vera") == ["Neil Mitchell", "Vera Orlova"] * 2
    initials = talk("NM: ", "PM: ")
    assert speakers(initials, title, prime_minister="Orlova, Vera") == ["Neil Mitchell", "Vera Orlova"] * 2


@pytest.mark.parametrize(
    ("label", "name"),
    [
        *(
            ("WILL HODGE", "Will Hodge"),
            ("PAT McGRATH", "Pat McGrath"),
            ("Pat McGRATH", "Pat McGrath"),
            ("PAT MCGRATH", "Pat McGrath"),
        ),
        *(("SHEILA O’NEIL", "Sheila O’Neil"), ("ANNE-MARIE LUND", "Anne-Marie Lund"), ("GUY DE STOOP", "Guy De Stoop")),
        *(("J. P. MORAN", "J. P. Moran"), ("LULA DA SILVA", "Lula Da Silva"), ("MS. VAN DER BERG", "Van Der Berg")),
    ],
)
def test_a_name_in_capitals_is_written_as_names_are(label: str, name: str) -> None:
    assert speakers(talk(f"{label}: ", "JOURNALIST: "))[0] == name


def test_the_answers_are_those_of_who_is_interviewed() -> None:
    text = talk("Q: ", "A: ")
    assert speakers(f"Interview with Ada Okell\n\n{text}")[1] == "Ada Okell"
    assert speakers(f"Ada Okell met Jon Brandt\n\n{text}")[1] == "answer"
    assert speakers(text.replace("A: ", "A.  ").replace("Q: ", "Q.  "), "Ada Okell on the docks")[1] == "Ada Okell"


def test_labels_may_have_lines_of_their_own() -> None:
    text = "Talk with Prime Minister Vera Orlova\n\n" + talk("Question\n", "Prime Minister\n")
    assert speakers(text) == ["journalist", "Vera Orlova"] * 2
    bold = talk("**Jon Malm**\n\n", "**Senator Rita Dole**\n\n")
    assert speakers(bold, "Jon Malm talks to Rita Dole") == ["Jon Malm", "Rita Dole"] * 2
    contents = "Jon Malm\nRita Dole\n" * 4
    assert turns(document(contents, "Jon Malm and Rita Dole")) == []


@pytest.mark.parametrize("line", ["Question Time is a farce, and I said so.", "Question Hour is over."])
def test_question_time_is_no_label(line: str) -> None:
    text = (
        "Press conference of Prime Minister Ada Okell\n\nPrime Minister\nGood morning. Here we are.\n\n"
        f"Question\nWill you go?\n\nPrime Minister\nI will go.\n\n{line}\n\nQuestion\nAnd the docks?\n\n"
        "Question Are you sure?\n\nPrime Minister\nThey will stay.\n"
    )
    assert floor(text)[2:5] == [
        ("Ada Okell", f"I will go. {line}"),
        ("journalist", "And the docks?"),
        ("journalist", "Are you sure?"),
    ]


@pytest.mark.parametrize(
    ("line", "who"),
    [("ROYAL COMMISSION", None), ("SOUTH AUSTRALIA", None), ("BEN TARN", "Ben Tarn"), ("MS. ULLE", "Ulle")],
)
def test_a_line_that_does_not_return_is_a_label_where_it_tells_a_person(line: str, who: str | None) -> None:
    text = (
        "Press conference of Prime Minister Ada Okell\n\nPRIME MINISTER\nGood morning. Here we are.\n\n"
        "JOURNALIST\nWill you go?\n\nPRIME MINISTER\nI will go.\n\n"
        f"{line}\nThe Royal Commission sits in South Australia, with Ben Tarn.\n\nJOURNALIST\nAnd the docks?\n"
    )
    assert speakers(text) == ["Ada Okell", "journalist", "Ada Okell", *([who] if who else []), "journalist"]


@pytest.mark.parametrize("bracket", ["", " (New South Wales)", " (Leader of the Opposition)"])
def test_a_title_in_small_letters_before_a_name_in_capitals_is_in_the_style_of_capitals(bracket: str) -> None:
    text = (
        f"The PRESIDENT: Order!\n\nSenator OKELL{bracket}: The tax is wrong.\n\n"
        f"Senator MALM{bracket}: It is right.\n\nThe PRESIDENT: Order!\n"
    )
    assert speakers(text)[1:3] == ["Okell", "Malm"]


def test_places_in_capitals_before_what_happened_there_are_no_labels() -> None:
    text = "".join(
        f"{place} The council met on {day}. In {place.title()} it rains.\n\n"
        for place, day in zip(
            ("UNITED NATIONS", "NEW YORK") * 2, ("Monday", "Tuesday", "Friday", "Sunday"), strict=True
        )
    )
    assert turns(document(text)) == []
    people = text.replace("UNITED NATIONS", "MAYOR OKELL").replace("NEW YORK", "BEN TARN")
    assert len(turns(document(people, "Mayor Ada Okell and Ben Tarn"))) == 4
