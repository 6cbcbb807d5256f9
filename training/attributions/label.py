"""Let larger networks label speeches: `python -m training.attributions.label OUT.pt --teachers A.pt B.pt --data DATA`.

Windows are drawn at random from the documents that have no passage to choose by or to measure. OUT holds for each its
pieces and the mean of the teachers' probabilities (their logarithms), to be learned from with `train.py --labelled`.
With `--articles` they speak of so many windows of PolNeAR train as well, of no article that is held out.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Mapping
from pathlib import Path

import torch
from torch import Tensor

from research.nlp.statements.features import features
from training.attributions.data import read_polnear
from training.attributions.gold import corpora
from training.attributions.gold import examples as gold
from training.attributions.gold.draw import read_passages
from training.attributions.model import Model, load_checkpoint
from training.attributions.options import WINDOW
from training.attributions.train import HEADS, published, read_tokenizer, split

SHARES: Mapping[str, float] = {"ungdc": 0.4, "pm-transcripts": 0.4, "statements": 0.2}
"""Which corpora the windows are from."""
ARTICLES = "polnear"
LEAST = 1e-5


def texts(data: Path, statements: Path) -> dict[str, list[str]]:
    """The texts of each corpus that may be learned from."""
    passages = read_passages()
    parts = gold.parts(list(passages.values()))
    kept = {(it.corpus, it.document) for it in passages.values() if parts[it.id] in ("choose", "measure")}
    found = {}
    for corpus in SHARES:
        documents = corpora.read(corpus, data, statements)
        found[corpus] = [it.text for name, it in sorted(documents.items()) if (corpus, name) not in kept]
    return found


def drawn(
    found: Mapping[str, list[str]], counts: Mapping[str, int], chance: random.Random
) -> Iterator[tuple[Tensor, Tensor]]:
    """Framed windows of full length and their features, so many of each corpus."""
    tokenizer = read_tokenizer(published())
    inner = WINDOW - 2
    for corpus, count in counts.items():
        wanted = count
        while wanted:
            text = chance.choice(found[corpus])
            start = chance.randrange(max(1, len(text) - 2_000))
            part = text[start : start + 4_000]
            part = part[part.find(" ") + 1 :]
            encoding = tokenizer.encode(part, add_special_tokens=False)
            if len(encoding.ids) < inner:
                continue
            ids = torch.tensor([101, *encoding.ids[:inner], 102])
            beside = torch.zeros((WINDOW, 3), dtype=torch.long)
            beside[1:-1] = torch.as_tensor(features(part, encoding.offsets)[:inner])
            yield ids, beside
            wanted -= 1


def said(teachers: list[Model], weights: list[float], ids: Tensor, beside: Tensor) -> list[Tensor]:
    """The mean of the probabilities that the teachers give, as logarithms; of names, all count as much."""
    total: list[Tensor] = []
    names = []
    for teacher, weight in zip(teachers, weights, strict=True):
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            heads = [it.float() for it in teacher(ids, beside)]
        shape = heads[0].shape
        heads[0] = heads[0].view(*shape[:2], -1, 3)
        names.append(heads[1].softmax(-1) / len(teachers))
        own = [weight * it.softmax(-1) for it in heads]
        total = [before + it for before, it in zip(total, own, strict=True)] if total else own
    total[1] = torch.stack(names).sum(0)
    logs = [it.clamp(min=LEAST).log().half() for it in total]
    logs[0] = logs[0].flatten(2)
    return logs


def main() -> None:
    """Read the command line and label."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--teachers", type=Path, nargs="+", required=True)
    parser.add_argument("--weights", type=float, nargs="+", help="what each teacher counts; as much by default")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--statements", type=Path, required=True)
    parser.add_argument("--count", type=int, default=1200)
    parser.add_argument("--articles", type=int, default=0, help="windows of PolNeAR train, besides")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    teachers = [load_checkpoint(path) for path in options.teachers]
    weights = options.weights or [1 / len(teachers)] * len(teachers)
    chance = random.Random(options.seed)  # noqa: S311
    counts = {corpus: int(options.count * share) for corpus, share in SHARES.items()}
    found = texts(options.data, options.statements)
    if options.articles:
        learned, _ = split(read_polnear(options.data / "polnear" / "train"))
        found[ARTICLES], counts[ARTICLES] = [it.text for it in learned], options.articles
    rows = list(drawn(found, counts, chance))
    chance.shuffle(rows)
    labelled = []
    for first in range(0, len(rows), 8):
        ids, beside = (torch.stack(column) for column in zip(*rows[first : first + 8], strict=True))
        logs = said(teachers, weights, ids, beside)
        for number in range(len(ids)):
            own = {f"said_{name}": value[number].clone() for name, value in zip(HEADS, logs, strict=True)}
            labelled.append({"ids": ids[number].clone(), "features": beside[number].to(torch.uint8), **own})
        if first % 160 == 0:
            print(f"{first} of {len(rows)}", flush=True)
            torch.save(labelled, options.out)
    torch.save(labelled, options.out)


if __name__ == "__main__":
    main()
