"""Measuring a round before adjudication: which figures are computed, and from which values.

Three questions that are never mixed: did the coders find the same events, mark the same passages, fill the
fields alike. Every field is judged on an alignment that leaves that field out, with the share of events aligned
beside it. Fields whose level is `none` are not assessed. Taking figures apart is the business of `breakdowns`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from reconciliation import field_values, gathering
from reconciliation.agreement import (
    coefficients,
    detection,
    eventsets,
    fields,
    passages,
    unitizing,
)
from reconciliation.agreement.reasons import NO_VALUES
from reconciliation.agreement.units import Figure as HeartFigure
from reconciliation.gathering import Gathered
from reconciliation.inputs import Study

EVENTS, PASSAGES, FIELDS = "events", "passages", "fields"


@dataclass(frozen=True)
class Measured:
    """A figure and what it speaks of; the fields of the row that keeps it."""

    question: str
    field: str
    type: str
    subject: str
    coefficient: str
    level: str
    value: float | None
    reason: str
    low: float | None
    high: float | None
    interval: str
    n_units: int
    n_coders: int
    n_values: int
    prevalence: float | None
    aligned_share: float | None
    undefined_replicates: int
    below_667: float | None
    below_800: float | None


def figures(study: Study, parameters: Mapping[str, Any]) -> list[Measured]:
    """All figures of a study, in a fixed order."""
    return measure(gathering.gather(study.codebook, [study]), parameters)


def measure(
    gathered: Gathered,
    parameters: Mapping[str, Any],
    each: Callable[[fields.FieldFigures], object] = lambda found: None,
) -> list[Measured]:
    """All figures of a run, in a fixed order. `each` is given every judged field, to take it apart."""
    options = {name: parameters[name] for name in ("interval", "replicates", "seed")}
    judged, precisions = [], []
    for field in gathered.fields:
        found = gathered.corpus.judge(
            field.name,
            field_values.level_of(field),
            field_values.steers(field),
            tau=gathered.rule.tau,
            **options,
        )
        each(found)
        share = found.share_aligned
        judged += [_kept(one, FIELDS, field=found.name, share=share) for one in found.figures]
        if found.level == "date":
            figure = _precision(gathered, found, options)
            precisions.append(_kept(figure, FIELDS, field=found.name, share=share))
    return [*_found(gathered, options), *_marked(gathered, options), *judged, *precisions]


def _precision(
    gathered: Gathered, found: fields.FieldFigures, options: Mapping[str, Any]
) -> HeartFigure:
    """Whether dates are given equally finely: ordinal alpha on their precision codes."""
    units = gathered.corpus.units(gathering.precision_of(found.name), found.left_out)
    figure = coefficients.measure(units, "krippendorff_alpha", "ordinal", **options)
    return replace(figure, coefficient="alpha_date_precision")


def _found(gathered: Gathered, options: Mapping[str, Any]) -> Iterator[Measured]:
    """Did they find the same events? Per document first, then per pair of coders and type."""
    coded, events = gathered.coded, gathered.corpus.table
    whole = eventsets.event_set_alpha(events, coded, gathered.rule, **options)
    yield _kept(whole, EVENTS)
    for name, units, level in (
        ("document_presence", eventsets.presence(events, coded), "nominal"),
        ("document_counts", eventsets.numbers(events, coded), "ratio"),
    ):
        figure = coefficients.measure(units, "krippendorff_alpha", level, **options)
        yield _kept(replace(figure, coefficient=f"alpha_{name}"), EVENTS)
    for found in detection.detections(gathered.corpus.grouped(), coded, **options):
        for figure in (found.precision, found.recall, found.f1):
            subject = f"{found.reference}-{found.other}"
            yield _kept(figure, EVENTS, kind=found.type or "", subject=subject)


def _marked(gathered: Gathered, options: Mapping[str, Any]) -> Iterator[Measured]:
    """Did they mark the same passages? The unitizing family over all texts, then each pair's shared characters."""
    texts = gathered.texts
    whole = unitizing.unitizing(texts, **options)
    for figure in (whole.u, whole.bar_u, whole.cu, _coverage(whole.cu, whole.cu_coverage)):
        yield _kept(figure, PASSAGES)
    for label, figure in whole.ku.items():
        # Stretches that bear several types at once count above; here each type stands for itself.
        if passages.TOGETHER not in label:
            for named in (figure, _coverage(figure, whole.ku_coverage[label])):
                name = named.coefficient.partition("[")[0]
                yield _kept(replace(named, coefficient=name), PASSAGES, kind=label)
    for (one, other), figure in passages.character_dice(texts, **options).items():
        yield _kept(figure, PASSAGES, subject=f"{one}-{other}")


def _coverage(figure: HeartFigure, share: float | None) -> HeartFigure:
    """The share of the marked length that a figure rests on, as a figure of its own."""
    return HeartFigure(
        f"{figure.coefficient.partition('_')[0]}_coverage",
        figure.level,
        share,
        reason=None if share is not None else figure.reason or NO_VALUES,
        n_units=figure.n_units,
        n_coders=figure.n_coders,
        n_values=figure.n_values,
    )


def _kept(
    figure: HeartFigure,
    question: str,
    *,
    field: str = "",
    kind: str = "",
    subject: str = "",
    share: float | None = None,
) -> Measured:
    return Measured(
        question=question,
        field=field,
        type=kind,
        subject=subject,
        coefficient=figure.coefficient,
        level=figure.level,
        value=figure.value,
        reason=figure.reason or "",
        low=figure.low,
        high=figure.high,
        interval=figure.interval or "",
        n_units=figure.n_units,
        n_coders=figure.n_coders,
        n_values=figure.n_values,
        prevalence=figure.prevalence,
        aligned_share=share,
        undefined_replicates=figure.undefined_replicates,
        below_667=figure.below_667,
        below_800=figure.below_800,
    )
