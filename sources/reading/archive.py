"""ZIP archives: each member to a file of its own under a number, or the reason why it is left in.

A member's name is a label for people and never a path. Run by `isolated` as a process of its own
(`python -m sources.reading.archive FOLDER`, the archive on standard input); what the members are is not decided here.
"""

from __future__ import annotations

import contextlib
import json
import stat
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from . import canonical, containers
from .values import Unreadable

MAX_MEMBER = 100_000_000
MAX_TOTAL = 1_000_000_000
MAX_RATIO = 200
MAX_DEPTH = 2  # an archive in an archive, and no more
_SMALL = 1_000_000
_CHUNK = 1 << 20
_NOISE = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_ENCRYPTED, _UTF8 = 0x1, 0x800


@dataclass(frozen=True, slots=True)
class Member:
    """`number` counts from 1 as listed. `stored` is its file in the folder, '' where `reason` says why not."""

    number: int
    name: str
    size: int
    stored: str = ""
    reason: str = ""


def unpack(
    file: IO[bytes], into: Path, *, most_bytes: int = MAX_TOTAL, most_members: int = containers.MAX_MEMBERS
) -> Iterator[Member]:  # fmt: skip
    """Unpack what can be, member by member. Raises Unreadable where the archive as a whole cannot be opened."""
    left = most_bytes
    with containers.opened(file) as container:
        members = [m for m in container.infolist() if not (m.is_dir() or _is_noise(m.filename))]
        if not members:
            raise Unreadable("empty", "The archive holds no files.")
        if len(members) > most_members:
            raise Unreadable(
                "too_large",
                f"The archive holds {len(members):,} files; {most_members:,} can still be taken. Split it.",
            )
        for number, member in enumerate(members, start=1):
            name = label(member)
            reason = _refusal(member, left)
            if not reason:
                target = into / f"{number:05d}"
                try:
                    left -= _write(container, member, target)
                except (*containers.DAMAGED, RuntimeError):
                    target.unlink(missing_ok=True)
                    reason = "It is damaged inside the archive. Make the archive again."
                else:
                    yield Member(number, name, member.file_size, target.name)
                    continue
            yield Member(number, name, member.file_size, reason=reason)


def label(member: zipfile.ZipInfo) -> str:
    """The name as its maker wrote it: without the flag for UTF-8, many programs write UTF-8 all the same."""
    name = member.orig_filename
    if not member.flag_bits & _UTF8:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return canonical.line(name.replace("\\", "/"))[-300:] or "unnamed"


def _refusal(member: zipfile.ZipInfo, left: int) -> str:
    if member.flag_bits & _ENCRYPTED:
        return "It is protected by a password. Make the archive again without one."
    if stat.S_ISLNK(member.external_attr >> 16):
        return "It is a link to another file, not a file."
    if member.file_size > MAX_MEMBER:
        return f"It is larger than {MAX_MEMBER // 1_000_000} MB, the most one document may have."
    if member.file_size > max(_SMALL, MAX_RATIO * member.compress_size):
        return f"It unpacks to more than {MAX_RATIO} times its size, as no document does."
    if member.file_size > left:
        return "The archive unpacks to more than is taken; this and larger files were left out. Split it."
    return ""


def _write(container: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> int:
    written = 0
    with container.open(member) as source, target.open("xb") as out:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            out.write(chunk)
    return written


def _is_noise(name: str) -> bool:
    last = name.rpartition("/")[2]
    return name.startswith(_NOISE[0]) or last in _NOISE or last.startswith("._")


def main() -> int:
    from . import limits

    limits.set_own()
    into, most_bytes, most_members = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    try:
        members = unpack(sys.stdin.buffer, into, most_bytes=most_bytes, most_members=most_members)
        answer: dict[str, object] = {"members": [asdict(member) for member in members]}
    except Unreadable as refusal:
        answer = {"unreadable": [refusal.code, refusal.reason]}
    except MemoryError:
        return limits.NO_MEMORY
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
