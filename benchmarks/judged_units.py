"""The units of PolNeAR for ``benchmarks/judged.py``: what the package says of each sentence, and what people marked.

A unit is a sentence of the package, or what it shares with a turn. Of each unit, and once by the package and once by
the people: how many statements begin in it (``statements``), how many of these are direct (``direct``), how many of its
words are in statements (``words``), and whose they are.

People marked where the words of the source are, not who it is. Who it is, is taken from the silver coreference that
comes with the corpus where that says something (``benchmarks/speakers.py``), and from the package's resolution of the
people's source otherwise. Where both agree, the name is written as the package writes it.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import speakers
from research import Annotations, load
from research.loading import Span
from research.nlp.annotated import AnnotatedDocument
from research.nlp.groups.voices import LEAST_CONFIDENCE
from research.nlp.judged.units import stratum
from research.nlp.names.recognition import mentions
from research.nlp.records import Attribution
from research.nlp.statements.encoder import Encoder
from research.nlp.statements.kinds import kind_of, quoted_share
from research.nlp.statements.quotations import quotations

Floats = NDArray[np.float64]
TURN = "turn"


@dataclass
class Read:
    """An article: its sentences, the places of its words, and the statements of the package and of people."""

    name: str
    sentences: list[Span]
    words: list[int]
    model: list[Attribution]
    right: list[Attribution]


@dataclass
class Counted:
    """What is counted in each unit, by one who read them; ``by`` has the words of each speaker."""

    statements: Floats
    direct: Floats
    words: Floats
    by: dict[str, Floats] = field(default_factory=dict)


@dataclass
class Units:
    """The units of a population in order: document and stratum of each, and what is counted."""

    document: NDArray[np.int64]
    stratum: NDArray[np.str_]
    model: Counted
    right: Counted


def articles(texts: Path, folder: Path) -> Iterator[Read]:
    """Read the articles of ``texts`` with the annotations of the package and, from ``folder``, those of people."""
    encoder = Encoder()
    for it in Annotations(load(texts), with_copies=True).stream():
        name = it.document.id
        if list((folder / "attributions").glob(f"{name}_*.ann")):
            model = [found for found in it.attributions if found.level == 0]
            words = [start for start, _ in it.words]
            yield Read(name, it.sentences, words, model, marked(it, folder, encoder))


def marked(it: AnnotatedDocument, folder: Path, encoder: Encoder) -> list[Attribution]:
    """What people marked in an article, with kinds and the names of speakers."""
    name, text = it.document.id, it.document.text
    gold = speakers.gold(folder, name)
    found = speakers.resolution(text, gold, mentions(encoder.read(text))).speakers()
    names = [speaker.name for speaker in found]
    if (folder / "silver" / f"{name}.tsv").exists():
        for case in speakers.cases(folder, name, text, gold):
            ours = names[case.attribution]
            if speakers.named(case) is not None and not speakers.alike(case.silver, ours):
                names[case.attribution] = case.silver
    quoted = quotations(text)
    return [
        replace(one, kind=kind_of(quoted_share(text, one.content, quoted)), speaker=who)
        for one, who in zip(gold, names, strict=True)
    ]


def spoilt(read: Sequence[Read], part: float = 0.2) -> list[Read]:
    """The articles with the confidence shuffled and a part of the speakers swapped for those of other statements."""
    chance = random.Random(1)  # noqa: S311
    every = [statement for article in read for statement in article.model]
    confidence = [statement.confidence for statement in every]
    chance.shuffle(confidence)
    of_others = [statement.speaker for statement in every]
    swapped = set(chance.sample(range(len(every)), round(part * len(every))))
    number, made = 0, []
    for article in read:
        model = []
        for statement in article.model:
            speaker = chance.choice(of_others) if number in swapped else statement.speaker
            model.append(replace(statement, confidence=confidence[number], speaker=speaker))
            number += 1
        made.append(replace(article, model=model))
    return made


def units(read: Sequence[Read], most: int = 5) -> Units:
    """The units of articles, and the words of as many speakers: those who have most by the people's reading."""
    model = [[it for it in article.model if it.confidence >= LEAST_CONFIDENCE] for article in read]
    right = [article.right for article in read]
    size = sum(len(article.sentences) for article in read)
    of = {who: counted(read, its, size) for who, its in (("model", model), ("right", right))}
    totals = {name: float(words.sum()) for name, words in of["right"].by.items()}
    first = sorted(totals, key=lambda name: (-totals[name], name))[:most]
    for its in of.values():
        its.by = {name: its.by.get(name, np.zeros(size)) for name in first}
    documents = np.repeat(np.arange(len(read)), [len(article.sentences) for article in read])
    return Units(documents, np.array([it for article in read for it in strata(article)]), of["model"], of["right"])


def strata(article: Read) -> list[str]:
    """The stratum of each sentence, by all statements that the package found there, uncounted ones included."""
    starts = [start for start, _ in article.sentences]
    least: dict[int, float] = {}
    turns = set()
    for statement in article.model:
        for start, end in statement.content:
            for place in range(max(0, bisect_right(starts, start) - 1), bisect_right(starts, end - 1)):
                least[place] = min(least.get(place, 1.0), statement.confidence)
                if statement.kind == TURN:
                    turns.add(place)
    return [stratum(least.get(place), turn=place in turns) for place in range(len(starts))]


def counted(read: Sequence[Read], statements: Sequence[Sequence[Attribution]], size: int) -> Counted:
    """Count statements in the sentences of articles; a word in two statements of a speaker counts once."""
    found = Counted(np.zeros(size), np.zeros(size), np.zeros(size))
    before = 0
    for article, its in zip(read, statements, strict=True):
        starts = [start for start, _ in article.sentences]
        words: dict[str | None, set[int]] = {}
        for statement in its:
            place = before + max(0, bisect_right(starts, statement.content[0].start) - 1)
            found.statements[place] += 1
            found.direct[place] += statement.kind == "direct"
            for start, end in statement.content:
                inside = (word for word in article.words if start <= word < end)
                words.setdefault(statement.speaker, set()).update(inside)
        every: set[int] = set().union(*words.values())
        for name, at in [(None, every), *((name, at) for name, at in words.items() if name is not None)]:
            array = found.words if name is None else found.by.setdefault(name, np.zeros(size))
            for word in at:
                array[before + max(0, bisect_right(starts, word) - 1)] += 1
        before += len(starts)
    return found
