"""Which words are characteristic: counted by hand on small texts and on the seed document."""

from typing import Any

import pandas as pd
import pytest

from research import Annotations, Finding
from research.analysis import language
from research.analysis.figures import Figure, NotComputable
from research.analysis.language.headlines import _term_rate
from research.analysis.recount import recount
from research.analysis.statistics import uncertainty
from research.analysis.statistics.uncertainty import rounded
from research.errors import ParameterError
from tests.analysis.conftest import TWELVE, AnnotationsOf, rectangles


def records(table: pd.DataFrame) -> list[list[Any]]:
    return table.astype(object).where(table.notna(), None).values.tolist()


# --- frequencies ---


def test_content_words_are_counted_singular_and_plural_together(annotated: AnnotationsOf) -> None:
    """Ten words; "the", "a" and "of" are function words, "25" has no letter."""
    annotations = annotated({"a.txt": "Trade of the trades. A budget!", "b.txt": "BUDGETS, trade: 25 budgets"})
    table = language.frequencies(annotations)
    assert table.columns.tolist() == ["word", "count", "in_phrases", "per_1000_words", "n_documents", "log_likelihood"]
    assert records(table.drop(columns="log_likelihood")) == [["budget", 3, 0, 300.0, 2], ["trade", 3, 0, 300.0, 2]]


def test_a_word_is_shown_as_it_is_most_often_written(annotated: AnnotationsOf) -> None:
    text = "Sanctions sanctions sanction sanctions Sanctions sanctions"
    annotations = annotated({"a.txt": text, "corpus.toml": 'language = "en"'})
    assert language.frequencies(annotations)["word"].tolist() == ["sanctions"]


FRENCH = "Le ministre a dit que le port serait ouvert au mois de mai. Les pêcheurs de la côte attendent depuis mars. "


def test_another_language_is_looked_up_in_and_takes_no_part_in_what_is_made_for_english(
    annotated: AnnotationsOf,
) -> None:
    alone, mixed = annotated(TWELVE), annotated(TWELVE | {"fr.txt": FRENCH * 6})
    assert records(language.frequencies(mixed)) == records(language.frequencies(alone))

    readable = language.readability(mixed)
    assert records(language.not_in_english(readable)) == [["fr", "fr", 126]]
    assert readable["words"].sum() == language.readability(alone)["words"].sum() + 126
    assert readable.loc[readable["doc_id"] == "fr", ["words_per_sentence", "flesch_reading_ease"]].isna().all(axis=None)

    found, before = ({it.key: it for it in language.findings(each, ["council", "pêcheurs"])} for each in (mixed, alone))
    assert [(it.value, it.n_documents) for it in found.values() if it.measure == "count"] == [(6, 6), (6, 1)]
    assert found["language.rate.council"].value == rounded(1000 * 6 / int(readable["words"].sum()))
    assert "1 document in other languages included" in found["language.rate.council"].method
    for key in ("language.words_per_sentence", "language.flesch_reading_ease"):
        assert (found[key].value, found[key].interval) == (before[key].value, before[key].interval)
        assert (found[key].n_documents, recount(found[key], readable)) == (12, found[key].value)
        assert found[key].method.startswith(before[key].method.partition(" The interval")[0])
        assert "Excluded: 1 document in languages other than English." in found[key].method


def test_a_full_population_has_no_interval(annotated: AnnotationsOf) -> None:
    sampled = language.findings(annotated(TWELVE), "council")
    whole = language.findings(annotated(TWELVE | {"corpus.toml": "complete = true"}), "council")
    assert {it.key for it in sampled if it.status == "supported"} >= {"language.rate.council"}
    assert [(it.key, it.value) for it in whole] == [(it.key, it.value) for it in sampled]
    assert {it.status for it in whole} == {"descriptive"}
    assert [it.interval for it in whole] == [None] * len(whole)
    assert not any("CI" in it.statement for it in whole)
    assert "all the documents there are" in {it.key: it for it in whole}["language.rate.council"].method


def test_equal_counts_are_in_the_order_of_the_alphabet(annotated: AnnotationsOf) -> None:
    annotations = annotated({"a.txt": "zebra budget Apple mango mango"})
    assert language.frequencies(annotations)["word"].tolist() == ["mango", "Apple", "budget", "zebra"]


