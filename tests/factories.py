"""Rows for tests: one plain function per thing, with dull defaults. What a verb can make, a verb makes."""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from coding import assignments, codebooks, events, rounds
from coding.models import Assignment, Codebook, Round
from datasets import releases
from datasets.models import Release
from projects import jobs, members
from projects.access import Pass, pass_for
from projects.models import Membership, Project, User
from reconciliation import runs
from reconciliation.models import Run
from sources import alliance_files, alliance_lists, state_lists
from sources.models import AllianceList, Collection, Document, Page, StateList, Text
from sources.search import indexing

BODY = "The United States and South Korea began exercise Shield.\nIt lasted from 4 to 9 March 1985."

BOOK = """\
codebook: {id: small, title: Small book, version: 1.0.0, language: en}
common_attributes:
  - {name: event_type, label: Event type, type: single_choice, required: true, level: nominal, options_from: event_types}
  - {name: title, label: Title, type: text, required: true, level: none, missing: []}
  - {name: provider, label: Provider, type: state_list, required: true, level: nominal_set}
  - {name: status, label: Status, type: single_choice, required: true, level: nominal, options: [{code: 1, label: planned}, {code: 4, label: carried out}, {code: 5, label: postponed}]}
  - {name: reason, label: Reason given, type: text, required_if: "status == 5", visible_if: "status == 5", level: none}
  - {name: start, label: Start, type: date, required: true, level: interval}
event_types:
  - code: EX
    label: Exercise
    family: seven
    definition: Units practise together.
    include: [Exercises of staffs.]
    exclude: [Parades.]
    boundary: [{versus: TO, rule: A text that provides for exercises is a treaty.}]
    examples: [{code_as: [EX], text: "Team Spirit 1983 began."}]
    attributes:
      - {name: form, label: Form, type: multi_choice, level: nominal_set, options: [{code: cpx, label: command post}, {code: ftx, label: field training}]}
      - {name: observed, label: Observed, type: boolean, level: nominal}
  - {code: TO, label: Treaty, family: treaty, definition: New text.}
"""


def user(username: str = "someone") -> User:
    """Nobody signs in with a password in tests: `client.force_login(user)`."""
    return User.objects.get_or_create(username=username)[0]


def project(slug: str = "alliances", *, by: User | None = None) -> Project:
    return members.found(slug, title=slug.capitalize(), by=by or user("founder"))


def member(
    of: Project, username: str, roles: tuple[str, ...] = ("coder",), *, label: str = ""
) -> Membership:
    founder = of.memberships.order_by("id").first()
    assert founder is not None
    return members.add(of, user(username), roles=list(roles), label=label, by=founder.user)


def holder(membership: Membership) -> Pass:
    return pass_for(membership.user, membership.project.slug)


def document(
    of: Project, external_id: str = "d1", *, body: str = BODY, kind: str = "news", pages: int = 1
) -> Document:
    """A document that was read, each line a paragraph, the lines spread over the pages."""
    made = Document.objects.create(
        project=of,
        external_id=external_id,
        kind=kind,
        title=f"Document {external_id}",
        filename=f"{external_id}.txt",
        sha256=hashlib.sha256(f"{external_id}{body}".encode()).hexdigest(),
        size=len(body.encode()),
        added_by=of.memberships.order_by("id")[0].user,
    )
    text(made, body=body, pages=pages)
    return made


def collection(of: Project, filename: str = "wire.jsonl") -> Collection:
    """A table of two columns that was taken in and held nothing."""
    return Collection.objects.create(
        project=of,
        label=filename.partition(".")[0],
        form=Collection.Form.JSONL,
        filename=filename,
        sha256=hashlib.sha256(filename.encode()).hexdigest(),
        size=0,
        headers=["title", "text"],
        state=Collection.State.DONE,
        added_by=of.memberships.order_by("id")[0].user,
    )


