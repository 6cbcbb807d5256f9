"""Parameters are checked before anything runs, and an executed notebook keeps nothing of the machine."""

import json
import subprocess
import sys
from typing import Any

import nbformat
import pytest

from research.errors import ParameterError, UsageError
from research.outputs import execution
from research.outputs.execution import check_parameters, chosen_notebooks, normalised

ALL = ["01_corpus", "02_statements", "03_actors", "04_claims", "05_language", "06_time", "08_accuracy", "09_report"]


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        ([], ALL),
        (["05_language"], ["05_language"]),
        (["language"], ["05_language"]),
        (["05"], ["05_language"]),
        (["notebooks/05_language.ipynb"], ["05_language"]),
        (["report", "01"], ["01_corpus", "09_report"]),
        (["corpus", "01_corpus"], ["01_corpus"]),
    ],
    ids=str,
)
def test_a_notebook_is_chosen_by_any_of_its_names(asked: list[str], chosen: list[str]) -> None:
    assert chosen_notebooks(asked) == chosen


@pytest.mark.parametrize("asked", ["xyz", "", "8", "language.ipynb.txt"])
def test_an_unknown_notebook_is_refused_with_those_that_there_are(asked: str) -> None:
    with pytest.raises(
        UsageError, match=rf"There is no notebook '{asked}'\. (Did you mean .*\? )?The notebooks are: {', '.join(ALL)}"
    ):
        chosen_notebooks([asked])


def test_the_nearest_notebook_is_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"Did you mean 05_language\?"):
        chosen_notebooks(["05_langauge"])


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("sanctions", ["sanctions"]),
        ("sanctions, United Nations", ["sanctions", "United Nations"]),
        ('["sanctions", "U.S., etc."]', ["sanctions", "U.S., etc."]),
        ("2023", ["2023"]),
        ("None", None),
        (" oil ,, gas ", ["oil", "gas"]),
        (2024, ["2024"]),
        (["sanctions"], ["sanctions"]),
        (None, None),
    ],
    ids=str,
)
def test_a_parameter_means_what_was_written(written: Any, value: Any) -> None:
    assert check_parameters({"terms": written}, ALL) == {
        "01_corpus": {"copies": False},
        "02_statements": {"speakers": None, "compare": None, "copies": False, "least_confidence": 0.2},
        "03_actors": {"actors": None, "compare": None, "copies": False, "least_confidence": 0.2},
        "04_claims": {"speakers": None, "units": None, "compare": None, "copies": False, "least_confidence": 0.2},
        "05_language": {
            "terms": value,
            "copies": False,
            "dictionary": None,
            "context": "words",
            "sort": "place",
            "compare": None,
        },
        "06_time": {
            "by": "auto",
            "terms": value,
            "dictionary": None,
            "speakers": None,
            "actors": None,
            "date": None,
            "measures": None,
            "copies": False,
            "least_confidence": 0.2,
        },
        "08_accuracy": {"judge": False, "size": 100, "seed": 1, "coder": "", "copies": False},
        "09_report": {},
    }


@pytest.mark.parametrize("written", ["", ",", "[]", "[1.5]", "[", 1.5, [], [None], True], ids=repr)
def test_a_value_of_the_wrong_type_is_refused_with_the_expected_one(written: Any) -> None:
    with pytest.raises(ParameterError, match=r"The parameter terms takes a list of words, such as .* or None, not "):
        check_parameters({"terms": written}, ALL)


@pytest.mark.parametrize("written", ["\udcff", '["\\ud800"]', ["\ud800"]], ids=ascii)
def test_a_value_that_is_no_text_is_refused(written: Any) -> None:
    with pytest.raises(ParameterError, match="The parameter terms takes"):
        check_parameters({"terms": written}, ALL)


@pytest.mark.parametrize("name", ["term", "Terms", "trems"])
def test_an_unknown_parameter_is_refused_with_the_nearest(name: str) -> None:
    with pytest.raises(ParameterError, match=rf"No notebook has a parameter '{name}'\. Did you mean terms\?"):
        check_parameters({name: "x"}, ALL)


