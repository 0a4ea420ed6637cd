"""The adjudication board over HTTP: its queue, the groups of a document, and every decision about them."""

from coding.access import round_for
from projects.api import PROJECT, Work, job_as_json
from projects.refusals import Invalid, Missing
from projects.rest.paging import ListOf
from projects.rest.routes import Asked, Route
from projects.rest.shapes import (
    anything,
    choice,
    flag,
    mapping,
    number,
    of_form,
    shape,
    some,
    text,
    whole,
)
from reconciliation import adjudication, queries, queue, regrouping, runs
from reconciliation import board as boards
from reconciliation.forms import (  # fmt: skip
    AcceptForm,
    DecisionForm,
    GroupForm,
    QueueForm,
    RegroupForm,
    ReopenForm,
)
from reconciliation.models import Decision, Group, Position, Regrouping

_BOARDS = f"{PROJECT}rounds/<str:round_id>/board/"
_BOARD = f"{_BOARDS}<str:document_id>/"

EntryShape = shape(
    "BoardEntry",
    document=text(source="document.public_id"),
    external_id=text(source="document.external_id"),
    title=text(source="document.title"),
    conflicts=whole(),
    changed=whole(),
    incomplete=whole(),
    agreement=whole(null=True),
    is_settled=flag(),
)
CellShape = shape(
    "CoderCell",
    coder=text(source="coder.label"),
    has_event=flag(),
    is_blank=flag(),
    words=text(),
    quotes=some(shape("CellQuote", start=whole(), end=whole(), text=text(), page=whole(null=True))),
    whole_document=text(),
    is_chosen=flag(),
)
RowShape = shape(
    "Position",
    field=text(source="position.field"),
    label=text(),
    state=text(source="position.state"),
    seen=text(source="position.stamp", help_text="Say it when you decide: 412 if it changed."),
    candidates=mapping(source="position.candidates"),
    cells=some(CellShape),
    decided=text(help_text="What was decided, in words; empty where nothing was."),
    decision=text(null=True, source="decision.public_id"),
    why_not_asked=text(),
)
CardShape = shape(
    "Group",
    id=text(source="group.public_id"),
    number=whole(),
    type=text(),
    title=text(),
    coders=some(text(), source="labels"),
    seen=text(source="stamp"),
    is_settled=flag(),
    is_event=flag(),
    waits=flag(help_text="A coder of the document has not handed in."),
    positions=some(RowShape, source="rows"),
    unfilled=some(shape("UnfilledField", name=text(), label=text())),
    pairs=some(
        shape(
            "PairDistance",
            one=text(),
            other=text(),
            distance=number(null=True),
            terms=some(shape("DistanceTerm", name=text(), weight=number(), distance=number())),
        )
    ),
)
BoardShape = shape(
    "Board",
    document=text(source="document.public_id"),
    external_id=text(source="document.external_id"),
    text=whole(source="text.n"),
    coders=some(shape("BoardCoder", label=text(), outcome=text(), outcome_reason=text())),
    groups=some(CardShape, source="cards"),
    agreed=whole(),
    singles=whole(),
    conflicts=whole(),
)
DecisionShape = shape(
    "Decision",
    id=text(source="public_id"),
    group=text(source="group.public_id"),
    field=text(),
    kind=choice(*Decision.Kind.values),
    value=anything(help_text="A list of one value, empty where the decision is a blank."),
    reason=text(),
    error_kind=text(),
    by=text(source="by_label"),
)
Settled = shape("GroupSettled", group=text(), positions=whole())
Accepted = shape("AcceptedAgreed", said=text())
DecisionSent = of_form("DecisionToMake", DecisionForm, value=anything(optional=True, help_text="A value of your own, where you take nobody's."))  # fmt: skip
GroupSent = of_form("GroupDecision", GroupForm)
RegroupSent = of_form("Regrouping", RegroupForm, labels=some(text(), optional=True))
Reopened = of_form("PositionToReopen", ReopenForm)
Accept = of_form("AgreedToAccept", AcceptForm)

queue_route = Route(_BOARDS, "api_board_queue", "board")
board_route = Route(_BOARD, "api_board", "board")
decide_route = Route(f"{_BOARD}decisions/", "api_decide", "board", version=board_route)
group_route = Route(f"{_BOARD}groups/", "api_decide_group", "board", version=board_route)
regroup_route = Route(f"{_BOARD}regroupings/", "api_regroup", "board", version=board_route)
reopen_route = Route(f"{_BOARD}reopen/", "api_reopen", "board", version=board_route)
accept_route = Route(f"{_BOARD}accept/", "api_accept_document", "board", version=board_route)
reconcile_route = Route(f"{_BOARD}reconcile/", "api_reconcile_document", "board")


@queue_route.get(ListOf(EntryShape, key="document__public_id"), needs="reconciliation.view", filters=of_form("BoardWanted", QueueForm, show=choice(*queue.SHOWS, optional=True), kind=choice(*queue.KINDS, optional=True), coder=text(optional=True), order=choice(*queue.ORDERS, optional=True)))  # fmt: skip
def list_board(asked: Asked, round_id: str):
    """Documents to adjudicate, those with most conflicts first."""
    shown = round_for(asked.holder, round_id)
    form = asked.form(QueueForm, dict(asked.wanted), labels=queue.labels(asked.holder, shown))
    return queue.entries(asked.holder, shown, wanted=form.wanted())


