"""What the documents do not have is refused before any notebook runs, and in the first cell of each."""

from collections.abc import Callable
from pathlib import Path

import pytest

from research.errors import ParameterError
from research.outputs import runs
from research.outputs.study import open_study


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("compare", "speaker:Ada Okel"), "The column speaker has no value 'Ada Okel'. It has Ada Okell."),
        (("compare", "year:1999"), "The column year has no value '1999'. It has 1900 and 2023."),
        (("by", "day"), "The parameter by is 'day', and from 1900-01-01 to 2023-"),
    ],
)
def test_a_run_refuses_it_before_any_notebook(
    asked: tuple[str, str],
    said: str,
    tmp_path: Path,
    research: Callable[..., tuple[int, str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runs, "_side_by_side", lambda *_, **__: pytest.fail("a notebook ran"))
    (tmp_path / "notes").mkdir()
    for name, date in (("a", "1900-01-01"), ("b", "2023-05-06")):
        text = f"Date: {date}\n\n“The dams are safe,” Mayor Ada Okell said."
        (tmp_path / "notes" / f"{name}.txt").write_text(text, encoding="utf-8")
    outputs = tmp_path / "outputs"
    code, out, err = research("run", tmp_path / "notes", "-p", *asked, "--outputs", outputs)
    assert (code, out) == (2, "")
    assert said in err
    assert not list(outputs.glob("*"))


@pytest.mark.parametrize(
    ("notebook", "asked", "said"),
    [
        ("statements", {"compare": "kind:song"}, "The column kind has no value 'song'. "),
        ("claims", {"units": ["furlong"]}, "No figure has the unit 'furlong'. "),
        ("language", {"compare": "sauce"}, "There is no column 'sauce' to compare by. The nearest is source. "),
        ("language", {"speaker": "Nobody Atall"}, "No speaker has the name 'Nobody Atall'. "),
    ],
)
def test_a_notebook_refuses_it_in_its_first_cell(
    notebook: str, asked: dict[str, str], said: str, dispatches: Path
) -> None:
    with pytest.raises(ParameterError) as error:
        open_study(notebook, dispatches, **asked)
    assert said in str(error.value)
