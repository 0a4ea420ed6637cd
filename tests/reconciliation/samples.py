"""A small codebook whose fields have every rule, and rounds written as tables: document -> coder -> what they found."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from coding import assignments, codebooks, events, importing, rounds, schema
from coding.models import Assignment, Event, Round
from projects import jobs, members
from projects.access import Pass, pass_for
from projects.models import Job, Membership, Project, User
from reconciliation import runs
from reconciliation.models import Group, Position, Run
from sources.models import Document, Page, Text

_numbers = count(1)

CODEBOOK = """\
codebook: {id: board, title: Book of the board, version: 1.0.0, language: en}
common_attributes:
  - {name: event_type, label: Event type, type: single_choice, level: nominal, options_from: event_types}
  - {name: title, label: Title, type: text, level: none, rule: first_coder}
  - {name: provider, label: Provider, type: state_list}
  - {name: recipient, label: Recipient, type: state_list}
  - {name: status, label: Status, type: single_choice, rule: majority, options: [{code: 1, label: planned}, {code: 4, label: done}, {code: 5, label: postponed}]}
  - {name: cause, label: Cause, type: single_choice, visible_if: "status == 5", options: [{code: 1, label: weather}, {code: 2, label: money}]}
  - {name: start, label: Start, type: date, rule: most_precise}
  - {name: third, label: Third states, type: state_list, rule: union}
  - {name: topics, label: Topics, type: multi_choice, rule: union, options: [{code: land, label: land}, {code: sea, label: sea}, {code: air, label: air}]}
  - {name: weight, label: Weight, type: single_choice, level: ordinal, options: [{code: 1, label: low}, {code: 2, label: middle}, {code: 3, label: high}]}
  - {name: sure, label: Certainty, type: single_choice, rule: coder_only, options: [{code: 1, label: guess}, {code: 3, label: sure}]}
  - {name: evidence, label: Passages, type: spans, from_any_field: true}
event_types:
  - code: EX
    label: Exercise
    family: seven
    definition: Units practise together.
    attributes:
      - {name: troops, label: Troops, type: integer, minimum: 0}
  - code: MA
    label: Aid
    family: seven
    definition: Giving.
    attributes:
      - {name: amount, label: Amount, type: money}
  - code: TO
    label: Treaty
    family: treaty
    definition: New text.
    attributes:
      - {name: binding, label: Binding, type: boolean}
near_misses:
  rule: Talk is no event.
  reasons:
    - {code: talk, label: talk, definition: Study or talk without an act.}
