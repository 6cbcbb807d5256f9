"""Parameters of 08_accuracy: whether to judge now, how many sentences, which sample, and who judges."""

from __future__ import annotations

from typing import Any

from research.analysis.parameters import YES_OR_NO, Kind, Parameter
from research.analysis.wording import one_line


def _whole(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int | float | str) or float(given) != int(float(given)):
        raise ValueError(given)
    value = int(float(given))
    if not 1 <= value <= _MOST:
        raise ValueError(given)
    return value


_MOST = 1_000_000
_WHOLE = Kind("int", f"a whole number from 1 to {_MOST:,}", _whole)


def _coder(given: Any) -> str:
    if given is None:
        return ""
    if not isinstance(given, str) or len(name := one_line(given)) > _LONGEST_NAME:
        raise ValueError(given)
    return name


_LONGEST_NAME = 80

_NAME = Kind("str", 'a name, such as "Ann", or ""', _coder)

JUDGE = Parameter("judge", YES_OR_NO, False, "Whether to judge sentences here, in JupyterLab", of_findings=False)
SIZE = Parameter(
    "size", _WHOLE, 100, "How many sentences to judge; a larger sample has those of a smaller one", of_findings=False
)
SEED = Parameter("seed", _WHOLE, 1, "Which sample; the same number gives the same sentences", of_findings=False)
CODER = Parameter("coder", _NAME, "", "Who judges: a name to tell several coders apart", of_findings=False)
