"""What training learns from a passage: windows that hold it whole, and names that only a teacher may tell."""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tokenizers import Tokenizer

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from training.attributions.data import Encoded, encode, passage_windows  # noqa: E402
from training.attributions.smoke import examples  # noqa: E402

SIZE, OVERLAP = 14, 4


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    found = Tokenizer.from_file(str(ROOT / "src/research/nlp/models/tokenizer.json"))
    found.no_truncation()
    found.no_padding()
    return found


@pytest.fixture
def passage(tokenizer: Tokenizer) -> Encoded:
    """The second sentence of an invented text, and what is around it, of which nothing is known."""
    example = examples()[1]
    start = example.text.index("Asked whether")
    return encode(replace(example, known=(start, example.text.index(", the council"))), tokenizer)


def test_a_window_holds_the_passage_whole_and_more_or_less_around_it(passage: Encoded) -> None:
    chance = random.Random(3)  # noqa: S311
    found = [it for _ in range(60) for it in passage_windows(passage, SIZE, OVERLAP, chance)]
    settled = passage.settled.sum()
    assert all(passage.settled[it.start : it.end].sum() == settled for it in found)
    assert max(map(len, found)) <= SIZE
    assert len({it.start for it in found}) > 3
    assert len({it.end for it in found}) > 3


def test_a_passage_longer_than_a_window_is_cut(passage: Encoded) -> None:
    found = passage_windows(passage, 6, 1, random.Random(3))  # noqa: S311
    covered = {piece for it in found for piece in range(it.start, it.end)}
    assert len(found) > 1
    assert set(passage.settled.nonzero()[0]) <= covered
    assert all(passage.settled[it.start : it.end].any() for it in found)


def test_forgotten_names_are_the_teachers_to_say_while_roles_stay_settled(passage: Encoded) -> None:
    assert (passage.names_settled == passage.settled).all()
    assert not passage.entities[passage.settled].all()
    passage.forget_names()
    assert passage.entities.all()
    assert not passage.names_settled.any()
    assert passage.settled.any()