"""

BODY = "".join(
    f"In the year 19{n} units of Japan and the United States met for the {n}th time at sea.\n"
    for n in range(51, 61)
)
LINE = len(BODY) // 10

SILENT = "no_event"
UNREADABLE = "cannot_code"


@cache
def codebook() -> schema.Codebook:
    return schema.parse(CODEBOOK)


def field(name: str, type_code: str = "EX") -> schema.Field:
    return codebook().field(type_code, name)


def event(
    type_code: str = "EX", *, line: int = 0, own_id: str = "", **values: Any
) -> dict[str, Any]:
    """An event as a line of codings has it, its passage being the whole line of the text."""
    given = {"provider": [2], "recipient": [740], "start": "1951-06-14", **values}
    return {
        **({"id": own_id} if own_id else {}),
        "type": type_code,
        "values": {name: value for name, value in given.items() if value is not None},
        "evidence": {"evidence": [[line * LINE, line * LINE + LINE - 1]]},
    }


Found = list[dict[str, Any]] | str | None
"""Events; or SILENT, or UNREADABLE; or None: not handed in."""


def person(username: str = "", **fields: Any) -> User:
    made = User(username=username or f"person{next(_numbers)}", **fields)
    made.set_unusable_password()
    made.save()
    return made


def member(project: Project, *roles: str, label: str = "", of: User | None = None) -> Membership:
    """A new person in a project; a coder unless roles are named."""
    founder = project.memberships.order_by("pk")[0].user
    return members.add(
        project, of or person(), roles=list(roles or ("coder",)), by=founder, label=label
    )


def holder(membership: Membership) -> Pass:
    return pass_for(membership.user, membership.project.slug)


def document(project: Project, name: str, *, by: User, body: str = BODY) -> Document:
    """A document as reading leaves it, without the reader process."""
    made = Document.objects.create(
        project=project,
        external_id=name,
        kind="news",
        title=f"Document {name}",
        filename=f"{name}.txt",
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        size=len(body),
        added_by=by,
    )
    made.current_text, made.state = text(made, body=body), Document.State.READ
    made.save()
    return made


def text(of: Document, *, body: str = BODY, n: int = 1) -> Text:
    """A reading of a document, all on one page."""
    made = Text.objects.create(
        document=of,
        n=n,
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        body=body,
        length=len(body),
        blocks=[["paragraph", at, at + LINE - 1, 0] for at in range(0, len(body) - 1, LINE)],
        reader="tests",
        reader_version="1",
        has_astral=False,
    )
    Page.objects.create(text=made, number=1, start=0, end=len(body))
    return made


def operation(kind: str, **body: Any) -> dict[str, Any]:
    """An operation as a browser sends it."""
    return {
        "id": str(uuid4()),
        "kind": kind,
        **{name: str(value) if isinstance(value, UUID) else value for name, value in body.items()},
    }


def put(row: Any, **fields: Any) -> Any:
    """A row brought into a state by hand, round every verb: for tests of what follows from the state."""
    type(row).objects.filter(pk=row.pk).update(**fields)
    row.refresh_from_db()
    return row


@dataclass(frozen=True)
class Table:
    """A round, who adjudicates it, and its coders by label."""

    round: Round
    pi: Pass
    coders: Mapping[str, Membership]

    def assignment(self, document: str, label: str) -> Assignment:
        return Assignment.objects.select_related("round__project", "coder__user", "text").get(
            round=self.round, document__external_id=document, coder__label=label
        )

    def groups(self, document: str = "") -> list[Group]:
        found = Group.objects.filter(round=self.round, retired_at=None)
        found = found.filter(document__external_id=document) if document else found
        return list(found.order_by("document__external_id", "position"))

    def group(self, document: str = "d1") -> Group:
        (only,) = self.groups(document)
        return only

    def position(self, name: str, document: str = "d1") -> Position:
        return self.group(document).positions.select_related("decision").get(field=name)

    def states(self, document: str = "d1") -> dict[str, str]:
        return dict(self.group(document).positions.values_list("field", "state"))

    def members(self, document: str = "d1") -> list[list[str]]:
        """Of each group in order, its events as "C1:1" (label and number)."""
        return [
            sorted(
                f"{member.coder.label}:{member.event.position}" for member in group.members.all()
            )
            for group in self.groups(document)
        ]


def table(
    codings: Mapping[str, Mapping[str, Found]],
    *,
    labels: Sequence[str] = ("C1", "C2", "C3"),
    slug: str = "",
    source: str = CODEBOOK,
) -> Table:
    """A round coded as written, through the same doors as files of codings come in."""
    project = members.found(slug or f"study-{next(_numbers)}", title="Alliances", by=person())
    pi = member(project, "adjudicator", "exporter", "manager", label="PI")
    coders = {label: member(project, label=label) for label in labels}
    book = codebooks.publish(codebooks.load(project, source, by=pi.user), by=pi.user)
    for name in codings:
        document(project, name, by=pi.user)
    opened = Round.objects.create(
        project=project, name="Round one", codebook=book, per_document=1, seed=1
    )
    made = Table(opened, holder(pi), coders)
    for name, by_coder in codings.items():
        read = project.documents.get(external_id=name)
        for label, found in by_coder.items():
            rounds.assign(opened, read, coders[label], by=pi.user)
            if found is not None:
                hand_in(made, name, label, found)
    return made


def hand_in(made: Table, document: str, label: str, found: list[dict[str, Any]] | str) -> None:
    line: dict[str, Any] = {"document": document, "coder": label}
    if isinstance(found, str):
        line |= {"outcome": found, "outcome_reason": "too worn to read"}
    else:
        line |= {"outcome": "events", "events": found}
    raw = json.dumps(line, ensure_ascii=False).encode()
    done = importing.import_codings(made.round.project, [raw], by=made.pi.user, in_round=made.round)
    assert done.problems == []


def reconciled(made: Table, *, replicates: int = 10) -> Run:
    """One more run of the round, done at once."""
    job = jobs.see_through(runs.start(made.round, by=made.pi, replicates=replicates))
    assert job.state == Job.State.DONE, job.error
    found = runs.latest(made.round)
    assert found is not None
    return found


def aligned_table(codings: Mapping[str, Mapping[str, Found]], **options: Any) -> Table:
    made = table(codings, **options)
    reconciled(made)
    return made


def send_back(made: Table, document: str, label: str) -> Assignment:
    return assignments.send_back(
        made.assignment(document, label), by=made.pi.user, reason="Please look again."
    )


def rework(
    made: Table, document: str, label: str, *operations: dict[str, Any], submit: bool = True
) -> None:
    """What a coder does with work that was sent back."""
    assignment = made.assignment(document, label)
    by = made.coders[label].user
    events.apply(assignment, list(operations), base=assignment.version, by=by)
    if submit:
        assignments.submit(assignment, by=by, allow_incomplete=True)


def uid_of(made: Table, document: str, label: str, number: int = 1) -> UUID:
    found = Event.objects.get(assignment=made.assignment(document, label), position=number)
    return found.uid
