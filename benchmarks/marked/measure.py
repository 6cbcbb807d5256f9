"""How well are quantities, times and countries found? Measured on sentences marked before any output was looked at.

    python -m benchmarks.marked.measure DATA [--drawn all] [--list FILE] [--jobs 2] [--json]

The documents of the sentences are annotated whole, as the package annotates any document; found is what overlaps a
marked sentence. Printed are precision, recall and F1 of spans (overlapping, and exactly the same), and of span with
value and unit, period or country; and for the spans found, the share whose value, unit, bounds, kind, period or country
is right. Intervals resample documents (`research.analysis.statistics.uncertainty`). `compare.py` says what counts as
right, `GUIDELINES.md` how the sentences were marked. `--drawn all` measures only the sentences drawn at random, which
stand for running text; the others were drawn because they hold a cue. `--list` writes every disagreement with its
words, and stays outside the project.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.marked import corpora
from benchmarks.marked.compare import ATTRIBUTES, END_TO_END, Pairs, Row, countable, pair, same_span
from benchmarks.marked.draw import CUES, Sentence, read_sentences
from benchmarks.marked.marks import PERIOD, QUANTITY, TABLES, read_marks
from research.analysis.statistics.uncertainty import bootstrap
from research.loading import Document
from research.nlp.annotate import annotate_document
from research.nlp.annotated import AnnotatedDocument
from research.nlp.processes import MOST_KILLED, Killed, in_order
from training.attributions.gold.draw import digest

LAYERS = ("actors", "times", "quantities")
_TABLE_OF = {"quantities": "quantities", "times": "times", "countries": "mentions"}
"""The package's table for each table of marks."""
_FIELDS = {"quantities": tuple(QUANTITY), "times": PERIOD, "countries": ("country", "bloc", "named_by")}
Found = Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Case:
    """A sentence with the pairs of each table."""

    sentence: Sentence
    pairs: Mapping[str, Pairs]


# --- what was found --------------------------------------------------------------------------------


def found_in(annotated: AnnotatedDocument) -> Found:
    """Return what the package found in a document, by table of marks."""
    return {
        table: [
            {name: getattr(record, name) for name in ("start", "end", *_FIELDS[table])}
            for record in annotated.records(_TABLE_OF[table])
        ]
        for table in TABLES
    }


def by_document(documents: Mapping[tuple[str, str], Document], jobs: int) -> Iterator[tuple[tuple[str, str], Found]]:
    """Annotate documents and yield what was found in each."""
    keys = list(documents)
    work = ((it, partial(annotate_document, it, LAYERS)) for it in documents.values())
    for key, (document, tables) in zip(keys, in_order(work, jobs, len(keys)), strict=True):
        if isinstance(tables, Killed):
            raise RuntimeError(f"annotating {document.id} ended {MOST_KILLED} processes")
        yield key, found_in(AnnotatedDocument(document, tables))


def case(sentence: Sentence, marked: Found, found: Found) -> Case:
    """Pair the marks of a sentence with what was found in it."""
    pairs = {}
    for table in TABLES:
        inside = [it for it in found[table] if it["start"] < sentence.end and sentence.start < it["end"]]
        if table == "countries":
            inside = countable(marked[table], inside)
        pairs[table] = pair(marked[table], inside)
    return Case(sentence, pairs)


# --- counting --------------------------------------------------------------------------------------


@dataclass
class Counts:
    """Counts of one document for one measure: what is right, of what is marked, of what is found."""

    right: int = 0
    marked: int = 0
    found: int = 0


@dataclass(frozen=True)
class Measure:
    """A row of the table: which marks, what must be right, and whether only pairs are looked at."""

    table: str
    name: str
    attributes: tuple[str, ...] = ()
    exact: bool = False
    of_pairs: bool = False

    def count(self, pairs: Pairs, into: Counts) -> None:
        """Add one sentence."""
        compared = [self._right(mark, found) for mark, found in pairs.both]
        if self.of_pairs:
            compared = [it for it in compared if it is not None]
        into.right += sum(it is not False for it in compared)
        into.marked += len(compared) + (0 if self.of_pairs else len(pairs.missed))
        into.found += len(compared) + (0 if self.of_pairs else len(pairs.invented))

    def _right(self, mark: Row, found: Row) -> bool | None:
        if self.exact:
            return same_span(mark, found)
        answers = [ATTRIBUTES[self.table][name](mark, found) for name in self.attributes]
        return None if answers and all(it is None for it in answers) else False not in answers


MEASURES = tuple(
    measure
    for table in TABLES
    for measure in (
        Measure(table, "span"),
        Measure(table, "span, exact", exact=True),
        Measure(table, " and ".join(("span", *END_TO_END[table])), END_TO_END[table]),
        *(Measure(table, name, (name,), of_pairs=True) for name in ATTRIBUTES[table]),
    )
)


def _share(column: str, table: Any) -> float:
    return int(table["right"].sum()) / int(table[column].sum())


def _f1(table: Any) -> float:
    return 2 * int(table["right"].sum()) / (int(table["marked"].sum()) + int(table["found"].sum()))


