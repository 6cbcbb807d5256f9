"""A run whose collection says how to cite it."""

from pathlib import Path

import pytest
from pybtex.database import BibliographyData, parse_string

from research.loading import load
from research.outputs.citing.citations import cite
from research.outputs.folder.manifest import about, seal
from research.outputs.folder.run_folder import RunFolder
from tests.cited import write_citations

CITATION = {
    "author": "Doe, Jane; City Archive of Žďár",
    "title": "Dispatches from the harbour",
    "date": "2021-06",
    "doi": "https://doi.org/10.1234/harbour.1",
    "url": "https://example.org/harbour",
    "version": "2",
}


@pytest.fixture
def published(made: RunFolder, dispatches: Path) -> RunFolder:
    """The run of a collection that says how it is to be cited."""
    corpus = load(dispatches)
    corpus.citation = CITATION  # as its corpus.toml would have it
    corpus.report = {"author": "Roe, Richard"}
    said = about(made, corpus, made.manifest()["notebooks"])
    write_citations(made, said)
    seal(made, said)
    return made


def one(made: RunFolder, *keys: str, style: str = "apa") -> str:
    return cite(made, keys, style).text


def from_bibtex(text: str) -> BibliographyData:
    """The entries as pybtex reads them: it stops at an error, and at an entry or a field that is there twice."""
    return parse_string(text, "bibtex").entries
