"""Where set-up puts its things. Nothing here touches the disk."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Places:
    """The folders and files of one checkout."""

    root: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def var(self) -> Path:
        return self.root / "var"

    @property
    def bootstrap(self) -> Path:
        """The installer (uv) and, where none was found, Node.js: needed to set up, not to run."""
        return self.var / "bootstrap"

    @property
    def data(self) -> Path:
        """Where the product keeps its data; config/settings.py reads the same variable."""
        named = os.environ.get("CONCORD_DATA", "").strip()
        return Path(named).expanduser().resolve() if named else self.var

    @property
    def log(self) -> Path:
        return self.var / "start.log"

    @property
    def node_modules(self) -> Path:
        return self.root / "node_modules"

    @property
    def built(self) -> Path:
        return self.root / "build" / "static"

    @property
    def static_sources(self) -> list[Path]:
        """The folders of scripts and styles that people write: one in each room that has pages."""
        made = {self.built.parent, self.var, self.data}
        folders = (folder for folder in sorted(self.root.glob("*/static")) if folder.is_dir())
        return [
            folder
            for folder in folders
            if folder.parent not in made and not folder.parent.name.startswith(".")
        ]

    @property
    def run_lock(self) -> Path:
        return self.root / "requirements.lock"

    @property
    def test_lock(self) -> Path:
        return self.root / "requirements-test.lock"

    @property
    def extras_lock(self) -> Path:
        return self.root / "requirements-extras.lock"

    @property
    def node_lock(self) -> Path:
        return self.root / "requirements-node.lock"

    @property
    def bootstrap_lock(self) -> Path:
        return self.root / "requirements-bootstrap.lock"


HERE = Places(Path(__file__).resolve().parents[1])
