"""Loads the demo project: its own invented texts, three coders' codings, a PI's decisions, one release.

Every step calls the verbs a page or command would call. Loading twice changes nothing.
"""

import json
from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.db import transaction

from coding import codebooks, importing, rounds
from coding.models import Assignment, Codebook, Round
from config.demo import content
from datasets import releases
from projects import access, jobs, members
from projects.access import Pass
from projects.models import Job, Membership, Project, User
from projects.refusals import Refused, WrongState
from reconciliation import adjudication, decisions_file, incidents, runs
from reconciliation.models import Figure, Group, Incident, Position, Report, ResolvedEvent
from sources import alliance_lists, documents
from sources.models import Document

SLUG = "demo"
TITLE = "Peacetime commitments (demo)"
PASSWORD = "concord-demo"  # noqa: S105 - told on the sign-in page  # nosec B105
VERSION = "0.1.0"
PEOPLE = (
    ("ada", "Ada", ["coder"], "C1"),
    ("ben", "Ben", ["coder"], "C2"),
    ("cleo", "Cleo", ["coder"], "C3"),
    ("dora", "Dora", ["adjudicator", "exporter", "manager"], "PI"),
)
# Left for whoever tries the demo: a second reading of these, by two coders who have not read them together.
TO_CODE = (
    "penang-1994-trade",
    "washington-2022-call",
    "straits-pact-1972-accession",
    "subic-1976-postponed",
)


def is_loaded() -> bool:
    return Project.objects.filter(slug=SLUG).exists()


def walk() -> Iterator[tuple[str, str]]:
    """Load everything; (step, line of counts) as each step ends."""
    if settings.PUBLIC_URL.startswith("https"):
        raise Refused(
            "The demo's logins are known to everybody; it is not loaded on a public address."
        )
    people = _people()
    yield "people", f"{len(people)} users: {', '.join(people)}"
    project = members.found(SLUG, title=TITLE, by=people["dora"], description=_DESCRIPTION)
    for username, _, roles, label in PEOPLE:
        members.add(project, people[username], roles=roles, by=people["dora"], label=label)
    manager = access.pass_for(people["dora"], SLUG)
    yield "project", f"{project.slug}: {Membership.objects.filter(project=project).count()} members"
    codebook = codebooks.publish(
        codebooks.load(project, codebooks.standard(codebooks.DEFAULT), by=manager.user),
        by=manager.user,
    )
    yield (
        "codebook",
        f"version {codebook.n}: {len(codebook.parsed.types)} event types, {_fields(codebook)} fields",
    )
    yield "alliances", _alliances(manager)
    yield "documents", _documents(manager)
    first = _first_round(manager)
    yield "round", f"“{first.name}”: {first.assignments.count()} assignments, seed {first.seed}"
    yield "codings", _codings(manager, first)
    _do(runs.start(first, by=manager))
    found = runs.latest(first)
    assert found is not None
    yield (
        "reconcile",
        f"{found.counts['events']} events, {found.counts['groups']} groups, {found.counts['positions']} positions, "
        f"{found.counts['conflicts']} conflicts, {Figure.objects.filter(run=found).count()} figures",
    )
    yield "adjudicate", _decide(manager, first)
    yield "incidents", _link(manager)
    release = releases.draft(project, VERSION, by=manager.user)
    release = releases.describe(
        release,
        by=manager.user,
        creators=["Sample, Dora; Institute of Invented Texts", "Concord demo project"],
        licence="CC0-1.0",
        changes="First version: the first round, as far as it is settled.",
        released_on=date(2024, 3, 1),
    )
    _do(releases.build(release, by=manager.user))
    release.refresh_from_db()
    for held in releases.held_back_by(release):
        reason = "Left as it is, so that whoever tries the demo sees what a waiver looks like."
        releases.waive(release, held["check"], reason=reason, by=manager.user)
    _do(releases.build(release, by=manager.user))
    releases.publish(release, by=manager.user)
    releases.open_to_all(project, is_public=True, by=manager.user)
    release.refresh_from_db()
    yield (
        "release",
        f"{VERSION} published: {release.files.count()} files, manifest {release.manifest_sha256[:12]}",
    )
    second = rounds.open_round(
        project,
        "Second round",
        by=manager.user,
        coders=_coders(project),
        per_document=2,
        documents=list(Document.objects.filter(project=project, external_id__in=TO_CODE)),
        seed=2,
    )
    yield "to code", f"“{second.name}”: {second.assignments.count()} assignments waiting"


_DESCRIPTION = (
    "Invented treaties and news, so that every page has something true to show. The states are real, "
    "the events are not."
)


def _people() -> dict[str, User]:
    people: dict[str, User] = {}
    for username, name, _, _ in PEOPLE:
        if User.objects.filter(username=username).exists():
            raise WrongState(
                f"There is a user {username} already; the demo is loaded into an empty installation."
            )
        people[username] = User.objects.create_user(username, password=PASSWORD, first_name=name)
    return people


