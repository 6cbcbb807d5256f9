"""A larger encoder to teach with: MPNet, as `all-mpnet-base-v2` publishes it, with our heads.

Its vocabulary is that of the other networks, four further on, so that it reads the same pieces. Only its lower layers
are used: the upper ones were trained for one vector a sentence. The lowest stay as they are published.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from training.attributions.model import Encoder, Model, Shape

SHIFT, MASK, PADDING, FRAME = 4, 103, 0, {101: 0, 102: 2}
"""How far the numbers of the pieces are apart, and the pieces that have others: hidden ones, the ends of a window."""
OWN_MASK, OWN_PADDING, FIRST_PLACE = 30526, 1, 2
STEPS, NEAREST, FARTHEST = 32, 8, 128
"""Buckets of distances, those that are single steps, and the distance from which all are alike."""


def large(layers: int, dropout: float) -> Shape:
    """MPNet's measures, with so many of its layers."""
    return Shape(30527, 768, layers, 12, 64, 3072, 514, 128, dropout)


class Reader(Encoder):
    """MPNet: distances between pieces count in every layer's attention."""

    def __init__(self, shape: Shape, frozen: int) -> None:
        super().__init__(shape)
        self.relative = nn.Embedding(STEPS, shape.heads)
        self.frozen = frozen
        for norm in [self.norm, *(it for layer in self.layers for it in (layer.merge_norm, layer.outer_norm))]:
            norm.eps = 1e-5  # type: ignore[union-attr, assignment]
        still = [self.words, self.positions, self.kinds, self.relative, *self.layers[:frozen]]
        for parameter in (it for part in still for it in part.parameters()):
            parameter.requires_grad_(False)

    def embed(self, ids: Tensor, features: Tensor) -> Tensor:
        """What goes into the first layer."""
        own = ids + SHIFT
        for number, other in (*FRAME.items(), (MASK, OWN_MASK), (PADDING, OWN_PADDING)):
            own = own.masked_fill(ids == number, other)
        places = torch.arange(ids.shape[1], device=ids.device) + FIRST_PLACE
        states = self.words(own) + self.positions(places)
        for column, table in enumerate(self.extra):
            states = states + table(features[:, :, column])
        return self.dropout(self.norm(states))  # type: ignore[no-any-return]

    def states(self, ids: Tensor, features: Tensor, mask: Tensor | None) -> list[Tensor]:
        """The states of each layer; the distances are added to what the mask hides."""
        found = [self.embed(ids, features)]
        bias = self.relative(_steps(ids.shape[1])).permute(2, 0, 1)[None]
        if mask is not None:
            bias = bias.expand(len(ids), -1, -1, -1).masked_fill(~mask, -1e4)
        bias = bias.to(torch.get_autocast_dtype("cpu") if torch.is_autocast_enabled("cpu") else bias.dtype)
        for layer in self.layers:
            found.append(layer(found[-1], bias))
        return found


def _steps(length: int) -> Tensor:
    places = torch.arange(length)
    apart = places[:, None] - places[None, :]
    half, far = STEPS // 2, apart.abs()
    wide = (torch.log(far.clamp(min=1).float() / NEAREST) / math.log(FARTHEST / NEAREST) * (half - NEAREST)).long()
    return (apart < 0).long() * half + torch.where(far < NEAREST, far, (NEAREST + wide).clamp(max=half - 1))


class Large(Model):
    """The heads of the other networks on MPNet."""

    def __init__(self, layers: int = 9, frozen: int = 2, dropout: float = 0.1) -> None:
        shape = large(layers, dropout)
        super().__init__(shape)
        self.encoder = Reader(shape, frozen)

    def groups(self, rate: float, heads: float, decay: float) -> list[dict[str, Any]]:
        """Parameters that learn, with their learning rates."""
        found = super().groups(rate, heads, decay)
        return [{**it, "params": [p for p in it["params"] if p.requires_grad]} for it in found]


def load_large(folder: Path, dropout: float) -> Large:
    """The published weights of `model.safetensors`, with new heads."""
    from safetensors.torch import load_file

    model = Large(dropout=dropout)
    own = {}
    for name, tensor in load_file(folder / "model.safetensors").items():
        renamed = name
        for old, new in _NAMES.items():
            renamed = renamed.replace(old, new)
        own[renamed] = tensor
    wanted = model.encoder.state_dict()
    weights = {name: own[name] for name in wanted if name in own}
    missing = [name for name in wanted if name not in own and not name.startswith(("extra.", "kinds."))]
    if missing:
        raise ValueError(f"the checkpoint does not fit: missing {missing}")
    model.encoder.load_state_dict(weights, strict=False)
    return model


_NAMES = {
    "embeddings.word_embeddings.weight": "words.weight",
    "embeddings.position_embeddings.weight": "positions.weight",
    "embeddings.LayerNorm": "norm",
    "encoder.relative_attention_bias.weight": "relative.weight",
    "attention.attn.q": "query",
    "attention.attn.k": "key",
    "attention.attn.v": "value",
    "attention.attn.o": "merge",
    "attention.LayerNorm": "merge_norm",
    "intermediate.dense": "inner",
    "output.dense": "outer",
    "output.LayerNorm": "outer_norm",
    "encoder.layer.": "layers.",
}
