"""The ground: locks, versions, the wheel, and what make says when something is missing."""

import os
import re
import shutil
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

LOCKS = ("run", "test", "browser")


def read_lock(root: Path, name: str) -> dict[str, list[tuple[Requirement, list[str]]]]:
    """Each package of a lock: its requirements, and the options (hashes) of each."""
    text = (root / "requirements" / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    packages: dict[str, list[tuple[Requirement, list[str]]]] = {}
    for line in lines:
        requirement, *options = re.split(r"\s+(?=--)", line.strip())
        parsed = Requirement(requirement)
        packages.setdefault(parsed.name, []).append((parsed, options))
    return packages


def versions(root: Path, name: str) -> dict[str, str]:
    return {package: str(rows[0][0].specifier) for package, rows in read_lock(root, name).items()}


# --- locks ---


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_of_a_lock_is_one_version_with_hashes(root: Path, name: str) -> None:
    lock = read_lock(root, name)
    assert len(lock) > 100
    for package, rows in lock.items():
        assert len(rows) == 1, f"{package} is in {name}.txt more than once"
        requirement, options = rows[0]
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), f"{package} is not one version"
        assert requirement.url is None
        assert options, f"{package} has no hash"
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", option) for option in options), package


@pytest.mark.parametrize(("smaller", "larger"), [("run", "test"), ("test", "browser")])
def test_a_larger_lock_agrees_with_the_smaller_one(root: Path, smaller: str, larger: str) -> None:
    small, large = read_lock(root, smaller), read_lock(root, larger)
    for name, [(asked, options)] in small.items():
        [(more, its)] = large[name]
        assert (str(more.specifier), its) == (str(asked.specifier), options)
        # What only some systems need for a run, tests may need on all.
        assert more.marker in (None, asked.marker), name


def test_the_locks_hold_what_pyproject_asks_for(root: Path, pyproject: dict[str, Any]) -> None:
    project, groups = pyproject["project"], pyproject["dependency-groups"]
    extras = project["optional-dependencies"]
    run = [*project["dependencies"], *pyproject["build-system"]["requires"], *groups["build"]]
    test = [*run, *extras["test"], *extras["lint"]]
    for name, asked in {"run": run, "test": test, "browser": [*test, *groups["browser"]]}.items():
        locked = versions(root, name)
        for requirement in map(Requirement, asked):
            version = locked.get(requirement.name, "").removeprefix("==")
            assert version, f"{requirement.name} is not in {name}.txt: run make lock"
            assert requirement.specifier.contains(version), f"{requirement} is not met by {name}.txt: run make lock"


@pytest.mark.parametrize(
    "file", ["environment.yml", "requirements/run.txt", "requirements/test.txt", "requirements/browser.txt"]
)
def test_no_index_and_no_place_of_a_machine_is_named(root: Path, file: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert not re.findall(r"\w+://\S*|file:\S*|--index\S*|-i |--extra-index\S*|--find-links\S*|-f |@ ", text)
    assert not re.findall(r"(?<![\w.])/[a-z]+/\S*", text)


def test_pyproject_names_no_index(pyproject: dict[str, Any]) -> None:
    assert set(pyproject["tool"]["uv"]) == {"constraint-dependencies"}
    asked = [*pyproject["project"]["dependencies"], *pyproject["tool"]["uv"]["constraint-dependencies"]]
    assert not [text for text in asked if Requirement(text).url]


# --- version ---


def test_one_version_everywhere(root: Path, pyproject: dict[str, Any]) -> None:
    version = pyproject["project"]["version"]
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## \[([^\]]+)\]", changelog, flags=re.MULTILINE)
    assert newest
    assert newest[1] == version
    assert citation(root)["version"] == version


def citation(root: Path) -> Any:
    return yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))


def test_citation_file_says_what_pyproject_says(root: Path, pyproject: dict[str, Any]) -> None:
    project, cited = pyproject["project"], citation(root)
    assert cited["cff-version"] == "1.2.0"
    assert cited["type"] == "software"
    assert cited["license"] == project["license"]
    assert cited["authors"] == project["authors"]
    assert {"message", "title", "abstract", "keywords"} <= cited.keys()


