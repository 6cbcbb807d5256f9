"""Tests that need a tool are marked by its name, and skip by name where the tool is absent."""

import importlib.util
import os
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from research.outputs.folder.run_folder import RunFolder


def program(*names: str) -> Callable[[], bool]:
    """Whether one of these programs is there."""
    return lambda: any(shutil.which(name) for name in names)


def module(name: str) -> Callable[[], bool]:
    """Whether this package is installed, without importing it."""
    return lambda: importlib.util.find_spec(name) is not None


def office(library: str) -> Callable[[], bool]:
    """Whether LibreOffice has its word processor or its spreadsheet, which some systems pack apart."""

    def is_there() -> bool:
        found = shutil.which("soffice") or shutil.which("libreoffice")
        if found is None:
            return False
        folder = Path(found).resolve().parent
        return any(any(place.glob(f"*{library}.*")) for place in (folder, folder.parent / "Frameworks"))

    return is_there


# Marker: what it needs, how that is found, how to get it.
TOOLS: dict[str, list[tuple[str, Callable[[], bool], str]]] = {
    "browser": [
        ("Chromium", program("chromium"), "sudo apt install chromium"),
        ("its driver", program("chromedriver"), "sudo apt install chromium-driver"),
        ("selenium", module("selenium"), "make test-tools"),
        ("axe-core", module("axe_playwright_python"), "make test-tools"),
    ],
    "latex": [
        ("LaTeX", program("pdflatex", "lualatex"), "sudo apt install texlive-latex-extra texlive-fonts-recommended"),
    ],
    "libreoffice": [
        ("LibreOffice Writer", office("swlo"), "sudo apt install libreoffice-writer"),
        ("LibreOffice Calc", office("sclo"), "sudo apt install libreoffice-calc"),
    ],
    "pandoc": [("pandoc", program("pandoc"), "sudo apt install pandoc")],
}


def missing(marker: str) -> str | None:
    """What a marked test lacks here and how to get it, or None."""
    for tool, is_there, remedy in TOOLS.get(marker, []):
        if not is_there():
            return f"{tool} is not installed ({remedy})"
    return None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--require-tools",
        default="",
        metavar="MARKERS",
        help="fail instead of skipping when the tools for these markers (browser,pandoc,…) are absent",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    required = {name for name in config.getoption("--require-tools").split(",") if name}
    if unknown := required - TOOLS.keys():
        raise pytest.UsageError(f"--require-tools: no such marker: {', '.join(sorted(unknown))}")
    lacks = {marker: missing(marker) for marker in TOOLS}
    if absent := sorted(f"{marker}: {lacks[marker]}" for marker in required if lacks[marker]):
        raise pytest.UsageError(f"--require-tools: {'; '.join(absent)}")
    for item in items:
        for marker, reason in lacks.items():
            if reason and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture
def clean_environment(tmp_path: Path) -> dict[str, str]:
    """An environment for a subprocess: this one, with an empty home and without Python's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JUPYTER", "MAKE"))}
    home = tmp_path / "home"
    home.mkdir()
    return kept | {"HOME": str(home)}


@pytest.fixture(scope="session")
def pyproject(root: Path) -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def speeches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve texts for whole runs."""
    from tests.places import a_folder_of_twelve

    return a_folder_of_twelve(tmp_path_factory.mktemp("source") / "speeches")


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> "RunFolder":
    """A run of documents that try everything."""
    from tests.planted import plant, run_of

    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RESEARCH_CACHE", str(folder / "cache"))
        return run_of(plant(folder / "planted"), folder / "outputs" / "planted")
