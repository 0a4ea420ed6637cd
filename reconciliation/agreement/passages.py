"""Did the coders mark the same passages? Texts as continua, and the shared characters of two coders.

Makes what `unitizing` measures out of coded events; figures of the alpha family stand there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np

from . import bootstrap
from .bootstrap import CONFIDENCE, REPLICATES, Sums
from .distance import merged
from .unitizing import NOTHING_MARKED, Continuum, Span
from .units import CodedEvent, Figure, FloatArray

TOGETHER = "+"


def continua(
    events: Sequence[CodedEvent],
    coded: Collection[tuple[str, str]],
    lengths: Mapping[str, int],
    *,
    kind: str | None = None,
) -> list[Continuum]:
    """The evidence of the events as marked passages labelled by event type.

    `coded`: (document, coder) of every submitted coding, also those with no event; `lengths`:
    characters of each document's text. `kind` keeps one type alone. Where passages of one coder
    overlap, see `layered`.
    """
    marked: dict[str, dict[str, list[Span]]] = {}
    for document, coder in sorted(coded):
        marked.setdefault(document, {})[coder] = []
    for event in sorted(events, key=lambda e: e.key):
        own = marked.get(event.document, {}).get(event.coder)
        if own is None:
            raise ValueError(f"event {event.key}: {event.coder} did not code {event.document}")
        if kind is None or event.type == kind:
            own += [(start, end, event.type) for start, end in event.spans]
    return [
        Continuum(document, lengths[document], {c: layered(own) for c, own in by_coder.items()})
        for document, by_coder in sorted(marked.items())
    ]


def layered(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans that may overlap as spans that do not: each character gets all the labels it bears.

    Spans of one label that overlap are joined first; where labels meet, the stretch becomes a unit
    of its own, labelled with all of them ("MA+MT"). What does not overlap stays as it is.
    """
    by_label: dict[str, list[tuple[int, int]]] = {}
    for start, end, label in spans:
        by_label.setdefault(label, []).append((start, end))
    joined = sorted(
        (start, end, label) for label, own in by_label.items() for start, end in _joined(own)
    )
    cuts = sorted({x for start, end, _ in joined for x in (start, end)})
    pieces: list[Span] = []
    holders: list[tuple[Span, ...]] = []
    for start, end in pairwise(cuts):
        over = tuple(span for span in joined if span[0] <= start and end <= span[1])
        if not over:
            continue
        if holders and holders[-1] == over and pieces[-1][1] == start:
            pieces[-1] = (pieces[-1][0], end, pieces[-1][2])
        else:
            pieces.append((start, end, TOGETHER.join(sorted({label for _, _, label in over}))))
            holders.append(over)
    return tuple(pieces)


def character_dice(
    texts: Iterable[Continuum],
    *,
    interval: str | None = "cluster",
    replicates: int = REPLICATES,
    seed: int = 0,
    confidence: float = CONFIDENCE,
) -> dict[tuple[str, str], Figure]:
    """2 |a & b| / (|a| + |b|) over characters marked by each two coders, whatever the label, summed
    over the texts both read (Dice 1945, Ecology 26, 297-302)."""
    read = sorted(texts, key=lambda t: t.document)
    coders = sorted({coder for text in read for coder in text.spans})
    found = {}
    for a, b in combinations(coders, 2):
        both = [text for text in read if a in text.spans and b in text.spans]
        rows = np.array([_shared(text, a, b) for text in both], np.float64).reshape(-1, 2)
        figure = Figure(
            "character_dice",
            "passage",
            reason=NOTHING_MARKED if both else "no document was coded by both",
            n_units=len(both),
            n_coders=2,
            n_values=int(rows[:, 1].sum()),
        )
        found[a, b] = _measured(figure, Sums(rows, _ratio), interval, replicates, seed, confidence)
    return found


def _measured(
    figure: Figure,
    sums: Sums,
    interval: str | None,
    replicates: int,
    seed: int,
    confidence: float,
) -> Figure:
    if not figure.n_values:
        return figure
    figure = replace(figure, value=bootstrap.point(sums), reason=None)
    if interval is None:
        return figure
    if interval != "cluster":
        return replace(figure, no_interval="only the bootstrap over documents is for passages")
    if figure.n_units < 2:
        return replace(figure, no_interval="only one document")
    values = bootstrap.replicate(sums, replicates=replicates, seed=seed)
    drawn = bootstrap.percentile(values, confidence)
    return replace(
        figure,
        low=drawn.low,
        high=drawn.high,
        interval="cluster" if drawn.low is not None else None,
        undefined_replicates=drawn.undefined,
        standard_error=drawn.standard_error,
        no_interval=drawn.reason,
    )


def _shared(text: Continuum, a: str, b: str) -> tuple[int, int]:
    """Twice the characters both marked, and the characters marked by each, summed."""
    one, other = ([(s, e) for s, e, _ in text.spans[coder]] for coder in (a, b))
    first, second = merged(one), merged(other)
    shared = sum(max(0, min(e, f) - max(s, t)) for s, e in first for t, f in second)
    return 2 * shared, sum(e - s for s, e in first) + sum(e - s for s, e in second)


def _ratio(total: FloatArray) -> FloatArray:
    ratio = np.full(len(total), np.nan)
    np.divide(total[:, 0], total[:, 1], out=ratio, where=total[:, 1] > 0)
    return ratio


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping spans as one; spans that only touch remain two."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result
