"""How hard a text is to read, from counts of words, sentences, syllables and complex words.

Syllables are those of a dictionary of English. A *complex* word has three or more syllables. All formulas are for
English, and for running prose of at least 100 words.
"""

from __future__ import annotations

SHORTEST = 100
"""The fewest words of a text: Flesch drew samples of 100 words, and shorter texts swing wildly."""
COMPLEX = 3
"""The fewest syllables of a complex word."""


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


def flesch_kincaid_grade(words: int, sentences: int, syllables: int) -> float:
    """Return the Flesch-Kincaid grade: the years of school in the United States that a reader needs.

    0.39 * words / sentences + 11.8 * syllables / words - 15.59: Kincaid, Fishburne, Rogers and Chissom (1975),
    "Derivation of new readability formulas for Navy enlisted personnel". Raises ZeroDivisionError for an empty text.

    >>> round(flesch_kincaid_grade(words=100, sentences=5, syllables=150), 2)
    9.91
    """
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def gunning_fog(words: int, sentences: int, complex_words: int) -> float:
    """Return Gunning's fog index: the years of school that a reader needs.

    0.4 * (words / sentences + 100 * complex_words / words): Gunning (1952), "The technique of clear writing".
    ``complex_words`` have three syllables or more. Gunning leaves out names, compounds of short words and verbs that an
    ending makes long; quanteda, whose published figures this gives, counts all, as we do. Raises ZeroDivisionError for
    an empty text.

    >>> round(gunning_fog(words=100, sentences=5, complex_words=10), 2)
    12.0
    """
    return 0.4 * (words / sentences + 100 * complex_words / words)
