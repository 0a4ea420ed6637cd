"""Calibration: learns on some documents, is judged on others, and claims nothing where there is nothing."""

from __future__ import annotations

import random

import numpy as np
import pytest

from reconciliation.agreement import calibration, pair_model, pair_scores
from reconciliation.agreement.alignment import align
from reconciliation.agreement.calibration import Calibration, TooLittle, calibrate
from reconciliation.agreement.event_distance import encode
from reconciliation.agreement.units import TERMS, AlignmentRule, CodedEvent

RULE = AlignmentRule()
TYPES = ("EX", "MA", "FT", "OC")


def dated_study(n: int = 60, seed: int = 1) -> tuple[list[CodedEvent], dict[str, str]]:
    """A study in which only the day tells events apart: types and passages are coded at random, actors are one."""
    draw = random.Random(seed)
    events, groups = [], {}
    for d in range(n):
        begun = 720_000
        for e in range(3):
            begun += draw.randint(60, 200)
            for coder in "ABC":
                if draw.random() < 0.15:
                    continue
                start = begun + draw.randint(-4, 4)
                mark = draw.randint(0, 900)
                key = f"d{d:03d}.{e}.{coder}"
                events.append(
                    CodedEvent(
                        key=key,
                        document=f"d{d:03d}",
                        coder=coder,
                        type=draw.choice(TYPES),
                        providers=frozenset({2}),
                        recipients=frozenset({740}),
                        start=(start, start),
                        spans=((mark, mark + 60),),
                    )
                )
                groups[key] = f"d{d:03d}.{e}"
    return events, groups


def noise(n: int = 60, seed: int = 2) -> tuple[list[CodedEvent], dict[str, str]]:
    """A study in which nothing that was coded has to do with which events are the same one."""
    draw = random.Random(seed)
    events, groups = dated_study(n, seed)
    shaken = []
    for event in events:
        start = 720_000 + draw.randint(0, 700)
        shaken.append(
            CodedEvent(
                key=event.key,
                document=event.document,
                coder=event.coder,
                type=draw.choice(TYPES),
                providers=frozenset({draw.choice([2, 200, 365])}),
                recipients=frozenset({draw.choice([740, 732, 710])}),
                start=(start, start),
                spans=event.spans,
            )
        )
    return shaken, groups


def corrected(n: int = 60, seed: int = 3) -> tuple[list[CodedEvent], dict[str, str]]:
    """The present rule's own groups, of which a person took some apart at random."""
    draw = random.Random(seed)
    events, _ = noise(n, seed)
    groups = {}
    for k, keys in enumerate(align(events, RULE).groups):
        for key in keys:
            groups[key] = f"{k}" if draw.random() > 0.1 else f"{k}.{key}"
    return events, groups


@pytest.fixture(scope="module")
def learnt() -> Calibration:
    found = calibrate(*dated_study(), RULE, folds=5, replicates=200)
    assert isinstance(found, Calibration)
    return found


def test_better_weights_are_found_where_they_are(learnt):
    assert learnt.is_gain
    assert learnt.weights["date"] > 0.6 > RULE.weights["date"]
    assert learnt.weights["type"] < 0.15
    assert learnt.weights["evidence"] < 0.15
    assert sum(learnt.weights.values()) == pytest.approx(1)
    assert learnt.before.f1.value < 0.6 < 0.85 < learnt.after.f1.value
    assert learnt.gain.value == pytest.approx(learnt.after.f1.value - learnt.before.f1.value)
    assert 0 < learnt.gain.low < learnt.gain.value < learnt.gain.high
    assert (learnt.gain.interval, learnt.gain.n_units) == ("cluster", 60)


def test_what_was_held_out_is_grouped_as_it_would_be_in_new_documents(learnt):
    """The cross-validated figure is that of documents never seen, not of those learnt from."""
    fresh, groups = dated_study(60, seed=99)

    new = calibrate(fresh, groups, learnt.rule, folds=2, replicates=50)

    assert new.before.f1.value == pytest.approx(learnt.after.f1.value, abs=0.06)


def test_a_weight_that_nothing_speaks_of_stays_as_it_is(learnt):
    """All have the same actors: what they weigh cannot be learnt."""
    assert learnt.kept == ("actors",)
    assert learnt.weights["actors"] == pytest.approx(learnt.present_weights["actors"], abs=0.005)


