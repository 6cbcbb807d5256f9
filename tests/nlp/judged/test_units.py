"""Units are the English sentences, with turns in stretches; their random order is their own."""

from itertools import pairwise
from pathlib import Path

from research import annotate, load
from research.nlp.annotated import AnnotatedDocument
from research.nlp.judged.units import WORDS_OF_A_TURN, Frame, frame, units

SENTENCES = "The council sat for a long time and heard three reports on the harbour. " * 6
TRANSCRIPT = (
    f"CHAIR: {SENTENCES}\n\nMS OKELL: We thank the council. We will not sell the harbour.\n\nCHAIR: So noted.\n"
)
NEWS = "“The harbour opens in May,” President Ada Okell said. The street was empty. It was cold.\n"


def in_order(folder: Path, **texts: str) -> list[AnnotatedDocument]:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return list(annotate(load(folder)))


def test_units_are_all_sentences_without_overlaps(tmp_path: Path) -> None:
    news, talk = in_order(tmp_path, a_news=NEWS, b_talk=TRANSCRIPT)
    for annotated in (news, talk):
        found = units(annotated)
        assert all(one.end <= other.start for one, other in pairwise(found))
        covered = "".join(annotated[unit.span] for unit in found)
        whole = annotated.document.text.replace("CHAIR:", "").replace("MS OKELL:", "")
        assert "".join(covered.split()) == "".join(whole.split())
    strata = [unit.stratum for unit in units(news)]
    assert strata[0] != "nothing"
    assert strata[1:] == ["nothing", "nothing"]


def test_a_turn_is_cut_after_sentences(tmp_path: Path) -> None:
    (talk,) = in_order(tmp_path, talk=TRANSCRIPT)
    pieces = [talk[unit.span] for unit in units(talk) if unit.stratum == "turn"]
    assert [len(it.split()) for it in pieces] == [56, 28, 10, 2]
    assert max(len(it.split()) for it in pieces) <= WORDS_OF_A_TURN
    assert all(it.endswith(".") for it in pieces)


def test_another_language_has_no_units(tmp_path: Path) -> None:
    (text,) = in_order(tmp_path, text="Der Hafen öffnet im Mai, sagte die Präsidentin dem Rat der Stadt am Abend. " * 5)
    assert units(text) == []


def test_a_larger_draw_extends_a_smaller_one_and_more_documents_keep_the_order(tmp_path: Path) -> None:
    def first(most: int, seed: int = 1, **texts: str) -> Frame:
        return frame(in_order(tmp_path, **texts), most, seed)

    few, many = first(2, a=NEWS * 9), first(9, a=NEWS * 9)
    assert all(many.first[stratum][:2] == its for stratum, its in few.first.items())
    assert few.digest == many.digest
    assert first(9, 2, a=NEWS * 9).first != many.first
    more = first(99, b=NEWS * 3)
    assert more.digest != many.digest
    assert sum(more.sizes.values()) == sum(many.sizes.values()) + 9
    for stratum, its in first(99).first.items():
        assert [it for it in its if it.document == "a"][:9] == many.first[stratum][:9]
