"""Draw the passages that are annotated, with a fixed seed, and write where they are: `passages.jsonl`, without text.

    python -m training.attributions.gold.draw DATA --statements FOLDER [--batches FOLDER]

A passage is consecutive whole sentences of one document, 80 to 160 words. It starts at a random sentence, moved back to
the start of its paragraph where that is near, and stops at the end of a paragraph or sentence near 120 words. Documents
are drawn in turn from the strata of a corpus (decades, or years), each once before any twice. A passage is skipped if
it is a list, a letterhead or boilerplate (`is_prose`). A quarter of the documents of each corpus and kind is for
measuring. Then passages of other documents are drawn (`FURTHER`), which are read once and only learned from.
`--batches` also writes the reading batches, which hold text and stay outside the project.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from research.loading import Document, Span
from research.nlp.text import sentences
from training.attributions.gold import corpora

SEED = 1963
SHORTEST, USUAL, LONGEST = 80, 120, 160
BATCHES = 8
PLAN = (
    ("ungdc", ("speech",), 110),
    ("pm-transcripts", ("speech",), 90),
    ("pm-transcripts", ("release",), 45),
    ("pm-transcripts", ("interview", "transcript"), 90),
    ("gum", ("news", "interview"), 45),
    ("statements", ("release", "speech"), 50),
)
"""Corpus, kinds, passages."""
FURTHER = (
    ("ungdc", ("speech",), 160),
    ("pm-transcripts", ("speech",), 70),
    ("pm-transcripts", ("release",), 50),
    ("pm-transcripts", ("interview", "transcript"), 80),
    ("statements", ("release", "speech"), 120),
)
"""The same for the passages that are read once, from documents that have none of the others."""
LATER = (
    ("ungdc", ("speech",), 170),
    ("pm-transcripts", ("speech",), 60),
    ("pm-transcripts", ("release",), 80),
    ("pm-transcripts", ("interview", "transcript"), 50),
    ("statements", ("release", "speech"), 120),
)
"""The same once more, from documents that have none of the first passages; they may have a further one elsewhere."""
OF_ONE_DOCUMENT = 2

HERE = Path(__file__).parent
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_BOILERPLATE = re.compile(
    r"E\s*&\s*OE|\bFOR (?:THE )?(?:MEDIA|PRESS)\b|CHECK AGAINST|EMBARGO|PRESS (?:STATEMENT|OFFICE)|Scoop|Advertisement|"
    r"Press Release:|https?:|www\.|\]\(|\bENDS\b|[Mm]edia [Cc]ontacts?|[Cc]ontact:|@|\(0\d\)|"
    r"For (?:further|more) information|Subjects?:|PROOF|TRANSCRIPT OF|The meeting (?:rose|was called)|\*{3}|"
    r"Copyright|©|\b[Ii]mage ?:|\bVideo:|^Ends\b|\bEnds\.|This article (?:is|was)",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Passage:
    """Where a passage is; offsets count characters of the document."""

    id: str
    corpus: str
    kind: str
    document: str
    start: int
    end: int
    digest: str
    """sha256 of the passage's text in UTF-8."""
    part: str
    """"learn", "measure", "further" or "later"."""


def count_words(text: str) -> int:
    """Count words."""
    return len(_WORD.findall(text))


def is_prose(text: str, spans: Sequence[Span]) -> bool:
    """Say whether sentences are running prose: no list, no letterhead, no boilerplate, hardly damaged."""
    passage = text[spans[0][0] : spans[-1][1]]
    words = _WORD.findall(passage)
    in_sentences = sum(n for n in (count_words(text[start:end]) for start, end in spans) if n >= 6)
    finished = sum(text[end - 1] in ".!?…”\"'’)" for _, end in spans)
    shouted = sum(word.isupper() and len(word) > 1 for word in words)
    numbers = sum(word[0].isdigit() for word in words)
    damaged = len(re.findall(r"[�_|~^<>{}\\]", passage))
    return (
        not _BOILERPLATE.search(passage)
        and in_sentences >= 0.75 * len(words)
        and finished >= 0.6 * len(spans)
        and shouted <= 0.12 * len(words)
        and numbers <= 0.1 * len(words)
        and damaged <= 3
    )


