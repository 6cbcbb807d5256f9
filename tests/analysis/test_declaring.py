"""What a notebook declares, and tables that are made once."""

import gc
import weakref
from typing import Any, cast

import pandas as pd
import pytest

from research import Annotations
from research.analysis.declaring import any_case, base_form, kept


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
