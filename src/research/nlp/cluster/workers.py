"""The workers of a cluster: who has the same release as this process, who is at work, and who has died."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress

from distributed import Client, Future
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker

from research.errors import ClusterError
from research.nlp.cluster import remote
from research.nlp.cluster.batches import Batch

_EACH = 2
"""Batches that a worker is given at once: one to work at, one to go on with."""
_LOOK = 1.0
"""Seconds between two looks at who is there."""
_PATIENCE = 60.0
"""Seconds to wait for a worker while there is none."""


class Workers:
    """The workers of a scheduler, each given batches until it dies; used by one thread.

    ``tell`` is called with one sentence about each worker that is refused.
    """

    def __init__(self, client: Client, where: str, tell: Callable[[str], None]) -> None:
        self._client, self._where, self._tell = client, where, tell
        self._busy: dict[str, dict[Future[bytes], Batch]] = {}
        self._refused: dict[str, str] = {}
        self._queue: list[Batch] = []
        self._ended: queue.Queue[Future[bytes]] = queue.Queue()
        self._looked = self._seen = time.monotonic()

    @property
    def under_way(self) -> int:
        """How many batches may be under way, finished ones that wait for an earlier one included."""
        return (_EACH + 1) * max(1, len(self._busy))

    def await_one(self) -> None:
        """Wait until there is a worker. Raises ``ClusterError`` where none comes."""
        self._look()
        while not self._busy:
            time.sleep(_LOOK / 4)
            self._look()

    def add(self, batch: Batch) -> None:
        """Take a batch that is to be sent to some worker, after those before it."""
        self._queue.append(batch)
        with talking(self._where):
            self._send()

    def go_on(self) -> None:
        """Wait a moment for answers, take them, and send more. Raises ``ClusterError``; see ``talking``."""
        with talking(self._where), suppress(queue.Empty):
            self._take(self._ended.get(timeout=_LOOK))
            while True:
                self._take(self._ended.get_nowait())
        if time.monotonic() > self._looked + _LOOK:
            self._look()
        with talking(self._where):
            self._send()

    def _send(self) -> None:
        for address, its in self._busy.items():
            while self._queue and len(its) < _EACH:
                batch = self._queue[0]
                if its and (batch.alone or any(it.alone for it in its.values())):
                    break
                del self._queue[0]
                future = self._client.submit(
                    remote.annotated, batch.message, workers=[address], allow_other_workers=False, pure=False
                )
                its[future] = batch
                future.add_done_callback(self._ended.put)

    def _take(self, future: Future[bytes]) -> None:
        """Take the answer of a batch that has ended; that of a worker that has died since was given up before.

        Raises ``RuntimeError`` for a fault of an annotator.
        """
        address = next((address for address, its in self._busy.items() if future in its), None)
        if address is None:
            return
        try:
            answer = future.result(timeout=_PATIENCE)
        except KilledWorker:  # it died, and has come back under its old address in the meantime
            self._died(address)
            return
        except TimeoutError:  # it died before the answer was fetched
            self._look()
            return
        batch = self._busy[address].pop(future)
        release, made = remote.unpacked(answer)
        if release == remote.fingerprint():
            if isinstance(made, str):
                raise RuntimeError(f"An annotator failed on {address}:\n{made}")
            batch.answer = answer
            return
        self._queue.insert(0, batch)  # another process has come back under its old address
        self._queue[:0] = self._busy.pop(address).values()
        self._look()

    def _died(self, address: str) -> None:
        lost = [part for batch in self._busy.pop(address).values() for part in batch.worker_died()]
        self._queue[:0] = lost

    def _look(self) -> None:
        """See who is there: take up new workers that have this release, and give up those that died."""
        with talking(self._where):
            if self._client.status != "running":
                raise CommClosedError("it does not answer")
            there = set(self._client.scheduler_info(n_workers=-1)["workers"])
            self._looked = time.monotonic()
            for address in self._busy.keys() - there:
                self._died(address)
            if new := sorted(there - self._busy.keys() - self._refused.keys()):
                answers = self._client.run(remote.release, workers=new, on_error="return")
                for address in new:
                    self._meet(address, answers.get(address))
        if self._busy:
            self._seen = time.monotonic()
        elif self._refused.keys() & there and not there - self._refused.keys():
            raise ClusterError(f"No worker of {self._where} can be used. {' '.join(self._refused.values())} {_SAME}")
        elif time.monotonic() > self._seen + _PATIENCE:
            raise ClusterError(
                f"T{self._where[1:]} has no worker. Start some with: dask worker ADDRESS --nthreads 1. {_RESUMES}"
            )

    def _meet(self, address: str, its: Mapping[str, str] | BaseException | None) -> None:
        """Take up a worker, or refuse it with what differs; one that does not answer is asked again."""
        if its is None or isinstance(its, OSError):
            return
        if isinstance(its, BaseException):
            why = f"it cannot say which release it has ({type(its).__name__}: {its}). Is On the Record installed there?"
        elif differences := list(_differences(its, remote.release())):
            more = f", and {len(differences) - 3} more" if len(differences) > 3 else ""
            why = f"{'; '.join(differences[:3])}{more}."
        else:
            self._busy[address] = {}
            return
        self._refused[address] = f"The worker {address} is refused: {why}"
        self._tell(self._refused[address])


_RESUMES = "What was annotated is kept; the same command resumes."
_SAME = f"Install the same release there, with the versions of the lock, and start the workers again. {_RESUMES}"


def _differences(there: Mapping[str, str], here: Mapping[str, str]) -> Iterator[str]:
    """Yield what differs between two releases."""
    for name in {**here, **there}:
        one, other = there.get(name), here.get(name)
        if one != other and name.startswith("the code"):
            yield f"{name} is another"
        elif one != other:
            yield f"{name} {one or 'is missing'} there, {other or 'none'} here"


@contextmanager
def talking(where: str) -> Iterator[None]:
    """Raise ``ClusterError`` where the scheduler is lost while it is talked to."""
    try:
        yield
    except (CommClosedError, CancelledError, OSError):  # their words are those of Dask's insides, on several lines
        raise ClusterError(f"The connection to {where} was lost. {_RESUMES}") from None
