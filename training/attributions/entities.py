"""Score a model's entities: `python training/attributions/entities.py MODEL DATA`.

Exact spans and types, micro-averaged over PERSON, ORG and places (GPE and LOC together, as the data do not
tell them apart), on PolNeAR dev's silver layer and on two sets never trained or chosen on.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from data import BTC, WNUT, Example, read_conll, read_polnear
from export import export

from research.nlp.attributions import mentions
from research.nlp.encoder import Encoder

JUDGED = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE"}


def micro_f1(encoder: Encoder, examples: Iterable[Example]) -> tuple[float, float, float, int]:
    """Precision, recall, F1 and the number of gold entities."""
    right = given = wanted = 0
    for example in examples:
        gold = {(e.start, e.end, JUDGED[e.types[0]]) for e in example.entities or [] if e.types}
        found = {(m.start, m.end, JUDGED[m.type]) for m in mentions(encoder.read(example.text)) if m.type in JUDGED}
        right, given, wanted = right + len(gold & found), given + len(found), wanted + len(gold)
    precision, recall = right / max(1, given), right / max(1, wanted)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall), wanted


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
        folder = folder.with_suffix("")
        if not (folder / "encoder.onnx").exists():
            export(options.model, folder)
    encoder, ner = Encoder(folder), options.data / "ner"
    sets = {
        "PolNeAR dev, silver": read_polnear(options.data / "polnear" / "dev"),
        "WNUT17 test": read_conll(ner / "WNUT17" / "test" / "emerging.test.annotated", WNUT, ()),
        "BTC h": read_conll(ner / "BTC" / "h.conll", BTC, ()),
    }
    for name, examples in sets.items():
        precision, recall, f1, count = micro_f1(encoder, judged(examples))
        print(f"{name}: P {100 * precision:.1f} R {100 * recall:.1f} F1 {100 * f1:.1f} n {count}")


if __name__ == "__main__":
    main()
