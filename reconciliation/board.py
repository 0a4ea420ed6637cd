"""The adjudication board of one document: its cards put together from rows. Never writes.

Who may see the document is queries.py's door; what deciding does is adjudication's.
"""

from collections.abc import Mapping, Sequence

from django.db.models import Prefetch

from coding import schema
from coding.access import visible_assignments
from coding.models import Assignment, Round
from projects.access import Pass
from reconciliation.cards import Board, BoardCoder, Card, PairDistance, Term, Unfilled
from reconciliation.leads import Leads
from reconciliation.models import Group, Member, Position, Regrouping
from reconciliation.positions import TYPE, fields_for
from reconciliation.queries import visible_groups
from reconciliation.quotes import Quotes
from reconciliation.rows import Context
from sources.models import Document

LETTERS = "abcd"


def board(
    holder: Pass, of_round: Round, document: Document, *, fill: tuple[str, str] = ("", "")
) -> Board:
    """Everything the board shows of one document. Call it with a document from `board_document_for`.

    `fill` names a group and a field that no coder filled: it gets a row in which it can be decided.
    """
    assignments = list(
        visible_assignments(holder)
        .filter(round=of_round, document=document, state=Assignment.State.SUBMITTED, sitting=1)
        .select_related("coder", "text")
        .order_by("coder__label", "sitting")
    )
    text = assignments[0].text
    coders = [
        BoardCoder(
            one.label,
            LETTERS[n % len(LETTERS)],
            n + 1,
            one.outcome,
            one.outcome_reason,
        )
        for n, one in enumerate(assignments)
    ]
    groups = list(
        visible_groups(holder, of_round)
        .filter(document=document)
        .select_related("resolved")
        .prefetch_related(
            Prefetch("positions", Position.objects.select_related("decision").order_by("order")),
            Prefetch("members", Member.objects.select_related("event").order_by("label")),
        )
        .order_by("position", "id")
    )
    quotes = Quotes(text, groups)
    codebook = of_round.codebook.parsed
    leads = Leads(holder, of_round, codebook, groups)
    regroupings = _last_spoken_of(of_round, document)
    cards = [
        _card(
            group,
            number,
            coders,
            quotes,
            codebook,
            regroupings,
            leads,
            fill[1] if group.public_id == fill[0] else "",
        )
        for number, group in enumerate(groups, start=1)
    ]
    return Board(document, text, coders, cards)


def _last_spoken_of(of_round: Round, document: Document) -> dict[str, Regrouping]:
    """Id of an event -> the last decision about what it belongs together with."""
    found: dict[str, Regrouping] = {}
    for made in Regrouping.objects.filter(round=of_round, document=document).order_by("id"):
        for uid in made.released:
            found.pop(uid, None)
        for uid in (uid for several in (*made.together, *made.apart) for uid in several):
            found[uid] = made
    return found


def _card(
    group: Group,
    number: int,
    coders: Sequence[BoardCoder],
    quotes: Quotes,
    codebook: schema.Codebook,
    regroupings: Mapping[str, Regrouping],
    leads: Leads,
    fill: str,
) -> Card:
    members = {member.label: member.event for member in group.members.all()}
    positions = list(group.positions.all())
    decided = {
        position.field: position.decision.value[0]
        for position in positions
        if position.is_settled and position.decision and position.decision.value
    }
    type_code = decided.get(TYPE, group.type)
    fields = _fields(codebook, [type_code, *(event.type for event in members.values())])
    context = Context(group, coders, members, quotes, codebook, type_code, fields, decided, leads)
    unfilled = _unfilled(codebook, type_code, positions)
    if decided.get(Position.EXISTENCE) == 0:
        unfilled = {}
    if fill in unfilled:
        waits = positions[0].state == Position.State.INCOMPLETE
        state = Position.State.INCOMPLETE if waits else Position.State.MISSING
        positions.append(Position(group=group, field=fill, order=0, state=state, candidates={}))
    titles = [str(event.values["title"]) for event in members.values() if event.values.get("title")]
    return Card(
        group=group,
        number=number,
        type=type_code,
        title=str(
            decided.get("title") or (titles[0] if titles else codebook.type(type_code).label)
        ),
        labels=sorted(members),
        rows=[context.row(position) for position in positions],
        pairs=[
            PairDistance(
                one,
                other,
                distance,
                [Term(name, weight, part) for name, (weight, part) in sorted(terms.items())],
            )
            for one, other, distance, terms in group.distances
        ],
        resolved=getattr(group, "resolved", None),
        regrouped=next(
            (
                regroupings[str(event.uid)]
                for event in members.values()
                if str(event.uid) in regroupings
            ),
            None,
        ),
        quotes={label: quotes.spans(event.pk) for label, event in members.items()},
        unfilled=[Unfilled(name, label) for name, label in unfilled.items() if name != fill],
    )


def _unfilled(
    codebook: schema.Codebook, type_code: str, positions: Sequence[Position]
) -> dict[str, str]:
    """Name and label of the fields of a type that no coder of the group filled, in the codebook's order."""
    known = {position.field for position in positions}
    return {
        one.name: str(one.label)
        for one in fields_for([type_code], codebook)
        if one.name not in known
    }


def _fields(codebook: schema.Codebook, types: Sequence[str]) -> dict[str, schema.Field]:
    found: dict[str, schema.Field] = {}
    for code in types:
        for one in codebook.fields_of(code):
            found.setdefault(one.name, one)
    return found
