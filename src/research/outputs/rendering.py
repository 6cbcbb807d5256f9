"""Figures become picture files whose bytes depend on the figure alone: no date, no version, no random id."""

from __future__ import annotations

import io
from typing import Any

from research.analysis.figures import Figure, style


def png(figure: Figure) -> bytes:
    """The figure as a PNG picture."""
    return _saved(figure, "png", {"Software": None})


def svg(figure: Figure) -> bytes:
    """The figure as an SVG drawing, its text as outlines so that it looks the same everywhere."""
    return _saved(figure, "svg", {"Date": None, "Creator": None, "Title": figure.caption, "Description": figure.alt})


def _saved(figure: Figure, kind: str, metadata: dict[str, Any]) -> bytes:
    buffer = io.BytesIO()
    with style():
        figure.plot.savefig(buffer, format=kind, metadata=metadata)
    return buffer.getvalue()
