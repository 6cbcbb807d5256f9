"""Judgements stand in place of what the model found, and are found again in a text that has changed."""

from dataclasses import replace
from pathlib import Path

import pytest

from research import Annotations, annotate, load
from research.loading.judgements import Judgement, written
from research.nlp.judged.mending import JudgedFigure, JudgedStatement, content_of

TEXT = (
    "It was a long meeting. “The harbour opens in May,” President Ada Okell said. "
    "The pier cost $3 million, Otto Berg said. The street was empty. "
    "It will be a fine summer. So much from Mara Lind.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "harbour.txt").write_text(TEXT, "utf-8")
    return tmp_path


def judge(
    folder: Path,
    words: str,
    judged: str,
    verdict: str,
    coder: str = "",
    *,
    right_speaker: str = "",
    right_words: str = "",
    right_value: str = "",
) -> Judgement:
    """Return a judgement about words of the text, and add it to the file."""
    document = load(folder)["harbour"]
    start = document.text.index(words)
    end = start + len(words)
    text = document.text
    made = Judgement(
        document="harbour",
        sha256=document.origin.sha256,
        start=start,
        end=end,
        exact=words,
        prefix=text[max(0, start - 30) : start],
        suffix=text[end : end + 30],
        judged=judged,
        model="",
        verdict=verdict,
        coder=coder,
        right_speaker=right_speaker,
        right_words=right_words,
        right_value=right_value,
    )
    entries = load(folder).judgements.entries
    (folder / "judgements.csv").write_text(written([*entries, made]), "utf-8")
    return made


def said(annotations: Annotations) -> list[tuple[str | None, str]]:
    """Return who says what."""
    (annotated,) = annotations
    return [(it.speaker, annotated[content_of(it)]) for it in annotated.attributions]


MAY, PIER, SUMMER = "The harbour opens in May", "The pier cost $3 million", "It will be a fine summer"


def test_the_model_finds_two_statements(folder: Path) -> None:
    annotations = annotate(load(folder))
    assert said(annotations) == [("Ada Okell", MAY), ("Otto Berg", PIER)]
    assert annotations.alone is annotations


def test_wrong_statements_go_and_missed_ones_come(folder: Path) -> None:
    judge(folder, PIER, "statement", "wrong")
    judge(folder, SUMMER, "missed", "mended", right_speaker="Mara Lind")
    annotations = annotate(load(folder))
    assert said(annotations) == [("Ada Okell", MAY), ("Mara Lind", SUMMER)]
    assert said(annotations.alone) == [("Ada Okell", MAY), ("Otto Berg", PIER)]
    ((figure,),) = [annotated.records("quantities") for annotated in annotations]
    assert figure.attribution is None
    (missed,) = [it for annotated in annotations for it in annotated.attributions if it.speaker == "Mara Lind"]
    assert isinstance(missed, JudgedStatement)
    assert (missed.judged, missed.kind, missed.confidence) == ("missed", "indirect", 1.0)


def test_speaker_and_words_are_mended(folder: Path) -> None:
    judge(folder, MAY, "statement", "mended", right_speaker="Mara Lind", right_words="The harbour […] May")
    annotations = annotate(load(folder))
    (annotated,) = annotations
    first, second = annotated.attributions
    assert [annotated[span] for span in first.content] == ["The harbour", "May"]
    assert isinstance(first, JudgedStatement)
    assert (first.speaker, first.kind, first.judged) == ("Mara Lind", "direct", "mended")
    assert second.speaker == "Otto Berg"
    (figure,) = annotated.records("quantities")
    assert figure.attribution == 1


def test_a_figure_is_mended(folder: Path) -> None:
    judge(folder, "$3 million", "figure", "mended", right_value="4,000,000 EUR 2021")
    ((figure,),) = [annotated.records("quantities") for annotated in annotate(load(folder))]
    assert (figure.value, figure.unit, figure.period_start, figure.period_end) == (
        4_000_000,
        "EUR",
        "2021-01-01",
        "2021-12-31",
    )


def test_a_missed_figure_comes_with_its_value_and_its_statement(folder: Path) -> None:
    judge(folder, SUMMER, "missed", "mended", right_speaker="Mara Lind")
    judge(folder, "a fine summer", "missed figure", "mended", right_value="1 summer 2031")
    judge(folder, "$3 million", "figure", "right")
    (annotated,) = annotate(load(folder))
    pier, summer = annotated.records("quantities")
    assert isinstance(pier, JudgedFigure)
    assert isinstance(summer, JudgedFigure)
    assert (pier.judged, summer.judged) == ("right", "missed")
    assert (summer.value, summer.unit, summer.kind, summer.period_end) == (1, "summer", "count", "2031-12-31")
    speakers = [it.speaker for it in annotated.attributions]
    assert [pier.attribution, summer.attribution] == [speakers.index("Otto Berg"), speakers.index("Mara Lind")]


def test_a_missed_figure_stands_in_place_of_what_another_version_finds_there(folder: Path) -> None:
    judge(folder, "cost $3 million", "missed figure", "mended", right_value="4000000 EUR")
    judge(folder, "The street", "figure", "mended", right_value="12 %")
    (annotated,) = annotate(load(folder))
    assert [(annotated[it.start, it.end], it.value, it.unit, it.kind) for it in annotated.records("quantities")] == [
        ("cost $3 million", 4_000_000, "EUR", "money"),
        ("The street", 12, "%", "percentage"),
    ]


def test_a_missed_figure_without_a_number_is_refused(folder: Path) -> None:
    judge(folder, "a fine summer", "missed figure", "mended", right_value="one")
    (annotated,) = annotate(load(folder))
    assert annotated.judged is not None
    assert [it.why for it in annotated.judged.found] == ["The right value begins with no number."]
    assert len(annotated.records("quantities")) == 1


def test_a_part_of_a_document_has_what_was_decided_about_it(folder: Path) -> None:
    judge(folder, SUMMER, "missed", "mended", right_speaker="Mara Lind")
    parts = annotate(load(folder)).by("speaker")
    assert "Mara Lind" in list(parts.names)


def test_a_judgement_follows_its_words_or_is_refused(folder: Path) -> None:
    judge(folder, PIER, "statement", "mended", right_speaker="Mara Lind")
    judge(folder, MAY, "statement", "wrong")
    moved = TEXT.replace("a long", "a longer").replace("The harbour", "The port")
    (folder / "harbour.txt").write_text(moved, "utf-8")
    (annotated,) = annotate(load(folder))
    assert [(it.speaker, annotated[content_of(it)]) for it in annotated.attributions] == [
        ("Ada Okell", "The port opens in May"),
        ("Mara Lind", PIER),
    ]
    assert annotated.judged is not None
    refused = [it for it in annotated.judged.found if it.span is None]
    assert [(it.judgement.exact, it.why) for it in refused] == [
        (MAY, "The document has changed, and these words in their context are gone.")
    ]


def test_what_a_spreadsheet_changed_is_taken_for_what_it_was(folder: Path) -> None:
    quoted = judge(folder, "“The harbour opens in May,” President", "sentence", "right")
    changed = replace(quoted, exact='"The harbour opens in May," President')
    (folder / "judgements.csv").write_text(written([changed]), "utf-8")
    (annotated,) = annotate(load(folder))
    assert annotated.judged is not None
    assert len(annotated.judged.sentences) == 1


def test_right_words_that_do_not_stand_there_are_refused(folder: Path) -> None:
    judge(folder, MAY, "statement", "mended", right_words="The harbour opens in July")
    (annotated,) = annotate(load(folder))
    assert annotated.judged is not None
    assert [it.why for it in annotated.judged.found] == ["The right words do not stand at this place."]
    assert annotated.attributions[0].speaker == "Ada Okell"


def test_of_two_coders_the_agreed_one_rules_and_then_the_first_by_name(folder: Path) -> None:
    sentence = "The pier cost $3 million, Otto Berg said."
    judge(folder, sentence, "sentence", "wrong", coder="berta")
    judge(folder, PIER, "statement", "wrong", coder="berta")
    judge(folder, sentence, "sentence", "right", coder="anna")
    judge(folder, PIER, "statement", "right", coder="anna")
    assert [it[0] for it in said(annotate(load(folder)))] == ["Ada Okell", "Otto Berg"]
    judge(folder, sentence, "sentence", "wrong", coder="Agreed")
    assert [it[0] for it in said(annotate(load(folder)))] == ["Ada Okell", "Otto Berg"]
    judge(folder, PIER, "statement", "mended", coder="Agreed", right_speaker="-")
    assert [it[0] for it in said(annotate(load(folder)))] == ["Ada Okell", None]


def test_a_statement_that_another_version_draws_differently_is_the_same(folder: Path) -> None:
    judge(folder, "pier cost $3 million", "statement", "mended", right_speaker="Mara Lind")
    judge(folder, "The street was empty", "statement", "mended", right_speaker="Mara Lind")
    assert said(annotate(load(folder))) == [
        ("Ada Okell", MAY),
        ("Mara Lind", PIER),
        ("Mara Lind", "The street was empty"),
    ]
