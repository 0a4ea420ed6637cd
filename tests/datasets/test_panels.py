from datetime import date

import pytest

from datasets import placing
from datasets.panels import DyadYears, PanelTally, rules_for
from datasets.placing import YearTally, year_of
from datasets.records import Coverage, IncidentRecord
from tests.datasets.samples import STATES, codebook, coverage, incident

RULES = rules_for(codebook())
NOWHERE = Coverage()


def spread(*incidents: IncidentRecord, covered: Coverage = NOWHERE) -> DyadYears:
    return DyadYears(incidents, STATES, covered, RULES)


def directed(*incidents: IncidentRecord, covered: Coverage = NOWHERE) -> list[tuple[int, int, int]]:
    return [row[:3] for row in spread(*incidents, covered=covered).directed()]


# Who with whom


def test_every_provider_is_paired_with_every_recipient() -> None:
    rows = directed(incident(provider=[2, 20], recipient=[200, 732]))

    assert rows == [(2, 200, 1978), (2, 732, 1978), (20, 200, 1978), (20, 732, 1978)]


def test_a_reciprocal_act_fills_both_directions() -> None:
    rows = directed(incident(provider=[2, 20, 732], recipient=[], reciprocal=1))

    assert rows == [
        (2, 20, 1978), (2, 732, 1978), (20, 2, 1978), (20, 732, 1978), (732, 2, 1978), (732, 20, 1978),
    ]  # fmt: skip


def test_a_state_on_both_sides_is_not_paired_with_itself() -> None:
    assert directed(incident(provider=[2, 732], recipient=[732])) == [(2, 732, 1978)]


@pytest.mark.parametrize("recipient", [None, "-9", []])
def test_an_incident_without_a_known_partner_is_in_no_row(recipient: object) -> None:
    dyad_years = spread(incident(recipient=recipient, acting_organisation="The alliance"))

    assert list(dyad_years.directed()) == []
    assert dyad_years.tally == PanelTally(1, 0, 0, 1, 0, 0, 0, 0)


# Who was a member when


def test_two_states_that_met_in_a_year_but_on_no_day_have_no_row() -> None:
    dyad_years = spread(
        incident(provider=[817], recipient=[115], start="1975"),
        covered=coverage(817, 115, first=1975, last=1975),
    )

    assert list(dyad_years.directed()) == []
    assert list(dyad_years.undirected()) == []
    assert dyad_years.tally == PanelTally(1, 0, 0, 0, 1, 0, 1, 1)


def test_west_and_united_germany_are_two_states_with_one_last_and_one_first_day() -> None:
    rows = spread(covered=coverage(2, 255, 260, 265, first=1989, last=1991)).undirected()

    assert [(*row[:3], row.last_day) for row in rows] == [
        (2, 255, 1990, date(1990, 12, 31)),
        (2, 255, 1991, date(1991, 12, 31)),
        (2, 260, 1989, date(1989, 12, 31)),
        (2, 260, 1990, date(1990, 10, 2)),
        (2, 265, 1989, date(1989, 12, 31)),
        (2, 265, 1990, date(1990, 10, 2)),
        (260, 265, 1989, date(1989, 12, 31)),
        (260, 265, 1990, date(1990, 10, 2)),
    ]


def test_a_united_yemen_follows_two_and_meets_neither() -> None:
    rows = spread(covered=coverage(2, 678, 679, 680, first=1990, last=1991)).undirected()

    assert [(*row[:3], row.last_day) for row in rows] == [
        (2, 678, 1990, date(1990, 5, 21)),
        (2, 679, 1990, date(1990, 12, 31)),
        (2, 679, 1991, date(1991, 12, 31)),
        (2, 680, 1990, date(1990, 5, 21)),
        (678, 680, 1990, date(1990, 5, 21)),
    ]


