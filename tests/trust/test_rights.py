"""Who may do what, where and when: every address by every method for every role in every state, as rights/ declares it.

An address without a row fails; a method without a row is no way in. CONCORD_TRUST=long asks each row in all of its states,
else in the first of them.
"""

from collections import defaultdict

import pytest
from django.db import transaction

from projects import members, tokens
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
