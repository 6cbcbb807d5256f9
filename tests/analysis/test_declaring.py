"""What a notebook declares, and tables that are made once."""

import gc
import weakref
from typing import Any, cast

import pandas as pd
import pytest

from research import Annotations
from research.analysis.declaring import Table, base_form, kept, number_of, sum_of
from research.loading import Span
from research.nlp.groups.joining import any_case


class Corpus:
    """Something that can be told apart and forgotten, as annotations can."""


def test_a_table_is_made_once_for_the_same_annotations_and_arguments() -> None:
    made: list[Any] = []

    @kept
    def table(annotations: Annotations, terms: list[str], *, least: float = 0.2) -> pd.DataFrame:
        made.append((annotations, terms, least))
        return pd.DataFrame({"term": terms})

    one, other = (cast(Annotations, Corpus()) for _ in range(2))
    for annotations in (one, other):
        for terms in (["a"], ["a"], ["b"]):
            assert table(annotations, terms)["term"].tolist() == terms
        table(annotations, ["a"], least=0.5)
    assert len(made) == 6


def test_what_a_caller_changes_in_a_table_does_not_stay() -> None:
    table = kept(lambda _: pd.DataFrame({"words": [1, 2]}))
    annotations = cast(Annotations, Corpus())
    changed = table(annotations)
    changed["more"] = 3
    changed.loc[0, "words"] = 9
    assert table(annotations).to_dict("list") == {"words": [1, 2]}


def test_tables_are_forgotten_with_their_annotations() -> None:
    frames: list[weakref.ref[pd.DataFrame]] = []

    @kept
    def table(_: Annotations) -> pd.DataFrame:
        frame = pd.DataFrame({"words": [1]})
        frames.append(weakref.ref(frame))
        return frame

    annotations = cast(Annotations, Corpus())
    table(annotations)
    assert frames[0]() is not None
    del annotations
    gc.collect()
    assert frames[0]() is None


@pytest.mark.parametrize(("one", "other"), [("Mara  Lindqvist", "MARA\nLINDQVIST"), (" a", "A ")])
def test_spellings_of_a_name_are_one(one: str, other: str) -> None:
    assert any_case(one) == any_case(other)


@pytest.mark.parametrize(("one", "other"), [("Nuclear\nweapons", "nuclear weapon"), ("Schools", "school")])
def test_forms_of_a_term_are_one(one: str, other: str) -> None:
    assert base_form(one) == base_form(other)
    assert any_case(one) != any_case(other)


def test_a_table_says_who_speaks_in_a_row() -> None:
    table = Table(speaker=("speaker", "source"))
    assert table.who_speaks({"speaker": "Mara Lindqvist", "source": "she"}) == "Mara Lindqvist"
    assert table.who_speaks({"speaker": None, "source": "officials"}) == "officials"
    assert table.who_speaks({"keyword": "harbour"}) is None
    assert Table().who_speaks({"speaker": "Mara Lindqvist"}) is None, "this table does not say so"


def test_the_words_of_a_row_are_its_text_only_where_they_are_verbatim_and_in_one_part() -> None:
    table = Table(words="quotation", verbatim=True, parts="content_at")
    whole, interrupted = (
        {"quotation": "We stay", "content_at": "1-8"},
        {"quotation": "We […]", "content_at": "1-3 9-12"},
    )
    assert table.text_of(whole) == "We stay"
    assert (table.text_of(interrupted), table.text_of({"quotation": "We stay"})) == ("", "")
    assert table.parts_of(interrupted) == [Span(1, 3), Span(9, 12)]
    assert Table(words="quotation", verbatim=True).text_of({"quotation": "We stay"}) == "We stay"
    assert Table(words="content").text_of({"content": "We stay"}) == ""


def test_numbers_of_a_row_follow_from_the_rows_that_it_counts() -> None:
    rows = [{"doc_id": "a", "words": 4, "kind": "direct"}, {"doc_id": "a", "words": 9, "kind": "turn"}]
    assert (number_of("doc_id")(rows), sum_of("words")(rows), sum_of("words", kind="turn")(rows)) == (1, 13, 9)
    assert sum_of("words", kind="mixed")(rows) == 0
