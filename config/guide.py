"""The list that leads through a project: setting it up, then read, code, compare, decide, release. Never writes.

Every tick comes from what is there. A coder's list is made of their own work and of reveals alone, so that nothing
another coder does before a reveal changes a word of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.urls import reverse

from coding import queries as coding
from coding.access import may_see_all_codings, visible_assignments
from coding.models import Assignment, Codebook, Round
from config import demonstration
from datasets import queries as datasets
from datasets.models import Release
from projects.access import Pass
from projects.models import Membership
from projects.wording import counted
from reconciliation import queries as reconciliation
from reconciliation.models import Incident
from sources.models import Document

DONE, NOW, LATER, OTHERS = "done", "now", "later", "others"


@dataclass(frozen=True)
class Step:
    """`state`: done; now; later, when something else is; others, where somebody else's hands are needed."""

    name: str
    purpose: str
    note: str
    state: str
    url: str = ""
    action: str = ""
    chapter: str = ""


@dataclass(frozen=True)
class Guide:
    """`founding` is empty for whoever may not set the project up."""

    street: Sequence[Step]
    founding: Sequence[Step] = field(default=())

    @property
    def is_founded(self) -> bool:
        return all(step.state == DONE for step in self.founding)


def guide(holder: Pass) -> Guide:
    founding = _founding(holder) if holder.allows("project.manage") else []
    states = reconciliation.round_states(holder) if holder.allows("reconciliation.view") else []
    revealed = _revealed(holder)
    read, code = _reading(holder)
    compare = _compare(holder, states, revealed)
    decide = _decide(holder, states, revealed)
    return Guide([read, code, compare, decide, _release(holder)], founding)


def _founding(holder: Pass) -> list[Step]:
    """What a new project needs before anybody can read."""
    project = holder.project
    texts = Document.objects.filter(project=project, state=Document.State.READ).count()
    published = Codebook.objects.filter(project=project).exclude(published_at=None).exists()
    roles = list(Membership.objects.filter(project=project, left_at=None).values_list("roles", flat=True))  # fmt: skip
    coders = sum("coder" in held for held in roles)
    adjudicators = sum("adjudicator" in held for held in roles)
    rounds = Round.objects.filter(project=project).count()
    ready = bool(texts and published and coders)
    people = (
        f"{counted(coders, 'coder')}, {counted(adjudicators, 'adjudicator')}."
        if roles[1:]
        else "Only you so far."
    )
    drawing = (
        "Everything is there: it can be opened."
        if ready
        else "Possible once there are documents, a codebook and coders."
    )
    return [
        _step(holder, "Documents", "What is read: treaties, news, releases.", counted(texts, "document") + " can be read." if texts else "None yet.", "upload", "Add documents", done=bool(texts), chapter="how-to/manager#bring-documents-in"),
        _step(holder, "Codebook", "What an event is, and what is coded of it.", "Published." if published else "Load one or write one, read it through, publish it.", "codebooks", "To the codebook", done=published, chapter="how-to/manager#write-a-codebook"),
        _step(holder, "People", "Two coders or more, and somebody who settles what they see differently.", people, "members", "Add people", done=coders > 1 and adjudicators > 0, chapter="how-to/manager#take-people-in"),
        _step(holder, "Round", "Draws who reads what, all at once and blind.", f"{counted(rounds, 'round')} opened." if rounds else drawing, "open_round", "Open a round", done=rounds > 0, possible=ready, chapter="how-to/manager#open-a-round"),
    ]  # fmt: skip


