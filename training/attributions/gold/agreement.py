"""How well do two readings agree? By kind of document, with 95% intervals from resampling documents.

    python -m training.attributions.gold.agreement --first A1 A2 … --second B1 B2 … --data DATA --statements FOLDER

The files hold marks, or offsets, as `marks.py` reads and writes them (`readings/` has both of ours); passages that only
one reading has are left out, and counted. Linked, found and exact F1 are those of the scorer beside the data.
Krippendorff's alpha (2004, "Content Analysis", chapter 11; nominal, two coders) takes each word as a unit, labelled
none, source, cue or content. Names agree when span and type are the same.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from research.nlp.statements.labels import ROLES
from training.attributions.data import scorer
from training.attributions.gold import examples
from training.attributions.gold.draw import Passage, read_passages
from training.attributions.gold.marks import Reading, Texts, check, rows

RESAMPLES = 2_000
SEED = 4
FEWEST = 10
"""Documents below which no interval is given."""
MEASURES = ("linked", "found", "exact")


@dataclass
class Tally:
    """Counts of one document or of many; they add up."""

    counts: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often the first reading gives a word one label and the second another."""

    def add(self, other: Tally) -> None:
        """Add the counts of another tally."""
        self.counts.update(other.counts)
        self.pairs.update(other.pairs)


def f1(tally: Tally, measure: str) -> float | None:
    """Return an F1 between the readings; None if neither marked anything."""
    prefix = "name" if measure == "names" else "attribution"
    marked = tally.counts[f"{prefix} first"] + tally.counts[f"{prefix} second"]
    return 2 * tally.counts[measure] / marked if marked else None


def alpha(tally: Tally) -> float | None:
    """Return Krippendorff's alpha; None if all words have one label.

    >>> alpha(Tally(pairs=Counter({("cue", "cue"): 3, ("none", "none"): 5, ("cue", "none"): 2})))
    0.62
    """
    of: Counter[str] = Counter()
    for (one, other), number in tally.pairs.items():
        of[one] += number
        of[other] += number
    size = sum(of.values())
    differing = 2 * sum(number for (one, other), number in tally.pairs.items() if one != other)
    by_chance = sum(number * (size - number) for number in of.values())
    return round(1 - (size - 1) * differing / by_chance, 12) if by_chance else None


VALUES: Mapping[str, Callable[[Tally], float | None]] = {
    "linked": lambda it: f1(it, "linked"),
    "found": lambda it: f1(it, "found"),
    "exact": lambda it: f1(it, "exact"),
    "alpha": alpha,
    "names": lambda it: f1(it, "names"),
}


def compare(score: Any, text: str, first: Reading, second: Reading) -> Tally:
    """Return the counts of one passage; `score` is the scorer's module."""
    one, other = ([{role: it[role] for role in ROLES} for it in reading.attributions] for reading in (first, second))
    result = score.score({"p": {"text": text, "attributions": one}}, {"p": other})
    tally = Tally(Counter({"attribution first": int(result["gold"]), "attribution second": int(result["predicted"])}))
    for measure in MEASURES:
        tally.counts[measure] = round(result[measure]["recall"] * result["gold"])
    words = score.word_spans(text)
    tally.pairs.update(zip(_labels(score, one, words), _labels(score, other, words), strict=True))
    names = [{(it["start"], it["end"], it["type"]) for it in reading.names} for reading in (first, second)]
    tally.counts.update({"name first": len(names[0]), "name second": len(names[1]), "names": len(names[0] & names[1])})
    return tally


def _labels(score: Any, attributions: Sequence[Mapping[str, Any]], words: Sequence[Any]) -> list[str]:
    labels = ["none"] * len(words)
    for role in ("content", "source", "cue"):  # where two attributions overlap, the last of these counts
        for attribution in attributions:
            for word in score.words_in(attribution[role], words):
                labels[word] = role
    return labels


