"""Figures of 03_actors: which countries are named, who names whom, and who is named together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, degrees, pi, sin
from typing import TYPE_CHECKING, NamedTuple

from research.analysis.actors.tables import BLOC, BODY, COUNTRY, PERSON, PLACE
from research.analysis.articles import the
from research.analysis.figures import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    Figure,
    NotComputable,
    horizontal_bars,
    new_plot,
    shortened,
    style,
)
from research.analysis.statistics.uncertainty import FEWEST_DOCUMENTS
from research.analysis.wording import listed, percent, plural

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST_BARS = 20
MOST_ROWS, MOST_COLUMNS = 15, 12
MOST_NODES, MOST_TIES = 30, 60
FEWEST_ROWS = 2
"""The fewest rows of a matrix: with one, a table says as much."""


def country_chart(countries: pd.DataFrame, mentions: pd.DataFrame) -> Figure | NotComputable:
    """Draw in how many documents each country is named, or how often where there are fewer than ten documents."""
    named = countries[countries["mentions"] > 0]
    if named.empty:
        return NotComputable("No document names a country, so there is nothing to draw.")
    documents = mentions["doc_id"].nunique()
    by, unit = ("n_documents", "documents") if documents >= FEWEST_DOCUMENTS else ("mentions", "mentions")
    named = named.sort_values([by, "mentions", "name"], ascending=[False, False, True], ignore_index=True)
    drawn, rest = named.head(MOST_BARS), named.iloc[MOST_BARS:]
    most = "named in the most documents" if unit == "documents" else "named most"
    with style():
        plot, axes = new_plot(height=1.2 + 0.3 * len(drawn))
        horizontal_bars(axes, drawn["name"].tolist(), drawn[by].tolist(), unit)
        axes.set_title("Countries named" if rest.empty else f"The {len(drawn)} countries {most}")
    first = [f"{the(name)} ({n:,})" for name, n in zip(drawn["name"].head(5), drawn[by].head(5), strict=True)]
    others = plural(len(rest), "more country", "more countries")
    of_each = f"How many of the {documents:,} documents name each country"
    what = of_each if unit == "documents" else "How often each country is mentioned"
    return Figure(
        plot,
        named[["country", "name", "n_documents", "mentions"]],
        caption=f"{what}, by name, nationality or abbreviation."
        f"{'' if rest.empty else f' Not drawn: {others}; the data list all.'}",
        alt=f"Bar chart of the {unit} of {plural(len(named), 'country', 'countries')}. "
        f"The first {'is' if len(first) == 1 else 'are'} {listed(first)}.",
    )


# --- who names whom ---


def matrix_chart(table: pd.DataFrame, by: str, of: str, title: str, noun: str) -> Figure | NotComputable:
    """Draw who names whom as a matrix of shares: a row adds up to 100% over all actors, drawn or not.

    ``by`` and ``of`` are the columns of ``about`` or ``between`` for rows and columns; ``noun`` is what a row is.
    """
    rows = _first(table, by, MOST_ROWS)
    columns = _first(table[table[by].isin(rows)], of, MOST_COLUMNS)
    if len(rows) < FEWEST_ROWS or not columns:
        return NotComputable(
            f"A matrix takes at least {FEWEST_ROWS} {noun} who name others; the table has what there is."
        )
    cells = table[table[by].isin(rows) & table[of].isin(columns)].pivot_table(
        index=by, columns=of, values="share", aggfunc="sum", fill_value=0.0
    )
    shares = cells.reindex(index=rows, columns=columns, fill_value=0.0)
    with style():
        plot, axes = new_plot(height=1.9 + 0.32 * len(rows), width=8.5)
        _draw_matrix(axes, shares)
        axes.set_title(f"{title}, percent of the mentions in a row")
    return Figure(
        plot,
        table,
        caption="How the mentions in each row divide, in percent; over all that are named, drawn or not, a row adds up "
        f"to 100. The rows are the {len(rows)} {noun} with the most mentions, of {table[by].nunique():,}; the columns "
        f"are the {len(columns)} that they name most often, of {table[of].nunique():,}.",
        alt=f"Matrix of {len(rows)} {noun} by {len(columns)} actors. {_strongest(shares)}",
    )


def _first(table: pd.DataFrame, column: str, most: int) -> list[str]:
    totals = table.groupby(column)["mentions"].sum()
    return sorted(totals.index, key=lambda name: (-int(totals[name]), str(name)))[:most]


def _draw_matrix(axes: Axes, shares: pd.DataFrame) -> None:
    values = 100 * shares.to_numpy()
    strongest = max(float(values.max()), 1.0)
    axes.grid(visible=False)
    axes.imshow(values, cmap="Blues", vmin=0, vmax=strongest, aspect="auto")
    for row in range(values.shape[0]):
        for column in range(values.shape[1]):
            value = float(values[row, column])
            if value:
                colour = "white" if value > 0.6 * strongest else "black"
                written = f"{value:.0f}" if value >= 1 else "<1"
                axes.text(column, row, written, ha="center", va="center", fontsize=8, color=colour)
    axes.set_xticks(
        range(len(shares.columns)), [shortened(str(it), 18) for it in shares.columns], rotation=35, ha="right"
    )
    axes.set_yticks(range(len(shares.index)), [shortened(str(it), 28) for it in shares.index])
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _strongest(shares: pd.DataFrame) -> str:
    """Return whom the first five rows name most, of what is drawn."""
    said = []
    for who, row in shares[shares.any(axis=1)].head(5).iterrows():
        most = [the(str(name)) for name in row.index[row == row.max()]]
        said.append(
            f"{the(str(who))} names {listed(most)} most ({percent(float(row.max()))}{' each' * (len(most) > 1)})"
        )
    return f"Of the actors drawn, {'; '.join(said)}."


# --- who is named together ---

_COLOURS: Mapping[str, tuple[str, str]] = {
    COUNTRY: (BLUE, "o"),
    PLACE: (BLUE, "o"),  # drawn only where no country is named
    BLOC: (ORANGE, "s"),
    BODY: (GREEN, "D"),
    PERSON: (GREY, "^"),
}
"""Colour and marker of each group, so that nobody depends on colour alone."""
_NAMES = {COUNTRY: "countries", PLACE: "places", BLOC: "blocs", BODY: "organisations", PERSON: "persons"}
FEWEST_SENTENCES, FEWEST_NODES = 2, 5


class _Tie(NamedTuple):
    one: str
    other: str
    sentences: int


def network_chart(together: pd.DataFrame, actors: pd.DataFrame) -> Figure | NotComputable:
    """Draw the actors that are named together in one sentence, on a circle, with the strongest ties.

    Actors next to each other are tied: the circle starts with the actor of the strongest tie and goes on with whoever
    is most strongly tied to the last one. The layout depends on the counts alone.
    """
    often = together[together["sentences"] >= FEWEST_SENTENCES]
    ties, nodes = _strongest_ties(often)
    if len(nodes) < FEWEST_NODES:
        return NotComputable(
            f"Fewer than {FEWEST_NODES} actors are named together in {FEWEST_SENTENCES} or more sentences, so there is "
            "no network to draw; the table lists the pairs."
        )
    order = _around(nodes, ties)
    group = dict(zip(actors["actor"], actors["group"], strict=True))
    documents = dict(zip(actors["actor"], actors["n_documents"], strict=True))
    with style():
        plot, axes = new_plot(height=7.5, width=7.5)
        _draw_network(axes, order, ties, group, documents)
        axes.set_title("Named together in one sentence")
    strongest = [f"{the(tie.one)} and {the(tie.other)} ({plural(tie.sentences, 'sentence')})" for tie in ties[:3]]
    import pandas as pd

    return Figure(
        plot,
        pd.DataFrame(ties),
        caption=f"The {len(ties)} strongest ties among {len(order)} actors. Wide ties: many sentences name both; "
        f"large marks: many documents name the actor. Ties of fewer than {FEWEST_SENTENCES} sentences are not "
        "drawn. Position on the circle has no meaning.",
        alt=f"Network of {len(order)} actors on a circle with {plural(len(ties), 'tie')}. The strongest are between "
        f"{listed(strongest)}.",
    )


def _strongest_ties(together: pd.DataFrame) -> tuple[list[_Tie], list[str]]:
    """Return the ties to draw, the strongest first, and their actors."""
    ties: list[_Tie] = []
    nodes: dict[str, None] = {}
    for one, other, sentences in zip(together["actor"], together["other"], together["sentences"], strict=True):
        if len(ties) == MOST_TIES:
            break
        if len(nodes.keys() | {one, other}) <= MOST_NODES:
            nodes |= {one: None, other: None}
            ties.append(_Tie(str(one), str(other), int(sentences)))
    return ties, list(nodes)


def _around(nodes: Sequence[str], ties: Sequence[_Tie]) -> list[str]:
    strength: dict[str, dict[str, int]] = {name: {} for name in nodes}
    for one, other, sentences in ties:
        strength[one][other] = strength[other][one] = sentences
    order = [ties[0].one]
    while len(order) < len(nodes):
        last = strength[order[-1]]
        left = [name for name in nodes if name not in order]
        order.append(min(left, key=lambda name: (-last.get(name, 0), -sum(strength[name].values()), name)))
    return order


def _draw_network(
    axes: Axes,
    order: Sequence[str],
    ties: Sequence[_Tie],
    group: Mapping[str, str],
    documents: Mapping[str, int],
) -> None:
    place = {name: (cos(2 * pi * n / len(order)), sin(2 * pi * n / len(order))) for n, name in enumerate(order)}
    strongest, most = ties[0].sentences, max(documents[name] for name in order)
    for one, other, sentences in reversed(ties):
        (x, y), (u, v) = place[one], place[other]
        axes.plot((x, u), (y, v), color=GREY, alpha=0.45, linewidth=0.6 + 5 * sentences / strongest, zorder=1)
    for its, (colour, marker) in _COLOURS.items():
        names = [name for name in order if group[name] == its]
        if names:
            sizes = [40 + 260 * documents[name] / most for name in names]
            across, up = [place[name][0] for name in names], [place[name][1] for name in names]
            axes.scatter(across, up, s=sizes, color=colour, marker=marker, label=_NAMES[its], zorder=2)
    for n, name in enumerate(order):
        _write_outside(axes, shortened(name, 24), 2 * pi * n / len(order))
    axes.set_xlim(-1.75, 1.75)
    axes.set_ylim(-1.6, 1.6)
    axes.set_aspect("equal")
    axes.axis("off")
    legend = axes.legend(loc="lower right", frameon=False, fontsize=9)
    for handle in legend.legend_handles:
        if handle is not None and hasattr(handle, "set_sizes"):
            handle.set_sizes([60])


def _write_outside(axes: Axes, label: str, angle: float) -> None:
    """Write a label along the ray from the centre, never upside down."""
    left = pi / 2 < angle < 3 * pi / 2
    axes.text(
        1.1 * cos(angle),
        1.1 * sin(angle),
        label,
        rotation=degrees(angle) + (180 if left else 0),
        rotation_mode="anchor",
        ha="right" if left else "left",
        va="center",
        fontsize=9,
    )
