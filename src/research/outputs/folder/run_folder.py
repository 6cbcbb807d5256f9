"""A run folder: read and write its tables, figures, findings, evidence and manifest.

``outputs.run_files`` lists all of its files.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shlex
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import cached_property, partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

from research.analysis import notebooks
from research.analysis.evidence import Evidence, Passage, room_for_temporary_rows, temporary_rows
from research.analysis.figures import Figure
from research.analysis.findings import Finding
from research.errors import RunError, UsageError
from research.loading import Corpus, Document, Rejected
from research.loading.corpus import Progress
from research.loading.places import home, is_there
from research.nlp import layers
from research.outputs.folder.writing import (
    csv_text,
    json_line,
    json_text,
    read_csv,
    read_frame,
    read_regular,
    refuse_irregular,
    write_bytes,
    write_csv,
    write_frame,
    write_lines,
    write_text,
)
from research.outputs.showing.rendering import png, svg

if TYPE_CHECKING:
    import pandas as pd

    from research.nlp.annotate import Annotations

ANNOTATIONS = "annotations.jsonl.gz"
ANCHORS = "annotations.jsonld.gz"
FINDINGS = "findings.json"
REPORT = "report.html"
WORKBOOK = "tables.xlsx"
_LONGEST_LINE = 500_000_000
"""The most bytes of one document's annotations, several times those of the largest possible document."""
_LARGEST_MANIFEST = 500_000_000
"""The most bytes of a manifest or a list of findings: the manifest of a million documents has 300 million."""
_FOLDERS = ("evidence", "figures", "notebooks", "report", "tables")
_FOR_READING = "Columns for reading: "
_EVIDENCE = ("key", *Passage._fields)


