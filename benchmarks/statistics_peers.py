"""Are the statistics right, and how fast are they, beside other programs on the same input?

    python -m benchmarks.statistics_peers ours FOLDER OUT.npz
    peers/bin/python benchmarks/statistics_peers.py theirs OUT.npz
    peers/bin/python benchmarks/statistics_peers.py changes SERIES.npz

The first line reads a folder of texts, measures our own functions and keeps words and values in OUT.npz. The second, in
an environment that has the programs of statistics_requirements.txt, gives them the same words and prints how far their
values are from ours. The target are the documents whose name begins as the first one's does up to "_", the reference
are the others. The third line gives pycorpdiff the simulated series of `changes.py`. Times are CPU seconds, best of
three, without reading and tokenizing. The results are in RESULTS.md.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

NODES = ("trump", "president", "campaign")
FEWEST = 5
CHANGES_AT = 18
"""The period of the change in the series of `changes.py`."""


def timed(name: str, call: Callable[[], Any], times: int = 3) -> Any:
    """Print the least CPU time of a call, and return what it returned."""
    best, result = float("inf"), None
    for _ in range(times):
        start = time.process_time()
        result = call()
        best = min(best, time.process_time() - start)
    print(f"{name:70} {best:8.3f} s", flush=True)
    return result


def ours(folder: Path, out: Path) -> None:
    """Measure our functions, and keep the words and what was found."""
    from benchmarks.statistics_input import read, readability
    from research.analysis.statistics.association import association
    from research.analysis.statistics.collocations import adjacent, window_counts
    from research.analysis.statistics.dispersion import dispersion
    from research.analysis.statistics.diversity import diversity
    from research.analysis.statistics.phrases import phrases
    from research.analysis.statistics.sides import Side
    from research.nlp import text as texts

    its = read(folder)
    counts, sizes, words = its.counts, its.sizes, its.ids[its.ids >= 0]
    first = its.names[0].split("_")[0]
    is_target = np.array([name.split("_")[0] == first for name in its.names])
    sides = [
        Side(name, [its.names[i] for i in np.flatnonzero(chosen)], counts[chosen], sizes[chosen])
        for name, chosen in (("target", is_target), ("reference", ~is_target))
    ]
    print(f"{len(words):,} words, {len(its.words):,} different, {len(its.names)} documents, target {is_target.sum()}")
    key, documents = _keyness(sides, its.words)
    spread = timed("dispersion, all words", lambda: dispersion(counts, sizes))
    pairs = timed(
        f"adjacent words, pairs of {FEWEST} or more, all measures",
        lambda: association(adjacent(its.ids, its.sentences, minimum=FEWEST)),
    )
    near = timed(
        f"window of 5 and 5, every word a node, pairs of {FEWEST} or more",
        lambda: window_counts(its.ids, its.sentences, minimum=FEWEST),
    )
    few = ["log_likelihood", "log_dice", "npmi", "mi", "mi2", "mi3", "t_score", "z_score", "dice", "log_ratio"]
    timed(f"ten measures of these {len(near):,} pairs", lambda: association(near, few))
    chosen = np.isin(its.ids, [its.words.index(node) for node in NODES if node in its.words])
    nodes = np.where(chosen, its.ids, -1)
    timed("window of 5 and 5, three nodes", lambda: window_counts(its.ids, its.sentences, nodes=nodes, minimum=FEWEST))
    # Words alone, and windows within a document: as conc counts.
    of_one = np.where(its.ids == its.words.index(NODES[0]), its.ids, -1)[its.ids >= 0]
    by_words = timed(
        "window of 5 and 5 words in a document, one node, all measures",
        lambda: association(
            window_counts(its.ids[its.ids >= 0], its.documents[its.ids >= 0], nodes=of_one, minimum=FEWEST)
        ),
    )
    content = np.array([texts.is_content_word(word) for word in its.words])
    found = timed("phrases of 2 to 4 words", lambda: phrases(its.ids, its.sentences, its.documents, content))
    of_words = its.documents[its.ids >= 0]
    diverse = timed("diversity, all documents", lambda: diversity(words, of_words, len(its.names)))
    print(f"{len(documents):,} words, {len(pairs):,} adjacent pairs, {len(found):,} phrases")
    hard = readability(its)
    tables = {"key": key, "pair": pairs, "spread": spread, "diverse": diverse, "near": by_words, "hard": hard}
    _keep(out, its, is_target, tables)


def _keyness(sides: Any, words: list[str]) -> tuple[Any, Any]:
    """Return the keyness of all words, and that of frequent ones with intervals over documents."""
    from research.analysis.statistics.keyness import keyness, keyness_of_documents, two_cell_log_likelihood

    totals = [side.totals for side in sides]
    table = import_module("pandas").DataFrame({"target": totals[0], "reference": totals[1]})
    key = timed("keyness, all words", lambda: keyness(table, sides[0].size, sides[1].size))
    here, there = (total.astype(np.float64) for total in totals)
    key = key.assign(two_cells=two_cell_log_likelihood(here, there, sides[0].size, sides[1].size))
    documents = timed(
        f"keyness with intervals over documents, words of {FEWEST} or more",
        lambda: keyness_of_documents(sides[0], sides[1], words, fewest=FEWEST),
    )
    return key, documents


_KEPT = {
    "key": (
        *("target", "reference", "log_likelihood", "two_cells", "chi_squared", "log_ratio", "p", "p_fdr", "difference"),
        *("conservative_log_ratio", "log_odds_z"),
    ),
    "spread": ("dp", "dp_norm", "juilland_d", "parts"),
}
"""The columns of the tables that are compared; of others all are."""


def _keep(out: Path, its: Any, is_target: Any, tables: dict[str, Any]) -> None:
    """Write the words and what was computed of them."""
    arrays: dict[str, Any] = {
        f"{name}_{column}": np.asarray(table[column])
        for name, table in tables.items()
        for column in _KEPT.get(name, table.columns)
    }
    np.savez(
        out,
        ids=its.ids,
        sentences=its.sentences,
        documents=its.documents,
        words=np.array(its.words),
        target=is_target,
        **arrays,
    )


def difference(name: str, theirs: Any, mine: Any) -> None:
    """Print the largest difference of finite values, relative to the larger of the value and 1."""
    one, other = np.asarray(theirs, dtype=np.float64), np.asarray(mine, dtype=np.float64)
    both = np.isfinite(one) & np.isfinite(other)
    apart = np.abs(one - other)[both] / np.maximum(1, np.abs(other[both]))
    print(
        f"    {name:40} largest difference {apart.max():.1e}, beyond 1e-6 in {(apart > 1e-6).sum():,} of {both.sum():,}"
    )


def theirs(path: Path) -> None:
    """Give the other programs the same words."""
    its = dict(np.load(path))
    programs = (
        *(of_association_measures, of_nltk, of_pycorpdiff, of_lexicalrichness),
        *(of_conc, of_textacy, of_textstat, of_scattertext),
    )
    for program in programs:
        print(program.__doc__)
        program(its)


def signatures(its: dict[str, Any]) -> Any:
    """The adjacent pairs as a table."""
    pandas = import_module("pandas")
    return pandas.DataFrame({name: its[f"pair_{name}"].astype(float) for name in ("f", "f1", "f2", "N")})


def of_association_measures(its: dict[str, Any]) -> None:
    """Program: association-measures."""
    measures = import_module("association_measures.measures")
    table = signatures(its)
    found = timed("its eleven measures of adjacent pairs", lambda: measures.score(table, alpha=0.05, digits=None))
    for name, mine in {
        "log_likelihood": its["pair_log_likelihood"],
        "simple_ll": its["pair_simple_log_likelihood"],
        "z_score": its["pair_z_score"],
        "t_score": its["pair_t_score"],
        "dice": its["pair_dice"],
        "min_sensitivity": its["pair_minimum_sensitivity"],
        "mutual_information": its["pair_mi"] * np.log10(2),
        "local_mutual_information": its["pair_local_mi"] * np.log10(2),
        "log_ratio": its["pair_log_ratio"],
        "conservative_log_ratio": its["pair_conservative_log_ratio"],
    }.items():
        difference(name, found[name], mine)
    hardie = measures.score(table, ["log_ratio"], disc=0.5, discounting="Hardie2014", digits=None)
    difference("log_ratio, Hardie2014, 0.5", hardie["log_ratio"], its["pair_log_ratio"])


def of_nltk(its: dict[str, Any]) -> None:
    """Program: NLTK's BigramAssocMeasures, a pair a call."""
    scores = import_module("nltk.metrics").BigramAssocMeasures
    rows = signatures(its).to_numpy().astype(int).tolist()
    for name, mine in {
        "likelihood_ratio": np.abs(its["pair_log_likelihood"]),
        "chi_sq": np.abs(its["pair_chi_squared"]),
        "student_t": its["pair_t_score"],
        "pmi": its["pair_mi"],
        "dice": its["pair_dice"],
        "jaccard": its["pair_jaccard"],
        "poisson_stirling": its["pair_poisson_stirling"] / np.log10(2),
    }.items():
        score = getattr(scores, name)
        found = timed(name, lambda score=score: [score(f, (f1, f2), n) for f, f1, f2, n in rows], 1)  # type: ignore[misc]
        difference(name, found, mine)
    collocations = import_module("nltk.collocations").BigramCollocationFinder
    words = its["words"][its["ids"][its["ids"] >= 0]].tolist()
    timed("counting adjacent pairs", lambda: collocations.from_words(words), 1)
    timed("counting pairs in a window of 6", lambda: collocations.from_words(words, window_size=6), 1)


