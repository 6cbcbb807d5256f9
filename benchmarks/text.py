"""How good and how fast are sentences and tokens?

    python benchmarks/text.py DATA [--errors]

with ``DATA/polnear/dev`` (accuracy, speed) and ``DATA/ungdc`` (speed). The reference is the *silver*
annotation that comes with PolNeAR: the output of Stanford CoreNLP, no person's judgement. Agreement with it
says how near two programs are to each other; where they part, either may be right. ``--errors`` prints every
place where a sentence ends for one and not for the other.

The results are in RESULTS.md beside this file.
"""

from __future__ import annotations

import argparse
import csv
import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from nltk.tokenize import NLTKWordTokenizer
from nltk.tokenize.punkt import PunktSentenceTokenizer

from research.nlp import text as ours

Span = tuple[int, int]
Splitter = Callable[[str], Sequence[Span]]

BLANK_LINE = re.compile(r"\n\s*\n")
PLAIN_END = re.compile(r"[.?!]+[\"'”’)\]]*(?=\s)")


def paragraphs(text: str) -> Iterator[Span]:
    """The stretches between blank lines: the two other splitters are spared to find headlines."""
    start = 0
    for gap in BLANK_LINE.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def by_paragraph(split: Splitter) -> Splitter:
    """The same splitter, given one paragraph at a time."""
    return lambda text: [(start + s, start + e) for start, end in paragraphs(text) for s, e in split(text[start:end])]


def plain_regex(text: str) -> list[Span]:
    """A sentence ends at every full stop, question or exclamation mark before white space."""
    ends = [match.end() for match in PLAIN_END.finditer(text)] + [len(text)]
    return list(zip([0, *ends], ends, strict=False))


OURS = "research.nlp.text"
UNTRAINED = PunktSentenceTokenizer()
SPLITTERS: dict[str, Splitter] = {
    OURS: ours.sentences,
    "untrained Punkt, by paragraph": by_paragraph(lambda text: list(UNTRAINED.span_tokenize(text))),
    "plain regular expression, by paragraph": by_paragraph(plain_regex),
}


def nltk_tokens(text: str) -> list[Span]:
    """NLTK's tokens in our sentences as NLTK itself aligns them; a sentence where it fails has none."""
    spans: list[Span] = []
    for start, end in ours.sentences(text):
        try:
            spans += [(start + s, start + e) for s, e in NLTKWordTokenizer().span_tokenize(text[start:end])]
        except ValueError:
            continue
    return spans


