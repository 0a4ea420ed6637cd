"""A browser and a web server that a test may kill: each with what it needs to come back as it would for a person."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from playwright.sync_api import BrowserType, Error, Page

from tests.conftest import CHROMIUM_FLAGS
from tests.installation import Installation
from tests.servers import family


class MortalBrowser:
    """Chromium on a profile of its own, killed as a power cut or a crash would: no farewell, every process at once."""

    def __init__(self, chromium: str, kind: BrowserType, profile: Path) -> None:
        self.chromium, self.kind, self.profile = chromium, kind, profile
        self.process: subprocess.Popen[bytes] | None = None

    def open(self, cookies: list) -> Page:
        """A page that does not know yet where to go, with who is signed in."""
        said = self.profile / "DevToolsActivePort"
        said.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [
                self.chromium, *CHROMIUM_FLAGS, "--remote-debugging-port=0", f"--user-data-dir={self.profile}",
                "--window-size=1280,720", "--disable-breakpad", "about:blank",
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        deadline = time.monotonic() + 30
        while not (said.exists() and said.read_text().count("\n")):
            assert time.monotonic() < deadline, "Chromium did not start"
            time.sleep(0.01)
        port = said.read_text().split()[0]
        self.remote = self.kind.connect_over_cdp(f"http://127.0.0.1:{port}")
        context = self.remote.contexts[0]
        context.add_cookies(cookies)
        return context.pages[0]

    def kill(self) -> None:
        """Safe to call from another thread, and twice."""
        assert self.process is not None
        if self.process.poll() is not None:
            return  # its number may be somebody else's by now
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def bury(self) -> None:
        self.kill()
        self.process.wait(10)
        with contextlib.suppress(Error):
            self.remote.close()


class MortalServer(Installation):
    """A second web server on the data of an installation, at an address of its own."""

    program = (*Installation.program, "--no-worker")

    def __init__(self, installation: Installation, folder: Path) -> None:
        super().__init__(folder)
        self.environment = {**installation.environment, "CONCORD_URL": self.url}

    def kill(self) -> None:
        """Every process of it at once, in the midst of whatever it does."""
        assert self.process is not None
        for pid in family(self.process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(10)
        self.process = None
