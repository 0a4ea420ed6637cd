import json
import subprocess
import sys
import time
import zlib

import pytest

from sources import reading
from sources.reading import Unreadable, isolated
from sources.reading.isolated import read_isolated
from tests.sources import samples


def refusal(data, name, **limits):
    with pytest.raises(Unreadable) as caught:
        read_isolated(data, name, **limits)
    return caught.value


def bomb() -> bytes:
    """A page of a few kilobytes whose content unpacks to more than a gigabyte."""
    squeezer = zlib.compressobj(1)
    block = b" " * (1 << 22)
    inner = b"".join(squeezer.compress(block) for _ in range(300)) + squeezer.flush()
    outer = zlib.compress(inner, 9)
    head = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>" % len(outer)
    plain = samples.written_pdf(b"BT ET")
    return plain.replace(b"<< /Length 5 >>\nstream\nBT ET", head + b"\nstream\n" + outer)


def test_isolated_reading_gives_the_same_value(tmp_path):
    data = samples.pdf(
        ["AGREEMENT", "The Parties agree (fully) as follows:"], ["Article 1", "Peace."]
    )
    path = tmp_path / "stored"
    path.write_bytes(data)

    here = reading.read(data, "treaty.pdf")

    assert read_isolated(data, "treaty.pdf") == here
    assert read_isolated(path, "treaty.pdf") == here


def test_a_refusal_comes_back_as_itself():
    refused = refusal(b"\x89PNG....", "scan.png")

    assert (refused.code, "picture" in refused.reason) == ("unsupported", True)


def test_a_file_that_unpacks_without_end_is_stopped():
    started = time.monotonic()

    refused = refusal(bomb(), "bomb.pdf")

    assert refused.code in ("memory", "timeout")
    assert time.monotonic() - started < 60


def test_a_reading_that_takes_too_long_is_stopped():
    slow = samples.pdf(*[["The Parties agree. " * 40]] * 60)

    assert refusal(slow, "slow.pdf", seconds=0.05).code == "timeout"


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "crashed"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "timeout"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "memory"),
        ("import sys; sys.exit(70)", "memory"),
        ("raise RuntimeError('a bug')", "crashed"),
        ('print(\'{"body": "cut o\')', "crashed"),
    ],
)
def test_any_death_of_the_reader_is_a_reason(monkeypatch, script, code):
    started = subprocess.Popen
    monkeypatch.setattr(
        isolated.subprocess,
        "Popen",
        lambda arguments, **rest: started([sys.executable, "-c", script], **rest),
    )

    assert refusal(b"words", "a.txt").code == code


def test_a_reader_killed_from_outside_is_begun_once_more(monkeypatch, tmp_path):
    started, once = subprocess.Popen, tmp_path / "killed"
    script = f"import os, pathlib, signal; pathlib.Path({str(once)!r}).touch(); os.kill(os.getpid(), signal.SIGKILL)"

    def killed_at_first(arguments, **rest):
        return started(arguments if once.exists() else [sys.executable, "-c", script], **rest)

    monkeypatch.setattr(isolated.subprocess, "Popen", killed_at_first)

    assert read_isolated(b"The Parties agree.", "a.txt").body == "The Parties agree."


def test_the_reader_sees_no_secret_and_imports_no_django():
    script = (
        "import json, os, sys; sys.argv = ['x', 'a.md']; import sources.reading.__main__; "
        "from sources.reading import read; read(b'# words', 'a.md'); "
        "print(json.dumps([sorted(os.environ), sorted({m.split('.')[0] for m in sys.modules})]))"
    )

    out = subprocess.run(
        [sys.executable, "-c", script],
        env=isolated.environment(),
        cwd=samples.ROOT,
        capture_output=True,
        check=True,
    )

    environment, modules = json.loads(out.stdout)
    assert set(environment) <= {
        "PYTHONPATH",
        "LD_LIBRARY_PATH",
        "PYTHONUTF8",
        "PYTHONWARNINGS",
        "LC_CTYPE",
    }
    assert not {"django", "pdfplumber", "trafilatura", "numpy"} & set(modules)


def test_names_of_uploads_are_never_paths_or_options():
    for name in ("../../etc/passwd", "--help", "-c", "a\x00b.txt", "\udcff.txt", "n" * 5000):
        assert read_isolated(b"just words", name).body == "just words"
