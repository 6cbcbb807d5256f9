"""Parameters of notebooks: their meaning, their default, and the one place that reads and checks a value.

A value arrives as Python wrote it in a cell, as papermill parsed it, or as words of a command line. ``Parameter.read``
takes all three to the same value or refuses it in one sentence.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

from research.analysis.wording import listed, one_line
from research.errors import ParameterError
from research.loading.dates import read_date
from research.nlp.groups import voices

if TYPE_CHECKING:
    from research.loading import Corpus
    from research.nlp.annotate import Annotations


@dataclass(frozen=True)
class Kind:
    """The values that a parameter takes: how a notebook's cell writes the type, what people are told, and the reader.

    ``read`` raises ValueError for any other value.
    """

    type: str
    expected: str
    read: Callable[[Any], Any]


@dataclass(frozen=True)
class Parameter:
    """A parameter as its notebook declares it; the notebook's cell repeats name, type, default and meaning.

    ``check`` refuses what has the right type and cannot be used, with a ``ParameterError`` of its own; so do
    ``check_corpus``, before the documents are annotated, and ``check_annotations``, before a notebook counts, for what
    these documents do not have. The latter is given all parameters of the notebook by name. ``views`` marks
    a parameter that shows a part of what a run keeps as a whole: a notebook in which it is set writes nothing, and no
    run has it. ``of_findings`` says whether the notebook's findings take it; it is false for what only asks a person
    something.
    """

    name: str
    kind: Kind
    default: Any
    meaning: str
    check: Callable[[Any], None] = lambda _: None
    check_corpus: Callable[[Any, Corpus], None] = lambda *_: None
    check_annotations: Callable[[Any, Annotations, Mapping[str, Any]], None] = lambda *_: None
    views: bool = False
    of_findings: bool = True

    def read(self, given: Any) -> Any:
        """Return the value that was meant. Raises ``ParameterError``.

        >>> COPIES.read("no"), COPIES.read(True)
        (False, True)
        """
        try:
            value = self.kind.read(given)
        except (ValueError, TypeError, OverflowError):
            raise ParameterError(f"The parameter {self.name} takes {self.kind.expected}, not {given!r}.") from None
        self.check(value)
        return value


def _yes_or_no(given: Any) -> bool:
    if isinstance(given, bool):
        return given
    written = given.strip().lower() if isinstance(given, str) else ""
    if written not in _WRITTEN:
        raise ValueError(written)
    return _WRITTEN[written]


_WRITTEN = {"true": True, "yes": True, "false": False, "no": False}

YES_OR_NO = Kind("bool", "true or false", _yes_or_no)


def number(low: float = -inf, high: float = inf) -> Kind:
    """Return the kind of a number within a range, both ends included.

    >>> number(0, 1).read("0.5")
    0.5
    """

    def read(given: Any) -> float:
        if isinstance(given, bool) or not isinstance(given, int | float | str):
            raise ValueError(given)
        value = float(given)
        if not low <= value <= high or abs(value) == inf:
            raise ValueError(given)
        return value

    return Kind("float", "a number" if low == -inf else f"a number from {low:g} to {high:g}", read)


def choice(*names: str) -> Kind:
    """Return the kind of one of some words.

    >>> choice("day", "week").read(" Week ")
    'week'
    """

    def read(given: Any) -> str:
        word = given.strip().lower() if isinstance(given, str) else ""
        if word not in names:
            raise ValueError(given)
        return word

    return Kind("str", f"one of {listed([f'{name!r}' for name in names], 'or')}", read)


def _date(given: Any) -> str | None:
    if given is None or given in ("None", "null"):
        return None
    if isinstance(given, bool) or (date := read_date(str(given))) is None:
        raise ValueError(given)
    return date


DATE = Kind("str|None", 'a day, a month or a year, such as "2022-02-24" or "2022", or None', _date)
"""Text is read as the dates of documents are, and must not have two meanings."""


def words(noun: str, example: str) -> Kind:
    """Return the kind of a list of words or names, or None; text is a JSON list, or words separated by commas.

    White space within each is one blank.

    >>> words("words", "sanctions").read("sanctions, nuclear  weapons")
    ['sanctions', 'nuclear weapons']
    """

    def read(given: Any) -> list[str] | None:
        if given is None or given in ("None", "null"):
            return None
        if isinstance(given, str):
            # json raises a ValueError of its own for a list that does not close
            given = (
                json.loads(given) if given.lstrip().startswith("[") else [it for it in given.split(",") if it.strip()]
            )
        if not isinstance(given, list | tuple):
            given = [given]
        if not given:
            raise ValueError(given)
        return [_word(it) for it in given]

    return Kind("list[str]|None", f'a list of {noun}, such as ["{example}"], or None', read)


def _word(given: Any) -> str:
    if isinstance(given, int) and not isinstance(given, bool):
        given = str(given)  # papermill and JSON take a year for a number
    if not isinstance(given, str) or not (word := one_line(given)):
        raise ValueError(given)
    word.encode()  # half a character, such as a stray byte of a command line, could not be written to any file
    return word


COPIES = Parameter("copies", YES_OR_NO, False, "Whether documents that repeat another one are counted too")
"""A parameter of every notebook that counts."""
LEAST_CONFIDENCE = Parameter(
    "least_confidence",
    number(0, 1),
    voices.LEAST_CONFIDENCE,
    "Statements below this confidence of the model are not counted",
)
"""A parameter of every notebook that counts statements."""


def text_or_none(*examples: str) -> Kind:
    """Return the kind of one line of text, or None.

    >>> text_or_none("source").read("  period:2022-02-24 ")
    'period:2022-02-24'
    """

    def read(given: Any) -> str | None:
        return None if given is None or given in ("None", "null", "") else _word(given)

    shown = " or ".join(f'"{it}"' for it in examples)
    return Kind("str|None", f"a text, such as {shown}, or None", read)


JUDGEMENTS = Parameter(
    "judgements", text_or_none("ours.csv"), None, "A file with judgements; None: judgements.csv beside the documents"
)
"""A parameter that every notebook has beside ``source`` and ``run``; as these it is an input, and none declares it."""


def one_of(*values: str) -> Kind:
    """Return the kind of one of some words, in capitals or not.

    >>> one_of("words", "sentence").read(" Sentence ")
    'sentence'
    """

    def read(given: Any) -> str:
        word = _word(given).casefold()
        if word not in values:
            raise ValueError(given)
        return word

    return Kind("str", " or ".join(f'"{it}"' for it in values), read)
