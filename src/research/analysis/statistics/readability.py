"""How hard a text is to read, from counts of words, sentences and syllables."""

from __future__ import annotations

SHORTEST = 100
"""The fewest words of a text: Flesch drew samples of 100 words, and shorter texts swing wildly."""


def words_per_sentence(words: int, sentences: int) -> float:
    """Return the mean length of a sentence in words. Raises ZeroDivisionError without a sentence."""
    return words / sentences


def flesch_reading_ease(words: int, sentences: int, syllables: int) -> float:
    """Return Flesch's reading ease: about 0 (very hard) to 100 (very easy); news is often between 40 and 60.

    206.835 - 1.015 * words / sentences - 84.6 * syllables / words: Flesch (1948), "A new readability
    yardstick", Journal of Applied Psychology 32. Raises ZeroDivisionError for an empty text.

    >>> round(flesch_reading_ease(words=100, sentences=20, syllables=120), 2)
    100.24
    """
    return 206.835 - 1.015 * words / sentences - 84.6 * syllables / words