class RunFolder:
    """A run folder at a path. Nothing is read or written until it is needed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def named(cls, run: str) -> RunFolder:
        """The run folder at a path, or with that name under ``outputs/``. Raises ``UsageError``."""
        for path in (Path(run), Path("outputs") / run, home() / "outputs" / run):
            if is_there(path / "manifest.json") or is_there(path / "findings.json"):
                return cls(path)
        raise UsageError(
            f"There is no run {run!r}: neither that path nor a folder of that name under outputs/ has a manifest.json. "
            f"Make it with: research run SOURCE{_options_for(Path(run))}"
        )

    @property
    def name(self) -> str | None:
        """The name of a new run in this folder: that of the folder; None if no run can have that name."""
        name = self.path.resolve().name
        return name if can_be_a_run(name) else None

    @property
    def manifest_path(self) -> Path:
        """The file that lists all the others."""
        return self.path / "manifest.json"

    @property
    def part_path(self) -> Path:
        """A marker file: the folder is that of one notebook of a run, which writes the shared files itself later.

        The run writes the digest of its corpus into it; the notebook, at its end, the list of its files.
        """
        return self.path / ".part-of-a-run"

    def write_receipt(self, files: Iterable[str]) -> None:
        """Write into the marker file which files the notebook has written."""
        write_text(self.part_path, json_text(sorted(files)))

    def receipt(self) -> set[str]:
        """The files that the notebook says it has written. Raises OSError or ValueError where it says nothing."""
        return set(json.loads(self.part_path.read_text(encoding="utf-8")))

    def refuse_links(self) -> None:
        """Raise ``UsageError`` where a link is in the place of a folder of the run: nothing is written through it."""
        for part in _FOLDERS:
            if (self.path / part).is_symlink():
                raise UsageError(f"{self.path / part} is a link, and runs do not write through links. Remove it first.")

    @property
    def has_web_annotations(self) -> bool:
        """Whether the run lists every passage as a W3C Web Annotation; a new run does. Raises as ``manifest``."""
        return not self.manifest_path.exists() or ANCHORS in self.manifest()["outputs"]

    def write_table(
        self, name: str, frame: pd.DataFrame, caption: str = "", shown: Sequence[str] | None = None
    ) -> None:
        """Write a table as CSV and its caption as text, with the columns that are shown if not all are."""
        write_frame(self.path / "tables" / f"{name}.csv", frame)
        if caption:
            reading = "" if shown is None else f"\n{_FOR_READING}{', '.join(shown)}\n"
            write_text(self.path / "tables" / f"{name}.txt", f"{caption}\n{reading}")

    def names(self, part: str) -> list[str]:
        """The names of all ``figures`` or ``tables``, in order."""
        return sorted(path.name.removesuffix(".csv") for path in self.path.glob(f"{part}/*.csv"))

    def has_table(self, name: str) -> bool:
        """Whether the run has a table of that name."""
        return Path(name).name == name and (self.path / "tables" / f"{name}.csv").is_file()

    def caption(self, table: str) -> str:
        """The caption of a table; empty if it has none."""
        return self._about_table(table)[0]

    def for_reading(self, table: str) -> list[str] | None:
        """The columns of a table that are shown; None for all."""
        _, said = self._about_table(table)
        return said.removeprefix(_FOR_READING).split(", ") if said.startswith(_FOR_READING) else None

    def _about_table(self, name: str) -> tuple[str, str]:
        path = self.path / "tables" / f"{name}.txt"
        said = path.read_text(encoding="utf-8") if path.exists() else ""
        caption, _, reading = said.partition("\n\n")
        return caption.rstrip("\n"), reading.rstrip("\n")

    def table(self, name: str, only: Collection[str] | None = None) -> pd.DataFrame:
        """Read a table, or with ``only`` those of its columns. Raises ``RunError`` if there is none of that name."""
        try:
            return read_frame(self._csv("tables", name), only)
        except OSError as error:
            raise RunError(f"The table {name} is missing from {self.path}. Run it again.") from error
        except ValueError as error:
            raise RunError(f"The table {name} of {self.path} cannot be read ({error}). Run it again.") from error

    def write_figure(self, name: str, figure: Figure) -> None:
        """Write a figure as SVG and PNG, its data as CSV, and its caption and alternative text."""
        folder = self.path / "figures"
        write_bytes(folder / f"{name}.svg", svg(figure))
        write_bytes(folder / f"{name}.png", png(figure))
        write_frame(folder / f"{name}.csv", figure.data)
        write_text(folder / f"{name}.txt", f"{figure.caption}\n\n{figure.alt}\n")

    def figure_said(self, name: str) -> tuple[str, str]:
        """The caption and the alternative text of a figure."""
        said = (self.path / "figures" / f"{name}.txt").read_text(encoding="utf-8").strip()
        caption, _, alt = said.partition("\n\n")
        return caption, alt

    def keep_only(self, notebook: str, names: Collection[str]) -> None:
        """Remove the tables and figures of an earlier version of a notebook that it no longer writes."""
        for path in [*self.path.glob(f"tables/{notebook}.*"), *self.path.glob(f"figures/{notebook}.*")]:
            if path.stem not in names:
                path.unlink()

    def write_rejected(self, rejected: Sequence[Rejected]) -> None:
        """Write the files that were not read, with reason and remedy."""
        write_text(self.path / "rejected.csv", csv_text(Rejected._fields, rejected))

    def write_annotations(self, annotations: Annotations, progress: Progress | None = None) -> None:
        """Write the statements and mentions of every document, as ``research extract`` does, with nested statements."""
        records = (json_line(it.record(annotations.layers)) for it in annotations.stream(progress))
        write_lines(self._annotations, records, packed=True)

    def annotations(self) -> Iterator[dict[str, Any]]:
        """The annotations of the run, one document at a time; none if it kept none.

        Raises ``RunError`` if the file is damaged.
        """
        if not self._annotations.exists():
            return
        try:
            refuse_irregular(self._annotations)
            with gzip.open(self._annotations) as lines:
                while line := lines.readline(_LONGEST_LINE):
                    record = json.loads(line)
                    yield {"doc": record["doc"], "sha256": record["sha256"], **_annotations_of(record)}
        except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
            raise RunError(f"{self._annotations} is damaged ({error}). Restore it, or run it again.") from error

    @property
    def _annotations(self) -> Path:
        return self.path / ANNOTATIONS

    def write_findings(self, findings: Iterable[Finding], notebook: str | None = None) -> None:
        """Write findings with their evidence, replacing all findings or those of one notebook."""
        by_notebook: dict[str, list[Finding]] = {} if notebook is None else {notebook: []}
        for finding in findings:
            by_notebook.setdefault(finding.notebook, []).append(finding)
        others = [] if notebook is None else [it for it in self.findings if it.notebook != notebook]
        for name, its in by_notebook.items():
            rows = ((finding.key, *row) for finding in its for row in finding.evidence)
            write_csv(self.path / "evidence" / f"{name}.csv", _EVIDENCE, rows)
        self.list_findings([*others, *(finding for its in by_notebook.values() for finding in its)])

    def list_findings(self, findings: Iterable[Finding]) -> None:
        """Write the list of findings, whose evidence is already here."""
        ordered = notebooks.in_reading_order(findings)
        write_text(self.path / FINDINGS, json_text([finding.fields() for finding in ordered]))
        vars(self).pop("findings", None)  # the cached findings are outdated

    @cached_property
    def findings(self) -> list[Finding]:
        """The findings of the run; none if nothing was written yet.

        Their evidence is read from its file whenever it is used. Raises ``RunError`` if a file is missing or damaged,
        at the latest when the evidence has been read to its end.
        """
        path = self.path / FINDINGS
        if not path.exists():
            return []
        with self._cannot_be_read():
            return [self._finding(fields) for fields in json.loads(read_regular(path, _LARGEST_MANIFEST))]

    def _finding(self, fields: Mapping[str, Any]) -> Finding:
        finding = Finding.from_fields(fields)
        if not self._csv("evidence", finding.notebook).is_file():
            raise FileNotFoundError(f"the evidence of {finding.key} is missing")
        finding = replace(finding, evidence=Evidence(partial(self._evidence, finding, fields["version"])))
        vars(finding)["version"] = fields["version"]  # computing it reads all evidence; reading checks it
        return finding

    def _evidence(self, finding: Finding, written: str) -> Iterator[Passage]:
        """The evidence of a finding from its file, checked against the version that was written with it."""
        version = finding.version_of_none()
        for _, row in self._passages(finding.notebook, finding.key):
            version.add(row)
            yield row
        with self._cannot_be_read():
            if str(version) != written:
                raise ValueError(f"{finding.key} was changed: its version does not match its content")

    def _passages(self, notebook: str, of: str | None = None) -> Iterator[tuple[str, Passage]]:
        """The passages behind the findings of a notebook, or one finding, each with its key, in file order."""
        with self._cannot_be_read():
            for row in read_csv(self._csv("evidence", notebook), of):
                key, numbers = row.pop("key"), {"start": int(row["start"]), "end": int(row["end"])}
                yield key, Passage(**{**row, **numbers})  # type: ignore[arg-type]

    @contextmanager
    def _cannot_be_read(self) -> Iterator[None]:
        """Raise ``RunError`` if findings or evidence cannot be read."""
        try:
            yield
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise RunError(f"The findings of {self.path} cannot be read ({error}). Run it again.") from error

    def passages(self, notebook: str | None = None) -> Iterator[tuple[str, Passage]]:
        """The passages behind all findings, or those of one notebook, each with its key, in file order."""
        keys = {it.key: it.notebook for it in self.findings if notebook is None or it.notebook == notebook}
        for name in dict.fromkeys(keys.values()):
            yield from (found for found in self._passages(name) if found[0] in keys)

    def evidence_by_document(self, corpus: Corpus) -> Iterator[tuple[Document, list[tuple[str, Passage]]]]:
        """Every document in order, with its passages in the order of the text, each after its finding's key.

        Passages at the same position are sorted by key and role. Sorting uses a temporary file, so that only one
        document's passages are in memory. Raises ``RunError`` if a passage is of no document of the corpus.
        """
        order = {document_id: number for number, document_id in enumerate(corpus.ids)}
        columns = ("document", "first", "last", "key", "role", "sha256", "exact", "prefix", "suffix")
        with room_for_temporary_rows(), closing(temporary_rows("passages", columns)) as sorted_rows:
            try:
                sorted_rows.executemany(
                    "insert into passages values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        (order[row.doc_id], row.start, row.end, key, row.role, row.sha256, *row[5:])
                        for key, row in self.passages()
                    ),
                )
            except KeyError as error:
                missing = "rest on documents that are not in the collection"
                raise RunError(f"The findings of {self.path} {missing}, such as {error}. Run it again.") from None
            found = sorted_rows.execute("select * from passages order by document, first, last, key, role, rowid")
            by_document = groupby(found, key=itemgetter(0))
            following = next(by_document, None)
            for number, document in enumerate(corpus):
                its = []
                if following is not None and following[0] == number:
                    its = [
                        (key, Passage(role, document.id, sha256, start, end, *words))
                        for _, start, end, key, role, sha256, *words in following[1]
                    ]
                    following = next(by_document, None)
                yield document, its

    @property
    def version(self) -> str:
        """A sha256 over the keys and versions of all findings: the same for another run with the same findings."""
        said = [[finding.key, finding.version] for finding in self.findings]
        return hashlib.sha256(json_line(said).encode()).hexdigest()

    def finding(self, key: str) -> Finding:
        """One finding of the run. Raises ``UsageError`` that names the nearest key."""
        by_key = {finding.key: finding for finding in self.findings}
        if key in by_key:
            return by_key[key]
        near = nearest(key, by_key)
        hint = f" Did you mean {near}?" if near else ""
        raise UsageError(f"The run {self.path.name} has no finding {key!r}.{hint}")

    def _csv(self, part: str, name: str) -> Path:
        """A file of this folder. Raises FileNotFoundError for a name that leads out of it."""
        if Path(name).name != name:
            raise FileNotFoundError(f"{name!r} is not the name of a file")
        return self.path / part / f"{name}.csv"

    def manifest(self) -> dict[str, Any]:
        """The manifest. Raises ``RunError`` if it is missing or damaged."""
        remedy = "Restore it, or run it again with --force."
        try:
            text = read_regular(self.manifest_path, _LARGEST_MANIFEST).decode("utf-8")
            manifest = json.loads(text, parse_constant=_refuse_constant)
            json_text(manifest).encode()  # this package writes nothing that it cannot write again
        except (OSError, ValueError, RecursionError) as error:
            raise RunError(f"{self.manifest_path} is missing or damaged ({error}). {remedy}") from error
        if not _is_manifest(manifest):
            raise RunError(f"{self.manifest_path} is damaged: a part is missing or has the wrong type. {remedy}")
        return manifest

    def dates(self) -> dict[str, str | None]:
        """The date of each document by its id; None for an undated one. Raises as ``manifest``."""
        return {entry["id"]: entry["date"] for entry in self.manifest()["source"]["documents"]}

    def files(self) -> list[str]:
        """The relative paths of all files and links except the manifest, sorted."""
        found = (path for path in self.path.rglob("*") if path.is_symlink() or not path.is_dir())
        return sorted(path.relative_to(self.path).as_posix() for path in found if path != self.manifest_path)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The most similar known name, for a "Did you mean"; None if none is similar."""
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1, cutoff=_LEAST_LIKENESS)
    return near[0] if near else None


