"""A Chromium for the browser tests: one that is there, else Debian's package where we may install it."""

import os
import shutil
import time
from collections.abc import Callable, Mapping

from starting.steps import Steps

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find(
    environment: Mapping[str, str] = os.environ,
    *,
    which: Callable[[str], str | None] = shutil.which,
    exists: Callable[[str], bool] = os.path.exists,
) -> str | None:
    """The program named by CHROMIUM_PATH, else the first one installed."""
    named = environment.get("CHROMIUM_PATH", "").strip()
    if named:
        return named if exists(named) else None
    found = (path for name in _NAMES if (path := which(name)))
    return next(found, None) or next((path for path in _APPLICATIONS if exists(path)), None)


class Chromium:
    """Finds or installs the browser; `path` stays None where there is none to be had."""

    def __init__(self) -> None:
        self.path = find()

    def ensure(self, steps: Steps) -> None:
        if self.path is not None or os.environ.get("CHROMIUM_PATH", "").strip():
            return
        if os.geteuid() != 0 or shutil.which("apt-get") is None:
            return
        begun = time.monotonic()
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        patient = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "-qq"]
        steps.attempt([*patient, "update"], environment=quiet)
        code, _ = steps.attempt(
            [*patient, "install", "-y", "--no-install-recommends", "chromium"], environment=quiet
        )
        self.path = find()
        word = "" if code == 0 and self.path else "could not be installed"
        steps.report("Chromium from Debian", time.monotonic() - begun, word)
