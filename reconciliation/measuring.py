"""Measuring a round before adjudication: which figures are computed, and from which values.

Three questions that are never mixed: did the coders find the same events, mark the same passages, fill the
fields alike. Every field is judged on an alignment that leaves that field out, with the share of events aligned
beside it. Fields whose level is `none` are not assessed. Taking figures apart is the business of `breakdowns`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from reconciliation import field_values
from reconciliation.agreement import alignment as aligned
from reconciliation.agreement import detection, eventsets, fields, passages, unitizing
from reconciliation.agreement.coefficients import measure
from reconciliation.agreement.reasons import NO_VALUES
from reconciliation.agreement.units import Figure as HeartFigure
from reconciliation.inputs import Study, rule_of

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


@dataclass(frozen=True)
class Measurement:
    """All figures of a run in a fixed order, and the fields they came from, to be taken apart."""

    figures: list[Measured]
    judged: tuple[fields.FieldFigures, ...]


def figures(study: Study, main: aligned.Alignment, parameters: Mapping[str, Any]) -> list[Measured]:
    """All figures of a run, in a fixed order."""
    return measurement(study, main, parameters).figures


def measurement(
    study: Study, main: aligned.Alignment, parameters: Mapping[str, Any]
) -> Measurement:
    options = {name: parameters[name] for name in ("interval", "replicates", "seed")}
    codings = [field_values.coding(field, study.events) for field in field_values.assessed(study)]
    rule = rule_of(study.codebook)
    judged = fields.judge(
        [event.coded for event in study.events],
        codings,
        rule,
        by_category=False,
        tau=rule.tau,
        **options,
    )
    return Measurement(
        [
            *_found(study, main, options),
            *_marked(study, options),
            *(
                _kept(figure, FIELDS, field=found.name, share=found.share_aligned)
                for found in judged
                for figure in found.figures
            ),
            *_precisions(study, judged, options),
        ],
        judged,
    )


def _coded(study: Study) -> list[tuple[str, str]]:
    return [(document.name, label) for document in study.documents for label in document.judges]


def _found(study: Study, main: aligned.Alignment, options: Mapping[str, Any]) -> Iterator[Measured]:
    """Did they find the same events? Per document first, then per pair of coders and type."""
    coded, events = _coded(study), [event.coded for event in study.events]
    whole = eventsets.event_set_alpha(events, coded, rule_of(study.codebook), **options)
    yield _kept(whole, EVENTS)
    for name, units, level in (
        ("document_presence", eventsets.presence(events, coded), "nominal"),
        ("document_counts", eventsets.numbers(events, coded), "ratio"),
    ):
        figure = measure(units, "krippendorff_alpha", level, **options)
        yield _kept(replace(figure, coefficient=f"alpha_{name}"), EVENTS)
    types = {event.key: event.coded.type for event in study.events}
    for found in detection.detections(main, types, coded, **options):
        for figure in (found.precision, found.recall, found.f1):
            subject = f"{found.reference}-{found.other}"
            yield _kept(figure, EVENTS, kind=found.type or "", subject=subject)


def _marked(study: Study, options: Mapping[str, Any]) -> Iterator[Measured]:
    """Did they mark the same passages? The unitizing family over all texts, then each pair's shared characters."""
    lengths = {document.name: document.length for document in study.documents if document.length}
    texts = passages.continua(
        [event.coded for event in study.events if event.coded.document in lengths],
        [pair for pair in _coded(study) if pair[0] in lengths],
        lengths,
    )
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


def _precisions(
    study: Study, judged: tuple[fields.FieldFigures, ...], options: Mapping[str, Any]
) -> Iterator[Measured]:
    """Whether dates are given equally finely: ordinal alpha on their precision codes."""
    by_name = {field.name: field for field in field_values.assessed(study)}
    for found in judged:
        if found.level != "date":
            continue
        coding = field_values.precision(by_name[found.name], study.events)
        units = fields.field_units(found.alignment, coding)
        figure = measure(units, "krippendorff_alpha", "ordinal", **options)
        named = replace(figure, coefficient="alpha_date_precision")
        yield _kept(named, FIELDS, field=found.name, share=found.share_aligned)


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
