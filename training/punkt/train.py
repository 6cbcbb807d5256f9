"""Train the sentence model of ``research.nlp.text.segmentation`` on the PolNeAR training texts.

    python training/punkt/train.py DATA/polnear

reads ``DATA/polnear/train/text/*`` and writes ``src/research/nlp/models/punkt.json``. The same texts give
the same bytes, whatever the machine, the locale and the hash seed. See README.md beside this file.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from pathlib import Path

from nltk.tokenize.punkt import PunktParameters, PunktTrainer

from research.nlp.text import FUNCTION_WORDS

MODEL = Path(__file__).resolve().parents[2] / "src" / "research" / "nlp" / "models" / "punkt.json"

# Punkt's flags of how a word was met: (upper or lower case) x (begins a sentence, inside one, cannot tell).
BEGINS_LOWER, INSIDE_LOWER, UNKNOWN_LOWER = 1 << 4, 1 << 5, 1 << 6
LOWER = BEGINS_LOWER | INSIDE_LOWER | UNKNOWN_LOWER
INSIDE_UPPER = 1 << 2
UPPER = 1 << 1 | INSIDE_UPPER | 1 << 3

# What Punkt learns besides from blanks and broken markup ("___", "'mr") is left out; so is a single letter,
# as initials are recognised by their form.
WRITTEN_OUT = re.compile(r"(?!.\Z)[a-z]+(?:[.-]+[a-z]+)*")

# A word met less often leaves the table of orthography: see README.md for what that changes.
LEAST_FREQUENT = 10

# Punkt's tokenizer does not part a curly mark from the word that follows; here it need not.
PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "…": "..."})


def main(data: Path) -> None:
    """Train on all training texts in `data` and write the model."""
    texts = sorted((data / "train" / "text").iterdir())
    if not texts:
        sys.exit(f"{data / 'train' / 'text'} holds no texts to train on.")
    model = train([path.read_text(encoding="utf-8") for path in texts])
    MODEL.write_text(canonical(model), encoding="utf-8", newline="\n")
    print(f"{MODEL.name}: {MODEL.stat().st_size:,} bytes from {len(texts)} texts")


def train(texts: list[str], least_frequent: int = LEAST_FREQUENT) -> dict[str, object]:
    """The parameters that Punkt learns from `texts`, as they are stored."""
    trainer = PunktTrainer()
    trainer.train("\n\n".join(texts).translate(PLAIN))
    parameters = trainer.get_params()
    frequent = {word for word, count in trainer._type_fdist.items() if count >= least_frequent}
    return {
        "abbreviations": sorted(filter(WRITTEN_OUT.fullmatch, parameters.abbrev_types)),
        "collocations": sorted(map(list, parameters.collocations)),
        "orthography": orthography(parameters, frequent),
        # A name that often begins a sentence ("Clinton") is no sign that a sentence begins.
        "sentence_starters": sorted(FUNCTION_WORDS & parameters.sent_starters),
    }


def orthography(parameters: PunktParameters, frequent: set[str]) -> dict[str, list[str]]:
    """The words by their flags, without what can make no difference.

    Punkt asks three things only: was the word met in lower case, in upper case inside a sentence, in lower
    case at its beginning. A word never met in lower case is treated like one never met at all.
    """
    groups: dict[int, list[str]] = defaultdict(list)
    for word, flags in parameters.ortho_context.items():
        if flags & LOWER and word in frequent:
            groups[needed(flags)].append(word)
    return {str(flags): sorted(words) for flags, words in sorted(groups.items())}


def needed(flags: int) -> int:
    """The fewest flags that answer Punkt's questions as `flags` do."""
    return (
        (BEGINS_LOWER if flags & BEGINS_LOWER else INSIDE_LOWER)
        | (INSIDE_UPPER if flags & INSIDE_UPPER else 0)
        | (1 << 1 if flags & UPPER and not flags & INSIDE_UPPER and flags & BEGINS_LOWER else 0)
    )


def canonical(model: dict[str, object]) -> str:
    """One form for one content: sorted keys, a line for a list, UTF-8."""
    return json.dumps(model, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
