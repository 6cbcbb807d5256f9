"""A file of judgements that an analyst names: for documents in no folder of their own, or in place of another file."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from research.errors import SourceError
from research.loading.judgements import LARGEST, Judgements, read_judgements
from research.loading.places import home, is_there
from research.loading.settings import read_own, wrong_judgements


def find_judgements(named: str | os.PathLike[str], source: Path) -> Path:
    """Return the path of the file that a name means, which need not exist yet.

    A name without a folder is looked for beside the documents of the ``source``, then as any other in the working
    directory and in the folder that holds ``notebooks/``. Raises ``SourceError`` where the name is empty or that of a
    folder, and where the folder of the file does not exist.
    """
    written = Path(os.fspath(named).strip())
    with suppress(RuntimeError):  # "~name" where nobody has this name
        written = written.expanduser()
    if not written.name:
        raise SourceError("The file of judgements has no name. Give one that ends in .csv, such as ours.csv.")
    bare = len(written.parts) == 1
    folders = ([source if source.is_dir() else source.parent] if bare else []) + [Path.cwd(), home()]
    places = [Path(os.path.abspath(folder / written)) for folder in folders]  # noqa: PTH100  links keep their names
    place = next(filter(is_there, places), None) or next((it for it in places if it.parent.is_dir()), places[0])
    if place.is_dir():
        raise SourceError(f"{written} is a folder, and judgements are in one file. Name the file, such as ours.csv.")
    if not place.parent.is_dir():
        raise SourceError(f"There is no folder {str(written.parent)!r} for judgements. Make it, or name another file.")
    return place


def judgements_set(written: str, source: Path) -> Path:
    """Return the path of the file that ``judgements`` in ``corpus.toml`` means, which need not exist yet.

    It is a path from the folder of the documents, or from that of their archive, which it must not leave: who packed an
    archive decides nothing about other folders. Raises ``SourceError`` where it is a folder, and where the folder of
    the file does not exist.
    """
    if not source.is_dir() and "/" in written:
        raise wrong_judgements(written, "is in the corpus.toml of an archive, and names a folder")
    folder = source if source.is_dir() else source.parent
    place = Path(os.path.abspath(folder / written))  # noqa: PTH100  links keep their names
    if place.is_dir():
        raise wrong_judgements(written, "is a folder, and judgements are in one file")
    if not place.parent.is_dir():
        raise wrong_judgements(written, "is in a folder that does not exist")
    return place


def read_named(place: Path) -> Judgements:
    """Return the judgements in a file; none where it does not exist. Raises ``SourceError`` as ``read_judgements``."""
    try:
        real = place.resolve(strict=True)
    except FileNotFoundError:
        return Judgements(name=place.name)
    except (OSError, RuntimeError) as error:
        raise SourceError(f"{place.name} cannot be opened ({error}). Check that you may read it.") from None
    data = read_own(real.parent, real.name, LARGEST)
    return Judgements(name=place.name) if data is None else read_judgements(data, place.name)