def interval(documents: Sequence[Tally], value: Callable[[Tally], float | None]) -> tuple[float, float] | None:
    """Return a 95% interval from resampled documents; None for fewer than ten documents."""
    if len(documents) < FEWEST:
        return None
    chance = random.Random(SEED)  # noqa: S311
    resampled = (value(_sum(chance.choices(documents, k=len(documents)))) for _ in range(RESAMPLES))
    values = sorted(it for it in resampled if it is not None)
    return (values[int(0.025 * len(values))], values[int(0.975 * len(values)) - 1]) if values else None


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total.add(tally)
    return total


def table(tallies: Mapping[str, Tally], passages: Mapping[str, Passage]) -> list[dict[str, Any]]:
    """Return a row for all passages, each kind and each part: counts, values and intervals."""
    groups: dict[str, list[str]] = {"all": list(tallies)}
    for name in tallies:
        groups.setdefault(passages[name].kind, []).append(name)
    for name in tallies:
        groups.setdefault(passages[name].part, []).append(name)
    rows = []
    for group, names in groups.items():
        documents: dict[tuple[str, str], Tally] = {}
        for name in names:
            documents.setdefault((passages[name].corpus, passages[name].document), Tally()).add(tallies[name])
        total = _sum(documents.values())
        row: dict[str, Any] = {"group": group, "passages": len(names), "documents": len(documents)}
        marked = ("attribution first", "attribution second", "name first", "name second")
        row |= {key: total.counts[key] for key in marked}
        for measure, value in VALUES.items():
            row[measure] = value(total)
            row[f"{measure} 95% CI"] = interval(list(documents.values()), value)
        rows.append(row)
    return rows


def shown(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the table as Markdown, in %."""
    heading = ["", "passages", "documents", "attributions", "names marked", *VALUES]
    lines = ["| " + " | ".join(heading) + " |", "|" + " --- |" * len(heading)]
    for row in rows:
        cells = [str(row[key]) for key in ("group", "passages", "documents")]
        cells += [f"{row[f'{what} first']} / {row[f'{what} second']}" for what in ("attribution", "name")]
        cells += [_cell(row[measure], row[f"{measure} 95% CI"]) for measure in VALUES]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(value: float | None, limits: tuple[float, float] | None) -> str:
    if value is None:
        return "n/a"
    return f"{100 * value:.1f}" + (f" ({100 * limits[0]:.1f} to {100 * limits[1]:.1f})" if limits else "")


def _readings(files: Sequence[Path], texts: Texts) -> dict[str, Reading]:
    readings: dict[str, Reading] = {}
    for path in files:
        if all(row is not None and "digest" in row for _, row in rows(path)):
            readings |= {name: _in_passage(texts.passages[name], row) for name, row in examples.settled(path).items()}
            continue
        found, complaints = check(path, texts)
        wrong = complaints + [f"{name}: {it}" for name, reading in found.items() for it in reading.errors]
        if wrong:
            raise SystemExit(f"{path.name} has {len(wrong)} problems; the first is {wrong[0]}. Run marks check.")
        readings |= found
    return readings


def _in_passage(passage: Passage, row: Mapping[str, Any]) -> Reading:
    """Return a reading whose offsets count characters of the document in those of the passage."""
    attributions = [
        it | {role: [(first - passage.start, last - passage.start) for first, last in it[role]] for role in ROLES}
        for it in row["attributions"]
    ]
    shifted = [{"start": it["start"] - passage.start, "end": it["end"] - passage.start} for it in row["names"]]
    return Reading(attributions, [it | at for it, at in zip(row["names"], shifted, strict=True)])


def main() -> None:
    """Compare two readings and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--first", type=Path, nargs="+", required=True)
    parser.add_argument("--second", type=Path, nargs="+", required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--statements", type=Path)
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    options = parser.parse_args()
    passages = read_passages()
    texts = Texts(passages, options.data, options.statements)
    first, second = _readings(options.first, texts), _readings(options.second, texts)
    score = scorer(options.data)
    both = sorted(first.keys() & second.keys())
    counted = table({name: compare(score, texts[name], first[name], second[name]) for name in both}, passages)
    print(json.dumps(counted, indent=1) if options.json else shown(counted))
    print(f"\n{len(first.keys() ^ second.keys())} passages are in one reading only and were left out.")


if __name__ == "__main__":
    main()
