"""The cache changes nothing but the time: what is damaged is filled anew, and without a disk it goes on."""

import os
import random
import sqlite3
from pathlib import Path

import pytest

from research.nlp.cache import Cache, cache_folder, fresh_cache

TABLES = {"sentences": [[0, 12], [13, 40]], "tokens": [[0, 4], [5, 12]]}
MANY = 120


def rebuilt(path: Path) -> bool:
    """Whether annotations come out right and, once put again, stay: what a damaged file must come to."""
    for number in [*range(MANY), *range(MANY)]:  # twice: damage may be met late, and what came before goes with it
        with Cache(path) as cache:
            found = cache.get(f"document {number}", "1")
            assert found in (None, TABLES)
            if found is None:
                cache.put(f"document {number}", "1", TABLES)
    with Cache(path) as cache:
        return all(cache.get(f"document {number}", "1") == TABLES for number in range(MANY))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A cache with much in it."""
    path = tmp_path / "annotations.sqlite"
    with Cache(path) as cache:
        for number in range(MANY):
            cache.put(f"document {number}", "1", TABLES)
    return path


def test_what_was_put_is_got_by_another_process(path: Path) -> None:
    with Cache(path) as cache:
        assert cache.get("document 3", "1") == TABLES
        assert cache.get("document 3", "2") is None
        assert cache.get("document 1000", "1") is None


def test_what_is_known_is_known_for_one_version(path: Path) -> None:
    with Cache(path) as cache:
        cache.put("other", "2", TABLES)
        assert all(cache.held(f"document {number}", ["1"]) for number in range(MANY))
        assert cache.held("other", ["1", "2", "3"]) == {"2"}


def test_what_is_put_again_replaces_what_was_there(path: Path) -> None:
    with Cache(path) as cache:
        cache.put("document 3", "1", {"sentences": [], "tokens": []})
    with Cache(path) as cache:
        assert cache.get("document 3", "1") == {"sentences": [], "tokens": []}


# --- damage ---


@pytest.mark.parametrize("share", [0, 0.001, 0.1, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_filled_anew(path: Path, share: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(share * len(data))])
    assert rebuilt(path)


def test_a_file_of_rubbish_is_thrown_away(path: Path) -> None:
    path.write_bytes(b"This is no database.\n" * 1000)
    assert rebuilt(path)


def test_a_file_with_rubbish_in_it_never_gives_a_wrong_answer(path: Path) -> None:
    data, chance = path.read_bytes(), random.Random(1)  # noqa: S311
    for _ in range(12):
        at, length = chance.randrange(100, len(data)), chance.choice([1, 100, 4096])
        path.write_bytes((data[:at] + chance.randbytes(length) + data[at + length :])[: len(data)])
        assert rebuilt(path)


@pytest.mark.parametrize("tables", [b"", b"rubbish", b"\x78\x01\x03\x00", "text", 7, b"x\x01K\x04\x00\x00b\x00b"])
def test_a_damaged_row_counts_as_missing(path: Path, tables: object) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("update annotations set tables = ? where document = 'document 3'", [tables])
    connection.close()
    with Cache(path) as cache:
        assert cache.get("document 3", "1") is None
        assert cache.get("document 4", "1") == TABLES
        cache.put("document 3", "1", TABLES)
        assert cache.get("document 3", "1") == TABLES


def test_a_file_that_is_damaged_while_it_is_open_is_filled_anew(path: Path) -> None:
    with Cache(path) as cache:
        assert cache.get("document 3", "1") == TABLES
        path.write_bytes(b"rubbish" * 10_000)
        cache.put("document 3", "1", TABLES)
        assert cache.get("document 3", "1") in (None, TABLES)
    assert rebuilt(path)


# --- nowhere to write ---


def test_a_cache_that_cannot_be_opened_lies_in_memory(tmp_path: Path) -> None:
    (tmp_path / "annotations.sqlite").mkdir()
    with Cache(tmp_path / "annotations.sqlite") as cache:
        cache.put("document", "1", TABLES)
        assert cache.get("document", "1") == TABLES


def test_a_disk_that_is_full_stops_nothing(tmp_path: Path) -> None:
    with Cache(tmp_path / "annotations.sqlite") as cache:
        cache._connection.execute("pragma max_page_count = 3")
        for number in range(200):
            cache.put(f"document {number}", "1", {"rows": [[number, n * 7919 % 1013] for n in range(300)]})
        cache.put("last", "1", TABLES)
        assert cache.get("last", "1") == TABLES


@pytest.mark.parametrize("place", ["/proc/nowhere/cache", "file/cache", "file"])
def test_a_folder_that_cannot_be_made_is_replaced_by_one_of_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("RESEARCH_CACHE", str(tmp_path / place))
    folder = cache_folder()
    assert folder.is_dir()
    assert not folder.is_relative_to(tmp_path)
    assert cache_folder() == folder
    with Cache() as cache:
        cache.put("document", "1", TABLES)
    with Cache() as cache:
        assert cache.get("document", "1") == TABLES


def test_a_folder_that_may_not_be_written_is_replaced_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESEARCH_CACHE", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda *_: False)  # the superuser may write anywhere
    assert cache_folder() != tmp_path


# --- the folder ---


def test_the_folder_is_the_one_that_was_named_or_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESEARCH_CACHE", str(tmp_path / "deep" / "cache"))
    assert cache_folder() == tmp_path / "deep" / "cache"
    assert cache_folder().is_dir()
    monkeypatch.delenv("RESEARCH_CACHE")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_folder().is_relative_to(tmp_path)
    assert cache_folder().name == "on-the-record"


@pytest.mark.parametrize("before", [None, "/before"])
def test_a_fresh_cache_is_used_for_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str | None) -> None:
    monkeypatch.delenv("RESEARCH_CACHE", raising=False)
    if before is not None:
        monkeypatch.setenv("RESEARCH_CACHE", before)
    with fresh_cache(tmp_path):
        assert cache_folder() == tmp_path
    assert os.environ.get("RESEARCH_CACHE") == before
