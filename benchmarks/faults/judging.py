"""Reports before and after planting, what the command says about them, and the table of what it found."""

from __future__ import annotations

import json
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.faults import formats, sentences
from benchmarks.faults.hands import Hand
from benchmarks.faults.known import Fact, Known
from benchmarks.faults.planted import Fault
from benchmarks.faults.planting import KINDS, UNCITED
from benchmarks.faults.sentences import Sentence
from benchmarks.faults.writing import drawing

Message = Mapping[str, Any]
AT_ONCE = 60
"""Reports that one call of the command reads."""


@dataclass(frozen=True)
class Draft:
    """A report that is true: a template, its sentences, and the seed of how they are written."""

    known: Known
    template: Path
    suffix: str
    sentences: tuple[Sentence, ...]
    seed: str

    def written(self) -> formats.Report:
        """The report."""
        return formats.write(self.template, self.suffix, self.sentences, self.seed)


@dataclass(frozen=True)
class Case:
    """A report with at most one fault, and where it stands."""

    name: str
    draft: Draft
    fault: Fault | None = None
    place: int = 0


_MAKERS = {
    "single": sentences.single,
    "pair": sentences.pair,
    "group": sentences.group,
    "several": sentences.several,
    "caption": sentences.caption,
    "row": sentences.cells,
}
"""What fills a blank of a template."""


def draft(known: Known, hand: Hand, template: Path, suffix: str, seed: str) -> Draft:
    """Fill every blank of a template; a finding is cited once as long as there are others."""
    random = drawing(seed)
    deck: list[Fact] = []
    pairs = sentences.comparables(known.facts, hand)
    ends = [fact for fact in known.facts if fact.family in ("corpus.earliest", "corpus.latest") and fact.computable]
    made = []
    for blank in formats.blanks(template):
        while len(deck) < 2:
            deck += random.sample(known.facts, len(known.facts))
        facts = [deck.pop() for _ in range(2 if blank in ("pair", "group") else 1)]
        if blank == "group" and pairs and random.random() < 0.5:
            made.append(sentences.comparison(random.choice(pairs), random, hand))
        elif blank == "pair" and hand.spans and len(ends) == 2 and random.random() < 0.3:
            made.append(sentences.span(ends, random, hand))
        else:
            made.append(_MAKERS[blank](facts, random, hand))
    return Draft(known, template, suffix, tuple(replace(it, hand=hand) for it in made), seed)


def drafts(runs: Iterable[Known], hand: Hand, seed: int, variants: int) -> Iterator[Draft]:
    """Every template in every format on every run, so many times."""
    for known in runs:
        for variant in range(variants):
            for template, suffix in formats.templates(hand.name):
                yield draft(known, hand, template, suffix, f"{seed} {known.name} {template.name} {suffix} {variant}")


def plant(all_drafts: Sequence[Draft], wanted: int, seed: int) -> list[Case]:
    """Plant so many faults, as evenly over kinds and formats as the reports allow."""
    by_suffix: dict[str, list[Draft]] = defaultdict(list)
    for it in all_drafts:
        by_suffix[it.suffix].append(it)
    streams = {(kind, suffix): _planted(its, kind, seed) for suffix, its in by_suffix.items() for kind in KINDS}
    cases: list[Case] = []
    while streams and len(cases) < wanted:
        for cell in list(streams):
            found = next(streams[cell], None)
            if found is None:
                del streams[cell]
            elif len(cases) < wanted:
                cases.append(replace(found, name=f"{len(cases):05}{found.draft.suffix}"))
    return cases


def _planted(its: Sequence[Draft], kind: str, seed: int) -> Iterator[Case]:
    """Faults of a kind in reports of a format, one a sentence, from all over."""
    random = drawing(f"{seed} {kind}")
    places = [(it, place) for it in its for place in range(len(it.sentences))]
    random.shuffle(places)
    apart = {it.template: formats.alone(it.template) for it in its}
    for it, place in places:
        if kind == "uncited" and not apart[it.template][place]:
            continue  # a later citation of its paragraph is for it
        fault = KINDS[kind](it.sentences[place], drawing(f"{it.seed} {kind} {place}"), it.known)
        if fault is not None:
            changed = (*it.sentences[:place], fault.sentence, *it.sentences[place + 1 :])
            yield Case("", replace(it, sentences=changed), fault, place)


# --- the command ---


def messages(
    command: Sequence[str], run: Path, files: Sequence[Path], jobs: int = 1, *options: str
) -> dict[str, list[Message]]:
    """What the command says about reports, by the name of the file. Raises RuntimeError if it stops."""
    found: dict[str, list[Message]] = defaultdict(list)
    parts = [files[first : first + AT_ONCE] for first in range(0, len(files), AT_ONCE)]
    with ThreadPoolExecutor(jobs) as side_by_side:
        for said in side_by_side.map(lambda part: _said(command, run, part, options), parts):
            for message in said:
                found[Path(message["file"]).name].append(message)
    return found


