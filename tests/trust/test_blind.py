"""The world of a blind coder is the same whether the others work or not: byte for byte, over every address.

The others code, are reconciled, discussed, settled, released as a draft; the answers to the blind coder are kept; all that
is undone, and the same addresses (also of what is then not there) are asked again.
"""

import re
from typing import Any

import pytest
from django.db import transaction

from tests.trust import world as worlds
from tests.trust.people import Visitor
from tests.trust.routes import routes, rows

pytestmark = pytest.mark.django_db

# What is drawn anew with every answer, whoever works.
ANEW = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"|<meta name="csrf-token" content="\w+"')
HEADERS = {"ETag", "Last-Modified", "Cache-Control", "Content-Type", "Location", "Content-Length"}
# Beyond what the table of rights asks: filters, order, search, pages, what a coder may be curious about.
PROBES = {
    "documents": ["words=Secret", "state=read", "kind=treaty", "page=2", "sort=-handed_in"],
    "search": ["words=Secret+of+C2", "words=Shield", "words=exercise&page=2"],
    "api_search": ["words=Secret+of+C2", "words=Shield"],
    "jobs": ["page=2", "kind=reconciliation.run", "state=done"],
    "ledger": ["verb=assignment.submit", "by=other", "page=2"],
    "releases": ["page=2"],
    "questions": ["state=open", "coder=C2"],
    "api_codings": ["as=doccano", "round=pilot", "own=1"],
    "take_out": ["format=concord", "format=concord&own=1"],
    "rounds": ["sort=handed_in"],
    "members": ["sort=handed_in"],
    "compare_rounds": ["field=status"],
    "figures": ["run=1", "field=status"],
    "api_documents": ["state=read"],
    "concerns": ["kind=question"],
    "incidents": ["type=EX"],
}

Seen = dict[tuple[str, str], tuple[Any, ...]]  # by the name of the address and the address itself


def everything_seen(made: worlds.World) -> Seen:
    """What the third coder is answered by every address that is read, with its variations."""
    asking = Visitor(made, "blind")
    asked: Seen = {}
    for route in routes():
        for row in rows():
            if row.route != route.name or row.method != "GET":
                continue
            address = route.address(made, row.which)
            for query in {row.sent, "", *PROBES.get(route.name, [])}:
                whole = f"{address}?{query}" if query else address
                response = asking.ask(lambda client, whole=whole: client.get(whole))
                headers = {name: response.headers.get(name) for name in HEADERS}
                asked[route.name, whole] = (
                    response.status_code,
                    headers,
                    ANEW.sub(b"", response.body),
                )
    return asked


def with_and_without_the_others(roles: tuple[str, ...]) -> tuple[Seen, Seen]:
    """The others work on documents that the one who looks codes too, but for a coder without another role: on all."""
    made = worlds.begun(blind=roles)
    if "exporter" in roles:
        worlds.build(made)
    with transaction.atomic():
        named = worlds.at_work(made, settles=roles == ("coder",))
        with_them = everything_seen(named)
        transaction.set_rollback(True)
    return with_them, everything_seen(named)


def test_nothing_a_coder_sees_depends_on_the_others():
    with_them, without = with_and_without_the_others(("coder",))

    assert [asked for asked in without if with_them[asked] != without[asked]] == []
    assert len(without) > 130


# What another role must know to do its work, also while its holder codes; the page of blindness in the help says so.
NEEDED = {
    # Whoever settles is told whether the round was reconciled: its other documents are theirs to settle.
    "adjudicator": {"project", "reconciliation", "board_queue", "api_reconciliation"},
    "manager": set(),
    # Whoever builds a draft is told when it was built, how large it is and whether a check holds it back.
    "exporter": {"releases", "release", "api_releases", "api_release"},
}  # fmt: skip
FOUND = (b"Shield of", b"Secret", b"Exercise Shield", b"groups of events", b"not handed in yet")


@pytest.mark.parametrize("role", NEEDED)
def test_who_codes_and_runs_the_project_learns_no_more_of_documents_they_code(role):
    with_them, without = with_and_without_the_others(("coder", role))

    differing = [asked for asked in without if with_them[asked] != without[asked]]
    told = [asked for asked in differing if any(word in with_them[asked][2] for word in FOUND)]
    assert {asked[0] for asked in differing} - NEEDED[role] == set()
    assert told == []