def text(of: Document, *, body: str = BODY, pages: int = 1) -> Text:
    blocks, at = [], 0
    for line in body.split("\n"):
        blocks.append(["paragraph", at, at + len(line), 0])
        at += len(line) + 1
    made = Text.objects.create(
        document=of,
        n=of.texts.count() + 1,
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        body=body,
        length=len(body),
        blocks=blocks,
        reader="plain",
        reader_version="1",
        has_astral=any(ord(character) > 0xFFFF for character in body),
    )
    if pages > 1:
        starts = [blocks[n * len(blocks) // pages][1] for n in range(pages)] + [len(body)]
        for n in range(pages):
            Page.objects.create(text=made, number=n + 1, start=starts[n], end=starts[n + 1])
    Document.objects.filter(pk=of.pk).update(current_text=made, state=Document.State.READ)
    of.refresh_from_db()
    indexing.index(of, body)
    return made


def failed_document(
    of: Project, external_id: str = "bad", reason: str = "The file is empty."
) -> Document:
    made = document(of, external_id, body=external_id)
    Document.objects.filter(pk=made.pk).update(
        state=Document.State.FAILED, current_text=None, reason=reason, reason_code="empty"
    )
    made.refresh_from_db()
    return made


def codebook(of: Project, source: str = BOOK, *, published: bool = True) -> Codebook:
    by = of.memberships.order_by("id")[0].user
    made = codebooks.load(of, source, by=by)
    return codebooks.publish(made, by=by) if published else made


def round_of(
    of: Project,
    coders: list[Membership],
    documents: list[Document] | None = None,
    *,
    name: str = "pilot",
    per_document: int | None = None,
) -> Round:
    return rounds.open_round(
        of,
        name,
        by=of.memberships.order_by("id")[0].user,
        coders=coders,
        per_document=per_document or len(coders),
        documents=documents,
        seed=1,
    )


def assignment(in_round: Round, coder: Membership, of: Document | None = None) -> Assignment:
    found = Assignment.objects.filter(round=in_round, coder=coder)
    return found.get(document=of) if of else found[0]


def event(
    type_code: str = "EX", *, evidence: dict[str, list[list[int]]] | None = None, **values: Any
) -> dict[str, Any]:
    """One event as a coder codes it; a value of None leaves that field blank."""
    filled = {
        "title": "Exercise Shield 1985",
        "provider": [2, 732],
        "status": 4,
        "start": "1985-03-04",
    }
    filled |= values
    return {
        "type": type_code,
        "values": {name: value for name, value in filled.items() if value is not None},
        "evidence": {"start": [[0, 17]]} if evidence is None else evidence,
    }


def coded(given: Assignment, *found: dict[str, Any], submit: bool = True) -> Assignment:
    """Do an assignment: these events, or none of them."""
    operations: list[dict[str, Any]] = []

    def add(kind: str, **body: Any) -> None:
        operations.append({"id": str(uuid4()), "kind": kind, **body})

    for one in found:
        uid = str(uuid4())
        add("event.add", event=uid, type=one["type"])
        for name, value in one["values"].items():
            add("value.set", event=uid, field=name, value=value)
        for name, spans in one["evidence"].items():
            for start, end in spans:
                add(
                    "passage.link",
                    event=uid,
                    field=name,
                    passage=str(uuid4()),
                    start=start,
                    end=end,
                )
    add("outcome.set", outcome="events" if found else "no_event")
    by = given.coder.user
    events.apply(given, operations, base=given.version, by=by)
    given.refresh_from_db()
    if submit:
        given, _ = assignments.submit(given, by=by, allow_incomplete=True)
    return given


def run(of_round: Round, by: Pass, *, replicates: int = 20) -> Run:
    """Reconcile a round here and now."""
    jobs.see_through(runs.start(of_round, by=by, replicates=replicates))
    done = runs.latest(of_round)
    assert done is not None
    return done


def release(of: Project, version: str = "0.1.0", *, state: str = "draft") -> Release:
    """A draft; with state "built" or "published" it has its files."""
    by = of.memberships.order_by("id")[0].user
    made = releases.draft(of, version, by=by)
    if state != "draft":
        jobs.see_through(releases.build(made, by=by))
        made.refresh_from_db()
    if state != "published":
        return made
    for held in releases.held_back_by(made):
        releases.waive(made, held["check"], reason="Known.", by=by)
    jobs.see_through(releases.build(made, by=by))
    return releases.publish(made, by=by)


def alliances(
    of: Project, content: str = alliance_files.SAMPLE, *, is_whole: bool = False
) -> AllianceList:
    """A list of alliances; by default the sample: ANZ-1951 (900, 920) and XYZ-1960 (patron 2, protege 740)."""
    by = of.memberships.order_by("id")[0].user
    return alliance_lists.load(
        of, content.encode(), by=by, filename="alliances.csv", is_whole=is_whole
    )


STATES = """\
ccode,abbreviation,name,start,end,version
2,USA,United States of America,1816-01-01,2020-12-31,2020
732,ROK,South Korea,1949-06-29,2020-12-31,2020
1001,NEU,Newland,2018-05-01,2020-12-31,2020
"""


def states(of: Project, content: str = STATES, kind: str = "cow", **said: Any) -> StateList:
    """A project's own list of states; by default three, one of them a state no other list has."""
    by = of.memberships.order_by("id")[0].user
    return state_lists.load(of, kind, content.encode(), by=by, filename="states.csv", **said)


@dataclass(frozen=True)
class Scene:
    """A small project half way down the street: two coders coded a document and differ in one field."""

    project: Project
    manager: Membership
    adjudicator: Membership
    exporter: Membership
    coder: Membership
    other: Membership
    document: Document
    round: Round


def scene(*, submitted: bool = True, reconciled: bool = False) -> Scene:
    """`other` has coded and, where `submitted`, handed in; `coder` too. They differ in status."""
    founder = user("manager")
    made = project(by=founder)
    manager = made.memberships.get(user=founder)
    adjudicator = member(made, "adjudicator", ("adjudicator",), label="PI")
    exporter = member(made, "exporter", ("exporter",), label="EXP")
    coder = member(made, "coder", label="C1")
    other = member(made, "other", label="C2")
    codebook(made)
    read = document(made)
    opened = round_of(made, [coder, other])
    if submitted:
        coded(assignment(opened, coder), event(status=4))
        coded(assignment(opened, other), event(status=1, title="Secret title of C2"))
    if reconciled:
        run(opened, holder(adjudicator))
    return Scene(made, manager, adjudicator, exporter, coder, other, read, opened)
