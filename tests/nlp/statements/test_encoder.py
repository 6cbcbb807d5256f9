"""What goes into the encoder, and how windows over a text are put together again."""

from typing import Any

import numpy as np
import pytest

from research.nlp.statements import encoder as subject
from research.nlp.statements.encoder import Encoder, Integers, Links, Reading
from research.nlp.statements.features import BREAKS, PLACES, SHAPES, features, gap, shape
from research.nlp.statements.labels import ENTITY_LABELS, ROLES

WORDS = {"said": 1, "Said": 2, "UN": 3, "McCain": 4, "2016": 5, ",": 6, "I": 7, "é": 1}


@pytest.mark.parametrize(("word", "expected"), WORDS.items())
def test_a_piece_has_a_shape(word: str, expected: int) -> None:
    assert shape(word) == expected < SHAPES


def test_a_break_is_told_by_its_lines() -> None:
    assert [gap(between) for between in ("", " ", "\n", "\n\n", " \n \n \n")] == [0, 1, 2, 3, 3]


def test_features_tell_where_a_quotation_is() -> None:
    text = "A “b” c\n\n“d"
    offsets = [(0, 1), (2, 3), (3, 4), (4, 5), (6, 7), (9, 10), (10, 11)]
    rows = features(text, offsets)
    assert rows[:, 2].tolist() == [0, 1, 3, 2, 0, 1, 5]
    assert rows[:, 1].tolist() == [3, 1, 0, 0, 1, 3, 0]
    assert (rows < (SHAPES, BREAKS, PLACES)).all()


class Plain(Encoder):
    """An encoder whose pieces are characters, and whose labels depend on the piece alone."""

    def pieces(self, text: str) -> tuple[Integers, Integers]:
        return np.array([ord(c) for c in text]), np.array([(i, i + 1) for i in range(len(text))]).reshape(-1, 2)

    def run(self, ids: Integers, _features: Integers) -> list[Any]:
        size = len(ids) + 2
        roles = np.zeros((size, 3 * len(ROLES)), dtype=np.float32)
        roles[1:-1, 0] = ids % 7
        pointers, pieces = np.zeros((size, size), dtype=np.float32), np.arange(size)
        return [roles, np.zeros((size, len(ENTITY_LABELS)), dtype=np.float32), pointers, pointers, pieces, pieces]


@pytest.mark.parametrize("size", [0, 1, 254, 255, 700])
def test_overlapping_windows_agree_with_each_other(size: int) -> None:
    text = "abcdefghij" * (size // 10) + "x" * (size % 10)
    reading = Plain().read(text)
    assert isinstance(reading, Reading)
    assert len(reading) == size
    if size:
        assert np.allclose(np.exp(reading.roles).sum(-1), 1, atol=1e-3)
        alone = Plain().read(text[-1])
        assert np.array_equal(reading.roles[-1], alone.roles[-1])


def test_the_model_scores_the_links_of_all_pieces_that_count() -> None:
    encoder = Encoder()
    text = "The mayor said the bridge was safe. “It will open in May,” she told reporters, who had asked.\n\n" * 20
    ids, offsets = encoder.pieces(text)
    extra = features(text, offsets.tolist())
    for start, end in subject.windows(len(ids)):
        roles, _, to_cue, to_source, contents, cues = encoder.run(ids[start:end], extra[start:end])
        shares = np.exp(roles.reshape(-1, len(ROLES), 3))
        bearing = 1 - shares[:, :, 0] / shares.sum(-1)
        for role, scores, rows in (("content", to_cue, contents), ("cue", to_source, cues)):
            wanted = np.flatnonzero(bearing[:, ROLES.index(role)] >= subject.LINK_ROWS)
            assert len(wanted)
            assert set(wanted) <= set(rows.tolist())
            assert rows.tolist() == sorted(set(rows.tolist()))
            assert scores.shape == (len(rows), end - start + 2)


def test_links_are_averaged_over_windows_and_added_up_over_a_target() -> None:
    logs = np.log(np.array([0.5, 0.25, 0.25, 0.5], dtype=np.float32))
    links = Links(
        start=np.array([5, 5, 5, 6], dtype=np.int32),
        target=np.array([1, 2, 2, 9], dtype=np.int32),
        score=logs,
        weight=np.ones(4, dtype=np.float32),
    )
    near, far = links.towards((5, 6), [(1, 3), (9, 10)])
    assert near == pytest.approx(np.log(0.75), abs=1e-3)
    assert far == pytest.approx(float(subject.FLOOR))
    assert links.towards((5, 6), []) == []


@pytest.mark.parametrize("gap", ["\n\n", "\n", " ", ""])
def test_a_long_text_is_read_in_sections_that_end_where_it_pauses(gap: str) -> None:
    text = ("word" + gap) * (2 * subject.SECTION // 4) + " "
    parts = [text[start:end] for start, end in subject.sections(text)]
    assert "".join(parts) == text
    assert all(len(part) <= subject.SECTION for part in parts)
    assert all(part.endswith(gap) for part in parts[:-1])


def test_a_text_of_usual_length_is_one_section() -> None:
    text = "A line.\n\n" * (subject.SECTION // 9)
    assert list(subject.sections(text)) == [(0, len(text))]
    assert list(subject.sections("")) == []
