"""The bars of a run move forward only, and end where they should; whole runs are tried in ``tests/test_runs.py``."""

import pytest

from research.outputs import runs
from research.outputs.execution import cells_of

Told = list[tuple[str, float, int]]


def test_bars_of_notebooks_never_go_back_and_end_at_their_total() -> None:
    told: Told = []
    of = cells_of("01_corpus")
    bars = runs._Bars(lambda *it: told.append(it), 1, 3)
    bars.tell("01_corpus", 0)
    bars.begins("01_corpus", 1)
    bars.tell("01_corpus", 0.75)
    bars.tell("01_corpus", 0)  # the run has emptied the file, and is about to tell of the next cell
    bars.begins("01_corpus", 2)
    bars.tell("01_corpus", 0)
    bars.ended("01_corpus", failed=False)
    bars.begins("02_statements", 0)
    bars.tell("02_statements", 0.5)
    bars.ended("02_statements", failed=True)
    assert [done for name, done, _ in told if name == "01_corpus"] == pytest.approx([0, 1.75, 1.75, 2, of])
    assert [done for name, done, _ in told if name == "02_statements"] == [0.5], "it failed there"
    together = [done for name, done, _ in told if name == "notebooks"]
    assert together == pytest.approx(
        [1, *(1 + it / of for it in (1.75, 1.75, 2)), 2, 2 + 0.5 / cells_of("02_statements"), 3]
    )
