"""Grades of readability and diversity of documents, counted by hand."""

import importlib

import pandas as pd
import pytest

from research.analysis import language
from tests.analysis.conftest import AnnotationsOf


def test_grades_and_diversity_follow_from_words_sentences_and_syllables(annotated: AnnotationsOf) -> None:
    """Twenty sentences of six words: "ministry" has three syllables, "open" two, each of the others one."""
    text = "The ministry will open the port. " * 20
    [row] = language.style(annotated({"a.txt": text})).to_dict("records")
    assert (row["words"], row["types"]) == (120, 5)
    assert row["flesch_kincaid_grade"] == pytest.approx(0.39 * 6 + 11.8 * 9 / 6 - 15.59, abs=1e-4)
    assert row["gunning_fog"] == pytest.approx(0.4 * (6 + 100 / 6), abs=1e-4)
    assert row["ttr"] == pytest.approx(5 / 120, abs=1e-6)
    assert row["mattr"] == pytest.approx(0.05)


def test_a_short_document_has_no_grade_and_one_in_another_language_no_row(annotated: AnnotationsOf) -> None:
    french = "Le ministre a dit que le port serait ouvert au mois de mai. Les pêcheurs de la côte attendent. " * 6
    table = language.style(annotated({"a.txt": "The port opens in May.", "fr.txt": french}))
    assert table[["doc_id", "words"]].to_numpy().tolist() == [["a", 5]]
    assert table["gunning_fog"].isna().all()
    assert language.style(annotated({"fr.txt": french})).empty


@pytest.mark.parametrize("tokens", [1, 6, 10_000])
def test_documents_counted_in_batches_give_the_same(
    annotated: AnnotationsOf, monkeypatch: pytest.MonkeyPatch, tokens: int
) -> None:
    texts = {f"{at}.txt": " ".join(["The port opens and the port shuts."] * (at + 1)) for at in range(5)}
    whole = language.style(annotated(texts))
    monkeypatch.setattr(importlib.import_module("research.analysis.language.style"), "_TOKENS_AT_ONCE", tokens)
    pd.testing.assert_frame_equal(language.style(annotated(texts)), whole)
    assert whole["types"].tolist() == [5] * 5
