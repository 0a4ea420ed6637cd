"""The reliability report of a release: agreement before adjudication, round by round, and what was waived.

Figures come as they were measured and kept; nothing is computed here. An undefined one says why.
"""

from collections.abc import Iterable, Iterator, Sequence

from coding.schema import Codebook
from datasets.findings import CHECKS
from datasets.papers.blocks import Block, Grid, Heading, Item, Items, Paper, Paragraph
from datasets.records import QUESTIONS, FigureRecord, WaiverRecord

_NAMES = {
    "krippendorff_alpha": "Krippendorff's alpha",
    "alpha_masi": "Alpha with MASI distance",
    "alpha_jaccard": "Alpha with Jaccard distance",
    "alpha_date_overlap": "Alpha with overlap of dates",
    "percent_agreement": "Percent agreement",
    "cohen_kappa": "Cohen's kappa",
    "fleiss_kappa": "Fleiss' kappa",
    "gwet_ac1": "Gwet's AC1",
}


def reliability_paper(
    figures: Sequence[FigureRecord],
    waivers: Sequence[WaiverRecord],
    codebook: Codebook,
    *,
    title: str,
    version: str,
    software_version: str,
    footer: str = "",
) -> Paper:
    about = f"Reliability before adjudication, version {version}"
    blocks = (
        *_methods(figures, codebook, software_version),
        *_waived(waivers),
        *_rounds(figures, codebook),
    )
    return Paper(title, about, blocks, footer)


def _methods(
    figures: Sequence[FigureRecord], codebook: Codebook, software_version: str
) -> Iterator[Block]:
    yield Heading(1, "How agreement was measured")
    yield Paragraph(
        "Coders read the same documents without seeing one another's work. Their events were aligned, and agreement was "
        "measured on what they had handed in, before anybody settled a conflict. Where the agreement on a field is "
        "measured, that field took no part in aligning the events. Figures are never recomputed from adjudicated values."
    )
    intervals = sorted({figure.interval_method for figure in figures if figure.interval_method})
    if intervals:
        yield Paragraph(f"{'; '.join(intervals)}.", "Intervals.")
    yield Paragraph(
        "A coefficient that its definition leaves undefined has no number; the reason stands in its place. "
        "Prevalence is the share of the commonest value: where it is high, chance-corrected coefficients are depressed "
        "by the skew and should be read beside the plain agreement.",
        "Undefined figures and skew.",
    )
    thresholds = codebook.reliability_plan.get("thresholds") or ()
    items = tuple(
        Item(str(one.get("reading", "")), f"≥ {float(one['alpha_at_least']):.3f}")
        for one in thresholds
        if float(one.get("alpha_at_least", -1)) > -1
    )
    if items:
        yield Items(items, f"Readings of alpha by codebook {codebook.version}")
    yield Paragraph(f"Concord {software_version or 'of unknown version'}.", "Software.")


def _waived(waivers: Sequence[WaiverRecord]) -> Iterator[Block]:
    if not waivers:
        return
    yield Heading(1, "Checks waived for this version")
    yield Paragraph(
        "These checks did not pass when the version was built. It was published all the same, for the reasons given."
    )
    yield Grid(
        ("Check", "What was found", "Why it was waived", "By"),
        tuple((CHECKS.get(one.check, one.check), one.found, one.reason, one.by) for one in waivers),
        widths=(3, 6, 6, 1),
    )


def _rounds(figures: Sequence[FigureRecord], codebook: Codebook) -> Iterator[Block]:
    if not figures:
        yield Heading(1, "No figures")
        yield Paragraph("No round of this project had been reconciled when the version was built.")
    rounds = sorted({figure.round for figure in figures})
    for of_round in rounds:
        yield Heading(1, f"Round: {of_round}")
        for question, words in QUESTIONS.items():
            asked = [f for f in figures if f.round == of_round and f.question == question]
            if not asked:
                continue
            yield Heading(2, words)
            whole = [figure for figure in asked if not figure.subject]
            if whole:
                yield _grid(whole, codebook, by_subject=False)
            parts = [figure for figure in asked if figure.subject]
            if parts:
                yield Heading(3, "By coder and pair")
                yield _grid(parts, codebook, by_subject=True)


def _grid(figures: Iterable[FigureRecord], codebook: Codebook, *, by_subject: bool) -> Grid:
    def key(f: FigureRecord) -> tuple[str, ...]:
        return (f.field, f.event_type, f.subject, f.coefficient, f.method)

    heading = ["Of", "Coefficient", "Value", "Interval", "Units", "Coders", "Prevalence"]
    rows = []
    for figure in sorted(figures, key=key):
        of = figure.field or "events"
        if figure.event_type:
            of += f" ({figure.event_type})"
        if by_subject:
            of += f", {figure.subject}"
        level = f", {figure.level}" if figure.level else ""
        rows.append(
            (
                of,
                _NAMES.get(figure.coefficient, figure.coefficient.replace("_", " ")) + level,
                f"{figure.value:.3f}"
                if figure.value is not None
                else f"undefined: {figure.reason}",
                f"{figure.low:.3f} to {figure.high:.3f}"
                if figure.low is not None and figure.high is not None
                else "",
                _count(figure.n_units),
                _count(figure.n_coders),
                f"{figure.prevalence:.2f}" if figure.prevalence is not None else "",
            )
        )
    return Grid(tuple(heading), tuple(rows), frozenset({4, 5, 6}), (5, 5, 4, 3, 2, 2, 3))


def _count(number: int | None) -> str:
    return "" if number is None else str(number)
