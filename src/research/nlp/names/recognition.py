"""Recognition: the named entities that the encoder sees in a text."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from research.nlp.records import Mention
from research.nlp.statements.encoder import Reading
from research.nlp.statements.labels import ENTITY_TYPES
from research.nlp.statements.paths import best_path, extent, glued, runs
from research.nlp.text.abbreviations import ends_in_full_stop


def mentions(reading: Reading) -> list[Mention]:
    """Return the named entities of a text, in order, as yet without their entity."""
    scores: npt.NDArray[np.float64] = reading.entities.astype(np.float64).round(4)
    path = best_path(scores, glued(reading))
    found = []
    for number, name in enumerate(ENTITY_TYPES):
        for run in runs(path, number):
            start, end = extent(reading, run)
            end -= ends_in_full_stop(reading.text, start, end)
            sure = math.fsum(float(scores[row, path[row]]) for row in range(*run)) / (run[1] - run[0])
            found.append(Mention(start, end, name, round(math.exp(min(0.0, sure)), 2)))
    return sorted(found, key=lambda mention: (mention.start, mention.end))
