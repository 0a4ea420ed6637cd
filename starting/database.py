"""What the product itself must do before it serves: tables, static files, the demo project."""

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from starting import stamps
from starting.places import Places
from starting.steps import Steps
from starting.wheels import plain_environment


def product_environment(places: Places) -> dict[str, str]:
    """The environment our own programs run in: the user's, with .venv's programs found first."""
    environment = plain_environment()
    path = environment.get("PATH", os.defpath)
    return environment | {
        "PATH": f"{places.venv / 'bin'}{os.pathsep}{path}",
        "PYTHONUNBUFFERED": "1",
    }


class Database:
    """Brings the data folder up to the code."""

    def __init__(self, places: Places, steps: Steps) -> None:
        self.places = places
        self.steps = steps
        self._demo_follows = False

    def manage(self, title: str, *words: str) -> str:
        return self.steps.run(
            title,
            [self.places.python, "manage.py", *words],
            environment=product_environment(self.places),
        )

    # -- tables and demo

    @property
    def demo_stamp(self) -> Path:
        return self.places.data / "stamps" / "demo.json"

    def wants_demo(self) -> bool:
        """Whether the demo project is to be loaded: into a new database of the small arrangement only.

        Its passwords are public, so a database or an address that someone set up gets it only when asked
        (CONCORD_DEMO=1). Asked before `migrate`, which makes the file this looks for.
        """
        wish = os.environ.get("CONCORD_DEMO", "").strip().lower()
        said = stamps.read(self.demo_stamp)
        state = said.get("state") if said.get("database") == database_name(self.places) else None
        if wish in {"0", "no", "false"}:
            return False
        if state == "loaded":
            return not self._file_exists()
        if wish:
            return True
        if is_set_up_for_others():
            return False
        return not self._file_exists() or state == "begun"

    def _file_exists(self) -> bool:
        return (
            bool(os.environ.get("DATABASE_URL")) or (self.places.data / "concord.sqlite3").exists()
        )

    def ensure_tables(self) -> None:
        """Migrate where there is anything to migrate, noting first whether the demo is to follow."""
        self._demo_follows = self.wants_demo()
        if self._demo_follows:  # so that the next start takes up what this one did not finish
            here = database_name(self.places)
            stamps.write(self.demo_stamp, database=here, state="begun", said="")
        if not self.is_migrated():
            self.manage("Database", "migrate", "--no-input", "--verbosity", "0")
            stamps.write(self.migrated_stamp, key=self._migrations_key())

    def ensure_demo(self) -> str:
        """Load the demo project where it is wanted; its logins."""
        if self._demo_follows:
            said = self.manage("Demo project", "demo")
            here = database_name(self.places)
            stamps.write(self.demo_stamp, database=here, state="loaded", said=said)
            self._demo_follows = False
        return self.demo_words()

    def demo_words(self) -> str:
        """The last paragraph of what the demo said when it was loaded: its logins."""
        said = stamps.read(self.demo_stamp)
        if said.get("database") != database_name(self.places):
            return ""
        return str(said.get("said", "")).strip().rpartition("\n\n")[2]

    def has_people(self) -> bool:
        """Whether anybody has an account; of a database that only Django can ask, taken for granted."""
        if os.environ.get("DATABASE_URL", "").strip():
            return True
        try:
            with closing(
                sqlite3.connect(self.places.data / "concord.sqlite3", timeout=20)
            ) as asked:
                return asked.execute("SELECT 1 FROM projects_user").fetchone() is not None
        except sqlite3.Error:
            return True

    # -- whether there is anything to migrate

    @property
    def migrated_stamp(self) -> Path:
        return self.places.data / "stamps" / "migrated.json"

    def is_migrated(self) -> bool:
        """Whether `migrate` would find nothing to do, told without the seconds that Django takes to load.

        The database itself is asked, since a backup may have been put in its place; PostgreSQL is left to `migrate`.
        """
        file = self.places.data / "concord.sqlite3"
        if os.environ.get("DATABASE_URL", "").strip() or not file.exists():
            return False
        if stamps.read(self.migrated_stamp).get("key") != self._migrations_key():
            return False
        try:
            with closing(sqlite3.connect(file, timeout=20)) as connection:
                applied = set(connection.execute("SELECT app, name FROM django_migrations"))
        except sqlite3.Error:
            return False
        wanted = {(path.parent.parent.name, path.stem) for path in self._migrations()}
        return wanted <= applied

    def _migrations(self) -> list[Path]:
        return sorted(self.places.root.glob("*/migrations/[0-9]*.py"))

    def _migrations_key(self) -> str:
        # The lock stands for the migrations that packages bring.
        return stamps.digest([*self._migrations(), self.places.run_lock], root=self.places.root)

    # -- static files

    def collect(self) -> bool:
        """Gather the static files the web server hands out; True when something was done."""
        root = self.places.root
        stamp = self.places.data / "stamps" / "static.json"
        sources = [self.places.built, self.places.run_lock]
        key = stamps.digest(sources, root=root)
        gathered = self.places.data / "static" / "staticfiles.json"
        if gathered.exists() and stamps.read(stamp).get("key") == key:
            return False
        self.manage("Static files", "collectstatic", "--no-input", "--clear", "--verbosity", "0")
        stamps.write(stamp, key=key)
        return True


def database_name(places: Places) -> str:
    """A name for the database in use that gives no password away."""
    address = os.environ.get("DATABASE_URL", "").strip() or str(places.data / "concord.sqlite3")
    return hashlib.sha256(address.encode()).hexdigest()[:16]


def is_set_up_for_others() -> bool:
    return any(
        os.environ.get(name, "").strip()
        for name in ("DATABASE_URL", "CONCORD_URL", "CONCORD_HOSTS")
    )
