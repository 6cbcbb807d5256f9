"""Punkt's verdicts are those of NLTK with the same parameters."""

import subprocess
import sys
from itertools import product

import pytest
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from research.nlp.text import punkt as subject
from research.nlp.text.punkt import Punkt

OWN = ["a", "J", "É", "_", "7", "1,000", "-3.5", "..", "etc", "U.S", "co-op", "non-Gov", "Straße", "ÉTAT", "Σίσυφος"]
OWN += ["x.."]
"""Words of every kind that Punkt tells apart, whether or not training met them."""


@pytest.fixture(scope="module")
def punkt() -> Punkt:
    return subject.load(["gov", "etc"])


@pytest.fixture(scope="module")
def authority(punkt: Punkt) -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types.update(punkt.abbreviations)
    parameters.collocations.update(punkt.collocations)
    parameters.sent_starters.update(punkt.starters)
    parameters.ortho_context.update(punkt.orthography)
    tokenizer = PunktSentenceTokenizer()
    tokenizer._params = parameters
    return tokenizer


def cased(words: list[str]) -> list[str]:
    return [form for word in words for form in (word, word.capitalize(), word.upper())]


def sample(punkt: Punkt) -> tuple[list[str], list[str]]:
    """Words before and after a full stop: of every kind, and of every way in which training met them."""
    met = [
        word
        for flags in sorted(set(punkt.orthography.values()))
        for word in sorted(word for word, its in punkt.orthography.items() if its == flags)[::400][:5]
    ]
    starters, abbreviations = sorted(punkt.starters), sorted(punkt.abbreviations)
    pairs = sorted(punkt.collocations)
    before = [*OWN, *cased(abbreviations), *met[:8], *(first for first, _ in pairs)]
    after = [*OWN, *cased([*starters, *met, *abbreviations[:6]]), *(second for _, second in pairs)]
    after += [f"{word}." for word in (*OWN[:9], *abbreviations[:6], *met[:8])] + list(";:,.!?—")
    return before, after


def test_a_full_stop_is_judged_as_by_nltk(punkt: Punkt, authority: PunktSentenceTokenizer) -> None:
    before, after = sample(punkt)
    verdicts = set()
    for word, following in product(before, after):
        if set(word) == {"."}:
            continue  # an ellipsis, which is asked about by itself
        wanted = len(list(authority.sentences_from_tokens([f"{word}.", following]))) == 2
        assert punkt.ends_sentence(word, following) is wanted, (word, following)
        verdicts.add(wanted)
    assert verdicts == {True, False}


def test_an_ellipsis_is_judged_as_by_nltk(punkt: Punkt, authority: PunktSentenceTokenizer) -> None:
    verdicts = set()
    for following in sample(punkt)[1]:
        wanted = len(list(authority.sentences_from_tokens(["so", "...", following]))) == 2
        assert punkt.ends_after_abbreviation(following) is wanted, following
        verdicts.add(wanted)
    assert verdicts == {True, False}


def test_sentences_are_found_without_nltk() -> None:
    """Importing it takes a second, more than the rest of a short document."""
    code = "import sys; from research.nlp import text; text.sentences('Mr. No left.'); print('nltk' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
