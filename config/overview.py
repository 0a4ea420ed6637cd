"""What the overview of a project counts: how far its documents have come. Never writes; what to do next is in `guide`.

It looks into every room, so it stands where the floors are joined. Each figure has the right that shows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from coding import queries as coding
from coding.access import in_sight
from coding.models import Assignment
from datasets import queries as datasets
from datasets.models import Release
from projects.access import Pass
from projects.wording import counted
from reconciliation import queries as reconciliation
from sources.models import Document
from sources.queries import counts_by_state


@dataclass(frozen=True)
class Tile:
    name: str
    value: int
    note: str
    url: str


def tiles(holder: Pass) -> list[Tile]:
    """The funnel documents -> coded -> reconciled -> incidents -> released, as far as this person may know it."""

    def url(name: str) -> str:
        return reverse(name, args=[holder.project.slug])

    states = counts_by_state(holder.project)
    living = sum(n for state, n in states.items() if state != Document.State.RETIRED)
    found = [Tile("Documents", living, _documents_note(states), url("documents"))]
    if coding.may_watch(holder):
        coded, given = _coded(holder)
        note = f"of {given} given out" if given else "none given out yet"
        found.append(Tile("Coded", coded, note, url("rounds")))
    elif holder.allows("coding.code"):
        own = coding.own_work(holder)
        handed_in = own.filter(state=Assignment.State.SUBMITTED).count()
        given = own.count()
        note = f"of {given} given to you" if given else "none given to you yet"
        found.append(Tile("Coded by you", handed_in, note, url("my_work")))
    if holder.allows("reconciliation.view"):
        rounds = reconciliation.round_states(holder)
        found.append(
            Tile(
                "Events settled",
                sum(one.settled for one in rounds),
                _settling_note(rounds),
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


def _settling_note(rounds: Sequence[reconciliation.RoundState]) -> str:
    groups = sum(one.groups for one in rounds)
    conflicts = sum(one.conflicts for one in rounds)
    return (
        f"of {groups}; {counted(conflicts, 'conflict')} left" if groups else "nothing compared yet"
    )


def _documents_note(states: dict[str, int]) -> str:
    waiting, failed = states.get(Document.State.QUEUED, 0), states.get(Document.State.FAILED, 0)
    told = [f"{waiting} being read"] if waiting else []
    told += [f"{failed} unreadable"] if failed else []
    return ", ".join(told) or ("all read" if any(states.values()) else "none yet")


def _coded(holder: Pass) -> tuple[int, int]:
    """Documents whose every coder has handed in, of the documents given out; as far as it is in sight."""
    seen = Assignment.objects.filter(in_sight(holder), round__project=holder.project)
    work = seen.exclude(state=Assignment.State.WITHDRAWN)
    given = Document.objects.filter(pk__in=work.values("document"))
    waiting = work.exclude(state=Assignment.State.SUBMITTED)
    return given.exclude(pk__in=waiting.values("document")).count(), given.count()
