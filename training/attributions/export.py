"""Write a checkpoint as an ONNX model: `python -m training.attributions.export CHECKPOINT FOLDER`.

Weights are stored as int8, one scale an output channel (one a row for the word table), and unpacked when
the model is loaded: arithmetic is fp32. `--plain` stores fp32. `--whole DATA` multiplies in whole numbers:
activations become uint8 with scales fixed beforehand, by the extremes seen on a few training articles, so
that nothing depends on what else is in a window; weights have seven bits, so that no processor's
sixteen-bit sums overflow. The graph is written out by hand: it needs no exporter, and the same checkpoint
gives the same bytes.
"""

from __future__ import annotations

import argparse
import math
import shutil
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from research.nlp.statements.encoder import LINK_ROWS, WINDOW, Encoder, windows
from research.nlp.statements.features import BREAKS, PLACES, SHAPES, features
from research.nlp.statements.labels import BEGIN, INSIDE, OUTSIDE, ROLES
from training.attributions.data import read_polnear
from training.attributions.model import Model, Pointer, bucket, load_checkpoint
from training.attributions.train import published

OPSET = 20
NAMES = ("roles", "entities", "to_cue", "to_source", "contents", "cues")
"""What comes out: scores of four heads, and the pieces that the links' rows are about."""
MARGIN = 0.1
"""How much less is enough for a piece's links to be computed, so that no rounding leaves out one that is kept."""
ONNXRUNTIME = "com.microsoft"
"""The domain of the operators that are onnxruntime's own."""

Ranges = dict[str, tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]]
"""The least and the greatest value of each channel of a layer's input, by its name."""


class Graph:
    """Nodes and constants in the order in which they are made; every name is a running number."""

    def __init__(self, packed: bool, ranges: Ranges | None = None) -> None:
        self.packed = packed
        self.ranges = ranges or {}
        self.products: list[str] = []
        """What each linear layer multiplies, in order."""
        self.quantised: dict[str, tuple[str, str]] = {}
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.count: Counter[str] = Counter()

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """Add a node; its output's name."""
        # Named by its kind's count of products, so that calibrating and quantising graphs agree.
        output = f"{kind}_{self.count[kind]}"
        self.count[kind] += 1
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
        """A linear layer, multiplied by a constant; in whole numbers where the reach of what it multiplies is known."""
        self.products.append(states)
        if states not in self.ranges:
            return self.exact(states, layer, scale)
        return self.whole(states, *_parameters(layer, scale))

    def exact(self, states: str, layer: nn.Linear, scale: float = 1.0) -> str:
        """A linear layer, multiplied by a constant, in fp32."""
        weight, bias = _parameters(layer, scale)
        return self.node("Add", self.node("MatMul", states, self.matrix(weight)), self.constant(bias))

    def whole(self, states: str, weight: npt.NDArray[np.float32], bias: npt.NDArray[np.float32]) -> str:
        """A product in whole numbers: unsigned activations by signed weights, scaled back afterwards.

        It is one node of onnxruntime's own: the same numbers as a product, a scale and a sum apart, in less time.
        """
        least, greatest = self.ranges[states]
        # Channels that reach far are made smaller before rounding, and the weights that meet them larger.
        far = np.maximum(np.maximum(greatest, -least), 1e-3)
        shrink = np.sqrt(far / np.median(far)).astype(np.float32)
        low, high = min(0.0, float((least / shrink).min())), max(0.0, float((greatest / shrink).max()))
        step = np.float32((high - low) / 255)
        if states not in self.quantised:
            zero = self.constant(np.array(round(-low / float(step))), np.uint8)
            even = self.node("Mul", states, self.constant(1 / shrink))
            self.quantised[states] = self.node("QuantizeLinear", even, self.constant(step), zero), zero
        rounded, zero = self.quantised[states]
        packed, scale = pack(weight * shrink[:, None], axis=0, most=63)
        scales = self.constant(1), self.constant(scale[0] * step)
        weights = self.constant(packed, np.int8)
        return self.node(
            "MatMulIntegerToFloat", rounded, weights, *scales, zero, "", self.constant(bias), domain=ONNXRUNTIME
        )

    def attended(self, query: str, key: str, value: str) -> str:
        """The values, weighted by the softmax of how well query and key agree; all of (pieces, heads, head width).

        onnxruntime's own Softmax adds up in the order of the processor's registers, so that processors differ in the
        last bits, which rounding to whole numbers makes large. These operators give the same bits everywhere. The
        bounds keep exponentials finite; the greatest score that was seen, on odd texts and articles, is 68.
        """
        scores = self.product(query, key, transBatchA=1, transBatchB=1, transB=1)
        bounds = self.constant(np.array(-75.0)), self.constant(np.array(75.0))
        weights = self.node("Exp", self.node("Clip", scores, *bounds))
        total = self.node("ReduceSum", weights, self.integers(-1), keepdims=1)
        attended = self.node("Div", self.product(weights, value, transBatchB=1), total)
        return self.node("Transpose", attended, perm=[1, 0, 2])

    def bearers(self, roles: str, role: str) -> str:
        """The pieces that may bear a role, as one row: all whose links are kept, and a few more.

        What bears it with a probability of `LINK_ROWS` begins it or goes on with it with half of that at least.
        """
        first = 3 * ROLES.index(role)

        def labels(low: int, high: int) -> str:
            return self.node(
                "Slice", roles, self.integers(first + low), self.integers(first + high + 1), self.integers(2)
            )

        best = self.node("ReduceMax", labels(BEGIN, INSIDE), self.integers(2))
        ahead = self.node("Sub", best, labels(OUTSIDE, OUTSIDE))
        least = self.constant(np.array(math.log(LINK_ROWS / 2 / (1 - LINK_ROWS)) - MARGIN))
        found = self.node("NonZero", self.node("Greater", ahead, least))
        return self.node("Gather", found, self.integers(1))

    def product(self, left: str, right: str, **transposed: int) -> str:
        """A product of matrices that are transposed on the way, which saves copying them."""
        return self.node("FusedMatMul", left, right, domain=ONNXRUNTIME, **transposed)

    def norm(self, states: str, layer: nn.LayerNorm) -> str:
        """A layer norm."""
        weight, bias = (self.constant(value.detach().numpy()) for value in (layer.weight, layer.bias))
        return self.node("LayerNormalization", states, weight, bias, axis=-1, epsilon=layer.eps)


