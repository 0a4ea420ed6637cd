"""Passages of coded events: characters shared by two coders, overlapping labels, coverage of reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciliation.agreement.passages import character_dice, continua, layered
from reconciliation.agreement.unitizing import Continuum, unitizing
from reconciliation.agreement.units import CodedEvent

EVENTS = [
    CodedEvent("1", "d1", "A", "MA", spans=((0, 10), (20, 30))),
    CodedEvent("2", "d1", "A", "MT", spans=((5, 15),)),
    CodedEvent("3", "d1", "B", "MA", spans=((0, 12),)),
    CodedEvent("4", "d2", "B", "MA", spans=((3, 6),)),
]
CODED = [("d1", "A"), ("d1", "B"), ("d2", "A"), ("d2", "B"), ("d3", "A")]
LENGTHS = {"d1": 40, "d2": 20, "d3": 9}


def test_overlapping_labels_become_a_label_of_their_own() -> None:
    first = continua(EVENTS, CODED, LENGTHS)[0]

    assert first.spans == {
        "A": ((0, 5, "MA"), (5, 10, "MA+MT"), (10, 15, "MT"), (20, 30, "MA")),
        "B": ((0, 12, "MA"),),
    }


def test_one_type_alone() -> None:
    first = continua(EVENTS, CODED, LENGTHS, kind="MT")[0]

    assert first.spans == {"A": ((5, 15, "MT"),), "B": ()}


def test_reading_without_marking_counts() -> None:
    texts = continua(EVENTS, CODED, LENGTHS)

    assert [(t.document, sorted(t.spans)) for t in texts] == [
        ("d1", ["A", "B"]),
        ("d2", ["A", "B"]),
        ("d3", ["A"]),
    ]
    assert unitizing(texts, interval=None).u.value is not None


def test_touching_spans_stay_two_units_and_overlapping_ones_become_one() -> None:
    assert layered([(0, 4, "x"), (4, 6, "x")]) == ((0, 4, "x"), (4, 6, "x"))
    assert layered([(0, 4, "x"), (3, 6, "x")]) == ((0, 6, "x"),)


@given(
    st.lists(
        st.tuples(st.integers(0, 20), st.integers(1, 6), st.sampled_from("xyz")).map(
            lambda p: (p[0], p[0] + p[1], p[2])
        ),
        max_size=6,
    )
)
def test_layers_keep_every_label_of_every_character(spans: list[tuple[int, int, str]]) -> None:
    pieces = layered(spans)

    def labels(at: int, own: object) -> set[str]:
        return {part for s, e, label in own for part in label.split("+") if s <= at < e}  # type: ignore[attr-defined]

    assert all(labels(at, pieces) == labels(at, spans) for at in range(27))
    Continuum("d", 27, {"A": pieces})
    assert all(one[1] <= other[0] for one, other in zip(pieces, pieces[1:], strict=False))


def test_dice_of_two_coders() -> None:
    figure = character_dice(continua(EVENTS, CODED, LENGTHS), interval=None)["A", "B"]

    # A marks 0-15 and 20-30, B 0-12 in d1 and 3-6 in d2; they share 12 characters.
    assert figure.value == pytest.approx(2 * 12 / (25 + 12 + 0 + 3))
    assert (figure.coefficient, figure.level, figure.n_units) == ("character_dice", "passage", 2)


def test_dice_without_a_passage_or_a_common_document() -> None:
    unmarked = [Continuum("d", 9, {"A": (), "B": ()})]
    apart = [Continuum("d", 9, {"A": ()}), Continuum("e", 9, {"B": ()})]

    assert character_dice(unmarked)["A", "B"].reason == "no passage was marked"
    assert character_dice(apart)["A", "B"].reason == "no document was coded by both"


def test_dice_interval_over_documents() -> None:
    texts = [
        Continuum(f"d{k}", 50, {"A": [(k, k + 9, "x")], "B": [(k + k % 4, k + 9, "x")]})
        for k in range(20)
    ]

    figure = character_dice(texts, seed=1)["A", "B"]

    assert figure.interval == "cluster"
    assert figure.low < figure.value < figure.high