def row(measure: Measure, group: str, cases: Iterable[Case]) -> dict[str, Any]:
    """Return one measure of some sentences: counts, values and intervals over documents."""
    of: dict[tuple[str, str], Counts] = defaultdict(Counts)
    for it in cases:
        measure.count(it.pairs[measure.table], of[it.sentence.corpus, it.sentence.document])
    table = pd.DataFrame([vars(it) for it in of.values()], columns=list(vars(Counts())))
    values: dict[str, Callable[[Any], float]] = {"right": partial(_share, "marked")}
    if not measure.of_pairs:
        values = {"precision": partial(_share, "found"), "recall": partial(_share, "marked"), "f1": _f1}
    result: dict[str, Any] = {"table": measure.table, "measure": measure.name, "group": group, "documents": len(table)}
    result |= {column: int(table[column].sum()) for column in ("marked", "found")}
    for name, value in values.items():
        try:
            result[name] = value(table)
        except ZeroDivisionError:
            result[name] = None
        interval = None if result[name] is None else bootstrap(table, value)
        result[f"{name} interval"] = None if interval is None else [interval.low, interval.high]
    return result


def rows(cases: Sequence[Case]) -> list[dict[str, Any]]:
    """Return all measures of all sentences and of each corpus."""
    groups = {"all": cases}
    groups |= {corpus: [it for it in cases if it.sentence.corpus == corpus] for corpus in corpora.CORPORA}
    return [row(measure, group, its) for measure in MEASURES for group, its in groups.items()]


Documents = Mapping[tuple[str, str], Document]
"""The documents of the sentences, by corpus and id."""


def compared(data: Path, drawn: str | None = None, jobs: int = 1) -> tuple[list[Case], Documents]:
    """Annotate the documents of the marked sentences, or of those drawn in one way; return the cases and the documents.

    Raises SystemExit where a document is not the one that a sentence was drawn from.
    """
    sentences = [it for it in read_sentences().values() if drawn in (None, it.drawn_from)]
    read = {corpus: corpora.read(corpus, data) for corpus in corpora.CORPORA}
    documents = {(it.corpus, it.document): read[it.corpus][it.document] for it in sentences}
    for it in sentences:
        if digest(documents[it.corpus, it.document].text[it.start : it.end]) != it.digest:
            raise SystemExit(f"{it.corpus}/{it.document}: not the text that {it.id} was drawn from.")
    marked, found = read_marks(), dict(by_document(documents, jobs))
    return [case(it, marked[it.id], found[it.corpus, it.document]) for it in sentences], documents


# --- showing ---------------------------------------------------------------------------------------


def shown(table: Sequence[Mapping[str, Any]]) -> str:
    """Return the rows as Markdown, shares in %."""
    names = ("precision", "recall", "f1", "right")
    heading = ("table", "measure", "group", "documents", "marked", "found")
    lines = ["| " + " | ".join((*heading, *names)) + " |", "|" + " --- |" * (len(heading) + len(names))]
    for it in table:
        cells = [str(it[name]) for name in heading] + [_cell(it, name) for name in names]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(it: Mapping[str, Any], name: str) -> str:
    if it.get(name) is None:
        return ""
    interval = it[f"{name} interval"]
    return f"{100 * it[name]:.1f}" + (f" ({100 * interval[0]:.1f} to {100 * interval[1]:.1f})" if interval else "")


@dataclass
class Listing:
    """Every disagreement, with its words."""

    texts: Mapping[tuple[str, str], str]
    lines: list[str] = field(default_factory=list)

    def add(self, it: Case) -> None:
        """Add the disagreements of a sentence, under its text."""
        text = self.texts[it.sentence.corpus, it.sentence.document]
        lines = [line for table in TABLES for line in _disagreements(table, it.pairs[table], text)]
        if lines:
            words = " ".join(text[it.sentence.start : it.sentence.end].split())
            self.lines += [f"## {it.sentence.id} {it.sentence.corpus} {it.sentence.document}", words, *lines, ""]


def _disagreements(table: str, pairs: Pairs, text: str) -> Iterator[str]:
    def told(it: Row) -> str:
        fields = ", ".join(f"{name}={value}" for name, value in it.items() if name not in ("start", "end"))
        return f"“{' '.join(text[it['start'] : it['end']].split())}” ({fields})"

    for it in pairs.missed:
        yield f"- {table}, missed: {told(it)}"
    for it in pairs.invented:
        yield f"- {table}, not marked: {told(it)}"
    for mark, found in pairs.both:
        wrong = [name for name, same in ATTRIBUTES[table].items() if same(mark, found) is False]
        wrong = (["span"] if not same_span(mark, found) else []) + wrong
        if wrong:
            yield f"- {table}, {', '.join(wrong)}: marked {told(mark)}; found {told(found)}"


def main() -> None:
    """Annotate the documents, compare, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--drawn", choices=sorted(set(CUES)), help="only the sentences drawn in this way")
    parser.add_argument("--list", type=Path, help="write every disagreement there")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    options = parser.parse_args()
    cases, documents = compared(options.data, options.drawn, options.jobs)
    if options.list:
        listing = Listing({key: it.text for key, it in documents.items()})
        for it in cases:
            listing.add(it)
        options.list.write_text("\n".join(listing.lines), encoding="utf-8")
    table = rows(cases)
    print(json.dumps(table, indent=1) if options.json else shown(table))


if __name__ == "__main__":
    main()
