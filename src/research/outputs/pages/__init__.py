"""The report of a run as HTML pages: texts with their passages marked, templates, and the style sheet."""

from research.outputs.pages.report import write_report

__all__ = ["write_report"]
