"""Score the shipped package or a model on our own annotation, by kind, with 95% intervals from resampling documents.

    python -m training.attributions.gold.measure FILE --data DATA --statements FOLDER [--part measure] [--model MODEL]

FILE is ``attributions.jsonl``. A passage is read by itself, as one short document, of which nothing else is known. With
``--model`` (a folder with ``encoder.onnx``, or a checkpoint, which is exported beside itself) that network is scored,
without the rules on layout; otherwise the package as it is.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from research.loading import Document, Origin, Span
from research.nlp.accuracy import TURN
from research.nlp.records import Attribution, Mention
from training.attributions.data import as_row, scorer
from training.attributions.gold import examples as gold
from training.attributions.gold.agreement import compare, shown, table
from training.attributions.gold.draw import Passage, read_passages
from training.attributions.gold.marks import Reading, Texts

Read = Callable[[str], tuple[list[dict[str, Any]], list[dict[str, Any]]]]
"""Attributions and names of a text, as a ``Reading`` holds them."""
Pair = tuple[Passage, str, Reading, Reading]
"""A passage, its text, what is marked in it and what is found."""


def by_package() -> Read:
    """Return what the package finds: names, and statements at the top or directly in a turn."""

    def found(text: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        attributions, mentions = by_package_whole(text)
        names = [{"start": it.start, "end": it.end, "type": it.type} for it in mentions]
        return [as_row(it) for it in attributions], names

    return found


def by_package_whole(text: str) -> tuple[list[Attribution], list[Mention]]:
    """Return the package's own records of the same statements and names, with their confidence."""
    from research.nlp.statements.annotator import read

    attributions, mentions = read(Document("", text, Span(0, len(text)), Origin("", "", "")))
    prose = [it for it in attributions if it.kind != TURN]
    return [it for it in prose if not any(_holds(outer, it) for outer in prose)], list(mentions)


def _holds(outer: Attribution, inner: Attribution) -> bool:
    """Whether one statement is within the content of another."""
    start, end = inner.extent
    return outer.level < inner.level and any(low <= start and end <= high for low, high in outer.content)


def by_model(model: Path) -> Read:
    """Return what a network finds: attributions, and the names as its labels alone tell them."""
    from research.nlp.names.recognition import mentions
    from research.nlp.statements.decoding import decode
    from research.nlp.statements.encoder import Encoder

    if model.is_file():
        from training.attributions.export import export

        checkpoint, model = model, model.with_suffix("")
        if not (model / "encoder.onnx").exists():
            export(checkpoint, model)
    encoder = Encoder(model)

    def found(text: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        reading = encoder.read(text)
        names = [{"start": it.start, "end": it.end, "type": it.type} for it in mentions(reading)]
        return [as_row(it) for it in decode(reading)], names

    return found


def readings(marked: Mapping[str, Mapping[str, Any]], texts: Texts, part: str, read: Read) -> Iterator[Pair]:
    """Yield the passages of a part, ``learn`` without those to choose by, or of ``all`` parts."""
    passages = read_passages()
    parts = gold.parts(list(passages.values()))
    for name in sorted(marked):
        if part not in (parts[name], "all"):
            continue
        passage, text = passages[name], texts[name]
        example = gold.example(passage, marked[name], texts.document(name), around=0)
        own = [{"source": it.source, "cue": it.cue, "content": it.content} for it in example.attributions or []]
        names = [{"start": it.start, "end": it.end, "type": it.types[0]} for it in example.entities or []]
        attributions, mentions = read(text)
        yield passage, text, Reading(own, names), Reading(attributions, mentions)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--statements", type=Path)
    parser.add_argument("--part", default="choose", choices=["learn", "choose", "measure", "all"])
    parser.add_argument("--model", type=Path)
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    options = parser.parse_args()
    texts = Texts(read_passages(), options.data, options.statements)
    read = by_model(options.model) if options.model else by_package()
    score = scorer(options.data)
    tallies, passages = {}, {}
    for passage, text, marked, found in readings(gold.settled(options.file), texts, options.part, read):
        passages[passage.id] = passage
        tallies[passage.id] = compare(score, text, marked, found)
    rows = table(tallies, passages)
    print(json.dumps(rows, indent=1) if options.json else shown(rows))


if __name__ == "__main__":
    main()
