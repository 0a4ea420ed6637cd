"""The methods text of a reliability report: what was computed, how, from what. Pure: a run's parameters in, words out.

Written so that it can stand in an appendix. It promises nothing that the program does not do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_INTERVALS = {
    "cluster": (
        "Intervals are 95 per cent percentile bootstrap intervals over documents: whole documents are drawn with "
        "replacement, {replicates:,} times, with seed {seed}. Replicates in which a coefficient is undefined are "
        "counted and left out; P(α < .667) and P(α < .800) are shares of the defined replicates."
    ),
    "unit": (
        "Intervals are 95 per cent percentile bootstrap intervals over groups of events, {replicates:,} draws, seed {seed}."
    ),
}


@dataclass(frozen=True)
class Passage:
    lead: str
    text: str


def methods(
    parameters: Mapping[str, Any],
    counts: Mapping[str, Any],
    *,
    software: str,
    input_hash: str,
    levels: Sequence[str],
    selection: Sequence[str] = (),
) -> list[Passage]:
    """Passages in the order of the work. `levels` are those that occur among the figures."""
    scope = f" Only a choice was measured: {'; '.join(selection)}." if selection else ""
    return [
        Passage(
            "Material.",
            f"{counts.get('documents', 0)} documents with {counts.get('events', 0)} events, as their coders handed them in, "
            f"blind to one another and before anybody adjudicated.{scope} A document counts from the moment its coder "
            "handed it in; “read, no event” is a finding, “cannot be coded” is none.",
        ),
        _alignment(parameters, counts),
        Passage(
            "Coefficients.",
            "Krippendorff's α = 1 − Do/De over units with two or more values (Krippendorff 2011, 2019). "
            + " ".join(_METRICS[level] for level in _METRICS if level in levels),
        ),
        Passage(
            "The same events.",
            "Precision, recall and F1 are of each pair of coders over the documents both handed in; F1 is the pair's positive "
            "specific agreement. The α of event sets takes a document as unit and its set of events as value, with the "
            "cost of the best assignment over the larger set as distance and sets of different documents for chance "
            "(a construction of this program). Whether a document has any event is a nominal α, the number of its "
            "events an α of ratios.",
        ),
        Passage(
            "The same passages.",
            "The α family for unitizing continua (Krippendorff, Mathet, Bouvry and Widlöcher 2016) over all texts laid end to "
            "end: passages and types at once, marked or not, types where passages meet, and each type alone; coverage "
            "is the share of the whole length (for one type: of its marked length) that the last two rest on. Dice is of marked characters.",
        ),
        Passage(
            "Missing values.",
            "A field that a coder left blank enters no coefficient, and a group in which fewer than two coders filled a "
            "field does not count for it. “Unknown” and “not applicable” are values of their own among names; on a "
            "scale they have no place and count as blank. Cohen's κ and ICC take only units "
            "that all coders filled, Fleiss' κ those with as many values as any unit has; the share of agreeing pairs, AC1 and "
            "AC2 take what there is. Fields without a level of measurement are not assessed.",
        ),
        *_again(counts),
        Passage("Intervals.", _interval(parameters)),
        Passage(
            "Undefined.",
            "A coefficient that does not exist for the data has no number; the reason stands in its place. Parts of the data "
            "(a coder, a month, a kind of document, an outlet) are held against the disagreement expected in the "
            "whole, so that they lie on one scale; they carry no interval.",
        ),
        Passage(
            "Software.",
            f"Concord {software}. Input SHA-256 {input_hash}. The same input gives the same figures.",
        ),
    ]


def _again(counts: Mapping[str, Any]) -> list[Passage]:
    readings = counts.get("second_readings", 0)
    if not readings:
        return []
    return [
        Passage(
            "Second readings.",
            f"{readings} documents were read a second time by the same coder. The two readings were aligned and measured as "
            "if two coders had read the document, over all coders and for each; they enter no other figure. They are "
            "drawn from what a coder handed in and read at the end of the queue.",
        )
    ]


_METRICS = {
    "nominal": "Names: same or not the same.",
    "ordinal": "Ranks: squared difference of mid-ranks of the pairable values.",
    "interval": "Intervals: squared difference.",
    "ratio": "Ratios: the square of difference over sum.",
    "set": "Sets: MASI distance (Passonneau 2006), beside it Jaccard's, neither of them squared.",
    "date": "Dates: squared difference of the midpoints of first and last possible day; beside it the overlap of the two "
    "spans of days, and an ordinal α of how finely the date is given.",
}


def _alignment(parameters: Mapping[str, Any], counts: Mapping[str, Any]) -> Passage:
    weights = ", ".join(
        f"{name} {weight:g}" for name, weight in parameters.get("weights", {}).items()
    )
    gap = counts.get("gap", 0)
    best = (
        "The grouping is the best one there is"
        if not gap
        else f"The grouping is within {gap:g} of the best one there is"
    )
    return Passage(
        "Alignment.",
        "Events of different coders were grouped as the same event by their distance, the weighted mean of the terms both "
        f"have (weights: {weights}; dates saturate at {parameters.get('tau', 0):g} days). Only events nearer than "
        f"{parameters.get('theta', 0):g} may be grouped, at most one of each coder, so that the sum of what pairs lie below "
        f"that threshold is greatest. {best}. What people decided about grouping afterwards plays no part. A field "
        "that takes part in the distance (type, provider, recipient, start) is judged on an alignment made without it; the "
        "share of events that found a partner stands beside each field.",
    )


def _interval(parameters: Mapping[str, Any]) -> str:
    words = _INTERVALS.get(str(parameters.get("interval")), "No intervals were computed.")
    return words.format(replicates=parameters.get("replicates", 0), seed=parameters.get("seed", 0))
