"""The diagnosis export: what a run measured as plain tables, enough to recompute every figure elsewhere.

Tables are taken from the codings as they stand, and refused when these are no longer those the run was made of.
Who may take them is the caller's to ask.
"""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from projects import spreadsheets
from projects.refusals import Refused, WrongState
from reconciliation import field_values, inputs, rereadings, selecting
from reconciliation.agreement import alignment, fields
from reconciliation.agreement.units import Value
from reconciliation.inputs import Study
from reconciliation.models import Figure, Position, Run
from reconciliation.selecting import Selection

Row = Sequence[Any]
# Files carry the same day, whenever they are made, so that the same run gives the same bytes.
_DAY = (1980, 1, 1, 0, 0, 0)
ALL_TERMS = "all terms"

README = """\
Diagnosis of run {run} of “{round}”, Concord {software}.
Input SHA-256: {input_hash}

All tables are CSV in UTF-8 with a header. An empty cell is a blank, never a zero. Offsets are Unicode code points,
end-exclusive. A text that a spreadsheet would run as a formula has an apostrophe before it. Events are named coder:number and are unique within a document; coders appear by their label.

run.csv         parameters of the run: weights, tau and theta of the alignment, interval, replicates, seed
figures.csv     every figure of the run as it was printed
codings.csv     who handed in which document; counts = 1 where silence means that the coder saw no event
events.csv      the events as the alignment sees them; members of a set are separated by ;
spans.csv       the passages of each event
groups.csv      the groups of each alignment: “all terms”, and one for every set of terms left out
fields.csv      every measured field: its level, and the alignment its figures rest on
values.csv      one row for each value that entered a figure: field, document, group, coder. Ranks stand for ordinal
                codes; a date is first/last possible day, with its precision code beside; {{}} is the empty set;
                numbers of groups are those of groups.csv in the same alignment
again_*.csv     the same tables of second readings by the same coder, where there are any: the document goes by its own
                id and the coder's label, the coder is “first” or “second”; figures of question “again” rest on them,
                over all coders, or of one (subject) over the documents that end with that label
positions.csv   one row for each field of each group as on the adjudication board, one column for each coder, with the
                state and the decision, values as JSON (not for a measured choice, which has no board)

To recompute: take the rows of values.csv of one field; unit = document and group, rater = coder, value = value; alpha
uses units with two or more values. Whether the same events were found follows from groups.csv (“all terms”),
events.csv and codings.csv; the same passages from spans.csv with the types of events.csv and the lengths of
codings.csv, where stretches that bear several types are joined with +. Intervals are bootstrap draws and cannot be
recomputed without the same generator.
"""


@dataclass(frozen=True)
class Table:
    columns: tuple[str, ...]
    rows: list[Row]


def packed(run: Run) -> bytes:
    """The tables of a run with their description as one ZIP; the same run gives the same bytes."""
    content = {"README.txt": _readme(run).encode()}
    content |= {f"{name}.csv": _csv(table) for name, table in tables(run).items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in content.items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), raw, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def tables(run: Run) -> dict[str, Table]:
    """By name, in the order in which they are read."""
    study = _study(run)
    found = {"run": _run(run), "figures": _figures(run), **_of(study)}
    if run.is_whole:
        found["positions"] = _positions(run, study)
        again = _again(run)
        found |= {f"again_{name}": table for name, table in _of(again).items() if again.documents}
    return found


def _of(study: Study) -> dict[str, Table]:
    codings = [field_values.coding(field, study.events) for field in field_values.assessed(study)]
    coded = [event.coded for event in study.events]
    rule = inputs.rule_of(study.codebook)
    aligned = {
        steers: alignment.align(coded, rule, leave_out=steers)
        for steers in dict.fromkeys([frozenset[str](), *(coding.steers for coding in codings)])
    }
    return {
        "codings": _codings(study),
        "events": _events(study),
        "spans": _spans(study),
        "groups": _groups(study, aligned),
        "fields": _fields(study, codings),
        "values": _values(study, codings, aligned),
    }


def _again(run: Run) -> Study:
    """The second readings that the run's figures of question “again” speak of."""
    found = rereadings.study(run.round)
    stands = found.input_hash if found.documents else None
    if stands != run.counts.get("second_readings_hash"):
        raise WrongState(
            f"Second readings have changed since run {run.n}. Reconcile the round again, then take the export."
        )
    return found


def _study(run: Run) -> Study:
    try:
        study = inputs.study(run.round)
    except inputs.TextsDiffer as difference:
        raise Refused(str(difference)) from None
    if not run.is_whole:
        study = selecting.chosen(study, Selection.of(run.selection))
    if study.input_hash != run.input_hash:
        raise WrongState(
            f"What the coders handed in has changed since run {run.n}. Reconcile the round again, then take the export."
        )
    return study


def _readme(run: Run) -> str:
    return README.format(
        run=run.n, round=run.round.name, software=run.software, input_hash=run.input_hash
    )


def _run(run: Run) -> Table:
    told: dict[str, Any] = {
        "round": run.round.name,
        "run": run.n,
        "codebook": run.round.codebook.parsed.version,
        "software": run.software,
        "input_hash": run.input_hash,
        **run.parameters,
        **{f"selection.{name}": value for name, value in run.selection.items()},
    }
    rows: list[Row] = []
    for name, value in told.items():
        if isinstance(value, Mapping):
            rows += [(f"{name}.{part}", one) for part, one in value.items()]
        else:
            rows.append((name, ";".join(value) if isinstance(value, list) else value))
    return Table(("name", "value"), rows)


