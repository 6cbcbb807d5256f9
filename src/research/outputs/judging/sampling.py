"""``research sample``: draw a sample of a run's sentences as a sheet to fill in, and read such a sheet back."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from research.analysis.judging.items import Item, items
from research.analysis.parameters import COPIES
from research.analysis.wording import listed, one_line, plural
from research.errors import UsageError
from research.loading import Corpus, load
from research.loading.corpus import judgements_of_settings
from research.loading.judgements import NAME, Judgement
from research.loading.places import find_source
from research.nlp.accuracy import TURN
from research.nlp.annotate import annotate
from research.nlp.judged.mending import found_in
from research.nlp.judged.units import HIGH, LOW, MIDDLE, NOTHING, STRATA
from research.outputs.folder.run_folder import RunFolder
from research.outputs.folder.sources import judgements_of, place_of
from research.outputs.folder.writing import read_regular, write_bytes
from research.outputs.judging.merging import Merged, merge_into
from research.outputs.judging.reading import Judged, Reading, read_sheet
from research.outputs.judging.sheet import write_sheet
from research.outputs.runs import Stage

LARGEST = 100_000_000
"""The most bytes of a sheet that is read; a thousand sentences take about half a megabyte."""


@dataclass
class Outcome:
    """What to tell the person, and whether something is left to do."""

    lines: list[str] = field(default_factory=list)
    well: bool = True


def write_sample(
    folder: RunFolder,
    *,
    size: int,
    seed: int,
    output: str | None = None,
    coder: str = "",
    source: str | None = None,
    called_as: str = "research",
    stage: Stage = lambda *_: None,
) -> Outcome:
    """Draw sentences from the documents of a run and write them as a sheet.

    ``output`` is a file in ``.xlsx`` or ``.csv``, by default one named after the run in the working directory.
    ``source`` is the path of the documents, by default the one that the run was made from. ``called_as`` is how this
    person calls the command. Raises ``SourceError``, and ``UsageError`` where the file exists, because somebody may
    have filled it in.
    """
    path = Path(output or f"{folder.path.resolve().name}-sample.xlsx")
    corpus = load(place_of(folder, source), lambda done, of: stage("reading", done, of))
    parameters = {key: value for its in folder.manifest()["notebooks"].values() for key, value in its.items()}
    with_copies = bool(parameters.get(COPIES.name, COPIES.default))
    annotations = annotate(corpus, lambda done, of: stage("annotating", done, of), with_copies=with_copies)
    sample = items(annotations, size, seed)
    with TemporaryDirectory(prefix="on-the-record-") as room:
        made = Path(room) / path.name
        write_sheet(made, sample, f"Sample of {corpus.name}", one_line(coder))
        data = made.read_bytes()
    if path.exists() and path.read_bytes() != data:
        raise UsageError(
            f"{path} exists and may have been filled in. Name another file with -o, or move that one away first."
        )
    write_bytes(path, data)
    return Outcome(
        [*_drawn(path, sample, size), *_other_documents(folder, corpus), *_what_next(path, folder, called_as)]
    )


def _drawn(path: Path, sample: list[Item], size: int) -> Iterator[str]:
    documents = plural(len({item.doc_id for item in sample}), "document")
    drawn = Counter(item.stratum for item in sample)
    strata = ", ".join(f"{drawn[stratum]:,} {_IN[stratum]}" for stratum in STRATA if drawn[stratum])
    yield f"Written to {path}: {plural(len(sample), 'sentence')} from {documents} ({strata})."
    if len(sample) < size:
        yield "The documents have no more sentences in English."


def _other_documents(folder: RunFolder, corpus: Corpus) -> Iterator[str]:
    before = {(entry["path"], entry["sha256"]) for entry in folder.manifest()["source"]["documents"]}
    now = set(corpus.documents[["path", "sha256"]].itertuples(index=False, name=None))
    if before != now:
        yield "The documents have changed since the run was made. The sentences are drawn from them as they are now."


def _what_next(path: Path, folder: RunFolder, called_as: str) -> Iterator[str]:
    yield "Judge them in a spreadsheet, all or a part, and read the file back as often as you like:"
    yield f"  {called_as} sample --read {shlex.quote(str(path))} {shlex.quote(str(folder.path))}"


_IN = {
    NOTHING: "without a statement",
    LOW: "with an unsure one",
    MIDDLE: "with a fairly sure one",
    HIGH: "with sure ones",
    TURN: "within turns",
}


def read_back(
    file: str,
    folder: RunFolder | None = None,
    *,
    coder: str = "",
    source: str | None = None,
    output: str | None = None,
    stage: Stage = lambda *_: None,
) -> Outcome:
    """Read a sheet that was filled in, and put its judgements into ``judgements.csv``.

    The file is the one that the run or ``corpus.toml`` names, or beside the documents of the run, or those at
    ``source``, or at ``output``. ``coder`` is who filled in
    the rows that name nobody. Raises ``UsageError`` for a file that is no such sheet, and where nothing says where the
    documents are; ``SourceError`` as ``load``; ``RunError`` where ``judgements.csv`` cannot be written.
    """
    data = _bytes_of(Path(file))
    if folder is not None:
        place = place_of(folder, source)
    elif source is not None:
        place = find_source(source)
    else:
        raise UsageError("Name the run that the sheet was drawn from, or its documents with --source PATH.")
    target = _target(place, folder, output)
    reading = read_sheet(Path(file).name, data, coder)
    corpus = load(place, lambda done, of: stage("reading", done, of))
    changed = _changed(reading.judged, corpus)
    result = merge_into(target, reading.judged) if reading.judged else None
    well = not reading.problems
    return Outcome([*_read(file, reading, changed), *_merged(target, result)], well)


def _bytes_of(path: Path) -> bytes:
    try:
        return read_regular(path, LARGEST)
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror or error}). Check its path.") from error


def _target(place: Path, folder: RunFolder | None, output: str | None) -> Path:
    if output is not None:
        return Path(output)
    if folder is not None and (named := judgements_of(folder, place)) is not None:
        return named
    if (set_there := judgements_of_settings(place)) is not None:
        return set_there
    if not place.is_dir():
        file = place.with_name(f"{place.stem}-{NAME}")
        raise UsageError(
            f"{place.name} is a single file, so {NAME} has no place beside it. Name the file to write with -o, such as "
            f"-o {shlex.quote(str(file))}, and give it to the next run: research run {shlex.quote(str(place))} "
            f"-p judgements {file.name}"
        )
    return place / NAME


def _changed(judged: Iterable[Judged], corpus: Corpus) -> list[str]:
    """Say which documents are gone or not as they were when the sheet was drawn, and what is found again in them."""
    by_document: dict[str, list[Judgement]] = {}
    for it in judged:
        by_document.setdefault(it.item.doc_id, []).extend(it.rows)
    said = {}
    for document in corpus:
        if (rows := by_document.pop(document.id, None)) is None:
            continue
        found = found_in(document, rows)
        lost = [it.why for it in found if it.span is None]
        if any(it.sha256 != document.origin.sha256 for it in rows):
            again = f"{len(found) - len(lost):,} of {plural(len(found), 'judgement')} find their words again"
            kept = " The others are kept, and count for nothing." if lost else ""
            said[document.id] = f"{document.id} has changed since the sheet was drawn: {again}.{kept}"
        elif lost:
            said[document.id] = f"{document.id}: {plural(len(lost), 'judgement')} cannot be placed. {lost[0]}"
    for document_id, rows in by_document.items():
        what = f"its {plural(len(rows), 'judgement')} {'is' if len(rows) == 1 else 'are'} kept, and count for nothing"
        said[document_id] = f"{document_id} is not among the documents any more: {what}."
    return [said[document_id] for document_id in sorted(said)]


def _read(file: str, reading: Reading, changed: Iterable[str]) -> Iterator[str]:
    judged = len(reading.judged) - reading.skipped
    counts = [f"{judged:,} of {plural(reading.sentences, 'sentence')} judged"]
    counts += [f"{reading.skipped:,} skipped"] if reading.skipped else []
    counts += [f"{len(reading.unfinished):,} half filled in"] if reading.unfinished else []
    counts += [f"{plural(len(reading.problems), 'row')} not understood"] if reading.problems else []
    yield f"{file}: {', '.join(counts)}."
    yield from (f"  {problem}" for problem in [*reading.problems, *reading.unfinished, *reading.notes, *changed])


def _merged(target: Path, result: Merged | None) -> Iterator[str]:
    if result is None:
        yield f"Nothing is judged yet, so {target} stays as it is."
        return
    anew = f"{result.anew:,} judged anew, which replaces the same coder's earlier verdict"
    said = [f"{result.new:,} new"] * bool(result.new) + [f"{result.same:,} as before"] * bool(result.same)
    yield f"Written to {target}: {listed(said + [anew] * bool(result.anew))}."
    if result.new or result.anew:
        yield "Run the notebooks again to see what follows from them. The report says what they change."
