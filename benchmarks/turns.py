"""Who has the floor in official transcripts?

    python benchmarks/turns.py DATA [--wrong KIND] [--json]

with ``DATA/pm-transcripts``: transcripts of Australian prime ministers, as distributed. A label is a line that begins
with words in capitals and a colon; what is said goes on to the next one. PRIME MINISTER is whom the file's own
metadata names. People named in capitals (NEIL MITCHELL) are right where the speaker has all words of the label, and
journalists and callers where no name is given. Counted are words: a word is right where the turn that it is in, as
the package finds it, has the right speaker. ``--wrong`` prints the turns of a kind that are wrong.

The labels are told here by a few lines of their own, and by no part of the package that is measured.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from research.loading import Document, load
from research.nlp.statements import annotator
from research.nlp.statements.said import Turn
from research.nlp.statements.turns import turns

Span = tuple[int, int]

SETTINGS = """date_format = "dd/mm/yyyy"
[xml]
document = "transcript"
text = "content"
title = "title"
date = "release-date"
"""
LABEL = re.compile(
    r"(?:^[ \t\xa0]*|(?<=[.?!)\]…]) ?)([A-Z](?:[A-Z .,'’&-]|(?<=M)c){0,60}?)[ ]?:(?=[\sA-Z]|$)", re.MULTILINE
)
ASIDE = re.compile(
    r"[(\[](?:inaudible|laughter|applause|ends?|audio|tape break|break|interrupted|phonetic)[^()\[\]]{0,20}[)\]]",
    re.IGNORECASE,
)
"""Remarks that nobody says; their words are not counted."""
QUOTED = re.compile(r"[“\"][^“”\"]{0,2000}[”\"]")
WORD = re.compile(r"\w+(?:['’-]\w+)*")
PRIME_MINISTER = frozenset(
    (
        *("PRIME MINISTER", "PM", "PRIME MINSTER", "PRIME MINSITER", "PRIM MINISTER", "PRINIE MINISTER"),
        *("PRUIE MINISTER", "PRIME MYISTER", "PRIME NISTER", "PRIME NMSTER"),
    )
)
"""As scanned pages have it, too; likewise below."""
UNNAMED = frozenset(
    (
        *("JOURNALIST", "JOURNALISTS", "QUESTION", "QUESTIONER", "REPORTER", "CALLER", "HOST", "PRESENTER", "Q"),
        *("US. JOURNALIST", "JOURNALSIT", "JOLRNALIST", "JOUNALIST", "JOURANALIST"),
    )
)
OTHERS = frozenset(
    (
        *("SUBJECT", "SUBJECTS", "EMBARGO", "EMBARGOED", "FOR PRESS", "TEL", "FAX", "NOTE", "BACKGROUND", "COST"),
        *("MODERATOR", "DEVALUATION", "OUR NATIONAL OBJECTIVES", "IMMEDIATE MEASURES", "LONGER TERM MEASURES"),
        *("BY AUTHORITY", "PRIME", "AGRICULTURE MINISTER", "TRADE MINISTER", "EIMBARGO", "PM GRAB", "INTERVIEWER"),
        *("MASTER OF CEREMONIES", "IN THE HOUSE OF HEPFLS", "PRIME MINISTER INTERVIEWED"),
    )
)
"""Lines in capitals that are fields, headings or offices of others."""
TITLES = re.compile(
    r"\b(?:PRIME|MINISTER|PREMIER|PRESIDENT|DEPUTY|VICE|MR|MRS|MS|DR|SIR|PROFESSOR|COUNCILLOR|AMBASSADOR|CHIEF|MP|AM)\b\.?,?"
)
KINDS = ("prime minister", "named in capitals", "journalists and callers")
"""The rows of the table. Offices of others (PREMIER OF VICTORIA) and initials (JC) are counted in none."""
OWN = "I and my in speeches and releases"
"""A further row with ``--annotated``: statements whose source is "I" or "my" outside quotation marks."""
FIRST_PERSON = frozenset(("I", "me", "my", "myself", "mine", "My"))
SPEECHES = frozenset(("Speech", "Media Release", "Statement", "Statement in Parliament", "Broadcast", "Message"))


@dataclass
class Case:
    """A turn as its label has it: the words that are said, and who says them (None: nobody by name)."""

    document: Document
    kind: str
    label: str
    words: Span
    right: str | None


def read(data: Path) -> Iterator[Document]:
    """The transcripts, read by the package with a ``corpus.toml`` that says where their text is."""
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted((data / "pm-transcripts").glob("*.xml")):
            (Path(folder) / path.name).write_bytes(path.read_bytes())
        (Path(folder) / "corpus.toml").write_text(SETTINGS, encoding="utf-8")
        yield from load(folder)


def cases(document: Document) -> Iterator[Case]:
    """The turns of a document by its labels in capitals."""
    found = list(LABEL.finditer(document.text, *document.body))
    ends = [*(it.start() for it in found), document.body.end][1:]
    last, _, first = document.metadata["prime-minister"].partition(", ")
    for it, end in zip(found, ends, strict=True):
        label = " ".join(it[1].split())
        names = TITLES.sub("", label).split()
        if label in PRIME_MINISTER:
            yield Case(document, KINDS[0], label, (it.end(), end), f"{first} {last}")
        elif label in UNNAMED:
            yield Case(document, KINDS[2], label, (it.end(), end), None)
        elif label not in OTHERS and names and len("".join(names)) > 3 and not re.search(r"\b(?:OF|FOR|AND)\b", label):
            yield Case(document, KINDS[1], label, (it.end(), end), " ".join(names))


def agrees(case: Case, speaker: str | None) -> bool:
    """Whether a speaker is whom the label means."""
    if case.right is None or speaker is None:
        return case.right is speaker
    words = set(re.findall(r"[\w'’-]+", speaker.lower()))
    return set(re.findall(r"[\w'’-]+", case.right.lower())) <= words


def credited(case: Case, found: list[Turn]) -> Iterator[tuple[int, str | None, bool]]:
    """Every word of a turn with who says it by the package, and whether it is in a turn at all."""
    spans = sorted((span, turn.speaker) for turn in found for span in turn.words)
    asides = [it.span() for it in ASIDE.finditer(case.document.text, *case.words)]
    for word in WORD.finditer(case.document.text, *case.words):
        if any(start < word.start() < end for start, end in asides):
            continue
        number = bisect_right(spans, word.start(), key=lambda it: it[0][0]) - 1
        inside = number >= 0 and word.start() < spans[number][0][1]
        yield word.start(), spans[number][1] if inside else None, inside


def annotated(document: Document) -> list[Turn]:
    """The turns of a document as the annotator gives them, with the speaker that it gives."""
    if next(cases(document), None) is None:
        return []
    attributions, _ = annotator.read(document)
    return [
        Turn(it.source, it.cue, it.content, "", it.speaker, it.office)
        for it in attributions
        if it.kind == "turn" and it.source is not None
    ]


def own_words(document: Document) -> Iterator[bool]:
    """For every "I" and "my" of a speech or release that is a source, whether it is the prime minister's."""
    if document.metadata["release-type"] not in SPEECHES or len(list(cases(document))) > 1:
        return
    last, _, first = document.metadata["prime-minister"].partition(", ")
    quoted = [it.span() for it in QUOTED.finditer(document.text)]
    for it in annotator.read(document)[0]:
        if it.source is None or document.text[slice(*it.source)].strip() not in FIRST_PERSON:
            continue
        if not any(start <= it.source.start < end for start, end in quoted):
            yield it.speaker == f"{first} {last}"


