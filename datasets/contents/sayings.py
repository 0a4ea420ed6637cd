"""What coders said, what was decided of it, and how far they agreed, as a release tells it."""

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from coding import schema
from coding.models import Event, Round
from datasets.contents import abroad
from datasets.contents.gathering import Gathered, event_id, group_id
from datasets.records import CodingRecord, DecisionRecord, FigureRecord
from projects.models import Project
from reconciliation import incident_values, references, runs
from reconciliation.models import Decision, Report
from reconciliation.positions import EXISTENCE, TYPE


def codings_of(found: Gathered) -> Iterator[CodingRecord]:
    by_assignment: dict[int, list[Event]] = defaultdict(list)
    ids: dict[int, dict[str, str]] = defaultdict(dict)
    read = {one.pk: one.document_id for one in found.assignments}
    for event in found.events.values():
        by_assignment[event.assignment_id].append(event)
        ids[read[event.assignment_id]][str(event.uid)] = found.event_ids[event.pk]
    elsewhere = abroad.ids_abroad(found)
    for assignment in found.assignments:
        document = found.documents[assignment.document_id].external_id
        label, of_round = found.labels[assignment.pk], found.setting.names[assignment.round_id]
        codebook = found.setting.books[assignment.round_id]
        events = by_assignment.get(assignment.pk, [])
        if not events:
            yield CodingRecord(document, label, assignment.outcome, round=of_round)
        for event in sorted(events, key=lambda event: event.position):
            group = found.group_of_event.get(event.pk)
            shown = schema.shown_values(codebook, event.type, event.values)
            names = ChainMap(ids[assignment.document_id], elsewhere)
            values = references.renamed(codebook, event.type, shown, names)
            for name, value in ((TYPE, event.type), *values.items()):
                yield CodingRecord(
                    document,
                    label,
                    assignment.outcome,
                    found.event_ids[event.pk],
                    event.type,
                    name,
                    value,
                    event.near_miss,
                    event.near_miss_reason,
                    group_id(found, found.groups[group]) if group else "",
                    of_round,
                )


def _event_ids(value: Any, of_round: str) -> Any:
    """Names of events, such as C1:2 or d7#C1:2, as the ids they have in `codings`."""
    if isinstance(value, list):
        return [_event_ids(one, of_round) for one in value]
    if value is None or schema.is_missing(value):
        return value
    there = references.elsewhere(str(value))
    if there is not None:
        number = of_round if there.round is None else f"r{there.round}"
        return f"{there.document}#{event_id(number, there.label, there.own)}"
    label, _, position = str(value).rpartition(":")
    return event_id(of_round, label, position)


def decisions_on(found: Gathered) -> list[Decision]:
    return list(Decision.objects.filter(group__in=found.groups).order_by("group_id", "id"))


def decisions_of(found: Gathered, decisions: Iterable[Decision]) -> Iterator[DecisionRecord]:
    referring = {
        round_pk: {one.name for _, one in book.every_field() if one.kind in references.KINDS}
        for round_pk, book in found.setting.books.items()
    }
    numbers: dict[int, int] = defaultdict(int)
    for decision in decisions:
        numbers[decision.group_id] += 1
        group = found.groups[decision.group_id]
        candidates, chosen = decision.candidates, decision.value[0] if decision.value else None
        if decision.field in referring[group.round_id]:
            of_round = found.setting.rounds[group.round_id]
            chosen = _event_ids(chosen, of_round)
            candidates = {label: _event_ids(one, of_round) for label, one in candidates.items()}
        by_machine = decision.kind in {Decision.Kind.RULE, Decision.Kind.AGREED}
        yield DecisionRecord(
            document_id=found.documents[group.document_id].external_id,
            group_id=group_id(found, group),
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


def preferences_of(found: Gathered) -> Iterator[DecisionRecord]:
    """Which report an incident takes a value from, told with the report's document and group."""
    reports = Report.objects.filter(resolved_event__group__in=list(found.groups))
    incidents = set(reports.values_list("incident", flat=True))
    for preferred in incident_values.preferences(found.setting.project, incidents).values():
        for field, one in sorted(preferred.items()):
            event = one.taken_from
            if event is None or event.group_id not in found.groups:
                continue
            group = found.groups[event.group_id]
            yield DecisionRecord(
                document_id=found.documents[group.document_id].external_id,
                group_id=group_id(found, group),
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
