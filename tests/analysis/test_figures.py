"""Figures look the same everywhere, whatever their labels say and however matplotlib is set."""

import hashlib
import itertools
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.typing import RcKeyType

from research.analysis import corpus, language
from research.analysis.figures import Figure, horizontal_bars, new_plot, percent_axis, shortened, style
from research.analysis.statistics.dispersion import dispersion_plot
from research.outputs.showing import rendering
from research.outputs.showing.rendering import png, svg

LABELS = {
    "money": "$5 bn to $6 bn",
    "formula": r"$\frac{1}{0}$ \alpha_1^2",
    "emoji": "😀👩\u200d🚀",
    "right to left": "السلام עליכם",
    "Chinese": "外交部",
    "Hindi": "हिन्दी",
    "control characters": "\x01\x1b[31m\x7f",
    "markup": "<b>&amp; -- \"'</b>",
    "long": "Donaudampfschifffahrtsgesellschaft" * 4,
    "underscore": "_hidden",
    "percent": "rate %s %d {x}",
    "unassigned": "\ufffe\uffff\U000e0001",
}


def bars(label: str) -> Figure:
    figure = language.frequency_chart(
        pd.DataFrame({"word": [label, "trade"], "count": [1234, 2], "in_phrases": [0, 0]})
    )
    assert isinstance(figure, Figure)
    return figure


def lanes(label: str) -> Figure:
    rows = [(label, "a", 3, 0, 5), (label, "a", 4, 6, 9)]
    columns = ["term", "doc_id", "position", "start", "end"]
    figure = dispersion_plot(pd.DataFrame(rows, columns=columns), [label, "trade"], [6, 4])
    assert isinstance(figure, Figure)
    return figure


@pytest.mark.parametrize("draw", [bars, lanes])
@pytest.mark.parametrize("label", LABELS.values(), ids=LABELS)
def test_any_label_can_be_drawn_and_read_again(draw: Callable[[str], Figure], label: str) -> None:
    figure = draw(label)
    assert label in figure.data.iloc[0].tolist(), "the data name it in full"
    assert png(figure).startswith(b"\x89PNG")
    assert ET.fromstring(svg(figure)).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314


@pytest.mark.parametrize("label", ["$5 bn to $6 bn", "$x$"])
def test_a_dollar_is_a_dollar(label: str) -> None:
    ticks = bars(label).plot.axes[0].get_yticklabels()
    assert ticks[0].get_text() == label
    assert not ticks[0].get_parse_math()


def test_labels_are_shortened_so_that_the_picture_keeps_its_room() -> None:
    assert shortened("short") == "short"
    assert shortened("x" * 40) == "x" * 40
    assert shortened("x" * 41) == "x" * 39 + "…"
    assert shortened("x" * 41, 10) == "x" * 9 + "…"


# --- the same bytes ---


def drawn() -> list[bytes]:
    documents = pd.DataFrame(
        {"doc_id": ["a", "b"], "words": [1200, 7], "date": ["2024-01-01", "2024-06-01"]}, dtype=object
    ).astype({"words": "int64"})
    many = pd.DataFrame({"doc_id": range(30), "words": range(30)})
    figures = [corpus.lengths(documents), corpus.lengths(many), corpus.timeline(documents), bars("trade"), lanes("x")]
    return [render(figure) for figure in figures if isinstance(figure, Figure) for render in (png, svg)]


def test_drawing_twice_gives_the_same_bytes() -> None:
    assert drawn() == drawn()


def test_saving_twice_gives_the_same_bytes() -> None:
    figure = bars("trade")
    first = (png(figure), svg(figure))
    rendering._pixels.clear()
    assert (png(figure), svg(figure)) == first


def test_a_picture_that_is_shown_and_kept_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    figure = bars("trade")
    first = png(figure)
    monkeypatch.setattr(rendering, "_saved", pytest.fail)
    assert png(figure) == first


SETTINGS: dict[RcKeyType, Any] = {
    "font.size": 30,
    "font.family": "monospace",
    "axes.facecolor": "red",
    "savefig.dpi": 30,
    "savefig.facecolor": "black",
    "figure.figsize": (1, 1),
    "svg.fonttype": "none",
    "svg.hashsalt": "other",
    "text.parse_math": True,
    "axes.formatter.use_locale": True,
    "path.simplify": False,
    "xtick.labelsize": 3,
    "savefig.bbox": "tight",
}


def test_the_users_settings_change_nothing() -> None:
    usual = drawn()
    with mpl.rc_context(SETTINGS):
        assert drawn() == usual
        assert mpl.rcParams["font.size"] == 30, "and they are left as they were"


