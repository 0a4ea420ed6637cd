"""Figures through rounds and months, and where a series restarts because the codebook changed what it means.

Never writes. What counts as meaning is the written rule of coding/schema/differences.py; here is which figures
it concerns. Figures of one run stand in `figure_queries`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coding import schema, versions
from coding.models import Codebook
from projects.access import Pass
from reconciliation.figure_queries import FigureRow, figures, hidden_rounds, leading
from reconciliation.models import Run
from reconciliation.positions import TYPE

# Changes of meaning that are no one field's, in words; after them every figure is of something else.
EVERYTHING = {
    "codebook.unit_of_observation": "the unit of observation",
    "codebook.temporal_scope": "the period",
    "codebook.language": "the codebook's language",
    "alignment": "when two codings are the same event",
    "conventions": "the missing values",
}
# Parts that no figure of coded events is measured on.
ELSEWHERE = ("assessment_records", "near_misses", "cannot_code")
WHOLE = "@"
EVENTS = ("event_set_alpha", "alpha_document_presence", "alpha_document_counts")


@dataclass(frozen=True)
class Meaning:
    """What means something else in a later version: fields by name (the type among them), or everything and why."""

    fields: frozenset[str] = frozenset()
    everything: tuple[str, ...] = ()

    def concerns(self, name: str) -> bool:
        """`name`: a field, or WHOLE and a coefficient of the events as a whole, which hang on the types."""
        if self.everything:
            return True
        return (TYPE if name.startswith(WHOLE) else name) in self.fields

    def __bool__(self) -> bool:
        return bool(self.fields or self.everything)


def meaning(before: schema.Codebook, after: schema.Codebook) -> Meaning:
    fields: set[str] = set()
    everything: dict[str, None] = {}
    for change in schema.differences(before, after).meaning:
        whole = next(
            (words for path, words in EVERYTHING.items() if change.path.startswith(path)), ""
        )
        if change.path.startswith(ELSEWHERE) or change.path.endswith("rules"):
            continue
        if change.field:
            fields.add(change.field)
        elif whole:
            everything[whole] = None
        elif change.path.startswith("event_types"):
            fields.add(TYPE)
    return Meaning(frozenset(fields | _ruled(before, after)), tuple(everything))  # fmt: skip


def _ruled(before: schema.Codebook, after: schema.Codebook) -> set[str]:
    """Fields of rules across fields that came or went."""
    old, new = _rules(before), _rules(after)
    return {name for key in old.keys() ^ new.keys() for name in (old | new)[key]}


def _rules(book: schema.Codebook) -> dict[str, tuple[str, ...]]:
    every = [*book.rules, *(rule for kind in book.types for rule in kind.rules)]
    return {str(rule.condition): rule.fields for rule in every}


# --- rounds side by side


@dataclass(frozen=True)
class Column:
    """The newest whole run of a round under one version of the codebook."""

    run: Run
    codebook: Codebook


@dataclass(frozen=True)
class Restart:
    """Between two columns the codebook changed its meaning; `labels` names the fields of a series that restarts."""

    before: Column
    after: Column
    labels: Sequence[str]
    everything: Sequence[str]


@dataclass(frozen=True)
class Series:
    """One figure through the columns; None where a run has none of it, and whether the series restarts there."""

    name: str
    label: str
    cells: Sequence[tuple[FigureRow | None, bool]]

    @property
    def restarts(self) -> list[int]:
        return [n for n, (_, does) in enumerate(self.cells) if does]


@dataclass(frozen=True)
class Comparison:
    columns: Sequence[Column]
    series: Sequence[Series]
    restarts: Sequence[Restart]


def compared(holder: Pass) -> Comparison:
    """Rounds oldest first; a round that moved to another version stands once for each it was measured under."""
    columns = _columns(holder)
    by_column = [_rows(column.run) for column in columns]
    names = list(dict.fromkeys(name for rows in by_column for name in rows))
    changes = [Meaning()] + [
        meaning(before.codebook.parsed, after.codebook.parsed)
        for before, after in zip(columns, columns[1:], strict=False)
    ]
    series = []
    for name in names:
        found = [rows.get(name) for rows in by_column]
        label = next(row.label for row in found if row is not None)
        series.append(Series(name, label, _cells(name, found, changes)))
    return Comparison(columns, series, _told(columns, series, changes))


def _columns(holder: Pass) -> list[Column]:
    found = (
        Run.objects.filter(round__project=holder.project)
        .exclude(finished_at=None)
        .exclude(round__in=hidden_rounds(holder))
        .defer("breakdown")
        .select_related("round__codebook", "round__project")
        .prefetch_related("figures")
        .order_by("round_id", "n")
    )
    runs = list(found)
    moved = versions.moves_of([*{run.round_id: run.round for run in runs}.values()])
    newest: dict[tuple[int, int], Column] = {}
    for run in runs:
        # What was asked for under a version was measured under it: moving waits for nothing else.
        codebook = versions.at(run.round, moved[run.round_id], run.asked_at)
        newest[run.round_id, codebook.n] = Column(run, codebook)
    return [newest[key] for key in sorted(newest)]


def _rows(run: Run) -> dict[str, FigureRow]:
    """The one alpha of each field, and what speaks of the events as a whole."""
    found = figures(run)
    whole = {
        f"{WHOLE}{row.figure.coefficient}": row
        for row in found.get("events", [])
        if row.figure.coefficient in EVENTS and not row.figure.subject and not row.figure.type
    }
    named = {
        name: FigureRow(row.figure, row.coefficient, row.coefficient, row.level)
        for name, row in ((f"{WHOLE}{one}", whole.get(f"{WHOLE}{one}")) for one in EVENTS)
        if row is not None
    }
    return named | {row.figure.field: row for row in leading(found.get("fields", []))}


def _cells(
    name: str, found: Sequence[FigureRow | None], changes: Sequence[Meaning]
) -> list[tuple[FigureRow | None, bool]]:
    """A series restarts at its first figure after a change that concerns it, if it had one before."""
    cells = []
    had, changed = False, False
    for row, change in zip(found, changes, strict=True):
        changed = changed or (had and change.concerns(name))
        cells.append((row, changed and row is not None))
        if row is not None:
            had, changed = True, False
    return cells


def _told(
    columns: Sequence[Column], series: Sequence[Series], changes: Sequence[Meaning]
) -> list[Restart]:
    told = []
    for n, change in enumerate(changes):
        if not change:
            continue
        labels = [one.label for one in series if change.concerns(one.name)]
        told.append(Restart(columns[n - 1], columns[n], labels, change.everything))
    return [one for one in told if one.labels]


# --- months of one run


@dataclass(frozen=True)
class Moving:
    """The round of a run went over to another version, and a field means something else since."""

    month: str
    before: Codebook
    after: Codebook


def movings(run: Run, field: str) -> list[Moving]:
    """Moves before the run was asked for that changed what the field means."""
    moved = versions.moves_of([run.round])[run.round_id]
    return [
        Moving(one.at.strftime("%Y-%m"), one.before, one.after)
        for one in moved
        if one.at <= run.asked_at and meaning(one.before.parsed, one.after.parsed).concerns(field)
    ]


def restarts(months: Sequence[str], moving: Iterable[Moving]) -> set[int]:
    """Places in the months before which the line breaks: a month in which the change fell holds both, and stands alone."""
    found: set[int] = set()
    for one in moving:
        later = [n for n, month in enumerate(months) if month >= one.month]
        if later:
            found.add(later[0])
            if months[later[0]] == one.month:
                found.update(later[1:2])
    return found - {0}
