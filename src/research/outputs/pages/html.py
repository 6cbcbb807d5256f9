"""What all pages share: escaping, templates, and the size of a page."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, UndefinedError
from markupsafe import Markup

from research.analysis.wording import plural
from research.outputs.folder.writing import write_text
from research.outputs.showing import cells
from research.outputs.showing.display import script

LARGEST_PAGE = 2_000_000
"""The most bytes of a page; browsers open this much without delay."""
_FULL = 1_200_000
"""Bytes of content at which a page is full; the largest single piece still fits below ``LARGEST_PAGE``."""

_HERE = Path(__file__).parent


# --- text, whatever it holds ---

_NONCHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_TURNING = "\u202a-\u202e\u2066-\u2069"
_UNSEEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_TURNING}\ufdd0-\ufdef\ud800-\udfff{_NONCHARACTERS}]")
"""Control characters, surrogates, noncharacters, and characters that change the direction of text."""


def visible(text: str) -> str:
    r"""Text with a visible symbol for every character that HTML forbids or that deceives the eye.

    >>> visible("a\0b\x9fc")
    'a␀b⟨U+009F⟩c'
    """
    return _UNSEEN.sub(lambda found: _sign(ord(found[0])), text)


def _sign(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def escaped(text: str) -> Markup:
    """Escape text for HTML. The templates and the marked texts use this for all text."""
    return Markup.escape(visible(text))


def cut(text: str, longest: int) -> str:
    """The beginning of a text on one line, at most so long."""
    line = visible(_SPACE.sub(" ", text[: 2 * longest]))
    return line if len(line) <= longest and len(text) <= 2 * longest else f"{line[: longest - 1]}…"


_SPACE = re.compile(r"\s+")


# --- templates ---


@cache
def _templates() -> Environment:
    # Every value that a template prints passes through `visible` and then through autoescape.
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        finalize=lambda value: value if hasattr(value, "__html__") else visible(str(value)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"cut": cut, "number": cells.number}
    environment.globals |= {
        "plural": plural,
        "relative": relative,
        "style": _shipped("style.css"),
        "script": _script(),
        "policy": _policy(),
    }
    return environment


def fill(template: str, **content: Any) -> Markup:
    """Fill a template."""
    return Markup(_templates().get_template(template).render(content))  # noqa: S704 - the template has escaped it


def environment_block(environment: Mapping[str, Any]) -> str:
    """The block of a page that says what a run was computed with. Raises ValueError where that names no such thing."""
    try:
        return str(fill("environment.html", environment=environment))
    except UndefinedError as error:
        raise ValueError(str(error)) from None


def part(name: str, *content: Any) -> Markup:
    """Call one of the macros in ``parts.html``."""
    made: Markup = getattr(_templates().get_template("parts.html").module, name)(*content)
    return made


def _shipped(name: str) -> Markup:
    return Markup((_HERE / name).read_text(encoding="utf-8"))  # noqa: S704 - a file of this package


def _script() -> Markup:
    """What a page does by itself: that of ``page.js``, and sorting and filtering its tables."""
    return _shipped("page.js") + Markup(script())  # noqa: S704 - a file of this package


def _policy() -> str:
    """What a browser may do on a page: show its pictures, use this style sheet and this script, and nothing else.

    Both are allowed by their hash, so that nothing from a document can style the page or run in it.
    """
    style, its_script = (
        b64encode(hashlib.sha256(it.encode()).digest()).decode() for it in (_shipped("style.css"), _script())
    )
    return (
        f"default-src 'none'; img-src data:; style-src 'sha256-{style}'; script-src 'sha256-{its_script}'; "
        "base-uri 'none'; form-action 'none'"
    )


# --- pages that are filled one after another ---


class Pages:
    """Pages of one kind beside the report: ``report/NAME-001.html`` and so on, a new one whenever one is full.

    If ``listed``, the pieces are items of one list that continues over all pages. ``head`` follows the title of each
    page.
    """

    def __init__(
        self, folder: Path, name: str, title: str, *, listed: bool = False, head: Markup | None = None
    ) -> None:
        self._folder = folder
        self._name, self._title, self._head = name, title, head or Markup()
        self._template = "list.html" if listed else "page.html"
        self._pieces: list[Markup] = []
        self._size = self._before = 0
        self.paths: list[str] = []

    def place(self, piece: Markup) -> str:
        """Add a piece to a page and return the page's path in the run folder."""
        size = len(piece.encode())
        if not self.paths or self._size + size > _FULL:
            self._write(last=False)
            self.paths.append(f"report/{self._name}-{len(self.paths) + 1:03d}.html")
        self._pieces.append(piece)
        self._size += size
        return self.paths[-1]

    def close(self) -> list[str]:
        """Write the last page and return the paths of all pages."""
        self._write(last=True)
        return self.paths

    def _write(self, *, last: bool) -> None:
        if self._pieces:
            number = len(self.paths)
            before = f"{self._name}-{number - 1:03d}.html" if number > 1 else ""
            after = "" if last else f"{self._name}-{number + 1:03d}.html"
            turn = {"number": number, "before": before, "after": after}
            content = {"head": self._head, "start": self._before + 1, "pieces": self._pieces}
            write_text(self._folder / self.paths[-1], fill(self._template, title=self._title, **turn, **content))
        self._before += len(self._pieces)
        self._pieces, self._size = [], 0


def relative(path: str, page: str) -> str:
    """A relative link from a page to a file of the run folder; only the anchor if it is the same page."""
    file, sharp, anchor = path.partition("#")
    if file == page:
        return sharp + anchor
    if page.startswith("report/"):
        return path.removeprefix("report/") if path.startswith("report/") else f"../{path}"
    return path


def remove_other_pages(folder: Path, kept: Iterable[str]) -> None:
    """Remove the pages of an earlier report that this one no longer has."""
    wanted = set(kept)
    for path in folder.glob("report/*.html"):
        if _PAGE.fullmatch(path.name) and f"report/{path.name}" not in wanted:
            path.unlink()


_PAGE = re.compile(r"(?:texts|documents|findings|passages-\d+)-\d+\.html")
