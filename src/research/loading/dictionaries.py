"""Dictionaries: categories of words and phrases, as the analyst wrote them.

Three forms are read, told apart by the name of the file::

    trade:                        # dictionary.yaml, as quanteda writes it: the categories are
      barriers: [tariff*, quota]  # trade.barriers and trade.deals
      deals:
        - free trade
        - trade agreement*

    category,term                 # dictionary.csv, with any separator
    trade,tariff*

    # duties                      # trade.txt: a term a line, one category, which has the name of the file
    tariff*
    free trade
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from research.errors import SourceError
from research.loading.encodings import Unreadable, decode, probe
from research.loading.files import printable
from research.loading.settings import CONTROL, read_own

if TYPE_CHECKING:
    import yaml

LARGEST = 1_000_000
MOST_TERMS = 20_000
LONGEST = 200
"""The longest name of a category, and the longest term, in characters."""
_DEEPEST = 12

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class Dictionary:
    """The categories of a dictionary in the order of the file, each with its terms, or none if it is empty there.

    ``file`` is the name of the file, ``sha256`` that of its bytes.
    """

    file: str
    sha256: str
    categories: Mapping[str, tuple[str, ...]]


class _Entry(NamedTuple):
    """A term of a category, empty for a category without any, and the line that it is in."""

    category: str
    term: str
    line: int


def open_dictionary(place: Path) -> Dictionary:
    """Read the dictionary in a file. Raises ``SourceError`` where it is not understood, or cannot be read."""
    name = printable(place.name)
    if place.is_dir():
        raise SourceError(f"{name} is a folder, and a dictionary is one file. Name the file in it.")
    data = read_own(place.parent, place.name, LARGEST)
    if data is None:
        raise SourceError(f"There is no dictionary {name}. Check the spelling, or give the full path.")
    return read_dictionary(data, name)


def read_dictionary(data: bytes, name: str) -> Dictionary:
    r"""Return the dictionary in the bytes of a file of this name.

    Raises ``SourceError`` with the line and a remedy for what is not understood: a term that is ignored would change
    the counts.

    >>> read_dictionary(b"trade:\n  barriers: [tariff*, quota]\n", "lexicon.yml").categories
    {'trade.barriers': ('tariff*', 'quota')}
    """
    if len(data) > LARGEST:
        raise SourceError(
            f"{name} is too large for a dictionary (over {LARGEST / 1e6:,.0f} MB). Keep only terms in it."
        )
    suffix = PurePath(name).suffix.lower()
    if suffix not in _READERS:
        raise SourceError(
            f"{name} has no suffix of a dictionary: its name must end in {', '.join(filter(None, _READERS))}. "
            "Save it as YAML, as CSV with the columns category and term, or as text with one term per line."
        )
    try:
        text, _ = decode(data, probe(io.BytesIO(data)))
    except Unreadable as error:
        raise SourceError(f"{name} cannot be read: {error.reason}. {error.remedy}") from None
    categories: dict[str, dict[str, None]] = {}
    spelled: dict[str, str] = {}
    for number, entry in enumerate(_READERS[suffix](text, name)):
        if number == MOST_TERMS:
            raise _wrong(name, entry.line, f"more than {MOST_TERMS:,} terms", "Keep those that you need.")
        if (other := spelled.setdefault(entry.category.casefold(), entry.category)) != entry.category:
            twice = f"the category {entry.category!r} differs from {other!r} in capitals only"
            raise _wrong(name, entry.line, twice, "Write it in one way.")
        its = categories.setdefault(entry.category, {})
        _check(entry, name)
        if entry.term:
            its[entry.term] = None
    if not any(categories.values()):
        raise SourceError(f"{name} has no term. Write at least one category with a term.")
    return Dictionary(name, hashlib.sha256(data).hexdigest(), {it: (*terms,) for it, terms in categories.items()})


def _check(entry: _Entry, name: str) -> None:
    for what, text in (("category", entry.category), ("term", entry.term)):
        if not text:
            continue
        if len(text) > LONGEST:
            raise _wrong(name, entry.line, f"the {what} has over {LONGEST} characters", "Shorten it.")
        if control := CONTROL.search(text):
            raise _wrong(name, entry.line, f"the control character U+{ord(control[0]):04X}", "Remove it.")
        if not _LETTER_OR_DIGIT.search(text):
            raise _wrong(name, entry.line, f"the {what} {text!r} has no letter", "Write a word, or remove it.")


# --- a list, and a table ---


def _of_list(text: str, name: str) -> Iterator[_Entry]:
    category = _one_line(PurePath(name).stem)
    for number, line in enumerate(io.StringIO(text), start=1):
        if term := _one_line(_COMMENT.sub("", line)):
            yield _Entry(category, term, number)


_COMMENT = re.compile(r"(?:^|\s)#\s.*|^#$")
"""From a # with a blank behind it to the end of a line; "#MeToo" is a term."""


