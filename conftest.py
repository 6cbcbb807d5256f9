"""What holds for everything that pytest runs here: the tests, the notebooks, and the examples in docstrings."""

import os
import shutil
import tempfile

import pytest
from hypothesis import settings

# The first example loads models, which no deadline should count; the same examples in every run of the gate.
settings.register_profile("on-the-record", deadline=None, derandomize=True)
settings.load_profile("on-the-record")

LONGEST_FIRST = (
    *("tests/test_runs.py", "tests/test_stopped_runs.py", "tests/test_chaos.py", "tests/test_notebooks.py"),
    *("tests/test_a_new_notebook.py", "tests/test_reports.py"),
)
"""Files with whole runs. Each file is one worker's, so those that start last should be short ones."""


def pytest_configure(config: pytest.Config) -> None:
    """Use an empty cache, removed at the end: neither the user's, nor one that an earlier run has filled."""
    if not hasattr(config, "workerinput"):  # workers share the cache of the process that started them
        folder = tempfile.mkdtemp(prefix="on-the-record-")
        os.environ["RESEARCH_CACHE"] = folder
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        files = [item.nodeid.partition("::")[0] for item in items]
        ranks = [LONGEST_FIRST.index(file) if file in LONGEST_FIRST else len(LONGEST_FIRST) for file in files]
        items[:] = [items[place] for place in sorted(range(len(items)), key=ranks.__getitem__)]


@pytest.fixture(autouse=True)
def _examples_elsewhere(request: pytest.FixtureRequest) -> None:
    """An example in a docstring runs in an empty folder: it depends on no file here and leaves none."""
    if isinstance(request.node, pytest.DoctestItem):
        request.getfixturevalue("monkeypatch").chdir(request.getfixturevalue("tmp_path"))