def of_pycorpdiff(its: dict[str, Any]) -> None:
    """Program: pycorpdiff."""
    pandas = import_module("pandas")
    keys = import_module("pycorpdiff.keyness")
    kept = its["ids"] >= 0
    target = its["target"][its["documents"][kept]]
    ids, names = its["ids"][kept], its["words"]
    sides = [
        pandas.Series(np.bincount(ids[target == side], minlength=len(names)), index=names) for side in (True, False)
    ]
    arguments = (*sides, int(sides[0].sum()), int(sides[1].sum()))
    dunning = timed("log_likelihood, dunning", lambda: keys.log_likelihood(*arguments, formula="dunning"))
    column = next(name for name in dunning.columns if name.startswith(("log_likelihood", "g2", "ll", "G2")))
    difference("log_likelihood, dunning", dunning[column].reindex(names), its["key_log_likelihood"])
    difference("chi_squared", keys.chi_squared(*arguments)["chi_squared"].reindex(names), its["key_chi_squared"])
    difference(
        "log_ratio",
        import_module("pycorpdiff.keyness.effect_sizes").log_ratio(*arguments).reindex(names),
        its["key_log_ratio"],
    )
    fdr = import_module("pycorpdiff.keyness.correction").benjamini_hochberg(its["key_p"])
    difference("benjamini_hochberg", fdr, its["key_p_fdr"])
    documents = its["documents"][kept]
    frame = pandas.DataFrame(np.zeros((len(its["target"]), len(names)), dtype=np.int32), columns=names)
    np.add.at(frame.to_numpy(), (documents, ids), 1)
    modules = import_module("pycorpdiff.keyness.dispersion")
    difference("dispersion_dp", timed("dispersion_dp", lambda: modules.dispersion_dp(frame), 1), its["spread_dp"])
    difference("juilland_d", timed("juilland_d", lambda: modules.juilland_d(frame), 1), its["spread_juilland_d"])
    texts = [" ".join(names[ids[documents == number]]) for number in range(len(its["target"]))]
    corpus = import_module("pycorpdiff").Corpus
    both = [
        corpus(pandas.DataFrame({"text": [texts[i] for i in np.flatnonzero(its["target"] == side)]}), text_col="text")
        for side in (True, False)
    ]
    often = [str(name) for name in names[(sides[0] + sides[1]).to_numpy() >= FEWEST]]
    resample = import_module("pycorpdiff.keyness.bootstrap").bootstrap_g2_ci
    timed(f"bootstrap_g2_ci, 200 resamples, {len(often):,} words", lambda: resample(*both, terms=often, n_boot=200), 1)