def test_a_corpus_of_function_words_has_no_frequencies(annotated: AnnotationsOf) -> None:
    table = language.frequencies(annotated({"a.txt": "It is what it is. 25!"}))
    assert table.empty
    assert table.columns.tolist() == ["word", "count", "in_phrases", "per_1000_words", "n_documents", "log_likelihood"]
    assert isinstance(language.frequency_chart(table), NotComputable)


def test_the_first_words_of_the_seed_document(seed: Annotations) -> None:
    table = language.frequencies(seed)
    assert records(table.drop(columns="log_likelihood").head(6)) == [
        ["Kazakhstan", 6, 0, 17.6471, 1],
        ["Russia", 4, 0, 11.7647, 1],
        ["sanctions", 4, 0, 11.7647, 1],
        ["trade", 4, 0, 11.7647, 1],
        ["confrontation", 3, 0, 8.82353, 1],
        ["cooperation", 3, 0, 8.82353, 1],
    ]
    assert table["count"].is_monotonic_decreasing
    assert not {"the", "of", "that", "and"} & set(table["word"].str.lower())


def test_courtesy_titles_are_function_words_and_other_titles_are_none(annotated: AnnotationsOf) -> None:
    annotations = annotated({"a.txt": "Mr. Brown met Mrs Green, Ms. White and Sen. Price. Mr. Brown left."})
    assert set(language.frequencies(annotations)["word"]) == {"Brown", "Green", "White", "Sen.", "Price", "met", "left"}


# --- the choice of terms ---


def test_without_terms_those_are_looked_up_that_set_the_corpus_apart(seed: Annotations) -> None:
    table = language.frequencies(seed)
    assert language.chosen_terms(table, None) == [
        "Kazakhstan",
        "sanctions",
        "confrontation",
        "cooperation",
        "Russia",
        "trade",
    ]


@pytest.mark.parametrize("terms", [["a", "b c"], ("a", "b c"), ["a", "b c", "a"]])
def test_terms_are_taken_in_their_order_each_once(terms: list[str]) -> None:
    assert language.chosen_terms(pd.DataFrame({"word": []}), terms) == ["a", "b c"]


def test_terms_that_find_the_same_places_are_one_term(annotated: AnnotationsOf) -> None:
    """They would share a key, and a key is used once."""
    terms = language.chosen_terms(
        pd.DataFrame({"word": []}), ["sanctions", "Sanction", " SANCTIONS", "U.S.  dollars", "U.S. dollar"]
    )
    assert terms == ["sanctions", "U.S. dollars"]
    found = language.findings(annotated({"a.txt": "Sanctions in U.S. dollars."}), terms)
    assert len({it.key for it in found}) == len(found)


@pytest.mark.parametrize("terms", ["", 1.5, True, [1.5], ["a", None], {"a": 1}, {"a"}, [["a"]]])
def test_anything_but_a_list_of_words_is_refused(terms: object) -> None:
    with pytest.raises(ParameterError, match="takes a list of words"):
        language.chosen_terms(pd.DataFrame({"word": []}), terms)


# --- the table of terms ---


def test_terms_are_counted_per_corpus_and_per_document(annotated: AnnotationsOf) -> None:
    annotations = annotated({"a.txt": "Tax, tax and taxed.", "b.txt": "No tax cuts for us.", "c.txt": "Nothing."})
    terms = ["tax", "tax cuts", "absent"]
    table = language.term_table(language.concordance(annotations, terms), terms, language.readability(annotations))
    assert records(table) == [
        ["tax", 3, 300.0, 2, None, None, None],
        ["tax cuts", 1, 100.0, 1, None, None, None],
        ["absent", 0, 0.0, 0, None, None, None],
    ]


def test_dispersion_is_over_documents_from_ten_on(annotated: AnnotationsOf) -> None:
    """Ten documents of four words: the term occurs in one of them, so DP = (0.9 + 9 * 0.1) / 2 = 0.9."""
    texts = {f"{n}.txt": "two more plain words" for n in range(9)} | {"x.txt": "rare word stands here"}
    annotations = annotated(texts)
    terms = ["rare", "two", "word", "absent"]
    table = language.term_table(language.concordance(annotations, terms), terms, language.readability(annotations))
    assert records(table[["term", "dp"]]) == [["rare", 0.9], ["two", 0.1], ["word", 0.0], ["absent", None]]


# --- readability ---


