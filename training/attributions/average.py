"""The mean of checkpoints of one run: `python -m training.attributions.average OUT CHECKPOINT…`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import torch


def average(paths: list[Path]) -> dict[str, Any]:
    """One checkpoint whose weights are the mean of those of all."""
    checkpoints = [torch.load(path, weights_only=True) for path in paths]
    weights = {
        name: torch.stack([checkpoint["weights"][name] for checkpoint in checkpoints]).mean(0)
        for name in checkpoints[0]["weights"]
    }
    return {**checkpoints[-1], "weights": weights}


def main() -> None:
    """Read the command line and average."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    options = parser.parse_args()
    torch.save(average(options.checkpoints), options.out)


if __name__ == "__main__":
    main()