def of_lexicalrichness(its: dict[str, Any]) -> None:
    """Program: lexicalrichness."""
    richness = import_module("lexicalrichness").LexicalRichness
    kept = its["ids"] >= 0
    ids, documents = its["ids"][kept], its["documents"][kept]
    long = [number for number in range(len(its["target"])) if its["diverse_words"][number] >= 500][:50]
    lists = [its["words"][ids[documents == number]].tolist() for number in long]
    all_of_them = [richness(words, preprocessor=None, tokenizer=None) for words in lists]
    for name, mine, call in (
        ("ttr", "ttr", lambda its: its.ttr),
        ("cttr", "cttr", lambda its: its.cttr),
        ("rttr", "guiraud_r", lambda its: its.rttr),
        ("Herdan", "herdan_c", lambda its: its.Herdan),
        ("yulek", "yule_k", lambda its: its.yulek),
        ("mattr(500)", "mattr", lambda its: its.mattr(window_size=500)),
    ):
        found = timed(f"{name}, {len(long)} documents", lambda call=call: [call(one) for one in all_of_them], 1)  # type: ignore[misc]
        difference(name, found, its[f"diverse_{mine}"][long])


def texts_of(its: dict[str, Any]) -> list[list[str]]:
    """The words of each document."""
    kept = its["ids"] >= 0
    ids, documents = its["ids"][kept], its["documents"][kept]
    return [
        its["words"][part].tolist() for part in np.split(ids, np.searchsorted(documents, range(1, len(its["target"]))))
    ]