@board_route.get(BoardShape, needs="reconciliation.view")
def read_board(asked: Asked, round_id: str, document_id: str):
    """One document: its groups, what every coder put into each position, and what was decided."""
    return boards.board(asked.holder, *_place(asked, round_id, document_id))


@decide_route.post(DecisionShape, status=201, needs="reconciliation.decide", takes=DecisionSent)
def decide_position(asked: Asked, round_id: str, document_id: str):
    """Settle a position: `take` the value of a coder, or say a `value` of your own. A reason belongs to it."""
    said = asked.form(DecisionForm).cleaned_data
    position = _position(asked, round_id, document_id, said)
    noted = {
        name: said[name]
        for name in ("reason", "error_kind", "codebook_needs_work", "passages", "seen")
    }
    if said["take"]:
        return adjudication.take(position, said["take"], by=asked.holder, **noted)
    if "value" not in asked.said:
        raise Invalid("Choose a coder's value or enter your own.")
    return adjudication.decide(position, by=asked.holder, value=asked.said["value"], **noted)


@group_route.post(Settled, needs="reconciliation.decide", takes=GroupSent)
def decide_group(asked: Asked, round_id: str, document_id: str):
    """Take a coder's whole event, or decide that it is none (`reject`)."""
    said = asked.form(GroupForm).cleaned_data
    group = _group(asked, *_place(asked, round_id, document_id), said["group"])
    noted = {"by": asked.holder, "reason": said["reason"], "seen": said["seen"]}
    if said["reject"]:
        adjudication.reject(group, error_kind=said["error_kind"], **noted)
        return {"group": group.public_id, "positions": 0}
    taken = adjudication.take_event(group, said["take"], **noted)
    return {"group": group.public_id, "positions": taken}


@regroup_route.post(BoardShape, needs="reconciliation.decide", takes=RegroupSent)
def regroup(asked: Asked, round_id: str, document_id: str):
    """Merge, split or move what was aligned, or leave it to the program again."""
    said = asked.form(RegroupForm).cleaned_data
    shown, document = _place(asked, round_id, document_id)
    group = _group(asked, shown, document, said["group"])
    labels = said["labels"] or []
    noted = {"by": asked.holder, "reason": said["reason"], "seen": said["seen"]}
    if said["kind"] == Regrouping.Kind.SPLIT:
        regrouping.split(group, labels, **noted)
    elif said["kind"] == Regrouping.Kind.RELEASE:
        regrouping.release(group, **noted)
    elif not said["to"]:
        raise Invalid("Choose the other event.")
    elif said["kind"] == Regrouping.Kind.MERGE:
        regrouping.merge([group, _group(asked, shown, document, said["to"])], **noted)
    elif len(labels) != 1:
        raise Invalid("Choose the one coder whose event is moved.")
    else:
        regrouping.move(group, labels[0], _group(asked, shown, document, said["to"]), **noted)
    return boards.board(asked.holder, shown, document)


@reopen_route.post(DecisionShape, status=201, needs="reconciliation.decide", takes=Reopened)
def reopen_position(asked: Asked, round_id: str, document_id: str):
    """Open a settled position again, with a reason."""
    said = asked.form(ReopenForm).cleaned_data
    position = _position(asked, round_id, document_id, said)
    return adjudication.reopen(position, by=asked.holder, reason=said["reason"], seen=said["seen"])


@accept_route.post(Accepted, needs="reconciliation.decide", takes=Accept)
def accept_document(asked: Asked, round_id: str, document_id: str):
    """Accept all that coders agree on in this document."""
    shown, document = _place(asked, round_id, document_id)
    groups = queries.visible_groups(asked.holder, shown).filter(document=document)
    singles = asked.form(AcceptForm).cleaned_data["singles"]
    done = adjudication.accept_agreed(list(groups), by=asked.holder, singles=singles)
    return {"said": done.told()}


@reconcile_route.post(Work, status=202, needs="reconciliation.run")
def reconcile_document(asked: Asked, round_id: str, document_id: str):
    """Align this document anew, such as after a correction."""
    shown, document = _place(asked, round_id, document_id)
    return job_as_json(runs.start_document(shown, document, by=asked.holder))


def _place(asked: Asked, round_id: str, document_id: str):
    shown = round_for(asked.holder, round_id)
    return shown, queries.board_document_for(asked.holder, shown, document_id)


def _group(asked: Asked, shown, document, public_id: str) -> Group:
    groups = queries.visible_groups(asked.holder, shown).filter(document=document)
    group = groups.filter(public_id=public_id).first()
    if group is None:
        raise Missing("These events were aligned anew; read the board again.")
    return group


def _position(asked: Asked, round_id: str, document_id: str, said) -> Position:
    group = _group(asked, *_place(asked, round_id, document_id), said["group"])
    found = group.positions.select_related("group").filter(field=said["field"]).first()
    # What no coder filled has no position yet; whether the events have such a field the verb knows.
    return found or Position(group=group, field=said["field"])


ROUTES = (
    queue_route, board_route, decide_route, group_route, regroup_route, reopen_route, accept_route, reconcile_route,
)  # fmt: skip
