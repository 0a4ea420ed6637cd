"""Promised, kept and additional by alliance, member and year; organisations and spans in dyad-years; coverage by members."""

from datetime import date

import pytest

from datasets.commitments import least, most
from datasets.membership import Alliances
from datasets.panels import DyadYears, rules_for
from datasets.records import (
    AllianceRecord,
    AssessmentRecord,
    Coverage,
    CoverageSpell,
    MemberSpell,
)
from datasets.tables import Build, Parameters
from tests.datasets.samples import STATES, codebook, coverage, incident, records

PACT = AllianceRecord(
    "PACT",
    "The Pact",
    3150,
    (
        MemberSpell(2, date(1953, 10, 1), None, "patron"),
        MemberSpell(732, date(1953, 10, 1), None, "protege"),
        MemberSpell(817, date(1975, 1, 1), date(1976, 6, 30), "protege"),
    ),
)


def judged(provider=2, recipient=732, year=1975, kind="EX", **said) -> AssessmentRecord:
    told = {"promised": 1, "fulfilled": 2, "additional": 0, **said}
    return AssessmentRecord("PACT", provider, recipient, kind, year, **told)


def rows(*told, first=1975, last=1975, assessments=(), covered=None):
    made = Build(
        records(
            *told,
            alliances=[PACT],
            assessments=assessments,
            coverage=covered or coverage(2, 732, 817, first=first, last=last),
        ),
        Parameters("0.1.0", states_extended=True),
        states=STATES,
    )
    return [row for row in made.member_years if first <= row.year <= last]


@pytest.fixture(autouse=True)
def _judged_types(monkeypatch) -> None:
    """The sample's codebook names no types to judge."""
    monkeypatch.setattr("datasets.tables.judged_types", lambda book: ("EX", "MA"))
    monkeypatch.setattr("datasets.member_tables.judged_types", lambda book: ("EX", "MA"))


def test_a_promise_is_told_of_both_sides() -> None:
    patron, protege, _ = rows(incident(start="1975"), assessments=[judged()])

    assert (patron.ccode, patron.role, patron.n_partners) == (2, "patron", 2)
    assert (patron.standing["EX"].promised, patron.standing["EX"].fulfilled) == (1, 2)
    assert (protege.standing["EX"].promised, protege.standing["EX"].fulfilled) == (2, None)
    assert patron.standing["MA"].promised is None
    assert (patron.fulfilled_share, protege.fulfilled_share) == (1.0, None)
    assert (patron.standing["EX"].events, patron.standing["EX"].incident_ids) == (1, ("i1",))


def test_a_promise_to_all_reaches_every_member_of_the_year() -> None:
    told = [judged(recipient=None), judged(732, 2, promised=1, fulfilled=0)]
    patron, protege, third = rows(incident(start="1975"), assessments=told)

    assert [row.standing["EX"].promised for row in (patron, protege, third)] == [3, 3, 2]
    assert protege.fulfilled_share == 0.0


def test_what_is_additional_is_given_and_received() -> None:
    patron, protege, third = rows(
        incident(start="1975"), assessments=[judged(promised=0, fulfilled=None, additional=1)]
    )

    given = [
        (r.standing["EX"].additional_given, r.standing["EX"].additional_received)
        for r in (patron, protege, third)
    ]
    assert given == [(1, None), (None, 1), (None, None)]
    assert patron.standing["EX"].promised == 0


def test_a_member_has_rows_only_while_it_is_one_of_both() -> None:
    """South Vietnam left the system on 30 April 1975, and the pact's list keeps it to 1976."""
    told = rows(incident(start="1975"), first=1974, last=1977)

    assert [(r.ccode, r.year) for r in told if r.ccode == 817] == [(817, 1975)]
    (third,) = [r for r in told if r.ccode == 817]
    assert (third.last_day, third.n_partners) == (date(1975, 4, 30), 2)


def test_absence_is_zero_only_where_the_search_was_complete() -> None:
    covered = coverage(2, 732, first=1977, last=1977)
    told = rows(incident(start="1978"), first=1977, last=1978, covered=covered)

    assert [(r.ccode, r.year, r.coverage, r.standing["EX"].events) for r in told] == [
        (2, 1977, 1, 0), (2, 1978, 0, 1), (732, 1977, 1, 0), (732, 1978, 0, 1),
    ]  # fmt: skip
    assert told[0].given["CS"] == 0 and told[1].given["CS"] is None


