"""The kinds of documents in words."""

from __future__ import annotations

from collections.abc import Mapping

from research.loading.documents import INTERVIEW, NEWS, SPEECH, TRANSCRIPT

NAMES: Mapping[str, tuple[str, str]] = {
    NEWS: ("news", "news"),
    SPEECH: ("speech or statement", "speeches and statements"),
    TRANSCRIPT: ("transcript", "transcripts"),
    INTERVIEW: ("interview", "interviews"),
}
"""What one document of a kind is called, and several, in the order in which sentences name them."""


def what_they_are(kind: str, n: int) -> str:
    """Return what ``n`` documents of a kind are.

    >>> what_they_are("interview", 1), what_they_are("speech", 2), what_they_are("news", 1)
    ('an interview', 'speeches and statements', 'news')
    """
    one, several = NAMES[kind]
    if n != 1 or one == several:
        return several
    return f"an {one}" if one[0] in "aeiou" else f"a {one}"
