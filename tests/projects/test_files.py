"""The content-addressed store."""

import hashlib
import stat
from pathlib import Path

import pytest

from projects import files
from projects.refusals import Missing, Refused

DATA = b"%PDF-1.7 and so on"
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture(autouse=True)
def store(settings, tmp_path) -> Path:
    settings.FILES_DIR = tmp_path / "not" / "yet" / "there"
    return settings.FILES_DIR


def kept(store: Path) -> list[str]:
    return sorted(str(path.relative_to(store)) for path in store.rglob("*") if path.is_file())


def test_bytes_come_back_under_their_hash(store):
    assert files.put([DATA[:5], b"", DATA[5:]]) == (SHA256, len(DATA))

    assert files.read(SHA256) == DATA
    with files.open_stored(SHA256) as file:
        assert file.read(4) == b"%PDF"
    assert kept(store) == [f"{SHA256[:2]}/{SHA256}"]


def test_the_same_bytes_are_kept_once(store):
    assert files.put_bytes(DATA) == files.put_bytes(DATA)

    assert kept(store) == [f"{SHA256[:2]}/{SHA256}"]


def test_no_bytes_are_bytes_too():
    sha256, size = files.put([])

    assert (sha256, size, files.read(sha256)) == (hashlib.sha256(b"").hexdigest(), 0, b"")


def test_what_is_kept_is_read_only():
    files.put_bytes(DATA)

    assert stat.S_IMODE(files.path_of(SHA256).stat().st_mode) == 0o440


def test_a_source_that_breaks_off_leaves_nothing_behind(store):
    def broken():
        yield DATA
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        files.put(broken())

    assert kept(store) == []


def test_a_refusal_on_the_way_is_passed_on_and_leaves_nothing_behind(store):
    def too_large():
        yield DATA
        raise Refused("too large")

    with pytest.raises(Refused, match="^too large$"):
        files.put(too_large())

    assert kept(store) == []


def test_a_disk_that_takes_nothing_is_told_in_plain_words(settings, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    settings.FILES_DIR = tmp_path / "file" / "store"

    with pytest.raises(Refused) as refused:
        files.put_bytes(DATA)

    assert refused.value.message == (
        "The file could not be kept: Not a directory. Nothing was changed; "
        "tell whoever runs this installation."
    )


def test_a_disk_that_fills_up_half_way_leaves_nothing_behind(store, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)

    with pytest.raises(Refused, match="There is no room left on the disk"):
        files.put_bytes(DATA)

    assert kept(store) == []


def test_a_file_that_is_gone_is_missing():
    for ask in (files.read, files.open_stored):
        with pytest.raises(Missing, match="The stored file is not there any more"):
            ask(SHA256)
