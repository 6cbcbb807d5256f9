"""The network as it is shipped, back as a checkpoint: `python -m training.attributions.restore MODELS OUT.pt`.

So that training can go on from it, or another network be taught by it, where the checkpoints of its training are gone.
What `export.py` rounded stays rounded. The labels and links in three invented texts are compared with those of the
exported network before anything is written.
"""

from __future__ import annotations

import argparse
import math
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from research.nlp.statements.encoder import FIRST, LAST, WINDOW
from research.nlp.statements.encoder import Encoder as Runner
from research.nlp.statements.features import BREAKS, PLACES, SHAPES, features
from training.attributions.export import ONNXRUNTIME
from training.attributions.model import BUCKETS, Encoder, Model, Pointer, Shape, bucket
from training.attributions.smoke import examples

Array = npt.NDArray[np.float32]
AGREED = 0.95
"""Which share of labels has to come out the same: the exported network rounds what it multiplies."""


class Exported:
    """The constants and nodes of an exported graph, in the order in which `export.py` makes them."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(path).graph
        self.constants = {it.name: numpy_helper.to_array(it) for it in graph.initializer}
        self.made = {node.output[0]: node for node in graph.node}
        self.nodes = list(graph.node)

    def of_kind(self, kind: str) -> list[onnx.NodeProto]:
        """The nodes of a kind, in order."""
        return [node for node in self.nodes if node.op_type == kind]

    def whole(self, node: onnx.NodeProto) -> tuple[Array, Array]:
        """Weights of (inputs, outputs) and bias of a product in whole numbers (see `export.Graph.whole`)."""
        rounded = self.made[node.input[0]]
        shrunk = self.constants[self.made[rounded.input[0]].input[1]]
        scale = self.constants[node.input[3]] / self.constants[rounded.input[1]]
        packed = self.constants[node.input[1]].astype(np.float32)
        return packed * scale * shrunk[:, None], self.constants[node.input[6]]

    def exact(self, node: onnx.NodeProto) -> tuple[Array, Array]:
        """The same of a product that stayed in fp32, whose bias the next node adds."""
        unpacked = self.made[node.input[1]]
        weight = self.constants[unpacked.input[0]].astype(np.float32) * self.constants[unpacked.input[1]]
        bias = next(it.input[1] for it in self.nodes if it.op_type == "Add" and it.input[0] == node.output[0])
        return weight, self.constants[bias]

    def rows(self) -> Array:
        """The table of the word pieces."""
        tables = [self.constants[node.input[0]] for node in self.of_kind("Gather") if node.input[0] in self.constants]
        packed = next(table for table in tables if table.dtype == np.int8)
        scale = next(table for table in tables if table.shape == (len(packed), 1))
        return packed.astype(np.float32) * scale


def restore(path: Path) -> Model:
    """The network in an exported file.

    Raises StopIteration or KeyError where the file is not one that `export.py` writes with `--whole`.
    """
    found = Exported(path)
    linear = [found.whole(node) for node in found.of_kind("MatMulIntegerToFloat") if node.domain == ONNXRUNTIME]
    heads = [found.exact(node) for node in found.of_kind("MatMul")]
    norms = [[found.constants[name] for name in node.input[1:]] for node in found.of_kind("LayerNormalization")]
    words = found.rows()
    # Six products a layer: query, key, value, merge, inner, outer.
    width = Shape.head_width
    shape = replace(
        Shape(),
        vocabulary=len(words),
        width=words.shape[1],
        layers=len(linear) // 6,
        heads=linear[0][0].shape[1] // width,
        inner=linear[4][0].shape[1],
        pointer=heads[2][0].shape[1],
    )
    model = Model(shape)
    with torch.no_grad():
        _restore_encoder(model.encoder, found, linear, norms)
        for layer, (weight, bias) in zip((model.roles, model.entities), heads[:2], strict=True):
            _fill(layer, weight, bias)
        steps = [it for it in found.constants.values() if it.shape == (WINDOW, WINDOW) and it.dtype == np.float32]
        for number, pointer in enumerate((model.to_cue, model.to_source)):
            _restore_pointer(pointer, heads[2 + 3 * number : 5 + 3 * number], steps[number])
    return model.eval()


def _restore_encoder(
    encoder: Encoder, found: Exported, linear: list[tuple[Array, Array]], norms: list[list[Array]]
) -> None:
    encoder.words.weight.copy_(torch.from_numpy(found.rows()))
    beside = next(found.constants[it.input[0]] for it in found.of_kind("Slice") if it.input[0] in found.constants)
    # Positions and the kind of a segment were added up; the places beyond a window were never used.
    encoder.positions.weight.zero_()
    encoder.positions.weight[: len(beside)].copy_(torch.tensor(beside))
    encoder.kinds.weight.zero_()
    size = SHAPES * BREAKS * PLACES
    table = next(it for it in found.constants.values() if it.shape == (size, encoder.words.embedding_dim))
    _restore_extra(encoder, table.reshape(SHAPES, BREAKS, PLACES, -1))
    layers = [encoder.norm, *(it for layer in encoder.layers for it in (layer.merge_norm, layer.outer_norm))]
    for norm, (weight, bias) in zip(layers, norms, strict=True):
        norm.weight.copy_(torch.tensor(weight))  # type: ignore[operator]
        norm.bias.copy_(torch.tensor(bias))  # type: ignore[operator]
    parts = [
        it
        for layer in encoder.layers
        for it in (layer.query, layer.key, layer.value, layer.merge, layer.inner, layer.outer)
    ]
    for number, (part, (weight, bias)) in enumerate(zip(parts, linear, strict=True)):
        scale = math.sqrt(Shape.head_width) if number % 6 == 0 else 1.0
        _fill(part, weight * scale, bias * scale)  # type: ignore[arg-type]


def _restore_extra(encoder: Encoder, table: Array) -> None:
    """Three tables from that of their sums: each is what its value adds on average; the first has what is left."""
    mean = table.mean((0, 1, 2))
    sides = [table.mean((1, 2)), table.mean((0, 2)) - mean, table.mean((0, 1)) - mean]
    for own, side in zip(encoder.extra, sides, strict=True):
        own.weight.copy_(torch.tensor(side))  # type: ignore[operator]


def _restore_pointer(pointer: Pointer, parts: list[tuple[Array, Array]], steps: Array) -> None:
    """A head that points: `export._pointer` multiplies by start, bias and target in this order."""
    scale = math.sqrt(parts[0][0].shape[1])
    _fill(pointer.start, parts[0][0] * scale, parts[0][1] * scale)
    _fill(pointer.bias, *parts[1])
    _fill(pointer.target, *parts[2])
    apart = bucket(torch.arange(WINDOW)[None, :] - torch.arange(WINDOW)[:, None])
    for number in range(BUCKETS):
        if (apart == number).any():
            pointer.distance.weight[number] = torch.tensor(steps)[apart == number][0]


def agreement(model: Model, folder: Path) -> float:
    """The share of labels, or of links if it is less, that both networks agree on in three invented texts."""
    exported = Runner(folder)
    same: list[list[npt.NDArray[np.bool_]]] = [[], [], [], []]
    for example in examples():
        ids, offsets = exported.pieces(example.text)
        extra = features(example.text, [(int(start), int(end)) for start, end in offsets])
        *said, contents, cues = exported.run(ids, extra)
        framed = torch.tensor([[FIRST, *ids.tolist(), LAST]])
        beside = torch.zeros((1, len(ids) + 2, extra.shape[1]), dtype=torch.long)
        beside[0, 1:-1] = torch.tensor(extra)
        with torch.no_grad():
            roles, entities, to_cue, to_source = (scores[0].numpy() for scores in model(framed, beside))
        by_role = (len(ids) + 2, -1, 3)
        pairs = (
            (roles.reshape(by_role), said[0].reshape(by_role)),
            (entities, said[1]),
            (to_cue[contents], said[2]),
            (to_source[cues], said[3]),
        )
        for found, (own, its) in zip(same, pairs, strict=True):
            found.append((own.argmax(-1) == its.argmax(-1)).ravel())
    return min(float(np.concatenate(found).mean()) for found in same)


def _fill(layer: nn.Linear, weight: Array, bias: Array) -> None:
    layer.weight.copy_(torch.tensor(np.ascontiguousarray(weight.T)))
    layer.bias.copy_(torch.tensor(bias))


def main() -> None:
    """Read the command line and write the checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("models", type=Path, help="folder with encoder.onnx")
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    model = restore(options.models / "encoder.onnx")
    if (same := agreement(model, options.models)) < AGREED:
        raise SystemExit(
            f"only {same:.1%} of the labels or links are those of the exported network: it was made another way"
        )
    torch.save({"shape": asdict(model.shape), "weights": model.state_dict(), "step": 0}, options.out)
    size = sum(it.numel() for it in model.parameters()) / 1e6
    print(f"{options.out}: {size:.1f} million parameters, {same:.1%} of labels and links the same")


if __name__ == "__main__":
    main()