def of_conc(its: dict[str, Any]) -> None:
    """Program: conc, given the words apart by spaces and a tokenizer that splits there alone."""
    import tempfile

    spacy, tokenizers = import_module("spacy"), import_module("spacy.tokenizer")
    corpora, words = import_module("conc.corpus"), its["words"]
    blank = spacy.blank("en")
    blank.tokenizer = tokenizers.Tokenizer(blank.vocab)
    # conc switches the parts of spaCy's model off by name; these do nothing.
    import_module("spacy.language").Language.component("nothing", func=lambda doc: doc)
    for name in ("parser", "ner", "lemmatizer", "tagger", "senter", "tok2vec", "attribute_ruler"):
        blank.add_pipe("nothing", name=name)
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder, "model")
        blank.to_disk(model)
        built = {}
        parts = {"target": its["target"], "reference": ~its["target"], "all": its["target"] | True}
        all_texts = texts_of(its)
        for name, chosen in parts.items():
            source = Path(folder, f"{name} texts")
            source.mkdir()
            for number in np.flatnonzero(chosen):
                (source / f"{number:05}.txt").write_text(" ".join(all_texts[number]), encoding="utf-8")
            corpus = corpora.Corpus(name, name)
            places = {"source_path": str(source), "save_path": folder, "model": str(model)}
            built[name] = timed(f"building a corpus, {name}", partial(corpus.build_from_files, **places), 1)
        _conc_keyness(its, built)
        _conc_near(its, built["all"])
        counted = import_module("conc.concordance").Concordance(built["all"])
        for node in NODES:
            lines = timed(f"concordance of {node}, a page", lambda node=node: counted.concordance(node), 1)  # type: ignore[misc]
            print("   ", node, int((its["ids"] == words.tolist().index(node)).sum()), "ours;", lines.formatted_data)


def _conc_keyness(its: dict[str, Any], built: dict[str, Any]) -> None:
    keys = import_module("conc.keyness").Keyness(built["target"], built["reference"])
    options = {"page_size": 0, "min_frequency": 0, "min_frequency_reference": 0, "exclude_punctuation": False}
    found = timed("keywords, all words of the target", lambda: keys.keywords(**options).to_frame(), 1)
    place = {word: number for number, word in enumerate(its["words"].tolist())}
    at = np.array([place.get(word, -1) for word in found["token"].to_list()])
    print(f"    {(at < 0).sum()} tokens that we do not have, {len(at):,} in all")
    known = at >= 0
    difference("frequency", found["frequency"].to_numpy()[known], its["key_target"][at[known]])
    difference("frequency_reference", found["frequency_reference"].to_numpy()[known], its["key_reference"][at[known]])
    difference("log_ratio", found["log_ratio"].to_numpy()[known], its["key_log_ratio"][at[known]])
    g2 = found["log_likelihood"].to_numpy()[known]
    difference("log_likelihood (two cells, no sign)", g2, np.abs(its["key_two_cells"][at[known]]))
    difference("log_likelihood (four cells)", g2, np.abs(its["key_log_likelihood"][at[known]]))


