import csv
from datetime import date

import pytest

from sources import states
from tests.sources.samples import SHARED

TODAY = date(2024, 6, 1)


def test_the_list_is_the_cow_list_of_2016():
    system = states.standard()

    assert len(system.states) == 217
    assert sum(len(state.spells) for state in system.states) == 243
    assert system.version == "2016"


@pytest.mark.parametrize(
    ("wanted", "on", "ccode"),
    [
        (2, None, 2),
        ("2", None, 2),
        ("002", None, 2),
        ("usa", None, 2),
        ("United States", None, 2),
        ("U.S.A.", None, 2),
        ("the United States of America", None, 2),
        ("UK", None, 200),
        ("Soviet Union", None, 365),
        ("USSR", date(1950, 1, 1), 365),
        ("Russian Federation", None, 365),
        ("South Korea", None, 732),
        ("Republic of Korea", None, 732),
        ("Korea, Republic of", None, 732),
        ("Democratic People’s Republic of Korea", None, 731),
        ("Korea", date(1900, 1, 1), 730),
        ("West Germany", None, 260),
        ("Germany", None, 255),
        ("Germany", date(1940, 1, 1), 255),
        ("Germany", date(1991, 1, 1), 255),
        ("Federal Republic of Germany", date(1960, 1, 1), 260),
        ("Federal Republic of Germany", date(1995, 1, 1), 255),
        ("East Germany", None, 265),
        ("Yemen", date(1950, 1, 1), 678),
        ("Yemen", date(2000, 1, 1), 679),
        ("Viet Nam", None, 816),
        ("South Vietnam", None, 817),
        ("Yugoslavia", None, 345),
        ("Serbia", None, 345),
        ("Czechia", None, 316),
        ("Czechoslovakia", None, 315),
        ("Republic of China", date(1940, 1, 1), 710),
        ("Republic of China", None, 713),
        ("People's Republic of China", None, 710),
        ("Côte d’Ivoire", None, 437),
        ("cote d'ivoire", None, 437),
        ("Türkiye", None, 640),
        ("Burma", None, 775),
        ("Zaire", None, 490),
        ("Congo", None, 484),
        ("St. Lucia", None, 56),
        ("Saint Lucia", None, 56),
        ("Iran (Islamic Republic of)", None, 630),
        ("Kingdom of Denmark", None, 390),
        ("République de Corée", None, 732),
        ("eSwatini", None, 572),
        ("  France ", None, 220),
    ],
)
def test_find(wanted, on, ccode):
    assert states.find(wanted, on).ccode == ccode


@pytest.mark.parametrize(
    ("wanted", "on", "message"),
    [
        (
            "Germany", date(1970, 1, 1),
            "“Germany” on 1970-01-01 may be German Federal Republic (GFR, 260) or German Democratic Republic "
            "(GDR, 265). Give the code.",
        ),
        (
            "Germany", date(1954, 6, 1),  # the GDR alone was a member then; the name still meant either
            "“Germany” on 1954-06-01 may be German Federal Republic (GFR, 260) or German Democratic Republic "
            "(GDR, 265). Give the code.",
        ),
        ("Korea", None, "“Korea” may be North Korea (PRK, 731) or South Korea (ROK, 732). Give the code."),
        (
            "Yemen", date(1970, 1, 1),
            "“Yemen” on 1970-01-01 may be Yemen Arab Republic (YAR, 678) or Yemen People's Republic (YPR, 680). "
            "Give the code.",
        ),
        ("Frnace", None, "“Frnace” is not a state in the list. Did you mean France (FRN, 220)?"),
        (
            "DEU", None,
            "“DEU” is an ISO code, not a COW abbreviation. Did you mean Germany (GMY, 255) or German Federal "
            "Republic (GFR, 260)?",
        ),
        ("Atlantis", None, "“Atlantis” is not a state in the list. Use a COW code, abbreviation or name."),
        (999, None, "999 is not a COW country code."),
        ("999", None, "999 is not a COW country code."),
        ("", None, "No state is named."),
        (True, None, "True is neither a code nor a name of a state."),
    ],
)  # fmt: skip
def test_find_says_why_not(wanted, on, message):
    with pytest.raises(states.UnknownState) as refusal:
        states.find(wanted, on)

    assert str(refusal.value) == message


def test_every_code_abbreviation_and_name_of_the_list_is_found():
    for state in states.standard().states:
        assert states.find(state.ccode) == state
        assert states.find(state.abbreviation.lower()) == state
        if state.name not in ("Korea",):  # a name two states bear now
            assert states.find(state.name) == state


def test_germany_changes_its_cow_number_and_keeps_its_gw_number():
    days = [date(1940, 1, 1), date(1970, 1, 1), date(1995, 1, 1)]

    assert [states.is_member(255, day) for day in days] == [True, False, True]
    assert [states.is_member(260, day) for day in days] == [False, True, False]
    assert states.gwcode(255, days[0]) == 255
    assert states.gwcode(260, days[1]) == 260
    assert states.gwcode(255, days[2]) == 260
    assert states.is_member(260, date(1990, 10, 2)) and not states.is_member(260, date(1990, 10, 3))
    assert states.is_member(255, date(1990, 10, 3)) and not states.is_member(255, date(1990, 10, 2))


def test_yemen_is_678_then_679_and_gw_678_throughout():
    assert states.is_member(678, date(1990, 5, 21)) and not states.is_member(679, date(1990, 5, 21))
    assert states.is_member(679, date(1990, 5, 22)) and not states.is_member(678, date(1990, 5, 22))
    assert states.gwcode(678, date(1980, 1, 1)) == 678
    assert states.gwcode(679, date(2000, 1, 1)) == 678


