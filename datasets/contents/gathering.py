"""Rows of a project looked up once for all that a release tells of them: one query each, whatever the size of the project.

Ids are made here, of what is numbered for good; what they are written into is said beside.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from coding import codebooks, schema
from coding.models import Assignment, Codebook, Event, Evidence, Round
from datasets.records import DocumentRecord
from projects.models import Project
from reconciliation.models import Group
from sources.models import Document, Page


@dataclass
class Gathered:
    """Lookups shared by the steps below: one query each, whatever the size of the project."""

    rounds: dict[int, str] = field(default_factory=dict)
    documents: dict[int, Document] = field(default_factory=dict)
    text_hashes: dict[int, str] = field(default_factory=dict)
    pages: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)
    events: dict[int, Event] = field(default_factory=dict)
    event_ids: dict[int, str] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    evidence: dict[int, list[Evidence]] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    books: dict[int, schema.Codebook] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    group_of_event: dict[int, int] = field(default_factory=dict)


def codebook_of(project: Project) -> Codebook:
    """The codebook of the newest round that somebody handed in for: what the release's columns are named by.

    Values are read by the codebook they were coded with. Where an older one knows what this one does not,
    the records contradict themselves and the release says so instead of dropping it.
    """
    newest = (
        Round.objects.filter(
            project=project,
            kind=Round.Kind.PRODUCTION,
            assignments__state=Assignment.State.SUBMITTED,
        )
        .select_related("codebook")
        .order_by("-id")
        .first()
    )
    return newest.codebook if newest else codebooks.current(project)


def gather(project: Project) -> Gathered:
    found = Gathered()
    opened = list(Round.objects.filter(project=project).select_related("codebook").order_by("id"))
    found.rounds = {one.pk: f"r{n}" for n, one in enumerate(opened, start=1)}
    found.books = {one.pk: one.codebook.parsed for one in opened}
    submitted = counting(project)
    assignments = (
        Assignment.objects.filter(**submitted)
        .select_related("document", "coder", "text")
        .order_by("id")
    )
    for assignment in assignments:
        found.documents.setdefault(assignment.document_id, assignment.document)
        found.labels[assignment.pk] = assignment.label
        found.text_hashes.setdefault(assignment.document_id, assignment.text.sha256)
    texts = {assignment.text_id: assignment.document_id for assignment in assignments}
    pages = Page.objects.filter(text__assignments__round__project=project).distinct()
    for text_id, *page in pages.order_by("text_id", "number").values_list(
        "text_id", "number", "start", "end"
    ):
        if text_id in texts:
            found.pages.setdefault(texts[text_id], []).append((page[0], page[1], page[2]))
    events = Event.objects.filter(
        removed=False, **{f"assignment__{name}": value for name, value in submitted.items()}
    )
    for event in events.select_related("assignment").order_by("id"):
        found.events[event.pk] = event
        of_round = found.rounds[event.assignment.round_id]
        found.event_ids[event.pk] = (
            f"{of_round}.{found.labels[event.assignment_id]}.e{event.position}"
        )
    by_event: dict[int, list[Evidence]] = defaultdict(list)
    links = Evidence.objects.filter(
        event__removed=False,
        **{f"event__assignment__{name}": value for name, value in submitted.items()},
    )
    for link in links.select_related("passage").order_by("passage__start", "passage__end", "id"):
        by_event[link.event_id].append(link)
    found.evidence = by_event
    groups = Group.objects.filter(
        round__project=project, round__kind=Round.Kind.PRODUCTION, retired_at=None
    ).prefetch_related("members")
    for group in groups.order_by("id"):
        found.groups[group.pk] = group
        found.members[group.pk] = [member.event_id for member in group.members.all()]
        for member in group.members.all():
            found.group_of_event[member.event_id] = group.pk
    return found


def counting(project: Project) -> dict[str, Any]:
    """What is handed in and counts: neither training, nor a second reading by the same coder."""
    return {
        "round__project": project,
        "round__kind": Round.Kind.PRODUCTION,
        "sitting": 1,
        "state": Assignment.State.SUBMITTED,
    }


def document_record(document: Document, text_sha256: str) -> DocumentRecord:
    return DocumentRecord(
        document_id=document.external_id,
        title=document.title,
        date=document.published_on.isoformat() if document.published_on else "",
        outlet=document.outlet,
        address=document.address,
        sha256=document.sha256,
        kind=document.kind,
        text_sha256=text_sha256,
    )


def group_id(gathered: Gathered, group: Group) -> str:
    return f"{gathered.rounds[group.round_id]}.g{group.n}"
