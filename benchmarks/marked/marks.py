"""Turn what a reader marks, as exact words of a sentence, into offsets; say plainly what cannot be placed.

    python -m benchmarks.marked.marks FILE DATA [--out marks.jsonl]

FILE holds JSON lines, one a sentence, also for a sentence in which nothing is marked::

    {"id": "m001",
     "quantities": [{"text": "4,000 troops", "value": 4000, "unit": "troops", "kind": "count"}],
     "times": [["last year", "1966-01-01", "1966-12-31"], ["recently", null, null]],
     "countries": [["Australian", "AU", null], ["UN", null, "UN"]]}

A quantity may have `low`, `high`, `approximate`, `period_start` and `period_end` as well. Each list is in order of
appearance, and each string is looked for after the one before, as whole words; "now#2" is the second "now" of the
sentence. The file that is written has the same form with offsets into the document in place of the words.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from benchmarks.marked import corpora
from benchmarks.marked.draw import HERE, Sentence, read_sentences
from training.attributions.gold.draw import digest
from training.attributions.gold.marks import Misplaced, occurrences, place, rows

KINDS = ("money", "percentage", "percentage points", "count", "ratio", "measure", "multiple", "duration", "age")
TABLES = ("quantities", "times", "countries")
NUMBERS = ("value", "low", "high")
PERIOD = ("period_start", "period_end")
QUANTITY: dict[str, Any] = {
    **dict.fromkeys((*NUMBERS, "unit", "kind")),
    "approximate": False,
    **dict.fromkeys(PERIOD),
}
"""The fields of a quantity beside its words, with their defaults."""


@dataclass
class Reading:
    """What is marked in one sentence, with offsets into the sentence, and what is wrong with it."""

    quantities: list[dict[str, Any]] = field(default_factory=list)
    times: list[dict[str, Any]] = field(default_factory=list)
    countries: list[dict[str, Any]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def moved(self, by: int) -> dict[str, list[dict[str, Any]]]:
        """Return the marks by table, so many characters further on."""
        return {
            table: [{**it, "start": it["start"] + by, "end": it["end"] + by} for it in getattr(self, table)]
            for table in TABLES
        }


def read(text: str, row: Mapping[str, Any]) -> Reading:
    """Place everything that a reader marked in a sentence."""
    reading = Reading()
    if set(row) != {"id", *TABLES}:
        reading.errors.append(f"a line has the fields id, {', '.join(TABLES)} and no other")
        return reading
    shaped: dict[str, Callable[[Any], dict[str, Any]]] = {
        "quantities": _quantity,
        "times": _time,
        "countries": _country,
    }
    for table, shape in shaped.items():
        after = 0
        for number, marked in enumerate(row[table], 1):
            try:
                mark = shape(marked)
                start, end = _place(text, mark.pop("text"), after)
            except ValueError as problem:  # Misplaced is one
                reading.errors.append(f"{table} {number}: {problem}")
                continue
            after = end
            getattr(reading, table).append({"start": start, "end": end, **mark})
    return reading


def _place(text: str, wanted: str, after: int) -> tuple[int, int]:
    if re.search(r"#\d+$", wanted):
        span = place(text, wanted)
        if span[0] < after:
            raise Misplaced(f"“{wanted}” precedes or overlaps the mark before it; list marks in order")
        return span
    found = occurrences(text, wanted, after)
    if not found:
        raise Misplaced(f"“{wanted}” does not occur after the mark before it; list marks in order")
    return found[0]


def _quantity(marked: Any) -> dict[str, Any]:
    if not isinstance(marked, dict) or not {"text", "kind"} <= set(marked) <= {"text", *QUANTITY}:
        raise ValueError(f"a quantity has text, kind and any of {', '.join(QUANTITY)}")
    mark = {"text": marked["text"], **{name: marked.get(name, default) for name, default in QUANTITY.items()}}
    if mark["kind"] not in KINDS:
        raise ValueError(f"{mark['kind']!r} is no kind; kinds are {', '.join(KINDS)}")
    if all(mark[name] is None for name in NUMBERS):
        raise ValueError(f"“{mark['text']}” has neither value, low nor high")
    _check_period(mark)
    return mark


def _time(marked: Any) -> dict[str, Any]:
    if not isinstance(marked, list) or len(marked) != 1 + len(PERIOD):
        raise ValueError("a time is its text, the start and the end of its period")
    mark = dict(zip(("text", *PERIOD), marked, strict=True))
    _check_period(mark)
    return mark


def _check_period(mark: Mapping[str, Any]) -> None:
    dates = [date.fromisoformat(mark[name]) for name in PERIOD if mark[name] is not None]
    if dates != sorted(dates):
        raise ValueError(f"the period of “{mark['text']}” ends before it starts")


def _country(marked: Any) -> dict[str, Any]:
    if not isinstance(marked, list) or len(marked) != 3:
        raise ValueError("a country is its text, a code or null, and a bloc or null")
    mark = dict(zip(("text", "country", "bloc"), marked, strict=True))
    if mark["country"] is not None and mark["country"] not in _codes():
        raise ValueError(f"{mark['country']!r} is no code of ISO 3166-1 alpha-2")
    if mark["country"] is not None and mark["bloc"] is not None:
        raise ValueError(f"“{mark['text']}” is a country or a bloc, not both")
    return mark


@cache
def _codes() -> frozenset[str]:
    return frozenset(it for it in map(str, Locale("en").territories) if re.fullmatch("[A-Z]{2}", it)) - {"EU", "UN"}


def check(
    path: Path, sentences: Mapping[str, Sentence], text: Callable[[Sentence], str]
) -> tuple[dict[str, Reading], list[str]]:
    """Read a file of marks; return the readings by sentence and everything that is wrong."""
    readings: dict[str, Reading] = {}
    problems: list[str] = []
    for number, row in rows(path):
        name = str(row.get("id")) if row is not None else ""
        if row is None or name not in sentences:
            problems.append(f"line {number}: not a JSON object with the id of a sentence")
        elif name in readings:
            problems.append(f"line {number}: {name} has been read on an earlier line")
        else:
            readings[name] = read(text(sentences[name]), row)
            problems += [f"{name}: {it}" for it in readings[name].errors]
    missing = [name for name in sentences if name not in readings]
    return readings, problems + ([f"not read yet: {' '.join(missing)}"] if missing else [])


def read_marks(path: Path = HERE / "marks.jsonl") -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Return the marks by sentence and table, with offsets into the document."""
    found = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {row["id"]: {table: row[table] for table in TABLES} for row in found}


