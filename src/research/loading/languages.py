"""Identify languages offline: of a document, and of its paragraphs where languages are mixed.

The classifier is py3langid (Lui and Baldwin 2012, retrained), limited to the 114 languages of its model that have a
two-letter code in ISO 639-1. A short text that could be several languages has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from research.errors import ResearchError
from research.loading.documents import Span

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SURE = 0.6
"""The lowest probability for naming a language. 4,288 of 4,477 lines of English news reach it, all as English."""
BEYOND_DOUBT = 0.9
"""The lowest probability for a line in another language than the whole text. Names alone do not reach it."""
LETTERS = 24
"""The fewest bytes of letters in UTF-8 that a text must have: 24 Latin letters, 12 Cyrillic or Arabic, 8 Chinese."""
PASSAGES, PASSAGE = 5, 240
"""How much of a text is classified: five passages of this many characters, from its beginning to its end."""

_NO_LANGUAGE = "zxx"  # the model's label for numbers, markup and the like
_LINE_BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029]")
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
# A text is English without the model if a quarter of its words are among these, one of them in no other language.
_ENGLISH_ALONE = frozenset(
    ("and", "from", "said", "that", "the", "their", "this", "were", "which", "who", "with", "would")
)
_ENGLISH = _ENGLISH_ALONE.union(
    ("a", "are", "as", "at", "be", "but", "by", "for", "has", "have", "he", "in", "is", "it", "not", "of", "on", "or"),
    ("our", "to", "was", "we", "will", "you"),
)
_ENGLISH_FROM = 0.25
_WORDS = 20  # the fewest words of a passage that is judged without the model


def code(said: str | None) -> str | None:
    """The ISO 639-1 code of a stated language ("en-GB", "English"); None if it is not one."""
    words = re.findall(r"[a-z]+", (said or "").casefold())
    if "english" in words or words[:1] == ["eng"]:
        return "en"
    return words[0] if words and len(words[0]) == 2 and words[0].isascii() else None


def language(text: str, body: Span | None = None) -> str | None:
    """Return the language of a text or a part of it as ISO 639-1; None where it is too short or too ambiguous.

    A mixed text has the language of most of its passages; ``paragraphs`` tells its parts apart.
    """
    passages = _passages(text, body or Span(0, len(text)))
    weights: dict[str, float] = {}
    for passage in passages:
        name, probability = _named(passage)
        if name is not None and probability >= SURE:
            weights[name] = round(weights.get(name, 0) + probability * len(passage), 2)
    if weights:
        return min(weights, key=lambda name: (-weights[name], name))
    name, probability = _identify(" ".join(passages))
    return name if probability >= SURE else None


def paragraphs(text: str, body: Span | None = None, whole: str | None = None) -> list[tuple[Span, str | None]]:
    """Return the paragraphs of a text, or of a part of it, in order, each with its language.

    Blank lines separate paragraphs; a paragraph is divided where one line is in another language than the line before.
    A line that says too little has the language of its paragraph, and a paragraph that says too little has the language
    of the ``whole``, which is identified by default.
    """
    body = body or Span(0, len(text))
    whole = whole or language(text, body)
    found: list[tuple[Span, str | None]] = []
    for lines in _blocks(text, body):
        named = [_identify_line(text[start:end], whole) for start, end in lines]
        known = next((name for name in named if name), whole)
        divided: list[tuple[Span, str | None]] = []
        for (start, end), name in zip(lines, named, strict=True):
            known = name or known
            if divided and divided[-1][1] == known:
                divided[-1] = Span(divided[-1][0].start, end), known
            else:
                divided.append((Span(start, end), known))
        found += divided
    return found


def _passages(text: str, body: Span) -> list[str]:
    """The paragraphs of a short text; of a longer one, evenly spaced passages including both ends."""
    start, end = body
    if end - start <= PASSAGES * PASSAGE:
        return [text[lines[0].start : lines[-1].end] for lines in _blocks(text, body)]
    places = (start + (end - start - PASSAGE) * i // (PASSAGES - 1) for i in range(PASSAGES))
    return [text[at : at + PASSAGE] for at in places]


def _blocks(text: str, body: Span) -> Iterator[list[Span]]:
    """Yield the lines between blank lines, without surrounding white space."""
    block: list[Span] = []
    for match in _LINE.finditer(text, *body):
        line = match[0].strip()
        if not line:
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        if block and len(_LINE_BREAK.findall(text, block[-1].end, start)) > 1:
            yield block
            block = []
        block.append(Span(start, start + len(line)))
    if block:
        yield block


def _identify_line(line: str, whole: str | None) -> str | None:
    """The language of a line that is long enough."""
    line = line[: PASSAGES * PASSAGE]
    if whole == "en" and _is_plain_english(line):
        return whole
    name, probability = _identify(line)
    return name if probability >= (SURE if name == whole else BEYOND_DOUBT) else None


def _named(passage: str) -> tuple[str | None, float]:
    """The language of a passage and its probability."""
    if len(passage.split()) >= _WORDS and _is_plain_english(passage):
        return "en", 1.0
    return _identify(passage)


def _is_plain_english(text: str) -> bool:
    """Whether common words alone show that a text is English, without the slower model."""
    words = text.lower().split()
    common = sum(word in _ENGLISH for word in words)
    return common >= _ENGLISH_FROM * len(words) and not _ENGLISH_ALONE.isdisjoint(words)


def _identify(text: str) -> tuple[str | None, float]:
    """The most probable language and its probability, to two digits."""
    if len("".join(filter(str.isalpha, text)).encode()) < LETTERS:
        return None, 0.0
    name, probability = _identifier().classify(text)
    return (None if name == _NO_LANGUAGE else str(name)), round(probability, 2)


@cache
def _identifier() -> LanguageIdentifier:
    """The model, loaded on first use."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:
        identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError as error:  # the model is unpacked into a temporary file
        raise ResearchError(
            f"A temporary file cannot be written ({error.strerror}). Free some space, or name another folder for "
            "temporary files in TMPDIR."
        ) from error
    identifier.set_languages([name for name in identifier.labels if len(name) == 2 or name == _NO_LANGUAGE])
    return identifier
