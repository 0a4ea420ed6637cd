"""What describes the large arrangement for real hosts says only what is there: settings, commands, files, units."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parents[2]
OPERATING = ROOT / "docs" / "operating"
UNITS = sorted((OPERATING / "systemd").glob("concord*"))
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
OURS = ("prepare", "web", "worker")


def settings_read() -> set[str]:
    """The names that config/settings.py asks the environment for."""
    source = (ROOT / "config" / "settings.py").read_text()
    return set(re.findall(r'\b(?:text|flag|number|names|listed|addresses)\(\s*"([A-Z_]+)"', source))


def check_command(words: list[str]) -> None:
    """It exists and takes these words."""
    name, *rest = words
    command = load_command_class(get_commands()[name], name)
    command.create_parser("manage.py", name).parse_args(rest)


def told_commands(text: str) -> list[list[str]]:
    return [line.split() for line in re.findall(r"(?<=manage\.py )[a-z_]+[^\n&;'\"`]*", text)]


def test_every_setting_that_is_named_is_one_the_program_reads():
    known = settings_read()
    named = {name for service in OURS for name in COMPOSE["services"][service]["environment"]}
    named |= set(re.findall(r"^([A-Z_]+)=", (OPERATING / "systemd" / "environment").read_text(), re.M))  # fmt: skip
    named |= set(re.findall(r"\b(CONCORD_[A-Z_]+)", (ROOT / "Dockerfile").read_text()))
    named |= set(re.findall(r"`(CONCORD_[A-Z_]+)`", (OPERATING / "hosts.md").read_text()))

    assert named - known == set()
    assert {"CONCORD_DATA", "CONCORD_URL", "DATABASE_URL", "REDIS_URL", "SECRET_KEY"} <= named


def test_both_arrangements_name_the_same_settings():
    lines = (OPERATING / "systemd" / "environment").read_text()

    assert set(re.findall(r"^([A-Z_]+)=", lines, re.M)) == set(
        COMPOSE["services"]["web"]["environment"]
    )


def test_the_arrangement_is_two_web_servers_and_four_workers_on_one_image():
    services = COMPOSE["services"]

    assert {name: services[name].get("deploy") for name in ("web", "worker")} == {
        "web": {"replicas": 2},
        "worker": {"replicas": 4},
    }
    assert len({services[name]["image"] for name in OURS}) == 1
    assert all(services[name]["volumes"] == ["data:/data"] for name in OURS)
    named = {volume.partition(":")[0] for one in services.values() for volume in one["volumes"]}
    assert {name for name in named if not name.startswith(".")} == set(COMPOSE["volumes"])
    for one in services.values():
        assert set(one.get("depends_on", [])) <= set(services)


def test_every_command_exists_and_takes_what_it_is_given():
    for service in ("web", "worker"):
        check_command(COMPOSE["services"][service]["command"])
    texts = [(OPERATING / "hosts.md").read_text(), *(unit.read_text() for unit in UNITS)]
    texts += COMPOSE["services"]["prepare"]["command"]
    told = [words for text in texts for words in told_commands(text)]
    for words in told:
        check_command(words)

    assert {words[0] for words in told} >= {"serve", "work", "migrate", "collectstatic"}


def test_the_image_copies_what_is_there_and_leaves_out_what_is_not_the_program():
    source = (ROOT / "Dockerfile").read_text()
    copied = [
        word
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", source, re.M)
        for word in line.split()
    ]
    left_out = set((ROOT / ".dockerignore").read_text().split())

    assert {word for word in copied if not (ROOT / word).exists()} == set()
    assert not left_out & {*copied, "build.mjs", "config", "templates", "docs"}
    assert "--require-hashes -r requirements.lock" in source and "npm ci" in source
    compiled = re.search(r"compileall -q (.+)", source)
    assert compiled and all((ROOT / app).is_dir() for app in compiled.group(1).split())
    assert source.index("USER concord") < source.index("ENTRYPOINT")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_takes_the_units(unit, tmp_path):
    text = unit.read_text()
    if unit.suffix == ".service":
        assert "Restart=always" in text and "User=concord" in text
    if shutil.which("systemd-analyze") is None:
        return  # the words above are all that can be looked at here
    # What is not on this machine is put in the place of what will be on the other.
    for word, here in (("/opt/concord/.venv/bin/python", sys.executable), ("/opt/concord", str(ROOT)),
                       ("User=concord", "User=root"), ("/var/lib/concord", str(tmp_path))):  # fmt: skip
        text = text.replace(word, here)
    for other in UNITS:
        (tmp_path / other.name).write_text(other.read_text())
    name = unit.name.replace("@.", "@1.")
    (tmp_path / name).write_text(text)

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(tmp_path / name)],
        capture_output=True,
        text=True,
    )

    said = [line for line in done.stderr.splitlines() if "concord" in line]
    assert said == []
