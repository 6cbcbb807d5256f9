"""Training data: texts with spans, turned into word pieces with labels.

Reads PolNeAR's articles (attributions by hand, entities from its silver layer) and the entity sets
WNUT17, BTC and GUM. Every span is a pair of character offsets into the raw text.
"""

from __future__ import annotations

import importlib.util
import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from research.nlp import records
from research.nlp.statements.features import features
from research.nlp.statements.labels import BEGIN, ENTITY_LABELS, INSIDE, ROLES

Span = tuple[int, int]
IGNORED = -100
NO_LINK = -1

LABEL = {name: number for number, name in enumerate(ENTITY_LABELS)}


@dataclass
class Attribution:
    """Source, cue and content of one attribution, each in parts."""

    source: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)


@dataclass
class Entity:
    """A span and the types it may have: more than one where the data do not tell them apart."""

    start: int
    end: int
    types: tuple[str, ...]
    """Empty: an entity of unknown type, on which nothing is learned."""


@dataclass
class Example:
    """A text and what is known about it. `attributions` is None where nothing is known of them."""

    name: str
    text: str
    attributions: list[Attribution] | None
    entities: list[Entity] | None
    unmarked: tuple[str, ...] = ()
    """Entity types that the data never mark: where they say "no entity", it may be one of these."""
    known: Span | None = None
    """The part of the text of which anything is known; None for all of it."""


