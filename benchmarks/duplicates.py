"""How well, how fast and in how much memory are copies of documents found?

    python -m benchmarks.duplicates [--documents N] [--characters N] [--json]

run in the root of the repository. *Quality* is measured on planted cases, made from the invented stories of
tests/stories.py: 200 stories of each kind among 2,000 stories that are nobody's copy. Each planted document has
one right answer, the document that counts instead of it. *Speed and memory* are measured on N generated documents of
words drawn at random by Zipf's law, one in ten of them a copy of one of the kinds; nothing is read from disk.

The results are in RESULTS.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np

from research.loading.documents import Document, Origin, Span
from research.loading.duplicates import find
from tests.stories import DISCLAIMER, edited, quoted, reheadlined, shortened, story, text, updated

CASES = 200
OTHERS = 2000
PLANTED: dict[str, Callable[[list[str], int], list[str]]] = {
    "same words, other line ends": lambda lines, _: ["\r\n".join(lines)],
    "new headline": lambda lines, _: reheadlined(lines),
    "updated: 1 sentence in 7 new": updated,
    "1 word in 25 replaced": edited,
    "1 word in 12 replaced": lambda lines, seed: edited(lines, seed, 0.08),
    "shortened to 60 %": lambda lines, _: shortened(lines),
    "shortened to 30 %, new headline": lambda lines, _: reheadlined(shortened(lines, 0.3)),
    "quoted in full, article 3 times as long": quoted,
    "quoted in full, article 10 times as long": lambda lines, seed: quoted(lines, seed, 10),
    "quoted in full, article 20 times as long": lambda lines, seed: quoted(lines, seed, 20),
}
"""How a version is made from a story."""
CONTROLS: dict[str, Callable[[int], list[str]]] = {
    "two stories with one disclaimer, 4 sentences": lambda seed: [*story(seed, 4), DISCLAIMER],
    "two stories with one disclaimer, 14 sentences": lambda seed: [*story(seed), DISCLAIMER],
    "other stories": lambda seed: story(seed, 4 + seed % 30),
}
"""How documents are made that repeat none."""


def document(doc_id: str, body: str, date: str) -> Document:
    """A document that is all prose."""
    return Document(doc_id, body, Span(0, len(body)), Origin(doc_id, "", "utf-8"), date)


def planted() -> tuple[list[Document], dict[str, str]]:
    """Documents with their copies, and the right answers: a copy's id, and that of the one that counts."""
    documents: list[Document] = []
    answers: dict[str, str] = {}
    for number, (case, make) in enumerate(PLANTED.items()):
        for seed in range(1000 * (number + 1), 1000 * (number + 1) + CASES):
            lines = story(seed, 10 + seed % 20)
            first, second = f"{case}: {seed} a", f"{case}: {seed} b"
            documents += [
                document(first, text(lines), "2031-05-04"),
                document(second, text(make(lines, seed + 500_000)), "2031-05-05"),
            ]
            copy, counts = (first, second) if case.startswith("quoted") else (second, first)
            answers[copy] = counts
    for number, (case, make_one) in enumerate(CONTROLS.items()):
        for seed in range(100_000 * (number + 1), 100_000 * (number + 1) + OTHERS // len(CONTROLS)):
            documents.append(document(f"{case}: {seed}", text(make_one(seed)), "2031-05-06"))
    return documents, answers


def quality() -> dict[str, dict[str, float]]:
    """Precision and recall over all planted cases, and by case: found, wrongly found, of how many."""
    documents, answers = planted()
    found = find(documents)
    right = {doc_id for doc_id, copy in found.items() if answers.get(doc_id) == copy.duplicate_of}
    cases = Counter(doc_id.rsplit(":", 1)[0] for doc_id in answers) | Counter(
        each.id.rsplit(":", 1)[0] for each in documents if each.id not in answers and each.id[-1] not in "ab"
    )
    by_case: dict[str, dict[str, float]] = {
        case: {
            "right": sum(doc_id.startswith(f"{case}:") for doc_id in right),
            "wrong": sum(doc_id.startswith(f"{case}:") for doc_id in found.keys() - right),
            "n": n,
        }
        for case, n in cases.items()
    }
    total = {"precision": len(right) / len(found), "recall": len(right) / len(answers), "n": len(answers)}
    return {"all": total, **by_case}


def generated(count: int, characters: int) -> Iterator[Document]:
    """So many documents of about so many characters; one in ten is a copy of the one ten before it."""
    chance = np.random.default_rng(7)
    vocabulary = np.array(
        ["".join(map(chr, chance.integers(97, 123, size))) for size in chance.integers(2, 10, 30_000)], dtype=object
    )
    weights = 1 / np.arange(1, len(vocabulary) + 1)
    ends = np.cumsum(weights / weights.sum())
    size = characters * 10 // 65  # words of six and a half letters, the blank counted
    first: list[str] = []
    for i in range(count):
        match i % 10, i // 10 % 3:
            case 9, 0:
                words = first[: len(first) * 6 // 10]
            case 9, 1:
                words = ["another", "headline", *first[5:]]
            case 9, 2:
                words = first
            case _:
                drawn = np.searchsorted(ends, chance.random(max(40, int(size * chance.lognormal(-0.125, 0.5)))))
                words = vocabulary[np.minimum(drawn, len(vocabulary) - 1)].tolist()
        if i % 10 == 0:
            first = words
        yield document(f"{i:08}", " ".join(words), f"2031-01-{i % 10 + 1:02}")


def speed(count: int, characters: int) -> dict[str, float]:
    """Seconds of this process for all, without those that making the documents took; the largest memory."""
    made, size, before = 0.0, 0, time.process_time()

    def stream() -> Iterator[Document]:
        nonlocal made, size
        documents = generated(count, characters)
        while True:
            started = time.process_time()
            each = next(documents, None)
            made += time.process_time() - started
            if each is None:
                return
            size += len(each.text)
            yield each

    found = find(stream())
    return {
        "documents": count,
        "megabytes": round(size / 1e6),
        "seconds": round(time.process_time() - before - made, 1),
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        // (1024 * 1024 if sys.platform == "darwin" else 1024),
        "copies planted": count // 10,
        "copies found": len(found),
        "found rightly": sum(int(copy.duplicate_of) == int(doc_id) - 9 for doc_id, copy in found.items()),
    }


def main() -> None:
    """Print what was measured."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--documents", type=int, default=100_000)
    options.add_argument("--characters", type=int, default=20_000)
    options.add_argument("--json", action="store_true", help="print JSON")
    chosen = options.parse_args()
    by_case, seconds = quality(), speed(chosen.documents, chosen.characters)
    if chosen.json:
        print(json.dumps({"quality": by_case, "speed": seconds}, indent=1))
        return
    for case, figures in by_case.items():
        print(f"{case:50}", "  ".join(f"{name} {value:.4g}" for name, value in figures.items()))
    print("  ".join(f"{name} {value:,}" for name, value in seconds.items()))


if __name__ == "__main__":
    main()
