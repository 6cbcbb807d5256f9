"""What of a text is prose, and what is damage: headers are told apart, and not one character is moved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from research.loading.documents import Span

if TYPE_CHECKING:
    import yaml

# As the seed document has it: " date 2023-09-29 Sanction confrontation is …". The white space is bounded
# so that a file of blanks cannot make the pattern run long.
_DATE_HEADER = re.compile(r"\s{0,80}date:? (\d{4}-\d{2}-\d{2})(?=\s|\Z)\s{0,80}", re.ASCII | re.IGNORECASE)


class Header(NamedTuple):
    """What a header says, and where the prose begins."""

    body_start: int
    date: str | None
    date_span: Span | None


def read_header(text: str) -> Header:
    """Read the ``date YYYY-MM-DD`` header at the start of a text, if there is one.

    A day that the calendar does not have (``2023-02-30``) is no date: the words stay in the body.
    """
    match = _DATE_HEADER.match(text)
    if match is None or not _is_a_day(match[1]):
        return Header(0, None, None)
    return Header(match.end(), match[1], Span(*match.span(1)))


def _is_a_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


# --- front matter ---


class Field(NamedTuple):
    """A value in front matter, and where it stands."""

    value: str
    span: Span


class FrontMatter(NamedTuple):
    """What the YAML at the head of a text says, and where the prose begins. Names are in lower case."""

    body_start: int
    fields: Mapping[str, Field]


_LONGEST_FRONT_MATTER = 20_000
_OPENING = re.compile(r"---[ \t]{0,20}(?:\r\n|\r|\n)")
_CLOSING = re.compile(r"(?<=[\r\n])(?:---|\.\.\.)[ \t]{0,20}(?=[\r\n]|\Z)\s{0,80}")
_LINE = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]{1,20}(\S[^\r\n]*)")


def read_front_matter(text: str) -> FrontMatter | None:
    """Read the YAML between two lines of ``---`` at the very start of a text, if there is some.

    Values are taken as they are written, and lists of them joined by commas; nothing is constructed. Where the
    block is not quite YAML (``title: One: two``), its lines of ``name: value`` are.
    """
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end(), _LONGEST_FRONT_MATTER) if opening else None
    if opening is None or closing is None:
        return None
    fields = _yaml_fields(text[opening.end() : closing.start()], opening.end())
    return FrontMatter(closing.end(), fields) if fields else None


def _yaml_fields(block: str, offset: int) -> dict[str, Field]:
    import yaml

    try:
        node = yaml.compose(block, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        lines = [_LINE.match(block, start) for start in _line_starts(block)]
        return {
            line[1].strip().casefold(): Field(line[2].strip(), _shifted(line.start(2), line[2].strip(), offset))
            for line in lines
            if line is not None
        }
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {
        str(key.value).casefold(): Field(written, _shifted(value.start_mark.index, block_text, offset))
        for key, value in node.value
        if isinstance(key, yaml.ScalarNode) and (written := _written(value)) is not None
        for block_text in [block[value.start_mark.index : value.end_mark.index].rstrip()]
    }


def _line_starts(block: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", block))]


def _shifted(start: int, written: str, offset: int) -> Span:
    """The place of a value in the text, quotation marks around it left out."""
    quoted = len(written) > 1 and written[0] == written[-1] and written[0] in "'\""
    return Span(offset + start + quoted, offset + start + len(written) - quoted)


def _written(node: yaml.Node) -> str | None:
    import yaml

    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return ", ".join(str(item.value) for item in node.value)
    return None


# --- damage ---

MOJIBAKE = re.compile(
    "[ÂÃ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]"  # two bytes of UTF-8 taken for Windows-1252 or Latin-1
    "|â(?:€|\u0080)[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]"  # quotation marks and dashes
    "|ï»¿|ï¿½|ðŸ"  # byte-order mark, replacement character, emoji
)
"""Characters that were decoded wrongly before they came here."""
_BEGINNINGS = ("Â", "Ã", "â€", "â\u0080", "ï»¿", "ï¿½", "ðŸ")
"""How each of them begins: to look for these first is a hundred times as fast."""
_CONTROLS = [chr(code) for code in (*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0))]


class Damage(NamedTuple):
    """How many places of a text are damaged. The text stays as it is."""

    mojibake: int
    control: int
    replacement: int


def damage(text: str) -> Damage:
    """Count wrongly decoded characters, control characters and replacement characters (U+FFFD)."""
    mojibake = sum(1 for _ in MOJIBAKE.finditer(text)) if any(it in text for it in _BEGINNINGS) else 0
    control = sum(text.count(sign) for sign in _CONTROLS if sign in text)
    return Damage(mojibake, control, text.count("\ufffd"))
