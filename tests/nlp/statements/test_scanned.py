"""Labels that a scanned page hides are read where the document has them, rightly written, several times."""

import time

import pytest

from research.nlp.statements.turns import turns
from tests.nlp.statements.talks import document, floor

QUESTION, ANSWER = "Will the old harbour be sold?", "Not one metre of it will be sold."
PLAIN = f"JOURNALIST: {QUESTION}\nPRIME MINISTER: {ANSWER}\nKAVANAGH: And the dock?\nPRIME MINISTER: Nor that.\n" * 3


def last(line: str, before: str = PLAIN) -> tuple[str | None, str]:
    return floor(f"{before}{line}\nJOURNALIST: Thank you.\n", prime_minister="Okell, Ada")[-2]


@pytest.mark.parametrize(
    "label",
    ["PRIE MINISTER.-", "PRIME MYISTER.", "PRIM MINISTER;", "PRIME MINISTER.-", "PRIME MINSTER:", "PRIME MINISTR*"],
)
def test_an_office_may_have_wrong_letters_and_another_sign(label: str) -> None:
    assert last(f"{label} It leaks.") == ("Ada Okell", "It leaks.")


@pytest.mark.parametrize("label", ["KAVANACH:", "KAVANAG:", "KAVANACH;", "KAVANACGH:"])
def test_a_name_may_have_a_wrong_letter(label: str) -> None:
    assert last(f"{label} It leaks.") == ("Kavanagh", "It leaks.")


@pytest.mark.parametrize("label", ["KAVANAGH:", "CAVANAGH:", "KAVANOCK:", "DOLE:", "HARBOUR:"])
def test_other_names_stay(label: str) -> None:
    assert last(f"{label} It leaks.") == (label[:-1].capitalize(), "It leaks.")


def test_short_names_with_one_other_letter_are_two_persons() -> None:
    assert last("MS. POLE: It leaks.", PLAIN.replace("KAVANAGH", "MS. DOLE")) == ("Pole", "It leaks.")


def test_who_is_named_in_the_text_is_nobody_else() -> None:
    said = floor(f"{PLAIN}JOURNALIST: Where is Rita Kavanach?\nKAVANACH: Here.\nJOURNALIST: Good.\n")
    assert said[-2] == ("Rita Kavanach", "Here.")


@pytest.mark.parametrize(
    "words", ["PRIVATE MINISTRY. It leaks.", "PRIDE MATTERS; so it does.", "PRINTED MINUTES. One."]
)
def test_other_capitals_before_a_sign_go_on_with_the_turn(words: str) -> None:
    assert last(words)[1] == f"Nor that. {words}"


def test_many_labels_take_no_longer_than_their_number() -> None:
    names = [f"{a}{b}{c}ANTONIUS" for a in "BCDFGKLMNP" for b in "AEIOU" for c in "RSTVZ"]
    text = "".join(f"{name}: So.\nMS. {name[::-1]}; It is.\n" for name in names * 12)
    began = time.process_time()
    turns(document(text))
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    ("line", "turn"),
    [
        ("PRIME MINISTERNo metre of it.", ("Ada Okell", "No metre of it.")),
        ("JOURNALISTAs a rule?", ("journalist", "As a rule?")),
        ("  KAVANAGHThe dock leaks.", ("Kavanagh", "The dock leaks.")),
    ],
)
def test_a_label_may_be_glued_to_the_next_word(line: str, turn: tuple[str, str]) -> None:
    assert last(line) == turn


@pytest.mark.parametrize("line", ["CHAIRMANThe dock leaks.", "Not JOURNALISTAs a rule.", "JOURNALISTS are here."])
def test_other_glued_words_go_on_with_the_turn(line: str) -> None:
    assert last(line)[1] == f"Nor that. {line}"


def test_a_glued_head_above_the_first_label_is_no_turn() -> None:
    assert floor(f"PRIME MINISTERFax 14:16\n{PLAIN}") == floor(PLAIN)
