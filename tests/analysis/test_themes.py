"""What documents are about: key phrases and topics, in corpora whose topics are known."""

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pandas as pd
import pytest

from research import Annotations, annotate, load
from research.analysis import language
from research.analysis.figures import Figure, NotComputable
from research.analysis.language.themes import Themes, naming_terms
from research.analysis.language.themes_headlines import topic_findings
from research.analysis.language.words import frames, words_of
from research.analysis.recount import recount
from research.analysis.statistics.uncertainty import wilson

ABOUT = (
    ("ferry", "harbour", "island", "captain", "crossing", "lighthouse", "quay", "sailor", "anchor", "tide"),
    ("orchard", "harvest", "apple", "farmer", "tractor", "barn", "pear", "meadow", "hedge", "plough"),
    ("clinic", "nurse", "patient", "vaccine", "surgeon", "ward", "fever", "bandage", "medicine", "ambulance"),
    ("judge", "verdict", "lawyer", "jury", "prison", "sentence", "witness", "appeal", "robbery", "trial"),
    ("turbine", "cable", "battery", "reactor", "voltage", "pipeline", "boiler", "engine", "furnace", "meter"),
)
FILLER = (
    *("council", "town", "people", "meeting", "report", "plan", "office", "letter", "answer", "question", "member"),
    *("table", "paper", "number", "street", "house", "window", "friend", "morning", "evening", "summer", "winter"),
    *("music", "garden", "market", "bridge", "school", "teacher", "doctor", "driver", "kitchen", "money", "story"),
)


def documents(n: int, seed: int = 2) -> dict[str, str]:
    """Texts of five sentences of eight words: each document is about the topic of its number modulo 5."""
    drawn = np.random.default_rng(seed)
    texts = {}
    for number in range(n):
        sentences = []
        for _ in range(5):
            own = drawn.choice(ABOUT[number % 5], 3, replace=False).tolist()
            its = [*own, *drawn.choice(FILLER, 5, replace=False).tolist()]
            sentences.append(f"The {' and the '.join(drawn.permutation(its).tolist())} are here.")
        texts[f"{number:03}.txt"] = " ".join(sentences)
    return texts


