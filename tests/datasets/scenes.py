"""A project reconciled, settled and ready to be released, with names in it that no release may hold."""

from pathlib import Path

from datasets import coverage, releases
from datasets.models import Release
from projects import jobs
from projects.models import Job, User
from reconciliation import adjudication, assessments, incidents
from reconciliation.assessments import Asked
from reconciliation.commitments import Cell
from reconciliation.models import Incident
from tests.reconciliation.assessment_samples import study
from tests.reconciliation.samples import SILENT, UNREADABLE, Table, aligned_table, event

NAMES = (
    "ottilie.secret",
    "Ottilie",
    "Quastenberg",
    "beppo_hidden",
    "Beppo",
    "Zirbelnuss",
    "ottilie@example.org",
)


def settled(*, named: bool = True) -> Table:
    """Two documents report one incident, a third another, a fourth is silent; one group stays open."""
    made = aligned_table(
        {
            "d1": {"C1": [event(own_id="a", recipient=[200], status=1, troops=500, title="=SUM(A1)")],
                   "C2": [event(recipient=[200], status=4, troops=500)]},
            "d2": {"C1": [event(line=3, recipient=[200], status=4)], "C2": [event(line=3, recipient=[200], status=4)]},
            "d3": {"C2": [event("TO", line=5, binding=1, start="1960")], "C3": [event("TO", line=5, binding=0, start="1960")]},
            "d4": {"C1": SILENT, "C2": UNREADABLE},
        },
        slug="",
    )  # fmt: skip
    for label, name in (("C1", NAMES[:3]), ("C2", NAMES[3:6])) if named else ():
        User.objects.filter(pk=made.coders[label].user_id).update(
            username=name[0],
            first_name=name[1],
            last_name=name[2],
            email=f"{name[1].lower()}@example.org",
        )
    adjudication.take(
        made.position("status"), "C2", by=made.pi, reason="It took place.", error_kind="slip"
    )
    adjudication.accept_agreed(made.groups(), by=made.pi)
    incidents.link(
        made.round.project,
        list(Incident.objects.filter(project=made.round.project)),
        by=made.pi.user,
    )
    return made


def judged() -> Table:
    """Pacts with acts under them and beyond, judged years with the incidents they rely on, and a finished search."""
    made = study()
    project, by = made.round.project, made.pi
    incidents.link(project, list(Incident.objects.filter(project=project))[2:], by=by.user)
    for year, kept in ((1961, 0), (1962, 2), (1963, 1), (1964, None)):
        parts = {"promised": int(kept is not None), "additional": int(year == 1964)}
        assessments.judge(
            [Asked(Cell("XYZ-1960", 2, 740, "EX", year))],
            by=by,
            parts=parts if kept is None else {**parts, "kept": kept},
            reason=f"As the papers of {year} say.",
        )
    coverage.declare(
        project,
        alliance="XYZ-1960",
        first_year=1960,
        last_year=1965,
        search_log="All papers of both capitals.",
        by=by.user,
    )
    return made


def draft(made: Table, version: str = "0.1.0") -> Release:
    return releases.draft(made.round.project, version, by=made.pi.user)


def built(made: Table, version: str = "0.1.0") -> Release:
    release = draft(made, version)
    job = jobs.see_through(releases.build(release, by=made.pi.user))
    assert job.state == Job.State.DONE, job.error
    release.refresh_from_db()
    return release


def checked(made: Table, version: str = "0.1.0") -> Release:
    """Built, with a waiver for everything that holds it back."""
    release = built(made, version)
    for held in releases.held_back_by(release):
        releases.waive(release, held["check"], reason="Known.", by=made.pi.user)
    return built(made, version)


def published(made: Table, version: str = "0.1.0") -> Release:
    return releases.publish(checked(made, version), by=made.pi.user)


def listed(release: Release) -> dict[str, tuple[str, int]]:
    return {
        path: (sha256, size)
        for path, sha256, size in release.files.values_list("path", "sha256", "size")
    }


def folder_bytes(directory: Path) -> dict[str, bytes]:
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file()
    }