def test_a_parameter_is_refused_where_the_notebook_takes_none() -> None:
    said = r"09_report has no parameter 'terms'; 05_language and 06_time have it\. Add --notebook 05_language, or leave"
    with pytest.raises(ParameterError, match=said):
        check_parameters({"terms": "x"}, ["09_report"])
    with pytest.raises(
        ParameterError, match=r"No notebook has a parameter 'weather'\. The parameters are: judgements\."
    ):
        check_parameters({"weather": "x"}, ["09_report"])


def test_of_several_notebooks_each_is_given_the_parameters_that_it_has() -> None:
    assert check_parameters({"least_confidence": "0.5", "copies": "yes"}, ["01_corpus", "02_statements"]) == {
        "01_corpus": {"copies": True},
        "02_statements": {"speakers": None, "compare": None, "copies": True, "least_confidence": 0.5},
    }
    several = "09_report has no parameter 'copies'; 01_corpus, 02_statements, 03_actors, 04_claims, 05_language, 06_"
    with pytest.raises(ParameterError, match=several):
        check_parameters({"copies": "yes"}, ["09_report"])
    with pytest.raises(ParameterError, match="01_corpus and 05_language have no parameter 'speakers'; 02_sta"):
        check_parameters({"speakers": "x"}, ["01_corpus", "05_language"])


@pytest.mark.parametrize(("written", "value"), [("true", True), ("False", False), ("yes", True), (True, True)])
def test_a_yes_or_no_means_what_was_written(written: Any, value: bool) -> None:
    assert check_parameters({"copies": written}, ["01_corpus"]) == {"01_corpus": {"copies": value}}


def test_the_file_of_judgements_is_given_to_all_and_no_parameter_of_any() -> None:
    assert check_parameters({"judgements": "ours.csv"}, ["09_report"]) == {"09_report": {}}
    with pytest.raises(ParameterError, match=r"The parameter judgements takes a text, such as \"ours\.csv\", or None"):
        check_parameters({"judgements": ["ours.csv"]}, ALL)
    with pytest.raises(ParameterError, match=r"No notebook has a parameter 'judgement'\. Did you mean judgements\?"):
        check_parameters({"judgement": "ours.csv"}, ALL)


@pytest.mark.parametrize("name", ["source", "run"])
def test_what_the_command_itself_sets_is_no_parameter(name: str) -> None:
    with pytest.raises(ParameterError, match=rf"The parameter {name} is set by the command itself"):
        check_parameters({name: "x"}, ALL)


def test_an_executed_notebook_keeps_nothing_of_its_execution() -> None:
    v4 = nbformat.v4
    injected = v4.new_code_cell("x = 1", metadata={"tags": ["injected-parameters"], "papermill": {"duration": 0.1}})
    result = v4.new_output("execute_result", data={"text/plain": "1"}, execution_count=17)
    cell = v4.new_code_cell(
        "x", id="show", execution_count=17, outputs=[result], metadata={"execution": {"iopub": "now"}}
    )
    notebook = v4.new_notebook(
        cells=[v4.new_markdown_cell("# Q", id="q"), injected, cell],
        metadata={"papermill": {"start_time": "now"}, "language_info": {"name": "python", "version": "3.11.7"}},
    )
    text = nbformat.writes(normalised(notebook))
    for trace in ("papermill", "now", "3.11", "17", "duration"):
        assert trace not in text
    cells = json.loads(text)["cells"]
    assert [it["id"] for it in cells] == ["q", "injected-parameters", "show"]
    assert [it.get("execution_count") for it in cells] == [None, 1, 2]
    assert cells[2]["outputs"][0]["execution_count"] == 2


def test_reading_a_notebook_builds_no_grammars_for_web_addresses() -> None:
    """They take most of a second, in each process that runs notebooks."""
    code = (
        "import sys; from research.outputs.execution import cells_of; "
        "cells_of('01_corpus'); print('lark' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    ("name", "said", "why"),
    [
        ("ParameterError", "There is no\ncolumn 'x'.", "There is no column 'x'."),
        ("ValueError", "\n no such  thing\n  at 0x7f", "ValueError: no such thing"),
        ("KeyboardInterrupt", "", "KeyboardInterrupt"),
    ],
)
def test_why_a_notebook_failed_is_one_sentence(name: str, said: str, why: str) -> None:
    assert execution._why(name, said) == why
