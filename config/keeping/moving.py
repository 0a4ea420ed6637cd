"""A project that moves house whole: every row and file of it, with work in progress, into another installation.

Numbers of rows are moved up by as much as the new place needs, table by table, so that their order stays; random ids, hashes
and the ledger's chain stay as they are. People are known by their user name, or come as accounts that nobody can sign in to.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from config.keeping import archive, backups, belongings, restoring, snapshots, stored, tables
from config.keeping.backups import Tell, quietly
from config.keeping.belongings import Belonging
from projects import files, jobs, ledger, members
from projects.models import Job, LedgerHead, Membership, Project, User
from projects.refusals import Invalid, Refused
from projects.roles import MANAGER
from sources.search import indexing

PROJECT = "concord project"
PEOPLE = "people"

#: What the subject of a job is a number of, or that it is the project's short name; else it is a random id and stays.
JOB_SUBJECTS = {
    "datasets.build": "datasets_release", "reconciliation.run": "reconciliation_run",
    "reconciliation.accept": "coding_round", "reconciliation.propose": "projects_project",
    "coding.move_round": "coding_round",
}  # fmt: skip
JOB_SLUGS = {"sources.compare", "sources.index", "sources.mention"}
JOB_IDS = {
    "sources.read", "sources.collect", "sources.index_collection", "sources.recognise", "coding.import", "coding.export",
}  # fmt: skip


@dataclass(frozen=True)
class Exported:
    path: Path
    rows: int
    files: int
    people: int
    bytes: int
    sha256: str
    missing: tuple[str, ...]


def export_project(project: Project, path: Path, *, tell: Tell = quietly) -> Exported:
    """Write a project with all that belongs to it. Nobody has to stop working."""
    if path.exists():
        raise Invalid(f"{path} is there already; an export never replaces a file.")
    part = archive.written_beside(path)
    try:
        with part.open("xb") as out, snapshots.taken(path.parent) as snapshot:
            exported = _write(project, out, path, snapshot, tell)
            out.flush()
            os.fsync(out.fileno())
        part.chmod(0o600)
        os.link(part, path)
    except FileExistsError:
        raise Invalid(f"{path} is there already; an export never replaces a file.") from None
    except OSError as error:
        raise Refused(f"The project could not be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)
    return exported


def _write(project: Project, out: Any, path: Path, snapshot: Any, tell: Tell) -> Exported:
    writer = archive.Writer(
        out,
        {
            "what": PROJECT,
            "slug": project.slug,
            "title": project.title,
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "software": settings.SOFTWARE_VERSION,
            "migrations": [list(one) for one in backups.applied()],
        },
    )
    people = _people(project, snapshot)
    writer.table(PEOPLE, (tables.line(row, _PERSON) for row in people))
    told: list[dict[str, Any]] = []
    for one in belongings.all_of():
        where = one.where_for(project.pk)
        rows, sha256 = writer.table(one.table.name, snapshots.lines(snapshot, one.table, where))
        tell(f"{one.table.name}: {rows:,} rows")
        told.append(
            {
                "name": one.table.name, "columns": [list(column) for column in one.table.columns], "rows": rows,
                "sha256": sha256, "keys": _keys(one, where, snapshot),
            }
        )  # fmt: skip
    count, missing = 0, []
    for sha256 in _files(project, snapshot):
        try:
            with files.open_stored(sha256) as source:
                writer.file(sha256, source, os.fstat(source.fileno()).st_size)
                count += 1
        except Refused:
            missing.append(sha256)
    rows = sum(one["rows"] for one in told)
    seal = writer.seal(
        {"tables": told, "rows": rows, "files": count, "missing": missing, "damaged": []}
    )
    return Exported(path, rows, count, len(people), writer.bytes, seal, tuple(missing))


_PERSON = tables.writers(
    tables.Table(
        PEOPLE,
        (("id", "int"), ("username", "text"), ("first_name", "text"), ("last_name", "text")),
    )
)


def _people(project: Project, snapshot: Any) -> list[Any]:
    """Everybody whom a row of the project names: without address and password."""
    named: set[int] = set()
    for one in belongings.all_of():
        for column, table in one.numbers.items():
            if table == belongings.people_table():
                where = one.where_for(project.pk)
                found = snapshot.rows(f'SELECT DISTINCT "{column}" FROM "{one.table.name}" {where}')  # noqa: S608 - names of our own tables and columns  # nosec B608
                named.update(key for (key,) in found if key is not None)
    numbers = ", ".join(map(str, sorted(named))) or "0"
    return list(
        snapshot.rows(
            f"SELECT id, username, first_name, last_name FROM {belongings.people_table()} "  # noqa: S608 - names of our own tables and columns  # nosec B608
            f"WHERE id IN ({numbers}) ORDER BY id"
        )
    )


def _keys(one: Belonging, where: str, snapshot: Any) -> list[int]:
    """The first and the last number of these rows, where they have numbers of their own."""
    if one.numbers.get("id") != one.table.name:
        return []
    ((first, last),) = snapshot.rows(f'SELECT MIN("id"), MAX("id") FROM "{one.table.name}" {where}')  # noqa: S608 - names of our own tables and columns  # nosec B608
    return [first, last] if first is not None else []


def _files(project: Project, snapshot: Any) -> list[str]:
    wheres = {one.table.name: one.where_for(project.pk) for one in belongings.all_of()}
    found: set[str] = set()
    for one in stored.FILES:
        where = wheres[one.table].removeprefix("WHERE ")
        found.update(name for (name,) in snapshot.rows(stored.names(one, where)))
    return sorted(found)


# -- in


@dataclass(frozen=True)
class Imported:
    project: Project
    rows: int
    files: int
    matched: tuple[str, ...]
    placeholders: tuple[str, ...]
    breaks: tuple[ledger.Break, ...]


def import_project(
    path: Path,
    *,
    slug: str = "",
    persons: Mapping[str, str] | None = None,
    manager: User | None = None,
    tell: Tell = quietly,
) -> Imported:
    """Take a project in. `persons` says which user here somebody is who has another name there."""
    _, head, manifest = restoring.proved(path, PROJECT)
    slug = slug or head["slug"]
    tell("the file is whole")
    _check(head, slug)
    shifts = _make_room(manifest)
    try:
        with transaction.atomic():
            people, matched, made = _known_people(path, persons or {})
            with tables.untriggered():
                count = _fill(path, manifest, shifts, people, slug)
            project = Project.objects.get(slug=slug)
            _settle(project, manifest, head, manager, len(matched), len(made))
            tell("making the search index")
            indexing.refill(project)
    except IntegrityError as error:
        raise Invalid(
            "Ids of this project are taken here: it, or a copy of it, is here already. Nothing was changed."
        ) from error
    breaks = tuple(ledger.breaks_of(project.pk))
    return Imported(project, manifest["rows"], count, tuple(matched), tuple(made), breaks)


def _check(head: dict[str, Any], slug: str) -> None:
    if sorted(map(tuple, head["migrations"])) != backups.applied():
        raise Invalid(
            f"The project was written by another version of Concord ({head['software']}): its tables are not "
            "those of this installation. Bring both to the same version first. Nothing was changed."
        )
    if Project.objects.filter(slug=slug).exists():
        raise Invalid(
            f"There is a project “{slug}” here. Give the coming one another short name (--slug). Nothing was changed."
        )


def _make_room(manifest: dict[str, Any]) -> dict[str, int]:
    """By table, how much its numbers move up. The room is kept free for good, also if nothing comes of it."""
    shifts = {}
    with transaction.atomic(), connection.cursor() as cursor:
        keyed = {one["name"]: one["keys"] for one in manifest["tables"] if one["keys"]}
        if connection.vendor == "postgresql":
            # Nobody is given a number between the look and the step.
            names = ", ".join(f'"{name}"' for name in sorted(keyed))
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
        for name, (first, last) in keyed.items():
            highest = max(restoring.highest(name), _last_given(cursor, name))
            shifts[name] = highest - first + 1
            restoring.count_on_from(name, last + shifts[name])
    return shifts


def _last_given(cursor: Any, name: str) -> int:
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT COALESCE(pg_sequence_last_value(pg_get_serial_sequence(%s, 'id')), 0)",
            [f'"{name}"'],
        )
    else:
        cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = %s", [name])
    (found,) = cursor.fetchone()
    return int(found)


def _known_people(
    path: Path, persons: Mapping[str, str]
) -> tuple[dict[int, int], list[str], list[str]]:
    rows = [
        row
        for name, content in archive.members(path)
        if name.startswith(f"tables/{PEOPLE}/")
        for row in archive.lines(content)
    ]
    strange = sorted(set(persons) - {row[1] for row in rows})
    if strange:
        raise Invalid(f"Nobody in the project is called {', '.join(strange)}. Nothing was changed.")
    people, matched, made = {}, [], []
    for key, username, first, last in rows:
        here = persons.get(username, username)
        user = User.objects.filter(username=here).first()
        if user is None and username in persons:
            raise Invalid(f"There is no user “{here}” here. Nothing was changed.")
        if user is None:
            user = User(username=here, first_name=first, last_name=last, is_active=False)
            user.set_unusable_password()
            user.save()
            made.append(here)
        else:
            matched.append(here)
        people[key] = user.pk
    if len(set(people.values())) < len(people):
        raise Invalid("Two people of the project would be one user here. Nothing was changed.")
    return people, matched, made


def _fill(
    path: Path,
    manifest: dict[str, Any],
    shifts: dict[str, int],
    people: dict[int, int],
    slug: str,
) -> int:
    known = {one.table.name: one for one in belongings.all_of()}
    count = 0
    for name, content in archive.members(path):
        part, _, rest = name.partition("/")
        table = rest.partition("/")[0]
        if part == "tables" and table != PEOPLE:
            change = _Change(known[table], shifts, people, slug)
            restoring.insert(known[table].table, archive.lines(content), change)
        elif part == "files":
            restoring.put_file(rest.partition("/")[2], content, [])
            count += 1
    return count


class _Change:
    """A row of a table as it is in its new house."""

    def __init__(
        self, one: Belonging, shifts: dict[str, int], people: dict[int, int], slug: str
    ) -> None:
        names = one.table.names
        self.name, self.slug, self.shifts = one.table.name, slug, shifts
        self.at = {column: names.index(column) for column in names}
        self.people = people
        self.persons = [
            self.at[column]
            for column, table in one.numbers.items()
            if table == belongings.people_table()
        ]
        self.moved = [
            (self.at[column], shifts[table])
            for column, table in one.numbers.items()
            if table in shifts
        ]

    def __call__(self, row: list[Any]) -> list[Any]:
        for at in self.persons:
            if row[at] is not None:
                row[at] = self.people[row[at]]
        for at, shift in self.moved:
            if row[at] is not None:
                row[at] += shift
        if self.name == Project._meta.db_table:
            row[self.at["slug"]] = self.slug
        elif self.name == Job._meta.db_table:
            self._job(row)
        return row

    def _job(self, row: list[Any]) -> None:
        """Work that somebody held there waits here; what it is about has another number."""
        kind, subject = row[self.at["kind"]], row[self.at["subject"]]
        if kind in JOB_SUBJECTS and subject.isdecimal():
            row[self.at["subject"]] = str(int(subject) + self.shifts.get(JOB_SUBJECTS[kind], 0))
        elif kind in JOB_SLUGS:
            row[self.at["subject"]] = self.slug
        if row[self.at["state"]] == Job.State.RUNNING:
            row[self.at["state"]] = Job.State.QUEUED
            row[self.at["worker"]], row[self.at["lease_until"]], row[self.at["attempts"]] = (
                "",
                None,
                0,
            )


def _settle(
    project: Project,
    manifest: dict[str, Any],
    head: dict[str, Any],
    manager: User | None,
    matched: int,
    made: int,
) -> None:
    """The ledger tells of the move; somebody who can sign in manages the project; what waits is told to the broker."""
    for one in manifest["tables"]:
        counted = next(known for known in belongings.all_of() if known.table.name == one["name"])
        with connection.cursor() as cursor:
            where = counted.where_for(project.pk)
            cursor.execute(f'SELECT COUNT(*) FROM "{one["name"]}" {where}')  # noqa: S608 - names of our own tables and columns  # nosec B608
            (found,) = cursor.fetchone()
        if found != one["rows"]:
            raise Invalid(
                f"{one['rows']:,} rows of {one['name']} were to come and {found:,} did. Nothing was changed."
            )
    chain = LedgerHead.objects.filter(project_id=project.pk).values_list("chain", flat=True).first()
    if chain and not chain.isdecimal() and LedgerHead.objects.filter(chain=chain).count() > 1:
        raise Invalid("This project, or a copy of it, is here already. Nothing was changed.")
    ledger.record(
        project,
        "project.import",
        project,
        by=None,
        difference={
            "from": head["slug"], "written": head["made_at"], "people known": matched, "people new": made,
        },
    )  # fmt: skip
    if manager:
        held = Membership.objects.filter(project=project, user=manager).first()
        roles = {MANAGER, *(held.roles if held else ())}
        members.add(project, manager, roles=sorted(roles), by=manager)
    waiting = Job.objects.filter(project=project, state=Job.State.QUEUED)
    for key in waiting.values_list("pk", flat=True):
        transaction.on_commit(lambda key=key: jobs.announce(key))  # type: ignore[misc]
