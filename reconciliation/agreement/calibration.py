"""What weights and threshold of the event distance would have grouped the adjudicated events best.

Fitted and judged on different documents: in every fold the rule is learnt from the other documents and groups
those of the fold, and the present rule groups them too. Only what holds there counts as a gain. It proposes;
what a project's codebook says is nothing to it. Weights come from `pair_model`, sums from `pair_scores`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from . import pair_model, pair_scores
from .bootstrap import REPLICATES
from .event_distance import PairDistances, encode, pair_distances
from .pair_model import PARTS
from .pair_scores import Groups, Sample, Scores, same_event
from .units import TERMS, AlignmentRule, CodedEvent, Figure

FOLDS = 10
LEAST_DOCUMENTS = 20
LEAST_PAIRS = 30
THETAS = tuple(round(0.20 + 0.05 * k, 2) for k in range(15))


@dataclass(frozen=True)
class TooLittle:
    """Nothing can be learnt from these groups, and why."""

    reason: str
    documents: int
    same: int
    other: int


@dataclass(frozen=True)
class Calibration:
    """`weights` and `theta` are fitted on all documents; the scores are of documents that were held out.

    `present_weights` are the present rule's as shares of 1. `kept` names weights that could not be learnt, because
    every pair has the same value there.
    """

    documents: int
    same: int
    other: int
    folds: int
    present_weights: Mapping[str, float]
    present_theta: float
    weights: Mapping[str, float]
    theta: float
    tau: float
    kept: tuple[str, ...]
    before: Scores
    after: Scores
    gain: Figure
    gain_beyond_chance: Figure

    @property
    def rule(self) -> AlignmentRule:
        return AlignmentRule(self.weights, tau=self.tau, theta=self.theta)

    @property
    def is_gain(self) -> bool:
        """Both whole intervals lie above 0; grouping more pairs is no gain by itself."""
        return all(
            one.low is not None and one.low > 0 for one in (self.gain, self.gain_beyond_chance)
        )


def calibrate(
    events: Sequence[CodedEvent],
    groups: Groups,
    rule: AlignmentRule,
    *,
    clusters: Mapping[str, str] | None = None,
    folds: int = FOLDS,
    replicates: int = REPLICATES,
    seed: int = 0,
    step: Callable[[int, int], None] = lambda done, total: None,
) -> Calibration | TooLittle:
    """`groups`: event key -> the adjudicated group it stands in, for every event.

    `clusters`: an event's document -> what stays together in a fold and in a resample, where that is more than this
    document (one read in two rounds). Same input and seed give the same answer, in whatever order events come.
    """
    ordered = sorted(events, key=lambda event: event.key)
    cluster_of = {event.document: event.document for event in ordered} | dict(clusters or {})
    table = encode(ordered)
    pairs = _every_term(ordered, rule)
    same = same_event(table, pairs, groups)
    named = [cluster_of[table.document_ids[k]] for k in table.document[pairs.first].tolist()]
    learnable = sorted(set(named))
    n_same, n_other = int(same.sum()), int((~same).sum())
    reason = _too_little(len(learnable), n_same, n_other)
    if reason:
        return TooLittle(reason, len(learnable), n_same, n_other)
    folds = min(folds, len(learnable))
    drawn = np.random.default_rng(seed).permutation(len(learnable))
    fold_of = {learnable[k]: place % folds for place, k in enumerate(drawn.tolist())}
    place_of = {name: k for k, name in enumerate(learnable)}
    rows = np.zeros((len(learnable), len(pair_scores.COLUMNS)))
    by_fold: list[list[CodedEvent]] = [[] for _ in range(folds)]
    for event in ordered:
        if cluster_of[event.document] in fold_of:
            by_fold[fold_of[cluster_of[event.document]]].append(event)
    for fold, held_out in enumerate(by_fold):
        step(fold, folds + 1)
        training = [e for other, part in enumerate(by_fold) if other != fold for e in part]
        fitted = _fitted(training, groups, rule)
        place = {event.document: place_of[cluster_of[event.document]] for event in held_out}
        pair_scores.add(rows, held_out, groups, rule, fitted, place)
    step(folds, folds + 1)
    proposed = _fitted(ordered, groups, rule)
    sample = Sample.drawn_from(rows, replicates, seed)
    tells = pair_model.telling(pairs.terms)
    return Calibration(
        documents=len(learnable),
        same=n_same,
        other=n_other,
        folds=folds,
        present_weights=shares(rule),
        present_theta=rule.theta,
        weights=shares(proposed),
        theta=proposed.theta,
        tau=rule.tau,
        kept=tuple(name for name, does in tells.items() if not does),
        before=sample.before,
        after=sample.after,
        gain=sample.gain,
        gain_beyond_chance=sample.gain_beyond_chance,
    )


def shares(rule: AlignmentRule) -> dict[str, float]:
    """The rule's weights by the names a codebook has for them, as shares of 1."""
    whole = sum(rule.weights.values())
    return {
        name: sum(rule.weights[term] for term in terms) / whole for name, terms in PARTS.items()
    }


def _too_little(documents: int, same: int, other: int) -> str:
    if documents < LEAST_DOCUMENTS:
        return (
            f"settled events of two coders stand in {documents} documents; at least {LEAST_DOCUMENTS} are "
            "needed to learn from some and judge by others"
        )
    if same < LEAST_PAIRS:
        return f"{same} pairs of events are the same event; at least {LEAST_PAIRS} are needed"
    if other < LEAST_PAIRS:
        return (
            f"{other} pairs of events of one document are different events; at least {LEAST_PAIRS} are "
            "needed, or there is nothing to tell apart"
        )
    return ""


def _every_term(events: Sequence[CodedEvent], rule: AlignmentRule) -> PairDistances:
    """Terms that the present rule gives no weight are computed too."""
    even = AlignmentRule(dict.fromkeys(TERMS, 1.0), tau=rule.tau)
    return pair_distances(encode(events), even)


def _fitted(events: Sequence[CodedEvent], groups: Groups, rule: AlignmentRule) -> AlignmentRule:
    """The rule whose groups on these events come nearest to the adjudicated ones; the present one unless beaten."""
    table, pairs = encode(events), _every_term(events, rule)
    same = same_event(table, pairs, groups)
    present, tells = shares(rule), pair_model.telling(pairs.terms)
    kept = {name: present[name] for name, does in tells.items() if not does}
    if not any(tells.values()) or sum(kept.values()) >= 1 or same.all() or not same.any():
        return rule
    model = pair_model.fit(pairs.terms, same, kept)
    weights = _rounded(model.weights)
    best, most = rule, pair_scores.beyond_chance(table, rule, groups)
    thetas = {*THETAS, min(max(round(model.theta, 2), 0.01), 1.0)}
    for theta in sorted(thetas, key=lambda one: (abs(one - rule.theta), one)):
        tried = AlignmentRule(weights, tau=rule.tau, theta=theta)
        reached = pair_scores.beyond_chance(table, tried, groups)
        if reached > most + 1e-12:
            best, most = tried, reached
    return best


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    """Hundredths that sum to 1, as one would write them down: what is judged is what is proposed."""
    floors = {name: int(weight * 100 + 1e-9) for name, weight in weights.items()}
    by_rest = sorted(weights, key=lambda name: (floors[name] - weights[name] * 100, name))
    for name in by_rest[: 100 - sum(floors.values())]:
        floors[name] += 1
    return {name: hundredths / 100 for name, hundredths in floors.items()}
