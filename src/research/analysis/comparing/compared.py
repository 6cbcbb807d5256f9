"""What a notebook compares: one object, called for its table and asked for its findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from research.analysis.comparing.headlines import compared_findings
from research.analysis.comparing.tables import COMPARE, Item, comparison
from research.analysis.findings import Finding
from research.analysis.parameters import LEAST_CONFIDENCE
from research.nlp.annotate import Annotations
from research.nlp.groups.grouping import Groups

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Compared:
    """The comparison of a notebook, given by its short name.

    ``items`` takes the annotations, the groups (``Annotations.by``) and the notebook's own parameters by name, and says
    what is counted. It is called only where something is compared.
    """

    short: str
    items: Callable[..., Sequence[Item]]

    def __call__(
        self,
        annotations: Annotations,
        compare: Any = None,
        least_confidence: Any = LEAST_CONFIDENCE.default,
        **asked: Any,
    ) -> pd.DataFrame:
        """Return the groups of ``compare`` beside all others; see ``comparing.comparison`` for the columns."""
        groups = self._groups(annotations, compare, least_confidence)
        return comparison(annotations, groups, [] if groups is None else self.items(annotations, groups, **asked))

    def findings(
        self,
        annotations: Annotations,
        compare: Any = None,
        least_confidence: Any = LEAST_CONFIDENCE.default,
        **asked: Any,
    ) -> list[Finding]:
        """Return the findings about the groups, the clearest differences first; none where nothing is compared."""
        groups = self._groups(annotations, compare, least_confidence)
        if groups is None:
            return []
        items = self.items(annotations, groups, **asked)
        table = comparison(annotations, groups, items)
        complete = annotations.corpus.complete
        return compared_findings(self.short, table, items, groups, complete=complete, every=annotations.is_alone)

    @staticmethod
    def _groups(annotations: Annotations, compare: Any, least_confidence: Any) -> Groups[Annotations] | None:
        what, least = COMPARE.read(compare), LEAST_CONFIDENCE.read(least_confidence)
        return None if what is None else annotations.by(what, least)
