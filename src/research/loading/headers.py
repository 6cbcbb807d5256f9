"""Tell headers from prose, without changing offsets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, cast

from research.loading.dates import is_date, is_day, read_date
from research.loading.documents import Span
from research.loading.fields import USUAL, parts_among, squeezed

if TYPE_CHECKING:
    import yaml

# The seed document begins " date 2023-09-29 Sanction confrontation is …". White space is bounded, so that a file of
# blanks cannot make the pattern slow.
_DATE_HEADER = re.compile(r"\s{0,80}date(?::[ \t\xa0]{0,8}|[ \t\xa0]{1,8})", re.IGNORECASE)
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]{5,15}(?:Z|[+-][0-9:]{4,6})?)?(?=\s|\Z)")
_LINE_BREAKS = "\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_REST_OF_LINE = re.compile(rf"[^{_LINE_BREAKS}]{{1,80}}(?=([{_LINE_BREAKS}])?)")
_WORD = re.compile(r"\S{1,20}(?=\s|\Z)")
_MOST_WORDS = 8
_SPACE = re.compile(r"\s{0,80}")


class Header(NamedTuple):
    """What a header says, and where the prose begins."""

    body_start: int
    date: str | None
    date_span: Span | None


def read_header(text: str) -> Header:
    """Read the header that states the date at the start of a text, if there is one: ``date 2023-09-29``.

    A date in another form (``date 29 September 2023``) counts where it fills its line, or where a sentence begins after
    it: "Date 12 May 2031 was kept free" is prose. The header is recognised even if day and month could be swapped;
    ``date`` is as written. A day that the calendar does not have (``2023-02-30``) is no date: the words stay in the
    body.
    """
    word = _DATE_HEADER.match(text)
    start = word.end() if word is not None else 0
    written = _date_at(text, start) if word is not None else None
    if written is None:
        return Header(0, None, None)
    end = start + len(written)
    return Header(_past_space(text, end), written, Span(start, end))


def _date_at(text: str, start: int) -> str | None:
    """The date that a header states: in ISO 8601, filling its line, or before a sentence."""
    if (iso := _ISO_DATE.match(text, start)) is not None:
        return iso[0] if read_date(iso[0]) else None
    line = _REST_OF_LINE.match(text, start)
    if line is None:
        return None
    words = list(_WORD.finditer(text, *line.span()))
    if line[1] and len(words) <= _MOST_WORDS and is_date(line[0]):
        return line[0].rstrip()
    for word in words[:_MOST_WORDS]:
        written, behind = text[start : word.end()], text[word.end() : word.end() + 80].lstrip()[:1]
        if is_day(written) and not behind.islower():
            return written
    return None


# --- front matter ---


class Field(NamedTuple):
    """A value in front matter and its span."""

    value: str
    span: Span


class FrontMatter(NamedTuple):
    """What the YAML at the head of a text says, and where the prose begins. Names are in lower case."""

    body_start: int
    fields: Mapping[str, Field]


_LONGEST_FRONT_MATTER = 20_000
_OPENING = re.compile(r"\s{0,80}---[ \t]{0,20}(?:\r\n|\r|\n)")
_CLOSING = re.compile(r"(?<=[\r\n])(?:---|\.\.\.)[ \t]{0,20}(?=[\r\n]|\Z)\s{0,80}")
_CONTINUED = re.compile(r"[\s#-]|\Z")
"""How a line of front matter begins that gives no name."""
_LINE = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]{1,20}(\S[^\r\n]*)")


def read_front_matter(text: str) -> FrontMatter | None:
    """Read the YAML between two lines of ``---`` at the start of a text, if there is some.

    Values are taken as written, and lists are joined by commas; no objects are constructed. If the block is not quite
    YAML (``title: One: two``), its lines of ``name: value`` are read. If its end is missing, the lines up to the first
    blank one are, provided that all have usual names.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return None
    closing = _CLOSING.search(text, opening.end(), _LONGEST_FRONT_MATTER)
    fields = _yaml_fields(text[opening.end() : closing.start()], opening.end()) if closing else {}
    return FrontMatter(closing.end(), fields) if closing and fields else read_header_lines(text, opening.end())


_HEADER_LINE = re.compile(rf"([^\W\d_][\w -]{{0,20}}):[ \t]{{0,20}}([^{_LINE_BREAKS}]{{0,1000}})(?=[{_LINE_BREAKS}])")
_LINE_END = re.compile(rf"[ \t]{{0,80}}(?:\r\n|[{_LINE_BREAKS}])")
_FEWEST_LINES, _MOST_LINES = 2, 20
_AT_THE_HEAD = {name for part, names in USUAL.items() if part != "text" for name in names}.union(
    ("by", "category", "cc", "city", "copyright", "country", "edition", "from", "id", "issue", "keywords", "length"),
    ("link", "location", "page", "place", "section", "tags", "time", "to", "topic", "type", "uri", "url", "volume"),
    ("words",),
)
"""The names of fields at the head of a text."""


def read_header_lines(text: str, start: int = 0) -> FrontMatter | None:
    """Read the lines of ``Name: value`` at the start of a text, if there are some: ``Title: …``, ``Date: …``.

    They are a header if there are at least two, all with usual names, one of them a date or a title, and a blank line
    follows. Anything else is prose or a transcript.
    """
    fields: dict[str, Field] = {}
    at = _past_space(text, start)
    while line := _HEADER_LINE.match(text, at):
        name, written = line[1].strip().casefold(), line[2].rstrip()
        if name in fields or squeezed(name) not in _AT_THE_HEAD or len(fields) == _MOST_LINES:
            return None
        fields[name] = Field(written, Span(line.start(2), line.start(2) + len(written)))
        at = cast(re.Match[str], _LINE_END.match(text, line.end())).end()
    blank = _LINE_END.match(text, at)
    if len(fields) < _FEWEST_LINES or blank is None or {"date", "title"}.isdisjoint(parts_among(fields)):
        return None
    return FrontMatter(_past_space(text, at), fields)


def _past_space(text: str, at: int) -> int:
    return cast(re.Match[str], _SPACE.match(text, at)).end()


def _yaml_fields(block: str, offset: int) -> dict[str, Field]:
    import yaml

    # The C loader takes a tenth of the time, but does not count a byte-order mark as a character.
    in_c = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(block, Loader=yaml.SafeLoader if "\ufeff" in block else in_c)
    except (yaml.YAMLError, RecursionError):
        starts = _line_starts(block)
        lines = [_LINE.match(block, start) for start in starts]
        if any(line is None and not _CONTINUED.match(block, at) for line, at in zip(lines, starts, strict=True)):
            return {}
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
    """The span of a value in the text, without quotation marks around it."""
    quoted = len(written) > 1 and written[0] == written[-1] and written[0] in "'\""
    return Span(offset + start + quoted, offset + start + len(written) - quoted)


def _written(node: yaml.Node) -> str | None:
    import yaml

    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return ", ".join(str(item.value) for item in node.value)
    return None