def _conc_near(its: dict[str, Any], corpus: Any) -> None:
    near = import_module("conc.collocates").Collocates(corpus)
    options = {"page_size": 0, "min_collocate_frequency": FEWEST, "exclude_punctuation": False}
    of = its["words"][its["near_collocate"]].tolist()
    mine = {word: number for number, word in enumerate(of)}
    for measure, name in (("logdice", "log_dice"), ("mutual_information", "mi")):
        call = partial(near.collocates, NODES[0], effect_size_measure=measure, **options)
        found = timed(f"collocates of {NODES[0]}, {measure}", call, 1).to_frame()
        at = np.array([mine.get(word, -1) for word in found["token"].to_list()])
        known = at >= 0
        alone = (~known).sum(), len(of) - known.sum()
        print(f"    {known.sum()} collocates in both, {alone[0]} in theirs alone, {alone[1]} in ours alone")
        difference("frequency near", found["collocate_frequency"].to_numpy()[known], its["near_f"][at[known]])
        difference(measure, found[measure].to_numpy()[known], its[f"near_{name}"][at[known]])
        difference(
            "log_likelihood", found["log_likelihood"].to_numpy()[known], np.abs(its["near_log_likelihood"][at[known]])
        )


def of_textacy(its: dict[str, Any]) -> None:
    """Program: textacy, given spaCy documents with our words and sentences."""
    spacy, tokens = import_module("spacy"), import_module("spacy.tokens")
    diversity, grades = (import_module(f"textacy.text_stats.{name}") for name in ("diversity", "readability"))
    vocab, kept = spacy.blank("en").vocab, its["ids"] >= 0
    long = [number for number in range(len(its["target"])) if its["diverse_words"][number] >= 500][:50]
    docs = []
    for number in long:
        own = kept & (its["documents"] == number)
        sentences, ids = its["sentences"][own], its["ids"][own]
        starts = np.r_[True, np.diff(sentences) > 0]
        docs.append(tokens.Doc(vocab, words=its["words"][ids].tolist(), sent_starts=starts.tolist()))
    for name, mine, call in (
        ("ttr, standard", "ttr", diversity.ttr),
        ("ttr, root", "guiraud_r", lambda doc: diversity.ttr(doc, variant="root")),
        ("ttr, corrected", "cttr", lambda doc: diversity.ttr(doc, variant="corrected")),
        ("log_ttr, herdan", "herdan_c", lambda doc: diversity.log_ttr(doc, variant="herdan")),
        (
            "segmented_ttr, moving average of 500",
            "mattr",
            lambda doc: diversity.segmented_ttr(doc, 500, variant="moving-avg"),
        ),
    ):
        found = timed(f"{name}, {len(long)} documents", lambda call=call: [call(doc) for doc in docs], 1)  # type: ignore[misc]
        difference(name, found, its[f"diverse_{mine}"][long])
    for name in ("flesch_reading_ease", "flesch_kincaid_grade_level", "gunning_fog_index"):
        call = getattr(grades, name)
        found = timed(f"{name}, {len(long)} documents", lambda call=call: [call(doc) for doc in docs], 1)  # type: ignore[misc]
        mine = its[f"hard_{name}"][long]
        difference(name, found, mine)
        print(f"    mean {np.mean(found):.2f}, ours {mine.mean():.2f}")
    syllables = import_module("textacy.text_stats.basics").n_syllables
    print(
        f"    {sum(syllables(doc, lang='en') for doc in docs):,} syllables, ours {its['hard_syllables'][long].sum():,}"
    )
    lines = import_module("textacy.extract.kwic").keyword_in_context
    whole = [" ".join(words) for words in texts_of(its)]
    for node in NODES:
        found = timed(f"kwic of {node}", lambda node=node: sum(1 for text in whole for _ in lines(text, node)), 1)  # type: ignore[misc]
        bounded = sum(1 for text in whole for _ in lines(text, rf"(?<!\S){node}(?!\S)"))
        ours_ = int((its["ids"] == its["words"].tolist().index(node)).sum())
        print(f"    {node}: {found} lines, {bounded} as a whole word, ours {ours_}")


