import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from datasets import manifest, verifying
from datasets.manifest import Entry, FolderTaken
from datasets.verifying import Difference, ManifestInvalid


@dataclass(frozen=True)
class Given:
    path: str
    chunks: tuple[bytes, ...]


TABLE = Given("codes/a.csv", (b'id,text\n1,"two\nli', b'nes, ""quoted""\n"\n2,plain\n'))
PAGE = Given("README.md", (b"# Title\n",))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    manifest.write(tmp_path / "release", [TABLE, PAGE], {"version": "0.1.0"})
    return tmp_path / "release"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_files_are_written_and_listed(tmp_path: Path) -> None:
    written = manifest.write(tmp_path, [TABLE, PAGE], {"version": "0.1.0"})

    content = b"".join(TABLE.chunks)
    assert written.entries == (
        Entry("README.md", 8, sha256(b"# Title\n"), None),
        Entry("codes/a.csv", len(content), sha256(content), 2),
    )
    assert (tmp_path / "codes/a.csv").read_bytes() == content
    on_disk = (tmp_path / manifest.NAME).read_bytes()
    assert written.sha256 == sha256(on_disk)
    assert json.loads(on_disk) == {
        "format": 1,
        "version": "0.1.0",
        "files": [
            {"path": e.path, "bytes": e.bytes, "sha256": e.sha256, "rows": e.rows}
            for e in written.entries
        ],
    }


def test_the_order_of_files_does_not_change_the_manifest(tmp_path: Path) -> None:
    one = manifest.write(tmp_path / "one", [TABLE, PAGE], {})
    two = manifest.write(tmp_path / "two", [PAGE, TABLE], {})

    assert one == two


def test_an_untouched_folder_has_no_differences(folder: Path) -> None:
    assert verifying.verify(folder) == ()


def test_every_difference_is_named(folder: Path) -> None:
    (folder / "codes/a.csv").write_bytes(b"x")
    (folder / "README.md").unlink()
    (folder / "codes/notes.txt").write_text("mine")
    (folder / ".hidden").write_text("mine")

    size = len(b"".join(TABLE.chunks))
    assert verifying.verify(folder) == (
        Difference(".hidden", "extra", "not in the manifest"),
        Difference("README.md", "missing", "in the manifest, not in the folder"),
        Difference("codes/a.csv", "changed", f"1 bytes instead of {size}"),
        Difference("codes/notes.txt", "extra", "not in the manifest"),
    )


def test_one_changed_letter_is_found(folder: Path) -> None:
    (folder / "README.md").write_bytes(b"# Titles"[:8])

    assert verifying.verify(folder) == (
        Difference("README.md", "changed", "same length, other content"),
    )


def test_a_link_is_not_the_file_it_points_to(folder: Path, tmp_path: Path) -> None:
    (folder / "README.md").rename(tmp_path / "elsewhere.md")
    (folder / "README.md").symlink_to(tmp_path / "elsewhere.md")

    assert verifying.verify(folder) == (Difference("README.md", "changed", "not a plain file"),)


def test_a_folder_that_holds_something_is_not_written_to(folder: Path) -> None:
    with pytest.raises(FolderTaken, match="is not empty"):
        manifest.write(folder, [PAGE], {})

    assert verifying.verify(folder) == ()


@pytest.mark.parametrize(
    "path",
    ["../out.csv", "/etc/out.csv", "a/../b.csv", "", "a\\b.csv", "MANIFEST.json", "README.md"],
)
def test_a_path_that_leads_astray_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="cannot be the path of a file in a release"):
        manifest.write(tmp_path, [PAGE, Given(path, (b"",))], {})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "holds no MANIFEST.json"),
        (b"", "is not a manifest"),
        (b"\xff\xfe", "is not a manifest"),
        (b"[]", "is not a manifest"),
        (b'{"files": [{"path": "a.csv"}]}', "is not a manifest"),
        (b"[" * 100_000, "is not a manifest"),
        (b'{"files": [{"path": "../a", "bytes": 1, "sha256": "x"}]}', "is no file of the folder"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_refused_in_plain_words(
    tmp_path: Path, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / manifest.NAME).write_bytes(content)

    with pytest.raises(ManifestInvalid, match=message):
        verifying.verify(tmp_path)
