"""Rounds over HTTP: a plan looked at first, opening, closing and revealing, who holds what, and moving work."""

from coding import planning, queries, standing
from coding import rounds as verbs
from coding.access import round_for
from coding.models import Assignment, Round
from coding.round_forms import MoveForm, PeopleForm, RoundForm, WorkForm, acts_on
from coding.round_views import do_with, documents_asked, move_people
from projects.api import PROJECT
from projects.refusals import Missing
from projects.rest.paging import Found, ListOf
from projects.rest.routes import Asked, Route
from projects.rest.shapes import (
    choice,
    flag,
    mapping,
    moment,
    of_form,
    shape,
    some,
    text,
    whole,
)
from sources.search import log

_ROUNDS = f"{PROJECT}rounds/"
_ROUND = f"{_ROUNDS}<str:round_id>/"

RoundShape = shape(
    "Round",
    id=text(source="public_id"),
    name=text(),
    state=choice(*Round.State.values),
    kind=choice(*Round.Kind.values),
    codebook=whole(source="codebook.n"),
    per_document=whole(
        null=True,
        help_text="How many read each document; told only to who may know how far others are.",
    ),
    has_suggestions=flag(),
    instructions=text(),
    opened_at=moment(),
    revealed_at=moment(null=True),
)
RoundOfList = shape(
    "RoundWithCounts",
    RoundShape,
    documents=whole(help_text="A coder's own where others' are not theirs to know."),
    work=whole(),
    handed_in=whole(),
)
CoderProgress = shape(
    "CoderProgress",
    id=text(source="coder.public_id"),
    label=text(),
    counts=mapping(whole()),
    last_at=moment(null=True),
    has_gone=flag(),
)
RoundPage = shape(
    "RoundInFull",
    RoundShape,
    overlap_percent=whole(null=True),
    seed=whole(null=True),
    drawn=mapping(),
    own=mapping(whole(), help_text="Your own work in it by state."),
    coders=some(CoderProgress, help_text="Only for who may know how far others are."),
    moves=some(text(), help_text="The states it may go to next."),
)
PlanShape = shape(
    "RoundPlan",
    documents=whole(),
    available=whole(),
    codings=whole(),
    overlapping=whole(),
    copies_left_out=whole(),
    uncompared=whole(help_text="Documents that were not compared with the others yet: copies among them are drawn."),
    drawn_before=whole(),
    seed=whole(),
    fingerprint=text(help_text="Say it as `seen` when you open the round: 412 if it would be another plan."),
    loads=some(shape("Load", label=text(), documents=whole(), alone=whole(), share=whole())),
    strata=some(shape("Stratum", name=text(), available=whole(), drawn=whole(), overlapping=whole())),
)  # fmt: skip
RoundAsked = of_form("RoundToOpen", RoundForm)
Move = of_form("RoundState", MoveForm)
People = of_form("RosterAct", PeopleForm)
WorkAct = of_form("WorkAct", WorkForm)
WorkShape = shape(
    "Work",
    id=text(source="public_id"),
    document=text(source="document.external_id"),
    title=text(source="document.title"),
    coder=text(source="label"),
    state=choice(*Assignment.State.values),
    reason=text(),
    given_at=moment(),
    submitted_at=moment(null=True),
)
WorkPage = shape("WorkInFull", WorkShape, acts=some(text(), help_text="What may be done with it now."))  # fmt: skip
DocumentWork = shape(
    "DocumentWork",
    id=text(),
    external_id=text(),
    title=text(),
    is_blind=flag(help_text="You code it yourself: then nothing of the others' work is told."),
    work=some(WorkShape),
)
Rostered = shape("Rostered", said=text(), coders=some(CoderProgress))

round_list = Route(_ROUNDS, "api_rounds", "rounds")
plan_route = Route(f"{_ROUNDS}plan/", "api_plan_round", "rounds")
round_one = Route(_ROUND, "api_round", "rounds")
roster_route = Route(f"{_ROUND}people/", "api_roster", "rounds")
document_route = Route(f"{_ROUND}documents/", "api_round_documents", "rounds")
work_one = Route(f"{_ROUND}work/<str:work_id>/", "api_work", "rounds")


@round_list.get(ListOf(RoundOfList), needs="project.view")
def list_rounds(asked: Asked):
    """The rounds, the newest first; for a coder only own rounds and own work in them."""
    found = queries.rounds(asked.holder)
    return Found(found, lambda piece: [_blinded(asked, RoundOfList(one).data) for one in piece])


def _blinded(asked: Asked, told) -> dict:
    """How many read a document tells a coder what no coder shall tell."""
    return {**told} if queries.may_watch(asked.holder) else {**told, "per_document": None}


@round_list.post(RoundShape, status=201, needs="rounds.manage", takes=RoundAsked)
def open_round(asked: Asked):
    """Draw documents, give them out, and open the round. Look at its plan first."""
    form = _form(asked)
    return verbs.open_round(
        asked.holder.project,
        form.cleaned_data["name"],
        by=asked.user,
        documents=documents_asked(asked.holder, form),
        **form.opened_with(),
    )