def _of_table(text: str, name: str) -> Iterator[_Entry]:
    lines = list(io.StringIO(text, newline=""))
    before = 0
    if lines and (told := re.fullmatch(r"\"?sep=(.)\"?\s*", lines[0], re.IGNORECASE)):  # Excel's own first line
        lines, before, delimiter = lines[1:], 1, told[1]
    else:
        delimiter = max(",;\t|", key=next((line for line in lines if line.strip()), "").count)
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    columns: Sequence[str] = ()
    while True:
        line = rows.line_num + 1 + before
        try:
            row = next(rows, None)
        except csv.Error as error:
            raise _wrong(
                name, line, f"the row is malformed ({error})", "Put a cell with a separator in quotes."
            ) from None
        if row is None:
            return
        cells = [_one_line(cell) for cell in row]
        if not any(cells):
            continue
        if not columns:
            columns = [cell.casefold() for cell in cells]
            if missing := {"category", "term"} - {*columns}:
                raise _wrong(name, line, f"no column is called {min(missing)}", "Name two columns category and term.")
            continue
        said = dict(zip(columns, cells, strict=False))
        for column in ("category", "term"):
            if not said.get(column):
                raise _wrong(name, line, f"the row has no {column}", "Fill the cell, or remove the row.")
        yield _Entry(said["category"], said["term"], line)


_QUOTE = "Put quotation marks around a cell with a separator, and double quotation marks within."


# --- YAML ---


def _of_yaml(text: str, name: str) -> Iterator[_Entry]:
    """Yield what a file in YAML says, from its events: nothing is built that the file could make large.

    Every scalar is taken as it is written, so that the terms "no" and "2022" stay words.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = iter(yaml.parse(text, Loader=loader))
        for event in events:
            if isinstance(event, yaml.MappingStartEvent):
                yield from _of_mapping(events, (), name)
            elif isinstance(event, yaml.ScalarEvent) and not event.value:
                continue  # an empty document
            elif isinstance(event, yaml.NodeEvent):
                raise _wrong(name, _line(event), "a term without a category", "Begin with a category, such as trade:")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        lines = text.splitlines()
        if mark is not None and mark.line < len(lines) and "\t" in _indent(lines[mark.line]):
            raise _wrong(name, mark.line + 1, "a tab at the beginning of the line", "Use blanks instead.") from None
        why = _one_line(str(getattr(error, "problem", None) or error))[:200]
        raise _wrong(name, None if mark is None else mark.line + 1, f"it is not valid YAML ({why})", _INDENT) from None


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


_INDENT = "Indent categories with blanks, and put a term that begins with * into quotation marks."


def _of_mapping(events: Iterator[yaml.Event], above: tuple[str, ...], name: str) -> Iterator[_Entry]:
    """Yield the terms of the categories of a mapping, whose first event is read already."""
    import yaml

    seen: dict[str, int] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            return
        key = _scalar(event, name)
        if not key:
            raise _wrong(name, _line(event), "a category without a name", "Give it one.")
        if key in seen:
            twice = f"the category {key!r} is in line {seen[key]:,} already"
            raise _wrong(name, _line(event), twice, "Join the two, or rename one.")
        seen[key] = _line(event)
        if len(above) == _DEEPEST:
            raise _wrong(name, _line(event), f"categories within more than {_DEEPEST} others", "Use fewer levels.")
        yield from _of_value(events, next(events), (*above, key), name)


def _of_value(
    events: Iterator[yaml.Event], first: yaml.Event, path: tuple[str, ...], name: str, *, listed: bool = False
) -> Iterator[_Entry]:
    """Yield the terms of a category: one, a list of them, or further categories; ``first`` begins its value."""
    import yaml

    category = ".".join(path)
    if isinstance(first, yaml.MappingStartEvent):
        found = False
        for entry in _of_mapping(events, path, name):
            found = True
            yield entry
        if not found:
            yield _Entry(category, "", _line(first))
    elif isinstance(first, yaml.SequenceStartEvent):
        its = 0
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            if isinstance(event, yaml.SequenceStartEvent):
                raise _wrong(name, _line(event), "a list within a list", "Write each term on a line of its own.")
            its += 1
            yield from _of_value(events, event, path, name, listed=True)
        if not its:
            yield _Entry(category, "", _line(first))
    else:
        term = _scalar(first, name)
        plain: bool = getattr(first, "implicit", (False,))[0]
        if "," in term and plain and not listed:  # not in quotation marks
            raise _wrong(name, _line(first), f"the term {term!r} has a comma", _COMMA.format(term))
        yield _Entry(category, term, _line(first))


def _scalar(event: yaml.Event, name: str) -> str:
    import yaml

    if isinstance(event, yaml.AliasEvent):
        raise _wrong(name, _line(event), f"*{event.anchor} repeats another part of the file", _STAR)
    if not isinstance(event, yaml.ScalarEvent):
        raise _wrong(name, _line(event), "a category whose name is not a word", "Write it as trade:")
    return _one_line(event.value)


_COMMA = "For several terms write [{}]; a comma within one term needs quotation marks."
_STAR = 'Write it out; a term that begins with * needs quotation marks, such as "*national".'


def _line(event: yaml.Event) -> int:
    return 1 if event.start_mark is None else event.start_mark.line + 1


# --- what they share ---


_Reader = Callable[[str, str], Iterable[_Entry]]
_READERS: Mapping[str, _Reader] = {
    ".yml": _of_yaml,
    ".yaml": _of_yaml,
    ".csv": _of_table,
    ".tsv": _of_table,
    ".txt": _of_list,
    "": _of_list,
}
"""How a file is read, by the end of its name."""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _wrong(name: str, line: int | None, what: str, remedy: str) -> SourceError:
    where = name if line is None else f"{name}, line {line:,}"
    return SourceError(f"{where}: {what}. {remedy}")
