"""An annotator is one module and one entry in the list; a layer's version is that of its files and needs alone."""

import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from research import Annotations, annotate, load
from research.loading import Corpus, Document
from research.nlp import layers, versions
from research.nlp.annotate import annotate_document
from research.nlp.annotated import AnnotatedDocument
from research.nlp.cache import Cache
from research.nlp.layers import LAYERS, Layer
from research.outputs.extract import extract
from research.outputs.folder.run_folder import RunFolder
from tests.nlp import vowels
from tests.nlp.vowels import Vowel

WRITTEN = {"attributions", "mentions", "times", "quantities", "claims"}
"""The tables that ``research extract`` writes."""


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """Two documents, and a cache folder of one's own."""
    monkeypatch.setenv("RESEARCH_CACHE", str(tmp_path / "cache"))
    (tmp_path / "texts").mkdir()
    for name, text in {"a": "An old dam holds.", "b": "Ira is here."}.items():
        (tmp_path / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    return load(tmp_path / "texts")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents for which the tests' annotator was called, now that it is in the list."""
    asked: list[str] = []

    def counting(document: Document, needed: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
        asked.append(document.id)
        return vowels.annotate(document, needed)

    monkeypatch.setattr(layers, "LAYERS", (*LAYERS, replace(vowels.LAYER, make=counting)))
    return asked


# --- an annotator that only the tests have ---


def test_a_further_layer_is_made_cached_and_tabulated(corpus: Corpus, made: list[str]) -> None:
    annotations = annotate(corpus, layers=["vowels"])
    table = annotations.vowels
    assert table.columns.tolist() == ["doc_id", *Vowel.columns]
    assert table.to_numpy().tolist() == [
        ["a", 0, 2, "An", 0],
        ["a", 3, 6, "old", 1],
        ["b", 0, 3, "Ira", 0],
        ["b", 4, 6, "is", 1],
    ]
    assert annotations.frame("vowels").equals(table)
    assert made == corpus.ids, "made once, and kept"
    [first, _] = annotations
    assert first.records("vowels") == [Vowel(0, 2, 0), Vowel(3, 6, 1)]
    assert made == corpus.ids


def test_a_further_layer_is_made_when_a_document_is_asked_for_it(corpus: Corpus, made: list[str]) -> None:
    found = list(Annotations(corpus, layers=["counts"]))
    assert made == []
    assert [len(it.records("vowels")) for it in found] == [2, 2]
    assert [len(it.records("vowels")) for it in Annotations(corpus)] == [2, 2]
    assert made == corpus.ids


def test_a_further_layer_is_given_what_it_needs_from_the_cache(
    corpus: Corpus, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    annotate(corpus, layers=["text"])
    monkeypatch.setattr("research.nlp.text.annotator.sentence_tokens", None)  # they are not found again
    annotate(corpus, layers=["vowels"])
    assert made == corpus.ids


def test_a_layer_that_is_needed_is_made_where_the_cache_has_lost_it(corpus: Corpus, made: list[str]) -> None:
    annotate(corpus, layers=["text"])
    with Cache() as opened:
        opened._run("update annotations set tables = x'00'")
    annotate(corpus, layers=["vowels"])
    assert made == corpus.ids
    with Cache() as opened:
        assert all(opened.get(it.digest, f"text {layers.version('text')}") for it in corpus)


def test_a_further_layer_is_extracted_as_its_records_say(corpus: Corpus, made: list[str]) -> None:
    lines = [json.loads(line) for line in extract(corpus)]
    assert [line["vowels"] for line in lines] == [
        [{"start": 3, "end": 6, "number": 1}],
        [{"start": 4, "end": 6, "number": 1}],
    ]
    assert all(line.keys() == {"doc", "sha256", "date", *WRITTEN, "vowels"} for line in lines)


def test_extracting_makes_no_tokens(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """They take as long as figures, and nothing that is extracted needs them."""
    monkeypatch.setattr("research.nlp.text.annotator.sentence_tokens", None)
    assert len(list(extract(corpus))) == len(corpus)


def test_a_run_folder_keeps_a_further_layer_and_reads_it_back(corpus: Corpus, made: list[str], tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run")
    folder.write_annotations(Annotations(corpus, layers=["vowels"]))
    assert [record["vowels"] for record in folder.annotations()] == [it.tables["vowels"] for it in Annotations(corpus)]


def test_a_further_layer_has_its_own_version(corpus: Corpus, made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    known = {name: layers.version(name) for name in layers.names()}
    assert len(set(known.values())) == len(layers.LAYERS)
    annotate(corpus)
    made.clear()
    changed = replace(layers.LAYERS[-1], libraries=("pandas",))
    monkeypatch.setattr(layers, "LAYERS", (*LAYERS, changed))
    assert {name for name, version in known.items() if layers.version(name) != version} == {"vowels"}
    annotate(corpus)
    assert made == corpus.ids


def test_a_layer_that_is_not_in_the_list_has_no_version(corpus: Corpus) -> None:
    for name in ("vowels", "Text", ""):
        with pytest.raises(KeyError, match="no layer is called"):
            layers.version(name)
        with pytest.raises(KeyError, match="no layer is called"):
            Annotations(corpus, layers=[name])
    annotations = Annotations(corpus)
    for name in ("vowels", "__deepcopy__"):
        with pytest.raises(AttributeError):
            getattr(annotations, name)
    for name in ("vowels", "counts"):  # the counts are no table of spans
        with pytest.raises(KeyError):
            annotations.frame(name)


def test_a_layer_makes_the_tables_that_it_declares_from_those_of_its_needs(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layers, "LAYERS", (*LAYERS, replace(vowels.LAYER, tables={"vowels": Vowel, "others": Vowel})))
    with pytest.raises(ValueError, match="the layer vowels declares vowels, others and made vowels"):
        annotate(corpus, layers=["vowels"])
    monkeypatch.setattr(layers, "LAYERS", (*LAYERS, replace(vowels.LAYER, needs=("counts",))))
    with pytest.raises(KeyError, match="tokens"):
        annotate(corpus, layers=["text", "vowels"])


# --- the list ---


def test_every_table_is_of_one_layer_which_comes_after_those_that_it_needs() -> None:
    tables = [table for layer in LAYERS for table in layer.tables]
    assert len(tables) == len(set(tables))
    seen: set[str] = set()
    for layer in LAYERS:
        assert set(layer.needs) <= seen
        seen.add(layer.name)
    assert {"counts", "text", "statements"} <= seen


def test_records_survive_being_written(root: Path) -> None:
    [document] = load(root / "seeds")
    annotated = AnnotatedDocument(document, annotate_document(document))
    for layer in LAYERS:
        for table in (table for table, record_type in layer.tables.items() if record_type is not None):
            written = [it.record(document.text) for it in annotated.records(table)]
            assert json.loads(json.dumps(written)) == annotated.tables[table]


# --- versions ---


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package, of which versions are taken."""
    return Path(shutil.copytree(versions.PACKAGE, tmp_path / "copy", ignore=shutil.ignore_patterns("__pycache__")))


def version(name: str, package: Path) -> str:
    layers._version.cache_clear()
    return layers._version(layers.layer(name), package)


def test_a_version_is_that_of_the_files_wherever_the_package_is(package: Path) -> None:
    os.utime(package / "nlp" / "records.py", (0, 0))
    (package / "nlp" / "names" / "__pycache__").mkdir()
    (package / "nlp" / "names" / "__pycache__" / "cast.pyc").write_bytes(b"compiled")
    for name in layers.names():
        assert version(name, package) == layers.version(name)


ON_TIMES = {"times", "quantities", "claims"}
"""The layer of times, and those that need it."""
ON_TURNS = {"kinds", "text", "counts"}
"""The layer that finds the labels of turns, and those that leave them out."""
ON_STATEMENTS = {"statements", "actors", "quantities", "claims"}
OF_LAYERS = {
    "nlp/text/tokenization.py": {"text", "counts"},
    "nlp/text/words.py": {"text", "counts", "claims"},
    "nlp/counts.py": {"counts"},
    "nlp/text/segmentation.py": {"sentences", "text", "counts", *ON_STATEMENTS, *ON_TIMES},
    "nlp/models/punkt.json": {"sentences", "text", "counts", *ON_STATEMENTS, *ON_TIMES},
    "nlp/english.py": {"counts", *ON_STATEMENTS, *ON_TIMES},
    "loading/languages.py": {"counts", *ON_STATEMENTS, *ON_TIMES},
    "nlp/models/encoder.onnx": ON_STATEMENTS,
    "nlp/lexicon/roles.txt": {*ON_TURNS, *ON_STATEMENTS},
    "nlp/lexicon/turns.txt": {*ON_TURNS, *ON_STATEMENTS},
    "nlp/statements/turns.py": {*ON_TURNS, *ON_STATEMENTS},
    "nlp/names/speakers.py": ON_STATEMENTS,
    "nlp/statements/decoding.py": ON_STATEMENTS,
    "nlp/actors/offices.py": {"actors", "quantities", "claims"},
    "nlp/times/periods.py": ON_TIMES,
    "nlp/quantities/units.py": {"quantities", "claims"},
    "nlp/claims/reasons.py": {"claims"},
    "nlp/models/accuracy.json": set(),
    "nlp/models/MODEL_CARD.md": set(),
    "nlp/text/vocabulary.py": set(),
    "nlp/layers.py": set(),
    "nlp/annotate.py": set(),
    "nlp/cache.py": set(),
    "loading/readers.py": set(),
}


@pytest.mark.parametrize(("file", "changed"), OF_LAYERS.items())
def test_a_version_changes_with_the_files_of_the_layer_and_of_its_needs_alone(
    package: Path, file: str, changed: set[str]
) -> None:
    (package / file).write_bytes((package / file).read_bytes() + b"\n")
    assert {name for name in layers.names() if version(name, package) != layers.version(name)} == changed


def test_a_version_changes_when_a_file_is_renamed_added_or_removed(package: Path) -> None:
    found = {version("statements", package)}
    names = package / "nlp" / "names"
    (names / "titles.py").rename(names / "offices.py")
    found.add(version("statements", package))
    (names / "new.txt").touch()
    found.add(version("statements", package))
    (names / "heads.py").unlink()
    found.add(version("statements", package))
    assert len(found) == 4


def test_a_file_that_is_declared_and_missing_is_an_error(package: Path) -> None:
    (package / "nlp" / "counts.py").unlink()
    with pytest.raises(FileNotFoundError):
        version("counts", package)


def test_a_version_changes_with_the_releases_of_libraries(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tokens are NLTK's: those of an earlier release must not come out of the cache."""
    before = {name: layers.version(name) for name in layers.names()}
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "0.0")
    assert all((version(it.name, package) != before[it.name]) == bool(it.libraries) for it in LAYERS)


PROGRAM = """
import importlib, json, sys
from pathlib import Path

package, module, needs = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
opened, ran = set(), set()
sys.addaudithook(lambda event, of: opened.add(str(of[0])) if event == "open" else None)
makers = [importlib.import_module(name).annotate for name in (*needs, module)]
from research.loading import Document, Origin, Span

text = (
    "President Ada Okell said on Monday that nothing is lost. “We know,” Mr. Lee added. "
    "This is what she said in France.\\n\\n"
    "« Nous ne voulons pas de cette guerre, et nous ne la voulons pour personne dans notre pays », a dit le maire."
    "\\n\\n"
    "Mr. Ray (Liberal): Nothing?\\n\\nMs. Lee: Nothing.\\n\\nMr. Ray (Liberal): Well.\\n\\nMs. Lee: Well.\\n"
)
tables = {}
for round, said in enumerate((text, text + "The end."), start=1):
    # In the first round libraries are still being imported, and run code that has no part in the result.
    ran.clear()
    document = Document("a", said, Span(0, len(said)), Origin("a", "", ""))
    sys.setprofile(lambda frame, event, _: ran.add(frame.f_code.co_filename) if event == "call" else None)
    for make in makers:
        tables |= make(document, tables)
    sys.setprofile(None)
modules = {m.__file__ for m in list(sys.modules.values()) if getattr(m, "__file__", None)}
# Of the room nlp: all that is imported or opened. Of the room loading, which is imported whole: the code that ran.
used = {p for p in map(Path, modules | opened) if p.is_relative_to(package / "nlp")}
used |= {p for p in map(Path, ran) if p.is_relative_to(package / "loading")}
distributions = {p.parts[p.parts.index("site-packages") + 1] for p in map(Path, ran) if "site-packages" in p.parts}
print(json.dumps([sorted(p.relative_to(package).as_posix() for p in used), sorted(distributions), list(tables)]))
"""


def covered(file: str, layer: Layer) -> bool:
    declared = [it for each in layers.with_needs([layer.name]) for it in each.files]
    return any(file == it or file.startswith(f"{it}/") for it in declared)


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: str(layer.name))
def test_a_layer_declares_every_file_and_library_that_it_uses(layer: Layer) -> None:
    """Python itself says which files are opened, which modules are imported and which code runs for one document."""
    chain = [it.make.__module__ for it in layers.with_needs([layer.name])]
    done = subprocess.run(
        [sys.executable, "-B", "-c", PROGRAM, str(versions.PACKAGE), chain[-1], *chain[:-1]],
        capture_output=True,
        text=True,
        check=True,
    )
    files, distributions, tables = json.loads(done.stdout)
    # A package's __init__ has no part in a result.
    used = {name for name in files if "__pycache__" not in name and not name.endswith("/__init__.py")}
    assert {name for name in used if not covered(name, layer)} == set()
    assert set(layer.tables) <= set(tables), "everything was made"
    declared = {it for each in layers.with_needs([layer.name]) for it in each.libraries}
    assert set(distributions) <= declared
    # Nor is anything declared that is not used, as a change of it would make every result stale in vain. The models are
    # opened by libraries that Python does not see into, and layers.py imports the records for all. A list is read where
    # a plural is in doubt, and dates where a document has one.
    unseen = {"nlp/models/encoder.onnx", "nlp/models/tokenizer.json", "nlp/lexicon/not_plurals.txt"}
    unseen |= {"loading/dates.py", "loading/months.py"}
    assert {it for it in layer.files if (versions.PACKAGE / it).is_file()} - used - unseen == set()


def test_importing_the_list_of_layers_loads_no_model() -> None:
    heavy = {"numpy", "onnxruntime", "nltk", "tokenizers", "pandas"}
    program = f"import sys, research.nlp.layers; print(*{heavy!r} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
