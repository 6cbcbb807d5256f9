"""How often does the annotator err? Measures it on annotated texts and writes nlp/models/accuracy.json.

    python -m benchmarks.accuracy DATA [--write] [--accept-lower]

DATA holds ``polnear/dev``, ``ner`` and ``pm-transcripts``; the scorer is ``DATA/../eval/score_attributions.py``. Prints
each figure beside the one that is written down. ``--write`` writes the new ones, but refuses where one has fallen;
``--accept-lower`` writes them all the same. A test sees that the figures are those of the annotator as it stands.

Each figure says of which ``kind`` its texts are, and findings quote it for passages of that kind alone. A measure that
is taken on another kind gets the name ``NAME.KIND``: ``attributions.found.speech``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from research import Annotations, load
from research.loading import Document, Origin, Span
from research.loading.documents import INTERVIEW, NEWS, SPEECH, TRANSCRIPT
from research.nlp.accuracy import ACCURACY, TURN, fingerprints
from research.nlp.records import Mention
from research.nlp.statements.annotator import read
from research.outputs.folder.writing import json_text, write_text

POLNEAR = "US political news of 2016 (PolNeAR)"
LAYER = "statements"
"""The layer that all of these figures measure."""
RESAMPLES = 400
"""Samples of documents, drawn with replacement, that an interval comes from (percentile bootstrap)."""

Figure = dict[str, Any]


def interval(documents: Sequence[Any], compute: Callable[[Sequence[Any]], Sequence[float]]) -> list[list[float]]:
    """The 95 % interval of each value over samples of the documents."""
    chance = random.Random(0)  # noqa: S311
    drawn = [compute(chance.choices(documents, k=len(documents))) for _ in range(RESAMPLES)]
    cut = round(0.025 * RESAMPLES)
    ordered = (sorted(values) for values in zip(*drawn, strict=True))
    return [[round(values[cut], 4), round(values[-cut - 1], 4)] for values in ordered]


def figures(
    measures: dict[str, str],
    documents: Sequence[Any],
    compute: Callable[[Sequence[Any]], Sequence[float]],
    told: dict[str, Any],
    n: Sequence[int],
) -> dict[str, Figure]:
    """One figure for each measure, with its interval; ``compute`` gives their values in this order."""
    values, spreads = compute(documents), interval(documents, compute)
    return {
        name: {
            "layer": LAYER,
            "measure": measure,
            "value": round(value, 4),
            "low": low,
            "high": high,
            **told,
            "n": size,
        }
        for (name, measure), value, (low, high), size in zip(measures.items(), values, spreads, n, strict=True)
    }


# --- attributions ----------------------------------------------------------------------------------

ATTRIBUTIONS = {
    "attributions.content_tokens": "F1 of the content, word by word",
    "attributions.found": "F1 of statements by content",
    "attributions.linked": "F1 of statements by content and source",
    "attributions.exact": "F1 of statements with exact boundaries",
    "attributions.direct_found": "share of direct quotations found",
    "attributions.direct_source": "share of sourced direct quotations found with the right source",
}


def attribution_figures(data: Path) -> dict[str, Figure]:
    """The scorer's figures on PolNeAR dev."""
    from training.attributions.data import scorer

    score = scorer(data)
    folder = data / "polnear" / "dev"
    gold = score.read_gold(folder)
    corpus = load(folder / "text")
    found = {
        it.document.id: [record for record in it.record()["attributions"] if record["level"] == 0]
        for it in Annotations(corpus).stream()
    }

    def compute(names: Sequence[str]) -> list[float]:
        # A document that is drawn twice counts twice, under two names.
        chosen = {f"{number} {name}": name for number, name in enumerate(names)}
        result = score.score(
            {drawn: gold[name] for drawn, name in chosen.items()},
            {drawn: found[name] for drawn, name in chosen.items()},
        )
        direct = result["direct"]
        f1 = (result["content"]["token"], result["found"], result["linked"], result["exact"])
        return [*(scores["f1"] for scores in f1), direct["found"], direct["speaker"]]

    statements = sum(len(document["attributions"]) for document in gold.values())
    words = sum(len(it.words) for it in Annotations(corpus).stream())
    quotations = direct_quotations(score, gold)
    n = [words, statements, statements, statements, len(quotations), sum(bool(it["source"]) for it in quotations)]
    return figures(ATTRIBUTIONS, list(gold), compute, {"data": POLNEAR, "split": "dev", "kind": NEWS}, n)


def direct_quotations(score: ModuleType, gold: dict[str, Any]) -> list[dict[str, Any]]:
    """The statements that the scorer takes for direct quotations; it does not tell how many have a source."""
    chosen = []
    for document in gold.values():
        words = score.word_spans(document["text"])
        quoted = score.words_in([match.span() for match in score.QUOTED.finditer(document["text"])], words)
        for statement in document["attributions"]:
            content = score.words_in(statement["content"], words)
            if content and len(content & quoted) >= 0.8 * len(content):
                chosen.append(statement)
    return chosen


