"""Draw the sentences that are marked, with a fixed seed, and write where they are: `sentences.jsonl`, without text.

    python -m benchmarks.marked.draw DATA [--batches FOLDER]

A hundred whole sentences of each corpus. Documents are drawn in turn from the strata of a corpus (outlets, decades, or
years), each once before any twice. Half of the sentences are drawn from all sentences of their document, half from
those with a cue: in turn a number (no year and no number at the start, which numbers the paragraph), a time word or
year, a number again, and a country (the English name of a territory, or a capitalised word that ends like a demonym).
Cues come from Unicode's territory names and short lists here, from nothing that is measured.
Headlines, headings and sentences of fewer than five words or more than eighty are skipped.
`--batches` also writes the sentences with their context for reading, twenty-five a file, outside the project.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from babel import Locale

from benchmarks.marked import corpora
from research.loading import Document, Span
from research.nlp.text import sentences
from training.attributions.gold.draw import count_words, digest, in_turn

SEED = 2016
OF_A_CORPUS = 100
OF_A_BATCH = 25
SHORTEST, LONGEST = 5, 80
"""Words of a sentence."""

CUES = ("all", "number", "all", "time", "all", "number", "all", "country")
"""What a sentence must hold, in turn."""

HERE = Path(__file__).parent
_NUMBER_WORDS = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    r"nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|trillion|dozen|"
    r"half|quarter|third|percent|per\s+cent|double|twice"
)
_TIME_WORDS = (
    "today|tomorrow|yesterday|tonight|now|ago|recent|recently|currently|soon|day|week|weekend|month|year|decade|"
    "century|morning|afternoon|evening|spring|summer|autumn|winter|"
    "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    "January|February|March|April|June|July|August|September|October|November|December"
)
_YEAR = r"(?:1[89]|20)\d\d\b"
_NUMBER = re.compile(rf"(?<!^)(?<![\d.])(?!{_YEAR})\d|\b(?:{_NUMBER_WORDS})s?\b")
_TIME = re.compile(rf"(?<!\d){_YEAR}|\b(?:{_TIME_WORDS})s?\b")
_DEMONYM = re.compile(r"\b(?:[A-Z][a-z]+(?:[ie]ans?|ese|ish|i)|Americans?|Africans?|Arabs?|French|U\.?S\.?|UK|EU|UN)\b")


@dataclass(frozen=True)
class Sentence:
    """Where a sentence is; offsets count characters of the document."""

    id: str
    corpus: str
    kind: str
    document: str
    start: int
    end: int
    digest: str
    """sha256 of its text in UTF-8."""
    drawn_from: str
    """"all" sentences, or those with a "number", a "time" or a "country"."""


@cache
def _territories() -> re.Pattern[str]:
    names = {name for code, name in Locale("en").territories.items() if re.fullmatch("[A-Z]{2}", code)}
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, names)))})\b")


def has_cue(cue: str, text: str) -> bool:
    """Whether a sentence is likely to hold a quantity, a time or a country, as the cue says."""
    patterns = {"number": (_NUMBER,), "time": (_TIME,), "country": (_DEMONYM, _territories())}
    return cue == "all" or any(pattern.search(text) for pattern in patterns[cue])


def is_prose(text: str) -> bool:
    """Whether a sentence is one of running prose: no heading, no label, no list of names in capitals."""
    letters = [it for it in text if it.isalpha()]
    return (
        SHORTEST <= count_words(text) <= LONGEST
        and text.rstrip("\"'”’)")[-1:] in (".", "?", "!", "…")
        and sum(it.isupper() for it in letters) <= len(letters) / 4
    )


def candidates(corpus: str, document: Document) -> list[Span]:
    """Return the sentences of a document that can be drawn. The first one of a news article is its headline."""
    found = sentences(document.text, *document.body)
    return [it for it in found[corpus == "polnear" :] if is_prose(document.text[it.start : it.end])]


def _stratum(corpus: str, document: Document) -> str:
    if corpus == "polnear":
        return document.id.split("_")[0]
    year = (document.date or "")[:4]
    return year[:3] if corpus == "ungdc" else year


def draw_from(corpus: str, documents: Sequence[Document], size: int) -> list[tuple[Document, Span, str]]:
    """Draw sentences of one corpus, in turn from all sentences of a document and from those with a cue."""
    chance = random.Random(f"{SEED} {corpus}")  # noqa: S311
    order = list(in_turn(documents, lambda it: _stratum(corpus, it), chance))
    drawn: list[tuple[Document, Span, str]] = []
    while len(drawn) < size:
        before = len(drawn)
        for document in order:
            taken = {span for other, span, _ in drawn if other is document}
            cue = CUES[len(drawn) % len(CUES)]
            free = [it for it in candidates(corpus, document) if has_cue(cue, document.text[it.start : it.end])]
            free = [it for it in free if it not in taken]
            if free and len(drawn) < size:
                drawn.append((document, chance.choice(free), cue))
        if len(drawn) == before:
            raise SystemExit(f"{corpus} has fewer than {size} sentences that can be drawn. Check DATA.")
    return drawn


def draw(read: Callable[[str], dict[str, Document]], size: int = OF_A_CORPUS) -> list[Sentence]:
    """Draw the sentences of all corpora, in the order of reading."""
    found: list[Sentence] = []
    for corpus in corpora.CORPORA:
        documents = [it for _, it in sorted(read(corpus).items()) if corpora.kind(corpus, it)]
        for document, span, cue in draw_from(corpus, documents, size):
            kind, text = corpora.kind(corpus, document) or "", document.text[span.start : span.end]
            found.append(Sentence("", corpus, kind, document.id, span.start, span.end, digest(text), cue))
    random.Random(SEED).shuffle(found)  # noqa: S311
    return [replace(it, id=f"m{number:03}") for number, it in enumerate(found, 1)]


def read_sentences(path: Path = HERE / "sentences.jsonl") -> dict[str, Sentence]:
    """Return the sentences by id."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {row["id"]: Sentence(**row) for row in rows}


def shown(sentence: Sentence, document: Document) -> str:
    """Return a sentence with its date and the sentences before and after it, which are not marked."""
    text = document.text
    spans = sentences(text, *document.body)
    before = [text[start:end] for start, end in spans if end <= sentence.start][-1:]
    after = [text[start:end] for start, end in spans if start >= sentence.end][:1]
    lines = [
        f"## {sentence.id} | {sentence.corpus} {sentence.kind} | {document.date} | {document.title or document.id}"
    ]
    lines += [f"   before: {' '.join(it.split())}" for it in before]
    lines += [f">> {text[sentence.start : sentence.end]}"]
    lines += [f"   after: {' '.join(it.split())}" for it in after]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Draw, write and count."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--batches", type=Path, help="write the sentences with their context there")
    options = parser.parse_args()
    read = {corpus: corpora.read(corpus, options.data) for corpus in corpora.CORPORA}
    drawn = draw(read.__getitem__)
    lines = [json.dumps(asdict(it)) + "\n" for it in drawn]
    (HERE / "sentences.jsonl").write_text("".join(lines), encoding="utf-8")
    for key, number in sorted(Counter((it.corpus, it.kind, it.drawn_from) for it in drawn).items()):
        print(*key, number)
    if options.batches:
        for first in range(0, len(drawn), OF_A_BATCH):
            batch = drawn[first : first + OF_A_BATCH]
            text = "\n".join(shown(it, read[it.corpus][it.document]) for it in batch)
            (options.batches / f"batch-{first // OF_A_BATCH + 1:02}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
