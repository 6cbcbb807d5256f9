"""Each notebook declares itself in one place, and its cells agree with that."""

import ast
import inspect
import json
import re
from pathlib import Path
from typing import Any

import pytest

from research.analysis import notebooks
from research.analysis.declaring import PLACE, Notebook
from research.analysis.notebooks import NOTEBOOKS
from research.analysis.parameters import JUDGEMENTS
from research.errors import ParameterError
from research.nlp import layers

each = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda it: it.name)


def parameter_cell(root: Path, notebook: Notebook) -> str:
    content = json.loads((root / "notebooks" / f"{notebook.name}.ipynb").read_text(encoding="utf-8"))
    (cell,) = (it for it in content["cells"] if "parameters" in it["metadata"].get("tags", []))
    return "".join(cell["source"])


@each
def test_the_cell_of_parameters_repeats_what_the_notebook_declares(root: Path, notebook: Notebook) -> None:
    """papermill needs the defaults in the cell; this keeps them the same."""
    _, _, *lines = parameter_cell(root, notebook).splitlines()  # without source and run
    written = [re.fullmatch(r"(\w+) = (.+?)  # type: (\S+) (.+)", line) for line in lines]
    assert all(written)
    assert [(it[1], ast.literal_eval(it[2]), it[3], it[4]) for it in written if it] == [
        (it.name, it.default, it.kind.type, it.meaning) for it in (JUDGEMENTS, *notebook.parameters)
    ]


@each
def test_a_default_is_a_value_that_the_parameter_takes(notebook: Notebook) -> None:
    for it in notebook.parameters:
        assert it.read(it.default) == it.default
    assert notebook.read({}) == {it.name: it.default for it in notebook.parameters}


@each
def test_findings_take_the_annotations_then_the_own_parameters_by_name(notebook: Notebook) -> None:
    assert (notebook.findings is None) == notebook.shows_others
    if notebook.findings is not None:
        first, *others = inspect.signature(notebook.findings).parameters.values()
        assert first.name == "annotations"
        declared = {it.name: it.default for it in notebook.parameters if it.of_findings and it.name != "copies"}
        assert {it.name: it.default for it in others} == declared


@each
def test_a_notebook_asks_for_layers_that_there_are(notebook: Notebook) -> None:
    assert set(notebook.layers) <= set(layers.names())


def test_a_notebook_is_found_by_both_of_its_names() -> None:
    for it in NOTEBOOKS:
        assert notebooks.named(it.name) is notebooks.named(it.short) is it
    assert notebooks.named("weather") is None
    for unknown in ("weather.rain", "corpus.unknown"):
        assert not notebooks.table(unknown).identity
        assert not notebooks.table(unknown).counts
    assert notebooks.tables_behind("weather.rain") == ()


def test_what_is_about_the_corpus_comes_last_and_unknown_notebooks_before_it() -> None:
    shorts = ["corpus", "weather", "language", "statements"]
    assert sorted(shorts, key=notebooks.reading_place) == ["statements", "language", "weather", "corpus"]
    assert sorted(shorts, key=notebooks.position) == ["corpus", "statements", "language", "weather"]


@pytest.mark.parametrize("given", [{"term": "a"}, {"speakers": ["a"]}, {"": 1}])
def test_an_unknown_parameter_is_refused_with_those_that_there_are(given: dict[str, Any]) -> None:
    language = notebooks.named("language")
    assert language is not None
    with pytest.raises(
        ParameterError,
        match=r"05_language has no parameter '.*'\. It takes: terms, dictionary, ",
    ):
        language.read(given)


def test_rows_are_about_their_place_or_what_they_count() -> None:
    for it in NOTEBOOKS:
        for name, table in it.tables.items():
            assert not set(PLACE) & set(table.identity), name
            assert not table.counts or table.identity, f"{name} counts rows by what they are about"