@pytest.mark.parametrize(
    ("ccode", "years"),
    [(345, [1940, 1941, 1944, 1945]), (315, [1945]), (365, [1940, 1941, 1942, 1943, 1944, 1945])],
)
def test_membership_is_a_list_of_spells(ccode: int, years: list[int]) -> None:
    rows = spread(covered=coverage(2, ccode, first=1940, last=1945)).undirected()

    assert [row.year for row in rows] == years


def test_a_state_that_dissolved_on_new_years_eve_has_that_year_and_not_the_next() -> None:
    rows = spread(covered=coverage(2, 315, 316, first=1992, last=1993)).undirected()

    assert [row[:3] for row in rows] == [(2, 315, 1992), (2, 316, 1993)]


def test_a_number_no_list_knows_is_outside_the_system() -> None:
    dyad_years = spread(incident(recipient=[999, 732]))

    assert [row[:3] for row in dyad_years.directed()] == [(2, 732, 1978)]
    assert dyad_years.tally == PanelTally(1, 1, 0, 0, 0, 1, 2, 1)


# Zero is observed absence


def test_without_declared_coverage_nothing_is_zero() -> None:
    (row,) = spread(incident()).directed()

    assert (row.coverage, row.n_incidents, row.counts) == (0, 1, (1, None, None, None, None))


def test_within_coverage_absence_is_zero() -> None:
    rows = list(spread(incident(), covered=coverage(2, 732, first=1978, last=1979)).directed())

    assert [(*row[:3], row.coverage, row.n_incidents, row.counts) for row in rows] == [
        (2, 732, 1978, 1, 1, (1, 0, 0, 0, 0)),
        (2, 732, 1979, 1, 0, (0, 0, 0, 0, 0)),
        (732, 2, 1978, 1, 0, (0, 0, 0, 0, 0)),
        (732, 2, 1979, 1, 0, (0, 0, 0, 0, 0)),
    ]


def test_outside_coverage_incidents_stand_alone() -> None:
    dyad_years = spread(incident(start="1980"), covered=coverage(2, 732, first=1978, last=1978))

    assert [(*row[:3], row.coverage, row.counts) for row in dyad_years.directed()] == [
        (2, 732, 1978, 1, (0, 0, 0, 0, 0)),
        (2, 732, 1980, 0, (1, None, None, None, None)),
        (732, 2, 1978, 1, (0, 0, 0, 0, 0)),
    ]
    assert dyad_years.tally == PanelTally(1, 1, 0, 0, 0, 1, 1, 0)


def test_a_search_of_the_whole_system_covers_every_pair() -> None:
    rows = spread(incident(start="1960"), covered=coverage(first=1959, last=1959)).directed()
    covered = [row for row in rows if row.coverage]

    members = [s.ccode for s in STATES.states if STATES.is_member(s.ccode, date(1959, 12, 31))]
    assert [row[:3] for row in covered] == [
        (a, b, 1959) for a in sorted(members) for b in sorted(members) if a != b
    ]


# Sums of a row


def test_undirected_counts_are_distinct_incidents() -> None:
    joint = incident("i1", reciprocal=1, provider=[2, 732], recipient=None)
    one_way = incident("i2", provider=[732], recipient=[2])

    (row,) = spread(joint, one_way).undirected()

    assert (row[:3], row.n_incidents, row.counts[0], row.incident_ids) == (
        (2, 732, 1978),
        2,
        2,
        ("i1", "i2"),
    )
    assert [(r.ccode1, r.counts[0]) for r in spread(joint, one_way).directed()] == [
        (2, 1),
        (732, 2),
    ]