def _parameters(layer: nn.Linear, scale: float) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Weights of (inputs, outputs) and bias of a layer, multiplied by a constant."""
    weight, bias = (value.detach().numpy() for value in (layer.weight, layer.bias))
    return weight.T * np.float32(scale), bias * np.float32(scale)


def pack(
    weight: npt.NDArray[np.float32], axis: int, most: int = 127
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Whole numbers from -127 to 127, and the scale that gives back the weights along an axis."""
    scale = np.maximum(np.abs(weight).max(axis=axis, keepdims=True), 1e-12) / most
    return np.clip(np.rint(weight / scale), -most, most).astype(np.int8), scale.astype(np.float32)


def build(model: Model, packed: bool, ranges: Ranges | None = None, watched: bool = False) -> onnx.ModelProto:
    """The graph of one window: its pieces and their features in, `NAMES` out.

    With `watched`, what each layer multiplies comes out as well.
    """
    graph = Graph(packed, ranges)
    shape, encoder = model.shape, model.encoder

    def array(tensor: torch.Tensor) -> npt.NDArray[np.float32]:
        return tensor.detach().numpy()

    size = graph.node("Shape", "ids", start=1)
    beside = array(encoder.positions.weight) + array(encoder.kinds.weight)[0]
    words = graph.rows(array(encoder.words.weight), "ids")
    states = graph.node("Add", words, graph.node("Slice", graph.constant(beside[:WINDOW]), graph.integers(0), size))
    # The three small tables become one, with a row for every combination.
    shapes, breaks, among = (array(table.weight) for table in encoder.extra)
    table = shapes[:, None, None] + breaks[None, :, None] + among[None, None, :]
    steps = graph.constant([BREAKS * PLACES, PLACES, 1], np.int64)
    combined = graph.node("ReduceSum", graph.node("Mul", "features", steps), graph.integers(2), keepdims=0)
    states = graph.node("Add", states, graph.rows(table.reshape(SHAPES * BREAKS * PLACES, -1), combined))
    states = graph.norm(states, encoder.norm)
    width = shape.head_width
    for layer in encoder.layers:

        def split(projected: str) -> str:
            return graph.node("Reshape", projected, graph.integers(-1, shape.heads, width))

        query = split(graph.linear(states, layer.query, 1 / math.sqrt(width)))
        key, value = split(graph.linear(states, layer.key)), split(graph.linear(states, layer.value))
        attended = graph.node("Reshape", graph.attended(query, key, value), graph.integers(1, -1, shape.heads * width))
        states = graph.norm(graph.node("Add", states, graph.linear(attended, layer.merge)), layer.merge_norm)
        inner = graph.node("Gelu", graph.linear(states, layer.inner))
        states = graph.norm(graph.node("Add", states, graph.linear(inner, layer.outer)), layer.outer_norm)
    # The heads stay exact: they are small.
    outputs = [graph.exact(states, model.roles), graph.exact(states, model.entities)]
    bearers = [graph.bearers(outputs[0], role) for role in ("content", "cue")]
    pointers = zip((model.to_cue, model.to_source), bearers, strict=True)
    outputs += [_pointer(graph, pointer, states, rows, size) for pointer, rows in pointers] + bearers
    for name, output in zip(NAMES, outputs, strict=True):
        graph.nodes.append(helper.make_node("Identity", [output], [name]))
    inputs = [
        helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "pieces"]),
        helper.make_tensor_value_info("features", TensorProto.INT64, [1, "pieces", 3]),
    ]
    seen = dict.fromkeys(graph.products) if watched else ()
    results = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, None, None]) for name in (*NAMES[:4], *seen)]
    results[4:4] = [helper.make_tensor_value_info(name, TensorProto.INT64, [1, None]) for name in NAMES[4:]]
    made = helper.make_graph(graph.nodes, "encoder", inputs, results, graph.constants)
    found = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(ONNXRUNTIME, 1)])
    found.producer_name = "on-the-record"
    found.ir_version = 9
    onnx.checker.check_model(found)
    return found


