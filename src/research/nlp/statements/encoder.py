"""The encoder: a small transformer with several heads, run over a text window by window.

It runs one window at a time in one thread, so that the result for a document depends on the document alone. Windows
overlap; there, the middle of a window has more weight than its edges.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from research.nlp.statements.features import features
from research.nlp.statements.labels import BEGIN, ENTITY_LABELS, OUTSIDE, ROLES

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

MODELS = Path(__file__).parent.parent / "models"
WINDOW = 256
STRIDE = 192
FIRST, LAST = 101, 102
"""The pieces at the two ends of a window, [CLS] and [SEP]."""

DECIMALS = 4
"""Scores are rounded before any decision, so that processors that differ in the last bits agree."""

_SURROGATE = re.compile("[\ud800-\udfff]")
"""Surrogates, which the tokenizer refuses."""

SECTION = 100_000
"""Characters read at once, to bound memory: twice the length of the longest speech seen."""

FLOOR = np.float32(-7.0)
"""The score of a link that no window considered, or that it all but ruled out."""

LINK_ROWS = 0.1
LINK_TARGETS = 0.02
"""Links are kept from pieces, and to pieces, that have the role with at least this probability."""
LINK_COUNT = 32
"""Links of a window lead to at most so many pieces. This bounds memory for any text."""
LINK_SCORE = -6.5
"""The lowest score of a link that is kept."""

LEAST = 1e-4
"""The lowest probability of which a logarithm is taken."""


@dataclass(frozen=True)
class Links:
    """Scores of links from pieces to pieces, each seen by one or several windows. Target -1 means none."""

    start: npt.NDArray[np.int32]
    target: npt.NDArray[np.int32]
    score: Floats
    weight: Floats

    def support(self, bearing: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the expected number of pieces that point to each piece, given how likely each has the role."""
        total = np.zeros(len(bearing))
        seen = np.zeros(len(bearing))
        nothing = self.target < 0
        np.add.at(seen, self.start[nothing], self.weight[nothing])
        start, target, weight = self.start[~nothing], self.target[~nothing], self.weight[~nothing]
        share = np.exp(self.score[~nothing].astype(np.float64)) * weight / seen[start]
        np.add.at(total, target, share * bearing[start])
        return total

    @cached_property
    def _averaged(self) -> tuple[Integers, Integers, npt.NDArray[np.float64]]:
        """Start, target and score of each link, in order, averaged over the windows that saw it."""
        reach = int(self.target.max(initial=0)) + 2
        numbers = self.start.astype(np.int64) * reach + self.target + 1
        # With `return_index` the sort is stable, and so the same on every processor.
        links, first, same = np.unique(numbers, return_index=True, return_inverse=True)
        same = same.reshape(-1)
        weight = np.bincount(same, self.weight, minlength=len(links))
        score = np.bincount(same, self.weight * self.score, minlength=len(links)) / weight
        return self.start[first].astype(np.int64), self.target[first].astype(np.int64), score

    def towards(self, run: tuple[int, int], targets: Sequence[tuple[int, int]]) -> list[float]:
        """Return the mean log-probability that the pieces of a run point into each of the target runs.

        The mean is over the pieces of the run; the probability of a target is the sum over its pieces. The target runs
        are in order and do not overlap; (-1, 0) means none.
        """
        start, target, score = self._averaged
        bounds = np.array(targets, dtype=np.int64).reshape(-1, 2)
        size, count = run[1] - run[0], len(bounds)
        rows = slice(*np.searchsorted(start, run))
        number = np.searchsorted(bounds[:, 0], target[rows], side="right") - 1
        inside = np.flatnonzero(number >= 0)
        inside = inside[target[rows][inside] < bounds[number[inside], 1]]
        cell = (start[rows][inside] - run[0]) * count + number[inside]
        mass = np.bincount(cell, np.exp(score[rows][inside]), minlength=size * count).reshape(size, count)
        logs = np.log(np.maximum(mass, np.exp(np.float64(FLOOR))))
        return [round(float(value), DECIMALS) for value in logs.sum(axis=0) / size]


@dataclass(frozen=True)
class Reading:
    """The encoder's output for a text: log-probabilities of labels, a row a piece, and links."""

    text: str
    offsets: Integers
    """Start and end of each piece, in characters of the text."""
    roles: Floats
    """Pieces by role by label (outside, begin, inside)."""
    entities: Floats
    to_cue: Links
    to_source: Links

    def __len__(self) -> int:
        return len(self.offsets)

    @cached_property
    def borne(self) -> list[list[float]]:
        """For each role, the logarithm of the probability that each piece has it, to four decimals."""
        bearing = 1 - np.exp(self.roles[:, :, OUTSIDE]).astype(np.float64)
        return np.log(np.maximum(bearing, LEAST)).round(4).T.tolist()  # type: ignore[no-any-return]


