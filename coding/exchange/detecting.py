"""Which format a file is of, by what it holds rather than by its name; and the files inside an archive."""

import io
import json
import zipfile
from typing import Any

from coding.exchange.codings import Files, Unreadable
from coding.exchange.formats import NOTE
from coding.exchange.label_studio import CONFIGURATION
from coding.exchange.webanno import HEADER
from sources.reading import Unreadable as Unfit
from sources.reading import containers

SPREADSHEET = "spreadsheet"
MOST_UNPACKED = 300_000_000
_SKIPPED = (NOTE, CONFIGURATION)


def files_of(content: bytes, filename: str) -> dict[str, bytes]:
    """The file itself, or what is in it where it is an archive; a workbook is no archive. Raises Unreadable."""
    if not containers.is_zip(content[:4]):
        return {filename: content}
    try:
        with containers.opened(io.BytesIO(content)) as archive:
            if any(name.startswith("xl/") for name in archive.namelist()):
                return {filename: content}
            members = [one for one in archive.infolist() if _is_wanted(one)]
            if sum(one.file_size for one in members) > MOST_UNPACKED:
                raise Unreadable("The archive holds more than 300 MB. Split it.")
            found = {one.filename: archive.read(one) for one in members}
    except Unfit as refusal:
        raise Unreadable(refusal.reason) from None
    except (*containers.DAMAGED, RuntimeError):  # the last for one with a password
        raise Unreadable("The archive is damaged or has a password. Make it again.") from None
    if not found:
        raise Unreadable("The archive holds no file of codings.")
    return dict(sorted(found.items()))


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    name = member.filename
    hidden = any(part.startswith((".", "__MACOSX")) for part in name.split("/"))
    return not (member.is_dir() or hidden or name.rpartition("/")[2] in _SKIPPED)


def detected(files: Files) -> str:
    """The name of a format, or of the spreadsheet; nothing where it cannot be told."""
    for name, content in files.items():
        if content.startswith(b"PK"):
            return SPREADSHEET
        head = content.removeprefix(b"\xef\xbb\xbf").lstrip()
        if head.startswith(HEADER.encode()):
            return "webanno"
        if head[:1] in (b"{", b"["):
            return _of_json(head)
        if name.casefold().endswith((".csv", ".tsv", ".xlsx", ".txt")):
            return SPREADSHEET
    return ""


def _of_json(head: bytes) -> str:
    whole = _parsed(head) if head.startswith(b"[") else None
    first = whole[0] if isinstance(whole, list) and whole else _parsed(head.partition(b"\n")[0])
    if first is None:
        first = _parsed(head)
    if not isinstance(first, dict):
        return ""
    if "annotations" in first and "data" in first:
        return "label-studio"
    if "@context" in first or "target" in first or "rows" in first:
        return "web-annotation"
    if "text" in first and {"label", "labels", "entities"} & set(first):
        return "doccano"
    return "concord" if "coder" in first and "document" in first else ""


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None
