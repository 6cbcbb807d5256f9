"""The annotator of the layer *counts*: language, words, sentences, and paragraphs in another language."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

from research.loading.documents import Document
from research.nlp.english import foreign_paragraphs, language_of
from research.nlp.text.words import is_word


def annotate(document: Document, needed: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the tables of counts of a document's body.

    ``language`` has one entry, an ISO 639-1 code or None. ``counts`` are the numbers of words and of sentences, both
    without the labels of turns (see ``text.annotator``). ``opening`` is the first sentence, or the whole body if it has
    none. ``foreign`` has start, end, language and number of words of each paragraph of an English document that is in
    another language.
    """
    sentences = needed["sentences"]
    words = [start for start, end in needed["tokens"] if is_word(document.text[start:end])]
    return {
        "language": [language_of(document)],
        "counts": [len(words), len(needed["pieces"])],
        "opening": sentences[0] if sentences else list(document.body),
        "foreign": [
            [*span, language, bisect_left(words, span.end) - bisect_left(words, span.start)]
            for span, language in foreign_paragraphs(document)
        ],
    }