@pytest.mark.parametrize("study", [noise, corrected])
def test_pure_noise_gives_no_gain(study):
    found = calibrate(*study(40), RULE, folds=3, replicates=200)

    assert isinstance(found, Calibration)
    assert not found.is_gain


def test_order_leaves_no_trace_and_the_seed_draws_the_folds():
    events, groups = dated_study(24)
    turned = list(reversed(events))

    one, other = (
        calibrate(given, groups, RULE, folds=2, replicates=30) for given in (events, turned)
    )
    another = calibrate(events, groups, RULE, folds=2, replicates=30, seed=5)

    assert one == other
    assert another.gain != one.gain
    assert (another.weights, another.before.f1.value) == (one.weights, one.before.f1.value)


def test_a_document_of_two_rounds_is_never_learnt_from_and_judged_at_once():
    events, groups = dated_study(40)
    clusters = {f"d{d:03d}": f"d{d // 2:03d}" for d in range(40)}

    found = calibrate(events, groups, RULE, clusters=clusters, folds=2, replicates=30)

    assert (found.documents, found.folds, found.gain.n_units) == (20, 2, 20)


@pytest.mark.parametrize(
    ("events", "groups", "reason"),
    [
        ([], {}, "settled events of two coders stand in 0 documents; at least 20 are needed to learn from some and judge by others"),
        ([CodedEvent(key=f"{d}{c}", document=str(d), coder=c, type="EX") for d in range(25) for c in "AB"],
         {f"{d}{c}": f"{d}{c}" for d in range(25) for c in "AB"},
         "0 pairs of events are the same event; at least 30 are needed"),
        ([CodedEvent(key=f"{d}{c}", document=str(d), coder=c, type="EX") for d in range(35) for c in "AB"],
         {f"{d}{c}": str(d) for d in range(35) for c in "AB"},
         "0 pairs of events of one document are different events; at least 30 are needed, or there is nothing to tell apart"),
    ],
)  # fmt: skip
def test_too_little_to_learn_from_is_said(events, groups, reason):
    found = calibrate(events, groups, RULE)

    assert isinstance(found, TooLittle)
    assert found.reason == reason


def test_grouping_more_pairs_is_no_gain_by_itself():
    """Where distances say nothing, a rule that groups all it can has the better F1 and none beyond chance."""
    found = calibrate(*noise(40, seed=2), RULE, folds=3, replicates=200)

    assert found.gain.low > 0
    assert found.gain_beyond_chance.low < 0 < found.gain_beyond_chance.high


def test_perfect_groups_are_one_and_random_ones_nothing_beyond_chance():
    events, groups = dated_study(40)
    table = encode(events)
    only_days = AlignmentRule({"date": 1.0}, theta=0.29)
    shuffled = dict(
        zip(groups, random.Random(1).sample(list(groups.values()), len(groups)), strict=True)
    )

    assert pair_scores.beyond_chance(table, only_days, groups) > 0.95
    assert abs(pair_scores.beyond_chance(table, only_days, shuffled)) < 0.1


def test_the_model_of_pairs_finds_the_weights_it_was_drawn_from():
    draw = np.random.default_rng(7)
    terms = draw.random((6_000, len(TERMS)))
    terms[draw.random(terms.shape) < 0.2] = np.nan
    weights = np.array([0.5, 0.05, 0.05, 0.3, 0.1])
    given = ~np.isnan(terms)
    total = given @ weights
    distance = np.where(given, terms, 0) @ weights / np.where(total > 0, total, 1)
    same = draw.random(len(terms)) < 1 / (1 + np.exp(14 * (distance - 0.45)))

    found = pair_model.fit(terms, same & (total > 0), {})

    assert found.theta == pytest.approx(0.45, abs=0.02)
    assert found.weights == pytest.approx(
        {"type": 0.5, "actors": 0.1, "date": 0.3, "evidence": 0.1}, abs=0.06
    )


def test_weights_are_proposed_in_hundredths_that_sum_to_one():
    rounded = calibration._rounded({"type": 1 / 3, "actors": 1 / 3, "date": 1 / 3, "evidence": 0.0})

    assert rounded == {"type": 0.33, "actors": 0.34, "date": 0.33, "evidence": 0.0}
