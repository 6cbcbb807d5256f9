"""On the Record: reproducible research on political news and official statements.

Data flows one way through four rooms, and no room imports a later one:

    loading -> nlp -> analysis -> outputs

The public names below are imported on first use, so that ``import research`` and ``research --help`` stay fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from research.analysis.findings import Finding
    from research.errors import ResearchError
    from research.loading import Corpus, Document, load
    from research.nlp.annotate import Annotations, annotate
    from research.outputs.study import Study, open_study

__all__ = [
    "Annotations",
    "Corpus",
    "Document",
    "Finding",
    "ResearchError",
    "Study",
    "annotate",
    "load",
    "open_study",
]

_HOME_OF = {
    "Annotations": "research.nlp.annotate",
    "Corpus": "research.loading",
    "Document": "research.loading",
    "Finding": "research.analysis.findings",
    "ResearchError": "research.errors",
    "Study": "research.outputs.study",
    "annotate": "research.nlp.annotate",
    "load": "research.loading",
    "open_study": "research.outputs.study",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("on-the-record")
    if name in _HOME_OF:
        return getattr(import_module(_HOME_OF[name]), name)
    raise AttributeError(f"module 'research' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
