"""The scripts that stand in every release: what they print is in the release, and every file and column they name is there."""

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from datasets import releases
from tests.datasets import scenes

pytestmark = pytest.mark.django_db
SHIPPED = Path(releases.__file__).parent / "shipped"


@pytest.fixture
def folder(tmp_path) -> Path:
    """A release of pacts, acts under them and beyond, judged years and a finished search."""
    releases.write_out(scenes.built(scenes.judged()), tmp_path / "release")
    return tmp_path / "release"


def ran(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True)


def test_the_tables_of_the_readme_are_counted_again_from_the_files(folder) -> None:
    told = ran(sys.executable, "-I", folder / "examples/tables.py")

    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == (
        "| type | 1960s | without a year | all |\n"
        "| EX | 1 | 0 | 1 |\n"
        "| MA | 1 | 0 | 1 |\n"
        "| TO | 1 | 0 | 1 |\n"
        "As in README.md: yes\n\n"
        "| type | judged | promised | kept | partly kept | not kept | additional |\n"
        "| EX | 4 | 3 | 1 | 1 | 1 | 1 |\n"
        "As in README.md: yes\n\n"
    )

    incidents_file = folder / "codes/incidents.csv"
    lines = incidents_file.read_text("utf-8").splitlines(keepends=True)
    incidents_file.write_text("".join(lines[:-1]), "utf-8")
    told = ran(sys.executable, folder / "examples/tables.py")
    assert (told.returncode, "As in README.md: no" in told.stdout) == (1, True)


def columns(folder: Path, name: str) -> set[str]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
        return set(next(csv.reader(opened)))


def test_the_script_for_r_names_what_is_there_and_runs_where_r_is(folder, tmp_path) -> None:
    script = (SHIPPED / "example.R").read_text("utf-8")

    tables = dict(re.findall(r'(\w+) <- table_of\("([^"]+)"\)', script))
    assert tables == {"incidents": "analysis/incidents", "panel": "directed_dyad_year"}
    # found is the panel, dated the incidents: rows of them.
    of = {**tables, "found": tables["panel"], "dated": tables["incidents"]}
    named = {(of[table], column) for table, column in re.findall(r"\b(incidents|panel|found|dated)\$(\w+)", script)}  # fmt: skip
    assert {column for _, column in named} >= {"event_type", "year", "n_incidents", "incident_ids"}
    missing = {(table, column) for table, column in named if column not in columns(folder, table)}
    assert missing == set()
    (asked_of_evidence,) = re.findall(r"evidence\[, c\(([^)]+)\)\]", script)
    assert set(re.findall(r'"(\w+)"', asked_of_evidence)) <= columns(folder, "evidence")
    (key,) = re.findall(r"key <- c\(([^)]+)\)", script)
    assert re.findall(r'"(\w+)"', key) == ["ccode1", "ccode2", "year"]
    for opening, closing in ("()", "[]", "{}"):
        assert script.count(opening) == script.count(closing)
    if shutil.which("Rscript"):
        done = ran("Rscript", folder / "examples/example.R")
        assert (done.returncode, "TO" in done.stdout) == (0, True), done.stderr


def test_the_script_for_stata_names_what_is_there(folder) -> None:
    """Stata is not free: every file and variable of the script is held against the release, command by command."""
    loaded: set[str] = set()
    kept: set[str] = set()
    for line in (SHIPPED / "example.do").read_text("utf-8").splitlines():
        words = re.split(r"[\s,()]+", line.strip())
        command, rest = words[0], words[1:]
        if command in ("*", "", "version", "clear", "describe", "restore"):
            kept, loaded = (set(), kept) if command == "restore" else (kept, loaded)
        elif command in ("use", "merge"):
            (path,) = [word for word in words if word.startswith("stata/")]
            table = path.removeprefix("stata/").removesuffix(".dta")
            if command == "merge":
                assert "incident_id" in loaded
            here = columns(folder, table)
            loaded = here if command == "use" else loaded | here
        elif command == "preserve":
            kept = set(loaded)
        elif command == "generate":
            loaded |= {"decade"}
            assert "year" in line and "year" in loaded
        elif command in ("isid", "tabulate"):
            assert set(rest) <= loaded, line
        elif command == "collapse":
            loaded = {"n_incidents", "ccode1"} & loaded
            assert len(loaded) == 2
        elif command == "gsort":
            assert rest[0].removeprefix("-") in loaded
        elif command == "split":
            assert rest[0] in loaded
            loaded |= {"incident_id1"}
        elif command == "reshape":
            loaded |= {"incident_id", "place"}
        elif command in ("keep", "drop"):
            named = set(re.findall(r"\b[a-z]\w*\b", re.sub(r'"[^"]*"|\?\*', "", line)))
            assert named - {"keep", "drop", "if", "in"} <= loaded | {"incident_id"}, line
        elif command == "list":
            named = set(rest[: rest.index("in")])
            assert named <= loaded, line
        else:
            pytest.fail(f"a command that nobody has checked: {line}")


def test_a_panel_by_cow_code_and_year_merges_one_to_one(folder, tmp_path) -> None:
    """Every pair of two states in every year, as COW lists dyad-years; the release's rows all find theirs."""
    pairs = [(a, b, year) for a in (2, 740, 900) for b in (2, 740, 900) for year in range(1958, 1973) if a != b]  # fmt: skip
    other = tmp_path / "cow.csv"
    lines = ["ccode1,ccode2,year,contig", *(f"{a},{b},{year},0" for a, b, year in pairs)]
    other.write_text("\n".join(lines) + "\n")

    told = ran(sys.executable, folder / "examples/example.py", other)

    assert told.returncode == 0, told.stderr
    with (folder / "directed_dyad_year.csv").open(newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert {(int(row["ccode1"]), int(row["ccode2"]), int(row["year"])) for row in rows} <= set(
        pairs
    )
    assert f"{len(rows)} of {len(pairs)} rows of {other} have a row here" in told.stdout
