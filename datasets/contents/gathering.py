"""Rows of a project looked up for what a release tells of them: some documents at a time, one query each for all of these.

So memory holds the coding of a few documents, whatever the size of the project. Ids are made here, of what is numbered
for good; what they are written into is said beside.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from coding import codebooks, schema
from coding.models import Assignment, Codebook, Event, Evidence, Round
from datasets.records import DocumentRecord
from projects.models import Project
from reconciliation.models import Group, Member
from sources.models import Document, Page

#: Documents whose coding is held at a time.
AT_A_TIME = 200
# What may be long and no release tells.
_UNTOLD = ("text__body", "text__blocks", "text__metadata", "text__warnings", "text__parameters")


class Mark(NamedTuple):
    """A passage that a coder linked to a field of an event."""

    field: str
    start: int
    end: int
    words: str


@dataclass
class Setting:
    """What all documents of a project share."""

    project: Project
    rounds: dict[int, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    books: dict[int, schema.Codebook] = field(default_factory=dict)


@dataclass
class Gathered:
    """The coding of some documents."""

    setting: Setting
    documents: dict[int, Document] = field(default_factory=dict)
    assignments: list[Assignment] = field(default_factory=list)
    text_hashes: dict[int, str] = field(default_factory=dict)
    pages: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)
    events: dict[int, Event] = field(default_factory=dict)
    event_ids: dict[int, str] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    evidence: dict[int, list[Mark]] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
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


def setting_of(project: Project) -> Setting:
    opened = list(Round.objects.filter(project=project).select_related("codebook").order_by("id"))
    return Setting(
        project,
        {one.pk: f"r{n}" for n, one in enumerate(opened, start=1)},
        {one.pk: one.name for one in opened},
        {one.pk: one.codebook.parsed for one in opened},
    )


def gathered(setting: Setting) -> Iterator[Gathered]:
    """Every document that somebody handed in coding of, some at a time."""
    coded = (
        Assignment.objects.filter(**counting(setting.project))
        .order_by("document_id")
        .values_list("document_id", flat=True)
        .distinct()
    )
    keys = list(coded)
    for start in range(0, len(keys), AT_A_TIME):
        yield gather(setting, keys[start : start + AT_A_TIME])


def gather(setting: Setting, documents: list[int]) -> Gathered:
    found = Gathered(setting)
    submitted = counting(setting.project)
    assignments = (
        Assignment.objects.filter(**submitted, document__in=documents)
        .select_related("document", "coder", "text")
        .defer(*_UNTOLD)
        .order_by("id")
    )
    found.assignments = list(assignments)
    for assignment in found.assignments:
        found.documents.setdefault(assignment.document_id, assignment.document)
        found.labels[assignment.pk] = assignment.label
        found.text_hashes.setdefault(assignment.document_id, assignment.text.sha256)
    _gather_pages(found)
    _gather_events(found)
    _gather_groups(found, documents)
    return found


def _gather_pages(found: Gathered) -> None:
    texts = {assignment.text_id: assignment.document_id for assignment in found.assignments}
    pages = Page.objects.filter(text__in=texts).order_by("text_id", "number")
    for text_id, *page in pages.values_list("text_id", "number", "start", "end"):
        found.pages.setdefault(texts[text_id], []).append((page[0], page[1], page[2]))


def _gather_events(found: Gathered) -> None:
    rounds = {assignment.pk: assignment.round_id for assignment in found.assignments}
    events = Event.objects.filter(removed=False, assignment__in=rounds)
    for event in events.order_by("id"):
        found.events[event.pk] = event
        of_round = found.setting.rounds[rounds[event.assignment_id]]
        found.event_ids[event.pk] = event_id(
            of_round, found.labels[event.assignment_id], event.position
        )
    by_event: dict[int, list[Mark]] = defaultdict(list)
    links = Evidence.objects.filter(event__removed=False, event__assignment__in=rounds)
    for event_pk, name, start, end, words in links.order_by(
        "passage__start", "passage__end", "id"
    ).values_list("event_id", "field", "passage__start", "passage__end", "passage__exact"):
        by_event[event_pk].append(Mark(name, start, end, words))
    found.evidence = by_event


def _gather_groups(found: Gathered, documents: list[int]) -> None:
    groups = Group.objects.filter(
        round__project=found.setting.project,
        round__kind=Round.Kind.PRODUCTION,
        retired_at=None,
        document__in=documents,
    )
    for group in groups.defer("distances").order_by("id"):
        found.groups[group.pk] = group
        found.members[group.pk] = []
    members = Member.objects.filter(group__in=found.groups).order_by("group_id", "label")
    for group_pk, event in members.values_list("group_id", "event_id"):
        found.members[group_pk].append(event)
        found.group_of_event[event] = group_pk


def counting(project: Project) -> dict[str, Any]:
    """What is handed in and counts: neither training, nor a second reading by the same coder."""
    return {
        "round__project": project,
        "round__kind": Round.Kind.PRODUCTION,
        "sitting": 1,
        "state": Assignment.State.SUBMITTED,
    }


def event_id(of_round: str, label: str, position: int | str) -> str:
    return f"{of_round}.{label}.e{position}"


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


def group_id(found: Gathered, group: Group) -> str:
    return f"{found.setting.rounds[group.round_id]}.g{group.n}"
