"""A finding: one citable sentence, its value, how the value follows from its evidence, and its version."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from research.analysis.evidence import Passage
from research.analysis.judging.corrected import Corrected, Sums, Uncorrected
from research.analysis.statistics.uncertainty import Interval
from research.nlp.accuracy import Accuracy
from research.nlp.quantities import values

if TYPE_CHECKING:
    import pandas as pd

Value = int | float | str
Measure = Literal["count", "documents", "words", "share", "rate", "value", "statistic"]
Status = Literal["supported", "descriptive", "not computable"]

STATUSES: Mapping[Status, str] = {
    "supported": "has a 95% CI, which says how far the value could move with other documents of the same kind, or in "
    "08_accuracy with other judged sentences",
    "descriptive": "describes these documents and claims nothing beyond them",
    "not computable": "too little data; the sentence gives the reason",
}
"""What each status means to a reader. None says that a statement in the documents is true."""

MEASURES: Mapping[Measure, str] = {
    "count": "number of counted passages",
    "documents": "number of documents with a counted passage",
    "words": "number of words in the counted passages",
    "share": "counted passages as a fraction of the base",
    "rate": "counted passages per 1,000 words of the corpus",
    "value": "stated in the one counted passage",
    "statistic": "computed from the columns of the table that the finding names",
}
"""How a value follows from its evidence, to a reader; ``analysis.recount`` computes it."""


class Computation(NamedTuple):
    """The named function of a named table that gives the value of a ``statistic`` or the base of a ``rate``.

    ``where`` chooses rows: pairs of a column and the text that it has; all rows by default.
    """

    function: str
    table: str
    columns: tuple[str, ...]
    where: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        chosen = " and ".join(f"{column} is {text}" for column, text in self.where)
        where = f" where {chosen}" if chosen else ""
        return f"{self.function} of {', '.join(self.columns)} in tables/{self.table}.csv{where}"

    def rows(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of its table that it is computed from."""
        for column, text in self.where:
            table = table[table[column] == text]
        return table

    def fields(self) -> dict[str, Any]:
        """Return it in JSON's types, without ``where`` if all rows are meant."""
        return {name: value for name, value in self._asdict().items() if name != "where" or value}

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> Computation:
        """Return what ``fields`` wrote. Raises TypeError for anything else."""
        where = tuple((str(column), str(text)) for column, text in fields.get("where", ()))
        return cls(**{**fields, "columns": tuple(fields["columns"]), "where": where})


