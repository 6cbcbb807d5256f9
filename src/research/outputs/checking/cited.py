"""The runs that a report cites, and what each citation key means in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from research.analysis import notebooks
from research.analysis.evidence import Passage
from research.analysis.findings import Finding, slug
from research.errors import ResearchError
from research.loading.places import home, is_there
from research.nlp.text.function_words import FUNCTION_WORDS
from research.outputs.checking.blocks import Cite
from research.outputs.citing.citations import COLLECTION, meant
from research.outputs.citing.escaping import citation_key
from research.outputs.citing.located import speaker_table
from research.outputs.folder.manifest import name_in, refuse_changed_files
from research.outputs.folder.run_folder import RunFolder, nearest
from research.outputs.folder.writing import read_rows

PREFIX = "otr."


class Run:
    """A run that is cited. Raises ``RunError`` where its findings are not those of its manifest."""

    def __init__(self, folder: RunFolder) -> None:
        refuse_changed_files(folder, {"manifest.json", "findings.json"})
        self.folder = folder
        self.manifest: dict[str, Any] = folder.manifest()
        self.name = slug(name_in(self.manifest, self.manifest["source"]["name"]))
        self.key = citation_key(self.name)
        self.findings = {finding.key: finding for finding in folder.findings}
        self.by_citation = {citation_key(self.name, key): finding for key, finding in self.findings.items()}
        self._passages: dict[str, list[Passage]] = {}

    def citation(self, finding: Finding) -> str:
        """Return the citation key of a finding."""
        return citation_key(self.name, finding.key)

    def finding(self, key: str) -> Finding | None:
        """Return the finding of a citation key, or of a key without the name of the run."""
        return self.by_citation.get(key) or self.findings.get(key)

    def knows(self, key: str) -> bool:
        """Whether a key is that of anything else in the run: the run itself, a figure, table, row or document."""
        if key == self.key or key in self._others:
            return True
        if not key.startswith(f"{self.key}.rows."):
            return False
        try:
            return bool(meant(self.folder, key))
        except ResearchError:
            return False

    @cached_property
    def _others(self) -> frozenset[str]:
        parts = [(part, name) for part in ("figures", "tables") for name in self.folder.names(part)]
        parts += [("documents", entry["id"]) for entry in self.manifest["source"]["documents"]]
        return frozenset([citation_key(self.name, COLLECTION), *(citation_key(self.name, *it) for it in parts)])

    def nearest(self, key: str) -> str | None:
        """Return the citation key that is most like an unknown one."""
        written = key if key.startswith(PREFIX) else citation_key(self.name, key)
        return nearest(written, self.by_citation) or nearest(written, sorted(self._others))

    def read_passages(self, keys: Iterable[str]) -> None:
        """Read the passages of these findings, in one pass over the evidence of each notebook."""
        wanted = {key for key in keys if key in self.findings and key not in self._passages}
        by_notebook: dict[str, set[str]] = defaultdict(set)
        for key in wanted:
            by_notebook[self.findings[key].notebook].add(key)
        for notebook, its in sorted(by_notebook.items()):
            refuse_changed_files(self.folder, {f"evidence/{notebook}.csv"})
            found: dict[str, list[Passage]] = {key: [] for key in its}
            for key, row in self.folder.passages(notebook):
                if key in found:
                    found[key].append(row)
            self._passages.update(found)

    def passages(self, finding: Finding) -> list[Passage]:
        """Return the passages behind a finding."""
        if finding.key not in self._passages:
            self.read_passages([finding.key])
        return self._passages[finding.key]

    @cached_property
    def speakers(self) -> frozenset[str]:
        """The names of everybody who speaks in the run."""
        named = {str(it.parameters["speaker"]) for it in self.findings.values() if it.parameters.get("speaker")}
        return frozenset({*filter(_is_name, named), *self.who_speaks.values()})

    @cached_property
    def who_speaks(self) -> dict[tuple[str, int], str]:
        """Who speaks in each statement, by its document and where it or a part begins; only those with a name."""
        found: dict[tuple[str, int], str] = {}
        tables = {speaker_table(self.folder, it.notebook) for it in self.findings.values()}
        for table in sorted(filter(None, tables)):
            columns, rows = read_rows(self.folder.path / "tables" / f"{table}.csv")
            declared = notebooks.table(table)
            for row in rows:
                its = dict(zip(columns, row, strict=True))
                who = declared.who_speaks(its)
                if who and _is_name(str(who)):
                    for start in (its["start"], *(part.start for part in declared.parts_of(its))):
                        found.setdefault((str(its["doc_id"]), int(start)), str(who))
        return found


def _is_name(label: str) -> bool:
    """Whether a source is called by a name: not "he", "the ministry" or "an official"."""
    first = label.split()[:1]
    return bool(first) and first[0][:1].isupper() and first[0].lower() not in FUNCTION_WORDS


class Target(NamedTuple):
    """What a citation means: a finding of a run, another part of it (no ``finding``), or nothing (no ``run``).

    ``key`` is the citation key as a message names it.
    """

    cite: Cite
    key: str
    run: Run | None = None
    finding: Finding | None = None


class Runs:
    """The runs that keys lead to: those that were named, or else those that the keys name under ``outputs/``."""

    def __init__(self, named: Sequence[str]) -> None:
        self.named = [Run(RunFolder.named(name)) for name in named]
        self._by_path: dict[Path, Run] = {}
        self._known: dict[tuple[str, str], Target] = {}

    def all(self) -> Iterator[Run]:
        """Yield every run that was named or found, each once."""
        yield from dict.fromkeys([*self.named, *self._by_path.values()])

    def target(self, cite: Cite, own: Sequence[Run] = ()) -> Target:
        """Return what a citation means; ``own`` are runs that the report itself names."""
        known = self._known.get((cite.key, cite.version))
        if known is None or own:
            known = self._target(cite, own)
            self._known[cite.key, cite.version] = known
        return known._replace(cite=cite)

    def _target(self, cite: Cite, own: Sequence[Run]) -> Target:
        if cite.key.startswith(PREFIX):
            runs = [run for run in [*self.named, *own] if _is_of(cite.key, run)] or list(self._under_outputs(cite.key))
        else:
            runs = (
                [*self.named, *own]
                or list(self.all())
                or [run for run in self._everything() if cite.key in run.findings]
            )
        exact = [run for run in runs if (it := run.finding(cite.key)) and cite.version in ("", it.version)]
        for run in [*exact, *runs]:
            if (finding := run.finding(cite.key)) is not None:
                return Target(cite, run.citation(finding), run, finding)
        for run in runs:
            if run.knows(cite.key):
                return Target(cite, cite.key, run)
        return Target(cite, cite.key)

    def nearest(self, key: str, own: Sequence[Run] = ()) -> str | None:
        """Return the known key that is most like an unknown one, in any run at hand."""
        near = [found for run in [*self.all(), *own] if (found := run.nearest(key)) is not None]
        return nearest(key, near) or (near[0] if near else None)

    def _under_outputs(self, key: str) -> Iterator[Run]:
        """Yield the run under ``outputs/`` that a key names: the folder of that name, or else the run of that name."""
        for folders in (_by_folder, _by_manifest):
            paths = folders()
            for name in (it for it in _names(key) if it in paths):
                run = self._opened(paths[name])
                if _is_of(key, run):
                    yield run
                    return

    def _opened(self, path: Path) -> Run:
        if path not in self._by_path:
            self._by_path[path] = Run(RunFolder(path))
        return self._by_path[path]

    def _everything(self) -> Iterator[Run]:
        """Yield every run under ``outputs/``, for a citation that names a finding and its version alone."""
        yield from (self._opened(path) for path in _by_folder().values())


def _is_of(key: str, run: Run) -> bool:
    return key == run.key or key.startswith(f"{run.key}.")


def _names(key: str) -> Iterator[str]:
    """Yield what the name of the run in a key may be, the longest first: a name may have dots."""
    parts = key.split(".")[1:]
    for count in range(min(len(parts), 4), 0, -1):
        yield ".".join(parts[:count])


def _by_folder() -> dict[str, Path]:
    """Return the run folders under ``outputs/``, here and in the project, by the name that their keys would have."""
    found: dict[str, Path] = {}
    for outputs in (Path("outputs"), home() / "outputs"):
        if outputs.is_dir():
            for path in sorted(outputs.iterdir()):
                if is_there(path / "manifest.json"):
                    found.setdefault(citation_key(slug(path.name)).removeprefix(PREFIX), path)
    return found


def _by_manifest() -> dict[str, Path]:
    """Return the same by the names that the runs were made with; a folder may have been renamed."""
    found: dict[str, Path] = {}
    for path in _by_folder().values():
        try:
            manifest = RunFolder(path).manifest()
        except ResearchError:
            continue
        name = slug(name_in(manifest, manifest["source"]["name"]))
        found.setdefault(citation_key(name).removeprefix(PREFIX), path)
    return found


def runs_of_report(places: Sequence[str], report: str) -> list[Run]:
    r"""Return the runs that a report names itself, as LaTeX does by ``\\input``; a place that is none is left out."""
    found = []
    for place in places:
        path = Path(report).parent / place
        if is_there(path / "manifest.json"):
            found.append(Run(RunFolder(path)))
    return found


def by_run(targets: Iterable[Target]) -> Mapping[Run, list[Finding]]:
    """Return the findings that are cited of each run."""
    found: dict[Run, list[Finding]] = defaultdict(list)
    for target in targets:
        if target.run is not None and target.finding is not None:
            found[target.run].append(target.finding)
    return found
