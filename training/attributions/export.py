"""Write a checkpoint as an ONNX model: `python training/attributions/export.py CHECKPOINT FOLDER`.

Weights are stored as int8, one scale an output channel (one a row for the word table), and unpacked when
the model is loaded: arithmetic is fp32. `--plain` stores fp32. The graph is written out by hand: it needs
no exporter, and the same checkpoint gives the same bytes.
"""

from __future__ import annotations

import argparse
import math
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from model import BUCKETS, Model, Shape, bucket
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from train import published

from research.nlp.features import BREAKS, PLACES, SHAPES

OPSET = 20


class Graph:
    """Nodes and constants in the order in which they are made; every name is a running number."""

    def __init__(self, packed: bool) -> None:
        self.packed = packed
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """Add a node; its output's name."""
        output = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def constant(self, value: npt.ArrayLike, kind: type = np.float32) -> str:
        """Add an array; its name."""
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value, dtype=kind), name))
        return name

    def integers(self, *values: int) -> str:
        """Add a list of whole numbers."""
        return self.constant(np.array(values), np.int64)

    def matrix(self, weight: npt.NDArray[np.float32]) -> str:
        """A matrix of (inputs, outputs), packed with one scale an output."""
        if not self.packed:
            return self.constant(weight)
        whole, scale = pack(weight, axis=0)
        return self.node("DequantizeLinear", self.constant(whole, np.int8), self.constant(scale[0]), axis=1)

    def rows(self, table: npt.NDArray[np.float32], at: str) -> str:
        """Rows of a table."""
        if not self.packed or len(table) < 1000:
            return self.node("Gather", self.constant(table), at)
        whole, scale = pack(table, axis=1)
        found = self.node("Gather", self.constant(whole, np.int8), at)
        found = self.node("Cast", found, to=TensorProto.FLOAT)
        return self.node("Mul", found, self.node("Gather", self.constant(scale), at))

    def linear(self, states: str, layer: nn.Linear, scale: float = 1.0) -> str:
        """A linear layer, multiplied by a constant."""
        weight = layer.weight.detach().numpy().T * np.float32(scale)
        product = self.node("MatMul", states, self.matrix(weight))
        return self.node("Add", product, self.constant(layer.bias.detach().numpy() * np.float32(scale)))

    def norm(self, states: str, layer: nn.LayerNorm) -> str:
        """A layer norm."""
        weight, bias = (self.constant(value.detach().numpy()) for value in (layer.weight, layer.bias))
        return self.node("LayerNormalization", states, weight, bias, axis=-1, epsilon=layer.eps)


