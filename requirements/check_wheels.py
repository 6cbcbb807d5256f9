"""Sees that every package of the locks has a wheel for each supported Python and platform.

Usage: python requirements/check_wheels.py UV
Nothing is installed or downloaded; uv resolves each lock as the other platform would.
"""

import os
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

LOCKS = ("run", "test", "browser")
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
MACOS = "14.0"  # the oldest that onnxruntime still has wheels for
PLATFORMS = ("x86_64-manylinux_2_28", "aarch64-apple-darwin", "x86_64-pc-windows-msvc")


def resolve(uv: Path, lock: Path, python: str, platform: str) -> tuple[bool, str]:
    """Whether the lock resolves to wheels alone there, and uv's last word on it."""
    with tempfile.TemporaryDirectory() as target:
        # Not in the repository: uv refuses the constraints in pyproject.toml in hash mode, having no hashes.
        command = [
            str(uv),
            "pip",
            "install",
            "--dry-run",
            "--no-deps",
            "--only-binary",
            ":all:",
            "--require-hashes",
        ]
        where = ["--python-version", python, "--python-platform", platform, "--target", target]
        environment = {**os.environ, "MACOSX_DEPLOYMENT_TARGET": MACOS}
        done = subprocess.run(
            [*command, *where, "-r", lock], cwd=target, env=environment, capture_output=True, text=True, check=False
        )
    words = [line for line in done.stderr.splitlines() if "install" in line] if done.returncode == 0 else []
    return done.returncode == 0, words[-1] if words else done.stderr.strip()


def main() -> int:
    """Print one line for each lock, Python and platform; 1 when one of them fails."""
    uv = Path(sys.argv[1]).resolve()
    failed = 0
    for name, python, platform in product(LOCKS, PYTHONS, PLATFORMS):
        ok, words = resolve(uv, Path(__file__).resolve().parent / f"{name}.txt", python, platform)
        failed += not ok
        print(f"{name:8} {python}  {platform:24} {'wheels only' if ok else 'FAILED'}: {words}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
