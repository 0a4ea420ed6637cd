"""How well a rule groups pairs of events that were adjudicated, document by document.

Sums of documents, resampled as wholes. What rule was learnt from what is left to `calibration`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from . import bootstrap
from .alignment import align_table
from .event_distance import EventTable, PairDistances, encode
from .units import AlignmentRule, BoolArray, CodedEvent, Figure, FloatArray

Groups = Mapping[str, object]
"""Event key -> the adjudicated group it stands in."""

INTERVAL = "cluster"
NOTHING = "no pair is grouped or the same event"

# What a document adds: pairs rightly grouped, pairs grouped, and pairs rightly grouped by chance, under the present
# rule and under the fitted one; pairs of the same event.
COLUMNS = ("right", "grouped", "chance", "right_new", "grouped_new", "chance_new", "same")


@dataclass(frozen=True)
class Scores:
    """Pairs of events of two coders grouped as the adjudicator left them; F1 is the harmonic mean of the first two.

    `beyond_chance`: F1 in the place between what as many pairs drawn at random in each document would reach (0) and
    perfect grouping (1), after Hubert and Arabie 1985: who groups more pairs gains nothing here by that alone.
    """

    precision: Figure
    recall: Figure
    f1: Figure
    beyond_chance: Figure


def same_event(table: EventTable, pairs: PairDistances, groups: Groups) -> BoolArray:
    numbers: dict[object, int] = {}
    named = [numbers.setdefault(groups[key], len(numbers)) for key in table.keys]
    group = np.array(named, np.int64)
    same: BoolArray = group[pairs.first] == group[pairs.second]
    return same


def beyond_chance(table: EventTable, rule: AlignmentRule, groups: Groups) -> float:
    """The same for all documents of the table at once; 0 where nothing can be gained."""
    right, grouped, chance, same = (part.sum() for part in _counts(table, rule, groups))
    most = (grouped + same) / 2 - chance
    return float((right - chance) / most) if most > 0 else 0.0


def _counts(
    table: EventTable, rule: AlignmentRule, groups: Groups
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """By document: pairs the rule groups rightly, pairs it groups, those right by chance, pairs of the same event."""
    found = align_table(table, rule)
    pairs = found.pairs
    is_grouped = found.label[pairs.first] == found.label[pairs.second]
    is_same = same_event(table, pairs, groups)
    document, n = table.document[pairs.first], len(table.document_ids)
    right, grouped, same, every = (
        np.asarray(np.bincount(document, chosen, minlength=n), np.float64)
        for chosen in (is_grouped & is_same, is_grouped, is_same, np.ones(len(document), bool))
    )
    return right, grouped, grouped * same / np.maximum(every, 1), same


def add(
    rows: FloatArray,
    events: Sequence[CodedEvent],
    groups: Groups,
    present: AlignmentRule,
    fitted: AlignmentRule,
    place: Mapping[str, int],
) -> None:
    """Add what held-out documents say under both rules to their rows; `place`: document -> row."""
    table = encode(events)
    at = np.array([place[name] for name in table.document_ids], np.int64)
    right, grouped, chance, same = _counts(table, present, groups)
    right_new, grouped_new, chance_new, _ = _counts(table, fitted, groups)
    columns = (right, grouped, chance, right_new, grouped_new, chance_new, same)
    for column, counted in enumerate(columns):
        np.add.at(rows[:, column], at, counted)


@dataclass(frozen=True, eq=False)
class Sample:
    """What documents add, and the totals of each draw of documents; folds and fitted rules are not drawn anew."""

    rows: FloatArray
    drawn: FloatArray

    @classmethod
    def drawn_from(cls, rows: FloatArray, replicates: int, seed: int) -> Sample:
        return cls(rows, np.concatenate(list(bootstrap.totals(rows, replicates, seed))))

    @property
    def before(self) -> Scores:
        return self._scores("")

    @property
    def after(self) -> Scores:
        return self._scores("_new")

    @property
    def gain(self) -> Figure:
        """F1 of the fitted rules less F1 of the present one, on the same held-out documents."""
        both = [_f1(totals, "_new") - _f1(totals, "") for totals in self._totals]
        return self._figure("gain in F1", both, NOTHING)

    @property
    def gain_beyond_chance(self) -> Figure:
        both = [_beyond(totals, "_new") - _beyond(totals, "") for totals in self._totals]
        return self._figure("gain beyond chance", both, NOTHING)

    @property
    def _totals(self) -> tuple[FloatArray, FloatArray]:
        return self.rows.sum(axis=0)[None, :], self.drawn

    def _scores(self, rule: str) -> Scores:
        def figure(name: str, nothing: str, of: Callable[[FloatArray], FloatArray]) -> Figure:
            return self._figure(name, [of(totals) for totals in self._totals], nothing)

        return Scores(
            precision=figure(
                "precision",
                "no pair is grouped",
                lambda t: _divided(_of(t, f"right{rule}"), _of(t, f"grouped{rule}")),
            ),
            recall=figure(
                "recall",
                "no pair is the same event",
                lambda t: _divided(_of(t, f"right{rule}"), _of(t, "same")),
            ),
            f1=figure("f1", NOTHING, lambda t: _f1(t, rule)),
            beyond_chance=figure("F1 beyond chance", NOTHING, lambda t: _beyond(t, rule)),
        )

    def _figure(self, name: str, values: Sequence[FloatArray], nothing: str) -> Figure:
        point, replicates = float(values[0][0]), values[1]
        blank = Figure(name, "pairs", reason=nothing, n_units=len(self.rows))
        if np.isnan(point):
            return blank
        interval = bootstrap.percentile(replicates)
        return replace(
            blank,
            value=point,
            reason=None,
            low=interval.low,
            high=interval.high,
            interval=INTERVAL if interval.low is not None else None,
            undefined_replicates=interval.undefined,
            no_interval=interval.reason,
        )


def _f1(totals: FloatArray, rule: str) -> FloatArray:
    return _divided(
        2 * _of(totals, f"right{rule}"), _of(totals, f"grouped{rule}") + _of(totals, "same")
    )


def _beyond(totals: FloatArray, rule: str) -> FloatArray:
    chance = _of(totals, f"chance{rule}")
    most = (_of(totals, f"grouped{rule}") + _of(totals, "same")) / 2
    return _divided(_of(totals, f"right{rule}") - chance, most - chance)


def _of(totals: FloatArray, name: str) -> FloatArray:
    return totals[:, COLUMNS.index(name)]


def _divided(above: FloatArray, below: FloatArray) -> FloatArray:
    found = np.full(len(above), np.nan)
    np.divide(above, below, out=found, where=below > 0)
    return found