def _pointer(graph: Graph, pointer: Pointer, states: str, rows: str, size: str) -> str:
    """The scores of some pieces for each piece that they may point to."""
    picked = graph.node("Gather", states, graph.node("Squeeze", rows, graph.integers(0)), axis=1)
    start = graph.exact(picked, pointer.start, 1 / math.sqrt(pointer.start.out_features))
    bias = graph.node("Transpose", graph.exact(states, pointer.bias), perm=[0, 2, 1])
    scores = graph.node("Add", graph.product(start, graph.exact(states, pointer.target), transB=1), bias)
    apart = torch.arange(WINDOW)[None, :] - torch.arange(WINDOW)[:, None]
    steps = graph.constant(pointer.distance(bucket(apart)).squeeze(-1).detach().numpy())
    near = graph.node("Slice", graph.node("Gather", steps, rows), graph.integers(0), size, graph.integers(2))
    return graph.node("Add", scores, near)


def calibrate(model: Model, texts: list[str], tokenizer: Path) -> Ranges:
    """The extremes of what each layer multiplies, over the windows of some texts."""
    with TemporaryDirectory() as folder:
        path = Path(folder)
        (path / "encoder.onnx").write_bytes(build(model, packed=True, watched=True).SerializeToString())
        shutil.copyfile(tokenizer, path / "tokenizer.json")
        encoder = Encoder(path)
        names = [output.name for output in encoder.session.get_outputs()][len(NAMES) :]
        ranges: Ranges = {}
        for text in texts:
            ids, offsets = encoder.pieces(text)
            extra = features(text, [(int(start), int(end)) for start, end in offsets])
            for start, end in windows(len(ids)):
                found = encoder.run(ids[start:end], extra[start:end])[len(NAMES) :]
                for name, values in zip(names, found, strict=True):
                    low, high = ranges.get(name, (values[0], values[0]))
                    ranges[name] = np.minimum(low, values.min(0)), np.maximum(high, values.max(0))
    return ranges


def export(
    checkpoint: Path, folder: Path, packed: bool = True, texts: list[str] | None = None, spared: str = ""
) -> Path:
    """Write `encoder.onnx` and `tokenizer.json` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "encoder.onnx"
    model, ranges = load_checkpoint(checkpoint), None
    if texts:
        ranges = calibrate(model, texts, published() / "tokenizer.json")
        exact = tuple(prefix for prefix in spared.split(",") if prefix)
        ranges = {name: found for name, found in ranges.items() if not name.startswith(exact)}
    path.write_bytes(build(model, packed, ranges).SerializeToString(deterministic=True))
    shutil.copyfile(published() / "tokenizer.json", folder / "tokenizer.json")
    return path


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plain", action="store_true", help="store fp32")
    parser.add_argument("--whole", type=Path, metavar="DATA", help="multiply in whole numbers")
    parser.add_argument("--spared", default="", help="layers whose input's name starts so stay fp32: Gelu, …")
    options = parser.parse_args()
    texts = None
    if options.whole:
        texts = [example.text for example in read_polnear(options.whole / "polnear" / "train")[:24]]
    path = export(options.checkpoint, options.folder, not options.plain, texts, options.spared)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