def _said(command: Sequence[str], run: Path, files: Sequence[Path], options: Sequence[str]) -> list[Message]:
    call = [*command, "check", *map(str, files), "--run", str(run), "--format", "json", *options]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(call[:6])} … stopped with {done.returncode}: {done.stderr[-2000:]}")
    said: list[Message] = json.loads(done.stdout)
    return said


def judge(
    command: Sequence[str], cases: Sequence[Case], room: Path, jobs: int = 1
) -> Iterator[tuple[Case, list[Message], list[Message]]]:
    """Write the reports, check them, and give each case the messages at its place and those elsewhere."""
    by_run: dict[tuple[Path, bool], list[Case]] = defaultdict(list)
    for case in cases:
        by_run[case.draft.known.folder, _is_strict(case)].append(case)
    for (run, strict), its in by_run.items():
        lines = {}
        for case in its:
            report = case.draft.written()
            (room / case.name).write_bytes(report.data)
            lines[case.name] = report.lines[case.place] if case.fault else None
        said = messages(command, run, [room / case.name for case in its], jobs, *(["--strict"] if strict else []))
        for case in its:
            here = [it for it in said[case.name] if case.fault and _is_at(it, case, lines[case.name])]
            yield case, here, [it for it in said[case.name] if it not in here]


def _is_strict(case: Case) -> bool:
    return case.fault is not None and case.fault.kind == UNCITED


def _is_at(message: Message, case: Case, lines: tuple[int, int] | None) -> bool:
    """Whether a message is about the sentence: on its lines or, where a format has none, about a key that it cites."""
    if lines is not None:
        return lines[0] <= int(message["line"]) <= lines[1]
    cited = case.draft.sentences[case.place].parts
    if _is_strict(case):
        said = [it.text for it in cited if it.role in ("value", "quote")]
        return message["kind"] == "uncited" and any(" ".join(it.split())[:60] in message["message"] for it in said)
    keys = {key for it in cited if it.role == "cite" for key in it.text.split("\n")}
    keys |= {key.removeprefix(f"otr.{case.draft.known.name}.").replace("+", "_") for key in keys}
    return message.get("key") in keys or any(key in message["message"] for key in keys)


def is_found(fault: Fault, here: Iterable[Message]) -> bool:
    """Whether one of the messages at the place of a fault has the severity that is due."""
    if fault.kind == UNCITED:
        return any(it["kind"] == "uncited" for it in here)
    return any(fault.severity in ("any", it["severity"]) for it in here)


# --- what is printed ---


def table(results: Iterable[tuple[Case, Fault, bool]]) -> str:
    """A Markdown table of faults found and planted, by kind and format."""
    planted: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for case, fault, is_it in results:
        for cell in (
            (fault.kind, case.draft.suffix),
            (fault.kind, "all"),
            ("all", case.draft.suffix),
            ("all", "all"),
        ):
            planted[cell] += 1
            found[cell] += is_it
    suffixes = [*sorted({suffix for _, suffix in planted} - {"all"}), "all"]
    kinds = [*sorted({kind for kind, _ in planted} - {"all"}), "all"]
    rows = [f"| fault | {' | '.join(suffixes)} |", f"| --- |{' ---: |' * len(suffixes)}"]
    for kind in kinds:
        cells = (f"{found[kind, it]}/{planted[kind, it]}" if planted[kind, it] else "" for it in suffixes)
        rows.append(f"| {kind} | {' | '.join(cells)} |")
    share = found["all", "all"] / max(1, planted["all", "all"])
    return "\n".join([*rows, "", f"Found: {found['all', 'all']} of {planted['all', 'all']} ({share:.2%})"])


def listed(case: Case, here: Sequence[Message], elsewhere: Sequence[Message]) -> str:
    """A case in full, for reading."""
    fault, it = case.fault, case.draft
    head = f"## {case.name} · {it.known.name} · {it.template.name} as {it.suffix}"
    if fault is None:
        sentence = ""
    else:
        text = "".join(f"[{part.text}]" if part.role == "cite" else part.text for part in fault.sentence.parts)
        sentence = f"{fault.kind} ({fault.severity}): “{fault.was}” → “{fault.now}”\nin: {text}\n"
    said = [
        f"{name}: {one['line']}: {one['severity']} {one['kind']}: {one['message']}"
        for name, its in (("here", here), ("elsewhere", elsewhere))
        for one in its
    ]
    return "\n".join([head, sentence, *said, ""])
