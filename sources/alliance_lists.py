"""Lists of alliances: the verb that loads one, and what stands after it. Reading the file is `alliance_files`' work."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import PurePosixPath

from django.db import transaction
from django.db.models import Max, QuerySet

from projects import files, ledger
from projects.models import Project, User
from projects.refusals import Invalid, Missing
from sources import alliance_files, state_lists
from sources import alliances as values
from sources.list_files import ListUnreadable
from sources.models import Alliance, AllianceList, AllianceMember

MOST_TOLD = 1_000


def load(
    project: Project,
    data: bytes,
    *,
    by: User,
    filename: str,
    version: str = "",
    is_whole: bool = False,
) -> AllianceList:
    """Take in what is good of a list; the rest stands on it as problems with line numbers.

    An alliance that is here already becomes what the list says of it, and keeps its row. Of one with a line that
    could not be taken, members that the good lines do not name stay. With `is_whole` alliances that no line names
    leave the project's list. Raises Invalid where nothing at all can be taken; then nothing has changed.
    """
    name = _label(filename)
    try:
        reading = alliance_files.read(data, state_lists.states_for(project))
    except ListUnreadable as wrong:
        raise Invalid(f"{name}: {wrong} Nothing was changed.") from None
    problems = [asdict(one) for one in reading.problems]
    if not reading.alliances:
        told = (
            f": line {reading.problems[0].line}: {reading.problems[0].message}" if problems else ""
        )
        raise Invalid(
            f"No line of {name} can be taken{told or '; it has no lines below its header.'} Nothing was changed.",
            problems=problems[:MOST_TOLD],
        )
    sha256, _ = files.put_bytes(data)
    with transaction.atomic():
        # The project's row is the queue of its lists, as it is of its ledger.
        Project.objects.select_for_update().only("pk").get(pk=project.pk)
        before = {one.reference: one for one in current(project)}
        last = AllianceList.objects.filter(project=project).aggregate(last=Max("n"))["last"] or 0
        named = {one.reference for one in reading.alliances} | reading.troubled
        dropped = sorted(before.keys() - named) if is_whole else []
        changes = _changes(reading.alliances, before)
        counts = {
            "lines": reading.lines,
            "taken": reading.taken,
            "refused": len({one.line for one in reading.problems}),
            "alliances": len(reading.alliances),
            **{name: len(references) for name, references in changes.items()},
            "dropped": len(dropped),
        }
        made = AllianceList.objects.create(
            project=project,
            n=last + 1,
            version=_version(version, last + 1),
            filename=name,
            sha256=sha256,
            is_whole=is_whole,
            counts=counts,
            problems=problems[:MOST_TOLD],
            notices=[asdict(one) for one in reading.notices][:MOST_TOLD],
            loaded_by=by,
        )
        _store(project, made, reading)
        Alliance.objects.filter(project=project, reference__in=dropped).update(dropped_by=made)
        ledger.record(
            project,
            "alliances.load",
            made,
            by=by,
            difference={
                "n": made.n,
                "version": made.version,
                "sha256": sha256,
                "counts": counts,
                **{name: references[:100] for name, references in changes.items() if references},
                **({"dropped": dropped[:100]} if dropped else {}),
            },
        )
    return made


def current(project: Project) -> QuerySet[Alliance]:
    """The project's alliances as the lists loaded so far leave them."""
    return Alliance.objects.filter(project=project, dropped_by=None).prefetch_related("members")


def values_of(project: Project) -> tuple[values.Alliance, ...]:
    return tuple(as_value(row) for row in current(project).order_by("reference"))


def as_value(row: Alliance) -> values.Alliance:
    members = sorted(row.members.all(), key=lambda one: (one.ccode, one.start))
    return values.Alliance(
        row.reference,
        row.name,
        row.start,
        row.end,
        row.atop_id,
        row.kind,
        row.source,
        tuple(
            values.Member(
                one.ccode, one.start, one.end, values.Role(one.role) if one.role else None
            )
            for one in members
        ),
    )


def alliance_for(project: Project, public_id: str) -> Alliance:
    """Also one that a newer list dropped: what was coded against it can still be looked up."""
    found = (
        Alliance.objects.filter(project=project, public_id=public_id)
        .select_related("project", "loaded_from", "dropped_by")
        .first()
    )
    if found is None:
        raise Missing("There is no such alliance in this project.")
    return found


def list_for(project: Project, n: int) -> AllianceList:
    found = AllianceList.objects.filter(project=project, n=n).select_related("loaded_by").first()
    if found is None:
        raise Missing("There is no such list of alliances in this project.")
    return found


def _changes(read: Iterable[values.Alliance], before: dict[str, Alliance]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one in read:
        known = before.get(one.reference)
        kind = "added" if known is None else "same" if as_value(known) == one else "changed"
        found[kind].append(one.reference)
    return {kind: sorted(found[kind]) for kind in ("added", "changed", "same")}


def _store(project: Project, made: AllianceList, reading: alliance_files.Reading) -> None:
    """Each alliance on its row, its members anew."""
    read = {one.reference: one for one in reading.alliances}
    rows = [
        Alliance(
            project=project,
            reference=one.reference,
            name=one.name,
            atop_id=one.atop_id,
            kind=one.kind,
            start=one.start,
            end=one.end,
            source=one.source,
            loaded_from=made,
            dropped_by=None,
        )
        for one in read.values()
    ]
    Alliance.objects.bulk_create(
        rows,
        batch_size=200,
        update_conflicts=True,
        unique_fields=["project", "reference"],
        update_fields=[
            "name",
            "atop_id",
            "kind",
            "start",
            "end",
            "source",
            "loaded_from",
            "dropped_by",
        ],
    )
    pks = dict(Alliance.objects.filter(project=project).values_list("reference", "pk"))
    whole = [pks[reference] for reference in read.keys() - reading.troubled]
    AllianceMember.objects.filter(alliance__in=whole).delete()
    for reference in read.keys() & reading.troubled:
        named = {member.ccode for member in read[reference].members}
        AllianceMember.objects.filter(alliance=pks[reference], ccode__in=named).delete()
    AllianceMember.objects.bulk_create(
        (
            AllianceMember(
                alliance_id=pks[reference],
                ccode=member.ccode,
                start=member.start,
                end=member.end,
                role=str(member.role or ""),
            )
            for reference, one in read.items()
            for member in one.members
        ),
        batch_size=200,
    )


def _label(filename: str) -> str:
    last = PurePosixPath(filename.replace("\\", "/")).name
    return "".join(one for one in last if one.isprintable())[:255].strip() or "alliances.csv"


def _version(version: str, n: int) -> str:
    version = " ".join(version.split())
    if len(version) > 60 or not version.isprintable():
        raise Invalid("A version has at most 60 characters and no line break.")
    return version or str(n)
