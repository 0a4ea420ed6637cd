"""What coders said, what was decided of it, and how far they agreed, as a release tells it."""

from collections import ChainMap, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from coding import schema
from coding.models import Assignment, Event, Round
from datasets.contents.gathering import Gathered, counting, group_id
from datasets.records import CodingRecord, DecisionRecord, FigureRecord
from projects.models import Project
from reconciliation import incident_values, references, runs
from reconciliation.models import Decision
from reconciliation.positions import EXISTENCE, TYPE


def codings_of(gathered: Gathered, project: Project) -> Iterator[CodingRecord]:
    by_assignment: dict[int, list[Event]] = defaultdict(list)
    ids: dict[int, dict[str, str]] = defaultdict(dict)
    abroad: dict[str, str] = {}
    for event in gathered.events.values():
        by_assignment[event.assignment_id].append(event)
        document = event.assignment.document_id
        uid, event_id = str(event.uid), gathered.event_ids[event.pk]
        ids[document][uid] = event_id
        # The id of an event is one within its document: of another document that one is named too.
        abroad[uid] = f"{gathered.documents[document].external_id}#{event_id}"
    assignments = Assignment.objects.filter(**counting(project)).select_related("document", "round")
    for assignment in assignments.order_by("id"):
        read = CodingRecord(
            assignment.document.external_id,
            gathered.labels[assignment.pk],
            assignment.outcome,
            round=assignment.round.name,
        )
        codebook = gathered.books[assignment.round_id]
        events = by_assignment.get(assignment.pk, [])
        if not events:
            yield read
        for event in sorted(events, key=lambda event: event.position):
            group = gathered.group_of_event.get(event.pk)
            coded = replace(
                read,
                event_id=gathered.event_ids[event.pk],
                event_type=event.type,
                near_miss=event.near_miss,
                near_miss_reason=event.near_miss_reason,
                group_id=group_id(gathered, gathered.groups[group]) if group else "",
            )
            yield replace(coded, field=TYPE, value=event.type)
            shown = schema.shown_values(codebook, event.type, event.values)
            names = ChainMap(ids[assignment.document_id], abroad)
            for name, value in references.renamed(codebook, event.type, shown, names).items():
                yield replace(coded, field=name, value=value)


def _event_ids(value: Any, of_round: str) -> Any:
    """Names of events, such as C1:2 or d7#C1:2, as the ids they have in `codings`."""
    if isinstance(value, list):
        return [_event_ids(one, of_round) for one in value]
    if value is None or schema.is_missing(value):
        return value
    there = references.elsewhere(str(value))
    if there is not None:
        number = of_round if there.round is None else f"r{there.round}"
        return f"{there.document}#{number}.{there.label}.e{there.own}"
    label, _, position = str(value).rpartition(":")
    return f"{of_round}.{label}.e{position}"


def decisions_of(gathered: Gathered, project: Project) -> Iterator[DecisionRecord]:
    referring = {
        round_pk: {one.name for _, one in book.every_field() if one.kind in references.KINDS}
        for round_pk, book in gathered.books.items()
    }
    numbers: dict[int, int] = defaultdict(int)
    decisions = Decision.objects.filter(group__in=list(gathered.groups)).order_by("group_id", "id")
    for decision in decisions.iterator():
        numbers[decision.group_id] += 1
        group = gathered.groups[decision.group_id]
        candidates, chosen = decision.candidates, decision.value[0] if decision.value else None
        if decision.field in referring[group.round_id]:
            of_round = gathered.rounds[group.round_id]
            chosen = _event_ids(chosen, of_round)
            candidates = {label: _event_ids(one, of_round) for label, one in candidates.items()}
        by_machine = decision.kind in {Decision.Kind.RULE, Decision.Kind.AGREED}
        yield DecisionRecord(
            document_id=gathered.documents[group.document_id].external_id,
            group_id=group_id(gathered, group),
            field="event" if decision.field == EXISTENCE else decision.field,
            candidates=candidates,
            chosen=chosen,
            decided_by="" if by_machine else decision.by_label,
            rule=(decision.rule or decision.kind) if by_machine else "",
            reason=decision.reason,
            error_kind=decision.error_kind,
            decided_on=decision.at.date(),
            decision_id=f"d{numbers[decision.group_id]:03d}"
            + ("-reopened" if decision.kind == "reopened" else ""),
        )


def preferences_of(gathered: Gathered, project: Project) -> Iterator[DecisionRecord]:
    """Which report an incident takes a value from, told with the report's document and group."""
    for preferred in incident_values.preferences(project).values():
        for field, one in sorted(preferred.items()):
            event = one.taken_from
            if event is None or event.group_id not in gathered.groups:
                continue
            group = gathered.groups[event.group_id]
            yield DecisionRecord(
                document_id=gathered.documents[group.document_id].external_id,
                group_id=group_id(gathered, group),
                field="incident" if field == one.WHOLE else field,
                candidates={},
                chosen=one.value[0] if one.value else None,
                decided_by=one.by_label,
                reason=one.reason,
                decided_on=one.at.date(),
                decision_id="incident",
            )


def figures_of(project: Project) -> Iterator[FigureRecord]:
    rounds = Round.objects.filter(project=project, kind=Round.Kind.PRODUCTION)
    for of_round in rounds.order_by("id"):
        run = runs.latest(of_round)
        if run is None:
            continue
        for figure in run.figures.all():
            share = (
                ""
                if figure.aligned_share is None
                else f"; share of events aligned {figure.aligned_share:.3f}"
            )
            left_out = (
                "alignment leaves the field out" if figure.field else "alignment on all terms"
            )
            yield FigureRecord(
                round=of_round.name,
                question=figure.question,
                coefficient=figure.coefficient,
                field=figure.field,
                event_type=figure.type,
                subject=figure.subject,
                level=figure.level,
                value=figure.value,
                reason=figure.reason,
                low=figure.low,
                high=figure.high,
                interval_method=_interval(figure.interval, run.parameters),
                n_units=figure.n_units,
                n_coders=figure.n_coders,
                n_values=figure.n_values,
                prevalence=figure.prevalence,
                method=f"{figure.level or 'counts'}; {left_out}{share}",
            )


def _interval(method: str, parameters: dict[str, Any]) -> str:
    if not method:
        return ""
    return f"{method} bootstrap, percentile, {parameters['replicates']} replicates, seed {parameters['seed']}"
