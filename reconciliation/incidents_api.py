"""Incidents over HTTP: one with its reports, joining and parting them, whose word counts, and pairs to judge."""

from projects.api import PROJECT, Work, job_as_json
from projects.refusals import Invalid, Missing
from projects.rest.paging import Found, ListOf
from projects.rest.routes import Asked, Route
from projects.rest.shapes import (
    anything,
    day,
    flag,
    mapping,
    moment,
    number,
    one,
    shape,
    some,
    text,
    whole,
)
from reconciliation import (
    incident_values,
    incidents,
    preferences,
    queries,
    source_reports,
    source_shares,
)
from reconciliation.incident_views import judge_pair, rank_of
from reconciliation.models import Preference

_INCIDENTS = f"{PROJECT}incidents/"
_INCIDENT = f"{_INCIDENTS}<int:number>/"

ReportShape = shape(
    "Report",
    id=text(source="resolved_event.public_id"),
    document=text(source="resolved_event.group.document.external_id"),
    title=text(source="resolved_event.group.document.title"),
    published_on=day(source="resolved_event.group.document.published_on", null=True),
    type=text(source="resolved_event.type"),
    values=mapping(source="resolved_event.values"),
)
IncidentShape = shape("Incident", n=whole(), reports=some(ReportShape))
HistoryLine = shape("IncidentLine", n=whole(), at=moment(), verb=text(), by=text(source="by_label"), difference=anything())  # fmt: skip
WholeIncident = shape(
    "WholeIncident",
    IncidentShape,
    values=mapping(null=True, help_text="What stands; null while you may not see every report."),
    origins=mapping(text(), help_text="Field to the report it is from."),
    order=anything(help_text="By which reports come before one another."),
    history=some(HistoryLine),
)
Wanted = shape("IncidentsWanted", words=text(optional=True, most=100), type=text(optional=True, most=40))  # fmt: skip
Joined = shape("IncidentsToJoin", incidents=some(whole(min_value=1, max_value=2**31 - 1), least=2), reason=text(optional=True, most=1000))  # fmt: skip
Parted = shape("ReportsToPart", reports=some(text(), least=1), reason=text(optional=True, most=1000))  # fmt: skip
Preferred = shape(
    "Preference",
    field=text(most=60, help_text=f"A field, or {Preference.WHOLE} for all."),
    report=text(optional=True, help_text="The id of the report whose word counts; none: the order of sources again."),
    reason=text(most=1000),
)  # fmt: skip
Side = shape("ProposedSide", id=text(source="public_id"), incident=whole(source="report.incident.n"), document=text(source="group.document.external_id"), type=text(), values=mapping())  # fmt: skip
Proposed = shape("IncidentProposal", id=text(), distance=number(), terms=anything(), first=one(Side), second=one(Side))  # fmt: skip
Judgement = shape("IncidentJudgement", first=text(), second=text(), same=flag(), reason=text(optional=True, most=1000))  # fmt: skip
Judged = shape("ProposalJudged", said=text())
ShareShape = shape("SourceShare", n=whole(), of=whole())
PartShape = shape("SourcePart", name=text(), reports=one(ShareShape), incidents=one(ShareShape), alone=one(ShareShape))  # fmt: skip
SourcesWanted = shape(
    "SourcesWanted",
    type=text(optional=True, most=40),
    since=whole(optional=True, min_value=1, max_value=9999),
    until=whole(optional=True, min_value=1, max_value=9999),
    copies=flag(optional=True),
)
Sources = shape(
    "SourceReport",
    incidents=whole(),
    reports=whole(),
    documents=whole(),
    one_report=one(ShareShape),
    one_outlet=one(ShareShape),
    unknown_outlet=whole(),
    **{by: some(PartShape) for by in source_shares.BY},
    effective=mapping(number(null=True), help_text="How many equally used ones would be as concentrated."),
)  # fmt: skip

incident_list = Route(_INCIDENTS, "api_incidents", "incidents")
proposal_route = Route(f"{_INCIDENTS}proposals/", "api_proposals", "incidents")
propose_route = Route(f"{_INCIDENTS}propose/", "api_propose", "incidents")
source_route = Route(f"{_INCIDENTS}sources/", "api_source_report", "incidents")
incident_one = Route(_INCIDENT, "api_incident", "incidents")
part_route = Route(f"{_INCIDENT}split/", "api_split_incident", "incidents", version=incident_one)
value_route = Route(f"{_INCIDENT}value/", "api_incident_value", "incidents", version=incident_one)


@incident_list.get(ListOf(IncidentShape, key="n", page=50), needs="reconciliation.view", filters=Wanted)  # fmt: skip
def list_incidents(asked: Asked):
    """Real-world events, each with the reports of it that you may see."""
    found = queries.incidents(
        asked.holder,
        words=asked.wanted.get("words") or "",
        type_code=asked.wanted.get("type") or "",
    )
    return Found(found, lambda piece: [_listed(one) for one in piece])


def _listed(incident) -> dict:
    return {"n": incident.n, "reports": [ReportShape(one).data for one in incident.reports.all()]}


