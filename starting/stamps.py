"""Stamps: small files that say what a finished step was made from, so that it is done again only when that changed.

A stamp lies inside the thing it speaks of wherever it can, so that deleting the thing deletes the claim.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path


def digest(paths: Iterable[Path], *, root: Path, also: Iterable[str] = ()) -> str:
    """A hash over names (relative to `root`) and contents of files, folders taken with all they hold.

    A missing path counts too: it hashes unlike an empty one. `also` adds plain words, such as a version.
    """
    total = hashlib.sha256()
    for path in sorted(set(paths)):
        total.update(b"\0path\0" + path.relative_to(root).as_posix().encode())
        if not path.exists():
            total.update(b"\0missing")
            continue
        for file in files_under(path):
            total.update(b"\0file\0" + file.relative_to(root).as_posix().encode() + b"\0")
            total.update(hashlib.sha256(file.read_bytes()).digest())
    for word in also:
        total.update(b"\0word\0" + word.encode())
    return total.hexdigest()


def files_under(path: Path) -> list[Path]:
    """The file itself, or every file of a folder, in a fixed order, without what Python leaves behind."""
    if path.is_file():
        return [path]
    return sorted(
        file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts
    )


def read(stamp: Path) -> dict[str, object]:
    """What the stamp says; nothing when it is missing or torn."""
    try:
        said = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def write(stamp: Path, **said: object) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    half = stamp.with_name(stamp.name + ".half")
    half.write_text(json.dumps(said, indent=1, sort_keys=True), encoding="utf-8")
    half.replace(stamp)
