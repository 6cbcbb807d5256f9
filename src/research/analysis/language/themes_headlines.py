"""Findings about topics: which of those that come back are the main ones of most documents."""

from __future__ import annotations

import numpy as np

from research.analysis.evidence import Passages, joined, passage
from research.analysis.findings import Finding, slug
from research.analysis.language.themes import Themes, naming_terms, themes_of
from research.analysis.making import BY_WILSON, of_share
from research.analysis.statistics.topics import HALVES, TOP
from research.analysis.statistics.uncertainty import rounded, wilson
from research.analysis.wording import confidence, listed, percent, plural, quoted, share_precision
from research.loading import Span
from research.nlp.annotate import Annotations

HEADLINE_TOPICS = 3


def topic_findings(annotations: Annotations) -> list[Finding]:
    """Return the share of documents of each of the three most widespread topics; none below 200 documents."""
    themes = themes_of(annotations)
    if themes is None or not themes.terms:
        return []
    first = range(min(HEADLINE_TOPICS, len(themes.terms)))
    evidence = _evidence(annotations, themes, len(first))
    return [_finding(themes, topic, evidence, complete=annotations.corpus.complete) for topic in first]


def _finding(themes: Themes, topic: int, evidence: list[Passages], *, complete: bool) -> Finding:
    words = themes.words
    its = naming_terms(themes)[topic]
    name = listed([quoted(it) for it in words.written(its)])
    n, counted = len(themes.main), evidence[topic]
    share = rounded(len(counted) / n)
    interval = wilson(len(counted), n, complete=complete)
    ci = confidence(interval, share_precision(share), before=", ")
    stability, _ = themes.quality(topic)
    # A key stays when another form of a word becomes the most frequent one, and when terms change places.
    forms = sorted(words.term_forms[it] for it in its.tolist())
    return of_share(
        f"language.topic.{slug(' '.join(forms))}",
        f"The topic around {name} is the main one of {len(counted):,} of {plural(n, 'document')} "
        f"({percent(share)}{ci}).",
        value=share,
        display=percent(share),
        unit="documents",
        interval=interval,
        interval_by=BY_WILSON,
        complete=complete,
        method=f"Non-negative matrix factorisation of TF-IDF weights of content words and phrases (Lee and Seung 1999) "
        f"finds terms that occur in the same documents. The topic came back, with seven of its {TOP} first terms, in "
        f"{round(stability * HALVES)} of {HALVES} random halves of the documents. The main topic of a document is the "
        "one that explains most of it, and one of those that did not come back may be. The interval holds for these "
        "topics as they are. The evidence is the first place of one of the topic's terms, or the first sentence of a "
        "document without any.",
        counted=joined(counted),
        base=joined(*evidence).counted_as("base"),
        n_documents=n,
        parameters={"topic": name},
    )


def _evidence(annotations: Annotations, themes: Themes, n: int) -> list[Passages]:
    """Return for each of the first ``n`` topics a passage of each of its documents, then those of all others."""
    passages = [Passages() for _ in range(n + 1)]
    number = {doc_id: it for it, doc_id in enumerate(themes.words.doc_ids)}
    first = [_first_places(themes, topic) for topic in range(n)]
    for annotated in annotations:
        document = annotated.document
        if document.id not in number:
            continue
        at = number[document.id]
        topic = int(themes.main[at])
        known = 0 <= topic < n
        span = first[topic].get(at) if known else None
        passages[topic if known else n].add(passage(document, annotated.opening if span is None else span))
    return passages


def _first_places(themes: Themes, topic: int) -> dict[int, Span]:
    """Return where the first term of a topic stands in each document that has one."""
    words = themes.words
    tokens = np.flatnonzero(np.isin(words.terms, themes.terms[topic]))
    documents, first = np.unique(words.documents[tokens], return_index=True)
    places = (words.place_of(it) for it in tokens[first].tolist())
    return {document: Span(*place) for document, place in zip(documents.tolist(), places, strict=True)}
