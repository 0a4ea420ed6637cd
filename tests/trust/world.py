"""One project with something of everything that an address can name, in each state a right may depend on.

C1 and C2 handed in the treaty, C3 settles conflicts too and still codes it; C1 has the news open, C2 handed that in;
of a third document, which C3 does not code, the conflicts are settled. Whatever an address names is found by the word before it, so that a new address of a known thing needs nothing here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from coding import draft_notes, event_templates, exchanges, questions, rounds
from coding.models import Assignment, Round
from datasets import coverage, releases
from projects import files, invitations, jobs, members, people, tokens, webhooks
from projects.models import Job, Membership, Project, User
from reconciliation import adjudication, routines
from reconciliation.models import Group
from sources import copies, outlines, reading, sheets
from sources.models import Document, Page, Text
from sources.reading import packing
from sources.search import log
from sources.search.finding import Wanted
from tests import factories
from tests.reconciliation.assessment_samples import BOOK
from tests.sources import samples

STATES = ("open", "closed", "revealed", "published", "public")
# Who asks. `stranger` holds every role in another project; `owner` is the coder whose work the addresses name, `other`
# one who codes the same documents; `blind` settles conflicts as well and still codes the treaty.
ROLES = (
    "anonymous", "stranger", "owner", "other", "blind", "adjudicator", "exporter", "manager",
)  # fmt: skip

PAGES = [
    ["Treaty of mutual help", "Article 1", "They exercise together."],
    ["Article 2", "They part."],
]
QUESTION, TEMPLATE = UUID(int=11), UUID(int=12)


@dataclass(frozen=True)
class World:
    project: Project
    people: Mapping[str, User | None]
    places: Mapping[str, Any]  # by the word before it in an address, or by its name there
    round: Round
    treaty: Document
    news: Document
    settled: Document

    def work(self, who: str, document: Document) -> Assignment:
        return self.round.assignments.get(coder__user=self.people[who], document=document)

    def groups(self, document: Document) -> list[Group]:
        return list(Group.objects.filter(round=self.round, document=document, retired_at=None))

    def member(self, who: str) -> Membership:
        return self.project.memberships.get(user=self.people[who])


def world(state: str = "open") -> World:
    """The project in this state; each state stands on the one before it."""
    made = begun()
    made = at_work(made)
    for following in STATES[1 : STATES.index(state) + 1]:
        move_on(made, following)
    return made


def move_on(made: World, state: str) -> None:
    """From the state before this one into this one."""
    manager, exporter = made.people["manager"], made.people["exporter"]
    match state:
        case "closed":
            rounds.move(made.round, Round.State.CLOSED, by=manager)
        case "revealed":
            rounds.move(made.round, Round.State.REVEALED, by=manager)
        case "published":
            draft = made.project.releases.get()
            for held in releases.held_back_by(draft):
                releases.waive(draft, held["check"], reason="Known.", by=exporter)
            build(made)
            releases.publish(made.project.releases.get(), by=exporter)
        case "public":
            releases.open_to_all(made.project, is_public=True, by=exporter)


def begun(
    *,
    blind: tuple[str, ...] = ("coder", "adjudicator"),
    book: str = BOOK,
    body: str = factories.BODY,
) -> World:
    """The round is open and nobody has done anything; `blind` are the roles of the third coder."""
    manager = factories.user("manager")
    project = factories.project(by=manager)
    people: dict[str, User | None] = {"anonymous": None, "manager": manager}
    for who, roles, label in (
        ("owner", ("coder",), "C1"),
        ("other", ("coder",), "C2"),
        ("blind", blind, "C3"),
        ("adjudicator", ("adjudicator",), "PI"),
        ("exporter", ("exporter",), "EXP"),
    ):
        people[who] = factories.member(project, who, roles, label=label).user
    people["stranger"] = factories.user("stranger")
    elsewhere = members.found("elsewhere", title="Elsewhere", by=people["stranger"])
    every = ["coder", "adjudicator", "exporter", "manager"]
    members.add(elsewhere, people["stranger"], roles=every, label="ALL", by=people["stranger"])
    coders = [project.memberships.get(label=label) for label in ("C1", "C2", "C3")]
    factories.codebook(project, book)
    treaty, news = _treaty(project), factories.document(project, "news", body=body)
    settled = factories.document(project, "settled", body=body)
    opened = factories.round_of(project, coders[:2], [treaty, news, settled])
    for document in (treaty, news):
        rounds.assign(opened, document, coders[2], by=manager)
    settling = factories.holder(project.memberships.get(label="PI"))
    routines.keep(opened, by=settling, enough=2, every=0)
    made = World(project, people, {}, opened, treaty, news, settled)
    return replace(made, places=_there(made))


def at_work(made: World, *, settles: bool = True, words: str = "") -> World:
    """C1 and C2 code; what they handed in is reconciled and built into the draft. `settles`: the third document too.

    `words` are added to what people write.
    """
    for who, status in (("owner", 4), ("other", 1)):
        for document in (made.treaty, made.settled) if settles else (made.treaty,):
            found = factories.event(status=status, recipient=[740], title=f"Shield of {who}{words}")
            factories.coded(made.work(who, document), found)
    factories.coded(made.work("other", made.news), factories.event(title=f"Secret of C2{words}"))
    adjudicator = factories.holder(made.member("adjudicator"))
    factories.run(made.round, adjudicator)
    if settles:
        settled = made.groups(made.settled)[0]
        adjudication.take_event(settled, "C1", by=adjudicator, reason=f"C1 read on.{words}")
    build(made)
    return replace(made, places={**made.places, **_of_work(made)})


def build(made: World) -> None:
    jobs.see_through(releases.build(made.project.releases.get(), by=made.people["exporter"]))


def _treaty(project: Project) -> Document:
    """A PDF of two pages as its reading leaves it, with its sections found."""
    content = samples.pdf(*PAGES)
    found = reading.read(content, "treaty.pdf")
    sha256, size = files.put_bytes(content)
    by = project.memberships.order_by("id")[0].user
    made = Document.objects.create(
        project=project, external_id="treaty", kind="treaty", title="Treaty of mutual help",
        filename="treaty.pdf", sha256=sha256, size=size, added_by=by,
    )  # fmt: skip
    text = Text.objects.create(
        document=made, n=1, sha256=sha256, body=found.body, length=len(found.body), reader=sheets.DRAWN,
        reader_version="1", has_astral=False,
        blocks=[[one.kind, one.start, one.end, 0] for one in found.blocks],
    )  # fmt: skip
    Page.objects.bulk_create(
        Page(
            text=text, number=page.number, start=page.start, end=page.end, width=page.width, height=page.height,
            words=packing.pack(page.words, start=page.start, width=page.width, height=page.height),
        )
        for page in found.pages
    )  # fmt: skip
    Document.objects.filter(pk=made.pk).update(current_text=text, state=Document.State.READ)
    made.refresh_from_db()
    outlines.propose(text)
    return made


def _there(made: World) -> dict[str, Any]:
    """What no coder's work makes or changes: lists, codebooks, notes, a search, copies, a draft of a release."""
    project, slug = made.project, made.project.slug
    manager, adjudicator = made.people["manager"], made.people["adjudicator"]
    factories.codebook(project, BOOK.replace("1.0.0", "1.1.0"), published=False)
    factories.alliances(project)
    listed = project.alliances.get(reference="XYZ-1960")
    factories.states(project, factories.STATES + "740,JPN,Japan,1952-04-28,2020-12-31,2020\n")
    twin = factories.document(project, "twin")
    cluster = copies.confirm(project, [made.news, twin], by=manager)
    searched = coverage.declare(
        project, alliance="", first_year=1950, last_year=1951, search_log="All.", by=manager
    )
    assert manager is not None
    invited = invitations.invite(project, roles=["coder"], by=manager)
    token, _ = tokens.create(project, by=manager, name="script")
    draft = releases.draft(project, "0.1.0", by=made.people["exporter"])
    releases.describe(draft, by=made.people["exporter"], anonymous_copy=True)
    of_coder, _ = tokens.create(project, by=made.people["owner"], name="of the coder")
    hook = webhooks.register(
        project, address="https://example.org/told", events=["submitted"], by=manager
    )
    [telling] = webhooks.tell(project, "submitted", {"round": made.round.public_id})
    return {
        "projects": slug,
        "data": slug,
        "devices": "0" * 20,
        "help": "how-to/coder",
        "pictures": "board.png",
        "members": made.member("owner").public_id,
        "invitations": invited.invitation.public_id,
        "join": invited.key,
        "new-password": people.make_reset_link(factories.user("locked-out"), by=None).key,
        "forgotten-password": 1,
        "key": "set-password",
        "mail": "key",
        "with": "institution",
        "revoke": token.handle,
        "documents": made.treaty.public_id,
        "collections": factories.collection(project).public_id,
        "alliances": listed.public_id,
        "lists": 1,
        "states": 1,
        "searches": log.keep(project, Wanted(words="exercise"), by=manager).public_id,
        "confirmed": cluster.public_id,
        "texts": 1,
        "pages": 1,
        "sections": 1,
        "codebooks": 1,
        "codebooks:draft": 2,
        "codebooks/notes": draft_notes.write(project, words="So.", by=adjudicator).public_id,
        "notes": questions.note(made.round.codebook, words="So.", by=adjudicator).public_id,
        "rounds": made.round.public_id,
        "reconciliation": made.round.public_id,
        "board": made.treaty.public_id,
        "board:settled": made.settled.public_id,
        "figures": "overview",
        "assessments": f"{listed.public_id}.2.740.EX.1970",
        "releases": "0.1.0",
        "version": "0.1.0",
        "coverage": searched.pk,
        "files": "README.md",
        "format": "csv",
        "passage": UUID(int=1),
        "webhooks": hook.public_id,
        "deliveries": telling.public_id,
        "tokens": of_coder.pk,
    }


