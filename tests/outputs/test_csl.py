"""What is written for programs that cite: CSL-JSON as its schema has it, set by a processor that is not Pandoc."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from research.outputs.citing.citations import cite
from research.outputs.folder.run_folder import RunFolder

# The part of csl-data.json, the schema of CSL 1.0.2, that is used here: its types, its names of fields, their forms.
TYPES = {"article-newspaper", "dataset", "document", "graphic"}
TEXTS = ("title", "title-short", "genre", "container-title", "version", "DOI", "URL", "note")
NAMES = ("family", "given", "non-dropping-particle", "suffix", "literal")
SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type", "title"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string"},
            "type": {"enum": sorted(TYPES)},
            **{name: {"type": "string", "minLength": 1} for name in TEXTS},
            "author": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {name: {"type": "string", "minLength": 1} for name in NAMES},
                    "oneOf": [{"required": ["literal"]}, {"required": ["family", "given"]}],
                },
            },
            "issued": {
                "type": "object",
                "additionalProperties": False,
                "required": ["date-parts"],
                "properties": {
                    "date-parts": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 1,
                        "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
                    }
                },
            },
        },
    },
}


@pytest.fixture
def entries(made: RunFolder) -> list[dict[str, Any]]:
    return json.loads((made.path / "findings.csl.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_csl_json_keeps_to_its_schema(entries: list[dict[str, Any]], made: RunFolder, root: Path) -> None:
    seeds = json.loads((root / "outputs" / "seeds" / "findings.csl.json").read_text(encoding="utf-8"))
    for written in (entries, seeds, json.loads(cite(made, ["documents/strike"], "csl-json").text)):
        jsonschema.validate(written, SCHEMA)
        assert len({entry["id"] for entry in written}) == len(written)


def test_a_field_of_another_form_would_be_found(entries: list[dict[str, Any]]) -> None:
    for wrong in ({"type": "finding"}, {"issued": "2021"}, {"publisher": ""}, {"author": [{"name": "x"}]}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate([{**entries[0], **wrong}], SCHEMA)


@pytest.mark.parametrize("style", ["harvard-cite-them-right", "numbered"])
def test_another_processor_sets_every_entry(
    made: RunFolder, entries: list[dict[str, Any]], root: Path, style: str
) -> None:
    """citeproc-py, with its own style and with that of the examples, which it holds against the schema of CSL."""
    citeproc = pytest.importorskip("citeproc", reason="citeproc-py is not installed (make test)")
    from citeproc.source.json import CiteProcJSON

    place = root / "examples" / "reports" / "numbered.csl"
    chosen = citeproc.CitationStylesStyle(str(place) if style == "numbered" else style)
    bibliography = citeproc.CitationStylesBibliography(chosen, CiteProcJSON(entries), citeproc.formatter.plain)
    for entry in entries:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(entry["id"])]))
    text = "\n".join(str(line) for line in bibliography.bibliography())
    assert len(text.splitlines()) == len(entries)
    for finding in made.findings:
        assert finding.statement.removesuffix(".").partition(";")[0] in text
        if style == "numbered":
            assert f"Finding {finding.key}, version {finding.version}" in text