def read(folder: Path, texts: dict[str, str]) -> Annotations:
    for name, text in (texts | {"corpus.toml": 'language = "en"'}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return annotate(load(folder), layers=["counts", "kinds", "text"])


@pytest.fixture(scope="module")
def five_topics(tmp_path_factory: pytest.TempPathFactory) -> Annotations:
    return read(tmp_path_factory.mktemp("five"), documents(200))


# --- key phrases ---


def test_key_phrases_are_what_other_documents_do_not_have(tmp_path: Path) -> None:
    filler = "The council met in the town and the people of the town wrote letters to the council. "
    texts = {
        "a.txt": f"{filler}A ferry and a ferry and a ferry. One lighthouse.",
        "b.txt": f"{filler}An orchard and two orchards, and an orchard and an orchard.",
        "c.txt": filler * 2,
    }
    table = language.keyphrases(read(tmp_path, texts))
    assert table.columns.tolist() == ["doc_id", "date", "title", "keyphrases"]
    assert dict(zip(table["doc_id"], table["keyphrases"], strict=True)) == {"a": "ferry", "b": "orchard", "c": ""}


def test_no_key_phrase_says_only_who_speaks_or_when(tmp_path: Path) -> None:
    said = "On Monday twelve said, said Monday, twelve said in November: the ferry, the ferry. " * 3
    texts = {"a.txt": said, "b.txt": "The orchard is in flower and the farmer is glad of the rain. " * 6}
    assert language.keyphrases(read(tmp_path, texts))["keyphrases"].tolist()[0] == "ferry"


def test_a_single_document_is_compared_with_the_reference(seed: Annotations) -> None:
    [its] = language.keyphrases(seed)["keyphrases"]
    assert its.split("; ")[:2] == ["Kazakhstan", "sanctions"]
    assert len(its.split("; ")) == 5


def test_a_corpus_without_english_has_no_key_phrases(tmp_path: Path) -> None:
    french = "Le ministre a dit que le port serait ouvert au mois de mai. Les pêcheurs de la côte attendent. "
    (tmp_path / "fr.txt").write_text(french * 5, encoding="utf-8")
    assert language.keyphrases(annotate(load(tmp_path), layers=["counts", "kinds", "text"])).empty


# --- phrases ---


def test_phrases_have_no_reporting_verbs_and_no_dates(tmp_path: Path) -> None:
    """ "Mayor Oduya said" and "last week" stand together as often as "ferry captain" does."""
    text = "Mayor Oduya said so. It was last week. It was Monday night. The ferry captain agreed with all of us. " * 2
    annotations = read(tmp_path, {name: f"{text}{its}" for name, its in documents(6).items()})
    found = language.phrases(annotations)["phrase"].tolist()
    assert {"Mayor Oduya", "ferry captain"} <= set(found)
    assert not [it for it in found if any(frames(word.lower()) for word in it.split())]


# --- topics ---


def test_planted_topics_are_found_and_named_by_their_terms(five_topics: Annotations) -> None:
    table = language.topic_table(five_topics)
    assert table.columns.tolist() == ["topic", "terms", "stability", "coherence", "n_documents", "share"]
    mixed = [set(its.split("; ")) for its in table["terms"]]
    assert {it for its in mixed for it in its} <= {word for about in (*ABOUT, FILLER) for word in about}
    for about in ABOUT:
        assert [len(its & set(about)) >= 7 for its in mixed].count(True) == 1
    assert (table["stability"] >= 0.5).all()
    assert [name.split(", ") for name in table["topic"]] == [its.split("; ")[:3] for its in table["terms"]]
    assert (table["share"] == table["n_documents"] / 200).all()
    assert table["n_documents"].between(36, 44).all(), "each is planted in 40 documents"


def test_a_topic_with_the_three_terms_of_another_is_named_by_more() -> None:
    terms = [np.array([1, 2, 3, 4]), np.array([3, 1, 2, 5]), np.array([2, 3, 1, 6])]
    named = naming_terms(cast(Themes, SimpleNamespace(terms=terms)))
    assert [it.tolist() for it in named] == [[1, 2, 3], [3, 1, 2, 5], [2, 3, 1, 6]]


def test_the_documents_of_a_topic_are_about_it(five_topics: Annotations) -> None:
    table, its = language.topic_table(five_topics), language.topic_documents(five_topics)
    assert its.columns.tolist() == ["doc_id", "topic", "date", "title", "weight"]
    assert its["doc_id"].is_unique, "a row is about its document"
    assert set(language.TOPIC_DOCUMENTS) == set(its.columns)
    assert (its.groupby("topic")["doc_id"].size() <= 10).all()
    for topic, terms in zip(table["topic"], table["terms"], strict=True):
        own = [len(set(terms.split("; ")) & set(about)) for about in ABOUT]
        if max(own) >= 7:
            chosen = its[its["topic"] == topic]
            assert {int(doc_id) % 5 for doc_id in chosen["doc_id"]} == {own.index(max(own))}
            assert chosen["weight"].is_monotonic_decreasing


def test_a_topic_has_a_share_in_each_period_with_documents(five_topics: Annotations, tmp_path: Path) -> None:
    """The first topic comes up in 2031 alone; every year has some documents without a date that count nowhere."""
    assert language.topic_periods(five_topics).empty, "no document has a date"
    texts = {}
    for number, (name, text) in enumerate(documents(200).items()):
        year = 2031 if number % 5 == 0 else 2032 + number % 2
        texts[name] = text if number % 50 == 7 else f"Date: {year}\n\n{text}"
    annotations = read(tmp_path, texts)
    table, topics = language.topic_periods(annotations), language.topic_table(annotations)
    assert set(table["topic"]) == set(topics["topic"])
    assert set(table["period"]) == {"2031", "2032", "2033"}
    sizes = table.drop_duplicates("period").set_index("period")["of_documents"]
    assert sizes["2031"] == 40
    assert sizes.sum() == 196
    of_2031 = table[(table["period"] == "2031") & (table["n_documents"] > 0)]
    assert of_2031[["share", "n_documents"]].values.tolist() == [[1.0, 40]]
    assert of_2031["high"].tolist() == [1.0]
    assert of_2031["low"].tolist() == [wilson(40, 40).low]  # type: ignore[union-attr]
    shares = table.groupby("period")["share"].sum()
    assert (shares <= 1.00001).all()
    figure = language.topic_periods_chart(table)
    assert isinstance(figure, Figure)
    assert len(figure.plot.axes) - len(topics) in {0, 1}, "two panels in a row"
    for axes, topic in zip(figure.plot.axes, topics["topic"], strict=False):
        its = table[table["topic"] == topic]
        assert axes.get_title(loc="left") == (topic if len(topic) <= 40 else topic[:39] + "…")
        drawn = {round(float(y), 6) for line in axes.lines for y in np.asarray(line.get_ydata())}
        assert drawn == {round(it, 6) for it in its["share"]}
        assert f"{topic}: between" in figure.alt


def test_topics_over_time_have_hollow_points_for_few_documents_and_gaps_for_none() -> None:
    rows = [("dam, river", "2031", 0.5, np.nan, np.nan, 2, 4), ("dam, river", "2033", 0.25, 0.1, 0.5, 5, 20)]
    table = pd.DataFrame(rows, columns=list(language.TOPIC_PERIODS))
    figure = language.topic_periods_chart(table)
    assert isinstance(figure, Figure)
    (axes,) = figure.plot.axes
    points = {line.get_markerfacecolor(): np.asarray(line.get_xdata()).tolist() for line in axes.lines}
    assert points == {"white": [0], "#0072B2": [2]}
    assert [it.get_text() for it in axes.get_xticklabels()] == ["2031", "2032", "2033"]
    assert [bar.get_bbox().intervaly.tolist() for bar in axes.containers[0]] == [[0.1, 0.5]]
    one = language.topic_periods_chart(table.head(1))
    assert isinstance(one, NotComputable)
    assert "are of 2031" in one.reason
    nothing = language.topic_periods_chart(table.head(0))
    assert isinstance(nothing, NotComputable)


def test_only_so_many_topics_are_drawn_over_time_and_the_caption_counts_the_rest() -> None:
    rows = [(f"topic {n}", year, 0.1, 0.0, 0.3, 2, 20) for n in range(15) for year in ("2031", "2032")]
    figure = language.topic_periods_chart(pd.DataFrame(rows, columns=list(language.TOPIC_PERIODS)))
    assert isinstance(figure, Figure)
    figure.plot.draw_without_rendering()  # a layout that does not fit is a warning, and so an error here
    assert len([axes for axes in figure.plot.axes if axes.get_visible()]) == 12
    assert "Not drawn: 3 more topics; the table has all." in figure.caption


def test_the_findings_can_be_recounted_and_show_a_place_in_each_document(five_topics: Annotations) -> None:
    table, found = language.topic_table(five_topics), topic_findings(five_topics)
    assert len(found) == min(3, len(table))
    for finding, row in zip(found, table.to_dict("records"), strict=False):
        assert finding.value == recount(finding) == row["share"]
        counted = [it for it in finding.evidence if it.role == "counted"]
        assert len({it.doc_id for it in counted}) == len(counted) == row["n_documents"]
        base = [it.doc_id for it in finding.evidence if it.role == "base"]
        assert len(set(base)) == len(base) == finding.n == finding.n_documents == 200
        terms = set(row["terms"].split("; "))
        assert all(it.exact.lower() in terms or it.exact.endswith("are here.") for it in counted)
        assert any(it.exact in terms for it in counted)
        assert finding.interval is not None
        assert finding.statement.startswith(f"The topic around “{row['topic'].split(', ')[0]}”")
    assert {it.key for it in found} <= {it.key for it in language.findings(five_topics)}


def test_below_two_hundred_documents_there_are_no_topics_and_the_figure_says_why(tmp_path: Path) -> None:
    annotations = read(tmp_path, documents(30))
    table = language.topic_table(annotations)
    assert table.empty
    assert language.topic_documents(annotations).empty
    assert topic_findings(annotations) == []
    figure = language.topics_chart(table, 30)
    assert isinstance(figure, NotComputable)
    assert figure.reason == "Topics need 200 documents in English, and there are 30."


def test_the_chart_shows_the_table(five_topics: Annotations) -> None:
    table = language.topic_table(five_topics)
    figure = language.topics_chart(table, 200)
    assert isinstance(figure, Figure)
    axes = figure.plot.axes[0]
    assert [bar.get_width() for bar in axes.containers[0]] == table["n_documents"].tolist()
    assert axes.get_yticklabels()[0].get_text().startswith(", ".join(table["terms"].iloc[0].split("; ")[:3]))
    assert f"{table['n_documents'].iloc[0]}." in figure.alt
    assert "The main topic of 0 documents is none of these." in figure.caption
    nothing = language.topics_chart(table.head(0), 200)
    assert isinstance(nothing, NotComputable)
    assert "No topic came back" in nothing.reason


def test_a_term_has_its_place_in_the_document(tmp_path: Path) -> None:
    annotations = read(
        tmp_path, {f"{number}.txt": "The ferry captain waits. A ferry captain sails." for number in range(4)}
    )
    words = words_of(annotations)
    phrase = len(words.forms) + words.phrases["term"].tolist().index("ferry captain")
    tokens = np.flatnonzero(words.terms == phrase)[:2].tolist()
    assert [words.place_of(token) for token in tokens] == [(4, 17), (27, 40)]
