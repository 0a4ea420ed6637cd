"""A whole installation for tests: its own data folder, its own database, a real web server and worker."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "concord-demo"


class Installation:
    """Started by `start`, stopped by `stop`; `manage` runs a command beside it, as an operator would."""

    program: tuple[str, ...] = ("manage.py", "serve", "--processes", "1")
    answers_at = "/sign-in/"

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        left_out = {"DATABASE_URL", "REDIS_URL", "CONCORD_FILES", "DJANGO_SETTINGS_MODULE"}
        kept = {name: value for name, value in os.environ.items() if name not in left_out}
        self.environment = {
            **kept,
            "CONCORD_DATA": str(folder / "data"),
            "CONCORD_URL": self.url,
            "CONCORD_LOG_LEVEL": "WARNING",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def manage(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=240,
        )
        if check and done.returncode:
            raise AssertionError(f"manage.py {' '.join(arguments)}\n{done.stdout}\n{done.stderr}")
        return done

    def prepare(self) -> None:
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--noinput", "--verbosity", "0")
        self.manage("demo")

    def start(self) -> None:
        words = [*self.program, "--bind", f"127.0.0.1:{self.port}"]
        with (self.folder / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *words],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline:
            try:
                with urlopen(f"{self.url}{self.answers_at}", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(f"the server did not answer:\n{self.log()}")

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            raise AssertionError("serve did not stop when it was told to") from None

    def log(self) -> str:
        return (self.folder / "serve.log").read_text(errors="replace")