def test_yugoslavia_and_serbia_are_one_cow_state_and_two_gw_states():
    assert [states.gwcode(345, date(year, 7, 1)) for year in (1900, 1950, 2005, 2010)] == [
        340,
        345,
        345,
        340,
    ]
    assert [states.iso3(345, date(year, 7, 1)) for year in (1900, 1950, 2005, 2010)] == [
        "SRB", "YUG", "SCG", "SRB",
    ]  # fmt: skip
    assert states.gwcode(345, date(1917, 1, 1)) is None


@pytest.mark.parametrize(("ccode", "gwcode"), [(946, 970), (947, 973), (955, 972), (970, 971)])
def test_pacific_states_swap_their_numbers(ccode, gwcode):
    assert states.gwcode(ccode, date(2005, 1, 1)) == gwcode


def test_states_with_gaps_have_several_spells():
    spells = {ccode: len(states.by_ccode(ccode).spells) for ccode in (220, 210, 315, 345, 651, 2)}

    assert spells == {220: 2, 210: 2, 315: 2, 345: 2, 651: 2, 2: 1}
    assert not states.is_member(220, date(1943, 6, 1))
    assert not states.is_member(651, date(1900, 1, 1))


def test_soviet_union_is_russia_by_cow_and_itself_by_iso():
    assert states.find("Soviet Union").name == "Russia"
    assert [states.iso3(365, date(year, 7, 1)) for year in (1900, 1950, 1992)] == [
        "RUS",
        "SUN",
        "RUS",
    ]


def test_membership_after_2016_is_an_option():
    assert states.is_member(2, TODAY)
    assert not states.is_member(2, TODAY, extended=False)
    assert states.is_member(2, states.LIST_ENDS, extended=False)
    assert states.members(TODAY) == states.members(states.LIST_ENDS)
    assert len(states.members(TODAY)) == 195
    assert states.members(TODAY, extended=False) == ()
    assert not states.is_member(817, TODAY)
    assert "2016-12-31" in states.EXTENSION


def test_members_of_one_year_may_never_have_met():
    year = (date(1975, 1, 1), date(1975, 12, 31))

    assert not states.were_members_together(817, 115, *year)  # South Vietnam, Suriname
    assert states.were_members_together(817, 2, *year)
    assert not states.were_members_together(2, 200, TODAY, TODAY, extended=False)
    assert states.were_members_together(2, 200, TODAY, TODAY)


def test_iso_codes_of_states_that_ended():
    assert states.iso3(265, date(1980, 1, 1)) == "DDR"
    assert states.iso3(315, date(1980, 1, 1)) == "CSK"
    assert states.iso3(680, date(1980, 1, 1)) == "YMD"
    assert states.iso3(300, date(1900, 1, 1)) is None


def test_a_project_can_load_its_own_list(tmp_path):
    (tmp_path / "states.csv").write_text(
        "ccode,abbreviation,name,start,end,version\n2,USA,United States,1816-01-01,,mine\n"
    )
    for name, column in (("gw", "gwcode"), ("iso3", "iso3"), ("names", "name")):
        (tmp_path / f"states_{name}.csv").write_text(f"ccode,{column},start,end,version\n")

    mine = states.StateSystem.read(tmp_path)

    assert mine.version == "mine"
    assert [state.ccode for state in mine.members(TODAY)] == [2]


@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="the shared state lists are not here")
def test_gw_numbers_agree_with_the_published_crosswalk():
    """Where both give a number for a year, ours is the one of some day in it."""
    with (SHARED / "data" / "isard_cw_gw_panel.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["gwcode"] and row["ccode"]]
    differing = []
    for row in rows:
        ccode, year = int(row["ccode"]), int(row["year"])
        ours = {
            states.gwcode(ccode, date(year, month, day))
            for month, day in ((1, 1), (6, 1), (12, 31))
        }
        if int(row["gwcode"]) not in ours:
            differing.append((ccode, year, int(row["gwcode"]), ours))

    assert len(rows) > 15_000
    assert differing == []


def test_czechoslovakia_ends_where_its_two_successors_begin():
    last, first = date(1992, 12, 31), date(1993, 1, 1)

    assert [states.is_member(ccode, last) for ccode in (315, 316, 317)] == [True, False, False]
    assert [states.is_member(ccode, first) for ccode in (315, 316, 317)] == [False, True, True]
    assert not states.is_member(315, date(1941, 6, 1))
    assert [states.gwcode(ccode, day) for ccode, day in ((315, last), (316, first), (317, first))] == [
        315, 316, 317,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("gwcode", "on", "ccode"),
    [
        (260, date(1970, 1, 1), 260),
        (260, date(2000, 1, 1), 255),
        (678, date(1980, 1, 1), 678),
        (678, date(2000, 1, 1), 679),
        (340, date(2010, 1, 1), 345),
        (345, date(1980, 1, 1), 345),
        (970, date(2005, 1, 1), 946),
        (971, date(2005, 1, 1), 970),
        (972, date(2005, 1, 1), 955),
        (973, date(2005, 1, 1), 947),
    ],
)
def test_a_gleditsch_ward_number_means_a_cow_state_on_a_day(gwcode, on, ccode):
    assert states.standard().of_gwcode(gwcode, on).ccode == ccode


def test_a_gleditsch_ward_number_that_nobody_has_is_refused():
    with pytest.raises(states.UnknownState) as refusal:
        states.standard().of_gwcode(345, date(2010, 1, 1))

    assert str(refusal.value) == "No state has the Gleditsch-Ward number 345 on 2010-01-01."