@plan_route.post(PlanShape, needs="rounds.manage", takes=RoundAsked)
def plan_round(asked: Asked):
    """What opening such a round would do. Nothing is given out."""
    form = _form(asked)
    found = documents_asked(asked.holder, form)
    planned = planning.plan(asked.holder.project, documents=found, **form.asked())
    return {
        "documents": len(planned.documents),
        "available": planned.available,
        "codings": planned.codings,
        "overlapping": planned.overlapping,
        "copies_left_out": planned.copies_left_out,
        "uncompared": planned.uncompared,
        "drawn_before": planned.drawn_before,
        "seed": planned.seed,
        "fingerprint": planned.fingerprint,
        "loads": [vars(one) for one in planned.loads],
        "strata": [vars(one) for one in planned.strata],
    }


def _form(asked: Asked) -> RoundForm:
    return asked.form(
        RoundForm,
        coders=queries.coders(asked.holder),
        counts=queries.readable_counts(asked.holder),
        searches=list(log.visible_searches(asked.holder)[:100]),
    )


@round_one.get(RoundPage, needs="project.view")
def read_round(asked: Asked, round_id: str):
    """One round: how far one's own work is, and for who may know it, everybody's."""
    return _round(asked, round_for(asked.holder, round_id))


@round_one.patch(RoundPage, needs="rounds.manage", takes=Move)
def move_round(asked: Asked, round_id: str):
    """Close a round, open it again, or reveal it to its coders."""
    state = Round.State(asked.form(MoveForm).cleaned_data["state"])
    return _round(asked, verbs.move(round_for(asked.holder, round_id), state, by=asked.user))


def _round(asked: Asked, shown: Round) -> dict:
    own = next(iter(queries.own_rounds(asked.holder, only=shown)), None)
    may_watch = queries.may_watch(asked.holder)
    if own is None and not may_watch:
        raise Missing("There is no such round in this project.")
    manages = asked.holder.allows("rounds.manage")
    return {
        **_blinded(asked, RoundShape(shown).data),
        "overlap_percent": shown.overlap_percent if may_watch else None,
        "seed": shown.seed if may_watch else None,
        "drawn": shown.drawn if may_watch else {},
        "own": dict(own.counts) if own else {},
        "coders": _coders(asked, shown) if may_watch else [],
        "moves": [state.value for state in Round.MOVES[Round.State(shown.state)]] if manages else [],
    }  # fmt: skip


def _coders(asked: Asked, shown: Round) -> list:
    return [CoderProgress(one).data for one in standing.progress(asked.holder, shown)]


@document_route.get(ListOf(DocumentWork, key="external_id"), needs="project.view")
def list_round_documents(asked: Asked, round_id: str):
    """The documents of a round and who has come how far with each, without the work on those one still codes."""
    shown = round_for(asked.holder, round_id)
    if not queries.may_watch(asked.holder):
        raise Missing("There is no such list, or it is not yours to see.")
    return Found(
        queries.documents_of(shown),
        lambda piece: [
            {
                "id": row.document.public_id,
                "external_id": row.document.external_id,
                "title": row.document.title,
                "is_blind": row.is_blind,
                "work": [WorkShape(one).data for one in row.work],
            }
            for row in queries.document_progress(asked.holder, shown, list(piece))
        ],
    )


@roster_route.post(Rostered, needs="rounds.manage", takes=People)
def move_people_in(asked: Asked, round_id: str):
    """Even work out among coders (rebalance), take somebody's away (replace), or give a sample again (again)."""
    shown = round_for(asked.holder, round_id)
    form = asked.form(
        PeopleForm, members=standing.members_of(shown), coders=queries.coders(asked.holder)
    )
    return {"said": move_people(shown, form, by=asked.user), "coders": _coders(asked, shown)}


@work_one.get(WorkPage, needs="rounds.manage")
def read_work(asked: Asked, round_id: str, work_id: str):
    """One piece of work as its manager sees it: where it stands, not what was coded."""
    return _work(asked, *_found(asked, round_id, work_id))


@work_one.post(WorkPage, needs="rounds.manage", takes=WorkAct)
def move_work(asked: Asked, round_id: str, work_id: str):
    """Send work back, withdraw or restore it, give it to another coder, or hand on what was begun."""
    shown, found = _found(asked, round_id, work_id)
    coders = [one for one in queries.coders(asked.holder) if one.pk != found.coder_id]
    form = asked.form(WorkForm, coders=coders)
    do_with(found, form, by=asked.user)
    return _work(asked, *_found(asked, round_id, work_id))


def _found(asked: Asked, round_id: str, work_id: str):
    shown = round_for(asked.holder, round_id)
    found = standing.work_for(asked.holder, shown, work_id)
    if found is None:
        raise Missing("There is no such piece of work, or you code its document yourself.")
    return shown, found


def _work(asked: Asked, shown: Round, found: Assignment) -> dict:
    acts = acts_on(found) if shown.state == Round.State.OPEN else []
    return {**WorkShape(found).data, "acts": acts}


ROUTES = (round_list, plan_route, round_one, roster_route, document_route, work_one)
