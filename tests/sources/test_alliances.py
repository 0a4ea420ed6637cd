"""The role of a provider as the table of alliances gives it, on a day or over the days that may be meant."""

from datetime import date

import pytest

from sources.alliances import CODES, Alliance, Member, Proposal, Role, role_of

PATRON, PROTEGE, PEER, NOT_ALLIED = Role.PATRON, Role.PROTEGE, Role.PEER, Role.NOT_ALLIED


def alliance(reference: str, *members: Member, atop_id: int | None = None) -> Alliance:
    return Alliance(reference, reference, date(1950, 1, 1), atop_id=atop_id, members=members)


def member(ccode: int, role: Role | None, start: str = "1951-01-01", end: str = "") -> Member:
    return Member(ccode, date.fromisoformat(start), date.fromisoformat(end) if end else None, role)


GUARD = alliance(
    "GUARD", member(2, PATRON), member(732, PROTEGE), member(740, PROTEGE), atop_id=3150
)
PACT = alliance(
    "PACT",
    member(200, PEER, "1951-01-01", "1960-12-31"),
    member(200, PEER, "1970-01-01"),
    member(220, PEER, "1955-06-15", "1980-06-30"),
)
LEAGUE = alliance("LEAGUE", member(2, PEER), member(732, PEER))
SILENT = alliance("SILENT", member(20, None), member(2, None))
DAY = date(1985, 3, 4)


@pytest.mark.parametrize(
    ("listed", "providers", "recipients", "days", "proposed"),
    [
        ([GUARD, PACT], [2], [732], [DAY], Proposal(PATRON, ("GUARD",))),
        ([GUARD, PACT], [732], [2], [DAY], Proposal(PROTEGE, ("GUARD",))),
        ([GUARD], [732, 740], [2], [DAY], Proposal(PROTEGE, ("GUARD",))),
        ([GUARD], [2], [732, 740], [DAY], Proposal(PATRON, ("GUARD",))),
        # a reciprocal act: the providers are one another's partners
        ([PACT], [200, 220], [], [date(1975, 1, 1)], Proposal(PEER, ("PACT",))),
        ([GUARD], [2, 732], [], [DAY], Proposal(None, ("GUARD",), "the providers have different roles")),
        # first and last day count; between two spells there is no alliance
        ([PACT], [200], [220], [date(1955, 6, 15)], Proposal(PEER, ("PACT",))),
        ([PACT], [200], [220], [date(1955, 6, 14)], Proposal(NOT_ALLIED)),
        ([PACT], [200], [220], [date(1960, 12, 31)], Proposal(PEER, ("PACT",))),
        ([PACT], [200], [220], [date(1965, 1, 1)], Proposal(NOT_ALLIED)),
        ([PACT], [200], [220], [date(1980, 6, 30)], Proposal(PEER, ("PACT",))),
        ([PACT], [200], [220], [date(1980, 7, 1)], Proposal(NOT_ALLIED)),
        # a date that is known by its bounds
        ([PACT], [200], [220], [date(1956, 1, 1), date(1956, 12, 31)], Proposal(PEER, ("PACT",))),
        ([PACT], [200], [220], [date(1955, 1, 1), date(1955, 12, 31)],
         Proposal(None, ("PACT",), "200 was allied on some of the days that may be meant only")),
        ([PACT], [200], [220], [date(1961, 1, 1), date(1969, 12, 31)], Proposal(NOT_ALLIED)),
        # two alliances
        ([GUARD, LEAGUE], [2], [732], [DAY],
         Proposal(None, ("GUARD", "LEAGUE"), "2 is patron and peer in different alliances")),
        # what the list does not say is not made up
        ([SILENT], [20], [2], [DAY], Proposal(None, ("SILENT",), "the list does not say the role of 20")),
        ([GUARD], [2], [732, 999], [DAY], Proposal(None, (), "2 was allied with some of its partners only")),
        ([GUARD], [], [2], [DAY], Proposal(None, (), "no provider is named")),
        ([GUARD], [2], [], [DAY], Proposal(None, (), "no partner of 2 is named")),
        ([GUARD], [2], [2], [DAY], Proposal(None, (), "no partner of 2 is named")),
        ([], [2], [732], [DAY], Proposal(None, reason="there is no list of alliances")),
    ],
)  # fmt: skip
def test_role_of(listed, providers, recipients, days, proposed):
    assert role_of(listed, providers, recipients, *days) == proposed


@pytest.mark.parametrize(
    ("reference", "proposed"),
    [
        ("LEAGUE", Proposal(PEER, ("LEAGUE",))),
        ("GUARD", Proposal(PATRON, ("GUARD",))),
        ("3150", Proposal(PATRON, ("GUARD",))),
        ("PACT", Proposal(NOT_ALLIED)),
        ("OTHER", Proposal(None, (), "there is no alliance “OTHER” in the list")),
    ],
)
def test_a_reference_asks_of_one_alliance_only(reference, proposed):
    assert role_of([GUARD, LEAGUE, PACT], [2], [732], DAY, reference=reference) == proposed


def test_codes_are_those_of_the_codebooks_that_ship():
    assert [Proposal(role).code for role in (PATRON, PROTEGE, PEER, NOT_ALLIED, None)] == [
        1,
        2,
        3,
        4,
        None,
    ]
    assert set(CODES) == set(Role)
