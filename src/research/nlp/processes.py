"""Worker processes: documents are annotated side by side, and come back in their order."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context, parent_process
from typing import TypeVar

_WORTH_A_PROCESS = 8
"""Documents that make starting one more process worthwhile."""
_AHEAD = 4
"""Documents held for each process: enough to keep it busy, few enough for any memory."""

Item = TypeVar("Item")
Result = TypeVar("Result")
Call = Callable[[], Result]
"""A piece of work: a function without arguments, which another process can import."""


def in_order(work: Iterable[tuple[Item, Call[Result]]], jobs: int, count: int) -> Iterator[tuple[Item, Result]]:
    """Yield each item with the result of its call, in order, worked out in up to ``jobs`` processes.

    ``count`` is the number of items. Few of them are not worth a process; one job works in this process, when the
    result is asked for.
    """
    jobs = min(jobs, -(-count // _WORTH_A_PROCESS))
    ahead = 0 if jobs <= 1 else _AHEAD * jobs
    waiting: deque[tuple[Item, Call[Result]]] = deque()
    with _workers(jobs) as submit:
        for item, call in work:
            waiting.append((item, submit(call)))
            while len(waiting) > ahead:
                first, result = waiting.popleft()
                yield first, result()
        for first, result in waiting:
            yield first, result()


@contextmanager
def _workers(jobs: int) -> Iterator[Callable[[Call[Result]], Call[Result]]]:
    """Start processes; what is given submits a call and returns another one that waits for its result."""
    if jobs <= 1:
        yield lambda call: call
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), _begin) as pool:
        yield lambda call: call if is_done(call) else pool.submit(call).result


def _begin() -> None:
    """Begin a worker: only the parent handles Ctrl-C, and the worker ends with the parent, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A killed parent says nothing to its workers, which would wait for work for ever: each holds both ends of the
    # queue. But only the parent has the other end of what this waits for, which the system closes with it.
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def done(result: Result) -> Call[Result]:
    """Return a call whose result is known already, which needs no process."""
    return partial(_same, result)


def _same(result: Result) -> Result:
    return result


def is_done(call: Call[Result]) -> bool:
    """Return whether the result of a call is known already."""
    return isinstance(call, partial) and call.func is _same
