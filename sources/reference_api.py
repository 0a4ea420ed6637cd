"""What codings refer to, over HTTP: the project's own state system and its alliances."""

import re
from datetime import date

from django.views.decorators.gzip import gzip_page
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from projects import access
from projects.refusals import Invalid
from sources import alliance_lists, alliances, queries, state_lists
from sources.api import states_as_json
from sources.models import Alliance

FILTERS = {"words", "kind", "member", "on"}


@gzip_page
@api_view(["GET"])
def states_list(request: Request, slug: str) -> Response:
    """The state system the project goes by, in the form of `/states/`."""
    project = access.project_for(request.user, slug)
    response = Response(states_as_json(state_lists.states_for(project)))
    response["Cache-Control"] = "private, max-age=60"
    return response


@api_view(["GET"])
def alliances_list(request: Request, slug: str) -> Response:
    """Every alliance with its members; `words`, `kind`, `member` (COW code) and `on` (a day) leave some out."""
    project = access.project_for(request.user, slug)
    unknown = set(request.query_params) - FILTERS
    if unknown:
        raise Invalid(
            f"“{sorted(unknown)[0]}” is no filter here; there are {', '.join(sorted(FILTERS))}."
        )
    chosen = {name: request.query_params.get(name, "") for name in FILTERS}
    found = queries.alliances(project, **chosen)
    return Response({"count": len(found), "results": [as_json(one) for one in found]})


@api_view(["GET"])
def provider_role(request: Request, slug: str) -> Response:
    """The role the alliances give the `provider`s toward the `recipient`s (COW codes, repeated) from day `on` to `until`.

    `reference` asks of one alliance only. Without a role there is a reason; without either day, no answer but that.
    """
    project = access.project_for(request.user, slug)
    asked = request.query_params
    on, until = _day(asked.get("on", "")), _day(asked.get("until", ""))
    if on is None:
        raise Invalid("Say on which day (on=1951-09-01).")
    found = alliances.role_of(
        (alliance_lists.as_value(one) for one in queries.alliances(project)),
        _codes(asked.getlist("provider")),
        _codes(asked.getlist("recipient")),
        on,
        until,
        reference=asked.get("reference", ""),
    )
    return Response(
        {
            "role": found.role and str(found.role),
            "code": found.code,
            "references": list(found.references),
            "reason": found.reason,
        }
    )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise Invalid(f"“{written[:20]}” is no day; write it as 1951-09-01.") from None


def _codes(written: list[str]) -> list[int]:
    if not all(re.fullmatch(r"[0-9]{1,4}", one) for one in written) or len(written) > 300:
        raise Invalid("States are given by their COW codes.")
    return [int(one) for one in written]


@api_view(["GET"])
def alliance(request: Request, slug: str, public_id: str) -> Response:
    return Response(
        as_json(alliance_lists.alliance_for(access.project_for(request.user, slug), public_id))
    )


def as_json(one: Alliance) -> dict:
    value = alliance_lists.as_value(one)
    return {
        "id": one.public_id,
        "reference": value.reference,
        "name": value.name,
        "atop_id": value.atop_id,
        "kind": value.kind,
        "start": value.start,
        "end": value.end,
        "source": value.source,
        "is_current": one.dropped_by_id is None,
        "members": [_member(member) for member in value.members],
    }


def _member(member: alliances.Member) -> dict:
    return {
        "ccode": member.ccode,
        "from": member.start,
        "to": member.end,
        "role": member.role and str(member.role),
    }
