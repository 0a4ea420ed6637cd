"""What every coefficient must do, the definition of alpha written out plainly, and undefined cases."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reconciliation.agreement import distance
from reconciliation.agreement.coefficients import COEFFICIENTS, measure, measure_category
from reconciliation.agreement.units import Figure, Units, Value

from .vectors import of_rows

LEVEL_OF = {
    name: "nominal" if not made.levels else "ordinal" if "ordinal" in made.levels else "interval"
    for name, made in COEFFICIENTS.items()
    if made.level is None
}
BY_CHANCE = [name for name in LEVEL_OF if COEFFICIENTS[name].by_chance]


def plain(units: Units, name: str, level: str | None = None, **options: Any) -> Figure:
    options.setdefault("interval", None)
    return measure(units, name, level or LEVEL_OF[name], **options)


tables = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.none() | st.integers(0, 3), min_size=coders, max_size=coders),
        min_size=1,
        max_size=8,
    )
)


def of_units(rows: list[list[Value | None]]) -> Units:
    return of_rows([list(column) for column in zip(*rows, strict=True)])


def alpha_by_definition(
    rows: list[list[Any]], delta2: Callable[[Any, Any, list[Any]], float]
) -> float | None:
    """Do over pairs within units, De over pairs of all pairable values, nothing clever."""
    pairable = [[v for v in row if v is not None] for row in rows]
    pairable = [row for row in pairable if len(row) > 1]
    values = [v for row in pairable for v in row]
    n = len(values)
    if len(set(values)) < 2:
        return None
    observed = sum(
        sum(delta2(a, b, values) for a, b in permutations(row, 2)) / (len(row) - 1)
        for row in pairable
    )
    expected = sum(delta2(a, b, values) for a, b in permutations(values, 2))
    return 1 - (observed / n) / (expected / (n * (n - 1)))


def ordinal2(a: int, b: int, values: list[int]) -> float:
    low, high = min(a, b), max(a, b)
    between = sum(low <= v <= high for v in values)
    return (between - (values.count(a) + values.count(b)) / 2) ** 2


DELTA2: dict[str, Callable[[Any, Any, list[Any]], float]] = {
    "nominal": lambda a, b, _: distance.nominal(a, b),
    "ordinal": ordinal2,
    "interval": lambda a, b, _: distance.interval(a, b) ** 2,
    "ratio": lambda a, b, _: distance.ratio(a, b) ** 2,
    "masi": lambda a, b, _: distance.masi(a, b),
    "jaccard": lambda a, b, _: distance.jaccard(a, b),
    "overlap": lambda a, b, _: distance.date(a, b, 365.0),
    "date": lambda a, b, _: (sum(a) / 2 - sum(b) / 2) ** 2,
}
AS_VALUE: dict[str, Callable[[int], Value]] = {
    "masi": lambda k: frozenset([(), ("a",), ("a", "b"), ("b", "c")][k]),
    "jaccard": lambda k: frozenset([(), ("a",), ("a", "b"), ("b", "c")][k]),
    "overlap": lambda k: [(10, 10), (5, 40), (200, 230), (700, 1064)][k],
    "date": lambda k: [(10, 10), (5, 40), (200, 230), (700, 1064)][k],
}


@pytest.mark.parametrize("level", sorted(DELTA2))
@settings(max_examples=80, deadline=None)
@given(rows=tables)
def test_alpha_is_its_definition(level: str, rows: list[list[int | None]]) -> None:
    as_value = AS_VALUE.get(level, lambda k: k * 1.5)
    given_rows = [[None if v is None else as_value(v) for v in row] for row in rows]

    figure = measure(of_units(given_rows), "krippendorff_alpha", level, interval=None)

    expected = alpha_by_definition(given_rows, DELTA2[level])
    if expected is None:
        assert figure.reason is not None
    else:
        assert figure.value == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize("name", sorted(LEVEL_OF))
@settings(max_examples=25, deadline=None)
@given(rows=tables, random=st.randoms(use_true_random=False))
def test_order_of_coders_and_units_does_not_matter(
    name: str, rows: list[list[int | None]], random: Any
) -> None:
    shuffled = [list(row) for row in rows]
    random.shuffle(shuffled)
    order = list(range(len(rows[0])))
    random.shuffle(order)
    shuffled = [[row[c] for c in order] for row in shuffled]

    one, other = plain(of_units(rows), name), plain(of_units(shuffled), name)

    assert (one.value is None) == (other.value is None)
    if one.value is not None:
        assert other.value == pytest.approx(one.value, abs=1e-9)
    assert (one.reason, one.n_units, one.n_values) == (other.reason, other.n_units, other.n_values)


@pytest.mark.parametrize("name", [n for n in sorted(LEVEL_OF) if LEVEL_OF[n] == "nominal"])
@settings(max_examples=25, deadline=None)
@given(rows=tables, labels=st.permutations(["w", "x", "y", "z"]))
def test_relabelling_changes_nothing_nominal(
    name: str, rows: list[list[int | None]], labels: list[str]
) -> None:
    renamed = [[None if v is None else labels[v] for v in row] for row in rows]

    one, other = plain(of_units(rows), name), plain(of_units(renamed), name)

    assert one.reason == other.reason
    if one.value is not None:
        assert other.value == pytest.approx(one.value, abs=1e-12)


@pytest.mark.parametrize("name", sorted(set(LEVEL_OF) - {"mean_absolute_difference"}))
@settings(max_examples=20, deadline=None)
@given(values=st.lists(st.integers(0, 3), min_size=2, max_size=9))
def test_full_agreement_is_one(name: str, values: list[int]) -> None:
    assume(len(set(values)) > 1)

    assert plain(of_rows([values, values]), name).value == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("name", sorted(BY_CHANCE))
def test_one_value_used_by_all_is_undefined(name: str) -> None:
    figure = plain(of_rows([[2, 2, 2, None, 2], [2, 2, 2, 2, None]]), name)

    assert (figure.value, figure.reason) == (None, "one value used by all")


@pytest.mark.parametrize("name", sorted(LEVEL_OF))
@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[None, None], [None, None]], "no value was given"),
        ([[1, 2], [None, None]], "only one coder gave values"),
        ([[1, None, 2, None], [None, 2, None, 1]], "no unit has values of two coders"),
    ],
)
def test_nothing_to_compare_is_undefined(name: str, rows: Any, reason: str) -> None:
    figure = plain(of_rows(rows), name, interval="cluster")

    assert (figure.value, figure.reason, figure.low, figure.interval) == (None, reason, None, None)


def test_a_single_value_beside_pairs_without_variation_does_not_define_a_coefficient() -> None:
    units = of_rows([[1, 1, 2], [1, 1, None]])

    reasons = {name: plain(units, name).reason for name in ("krippendorff_alpha", "gwet_ac1")}

    assert set(reasons.values()) == {"one value used by all"}


def test_two_coder_coefficients_refuse_three() -> None:
    units = of_rows([[1, 2, 1], [1, 2, 2], [2, 2, 1]])

    assert plain(units, "cohen_kappa").reason == "for exactly two coders, these are 3"
    assert plain(units, "scott_pi").reason == "for exactly two coders, these are 3"


def test_complete_coefficients_need_a_unit_of_all_coders() -> None:
    units = of_rows([[1, 2, None], [1, None, 2], [None, 2, 2]])

    assert plain(units, "icc").reason == "no unit has values of all 3 coders"


def test_each_missing_rule_uses_its_own_units() -> None:
    units = of_rows([[1, 2, 1, None, 2], [1, 2, 2, 2, None], [1, 2, None, None, None]])

    used = {
        name: (figure.n_units, figure.n_values)
        for name in ("krippendorff_alpha", "fleiss_kappa", "gwet_ac1")
        for figure in [plain(units, name)]
    }

    assert used == {"krippendorff_alpha": (3, 8), "fleiss_kappa": (2, 6), "gwet_ac1": (5, 10)}


def test_weights_are_for_ordered_values() -> None:
    figure = measure(of_rows([["a", "b"], ["a", "a"]]), "weighted_kappa_linear", "nominal")

    assert figure.reason == "not for values of the nominal level"


@pytest.mark.parametrize(
    ("level", "values", "reason"),
    [
        ("interval", ["a", "b"], "the interval level needs numbers, not 'a'"),
        ("ratio", [-1, 2], "the ratio level needs values of zero or more"),
        ("masi", [1, 2], "the masi distance needs sets, not 1"),
        ("overlap", [1, 2], "dates are compared as first and last day, not 1"),
    ],
)
def test_values_unfit_for_their_level_are_named(level: str, values: Any, reason: str) -> None:
    units = of_rows([values, values[::-1]])

    assert measure(units, "krippendorff_alpha", level).reason == reason


def test_category_alpha_sets_one_value_against_the_rest() -> None:
    rows = [[1, 1, 2, 3, 3], [1, 2, 2, 3, 1]]
    units = of_rows(rows)

    by_hand = alpha_by_definition(
        [[int(v == 3) for v in pair] for pair in zip(*rows, strict=True)], DELTA2["nominal"]
    )

    figure = measure_category(units, 3, interval=None)
    assert figure.coefficient == "krippendorff_alpha[3]"
    assert figure.value == pytest.approx(by_hand, abs=1e-12)


def test_category_nobody_used_says_so() -> None:
    units = Units.of_records(
        [(1, 1, "A", "x"), (1, 1, "B", "x"), (2, 2, "A", "y"), (2, 2, "B", "x")],
        categories=("x", "y", "z"),
    )

    assert measure_category(units, "z").reason == "no coder used this value where two coded"


def test_numbers_far_from_zero_lose_nothing() -> None:
    near = of_rows([[1, 2, 3, 4], [1, 2, 4, 4]])
    far = of_rows([[v + 720_000 for v in row] for row in ([1, 2, 3, 4], [1, 2, 4, 4])])

    assert plain(far, "krippendorff_alpha", "interval").value == pytest.approx(
        plain(near, "krippendorff_alpha", "interval").value, abs=1e-12
    )


@settings(max_examples=50, deadline=None)
@given(rows=tables)
def test_many_values_take_the_same_way_as_few(rows: list[list[int | None]]) -> None:
    """The blockwise expected part and the table give the same alpha."""
    from reconciliation.agreement import metrics

    small = measure(of_units(rows), "krippendorff_alpha", "ratio", interval=None)
    before, metrics._TABLE = metrics._TABLE, 1
    try:
        large = measure(of_units(rows), "krippendorff_alpha", "ratio", interval=None)
    finally:
        metrics._TABLE = before

    assert large == small or large.value == pytest.approx(small.value, abs=1e-12)


def test_units_of_codes_and_of_records_measure_alike() -> None:
    draw = np.random.default_rng(1)
    codes = draw.integers(-1, 4, (40, 5))
    codes[:2, 0] = (0, 3)
    records = [(u, u // 4, f"C{c + 1}", int(v)) for (u, c), v in np.ndenumerate(codes) if v >= 0]

    by_codes = Units.of_codes(codes, clusters=np.arange(40) // 4)
    by_records = Units.of_records(records, categories=range(4))

    for name, level in LEVEL_OF.items():
        assert measure(by_codes, name, level).value == pytest.approx(
            measure(by_records, name, level).value, abs=1e-12
        )


def test_a_second_pass_is_a_coder_of_its_own() -> None:
    records = [(u, u, "C1", v) for u, v in enumerate("aabbc")]
    records += [(u, u, "C1, second pass", v) for u, v in enumerate("aabbb")]

    figure = measure(Units.of_records(records), "cohen_kappa", interval=None)

    assert figure.n_coders == 2
    assert figure.value == pytest.approx(1 - (1 / 5) / (1 - (2 * 2 + 2 * 3) / 25), abs=1e-12)


def test_units_refuse_what_contradicts_itself() -> None:
    with pytest.raises(ValueError, match="gave unit 1 two values"):
        Units.of_records([(1, 1, "A", 0), (1, 1, "A", 1)])
    with pytest.raises(ValueError, match="unit 1 stands in two clusters"):
        Units.of_records([(1, 1, "A", 0), (1, 2, "B", 1)])
    with pytest.raises(ValueError, match="'z' is not a category"):
        Units.of_records([(1, 1, "A", "z")], categories=("x",))
    with pytest.raises(ValueError, match="codes must lie between -1 and 2"):
        Units.of_codes(np.array([[0, 3]]), values=("a", "b", "c"))


def test_a_figure_has_a_value_or_a_reason() -> None:
    with pytest.raises(ValueError, match="not both"):
        Figure("alpha", "nominal")
    with pytest.raises(ValueError, match="is not a figure"):
        Figure("alpha", "nominal", float("nan"))


def test_names_nobody_knows_are_refused() -> None:
    units = of_rows([[1, 2], [1, 2]])

    for options in ({"coefficient": "kappa"}, {"level": "cardinal"}, {"interval": "bayes"}):
        with pytest.raises(ValueError, match="is called"):
            measure(units, **options)


def test_one_value_above_nine_tenths_is_pointed_out() -> None:
    rare = plain(of_rows([[1] * 19 + [2], [1] * 18 + [2, 1]]), "krippendorff_alpha")
    even = plain(of_rows([[1, 2], [1, 2]]), "krippendorff_alpha")

    assert (rare.prevalence, rare.is_one_sided, even.is_one_sided) == (0.95, True, False)