def test_measures_sum_up_only_known_numbers() -> None:
    told = [
        incident("i1", ex_troops_best=800),
        incident("i2", ex_troops_best="-9"),
        incident("i3", "MB", mb_personnel_best=9000, start="1978-02"),
        incident("i4", "MB", mb_personnel_best=7000, start="1978-11"),
        incident("i5", "MB", mb_personnel_best="-9", start="1978-12"),
        incident("i6", "CS", cs_direction=1),
        incident("i7", "CS", cs_direction=-1),
    ]

    (row,) = spread(*told).directed()

    measures = [measure.column for measure in RULES.measures]
    assert dict(zip(measures, row.measures, strict=True)) == {
        "ex_troops_max": 800,
        "mb_personnel_latest": 7000,
        "cs_direction_min": -1,
        "cs_direction_minus1_n": 1,
        "cs_direction_0_n": None,
        "cs_direction_1_n": 1,
    }


def test_measures_without_a_number_are_empty_and_not_zero() -> None:
    (row,) = spread(incident(ex_troops_best="-9")).directed()

    assert row.measures == (None,) * 6


# Years


@pytest.mark.parametrize(
    ("earliest", "latest", "most", "certain"),
    [
        ("1978-03-01", "1978-03-31", 1978, 1978),
        ("1978-12-20", "1979-01-05", 1978, None),
        ("1978-12-30", "1979-01-05", 1979, None),
        ("1978-12-31", "1979-01-01", 1978, None),
        ("1978-07-01", "1980-06-30", 1979, None),
        ("1950-01-01", "1959-12-31", 1950, None),
        ("1951-06-01", "1952-12-31", 1952, None),
        ("1951-01-01", "1952-12-31", 1951, None),
    ],
)
def test_the_year_of_an_interval(
    earliest: str, latest: str, most: int, certain: int | None
) -> None:
    bounds = (date.fromisoformat(earliest), date.fromisoformat(latest))

    assert [year_of(*bounds, rule) for rule in placing.YEAR_RULES] == [
        most, int(earliest[:4]), int(latest[:4]), certain,
    ]  # fmt: skip


@pytest.mark.parametrize("start", [None, "-9", "1978/..", "../1978"])
def test_a_start_without_two_bounds_has_no_year(start: str | None) -> None:
    dyad_years = spread(incident(start=start))

    assert list(dyad_years.directed()) == []
    assert dyad_years.tally == PanelTally(1, 0, 1, 0, 0, 0, 0, 0)


def test_what_each_rule_moves_or_loses_is_told() -> None:
    told = [
        incident("i1"),
        incident("i2", start="1978-12-30/1979-01-05"),
        incident("i3", start="1978-12-20/1979-01-05"),
        incident("i4", start="-9"),
    ]

    assert placing.year_tallies(told) == (
        YearTally("most", 4, 1, 2, 1, 0),
        YearTally("earliest", 4, 1, 2, 0, 0),
        YearTally("latest", 4, 1, 2, 2, 0),
        YearTally("certain", 4, 1, 2, 0, 2),
    )


# What the list of states says, and where it ends


def test_after_the_last_day_of_the_list_members_are_carried_on_only_on_request() -> None:
    told = [incident(start="2020"), incident("i2", start="2016")]
    ends = rules_for(codebook(), states_until=date(2016, 12, 31))

    until = [(row.year, row.last_day) for row in DyadYears(told, STATES, NOWHERE, ends).directed()]
    carried = [(row.year, row.last_day) for row in spread(*told).directed()]

    assert until == [(2016, date(2016, 12, 31))]
    assert carried == [(2016, date(2016, 12, 31)), (2020, date(2020, 12, 31))]


def test_states_named_outside_their_membership_are_found() -> None:
    told = [
        incident("i1", recipient=[260, 679], start="1989"),
        incident("i2", recipient=[679], start="1990"),
        incident("i3", location_state=817, start="1975-05-01"),
        incident("i4", recipient=[679], start="-9"),
    ]

    assert list(placing.outside_membership(told, STATES, codebook())) == [
        placing.Stranger("i1", "recipient", 679),
        placing.Stranger("i3", "location_state", 817),
    ]


def test_a_state_that_the_list_does_not_have_is_no_members_stranger():
    told = [incident("i1", recipient=[260, 999], start="1989")]

    assert list(placing.outside_membership(told, STATES, codebook())) == []
