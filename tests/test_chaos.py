"""A short piece of ``benchmarks/chaos.py``: runs that are killed, disturbed and forged, drawn from a fixed seed."""

from benchmarks.chaos import chaos, lines


def test_nothing_wrong_comes_of_kills_changes_and_forgeries() -> None:
    table = chaos(2031, {"kills": 4, "sources": 3, "caches": 2, "files": 60}, forgeries=25)
    assert not [said for _, said in table if said.startswith("wrong")], "\n".join(lines(table))
    assert sum(count for (kind, _), count in table.items() if kind == "forgeries") > 30
