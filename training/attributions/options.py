"""What a training run can be told on the command line, and what it does unless told."""

from __future__ import annotations

import argparse
from pathlib import Path

WINDOW, OVERLAP, BATCH = 256, 48, 16
"""Pieces of a window, pieces that it shares with the next one, and windows of a batch."""
WEIGHTS = {"to_cue": 0.3, "to_source": 0.3, "entities": 0.2, "states": 10.0}
"""What the loss of a head counts beside that of the roles."""


def command_line(description: str | None) -> argparse.ArgumentParser:
    """Return the parser of the command line of ``train``."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=description, formatter_class=raw)
    parser.add_argument("data", type=Path, nargs="?", help="folder with polnear/train and ner")
    parser.add_argument("out", type=Path, help="folder for checkpoints and the log")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=4e-4, help="learning rate of the encoder")
    parser.add_argument("--heads", type=float, default=5, help="times that for heads and new tables")
    parser.add_argument("--decay", type=float, default=0.01)
    parser.add_argument("--warm", type=float, default=0.1, help="share of steps to warm up")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--masked", type=float, default=0.03, help="share of pieces hidden in training")
    parser.add_argument("--entity-share", type=float, default=0.12, help="entity windows for one of PolNeAR")
    parser.add_argument("--share", type=float, default=1.0, help="share of the windows of articles in an epoch")
    parser.add_argument("--gold", type=Path, nargs="+", help="learn from our own annotation as well: files in gold/")
    parser.add_argument("--gold-times", type=int, default=4, help="how often in an epoch")
    parser.add_argument("--alone-times", type=int, default=0, help="how often without the document around them")
    parser.add_argument("--labelled", type=Path, nargs="+", help="windows that label.py wrote")
    parser.add_argument("--keep", type=int, default=0, help="a checkpoint every so many steps as well")
    parser.add_argument("--unheld", action="store_true", help="do not compute the losses on the articles held out")
    parser.add_argument("--labelled-share", type=float, default=1.0, help="how many of them in an epoch")
    parser.add_argument("--gold-parts", nargs="+", default=["learn"], choices=["learn", "choose", "further", "later"])
    parser.add_argument("--statements", type=Path, help="the folder that gold/statements.py wrote")
    parser.add_argument("--window", type=int, default=WINDOW)
    parser.add_argument("--overlap", type=int, default=OVERLAP)
    parser.add_argument("--batch", type=int, default=BATCH, help="full windows a batch")
    parser.add_argument("--average", type=float, default=0.99, help="decay of the moving average, a step")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--every", type=int, default=20)
    parser.add_argument("--steps", type=int, default=0, help="stop after so many steps")
    parser.add_argument("--half", action="store_true", help="compute in bfloat16 (slower without AMX)")
    parser.add_argument("--all", action="store_true", help="hold nothing out")
    parser.add_argument("--start", type=Path, help="start from this checkpoint")
    parser.add_argument("--large", type=Path, help="folder of all-mpnet-base-v2: train a larger network to teach with")
    parser.add_argument("--teacher", type=Path, help="aim by half at what this checkpoint says")
    parser.add_argument("--mimic", action="store_true", help="aim only at what the teacher says, not at what is marked")
    parser.add_argument("--states", type=float, default=WEIGHTS["states"], help="weight of the teacher's states")
    parser.add_argument("--names", default="marked", choices=["marked", "teacher"], help="who says what is a name")
    parser.add_argument("--names-weight", type=float, default=WEIGHTS["entities"], help="weight of the entities")
    parser.add_argument("--unmarked", action="store_true", help="let the teacher speak of NewsMTSC's sentences as well")
    parser.add_argument("--resume", action="store_true", help="go on where OUT stopped")
    parser.add_argument("--smoke", action="store_true")
    return parser