@dataclass(frozen=True)
class Finding:
    """One citable sentence and everything that is needed to check it.

    ``n`` and ``n_documents`` are the passages and documents that it rests on. ``interval`` is a 95% interval, None
    where no interval is due. ``accuracy`` holds the measured figures of the annotator behind it, on documents of its
    kind; it is empty where the finding rests on counting alone. ``accuracy_note`` says for which of its passages they
    hold and where nothing is known (``analysis.measured``); it is empty where they hold for all. ``evidence`` is a
    tuple, or ``Evidence`` that is read on every pass.

    ``additive`` marks a value that is a sum over the statements or figures of the evidence, or a share of such sums, so
    that judged sentences can correct it; ``sums`` are those of a difference between groups. Of another value that rests
    on the model ``uncorrected`` says why it cannot be corrected. ``corrected`` is the estimate, None where nothing was
    judged or the finding does not rest on the model.
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
    accuracy_note: str = ""
    computation: Computation | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    evidence: Sequence[Passage] = ()
    additive: bool = field(default=False, compare=False)
    sums: Sums | None = field(default=None, compare=False)
    uncorrected: Uncorrected | None = field(default=None, compare=False)
    corrected: Corrected | None = None

    @property
    def notebook(self) -> str:
        """The first part of the key: the notebook that declared the finding."""
        return self.key.partition(".")[0]

    @property
    def is_computable(self) -> bool:
        """Whether the finding has a value, not only the reason why there is none."""
        return self.status != "not computable"

    @property
    def term(self) -> str:
        """The term that the finding is about; empty for none."""
        return str(self.parameters.get("term") or "")

    @cached_property
    def version(self) -> str:
        """A hash of what the finding says: the key stays, the version shows whether the content is the same."""
        version = self.version_of_none()
        for row in self.evidence:
            version.add(row)
        return str(version)

    def version_of_none(self) -> Version:
        """Return the version that the finding would have without evidence; passages can be added one by one."""
        # The annotator's fingerprint is left out: a comment in a source file must not rename every citation.
        accuracy = [{**figure._asdict(), "annotator": None} for figure in self.accuracy]
        said = {"value": self.value, "statement": self.statement, "display": self.display, "method": self.method}
        note = {"accuracy_note": self.accuracy_note} if self.accuracy_note else {}
        judged = {} if self.corrected is None else {"corrected": self.corrected.fields()}
        return Version({**said, "accuracy": accuracy, **note, **judged})

    @property
    def precision(self) -> int | float | None:
        """One step in the last digit of ``display``, in terms of ``value``: 0.01 for 67%; None for a text.

        It follows from ``display``, so the version covers it.
        """
        if self.value is None or isinstance(self.value, str):
            return None
        shown = values.read(self.display)
        step = shown.step / 100 if shown.unit == "%" else shown.step
        return int(step) if step == int(step) else float(step)

    @property
    def unit_display(self) -> str:
        """The unit as it follows ``display``: 37 documents, 1 document, 27% of passages; empty for none."""
        if self.unit is None or self.value is None:
            return ""
        if self.measure == "share":
            return f"of {self.unit}"
        return self.unit.removesuffix("s") if self.value == 1 and " " not in self.unit else self.unit

    @property
    def interval_display(self) -> str:
        """The interval with the sign and the decimals of ``display``; empty for none."""
        return "" if self.interval is None else f"{self.shown(self.interval.low)} to {self.shown(self.interval.high)}"

    def shown(self, value: float) -> str:
        """Return another value of the same kind with the sign and the decimals of ``display``."""
        number = self.display.removesuffix("%")
        return f"{value:,.{len(number.partition('.')[2])}{'f' if number == self.display else '%'}}"

    def fields(self) -> dict[str, Any]:
        """Return the finding as ``findings.json`` keeps it; its evidence has a file of its own."""
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
            "computation": None if self.computation is None else self.computation.fields(),
            "method": self.method,
            "status": self.status,
            "accuracy": [figure._asdict() for figure in self.accuracy],
            "accuracy_note": self.accuracy_note,
            "parameters": dict(self.parameters),
            "precision": self.precision,
            "version": self.version,
            **({} if self.corrected is None else {"corrected": self.corrected.fields()}),
        }

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any], evidence: Sequence[Passage] = ()) -> Finding:
        """Return the finding that ``fields`` wrote. Raises KeyError or TypeError for anything else."""
        known = {name: value for name, value in fields.items() if name not in ("precision", "version")}
        known["interval"] = None if fields["interval"] is None else Interval(**fields["interval"])
        if (computation := fields["computation"]) is not None:
            known["computation"] = Computation.from_fields(computation)
        if (corrected := fields.get("corrected")) is not None:
            known["corrected"] = Corrected.from_fields(corrected)
        known["accuracy"] = tuple(Accuracy(**figure) for figure in fields["accuracy"])
        return cls(**known, evidence=evidence)


class Version:
    """The version of a finding in the making: a hash of the JSON of its content, then of one passage after another."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._total = hashlib.sha256(f"[{json.dumps(content, sort_keys=True)}, [".encode())
        self._between = ""

    def add(self, row: Passage) -> None:
        """Add the next passage of the evidence."""
        self._total.update(f"{self._between}{json.dumps(row)}".encode())
        self._between = ", "

    def __str__(self) -> str:
        whole = self._total.copy()
        whole.update(b"]]")
        return whole.hexdigest()[:16]


def slug(text: str) -> str:
    """Return the part of a key made of a term or a name: lower-case ASCII letters, digits, hyphens, "_" for a blank.

    Where something is lost (another script, a sign), a suffix made of the content keeps two texts apart that would
    otherwise share a slug.

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
