"""environment.yml, for conda and Binder, says what the run lock says."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet


@pytest.fixture
def environment(root: Path) -> Any:
    return yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))


@pytest.fixture
def pip_section(environment: Any) -> list[str]:
    section: list[str]
    [section] = [part["pip"] for part in environment["dependencies"] if isinstance(part, dict)]
    return section


def test_python_and_pip_come_from_conda_forge_alone(environment: Any) -> None:
    assert environment["name"] == "on-the-record"
    assert environment["channels"] == ["conda-forge"]
    assert [part.split()[0] for part in environment["dependencies"] if isinstance(part, str)] == [
        "python",
        "pip",
    ]


def test_python_is_the_one_that_the_package_supports(environment: Any, pyproject: dict[str, Any]) -> None:
    supported = SpecifierSet(environment["dependencies"][0].removeprefix("python"))
    assert supported == SpecifierSet(pyproject["project"]["requires-python"])


def test_versions_and_markers_are_those_of_the_lock(root: Path, pip_section: list[str]) -> None:
    lock = (root / "requirements" / "run.txt").read_text(encoding="utf-8")
    locked = [line.removesuffix("\\").strip() for line in lock.splitlines() if re.match(r"[a-z0-9]", line)]
    assert len(locked) > 100
    assert [str(Requirement(line)) for line in pip_section if line != "-e ."] == [
        str(Requirement(line)) for line in locked
    ]


def test_the_package_itself_is_installed_from_the_checkout_without_hashes(pip_section: list[str]) -> None:
    assert pip_section.count("-e .") == 1
    assert not [line for line in pip_section if "--hash" in line]


@pytest.mark.install
def test_its_pip_section_installs_into_an_empty_virtual_environment(
    root: Path, tmp_path: Path, pip_section: list[str]
) -> None:
    (tmp_path / "section.txt").write_text("\n".join(pip_section).replace("-e .", f"-e {root}"), encoding="utf-8")
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    pip: list[str | Path] = [venv / "bin" / "python", "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "-r", tmp_path / "section.txt"], check=True)
    subprocess.run([*pip, "check"], check=True)
    helped = subprocess.run([venv / "bin" / "research", "--help"], check=True, capture_output=True, text=True)
    assert "verify" in helped.stdout
