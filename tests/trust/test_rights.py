"""Who may do what, where and when: every address by every method for every role in every state, as rights/ declares it.

An address without a row fails; a method without a row is no way in. CONCORD_TRUST=long asks each row in all of its states,
else in the first of them.
"""

import json
from collections import defaultdict
from functools import partial
from itertools import product

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from config.api_urls import ROUTES
from projects import members, tokens
from projects.models import User
from projects.rest.routes import Operation
from projects.roles import PERMISSIONS
from tests.trust.people import Visitor, visitors
from tests.trust.routes import EVERYWHERE, METHODS, RIGHTS, Row, routes, rows
from tests.trust.world import ROLES, STATES, move_on, world

pytestmark = pytest.mark.django_db
REFUSED = {401, 403, 404}


def test_every_address_has_rows_and_every_row_an_address():
    assert {row.route for row in rows()} == {route.name for route in routes()}


def test_every_file_of_the_table_tells_its_columns():
    columns = "# states method route " + " ".join(ROLES) + " | sent"

    heads = {
        file.name: " ".join(file.read_text(encoding="utf-8").splitlines()[0].split())
        for file in RIGHTS.glob("*.txt")
    }

    assert heads == dict.fromkeys(heads, columns)


def test_of_one_request_a_state_has_one_row():
    told = defaultdict(list)
    for row in rows():
        told[row.method, row.route, row.which].extend(row.states)

    assert {key: states for key, states in told.items() if sorted(states) != sorted(STATES)} == {}


