"""Holds a release folder against its MANIFEST.json: python verify.py [FOLDER]

Needs nothing but Python 3.9 or later. Names every file that was changed, removed or added; exits with 0 when there
is none, 1 when there is, 2 when there is no manifest. Reads only.
"""

import hashlib
import json
import sys
from pathlib import Path, PurePosixPath
from typing import Dict, NamedTuple, Tuple  # noqa: UP035 - this file runs on Pythons older than the project's

NAME = "MANIFEST.json"
_BLOCK = 1 << 20


class Difference(NamedTuple):
    """One way in which a folder is not what its manifest says: changed, missing or extra."""

    path: str
    kind: str
    detail: str


class ManifestInvalid(ValueError):
    """The folder has no manifest that can be read; the message says why."""


def verify(directory: Path) -> Tuple[Difference, ...]:  # noqa: UP006 - as above
    """Every difference between a folder and its manifest, sorted by path; none when it is untouched.

    Raises ManifestInvalid when there is no manifest to hold the folder against.
    """
    listed = _listed(directory)
    present = {
        path.relative_to(directory).as_posix()
        for path in directory.rglob("*")
        if path.is_symlink() or not path.is_dir()
    } - {NAME}
    found = [Difference(path, "extra", "not in the manifest") for path in present - listed.keys()]
    for path, (size, sha256) in listed.items():
        if path not in present:
            found.append(Difference(path, "missing", "in the manifest, not in the folder"))
            continue
        changed = _change(directory / path, size, sha256)
        if changed:
            found.append(Difference(path, "changed", changed))
    return tuple(sorted(found, key=lambda difference: difference.path))


def is_inside(path: str) -> bool:
    """Whether a path of a manifest names a file of the folder and nothing above or beside it."""
    pure = PurePosixPath(path)
    parts = pure.parts
    return (
        bool(parts)
        and not pure.is_absolute()
        and ".." not in parts
        and pure.as_posix() == path
        and "\\" not in path
    )


def _listed(directory: Path) -> Dict[str, Tuple[int, str]]:  # noqa: UP006 - as above
    """Size and hash by path, as the manifest of the folder gives them."""
    try:
        content = json.loads((directory / NAME).read_bytes())
        listed = {
            str(entry["path"]): (int(entry["bytes"]), str(entry["sha256"]))
            for entry in content["files"]
        }
    except FileNotFoundError:
        raise ManifestInvalid(f"{directory} holds no {NAME}") from None
    except OSError as error:
        raise ManifestInvalid(f"{directory / NAME} cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ManifestInvalid(f"{directory / NAME} is not a manifest") from None
    for path in listed:
        if not is_inside(path):
            raise ManifestInvalid(
                f"{directory / NAME} names {path!r}, which is no file of the folder"
            )
    return listed


def _change(path: Path, size: int, sha256: str) -> str:
    """What is wrong with a file that is there; empty when nothing is."""
    if path.is_symlink() or not path.is_file():
        return "not a plain file"
    digest, found = hashlib.sha256(), 0
    with path.open("rb") as content:
        while True:
            block = content.read(_BLOCK)
            if not block:
                break
            digest.update(block)
            found += len(block)
    if found != size:
        return f"{found} bytes instead of {size}"
    if digest.hexdigest() != sha256:
        return "same length, other content"
    return ""


def main(arguments: "list[str]") -> int:
    directory = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    try:
        found = verify(directory)
    except ManifestInvalid as error:
        print(error, file=sys.stderr)
        return 2
    for one in found:
        print(f"{one.path}: {one.kind} ({one.detail})")
    if not found:
        print(f"{directory} is as its manifest says.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
