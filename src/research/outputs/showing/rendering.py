"""Render figures to files whose bytes depend only on the figure: no date, no version, no random id."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from research.analysis.figures import Figure, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Plot

_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that text may contain and XML may not, even escaped."""


_pixels: WeakKeyDictionary[Plot, bytes] = WeakKeyDictionary()
"""The PNG of each plot: a notebook shows it and its run folder keeps it, and drawing takes a tenth of a second."""


def png(figure: Figure) -> bytes:
    """The figure as a PNG picture. It is drawn on the first call."""
    if figure.plot not in _pixels:
        _pixels[figure.plot] = _saved(figure, "png", {"Software": None})
    return _pixels[figure.plot]


def svg(figure: Figure) -> bytes:
    """The figure as an SVG drawing. Its text is drawn as outlines, so that it looks the same without the fonts."""
    metadata = {"Date": None, "Creator": None, "Title": figure.caption, "Description": figure.alt}
    drawing = _saved(figure, "svg", metadata).decode("utf-8")
    return _NOT_IN_XML.sub("\ufffd", drawing).encode("utf-8")


def _saved(figure: Figure, kind: str, metadata: dict[str, Any]) -> bytes:
    buffer = io.BytesIO()
    with style():
        figure.plot.draw_without_rendering()  # constrained layout changes between the first drawing and the second
        figure.plot.savefig(buffer, format=kind, metadata=metadata)
    return buffer.getvalue()
