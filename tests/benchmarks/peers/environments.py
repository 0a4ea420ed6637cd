"""A peer in an environment of its own: made with pip in a temporary folder, started as its own command starts it, ended whole."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import venv
from pathlib import Path

from tests.benchmarks.peers.asking import Line, Refused, free_port, until

START_SECONDS = 600


class Program:
    """One peer: its environment (made anew where `folder` holds none), its data folder, its processes."""

    def __init__(self, name: str, packages: tuple[str, ...], folder: Path) -> None:
        slug = name.lower().replace(" ", "-")
        self.home = folder / slug
        self.environment_folder = self.home / "environment"
        self.data = self.home / "data"
        self.packages = packages
        self.port = free_port()
        self.processes: list[subprocess.Popen[bytes]] = []

    def ensure(self) -> None:
        """pip's own configuration says where packages come from."""
        python = self.environment_folder / "bin" / "python"
        done = self.home / "installed"
        shutil.rmtree(
            self.data, ignore_errors=True
        )  # an environment may be kept, what was coded is not
        if done.exists():
            return
        self.home.mkdir(parents=True, exist_ok=True)
        if not python.exists():
            venv.create(self.environment_folder, with_pip=True, clear=True)
        install = [python, "-m", "pip", "install", "--quiet", *self.packages]
        code = subprocess.run(install, stdout=sys.stderr).returncode
        if code:
            raise Refused(f"{', '.join(self.packages)} cannot be installed here")
        done.write_text("\n".join(self.packages))

    def variables(self, given: dict[str, str]) -> dict[str, str]:
        """Nothing of ours reaches a peer."""
        known = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        known["PATH"] = f"{self.environment_folder / 'bin'}{os.pathsep}{known.get('PATH', os.defpath)}"  # fmt: skip
        return known | {"HOME": str(self.home)} | given

    def start(self, words: list[str], given: dict[str, str], path: str) -> None:
        """Start a process; with a path, wait until something answers there."""
        self.data.mkdir(parents=True, exist_ok=True)
        program = self.environment_folder / "bin" / words[0]
        with (self.home / "said.log").open("ab") as log:
            self.processes.append(
                subprocess.Popen(
                    [program, *words[1:]], cwd=self.data, env=self.variables(given), stdin=subprocess.DEVNULL,
                    stdout=log, stderr=log, start_new_session=True,
                )
            )  # fmt: skip
        if path:
            until(lambda: self._answers(path), START_SECONDS, f"an answer of {words[0]}")

    def _answers(self, path: str) -> bool:
        if self.processes[-1].poll() is not None:
            raise Refused(f"it ended by itself: {(self.home / 'said.log').read_text()[-500:]}")
        Line(self.port).ask("GET", path)
        return True

    def run(self, words: list[str], given: dict[str, str]) -> str:
        self.data.mkdir(parents=True, exist_ok=True)
        program = self.environment_folder / "bin" / words[0]
        done = subprocess.run(
            [program, *words[1:]], cwd=self.data, env=self.variables(given), capture_output=True, text=True
        )  # fmt: skip
        if done.returncode:
            raise Refused(f"{' '.join(words[:3])}: {done.stderr[-500:]}")
        return done.stdout

    def package_folder(self, package: str) -> str:
        words = f"import importlib.util; print(importlib.util.find_spec({package!r}).submodule_search_locations[0])"
        return self.run(["python", "-c", words], {}).strip()

    def version(self) -> str:
        package = self.packages[0].partition("=")[0]
        return self.run(["python", "-c", f"import importlib.metadata; print(importlib.metadata.version({package!r}))"], {}).strip()  # fmt: skip

    def stop(self) -> None:
        for process in reversed(self.processes):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
