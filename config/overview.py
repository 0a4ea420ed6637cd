"""What the overview of a project shows: how far its documents have come, and what to do next. Never writes.

It looks into every room, so it stands where the floors are joined. Each figure has the right that shows it.
"""

from dataclasses import dataclass

from django.urls import reverse

from coding import queries as coding
from coding.models import Assignment, Codebook, Round
from datasets import queries as datasets
from datasets.models import Release
from projects.access import Pass
from projects.models import Membership
from reconciliation import queries as reconciliation
from reconciliation.models import Incident, Run
from sources.models import Document
from sources.queries import counts_by_state


@dataclass(frozen=True)
class Tile:
    name: str
    value: int
    note: str
    url: str


@dataclass(frozen=True)
class Step:
    """Something to do: done, to be done now, or not yet possible."""

    title: str
    note: str
    url: str
    state: str


def tiles(holder: Pass) -> list[Tile]:
    """The funnel documents -> coded -> reconciled -> incidents -> released, as far as this person may know it."""

    def url(name: str) -> str:
        return reverse(name, args=[holder.project.slug])

    states = counts_by_state(holder.project)
    living = sum(n for state, n in states.items() if state != Document.State.RETIRED)
    found = [Tile("Documents", living, _documents_note(states), url("documents"))]
    if coding.may_watch(holder):
        coded, given = _coded(holder)
        found.append(Tile("Coded", coded, f"of {given} given out", url("rounds")))
    elif holder.allows("coding.code"):
        own = coding.own_work(holder)
        handed_in = own.filter(state=Assignment.State.SUBMITTED).count()
        found.append(
            Tile("Coded by you", handed_in, f"of {own.count()} given to you", url("my_work"))
        )
    if holder.allows("reconciliation.view"):
        rounds = reconciliation.round_states(holder)
        conflicts = sum(one.conflicts for one in rounds)
        found.append(
            Tile(
                "Events settled",
                sum(one.settled for one in rounds),
                f"of {sum(one.groups for one in rounds)}; {conflicts} conflicts left",
                url("reconciliation"),
            )
        )
        found.append(
            Tile(
                "Incidents",
                reconciliation.incidents(holder).count(),
                "events in the world",
                url("incidents"),
            )
        )
    releases = datasets.releases(holder)
    newest = releases.filter(state=Release.State.PUBLISHED).first()
    published = releases.filter(state=Release.State.PUBLISHED).count()
    note = f"newest {newest.version}" if newest else "none published yet"
    found.append(Tile("Releases", published, note, url("releases")))
    return found


def _documents_note(states: dict[str, int]) -> str:
    waiting, failed = states.get(Document.State.QUEUED, 0), states.get(Document.State.FAILED, 0)
    told = [f"{waiting} being read"] if waiting else []
    told += [f"{failed} unreadable"] if failed else []
    return ", ".join(told) or "all read"


def _coded(holder: Pass) -> tuple[int, int]:
    """Documents whose every coder has handed in, of the documents given out."""
    work = Assignment.objects.filter(round__project=holder.project).exclude(
        state=Assignment.State.WITHDRAWN
    )
    given = Document.objects.filter(pk__in=work.values("document"))
    waiting = work.exclude(state=Assignment.State.SUBMITTED)
    return given.exclude(pk__in=waiting.values("document")).count(), given.count()


def next_steps(holder: Pass) -> list[Step]:
    """A checklist by role: what this person can do to bring the project on."""
    steps: list[Step] = []
    if holder.allows("project.manage"):
        steps += _managing(holder)
    if holder.allows("coding.code"):
        steps.append(_coding(holder))
    if holder.allows("reconciliation.run"):
        steps += _adjudicating(holder)
    if holder.allows("releases.build"):
        steps.append(_releasing(holder))
    return steps


def _managing(holder: Pass) -> list[Step]:
    project = holder.project

    def url(name: str) -> str:
        return reverse(name, args=[project.slug])

    has_coders = any("coder" in roles for roles in _roles(holder))
    has_documents = Document.objects.filter(project=project, state=Document.State.READ).exists()
    has_codebook = Codebook.objects.filter(project=project).exclude(published_at=None).exists()
    has_round = Round.objects.filter(project=project).exists()
    return [
        _step(
            "Add members",
            "Coders, an adjudicator, whoever builds releases.",
            url("members"),
            has_coders,
        ),
        _step("Add documents", "Treaties, news, releases.", url("upload"), has_documents),
        _step(
            "Publish a codebook",
            "Load one, read it through, publish it.",
            url("codebooks"),
            has_codebook,
        ),
        _step(
            "Open a round",
            "Draws who codes what.",
            url("open_round"),
            has_round,
            possible=has_coders and has_documents and has_codebook,
        ),
    ]


def _coding(holder: Pass) -> Step:
    url = reverse("my_work", args=[holder.project.slug])
    left = coding.open_work(holder).count()
    words = "1 document is" if left == 1 else f"{left} documents are"
    note = f"{words} waiting for you." if left else "Nothing is waiting for you."
    return _step("Code your documents", note, url, left == 0)


def _adjudicating(holder: Pass) -> list[Step]:
    url = reverse("reconciliation", args=[holder.project.slug])
    has_work = Assignment.objects.filter(
        round__project=holder.project, state=Assignment.State.SUBMITTED
    ).exists()
    has_run = Run.objects.filter(round__project=holder.project).exclude(finished_at=None).exists()
    conflicts = sum(one.conflicts for one in reconciliation.round_states(holder))
    return [
        _step(
            "Reconcile",
            "Aligns what was handed in and measures agreement.",
            url,
            has_run,
            possible=has_work,
        ),
        _step(
            "Settle conflicts",
            f"{conflicts} are left." if has_run else "They show once a round is reconciled.",
            url,
            has_run and conflicts == 0,
            possible=has_run,
        ),
    ]


def _releasing(holder: Pass) -> Step:
    releases = Release.objects.filter(project=holder.project)
    has_incidents = Incident.objects.filter(project=holder.project).exists()
    return _step(
        "Publish a release",
        "Draft a version, build it, look at the checks, publish.",
        reverse("releases", args=[holder.project.slug]),
        releases.filter(state=Release.State.PUBLISHED).exists(),
        possible=has_incidents,
    )


def _roles(holder: Pass) -> list[list[str]]:
    members = Membership.objects.filter(project=holder.project, left_at=None)
    return list(members.values_list("roles", flat=True))


def _step(title: str, note: str, url: str, is_done: bool, *, possible: bool = True) -> Step:
    return Step(title, note, url, "done" if is_done else "now" if possible else "later")
