"""What follows from a measure is filled in."""

import pandas as pd
import pytest

from research.analysis.findings import Computation
from research.analysis.making import not_computable, of_statistic
from research.analysis.recount import recount


def test_what_is_not_computable_says_why() -> None:
    it = not_computable(
        "a.b", "The mean", "there is one document", unit="words", measure="statistic", method="Mean.", n_documents=1
    )
    assert it.statement == "The mean is not computable: there is one document."
    assert (it.value, it.display, it.status, it.interval, it.evidence) == (
        *(None, "not computable", "not computable", None, ()),
    )
    assert recount(it) is None


@pytest.mark.parametrize(("n", "status"), [(9, "descriptive"), (10, "supported")])
def test_a_statistic_has_an_interval_from_ten_documents_on(n: int, status: str) -> None:
    table = pd.DataFrame({"words": [1000 + 10 * i for i in range(n)], "sentences": [50] * n})
    it = of_statistic(
        "a.b",
        "The mean is {value}{interval}.",
        unit="words",
        computation=Computation("words_per_sentence", "t", ("words", "sentences")),
        method="Mean.",
        table=table,
        digits=1,
    )
    assert it.status == status
    assert ("95% CI" in it.statement) == (it.interval is not None) == ("bootstrap" in it.method) == (n == 10)
    assert it.n == it.n_documents == n
