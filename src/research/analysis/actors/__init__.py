"""03_actors: which countries and actors are talked about, by whom, and with whom?"""

from collections.abc import Mapping

from research.analysis.actors.charts import country_chart, matrix_chart, network_chart
from research.analysis.actors.compared import compared
from research.analysis.actors.headlines import ACTORS_ASKED, findings
from research.analysis.actors.tables import (
    ABOUT,
    ACTORS,
    BETWEEN,
    COUNTRIES,
    MENTIONS,
    SHOWN_BETWEEN,
    about,
    abroad,
    actors,
    between,
    countries,
    itself,
    mentions,
    spoken,
)
from research.analysis.actors.together import TOGETHER, together
from research.analysis.comparing import COMPARE, COMPARED_TABLE
from research.analysis.declaring import Count, Notebook, Table, as_written, number_of
from research.analysis.parameters import COPIES, LEAST_CONFIDENCE
from research.nlp.groups.joining import any_case

__all__ = [
    "ABOUT",
    "ACTORS",
    "BETWEEN",
    "COUNTRIES",
    "MENTIONS",
    "NOTEBOOK",
    "SHOWN_BETWEEN",
    "TOGETHER",
    "about",
    "actors",
    "between",
    "compared",
    "countries",
    "country_chart",
    "findings",
    "matrix_chart",
    "mentions",
    "network_chart",
    "together",
]

_EVERY = "actors.mentions"
_NUMBERS: Mapping[str, Count] = {"mentions": len, "n_documents": number_of("doc_id")}

NOTEBOOK = Notebook(
    "03_actors",
    layers=("counts", "kinds", "sentences", "text", "statements", "actors"),
    findings=findings,
    parameters=(ACTORS_ASKED, COMPARE, COPIES, LEAST_CONFIDENCE),
    tables={
        "compared": COMPARED_TABLE,
        "mentions": Table(
            findings=("actors.documents", "actors.mentions", "actors.countries"), words="text", verbatim=True
        ),
        "actors": Table(
            identity={"actor": any_case, "group": as_written},
            counts=_EVERY,
            numbers=_NUMBERS,
            findings=("actors.documents", "actors.mentions"),
        ),
        "countries": Table(
            identity={"country": as_written},
            counts=_EVERY,
            grouped=itself,
            numbers=_NUMBERS,
            findings=("actors.documents", "actors.mentions", "actors.countries"),
        ),
        "about": Table(
            identity={"speaker": any_case, "actor": any_case, "group": as_written},
            counts=_EVERY,
            grouped=spoken,
            numbers=_NUMBERS,
            findings=("actors.documents", "actors.mentions"),
        ),
        "between": Table(
            identity={"speaker_country": as_written, "country": as_written},
            counts=_EVERY,
            grouped=abroad,
            numbers=_NUMBERS,
            findings=("actors.countries",),
        ),
        "together": Table(
            identity={"actor": any_case, "other": any_case}, findings=("actors.together", "actors.countries")
        ),
    },
    figures={
        "compared": ("actors.compared",),
        "countries": ("actors.countries",),
        "between": ("actors.between",),
        "about": ("actors.about",),
        "network": ("actors.together",),
    },
)