def _alliances(by: Pass) -> str:
    made = alliance_lists.load(
        by.project,
        content.ALLIANCES.read_bytes(),
        by=by.user,
        filename=content.ALLIANCES.name,
        version="demo",
        is_whole=True,
    )
    if made.problems:
        raise Refused("; ".join(f"line {one['line']}: {one['message']}" for one in made.problems))
    return f"{made.counts['alliances']} invented ones with {made.counts['taken']} members"


def _documents(by: Pass) -> str:
    pages = characters = 0
    for entry in content.documents():
        document = documents.add(
            by.project,
            by=by.user,
            chunks=[entry.path.read_bytes()],
            filename=entry.file,
            external_id=entry.id,
            kind=entry.kind,
            title=entry.title,
            outlet=entry.outlet,
            address=entry.address,
            published_on=date.fromisoformat(entry.date),
        )
        for job in jobs.waiting_for(documents.READ, document.public_id):
            _do(job)
        document.refresh_from_db()
        if document.current_text is None:
            raise Refused(f"{entry.file}: {document.reason}")
        pages += document.current_text.pages.count()
        characters += document.current_text.length
    count = Document.objects.filter(project=by.project, state=Document.State.READ).count()
    return f"{count} read, {pages} pages with word boxes, {characters} characters"


def _coders(project: Project) -> list[Membership]:
    return [
        member
        for member in Membership.objects.filter(project=project).order_by("label")
        if "coder" in member.roles
    ]


def _first_round(by: Pass) -> Round:
    """Drawn on what all three read; the import then gives the others to the two who read them."""
    made = content.codings()
    coders = _coders(by.project)
    by_all = [
        entry.id
        for entry in content.documents()
        if len(content.coders_of(made, entry.id)) == len(coders)
    ]
    return rounds.open_round(
        by.project,
        "First round",
        by=by.user,
        coders=coders,
        per_document=len(coders),
        documents=list(Document.objects.filter(project=by.project, external_id__in=by_all)),
        seed=1,
    )


def _codings(by: Pass, of_round: Round) -> str:
    texts = dict(
        Document.objects.filter(project=by.project, state=Document.State.READ).values_list(
            "external_id", "current_text__body"
        )
    )
    lines = [json.dumps(line, ensure_ascii=False).encode() for line in content.lines(texts)]
    done = importing.import_codings(by.project, lines, by=by.user, in_round=of_round, assign=True)
    if done.problems:
        raise Refused(
            "; ".join(f"line {problem.line}: {problem.message}" for problem in done.problems[:5])
        )
    submitted = Assignment.objects.filter(round=of_round, state=Assignment.State.SUBMITTED).count()
    return f"{submitted} submitted: {done.events} events, {done.near_misses} near misses"


def _decide(by: Pass, of_round: Round) -> str:
    lines = [
        json.dumps(decision.line(), ensure_ascii=False).encode() for decision in content.decisions()
    ]
    done = decisions_file.apply_lines(lines, by=by, in_round=of_round)
    if done.problems:
        raise Refused(
            "; ".join(f"line {problem.line}: {problem.message}" for problem in done.problems[:5])
        )
    groups = list(Group.objects.filter(round=of_round, retired_at=None).order_by("pk"))
    accepted = adjudication.accept_agreed(groups, by=by)
    resolved = ResolvedEvent.objects.filter(group__in=groups)
    still_open = Position.objects.filter(group__in=groups, decision=None).count()
    return (
        f"{done.decided} decided, {accepted.accepted} agreed accepted, "
        f"{resolved.filter(is_event=True).count()} resolved events, "
        f"{resolved.filter(is_event=False).count()} judged none, {still_open} positions open"
    )


def _link(by: Pass) -> str:
    """Link the incidents that several documents report, as far as their events are settled."""
    linked = 0
    for together in content.incidents():
        found = [
            report.incident
            for report in Report.objects.filter(
                incident__project=by.project,
                resolved_event__group__document__external_id__in=together.documents,
                resolved_event__type=together.type,
            ).select_related("incident")
        ]
        if len({incident.pk for incident in found}) > 1:
            incidents.link(by.project, found, by=by.user, reason=together.reason)
            linked += 1
    standing = Incident.objects.filter(project=by.project, merged_into=None)
    reports = Report.objects.filter(incident__in=standing).count()
    return f"{standing.count()} incidents with {reports} reports, {linked} reported by several documents"


def _fields(codebook: Codebook) -> int:
    return sum(1 for _ in codebook.parsed.every_field())


def _do(job: Job) -> None:
    ended = jobs.see_through(job)
    if ended.state != Job.State.DONE:
        raise Refused(ended.error or ended.message)


def load() -> list[tuple[str, str]]:
    """Everything or nothing, so that a broken set-up can be tried again."""
    with transaction.atomic():
        return list(walk())
