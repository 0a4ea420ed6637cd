"""What codings refer to, over HTTP: the project's own state system, its alliances, and the lists they were loaded from."""

import csv
import io
import re
from datetime import date

from django.http import HttpResponse
from rest_framework.response import Response

from projects import files
from projects.refusals import Invalid
from projects.rest.paging import ListOf
from projects.rest.routes import Asked, Bytes, Route
from projects.rest.shapes import (
    anything,
    choice,
    day,
    flag,
    moment,
    of_form,
    shape,
    some,
    text,
    whole,
)
from sources import alliance_files, alliance_lists, alliances, queries, state_files, state_lists
from sources.api import PROJECT, StateSystem, attached, states_as_json
from sources.models import Alliance, AllianceList, StateList
from sources.reference_forms import AllianceListForm, StateListForm

AllianceShape = shape(
    "Alliance",
    id=text(),
    reference=text(),
    name=text(),
    atop_id=whole(null=True),
    kind=text(),
    start=day(null=True),
    end=day(null=True),
    source=text(),
    is_current=flag(),
    members=some(shape("AllianceMember", ccode=whole(), **{"from": day(null=True), "to": day(null=True)}, role=text(null=True))),
)  # fmt: skip
AllianceWanted = shape(
    "AllianceWanted",
    words=text(optional=True, most=100),
    kind=text(optional=True, most=100),
    member=text(optional=True, most=100, help_text="A COW code, abbreviation or name."),
    on=text(optional=True, most=20, help_text="A day, such as 1951-09-08."),
)
AllianceListShape = shape(
    "AllianceList",
    n=whole(),
    version=text(),
    filename=text(),
    sha256=text(),
    is_whole=flag(),
    counts=anything(),
    problems=anything(),
    loaded_by=text(source="loaded_by.username"),
    loaded_at=moment(),
)
StateListShape = shape(
    "StateList",
    n=whole(),
    kind=choice(*StateList.Kind.values),
    version=text(),
    filename=text(),
    loaded_by=text(source="loaded_by.username"),
    loaded_at=moment(),
)
Role = shape(
    "ProviderRole",
    role=text(null=True),
    code=whole(null=True),
    references=some(text()),
    reason=text(null=True),
)
RoleWanted = shape(
    "RoleWanted",
    on=text(most=20),
    until=text(optional=True, most=20),
    provider=some(text(), optional=True),
    recipient=some(text(), optional=True),
    reference=text(optional=True, most=200),
)

state_route = Route(f"{PROJECT}states/", "api_project_states", "states", is_packed=True)
state_lists_route = Route(f"{PROJECT}states/lists/", "api_state_lists", "states")
state_list_one = Route(f"{PROJECT}states/lists/<int:n>/", "api_state_list", "states")
alliance_route = Route(f"{PROJECT}alliances/", "api_alliances", "alliances")
alliance_lists_route = Route(f"{PROJECT}alliances/lists/", "api_alliance_lists", "alliances")
alliance_list_one = Route(f"{PROJECT}alliances/lists/<int:n>/", "api_alliance_list", "alliances")
alliance_list_file = Route(f"{PROJECT}alliances/lists/<int:n>/file/", "api_alliance_list_file", "alliances")  # fmt: skip
alliance_template = Route(f"{PROJECT}alliances/template/", "api_alliance_template", "alliances")
alliance_one = Route(f"{PROJECT}alliances/<str:public_id>/", "api_alliance", "alliances")
role_route = Route(f"{PROJECT}provider-role/", "api_provider_role", "alliances")


@state_route.get(StateSystem, needs="project.view")
def list_states(asked: Asked):
    """The state system the project goes by, in the form of `/states/`."""
    response = Response(states_as_json(state_lists.states_for(asked.holder.project)))
    response["Cache-Control"] = "private, max-age=60"
    return response


@state_lists_route.get(ListOf(StateListShape, key="n"), needs="project.view")
def list_state_lists(asked: Asked):
    """The lists of states that were loaded, the newest first."""
    return state_lists.lists(asked.holder.project)


@state_lists_route.post(StateListShape, status=201, needs="lists.load", takes=of_form("StateListFile", StateListForm), with_files=True)  # fmt: skip
def load_states(asked: Asked):
    """Load a list of states; the project goes by it from now on."""
    said = asked.said
    # A file is judged by who reads it, not by a form.
    return state_lists.load(
        asked.holder.project,
        said["kind"],
        said["file"].read(),
        by=asked.user,
        filename=said["file"].name or "",
        version=said.get("version", ""),
        ends=said.get("ends"),
    )