def passage_at(text: str, spans: Sequence[Span], first: int) -> tuple[int, int] | None:
    """Return the range of sentences of a passage that starts at or before sentence `first`; None if there is none."""
    while first > 0 and not _starts_paragraph(text, spans, first):
        if count_words(text[spans[first - 1][0] : spans[first][1]]) > USUAL // 2:
            break
        first -= 1
    best: tuple[float, int] | None = None
    for last in range(first, len(spans)):
        words = count_words(text[spans[first][0] : spans[last][1]])
        if words > LONGEST:
            break
        ends = last + 1 == len(spans) or _starts_paragraph(text, spans, last + 1)
        distance = abs(words - USUAL) - (15 if ends else 0)
        if words >= SHORTEST and (best is None or distance < best[0]):
            best = (distance, last)
    return None if best is None else (first, best[1] + 1)


def _starts_paragraph(text: str, spans: Sequence[Span], at: int) -> bool:
    return at == 0 or "\n" in text[spans[at - 1][1] : spans[at][0]]


def draw_from(document: Document, taken: Sequence[tuple[int, int]], chance: random.Random) -> tuple[int, int] | None:
    """Draw the sentences of a passage, two or more away from those already taken; None if no start gives one."""
    spans = sentences(document.text, *document.body)
    starts = list(range(len(spans)))
    chance.shuffle(starts)
    for start in starts[:40]:
        found = passage_at(document.text, spans, start)
        if found is None or not is_prose(document.text, spans[slice(*found)]):
            continue
        if all(found[1] + 2 <= first or last + 2 <= found[0] for first, last in taken):
            return found
    return None


def in_turn(
    documents: Sequence[Document], stratum: Callable[[Document], str], chance: random.Random
) -> Iterator[Document]:
    """Yield documents, one of each stratum in turn, strata and documents in random order."""
    of: dict[str, list[Document]] = {}
    for document in documents:
        of.setdefault(stratum(document), []).append(document)
    groups = [of[name] for name in sorted(of)]
    for group in groups:
        chance.shuffle(group)
    chance.shuffle(groups)
    for turn in range(max(map(len, groups), default=0)):
        for group in groups:
            yield from group[turn : turn + 1]


def _stratum(corpus: str, document: Document) -> str:
    year = (document.date or "")[:4]
    if corpus == "ungdc":
        return year[:3]
    if corpus == "statements":
        return document.id.split("/")[0]
    return year if corpus == "pm-transcripts" else corpora.kind(corpus, document) or ""


def parts(documents: Sequence[str], chance: random.Random) -> dict[str, str]:
    """Return which of these documents are to learn from and which, a quarter, to measure."""
    shuffled = sorted(documents)
    chance.shuffle(shuffled)
    measured = set(shuffled[: round(len(shuffled) / 4)])
    return {name: "measure" if name in measured else "learn" for name in shuffled}


def draw(read: Callable[[str], dict[str, Document]]) -> list[Passage]:
    """Draw all passages of the plan, in the order of reading, then the further and the later ones in theirs."""
    planned = _drawn(PLAN, read, SEED, frozenset())
    used = frozenset((it.corpus, it.document) for it in planned)
    further = [replace(it, part="further") for it in _drawn(FURTHER, read, SEED + 1, used)]
    later = [replace(it, part="later") for it in _drawn(LATER, read, SEED + 2, used, further)]
    return [*_numbered("g", planned), *_numbered("f", further), *_numbered("m", later)]


def _numbered(letter: str, passages: Sequence[Passage]) -> list[Passage]:
    return [replace(it, id=f"{letter}{number:03}") for number, it in enumerate(passages, 1)]


def _drawn(
    plan: Sequence[tuple[str, tuple[str, ...], int]],
    read: Callable[[str], dict[str, Document]],
    seed: int,
    used: frozenset[tuple[str, str]],
    earlier: Sequence[Passage] = (),
) -> list[Passage]:
    """Draw the passages of a plan from documents that are not used yet, in the order of reading.

    A passage stays two sentences away from the `earlier` ones of its document.
    """
    drawn: list[Passage] = []
    for number, (corpus, kinds, size) in enumerate(plan):
        chance = random.Random(f"{seed} {number}")  # noqa: S311
        documents = [
            it
            for name, it in sorted(read(corpus).items())
            if (corpus, name) not in used and corpora.kind(corpus, it) in kinds
        ]
        order = list(in_turn(documents, partial(_stratum, corpus), chance))
        taken = {
            it.id: _sentences_of(it, [e for e in earlier if (e.corpus, e.document) == (corpus, it.id)]) for it in order
        }
        found: list[tuple[Document, Span]] = []
        for document in order * OF_ONE_DOCUMENT:
            if len(found) == size:
                break
            ranges = draw_from(document, taken[document.id], chance)
            if ranges is not None:
                taken[document.id].append(ranges)
                spans = sentences(document.text, *document.body)
                found.append((document, Span(spans[ranges[0]][0], spans[ranges[1] - 1][1])))
        drawn += _as_passages(corpus, found, chance)
    random.Random(seed).shuffle(drawn)  # noqa: S311
    return drawn


