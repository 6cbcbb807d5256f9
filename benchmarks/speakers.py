"""How often is the right speaker named?

    python benchmarks/speakers.py DATA [--split dev] [--json] [--differences KIND]
    python benchmarks/speakers.py DATA --split train --fit

with ``DATA/polnear``. The sources are PolNeAR's own (by hand); who they are is taken from the *silver*
coreference that comes with it: the chain of Stanford CoreNLP that a source belongs to, and the most frequent
name of a person or an organisation in it, in its longest form. A program made it, no person: agreement says how
near two programs are to each other. Where a chain has no name, a noun counts as unnamed; of a pronoun silver then
says nothing, and it is left out. ``--differences`` prints every source of a kind where the two part.

Names agree when the words of the shorter one are all in the longer one. Two baselines: the last person named in
the source or before it, and the words of the source themselves. Campaigns and titles that
CoreNLP does not resolve are among those that it leaves unnamed.

``--fit`` prints the weights of ``research.nlp.names.candidates.WEIGHTS`` anew, within ``BOUNDS``.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from research.loading import Document, Origin, Span
from research.nlp.names.candidates import WEIGHTS, MayBe
from research.nlp.names.casting import cast_of
from research.nlp.names.floor import Floor
from research.nlp.names.recognition import mentions
from research.nlp.names.speakers import Resolution, Speaker
from research.nlp.records import Attribution, Mention
from research.nlp.statements.encoder import Encoder
from research.nlp.statements.turns import turns
from research.nlp.text import sentences
from research.nlp.text.segmentation import unwrapped

Floats = npt.NDArray[np.float64]

THIRD = frozenset(("he", "him", "his", "himself", "she", "her", "hers", "herself"))
PRONOUNS = THIRD | {"i", "me", "my", "we", "us", "our", "they", "them", "their", "it", "its", "you", "one"}
PRONOUNS |= {"who", "whom", "whose", "which", "that"}
KINDS = ("name in source", "title or noun", "he or she", "other pronoun", "unnamed")
SKIPPED = frozenset(("mr", "mrs", "ms", "dr", "sen", "rep", "gov", "president", "senator", "the", "of", "and", "jr"))


@dataclass
class Case:
    """A source by hand, and the silver name of whom it means (None: unnamed)."""

    document: str
    attribution: int
    kind: str
    silver: str | None
    chained: bool


def resolution(text: str, attributions: list[Attribution], found: list[Mention]) -> Resolution:
    """How the speakers of attributions are found, given the names that the encoder saw."""
    document = Document("", text, Span(0, len(text)), Origin("", "", "utf-8"))
    floor, spans = Floor(turns(document)), sentences(text)
    prose = unwrapped(text, spans)
    return Resolution(prose, attributions, cast_of(prose, found, attributions, floor), floor, spans)


def read_text(path: Path) -> str:
    """An article with its line ends as they are: offsets count them."""
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def gold(folder: Path, name: str) -> list[Attribution]:
    """An article's attributions by its alphabetically first annotator; of a source in parts the first."""
    path = min((folder / "attributions").glob(f"{name}_*.ann"))
    spans: dict[str, list[Span]] = {}
    events: list[list[list[str]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        key, tab, body = line.partition("\t")
        if not tab:  # the rest of an annotated text that holds line breaks
            continue
        if key.startswith("T"):
            parts = body.split("\t")[0].split(" ", 1)[1].split(";")
            spans[key] = [Span(int(start), int(end)) for start, end in (part.split() for part in parts)]
        elif key.startswith("E"):
            events.append([argument.split(":") for argument in body.split()])
    found = []
    for event in events:
        roles: dict[str, list[Span]] = defaultdict(list)
        for name_, key in event:
            roles[name_.rstrip("0123456789").lower()].extend(spans.get(key, []))
        if roles["content"]:
            source, cue = (min(roles[role], default=None) for role in ("source", "cue"))
            found.append(Attribution(source, cue, tuple(sorted(roles["content"])), "", 1.0))
    return found


@dataclass
class Silver:
    """CoreNLP's names and chains of one article."""

    types: dict[int, str]
    ends: dict[int, int]
    chains: list[list[Span]]

    @classmethod
    def read(cls, folder: Path, name: str) -> Silver:
        """Read what CoreNLP made of an article."""
        types, ends = {}, {}
        with (folder / "silver" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if len(row) == 7:
                    types[int(row[1])] = row[6]
                    ends[int(row[1])] = int(row[2])
        chains = json.loads((folder / "silver" / f"{name}.coref.json").read_text(encoding="utf-8"))
        return cls(types, ends, [[Span(start, end) for start, end, *_ in chain] for chain in chains])

    def names(self, start: int, end: int) -> Iterator[Span]:
        """Persons and organisations in a stretch of text."""
        run: Span | None = None
        last = ""
        for at in sorted(at for at in self.types if start <= at < end):
            type_ = self.types[at]
            if run and type_ == last and at - run[1] <= 1:
                run = Span(run[0], self.ends[at])
            else:
                if run:
                    yield run
                run = Span(at, self.ends[at]) if type_ in ("PERSON", "ORGANIZATION") else None
            last = type_ if run else ""
        if run:
            yield run


def words(name: str | None) -> tuple[str, ...]:
    """The words by which names are compared."""
    found = re.findall(r"\w+", re.sub(r"['’]s?(?!\w)", "", (name or "").lower()))
    return tuple(word for word in found if word not in SKIPPED)


def alike(one: str | None, other: str | None) -> bool:
    """Whether two names, or none, agree: all words of the shorter are in the longer."""
    if one is None or other is None:
        return one is other
    short, long = sorted((set(words(one)), set(words(other))), key=len)
    return bool(short) and short <= long


HEAD_ENDS = re.compile(r",|\b(?:who|which|that|of|for|from|in|at|with|on|to|close|and)\b")


def head_names(text: str, span: Span, silver: Silver) -> list[Span]:
    """Names at the end of a phrase's head: before its first comma, preposition or relative clause."""
    start, end = span
    for match in HEAD_ENDS.finditer(text, start, end):
        inside = any(s < match.end() and e > match.start() for s, e in silver.names(start, end))
        if match.start() > start and not inside:
            end = match.start()
            break
    tail = len(re.sub(r"['’]s?\s*\Z|\s+\Z", "", text[start:end])) + start
    return [name for name in silver.names(start, end) if name[1] >= tail - 1]


def chain_name(text: str, chain: list[Span], silver: Silver) -> str | None:
    """The most frequent name at the head of a chain's mentions, in its longest form."""
    found = [text[slice(*name)] for span in chain for name in head_names(text, span, silver)]
    if not found:
        return None
    last = Counter(words(name)[-1:] for name in found)
    top = min(last, key=lambda key: (-last[key], key))
    return max((name for name in found if words(name)[-1:] == top), key=lambda name: (len(name), name))


def cases(folder: Path, name: str, text: str, attributions: list[Attribution]) -> Iterator[Case]:
    """Every attribution with a source, and whom the silver chains take it for."""
    silver = Silver.read(folder, name)
    by_span = {span: chain for chain in silver.chains for span in chain}
    by_start: dict[int, tuple[Span, list[Span]]] = {}
    for its in silver.chains:
        for start, end in its:
            if start not in by_start or end > by_start[start][0].end:
                by_start[start] = (Span(start, end), its)
    for number, attribution in enumerate(attributions):
        if attribution.source is None:
            continue
        start, end = attribution.source
        surface = text[start:end].strip(" ,")
        chain = by_span.get(Span(start, start + len(surface)))
        if chain is None and start in by_start and by_start[start][0][1] <= end + 2:
            chain = by_start[start][1]
        low = surface.lower()
        own = next(iter(silver.names(start, end)), None)
        if low in THIRD:
            kind = "he or she"
        elif low in PRONOUNS:
            kind = "other pronoun"
        else:
            kind = "name in source" if own is not None else "title or noun"
        label = chain_name(text, chain, silver) if chain else None
        if label is None and kind == "name in source":
            heads = head_names(text, Span(start, end), silver)
            label = text[slice(*heads[-1])] if heads else None
        yield Case(name, number, kind, label, chain is not None)


def nearest(text: str, source: Span, found: list[Mention]) -> str | None:
    """The first baseline: the last person named in the source, or else before it."""
    before = [m for m in found if m.type == "PERSON" and m.start < source[1]]
    return text[before[-1].start : before[-1].end] if before else None


def named(case: Case) -> str | None:
    """The row of the table in which a source counts; None where silver says nothing of it."""
    if case.silver is not None:
        return case.kind
    return None if case.kind in ("he or she", "other pronoun") else "unnamed"


BOUNDS: dict[str, tuple[float | None, float | None]] = {
    "spoke last": (0.3, None),
    "known to agree": (0.5, None),
    "named in quotations only": (None, -1.0),
    "named in the statement": (None, -1.0),
    "unnamed": (-0.8, 0.0),
    "makes the statement around": (0.5, None),
    "makes the quotation around": (None, -3.0),
    "called so before": (0.0, None),
    "called otherwise before": (None, 0.0),
    "has just asked": (None, -3.0),
}
"""What is known better than silver knows it: it has few unnamed persons, and names of quotations in its chains."""


class Traced:
    """Notes every choice among candidates that a reading makes."""

    def __init__(self, read: Resolution) -> None:
        self.choices: list[tuple[Span, str, list[int], list[tuple[float, ...]]]] = []
        self._candidates, self._choose = read.candidates, read.candidates.choose
        read.candidates.choose = self.choose  # type: ignore[method-assign]

    def choose(self, at: int, span: Span, gender: str | None, use: str, may_be: MayBe | None = None) -> int | None:
        """Choose as before, and note the candidates with their features."""
        candidates, rows = self._candidates.weighed(at, span, gender, may_be)
        if candidates:
            self.choices.append((span, use, candidates, rows))
        return self._choose(at, span, gender, use, may_be)


def choices(folder: Path) -> Iterator[tuple[str, list[tuple[float, ...]], list[bool]]]:
    """Every "he" and "she" that silver names: its use, its candidates' features, and which of them are right."""
    encoder = Encoder()
    for path in sorted((folder / "text").glob("*.txt")):
        if not (folder / "silver" / f"{path.stem}.tsv").exists():
            continue
        text = read_text(path)
        read = resolution(text, gold(folder, path.stem), mentions(encoder.read(text)))
        traced = Traced(read)
        read.speakers()
        silver = Silver.read(folder, path.stem)
        by_span = {span: chain for chain in silver.chains for span in chain}
        for span, use, candidates, rows in traced.choices:
            name = chain_name(text, by_span.get(span, []), silver)
            right = [
                name is not None and alike(name, read.history.referents[candidate].name) for candidate in candidates
            ]
            if any(right) and not all(right):
                yield use, rows, right


def fit(folder: Path) -> None:
    """Print the weights under which the right candidates are likeliest, and how often they come first."""
    every = list(choices(folder))
    bounds = [BOUNDS.get(name, (None, None)) for name in WEIGHTS]
    for use in ("source", "other"):
        found = [(np.array(rows), np.array(right, dtype=float)) for used, rows, right in every if used == use]
        loss = Loss(found)
        weights = minimize(loss, np.zeros(len(WEIGHTS)), jac=True, method="L-BFGS-B", bounds=bounds).x
        first = [right[int(np.argmax(rows @ weights))] for rows, right in found]
        print(f"{use}: n = {len(found)}, right candidate first in {100 * np.mean(first):.1f} %")
        print("\n".join(f"    {name}: {weight:.2f}" for name, weight in zip(WEIGHTS, weights, strict=True)))


class Loss:
    """How unlikely weights make the right candidates, and the slope of that; large weights cost a little."""

    def __init__(self, found: list[tuple[Floats, Floats]]) -> None:
        self.rows = np.concatenate([rows for rows, _ in found])
        self.right = np.concatenate([right for _, right in found])
        self.case = np.repeat(np.arange(len(found)), [len(right) for _, right in found])

    def __call__(self, weights: Floats) -> tuple[float, Floats]:
        """What minimising asks for."""
        scores = np.exp(self.rows @ weights)
        every, good = np.bincount(self.case, scores), np.bincount(self.case, scores * self.right)
        slope = self.rows.T @ (scores / every[self.case] - scores * self.right / good[self.case])
        return float(np.log(every / good).sum() + 1.5 * weights @ weights), slope + 3 * weights


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--differences", choices=KINDS)
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    folder = options.data / "polnear" / options.split
    if options.fit:
        fit(folder)
        return
    right: Counter[tuple[str, str]] = Counter()
    total: Counter[str] = Counter()
    for it in judged(folder):
        total[it.kind] += 1
        right.update((it.kind, system) for system, agrees in it.agrees.items() if agrees)
        if options.differences == it.kind and not it.agrees["ours"]:
            print(it.document, it.source, it.speaker, it.silver, sep="\t")
    report(right, total, options.json)


@dataclass
class Judged:
    """A source, whom we and silver take it for, and which systems agree with silver."""

    document: str
    source: Span
    kind: str
    speaker: Speaker
    silver: str | None
    agrees: dict[str, bool]


def judged(folder: Path) -> Iterator[Judged]:
    """Every source of a split's articles that silver says something of."""
    encoder = Encoder()
    for path in sorted((folder / "text").glob("*.txt")):
        if not (folder / "silver" / f"{path.stem}.tsv").exists():
            continue
        text = read_text(path)
        attributions = gold(folder, path.stem)
        found = mentions(encoder.read(text))
        speakers = resolution(text, attributions, found).speakers()
        for case in cases(folder, path.stem, text, attributions):
            source, speaker = attributions[case.attribution].source, speakers[case.attribution]
            kind = named(case)
            if kind is None or source is None:
                continue
            said = {"ours": speaker.name, "nearest person": nearest(text, source, found), "label": speaker.label}
            agrees = {system: alike(case.silver, name) for system, name in said.items()}
            yield Judged(path.stem, source, kind, speaker, case.silver, agrees)


def report(right: Counter[tuple[str, str]], total: Counter[str], as_json: bool) -> None:
    """Print the shares, in per cent, or as JSON from 0 to 1."""
    systems = ("ours", "nearest person", "label")
    for system in systems:
        right["all", system] = sum(right[kind, system] for kind in KINDS)
    total["all"] = sum(total[kind] for kind in KINDS)
    if as_json:
        rows = [
            {
                "measure": f"speaker: {kind}, {system}",
                "value": round(right[kind, system] / total[kind], 4),
                "n": total[kind],
            }
            for kind in (*KINDS, "all")
            for system in systems
            if total[kind]
        ]
        print(json.dumps(rows, indent=1))
        return
    print("| sources | n | " + " | ".join(systems) + " |")
    print("| --- |" + " ---: |" * (1 + len(systems)))
    for kind in (*KINDS, "all"):
        shares = " | ".join(f"{100 * right[kind, system] / max(1, total[kind]):.1f}" for system in systems)
        print(f"| {kind} | {total[kind]} | {shares} |")


if __name__ == "__main__":
    main()
