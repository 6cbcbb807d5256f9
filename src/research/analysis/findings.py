"""A finding, the passages that it rests on, and the recount that must give its value again.

A finding says what it claims in one sentence, how the value follows from its evidence (``measure``),
and lists that evidence completely, as spans of the source text. ``recount`` computes the value once
more from nothing but the evidence, or from the table that the finding names.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import tempfile
import unicodedata
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, compress, islice, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, SupportsIndex, overload

from research.analysis.statistics.readability import flesch_reading_ease, words_per_sentence
from research.analysis.statistics.uncertainty import RESAMPLES, Interval, bootstrap, rounded
from research.errors import ResearchError
from research.loading import Document, Span
from research.loading.dates import earliest, latest
from research.nlp import text as texts
from research.nlp.accuracy import Accuracy
from research.nlp.quantities import values

if TYPE_CHECKING:
    import pandas as pd

Value = int | float | str
Measure = Literal["count", "documents", "words", "share", "rate", "value", "statistic"]
Status = Literal["supported", "descriptive", "not computable"]
Role = Literal["counted", "base"]

STATUSES: Mapping[Status, str] = {
    "supported": (
        "a 95% interval says how much it could change with other documents of the kind; there is none from fewer than "
        "ten documents"
    ),
    "descriptive": "it says what is in these documents, and no more",
    "not computable": "the data are too few, as the finding says",
}
"""What each status means to a reader; none says that a statement in the documents is true."""

MEASURES: Mapping[Measure, str] = {
    "count": "the number of passages that are counted",
    "documents": "the number of documents that the counted passages stand in",
    "words": "the number of words in the counted passages",
    "share": "what is counted, as a fraction of what is in the base",
    "rate": "the number of counted passages per 1,000 words of the corpus",
    "value": "read off the one passage that is counted",
    "statistic": "computed from the columns of a table that the finding names",
}
"""How a value follows from its evidence, to a reader; ``recount`` does it."""

CONTEXT = 32
"""Characters of the source before and after a passage that go with it, so that it can be found again."""


class Passage(NamedTuple):
    """One row of evidence: the selectors of the W3C Web Annotation model, and the part that it plays.

    ``start`` and ``end`` are Python character offsets into the document's text, end exclusive, and
    ``exact`` is what stands there. ``sha256`` is that of the file's bytes.
    """

    role: Role
    doc_id: str
    sha256: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def passage(document: Document, span: Span, role: Role = "counted") -> Passage:
    """The passage of a document that a span marks, with its context."""
    start, end = span
    text = document.text
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Passage(role, document.id, document.origin.sha256, start, end, text[start:end], before, after)


class Evidence(Sequence[Passage]):
    """Passages in order, read anew from where they lie each time that they are asked for, and never held all at once.

    ``read`` begins to read them. To go through them is quick, and takes no memory; to ask for one by its number, or
    for how many there are, goes through them as well.
    """

    def __init__(self, read: Callable[[], Iterable[Passage]]) -> None:
        self._read = read

    def __iter__(self) -> Iterator[Passage]:
        yield from self._read()  # a generator holds on to what it reads from

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return any(True for _ in self)

    @overload
    def __getitem__(self, at: SupportsIndex) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, at: SupportsIndex | slice) -> Passage | tuple[Passage, ...]:
        """A passage by its number from 0, or several; IndexError where there are fewer."""
        if isinstance(at, slice) or at.__index__() < 0:
            return tuple(iter(self))[at]  # of the iterator, since of a sequence tuple() would ask for its length first
        for row in islice(self, at.__index__(), None):
            return row
        raise IndexError(f"there is no passage {at}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and all(one == two for one, two in zip_longest(self, other))

    __hash__ = None  # type: ignore[assignment]  # compared by what is in it, as a list is

    def counted_as(self, role: Role) -> Evidence:
        """The same passages in another role."""
        return Evidence(lambda: (row._replace(role=role) for row in self))

    def where(self, chosen: Callable[[Passage], bool]) -> Evidence:
        """Those of the passages that are chosen."""
        return Evidence(lambda: filter(chosen, self))

    def marked(self, marks: Collection[object]) -> Evidence:
        """Those of the passages whose mark is true; the marks stand in the same order."""
        return Evidence(lambda: compress(self, marks))


class Passages(Evidence):
    """Passages in the order in which they are added, kept: few in memory, many in a temporary file."""

    def __init__(self) -> None:
        rows = self._rows = temporary_rows("passages", Passage._fields)
        self._added = 0
        weakref.finalize(self, rows.close)
        super().__init__(lambda: map(Passage._make, rows.execute("select * from passages order by rowid")))

    def __iter__(self) -> Iterator[Passage]:
        with room_for_temporary_rows():
            yield from super().__iter__()

    def add(self, *passages: Passage) -> None:
        """Keep some more. Raises ``ResearchError`` where there is no room for them."""
        with room_for_temporary_rows():
            self._rows.executemany("insert into passages values (?, ?, ?, ?, ?, ?, ?, ?)", passages)
        self._added += len(passages)

    def __len__(self) -> int:
        return self._added


def temporary_rows(table: str, columns: Iterable[str]) -> sqlite3.Connection:
    """An empty table in a database of its own, which is gone when it is closed.

    SQLite begins to keep it in a temporary file when it outgrows two megabytes; see ``room_for_temporary_rows``.
    """
    rows = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    rows.execute("pragma journal_mode = off")
    rows.execute(f"create table {table} ({', '.join(map(_column, columns))})")
    rows.execute("begin")
    return rows


@contextmanager
def room_for_temporary_rows() -> Iterator[None]:
    """Turn SQLite's error where a temporary file cannot grow into a ``ResearchError``: what, where, what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise ResearchError(
            f"The passages behind the findings do not fit into the temporary files in {_temporary_folder()} ({error}). "
            "Free some space there, or name a folder that has more in TMPDIR, then run it again."
        ) from error


