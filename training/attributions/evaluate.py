"""Score a model: `python -m training.attributions.evaluate MODEL DATA [--held]`.

MODEL is a folder with `encoder.onnx`, or a checkpoint, which is exported beside itself first. Scores
PolNeAR dev, or with `--held` the articles of train that training held out. What the network says is kept
beside the model, so that constants of decoding can be tried without running it again.
"""

from __future__ import annotations

import argparse
import pickle
from pathlib import Path
from typing import Any

from research.nlp.statements.decoding import decode
from research.nlp.statements.encoder import Encoder, Reading
from research.nlp.statements.scoring import DEFAULT, Decoding
from training.attributions.data import as_row, read_polnear, scorer
from training.attributions.export import export
from training.attributions.train import split


def readings(model: Path, data: Path, held: bool, packed: bool = True) -> dict[str, Reading]:
    """What the network says of each article, from the file kept beside it where there is one."""
    if model.is_file():
        checkpoint, model = model, model.with_suffix("" if packed else ".plain")
        if not (model / "encoder.onnx").exists():
            export(checkpoint, model, packed)
    kept = model / ("held.pickle" if held else "dev.pickle")
    if kept.exists():
        return pickle.loads(kept.read_bytes())  # type: ignore[no-any-return]  # noqa: S301
    examples = read_polnear(data / "polnear" / ("train" if held else "dev"))
    examples = split(examples)[1] if held else examples
    encoder = Encoder(model)
    found = {example.name: encoder.read(example.text) for example in examples}
    kept.write_bytes(pickle.dumps(found))
    return found


def gold(data: Path, held: bool, score: Any, names: dict[str, Reading]) -> dict[str, Any]:
    """The gold documents of the same articles."""
    documents: dict[str, Any] = score.read_gold(data / "polnear" / ("train" if held else "dev"))
    return {name: documents[name] for name in names}


def predictions(found: dict[str, Reading], constants: Decoding = DEFAULT) -> dict[str, list[dict[str, Any]]]:
    """The decoded attributions of each document."""
    return {name: [as_row(a) for a in decode(reading, constants)] for name, reading in found.items()}


def line(result: dict[str, Any]) -> str:
    """The scores that matter most, in one line."""
    shown = {
        "tokens": result["content"]["token"]["f1"],
        "found": result["found"]["f1"],
        "linked": result["linked"]["f1"],
        "P": result["linked"]["precision"],
        "R": result["linked"]["recall"],
        "exact": result["exact"]["f1"],
        "direct": result["direct"]["found"],
        "speaker": result["direct"]["speaker"],
        "source": result["source"]["token"]["f1"],
        "cue": result["cue"]["token"]["f1"],
    }
    return " ".join(f"{name} {100 * value:.1f}" for name, value in shown.items())


def main() -> None:
    """Print the scores of a model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("model", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--held", action="store_true")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--table", action="store_true", help="the scorer's whole table")
    options = parser.parse_args()
    found = readings(options.model, options.data, options.held, packed=not options.plain)
    score = scorer(options.data)
    result = score.score(gold(options.data, options.held, score, found), predictions(found))
    print(score.table(result) if options.table else line(result))


if __name__ == "__main__":
    main()