def pack(weight: npt.NDArray[np.float32], axis: int) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Whole numbers from -127 to 127, and the scale that gives back the weights along an axis."""
    scale = np.maximum(np.abs(weight).max(axis=axis, keepdims=True), 1e-12) / 127
    return np.clip(np.rint(weight / scale), -127, 127).astype(np.int8), scale.astype(np.float32)


def build(model: Model, packed: bool) -> onnx.ModelProto:
    """The graph of one window: its pieces and their features in, the scores of four heads out."""
    graph = Graph(packed)
    shape, encoder = model.shape, model.encoder

    def array(tensor: torch.Tensor) -> npt.NDArray[np.float32]:
        return tensor.detach().numpy()

    size = graph.node("Gather", graph.node("Shape", "ids"), graph.constant(1, np.int64))
    zero, one = graph.constant(0, np.int64), graph.constant(1, np.int64)
    places = graph.node("Range", zero, size, one)
    beside = array(encoder.positions.weight) + array(encoder.kinds.weight)[0]
    words = graph.rows(array(encoder.words.weight), "ids")
    states = graph.node("Add", words, graph.node("Gather", graph.constant(beside), places))
    # The three small tables become one, with a row for every combination.
    shapes, breaks, among = (array(table.weight) for table in encoder.extra)
    table = shapes[:, None, None] + breaks[None, :, None] + among[None, None, :]
    steps = graph.constant([BREAKS * PLACES, PLACES, 1], np.int64)
    combined = graph.node("ReduceSum", graph.node("Mul", "features", steps), graph.integers(2), keepdims=0)
    states = graph.node("Add", states, graph.rows(table.reshape(SHAPES * BREAKS * PLACES, -1), combined))
    states = graph.norm(states, encoder.norm)
    width = shape.width // shape.heads
    for layer in encoder.layers:

        def split(projected: str, order: list[int]) -> str:
            divided = graph.node("Reshape", projected, graph.integers(0, 0, shape.heads, width))
            return graph.node("Transpose", divided, perm=order)

        query = split(graph.linear(states, layer.query, 1 / math.sqrt(width)), [0, 2, 1, 3])
        key = split(graph.linear(states, layer.key), [0, 2, 3, 1])
        value = split(graph.linear(states, layer.value), [0, 2, 1, 3])
        attention = graph.node("Softmax", graph.node("MatMul", query, key), axis=-1)
        attended = graph.node("Transpose", graph.node("MatMul", attention, value), perm=[0, 2, 1, 3])
        attended = graph.node("Reshape", attended, graph.integers(0, 0, shape.width))
        states = graph.norm(graph.node("Add", states, graph.linear(attended, layer.merge)), layer.merge_norm)
        inner = graph.node("Gelu", graph.linear(states, layer.inner))
        states = graph.norm(graph.node("Add", states, graph.linear(inner, layer.outer)), layer.outer_norm)
    outputs = [graph.linear(states, model.roles), graph.linear(states, model.entities)]
    farthest = shape.positions - 1
    buckets = graph.constant(bucket(torch.arange(-farthest, farthest + 1)).numpy(), np.int64)
    across, down = (graph.node("Unsqueeze", places, graph.integers(axis)) for axis in (0, 1))
    distance = graph.node("Add", graph.node("Sub", across, down), graph.constant(farthest, np.int64))
    apart = graph.node("Gather", buckets, distance)
    for pointer in (model.to_cue, model.to_source):
        start = graph.linear(states, pointer.start, 1 / math.sqrt(shape.pointer))
        target = graph.node("Transpose", graph.linear(states, pointer.target), perm=[0, 2, 1])
        bias = graph.node("Transpose", graph.linear(states, pointer.bias), perm=[0, 2, 1])
        near = graph.node("Gather", graph.constant(array(pointer.distance.weight).reshape(BUCKETS)), apart)
        scores = graph.node("Add", graph.node("MatMul", start, target), bias)
        outputs.append(graph.node("Add", scores, near))
    names = ("roles", "entities", "to_cue", "to_source")
    for name, output in zip(names, outputs, strict=True):
        graph.nodes.append(helper.make_node("Identity", [output], [name]))
    inputs = [
        helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "pieces"]),
        helper.make_tensor_value_info("features", TensorProto.INT64, [1, "pieces", 3]),
    ]
    results = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "pieces", None]) for name in names]
    made = helper.make_graph(graph.nodes, "encoder", inputs, results, graph.constants)
    found = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)])
    found.producer_name = "on-the-record"
    found.ir_version = 9
    onnx.checker.check_model(found)
    return found


def load(path: Path) -> Model:
    """The model of a checkpoint."""
    checkpoint = torch.load(path, weights_only=True)
    model = Model(Shape(**checkpoint["shape"]))
    model.load_state_dict(checkpoint["weights"])
    return model.eval()


def export(checkpoint: Path, folder: Path, packed: bool = True) -> Path:
    """Write `encoder.onnx` and `tokenizer.json` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "encoder.onnx"
    path.write_bytes(build(load(checkpoint), packed).SerializeToString(deterministic=True))
    shutil.copyfile(published() / "tokenizer.json", folder / "tokenizer.json")
    return path


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plain", action="store_true", help="store fp32")
    options = parser.parse_args()
    path = export(options.checkpoint, options.folder, packed=not options.plain)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
