"""What incidents rest on, counted: shares are of what is known, and what is not known is never guessed."""

from reconciliation import source_plots, source_shares
from reconciliation.source_shares import Part, ReportOf, Share


def report(
    incident: str, outlet: str = "Wire", *, document: str = "", year: int | None = 1951, **more
) -> ReportOf:
    given = {"kind": "news", "language": "en", "type": "EX"} | more
    return ReportOf(
        incident, document or f"{incident}-{outlet}", outlet, year=year, **given
    )  # fmt: skip


REPORTS = [
    report("I1", "Wire"),
    report("I2", "Wire", document="a"),
    report("I2", "Wire", document="b"),
    report("I3", "Wire"),
    report("I3", "Courier", language=""),
    report("I4", "Wire", document="c"),
    report("I4", "", document="d"),
    report("I5", "", year=1953, kind="treaty"),
]


def test_incidents_rest_on_one_report_one_outlet_several_or_it_is_not_known():
    found = source_shares.resting(REPORTS)

    assert (found.incidents, found.reports, found.documents) == (5, 8, 8)
    assert found.one_report == Share(2, 5)
    # One report is of one outlet, whichever; I4 may rest on one or on two.
    assert found.one_outlet == Share(3, 4)
    assert (found.same_outlet, found.several_outlets, found.unknown_outlet) == (1, 1, 1)
    assert found.per_incident == 1.6


def test_of_nothing_there_is_no_share():
    found = source_shares.resting([])

    assert (found.one_report.value, found.one_outlet.percent, found.per_incident) == (None,) * 3
    assert source_shares.years([]) == []
    assert source_shares.effective([], "outlet") is None


def test_parts_have_their_reports_their_incidents_and_those_nothing_else_reports():
    assert source_shares.parts(REPORTS, "outlet") == [
        Part("Wire", Share(5, 8), Share(4, 5), Share(2, 4)),
        Part("Courier", Share(1, 8), Share(1, 5), Share(0, 1)),
        Part("", Share(2, 8), Share(2, 5), Share(1, 2)),
    ]
    assert source_shares.parts(REPORTS, "language")[1] == Part(
        "", Share(1, 8), Share(1, 5), Share(0, 1)
    )


def test_even_use_of_two_outlets_is_as_of_two_and_blank_ones_are_no_outlet():
    even = [report("I1", "A"), report("I2", "B"), report("I3", "")]

    assert source_shares.effective(even, "outlet") == 2
    assert source_shares.effective([report("I1", "A"), report("I2", "A")], "outlet") == 1
    assert source_shares.effective([report("I1", "")], "outlet") is None


def test_years_without_an_incident_stand_between_the_others_and_what_has_none_comes_last():
    found = source_shares.years(
        [*REPORTS, report("I6", year=None), report("I1", "Late", year=1960)]
    )

    assert [(one.year, one.resting.incidents) for one in found] == [
        (1951, 4), (1952, 0), (1953, 1), (None, 1),
    ]  # fmt: skip
    assert found[0].resting.reports == 8


def test_columns_stack_to_the_number_of_incidents_and_count_in_whole_numbers():
    drawn = source_plots.columns(source_shares.years(REPORTS))

    assert [tick.label for tick in drawn.ticks] == ["0", "1", "2", "3", "4"]
    assert [block.kind for block in drawn.blocks] == [
        "several", "same", "unknown", "single", "single",
    ]  # fmt: skip
    first, last = drawn.blocks[0], drawn.blocks[3]
    assert first.y + first.height == drawn.bottom
    assert last.y == drawn.ticks[-1].at
    assert first.title == "1951: 1 of 4 on several outlets"
    assert [year.label for year in drawn.years] == ["1951", "1952", "1953"]
    assert source_plots.columns([]).blocks == []


def test_bars_show_what_nothing_else_reports_within_what_is_reported():
    parts = source_shares.parts(REPORTS, "outlet")

    drawn = source_plots.bars(parts, ["Wire", "Courier", "none"])

    assert [(bar.label, bar.words) for bar in drawn.bars] == [
        ("Wire", "4, 2 alone"), ("Courier", "1, 0 alone"), ("none", "2, 1 alone"),
    ]  # fmt: skip
    assert drawn.bars[0].reported == drawn.right - drawn.left == 2 * drawn.bars[0].alone
