"""Score a model's entities: `python -m training.attributions.entities MODEL DATA`.

Exact spans and types, micro-averaged over PERSON, ORG and places (GPE and LOC together, as the data do not
tell them apart), on PolNeAR dev's silver layer and on two sets never trained or chosen on.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path

from research.nlp.names.recognition import mentions
from research.nlp.records import Mention
from research.nlp.statements.encoder import Encoder
from training.attributions.data import BTC, WNUT, Example, read_conll, read_polnear

JUDGED = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE"}


Counts = tuple[int, int, int]
"""How many entities were right, how many were given, how many there are."""


def sets(data: Path) -> dict[str, list[Example]]:
    """The sets that are judged on, by name."""
    ner = data / "ner"
    found = {
        "PolNeAR dev, silver": read_polnear(data / "polnear" / "dev"),
        "WNUT17 test": read_conll(ner / "WNUT17" / "test" / "emerging.test.annotated", WNUT, ()),
        "BTC h": read_conll(ner / "BTC" / "h.conll", BTC, ()),
    }
    return {name: judged(examples) for name, examples in found.items()}


def counts(find: Callable[[str], list[Mention]], examples: Iterable[Example]) -> list[Counts]:
    """Right, given and wanted entities of each example; `find` gives those of a text."""
    rows = []
    for example in examples:
        gold = {(e.start, e.end, JUDGED[e.types[0]]) for e in example.entities or [] if e.types}
        found = {(m.start, m.end, JUDGED[m.type]) for m in find(example.text) if m.type in JUDGED}
        rows.append((len(gold & found), len(found), len(gold)))
    return rows


def scores(rows: Iterable[Counts]) -> tuple[float, float, float, int]:
    """Precision, recall, micro-F1 and the number of gold entities."""
    right, given, wanted = (sum(column) for column in zip(*rows, strict=True))
    return right / max(1, given), right / max(1, wanted), 2 * right / max(1, given + wanted), wanted


def judged(examples: Iterable[Example]) -> list[Example]:
    """The examples with the entities of the types that are judged."""
    kept = list(examples)
    for example in kept:
        example.entities = [e for e in example.entities or [] if e.types and e.types[0] in JUDGED]
    return kept


def main() -> None:
    """Print the scores on each set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("model", type=Path)
    parser.add_argument("data", type=Path)
    options = parser.parse_args()
    folder = options.model
    if folder.is_file():
        from training.attributions.export import export

        folder = folder.with_suffix("")
        if not (folder / "encoder.onnx").exists():
            export(options.model, folder)
    encoder = Encoder(folder)
    for name, examples in sets(options.data).items():
        precision, recall, f1, count = scores(counts(lambda text: mentions(encoder.read(text)), examples))
        print(f"{name}: P {100 * precision:.1f} R {100 * recall:.1f} F1 {100 * f1:.1f} n {count}")


if __name__ == "__main__":
    main()