def of_textstat(its: dict[str, Any]) -> None:
    """Program: textstat, given our words apart by spaces, and a full stop after each of our sentences."""
    program, kept = import_module("textstat").textstat, its["ids"] >= 0
    program.set_rounding(False)
    long = [number for number in range(len(its["target"])) if its["diverse_words"][number] >= 500][:50]
    texts = []
    for number in long:
        here = kept & (its["documents"] == number)
        parts = np.split(its["words"][its["ids"][here]], np.flatnonzero(np.diff(its["sentences"][here])) + 1)
        # A full stop within a word ("u.s.") would end a sentence there.
        texts.append(" ".join(" ".join(part.tolist()).replace(".", "") + "." for part in parts))
    for name, theirs_ in (
        ("flesch_reading_ease", "flesch_reading_ease"),
        ("flesch_kincaid_grade_level", "flesch_kincaid_grade"),
        ("gunning_fog_index", "gunning_fog"),
    ):
        call = getattr(program, theirs_)
        found = timed(f"{theirs_}, {len(long)} documents", lambda call=call: [call(text) for text in texts], 1)  # type: ignore[misc]
        mine = its[f"hard_{name}"][long]
        difference(name, found, mine)
        print(f"    mean {np.mean(found):.2f}, ours {mine.mean():.2f}")
    counted = [
        sum(map(call, texts)) for call in (program.lexicon_count, program.sentence_count, program.syllable_count)
    ]
    read = kept & np.isin(its["documents"], long)
    own = [*map(int, (read.sum(), len(np.unique(its["sentences"][read])), its["hard_syllables"][long].sum()))]
    print(f"    words, sentences, syllables: {counted}, ours {own}")


def of_scattertext(its: dict[str, Any]) -> None:
    """Program: scattertext."""
    sparse, scattertext = import_module("scipy.sparse"), import_module("scattertext")
    kept = its["ids"] >= 0
    shape = len(its["target"]), len(its["words"])
    ones = np.ones(int(kept.sum()), dtype=np.int64)
    counts = sparse.coo_matrix((ones, (its["documents"][kept], its["ids"][kept])), shape=shape).tocsr()
    place = {word: number for number, word in enumerate(its["words"].tolist())}
    factory = import_module("scattertext.TermDocMatrixFromScikit").TermDocMatrixFromScikit
    corpus = timed(
        "a term-document matrix",
        lambda: factory(
            X=counts, y=its["target"].astype(int), feature_vocabulary=place, category_names=["reference", "target"]
        ).build(),
        1,
    )
    at = np.array([place[term] for term in corpus.get_terms()])
    for name, mine in (
        ("G2", its["key_log_likelihood"]),
        ("LRC", its["key_conservative_log_ratio"]),
        ("LogOddsRatioUninformativePriorScorer", its["key_log_odds_z"]),
    ):
        scorer = getattr(scattertext, name)(corpus)
        found = timed(name, lambda scorer=scorer: scorer.set_categories("target").get_scores(), 1)  # type: ignore[misc]
        difference(name, np.asarray(found), mine[at])
        order = np.corrcoef(np.argsort(np.argsort(np.asarray(found))), np.argsort(np.argsort(mine[at])))[0, 1]
        print(f"    rank correlation {order:.4f}")
    spread = import_module("scattertext.dispersion.dispersion").Dispersion(corpus)
    for name, mine in (
        ("dispersion_range", "parts"),
        ("jullands_d", "juilland_d"),
        ("dp", "dp"),
        ("dp_norm", "dp_norm"),
    ):
        found = timed(name, lambda name=name: getattr(spread, name)(), 1)  # type: ignore[misc]
        difference(name, np.asarray(found).ravel(), its[f"spread_{mine}"][at])


def of_changes(path: Path) -> None:
    """Print how often pycorpdiff finds a change in series of rates, and how often one is at most two periods away."""
    pandas, detect = import_module("pandas"), import_module("pycorpdiff.temporal.changepoint").detect_changepoints
    for name, rates in dict(np.load(path)).items():
        series = [pandas.Series(its).dropna() for its in rates]
        for model in ("rbf", "l2"):
            call = partial(lambda model, series: [detect(it, model=model) for it in series], model, series)
            some = [its["period"].tolist() for its in timed(f"{name}, {model}", call, 1) if len(its)]
            near = sum(any(abs(period - CHANGES_AT) <= 2 for period in its) for its in some)
            all_of_them = sum(map(len, some))
            print(
                f"    found in {len(some)} of {len(series)}, {all_of_them} changes in all; near the true one in {near}"
            )


if __name__ == "__main__":
    if sys.argv[1] == "changes":
        of_changes(Path(sys.argv[2]))
    elif sys.argv[1] == "ours":
        ours(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        theirs(Path(sys.argv[2]))
