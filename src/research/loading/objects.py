"""JSON and JSON Lines: every object with a text is a document, however deep in the file it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from research.loading.encodings import Unreadable, decode
from research.loading.fields import parts_among, squeezed
from research.loading.files import Input, printable
from research.loading.records import BadRow, Record, parsing
from research.loading.tables import cell_text, columns_of, flat, lines_in, row_record

_LABEL = 10
"""A text of fewer words beside a list of texts is a label or a status (``"message": "OK"``)."""
_STATUS = "message"
"""A text of this name beside a list of texts says how a request went, however long it is."""
_AGAIN = " (again)"
"""What is added to a name that an object has already."""


def read_json(file: Input) -> Iterator[Record | BadRow]:
    """Yield a document for each object with a text: of a list, of lists within objects, or the file itself.

    Where the file is an object that has a text and holds objects with texts, the longer side is read: ``{"content":
    "news", "results": [...]}`` is its results, an article with a comment below it is the article. The other side is
    listed. A file of JSON Lines is read as such.
    """
    text, encoding = decode(file.data(), file.facts)
    with parsing("JSON", "Correct it, or export it again."):
        content = _lines_of_objects(text) or _parsed(text)
    reading = _Reading(file, encoding)
    with _deep_enough():
        if isinstance(content, list):
            yield from reading.records(content)
        else:
            yield from reading.file(content)
        yield from reading.passed_over()


def read_jsonl(file: Input) -> Iterator[Record | BadRow]:
    """Yield a document for each line, which is a JSON object."""
    stream, encoding = file.text()
    with stream, _deep_enough():
        reading = _Reading(file, encoding)
        yield from reading.records(lines_in(stream, encoding))
        yield from reading.passed_over()


@contextmanager
def _deep_enough() -> Iterator[None]:
    """Turn the error of Python for objects in objects, hundreds of levels deep, into a sentence."""
    try:
        yield
    except RecursionError:
        reason = "the file is malformed: objects are nested in hundreds of others"
        raise Unreadable(reason, "Correct it, or export it again.") from None


def _lines_of_objects(text: str) -> list[str]:
    """The lines of JSON Lines in a file named ``.json``; empty for other files."""
    first, _, others = text.partition("\n")
    if not (first.startswith("{") and others.lstrip().startswith("{")):
        return []
    try:
        json.loads(first)
    except ValueError:  # {"articles": [
        return []
    return text.split("\n")


def _parsed(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_all_of)


def _all_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object with all its values, for a name may occur twice; the last one would replace the others."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    found = {}
    times: dict[str, int] = {}
    for name, value in pairs:
        unique = name
        while unique in found:
            times[name] = times.get(name, 0) + 1
            unique = f"{name}{_AGAIN}{times[name] if times[name] > 1 else ''}"
        found[unique] = value
    return found


class _Reading:
    """One pass over the objects of a file; it counts the records, and the texts that were passed over."""

    def __init__(self, file: Input, encoding: str) -> None:
        self._file = file
        self._encoding = encoding
        self._said = file.settings.columns.get("text")
        self._number = 0
        self._passed: dict[str, int] = {}

    def file(self, content: Any) -> Iterator[Record | BadRow]:
        """The records of a file that is one value and no list."""
        if not isinstance(content, dict):
            yield self._record(content, None)
            return
        found = list(self._objects_in(content))
        name = self._text_of(content)[0]
        if name is None and found:
            yield from self.records(found)
        elif name is None:
            lists = [it for it in content.values() if isinstance(it, list) and it and isinstance(it[0], dict)]
            yield from self.records(lists[0]) if len(lists) == 1 else [self._record(content, None)]
        elif self._is_around(content, found):
            yield from self.records(found)
            own = self._text_of(content)[1]
            if not self._is_label(content) and own not in (self._text_of(it)[1] for it in found):
                yield BadRow(
                    f"field {printable(name[:80])}",
                    "the text of the whole object was not read, because the object holds longer texts",
                    "Save it as a file of its own, if it is a document.",
                )
        else:
            yield self._record(content, None)

    def _is_around(self, item: Any, found: Sequence[Any]) -> bool:
        """Whether the text of an object says less than those of the objects in it, so that these are the documents."""
        own = self._text_of(item)[1]
        return bool(found) and (self._is_status(item) or len(own) < sum(len(self._text_of(it)[1]) for it in found))

    def _is_label(self, item: Any) -> bool:
        """Whether the text of an object is a status or a few words: ``"meta": {"message": "OK"}``."""
        return self._is_status(item) or len(self._text_of(item)[1].split()) < _LABEL

    def _is_status(self, item: Any) -> bool:
        return squeezed((self._text_of(item)[0] or "").rpartition(".")[2]) == _STATUS

    def records(self, items: Iterable[Any]) -> Iterator[Record | BadRow]:
        """Records of objects, or of lines with one object each. Each object may have its own names."""
        for item in items:
            if isinstance(item, str) and not item.strip():
                continue
            try:
                whole = _parsed_line(item) if isinstance(item, str) else item
            except Unreadable as problem:
                self._number += 1
                yield BadRow(self._number, problem.reason, problem.remedy)
                continue
            is_searched = isinstance(whole, list | dict) and not self._has_text(whole)
            within = list(self._objects_in(whole)) if is_searched else []
            for it in within or [whole]:
                self._number += 1
                try:
                    yield self._record(it, self._number)
                except Unreadable as problem:
                    yield BadRow(self._number, problem.reason, problem.remedy)

    def passed_over(self) -> Iterator[BadRow]:
        """The lists of objects with texts within records, which are no documents of their own."""
        for path, count in self._passed.items():
            objects = "1 object with a text was" if count == 1 else f"{count:,} objects with texts were"
            yield BadRow(
                f"field {path}",
                f"{objects} not read, because the record around has a text of its own",
                "Save them as records of their own, if they are documents.",
            )

    def _record(self, item: Any, number: int | None) -> Record:
        if not isinstance(item, dict):
            raise Unreadable("the record is not an object with names and values", "Export each document as an object.")
        values = flat(item)
        written = {name: text for name, value in values.items() if (text := cell_text(value)) is not None}
        parts = columns_of(list(values), self._file)
        name = parts["text"]
        again = f"{name}{_AGAIN}"
        if again in values and values[again] != values[name]:
            raise Unreadable(f"the record has two values named {name!r}", "Give each value a name of its own.")
        if (pieces := _pieces(values[name])) is not None:
            written[name] = pieces
        self._pass_over(item, values, name, written.get(name, ""))
        return row_record(written, parts, self._encoding, number)

    def _pass_over(self, item: Mapping[str, Any], values: Mapping[str, Any], text: str, written: str) -> None:
        """Count the objects with texts in a record, unless their texts are the record's text in pieces."""
        whole = _without_space(written)
        within = {name: value for name, value in values.items() if name != text and isinstance(value, list | dict)}
        found = {name: list(self._objects_in(value)) for name, value in within.items()}
        found |= {name: [value] for name, value in self._with_a_text_of_its_own(item)}
        for name, objects in found.items():
            texts = [own for it in objects if (own := self._text_of(it)[1]).strip()]
            if texts and _without_space("".join(texts)) not in whole:
                path = printable(name[:80])
                if path in self._passed or len(self._passed) < _MOST_PASSED:
                    self._passed[path] = self._passed.get(path, 0) + len(texts)

    def _with_a_text_of_its_own(self, item: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
        """Yield the objects below an object, outside lists, that have a text, with their paths; see ``flat``."""
        for name, value in item.items():
            if isinstance(value, dict):
                path = f"{above}{name}"
                if "." not in (self._text_of(value)[0] or "."):
                    yield path, value
                if path.count(".") < _LEVELS:
                    yield from self._with_a_text_of_its_own(value, f"{path}.")

    def _objects_in(self, value: Any) -> Iterator[Any]:
        """Yield the objects of all lists within a value that have objects with texts, in order.

        An object whose values are all objects with texts counts as a list, and an object with a text that is the value
        of a name counts as a list of one. Lists within objects that have a text are not searched, for they belong to
        that record, unless it is only around them.
        """
        waiting = [value]
        while waiting:
            it = waiting.pop()
            values = list(it.values()) if isinstance(it, dict) else it
            are_texts = [self._has_text(value) for value in values]
            if any(are_texts) and (isinstance(it, list) or (len(values) > 1 and all(are_texts))):
                for item, has_text in zip(values, are_texts, strict=True):
                    within = [] if has_text or not isinstance(item, list | dict) else list(self._objects_in(item))
                    if not (isinstance(it, dict) and self._is_status(item)):
                        yield from within or [item]
            elif any(are_texts):
                for item, has_text in zip(values, are_texts, strict=True):
                    within = list(self._objects_in(item)) if isinstance(item, list | dict) else []
                    is_document = has_text and not self._is_around(item, within) and not self._is_label(item)
                    yield from [item] if is_document else within
            else:
                waiting += [value for value in reversed(values) if isinstance(value, list | dict)]

    def _has_text(self, item: Any) -> bool:
        return self._text_of(item)[0] is not None

    def _text_of(self, item: Any) -> tuple[str | None, str]:
        """The name of the text that an object has, and the text; None for anything else."""
        if not isinstance(item, dict):
            return None, ""
        values = flat(item)
        name = self._said if self._said in values else parts_among(values).get("text")
        if name is None:
            return None, ""
        value = values[name]
        if isinstance(value, list):
            return (None, "") if (pieces := _pieces(value)) is None else (name, pieces)
        return name, value if isinstance(value, str) else ""


_LEVELS = 2
"""How many levels of objects below a record are searched for a single object with a text."""
_MOST_PASSED = 20
"""How many fields of a file are listed for the texts in them."""


def _without_space(text: str) -> str:
    return "".join(text.split())


def _parsed_line(line: str) -> Any:
    try:
        return _parsed(line)
    except (ValueError, RecursionError) as error:
        why = " ".join(str(error).split())[:120]
        raise Unreadable(
            f"the record is malformed: it is not JSON ({why})", "Correct it, or export it again."
        ) from error


def _pieces(value: Any) -> str | None:
    """The text of a list of paragraphs, or of pieces, some with their format; None for any other value.

    Pieces are ``["No", {"type": "bold", "text": "!"}]``. Objects with a title or a date are no pieces but documents.
    """
    if not isinstance(value, list):
        return None
    if all(isinstance(paragraph, str) for paragraph in value):
        return "\n\n".join(value)
    pieces = [it.get("text") if isinstance(it, dict) and _is_piece(it) else it for it in value]
    texts = [piece for piece in pieces if isinstance(piece, str)]
    return "".join(texts) if len(texts) == len(pieces) else None


def _is_piece(item: Mapping[str, Any]) -> bool:
    return {"title", "date"}.isdisjoint(parts_among(item))