# --- attributions in official texts ----------------------------------------------------------------

OFFICIAL = {
    SPEECH: ("speech", "release"),
    TRANSCRIPT: ("interview", "transcript"),
    INTERVIEW: ("interview", "transcript"),
}
"""The kinds of passages that tell how often statements are wrong in each kind of document."""
_READER = "annotated by a language model, not by people"
DESCRIBED = {
    SPEECH: f"passages of UN speeches and of Australian prime ministers' speeches and releases, {_READER}",
    TRANSCRIPT: f"passages of interviews and press conferences, {_READER}",
    INTERVIEW: f"passages of interviews and press conferences, {_READER}",
}
SHOWN = ("content_tokens", "found", "linked", "exact")


def official_figures(data: Path) -> dict[str, Figure]:
    """The scorer's figures on the part of our own annotation that nothing is learned from or chosen by."""
    from training.attributions.data import scorer
    from training.attributions.gold import examples, measure
    from training.attributions.gold.draw import read_passages
    from training.attributions.gold.marks import Texts

    score, passages = scorer(data), read_passages()
    mine = {name: row for name, row in examples.settled().items() if passages[name].corpus != "statements"}
    readings = list(measure.readings(mine, Texts(passages, data, None), "measure", measure.by_package()))

    def compute(documents: Sequence[list[measure.Pair]]) -> list[float]:
        drawn = {f"{number}": pair for number, pair in enumerate(pair for its in documents for pair in its)}
        gold = {key: {"text": text, "attributions": marked.attributions} for key, (_, text, marked, _) in drawn.items()}
        result = score.score(gold, {key: found.attributions for key, (*_, found) in drawn.items()})
        return [result["content"]["token"]["f1"], *(result[name]["f1"] for name in SHOWN[1:])]

    measured: dict[str, Figure] = {}
    for kind, kinds in OFFICIAL.items():
        documents: dict[str, list[measure.Pair]] = {}
        for pair in readings:
            if pair[0].kind in kinds:
                documents.setdefault(f"{pair[0].corpus}/{pair[0].document}", []).append(pair)
        told = {"data": DESCRIBED[kind], "split": "held-out quarter", "kind": kind}
        statements = sum(len(marked.attributions) for its in documents.values() for _, _, marked, _ in its)
        words = sum(len(score.word_spans(text)) for its in documents.values() for _, text, _, _ in its)
        names = {f"attributions.{name}.{kind}": ATTRIBUTIONS[f"attributions.{name}"] for name in SHOWN}
        measured |= figures(names, list(documents.values()), compute, told, [words, *[statements] * 3])
    return measured


# --- what the statements are about -------------------------------------------------------------------

ABOUT = {
    "countries": ("mentions.countries", "actors", "F1 of mentions of countries and blocs with the right one"),
    "quantities": ("quantities.values", "quantities", "F1 of figures with the right value and unit"),
    "times": ("times.periods", "times", "F1 of times with the right period"),
}
"""The name, the layer and the measure of each table of marks."""
SENTENCES = {
    NEWS: (("news",), "sentences of US political news of 2016 (PolNeAR)"),
    SPEECH: (
        ("speech", "release"),
        "sentences of UN speeches and of Australian prime ministers' speeches and releases",
    ),
    TRANSCRIPT: (
        ("interview", "transcript"),
        "sentences of Australian prime ministers' interviews and press conferences",
    ),
    INTERVIEW: (
        ("interview", "transcript"),
        "sentences of Australian prime ministers' interviews and press conferences",
    ),
}
"""The kinds of sentences that tell how often each kind of document is misread, and what they are."""


FEWEST_SENTENCES = 50
"""Of fewer sentences of a kind nothing is said."""


def about_figures(data: Path) -> dict[str, Figure]:
    """Countries, figures and times on the sentences that were marked before any output was looked at."""
    from benchmarks.marked import corpora, measure
    from benchmarks.marked.compare import END_TO_END

    cases, documents = measure.compared(data)
    kinds = {key: corpora.kind(key[0], document) for key, document in documents.items()}
    measured: dict[str, Figure] = {}
    for table, (name, layer, told) in ABOUT.items():
        attributes = END_TO_END[table]
        counted = measure.Measure(table, name, attributes)
        for kind, (of, described) in SENTENCES.items():
            its = [it for it in cases if kinds[it.sentence.corpus, it.sentence.document] in of]
            if len(its) < FEWEST_SENTENCES:
                continue
            row = measure.row(counted, kind, its)
            if row["f1 interval"] is None:
                continue
            low, high = (round(it, 4) for it in row["f1 interval"])
            measured[name if kind == NEWS else f"{name}.{kind}"] = {
                "layer": layer,
                "measure": told,
                "value": round(row["f1"], 4),
                "low": low,
                "high": high,
                "data": f"{described}, {_READER}",
                "split": "300 sentences",
                "kind": kind,
                "n": len(its),
            }
    return measured


