"""How much work a function does, counted and not timed: the calls of functions, library ones included."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def calls_of(function: Callable[[], Any]) -> int:
    """Return how many functions are called while one runs; the same on every machine."""
    count = 0

    def counted(_: FrameType, event: str, __: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        function()
    finally:
        sys.setprofile(before)
    return count


def assert_linear(work: Callable[[str], Any], piece: str, length: int = 2_000) -> None:
    """Assert that a text twice as long takes at most twice as many calls, with a little to spare."""
    once, twice = ((piece * n)[:n] for n in (length, 2 * length))
    work(once)  # what is cached or imported at first is not counted
    few, many = calls_of(lambda: work(once)), calls_of(lambda: work(twice))
    assert many <= 2.2 * few + 200, (piece, few, many)
