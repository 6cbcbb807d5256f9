"""Comparing groups of a corpus: the parameter ``compare`` of the notebooks, its table, its figure and its findings."""

from research.analysis.comparing.charts import comparison_chart
from research.analysis.comparing.compared import Compared
from research.analysis.comparing.tables import COMPARE, COMPARED_TABLE, SHOWN, Item, comparison

__all__ = [
    "COMPARE",
    "COMPARED_TABLE",
    "SHOWN",
    "Compared",
    "Item",
    "comparison",
    "comparison_chart",
]
