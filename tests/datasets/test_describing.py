import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from datasets import citation, describing, manifest, verifying
from datasets.papers import markdown
from datasets.papers.codebook import codebook_paper
from datasets.records import ProjectRecord
from datasets.tables import Build, Parameters
from tests.datasets.samples import STATES, codebook, coverage, incident, records


def build(*incidents: Any, parameters: Parameters | None = None, **others: Any) -> Build:
    return Build(records(*incidents, **others), parameters or Parameters("0.1.0"), states=STATES)


def texts(made: Build) -> dict[str, str]:
    return {
        file.path: b"".join(file.chunks).decode()
        for file in describing.files(made)
        if not file.path.endswith(".pdf")
    }


CASTS: dict[str, Callable[[str], object]] = {
    "string": str, "integer": int, "number": float, "date": date.fromisoformat,
}  # fmt: skip


def test_the_descriptor_is_true_of_the_data() -> None:
    made = build(
        incident(
            "i1",
            "MA",
            ma_amount={"amount": 1.5, "currency": "USD", "scale": "billions"},
            status="-9",
        ),
        incident("i2", "TO", to_signed="1953", to_obligations=["consul"], start="-9"),
        incident("i3", recipient="-9", ex_troops_best="-9"),
        coverage=coverage(2, 732),
    )
    content = {file.path: b"".join(file.chunks).decode() for file in made.files()}
    package = json.loads(texts(made)["datapackage.json"])

    package["resources"] = [one for one in package["resources"] if one["format"] == "csv"]
    assert [resource["path"] for resource in package["resources"]] == list(content)
    data = {}
    for resource in package["resources"]:
        schema = resource["schema"]
        heading, *lines = csv.reader(io.StringIO(content[resource["path"]], newline=""))
        assert [field["name"] for field in schema["fields"]] == heading
        for row in lines:
            for field, cell in zip(schema["fields"], row, strict=True):
                if cell not in schema["missingValues"]:  # codes are numbers too
                    CASTS[field["type"]](cell)
        rows = [dict(zip(heading, row, strict=True)) for row in lines]
        data[resource["name"]] = rows
        if key := schema.get("primaryKey"):
            assert len({tuple(row[name] for name in key) for row in rows}) == len(rows)
    for resource in package["resources"]:
        for link in resource["schema"].get("foreignKeys", []):
            (name,) = link["fields"]
            there = {row[name] for row in data[link["reference"]["resource"]]}
            assert {row[name] for row in data[resource["name"]]} <= {*there, ""}


def test_names_of_resources_are_lawful() -> None:
    package = json.loads(texts(build())["datapackage.json"])

    names = [package["name"], *(resource["name"] for resource in package["resources"])]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9._/-]+", name) for name in names)


def test_the_citation_names_people_and_bodies() -> None:
    project = ProjectRecord(
        "p",
        "Títle: a “dataset”",
        "What it is.",
        "CC-BY-4.0",
        ("Doe, Jane", "The Institute"),
        "https://example.org",
    )

    assert yaml.safe_load(citation.cff(project, "1.2.0", date(2024, 2, 29))) == {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": "Títle: a “dataset”",
        "version": "1.2.0",
        "authors": [{"family-names": "Doe", "given-names": "Jane"}, {"name": "The Institute"}],
        "date-released": date(2024, 2, 29),
        "abstract": "What it is.",
        "license": "CC-BY-4.0",
        "url": "https://example.org",
    }


def test_the_manifest_heading_says_what_the_bytes_came_from() -> None:
    made = build(
        parameters=Parameters("0.1.0", released_on=date(2024, 2, 29), software_version="0.1.0")
    )

    about = json.loads(manifest.text((), describing.about(made)))

    assert {name: about[name] for name in ("codebook", "software", "parameters", "records")} == {
        "codebook": {"id": "sample", "version": "1.2.0", "sha256": "c" * 64},
        "software": {"name": "concord", "version": "0.1.0"},
        "parameters": {
            "version": "0.1.0", "year_rule": "most", "span_rule": "start", "states_extended": False, "missing_columns": [],
            "withheld": ["coder_confidence", "note"], "released_on": "2024-02-29", "software_version": "0.1.0",
            "waivers": [],
        },
        "records": {"sha256": made.records.fingerprint()},
    }  # fmt: skip


def test_the_readme_says_when_nothing_was_searched_to_the_end() -> None:
    assert "This project declares no completed search." in texts(build())["README.md"]

    covered = texts(build(coverage=coverage(2, 732)))["README.md"]
    assert "This project declares no completed search." not in covered
    assert "|  | 2 732 | 1970 to 1990 |  |" in covered


def test_the_readme_prints_what_every_year_rule_does() -> None:
    told = [incident("i1", start="1978-12-30/1979-01-05"), incident("i2", start="-9")]
    lines = texts(build(*told))["README.md"].splitlines()

    first = lines.index(
        "| rule | straddling | moved from the earliest year | left without a year |"
    )
    assert lines[first + 2 : first + 8] == [
        "| `most` (declared) | 1 | 1 | 0 |",
        "| `earliest` | 1 | 0 | 0 |",
        "| `latest` | 1 | 1 | 0 |",
        "| `certain` | 1 | 0 | 1 |",
        "",
        "1 of 2 incidents have no start with two bounds, and so no year.",
    ]


def test_the_codebook_page_defines_every_field_and_code() -> None:
    page = markdown.written(codebook_paper(codebook(), withheld=frozenset(["note"])))

    fields = [f for _, f in codebook().every_field() if f.name not in ("event_type", "note")]
    assert re.findall(r"^`(\w+)` ", page, re.MULTILINE) == [field.name for field in fields]
    assert re.findall(r"^- `(-?\w+)` ", page, re.MULTILINE) == [
        *(str(option.code) for option in codebook().missing),
        *(str(option.code) for field in fields for option in field.options),
    ]


def test_a_release_is_written_described_and_verified(tmp_path: Path) -> None:
    made = build()

    written = manifest.write(
        tmp_path, [*made.files(), *describing.files(made)], describing.about(made)
    )

    assert verifying.verify(tmp_path) == ()
    assert {entry.path: entry.rows for entry in written.entries if entry.rows is not None} == {
        "analysis/incidents.csv": 1, "analysis/treaty_obligations.csv": 0, "codes/incidents.csv": 1,
        "codes/treaty_obligations.csv": 0, "codings.csv": 3, "decisions.csv": 1, "directed_dyad_year.csv": 1,
        "documents.csv": 1, "evidence.csv": 1, "incident_participants.csv": 2, "reliability.csv": 2,
        "reports.csv": 1, "undirected_dyad_year.csv": 1,
        "variables.csv": sum(len(table.columns) for table in made.tables),
    }  # fmt: skip