def _of_work(made: World) -> dict[str, Any]:
    """What comes of coding: a question, a template, codings brought in, long work, groups, runs, incidents."""
    project, own = made.project, made.work("owner", made.news)
    asked = questions.ask(own, uid=QUESTION, words="Why?", by=own.coder.user)
    event_templates.keep(own, uid=TEMPLATE, name="Yearly", type_code="EX", values={"status": 1})
    brought = exchanges.bring_in(
        project, by=made.people["manager"], content=b"date,type\n1951,EX\n", filename="cases.csv"
    )
    waiting = Job.objects.create(
        project=project,
        kind="reconciliation.run",
        subject="none",
        by=made.people["adjudicator"],
    )
    done, settled = made.work("owner", made.treaty), made.groups(made.settled)
    return {
        "jobs": waiting.public_id,
        "questions": asked.public_id,
        "work": own.public_id,
        "work:done": done.public_id,
        "assignments": own.public_id,
        "assignments:done": done.public_id,
        "exchange": brought.public_id,
        "exchanges": brought.public_id,
        "evidence": own.public_id,
        "templates": TEMPLATE,
        "group": made.groups(made.treaty)[0].public_id,
        "group:settled": settled[0].public_id if settled else "none",
        "runs": 1,
        "incidents": 1,
    }
