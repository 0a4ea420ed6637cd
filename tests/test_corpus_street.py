"""The street on real documents: two coders' work on treaties and releases becomes a published dataset, twice the same.

The second walk is another installation, forty days later: other row numbers, documents and codings in the
opposite order.
"""

import csv
import io
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from coding.models import Round
from sources.models import Document
from tests import corpus_codings

BAD = {
    "treaties/manifest.csv": "Which column holds the articles' text",
    "pdf/bad/generated-zero-bytes.pdf": "The file is empty.",
    "pdf/bad/generated-header-only.pdf": "This file begins like a PDF but is damaged beyond reading",
    "pdf/bad/enc-password-rc4-40.pdf": "This PDF is protected by a password.",
    "pdf/hard/scan-linn.pdf": "The pages of this PDF are pictures",
}
pytestmark = pytest.mark.django_db
KINDS = ("treaty", "news", "other")


@dataclass
class Walk:
    """What one installation said at each step, the texts it read, and the folder it released."""

    folder: Path
    said: dict[str, list[str]] = field(default_factory=dict)
    refused: dict[str, list[str]] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)

    def run(self, step: str, *words: object) -> None:
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command(*[str(word) for word in words], stdout=out, stderr=err)
        except SystemExit:
            pass
        except CommandError as error:
            err.write(str(error))
        self.said.setdefault(step, []).extend(out.getvalue().splitlines())
        self.refused.setdefault(step, []).extend(err.getvalue().splitlines())

    def table(self, name: str) -> list[dict[str, str]]:
        with (self.folder / "out" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def walk(folder: Path, corpus: Path, *, backwards: bool = False) -> Walk:
    """From nothing to a verified release, by the commands that a stranger would give."""
    done, order = Walk(folder), -1 if backwards else 1
    with transaction.atomic():
        if backwards:
            done.run("other", "create_project", "other", "--title", "Somebody else's")
            done.run(
                "other", "import_documents", "other", corpus / "treaties" / "1949-india-bhutan.txt"
            )
        done.run("project", "create_project", "real", "--title", "Alliances on real papers")
        for user, roles, label in (
            ("ann", "coder", "C1"), ("bob", "coder", "C2"), ("eve", "adjudicator,exporter,manager", "PI"),
        )[::order]:  # fmt: skip
            done.run("members", "add_member", "real", user, "--roles", roles, "--label", label)
        files = corpus_codings.files()
        for kind in KINDS[::order]:
            paths = [corpus / path for path, given in files.values() if given == kind]
            done.run("documents", "import_documents", "real", "--kind", kind, *paths[::order])
        if not backwards:
            done.run("bad documents", "import_documents", "real", *(corpus / path for path in BAD))
        done.run(
            "round",
            "open_round",
            "real",
            "first",
            "--coders",
            "C1,C2",
            "--seed",
            7,
            "--documents",
            *files,
        )
        texts = Document.objects.filter(project__slug="real", state="read")
        done.bodies = dict(texts.values_list("external_id", "current_text__body"))
        codings = write(folder / "codings.jsonl", list(corpus_codings.lines(done.bodies))[::order])
        done.run("codings", "import_codings", "real", codings)
        done.run("codings again", "import_codings", "real", codings)
        done.run("reconcile", "reconcile", "real")
        decisions = write(folder / "decisions.jsonl", corpus_codings.decisions())
        done.run("adjudicate", "adjudicate", "real", "--decisions", decisions, "--accept-agreed")
        done.run(
            "release",
            "release",
            "real",
            "--version",
            "0.1.0",
            "--out",
            folder / "out",
            "--publish",
            "--waive",
            "all=Known.",
        )
        done.run("verify", "verify", folder / "out")
        assert Round.objects.get(name="first").per_document == 2
        transaction.set_rollback(True)
    return done


def write(path: Path, lines: list[dict]) -> Path:
    path.write_text(
        "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8"
    )
    return path


@pytest.fixture(scope="module")
def walks(shared, tmp_path_factory, django_db_setup, django_db_blocker) -> tuple[Walk, Walk]:
    corpus = shared / "corpus"
    missing = [path for path, _ in corpus_codings.files().values() if not (corpus / path).is_file()]
    if missing:
        pytest.skip(
            f"{len(missing)} documents of the shared corpus are not there, such as {missing[0]}"
        )
    now = timezone.now
    with django_db_blocker.unblock():
        first = walk(tmp_path_factory.mktemp("one"), corpus)
        with pytest.MonkeyPatch.context() as later:
            later.setattr(timezone, "now", lambda: now() + timedelta(days=40))
            second = walk(tmp_path_factory.mktemp("two"), corpus, backwards=True)
    return first, second


@pytest.fixture(scope="module")
def real(walks) -> Walk:
    return walks[0]


def test_every_step_says_what_it_did(real) -> None:
    counts = {
        step: [line for line in lines if not line.startswith("  ")]
        for step, lines in real.said.items()
    }

    assert [line.split(":")[0] for line in counts["documents"]] == [
        "6 documents added", "11 documents added", "1 document added",
    ]  # fmt: skip
    assert counts["round"] == [
        "Round “first” opened: 18 documents, 2 coders each, seed 7.",
        "Assignments: C1 18, C2 18.",
    ]
    assert counts["codings"] == [
        "36 of 36 lines imported: 41 events, 7 near misses.", "line 34: left blank: event 1: fulfilment",
    ]  # fmt: skip
    assert counts["reconcile"] == [
        "Round “first”, run 1: 41 events of 18 documents in 24 groups (6 found by one coder only); "
        "267 of 519 positions agreed, 232 conflicts."
    ]
    assert counts["adjudicate"][1:] == [
        "145 agreed values accepted, 8 events resolved by that.",
        "18 resolved events, 3 judged to be none, 56 positions open in 3 groups.",
    ]
    assert (
        "blocks: 3 groups of events are not settled and will not be in the release. [open_conflicts]"
        in counts["release"]
    )
    assert "Version 0.1.0 is published and frozen." in counts["release"]
    assert counts["verify"] == [f"{real.folder / 'out'} is as its manifest says."]
    assert {step for step, lines in real.refused.items() if lines} == {"bad documents"}


def test_each_bad_file_has_its_reason_and_the_rest_went_on(real) -> None:
    told = dict(
        line.removeprefix("refused: ").split(": ", 1) for line in real.refused["bad documents"]
    )

    assert {
        name: reason[: len(BAD[path])]
        for path in BAD
        for name, reason in told.items()
        if path.endswith(name)
    } == {Path(path).name: reason for path, reason in BAD.items()}
    assert len(told) == len(BAD)


def test_codings_imported_twice_are_known_and_change_nothing(real) -> None:
    assert real.said["codings again"] == [
        "0 of 36 lines imported: 0 events, 0 near misses, 36 codings here already."
    ]


def test_two_installations_release_the_same_bytes_but_for_the_days_of_decisions(walks) -> None:
    one, two = (released(walk.folder / "out") for walk in walks)

    assert len(one) > 19
    assert one.keys() == two.keys()
    differing = [path for path in one if one[path] != two[path]]
    assert differing == [
        "CITATION.cff",
        "MANIFEST.json",
        "decisions.csv",
        "jsonl/decisions.jsonl",
        "metadata/datacite.json",
        "metadata/dataverse.json",
        "parquet/decisions.parquet",
        "stata/decisions.dta",
    ]
    # Apart from days, and from hashes and sizes of files that hold them, these too are the same.
    readable = [path for path in differing if not path.endswith((".parquet", ".dta"))]
    texts = [{path: each[path].decode() for path in readable} for each in (one, two)]
    assert without_days(texts[0]) == without_days(texts[1])
    decided = [walk.table("decisions.csv") for walk in walks]
    days = [{row.pop("decided_on") for row in rows} for rows in decided]
    assert decided[0] == decided[1]
    assert [len(each) for each in days] == [1, 1] and days[0] != days[1]


def without_days(texts: dict[str, str]) -> dict[str, str]:
    """Files without their days and hashes, and without the years that a citation is dated by."""
    said = re.compile(r'[0-9a-f]{64}|\b\d{4}-\d{2}-\d{2}\b|"(bytes|publicationYear)": "?\d+')
    return {path: said.sub("…", text) for path, text in texts.items()}


def released(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_quotes_are_the_text_between_their_offsets(real) -> None:
    rows = [row for row in real.table("evidence.csv") if row["start"]]

    assert len(rows) > 150
    assert [
        row
        for row in rows
        if real.bodies[row["document_id"]][int(row["start"]) : int(row["end"])] != row["quote"]
    ] == []
    on_pages = Counter(
        row["page"] for row in rows if row["document_id"] == "1949-north-atlantic-treaty"
    )
    assert set(on_pages) == {"1", "2", "3"}


def test_incidents_are_what_was_decided(real) -> None:
    rows = {row["title"]: row for row in real.table("codes/incidents.csv")}

    treaty = rows["Twelve states sign the North Atlantic Treaty, Washington 1949"]
    council = rows["Parties to the North Atlantic Treaty found a council, 1949"]
    withdrawal = rows["Britain proposes to leave its bases in Malaysia and Singapore by 1971"]
    protocol = rows["Protocol lets West Germany into the North Atlantic Treaty, Paris 1954"]
    december = rows["Two hundred million dollars of aid for Ukraine in December 2021"]
    guarantee = rows["United States promises a decisive answer to a nuclear attack on South Korea"]
    assert len(rows) == 18
    assert Counter(row["event_type"] for row in rows.values()) == {
        "TO": 5,
        "OC": 5,
        "MA": 3,
        "CS": 2,
        "MB": 2,
        "AO": 1,
    }
    assert (
        treaty["to_obligations"],
        treaty["to_length_months"],
        treaty["to_in_force_precision"],
    ) == ("defense;nonagg;consul", "0", "-9")
    assert (council["linked_event"], council["acting_organisation"]) == (
        treaty["incident_id"],
        "NATO",
    )
    assert [withdrawal[f"start_{part}"] for part in ("earliest", "latest", "precision")] == [
        "1968-01-01",
        "1971-03-31",
        "5",
    ]
    assert (withdrawal["mb_host_ccode"], withdrawal["year"]) == ("820", "1968")
    assert "260" in protocol["provider_ccodes"].split(";") and protocol["recipient_ccodes"] == ""
    assert [december[name] for name in ("start_earliest", "start_latest", "start_precision", "ma_amount", "ma_scale")] == [
        "2021-12-01", "2021-12-31", "4", "200000", "thousands",
    ]  # fmt: skip
    assert (guarantee["cs_nuclear"], guarantee["cs_intensity"], guarantee["threat_ccodes"]) == (
        "1",
        "5",
        "731",
    )
    assert (
        rows[guarantee["title"]]["linked_event"]
        == rows["Second Nuclear Consultative Group, Washington, December 2023"]["incident_id"]
    )
    assert all(row["n_coders"] == "2" for row in rows.values() if row is not december)


def test_readings_without_an_event_and_near_misses_are_in_the_codings(real) -> None:
    rows = real.table("codings.csv")
    of = {(row["document_id"].split("-2021")[0], row["coder"], row["outcome"]) for row in rows}

    assert {
        ("readability__gmw", "C1", "cannot_code"),
        ("readability__gmw", "C2", "cannot_code"),
    } <= of
    assert len({(row["document_id"], row["coder"]) for row in rows}) == 36
    missed = {
        (row["event_id"], row["document_id"]): row["near_miss_reason"]
        for row in rows
        if row["near_miss"] == "1"
    }
    assert Counter(missed.values()) == {
        "hypothetical": 2, "courtesy": 1, "not_military": 1, "no_decision": 1, "running_total": 1, "background": 1,
    }  # fmt: skip


def test_dyad_years_lead_back_to_incidents_and_hold_members_only(real) -> None:
    rows = real.table("directed_dyad_year.csv")
    incidents = {row["incident_id"]: row for row in real.table("codes/incidents.csv")}

    pairs = {(row["ccode1"], row["ccode2"], row["year"]): row for row in rows}
    assert len(pairs) == len(rows)
    for row in rows:
        named = row["incident_ids"].split(";")
        assert int(row["n_incidents"]) == len(named)
        for one in (incidents[each] for each in named):
            both = {*one["provider_ccodes"].split(";"), *one["recipient_ccodes"].split(";")}
            assert {row["ccode1"], row["ccode2"]} <= both
            assert one["reciprocal"] == "1" or row["ccode1"] in one["provider_ccodes"].split(";")
            assert one["year"] == row["year"]
    assert len([row for row in rows if row["year"] == "1949"]) == 12 * 11
    # West Germany became a member of the system in 1955: its treaties of 1954 are no dyad-years of its own.
    assert len([row for row in rows if row["year"] == "1954"]) == 14 * 13
    assert ("2", "740", "2021") in pairs and ("740", "2", "2021") in pairs
    assert ("2", "369", "2022") in pairs and ("369", "2", "2022") not in pairs
    assert "2 times an incident names a state that was no member" in (
        real.folder / "out" / "README.md"
    ).read_text("utf-8")


def test_variables_tell_of_every_column_of_every_file(real) -> None:
    told = {(row["file"], row["column"]) for row in real.table("variables.csv")}

    found = set()
    for path in (real.folder / "out").rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found |= {(path.stem, column) for column in next(csv.reader(file))}
    assert found == told