def texts(data: Path) -> Callable[[Sentence], str]:
    """Return what gives the text of a sentence. It raises SystemExit for a document that is not the one drawn from."""
    documents = cache(lambda corpus: corpora.read(corpus, data))

    def text(sentence: Sentence) -> str:
        document = documents(sentence.corpus).get(sentence.document)
        found = document.text[sentence.start : sentence.end] if document else ""
        if digest(found) != sentence.digest:
            raise SystemExit(f"{sentence.corpus}/{sentence.document}: not the text that {sentence.id} was drawn from.")
        return found

    return text


def written(sentences: Mapping[str, Sentence], readings: Mapping[str, Reading]) -> Sequence[str]:
    """Return the lines of the file of offsets."""
    return [json.dumps({"id": name, **readings[name].moved(it.start)}) + "\n" for name, it in sentences.items()]


def main() -> int:
    """Check a file, and write offsets where nothing is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, help="write the offsets there")
    options = parser.parse_args()
    sentences = read_sentences()
    readings, problems = check(options.file, sentences, texts(options.data))
    for problem in problems:
        print(f"WRONG  {problem}")
    counts = ", ".join(f"{sum(len(getattr(it, table)) for it in readings.values())} {table}" for table in TABLES)
    print(f"{len(readings)} sentences, {counts}; {len(problems)} problems.")
    if options.out and not problems:
        options.out.write_text("".join(written(sentences, readings)), encoding="utf-8")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