def _figures(run: Run) -> Table:
    columns = tuple(
        field.name for field in Figure._meta.concrete_fields if field.name not in {"id", "run"}
    )
    return Table(columns, [[getattr(one, name) for name in columns] for one in run.figures.all()])


def _codings(study: Study) -> Table:
    return Table(
        ("document", "coder", "outcome", "counts", "text_length", "kind", "outlet", "handed_in"),
        [
            (
                document.name, label, reader.outcome, int(label in document.judges), document.length,
                document.kind, document.outlet, document.handed_in[label].isoformat(),
            )
            for document in study.documents
            for label, reader in sorted(document.readers.items())
        ],
    )  # fmt: skip


def _events(study: Study) -> Table:
    rows: list[Row] = []
    for event in study.events:
        coded = event.coded
        first, last = coded.start or (None, None)
        rows.append(
            (
                coded.document, event.name, coded.coder, coded.type, coded.family,
                _members(coded.providers), _members(coded.recipients), int(coded.reciprocal), _day(first), _day(last),
            )
        )  # fmt: skip
    return Table(
        (
            "document", "event", "coder", "type", "family", "providers", "recipients", "reciprocal", "first_day",
            "last_day",
        ),
        rows,
    )  # fmt: skip


def _spans(study: Study) -> Table:
    return Table(
        ("document", "event", "start", "end"),
        [
            (event.coded.document, event.name, start, end)
            for event in study.events
            for start, end in event.coded.spans
        ],
    )


def _alignment_name(left_out: Iterable[str]) -> str:
    terms = ", ".join(sorted(left_out))
    return f"without {terms}" if terms else ALL_TERMS


def _groups(study: Study, aligned: Mapping[frozenset[str], alignment.Alignment]) -> Table:
    names = {event.key: (event.coded.document, event.name) for event in study.events}
    return Table(
        ("alignment", "document", "group", "event"),
        [
            (_alignment_name(left_out), names[key][0], number, names[key][1])
            for left_out, found in aligned.items()
            for number, group in enumerate(found.groups)
            for key in group
        ],
    )


def _fields(study: Study, codings: Sequence[fields.FieldCoding]) -> Table:
    labels = {field.name: str(field.label) for field in field_values.assessed(study)}
    return Table(
        ("field", "label", "level", "alignment"),
        [
            (coding.name, labels[coding.name], coding.level, _alignment_name(coding.steers))
            for coding in codings
        ],
    )


def _values(
    study: Study,
    codings: Sequence[fields.FieldCoding],
    aligned: Mapping[frozenset[str], alignment.Alignment],
) -> Table:
    by_key = {event.key: event for event in study.events}
    by_name = {field.name: field for field in field_values.assessed(study)}

    def rows() -> Iterator[Row]:
        for coding in codings:
            fine: Mapping[str, Value] = {}
            if coding.level == "date":
                fine = field_values.precision(by_name[coding.name], study.events).values
            for number, group in enumerate(aligned[coding.steers].groups):
                for key in group:
                    if key in coding.values:
                        event = by_key[key]
                        yield (
                            coding.name, event.coded.document, number, event.label,
                            _cell(coding.values[key], coding.level), fine.get(key),
                        )  # fmt: skip

    return Table(("field", "document", "group", "coder", "value", "precision"), list(rows()))


def _positions(run: Run, study: Study) -> Table:
    """As the board has them, so with what people decided about grouping."""
    labels = sorted({label for document in study.documents for label in document.readers})
    found = (
        Position.objects.filter(group__round=run.round, group__retired_at=None)
        .select_related("group__document", "decision")
        .order_by("group__document__external_id", "group__n", "order")
    )
    rows: list[Row] = []
    for position in found.iterator(chunk_size=2_000):
        group, decision = position.group, position.decision
        settled = decision.value if decision is not None and position.is_settled else None
        rows.append(
            (
                group.document.external_id, group.n, group.type, position.field, position.state,
                "" if settled is None else json.dumps(settled, ensure_ascii=False, sort_keys=True),
                decision.reason if decision is not None and settled is not None else "",
                *(
                    json.dumps(position.candidates[label], ensure_ascii=False, sort_keys=True)
                    if label in position.candidates
                    else ""
                    for label in labels
                ),
            )
        )  # fmt: skip
    heading = ("document", "group", "type", "field", "state", "decision", "reason")
    return Table((*heading, *labels), rows)


def _cell(value: Value, level: str) -> Any:
    if isinstance(value, frozenset):
        return _members(value) or "{}"
    if level == "date" and isinstance(value, tuple):
        return f"{_day(value[0])}/{_day(value[1])}"
    return value


def _members(members: Iterable[Any]) -> str:
    return ";".join(sorted(map(str, members)))


def _day(ordinal: int | None) -> str:
    return "" if ordinal is None else date.fromordinal(ordinal).isoformat()


def _csv(table: Table) -> bytes:
    return spreadsheets.written(table.columns, table.rows, end="\n").encode()
