"""Yearly judgements over HTTP: read with what is proposed, judged as on the grid, with the same rights and blindness."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from projects.access import Pass
from projects.api import PROJECT
from projects.refusals import Invalid, Missing
from projects.rest.paging import ListOf
from projects.rest.routes import Asked as Request
from projects.rest.routes import Route
from projects.rest.shapes import anything, choice, flag, moment, one, shape, some, text, whole
from reconciliation import assessment_queries, assessments
from reconciliation.assessment_forms import ACTS
from reconciliation.assessment_queries import Sheet, Wished
from reconciliation.assessments import Asked
from reconciliation.commitments import ALL, Cell
from reconciliation.models import Assessment
from reconciliation.verdicts import CODES
from sources.models import Alliance

MOST = 20_000  # cells of one answer
SENT = {"act", "cells", "reason", *CODES}


VerdictShape = shape("Verdict", **{part: whole(null=True) for part in CODES})
CellShape = shape(
    "AssessmentCell",
    VerdictShape,
    key=text(),
    alliance=text(),
    provider=whole(),
    recipient=whole(null=True, help_text="Null stands for all members."),
    type=text(),
    year=whole(),
    is_judged=flag(),
    reason=text(),
    by=text(),
    at=moment(null=True),
    seen=text(help_text="The id of the judgement that stands there; say it when you judge."),
    grounds_changed=flag(),
    proposed=one(VerdictShape, null=True),
    words=text(),
)
SaidOfCell = shape(
    "SaidOfCell", VerdictShape, id=text(), is_withdrawn=flag(), reason=text(), by=text(), at=moment()
)  # fmt: skip
CellInFull = shape("AssessmentInFull", CellShape, basis=anything(), history=some(SaidOfCell))
Judged = shape("CellsJudged", changed=whole(), results=some(CellShape))
ToJudge = shape(
    "CellsToJudge",
    act=choice(*ACTS, optional=True),
    cells=some(some(text(), least=2, most=2), help_text="[key, id of the judgement seen there or empty]"),
    reason=text(optional=True, most=1000),
    **{part: choice(*codes, optional=True) for part, codes in CODES.items()},
)  # fmt: skip
CellsWanted = shape(
    "CellsWanted",
    alliance=text(optional=True, most=100),
    type=text(optional=True, most=40),
    provider=text(optional=True, most=10),
    recipient=text(optional=True, most=10),
    since=text(optional=True, most=10),
    until=text(optional=True, most=10),
)

cell_route = Route(f"{PROJECT}assessments/", "api_assessments", "assessments")
cell_one = Route(f"{PROJECT}assessments/<str:key>/", "api_assessment", "assessments")


@cell_route.get(ListOf(CellShape, key="key", page=MOST, most=MOST), needs="reconciliation.view", filters=CellsWanted)  # fmt: skip
def list_assessments(request: Request) -> Any:
    """What is judged; with `alliance` (its reference) also what is not, each with what is proposed.

    `type`, `provider`, `recipient`, `since` and `until` narrow it.
    """
    holder = request.holder
    assessments.require_sight(holder)
    asked = {name: value or "" for name, value in request.wanted.items()}
    wished = Wished(
        type=asked.get("type", ""), since=_year(asked, "since"), until=_year(asked, "until")
    )
    named = asked.get("alliance", "")
    sheet = Sheet(holder, wished, references=[named] if named else None)
    if named and named not in sheet.found.grounds:
        raise Missing(f"There is no alliance “{named}” in the project's list.")
    if wished.type and wished.type not in sheet.found.types:
        raise Invalid(f"The codebook has no yearly judgements of type “{wished.type}”.")
    provider, recipient = (
        _state(asked[name]) if name in asked else None for name in ("provider", "recipient")
    )
    cells = []
    for cell in _cells(sheet, named):
        if provider in (None, cell.provider) and recipient in (None, cell.recipient):
            cells.append(cell)
        if len(cells) > MOST:
            raise Invalid(f"These are more than {MOST:,} cells; narrow them by type, side or year.")
    ids = {row.reference: row.public_id for row in _alliances(holder, cells)}
    return [_told(sheet, cell, ids[cell.alliance]) for cell in cells]


@cell_route.post(
    Judged,
    needs="reconciliation.decide",
    token_needs=("reconciliation.view",),
    takes=ToJudge,
    is_raw=True,
)
def judge_cells(request: Request) -> Any:
    """Say something of cells: judge them, accept what is proposed, or withdraw what was said.

    `{"act": "judge", "cells": [["key", "seen"]], "promised": 1, "kept": 2}`; `accept` takes what is proposed,
    `withdraw` takes back. `seen` is the id of the judgement that stands there, or "".
    """
    return _judge(request.holder, request.kept)


@cell_one.get(CellInFull, needs="reconciliation.view")
def read_assessment(request: Request, key: str) -> Any:
    """One cell with the clauses, incidents and searches behind it, and everything that was said of it."""
    holder = request.holder
    assessments.require_sight(holder)
    alliance, cell = assessment_queries.cell_for(holder.project, key)
    sheet = Sheet(holder, references=[cell.alliance])
    detail = sheet.detail(key)
    told = _told(sheet, cell, alliance.public_id)
    return {**told, "basis": detail.proposal.basis(), "history": [_said(one) for one in detail.history]}  # fmt: skip


def _cells(sheet: Sheet, alliance: str) -> Iterator[Cell]:
    years = set(sheet.years)
    if not alliance:
        for cell in sorted(sheet.current):
            listed = cell.alliance in sheet.found.grounds
            if listed and cell.type in sheet.types and cell.year in years:
                yield cell
        return
    grounds = sheet.found.grounds[alliance]
    for provider, recipient in sheet.directions(grounds):
        for code in sheet.types:
            for year in sheet.years:
                if grounds.days(provider, recipient, year):
                    yield Cell(alliance, provider, recipient, code, year)


def _told(sheet: Sheet, cell: Cell, public_id: str) -> dict[str, Any]:
    shown = sheet.shown(sheet.found.grounds[cell.alliance], public_id, cell)
    proposal = sheet.found.grounds[cell.alliance].proposal(
        cell.provider, cell.recipient, cell.type, cell.year
    )
    row = sheet.current.get(cell)
    return {
        "key": assessment_queries.key_of(public_id, cell),
        "alliance": cell.alliance,
        "provider": cell.provider,
        "recipient": None if cell.recipient == ALL else cell.recipient,
        "type": cell.type,
        "year": cell.year,
        "is_judged": row is not None,
        **asdict(assessments.verdict_of(row)),
        "reason": row.reason if row else "",
        "by": row.by_label if row else "",
        "at": row.at if row else None,
        "seen": row.public_id if row else "",
        "grounds_changed": shown.has_changed,
        "proposed": asdict(proposal.verdict) if proposal else None,
        "words": shown.words,
    }


def _said(row: Assessment) -> dict[str, Any]:
    return {
        "id": row.public_id,
        **asdict(assessments.verdict_of(row)),
        "is_withdrawn": row.is_withdrawn,
        "reason": row.reason,
        "by": row.by_label,
        "at": row.at,
    }


def _judge(holder: Pass, data: Any) -> dict[str, Any]:
    sent = data if isinstance(data, dict) else {}
    unknown = sorted(set(sent) - SENT)
    if unknown:
        raise Invalid(f"“{unknown[0]}” is not understood; say {', '.join(sorted(SENT))}.")
    act, reason, given = sent.get("act", "judge"), str(sent.get("reason") or ""), sent.get("cells")
    if act not in ACTS:
        raise Invalid(f"“act” is one of {', '.join(ACTS)}.")
    if not isinstance(given, list) or not all(
        isinstance(one, list) and len(one) == 2 and all(isinstance(part, str) for part in one)
        for one in given
    ):
        raise Invalid('“cells” is a list of [key, id of the judgement seen there or ""].')
    parts = {part: sent[part] for part in CODES if sent.get(part) is not None}
    if any(type(value) is not int for value in parts.values()):
        raise Invalid("promised, kept and additional are whole numbers.")
    if parts and act != "judge":
        raise Invalid(f"To {act} says nothing of its own: leave {', '.join(parts)} out.")
    found = assessment_queries.cells_for(holder.project, [key for key, _ in given])
    asked = [Asked(found[key][1], seen) for key, seen in given]
    if act == "accept":
        made = assessments.accept(asked, by=holder, reason=reason)
    elif act == "withdraw":
        made = assessments.withdraw(asked, by=holder, reason=reason)
    else:
        made = assessments.judge(asked, by=holder, parts=parts, reason=reason)
    sheet = Sheet(holder, references={cell.alliance for _, cell in found.values()})
    told = [_told(sheet, cell, row.public_id) for row, cell in found.values()]
    return {"changed": len(made), "results": told}


def _alliances(holder: Pass, cells: list[Cell]) -> list[Alliance]:
    references = {cell.alliance for cell in cells}
    return list(
        Alliance.objects.filter(project=holder.project, reference__in=references, dropped_by=None)
    )


def _year(asked: Any, name: str) -> int | None:
    told = asked.get(name, "")
    if not told:
        return None
    if not (told.isascii() and told.isdecimal() and 1 <= int(told[:9]) <= 9999):
        raise Invalid(f"“{name}” is a year.")
    return int(told)


def _state(told: str) -> int:
    """A COW number; of the recipient “all” stands for all members."""
    if told == "all":
        return ALL
    if not (told.isascii() and told.isdecimal() and len(told) < 5):
        raise Invalid(f"“{told}” is no COW number of a state.")
    return int(told)


ROUTES = (cell_route, cell_one)
