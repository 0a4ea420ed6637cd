"""Panels over the list of states that ships, held against lists that others publish."""

import csv
import os
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from datasets.panels import DyadYear, DyadYears, rules_for
from datasets.records import Coverage
from sources.states import LIST_ENDS, standard
from tests.datasets.samples import codebook, coverage, incident

DATA = Path(os.environ.get("CONCORD_SHARED") or Path(__file__).parents[3] / "shared") / "data"
FIRST, LAST = 1988, 2016


@pytest.fixture
def lists() -> Path:
    if not DATA.is_dir():
        pytest.skip(
            f"the published lists of states are not there ({DATA.name}/ beside the repository)"
        )
    return DATA


def lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def panel(covered: Coverage, *incidents: object) -> DyadYears:
    rules = rules_for(codebook(), states_until=LIST_ENDS)
    return DyadYears(incidents, standard(), covered, rules)  # type: ignore[arg-type]


@cache
def whole_system() -> tuple[DyadYear, ...]:
    return tuple(panel(coverage(first=FIRST, last=LAST)).undirected())


def published_spells(path: Path) -> dict[int, list[tuple[date, date]]]:
    found: dict[int, list[tuple[date, date]]] = {}
    for row in lines(path):
        start, end = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
        found.setdefault(int(row["ccode"]), []).append((start, end))
    return found


def test_rows_are_the_pairs_that_the_published_list_says_met(lists: Path) -> None:
    spells = published_spells(lists / "isard_cw_system.csv")

    expected = []
    for a, b in combinations(sorted(spells), 2):
        common = [(max(s, t), min(e, f)) for s, e in spells[a] for t, f in spells[b]]
        for year in range(FIRST, LAST + 1):
            first, last = date(year, 1, 1), date(year, 12, 31)
            if any(max(start, first) <= min(end, last) for start, end in common):
                expected.append((a, b, year))
    assert [row[:3] for row in whole_system()] == expected


def test_no_code_beside_a_state_is_an_orphan(lists: Path) -> None:
    cow = {int(row["ccode"]) for row in lines(lists / "cow_states2016.csv")}
    gw = {int(row["gwcode"]) for row in lines(lists / "isard_gw_system.csv")}
    iso = {row["iso3c"] for row in lines(lists / "countrycode_codelist_without_cldr.csv")}
    states = standard()

    days = {(ccode, row.last_day) for row in whole_system() for ccode in (row.ccode1, row.ccode2)}

    assert {ccode for ccode, _ in days} <= cow
    assert {states.gwcode(*day) for day in days} - {None} <= gw
    # States that had ended before the present list of ISO 3166-1 keep the code they had; Kosovo's is user-assigned.
    others = {"CSK", "DDR", "SCG", "SUN", "XKX", "YMD", "YUG"}
    assert {states.iso3(*day) for day in days} - {None} - iso <= others


@pytest.mark.parametrize(
    ("ccode", "day", "gwcode"),
    [
        (255, "1990-12-31", 260), (260, "1990-10-02", 260), (679, "1991-12-31", 678), (345, "2016-12-31", 340),
        (345, "2005-12-31", 345), (946, "2016-12-31", 970), (947, "2016-12-31", 973), (955, "2016-12-31", 972),
        (970, "2016-12-31", 971), (365, "1991-12-31", 365),
    ],
)  # fmt: skip
def test_numbers_that_differ_between_the_lists(ccode: int, day: str, gwcode: int) -> None:
    assert standard().gwcode(ccode, date.fromisoformat(day)) == gwcode


def test_south_vietnam_and_suriname_never_met() -> None:
    told = panel(
        coverage(817, 115, first=1974, last=1976),
        incident(provider=[817], recipient=[115], start="1975"),
    )

    assert list(told.directed()) == []
    assert told.tally.only_outside_system == 1


def test_the_two_germanies_end_on_the_eve_of_the_one() -> None:
    rows = panel(coverage(255, 260, 265, 2, first=1990, last=1990)).undirected()

    assert [(row.ccode1, row.ccode2, row.last_day) for row in rows] == [
        (2, 255, date(1990, 12, 31)),
        (2, 260, date(1990, 10, 2)),
        (2, 265, date(1990, 10, 2)),
        (260, 265, date(1990, 10, 2)),
    ]
