"""Does another processor find the same attributions?

    python benchmarks/processors.py TEXTS --under "qemu-x86_64-static -cpu Haswell" [--articles 20]

Annotates the shortest articles of at least 200 words in the folder TEXTS twice, as they are found with
``research extract``: once natively, once with the command given before the interpreter. Compares them record by
record: an attribution is the same when its spans, kind, speaker and confidence are, a mention when its span, type,
entity and confidence are. Prints every difference, and the share that is the same. With ``--keep FOLDER`` both
outputs stay there. Emulation is slow: count a minute for a hundred words.

The results are in RESULTS.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from research.nlp import text as texts

LEAST_WORDS = 200


def words(path: Path) -> int:
    """How many words a text file has."""
    text = path.read_text("utf-8")
    return sum(texts.is_word(text[start:end]) for start, end in texts.tokens(text))


def shortest(folder: Path, count: int) -> list[Path]:
    """The shortest texts that are long enough, in the order of their names."""
    sizes = {path: size for path in sorted(folder.glob("*.txt")) if (size := words(path)) >= LEAST_WORDS}
    return sorted(sorted(sizes, key=lambda path: (sizes[path], path.name))[:count])


def extract(prefix: Sequence[str], folder: Path, output: Path) -> list[str]:
    """The lines of ``research extract`` in one process, with nothing taken from a cache."""
    command = [*prefix, sys.executable, "-m", "research.cli", "extract", str(folder), "--jobs", "1", "-o", str(output)]
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as cache:
        subprocess.run(command, check=True, env={**os.environ, "RESEARCH_CACHE": cache})
    print(f"{output.stem}: {time.perf_counter() - start:.0f} s", flush=True)
    return output.read_text("utf-8").splitlines()


def records(lines: Sequence[str], kind: str) -> Counter[str]:
    """All attributions, or all mentions, each as one string with the article that it is in."""
    found: Counter[str] = Counter()
    for line in lines:
        document = json.loads(line)
        for record in document[kind]:
            found[f"{document['doc']} {json.dumps(record, ensure_ascii=False)}"] += 1
    return found


def compare(kind: str, native: Counter[str], other: Counter[str]) -> None:
    """Print what differs, and how much is the same."""
    for sign, records in (("-", native - other), ("+", other - native)):
        for record in sorted(records.elements()):
            print(sign, record)
    same, most = (native & other).total(), max(native.total(), other.total())
    share = 100 * same / most if most else 100.0
    print(f"{kind}: {native.total()} natively, {other.total()} under the command, {same} the same: {share:.2f} %")


def main() -> None:
    """Annotate twice, and compare."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("texts", type=Path)
    arguments.add_argument("--under", required=True, help="the command that runs another processor's programs")
    arguments.add_argument("--articles", type=int, default=20)
    arguments.add_argument("--keep", type=Path, metavar="FOLDER", help="where both outputs stay")
    options = arguments.parse_args()
    articles = shortest(options.texts, options.articles)
    print(f"{len(articles)} articles, {sum(map(words, articles)):,} words")
    with tempfile.TemporaryDirectory() as scratch:
        chosen = Path(scratch, "texts")
        chosen.mkdir()
        for article in articles:
            shutil.copyfile(article, chosen / article.name)
        kept = options.keep or Path(scratch)
        kept.mkdir(parents=True, exist_ok=True)
        native = extract([], chosen, kept / "native.jsonl")
        other = extract(shlex.split(options.under), chosen, kept / "other.jsonl")
    for kind in ("attributions", "mentions"):
        compare(kind, records(native, kind), records(other, kind))


if __name__ == "__main__":
    main()
