"""Take out what matters least: `python -m training.attributions.prune CHECKPOINT DATA OUT --heads 6 --inner 1024`.

Every layer keeps its most important attention heads and feed-forward units, as many as are asked for. What a unit
is worth is how much the loss on some training texts changes, to first order, when it is taken out: the mean of
|activation x gradient| (Michel, Levy & Neubig 2019; Molchanov et al. 2017). What is left is then fitted layer by
layer: the matrices behind heads and units become those that come nearest, in least squares, to the states of the larger
network (He, Zhang & Sun 2017). OUT is a checkpoint to go on training from.
"""

from __future__ import annotations

import argparse
import itertools
import random
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import torch
from torch import Tensor, nn

from training.attributions.data import Example, Window, encode, read_entity_sets, read_polnear, windows
from training.attributions.model import Layer, Model, load_checkpoint
from training.attributions.options import BATCH, OVERLAP, WINDOW
from training.attributions.train import batches, collate, losses, published, read_tokenizer, split, total


class Worth:
    """Sums |activation x gradient| of each channel that goes into a linear layer."""

    def __init__(self, layer: nn.Linear) -> None:
        self.sum = torch.zeros(layer.in_features)
        self.hook = layer.register_forward_pre_hook(self._watch)

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
    for batch in _batches(examples):
        total(losses(model, collate(batch, 0, None))).backward()  # type: ignore[no-untyped-call]
    for worth in itertools.chain(*worths):
        worth.hook.remove()
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
    return smaller.eval()


class LeastSquares:
    """The weights and the bias of a linear layer that come nearest to what it should give, over some batches."""

    RIDGE = 1e-3
    """Added to the squares of what goes in, as a share of their mean: weights stay small where little is known."""

    def __init__(self, layer: nn.Linear) -> None:
        self.layer = layer
        self.squares = torch.zeros(layer.in_features + 1, layer.in_features + 1, dtype=torch.float64)
        self.products = torch.zeros(layer.in_features + 1, layer.out_features, dtype=torch.float64)

    def add(self, given: Tensor, wanted: Tensor) -> None:
        """Take in what the layer is given and what it should give, a row a piece."""
        known = torch.cat([given, torch.ones(len(given), 1)], 1).double()
        self.squares += known.T @ known
        self.products += known.T @ wanted.double()

    def solve(self) -> None:
        """Put the fitted weights in."""
        ridge = self.RIDGE * self.squares.diagonal().mean() * torch.eye(len(self.squares), dtype=torch.float64)
        fitted = torch.linalg.solve(self.squares + ridge, self.products).float()
        self.layer.weight.copy_(fitted[:-1].T)
        self.layer.bias.copy_(fitted[-1])


@torch.no_grad()
def fit(smaller: Model, larger: Model, examples: list[Example]) -> None:
    """Fit what each layer of the smaller model adds to its states, so that they come near those of the larger one.

    The first layer comes first: those behind it see what is left of its error, and are fitted to undo it.
    """
    several = [collate(batch, 0, None) for batch in _batches(examples)]
    masks = [batch["real"][:, None, None, :] for batch in several]
    own, theirs = ([model.encoder.embed(it["ids"], it["features"]) for it in several] for model in (smaller, larger))
    for layer, model in zip(_layers(smaller), _layers(larger), strict=True):
        for step, taught in zip(_steps(layer), _steps(model), strict=True):
            wanted = taught.sums(theirs, masks)
            step.fit(own, masks, wanted)
            own = [step.norm(it) for it in step.sums(own, masks)]
            theirs = [taught.norm(it) for it in wanted]


class Step:
    """One of the two steps of a layer: what it gathers, what a layer makes of that, and how the sum is normalised."""

    def __init__(self, gathered: Callable[[Tensor, Tensor], Tensor], linear: nn.Linear, norm: nn.LayerNorm) -> None:
        self.gathered, self.linear, self.norm = gathered, linear, norm

    def sums(self, states: list[Tensor], masks: list[Tensor]) -> list[Tensor]:
        """The states with what the step adds to them, not yet normalised."""
        pairs = zip(states, masks, strict=True)
        return [before + self.linear(self.gathered(before, mask)) for before, mask in pairs]

    def fit(self, states: list[Tensor], masks: list[Tensor], wanted: list[Tensor]) -> None:
        """Give the linear layer the weights with which the sums come nearest to those that are wanted."""
        squares = LeastSquares(self.linear)
        for before, mask, after in zip(states, masks, wanted, strict=True):
            real = mask[:, 0, 0]
            squares.add(self.gathered(before, mask)[real], (after - before)[real])
        squares.solve()


def _steps(layer: Layer) -> tuple[Step, Step]:
    """Attention, and the feed-forward step."""
    return (
        Step(layer.attended, layer.merge, layer.merge_norm),
        Step(lambda states, _: layer.units(states), layer.outer, layer.outer_norm),
    )


def some_texts(options: argparse.Namespace) -> list[Example]:
    """Training articles and as many texts of the entity sets, drawn at random; three invented ones to try it."""
    if options.smoke:
        from training.attributions.smoke import examples

        return examples()
    chance = random.Random(options.seed)  # noqa: S311
    training, _ = split(read_polnear(options.data / "polnear" / "train"))
    named = read_entity_sets(options.data / "ner")
    return chance.sample(training, options.articles) + chance.sample(named, options.articles)


def _batches(examples: list[Example]) -> list[list[Window]]:
    tokenizer = read_tokenizer(published())
    documents = [encode(example, tokenizer) for example in examples]
    return batches([it for document in documents for it in windows(document, WINDOW, OVERLAP)], BATCH * WINDOW, None)


def _layers(model: Model) -> list[Layer]:
    return [layer for layer in model.encoder.layers if isinstance(layer, Layer)]


def main() -> None:
    """Read the command line and prune."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("data", type=Path, nargs="?", help="folder with polnear/train and ner")
    parser.add_argument("out", type=Path)
    parser.add_argument("--heads", type=int, default=6, help="attention heads that a layer keeps")
    parser.add_argument("--inner", type=int, default=1024, help="feed-forward units that a layer keeps")
    parser.add_argument(
        "--articles", type=int, default=80, help="training articles, and texts of the entity sets, to measure on"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--smoke", action="store_true", help="try it on invented texts; DATA is left out")
    options = parser.parse_args()
    if options.data is None and not options.smoke:
        parser.error("DATA is missing")
    model = load_checkpoint(options.checkpoint)
    examples = some_texts(options)
    worths = measure(model, examples)
    smaller = prune(model, worths, options.heads, options.inner)
    fit(smaller, model, examples)
    torch.save({"shape": asdict(smaller.shape), "weights": smaller.state_dict(), "step": 0}, options.out)


if __name__ == "__main__":
    main()
