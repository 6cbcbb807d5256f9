"""The passages behind the findings of 06_time, read when a finding needs them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING, Any

from research.analysis.actors import gathered as of_actors
from research.analysis.actors.tables import mentions as mention_table
from research.analysis.evidence import CONTEXT, Evidence, Passage, Passages, joined, passage
from research.analysis.judging.corrected import Place, Side, Sums
from research.analysis.measured import Known, known
from research.analysis.statements import gathered as of_statements
from research.analysis.statements.tables import content_starts
from research.analysis.statements.tables import statements as statement_table
from research.analysis.time.material import SPEAKER, SPEECH, Material, Series
from research.nlp.accuracy import TURN

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

_NOTHING = Known((), "")
_MEASURES = {
    SPEECH: ("attributions.found", "attributions.direct_found"),
    SPEAKER: ("attributions.linked", "speakers.agreement", "turns.office", "turns.person"),
}


class Gathered:
    """The passages of a corpus, by series and documents."""

    def __init__(self, of: Material) -> None:
        self._of = of

    @cached_property
    def _statements(self) -> of_statements.Gathered:
        return of_statements.gathered(self._of.annotations, self._statement_rows, self._of.least_confidence)

    @cached_property
    def _statement_rows(self) -> pd.DataFrame:
        return statement_table(self._of.annotations, self._of.least_confidence)

    @cached_property
    def _mention_rows(self) -> pd.DataFrame:
        """The first mention of each actor with a series, in each document."""
        names = [it.name for it in self._of.series if it.names_actor]
        found = mention_table(self._of.annotations, self._of.least_confidence)
        return found[found["actor"].isin(names)].drop_duplicates(["doc_id", "actor"])

    @cached_property
    def _actors(self) -> of_actors.Gathered:
        rows = self._mention_rows
        return of_actors.gathered(self._of.annotations, rows, rows.head(0))

    def _ids(self, chosen: NDArray[np.bool_]) -> set[str]:
        return set(self._of.documents["doc_id"][chosen])

    def counted(self, it: Series, chosen: NDArray[np.bool_]) -> Evidence:
        """Return what is counted of a series in the chosen documents."""
        ids = self._ids(chosen)
        if it.is_rate:
            return _occurrences(self._of.rows(it), ids)
        if it.names_actor:
            is_it = self._mention_rows["actor"].eq(it.name) & self._mention_rows["doc_id"].isin(ids)
            return self._actors.mentions.marked(is_it.tolist())
        return self._statements.statements.marked((self._counted_rows(it) & self._in(ids)).tolist())

    def with_base(self, it: Series, chosen: NDArray[np.bool_]) -> Evidence:
        """Return what is counted of a share in the chosen documents, and all of which it is a part."""
        ids, counted = self._ids(chosen), self.counted(it, chosen)
        if it.names_actor:
            naming = {row.doc_id for row in counted}
            others = self._actors.openings.where(lambda row: row.doc_id in ids and row.doc_id not in naming)
            return joined(counted, counted.counted_as("base"), others.counted_as("base"))
        rows = self._statement_rows
        base = (rows["kind"] != TURN) if it.of == SPEECH else rows["kind"].notna()
        return joined(counted, self._statements.statements.marked((base & self._in(ids)).tolist()).counted_as("base"))

    def difference(self, it: Series, after: NDArray[np.bool_], before: NDArray[np.bool_]) -> Sums:
        """Return what the difference of a share of statements, in points, between two sets of documents is made of."""
        return Sums(self.side(it, after), self.side(it, before), per=100)

    def side(self, it: Series, chosen: NDArray[np.bool_]) -> Side:
        """Return what a share of statements in the chosen documents is made of."""
        ids, rows = self._ids(chosen & self._of.takes_part(it)), self._statement_rows
        places = list(zip(rows["doc_id"], content_starts(rows), strict=True))
        base = ((rows["kind"] != TURN) if it.of == SPEECH else rows["kind"].notna()) & self._in(ids)
        counted, of = (
            [Place(doc_id, at, at) for doc_id, at in compress(places, its)]
            for its in (self._counted_rows(it) & base, base)
        )
        return Side(counted, of, float(len(of)))

    def _counted_rows(self, it: Series) -> pd.Series[bool]:
        rows = self._statement_rows
        return rows["kind"].eq("direct") if it.of == SPEECH else rows["speaker"].eq(it.name)

    def _in(self, ids: Collection[str]) -> pd.Series[bool]:
        return self._statement_rows["doc_id"].isin(ids)

    def known(self, it: Series, chosen: NDArray[np.bool_]) -> Known:
        """Return what is known about the errors behind a finding on a series in the chosen documents."""
        ids = self._ids(chosen)
        if it.is_rate:
            return _NOTHING
        if it.names_actor:
            rows = self._mention_rows[self._mention_rows["doc_id"].isin(ids) & (self._mention_rows["actor"] == it.name)]
            if rows.empty:
                return known(*of_actors.MEASURES, of=Counter(self._actors.kinds.values()), unit="documents")
            return self._actors.known(rows)
        return self._statements.known(*_MEASURES[it.of], rows=self._statement_rows[self._in(ids)])

    def openings(self, ids: Collection[str]) -> Evidence:
        """Return the first sentence of each of some documents."""
        found = Passages()
        for annotated in self._of.annotations:
            if annotated.document.id in ids:
                found.add(passage(annotated.document, annotated.opening))
        return found


def _occurrences(concordance: pd.DataFrame, ids: Collection[str]) -> Evidence:
    found = concordance[concordance["doc_id"].isin(ids)]

    def read() -> Iterator[Passage]:
        rows: Any = found.itertuples(index=False)
        for row in rows:
            before, after = row.left[-CONTEXT:], row.right[:CONTEXT]
            yield Passage("counted", row.doc_id, row.sha256, row.start, row.end, row.keyword, before, after)

    return Evidence(read)
