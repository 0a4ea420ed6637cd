import io
import stat
import zipfile
from pathlib import Path

import pytest

from sources.reading import Unreadable, archive, kind
from sources.reading.isolated import unpack_isolated


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def unpacked(data: bytes, into: Path, **limits: int) -> list[archive.Member]:
    return list(archive.unpack(io.BytesIO(data), into, **limits))


def test_members_are_stored_under_numbers_and_named_by_labels(tmp_path):
    data = zipped(**{
        "news/a.txt": b"one", "../../etc/passwd": b"two", "/abs.txt": b"three", "C:\\x\\y.txt": b"four",
        "__MACOSX/._a.txt": b"noise", "folder/": b"", "a\x07b.txt": b"five",
    })  # fmt: skip

    assert kind(data, "a.pdf") == "archive"
    found = unpacked(data, tmp_path)

    assert [(m.number, m.name, m.stored) for m in found] == [
        (1, "news/a.txt", "00001"),
        (2, "../../etc/passwd", "00002"),
        (3, "/abs.txt", "00003"),
        (4, "C:/x/y.txt", "00004"),
        (5, "ab.txt", "00005"),
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == [m.stored for m in found]
    assert (tmp_path / "00002").read_bytes() == b"two"


def test_names_in_utf8_without_its_flag_are_read_as_such(tmp_path):
    data = zipped(**{"Verträge.txt": b"x"}).replace("Verträge".encode(), "Verträge".encode())
    plain = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = plain.index(mark) + place
        plain[at : at + 2] = b"\x00\x00"

    assert unpacked(bytes(plain), tmp_path)[0].name == "Verträge.txt"


def test_bombs_links_locked_and_large_members_are_left_in(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBER", 3_000_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("bomb.txt", b"0" * 2_000_000)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
        made.writestr("large.txt", b"0" * 3_000_001)
        made.writestr("good.txt", b"good")

    found = unpacked(out.getvalue(), tmp_path)

    assert [(m.name, m.reason.partition(".")[0]) for m in found] == [
        ("bomb.txt", "It unpacks to more than 200 times its size, as no document does"),
        ("link.txt", "It is a link to another file, not a file"),
        ("large.txt", "It is larger than 3 MB, the most one document may have"),
        ("good.txt", ""),
    ]


def test_what_is_damaged_inside_costs_only_itself(tmp_path):
    data = bytearray(zipped(**{"a.txt": b"a" * 500, "b.txt": b"b" * 500}))
    data[40] ^= 0xFF

    first, second = unpacked(bytes(data), tmp_path)

    assert ("damaged" in first.reason, second.reason) == (True, "")
    assert [path.name for path in tmp_path.iterdir()] == ["00002"]


def test_totals_are_limited(tmp_path):
    data = zipped(a=b"1" * 100, b=b"2" * 100)

    assert [m.reason != "" for m in unpacked(data, tmp_path, most_bytes=150)] == [False, True]
    with pytest.raises(Unreadable) as caught:
        unpacked(data, tmp_path, most_members=1)
    assert caught.value.code == "too_large"


def test_an_archive_without_files_says_so(tmp_path):
    with pytest.raises(Unreadable) as caught:
        unpacked(zipped(**{"folder/": b""}), tmp_path)
    assert caught.value.code == "empty"


def test_unpacking_in_its_own_process_gives_the_same(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(a=b"one", b=b"two"))
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()

    found = unpack_isolated(path, there, most_bytes=1000, most_members=10)

    assert found == unpacked(path.read_bytes(), here)
    assert [p.read_bytes() for p in sorted(there.iterdir())] == [b"one", b"two"]
    path.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(Unreadable) as caught:
        unpack_isolated(path, there, most_bytes=1000, most_members=10)
    assert caught.value.code == "broken"
