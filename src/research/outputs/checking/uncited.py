"""``--strict``: numbers and quotations in sentences without a citation, and where a quotation is in the corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from research.outputs.checking.cases import Problem, around
from research.outputs.checking.cited import Run
from research.outputs.checking.documents import corpus_of, text_of_document
from research.outputs.checking.figures import numbers
from research.outputs.checking.number import Number
from research.outputs.checking.quotation_rule import evidence_of
from research.outputs.checking.quoted import within
from research.outputs.checking.sentences import Sentence
from research.outputs.checking.verbatim import is_in, pattern_of, words_of
from research.outputs.citing.escaping import citation_key

_SHORT = 3
_SMALL = 12


def uncited(sentence: Sentence, runs: Sequence[Run]) -> Iterator[Problem]:
    """Yield a warning for each number and quotation of a sentence that cites nothing."""
    text = sentence.text
    quoted = [type(it)(it.start - sentence.start, it.end - sentence.start) for it in sentence.quotations]
    for number in numbers(text):
        if _counts(number) and within(quoted, number.start, number.end) is None:
            start = sentence.start + number.start
            said = f"says {' '.join(number.text.split())} without a citation"
            yield Problem(start, start + len(number.text), "uncited", "warning", "", said)
    for span in sentence.quotations:
        words = sentence.block.text[slice(*span)]
        pattern = pattern_of(words)
        if len(pattern) >= _SHORT:
            key, passage = _found(pattern, runs)
            offer = f"; cite {key}" if key else ""
            said = f"quotes “{' '.join(words.split())[:120]}” without a citation{offer}"
            yield Problem(*span, "uncited", "warning", key, said, passage)


def _counts(number: Number) -> bool:
    if number.incidental or number.period is not None:
        return False
    return number.form != "words" or number.value > _SMALL or bool(number.unit)


def _found(pattern: Sequence[str], runs: Sequence[Run]) -> tuple[str, str]:
    """Return the citation of a quotation, and the passage: a finding's evidence, or else a document."""
    for run in runs:
        for key, passage in evidence_of(run):
            if is_in(pattern, words_of(f"{passage.prefix}{passage.exact}{passage.suffix}")):
                return run.citation(run.findings[key]), around(passage)
    for run in runs:
        for document_id, words in _documents(run):
            if is_in(pattern, words):
                return citation_key(run.name, "documents", document_id), f"in the document {document_id}"
    return "", ""


@lru_cache(maxsize=2)
def _documents(run: Run) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the words of every document of a run that is still the same and at hand."""
    ids = [entry["id"] for entry in run.manifest["source"]["documents"]] if corpus_of(run) is not None else []
    return tuple((it, words_of(text)) for it in ids if (text := text_of_document(run, it)))
