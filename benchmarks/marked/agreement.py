"""How well do two readers of the marked sentences agree?

    python -m benchmarks.marked.agreement [--list FILE --data DATA] [--json]

`second.jsonl` holds what a second reader marked, from the guidelines alone, in sentences drawn with a fixed seed from
the 300. The first reader's marks are compared with them as the package's output is: F1 of spans, of exactly the same
spans, of span with value and unit, period or country, and, of the spans that both marked, the share with the same
value, unit, period and so on. F1 does not depend on which reader is called the first; a unit or country that the first
reader left empty is not compared. Intervals resample documents.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.marked import corpora
from benchmarks.marked.compare import pair
from benchmarks.marked.draw import HERE, read_sentences
from benchmarks.marked.marks import TABLES, read_marks
from benchmarks.marked.measure import Case, Listing, rows

SECOND = HERE / "second.jsonl"
SEED = 18
SIZE = 110


def drawn(names: Iterable[str]) -> list[str]:
    """Return the sentences that the second reader marked, drawn from the names of all."""
    return sorted(random.Random(SEED).sample(sorted(names), SIZE))  # noqa: S311


def cases(second: Path = SECOND) -> list[Case]:
    """Pair the marks of both readers, sentence by sentence."""
    sentences, first = read_sentences(), read_marks()
    marks = read_marks(second)
    return [
        Case(sentences[name], {table: pair(first[name][table], marks[name][table]) for table in TABLES})
        for name in marks
    ]


def shown(table: Sequence[dict[str, Any]]) -> str:
    """Return the rows of all sentences as Markdown, in %."""
    lines = ["| table | measure | first | second | F1 | same |", "|" + " --- |" * 6]
    for it in table:
        cells = [it["table"], it["measure"], it["marked"], it["found"], _cell(it, "f1"), _cell(it, "right")]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def _cell(it: dict[str, Any], name: str) -> str:
    if it.get(name) is None:
        return ""
    interval = it[f"{name} interval"]
    return f"{100 * it[name]:.1f}" + (f" ({100 * interval[0]:.1f} to {100 * interval[1]:.1f})" if interval else "")


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--list", type=Path, help="write every disagreement there, with its words")
    parser.add_argument("--data", type=Path, help="the texts, for --list")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON, also of each corpus")
    options = parser.parse_args()
    compared = cases()
    if options.list:
        read = {corpus: corpora.read(corpus, options.data) for corpus in corpora.CORPORA}
        listing = Listing(
            {
                (it.sentence.corpus, it.sentence.document): read[it.sentence.corpus][it.sentence.document].text
                for it in compared
            }
        )
        for it in compared:
            listing.add(it)
        options.list.write_text("\n".join(listing.lines), encoding="utf-8")
    table = rows(compared)
    print(json.dumps(table, indent=1) if options.json else shown([it for it in table if it["group"] == "all"]))


if __name__ == "__main__":
    main()
