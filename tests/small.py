"""A small study piece by piece, for tests of verbs: people, documents, a codebook, work, operations as a browser sends them.

What a verb can make, a verb makes. Whole scenes half way down the street are in `factories`.
"""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from coding import codebooks, events, rounds
from coding.models import Assignment, Codebook, Round
from projects import access, members
from projects.access import Pass
from projects.models import Job, Membership, Project, User
from projects.roles import ROLES
from sources.models import Document, Page, Text

_numbers = count(1)

BODY = (
    "Japan and the United States held a joint exercise on 14 June 1951.\n"
    "Two weeks later they signed a new protocol; naïve 𝔘nicode stands here.\n"
)

CODEBOOK = """\
codebook: {id: small, title: Small book, version: 1.0.0, language: en}
common_attributes:
  - {name: title, label: Title, type: text, required: true, level: none, missing: []}
  - {name: provider, label: Provider, type: state_list, required: true}
  - {name: status, label: Status, type: single_choice, options: [{code: 1, label: planned}, {code: 5, label: postponed}]}
  - {name: reason, label: Reason, type: text, required_if: "status == 5", visible_if: "status == 5"}
  - {name: start, label: Start, type: date}
  - {name: end, label: End, type: date}
  - {name: linked, label: Linked, type: event_ref}
  - {name: evidence, label: Passages, type: spans, from_any_field: true}
rules:
  - {condition: "start <= end", message: The end lies before the start.}
event_types:
  - code: EX
    label: Exercise
    family: seven
    definition: Units practise together.
    attributes:
      - {name: form, label: Form, type: multi_choice, options: [{code: cpx, label: command post}, {code: ftx, label: field training}]}
      - {name: troops, label: Troops, type: integer, minimum: 0}
      - {name: observed, label: Observed, type: boolean}
      - {name: cost, label: Cost, type: money}
  - code: TO
    label: Treaty
    family: treaty
    definition: New text.
    attributes:
      - {name: binding, label: Binding, type: boolean, required: true}
near_misses:
  rule: Talk is no event.
  reasons:
    - {code: talk, label: talk, definition: Study or talk without an act.}
    - {code: denied, label: denied, definition: Reported only to be denied.}
"""


# --- people


def user(username: str = "", **fields: Any) -> User:
    made = User(username=username or f"user{next(_numbers)}", **fields)
    made.set_unusable_password()
    made.save()
    return made


def project(slug: str = "", *, by: User | None = None, title: str = "Alliances") -> Project:
    """A project with one manager, its founder."""
    return members.found(slug or f"project-{next(_numbers)}", title=title, by=by or user())


def manager_of(project: Project) -> User:
    return next(one.user for one in memberships_of(project) if "manager" in one.roles)


def memberships_of(project: Project) -> Sequence[Membership]:
    return list(Membership.objects.filter(project=project).select_related("user").order_by("pk"))


def member(
    project: Project, *roles: str, label: str = "", person: User | None = None
) -> Membership:
    """A new person in a project; a coder unless roles are named."""
    assert set(roles) <= set(ROLES), roles
    return members.add(
        project,
        person or user(),
        roles=list(roles or ("coder",)),
        by=manager_of(project),
        label=label,
    )


def holder(membership: Membership) -> Pass:
    return access.pass_for(membership.user, membership.project.slug)


# --- long work


def job(kind: str = "tests.nothing", subject: str = "", **fields: Any) -> Job:
    return Job.objects.create(kind=kind, subject=subject or f"subject{next(_numbers)}", **fields)


# --- documents


def document(
    project: Project, external_id: str = "", *, body: str = BODY, **fields: Any
) -> Document:
    """A document that was read: one text, one page, every line a paragraph."""
    made = unread_document(project, external_id, **fields)
    made.current_text = text(made, body=body)
    made.state = Document.State.READ
    made.save()
    return made


def unread_document(project: Project, external_id: str = "", **fields: Any) -> Document:
    """A document's row as adding leaves it, without a stored file."""
    external_id = external_id or f"document-{next(_numbers)}"
    given = {
        "title": external_id,
        "filename": f"{external_id}.txt",
        "sha256": hashlib.sha256(f"{project.pk} {external_id}".encode()).hexdigest(),
        "size": 1,
        "added_by": manager_of(project),
    }
    return Document.objects.create(project=project, external_id=external_id, **{**given, **fields})


def text(document: Document, *, body: str = BODY, n: int = 1) -> Text:
    made = Text.objects.create(
        document=document,
        n=n,
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        body=body,
        length=len(body),
        blocks=paragraphs(body),
        reader="tests",
        reader_version="1",
        has_astral=any(ord(character) > 0xFFFF for character in body),
    )
    Page.objects.create(text=made, number=1, start=0, end=len(body))
    return made


def paragraphs(body: str) -> list[list[Any]]:
    found, at = [], 0
    for line in body.splitlines(keepends=True):
        if words := line.rstrip("\n"):
            found.append(["paragraph", at, at + len(words), 0])
        at += len(line)
    return found


# --- coding


def codebook(project: Project, source: str = CODEBOOK, *, published: bool = True) -> Codebook:
    manager = manager_of(project)
    draft = codebooks.load(project, source, by=manager)
    return codebooks.publish(draft, by=manager) if published else draft


def coding_round(
    project: Project,
    *,
    coders: Sequence[Membership] = (),
    documents: Iterable[Document] = (),
    name: str = "",
    per_document: int | None = None,
) -> Round:
    """An open round in which every coder has every document; codebook, coder and document are made where lacking."""
    coders = list(coders) or [member(project)]
    if not Codebook.objects.filter(project=project).exclude(published_at=None).exists():
        codebook(project)
    return rounds.open_round(
        project,
        name or f"round {next(_numbers)}",
        by=manager_of(project),
        coders=coders,
        per_document=per_document or len(coders),
        documents=list(documents) or [document(project)],
        seed=1,
    )


def assignment(coder: Membership | None = None, *, body: str = BODY) -> Assignment:
    """One coder's piece of work in a round of its own, not begun."""
    coder = coder or member(project())
    drawn = document(coder.project, body=body)
    opened = coding_round(coder.project, coders=[coder], documents=[drawn])
    return opened.assignments.select_related("round__project", "coder__user", "text").get()


def operation(kind: str, **body: Any) -> dict[str, Any]:
    """An operation as a browser sends it."""
    return {
        "id": str(uuid4()),
        "kind": kind,
        **{name: str(value) if isinstance(value, UUID) else value for name, value in body.items()},
    }


def whole_event(uid: UUID | None = None, *, title: str = "Exercise") -> list[dict[str, Any]]:
    """The operations of one event of type EX with all that the small codebook demands."""
    uid = uid or uuid4()
    return [
        operation("event.add", event=uid, type="EX"),
        operation("value.set", event=uid, field="title", value=title),
        operation("value.set", event=uid, field="provider", value=[2, 740]),
        operation("passage.link", event=uid, field="provider", passage=uuid4(), start=0, end=5),
        operation("outcome.set", outcome="events"),
    ]


def coded(assignment: Assignment, operations: Sequence[dict[str, Any]] | None = None) -> Assignment:
    """The assignment with these operations applied by its coder, or with one whole event."""
    sent = whole_event() if operations is None else operations
    events.apply(assignment, sent, base=assignment.version, by=assignment.coder.user)
    assignment.refresh_from_db()
    return assignment


def put(row: Any, **fields: Any) -> Any:
    """A row brought into a state by hand, round every verb: for tests of what follows from the state."""
    type(row).objects.filter(pk=row.pk).update(**fields)
    row.refresh_from_db()
    return row
