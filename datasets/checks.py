"""What a reader of the data should know before a version is published: each finding blocks it or is waived with a reason.

Pure findings over the records stand in `findings`; here the database is asked what a release would leave out.
"""

from collections.abc import Iterator

from coding import schema
from coding.models import Assignment, Round
from datasets import findings
from datasets.contents import resting_on_withdrawn_work
from datasets.findings import BLOCKS, NOTICE, Finding
from datasets.membership import StateSystem
from datasets.records import Records
from projects.models import Project
from reconciliation.models import Group, ResolvedEvent
from reconciliation.positions import CODER_ONLY
from sources.state_lists import states_for


def found(project: Project, records: Records, states: StateSystem) -> list[Finding]:
    """Everything that is to be said of a project and the records gathered from it, as they stand."""
    return [*of_project(project), *findings.found(records, states)]


def of_project(project: Project) -> Iterator[Finding]:
    """What a release of the project as it stands would leave out or carry along."""
    # A group is settled when its event is, whatever fields that made pointless to ask for.
    settled = ResolvedEvent.objects.filter(reopened_at=None).values("group")
    living = Group.objects.filter(
        round__project=project, round__kind=Round.Kind.PRODUCTION, retired_at=None
    )
    waiting = living.exclude(pk__in=settled).count()
    if waiting:
        groups = "1 group of events is" if waiting == 1 else f"{waiting} groups of events are"
        yield Finding(
            "open_conflicts", BLOCKS, f"{groups} not settled and will not be in the release."
        )
    stale = resting_on_withdrawn_work(project).count()
    if stale:
        yield Finding(
            "withdrawn_work",
            BLOCKS,
            f"{stale} groups rest on work that was sent back or withdrawn; they are not in the release. "
            "Reconcile the round again.",
        )
    unfinished = (
        Assignment.objects.filter(round__project=project, round__kind=Round.Kind.PRODUCTION)
        .exclude(state__in=[Assignment.State.SUBMITTED, Assignment.State.WITHDRAWN])
        .count()
    )
    if unfinished:
        told = "1 assignment is" if unfinished == 1 else f"{unfinished} assignments are"
        yield Finding("unfinished_work", NOTICE, f"{told} not handed in yet.")
    orphans = ResolvedEvent.objects.filter(
        group__round__project=project, group__retired_at=None, is_event=True, report=None
    ).count()
    if orphans:
        told = "1 resolved event belongs" if orphans == 1 else f"{orphans} resolved events belong"
        yield Finding("without_incident", BLOCKS, f"{told} to no incident.")
    yield from _values(project)


def _values(project: Project) -> Iterator[Finding]:
    blank = wrong = 0
    states = states_for(project)
    resolved = ResolvedEvent.objects.filter(
        group__round__project=project, group__retired_at=None, is_event=True, reopened_at=None
    )
    resolved = resolved.select_related("group").defer("group__distances")
    rounds = Round.objects.filter(project=project).select_related("codebook")
    books = {one.pk: one.codebook.parsed for one in rounds}
    for event in resolved.iterator():
        codebook = books[event.group.round_id]
        problems = [
            problem
            for problem in schema.check_event(
                codebook, event.type, event.values, {}, {}, states=states, resolved=True
            )
            if _is_resolvable(codebook, event.type, problem.field)
        ]
        blank += any(problem.severity == "incomplete" for problem in problems)
        wrong += any(problem.severity == "invalid" for problem in problems)
    if blank:
        told = "1 resolved event leaves" if blank == 1 else f"{blank} resolved events leave"
        yield Finding("required_blank", BLOCKS, f"{told} a required field blank.")
    if wrong:
        told = "1 resolved event holds" if wrong == 1 else f"{wrong} resolved events hold"
        yield Finding("outside_codebook", BLOCKS, f"{told} a value the codebook does not allow.")


def _is_resolvable(codebook: schema.Codebook, type_code: str, name: str) -> bool:
    """Passages and coders' own remarks are no part of a resolved event."""
    field = codebook.find_field(type_code, name)
    return field is None or field.kind != "spans" and field.rule != CODER_ONLY
