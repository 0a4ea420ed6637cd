"""Agreement on passages: the alpha family for unitizing a text (u, |u, cu, ku).

Krippendorff, Mathet, Bouvry & Widloecher 2016, On the reliability of unitizing textual continua:
Further developments, Quality & Quantity 50, 2347-2364. Several documents count as one long
continuum whose units never cross from one to the next. The older alpha_U is in `unitizing_older`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array, vstack

from . import bootstrap
from .bootstrap import CONFIDENCE, REPLICATES
from .distance import merged
from .reasons import NO_VALUES, ONE_CODER
from .units import Figure, FloatArray, IntArray

Span = tuple[int, int, str]
"""(start, end, label), end exclusive."""

NOTHING_MARKED = "no passage was marked"
NO_GAP = "every character was marked by all"
ONE_LABEL = "one label used by all"
NEVER_MEET = "no passages of two coders meet"
TOO_SHORT = "passages of two coders meet in too few characters"


@dataclass(frozen=True)
class Continuum:
    """One document and what each coder marked in it; a coder without spans marked nothing.

    Spans lie in [begin, begin + length); those of one coder and label must not overlap.
    """

    document: str
    length: int
    spans: Mapping[str, Sequence[Span]]
    begin: int = 0

    def __post_init__(self) -> None:
        if self.length <= 0:
            raise ValueError(f"document {self.document}: length must be above zero")
        end = self.begin + self.length
        for coder, spans in self.spans.items():
            reached: dict[str, int] = {}
            for start, stop, label in sorted(spans):
                where = f"document {self.document}, coder {coder}, [{start}, {stop}) {label}"
                if not start < stop:
                    raise ValueError(f"{where}: a passage must end after it starts")
                if start < self.begin or stop > end:
                    raise ValueError(f"{where}: outside of [{self.begin}, {end})")
                if start < reached.get(label, self.begin):
                    raise ValueError(f"{where}: overlaps another passage of this coder and label")
                reached[label] = stop


@dataclass(frozen=True)
class Unitizing:
    """u_alpha: units and labels at once; bar_u: marked or not; cu: labels where passages meet;
    ku: one label. Coverage is the share of the (label's) length a figure rests on."""

    u: Figure
    bar_u: Figure
    cu: Figure
    cu_coverage: float | None
    ku: Mapping[str, Figure]
    ku_coverage: Mapping[str, float | None]


def unitizing(
    continua: Iterable[Continuum],
    *,
    interval: str | None = "cluster",
    replicates: int = REPLICATES,
    seed: int = 0,
    confidence: float = CONFIDENCE,
) -> Unitizing:
    """All four figures over documents that two or more coders read; `interval` "cluster" or None.

    ValueError where passages of one coder overlap: the family gives each character one value.
    """
    read = sorted((c for c in continua if len(c.spans) > 1), key=lambda c: c.document)
    for continuum in read:
        _refuse_overlaps(continuum)
    everything = [span for c in read for spans in c.spans.values() for span in spans]
    labels = tuple(sorted({label for _, _, label in everything}))
    coders = {coder for c in read for coder in c.spans}
    blank = Figure(
        "u_alpha",
        "unitizing",
        reason=ONE_CODER if not read else NO_VALUES,
        n_units=len(everything),
        n_coders=len(coders),
        n_values=sum(len(c.spans) * c.length for c in read),
    )
    layout = _Layout(len(labels))
    rows = _rows(read, labels, layout)
    total = np.asarray(rows.sum(axis=0), np.float64).reshape(1, layout.width)
    drawn = np.zeros((0, 3 + len(labels)))
    if interval == "cluster" and len(read) > 1:
        # One draw of documents serves all figures, as each of them would draw the same.
        draws = bootstrap.totals(rows, replicates, seed)
        drawn = np.concatenate([layout.values(one) for one in draws])
    points = layout.values(total)[0]

    def figure(name: str, place: int, nothing: str) -> Figure:
        named = replace(blank, coefficient=name)
        if not read:
            return named
        if np.isnan(points[place]):
            return replace(named, reason=nothing)
        named = replace(named, value=float(points[place]), reason=None)
        if interval is None:
            return named
        if interval != "cluster":
            return replace(named, no_interval="only the bootstrap over documents is for unitizing")
        if len(read) < 2:
            return replace(named, no_interval="only one document")
        found = bootstrap.percentile(drawn[:, place], confidence)
        return replace(
            named,
            low=found.low,
            high=found.high,
            interval="cluster" if found.low is not None else None,
            undefined_replicates=found.undefined,
            below_667=found.below_667,
            below_800=found.below_800,
            standard_error=found.standard_error,
            no_interval=found.reason,
        )

    gaps, marked, met = layout.gap(total)[0], layout.marked(total)[0], layout.met(total)[0]
    why_u = NOTHING_MARKED if not everything else ONE_LABEL
    why_bar = NOTHING_MARKED if not everything else NO_GAP
    why_met = ONE_LABEL if (met > 0).sum() == 1 else TOO_SHORT
    why_cu = NOTHING_MARKED if not everything else NEVER_MEET if met.sum() == 0 else why_met
    ku, coverage = {}, {}
    for k, label in enumerate(labels):
        why = NEVER_MEET if met[k] == 0 else why_met
        ku[label] = figure(f"ku_alpha[{label}]", 3 + k, why)
        coverage[label] = float(met[k] / marked[k])
    whole = gaps + marked.sum()
    return Unitizing(
        u=figure("u_alpha", 0, why_u),
        bar_u=figure("bar_u_alpha", 1, why_bar),
        cu=figure("cu_alpha", 2, why_cu),
        cu_coverage=float(met.sum() / whole) if whole else None,
        ku=ku,
        ku_coverage=coverage,
    )


def as_marked(spans: Iterable[tuple[int, int]], label: str = "marked") -> tuple[Span, ...]:
    """Overlapping passages joined under one label, for data whose passages may overlap.

    What remains of them is fit for bar_u alone.
    """
    return tuple((start, end, label) for start, end in merged(list(spans)))


def _refuse_overlaps(continuum: Continuum) -> None:
    for coder, spans in continuum.spans.items():
        ordered = sorted(spans)
        for (_, stop, one), (start, end, other) in pairwise(ordered):
            if start < stop:
                raise ValueError(
                    f"document {continuum.document}, coder {coder}, [{start}, {end}) {other}: "
                    f"overlaps a passage with label {one} of the same coder"
                )


@dataclass(frozen=True)
class _Layout:
    """Columns of a document's sums, with q labels and the gap as value 0:

    l_ck (q + 1)^2 coincident lengths; s_c q + 1 self-pairings, sum of lengths for the gap and of
    squared lengths for units; p_c q squared lengths of units meeting others' passages / (m - 1).
    """

    q: int

    @property
    def width(self) -> int:
        return (self.q + 1) ** 2 + 2 * self.q + 1

    def lengths(self, total: FloatArray) -> FloatArray:
        return total[:, : (self.q + 1) ** 2].reshape(-1, self.q + 1, self.q + 1)

    def gap(self, total: FloatArray) -> FloatArray:
        return np.asarray(self.lengths(total)[:, 0, :].sum(axis=1))

    def marked(self, total: FloatArray) -> FloatArray:
        return np.asarray(self.lengths(total)[:, 1:, :].sum(axis=2))

    def met(self, total: FloatArray) -> FloatArray:
        return np.asarray(self.lengths(total)[:, 1:, 1:].sum(axis=2))

    def _expected(self, observed: FloatArray, own: FloatArray) -> FloatArray:
        """e_ck = (l_c. l_.k - [c = k] s_c) / (l.. - sum s / l..), in place of independent pairs."""
        margin = observed.sum(axis=2)
        whole = margin.sum(axis=1)
        free = whole - own.sum(axis=1) / np.where(whole > 0, whole, 1)
        pairs = margin[:, :, None] * margin[:, None, :]
        pairs[:, np.arange(own.shape[1]), np.arange(own.shape[1])] -= own
        safe = np.where(free > 1e-9, free, np.nan)
        return np.asarray(pairs / safe[:, None, None])

    def _all(self, total: FloatArray) -> tuple[FloatArray, FloatArray]:
        observed = self.lengths(total)
        start = (self.q + 1) ** 2
        return observed, self._expected(observed, total[:, start : start + self.q + 1])

    def _met(self, total: FloatArray) -> tuple[FloatArray, FloatArray]:
        observed = self.lengths(total)[:, 1:, 1:]
        return observed, self._expected(observed, total[:, -self.q :] if self.q else total[:, :0])

    def values(self, total: FloatArray) -> FloatArray:
        """One row for each total: u, bar_u, cu, then ku of every label."""
        everything, met = self._all(total), self._met(total)
        return np.column_stack(
            [self._u(*everything), self._bar_u(*everything), self._u(*met), self._ku(*met)]
        )

    @staticmethod
    def _u(observed: FloatArray, expected: FloatArray) -> FloatArray:
        """1 - (l.. - sum l_cc) / (e.. - sum e_cc); cu is the same over the lengths where passages of two
        coders meet."""
        return _one_minus(_mismatch(observed), _mismatch(expected))

    @staticmethod
    def _bar_u(observed: FloatArray, expected: FloatArray) -> FloatArray:
        """1 - (l_0. - l_00) / (e_0. - e_00): marked against not marked."""
        return _one_minus(observed[:, 0, 1:].sum(axis=1), expected[:, 0, 1:].sum(axis=1))

    @staticmethod
    def _ku(observed: FloatArray, expected: FloatArray) -> FloatArray:
        """1 - (e_.k / l_.k) (l_.k - l_kk) / (e_.k - e_kk) on what meets a passage with label k."""
        margin, chance = observed.sum(axis=2), expected.sum(axis=2)
        off = margin - np.diagonal(observed, axis1=1, axis2=2)
        share = off / np.where(margin > 0, margin, np.nan)
        return _one_minus(chance * share, chance - np.diagonal(expected, axis1=1, axis2=2))


def _mismatch(table: FloatArray) -> FloatArray:
    return np.asarray(table.sum(axis=(1, 2)) - np.trace(table, axis1=1, axis2=2))


def _one_minus(observed: FloatArray, expected: FloatArray) -> FloatArray:
    """1 - observed / expected, nan where nothing is expected (up to rounding of the totals)."""
    ratio = np.full(observed.shape, np.nan)
    np.divide(observed, expected, out=ratio, where=expected > 1e-9)
    return 1 - ratio


def _rows(read: list[Continuum], labels: tuple[str, ...], layout: _Layout) -> csr_array:
    """The sums of every document. A document bears few of the labels, so what is kept is sparse."""
    parts = [csr_array((0, layout.width))]
    parts += [csr_array(_row(continuum, labels)[None, :]) for continuum in read]
    return csr_array(vstack(parts))


def _row(continuum: Continuum, labels: tuple[str, ...]) -> FloatArray:
    """The sums of one document (see _Layout)."""
    number = {label: k + 1 for k, label in enumerate(labels)}
    q, m = len(labels), len(continuum.spans)
    coders = sorted(continuum.spans)
    begin, end = continuum.begin, continuum.begin + continuum.length
    cuts = sorted(
        {begin, end}.union(x for spans in continuum.spans.values() for s in spans for x in s[:2])
    )
    place = {cut: k for k, cut in enumerate(cuts)}
    sizes: IntArray = np.diff(np.array(cuts, np.int64))
    # Which value each coder gives each piece between two cuts, 0 where nothing is marked.
    valued = np.zeros((m, len(sizes)), np.int64)
    for i, coder in enumerate(coders):
        for start, stop, label in continuum.spans[coder]:
            valued[i, place[start] : place[stop]] = number[label]
    coincident = np.zeros((q + 1, q + 1))
    own: dict[int, float] = defaultdict(float)
    met: dict[int, float] = defaultdict(float)
    for piece, size in enumerate(sizes.tolist()):
        use = Counter(valued[:, piece].tolist())
        for c, n_c in use.items():
            for k, n_k in use.items():
                coincident[c, k] += size * n_c * (n_k - (c == k)) / (m - 1)
        own[0] += size * use[0]
    filled = valued > 0
    for i, coder in enumerate(coders):
        for start, stop, label in continuum.spans[coder]:
            c = number[label]
            own[c] += (stop - start) ** 2
            inside = slice(place[start], place[stop])
            shared = filled[:, inside] @ sizes[inside]
            met[c] += (float((shared.astype(np.float64) ** 2).sum()) - float(shared[i]) ** 2) / (
                m - 1
            )
    return np.concatenate(
        [
            coincident.ravel(),
            [own[c] for c in range(q + 1)],
            [met[c] for c in range(1, q + 1)],
        ]
    )
