"""How hard a text is to read, from counts of words, sentences and syllables."""

from __future__ import annotations

SHORTEST = 100
"""Words that a text must have: Flesch drew samples of 100 words, and shorter ones swing wildly."""


def words_per_sentence(words: int, sentences: int) -> float:
    """Mean length of a sentence in words. Raises ZeroDivisionError without a sentence."""
    return words / sentences


def flesch_reading_ease(words: int, sentences: int, syllables: int) -> float:
    """Flesch's reading ease: about 0 (very hard) to 100 (very easy); news is often between 40 and 60.

    206.835 - 1.015 * words / sentences - 84.6 * syllables / words: Flesch (1948), "A new readability
    yardstick", Journal of Applied Psychology 32. Raises ZeroDivisionError for an empty text.
    """
    return 206.835 - 1.015 * words / sentences - 84.6 * syllables / words
