"""`manage.py serve`: the web server, and beside it the worker of the small arrangement. Ctrl+C stops both."""

import os
import signal
import subprocess
import sys
import tempfile
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.watching.measures import FOLDER

MEMORY = "/dev/shm" if os.path.isdir("/dev/shm") else tempfile.gettempdir()  # noqa: S108 - what is made there has a name of its own  # nosec B108
GRACE = 20  # seconds for requests that have begun; the worker's own grace is shorter


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--bind", default="127.0.0.1:8000", help="address:port to listen on")
        parser.add_argument("--processes", type=int, default=2)
        parser.add_argument("--threads", type=int, default=4)
        parser.add_argument(
            "--no-worker", action="store_true", help="web only: workers run elsewhere"
        )

    def handle(self, **options):
        # A folder of this server's own: each web process keeps its counts there, and any of them tells all.
        with tempfile.TemporaryDirectory(prefix="concord-measures-", dir=MEMORY) as measures:
            self.environment = os.environ | {FOLDER: measures}
            self.serve(**options)

    def serve(self, *, bind, processes, threads, no_worker, **options):
        self.children: dict[str, subprocess.Popen] = {}
        self.stopping = False
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self.stop)
        web = [
            sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", bind,
            "--workers", str(processes), "--threads", str(threads), "--worker-class", "gthread",
            "--timeout", "120", "--graceful-timeout", str(GRACE), "--log-level", "warning",
            "--preload", "--no-control-socket", "--worker-tmp-dir", MEMORY,
            "--logger-class", "config.watching.gunicorn_logs.ServerLog",
        ]  # fmt: skip
        commands = {"web": web}
        if not no_worker and not settings.REDIS_URL:
            commands["worker"] = [sys.executable, "manage.py", "work", "--with-parent"]
        for name in commands:
            self.start(name, commands[name])
        started = time.monotonic()
        while not self.stopping:
            time.sleep(0.2)
            for name, child in list(self.children.items()):
                if child.poll() is None or self.stopping:
                    continue
                if name == "web":
                    self.finish()
                    hint = (
                        " Is the address already in use?" if time.monotonic() - started < 10 else ""
                    )
                    raise CommandError(f"The web server stopped (exit {child.returncode}).{hint}")
                self.stderr.write(
                    "The worker stopped and is started again; its job is taken up by the next one."
                )
                time.sleep(1)
                self.start(name, commands[name])
        self.finish()

    def start(self, name, command):
        low_priority = (lambda: os.nice(10)) if name == "worker" else None
        # A session of their own: Ctrl+C reaches this process alone, which then stops them in order.
        self.children[name] = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=self.environment if name == "web" else None,
            preexec_fn=low_priority,
            start_new_session=True,
        )

    def stop(self, *_):
        self.stopping = True

    def finish(self):
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + GRACE + 5
        for child in self.children.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