def _temporary_folder() -> str:
    """Where SQLite puts temporary files: the first place of its list that can be written (sqlite.org/tempfiles)."""
    if os.name == "nt":
        return tempfile.gettempdir()
    named = [os.environ[name] for name in ("SQLITE_TMPDIR", "TMPDIR") if name in os.environ]
    places = [*named, "/var/tmp", "/usr/tmp", "/tmp"]  # noqa: S108  nothing is written there by these names
    return next((it for it in places if Path(it).is_dir() and os.access(it, os.W_OK | os.X_OK)), str(Path.cwd()))


def _column(name: str) -> str:
    return f'"{name}"'  # "end" is a word of SQL


def joined(*parts: Iterable[Passage]) -> Evidence:
    """Some passages after others."""
    return Evidence(lambda: chain.from_iterable(parts))


class Computation(NamedTuple):
    """The named function of a named table that gives the value of a ``statistic`` or the base of a ``rate``."""

    function: str
    table: str
    columns: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.function} of {', '.join(self.columns)} in tables/{self.table}.csv"


def _of_totals(compute: Callable[..., Value]) -> Callable[..., Value]:
    return lambda *columns: compute(*(int(column.sum()) for column in columns))


def _of_texts(compute: Callable[[Iterable[str]], str]) -> Callable[..., Value]:
    return lambda column: compute(value for value in column if isinstance(value, str) and value)


STATISTICS: Mapping[str, Callable[..., Value]] = {
    "sum": _of_totals(lambda total: total),
    "earliest": _of_texts(lambda dates: earliest(dates)[0]),
    "latest": _of_texts(lambda dates: latest(dates)[0]),
    "flesch_reading_ease": _of_totals(flesch_reading_ease),
    "words_per_sentence": _of_totals(words_per_sentence),
}
"""What a ``statistic`` may be: functions of columns of a table, in the order in which it names them."""


def statistic(computation: Computation, table: pd.DataFrame) -> Value:
    """Compute a statistic from its table; a number that is not whole is rounded as every value is."""
    value = STATISTICS[computation.function](*(table[column] for column in computation.columns))
    return rounded(value) if isinstance(value, float) else value