def test_a_request_that_nobody_may_make_says_why_it_stands_in_the_table():
    let_in = defaultdict(bool)
    for row in rows():
        asked = (row.method, row.route, row.which)
        let_in[asked] |= not REFUSED.issuperset(row.answers[1:]) or bool(row.remark)

    assert [asked for asked, somebody in let_in.items() if not somebody] == []


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """One world for the tests of this file; what a test does to it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield world()
        transaction.set_rollback(True)


def test_everybody_is_answered_as_the_table_says(made):
    addresses = {route.name: route for route in routes()}
    expected, found = {}, {}
    for state in STATES:
        if state != STATES[0]:
            move_on(made, state)
        asking = visitors(made)
        for row in rows():
            if state not in (row.states if EVERYWHERE else row.short):
                continue
            address = addresses[row.route].address(made, row.which)
            key = f"{state} {row.method} {row.route}:{row.which}"
            expected[key] = row.answers
            found[key] = tuple(answer(asking[role], row, address, made) for role in ROLES)

    assert {key: told for key, told in found.items() if told != expected[key]} == {}


def answer(visitor: Visitor, row: Row, address: str, made) -> int:
    return visitor.ask(lambda client: row.ask(client, address, made)).status_code


def test_a_method_that_has_no_row_is_no_way_in(made):
    declared = {(row.method, row.route) for row in rows()}
    member = Visitor(made, "manager")

    entered = {
        f"{method} {route.name}": status
        for route in routes()
        for method in METHODS
        if (method, route.name) not in declared
        and (status := ask(member, method, route.address(made))) != 405
    }

    assert entered == {}


def ask(visitor: Visitor, method: str, address: str, **headers: str) -> int:
    return visitor.ask(lambda client: client.generic(method, address, headers=headers)).status_code


def test_a_token_opens_its_own_project_and_no_other(made):
    """A member of both with every role: by a token of the one project nothing of the other is there."""
    stranger = made.people["stranger"]
    every = ["coder", "adjudicator", "exporter", "manager"]
    members.add(made.project, stranger, roles=every, label="ALL", by=made.people["manager"])
    elsewhere = stranger.memberships.exclude(project=made.project).get().project
    _, secret = tokens.create(elsewhere, by=stranger, name="elsewhere")
    anybody = Visitor(made, "anonymous")

    found = {
        f"{row.method} {route.name}": ask(
            anybody, row.method, route.address(made), Authorization=f"Bearer {secret}"
        )
        for route in routes()
        for row in rows()
        if route.is_api and "<" in route.pattern and row.route == route.name
    }

    assert len(found) > 30
    assert found == dict.fromkeys(found, 404)


# What a token without any right beside looking does, though it is no reading of the project and its documents.
NEEDS_NOTHING = {
    "list_projects": "its one project",
    "found_project": "no token founds a project",
    "create_token": "no token makes another",
    "revoke_token": "it ends itself, and no other",
    "list_standard_states": "the same for everybody",
    "measure_table": "it reckons with what is sent, and keeps nothing",
}


def clauses(operation: Operation) -> list[tuple[str, ...]]:
    """Of each of these a token needs one, beside looking at the project."""
    needs = () if operation.needs in (None, tokens.VIEW) else (operation.needs,)
    return [clause for clause in (needs, operation.token_needs) if clause]


def operations() -> dict[tuple[str, str], Operation]:
    return {
        (method, route.name): one for route in ROUTES for method, one in route.operations.items()
    }


@pytest.fixture
def everything(made) -> User:
    """One person with every role and open work, whose tokens differ by their rights alone."""
    person = made.people["owner"]
    every = ["coder", "adjudicator", "exporter", "manager"]
    members.add(made.project, person, roles=every, by=made.people["manager"])
    return person


def bearer(made, person: User, rights: set[str]) -> dict[str, str]:
    _, secret = tokens.create(made.project, by=person, name="of some rights", rights=rights)
    return {"Authorization": f"Bearer {secret}"}


def sent(method: str, address: str, headers: dict[str, str], client: Client) -> HttpResponse:
    return client.generic(method, address, headers=headers)


def test_without_a_right_a_token_only_reads_the_project_and_its_documents():
    without = {one.name: method for (method, _), one in operations().items() if not clauses(one)}

    unread = {name for name, method in without.items() if method != "GET"}
    elsewhere = {
        one.name for one in operations().values() if one.needs is None and not clauses(one)
    }
    assert unread | elsewhere == set(NEEDS_NOTHING)


def test_a_token_with_every_right_but_one_is_refused_where_that_one_is_needed(made, everything):
    """And so is one with any fewer: what is needed is named, as a program reads it and in words."""
    addresses = {route.name: route for route in routes()}
    asked = Visitor(made, "anonymous")
    known: dict[tuple[str, ...], dict[str, str]] = {}
    expected, found = {}, {}
    for (method, route), operation in operations().items():
        for clause in clauses(operation):
            if clause not in known:
                known[clause] = bearer(made, everything, {*PERMISSIONS} - {*clause})
            answer = asked.ask(partial(sent, method, addresses[route].address(made), known[clause]))
            key = f"{method} {route} without {clause}"
            words = ", or to ".join(PERMISSIONS[one] for one in clause)
            detail = f"This token was not given the right to {words}."
            expected[key] = (403, "application/problem+json", list(clause), detail)
            told = json.loads(answer.body) if answer.status_code == 403 else {}
            found[key] = (
                answer.status_code, answer["Content-Type"], told.get("rights"), told.get("detail"),
            )  # fmt: skip

    assert {key: told for key, told in found.items() if told != expected[key]} == {}
    assert len(found) > 120


def test_a_token_with_just_the_rights_that_an_operation_names_needs_no_other(made, everything):
    addresses = {route.name: route for route in routes()}
    asked = Visitor(made, "anonymous")
    known: dict[frozenset[str], dict[str, str]] = {}
    more = {}
    first = {(row.method, row.route): row for row in reversed(rows())}
    for key, operation in operations().items():
        row = first[key]
        for choice in product(*clauses(operation)):
            rights = frozenset(choice)
            if rights not in known:
                known[rights] = bearer(made, everything, {*rights})
            address = addresses[row.route].address(made, row.which)
            answer = asked.ask(partial(row.ask, address=address, world=made, headers=known[rights]))
            if answer.status_code == 403 and b'"rights"' in answer.body:
                more[f"{row.method} {row.route} with {choice}"] = json.loads(answer.body)["rights"]

    # Long work needs the right to ask for it, and this one is a reconciliation.
    assert {key: need for key, need in more.items() if "_job " not in key} == {}


def test_a_token_knows_and_ends_no_other_token_than_itself(made, everything):
    _, other = tokens.create(made.project, by=everything, name="other")
    headers = bearer(made, everything, set())
    asked = Visitor(made, "anonymous")
    address = f"/api/v1/projects/{made.project.slug}/tokens/"

    listed = asked.ask(lambda client: client.get(address, headers=headers))
    number = tokens.owner_of(other).pk
    ended = asked.ask(lambda client: client.delete(f"{address}{number}/", headers=headers))

    assert [one["name"] for one in json.loads(listed.body)["results"]] == ["of some rights"]
    assert ended.status_code == 404
