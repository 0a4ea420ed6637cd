"""Proposals: what rows say of an alliance, year by year, and what they leave unsaid."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reconciliation.commitments import ALL, Act, Clause, Grounds, Search
from reconciliation.verdicts import Verdict
from sources.alliances import Alliance, Member

START, END = date(1960, 1, 19), date(1970, 6, 30)
PAIR = Alliance(
    "XYZ", "Pact of two", START, None, members=(Member(2, START), Member(740, START, END))
)
THREE = Alliance(
    "TRI", "Pact of three", START, members=tuple(Member(one, START) for one in (2, 900, 920))
)
LABELS = {"EX": "EX Joint exercise", "MA": "MA Military aid"}


def clause(*types, start=START, end=None, providers=(2,), recipients=(740,), **said):
    return Clause(
        1, "XYZ", frozenset(providers), frozenset(recipients), frozenset(types), start, end, **said
    )


def act(key=1, kind="EX", year=1962, basis=1, fulfilment=2, recipients=(740,), **said):
    years = frozenset({year})
    given = {"certain": years, "possible": years, "status": 4, **said}
    return Act(
        key, "XYZ", kind, frozenset({2}), frozenset(recipients), basis=basis, fulfilment=fulfilment, **given
    )  # fmt: skip


def search(words="", states=(2, 740), since=None, until=None, **said):
    return Search("s", words, frozenset(states), since, until, date(2024, 1, 1), **said)


def proposed(*, clauses=(), acts=(), searches=(), kind="EX", year=1962, of=PAIR, recipient=740):
    grounds = Grounds(of, clauses, acts, searches, LABELS)
    found = grounds.proposal(2, recipient, kind, year)
    return found and found.verdict


def test_without_rows_nothing_is_proposed_and_nothing_is_zero():
    assert proposed() == Verdict()


def test_a_cell_exists_on_days_of_common_membership_only():
    grounds = Grounds(PAIR)

    assert grounds.days(2, 740, 1960) == (START, date(1960, 12, 31))
    assert grounds.days(2, 740, 1970) == (date(1970, 1, 1), END)
    assert [proposed(year=year) for year in (1959, 1971)] == [None, None]
    assert grounds.days(2, ALL, 1971) is None


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        ([clause("EX")], 1),
        ([clause("MA")], 0),
        ([clause("EX", is_treaty=False)], None),
        ([clause("EX", end=date(1961, 12, 31))], None),
        ([clause("EX", start=date(1962, 12, 31))], 1),
        ([clause("EX", start=date(1963, 1, 1))], None),
        ([clause("EX", providers=(740,), recipients=(2,))], None),
        ([clause("EX", providers=(2, 740), recipients=(), is_mutual=True)], 1),
        ([clause("MA"), clause("EX", is_treaty=False)], 0),
    ],
)
def test_promised_as_a_treaty_in_force_for_this_provider_says(clauses, expected):
    assert proposed(clauses=clauses).promised == expected


@pytest.mark.parametrize(
    ("acts", "searches", "expected"),
    [
        ([], [], None),
        ([], [search()], 0),
        ([act()], [], 2),
        ([act(fulfilment=0)], [], 0),
        ([act(fulfilment=0), act(2)], [], 1),
        ([act(fulfilment=None)], [search()], None),
        ([act(basis=3)], [search()], 0),
        ([act(year=1963)], [], None),
        ([act(certain=frozenset())], [], None),
        ([act(kind="MA")], [], None),
    ],
)
def test_kept_as_acts_under_the_promise_or_a_search_without_any_say(acts, searches, expected):
    assert proposed(clauses=[clause("EX")], acts=acts, searches=searches).kept == expected


@pytest.mark.parametrize(
    ("acts", "searches", "expected"),
    [
        ([], [], None),
        ([], [search()], 0),
        ([act(basis=3)], [], 1),
        ([act(basis=3, status=1)], [search()], None),
        ([act(basis=1)], [search()], 0),
    ],
)
def test_additional_as_acts_beyond_promises_or_a_search_without_any_say(acts, searches, expected):
    assert proposed(acts=acts, searches=searches).additional == expected


@pytest.mark.parametrize(
    ("one", "counts"),
    [
        (search(), True),
        (search(states=(2,)), True),
        (search(states=(2, 900)), False),
        (search(states=()), False),
        (search("pact of two", states=()), True),
        (search("XYZ exercises", states=()), True),
        (search("XYZ loans", states=()), False),
        (search("exercise"), True),
        (search("base"), False),
        (search(since=date(1962, 1, 2)), False),
        (search(until=date(1962, 12, 30)), False),
        (search(since=date(1962, 1, 1), until=date(1962, 12, 31)), True),
        (search(is_narrowed=True), False),
    ],
)
def test_a_search_gives_zero_only_where_it_would_have_found_an_act(one, counts):
    assert proposed(searches=[one]).additional == (0 if counts else None)


def test_a_promise_to_all_is_kept_in_part_where_some_members_got_their_share():
    promise = clause("EX", providers=(2, 900, 920), recipients=(), is_mutual=True)
    some_of_them, all_of_them = act(recipients=(900,)), act(2, recipients=(900, 920))

    assert proposed(clauses=[promise], acts=[some_of_them], of=THREE, recipient=ALL).kept == 1
    assert proposed(clauses=[promise], acts=[all_of_them], of=THREE, recipient=ALL).kept == 2
    assert proposed(clauses=[promise], acts=[some_of_them], of=THREE, recipient=900).kept == 2


def test_rows_of_a_large_alliance_are_to_all_and_to_whom_something_singles_out():
    assert Grounds(PAIR).directions() == ((2, 740), (740, 2))
    assert Grounds(THREE).directions() == ((2, ALL), (900, ALL), (920, ALL))
    assert Grounds(THREE, acts=[act(recipients=(900,))]).directions([(920, 2)]) == (
        (2, ALL), (2, 900), (900, ALL), (920, ALL), (920, 2),
    )  # fmt: skip


DAYS = some.dates(date(1955, 1, 1), date(1975, 12, 31))


@given(some.lists(some.tuples(DAYS, some.integers(0, 3000)), max_size=4), some.integers(1955, 1984))
def test_days_are_those_of_the_spells_and_no_others(spells, year):
    made = tuple(Member(740, start, start + timedelta(length)) for start, length in spells)
    alliance = Alliance("A", "A", date(1900, 1, 1), members=(Member(2, date(1900, 1, 1)), *made))

    days = Grounds(alliance).days(2, 740, year)

    every = [date(year, 1, 1) + timedelta(n) for n in range(365)]
    if date(year, 12, 31) not in every:
        every.append(date(year, 12, 31))
    there = [day for day in every if any(one.covers(day, day) for one in made)]
    assert days == ((there[0], there[-1]) if there else None)


@given(
    some.lists(some.sampled_from([clause("EX"), clause("MA"), clause("EX", is_treaty=False)])),
    some.lists(
        some.builds(
            act,
            some.integers(1, 5),
            some.sampled_from(["EX", "MA"]),
            some.integers(1961, 1963),
            some.sampled_from([1, 2, 3, None]),
            some.sampled_from([0, 1, 2, None]),
        ),
        max_size=5,
    ),
    some.booleans(),
)
def test_a_proposal_can_always_be_said_and_zero_has_a_search_or_a_row_behind_it(
    clauses, acts, is_searched
):
    found = Grounds(PAIR, clauses, acts, [search()] if is_searched else [], LABELS).proposal(
        2, 740, "EX", 1962
    )

    assert found is not None
    said = found.verdict
    parts = {"promised": said.promised, "kept": said.kept, "additional": said.additional}
    assert (
        Verdict().with_parts({part: value for part, value in parts.items() if value is not None})
        == said
    )
    assert said.promised != 0 or any(one.is_treaty for one in clauses)
    assert said.kept != 0 or is_searched or any(one.fulfilment == 0 for one in found.acts)
    assert said.additional != 0 or is_searched
    assert [part for part, _ in found.reasons] == ["promised", "kept", "additional"]
