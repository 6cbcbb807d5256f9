"""Sentences, tokens and words of English prose, by their exact offsets.

    from research.nlp import text as texts

    texts.sentences(text)

The functions below are loaded from their modules when first used, so that a layer that needs sentences alone
neither loads nor depends on the rest.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from research.nlp.text.function_words import FUNCTION_WORDS
    from research.nlp.text.segmentation import sentences
    from research.nlp.text.tokenization import sentence_tokens, tokens
    from research.nlp.text.vocabulary import base_form, is_content_word, syllables
    from research.nlp.text.words import folded, is_word

_HOME_OF = {
    "FUNCTION_WORDS": "function_words",
    "base_form": "vocabulary",
    "folded": "words",
    "is_content_word": "vocabulary",
    "is_word": "words",
    "sentence_tokens": "tokenization",
    "sentences": "segmentation",
    "syllables": "vocabulary",
    "tokens": "tokenization",
}

__all__ = [
    "FUNCTION_WORDS",
    "base_form",
    "folded",
    "is_content_word",
    "is_word",
    "sentence_tokens",
    "sentences",
    "syllables",
    "tokens",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = found  # looked up once: the functions are called for every token
    return found