def _reading(holder: Pass) -> tuple[Step, Step]:
    """Read and code: one's own work for a coder, everybody's for who may watch it."""
    read, code = "Open a document and read it, before anybody tells you what is in it.", "Record its events with the words that prove them, and hand it in."  # fmt: skip
    chapters = (
        {"chapter": "how-to/coder#find-your-documents"},
        {"chapter": "how-to/coder#code-a-document"},
    )
    if holder.allows("coding.code"):
        states = _living(coding.own_work(holder).order_by())
        begun, handed_in = _tally(states)
        following = coding.open_work(holder).select_related("round__project").first()
        url = (
            following.get_absolute_url() if following else _url(holder, "my_work") if states else ""
        )
        action = "Open your next document" if following else "See your work"
        none = "Nothing was given to you yet."
        return (
            Step("Read", read, f"{begun} of {len(states)} opened." if states else none, _state(begun, states, NOW), url, action, **chapters[0]),
            Step("Code", code, f"{handed_in} of {len(states)} handed in." if states else none, _state(handed_in, states, NOW if begun > handed_in else LATER), url if begun > handed_in else "", "Go on coding", **chapters[1]),
        )  # fmt: skip
    if coding.may_watch(holder):
        states = _living(Assignment.objects.filter(round__project=holder.project))
        begun, handed_in = _tally(states)
        url, none = _url(holder, "rounds") if states else "", "Once a round is open."
        hint = " To try it, sign in as ada." if holder.project.slug == demonstration.SLUG else ""
        return (
            Step("Read", read, f"{begun} of {len(states)} readings begun by the coders.{hint}" if states else none, _state(begun, states, OTHERS), url, "See the rounds", **chapters[0]),
            Step("Code", code, f"{handed_in} of {len(states)} readings handed in." if states else none, _state(handed_in, states, OTHERS), url, "See who is how far", **chapters[1]),
        )  # fmt: skip
    return (
        Step("Read", "The documents of this project are open to you.", "Coders read them blind to one another.", OTHERS, _url(holder, "documents"), "See the documents", **chapters[0]),
        Step("Code", code, "The coders' part.", OTHERS, _url(holder, "codebooks"), "See the codebook", **chapters[1]),
    )  # fmt: skip


def _compare(
    holder: Pass, states: Sequence[reconciliation.RoundState], revealed: Sequence[Round]
) -> Step:
    purpose = "Which of the coders' events are the same one, and how far do they agree?"
    given = {"chapter": "how-to/adjudicator#reconcile"}
    if holder.allows("reconciliation.run"):
        url = _url(holder, "reconciliation")
        handed_in = set(
            visible_assignments(holder)
            .filter(state=Assignment.State.SUBMITTED)
            .values_list("round_id", flat=True)
        )
        waiting = [one.round.name for one in states if one.round.pk in handed_in and not one.run]
        if waiting:
            return Step("Compare", purpose, f"“{waiting[0]}” was not compared yet.", NOW, url, "Reconcile", **given)  # fmt: skip
        if any(one.run for one in states):
            return Step("Compare", purpose, "Every round with work handed in was compared.", DONE, url, "See the figures", **given)  # fmt: skip
        return Step("Compare", purpose, "Possible once coders have handed in.", LATER, **given)
    return _after_reveal(holder, "Compare", purpose, revealed, "how-to/coder#after-the-reveal")


def _decide(
    holder: Pass, states: Sequence[reconciliation.RoundState], revealed: Sequence[Round]
) -> Step:
    purpose = "Settle every difference with a reason, so that each value has one author."
    given = {"chapter": "how-to/adjudicator#settle-conflicts"}
    if holder.allows("reconciliation.decide"):
        url = _url(holder, "reconciliation")
        waiting = [one for one in states if one.conflicts or one.agreed]
        if waiting:
            conflicts, agreed = (
                sum(found)
                for found in zip(*((one.conflicts, one.agreed) for one in waiting), strict=True)
            )
            told = [f"{counted(conflicts, 'conflict')} left"] if conflicts else []
            told += [f"{counted(agreed, 'agreed value')} to accept"] if agreed else []
            board = reverse("board_queue", args=[holder.project.slug, waiting[0].round.public_id])
            return Step("Decide", purpose, f"{', '.join(told)}.", NOW, board, "Open the board", **given)  # fmt: skip
        if any(one.run for one in states) and not any(one.groups for one in states):
            return Step("Decide", purpose, "The coders found no event, so nothing is to settle.", DONE, url, "See the figures", **given)  # fmt: skip
        if any(one.groups for one in states):
            return Step("Decide", purpose, "No conflict is left.", DONE, url, "See what was settled", **given)  # fmt: skip
        return Step("Decide", purpose, "Conflicts show once a round was compared.", LATER, **given)
    return _after_reveal(holder, "Decide", purpose, revealed, "how-to/coder#after-the-reveal")