def test_documents_have_a_length_and_from_a_hundred_words_on_a_reading_ease(annotated: AnnotationsOf) -> None:
    """Each sentence has five words with six syllables: 206.835 - 1.015 * 5 - 84.6 * 6 / 5 = 100.24."""
    sentence = "The cat sat on paper. "
    table = language.readability(annotated({"long.txt": sentence * 20, "short.txt": sentence * 19}))
    assert records(table) == [
        ["long", None, "en", 100, 20, 100, 20, 120, 5.0, 100.24],
        ["short", None, "en", 95, 19, 95, 19, 114, 5.0, None],
    ]


def test_a_document_without_a_word_has_a_row(annotated: AnnotationsOf) -> None:
    assert records(language.readability(annotated({"a.txt": "…"}))) == [["a", None, None, 0, 1, 0, 1, 0, 0.0, None]]


def test_the_readability_of_the_seed_document(seed: Annotations) -> None:
    [[_, _, _, words, sentences, _, _, syllables, length, ease]] = records(language.readability(seed))
    assert (words, sentences, length) == (340, 15, 22.6667)
    assert ease == pytest.approx(206.835 - 1.015 * 340 / 15 - 84.6 * syllables / 340, abs=1e-4)
    assert 500 < syllables < 700


# --- findings ---


def test_the_findings_of_the_seed_document(seed: Annotations) -> None:
    assert [(it.key, it.value, it.status) for it in language.findings(seed)] == [
        (
            "language.keyness",
            "“Kazakhstan”, “sanctions”, “confrontation”, “cooperation” and “Russia”",
            "descriptive",
        ),
        ("language.count.kazakhstan", 6, "descriptive"),
        ("language.count.sanction", 4, "descriptive"),
        ("language.count.confrontation", 3, "descriptive"),
        ("language.words_per_sentence", 22.6667, "descriptive"),
        ("language.flesch_reading_ease", 30.8019, "descriptive"),
    ]


def test_ten_documents_give_rates_with_intervals(twelve: Annotations, findings_of: dict[str, list[Finding]]) -> None:
    found = {it.key: it for it in findings_of["twelve"] if it.notebook == "language"}
    assert list(found) == [
        *("language.count.council", "language.count.budget", "language.count.school"),
        *("language.rate.council", "language.rate.budget", "language.rate.school"),
        *("language.words_per_sentence", "language.flesch_reading_ease"),
    ]
    words = int(language.readability(twelve)["words"].sum())
    assert found["language.count.council"].value == found["language.count.school"].value == 6
    assert found["language.count.budget"].value == 5
    assert found["language.rate.budget"].value == pytest.approx(5000 / words, rel=1e-5)
    assert found["language.rate.budget"].n_documents == 5


@pytest.mark.parametrize(
    ("words", "display"),
    [(5, "100.00"), (35, "14.29"), (5000, "0.10"), (5005, "0.0999"), (10_000, "0.0500"), (5 * 10**8, "0.0000")],
)
def test_a_rate_has_two_decimals_and_four_where_it_is_small(annotated: AnnotationsOf, words: int, display: str) -> None:
    """The term occurs once in each of the first five of ten documents of so many words."""
    table = language.concordance(annotated({f"{n}.txt": "trade" for n in range(5)}), ["trade"])
    sizes = {"words": words, "sentences": 1, "english_words": words, "english_sentences": 1, "syllables": words}
    readable = pd.DataFrame({"doc_id": list("0123456789"), "date": None, "language": "en", **sizes})
    rate = _term_rate(table, "trade", readable, complete=False)
    assert rate.value == pytest.approx(500 / words, rel=1e-5)
    assert rate.display == display
    assert rate.interval is not None
    digits = len(display.partition(".")[2])
    ends = f"{rate.interval.low:,.{digits}f} to {rate.interval.high:,.{digits}f}"
    assert rate.statement == f"“trade” occurs {display} times per 1,000 words (95% CI {ends})."


