"""The corpora of the passages, read as `research.loading` reads them, so that offsets count characters of a document.

DATA holds `ungdc/`, `pm-transcripts/` and `ner/GUM/`. STATEMENTS is the folder that `statements.py` writes; without it,
the corpus `statements` is left out. Two corpora need a little work first:
transcripts need a `corpus.toml`, and GUM, which is distributed as tokens, needs its text put together again.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from research.loading import Document, load

_MAPPING = """\
date_format = "dd/mm/yyyy"
[xml]
document = "transcript"
text = "content"
date = "release-date"
title = "title"
speaker = "prime-minister"
"""

_KIND_OF_RELEASE = {
    "Speech": "speech",
    "Statement in Parliament": "speech",
    "Statement": "speech",
    "Broadcast": "speech",
    "Message": "release",
    "Media Release": "release",
    "Communique": "release",
    "Interview": "interview",
    "Press Conference": "interview",
    "Transcript": "transcript",
    "Video Transcript": "transcript",
}

_SPEECH = re.compile(r"\*\*(?:Speech|Column|Opinion)\b")

CORPORA = ("ungdc", "pm-transcripts", "gum", "statements")


def read(corpus: str, data: Path, statements: Path | None = None) -> dict[str, Document]:
    """Return the documents of one corpus by their id. Raises SystemExit where STATEMENTS is needed and missing."""
    if corpus == "ungdc":
        return _loaded(data / "ungdc")
    if corpus == "statements":
        if statements is None:
            raise SystemExit("The statements are missing. Write their folder with statements.py and name it.")
        return _loaded(statements)
    with tempfile.TemporaryDirectory() as folder:
        if corpus == "gum":
            for path in sorted((data / "ner" / "GUM").glob("*/*.tsv")):
                Path(folder, path.stem + ".txt").write_text(gum_text(path), encoding="utf-8")
        else:
            Path(folder, "corpus.toml").write_text(_MAPPING, encoding="utf-8")
            for path in (data / "pm-transcripts").glob("*.xml"):
                shutil.copyfile(path, Path(folder, path.name))
        return _loaded(Path(folder))


def _loaded(folder: Path) -> dict[str, Document]:
    return {document.id: document for document in load(folder)}


def kind(corpus: str, document: Document) -> str | None:
    """Return speech, release, interview, transcript or news; None for a document that is none of these."""
    if corpus == "ungdc":
        return "speech"
    if corpus == "statements":
        return "speech" if _SPEECH.search(document.text, 0, 2_000) else "release"
    if corpus == "gum":
        return "news" if "_news_" in document.id else "interview"
    return _KIND_OF_RELEASE.get(document.metadata.get("release-type", ""))


# --- GUM -------------------------------------------------------------------------------------------

_NO_SPACE_BEFORE = re.compile(r"[.,;:!?)%\]…]+$|['’](?:s|m|re|ve|d|ll|t)?$|n['’]t$", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?…:]['\"”’)]*$")


def gum_text(path: Path) -> str:
    """Put the text of one GUM file together: a space between sentences, a blank line after a heading."""
    text = ""
    for sentence in _gum_sentences(path):
        text += joined(sentence)
        text += " " if _ENDS_SENTENCE.search(text) else "\n\n"
    return text.strip() + "\n"


def _gum_sentences(path: Path) -> Iterator[list[str]]:
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        lines = (line.split("\t") for line in block.splitlines())
        tokens = [parts[0] for parts in lines if parts[0].strip()]
        if tokens:
            yield tokens


def joined(tokens: list[str]) -> str:
    r"""Join tokens as they are usually printed.

    >>> joined(["He", "said", ":", '"', "It", "'s", "late", ".", '"'])
    'He said: "It\'s late."'
    """
    text, glue, open_marks = "", True, set[str]()
    for word in tokens:
        straight = word in ('"', "'")
        plural = word == "'" and text.endswith("s")  # the neighbours' house
        opens = straight and word not in open_marks and not plural
        if not glue and (opens or not (straight or _NO_SPACE_BEFORE.match(word))):
            text += " "
        joins = word in ("-", "/") and glue
        text += word
        if opens:
            open_marks.add(word)
        elif straight:
            open_marks.discard(word)
        glue = opens or joins or word in ("@", "#", "$", "(", "[", "“", "‘")
    return text
