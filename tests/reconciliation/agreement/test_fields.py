"""Fields judged on alignments that leave them out."""

from __future__ import annotations

import random

from reconciliation.agreement.alignment import align
from reconciliation.agreement.coefficients import measure
from reconciliation.agreement.fields import FieldCoding, field_units, figures_of, judge
from reconciliation.agreement.units import CodedEvent

from .vectors import of_rows


def noisy_types(documents: int = 400) -> list[CodedEvent]:
    """Two coders, events hard to tell apart by their dates, types of pure noise."""
    draw = random.Random(1)
    return [
        CodedEvent(
            f"{d:03d}{coder}{k}",
            f"d{d:03d}",
            coder,
            draw.choice(["w", "x", "y", "z"]),
            start=(day := 700_000 + draw.randint(0, 60), day),
        )
        for d in range(documents)
        for coder in "AB"
        for k in range(4)
    ]


def test_noise_that_steered_looks_agreed_and_left_out_does_not() -> None:
    events = noisy_types()
    values = {e.key: e.type for e in events}
    coding = FieldCoding("type", "nominal", values, frozenset({"type"}))

    steered = measure(field_units(align(events), coding), interval=None)
    (judged,) = judge(events, [coding], by_category=False, interval=None)

    assert steered.value is not None and steered.value > 0.2
    alpha = judged.figures[0]
    assert alpha.coefficient == "krippendorff_alpha"
    assert alpha.value is not None and abs(alpha.value) < 0.06
    assert judged.left_out == {"type"}
    assert judged.share_aligned is not None and judged.share_aligned > 0.8


def event(key: str, coder: str, **given: object) -> CodedEvent:
    return CodedEvent(key, key[0], coder, "MA", **given)  # type: ignore[arg-type]


EVENTS = [event("1a", "A"), event("1b", "B"), event("2a", "A"), event("2b", "B"), event("3a", "A")]


def test_groups_are_units_and_documents_clusters() -> None:
    coding = FieldCoding("scale", "ordinal", {"1a": 1, "1b": 2, "2a": 3, "2b": 3, "3a": 1})

    units = field_units(align(EVENTS), coding)

    assert list(units.unit_ids) == [("1", 0), ("2", 1), ("3", 2)]
    assert list(units.cluster_ids) == ["1", "2", "3"]
    assert measure(units, "krippendorff_alpha", "ordinal", interval=None).n_units == 2


def test_what_the_program_filled_in_enters_no_figure() -> None:
    coding = FieldCoding(
        "role", "nominal", {"1a": "x", "1b": "x", "2a": "x", "2b": "y"}, filled={"1a", "1b"}
    )

    units = field_units(align(EVENTS), coding)

    assert measure(units, interval=None).n_units == 1


def test_figures_follow_the_level_and_the_number_of_coders() -> None:
    two, three = of_rows([[1, 2], [1, 1]]), of_rows([[1, 2], [1, 1], [2, 2]])

    def names(units: object, level: str) -> list[str]:
        return [f.coefficient for f in figures_of(units, level, interval=None)]  # type: ignore[arg-type]

    assert names(two, "nominal") == [
        "krippendorff_alpha",
        "percent_agreement",
        "gwet_ac1",
        "cohen_kappa",
        "krippendorff_alpha[1]",
        "krippendorff_alpha[2]",
    ]
    assert names(three, "nominal")[3] == "fleiss_kappa"
    assert names(two, "ordinal")[-2:] == ["weighted_kappa_linear", "weighted_kappa_quadratic"]
    assert names(three, "interval") == [
        "krippendorff_alpha",
        "percent_agreement",
        "mean_absolute_difference",
        "icc",
    ]