def test_a_finding_says_how_many_occurrences_are_within_phrases(annotated: AnnotationsOf) -> None:
    """“Harbour” occurs ten times within a phrase and once by itself, and the tables of words count once."""
    line = "The harbour master closed the gate. The harbour master left."
    others = [" ".join(f"The {chr(97 + n)}{chr(97 + at)}ness is." for at in range(26)) for n in range(5)]  # no copies
    texts = {f"{n}.txt": f"{line} {others[n]}" for n in range(5)}
    annotations = annotated(texts | {"z.txt": "A harbour. Trade, trade, trade, trade."})
    frequencies = language.frequencies(annotations).set_index("word")
    assert [*frequencies.loc["harbour", ["count", "in_phrases"]]] == [1, 10]
    assert [*frequencies.loc["harbour master", ["count", "in_phrases"]]] == [10, 0]
    found = {it.key: it.statement for it in language.findings(annotations, ["harbour", "harbour master", "trade"])}
    assert found["language.count.harbour"] == (
        "“harbour” occurs 11 times in 6 documents, 10 times within phrases such as “harbour master”."
    )
    assert found["language.count.harbour_master"] == (
        "“harbour master” is the most frequent content word or phrase: it occurs 10 times in 5 documents."
    )
    assert found["language.count.trade"] == "“trade” occurs 4 times in 1 document."


def test_a_rate_of_a_thousand_has_its_comma(annotated: AnnotationsOf) -> None:
    """Every word of every document is the term, so no document differs and nothing tells how sure the rate is."""
    annotations = annotated({f"{n}.txt": "trade" for n in range(10)})
    rate = {it.key: it for it in language.findings(annotations)}["language.rate.trade"]
    assert (rate.display, rate.interval, rate.status) == ("1,000.00", None, "descriptive")
    assert rate.statement == "“trade” occurs 1,000.00 times per 1,000 words."


def test_a_rate_without_an_interval_says_why(annotated: AnnotationsOf) -> None:
    """Four of twelve documents have the term, and five are needed."""
    texts = {f"{n}.txt": "Trade grew." if n < 4 else "Rain fell." for n in range(12)}
    rate = {it.key: it for it in language.findings(annotated(texts), ["trade"])}["language.rate.trade"]
    assert (rate.interval, rate.status) == (None, "descriptive")
    assert "An interval needs 10 documents, of which 5 have what is counted" in rate.method
    texts["4.txt"] = "Trade grew."
    rate = {it.key: it for it in language.findings(annotated(texts), ["trade"])}["language.rate.trade"]
    assert rate.interval is not None
    assert "too few" not in rate.method


def test_a_text_too_short_for_reading_ease_says_so(annotated: AnnotationsOf) -> None:
    *_, ease = language.findings(annotated({"a.txt": "Trade grew."}))
    assert (ease.key, ease.status, ease.value) == ("language.flesch_reading_ease", "not computable", None)
    assert "the corpus has 2 words in English, and the formula needs 100" in ease.statement
    assert recount(ease) is None


