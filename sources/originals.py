"""The bytes a document came as, wherever the store has them: in a file of their own, or among others in a pack."""

import io
from pathlib import Path
from typing import BinaryIO

from projects import files
from projects.refusals import Missing
from sources.models import Document


def opened(document: Document) -> BinaryIO:
    """To be read from its beginning to its end and closed."""
    _must_be_there(document)
    if not document.pack:
        return files.open_stored(document.sha256)
    return io.BytesIO(read(document))


def source(document: Document) -> Path | bytes:
    """What a reading process is given: a path where there is one, so that large files are not held here."""
    _must_be_there(document)
    if document.pack:
        return read(document)
    files.open_stored(document.sha256).close()  # says so in words if it is gone
    return files.path_of(document.sha256)


def read(document: Document) -> bytes:
    _must_be_there(document)
    if not document.pack:
        return files.read(document.sha256)
    with files.open_stored(document.pack) as file:
        file.seek(document.pack_start or 0)
        return file.read(document.size)


def _must_be_there(document: Document) -> None:
    if document.taken_down_at is not None:
        raise Missing("This document was taken down. Its file is gone for good.")