def silver(path: Path) -> tuple[list[Span], list[Span]]:
    """The sentences and the tokens of a PolNeAR article as CoreNLP had them."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row]
    bounds: dict[str, Span] = {}
    for number, start, end, *_ in rows:
        first, _last = bounds.get(number, (int(start), 0))
        bounds[number] = (first, int(end))
    return list(bounds.values()), [(int(row[1]), int(row[2])) for row in rows]


def ends(text: str, spans: Sequence[Span]) -> set[int]:
    """Where sentences end: after their last letter or digit, so that no quotation mark is an error."""
    return {
        start + max((i + 1 for i, c in enumerate(text[start:end]) if c.isalnum()), default=0)
        for start, end in spans
        if any(map(str.isalnum, text[start:end]))
    }


def inside_paragraphs(text: str, places: set[int]) -> set[int]:
    """Without those that are the last of a paragraph, which a blank line gives away."""
    return places - ends(text, list(paragraphs(text)))


class Agreement:
    """Counts of what two programs both have, and each alone."""

    def __init__(self) -> None:
        self.both = self.found = self.expected = 0

    def add(self, found: set[int] | set[Span], expected: set[int] | set[Span]) -> None:
        """Count what one document adds."""
        self.both += len(found & expected)
        self.found += len(found)
        self.expected += len(expected)

    def __str__(self) -> str:
        precision, recall = self.both / self.found, self.both / self.expected
        f1 = 2 * precision * recall / (precision + recall)
        return f"P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}  (n = {self.expected:,})"


def accuracy(folder: Path, errors: bool) -> None:
    """Print the agreement with the silver annotation; or, with `errors`, also where it is missing."""
    articles = [
        (text.read_bytes().decode("utf-8"), *silver(annotated))
        for text in sorted((folder / "text").iterdir())
        if (annotated := folder / "silver" / f"{text.stem}.tsv").exists()  # one article has none
    ]
    print(f"{len(articles)} articles against CoreNLP")
    for name, split in SPLITTERS.items():
        everywhere, inside = Agreement(), Agreement()
        for text, expected_sentences, _ in articles:
            found, expected = ends(text, split(text)), ends(text, expected_sentences)
            everywhere.add(found, expected)
            inside.add(inside_paragraphs(text, found), inside_paragraphs(text, expected))
            if errors and name == OURS:
                for place in sorted(found ^ expected):
                    sign = "+" if place in found else "-"
                    print(sign, repr(text[max(0, place - 50) : place] + "¦" + text[place : place + 40]))
        print(f"sentence ends     {name:40} {everywhere}")
        print(f"inside paragraphs {name:40} {inside}")
    tokenizers: dict[str, Splitter] = {OURS: ours.tokens, "NLTK, its own alignment": nltk_tokens}
    for name, tokenize in tokenizers.items():
        agreement = Agreement()
        for text, _, expected_tokens in articles:
            agreement.add(set(tokenize(text)), set(expected_tokens))
        print(f"tokens            {name:40} {agreement}")


def speed(name: str, texts: list[str]) -> None:
    """The best of five runs over all texts, in processor time; the model is loaded and warm."""
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6
    words = sum(ours.is_word(text[s:e]) for text in texts for s, e in ours.tokens(text))
    for what, function in {"sentences": ours.sentences, "sentences and tokens": ours.tokens}.items():
        best = min(_seconds(function, texts) for _ in range(5))
        print(
            f"{name}: {what}: {words:,} words, {size:.1f} MB, {best:.2f} s: "
            f"{words / best:,.0f} words/s, {size / best:.1f} MB/s"
        )


def _seconds(function: Callable[[str], object], texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        function(text)
    return time.process_time() - start


HARD: dict[str, str] = {
    "5 MB without a sentence end": "word " * 1_000_000,
    "1 MB of quotation marks": '"' * 1_000_000,
    "1 MB of apostrophes": "'" * 1_000_000,
    "1 MB of curly quotation marks": "“”" * 500_000,
    "1 MB of full stops": "." * 1_000_000,
    "1 MB of spaced full stops": ". " * 500_000,
    "1 MB of full stops and quotation marks": ". \" ' " * 166_667,
    "1 MB of spaces": " " * 1_000_000,
    "1 MB of line breaks": "\n" * 1_000_000,
    "1 MB of one-letter lines": "a\n" * 500_000,
    "1 MB without white space": "a" * 1_000_000,
    "1 MB of a.a.a.": "a." * 500_000,
    "1 MB of opening brackets": "x. " + "(" * 1_000_000,
    "1 MB of http://": "http://" * 142_857,
    "1 MB of sentences of one letter": "A. " * 333_333,
}


def main() -> None:
    """Measure, and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--errors", action="store_true")
    options = arguments.parse_args()
    accuracy(options.data / "polnear" / "dev", options.errors)
    if options.errors:
        return
    dev = [path.read_text("utf-8") for path in sorted((options.data / "polnear" / "dev" / "text").iterdir())]
    speeches = [
        path.read_text("utf-8-sig")
        for path in sorted((options.data / "ungdc").glob("*.txt"))
        if not path.name.startswith("._")
    ]
    speed("PolNeAR dev", dev)
    speed("UN General Debate", speeches)
    for name, text in HARD.items():
        alone, both = _seconds(ours.sentences, [text]), _seconds(ours.tokens, [text])
        print(f"{name}: {alone:.2f} s, with tokens {both:.2f} s")


if __name__ == "__main__":
    main()
