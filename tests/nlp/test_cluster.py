"""A cluster gives the same bytes as one process, whatever happens to its workers and its scheduler."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dask
import pytest
from distributed import Client

from research.errors import ClusterError, EmptySource, UsageError
from research.loading import load
from research.nlp.annotate import Annotations
from research.nlp.cluster import batches, client, remote
from research.nlp.cluster.client import Cluster
from research.nlp.layers import Making
from research.nlp.processes import MOST_KILLED, Killed, done
from research.nlp.rejections import load_annotatable
from research.outputs.extract import extract
from tests.commands import research
from tests.places import SPEECHES, a_place, wait_for

QUICK = ("text", "counts", "kinds")
"""Layers that need no model."""

TROUBLE = """
import importlib.metadata, os, signal, time
from pathlib import Path
from research.nlp import layers

# Dask loads this twice.
made, version = vars(layers).setdefault("unharmed", (layers.make, importlib.metadata.version))

def make(document, wanted, known):
    if "Take your time" in document.text:
        time.sleep(0.1)
    if "This is a fault" in document.text:
        raise ValueError("of an annotator")
    if "End it all" in document.text:
        with open(os.environ["ENDED"], "a") as file:
            file.write("x")
        os.kill(os.getpid(), signal.SIGKILL)
    return made(document, wanted, known)

layers.make = make
if os.environ.get("ANOTHER_NUMPY"):
    importlib.metadata.version = lambda name: "0.9" if name == "numpy" else version(name)
"""


class Machines:
    """A scheduler and workers, each a process of its own, started by the commands of the manual."""

    def __init__(self, room: Path, root: Path) -> None:
        self.room, self.ended, self.cache = room, room / "ended", room / "no" / "cache"
        self._settings = {"PYTHONPATH": str(root / "src"), "RESEARCH_CACHE": str(self.cache), "ENDED": str(self.ended)}
        self.processes: list[subprocess.Popen[bytes]] = []
        (room / "trouble.py").write_text(TROUBLE, encoding="utf-8")
        file = room / "scheduler.json"
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", 0, "--scheduler-file", file)
        self.address = str(json.loads(wait_for("the scheduler", partial(_whole, file)))["address"])
        self._here = Client(self.address, set_as_default=False)

    def worker(self, *words: object, workers: int = 1, **settings: str) -> "subprocess.Popen[bytes]":
        """Start a worker, or several by one command, and wait until the scheduler knows them."""
        number = ("--nworkers", workers, "--nthreads", 1)
        place = ("--host", "127.0.0.1", "--local-directory", self.room / "scratch")
        preload = ("--preload", self.room / "trouble.py")
        before = len(self.workers)
        process = self._start("worker", self.address, *number, *place, *preload, *words, **settings)
        wait_for("the workers", lambda: len(self.workers) >= before + workers)
        return process

    @property
    def workers(self) -> dict[str, Any]:
        return dict(self._here.scheduler_info(n_workers=-1)["workers"])

    @property
    def at_work(self) -> list[str]:
        """What is done on the workers, or waits for them."""
        return [key for keys in self._here.processing().values() for key in keys]

    def end(self) -> None:
        with suppress(Exception):  # the scheduler is gone
            self._here.close(timeout=5)
        for process in self.processes:
            process.terminate()  # a nanny ends its worker then
        for process in self.processes:
            process.wait(timeout=30)

    def _start(self, *words: object, **settings: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "dask", *map(str, words), "--no-dashboard"]
        log = (self.room / f"log-{len(self.processes)}").open("wb")
        with closing(log):
            process = subprocess.Popen(command, env=os.environ | self._settings | settings, stdout=log, stderr=log)
        self.processes.append(process)
        return process


def _whole(file: Path) -> str:
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    return text if text.rstrip().endswith("}") else ""


@contextmanager
def machines(room: Path, root: Path) -> Iterator[Machines]:
    room.mkdir()
    its = Machines(room, root)
    try:
        yield its
    finally:
        its.end()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Machines]:
    """A scheduler with two workers, which are started again when they die. The last test that has it kills it."""
    with machines(tmp_path_factory.mktemp("cluster") / "shared", root) as its:
        its.worker("--nanny", workers=2)
        yield its


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Use another cache from here on."""
    return lambda name: monkeypatch.setenv("RESEARCH_CACHE", str(tmp_path / f"cache-{name}"))


