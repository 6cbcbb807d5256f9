"""The words and phrases of a corpus, their keyness and their collocates, beside naive counts."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from research.analysis import language
from research.analysis.figures import Figure, NotComputable
from research.analysis.language.collocates import WINDOW
from research.analysis.language.keyness import THE_CORPUS, sizes
from research.analysis.language.keyness_headlines import keyness_findings
from research.analysis.language.reference import reference, reference_counts
from research.analysis.language.words import words_of
from research.analysis.recount import statistic
from research.analysis.statistics.association import association
from research.loading import Span
from research.nlp import text as texts
from research.nlp.annotated import AnnotatedDocument
from tests.nlp.groups.voiced import Collection, document

PHRASE = "harbour master"
LINE = "The Harbour Master {} closed the gate. She left the harbour after {} days."


@pytest.fixture
def ports() -> Collection:
    """Eight documents with a phrase twice each, and one of its words once more."""
    names = ("Ossel", "Tarn", "Vey", "Rill", "Marn", "Dole", "Quay", "Brin")
    lines = [
        LINE.format(name, at) + " It was the harbour master who " + ("slept." if at % 2 else "woke.")
        for at, name in enumerate(names)
    ]
    return Collection(*(document(f"{at}", it) for at, it in enumerate(lines)))


def in_french(name: str) -> AnnotatedDocument:
    found = document(name, "Le harbour master a dit que le port serait ouvert.")
    found.tables["language"][:] = ["fr"]
    return found


def counts(annotations: Collection) -> dict[str, int]:
    words = words_of(annotations)
    totals = np.asarray(words.counts.sum(axis=0)).tolist()
    return {form: n for form, n in zip(words.term_forms, totals, strict=False) if n}


# --- words and phrases ---


def test_a_phrase_is_one_word_and_its_parts_are_not_counted(ports: Collection) -> None:
    found = counts(ports)
    assert (found[PHRASE], found["harbour"], found.get("master")) == (16, 8, None)
    assert (found["the"], found["gate"], found["0"]) == (32, 8, 1)
    words = words_of(ports)
    assert words.phrases["term"].tolist() == [PHRASE]
    assert words.sizes.tolist() == [it.n_words for it in ports]


def test_counts_without_phrases_are_those_of_the_tokens(ports: Collection) -> None:
    words = words_of(ports)
    naive = Counter(texts.base_form(it[span]) for it in ports for span in it.words)
    assert Counter(words.forms[it] for it in words.ids.tolist() if it >= 0) == naive


def test_terms_are_written_as_they_are_most_often(ports: Collection) -> None:
    words = words_of(ports)
    shown = dict(zip(words.term_forms, words.written(np.arange(len(words.term_forms))), strict=True))
    # Eight times each; the spelling of a word counts within phrases too.
    assert shown[PHRASE] in {"Harbour Master", "harbour master"}
    assert (shown["harbour"], shown["ossel"], shown["gate"]) == ("harbour", "Ossel", "gate")


def test_documents_in_another_language_have_no_words(ports: Collection) -> None:
    mixed = Collection(in_french("a"), *ports, in_french("z"))
    assert counts(mixed) == counts(ports)
    assert words_of(mixed).doc_ids == [it.document.id for it in ports]


def test_the_words_of_a_phrase_stand_by_themselves_where_one_of_them_is_taken(ports: Collection) -> None:
    words = words_of(ports)
    taken = np.zeros(len(words.ids), dtype=bool)
    taken[int(np.flatnonzero(words.ids == words.forms.index("master"))[0])] = True
    apart = words.apart(taken)
    forms = [words.term_forms[it] for it in apart[:4].tolist()]
    assert forms == ["the", "harbour", "master", "ossel"]
    assert (apart != words.terms).sum() == 2


def test_tokens_have_the_row_that_they_are_in(ports: Collection) -> None:
    words = words_of(ports)
    found = language.concordance(ports, ["harbour master", "gate"])
    places = words.places(found)
    assert [words.forms[words.ids[it]] for it in np.flatnonzero(places >= 0)[:3]] == ["harbour", "master", "gate"]
    assert Counter(places.tolist())[0] == 2
    assert set(places.tolist()) == {-1, *range(len(found))}


def test_no_phrase_runs_across_what_does_not_count() -> None:
    """Only the two halves of a sentence count, and what is between them does not."""
    text = "Grain prices in all ports of the north rose fast."
    parts = [
        document(str(at), text).within([Span(0, len("Grain prices")), Span(text.index("rose"), len(text))])
        for at in range(12)
    ]
    words = words_of(Collection(*parts))
    assert words.sentences[:5].tolist() == [0, 0, 1, 1, 1]
    assert np.unique(words.sentences).tolist() == list(range(24))
    assert not any("price rose" in it for it in words.phrases["term"])


@pytest.mark.parametrize("text", ["", "!", "Rain"])
def test_a_corpus_of_hardly_a_word(text: str) -> None:
    annotations = Collection(document("a", text))
    words = words_of(annotations)
    assert words.sizes.tolist() == [len(texts.tokens(text)) if text == "Rain" else 0]
    assert language.keyness(annotations).empty
    assert isinstance(language.keyness_chart(language.keyness(annotations)), NotComputable)
    assert language.collocates(annotations, ["rain"]).empty
    assert language.phrases(annotations).empty


def test_no_document_is_no_word() -> None:
    assert words_of(Collection(in_french("a"))).sizes.tolist() == []
    assert language.collocates(Collection(), ["rain"]).empty


# --- the reference ---


def test_a_part_of_a_phrase_is_not_counted_in_the_reference() -> None:
    listed = reference().counts
    phrase = "united state"
    forms = ["united", "state", phrase, "no such word"]
    (united, state, both, none), total = reference_counts(forms, [phrase])
    assert both == listed[phrase] > 0
    assert (united, state, none) == (listed["united"] - both, listed["state"] - both, 0)
    assert total == reference().words
    assert reference_counts(forms, [])[0].tolist() == [listed["united"], listed["state"], both, 0]


def test_a_phrase_within_a_longer_phrase_is_subtracted_once() -> None:
    listed = reference().counts
    longer = "united state senate"
    assert longer in listed
    one = reference_counts(["united", "state", "senate"], ["united state", longer])[0]
    assert one[0] == listed["united"] - listed["united state"]
    assert one[2] == listed["senate"] - listed[longer]
    assert reference_counts(["united state"], ["united state", longer])[0][0] == listed["united state"] - listed[longer]


# --- keyness ---

COMMON = "the council met and the members spoke about the budget for the schools of the town again "


def towns(*, complete: bool = False) -> Collection:
    """Twelve documents each of two outlets; one writes of ferries, the other of trams."""
    return Collection(
        *(
            document(
                f"{source} {at:02}",
                f"{COMMON * 2}. {word} " * 2 + (f"or {word}" if at % 2 else "."),
                source=source,
            )
            for source, word in (("Coast", "ferries"), ("City", "trams"))
            for at in range(12)
        ),
        complete=complete,
    )


def test_each_group_is_set_apart_by_what_the_others_do_not_say() -> None:
    table = language.keyness(towns(), "source")
    assert table[["group", "against", "term", "count", "others", "n_documents"]].values.tolist() == [
        ["City", "all others", "trams", 30, 0, 12],
        ["Coast", "all others", "ferries", 30, 0, 12],
    ]
    first = table.iloc[0]
    size = sizes(towns(), "source").set_index("group")["words"]
    assert first["rate"] == pytest.approx(1000 * 30 / size["City"], rel=1e-5)
    assert first["log_ratio"] == pytest.approx(np.log2(30 / size["City"] / (0.5 / size["Coast"])), rel=1e-5)
    assert first[["low", "high"]].isna().all(), "no document of the others has the term"
    assert first["p_holm"] < 0.001


def test_one_value_is_set_against_all_others() -> None:
    table = language.keyness(towns(), "source:coast")
    assert table[["group", "term"]].values.tolist() == [["Coast", "ferries"], ["all others", "trams"]]


def test_a_corpus_is_set_against_the_reference() -> None:
    table = language.keyness(towns())
    assert set(table["group"]) == {THE_CORPUS}
    assert {"ferries", "trams"} < set(table["term"])
    assert (table["log_ratio"] > 0).all()
    assert table["log_likelihood"].is_monotonic_decreasing
    assert table["others_documents"].isna().all()
    term = table.set_index("term").loc["ferries"]
    assert (term["count"], term["others"]) == (30, reference().counts.get("ferry", 0))


def test_a_full_population_has_no_intervals() -> None:
    table = language.keyness(towns(complete=True), "source")
    assert table[["low", "high"]].isna().all(axis=None)
    assert table["log_ratio"].tolist() == language.keyness(towns(), "source")["log_ratio"].tolist()


def test_fewer_than_ten_documents_have_no_interval_and_no_finding() -> None:
    few = Collection(*(it for it in towns() if not it.document.id.startswith("Coast") or it.document.id < "Coast 09"))
    table = language.keyness(few, "source")
    assert table.groupby("group")["low"].count().to_dict() == {"City": 0, "Coast": 0}
    found = keyness_findings(table, few.by("source"), sizes(few, "source"))
    assert [it.key for it in found] == ["language.keyness.source.city"]


def test_findings_name_the_first_five_and_can_be_recounted() -> None:
    table = language.keyness(towns(), "source")
    found = keyness_findings(table, towns().by("source"), sizes(towns(), "source"))
    assert [(it.key, it.value, it.n, it.n_documents) for it in found] == [
        ("language.keyness.source.city", "“trams”", 30, 12),
        ("language.keyness.source.coast", "“ferries”", 30, 12),
    ]
    for it in found:
        assert it.computation is not None
        assert statistic(it.computation, table) == it.value
        assert str(it.value) in it.statement
    (whole,) = keyness_findings(language.keyness(towns()), None, sizes(towns()))
    assert whole.key == "language.keyness"
    assert whole.computation is not None
    assert whole.value == statistic(whole.computation, language.keyness(towns()))


def test_a_group_is_not_characterised_by_its_own_name_or_by_few_documents() -> None:
    """Twelve documents of the City Post say "post" and "trams"; two of them alone say "flood"."""
    its = [
        document(
            f"{source} {at:02}",
            "".join(
                f" and the {word}"
                for word in (*[named] * 4, *[own] * 3, *["flood" if at < 2 and source == "City Post" else "calm"] * 9)
            ),
            source=source,
        )
        for source, named, own in (("City Post", "post", "trams"), ("Coast Wire", "wire", "ferries"))
        for at in range(12)
    ]
    annotations = Collection(*its)
    table = language.keyness(annotations, "source")
    city = table[table["group"] == "City Post"].set_index("term")["set_aside"].to_dict()
    assert city == {"post": "own name", "trams": "no", "flood": "few documents"}
    first, *_ = keyness_findings(table, annotations.by("source"), sizes(annotations, "source"))
    assert first.statement == (
        "In documents from City Post, the most characteristic term is “trams” (in 12 of 12 documents)."
    )
    assert first.computation is not None
    assert statistic(first.computation, table) == first.value == "“trams”"


def test_the_chart_has_a_panel_for_each_group() -> None:
    table = language.keyness(towns(), "source")
    figure = language.keyness_chart(table)
    assert isinstance(figure, Figure)
    assert [it.get_title() or it.get_title("left") for it in figure.plot.axes] == [
        "City",
        "Coast",
    ]
    assert [it.get_text() for it in figure.plot.axes[0].get_yticklabels()] == ["trams (30)"]
    assert figure.data["term"].tolist() == table["term"].tolist()
    assert figure.alt == (
        "Dots for the log ratios of 2 terms in 2 panels, against all others. The first are “trams” and “ferries”."
    )


# --- collocates ---


@pytest.fixture(scope="module")
def drawn() -> Collection:
    """Sentences of few words, so that each is near the others often, in two outlets."""
    chance = random.Random(0)  # noqa: S311
    words = [*["gate", "pier", "crane", "buoy", "the"] * 2, "ferry", "tram"]
    its = []
    for at in range(20):
        sentences = [" ".join(chance.choice(words) for _ in range(chance.randint(1, 14))) for _ in range(8)]
        text = " ".join(f"{it[0].upper()}{it[1:]}." for it in sentences)
        its.append(document(f"{at:02}", text, source="Coast" if at % 3 else "City"))
    return Collection(*its)


def naive(annotations: Collection, term: str, source: str | None) -> dict[str, tuple[int, int, int]]:
    """Of each content word: how often it is near a term, how often elsewhere, and in how many documents near it."""
    near: Counter[str] = Counter()
    everywhere: Counter[str] = Counter()
    having: dict[str, set[str]] = {}
    for it in annotations:
        if source is not None and it.document.source != source:
            continue
        for sentence in it.sentences:
            tokens = [it[token] for token in it.tokens if sentence.start <= token.start < sentence.end]
            forms = [texts.base_form(token) for token in tokens]
            for at, form in enumerate(forms):
                if not texts.is_content_word(tokens[at]) or form == term:
                    continue
                everywhere[form] += 1
                if term in forms[max(0, at - WINDOW) : at + WINDOW + 1]:
                    near[form] += 1
                    having.setdefault(form, set()).add(it.document.id)
    return {form: (n, everywhere[form] - n, len(having[form])) for form, n in near.items() if n >= 3}


def test_collocates_are_those_of_a_naive_count(drawn: Collection) -> None:
    assert words_of(drawn).phrases.empty
    table = language.collocates(drawn, ["ferry", "tram"], "source")
    assert list(dict.fromkeys(table["group"])) == [THE_CORPUS, "Coast", "City"]
    for group, term in {(group, term) for group, term in table[["group", "term"]].values.tolist()}:
        its = table[(table["group"] == group) & (table["term"] == term)]
        found = {
            texts.base_form(row[0]): tuple(row[1:])
            for row in its[["collocate", "near", "elsewhere", "n_documents"]].values.tolist()
        }
        assert found == naive(drawn, term, None if group == THE_CORPUS else group)
        assert its["log_dice"].is_monotonic_decreasing
        signature = {"f": its["near"], "f1": its["words_near"], "f2": its["near"] + its["elsewhere"], "N": its["words"]}
        again = association(pd.DataFrame(signature), ["log_dice", "npmi"])
        assert again[["log_dice", "npmi"]].to_numpy() == pytest.approx(its[["log_dice", "npmi"]].to_numpy(), rel=1e-5)
    assert "tram" in set(table.loc[table["term"] == "ferry", "collocate"])


def test_collocates_of_one_word_of_a_phrase(ports: Collection) -> None:
    """ "Master" stands next to "harbour" wherever it occurs, though both are one phrase elsewhere."""
    table = language.collocates(ports, ["master"])
    assert table.loc[table["collocate"] == "harbour", ["near", "n_documents"]].values.tolist() == [[16, 8]]
    gate = language.collocates(ports, ["gate"])
    assert {str(it).casefold() for it in gate["collocate"]} == {PHRASE, "closed"}
    assert gate["near"].tolist() == [8, 8]


# --- how the reference is made ---


def test_frequencies_are_counted_within_sentences(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(root))
    from training.reference.frequencies import counted

    line = "Harbour master slept. Harbour master woke, harbour left. The gate"
    found = counted(
        words_of(Collection(*(document(str(at), line) for at in range(4)), document("z", "Harbour master")))
    )
    assert found == {"harbour": 13, "master": 9, "slept": 4, "woke": 4, "left": 4, "the": 4, "gate": 4} | {
        "harbour master": 9
    }


def test_numbers_dates_and_forms_of_address_stay_in_the_table_and_out_of_findings() -> None:
    text = "One harbour opened in January, honourable Speaker. The harbour froze on Monday, Sir. " * 30
    corpus = Collection(document("a", text))
    table = language.keyness(corpus)
    reasons = dict(zip(table["term"], table["set_aside"], strict=True))
    assert reasons["harbour"] == "no"
    assert {reasons.get(it) for it in ("January", "Monday")} == {"number or time"}
    assert reasons["Sir"] == "form of address"
    (found,) = keyness_findings(table, None, sizes(corpus))
    assert not any(it in str(found.value) for it in ("January", "Monday", "Sir", "One", "onourable"))
    assert "passes over numbers and dates, and forms of address" in found.method.replace("dates and", "dates, and")
    assert language.chosen_terms(language.frequencies(corpus))[0] == "harbour"
    assert "January" not in language.chosen_terms(language.frequencies(corpus))
