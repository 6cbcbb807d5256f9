"""Confidence: the probability that an attribution agrees with an annotator's in content and source."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from research.nlp.statements.encoder import FLOOR, LEAST, Reading
from research.nlp.statements.labels import BEGIN, INSIDE, ROLES
from research.nlp.statements.linking import Draft
from research.nlp.statements.paths import Run


class Signs(NamedTuple):
    """The evidence for an attribution: natural logarithms of probabilities, 0 for a certainty."""

    link: float
    """Content belongs to the cue and the cue to the source, on average."""
    content: float
    """The pieces of the content are content, on average; likewise for cue and source."""
    begin: float
    """Content begins where it does, for the least sure part; likewise it ends there."""
    end: float
    cue: float
    source: float


WEIGHTS = Signs(link=1.78, content=2.20, begin=0.34, end=1.35, cue=2.50, source=0.63)

BIAS = 2.19
"""Coefficients of a logistic regression of whether an attribution is right, fitted on PolNeAR train
(`training/attributions/confidence.py`)."""

_WITHOUT_CUE = -3.0


def confidence(found: Signs) -> float:
    """Return the probability that an attribution agrees with an annotator's in content and source, to two decimals."""
    total = math.fsum([BIAS, *(weight * sign for weight, sign in zip(WEIGHTS, found, strict=True))])
    return round(1 / (1 + math.exp(-total)), 2)


def signs(reading: Reading, draft: Draft) -> Signs:
    """Return the evidence for a draft."""
    source, cue, content = range(len(ROLES))
    link = math.fsum(draft.sureness) / max(1, len(draft.sureness))
    begins = (float(np.exp(reading.roles[start, content, BEGIN])) for start, _ in draft.content)
    goes_on = (float(np.exp(reading.roles[end, content, INSIDE])) for _, end in draft.content if end < len(reading))
    return Signs(
        link=max(float(FLOOR), min(0.0, link)),
        content=_bearing(reading, content, draft.content),
        begin=_log(min(begins)),
        end=_log(1 - max(goes_on, default=0.0)),
        cue=_WITHOUT_CUE if draft.cue is None else _bearing(reading, cue, [draft.cue]),
        source=0.0 if draft.source is None else _bearing(reading, source, [draft.source]),
    )


def _bearing(reading: Reading, role: int, spans: Sequence[Run]) -> float:
    """Return the mean logarithm of the probability that pieces have a role."""
    logs = [log for start, end in spans for log in reading.borne[role][start:end]]
    return math.fsum(logs) / len(logs)


def _log(probability: float) -> float:
    return round(math.log(max(LEAST, probability)), 4)
