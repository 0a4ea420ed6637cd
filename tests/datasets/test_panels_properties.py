"""What must hold of any panel, whatever the incidents."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.panels import DyadYear, DyadYears, rules_for
from datasets.placing import place
from datasets.records import Coverage, CoverageSpell, IncidentRecord
from tests.datasets.samples import STATES, codebook, incident

RULES = rules_for(codebook())
CCODES = [*(state.ccode for state in STATES.states), 999]
lists = st.lists(st.sampled_from(CCODES), max_size=4, unique=True).map(sorted)
starts = st.one_of(
    st.none(),
    st.just("-9"),
    st.integers(1938, 2000).map(str),
    st.dates(date(1938, 1, 1), date(2000, 12, 31)).map(str),
    st.dates(date(1938, 1, 1), date(2000, 1, 1)).map(
        lambda day: f"{day}/{day + timedelta(days=90)}"
    ),
)


@st.composite
def incident_lists(draw: st.DrawFn) -> list[IncidentRecord]:
    count = draw(st.integers(0, 6))
    return [
        incident(
            f"i{n}",
            draw(st.sampled_from(RULES.types)),
            provider=draw(lists),
            recipient=draw(st.one_of(lists, st.just("-9"), st.none())),
            reciprocal=draw(st.sampled_from([0, 1, "-9", None])),
            start=draw(starts),
            ex_troops_best=draw(st.one_of(st.none(), st.just("-9"), st.integers(-20, 20))),
        )
        for n in range(count)
    ]


coverages = st.lists(
    st.builds(
        lambda ccodes, first, width: CoverageSpell(tuple(ccodes), first, first + width),
        st.lists(st.sampled_from(CCODES), min_size=2, max_size=4, unique=True),
        st.integers(1938, 2000),
        st.integers(0, 5),
    ),
    max_size=3,
).map(lambda spells: Coverage(tuple(spells)))


def member_days(ccode: int, year: int) -> set[date]:
    """Days of a year on which a state was a member, one by one: slow and plain on purpose."""
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1))
    return {day for day in days if STATES.is_member(ccode, day)}


def both(
    incidents: list[IncidentRecord], coverage: Coverage
) -> tuple[list[DyadYear], list[DyadYear]]:
    panel = DyadYears(incidents, STATES, coverage, RULES)
    return list(panel.directed()), list(panel.undirected())


@settings(max_examples=60, deadline=None)
@given(incident_lists(), coverages)
def test_nothing_appears_outside_membership_or_twice(
    incidents: list[IncidentRecord], coverage: Coverage
) -> None:
    directed, undirected = both(incidents, coverage)

    for rows in (directed, undirected):
        keys = [row[:3] for row in rows]
        assert keys == sorted(set(keys))
        assert all(a != b for a, b, _ in keys)
        for row in rows:
            common = member_days(row.ccode1, row.year) & member_days(row.ccode2, row.year)
            assert max(common) == row.last_day
    assert all(row.ccode1 < row.ccode2 for row in undirected)


@settings(max_examples=60, deadline=None)
@given(incident_lists(), coverages)
def test_undirected_is_the_maximum_of_both_directions(
    incidents: list[IncidentRecord], coverage: Coverage
) -> None:
    directed, undirected = both(incidents, coverage)
    by_key = {row[:3]: row for row in directed}

    assert {row[:3] for row in undirected} == {
        (min(a, b), max(a, b), year) for a, b, year in by_key
    }
    for row in undirected:
        a, b, year = row[:3]
        sides = [by_key[key] for key in ((a, b, year), (b, a, year)) if key in by_key]
        assert row.coverage == max(side.coverage for side in sides)
        assert set(row.incident_ids) == {one for side in sides for one in side.incident_ids}
        for place_of_type, count in enumerate(row.counts):
            counts = [side.counts[place_of_type] for side in sides]
            known = [bool(n) for n in counts if n is not None]
            assert (None if count is None else bool(count)) == max(known, default=None)
            assert (count or 0) <= sum(n or 0 for n in counts)
        troops = [side.measures[0] for side in sides if side.measures[0] is not None]
        assert row.measures[0] == max(troops, default=None)


@settings(max_examples=60, deadline=None)
@given(incident_lists(), coverages)
def test_every_count_is_traced_to_incidents(
    incidents: list[IncidentRecord], coverage: Coverage
) -> None:
    directed, undirected = both(incidents, coverage)
    known = {one.incident_id: one for one in incidents}

    for row in (*directed, *undirected):
        behind = [known[one] for one in row.incident_ids]
        assert [one.incident_id for one in behind] == sorted({one.incident_id for one in behind})
        assert all(place(one).year == row.year for one in behind)
        counted = Counter(one.event_type for one in behind)
        absent = 0 if row.coverage else None
        assert row.counts == tuple(counted[kind] or absent for kind in RULES.types)
        assert row.n_incidents == len(behind)


@settings(max_examples=60, deadline=None)
@given(incident_lists(), coverages)
def test_every_incident_is_somewhere_and_the_order_does_not_matter(
    incidents: list[IncidentRecord], coverage: Coverage
) -> None:
    panel = DyadYears(incidents, STATES, coverage, RULES)
    tally = panel.tally

    placed = {one for row in panel.directed() for one in row.incident_ids}
    assert len(placed) == tally.in_the_panel
    assert (
        tally.incidents
        == len(incidents)
        == (
            tally.in_the_panel + tally.without_year + tally.without_pair + tally.only_outside_system
        )
    )
    assert both(incidents[::-1], coverage) == both(incidents, coverage)