@dataclass(frozen=True)
class Finding:
    """One citable sentence and everything that is needed to trust it.

    ``n`` and ``n_documents`` say how many passages and documents it rests on. ``interval`` is a 95%
    interval, None where there are too few documents for one. ``accuracy`` holds the measured figures
    of the annotator that the finding rests on; there are none where it rests on counting alone. ``evidence`` may
    be a tuple, or ``Evidence`` that is read from where it lies each time that it is asked for.
    """

    key: str
    statement: str
    value: Value | None
    display: str
    unit: str | None
    measure: Measure
    method: str
    status: Status
    n: int
    n_documents: int
    interval: Interval | None = None
    accuracy: tuple[Accuracy, ...] = ()
    computation: Computation | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    evidence: Sequence[Passage] = ()

    @property
    def notebook(self) -> str:
        """The first part of the key: the notebook that declared the finding."""
        return self.key.partition(".")[0]

    @cached_property
    def version(self) -> str:
        """A hash of all that the finding says and rests on: the key stays, this tells whether it is the same."""
        version = self.version_of_none()
        for row in self.evidence:
            version.add(row)
        return str(version)

    def version_of_none(self) -> Version:
        """The version that the finding would have without evidence, to which passages can be added one by one."""
        return Version(self._content())

    @property
    def precision(self) -> int | float | None:
        """What one more in the last digit of ``display`` comes to, in terms of ``value``: 0.01 where 67% is displayed.

        None where the value is no number. It follows from ``display``, so that the version, which covers that,
        covers it, and a run that was made before findings had it has it as well.
        """
        if self.value is None or isinstance(self.value, str):
            return None
        shown = values.read(self.display)
        step = shown.step / 100 if shown.unit == "%" else shown.step
        return int(step) if step == int(step) else float(step)

    @property
    def unit_display(self) -> str:
        """The unit as it stands behind ``display``: 37 documents, 1 document, 27% of passages; nothing for none."""
        if self.unit is None or self.value is None:
            return ""
        if self.measure == "share":
            return f"of {self.unit}"
        return self.unit.removesuffix("s") if self.value == 1 and " " not in self.unit else self.unit

    @property
    def interval_display(self) -> str:
        """The interval as the sentence has it, with the sign and the decimals of ``display``; nothing for none."""
        if self.interval is None:
            return ""
        number = self.display.removesuffix("%")
        form = f",.{len(number.partition('.')[2])}{'f' if number == self.display else '%'}"
        return f"{self.interval.low:{form}} to {self.interval.high:{form}}"

    def fields(self) -> dict[str, Any]:
        """The finding as ``findings.json`` keeps it; the evidence lies in a file of its own."""
        return {**self._content(), "precision": self.precision, "version": self.version}

    def _content(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "statement": self.statement,
            "value": self.value,
            "display": self.display,
            "unit": self.unit,
            "interval": None if self.interval is None else self.interval._asdict(),
            "n": self.n,
            "n_documents": self.n_documents,
            "measure": self.measure,
            "computation": None if self.computation is None else self.computation._asdict(),
            "method": self.method,
            "status": self.status,
            "accuracy": [figure._asdict() for figure in self.accuracy],
            "parameters": dict(self.parameters),
        }

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any], evidence: Sequence[Passage] = ()) -> Finding:
        """The finding that ``fields`` wrote down. Raises KeyError or TypeError for anything else."""
        known = {name: value for name, value in fields.items() if name not in ("precision", "version")}
        known["interval"] = None if fields["interval"] is None else Interval(**fields["interval"])
        if (computation := fields["computation"]) is not None:
            known["computation"] = Computation(**{**computation, "columns": tuple(computation["columns"])})
        known["accuracy"] = tuple(Accuracy(**figure) for figure in fields["accuracy"])
        return cls(**known, evidence=evidence)


