"""The unitizing family against its definition position by position, sums over documents, refusals."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciliation.agreement.unitizing import Continuum, Span, as_marked, unitizing
from reconciliation.agreement.unitizing_older import alpha_u

# Data of the lindanna/unitized_alpha README, three coders on sixty characters.
THREE = Continuum(
    "d",
    60,
    {"1": [(2, 5, "1")], "2": [(2, 5, "1"), (10, 20, "2")], "3": [(2, 5, "2"), (15, 20, "2")]},
)


def test_family_on_the_known_example() -> None:
    found = unitizing([THREE])

    values = (found.u.value, found.bar_u.value, found.cu.value, found.cu_coverage)
    assert values == pytest.approx((0.398298142, 0.523801045, 0.357142857, 0.07777777777), abs=1e-8)
    assert {k: f.value for k, f in found.ku.items()} == pytest.approx({"1": 0.3125, "2": 0.390625})
    assert found.ku_coverage == pytest.approx({"1": 1.0, "2": 4 / 9})
    assert found.u.no_interval == "only one document"


@st.composite
def continua(draw: st.DrawFn, name: str = "d", coders: str = "AB") -> Continuum:
    length = draw(st.integers(1, 14))

    def marked() -> list[Span]:
        cuts = sorted(draw(st.sets(st.integers(0, length), max_size=6)))
        pieces = list(zip(cuts, cuts[1:], strict=False))
        chosen = [draw(st.sampled_from(["", "x", "y"])) for _ in pieces]
        return [(s, e, label) for (s, e), label in zip(pieces, chosen, strict=True) if label]

    return Continuum(name, length, {coder: marked() for coder in coders})


def by_positions(documents: list[Continuum], figure: str) -> float | None:
    """Equation by equation over single characters: slow, obvious."""
    positions: dict[tuple[Any, Any], float] = {}
    own: dict[Any, float] = {}
    meet: dict[Any, float] = {}
    for d in documents:
        coders = list(d.spans)
        m = len(coders)
        at = {c: [None] * d.length for c in coders}
        for c in coders:
            for s, e, label in d.spans[c]:
                at[c][s:e] = [label] * (e - s)
        for i in coders:
            own[None] = own.get(None, 0) + at[i].count(None)
            for s, e, label in d.spans[i]:
                own[label] = own.get(label, 0) + (e - s) ** 2
            for j in coders:
                if i == j:
                    continue
                for a, b in zip(at[i], at[j], strict=True):
                    positions[a, b] = positions.get((a, b), 0) + 1 / (m - 1)
                for s, e, label in d.spans[i]:
                    shared = sum(v is not None for v in at[j][s:e])
                    meet[label] = meet.get(label, 0) + shared**2 / (m - 1)
    use = {None: own, "met": meet}["met" if figure == "cu" else None]
    cells = {pair: n for pair, n in positions.items() if figure != "cu" or None not in pair}
    values = sorted({a for a, _ in cells}, key=str)
    margin = {c: sum(n for (a, _), n in cells.items() if a == c) for c in values}
    whole = sum(margin.values())
    if not whole:
        return None
    free = whole - sum(use.values()) / whole
    if free < 1e-9:
        return None
    expected = {
        (c, k): (margin[c] * margin[k] - (use.get(c, 0) if c == k else 0)) / free
        for c in values
        for k in values
    }
    wrong = (
        (lambda c, k: (c is None) != (k is None)) if figure == "bar_u" else (lambda c, k: c != k)
    )
    do = sum(n for (a, b), n in cells.items() if wrong(a, b))
    de = sum(n for (a, b), n in expected.items() if wrong(a, b))
    return 1 - do / de if de > 1e-9 else None


@settings(max_examples=120, deadline=None)
@given(continua("d1"), continua("d2", coders="ABC"))
def test_family_is_its_definition_over_all_characters(one: Continuum, two: Continuum) -> None:
    found = unitizing([two, one], interval=None)

    for figure in ("u", "bar_u", "cu"):
        expected = by_positions([one, two], figure)
        ours = getattr(found, figure)
        if expected is None:
            assert ours.reason is not None
        else:
            assert ours.value == pytest.approx(expected, abs=1e-9)


@settings(max_examples=50, deadline=None)
@given(continua())
def test_full_agreement_is_one_or_undefined(one: Continuum) -> None:
    twins = Continuum("d", one.length, {"A": one.spans["A"], "B": one.spans["A"]})

    found = unitizing([twins], interval=None)

    for figure in (found.u, found.bar_u, found.cu, *found.ku.values()):
        assert figure.reason is not None or figure.value == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize(
    ("spans", "reasons"),
    [
        ({"A": []}, ("only one coder gave values",) * 3),
        ({"A": [], "B": []}, ("no passage was marked",) * 3),
        (
            {"A": [(0, 9, "x")], "B": [(0, 9, "x")]},
            ("one label used by all", "every character was marked by all", "one label used by all"),
        ),
        ({"A": [(0, 3, "x")], "B": [(5, 9, "x")]}, (None, None, "no passages of two coders meet")),
    ],
)
def test_undefined_says_why(spans: dict[str, list[Span]], reasons: tuple[str | None, ...]) -> None:
    found = unitizing([Continuum("d", 9, spans)])

    assert (found.u.reason, found.bar_u.reason, found.cu.reason) == reasons


def test_documents_one_coder_read_do_not_count() -> None:
    alone = Continuum("e", 30, {"1": [(0, 4, "1")]})

    assert unitizing([THREE, alone]).u == unitizing([THREE]).u


def test_interval_over_documents() -> None:
    texts = [
        Continuum(
            f"d{k}", 50, {"A": [(k, k + 8, "x")], "B": [(k + k % 5, k + 9, "xy"[k % 3 == 0])]}
        )
        for k in range(20)
    ]

    found = unitizing(texts, seed=4)

    assert found.u.interval == "cluster"
    assert found.u.low < found.u.value < found.u.high
    assert found == unitizing(texts[::-1], seed=4)


@pytest.mark.parametrize(
    ("spans", "message"),
    [
        ([(3, 3, "x")], "must end after it starts"),
        ([(0, 99, "x")], "outside of"),
        ([(0, 4, "x"), (3, 6, "x")], "overlaps another passage of this coder and label"),
    ],
)
def test_impossible_passages_are_refused(spans: list[Span], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Continuum("d", 9, {"A": spans})


def test_labels_may_overlap_for_the_older_alpha_alone() -> None:
    text = Continuum("d", 9, {"A": [(0, 4, "x"), (2, 6, "y")], "B": [(0, 4, "x")]})

    assert alpha_u(text, "x").value == 1.0
    with pytest.raises(ValueError, match="overlaps a passage with label x"):
        unitizing([text])
    assert as_marked([(0, 4), (2, 6), (8, 9)]) == ((0, 6, "marked"), (8, 9, "marked"))


def test_older_alpha_without_a_unit_or_a_gap() -> None:
    nothing = Continuum("d", 9, {"A": [], "B": []})
    alone = Continuum("d", 9, {"A": [(0, 4, "x")]})

    assert alpha_u(nothing).reason == "no passage was marked"
    assert alpha_u(alone).reason == "only one coder gave values"
