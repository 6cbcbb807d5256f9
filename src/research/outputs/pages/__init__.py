"""The report of a run as HTML pages, with every passage marked in its text."""

from research.outputs.pages.report import write_report

__all__ = ["write_report"]
