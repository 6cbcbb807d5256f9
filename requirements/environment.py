"""Writes environment.yml, for conda and Binder, from requirements/run.txt.

pip refuses an editable install in hash mode, so the versions stand there without hashes.
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

HEAD = """\
# For conda and Binder. Written by `make lock` from requirements/run.txt: the same versions, without hashes.
name: on-the-record
channels:
  - conda-forge
dependencies:
  - python >=3.11,<3.15
  - pip
  - pip:
      - -e .
"""


def environment(lock: str) -> str:
    """The text of environment.yml for the text of a lock."""
    pinned = re.findall(r"^([A-Za-z0-9][^\\\n]*?) *\\?$", lock, flags=re.MULTILINE)
    return HEAD + "".join(f"      - {requirement}\n" for requirement in pinned)


if __name__ == "__main__":
    lock = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    (ROOT / "environment.yml").write_text(environment(lock), encoding="utf-8", newline="\n")
