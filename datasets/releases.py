"""Releases: verbs. Draft, describe, build, waive, publish, withdraw. What is published never changes again."""

import re
import shutil
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from datasets import contents, creators, findings
from datasets.findings import BLOCKS
from datasets.licences import LICENCES
from datasets.models import Dataset, Release, ReleaseFile, Waiver
from projects import files, jobs, ledger, webhooks
from projects.models import Job, LedgerLine, Membership, Project, User
from projects.refusals import Invalid, WrongState

BUILD = "datasets.build"
# What the files of a release say about it, and what of that a new version takes over from the one before.
CARRIED = (
    "creators", "licence", "description", "publisher", "address", "year_rule", "span_rule", "anonymous_copy",
)  # fmt: skip
DESCRIBED = (*CARRIED, "released_on", "changes")
DOI = re.compile(r"10\.\d{4,9}/\S+")
_MOVED_ON = "The records have changed since this release was built. Build it again, then publish."
VERSION = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})")


def draft(project: Project, version: str, *, by: User) -> Release:
    """Open a numbered release, or take up the draft of that number."""
    if not VERSION.fullmatch(version):
        raise Invalid("A version is three whole numbers, such as 0.1.0: major, minor, patch.")
    with transaction.atomic():
        release = Release.objects.filter(project=project, version=version).first()
        if release is None:
            release = Release.objects.create(
                project=project, version=version, made_by=by, **_said_before(project)
            )
            ledger.record(project, "release.draft", release, by=by, difference={"version": version})
    if not release.is_open:
        raise WrongState(
            f"Version {version} is {release.get_state_display()}; it does not change. Choose a new number."
        )
    return release


def _said_before(project: Project) -> dict[str, Any]:
    """A new version says of itself what the one before it said; the day is that of its drafting until another is set."""
    before = Release.objects.filter(project=project).order_by("-id").first()
    said: dict[str, Any] = {"released_on": timezone.localdate()}
    if before is None:
        return said | {"description": project.description}
    return said | {name: getattr(before, name) for name in CARRIED}


def describe(release: Release, *, by: User, **said: Any) -> Release:
    """Change what the files of an open release say about it: creators, licence, day, rules. It is built anew then."""
    try:
        creators.read_all("\n".join(said.get("creators", ())))
    except creators.CreatorUnreadable as error:
        raise Invalid(f"Creators: {error}") from None
    if said.get("licence") and said["licence"] not in LICENCES:
        raise Invalid("Please choose a licence from the list.")
    with transaction.atomic():
        release = _locked(release)
        _must_be_open(release)
        changed = {
            name: value
            for name, value in said.items()
            if name in DESCRIBED and getattr(release, name) != value
        }
        if not changed:
            return release
        for name, value in changed.items():
            setattr(release, name, value)
        release.state = Release.State.DRAFT
        release.built_from = None
        release.save()
        told = {name: str(value) for name, value in changed.items()}
        ledger.record(release.project, "release.describe", release, by=by, difference=told)
    return release


def waive(release: Release, check: str, *, reason: str, by: User, by_label: str = "") -> Release:
    """Let a check pass that did not, for this version and what it found, with the reason that its readers will see."""
    if not reason.strip():
        raise Invalid("Please say why it may be published all the same; the report prints it.")
    with transaction.atomic():
        release = _locked(release)
        _must_be_open(release)
        if check not in findings.CHECKS:
            raise Invalid(
                f"There is no check named “{check}”. They are: {', '.join(findings.CHECKS)}."
            )
        found = {
            one["check"]: one["message"] for one in release.checks if one["severity"] == BLOCKS
        }
        if check not in found:
            raise WrongState(
                f"“{findings.CHECKS[check]}” does not hold this version back; there is nothing to waive."
            )
        Waiver.objects.filter(release=release, check_name=check).delete()
        made = Waiver.objects.create(
            release=release,
            check_name=check,
            found=found[check],
            reason=reason.strip(),
            by=by,
            by_label=by_label or label_of(release.project, by),
        )
        # Its files print the waiver, so they are built anew.
        release.state, release.built_from = Release.State.DRAFT, None
        release.save(update_fields=["state", "built_from"])
        told = {"check": check, "found": made.found, "reason": made.reason}
        ledger.record(release.project, "release.waive", release, by=by, difference=told)
    return release


def label_of(project: Project, user: User) -> str:
    """What others see of somebody in the project; a person without a label there is the project itself."""
    member = Membership.objects.filter(project=project, user=user).first()
    return member.label if member else "concord"


