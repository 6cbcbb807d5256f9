"""English function words."""

from __future__ import annotations

from research.nlp.text.lists import word_list

FUNCTION_WORDS: frozenset[str] = frozenset(word for words in word_list("function_words.txt").values() for word in words)
"""In lower case, contracted forms as the tokenizer splits them. The list itself says how its words were chosen."""
