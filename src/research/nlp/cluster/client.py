"""A cluster, as the command uses it: an address, or so many worker processes of this machine."""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING

from research.errors import ClusterError, UsageError
from research.loading.documents import Document
from research.nlp.cluster.batches import Batch, in_batches
from research.nlp.layers import Tables
from research.nlp.processes import Call, Killed

if TYPE_CHECKING:
    from distributed import Client, LocalCluster

    from research.nlp.cluster.workers import Workers

_LOCAL = re.compile(r"local:([1-9][0-9]{0,3})")
_REMOTE = re.compile(
    r"(?!local:)(?:(?:tcp|tls|ws|wss)://)?[^\s/:]+:[0-9]{1,5}|(?:tcp|tls)://\[[0-9a-fA-F:]+\]:[0-9]{1,5}"
)
_HERE = "127.0.0.1"
_LOUD = ("distributed", "tornado", "asyncio")
"""The loggers of what is said here in one sentence."""
_NO_MONITORS = {
    "distributed.worker.profile.enabled": False,
    "distributed.worker.memory.monitor-interval": "1s",
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.scheduler.active-memory-manager.start": False,
    "distributed.scheduler.work-stealing": False,
    "distributed.diagnostics.nvml": False,
}
"""What worker processes of this machine do without. By itself Dask looks at every worker's stack, memory and event loop
up to a hundred times a second, for a dashboard that nobody opens here."""


class Cluster:
    """Where documents are annotated instead of in processes: a Dask scheduler with its workers.

    ``address`` is that of a scheduler (``tls://10.0.0.2:8786``), or ``local:4`` for four worker processes of this
    machine, which only this user can reach. ``tell`` is called with one sentence about each worker that is refused.
    Raises ``UsageError`` for an address of another form, and where Dask is not installed. Certificates and all other
    settings are those that Dask itself reads.

    >>> Cluster("the-big-one")
    Traceback (most recent call last):
    research.errors.UsageError: 'the-big-one' is not the address of a cluster. Give the address that the Dask ...
    """

    def __init__(self, address: str, tell: Callable[[str], None] = lambda _: None) -> None:
        local = _LOCAL.fullmatch(address)
        if local is None and not _REMOTE.fullmatch(address):
            raise UsageError(
                f"{address!r} is not the address of a cluster. Give the address that the Dask scheduler printed, such "
                "as tls://10.0.0.2:8786, or local:4 for four worker processes on this machine."
            )
        if find_spec("distributed") is None:
            raise UsageError(
                "--cluster needs Dask, which is not installed. Install it with: pip install 'on-the-record[cluster]'"
            )
        self._address, self._processes, self._tell = address, int(local[1]) if local else 0, tell
        self._name = f"the cluster {address}" if local else f"the scheduler {address}"

    def check(self) -> None:
        """See that the scheduler answers and has a worker with this release. Raises ``ClusterError`` otherwise.

        Processes of this machine are not started for that.
        """
        if not self._processes:
            with self._connected() as workers:
                workers.await_one()

    def in_order(self, work: Iterable[tuple[Document, Call[Tables]]]) -> Iterator[tuple[Document, Tables | Killed]]:
        """Yield each document with the result of its call, in order, worked out by the cluster.

        A bounded number of documents is under way. Those of a worker that dies are done again by others; one that ends
        three workers has the result ``Killed``. Raises ``ClusterError`` where the scheduler is lost, where no worker
        has this release, and where none is left. Nothing is left on the cluster, however this ends. A cluster is
        connected to only when there is something to do.
        """
        with ExitStack() as stack:
            workers: Workers | None = None
            waiting: deque[Batch] = deque()
            for batch in in_batches(work):
                if batch.pieces and workers is None:
                    workers = stack.enter_context(self._connected())
                    workers.await_one()
                if batch.pieces and workers is not None:
                    workers.add(batch)
                waiting.append(batch)
                while waiting[0].is_finished or (workers is not None and len(waiting) >= workers.under_way):
                    yield from self._first(waiting, workers)
                    if not waiting:
                        break
            while waiting:
                yield from self._first(waiting, workers)

    def _first(self, waiting: deque[Batch], workers: Workers | None) -> Iterator[tuple[Document, Tables | Killed]]:
        """Yield the results of the first batch, when it is finished."""
        while workers is not None and not waiting[0].is_finished:
            workers.go_on()
        yield from waiting.popleft().results()

    @contextmanager
    def _connected(self) -> Iterator[Workers]:
        from distributed import Client

        from research.nlp.cluster.workers import Workers

        with _quiet(), ExitStack() as stack:
            started = stack.enter_context(_processes(self._processes)) if self._processes else None
            client = self._client(Client, started)
            stack.callback(_close, client)
            yield Workers(client, self._name, self._tell)

    def _client(self, kind: type[Client], started: LocalCluster | None) -> Client:
        import dask
        from distributed import Security

        encrypted = started is not None or self._address.startswith(("tls:", "wss:"))
        if not encrypted and dask.config.get("distributed.comm.require-encryption"):
            raise ClusterError(
                f"T{self._name[1:]} is reached without encryption, which Dask's settings on this machine refuse "
                "(distributed.comm.require-encryption). Start it with --protocol tls and give its address as tls://HOST:PORT."
            )
        # A client without one would say so too, and fail again when it is closed.
        if self._address.startswith("tls:") and not Security().get_connection_args("client")["ssl_context"]:
            raise ClusterError(
                f"T{self._name[1:]} needs a certificate, and Dask's settings name none. Set "
                "distributed.comm.tls.client there, as docs/cluster.md shows."
            )
        try:
            return kind(self._address if started is None else started, set_as_default=False)
        except (OSError, TypeError, ValueError, ImportError) as error:
            why = " ".join(str(error).split())[:200] or type(error).__name__
            raise ClusterError(
                f"T{self._name[1:]} does not answer ({why}). Check that it is running there, that this machine may "
                "reach it and, for tls://, that Dask's settings name the certificates."
            ) from None


def _close(client: Client) -> None:
    with suppress(Exception):  # the scheduler is gone
        client.close(timeout=5)


@contextmanager
def _processes(number: int) -> Iterator[LocalCluster]:
    """Start so many workers here. Their certificate is made now and kept in memory: nobody else can reach them."""
    import dask
    from distributed import LocalCluster, Security

    try:
        with dask.config.set(_NO_MONITORS):
            cluster = LocalCluster(
                n_workers=number,
                threads_per_worker=1,
                host=_HERE,
                protocol="tls://",
                security=Security.temporary(),
                silence_logs=logging.CRITICAL,
                dashboard_address=None,
                # The scheduler serves some pages without a dashboard too; port 0 is one that is free.
                scheduler_kwargs={"dashboard_address": f"{_HERE}:0"},
            )
    except (OSError, RuntimeError) as error:
        why = " ".join(str(error).split())[:200]
        raise ClusterError(f"The cluster local:{number} did not start ({why}). Try again, or use --jobs.") from None
    try:
        yield cluster
    finally:
        with suppress(Exception):
            cluster.close(timeout=10)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask from saying at length what is said in one sentence here."""
    loggers = [logging.getLogger(name) for name in _LOUD]
    levels = [it.level for it in loggers]
    for it in loggers:
        it.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for it, level in zip(loggers, levels, strict=True):
            it.setLevel(level)
