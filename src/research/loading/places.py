"""Where a source is on this machine, and its logical name, which has no path in it."""

from __future__ import annotations

import os
from pathlib import Path

from research.errors import SourceError
from research.loading.files import printable


def home() -> Path:
    """Return the folder that holds ``notebooks/`` and ``seeds/``.

    That is the root of the repository; in an installed wheel, which carries both, it is the package.
    """
    package = Path(__file__).resolve().parents[1]
    return package if (package / "notebooks").is_dir() else package.parents[1]


def find_source(source: str | os.PathLike[str]) -> Path:
    """Return the absolute path of a source on this machine. Raises ``SourceError``."""
    try:
        written = Path(source).expanduser()
    except RuntimeError:  # "~name" where nobody has this name
        written = Path(source)
    for place in (Path.cwd() / written, home() / written):
        if str(source).strip() and is_there(place):
            return Path(os.path.abspath(place))  # noqa: PTH100  a link keeps its own name, which is the source's
    raise SourceError(
        f"There is no file or folder {str(source)!r} in the working directory or the repository. Check the spelling, "
        "or give the full path."
    )


def is_there(place: Path) -> bool:
    """Whether a file or a folder exists, as far as the user may see."""
    try:
        return place.is_file() or place.is_dir()
    except OSError:  # the name is too long, or a folder on the way may not be entered
        return False


def source_name(place: Path) -> str:
    """The logical name of a source: that of the folder, or of the file without its suffix."""
    name = place.stem if place.is_file() else place.name
    return printable(name) or "source"