@pytest.mark.parametrize(
    ("values", "highest", "lowest"),
    [
        ([], None, None), ([None], None, None), ([0, 1], 1, 0), ([0, "-9"], "-9", 0), ([1, "-9"], 1, "-9"),
        ([2, 1], 2, 1), (["-8"], "-9", None),
    ],
)  # fmt: skip
def test_judgements_add_up_by_a_written_rule(values, highest, lowest) -> None:
    assert (most(values), least(values)) == (highest, lowest)


def test_the_tables_hold_codes_in_one_edition_and_nothing_in_the_other() -> None:
    made = Build(
        records(
            incident(start="1975"),
            alliances=[PACT],
            assessments=[judged(promised="-9", fulfilled=None)],
        ),
        Parameters("0.1.0", states_extended=True),
        states=STATES,
    )
    files = {file.path: b"".join(file.chunks).decode() for file in made.files()}

    assert files["codes/assessments.csv"].splitlines()[1] == "PACT,2,732,EX,1975,-9,,0,,,,"
    assert files["analysis/assessments.csv"].splitlines()[1] == "PACT,2,732,EX,1975,,,0,,,,"
    heading = files["directed_dyad_year.csv"].splitlines()[0].split(",")
    assert heading[-8:] == [
        "n_alliances", "atop_alliance", "ex_promised", "ex_fulfilled", "ex_additional", "ma_promised", "ma_fulfilled",
        "ma_additional",
    ]  # fmt: skip
    assert files["directed_dyad_year.csv"].splitlines()[1].endswith(",1,3150,,,0,,,")


# Organisations and spans in dyad-years


def test_an_alliance_that_acts_itself_is_expanded_only_in_its_own_column() -> None:
    act = incident(provider=None, recipient=[200], acting_organisation="the pact", start="1975-02")
    panel = DyadYears([act], STATES, Coverage(), rules_for(codebook()), Alliances([PACT]))

    told = [
        (r.ccode1, r.ccode2, r.n_incidents, r.organisation_n, r.organisation_ids)
        for r in panel.directed()
    ]
    assert told == [
        (2, 200, None, 1, ("i1",)), (732, 200, None, 1, ("i1",)), (817, 200, None, 1, ("i1",)),
    ]  # fmt: skip


def test_members_of_the_day_stand_for_the_organisation() -> None:
    act = incident(provider=None, recipient=[200], acting_organisation="PACT", start="1980")
    panel = DyadYears([act], STATES, Coverage(), rules_for(codebook()), Alliances([PACT]))

    assert [row[:2] for row in panel.directed()] == [(2, 200), (732, 200)]


@pytest.mark.parametrize(
    ("end", "span", "years"),
    [
        ("1981-05", "every", [1978, 1979, 1980, 1981]), ("1981-05", "start", [1978]), (None, "every", [1978]),
        ("-9", "every", [1978]), ("1970", "every", [1978]),
    ],
)  # fmt: skip
def test_an_act_that_lasts_counts_by_the_declared_rule(end, span, years) -> None:
    act = incident(end=end)
    panel = DyadYears([act], STATES, Coverage(), rules_for(codebook(), span=span))

    assert [row.year for row in panel.directed()] == years


def test_a_span_leaves_years_outside_membership_out() -> None:
    act = incident(provider=[817], recipient=[2], start="1974-06", end="1977")
    panel = DyadYears([act], STATES, Coverage(), rules_for(codebook(), span="every"))

    assert [row.year for row in panel.directed()] == [1974, 1975]
    assert (panel.tally.pairs, panel.tally.pairs_outside_system) == (4, 2)


def test_coverage_of_an_alliance_follows_its_members(django_user_model, db) -> None:
    from datasets.coverage import _spells
    from datasets.models import SearchedYears

    declared = SearchedYears(alliance="PACT", first_year=1974, last_year=1978, search_log="All.")
    assert list(_spells(declared, [PACT])) == [
        CoverageSpell((2, 732), 1974, 1974, "PACT", "All."),
        CoverageSpell((2, 732, 817), 1975, 1976, "PACT", "All."),
        CoverageSpell((2, 732), 1977, 1978, "PACT", "All."),
    ]
