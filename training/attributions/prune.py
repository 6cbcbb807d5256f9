"""Take out what matters least: `python training/attributions/prune.py CHECKPOINT DATA OUT --heads 6 --inner 1024`.

Every layer keeps its most important attention heads and feed-forward units, as many as are asked for. What a unit
is worth is how much the loss on some training articles changes, to first order, when it is taken out: the mean of
|activation x gradient| (Michel, Levy & Neubig 2019; Molchanov et al. 2017). OUT is a checkpoint to go on training from.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import asdict, replace
from pathlib import Path

import torch
from data import Example, encode, read_polnear, windows
from model import Layer, Model, load_checkpoint
from torch import Tensor, nn
from train import BATCH, OVERLAP, WINDOW, batches, collate, losses, published, read_tokenizer, split, total


class Worth:
    """Sums |activation x gradient| of each channel that goes into a linear layer."""

    def __init__(self, layer: nn.Linear) -> None:
        self.sum = torch.zeros(layer.in_features)
        layer.register_forward_pre_hook(self._watch)

    def _watch(self, _: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        (states,) = inputs
        values = states.detach()
        states.register_hook(lambda gradient: self._add(values, gradient))

    def _add(self, values: Tensor, gradient: Tensor) -> None:
        # A gate's gradient is summed over the pieces of a window before its size is taken.
        self.sum += (values * gradient).sum(1).abs().sum(0)


def measure(model: Model, examples: list[Example]) -> list[tuple[Worth, Worth]]:
    """The worth of what each layer's attention and feed-forward step give on, on some articles."""
    worths = [(Worth(layer.merge), Worth(layer.outer)) for layer in _layers(model)]
    tokenizer = read_tokenizer(published())
    documents = [encode(example, tokenizer) for example in examples]
    found = [window for document in documents for window in windows(document, WINDOW, OVERLAP)]
    for batch in batches(found, BATCH * WINDOW, None):
        total(losses(model, collate(batch, 0, None))).backward()  # type: ignore[no-untyped-call]
    return worths


def prune(model: Model, worths: list[tuple[Worth, Worth]], heads: int, inner: int) -> Model:
    """A smaller model with the weights of the heads and units that are worth most."""
    width = model.shape.head_width
    smaller = Model(replace(model.shape, heads=heads, inner=inner))
    weights = dict(model.state_dict())
    for number, (attended, given) in enumerate(worths):
        best = attended.sum.view(-1, width).sum(1).topk(heads).indices.sort().values
        channels = (best[:, None] * width + torch.arange(width)).flatten()
        units = given.sum.topk(inner).indices.sort().values
        name = f"encoder.layers.{number}."
        for part in ("query", "key", "value"):
            for kind in ("weight", "bias"):
                weights[f"{name}{part}.{kind}"] = weights[f"{name}{part}.{kind}"][channels]
        for kind in ("weight", "bias"):
            weights[f"{name}inner.{kind}"] = weights[f"{name}inner.{kind}"][units]
        weights[f"{name}merge.weight"] = weights[f"{name}merge.weight"][:, channels]
        weights[f"{name}outer.weight"] = weights[f"{name}outer.weight"][:, units]
    smaller.load_state_dict(weights)
    return smaller


def some_articles(options: argparse.Namespace) -> list[Example]:
    """Training articles drawn at random; three invented ones to try it."""
    if options.smoke:
        from smoke import examples

        return examples()
    training, _ = split(read_polnear(options.data / "polnear" / "train"))
    return random.Random(options.seed).sample(training, options.articles)  # noqa: S311


def _layers(model: Model) -> list[Layer]:
    return [layer for layer in model.encoder.layers if isinstance(layer, Layer)]


def main() -> None:
    """Read the command line and prune."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("data", type=Path, nargs="?", help="folder with polnear/train")
    parser.add_argument("out", type=Path)
    parser.add_argument("--heads", type=int, default=6, help="attention heads that a layer keeps")
    parser.add_argument("--inner", type=int, default=1024, help="feed-forward units that a layer keeps")
    parser.add_argument("--articles", type=int, default=80, help="training articles that the worth is measured on")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--smoke", action="store_true", help="try it on invented texts; DATA is left out")
    options = parser.parse_args()
    if options.data is None and not options.smoke:
        parser.error("DATA is missing")
    model = load_checkpoint(options.checkpoint)
    worths = measure(model, some_articles(options))
    smaller = prune(model, worths, options.heads, options.inner)
    torch.save({"shape": asdict(smaller.shape), "weights": smaller.state_dict(), "step": 0}, options.out)


if __name__ == "__main__":
    main()