def scorer(data: Path) -> Any:
    """The scorer beside the data."""
    spec = importlib.util.spec_from_file_location("score", data.parent / "eval" / "score_attributions.py")
    if spec is None or spec.loader is None:
        raise SystemExit("the scorer is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_row(found: records.Attribution) -> dict[str, Any]:
    """An attribution as the scorer reads it."""
    return {
        "source": [found.source] if found.source else [],
        "cue": [found.cue] if found.cue else [],
        "content": list(found.content),
    }


def linked_ones(score: Any, document: dict[str, Any], predicted: list[dict[str, Any]]) -> set[int]:
    """The numbers of the predictions that the scorer counts as linked."""
    text = document["text"]
    words = score.word_spans(text)
    bearing = {i for i, (s, e) in enumerate(words) if text[s:e].lower() not in score.FUNCTION_WORDS}

    def sets(found: list[dict[str, Any]]) -> list[dict[str, frozenset[int]]]:
        return [{role: score.words_in(one[role], words) for role in ("source", "content")} for one in found]

    wanted, given = sets(document["attributions"]), sets(predicted)
    return {
        j
        for i, j in score.pair_up(wanted, given)
        if 2 * len(wanted[i]["content"] & given[j]["content"]) >= len(wanted[i]["content"] | given[j]["content"])
        and (wanted[i]["source"] & given[j]["source"] & bearing or wanted[i]["source"] == given[j]["source"])
    }


# --- PolNeAR ---------------------------------------------------------------------------------------


def read_polnear(folder: Path) -> list[Example]:
    """The articles of one compartment; of several annotators the alphabetically first is taken."""
    chosen: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        chosen.setdefault(path.stem.rsplit("_", 1)[0], path)
    examples = []
    for name, path in chosen.items():
        with (folder / "text" / f"{name}.txt").open(encoding="utf-8", newline="") as handle:
            text = handle.read()
        silver = folder / "silver" / f"{name}.tsv"
        entities = list(_silver_entities(silver, text)) if silver.exists() else None
        examples.append(Example(name, text, read_brat(path), entities))
    return examples


def read_brat(path: Path) -> list[Attribution]:
    """The attributions of a brat standoff file; one without content is left out."""
    spans: dict[str, list[Span]] = {}
    events: list[list[list[str]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if "\t" not in line:
            continue
        key, body = line.split("\t")[:2]
        if key.startswith("T"):
            offsets = body.split(" ", 1)[1].split(";")
            spans[key] = [(int(start), int(end)) for start, end in (part.split() for part in offsets)]
        elif key.startswith("E"):
            events.append([argument.split(":") for argument in body.split()])
    attributions = []
    for event in events:
        attribution = Attribution()
        for name, key in event:
            role = name.rstrip("0123456789").lower()
            if role in ROLES:
                getattr(attribution, role).extend(spans.get(key, []))
        if attribution.content:
            attributions.append(attribution)
    return attributions


_PLACES_NOT_STATES = re.compile(
    r"\b(?:River|Sea|Ocean|Lake|Mountains?|Gulf|Valley|Coast|Islands?|Peninsula|Desert|Bay|Canal|Strait|"
    r"Europe|Asia|Africa|America|Americas|Middle East|North|South|East|West|Northeast|Midwest|Southwest|"
    r"Northwest|Southeast|Balkans|Caribbean|Earth|Hemisphere|Street|Avenue|Square|Plaza|Park)$"
)
_EVENTS = re.compile(
    r"\b(?:War|Games|Olympics|Olympic|Convention|Bowl|Cup|Day|Christmas|Thanksgiving|Hanukkah|Easter|Ramadan|"
    r"Summit|Revolution|Holocaust|Election|Elections|Primary|Festival|Awards|Conference|Debate|Spring)$"
)


def _silver_entities(path: Path, text: str) -> Iterator[Entity]:
    """CoreNLP's entities. Its MISC is nationalities and parties (NORP), events, and much that is neither."""
    run: list[tuple[int, int, str, str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        sentence, start, end, _, _, tag, label = line.split("\t")
        token = (int(start), int(end), tag, label, sentence)
        if run and (label != run[-1][3] or sentence != run[-1][4]):
            yield from _silver_entity(run, text)
            run = []
        if label in ("PERSON", "ORGANIZATION", "LOCATION", "MISC"):
            run.append(token)
    yield from _silver_entity(run, text)


def _silver_entity(run: list[tuple[int, int, str, str, str]], text: str) -> Iterator[Entity]:
    if not run:
        return
    start, end, label = run[0][0], run[-1][1], run[0][3]
    surface = text[start:end]
    if label == "MISC":
        if len(run) == 1 and run[0][2] in ("JJ", "NNPS"):
            types: tuple[str, ...] = ("NORP",)
        elif _EVENTS.search(surface):
            types = ("EVENT",)
        else:
            types = ()
    elif label == "LOCATION":
        types = ("LOC",) if _PLACES_NOT_STATES.search(surface) else ("GPE",)
    else:
        types = ({"PERSON": "PERSON", "ORGANIZATION": "ORG"}[label],)
    yield Entity(start, end, types)


# --- entity sets -----------------------------------------------------------------------------------

Types = Mapping[str, tuple[str, ...] | None]

WNUT: Types = {
    "person": ("PERSON",),
    "location": ("GPE", "LOC"),
    "corporation": ("ORG",),
    "group": ("ORG",),
    "creative-work": None,
    "product": None,
}
BTC: Types = {"PER": ("PERSON",), "ORG": ("ORG",), "LOC": ("GPE", "LOC")}
_GUM = {"person": "PERSON", "place": "GPE LOC", "organization": "ORG", "event": "EVENT"}


def read_entity_sets(folder: Path) -> list[Example]:
    """WNUT17's train, BTC's f and g, GUM: never WNUT17's test nor BTC's h, which the model is judged on."""
    examples = read_conll(folder / "WNUT17" / "train" / "wnut17train.conll", WNUT, ("NORP", "EVENT"))
    for part in "fg":
        examples += read_conll(folder / "BTC" / f"{part}.conll", BTC, ("NORP", "EVENT"))
    for path in sorted((folder / "GUM").glob("*/*.tsv")):
        examples.append(_read_gum(path))
    return examples


def read_sentences(path: Path, together: int = 8) -> list[Example]:
    """Sentences of political news of which nothing is known, each once, several joined to one text: NewsMTSC."""
    lines = path.read_text(encoding="utf-8").splitlines()
    sentences = list(dict.fromkeys(json.loads(line)["sentence_normalized"] for line in lines))
    texts = ["\n\n".join(sentences[first : first + together]) for first in range(0, len(sentences), together)]
    return [Example(f"{path.stem}-{number}", text, None, None) for number, text in enumerate(texts)]


def read_conll(path: Path, mapping: Types, unmarked: tuple[str, ...], together: int = 8) -> list[Example]:
    """Sentences of `token TAB label` lines, several joined to one text. None: no entity."""
    sentences: list[list[tuple[str, str]]] = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if len(parts) < 2 or not parts[0].strip():
            if sentences[-1]:
                sentences.append([])
            continue
        sentences[-1].append((parts[0].strip(), parts[-1].strip()))
    sentences = [sentence for sentence in sentences if sentence]
    examples = []
    for first in range(0, len(sentences), together):
        text, entities = "", []
        for sentence in sentences[first : first + together]:
            text, found = _joined(text, sentence, mapping)
            entities += found
        examples.append(Example(f"{path.stem}-{first}", text, None, entities, unmarked))
    return examples


def _joined(text: str, sentence: list[tuple[str, str]], mapping: Types) -> tuple[str, list[Entity]]:
    text += "\n\n" if text else ""
    entities: list[Entity] = []
    glue = True
    for token, label in sentence:
        if not glue and not re.match(r"[.,;:!?)%\]…]+$|'(?:s|m|re|ve|d|ll|t)?$|n't$", token):
            text += " "
        start = len(text)
        text += token
        glue = token in ("@", "#", "$", "(", "[")
        prefix, _, kind = label.partition("-")
        types = mapping.get(kind) if kind else None
        if types is None:
            continue
        last = entities[-1] if entities else None
        if prefix == "I" and last and last.types == types and not text[last.end : start].strip():
            last.end = len(text)
        else:
            entities.append(Entity(start, len(text), types))
    return text, entities


def _read_gum(path: Path) -> Example:
    """GUM marks every noun phrase of a type, names or not. Runs of capitalised words are taken for names."""
    text, entities = "", []
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        lines = (line.split("\t") for line in block.splitlines())
        sentence = [(parts[0], parts[1]) for parts in lines if len(parts) == 2]
        marked: list[tuple[str, str]] = []
        for number, (token, kind) in enumerate(sentence):
            named = token[:1].isupper() and number > 0 and token not in ("The", "A", "An", "I")
            if kind not in _GUM or not any(character.isalpha() for character in token):
                marked.append((token, "O"))
            elif not named:
                marked.append((token, "B-unknown" if number == 0 else "O"))
            else:
                going_on = marked and marked[-1][1].endswith("-" + kind)
                marked.append((token, ("I-" if going_on else "B-") + kind))
        mapping: dict[str, tuple[str, ...]] = {"unknown": ()}
        mapping |= {kind: tuple(types.split()) for kind, types in _GUM.items()}
        text, found = _joined(text, marked, mapping)
        entities += found
    return Example(path.stem, text, None, entities, ("NORP",))


# --- word pieces -----------------------------------------------------------------------------------


@dataclass
class Encoded:
    """An example in word pieces: arrays with one row a piece.

    `roles` holds the label of each role, `links` the piece that each content piece and each cue piece
    points to (`NO_LINK`: to nothing, `IGNORED`: nothing is learned), `entities` the allowed labels.
    """

    name: str
    ids: npt.NDArray[np.int64]
    offsets: list[Span]
    features: npt.NDArray[np.int64]
    roles: npt.NDArray[np.int64]
    links: npt.NDArray[np.int64]
    entities: npt.NDArray[np.bool_]
    attributed: bool
    settled: npt.NDArray[np.bool_]
    """Pieces of which the marks are all that there is to know, and no teacher is asked."""
    named: bool = True
    """Whether the marks of these pieces include the names; if not, a teacher is asked for names there, too."""

    def __len__(self) -> int:
        return len(self.ids)

    def forget_names(self) -> None:
        """Forget which names are marked, so that a teacher alone says which there are."""
        self.entities[:] = True
        self.named = False

    @property
    def names_settled(self) -> npt.NDArray[np.bool_]:
        """Pieces of which the marks say all that there is to know about names."""
        return self.settled & self.named


def encode(example: Example, tokenizer: Tokenizer) -> Encoded:
    """Cut a text into pieces and label them."""
    encoding = tokenizer.encode(example.text, add_special_tokens=False)
    offsets = encoding.offsets
    size = len(offsets)
    roles = np.zeros((size, len(ROLES)), dtype=np.int64)
    links = np.full((size, 2), IGNORED, dtype=np.int64)
    pieces_at = Pieces(offsets)
    for attribution in example.attributions or []:
        parts = {role: pieces_at.runs(getattr(attribution, role)) for role in ROLES}
        for number, role in enumerate(ROLES):
            for run in parts[role]:
                taken = roles[run, number] != 0
                roles[run, number] = np.where(taken, roles[run, number], INSIDE)
                if not taken.any():
                    roles[run[0], number] = BEGIN
        first = {role: runs[0][0] if runs else NO_LINK for role, runs in parts.items()}
        for column, (role, target) in enumerate((("content", "cue"), ("cue", "source"))):
            for run in parts[role]:
                free = [piece for piece in run if links[piece, column] == IGNORED]
                links[free, column] = first[target]
    entities = _allowed(example, pieces_at, size)
    settled = np.zeros(size, dtype=bool)
    if example.known is not None:
        settled[pieces_at.within(*example.known)] = True
        roles[~settled], links[~settled], entities[~settled] = IGNORED, IGNORED, True
    return Encoded(
        name=example.name,
        ids=np.array(encoding.ids, dtype=np.int64),
        offsets=offsets,
        features=features(example.text, offsets),
        roles=roles,
        links=links,
        entities=entities,
        attributed=example.attributions is not None,
        settled=settled,
    )


class Pieces:
    """Finds the pieces of a span: those of which the larger part is within it."""

    def __init__(self, offsets: list[Span]) -> None:
        self.middles = np.array([(start + end) / 2 for start, end in offsets])

    def within(self, start: int, end: int) -> list[int]:
        """The pieces of one span."""
        first, last = np.searchsorted(self.middles, (start, end))
        return list(range(int(first), int(last)))

    def runs(self, parts: list[Span]) -> list[list[int]]:
        """Pieces of all parts, in runs without a gap: parts that only a space divides are one run."""
        pieces = sorted({piece for part in parts for piece in self.within(*part)})
        runs: list[list[int]] = []
        for piece in pieces:
            if runs and piece == runs[-1][-1] + 1:
                runs[-1].append(piece)
            else:
                runs.append([piece])
        return runs


def _allowed(example: Example, pieces_at: Pieces, size: int) -> npt.NDArray[np.bool_]:
    """The entity labels that each piece may have, given what the data know."""
    allowed = np.zeros((size, len(LABEL)), dtype=bool)
    if example.entities is None:
        return ~allowed
    outside = [LABEL["O"], *(LABEL[f"{p}-{name}"] for name in example.unmarked for p in "BI")]
    allowed[:, outside] = True
    for entity in example.entities:
        pieces = pieces_at.within(entity.start, entity.end)
        allowed[pieces] = False
        for number, piece in enumerate(pieces):
            if not entity.types:
                allowed[piece] = True
            for name in entity.types:
                allowed[piece, LABEL[("I-" if number else "B-") + name]] = True
    return allowed


# --- windows ---------------------------------------------------------------------------------------


@dataclass
class Window:
    """`document[start:end]`, to be framed by the tokenizer's first and last piece."""

    document: Encoded
    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start + 2


def windows(document: Encoded, size: int, overlap: int, chance: random.Random | None = None) -> list[Window]:
    """Windows of at most `size` pieces, their frame of two included; with `chance`, shifted at random."""
    inner = size - 2
    step = inner - overlap
    if len(document) <= inner:
        return [Window(document, 0, len(document))] if len(document) else []
    start = -chance.randrange(step) if chance else 0
    found = []
    while start + overlap < len(document):
        end = min(start + inner, len(document))
        found.append(Window(document, max(0, start), end))
        start += step
    return found


def passage_windows(document: Encoded, size: int, overlap: int, chance: random.Random) -> list[Window]:
    """One window with all settled pieces and a random stretch of what is around them; several if one is too small."""
    settled = np.flatnonzero(document.settled)
    inner = size - 2
    if not len(settled) or settled[-1] + 1 - settled[0] > inner:
        found = windows(document, size, overlap, chance)
        return [it for it in found if document.settled[it.start : it.end].any()]
    first, last = int(settled[0]), int(settled[-1]) + 1
    before = chance.randint(0, min(first, inner - (last - first)))
    after = chance.randint(0, min(len(document) - last, inner - (last - first) - before))
    return [Window(document, first - before, last + after)]
