"""The pages of the manual, and what is on them."""

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
MANUAL = ("README.md", "CONTRIBUTING.md", *sorted(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")))
OTHERS = (
    *("CHANGELOG.md", "benchmarks/RESULTS.md", "examples/README.md", "examples/reports/README.md"),
    *("training/attributions/README.md", "training/punkt/README.md", "src/research/nlp/models/MODEL_CARD.md"),
)


each_page = pytest.mark.parametrize("page", MANUAL)


@cache
def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


class Fence(NamedTuple):
    """A fenced block: its language, and its lines."""

    language: str
    body: str


def fences(page: str) -> list[Fence]:
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text_of(page), flags=re.MULTILINE | re.DOTALL)
    return [Fence(*it) for it in found]


def prose(page: str) -> str:
    """A page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", text_of(page), flags=re.MULTILINE | re.DOTALL)


def inline(page: str) -> list[str]:
    """What a page sets between backticks."""
    return re.findall(r"`([^`\n]+)`", prose(page))


def lines_of_code(page: str) -> Iterator[str]:
    """The command lines of a page, without prompts, comments and outputs, and the text between backticks."""
    for language, body in fences(page):
        if language in ("sh", "bat"):
            yield from (line.partition("  #")[0].strip() for line in body.splitlines())
        elif language == "console":
            yield from (line.removeprefix("$ ") for line in body.splitlines() if line.startswith("$ "))
    yield from inline(page)


def calls(page: str) -> Iterator[list[str]]:
    """The words behind ``research`` of every line that calls it with a command."""
    for line in lines_of_code(page):
        called = re.match(r"(?:\.venv[/\\](?:bin|Scripts)[/\\])?research(?: (.*))?$", line)
        if called is not None and called[1]:
            yield shlex.split(called[1])


def section(page: str, heading: str) -> str:
    """The text below a heading, up to the next one of any level."""
    [found] = re.findall(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", text_of(page), flags=re.MULTILINE | re.DOTALL)
    return str(found)


def first_cells(text: str) -> list[str]:
    """The names between backticks in the first column of the tables of a text."""
    return [
        name for cell in re.findall(r"^\| (`.*?) \|", text, flags=re.MULTILINE) for name in re.findall("`(.*?)`", cell)
    ]
