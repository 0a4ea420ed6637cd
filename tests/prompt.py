"""A shell in which `.venv/bin/python manage.py ...` answers at once: the product is loaded once and forks for every command.

`python -m tests.prompt SOCKET` is the process that forks. What is typed stays what a person would type.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# In the place of .venv/bin/python: asks the loaded process where manage.py is meant, and is Python else.
_PROGRAM = """#!{python} -IS
import json, os, socket, sys
words = sys.argv[1:]
if words[:1] != ["manage.py"]:
    os.execv({python!r}, [{python!r}, *words])
line = socket.socket(socket.AF_UNIX)
line.connect({address!r})
said = json.dumps([words, os.getcwd(), dict(os.environ)]).encode()
socket.send_fds(line, [len(said).to_bytes(4, "big")], [0, 1, 2])
line.sendall(said)
code = line.recv(8)
sys.exit(int(code) if code else 70)
"""


@dataclass(frozen=True)
class Answer:
    code: int
    said: str


class Prompt:
    """A folder like a fresh checkout, with its own data, and a shell in it."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        # A short path of its own: sockets take no long one.
        self.place = Path(tempfile.mkdtemp(prefix="prompt-"))
        self.address = str(self.place / "socket")
        program = folder / ".venv" / "bin" / "python"
        program.parent.mkdir(parents=True)
        program.write_text(_PROGRAM.format(python=sys.executable, address=self.address))
        program.chmod(0o755)
        for name in ("docs", "start.py"):
            (folder / name).symlink_to(ROOT / name)
        self.environment = environment
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.prompt", self.address], cwd=ROOT, env=environment
        )
        deadline = time.monotonic() + 240  # on a busy machine it takes its time
        while not Path(self.address).exists():
            assert self.process.poll() is None and time.monotonic() < deadline
            time.sleep(0.05)

    def type(self, words: str) -> Answer:
        """What the shell answers to these lines; it stops at the first that fails."""
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", words],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=600,
        )
        return Answer(done.returncode, done.stdout)

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        shutil.rmtree(self.place)


def _listen(address: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    # What every command would load for itself is loaded before the first one asks.
    from django.core import checks
    from django.core.management import get_commands, load_command_class

    checks.run_checks()
    for name, app in get_commands().items():
        if not str(app).startswith("django."):
            load_command_class(app, name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    line = socket.socket(socket.AF_UNIX)
    line.bind(address)
    line.listen()
    while True:
        asked, _ = line.accept()
        if os.fork() == 0:
            line.close()
            _answer(asked)
        asked.close()


def _answer(asked: socket.socket) -> None:
    """In the child: do the command in the place and with the files of whoever asked, then tell how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    length, files, _, _ = socket.recv_fds(asked, 4, 3)
    said = bytearray()
    while len(said) < int.from_bytes(length, "big"):
        said += asked.recv(65536)
    words, folder, environment = json.loads(said)
    for at, file in enumerate(files):
        os.dup2(file, at)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    code = 1
    try:
        from django.core.management import execute_from_command_line

        execute_from_command_line(words)
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        asked.sendall(str(code).encode())
        os._exit(code)


if __name__ == "__main__":
    _listen(sys.argv[1])