def test_keys_stay_when_a_document_is_added(annotated: AnnotationsOf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also that of a term whose most frequent form changes with the document."""
    monkeypatch.setattr(uncertainty, "RESAMPLES", 20)
    terms = ["schools", "the budget", "Buses"]

    def keys(texts: dict[str, str]) -> set[str]:
        return {it.key for it in language.findings(annotated(texts), terms)}

    assert keys(TWELVE) == keys(TWELVE | {"00.txt": "A bus, a bus, and a school for the budgets of schools."})
    one = language.findings(annotated({"a.txt": "Sanctions, sanctions."}))[0]
    other = language.findings(annotated({"a.txt": "Sanctions, sanctions.", "b.txt": "sanction sanction sanction"}))[0]
    assert (one.parameters, other.parameters) == ({"term": "sanctions"}, {"term": "sanction"})
    assert one.key == other.key == "language.count.sanction"


def test_every_term_that_was_asked_for_has_a_finding_and_else_the_first_three(twelve: Annotations) -> None:
    terms = ["council", "budget", "mayor", "strike", "buses"]
    asked, found = (language.findings(twelve, given) for given in (terms, None))
    assert [it.parameters["term"] for it in asked if it.measure == "count"] == terms
    assert [it.parameters["term"] for it in found if it.measure == "count"] == ["council", "budget", "schools"]


def test_a_term_that_is_absent_is_a_finding_too(annotated: AnnotationsOf) -> None:
    first = language.findings(annotated({"a.txt": "Trade."}), ["war"])[0]
    assert (first.value, first.statement) == (0, "“war” does not occur in the corpus.")
    assert recount(first) == 0


@pytest.mark.parametrize(
    ("term", "instead"),
    [
        ("wter", "; the nearest word in it is “water”"),
        ("damn", "; the nearest word in it is “dam”"),
        ("treties", "; the nearest word in it is “Treaties”"),
        ("treat", "; “treat*” would find “treaty” and “Treaties”"),
        ("tre", "; “tre*” would find “treaty” and “Treaties”"),
        ("tr", ""),
        ("treatees", "; the nearest words in it are “Treaties” and “treaty”"),
        ("waaater*", "; the nearest word in it is “water”"),
        ("wter treaty", "; the nearest word to “wter” in it is “water”"),
        ("treaty dam", "; its words do, apart or in another order"),
        ("treat* da?", "; its words do, apart or in another order"),
        ("harbour", ""),
    ],
)
def test_an_absent_term_is_said_to_be_so_with_what_is_there_instead(
    annotated: AnnotationsOf, term: str, instead: str
) -> None:
    annotations = annotated({"a.txt": "The dam holds water; dam and treaty, water treaty. Treaties lapse."})
    [count] = [it for it in language.findings(annotations, [term]) if it.key.startswith("language.count.")]
    assert (count.value, count.statement) == (0, f"“{term}” does not occur in the corpus{instead}.")


def test_a_term_with_a_wildcard_names_the_words_that_it_found(annotated: AnnotationsOf) -> None:
    text = "Dams fail. A dam broke, and the dams upstream held. Damage was done; damages were paid. The treaty lapsed."
    found = {it.key: it for it in language.findings(annotated({"a.txt": text}), ["dam*", "dam", "treat?"])}
    first, exact, treaty = (it for key, it in found.items() if key.startswith("language.count."))
    assert first.statement == "“dam*” (“dams”, “dam”, “Damage” and others) occurs 5 times in 1 document."
    assert "A word with * (any letters)" in first.method
    assert (first.parameters, recount(first), len(first.evidence)) == ({"term": "dam*"}, 5, 5)
    assert exact.statement == "“dam” (also “dams”) is the most frequent content word: it occurs 3 times in 1 document."
    assert treaty.statement == "“treat?” (“treaty”) occurs once in 1 document."
    assert "A word with *" not in exact.method
    assert len({it.partition(".count.")[2] for it in found if ".count." in it}) == 3


def test_documents_without_a_word_leave_the_findings_computable(annotated: AnnotationsOf) -> None:
    """A resample that has none of the words has no rate: there is no interval, and no crash."""
    texts = {f"{n}.txt": "***" for n in range(11)} | {"speech.txt": "Trade is good for all of us. " * 20}
    annotations = annotated(texts)
    found = {it.key: it for it in language.findings(annotations)}
    for key in ("language.rate.trade", "language.flesch_reading_ease"):
        assert (found[key].interval, found[key].status) == (None, "descriptive")
        assert "bootstrap" not in found[key].method
    assert (
        recount(found["language.rate.trade"], language.readability(annotations)) == found["language.rate.trade"].value
    )


@pytest.mark.parametrize("n", [1, 10])
def test_without_a_word_no_sentence_has_a_length(annotated: AnnotationsOf, n: int) -> None:
    found = {it.key: it for it in language.findings(annotated({f"{i}.txt": "***" for i in range(n)}))}
    length = found["language.words_per_sentence"]
    assert (length.status, length.value, length.n_documents, recount(length)) == ("not computable", None, n, None)
    assert length.statement == "The average length of a sentence is not computable: the corpus has no word in English."


def test_a_term_that_does_not_occur_has_no_rate(annotated: AnnotationsOf) -> None:
    annotations = annotated({f"{n}.txt": "***" for n in range(10)} | {"rain.txt": "Rain fell."})
    table, readable = language.concordance(annotations, ["trade"]), language.readability(annotations)
    found = {it.key: it for it in language.findings(annotations, ["trade", "rain"])}
    assert {it for it in found if ".rate." in it} == {"language.rate.rain"}
    assert found["language.count.trade"].statement == "“trade” does not occur in the corpus."
    assert records(language.term_table(table, ["trade"], readable)) == [["trade", 0, 0.0, 0, None, None, None]]


def test_the_most_frequent_word_is_said_to_be_so_and_a_tie_is_not(annotated: AnnotationsOf) -> None:
    one = annotated({"a.txt": "Trade of the trades. A budget!"})
    assert [it.statement for it in language.findings(one)][:2] == [
        "“trades” (also “Trade”) is the most frequent content word: it occurs twice in 1 document.",
        "“budget” occurs once in 1 document.",
    ]
    tie = annotated({"a.txt": "Trade of a budget!"})
    assert not any("most frequent" in it.statement for it in language.findings(tie))


def test_reporting_verbs_are_no_headline(annotated: AnnotationsOf) -> None:
    """That "said" is frequent is true of every text that quotes, and tells nobody anything."""
    text = "She said that the dam holds. He said the states agree. They said: “The dam is ours.” Officials told him so."
    annotations = annotated({"a.txt": text})
    frequencies = language.frequencies(annotations)
    assert frequencies["word"].tolist()[:2] == ["said", "dam"], "the table leaves nothing out"
    assert not {"said", "told"} & set(language.chosen_terms(frequencies))
    first, *others = language.findings(annotations)
    assert (
        first.statement
        == "“dam” is the most frequent content word, reporting verbs aside: it occurs twice in 1 document."
    )
    assert "reporting verbs such as “said” and “told”, are left out of the ranking" in first.method
    assert not any("ranking" in it.method for it in others)
    (asked, *_) = language.findings(annotations, "said")
    assert asked.statement == "“said” occurs 3 times in 1 document.", "it is counted where it is asked for"


def test_a_text_of_reporting_verbs_alone_has_no_headline(annotated: AnnotationsOf) -> None:
    found = language.findings(annotated({"a.txt": "She said. He told them."}))
    assert [it.key for it in found] == ["language.words_per_sentence", "language.flesch_reading_ease"]


def test_each_form_of_a_term_is_named_once_as_the_text_writes_it(annotated: AnnotationsOf) -> None:
    """A line break within a term is a blank, and a capital stays where the text most often has one."""
    text = "Nuclear\nweapons, nuclear weapons and nuclear  weapons: a nuclear weapon. Clinton's aides and the Clintons."
    annotations = annotated({"a.txt": text, "b.txt": "Clinton’s house"})
    (weapons, *_), (clinton, *_) = (language.findings(annotations, term) for term in ("nuclear weapons", "Clinton"))
    assert weapons.statement == "“nuclear weapons” (also “nuclear weapon”) occurs 4 times in 1 document."
    assert clinton.statement.startswith("“Clinton” (also “Clintons”) ")


# --- the chart ---


def test_the_chart_of_frequencies_agrees_with_the_table(seed: Annotations) -> None:
    table = language.frequencies(seed)
    figure = language.frequency_chart(table)
    assert isinstance(figure, Figure)
    told = table[table["word"] != "said"].reset_index(drop=True)
    assert records(figure.data) == records(told.head(20))
    assert figure.caption == (
        "The 20 most frequent content words of the documents in English. Reporting verbs, numbers, times and forms of "
        "address are left out. Forms with and without a regular ending in -s count together, under the more frequent "
        "form. Equally frequent words are in alphabetical order."
    )
    assert figure.alt == (
        "Bar chart of 20 content words by frequency. "
        "First: Kazakhstan 6, Russia 4, sanctions 4, trade 4, confrontation 3."
    )
    assert [bar.get_width() for bar in rectangles(figure.plot.axes[0].patches)] == told["count"].head(20).tolist()


def test_the_chart_leaves_out_what_is_frequent_in_any_text(annotated: AnnotationsOf) -> None:
    text = "Mr. Speaker said that three ferries sailed on Monday. Mr. Speaker said that ferries were late."
    figure = language.frequency_chart(language.frequencies(annotated({"a.txt": text})))
    assert isinstance(figure, Figure)
    assert figure.data["word"].tolist() == ["ferries", "late", "sailed"]
    alone = language.frequency_chart(language.frequencies(annotated({"a.txt": "Three said it."})))
    assert isinstance(alone, NotComputable)


def test_the_chart_of_one_word_says_so(annotated: AnnotationsOf) -> None:
    figure = language.frequency_chart(language.frequencies(annotated({"a.txt": "The trade of it."})))
    assert isinstance(figure, Figure)
    assert figure.caption == (
        "The only content word of the documents in English. Forms with and without a regular ending in "
        "-s count together, under the more frequent form. Equally frequent words are in alphabetical order."
    )
    assert figure.alt == "Bar chart of 1 content word by frequency. First: trade 1."
