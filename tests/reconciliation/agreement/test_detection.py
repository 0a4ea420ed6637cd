"""Did the coders find the same events: counts, documents that count, undefined cases."""

from __future__ import annotations

import pytest

from reconciliation.agreement.alignment import align
from reconciliation.agreement.detection import Detection, detections, share_aligned
from reconciliation.agreement.units import CodedEvent


def event(key: str, document: str, coder: str, kind: str, at: int) -> CodedEvent:
    return CodedEvent(key, document, coder, kind, family="seven", spans=((at, at + 10),))


# d1: both see the same MA; A alone sees an MT. d2: the same passage, A says MA, B says MT.
# d3: A sees one, B read it and saw none. d4: only A coded.
EVENTS = [
    event("a1", "d1", "A", "MA", 0),
    event("a2", "d1", "A", "MT", 500),
    event("b1", "d1", "B", "MA", 2),
    event("a3", "d2", "A", "MA", 40),
    event("b3", "d2", "B", "MT", 40),
    event("a4", "d3", "A", "MA", 7),
    event("a5", "d4", "A", "MA", 7),
]
CODED = [(d, c) for d in ("d1", "d2", "d3") for c in "AB"] + [("d4", "A")]
TYPES = {e.key: e.type for e in EVENTS}


def found(**options: object) -> dict[str | None, Detection]:
    return {d.type: d for d in detections(align(EVENTS), CODED, **options)}  # type: ignore[arg-type]


def test_counts_over_documents_both_coded() -> None:
    overall = found(interval=None)[None]

    assert (overall.reference, overall.other, overall.n_documents) == ("A", "B", 3)
    assert (overall.n_reference, overall.n_other) == (4, 2)
    assert (overall.matched_reference, overall.matched_other) == (2, 2)
    assert overall.precision.value == 1.0
    assert overall.recall.value == 0.5
    assert overall.f1.value == pytest.approx(2 * 2 / (4 + 2))


def test_by_type_an_event_counts_under_its_own_coders_type() -> None:
    by_type = found(interval=None)

    assert set(by_type) == {None, "MA", "MT"}
    ma, mt = by_type["MA"], by_type["MT"]
    assert (ma.n_reference, ma.n_other, ma.matched_reference, ma.matched_other) == (3, 1, 2, 1)
    assert (mt.n_reference, mt.n_other, mt.matched_reference, mt.matched_other) == (1, 1, 0, 1)
    assert ma.f1.value == pytest.approx(3 / 4)
    assert mt.f1.value == pytest.approx(1 / 2)
    assert ma.f1.level == "event[MA]"


def test_interval_draws_documents() -> None:
    overall = found(seed=2, replicates=400)[None]

    assert overall.f1.interval == "cluster"
    assert overall.f1.low is not None and overall.f1.low <= 2 / 3 <= overall.f1.high
    # All three draws d3, where B has no event: precision does not exist.
    assert 0 < overall.precision.undefined_replicates < 60


def test_a_coder_without_events_has_no_precision() -> None:
    only = [e for e in EVENTS if e.coder == "A"]

    overall = detections(align(only), CODED)[0]

    assert overall.precision.reason == "B has no event"
    assert (overall.recall.value, overall.f1.value) == (0.0, 0.0)


def test_nobody_found_anything() -> None:
    overall = detections(align([]), CODED)[0]

    assert overall.f1.reason == "neither coder has an event"
    assert share_aligned(align([])) is None


def test_coders_without_a_common_document() -> None:
    overall = detections(align([]), [("d1", "A"), ("d2", "B")])[0]

    assert overall.f1.reason == "no document was coded by both"


def test_an_event_of_a_document_the_coder_did_not_code_is_refused() -> None:
    with pytest.raises(ValueError, match="event b1: B did not code d1"):
        detections(align(EVENTS), [c for c in CODED if c != ("d1", "B")])


def test_share_aligned_counts_events_with_a_counterpart_to_be_had() -> None:
    # a4 and a5 stand in documents without an event of another coder.
    assert share_aligned(align(EVENTS)) == 4 / 5