def _sentences_of(document: Document, passages: Sequence[Passage]) -> list[tuple[int, int]]:
    """Return the range of sentences of each passage of a document."""
    if not passages:
        return []
    spans = sentences(document.text, *document.body)
    within = [[at for at, span in enumerate(spans) if it.start < span[1] and span[0] < it.end] for it in passages]
    return [(its[0], its[-1] + 1) for its in within]


def _as_passages(corpus: str, found: Sequence[tuple[Document, Span]], chance: random.Random) -> list[Passage]:
    of_kind: dict[str, set[str]] = {}
    for document, _ in found:
        of_kind.setdefault(corpora.kind(corpus, document) or "", set()).add(document.id)
    part = {name: it for names in of_kind.values() for name, it in parts(sorted(names), chance).items()}
    return [
        Passage(
            id="",
            corpus=corpus,
            kind=corpora.kind(corpus, document) or "",
            document=document.id,
            start=span[0],
            end=span[1],
            digest=digest(document.text[span[0] : span[1]]),
            part=part[document.id],
        )
        for document, span in found
    ]


def digest(text: str) -> str:
    """Return the sha256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_passages(path: Path = HERE / "passages.jsonl") -> dict[str, Passage]:
    """Return the passages by id."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {row["id"]: Passage(**row) for row in rows}


# --- batches for reading ---------------------------------------------------------------------------


def batches(passages: Sequence[Passage]) -> dict[str, list[Passage]]:
    """Return the reading batches by name: the letter of their ids and a number, "g1" to "m8"."""
    found: dict[str, list[Passage]] = {}
    for letter in ("g", "f", "m"):
        its = [it for it in passages if it.id.startswith(letter)]
        size = -(-len(its) // BATCHES)
        for number in range(BATCHES):
            found[f"{letter}{number + 1}"] = its[number * size : (number + 1) * size]
    return found


def batch(passages: Sequence[Passage], documents: dict[tuple[str, str], Document]) -> str:
    """Return the text of a batch: each passage with its context, which is not to be annotated."""
    return "\n".join(_shown(it, documents[it.corpus, it.document]) for it in passages)


def _shown(passage: Passage, document: Document) -> str:
    spans = sentences(document.text, *document.body)
    before = [span for span in spans if span[1] <= passage.start][-2:]
    after = [span for span in spans if span[0] >= passage.end][:2]

    def context(of: Sequence[Span]) -> str:
        return document.text[of[0][0] : of[-1][1]] if of else "(none)"

    known = {
        "corpus": passage.corpus,
        "document": document.id,
        "speaker": document.speaker,
        "title": document.title,
        "date": document.date,
        "type": document.metadata.get("release-type"),
    }
    header = " | ".join(f"{name}: {value}" for name, value in known.items() if value)
    return (
        f"######## {passage.id} | kind: {passage.kind} | {header}\n"
        f"--- context before (do not annotate)\n{context(before)}\n"
        f"=== PASSAGE {passage.id} begins\n{document.text[passage.start : passage.end]}\n"
        f"=== PASSAGE {passage.id} ends\n"
        f"--- context after (do not annotate)\n{context(after)}\n"
    )


def main() -> None:
    """Draw, write and count."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--statements", type=Path)
    parser.add_argument("--batches", type=Path, help="write the reading batches there")
    options = parser.parse_args()
    read = {corpus: corpora.read(corpus, options.data, options.statements) for corpus in corpora.CORPORA}
    passages = draw(read.__getitem__)
    lines = [json.dumps(asdict(it)) + "\n" for it in passages]
    (HERE / "passages.jsonl").write_text("".join(lines), encoding="utf-8")
    for key, number in sorted(Counter((it.corpus, it.kind, it.part) for it in passages).items()):
        print(*key, number)
    if options.batches:
        documents = {(corpus, name): it for corpus, of in read.items() for name, it in of.items()}
        for name, its in batches(passages).items():
            (options.batches / f"batch-{name}.txt").write_text(batch(its, documents), encoding="utf-8")


if __name__ == "__main__":
    main()