def held_back_by(release: Release) -> list[dict[str, str]]:
    """Findings of the last build that neither passed nor are waived as they stand."""
    waived = {(one.check_name, one.found) for one in release.waivers.all()}
    return [
        one
        for one in release.checks
        if one["severity"] == BLOCKS and (one["check"], one["message"]) not in waived
    ]


def set_doi(release: Release, doi: str, *, by: User) -> Release:
    """The DOI that a repository gave: shown on the pages, outside the hashed files. An empty one takes it away."""
    doi = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)", "", doi.strip(), flags=re.IGNORECASE)
    if doi and not DOI.fullmatch(doi):
        raise Invalid("A DOI begins with 10. and has a slash, such as 10.7910/DVN/ABCDEF.")
    with transaction.atomic():
        release = _locked(release)
        if release.is_open:
            raise WrongState("A DOI belongs to a published version.")
        release.doi = doi
        release.save(update_fields=["doi"])
        ledger.record(release.project, "release.set_doi", release, by=by, difference={"doi": doi})
    return release


def open_to_all(project: Project, *, is_public: bool, by: User) -> Dataset:
    """Let anybody read the published releases of a project without signing in, or close them again."""
    with transaction.atomic():
        dataset, _ = Dataset.objects.get_or_create(project=project)
        if dataset.is_public != is_public:
            dataset.is_public = is_public
            dataset.save(update_fields=["is_public"])
            verb = "dataset.open" if is_public else "dataset.close"
            ledger.record(project, verb, dataset, by=by)
    return dataset


def progress_of_the_ledger(project: Project) -> int:
    """How far what a release could hold has come: every verb that changes it writes a line, releases' own aside."""
    lines = LedgerLine.objects.filter(project_id=project.pk)
    for about in ("release.", "token.", "dataset.", "search.", "invitation.", "member.reset_"):
        lines = lines.exclude(verb__startswith=about)
    return lines.aggregate(last=Max("n"))["last"] or 0


def build(release: Release, *, by: User) -> Job:
    """Ask for a draft's files to be made from the records as they stand."""
    _must_be_open(release)
    return jobs.enqueue(BUILD, release.pk, project=release.project, by=by)


def publish(release: Release, *, by: User) -> Release:
    """Freeze a built and checked release. Refused where the records have moved on since it was built.

    The records are gathered only where something was recorded since, and before the transaction: it only looks whether
    the ledger stands where it stood.
    """
    release = Release.objects.select_related("project").get(pk=release.pk)
    stands_at = progress_of_the_ledger(release.project)
    if release.state == Release.State.CHECKED and release.built_from != stands_at:
        records = contents.records_of(release.project)
        if records.fingerprint() != release.records_sha256:
            raise WrongState(_MOVED_ON)
    with transaction.atomic():
        release = _locked(release)
        _must_be_open(release)
        if release.built_at is None:
            raise WrongState("Build the release first: what is published is what was built.")
        held = [one["message"] for one in held_back_by(release)]
        if held:
            raise WrongState(
                "Checks hold this version back: "
                + " ".join(held)
                + " Mend them, or waive each with a reason."
            )
        if release.state != Release.State.CHECKED:
            raise WrongState(
                "What the release says was changed since it was built. Build it again."
            )
        if progress_of_the_ledger(release.project) != stands_at:
            raise WrongState(_MOVED_ON)
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
        webhooks.tell(
            release.project,
            "released",
            {"version": release.version, "manifest_sha256": release.manifest_sha256},
        )
    return release


def withdraw(release: Release, *, by: User, reason: str) -> Release:
    """Say that a published release should not be used any more. Its files stay, with the reason."""
    if not reason.strip():
        raise Invalid("Please say why the release is withdrawn; its readers will see it.")
    with transaction.atomic():
        release = _locked(release)
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
        for file in release.files.filter(part=ReleaseFile.Part.RELEASE):
            target = directory / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            with files.open_stored(file.sha256) as kept, target.open("wb") as out:
                shutil.copyfileobj(kept, out, 1 << 20)
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


def _locked(release: Release) -> Release:
    return (
        Release.objects.select_for_update(of=("self",)).select_related("project").get(pk=release.pk)
    )


def _must_be_open(release: Release) -> None:
    if not release.is_open:
        raise WrongState(
            f"Version {release.version} is {release.get_state_display()} and does not change."
        )
