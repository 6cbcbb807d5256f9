"""The network: a MiniLM encoder with one head a role, one for entities, and two that point.

Plain PyTorch; parameters carry the names of the published checkpoint, so that its weights load as they are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu, scaled_dot_product_attention

from research.nlp.statements.features import BREAKS, PLACES, SHAPES
from research.nlp.statements.labels import ENTITY_LABELS, ROLES


@dataclass
class Shape:
    """The network's measures; as they stand, MiniLM's."""

    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    heads: int = 12
    head_width: int = 32
    inner: int = 1536
    positions: int = 512
    pointer: int = 128
    dropout: float = 0.1


class Layer(nn.Module):
    """Attention and a feed-forward step, each with what went in added, then normalised."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width, attended = shape.width, shape.heads * shape.head_width
        self.heads = shape.heads
        self.query, self.key, self.value = (nn.Linear(width, attended) for _ in range(3))
        self.merge = nn.Linear(attended, width)
        self.merge_norm = nn.LayerNorm(width, eps=1e-12)
        self.inner = nn.Linear(width, shape.inner)
        self.outer = nn.Linear(shape.inner, width)
        self.outer_norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(shape.dropout)

    def attended(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """What the heads gather for each piece, before it is merged."""
        batch, length, _ = states.shape

        def split(projected: Tensor) -> Tensor:
            return projected.view(batch, length, self.heads, -1).transpose(1, 2)

        attended = scaled_dot_product_attention(
            split(self.query(states)), split(self.key(states)), split(self.value(states)), attn_mask=mask
        )
        return attended.transpose(1, 2).reshape(batch, length, -1)

    def units(self, states: Tensor) -> Tensor:
        """The feed-forward units of each piece."""
        return gelu(self.inner(states))

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """States of a batch of windows, one layer further."""
        states = self.merge_norm(states + self.dropout(self.merge(self.attended(states, mask))))
        return self.outer_norm(states + self.dropout(self.outer(self.units(states))))  # type: ignore[no-any-return]


class Encoder(nn.Module):
    """Pieces and their features in, one vector a piece out."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.kinds = nn.Embedding(2, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.extra = nn.ModuleList(nn.Embedding(size, shape.width) for size in (SHAPES, BREAKS, PLACES))
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.dropout = nn.Dropout(shape.dropout)
        for table in self.extra:
            nn.init.zeros_(table.weight)  # type: ignore[arg-type]

    def embed(self, ids: Tensor, features: Tensor) -> Tensor:
        """What goes into the first layer."""
        places = torch.arange(ids.shape[1], device=ids.device)
        states = self.words(ids) + self.positions(places) + self.kinds.weight[0]
        for column, table in enumerate(self.extra):
            states = states + table(features[:, :, column])
        return self.dropout(self.norm(states))  # type: ignore[no-any-return]

    def states(self, ids: Tensor, features: Tensor, mask: Tensor | None) -> list[Tensor]:
        """What goes into the first layer, and what comes out of each; `mask` is true where there is a piece."""
        found = [self.embed(ids, features)]
        for layer in self.layers:
            found.append(layer(found[-1], mask))
        return found


NEAR = 16
BUCKETS = 2 * (NEAR + 8) + 1


def bucket(distance: Tensor) -> Tensor:
    """Signed distances in buckets: single steps up to 16 pieces, then wider and wider ones."""
    far = distance.abs().clamp(min=1).float()
    wide = NEAR + (torch.log2(far / NEAR).clamp(min=0) * 2).long().clamp(max=8)
    size = torch.where(distance.abs() <= NEAR, distance.abs(), wide)
    return torch.where(distance < 0, -size, size) + NEAR + 8


class Pointer(nn.Module):
    """For every piece, a score for every piece of the window that it may point to; the first means none."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.start = nn.Linear(shape.width, shape.pointer)
        self.target = nn.Linear(shape.width, shape.pointer)
        self.bias = nn.Linear(shape.width, 1)
        self.distance = nn.Embedding(BUCKETS, 1)
        nn.init.zeros_(self.distance.weight)

    def forward(self, states: Tensor) -> Tensor:
        """Scores of (batch, from, to)."""
        scale = 1 / math.sqrt(self.start.out_features)
        scores = (self.start(states) * scale) @ self.target(states).transpose(1, 2)
        places = torch.arange(states.shape[1], device=states.device)
        apart = self.distance(bucket(places[None, :] - places[:, None])).squeeze(-1)
        return scores + self.bias(states).transpose(1, 2) + apart  # type: ignore[no-any-return]


class Model(nn.Module):
    """Scores (logits) of a batch of windows: roles, entities, content to cue, cue to source."""

    def __init__(self, shape: Shape | None = None) -> None:
        super().__init__()
        self.shape = shape or Shape()
        self.encoder = Encoder(self.shape)
        self.dropout = nn.Dropout(self.shape.dropout)
        self.roles = nn.Linear(self.shape.width, 3 * len(ROLES))
        self.entities = nn.Linear(self.shape.width, len(ENTITY_LABELS))
        self.to_cue = Pointer(self.shape)
        self.to_source = Pointer(self.shape)

    def forward(self, ids: Tensor, features: Tensor, real: Tensor | None = None) -> tuple[Tensor, ...]:
        """Run encoder and heads; `real` is false where a window was padded."""
        return self.heads(self.states(ids, features, real)[-1])

    def states(self, ids: Tensor, features: Tensor, real: Tensor | None = None) -> list[Tensor]:
        """The states of the encoder, layer by layer."""
        return self.encoder.states(ids, features, None if real is None else real[:, None, None, :])

    def heads(self, states: Tensor) -> tuple[Tensor, ...]:
        """The scores that the heads make of the last states."""
        states = self.dropout(states)
        return self.roles(states), self.entities(states), self.to_cue(states), self.to_source(states)

    def groups(self, rate: float, heads: float, decay: float) -> list[dict[str, Any]]:
        """Parameters with their learning rates: the published ones slowly, the new ones faster."""
        groups: dict[tuple[bool, bool], list[nn.Parameter]] = {}
        for name, parameter in self.named_parameters():
            new = not name.startswith("encoder.") or ".extra." in name
            plain = parameter.ndim < 2 or "norm" in name
            groups.setdefault((new, plain), []).append(parameter)
        return [
            {"params": found, "lr": rate * (heads if new else 1), "weight_decay": 0.0 if plain else decay}
            for (new, plain), found in groups.items()
        ]


def load_checkpoint(path: Path, dropout: float | None = None) -> Model:
    """The model of a checkpoint of our own, in the shape that it was trained in."""
    checkpoint = torch.load(path, weights_only=True)
    shape = Shape(**checkpoint["shape"])
    if shape.width != Shape.width and "encoder.relative.weight" in checkpoint["weights"]:
        from training.attributions.mpnet import Large

        model: Model = Large(shape.layers, dropout=shape.dropout if dropout is None else dropout)
    else:
        model = Model(shape if dropout is None else replace(shape, dropout=dropout))
    model.load_state_dict(checkpoint["weights"])
    return model.eval()


def load_published(model: Model, folder: Path) -> None:
    """Start from a published BERT-like checkpoint (`model.safetensors`)."""
    from safetensors.torch import load_file

    found = load_file(folder / "model.safetensors")
    names = {
        "embeddings.word_embeddings.weight": "words.weight",
        "embeddings.position_embeddings.weight": "positions.weight",
        "embeddings.token_type_embeddings.weight": "kinds.weight",
        "embeddings.LayerNorm": "norm",
        "attention.self.query": "query",
        "attention.self.key": "key",
        "attention.self.value": "value",
        "attention.output.dense": "merge",
        "attention.output.LayerNorm": "merge_norm",
        "intermediate.dense": "inner",
        "output.dense": "outer",
        "output.LayerNorm": "outer_norm",
        "encoder.layer.": "layers.",
    }
    renamed = {}
    for name, tensor in found.items():
        own = name
        for old, new in names.items():
            own = own.replace(old, new)
        if "pooler" not in own and "position_ids" not in own:
            renamed[own] = tensor
    missing, unexpected = model.encoder.load_state_dict(renamed, strict=False)
    if unexpected or any(not name.startswith("extra.") for name in missing):
        raise ValueError(f"the checkpoint does not fit: missing {missing}, unexpected {unexpected}")
