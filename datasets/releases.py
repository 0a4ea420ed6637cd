"""Releases: verbs. Draft, build, publish, withdraw. What is published never changes again."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from coding import schema
from coding.models import Assignment
from datasets import contents
from datasets.models import Release, ReleaseFile
from projects import files, jobs, ledger
from projects.models import Job, Project, User
from projects.refusals import Invalid, WrongState
from reconciliation.models import Group, ResolvedEvent
from reconciliation.positions import CODER_ONLY
from sources import states

BUILD = "datasets.build"
VERSION = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})")


@dataclass(frozen=True)
class Check:
    """Something a reader of the data should know before it is published."""

    severity: str
    message: str


def draft(project: Project, version: str, *, by: User) -> Release:
    """Open a numbered release, or take up the draft of that number."""
    if not VERSION.fullmatch(version):
        raise Invalid("A version is three whole numbers, such as 0.1.0: major, minor, patch.")
    with transaction.atomic():
        release = Release.objects.filter(project=project, version=version).first()
        if release is None:
            release = Release.objects.create(project=project, version=version, made_by=by)
            ledger.record(project, "release.draft", release, by=by, difference={"version": version})
    if release.state != Release.State.DRAFT:
        raise WrongState(
            f"Version {version} is {release.get_state_display()}; it does not change. Choose a new number."
        )
    return release


def build(release: Release, *, by: User) -> Job:
    """Ask for a draft's files to be made from the records as they stand."""
    _must_be_draft(release)
    return jobs.enqueue(BUILD, release.pk, project=release.project, by=by)


def publish(release: Release, *, by: User) -> Release:
    """Freeze a built draft. Refused where the records have moved on since it was built."""
    with transaction.atomic():
        release = Release.objects.select_for_update().select_related("project").get(pk=release.pk)
        _must_be_draft(release)
        if release.built_at is None:
            raise WrongState("Build the release first: what is published is what was built.")
        wrong = [check.message for check in checks(release.project) if check.severity == "error"]
        if wrong:
            raise WrongState("This cannot be published: " + " ".join(wrong))
        if contents.records_of(release.project).fingerprint() != release.records_sha256:
            raise WrongState(
                "The records have changed since this release was built. Build it again, then publish."
            )
        release.state = Release.State.PUBLISHED
        release.published_at, release.published_by = timezone.now(), by
        release.save(update_fields=["state", "published_at", "published_by"])
        ReleaseFile.objects.filter(release=release).update(frozen=True)
        ledger.record(
            release.project,
            "release.publish",
            release,
            by=by,
            difference={"version": release.version, "manifest": release.manifest_sha256},
        )
    return release


def withdraw(release: Release, *, by: User, reason: str) -> Release:
    """Say that a published release should not be used any more. Its files stay, with the reason."""
    if not reason.strip():
        raise Invalid("Please say why the release is withdrawn; its readers will see it.")
    with transaction.atomic():
        release = Release.objects.select_for_update().select_related("project").get(pk=release.pk)
        if release.state != Release.State.PUBLISHED:
            raise WrongState("Only a published release can be withdrawn.")
        release.state, release.withdrawn_at, release.withdrawn_reason = (
            Release.State.WITHDRAWN,
            timezone.now(),
            reason.strip(),
        )
        release.save(update_fields=["state", "withdrawn_at", "withdrawn_reason"])
        ledger.record(
            release.project,
            "release.withdraw",
            release,
            by=by,
            difference={"reason": reason.strip()},
        )
    return release


def write_out(release: Release, directory: Path) -> int:
    """Put the kept bytes of a release into an empty folder. Returns how many files."""
    open_folder(directory)
    written = 0
    try:
        for file in release.files.all():
            target = directory / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(files.read(file.sha256))
            written += 1
    except OSError as error:
        raise Invalid(
            f"Writing into {directory} stopped after {written} files: {error.strerror}. "
            "Empty the folder and write them again."
        ) from None
    return written


def open_folder(directory: Path) -> None:
    """Make the folder that a release goes to, or refuse one that holds something: to be asked before publishing."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        is_empty = not any(directory.iterdir())
    except (FileExistsError, NotADirectoryError):
        is_empty = False
    except OSError as error:
        raise Invalid(
            f"{directory} cannot be made or opened ({error.strerror}); nothing was written."
        ) from None
    if not is_empty:
        raise Invalid(f"{directory} is not an empty folder; nothing was written.")


def checks(project: Project) -> list[Check]:
    """What a release of the project as it stands would leave out or carry along."""
    found: list[Check] = []
    # A group is settled when its event is, whatever fields that made pointless to ask for.
    settled = ResolvedEvent.objects.filter(reopened_at=None).values("group")
    living = Group.objects.filter(round__project=project, retired_at=None)
    waiting = living.exclude(pk__in=settled).count()
    if waiting:
        groups = "1 group of events is" if waiting == 1 else f"{waiting} groups of events are"
        found.append(Check("warning", f"{groups} not settled and will not be in the release."))
    stale = contents.resting_on_withdrawn_work(project).count()
    if stale:
        found.append(
            Check(
                "warning",
                f"{stale} groups rest on work that was sent back or withdrawn; they are not in the release. "
                "Reconcile the round again.",
            )
        )
    unfinished = (
        Assignment.objects.filter(round__project=project)
        .exclude(state__in=[Assignment.State.SUBMITTED, Assignment.State.WITHDRAWN])
        .count()
    )
    if unfinished:
        found.append(
            Check(
                "warning",
                "1 assignment is not handed in yet."
                if unfinished == 1
                else f"{unfinished} assignments are not handed in yet.",
            )
        )
    orphans = ResolvedEvent.objects.filter(
        group__round__project=project, group__retired_at=None, is_event=True, report=None
    ).count()
    if orphans:
        found.append(Check("error", f"{orphans} resolved events belong to no incident."))
    found += _value_checks(project)
    return found


def _value_checks(project: Project) -> list[Check]:
    blank = wrong = 0
    resolved = ResolvedEvent.objects.filter(
        group__round__project=project, group__retired_at=None, is_event=True
    ).select_related("group__round__codebook")
    for event in resolved.iterator():
        codebook = event.group.round.codebook.parsed
        problems = [
            problem
            for problem in schema.check_event(
                codebook, event.type, event.values, {}, {}, states=states, resolved=True
            )
            if _is_resolvable(codebook, event.type, problem.field)
        ]
        blank += any(problem.severity == "incomplete" for problem in problems)
        wrong += any(problem.severity == "invalid" for problem in problems)
    found = []
    if blank:
        found.append(Check("warning", f"{blank} resolved events leave a required field blank."))
    if wrong:
        found.append(
            Check("error", f"{wrong} resolved events hold a value the codebook does not allow.")
        )
    return found


def _is_resolvable(codebook: schema.Codebook, type_code: str, name: str) -> bool:
    """Passages and coders' own remarks are no part of a resolved event."""
    field = codebook.find_field(type_code, name)
    return field is None or field.kind != "spans" and field.rule != CODER_ONLY


def _must_be_draft(release: Release) -> None:
    if release.state != Release.State.DRAFT:
        raise WrongState(
            f"Version {release.version} is {release.get_state_display()} and does not change."
        )
