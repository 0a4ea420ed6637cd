"""The Python side of set-up: `.venv` with exactly the packages of the lock files.

uv does it where it can be had (PyPI, pinned by hash, kept under var/bootstrap); pip does it where uv cannot.
Neither needs `ensurepip`: the pip of the calling Python serves.
"""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from starting import installer_settings, stamps
from starting.places import Places
from starting.steps import StepFailed, Steps, Trouble

# The groups of packages and the lock that holds each. The test lock repeats the pins of running.
RUN, TEST, EXTRAS = "run", "test", "extras"


def plain_environment(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment without what would make a Python look for packages elsewhere, or compile all at each start.

    A start without compiled files takes 2.2 s longer (2.7 and 4.9 measured), and tests start hundreds of programs.
    """
    kept = dict(os.environ if environment is None else environment)
    elsewhere = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")
    for variable in (*elsewhere, "PYTHONDONTWRITEBYTECODE"):
        kept.pop(variable, None)
    return kept


def locks(places: Places, groups: Iterable[str]) -> list[Path]:
    """The lock files to install for these groups."""
    wanted = set(groups)
    chosen = [places.test_lock if TEST in wanted else places.run_lock]
    if EXTRAS in wanted:
        chosen.append(places.extras_lock)
    return chosen


class Wheels:
    """Makes and mends `.venv`."""

    def __init__(self, places: Places, steps: Steps) -> None:
        self.places = places
        self.steps = steps
        self._uv_environment: dict[str, str] | None = None
        self._uv_lock = threading.Lock()

    # -- what is there

    @property
    def stamp(self) -> Path:
        return self.places.venv / "concord.json"

    def groups_installed(self) -> set[str]:
        said = stamps.read(self.stamp).get("groups")
        return set(said) if isinstance(said, list) else set()

    def is_sound(self) -> bool:
        """Whether `.venv` was finished, is of this Python, still runs, and holds all it was given."""
        said = stamps.read(self.stamp)
        if said.get("python") != _python_version():
            return False
        given = said.get("entries")
        if not isinstance(given, list) or not set(given) <= set(self._entries()):
            return False
        try:
            answer = subprocess.run(
                [self.places.python, "-I", "-c", "import encodings, ssl"],
                stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=False,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired):
            return False
        return answer.returncode == 0

    def _entries(self) -> list[str]:
        """What lies at the top of site-packages; half an install or a stray deletion shows here."""
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        folder = self.places.venv / "lib" / version / "site-packages"
        return sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []

    # -- doing it

    def ensure(self, groups: Iterable[str]) -> bool:
        """Bring `.venv` to hold these groups (and those it was given before); True when something was done."""
        wanted = set(groups)
        sound = self.is_sound()
        if sound:
            wanted |= self.groups_installed()
        key = stamps.digest(locks(self.places, wanted), root=self.places.root)
        said = stamps.read(self.stamp)
        if sound and said.get("key") == key:
            return False
        begun = time.monotonic()
        if not sound and (self.places.venv.exists() or self.places.venv.is_symlink()):
            self._clear_the_way()
        how = self._install(locks(self.places, wanted))
        stamps.write(
            self.stamp,
            key=key, groups=sorted(wanted), python=_python_version(), entries=self._entries(),
        )  # fmt: skip
        self.steps.report("Python packages", time.monotonic() - begun, how)
        return True

    def _clear_the_way(self) -> None:
        """Remove a .venv of ours that will not do; put aside one that somebody else made."""
        if stamps.read(self.stamp):
            self.steps.say("  .venv is unfinished, damaged or of another Python: making it anew")
            self._remove_venv()
            return
        aside = (self.places.var / f"venv.old{number or ''}" for number in range(1000))
        target = next(path for path in aside if not path.exists())
        self.steps.say(
            f"  .venv was not made by this command: it is now {target.relative_to(self.places.root)}"
        )
        self.places.venv.rename(target)

    def _remove_venv(self) -> None:
        venv = self.places.venv
        try:
            venv.unlink() if venv.is_symlink() or venv.is_file() else shutil.rmtree(venv)
        except OSError as error:
            raise Trouble(
                f"The damaged folder {venv} could not be removed: {error.strerror}.",
                "Remove it yourself and run the same command again.",
            ) from error

    def _install(self, files: list[Path]) -> str:
        before = stamps.read(self.stamp)
        if self.places.venv.exists():
            self._mark_unfinished()
        try:
            uv = self.uv()
            if uv is not None:
                try:
                    self._install_with_uv(uv, files)
                    return "by uv"
                except StepFailed as failure:
                    if "no space left" in failure.output.lower():
                        raise
                    self.steps.say("  uv could not install the packages: trying pip (slower)")
            self._install_with_pip(files)
            return "by pip"
        except StepFailed as failure:
            if before and failure.is_of_the_network:
                # Both fetch everything before they change anything: what was there is there still.
                stamps.write(self.stamp, **before)
            raise

    def _mark_unfinished(self) -> None:
        """From here until all is installed, the environment counts as half-made; and as ours."""
        stamps.write(self.stamp, state="unfinished")

    def _install_with_uv(self, uv: Path, files: list[Path]) -> None:
        environment = self.uv_environment()
        if not self.places.python.exists():
            self.steps.run(
                "Making .venv",
                [uv, "venv", "--quiet", "--no-project", "--python", sys.executable, self.places.venv],
                environment=environment, shown=False,
            )  # fmt: skip
            self._mark_unfinished()
        self.steps.run(
            "Installing the Python packages",
            [uv, "pip", "sync", "--quiet", "--require-hashes", "--python", self.places.python, *files],
            environment=environment, shown=False,
        )  # fmt: skip

    def _install_with_pip(self, files: list[Path]) -> None:
        environment = pip_environment()
        if not self.places.python.exists():
            # Without pip inside, so that a Python without ensurepip can do it as well.
            self.steps.run(
                "Making .venv",
                [sys.executable, "-m", "venv", "--without-pip", self.places.venv],
                environment=environment, shown=False,
            )  # fmt: skip
            self._mark_unfinished()
        requirements = [word for file in files for word in ("-r", str(file))]
        self.steps.run(
            "Installing the Python packages",
            [
                *_pip(), "--python", self.places.python, "install",
                "--quiet", "--require-hashes", "--no-deps", "--no-input", *requirements,
            ],
            environment=environment, shown=False,
        )  # fmt: skip

    # -- the installer

    def uv(self) -> Path | None:
        """The pinned uv, fetched once by pip; None where it cannot be had."""
        with self._uv_lock:
            return self._uv()

    def _uv(self) -> Path | None:
        folder = self.places.bootstrap / "uv"
        program = folder / "bin" / "uv"
        stamp = folder / "concord.json"
        key = stamps.digest([self.places.bootstrap_lock], root=self.places.root)
        if stamps.read(stamp).get("key") == key and program.exists():
            return program
        try:
            self.install_apart(self.places.bootstrap_lock, folder, by=None)
        except StepFailed as failure:
            if failure.is_of_the_network:
                raise  # pip alone would fail for the same reason, after as long a wait
            return None
        if not program.exists():
            return None
        stamps.write(stamp, key=key)
        return program

    def install_apart(self, lock: Path, folder: Path, *, by: Path | None) -> None:
        """Put the packages of a lock into a folder of their own, by this uv or else by pip."""
        if folder.exists():
            shutil.rmtree(folder)
        words = ["install", "--quiet", "--require-hashes", "--no-deps"]
        title = f"Installing {lock.name}"
        if by is not None:
            command: list[str | Path] = [
                by,
                "pip",
                *words,
                "--python",
                sys.executable,
                "--target",
                folder,
                "-r",
                lock,
            ]
            code, _ = self.steps.attempt(command, environment=self.uv_environment())
            if code == 0:
                return
        command = [*_pip(), *words, "--no-input", "--target", folder, "-r", lock]
        self.steps.run(title, command, environment=pip_environment(), shown=False)

    def uv_environment(self) -> dict[str, str]:
        """The environment uv runs in: the user's, with pip's settings put into uv's words."""
        if self._uv_environment is None:
            environment = plain_environment()
            code, listing = self.steps.attempt([*_pip(), "config", "list"], environment=environment)
            settings = installer_settings.read_pip_settings(listing if code == 0 else "")
            environment |= installer_settings.settings_for_uv(settings, environment)
            environment["UV_PYTHON_DOWNLOADS"] = "never"
            if not {"UV_CACHE_DIR", "XDG_CACHE_HOME"} & set(environment) and not home_is_writable(
                ".cache"
            ):
                environment["UV_CACHE_DIR"] = str(self.places.bootstrap / "cache")
            self._uv_environment = environment
        return dict(self._uv_environment)


def pip_environment() -> dict[str, str]:
    """The environment pip runs in; settings that forbid `--target` are about other places than ours."""
    return plain_environment() | {
        "PIP_USER": "0",
        "PIP_REQUIRE_VIRTUALENV": "0",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
    }


def require_pip() -> None:
    answer = subprocess.run(
        [*_pip(), "--version"],
        stdin=subprocess.DEVNULL, capture_output=True, check=False, env=plain_environment(),
    )  # fmt: skip
    if answer.returncode != 0:
        raise Trouble(
            f"This Python ({sys.executable}) has no pip, which set-up needs.",
            "On Debian or Ubuntu: apt-get install python3-pip. Elsewhere: python3 -m ensurepip --user.",
        )


def _pip() -> list[str]:
    return [sys.executable, "-m", "pip"]


def _python_version() -> str:
    return f"{sys.implementation.name} {'.'.join(str(part) for part in sys.version_info[:2])}"


def home_is_writable(name: str) -> bool:
    """Whether the folder of this name could be used, or made, in the user's home."""
    folder = Path.home() / name
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK)