class Encoder:
    """The model in a folder: `encoder.onnx` and `tokenizer.json`, loaded when first used."""

    def __init__(self, folder: Path = MODELS) -> None:
        self.folder = folder

    @cached_property
    def tokenizer(self) -> Any:
        """The tokenizer, which cuts text into word pieces."""
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def session(self) -> Any:
        """The loaded model, in one thread, so that results do not depend on the number of processors."""
        # Otherwise the library writes a file about its use into the user's home.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime  # type: ignore[import-untyped]

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Weights are stored in 8 bits and unpacked to 32 once, when the model is loaded.
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        return onnxruntime.InferenceSession(
            str(self.folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def pieces(self, text: str) -> tuple[Integers, Integers]:
        """Return the word pieces of a text: their numbers in the vocabulary, and their offsets."""
        encoding = self.tokenizer.encode(_SURROGATE.sub("\ufffd", text), add_special_tokens=False)
        return np.array(encoding.ids, dtype=np.int64), np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)

    def read(self, text: str) -> Reading:
        """Run the model over a text, window by window."""
        ids, offsets = self.pieces(text)
        extra = features(text, offsets.tolist())
        count = len(ids)
        roles = np.zeros((count, len(ROLES), 3), dtype=np.float64)
        entities = np.zeros((count, len(ENTITY_LABELS)), dtype=np.float64)
        weights = np.zeros(count, dtype=np.float64)
        links = _Gathered(), _Gathered()
        seen, outputs = b"", list[Any]()
        for start, end in windows(count):
            window = ids[start:end].tobytes() + extra[start:end].tobytes()
            if window != seen:  # a megabyte of quotation marks repeats the same window
                seen, outputs = window, self.run(ids[start:end], extra[start:end])
            weight = _emphasis(end - start)
            role_scores, entity_scores, to_cue, to_source, contents, cues = outputs
            labels = _log_softmax(role_scores[1:-1].reshape(-1, len(ROLES), 3))
            roles[start:end] += labels * weight[:, None, None]
            entities[start:end] += _log_softmax(entity_scores[1:-1]) * weight[:, None]
            weights[start:end] += weight
            source, cue, content = (np.exp(labels[:, number]) for number in range(len(ROLES)))
            for gathered, scores, rows, bearers, aims in (
                (links[0], to_cue, contents, content, cue),
                (links[1], to_source, cues, cue, source),
            ):
                gathered.add(start, scores, rows, 1 - bearers[:, OUTSIDE], aims[:, BEGIN])
        return Reading(
            text=text,
            offsets=offsets,
            roles=np.round(roles / weights[:, None, None], DECIMALS).astype(np.float32),
            entities=np.round(entities / weights[:, None], DECIMALS).astype(np.float32),
            to_cue=links[0].links(),
            to_source=links[1].links(),
        )

    def run(self, ids: Integers, extra: Integers) -> list[Any]:
        """Return the model's outputs for one window of pieces and their features.

        Scores of roles and entities have a row a piece, including the two at the ends; those of links have a row for
        each piece that may have the role. The last two outputs are the numbers of those pieces.
        """
        size = len(ids) + 2
        framed = np.empty((1, size), dtype=np.int64)
        framed[0, 0], framed[0, 1:-1], framed[0, -1] = FIRST, ids, LAST
        beside = np.zeros((1, size, extra.shape[1]), dtype=np.int64)
        beside[0, 1:-1] = extra
        outputs = self.session.run(None, {"ids": framed, "features": beside})
        return [output[0] for output in outputs]


def windows(count: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of the windows of `count` pieces; the last one may be shorter."""
    inner = WINDOW - 2
    start = 0
    while count:
        end = min(start + inner, count)
        yield start, end
        if end == count:
            return
        start += STRIDE


def sections(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sections of a text that are read separately: the whole, unless it is very long.

    A section ends at its last blank line, or else at its last line break or space, or else at its greatest length.
    """
    start = 0
    while start < len(text):
        end = min(start + SECTION, len(text))
        if end < len(text):
            breaks = (text.rfind(mark, start, end) + len(mark) for mark in ("\n\n", "\n", " "))
            end = next((found for found in breaks if found > start + SECTION // 2), end)
        yield start, end
        start = end


def _emphasis(size: int) -> npt.NDArray[np.float64]:
    """Return the weights of the pieces of a window: 1 at the edges, rising to the middle."""
    places = np.arange(size)
    return np.minimum(places, size - 1 - places) + 1.0


def _log_softmax(scores: Floats) -> npt.NDArray[np.float64]:
    wide = scores.astype(np.float64)
    wide -= wide.max(axis=-1, keepdims=True)
    wide -= np.log(np.exp(wide).sum(axis=-1, keepdims=True))
    return wide


class _Gathered:
    """Links of one kind, gathered window by window."""

    def __init__(self) -> None:
        self.parts: list[tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Floats, Floats]] = []

    def add(
        self,
        at: int,
        scores: Floats,
        scored: Integers,
        bearing: npt.NDArray[np.float64],
        aimed: npt.NDArray[np.float64],
    ) -> None:
        """Keep the likely links of a window; the rows of `scores` are the pieces `scored`, 0 is the first end."""
        rows = np.flatnonzero(bearing >= LINK_ROWS)
        if not len(rows):
            return
        aims = np.flatnonzero(aimed >= LINK_TARGETS)
        if len(aims) > LINK_COUNT:
            aims = np.sort(np.argsort(-aimed.round(DECIMALS), kind="stable")[:LINK_COUNT])
        own = scores[np.searchsorted(scored, rows + 1)]
        kept = _log_softmax(own)[:, np.concatenate([[0], aims + 1])].round(DECIMALS)
        targets = np.concatenate([[-1], aims + at])
        likely = kept >= LINK_SCORE
        likely[:, 0] = True
        row, column = np.nonzero(likely)
        self.parts.append(
            (
                (rows[row] + at).astype(np.int32),
                targets[column].astype(np.int32),
                kept[row, column].astype(np.float32),
                _emphasis(len(bearing))[rows[row]].astype(np.float32),
            )
        )

    def links(self) -> Links:
        if not self.parts:
            empty, none = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
            return Links(empty, empty, none, none)
        start, target, score, weight = (np.concatenate(column) for column in zip(*self.parts, strict=True))
        return Links(start, target, score, weight)
