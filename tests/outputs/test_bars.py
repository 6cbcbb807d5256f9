"""The bars of a run only move forward and end at their total; whole runs are tried in ``tests/test_runs.py``."""

import pytest

from research import cli
from research.outputs import runs
from research.outputs.execution import cells_of

Told = list[tuple[str, int, int]]


def test_bars_of_notebooks_never_go_back_and_end_at_their_total() -> None:
    told: Told = []
    bars = runs._Bars(lambda *it: told.append(it), 1, 3)
    of, failed_of = cells_of("01_corpus"), cells_of("02_statements")
    for done in (0, 1, 2):
        bars.begins("01_corpus", done)
        bars.at_work("01_corpus")
    bars.at_work("01_corpus")  # a long cell: the same numbers again, so that the screen can show the time
    bars.ended("01_corpus")
    bars.begins("02_statements", 3)
    bars.at_work("02_statements")
    bars.ended("02_statements", failed=True)
    assert [done for name, done, _ in told if name == "01_corpus"] == [0, 1, 2, 2, of]
    assert [(done, its) for name, done, its in told if name == "02_statements"] == [(3, failed_of)] * 2, (
        "it failed there"
    )
    together = [done for name, done, _ in told if name == "notebooks"]
    assert together == sorted(together)
    assert (together[0], together[-1]) == (1, 3)


def test_a_stage_that_reports_the_same_number_again_shows_the_time(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [100.0]
    monkeypatch.setattr("tqdm.std.time", lambda: now[0])
    with cli._progress() as stage:
        for _ in range(3):
            now[0] += 40
            stage("01_corpus", 2, 9)
        stage("01_corpus", 9, 9)
    shown = capsys.readouterr().err
    assert "2/9 00:40" in shown
    assert "2/9 01:20" in shown
    assert "9/9 01:20" in shown
