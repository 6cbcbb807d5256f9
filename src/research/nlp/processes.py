"""Worker processes: documents are annotated side by side, and come back in their order."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import get_context, parent_process
from typing import NamedTuple, TypeVar

_WORTH_A_PROCESS = 8
"""Documents that make starting one more process worthwhile."""
_AHEAD = 4
"""Documents held for each process: enough to keep it busy, few enough for any memory."""

Item = TypeVar("Item")
Result = TypeVar("Result")
Call = Callable[[], Result]
"""A piece of work: a function without arguments, which another process can import."""
MOST_KILLED = 3
"""Processes that a piece of work may end before it is given up."""


class Killed(NamedTuple):
    """In place of a result: the piece of work ended every process that it was given to, ``MOST_KILLED`` of them."""


def in_order(
    work: Iterable[tuple[Item, Call[Result]]], jobs: int, count: int
) -> Iterator[tuple[Item, Result | Killed]]:
    """Yield each item with the result of its call, in order, worked out in up to ``jobs`` processes.

    ``count`` is the number of items. Few of them are not worth a process; one job works in this process, when the
    result is asked for. Where a process is killed, each call that waited gets a process of its own; one that ends
    ``MOST_KILLED`` of these has the result ``Killed``.
    """
    jobs = min(jobs, -(-count // _WORTH_A_PROCESS))
    ahead = 0 if jobs <= 1 else _AHEAD * jobs
    waiting: deque[tuple[Item, Call[Result | Killed]]] = deque()
    with _workers(jobs) as submit:
        for item, call in work:
            waiting.append((item, submit(call)))
            while len(waiting) > ahead:
                first, result = waiting.popleft()
                yield first, result()
        for first, result in waiting:
            yield first, result()


@contextmanager
def _workers(jobs: int) -> Iterator[Callable[[Call[Result]], Call[Result | Killed]]]:
    """Start processes; what is given submits a call and returns another one that waits for its result."""
    if jobs <= 1:
        yield lambda call: call
        return
    pool = _Pool(jobs)
    try:
        yield pool.submit
    finally:
        pool.end()


class _Pool:
    """Processes that are replaced when one of them is killed, which ends all of a ``ProcessPoolExecutor``."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._processes = self._started(jobs)

    def submit(self, call: Call[Result]) -> Call[Result | Killed]:
        """Give a call to a process; return another one that waits for its result."""
        if is_done(call):
            return call
        try:
            result = self._processes.submit(call).result
        except BrokenProcessPool:
            self.end()
            self._processes = self._started(self._jobs)
            result = self._processes.submit(call).result
        return partial(self._waited_for, call, result)

    def end(self) -> None:
        """End the processes when they are done with what they were given."""
        self._processes.shutdown()

    def _waited_for(self, call: Call[Result], result: Call[Result]) -> Result | Killed:
        try:
            return result()
        except BrokenProcessPool:
            pass  # nothing says which of the calls under way killed it
        for _ in range(MOST_KILLED):
            with self._started(1) as process, suppress(BrokenProcessPool):
                return process.submit(call).result()
        return Killed()

    def _started(self, jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(jobs, get_context("spawn"), _begin)


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
