"""Count the reference of the keyness in 05_language: base forms, and sequences of content words, of PolNeAR train.

    python training/reference/frequencies.py DATA/polnear

writes ``src/research/analysis/language/reference.tsv.gz``: the first line has the number of words, each other line a
base form or a sequence of two to four of them, and how often it occurs. The same texts give the same bytes.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter
from pathlib import Path

from research import Annotations, load
from research.analysis.language.reference import FILE
from research.analysis.language.words import Words, words_of

FEWEST_OF_A_WORD, FEWEST_OF_A_PHRASE, LONGEST = 2, 5, 4


def main(data: Path) -> None:
    """Write the list."""
    words = words_of(Annotations(load(data / "train" / "text"), layers=["counts", "text"], with_copies=True))
    rows = sorted((-count, term) for term, count in counted(words).items())
    lines = [f"\t{int(words.sizes.sum())}", *(f"{term}\t{-count}" for count, term in rows)]
    with FILE.open("wb") as file, gzip.GzipFile(fileobj=file, mode="wb", filename="", mtime=0) as packed:
        packed.write("".join(f"{line}\n" for line in lines).encode())
    print(f"{len(lines) - 1:,} words and phrases of {int(words.sizes.sum()):,} words: {FILE.stat().st_size:,} bytes")


def counted(words: Words) -> Counter[str]:
    """Return how often each word and each sequence of content words occurs, rare ones left out."""
    counts: Counter[str] = Counter()
    run: list[int] = []
    before = -1
    sequences: Counter[tuple[int, ...]] = Counter()
    singles: Counter[int] = Counter()
    for form, sentence in zip(words.ids.tolist(), words.sentences.tolist(), strict=True):
        if form >= 0:
            singles[form] += 1
        if form < 0 or sentence != before or not words.content[form]:
            run = []
        before = sentence
        if form >= 0 and words.content[form]:
            run = [*run[-LONGEST + 1 :], form]
            for length in range(2, len(run) + 1):
                sequences[tuple(run[-length:])] += 1
    counts.update({words.forms[it]: n for it, n in singles.items() if n >= FEWEST_OF_A_WORD})
    for its, n in sequences.items():
        if n >= FEWEST_OF_A_PHRASE:
            counts[" ".join(words.forms[it] for it in its)] += n
    return counts


if __name__ == "__main__":
    main(Path(sys.argv[1]))