class Version:
    """The version of a finding as it is made, a passage at a time: a hash of the JSON of its content and evidence."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._total = hashlib.sha256(f"[{json.dumps(content, sort_keys=True)}, [".encode())
        self._between = ""

    def add(self, row: Passage) -> None:
        """Take the next passage of the evidence in."""
        self._total.update(f"{self._between}{json.dumps(row)}".encode())
        self._between = ", "

    def __str__(self) -> str:
        whole = self._total.copy()
        whole.update(b"]]")
        return whole.hexdigest()[:16]


def not_computable(
    key: str, subject: str, reason: str, *, unit: str | None, measure: Measure, method: str, n_documents: int
) -> Finding:
    """The finding that stands where the data are too few; ``subject`` and ``reason`` make its sentence."""
    return Finding(
        key=key,
        statement=f"{subject} is not computable: {reason}.",
        value=None,
        display="not computable",
        unit=unit,
        measure=measure,
        method=method,
        status="not computable",
        n=0,
        n_documents=n_documents,
    )


def of_statistic(
    key: str,
    statement: str,
    *,
    unit: str,
    computation: Computation,
    method: str,
    table: pd.DataFrame,
    digits: int,
    complete: bool = False,
) -> Finding:
    """A finding whose value is a statistic of a table with one row a document, with its interval.

    ``digits`` is the number of decimals that are shown; ``{value}`` and ``{interval}`` in the statement stand
    for what is computed.
    """
    value = statistic(computation, table)
    interval = bootstrap(table, lambda rows: float(statistic(computation, rows)), complete=complete)
    display = f"{value:,.{digits}f}"
    return Finding(
        key=key,
        statement=statement.format(value=display, interval=between(interval, f",.{digits}f")),
        value=value,
        display=display,
        unit=unit,
        measure="statistic",
        computation=computation,
        method=with_interval(method, interval, BOOTSTRAPPED, complete=complete),
        status="descriptive" if interval is None else "supported",
        interval=interval,
        n=len(table),
        n_documents=len(table),
    )


def of_share(
    key: str,
    statement: str,
    *,
    value: float,
    display: str,
    unit: str,
    interval: Interval | None,
    interval_by: str,
    complete: bool,
    method: str,
    counted: Evidence,
    base: Evidence,
    n_documents: int,
    accuracy: tuple[Accuracy, ...] = (),
    parameters: Mapping[str, Any] | None = None,
) -> Finding:
    """A finding that is a share: of the passages in ``base``, or of their documents or words as ``unit`` says.

    ``interval_by`` says how the interval was computed, where there is one, and ``complete`` whether there is none
    because the documents are all there are.
    """
    return Finding(
        key=key,
        statement=statement,
        value=value,
        display=display,
        unit=unit,
        measure="share",
        method=with_interval(method, interval, interval_by, complete=complete),
        status="descriptive" if interval is None else "supported",
        interval=interval,
        n=len(base),
        n_documents=n_documents,
        accuracy=accuracy,
        parameters=parameters or {},
        evidence=joined(counted, base),
    )


BY_WILSON = "The interval is Wilson's (1927)."
BOOTSTRAPPED = f"The interval is a percentile bootstrap over documents ({RESAMPLES:,} resamples)."


FULL_POPULATION = (
    "The documents are a full population, as corpus.toml says: nothing was sampled, and no interval is due."
)


def with_interval(method: str, interval: Interval | None, interval_by: str, *, complete: bool) -> str:
    """A method, and how its interval was computed, or why there is none where the documents are all there are."""
    if complete:
        return f"{method} {FULL_POPULATION}"
    return method if interval is None else f"{method} {interval_by}"


def between(interval: Interval | None, precision: str) -> str:
    """An interval as it stands in a sentence behind its value, or nothing."""
    if interval is None:
        return ""
    return f" ({interval.level:.0%} interval {interval.low:{precision}} to {interval.high:{precision}})"


def percent(share: float) -> str:
    """A share as it is written, here and in every table.

    >>> percent(0.2703), percent(0.0932), percent(0.0004)
    ('27%', '9.3%', '0.040%')
    """
    return f"{share:{share_precision(share)}}"


def share_precision(share: float) -> str:
    """How a share is written: with decimals where it is small."""
    if share == 0 or share >= 0.1:
        return ".0%"
    return ".1%" if share >= 0.001 else ".3%"


def recount(finding: Finding, table: pd.DataFrame | None = None) -> Value | None:
    """Compute the value again from the evidence, or from the table that ``finding.computation`` names.

    Gives None for a finding that is not computable. Raises ValueError where the evidence cannot carry
    the measure: no table for a statistic, other than one passage for a ``value``.
    """
    if finding.status == "not computable":
        return None
    counted, base = _Tally(), _Tally()
    for row in finding.evidence:
        (counted if row.role == "counted" else base).add(row, count_words=finding.measure in ("words", "share"))
    match finding.measure:
        case "count":
            return counted.passages
        case "documents":
            return len(counted.documents)
        case "words":
            return counted.words
        case "share":
            return rounded(counted.in_unit(finding.unit) / base.in_unit(finding.unit))
        case "rate":
            return rounded(1000 * counted.passages / float(_from_table(finding, table)))
        case "value":
            if counted.passages != 1:
                raise ValueError(f"{counted.passages} passages stand where one should")
            return counted.last
        case "statistic":
            return _from_table(finding, table)


class _Tally:
    """How many passages there are, in which documents, with how many words, counted as they pass."""

    def __init__(self) -> None:
        self.passages = self.words = 0
        self.documents: set[str] = set()
        self.last = ""

    def add(self, row: Passage, *, count_words: bool) -> None:
        self.passages += 1
        self.documents.add(row.doc_id)
        self.last = row.exact
        if count_words:
            self.words += words_in(row.exact)

    def in_unit(self, unit: str | None) -> int:
        return {"passages": self.passages, "documents": len(self.documents), "words": self.words}[unit or "passages"]


def words_in(text: str) -> int:
    """The words of a passage, read by itself: so a recount from the evidence alone gives the same."""
    return sum(texts.is_word(text[start:end]) for start, end in texts.tokens(text))


def _from_table(finding: Finding, table: pd.DataFrame | None) -> Value:
    if finding.computation is None or table is None:
        raise ValueError(f"{finding.key} needs its table to be recounted")
    return statistic(finding.computation, table)


def slug(text: str) -> str:
    """A piece of a key made of a term or a name: lower-case ASCII letters, digits, hyphens, "_" for a blank.

    Where something does not survive (another script, a sign), a suffix made of the content keeps two texts
    apart that would meet in one slug.

    >>> slug("Sanctions"), slug("Kassym-Jomart Tokayev"), slug("U.S. dollars")
    ('sanctions', 'kassym-jomart_tokayev', 'us_dollars-8a768d')
    """
    folded = " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode().replace(".", "")
    made = re.sub(r"[^a-z0-9-]+", "_", plain).strip("_-")
    if made and made == folded.replace(" ", "_") and "_" not in folded:
        return made
    suffix = hashlib.sha256(folded.encode()).hexdigest()[:6]
    return f"{made}-{suffix}" if made else suffix


def quoted(text: str) -> str:
    """A term as a sentence shows it."""
    return f"“{text}”"


def plural(n: int, singular: str, many: str | None = None) -> str:
    """A count with its noun, as a sentence writes it: ``1 document``, ``2,301 documents``."""
    return f"{n:,} {singular if n == 1 else many or singular + 's'}"


LONGEST = 300
"""Characters of a text from which on people are shown its beginning and its end."""


def in_brief(text: str, longest: int = LONGEST) -> str:
    """Text on one line, its middle left out where it is long.

    >>> in_brief("first words, and many more before the last words", 30)
    'first words, and […] last words'
    """
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    head, tail = line[: longest * 3 // 5], line[-(longest * 2 // 5) :]
    whole_head, whole_tail = head.rpartition(" ")[0], tail.partition(" ")[2]  # no part of a word, if there are several
    return f"{whole_head or head} […] {whole_tail or tail}"
