"""`manage.py demo`: load the demo project. `--check` walks the whole street in a temporary database instead."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import demonstration
from projects.refusals import Refused


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="walk the street in a temporary database"
        )

    def handle(self, *, check, **options):
        if check:
            return self.check_street()
        if demonstration.is_loaded():
            self.stdout.write("The demo project is here already; it was left as it is.")
            return self.tell_logins()
        try:
            for step, counts in demonstration.load():
                self.stdout.write(f"{step:<11}{counts}")
        except Refused as refusal:
            raise CommandError(
                f"The demo was not loaded, nothing was changed: {refusal.message}"
            ) from None
        return self.tell_logins()

    def tell_logins(self):
        """The last paragraph: start.py shows it at every start."""
        logins = "  ".join(f"{name} ({label})" for name, _, _, label in demonstration.PEOPLE)
        self.stdout.write(
            f"\nDemo logins: {logins}\nPassword of all: {demonstration.PASSWORD}. Coders are C1, C2, C3; "
            "PI adjudicates, manages and releases: begin as dora."
        )

    def check_street(self):
        with tempfile.TemporaryDirectory(prefix="concord-check-") as folder:
            kept = {
                k: v
                for k, v in os.environ.items()
                if k not in {"DATABASE_URL", "REDIS_URL", "CONCORD_FILES"}
            }
            environment = {**kept, "CONCORD_DATA": folder, "CONCORD_URL": "http://127.0.0.1:8000"}
            release = Path(folder) / "release"
            for arguments in (
                ["migrate", "--verbosity", "0"],
                ["demo"],
                ["release", "demo", "--version", demonstration.VERSION, "--out", str(release)],
                ["verify", str(release)],
            ):
                done = subprocess.run(
                    [sys.executable, "manage.py", *arguments],
                    cwd=settings.BASE_DIR,
                    env=environment,
                    capture_output=True,
                    text=True,
                )
                if done.returncode:
                    self.stdout.write(done.stdout)
                    raise CommandError(
                        f"The street is broken at “{arguments[0]}”: {done.stderr.strip()[-2000:]}"
                    )
                if arguments[0] == "demo":
                    self.stdout.write(done.stdout.partition("\n\n")[0].rstrip())
                elif arguments[0] == "verify":
                    files = sum(1 for path in release.rglob("*") if path.is_file())
                    self.stdout.write(
                        f"{'verify':<11}{files} files written out and as their manifest says"
                    )
            counted = subprocess.run(
                [sys.executable, str(release / "examples" / "tables.py")],
                capture_output=True,
                text=True,
            )
            if counted.returncode:
                raise CommandError(
                    f"The README's tables differ from the files:\n{counted.stdout}{counted.stderr}"
                )
            tables = counted.stdout.count("As in README.md: yes")
            told = "1 table" if tables == 1 else f"{tables} tables"
            self.stdout.write(f"{'tables':<11}{told} of the README counted again from the files")
