"""Are the statistics right, and how fast are they, beside other programs on the same input?

    python -m benchmarks.statistics_peers ours FOLDER OUT.npz
    peers/bin/python benchmarks/statistics_peers.py theirs OUT.npz

The first line reads a folder of texts, measures our own functions and keeps words and values in OUT.npz. The second, in
an environment that has the programs of statistics_requirements.txt, gives them the same words and prints how far their
values are from ours. The target are the documents whose name begins as the first one's does up to "_", the reference
are the others. Times are CPU seconds, best of three, without reading and tokenizing. The results are in RESULTS.md.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

NODES = ("trump", "president", "campaign")
FEWEST = 5


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
    from benchmarks.statistics_input import read
    from research.analysis.statistics.association import association
    from research.analysis.statistics.collocations import adjacent, window_counts
    from research.analysis.statistics.dispersion import dispersion
    from research.analysis.statistics.diversity import diversity
    from research.analysis.statistics.keyness import keyness, keyness_of_documents
    from research.analysis.statistics.phrases import phrases
    from research.analysis.statistics.resampling import Side
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
    totals = [side.totals for side in sides]
    table = import_module("pandas").DataFrame({"target": totals[0], "reference": totals[1]})
    key = timed("keyness, all words", lambda: keyness(table, sides[0].size, sides[1].size))
    documents = timed(
        f"keyness with 2,000 resamples of documents, words of {FEWEST} or more",
        lambda: keyness_of_documents(sides[0], sides[1], its.words, fewest=FEWEST),
    )
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
    content = np.array([texts.is_content_word(word) for word in its.words])
    found = timed("phrases of 2 to 4 words", lambda: phrases(its.ids, its.sentences, its.documents, content))
    of_words = its.documents[its.ids >= 0]
    diverse = timed("diversity, all documents", lambda: diversity(words, of_words, len(its.names)))
    print(f"{len(documents):,} words, {len(pairs):,} adjacent pairs, {len(found):,} phrases")
    _keep(out, its, is_target, {"key": key, "pair": pairs, "spread": spread, "diverse": diverse})


_KEPT = {
    "key": ("log_likelihood", "chi_squared", "log_ratio", "p", "p_fdr", "difference"),
    "spread": ("dp", "juilland_d"),
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
    for program in (of_association_measures, of_nltk, of_pycorpdiff, of_lexicalrichness):
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


if __name__ == "__main__":
    if sys.argv[1] == "ours":
        ours(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        theirs(Path(sys.argv[2]))