def test_the_users_matplotlibrc_changes_nothing(tmp_path: Path, clean_environment: dict[str, str]) -> None:
    (tmp_path / "matplotlibrc").write_text(
        "font.size: 30\naxes.facecolor: red\nsavefig.dpi: 30\ntext.parse_math: True\n"
    )
    program = (
        "import hashlib, pandas as pd, matplotlib\n"
        "from research.analysis.language import frequency_chart\n"
        "from research.outputs.showing.rendering import png, svg\n"
        "table = pd.DataFrame({'word': ['$5 to $6', 'trade'], 'count': [1234, 2], 'in_phrases': [0, 0]})\n"
        "figure = frequency_chart(table)\n"
        "print(matplotlib.rcParams['font.size'], hashlib.sha256(png(figure) + svg(figure)).hexdigest())\n"
    )
    size, printed = subprocess.run(
        [sys.executable, "-c", program],
        env=clean_environment
        | {"MATPLOTLIBRC": str(tmp_path / "matplotlibrc"), "MPLBACKEND": "svg", "TZ": "Asia/Tokyo"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    figure = bars("$5 to $6")
    assert float(size) == 30
    assert printed == hashlib.sha256(png(figure) + svg(figure)).hexdigest()


def test_a_picture_holds_no_date_no_version_and_no_text_that_needs_a_font() -> None:
    picture, drawing = png(bars("trade")), svg(bars("trade")).decode()
    assert b"Software" not in picture
    assert b"matplotlib" not in picture.lower()
    assert "dc:date" not in drawing
    assert "matplotlib.org" not in drawing
    assert "<text" not in drawing


def test_a_drawing_says_what_it_shows() -> None:
    figure = bars("trade & <tariffs>")
    root = ET.fromstring(svg(figure))  # noqa: S314
    texts = [element.text for element in root.iter() if element.text]
    assert figure.caption in texts
    assert figure.alt in texts


def test_the_style_lasts_as_long_as_it_is_asked_for() -> None:
    with mpl.rc_context({"font.size": 31}):
        with style():
            assert mpl.rcParams["font.size"] == 10
        assert mpl.rcParams["font.size"] == 31


@pytest.mark.parametrize("largest", [7, 99, 12_345, 987_654, 2_345_678, 123_456_789])
def test_the_numbers_below_bars_never_run_into_each_other(largest: int) -> None:
    with style():
        plot, axes = new_plot(height=2)
        horizontal_bars(axes, ["a rather long label for a bar", "b"], [largest, 1], "words")
    png(Figure(plot, pd.DataFrame(), "", ""))
    drawn = [label.get_window_extent() for label in axes.get_xticklabels() if label.get_text()]
    assert all(one.x1 + 3 < next_one.x0 for one, next_one in itertools.pairwise(drawn))
    value = axes.texts[0].get_window_extent()
    assert value.x1 <= plot.bbox.x1


@pytest.mark.parametrize("n", [1, 12, 30, 200])
def test_no_line_of_a_grid_runs_through_the_label_of_a_bar(n: int) -> None:
    with style():
        plot, axes = new_plot(height=1 + 0.28 * n)
        horizontal_bars(axes, [f"bar {i}" for i in range(n)], [10 * (n - i) for i in range(n)], "words")
    png(Figure(plot, pd.DataFrame(), "", ""))
    assert len(axes.texts) == n
    lines = [line.get_window_extent() for line in axes.get_xgridlines() if line.get_visible()]
    assert not [text.get_text() for text in axes.texts for line in lines if text.get_window_extent().overlaps(line)]
    tops = [bar.get_window_extent().y1 for bar in axes.patches]
    assert tops == sorted(tops, reverse=True), "from the top down"
    room = plot.bbox.height / (n + 3)
    assert axes.bbox.y1 - tops[0] < room, "no empty space above the first bar"


@pytest.mark.parametrize(
    ("highest", "shown"),
    [(0.088, ["0.0%", "2.5%", "5.0%", "7.5%"]), (0.9, ["0%", "25%", "50%", "75%"]), (0.002, ["0.00%", "0.06%"])],
)
def test_an_axis_of_shares_has_the_decimals_that_its_ticks_need(highest: float, shown: list[str]) -> None:
    """2.5% written as 2% would put a mark where it does not belong."""
    plot, axes = new_plot(2)
    percent_axis(axes, highest)
    plot.draw_without_rendering()
    labels = [it.get_text() for it in axes.get_yticklabels()]
    assert labels[: len(shown)] == shown
    assert axes.get_ylim()[0] == 0
