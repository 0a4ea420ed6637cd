"""The reliability report of one run as a paper: methods first, then every figure. What was measured is not touched.

The report of a release stands in `papers.reliability`; this one can be had as soon as a round is reconciled.
"""

from collections.abc import Iterator, Sequence

from datasets.papers import pdf
from datasets.papers.blocks import Block, Grid, Heading, Paper, Paragraph
from datasets.records import QUESTIONS
from reconciliation import figure_queries
from reconciliation.figure_queries import FigureRow
from reconciliation.models import Run

_ORDER = ("fields", "events", "passages", "again")


def written(run: Run) -> bytes:
    """As PDF; the same run gives the same bytes."""
    return pdf.written(paper(run))


def paper(run: Run) -> Paper:
    found = figure_queries.figures(run)
    about = f"{run.round.name}, run {run.n}; codebook {run.round.codebook.parsed.version}"
    return Paper(
        "Reliability before adjudication",
        f"{run.round.project.title}: {about}",
        tuple(_blocks(run, found.get("fields", []), found)),
        f"Concord {run.software}",
    )


def _blocks(
    run: Run, fields: Sequence[FigureRow], found: dict[str, list[FigureRow]]
) -> Iterator[Block]:
    yield Heading(1, "Methods")
    for passage in figure_queries.methods_of(run, fields):
        yield Paragraph(passage.text, passage.lead)
    remarks = figure_queries.warnings(figure_queries.leading(fields))
    if remarks:
        yield Heading(1, "Remarks")
        yield from (Paragraph(remark) for remark in remarks)
    for question in _ORDER:
        if rows := found.get(question):
            yield Heading(1, QUESTIONS[question])
            yield _grid(rows)


def _grid(rows: Sequence[FigureRow]) -> Grid:
    return Grid(
        ("Of", "Coders", "Coefficient", "Value", "95 % interval", "Units", "Largest share"),
        tuple(_cells(row) for row in rows),
        frozenset({5, 6}),
        (5, 2, 4, 4, 3, 2, 2),
    )


def _cells(row: FigureRow) -> tuple[str, ...]:
    figure = row.figure
    interval = ""
    if figure.low is not None and figure.high is not None:
        interval = f"{figure.low:.3f} to {figure.high:.3f}"
    return (
        row.label,
        figure.subject or "all",
        row.coefficient,
        f"undefined: {figure.reason}" if figure.value is None else f"{figure.value:.3f}",
        interval,
        str(figure.n_units),
        "" if figure.prevalence is None else f"{figure.prevalence:.2f}",
    )
