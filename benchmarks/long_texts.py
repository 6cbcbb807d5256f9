"""How long do very long and very odd texts take, and how much memory?

    python benchmarks/long_texts.py [MILLIONS ...]

Annotates documents of so many million characters (1, 2 and 4 unless told) that no newspaper prints, each in a process
of its own. Twice the length should take twice the time. The results are in RESULTS.md beside this file.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time

KINDS = {
    "words without a sentence end": "word of the minister ",
    "sentences that quote": "The minister of trade said on Monday that “nothing is lost”, and Ann Lee agreed. ",
    "words, no two windows alike": "",
    '"': '"',
    "“": "“",
    "“a” ": "“a” ",
    "a": "a",
    "line breaks": "\n",
    "a, a line each": "a\n",
    "😀": "😀",
    "NUL": "\0",
}


def document(kind: str, size: int) -> str:
    """A text of a kind, so many characters long."""
    if KINDS[kind]:
        return (KINDS[kind] * (size // len(KINDS[kind]) + 1))[:size]
    return " ".join(f"{number} votes" for number in range(size // 13))[:size]


def annotate(kind: str, size: int) -> None:
    """Annotate one, and print what it took."""
    from research.loading.documents import Document, Origin, Span
    from research.nlp.annotate import annotate_document

    text = document(kind, size)
    annotate_document(Document("a", "A.", Span(0, 2), Origin("a.txt", "", "utf-8")))
    start = time.process_time()
    tables = annotate_document(Document("b", text, Span(0, len(text)), Origin("b.txt", "", "utf-8")))
    took, memory = time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = f"{len(tables['attributions']):,} attributions, {len(tables['mentions']):,} mentions"
    print(f"{kind!r}, {size / 1e6:g} million: {took:.1f} s of processor, peak {memory:.0f} MB, {found}", flush=True)


def main() -> None:
    """Annotate all kinds in all sizes, or the one that the command line names."""
    if "--one" in sys.argv:
        annotate(sys.argv[2], int(sys.argv[3]))
        return
    sizes = [round(float(size) * 1e6) for size in sys.argv[1:]] or [1_000_000, 2_000_000, 4_000_000]
    for kind in KINDS:
        for size in sizes:
            subprocess.run([sys.executable, __file__, "--one", kind, str(size)], check=True)


if __name__ == "__main__":
    main()