@state_list_one.get(Bytes("text/csv"), needs="project.view")
def read_state_list(asked: Asked, n: int):
    """One list as CSV, in the columns it can be loaded by again."""
    shown = state_lists.list_for(asked.holder.project, n)
    columns = state_files.COLUMNS[shown.kind]
    out = io.StringIO()
    writer = csv.DictWriter(out, [*columns, "version"], lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({**row, "version": shown.version} for row in shown.rows)
    return as_csv(out.getvalue(), f"states-{shown.kind}-{shown.n}.csv")


def as_csv(content: str, filename: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


@alliance_route.get(ListOf(AllianceShape, key="reference", page=5_000, most=5_000, counted=True), needs="project.view", filters=AllianceWanted)  # fmt: skip
def list_alliances(asked: Asked):
    """Every alliance with its members; `words`, `kind`, `member` (COW code) and `on` (a day) leave some out."""
    wanted = {name: value or "" for name, value in asked.wanted.items()}
    found = queries.alliances(asked.holder.project, **wanted)
    return [as_json(one) for one in found]


@alliance_one.get(AllianceShape, needs="project.view")
def read_alliance(asked: Asked, public_id: str):
    """One alliance with its members."""
    return as_json(alliance_lists.alliance_for(asked.holder.project, public_id))


@alliance_lists_route.get(ListOf(AllianceListShape, key="n"), needs="project.view")
def list_alliance_lists(asked: Asked):
    """The lists of alliances that were loaded, the newest first."""
    found = AllianceList.objects.filter(project=asked.holder.project)
    return found.select_related("loaded_by").order_by("-n")


@alliance_lists_route.post(AllianceListShape, status=201, needs="lists.load", takes=of_form("AllianceListFile", AllianceListForm), with_files=True)  # fmt: skip
def load_alliances(asked: Asked):
    """Load a list of alliances; `is_whole` takes those it does not name out of the project's list."""
    said = asked.said
    return alliance_lists.load(
        asked.holder.project,
        said["file"].read(),
        by=asked.user,
        filename=said["file"].name or "",
        version=said.get("version", ""),
        is_whole=said.get("is_whole", False),
    )


@alliance_list_one.get(AllianceListShape, needs="project.view")
def read_alliance_list(asked: Asked, n: int):
    """What came of loading one list."""
    return alliance_lists.list_for(asked.holder.project, n)


@alliance_list_file.get(Bytes(), needs="project.view")
def read_alliance_list_file(asked: Asked, n: int):
    """A list as it was handed in."""
    shown = alliance_lists.list_for(asked.holder.project, n)
    return attached(files.open_stored(shown.sha256), shown.filename)


@alliance_template.get(Bytes("text/csv"), needs="project.view")
def read_alliance_template(asked: Asked):
    """A small CSV to fill in; its examples are of nobody's alliance."""
    return as_csv(alliance_files.SAMPLE, "alliances.csv")


@role_route.get(Role, needs="project.view", filters=RoleWanted)
def read_provider_role(asked: Asked):
    """The role the alliances give the `provider`s toward the `recipient`s (COW codes, repeated) from day `on` to `until`.

    `reference` asks of one alliance only. Without a role there is a reason.
    """
    wanted = asked.wanted
    on, until = _day(wanted["on"]), _day(wanted.get("until") or "")
    if on is None:
        raise Invalid("Say on which day (on=1951-09-01).")
    found = alliances.role_of(
        (alliance_lists.as_value(one) for one in queries.alliances(asked.holder.project)),
        _codes(wanted.get("provider") or []),
        _codes(wanted.get("recipient") or []),
        on,
        until,
        reference=wanted.get("reference") or "",
    )
    return {
        "role": found.role and str(found.role),
        "code": found.code,
        "references": list(found.references),
        "reason": found.reason,
    }


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise Invalid(f"“{written[:20]}” is no day; write it as 1951-09-01.") from None


def _codes(written: list[str]) -> list[int]:
    if not all(re.fullmatch(r"[0-9]{1,4}", one) for one in written) or len(written) > 300:
        raise Invalid("States are given by their COW codes.")
    return [int(one) for one in written]


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


ROUTES = (
    state_route, state_lists_route, state_list_one, alliance_route, alliance_lists_route, alliance_list_one,
    alliance_list_file, alliance_template, alliance_one, role_route,
)  # fmt: skip
