"""Figures of 02_statements: whose words are reported, and how statements are introduced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from research.analysis import cues as heads
from research.analysis.figures import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    SKY,
    Figure,
    NotComputable,
    horizontal_bars,
    label_ends,
    new_plot,
    shortened,
    style,
)
from research.analysis.statements.floor import NO, YES
from research.analysis.statements.tables import COUNTS, KINDS
from research.analysis.statistics.uncertainty import rounded
from research.analysis.wording import capitalised, listed, percent, plural, quoted
from research.nlp.accuracy import TURN

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Plot

MOST_BARS = 12
"""The most speakers that get a bar each."""


def speech_chart(speakers: pd.DataFrame, sources: pd.DataFrame) -> Figure | NotComputable:
    """Draw whose words are reported, and how: the speakers with the most words, and below them all sources.

    The two parts have separate scales: in tens of thousands of documents no single speaker has much of the whole.
    """
    import pandas as pd

    words = int(sources["words"].sum())
    if not words:
        return NotComputable("The corpus has no attributed words, so there is nothing to draw.")
    drawn, rest = speakers.head(MOST_BARS), speakers.iloc[MOST_BARS:]
    title = "Named speakers" if rest.empty else f"The {len(drawn)} named speakers with the most words"
    parts = {
        title: drawn.rename(columns={"speaker": "name"}),
        "All sources": sources.rename(columns={"source": "name"}),
    }
    shown = {title: part[part["words"] > 0] for title, part in parts.items() if part["words"].any()}
    with style():
        plot = _stacked_bars(shown, words)
    data = pd.concat([part.assign(part=title) for title, part in shown.items()], ignore_index=True)
    return Figure(
        plot,
        data[["part", "name", *COUNTS]],
        caption="Share of all attributed words by source, in percent. Colours show direct, mixed and indirect speech"
        f"{', and turns of transcripts' if sources[f'{TURN}_words'].any() else ''}. "
        f"The two parts have separate scales.{_said_of_the_rest(rest, words)}{_said_of_alike(drawn)}",
        alt=f"Bar charts of {plural(words, 'attributed word')} by source."
        f"{_in_words(sources, 'source')}{_in_words(drawn.head(3), 'speaker')}",
    )


def _said_of_the_rest(rest: pd.DataFrame, words: int) -> str:
    if rest.empty:
        return ""
    share = percent(int(rest["words"].sum()) / words)
    are = "is" if len(rest) == 1 else "are"
    return f" {plural(len(rest), 'more named speaker')}, with {share} of the words, {are} only in “named speakers”."


def _said_of_alike(drawn: pd.DataFrame) -> str:
    """Return the sentence about bars that may be of one person because one name ends with the other."""
    alike = [f"{row.speaker} (with {row.see_also})" for row in drawn.itertuples() if isinstance(row.see_also, str)]
    if not alike:
        return ""
    more = f" and {len(alike) - _MOST_ALIKE:,} more" if len(alike) > _MOST_ALIKE else ""
    return f" Counted separately, though they may be the same person: {'; '.join(alike[:_MOST_ALIKE])}{more}."


_MOST_ALIKE = 6


def _in_words(table: pd.DataFrame, column: str) -> str:
    """Return the rows of a table that have words, as a sentence (“ Named speakers 82%.”)."""
    rows = zip(table[column], table["words"], table["share"], strict=True)
    shares = ", ".join(f"{name} {percent(share)}" for name, count, share in rows if count)
    return f" {capitalised(shares)}." if shares else ""


_COLOURS = {"direct": BLUE, "mixed": SKY, "indirect": ORANGE, "turn": GREEN}


def _stacked_bars(parts: Mapping[str, pd.DataFrame], words: int) -> Plot:
    """Draw a group of bars for each part, its title above it, and one legend below all."""
    rows = [len(part) for part in parts.values()]
    plot, axes = new_plot(height=1.1 + 0.7 * len(parts) + 0.3 * sum(rows))
    axes.remove()
    turns = any(part[f"{TURN}_words"].any() for part in parts.values())  # news has no colour for what it has not
    grid = plot.add_gridspec(len(parts), 1, height_ratios=rows)
    for row, (title, part) in enumerate(parts.items()):
        axes = plot.add_subplot(grid[row])
        _bars_by_kind(axes, part, words, turns=turns)
        axes.set_title(title)
    axes.set_xlabel("percent of all attributed words")
    plot.legend(*axes.get_legend_handles_labels(), loc="outside lower right", ncols=len(KINDS), frameon=False)
    return plot


def _bars_by_kind(axes: Axes, part: pd.DataFrame, words: int, *, turns: bool) -> None:
    labels = [shortened(name, 28) for name in part["name"]]
    before = part["words"] * 0.0
    for kind in [it for it in KINDS if it != TURN or turns]:
        width = 100 * part[f"{kind}_words"] / words
        bars = axes.barh(range(len(part)), width, left=before, color=_COLOURS[kind], height=0.7, label=kind)
        before = before + width
    ends = [
        f"{percent(share)} · {plural(count, 'word')}" for share, count in zip(part["share"], part["words"], strict=True)
    ]
    label_ends(axes, bars, ends)
    axes.set_yticks(range(len(part)), labels)
    axes.set_ylim(len(part) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    _room_for_ends(axes, float(before.max()), 1.5)


def _room_for_ends(axes: Axes, longest: float, times: float) -> None:
    """Leave room for the labels at the ends of bars, without ticks beyond 100 percent."""
    room = times * longest
    axes.set_xlim(0, room)
    axes.set_xticks([tick for tick in axes.get_xticks() if tick <= min(100, room)])
    axes.spines["bottom"].set_bounds(0, min(100, room))


def floor_chart(floor: pd.DataFrame) -> Figure | NotComputable:
    """Draw who has the floor in turns: those with the most words, by name, by role or by label."""
    words = int(floor["words"].sum())
    if not words:
        return NotComputable("The corpus has no turns of a transcript, so there is nothing to draw.")
    drawn = floor[floor["words"] > 0].head(MOST_BARS)
    rest = floor.iloc[len(drawn) :]
    with style():
        plot, axes = new_plot(height=1.5 + 0.3 * len(drawn))
        widths = 100 * drawn["words"] / words
        colours = [BLUE if named == YES else GREY for named in drawn["named"]]
        bars = axes.barh(range(len(drawn)), widths, color=colours, height=0.7)
        ends = [
            f"{percent(share)} · {plural(n, 'word')} · {plural(turns, 'turn')}"
            for share, n, turns in zip(drawn["share"], drawn["words"], drawn["turns"], strict=True)
        ]
        label_ends(axes, bars, ends)
        axes.set_yticks(range(len(drawn)), [shortened(name, 28) for name in drawn["who"]])
        axes.set_ylim(len(drawn) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        _room_for_ends(axes, float(widths.max()), 1.9)
        axes.set_xlabel("percent of the words in turns")
        axes.set_title("Who has the floor" if rest.empty else f"The {len(drawn)} with the most words in turns")
        _legend_of_names(plot, drawn)
    return Figure(
        plot,
        floor,
        caption="Share of the words in the turns of transcripts by who has the floor, in percent. Speakers without a "
        f"name are counted by role or by label.{_floor_of_the_rest(rest, words)}",
        alt=f"Bar chart of {plural(words, 'word')} in {plural(int(floor['turns'].sum()), 'turn')} by who has the floor."
        f"{_in_words(drawn.head(5), 'who')}",
    )


def _legend_of_names(plot: Plot, drawn: pd.DataFrame) -> None:
    from matplotlib.patches import Patch

    kinds = ((YES, BLUE, "with a name"), (NO, GREY, "without a name"))
    patches = [Patch(color=colour, label=label) for named, colour, label in kinds if named in set(drawn["named"])]
    plot.legend(handles=patches, loc="outside lower right", ncols=2, frameon=False)


def _floor_of_the_rest(rest: pd.DataFrame, words: int) -> str:
    if rest.empty:
        return ""
    share = percent(int(rest["words"].sum()) / words)
    more = plural(len(rest), "more speaker or role", "more speakers and roles")
    return f" Not drawn: {more}, with {share} of the words."


def cue_chart(cues: pd.DataFrame) -> Figure | NotComputable:
    """Draw the classes of cues as bars, each with its most frequent verbs."""
    import pandas as pd

    if cues.empty:
        return NotComputable("The corpus has no statement, so there is no cue to draw.")
    by_class = cues.groupby("cue_class")["attributions"].sum()
    found = sorted(by_class.index, key=lambda name: (name == heads.NONE, name == heads.OTHER, -by_class[name], name))
    labels = [_with_examples(name, cues) for name in found]
    counts = [int(by_class[name]) for name in found]
    with style():
        plot, axes = new_plot(height=1.2 + 0.3 * len(found))
        horizontal_bars(axes, labels, counts, "statements")
        axes.set_title("How statements are introduced")
    absent = [name for name in heads.classes() if name not in by_class.index]
    without = f" Classes without a statement: {listed([quoted(it) for it in absent])}." if absent else ""
    share = [rounded(count / sum(counts)) for count in counts]
    in_order = ", ".join(f"{name} {count:,}" for name, count in zip(found, counts, strict=True))
    return Figure(
        plot,
        pd.DataFrame({"cue_class": found, "examples": labels, "attributions": counts, "share": share}),
        caption="Statements by the class of their cue, each with its most frequent verbs or words. “Other”: no word of "
        f"the cue is in the list. “None”: a mark such as a colon, or no cue at all.{without}",
        alt=f"Bar chart of {plural(sum(counts), 'statement')} by the class of the cue: {in_order}.",
    )


def _with_examples(cue_class: str, cues: pd.DataFrame) -> str:
    if cue_class in (heads.OTHER, heads.NONE):
        return cue_class
    return f"{cue_class}: {', '.join(cues.loc[cues['cue_class'] == cue_class, 'head'].head(3))}"