def kept() -> list[Any]:
    """What the cache holds, to the byte."""
    with closing(sqlite3.connect(Path(os.environ["RESEARCH_CACHE"], "annotations.sqlite"))) as connection:
        return connection.execute("select * from annotations order by document, version").fetchall()


def a_folder(at: Path, texts: list[str]) -> Path:
    at.mkdir()
    for number, text in enumerate(texts):
        (at / f"{number:02}.txt").write_text(f"date 2031-05-{number % 28 + 1:02} {text}", encoding="utf-8")
    return at


def two_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "_DOCUMENTS", 2)


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Twenty documents that take a tenth of a second each on a cluster, sent two by two."""
    two_a_batch(monkeypatch)
    texts = [f"Take your time. {SPEECHES[number % len(SPEECHES)]} It was vote {number}." for number in range(20)]
    return a_folder(tmp_path / "slow", texts)


def rows_of(source: Path) -> list[Any]:
    """What the cache holds when one process has done it all."""
    Annotations(load(source), layers=QUICK).fill_cache()
    return kept()


# --- the same bytes ---


def test_processes_and_clusters_give_the_same_bytes(
    shared: Machines, cache: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = a_folder(tmp_path / "speeches", [f"{text} It was the vote of May {n}." for n, text in enumerate(SPEECHES)])
    (source / "03.txt").write_text("date 2031-05-04 “The café ☕ reopens,” Ada Okell said.", encoding="utf-8")
    two_a_batch(monkeypatch)
    found = {}
    for name, jobs, address in (("one", 1, ""), ("two", 2, ""), ("local", 1, "local:2"), ("far", 1, shared.address)):
        cache(name)
        lines = list(extract(load(source), jobs=jobs, cluster=Cluster(address) if address else None))
        found[name] = lines, kept()
    lines, rows = found["one"]
    assert len(lines) == len(SPEECHES)
    assert sum(len(json.loads(line)["attributions"]) for line in lines) > 8
    assert len(rows) > 4 * len(SPEECHES)
    assert {name: its == (lines, rows) for name, its in found.items()} == dict.fromkeys(found, True)
    assert not shared.cache.exists(), "a worker needs no cache"


def test_what_the_cache_holds_is_not_sent_and_what_it_lacks_is_made_from_it(
    shared: Machines, cache: Callable[[str], None], slow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache("one")
    rows = rows_of(slow)
    cache("some")
    Annotations(load(slow), layers=["text"]).fill_cache()
    sent: list[Making] = []

    def piece(making: Making) -> list[Any]:
        sent.append(making)
        return remote.piece(making)

    monkeypatch.setattr(batches, "piece", piece)
    list(Annotations(load(slow), layers=QUICK).stream(cluster=Cluster(shared.address)))
    assert kept() == rows
    assert {it.layers for it in sent} == {("counts",)}
    assert all(it.known.keys() == {"sentences", "pieces", "tokens"} for it in sent)
    monkeypatch.setattr(Cluster, "_connected", lambda _: pytest.fail("nothing is to be done"))
    assert len(list(Annotations(load(slow), layers=QUICK).stream(cluster=Cluster(shared.address)))) == 20


# --- what goes wrong ---


def test_a_worker_that_is_killed_has_its_documents_done_again(
    shared: Machines, cache: Callable[[str], None], slow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache("one")
    rows = rows_of(slow)
    cache("killed")
    lost: list[batches.Batch] = []
    died = batches.Batch.worker_died

    def worker_died(batch: batches.Batch) -> list[batches.Batch]:
        lost.append(batch)
        return died(batch)

    monkeypatch.setattr(batches.Batch, "worker_died", worker_died)
    third = shared.worker("--no-nanny")
    results = Annotations(load(slow), layers=QUICK).stream(cluster=Cluster(shared.address))
    first = [next(results).document.id]
    third.send_signal(signal.SIGKILL)
    assert [*first, *(it.document.id for it in results)] == [f"{number:02}" for number in range(20)]
    assert kept() == rows
    assert lost, "it was killed with documents under way"


def test_a_worker_with_another_release_is_refused_and_the_others_do_its_work(
    shared: Machines, cache: Callable[[str], None], slow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache("one")
    rows = rows_of(slow)
    cache("refused")
    told: list[str] = []
    version = metadata.version
    with monkeypatch.context() as patch:
        patch.setattr(metadata, "version", lambda name: "0.9" if name == "numpy" else version(name))
        remote.release.cache_clear()
        with pytest.raises(ClusterError) as said:
            Cluster(shared.address, told.append).check()
    remote.release.cache_clear()
    refusals = [rf"The worker {it} is refused: numpy \S+ there, 0\.9 here\." for it in sorted(shared.workers)]
    assert len(told) == 2
    assert all(map(re.fullmatch, refusals, told))
    none = rf"No worker of the scheduler {shared.address} can be used\. {' '.join(refusals)} Install the same release "
    assert re.match(none, str(said.value))

    others = shared.workers.keys()
    worker = shared.worker("--no-nanny", ANOTHER_NUMPY="1")
    [address] = shared.workers.keys() - others
    Annotations(load(slow), layers=QUICK).fill_cache(cluster=Cluster(shared.address, told.append))
    assert kept() == rows
    assert re.fullmatch(rf"The worker {address} is refused: numpy 0\.9 there, \S+ here\.", told[-1])
    assert len(told) == 3
    worker.kill()
    wait_for("the worker to be gone", lambda: address not in shared.workers)


def test_a_document_that_ends_three_workers_is_rejected_and_the_others_are_annotated(
    shared: Machines, cache: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = a_folder(tmp_path / "deadly", [*SPEECHES[:4], "End it all. Nobody survived.", *SPEECHES[4:]])
    cache("deadly")
    corpus = load(source)
    lines = list(Annotations(corpus, layers=QUICK).stream(cluster=Cluster(shared.address)))
    assert shared.ended.read_text(encoding="utf-8") == "x" * MOST_KILLED
    rest = [f"{number:02}" for number in range(len(SPEECHES) + 1) if number != 4]
    assert [it.document.id for it in lines] == rest == corpus.ids
    reason = "annotating it ended 3 processes, one after another"
    assert [it[:2] for it in corpus.rejected] == [("04.txt", reason)]
    again = load_annotatable(source)
    assert (again.ids, again.rejected, again.digest) == (rest, corpus.rejected, corpus.digest)
    assert [it.id for it in again] == rest
    for path in source.iterdir():
        if path.name != "04.txt":
            path.unlink()
    alone = load(source)
    monkeypatch.setattr(Cluster, "in_order", lambda _, work: ((it, Killed()) for it, _ in work))
    with pytest.raises(EmptySource, match="No document of 'deadly' is left: 04: annotating it ended 3"):
        Annotations(alone, layers=QUICK).fill_cache(cluster=Cluster("local:1"))


def test_a_fault_of_an_annotator_is_raised_with_the_place_where_it_is(
    shared: Machines, cache: Callable[[str], None], tmp_path: Path
) -> None:
    cache("fault")
    corpus = load(a_folder(tmp_path / "faulty", [*SPEECHES[:3], "This is a fault."]))
    with pytest.raises(RuntimeError, match=r'(?s)tcp://127.+File ".+layers\.py".+ValueError: of an annotator'):
        Annotations(corpus, layers=QUICK).fill_cache(cluster=Cluster(shared.address))


def test_an_interrupt_leaves_nothing_on_the_cluster(shared: Machines, slow: Path, tmp_path: Path, root: Path) -> None:
    place = a_place(tmp_path / "here", PYTHONPATH=str(root / "src"))
    process = place.start("extract", slow, "--cluster", shared.address)
    wait_for("the cluster to be at work", lambda: shared.at_work)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.splitlines()[-1] == "research: stopped. Finished steps are kept; the same command resumes."
    assert "Traceback" not in err
    wait_for("the cluster to have nothing to do", lambda: not shared.at_work, 20)


def test_a_lost_scheduler_ends_the_run_in_a_sentence_and_the_same_command_goes_on(
    shared: Machines, cache: Callable[[str], None], slow: Path
) -> None:
    cache("one")
    rows = rows_of(slow)
    cache("lost")
    results = Annotations(load(slow), layers=QUICK).stream(cluster=Cluster(shared.address))
    next(results)
    shared.scheduler.kill()
    with pytest.raises(ClusterError) as said:
        list(results)
    lost = f"The connection to the scheduler {shared.address} was lost."
    assert str(said.value) == f"{lost} What was annotated is kept; the same command resumes."
    assert 3 <= len(kept()) < len(rows)
    Annotations(load(slow), layers=QUICK).fill_cache()
    assert kept() == rows


def test_workers_of_this_machine_do_without_the_monitors_of_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("worker.profile.enabled", "admin.tick.interval", "scheduler.active-memory-manager.start")
    found: list[list[Any]] = []

    def settings() -> list[Any]:
        return [dask.config.get(f"distributed.{name}") for name in names]

    def started(**_: Any) -> Any:
        found.append(settings())
        return SimpleNamespace(close=lambda **_: None)

    monkeypatch.setattr("distributed.LocalCluster", started)
    before = settings()
    with client._processes(2):
        assert settings() == before, "the settings of the analyst hold for all else"
    assert found == [[False, "1s", False]]


@pytest.mark.parametrize("address", ["nonsense", "local:0", "local:", "local:x", "http://a:1", "tcp://a b:1", ":8786"])
def test_an_address_of_another_form_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match=r"is not the address of a cluster\. Give"):
        Cluster(address)


def test_a_scheduler_that_does_not_answer_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with dask.config.set({"distributed.comm.timeouts.connect": "300ms"}):
        done = research("extract", a_folder(tmp_path / "a", SPEECHES[:1]), "--cluster", "127.0.0.1:9")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("research: The scheduler 127.0.0.1:9 does not answer (")


def test_tls_without_a_certificate_is_refused_before_the_documents_are_read(tmp_path: Path) -> None:
    done = research("extract", a_folder(tmp_path / "a", SPEECHES[:1]), "--cluster", "tls://127.0.0.1:9")
    said = "The scheduler tls://127.0.0.1:9 needs a certificate, and Dask's settings name none."
    assert (done.returncode, done.stderr[: len(said) + 10]) == (1, f"research: {said}")


@pytest.mark.parametrize("address", ["127.0.0.1:9", "tcp://127.0.0.1:9"])
def test_an_address_without_encryption_is_refused_where_the_settings_demand_it(tmp_path: Path, address: str) -> None:
    with dask.config.set({"distributed.comm.require-encryption": True}):
        done = research("extract", a_folder(tmp_path / "a", SPEECHES[:1]), "--cluster", address)
    said = (
        f"research: The scheduler {address} is reached without encryption, which Dask's settings on this machine refuse"
    )
    assert (done.returncode, done.stderr[: len(said)]) == (1, said)


def test_without_dask_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "find_spec", lambda _: None)
    done = research("run", "seeds", "--cluster", "local:2")
    said = "--cluster needs Dask, which is not installed. Install it with: pip install 'on-the-record[cluster]'"
    assert (done.returncode, done.stderr) == (2, f"research: {said}\n")


def test_dask_is_imported_only_for_a_cluster(root: Path) -> None:
    program = (
        "import sys; from research import annotate, cli; from research.nlp.cluster.client import Cluster; "
        "Cluster('local:2'); print([name for name in sys.modules if name in ('dask', 'distributed')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(root / "src")},
    )
    assert done.stdout == "[]\n"


# --- batches ---


def test_batches_are_bounded_and_in_order(tmp_path: Path) -> None:
    texts = ["word " * size for size in (10, 20_000, 10, 300_000, *[5] * 20)]
    documents = list(load(a_folder(tmp_path / "sizes", texts)))
    whole = list(batches.in_batches((it, Making(it, ("sentences",), {})) for it in documents))
    assert [document for batch in whole for document, _ in batch.work] == documents
    assert [len(batch.work) for batch in whole] == [1, 1, 1, 1, 8, 8, 4]
    known = list(batches.in_batches((it, done({})) for it in documents))
    assert all(it.is_finished for it in known)
    assert [document for batch in known for document, _ in batch.results()] == documents
    message = json.loads(zlib.decompress(whole[0].message))
    assert "path" not in str(message)