def test_licence_is_the_apache_licence_in_full(root: Path) -> None:
    text = (root / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text[:200]
    assert "END OF TERMS AND CONDITIONS" in text


# --- wheel ---


def test_the_wheel_has_the_notebooks_and_the_default_documents(root: Path, tmp_path: Path) -> None:
    build: list[str | Path] = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path]
    subprocess.run(build, cwd=root, check=True)
    [wheel] = tmp_path.glob("*.whl")
    notebooks = sorted((root / "notebooks").glob("*.ipynb"))
    seeds = sorted(path for path in (root / "seeds").rglob("*") if path.is_file())
    assert notebooks
    assert seeds
    with zipfile.ZipFile(wheel) as archive:
        for path in [*notebooks, *seeds]:
            assert archive.read(f"research/{path.relative_to(root).as_posix()}") == path.read_bytes()
        names = archive.namelist()
    assert "research/py.typed" in names
    assert [name for name in names if name.endswith("licenses/LICENSE")]


# --- make ---


class Machine:
    """A checkout without .venv, on a machine that has make, a shell with its tools, and the Pythons given to it.

    A fitting Python is played by a script that notes what pip is asked for.
    """

    tools = ("sh", "make", "basename", "cat", "cmp", "cp", "mkdir", "mv", "printf", "rm", "sed")

    def __init__(self, root: Path, folder: Path) -> None:
        self.checkout, self.programs, self.log = folder / "checkout", folder / "programs", folder / "log"
        self.programs.mkdir()
        self.checkout.mkdir()
        for name in ("Makefile", "pyproject.toml"):
            shutil.copy(root / name, self.checkout)
        shutil.copytree(root / "requirements", self.checkout / "requirements")
        for name in self.tools:
            found = shutil.which(name)
            assert found, f"{name} is needed for this test"
            (self.programs / name).symlink_to(found)

    def python(self, name: str, version: tuple[int, int], *, venv: bool = True, ensurepip: bool = True) -> None:
        """Put a Python of this version on the path."""
        script = f"""\
        #!{self.programs}/sh
        case "$1 $2" in
            *ensurepip*) exit {int(not ensurepip)} ;;
            "-m venv") {"mkdir -p .venv/bin && cp $0 .venv/bin/python" if venv else "exit 1"} ;;
            "-m pip") echo "$@" >>{self.log}; [ -z "$PIP_FAILS" ] ;;
            "-c "*) exec {sys.executable} -c "import sys; sys.version_info = {(*version, 0)}; $2" ;;
        esac
        """
        path = self.programs / name
        path.write_text(textwrap.dedent(script), encoding="utf-8")
        path.chmod(0o755)

    def make(self, goal: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["make", "--no-print-directory", goal],
            cwd=self.checkout,
            env={"PATH": str(self.programs), "HOME": str(self.checkout)} | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def installed(self, goal: str, **environment: str) -> list[str]:
        """What pip was asked for while make did this: the lock's name, or "." for the package itself."""
        self.log.write_text("", encoding="utf-8")
        self.make(goal, **environment)
        last = [line.split()[-1] for line in self.log.read_text(encoding="utf-8").splitlines()]
        return [word.removeprefix("requirements/").removesuffix(".txt") for word in last]

    def append(self, file: str) -> None:
        with (self.checkout / file).open("a", encoding="utf-8") as opened:
            opened.write("# changed\n")


@pytest.fixture
def machine(root: Path, tmp_path: Path) -> Machine:
    return Machine(root, tmp_path)


def said(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence, without make's own line about the failed target."""
    lines = [line for line in done.stderr.splitlines() if not line.startswith("make: ***")]
    assert done.returncode != 0
    assert done.stdout == ""
    assert len(lines) == 1, lines
    return lines[0]


@pytest.mark.parametrize("goal", ["run", "test", "lint", "lab", "notebooks", "setup"])
def test_a_missing_python_is_said_in_one_sentence(machine: Machine, goal: str) -> None:
    assert "sudo apt install python3 python3-venv" in said(machine.make(goal))


@pytest.mark.parametrize("version", [(2, 7), (3, 9), (3, 10), (3, 15)])
def test_a_python_that_does_not_fit_is_said_with_the_way_to_another(machine: Machine, version: tuple[int, int]) -> None:
    machine.python("python3", version)
    sentence = said(machine.make("run"))
    assert f"needs Python 3.11 to 3.14, and python3 is {version[0]}.{version[1]};" in sentence
    assert "sudo apt install python3.11-venv && PYTHON=python3.11 make run" in sentence


@pytest.mark.parametrize("version", [(3, 11), (3, 14)])
def test_a_fitting_python_beside_an_old_one_is_named_and_used_when_asked_for(
    machine: Machine, version: tuple[int, int]
) -> None:
    machine.python("python3", (3, 9))
    machine.python("python3.12", version)
    assert "PYTHON=python3.12 make run" in said(machine.make("run"))
    assert machine.installed("setup", PYTHON="python3.12") == ["run", "."]


@pytest.mark.parametrize("missing", ["ensurepip", "venv"])
def test_a_python_without_venv_is_said_with_the_package_to_install(machine: Machine, missing: str) -> None:
    machine.python("python3", (3, 11), **{missing: False})
    assert "sudo apt install python3-venv" in said(machine.make("run"))


def test_the_setup_is_done_once(machine: Machine) -> None:
    machine.python("python3", (3, 11))
    assert machine.installed("setup") == ["run", "."]
    assert machine.installed("setup") == []
    assert machine.installed("test") == ["test", "."]
    assert machine.installed("test") == []
    assert machine.installed("setup") == []


@pytest.mark.parametrize(("file", "again"), [("requirements/run.txt", ["run", "."]), ("pyproject.toml", ["."])])
@pytest.mark.parametrize("before", ["setup", "test"])
def test_a_change_is_set_up_again(machine: Machine, before: str, file: str, again: list[str]) -> None:
    machine.python("python3", (3, 11))
    machine.installed(before)
    machine.append(file)
    assert machine.installed("setup") == again
    assert machine.installed("setup") == []


def test_an_interrupted_setup_is_done_again_from_the_ground(machine: Machine) -> None:
    machine.python("python3", (3, 11))
    assert machine.installed("setup", PIP_FAILS="yes") == ["run"]
    assert machine.installed("setup") == ["run", "."]
    assert machine.installed("test", PIP_FAILS="yes") == ["test"]
    left_over = machine.checkout / ".venv" / "left-over"
    left_over.touch()
    assert machine.installed("test") == ["test", "."]
    assert not left_over.exists()


def test_a_moved_checkout_and_another_python_are_set_up_again(machine: Machine) -> None:
    machine.python("python3", (3, 11))
    machine.python("python3.12", (3, 12))
    machine.installed("setup")
    machine.checkout = machine.checkout.rename(machine.checkout.with_name("moved"))
    assert machine.installed("setup") == ["run", "."]
    assert machine.installed("setup", PYTHON="python3.12") == ["run", "."]
    assert machine.installed("setup") == []
    (machine.checkout / ".venv" / "bin" / "python").unlink()
    assert machine.installed("setup") == ["run", "."]


def test_help_lists_every_command_of_the_makefile(machine: Machine, root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, flags=re.MULTILINE)
    assert phony
    helped = machine.make("help")
    assert helped.returncode == 0
    assert re.findall(r"^  make ([a-z-]+) ", helped.stdout, flags=re.MULTILINE) == phony[1].split()
    assert machine.make("--silent").stdout == helped.stdout, "help is what make does when it is asked for nothing"


# --- what is kept in git ---


@pytest.mark.parametrize("folder", ["seeds", "outputs"])
def test_git_keeps_documents_and_outputs_byte_for_byte(root: Path, folder: str) -> None:
    if not (root / ".git").exists():
        pytest.skip("not a git checkout")
    asked = ["git", "check-attr", "text", "--", f"{folder}/deep/file.txt"]
    said_by_git = subprocess.run(asked, cwd=root, check=True, capture_output=True, text=True, env=os.environ)
    assert said_by_git.stdout.strip().endswith("text: unset")
