"""Which text is read as English: the language of a document, and its paragraphs in other languages.

Statements are extracted from English only: from no other document, and from no paragraph in another language.
"""

from __future__ import annotations

from functools import lru_cache

from research.loading import Document, Span, languages


def language_of(document: Document) -> str | None:
    """Return the language of a document: the one it states, or else the one recognised; None if it is too short."""
    return _read(document.text, document.body, document.language)[0]


def foreign_paragraphs(document: Document) -> tuple[tuple[Span, str], ...]:
    """Return the paragraphs of an English document that are in another language, in order, each with its language."""
    return _read(document.text, document.body, document.language)[1]


def is_english(language: str | None) -> bool:
    """Return whether to read a text as English; a text too short to tell is."""
    return language in (None, "en")


@lru_cache(maxsize=1)  # counts and statements both ask about the document at hand
def _read(text: str, body: Span, stated: str | None) -> tuple[str | None, tuple[tuple[Span, str], ...]]:
    language = languages.code(stated) or languages.language(text, body)
    if not is_english(language):
        return language, ()
    found = languages.paragraphs(text, body, language)
    return language, tuple((span, name) for span, name in found if name is not None and not is_english(name))
