"""The content-addressed store: bytes in, sha256 out; the same bytes are kept once and never change."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from projects.refusals import Missing, Refused, Unable
from projects.troubles import trouble


def put(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Keep the bytes; (sha256, size). They are on disk, whole, before this returns."""
    root: Path = settings.FILES_DIR
    try:
        root.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        with tempfile.NamedTemporaryFile(dir=root, prefix=".incoming-", delete=False) as file:
            try:
                for chunk in chunks:
                    digest.update(chunk)
                    size += len(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
                target = path_of(digest.hexdigest())
                target.parent.mkdir(exist_ok=True)
                os.chmod(file.name, 0o440)
                os.replace(file.name, target)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        if found := trouble(error):
            raise Unable(found.message) from error
        raise Refused(
            f"The file could not be kept: {error.strerror or error}. Nothing was changed; "
            "tell whoever runs this installation."
        ) from error
    return digest.hexdigest(), size


def put_bytes(data: bytes) -> tuple[str, int]:
    return put([data])


def path_of(sha256: str) -> Path:
    return Path(settings.FILES_DIR) / sha256[:2] / sha256


def open_stored(sha256: str) -> BinaryIO:
    try:
        return path_of(sha256).open("rb")
    except FileNotFoundError:
        raise Missing(
            "The stored file is not there any more. `manage.py doctor` tells more."
        ) from None


def read(sha256: str) -> bytes:
    with open_stored(sha256) as file:
        return file.read()


def forget(sha256: str) -> None:
    """Take a stored file away once the transaction holds. Whether anything still refers to it the caller has asked."""
    transaction.on_commit(lambda: path_of(sha256).unlink(missing_ok=True))