def _after_reveal(
    holder: Pass, name: str, purpose: str, revealed: Sequence[Round], chapter: str
) -> Step:
    """What an adjudicator does. A coder sees what came of it once a manager has revealed the round, and nothing before."""
    if not holder.allows("coding.code"):
        return _for_another_role(holder, name, purpose, "adjudicator", "how-to/adjudicator")
    if not revealed:
        return Step(name, purpose, "Yours to see when a manager reveals a round you coded in.", LATER, chapter=chapter)  # fmt: skip
    note = f"“{revealed[0].name}” is revealed."
    if name == "Compare":
        return Step(name, purpose, note, DONE, _url(holder, "own_agreement"), "See your agreement", chapter)  # fmt: skip
    return Step(name, purpose, note, DONE, _url(holder, "my_work"), "See what was decided", chapter)


def _release(holder: Pass) -> Step:
    purpose = (
        "A numbered version that never changes, with the way back from each cell to the words."
    )
    found = datasets.releases(holder)
    newest = found.filter(state=Release.State.PUBLISHED).first()
    url = _url(holder, "releases")
    given = {"chapter": "how-to/exporter#check-and-publish"}
    if newest:
        return Step("Release", purpose, f"Version {newest.version} is published.", DONE, url, "See it", **given)  # fmt: skip
    if not holder.allows("releases.build"):
        return _for_another_role(holder, "Release", purpose, "exporter", "how-to/exporter")
    settled = (
        may_see_all_codings(holder) and Incident.objects.filter(project=holder.project).exists()
    )
    note = "Draft a version, build it, look at the checks, publish." if settled else "Possible once events are settled."  # fmt: skip
    state = NOW if settled else LATER
    return Step("Release", purpose, note, state, url if settled else "", "Draft a version", **given)


def _for_another_role(holder: Pass, name: str, purpose: str, role: str, chapter: str) -> Step:
    """A manager may take the role; whoever founds a project of their own usually wants to."""
    if holder.allows("project.manage"):
        own = reverse("member", args=[holder.project.slug, holder.membership.public_id])
        note = f"The {role}'s part. If that is you, take the role."
        return Step(name, purpose, note, OTHERS, own, "Your roles", chapter)
    return Step(name, purpose, f"The {role}'s part.", OTHERS, chapter=chapter)


def _revealed(holder: Pass) -> list[Round]:
    """The revealed rounds in which this person coded, newest first."""
    if not holder.allows("coding.code"):
        return []
    own = coding.own_work(holder).order_by().values("round")
    return list(
        Round.objects.filter(pk__in=own, state=Round.State.REVEALED)
        .exclude(kind=Round.Kind.TRAINING)
        .order_by("-id")
    )


def _living(work: QuerySet[Assignment]) -> list[str]:
    """The states of readings that count: not withdrawn, and not left undone when their round was closed."""
    left = Q(state__in=Assignment.WORKABLE) & ~Q(round__state=Round.State.OPEN)
    found = work.exclude(left).exclude(state=Assignment.State.WITHDRAWN)
    return list(found.values_list("state", flat=True))


def _tally(states: Sequence[str]) -> tuple[int, int]:
    """How many of these readings were begun, and how many handed in."""
    begun = sum(state != Assignment.State.ASSIGNED for state in states)
    return begun, sum(state == Assignment.State.SUBMITTED for state in states)


def _state(done: int, of: Sequence[str], until: str) -> str:
    return LATER if not of else DONE if done == len(of) else until


def _step(
    holder: Pass, name: str, purpose: str, note: str, page: str, action: str, *,
    done: bool, chapter: str, possible: bool = True,
) -> Step:  # fmt: skip
    state = DONE if done else NOW if possible else LATER
    url = _url(holder, page) if state != LATER else ""
    return Step(name, purpose, note, state, url, action, chapter)


def _url(holder: Pass, name: str) -> str:
    return reverse(name, args=[holder.project.slug])