@incident_list.post(WholeIncident, needs="reconciliation.decide", takes=Joined)
def join_incidents(asked: Asked):
    """Say that incidents are one; their reports are gathered under the first."""
    by_number = {one.n: one for one in queries.incidents(asked.holder)}
    missing = [n for n in asked.said["incidents"] if n not in by_number]
    if missing:
        raise Invalid(f"There is no incident {missing[0]} here, or you may not see it.")
    chosen = [by_number[n] for n in asked.said["incidents"]]
    kept = incidents.link(
        asked.holder.project, chosen, by=asked.user, reason=asked.said.get("reason", "")
    )
    return _whole(asked, kept)


@incident_one.get(WholeIncident, needs="reconciliation.view")
def read_incident(asked: Asked, number: int):
    """An incident, what each report says of it, what stands and why, and how its reports came together."""
    return _whole(asked, queries.incident_for(asked.holder, number))


def _whole(asked: Asked, shown) -> dict:
    reports = sorted(queries.reports_of(asked.holder, shown), key=rank_of)
    # Where a report may not be seen, it may be the best one: then nothing is said of what stands.
    is_whole = len(reports) == shown.reports.count()
    stands = None
    if is_whole:
        told = incident_values.preferences(asked.holder.project, [shown.pk]).get(shown.pk, {})
        stands = incident_values.standing([one.resolved_event for one in reports], told)
    return {
        "n": shown.n,
        "reports": [ReportShape(one).data for one in reports],
        "values": dict(stands.values) if stands else None,
        "origins": {
            name: event.public_id
            for name, (event, _) in stands.origins.items()
            if event is not None
        }
        if stands
        else {},
        "order": incident_values.ORDER_IN_WORDS,
        "history": [HistoryLine(line).data for line in queries.history_of(shown)],
    }


@part_route.post(WholeIncident, status=201, needs="reconciliation.decide", takes=Parted)
def split_incident(asked: Asked, number: int):
    """Say that some reports tell of another incident; answers that one."""
    shown = queries.incident_for(asked.holder, number)
    chosen = _reports(asked, shown, asked.said["reports"])
    made = incidents.split(shown, chosen, by=asked.user, reason=asked.said.get("reason", ""))
    return _whole(asked, made)


@value_route.post(WholeIncident, needs="reconciliation.decide", takes=Preferred)
def prefer_report(asked: Asked, number: int):
    """Take a field, or everything, from one report; or leave it to the order of sources again."""
    shown, said = queries.incident_for(asked.holder, number), asked.said
    named = said.get("report")
    [chosen] = _reports(asked, shown, [named]) if named else [None]
    preferences.prefer(shown, said["field"], chosen, by=asked.holder, reason=said["reason"])
    return _whole(asked, shown)


def _reports(asked: Asked, shown, named: list[str]) -> list:
    known = {one.resolved_event.public_id: one for one in queries.reports_of(asked.holder, shown)}
    missing = [name for name in named if name not in known]
    if missing:
        raise Invalid("Choose reports of this incident, by their ids.")
    return [known[name] for name in named]


@proposal_route.get(ListOf(Proposed, key="id", page=20), needs="reconciliation.view")
def list_proposals(asked: Asked):
    """Pairs of events of different documents that may be one incident, nearest first."""
    return [
        {
            "id": f"{pair.first.public_id}.{pair.second.public_id}",
            "distance": pair.distance,
            "terms": pair.terms,
            "first": Side(pair.first).data,
            "second": Side(pair.second).data,
        }
        for pair in queries.proposals(asked.holder)
    ]


@proposal_route.post(Judged, needs="reconciliation.decide", takes=Judgement)
def judge_proposal(asked: Asked):
    """Say whether a proposed pair is one incident or two."""
    said = {"reason": "", **asked.said}
    pair = queries.proposals(asked.holder).filter(
        first__public_id=said["first"], second__public_id=said["second"]
    )
    found = pair.first()
    if found is None:
        raise Missing("This pair was judged meanwhile, or one of its events was opened again.")
    return {"said": judge_pair(asked.holder, found, said)}


@propose_route.post(Work, status=202, needs="reconciliation.run")
def propose_incidents(asked: Asked):
    """Look in the background for events that may be one incident."""
    return job_as_json(incidents.propose(by=asked.holder))


@source_route.get(Sources, needs="reconciliation.view", filters=SourcesWanted)
def read_source_report(asked: Asked):
    """Which outlets, kinds of document and languages the incidents rest on."""
    wanted = {name: value for name, value in asked.wanted.items() if value is not None}
    counted = source_reports.reports(asked.holder, source_reports.Wanted(**wanted))
    rests = source_shares.resting(counted)
    return {
        **{name: getattr(rests, name) for name in ("incidents", "reports", "documents", "unknown_outlet")},
        "one_report": vars(rests.one_report),
        "one_outlet": vars(rests.one_outlet),
        **{
            by: [
                {
                    "name": part.name,
                    "reports": vars(part.reports),
                    "incidents": vars(part.incidents),
                    "alone": vars(part.alone),
                }
                for part in source_shares.parts(counted, by)
            ]
            for by in source_shares.BY
        },
        "effective": {by: source_shares.effective(counted, by) for by in source_shares.BY},
    }  # fmt: skip


ROUTES = (
    incident_list, proposal_route, propose_route, source_route, incident_one, part_route, value_route,
)  # fmt: skip
