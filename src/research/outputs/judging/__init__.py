"""Judging by hand: how often is this wrong on these documents?"""

from research.outputs.judging.widget import judge

__all__ = ["judge"]
