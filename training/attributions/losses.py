"""Where a model loses: `python -m training.attributions.losses MODEL DATA [--held]`.

First what linking alone loses, given the gold spans; then, of the gold attributions that are not found or
not linked, how many for which reason.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from research.nlp.statements.decoding import finish
from research.nlp.statements.encoder import Reading
from research.nlp.statements.labels import ROLES
from research.nlp.statements.linking import link
from research.nlp.statements.scoring import DEFAULT
from training.attributions.data import Pieces, as_row, read_polnear, scorer
from training.attributions.evaluate import gold, line, predictions, readings


def linked_gold(found: dict[str, Reading], data: Path, held: bool) -> dict[str, list[dict[str, Any]]]:
    """Attributions made of the gold spans by the linker."""
    made = {}
    for example in read_polnear(data / "polnear" / ("train" if held else "dev")):
        if example.name not in found:
            continue
        reading = found[example.name]
        pieces = Pieces([(int(s), int(e)) for s, e in reading.offsets])
        spans: dict[str, set[tuple[int, int]]] = {role: set() for role in ROLES}
        for attribution in example.attributions or []:
            for role in ROLES:
                spans[role] |= {(run[0], run[-1] + 1) for run in pieces.runs(getattr(attribution, role))}
        sources, cues, contents = (sorted(spans[role]) for role in ROLES)
        drafts = link(reading, sources, cues, contents, DEFAULT)
        finished = [finish(reading, draft, []) for draft in drafts]
        made[example.name] = [as_row(a) for a in finished if a]
    return made


Words = dict[str, frozenset[int]]


def reasons(score: Any, documents: dict[str, Any], predicted: dict[str, list[dict[str, Any]]]) -> Counter[str]:
    """How many gold attributions are linked, and how many are not for each reason."""
    count: Counter[str] = Counter()
    for name, document in documents.items():
        text = document["text"]
        words = score.word_spans(text)
        bearing = {i for i, (s, e) in enumerate(words) if text[s:e].lower() not in score.FUNCTION_WORDS}
        right = [{r: score.words_in(a[r], words) for r in ROLES} for a in document["attributions"]]
        guess = [{r: score.words_in(a[r], words) for r in ROLES} for a in predicted.get(name, [])]
        guess = [p for p in guess if p["content"]]
        partner = dict(score.pair_up(right, guess))
        used = set(partner.values())
        everything = {role: frozenset().union(*(g[role] for g in right)) for role in ROLES}
        covered = {role: frozenset().union(*(p[role] for p in guess)) for role in ROLES}
        count["gold"] += len(right)
        count["predicted"] += len(guess)
        for j, p in enumerate(guess):
            if j not in used:
                share = len(p["content"] & everything["content"]) / len(p["content"])
                how = "spurious" if share < 0.5 else "part of a gold one"
                count[f"prediction without partner: {how}"] += 1
        for i, g in enumerate(right):
            found = guess[partner[i]] if i in partner else None
            reason = _content(g, found, everything, covered)
            if found is not None and not reason:
                reason = _source(g, found, covered, bearing)
            count[reason or "linked"] += 1
    return count


def _content(g: Words, p: Words | None, everything: Words, covered: Words) -> str:
    """Why the content of a gold attribution is not found, or nothing."""
    seen = len(g["content"] & covered["content"]) / max(1, len(g["content"]))
    if p is None:
        return "no partner: " + ("content unseen" if seen < 0.5 else "content given to another")
    both = len(g["content"] & p["content"])
    if both / len(g["content"] | p["content"]) >= 0.5:
        return ""
    if seen < 0.5:
        return "not found: content unseen"
    if both < 0.5 * len(g["content"]):
        return "not found: part given to another"
    extra = p["content"] - g["content"]
    stolen = len(extra & everything["content"]) > len(extra) / 2
    return "not found: " + ("swallowed a neighbour" if stolen else "content too long")


def _source(g: Words, p: Words, covered: Words, bearing: set[int]) -> str:
    """Why the source of a gold attribution is wrong, or nothing."""
    if g["source"] & p["source"] & bearing or g["source"] == p["source"]:
        return ""
    if not g["source"]:
        return "source: given though there is none"
    seen = "seen" if covered["source"] & g["source"] else "unseen"
    if not p["source"]:
        return f"source: none given, {seen}"
    near = np.abs(np.subtract.outer(sorted(g["source"]), sorted(p["source"]))).min()
    return f"source: another ({seen}, {'near' if near < 12 else 'far'})"


def main() -> None:
    """Print what is lost, and where."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("model", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--held", action="store_true")
    options = parser.parse_args()
    found = readings(options.model, options.data, options.held)
    score = scorer(options.data)
    documents = gold(options.data, options.held, score, found)
    linked = linked_gold(found, options.data, options.held)
    print("linker on gold spans:", line(score.score(documents, linked)))
    predicted = predictions(found)
    print("as decoded:          ", line(score.score(documents, predicted)))
    for reason, number in sorted(reasons(score, documents, predicted).items()):
        print(f"{number:6} {reason}")


if __name__ == "__main__":
    main()