def judged(documents: Iterable[Document]) -> Iterator[tuple[str, str, int, int]]:
    """For every turn its document, its kind, how many of its words have the right speaker, and how many it has."""
    for document in documents:
        found = turns(document)
        for case in cases(document):
            said = list(credited(case, found))
            yield document.id, case.kind, right_words(case, said), len(said)


def right_words(case: Case, said: Iterable[tuple[int, str | None, bool]]) -> int:
    """How many words of a turn have the right speaker."""
    return sum(agrees(case, speaker) and (inside or case.right is None) for _, speaker, inside in said)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--wrong", choices=KINDS)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--annotated", action="store_true", help="measure the whole annotator, with its encoder")
    options = parser.parse_args()
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    turns_of: Counter[str] = Counter()
    for document in read(options.data):
        found = annotated(document) if options.annotated else turns(document)
        for is_own in own_words(document) if options.annotated else ():
            total[OWN] += 1
            right[OWN] += is_own
            turns_of[OWN] += 1
        for case in cases(document):
            said = list(credited(case, found))
            good = right_words(case, said)
            total[case.kind] += len(said)
            right[case.kind] += good
            turns_of[case.kind] += 1
            if options.wrong == case.kind and good < len(said):
                wrong = Counter(speaker if inside else "-" for _, speaker, inside in said)
                text = " ".join(document.text[case.words[0] : case.words[1]].split())[:100]
                print(document.id, case.label, case.right, f"{good}/{len(said)}", dict(wrong), text, sep="\t")
    shares = {kind: right[kind] / total[kind] for kind in (*KINDS, OWN) if total[kind]}
    if options.json:
        print(json.dumps(shares))
    elif not options.wrong:
        for kind, share in shares.items():
            unit = (
                f"{total[kind]:,} statements" if kind == OWN else f"{total[kind]:,} words in {turns_of[kind]:,} turns"
            )
            print(f"{kind:34} {100 * share:5.1f} %   of {unit}")


if __name__ == "__main__":
    main()