_LEAST_LIKENESS = 0.5


def can_be_a_run(name: str) -> bool:
    """Whether a run can have this name: a plain file name that is not hidden."""
    return name == Path(name).name and name.isprintable() and not name.startswith(".") and bool(name)


def _options_for(place: Path) -> str:
    """The options of ``research run`` that make a run at a path."""
    name, outputs = place.name, str(place.parent)
    options = ["--name", name] if can_be_a_run(name) else []
    options += ["--outputs", outputs] if options and outputs not in (".", "outputs") else []
    return "".join(f" {word}" for word in map(shlex.quote, options))


def _annotations_of(record: dict[str, Any]) -> dict[str, list[Any]]:
    """Return the tables of annotations in a line that was kept. Raises as ``Record.from_record`` does."""
    tables = {name: value for name, value in record.items() if name not in ("doc", "sha256", "date")}
    if not tables:
        raise KeyError("annotations")
    for name, found in tables.items():
        if (record_type := layers.record_type(name)) is not None:
            for it in found:
                record_type.from_record(it)
    return tables


def _refuse_constant(written: str) -> None:
    raise ValueError(f"{written} is not a JSON number")


def _is_manifest(content: Any) -> TypeGuard[dict[str, Any]]:
    """Whether this has the form of a manifest. Its values may still be wrong."""
    match content:
        case {
            "source": {"name": str(name), "documents": list(documents), **source},
            "notebooks": dict(notebooks),
            "failed": list(failed),
            "outputs": dict(outputs),
            "environment": dict(),
        }:
            return (
                _is_name(name)
                and _is_name(content.get("name", name))
                and all(map(_is_document, documents))
                and all(map(_is_all_text, (source.get("citation", {}), content.get("report", {}))))
                and all(_is_own_file(source[part]) for part in ("settings", "speakers") if part in source)
                and all(isinstance(parameters, dict) for parameters in notebooks.values())
                and all(isinstance(text, str) for text in [*failed, *outputs.values()])
            )
    return False


def _is_name(name: Any) -> bool:
    return isinstance(name, str) and name == Path(name).name and name not in ("", "..") and name.isprintable()


def _is_document(entry: Any) -> bool:
    match entry:
        case {"id": str(), "date": str() | None, "path": str(), "sha256": str(), **said}:
            return all(isinstance(said.get(name), str | None) for name in ("title", "outlet"))
    return False


def _is_own_file(entry: Any) -> bool:
    match entry:
        case {"path": str(), "sha256": str()}:
            return True
    return False


def _is_all_text(content: Any) -> bool:
    return isinstance(content, dict) and all(isinstance(value, str) for value in content.values())


def is_notebook(path: str) -> bool:
    """Whether a file of a run is a notebook."""
    return path.endswith(".ipynb")


def notebooks_folder() -> Path:
    """The folder of the notebooks that this release has."""
    return home() / "notebooks"