# --- entities --------------------------------------------------------------------------------------

ENTITIES = {
    "entities.silver": ("PolNeAR dev, silver", POLNEAR + ", names as CoreNLP has them", "dev", NEWS),
    "entities.wnut17": ("WNUT17 test", "posts and comments of 2017 (WNUT17)", "test", "posts"),
    "entities.btc": ("BTC h", "tweets (Broad Twitter Corpus)", "part h", "posts"),
}


def entity_figures(data: Path) -> dict[str, Figure]:
    """Micro-F1 over persons, organisations and places, to the character, of the mentions that are published."""
    from training.attributions.entities import counts, scores, sets

    measured: dict[str, Figure] = {}

    def find(text: str) -> list[Mention]:
        return read(Document("", text, Span(0, len(text)), Origin("", "", "")))[1]

    examples = sets(data)
    for name, (key, described, split, kind) in ENTITIES.items():
        rows = counts(find, examples[key])
        told = {"data": described, "split": split, "kind": kind}
        measure = {name: "F1 of names of persons, organisations and places"}
        measured |= figures(measure, rows, lambda drawn: [scores(drawn)[2]], told, [scores(rows)[3]])
    return measured


# --- speakers --------------------------------------------------------------------------------------


def speaker_figures(data: Path) -> dict[str, Figure]:
    """How often the sources that people marked are taken for whom CoreNLP takes them."""
    from benchmarks.speakers import judged

    by_document: dict[str, list[bool]] = {}
    for it in judged(data / "polnear" / "dev"):
        by_document.setdefault(it.document, []).append(it.agrees["ours"])

    def compute(documents: Sequence[list[bool]]) -> list[float]:
        agreed = [one for document in documents for one in document]
        return [sum(agreed) / len(agreed)]

    measure = {"speakers.agreement": "share of sources whose speaker agrees with CoreNLP's coreference"}
    n = [sum(map(len, by_document.values()))]
    return figures(measure, list(by_document.values()), compute, {"data": POLNEAR, "split": "dev", "kind": NEWS}, n)


# --- turns -----------------------------------------------------------------------------------------

TURNS = {
    "turns.office": ("prime minister", "share of words labelled with an office that are credited to its holder"),
    "turns.person": ("named in capitals", "share of words labelled with a name that are credited to that person"),
    "turns.unnamed": (
        "journalists and callers",
        "share of words of journalists and callers credited to nobody by name",
    ),
}
"""The kind of turn in ``benchmarks/turns.py``, and what is measured."""


def turn_figures(data: Path) -> dict[str, Figure]:
    """How many words in the turns of transcripts have the right speaker."""
    from benchmarks.turns import judged, read

    rows: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for document, kind, good, all_words in judged(read(data)):
        rows.setdefault(kind, {}).setdefault(document, []).append((good, all_words))

    def compute(documents: Sequence[list[tuple[int, int]]]) -> list[float]:
        its = [turn for document in documents for turn in document]
        return [sum(good for good, _ in its) / sum(all_words for _, all_words in its)]

    told = {"data": "transcripts of Australian prime ministers, 1945 to 2018", "split": "400 documents", "kind": TURN}
    measured: dict[str, Figure] = {}
    for name, (kind, measure) in TURNS.items():
        documents = list(rows[kind].values())
        n = sum(all_words for document in documents for _, all_words in document)
        measured |= figures({name: measure}, documents, compute, told, [n])
    return measured


# --- what is written down --------------------------------------------------------------------------


def main() -> None:
    """Measure, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true", help="write nlp/models/accuracy.json if no figure has fallen")
    parser.add_argument("--accept-lower", action="store_true", help="write it even so")
    options = parser.parse_args()
    before = json.loads(ACCURACY.read_text(encoding="utf-8"))["figures"] if ACCURACY.exists() else {}
    parts = (attribution_figures, official_figures, about_figures, entity_figures, speaker_figures, turn_figures)
    now = {name: figure for part in parts for name, figure in part(options.data).items()}
    for name, figure in now.items():
        kept = f"{before[name]['value']:.4f}" if name in before else "none"
        spread = f"{figure['low']:.4f} to {figure['high']:.4f}"
        print(f"{name:<30} {figure['value']:.4f} ({spread})  n {figure['n']:>7,}  written: {kept}")
    fallen = [name for name, figure in before.items() if name not in now or now[name]["value"] < figure["value"]]
    if fallen and not options.accept_lower:
        sys.exit(f"Lower than what is written, so nothing was written: {', '.join(fallen)}. See --accept-lower.")
    if options.write:
        present = {layer: fingerprints()[layer] for layer in sorted({figure["layer"] for figure in now.values()})}
        write_text(ACCURACY, json_text({"annotators": present, "figures": now}))
        print(f"written to {ACCURACY}")


if __name__ == "__main__":
    main()
