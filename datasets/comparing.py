"""What differs between two versions of a dataset: by file, row and cell, each change led back to what caused it.

Pure: reads the CSV files of two releases, whoever keeps them. A cause is a decision, a coding that changed, a document
that came or went, a new codebook or rule; where none of these explains a change, it says so.
"""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TextIO, TypeAlias

#: Opens a file of one release by its path; None where it has no such file.
Open: TypeAlias = Callable[[str], TextIO | None]
Row: TypeAlias = Mapping[str, str]
_Place: TypeAlias = tuple[str, str]  # document and group
Kind: TypeAlias = Literal["added", "removed", "changed"]

# Every row names its version; that difference is none.
_PASSED_OVER = frozenset({"dataset_version"})
_UNEXPLAINED = "no decision, coding or document explains it"


@dataclass(frozen=True, slots=True)
class Cell:
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    kind: Kind
    key: tuple[str, ...]
    cells: tuple[Cell, ...] = ()
    causes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileChange:
    """Changes of one table. `columns` counts changed cells by column; `rows` holds the first of the changes."""

    file: str
    key: tuple[str, ...]
    added: int
    removed: int
    changed: int
    columns: tuple[tuple[str, int], ...]
    rows: tuple[RowChange, ...]
    new_columns: tuple[str, ...] = ()
    lost_columns: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        return not (
            self.added or self.removed or self.changed or self.new_columns or self.lost_columns
        )


def compared(old: Open, new: Open, *, most_rows: int | None = None) -> tuple[FileChange, ...]:
    """Every table of either release, in the order of the newer one's data package; counts are always whole."""
    before, after = Kept(old), Kept(new)
    causes = _Causes(before, after)
    tables = {**before.tables, **after.tables}
    return tuple(_file(path, key, before, after, causes, most_rows) for path, key in tables.items())


class Kept:
    """The tables of one release, read when they are asked for."""

    def __init__(self, opens: Open) -> None:
        self._open = opens

    @cached_property
    def tables(self) -> Mapping[str, tuple[str, ...]]:
        """Path of every table that is compared, with its key. Of two editions the one that keeps codes."""
        opened = self._open("datapackage.json")
        if opened is None:
            return {}
        with opened:
            package = json.load(opened)
        return {
            one["path"]: tuple(one.get("rowKey", ()))
            for one in package["resources"]
            if one["path"].endswith(".csv") and not one["path"].startswith("analysis/")
        }

    def columns(self, path: str) -> tuple[str, ...]:
        opened = self._open(path)
        if opened is None:
            return ()
        with opened:
            return tuple(next(csv.reader(opened), ()))

    def rows(self, path: str) -> Iterator[dict[str, str]]:
        opened = self._open(path)
        if opened is not None:
            with opened:
                yield from csv.DictReader(opened)

    @cached_property
    def about(self) -> Mapping[str, Any]:
        opened = self._open("MANIFEST.json")
        if opened is None:
            return {}
        with opened:
            told: Mapping[str, Any] = json.load(opened)
        return told

    @cached_property
    def documents(self) -> frozenset[str]:
        return frozenset(row["document_id"] for row in self.rows("documents.csv"))

    @cached_property
    def places(self) -> Mapping[str, frozenset[tuple[str, str]]]:
        """By incident: the documents that report it, each with the group behind it."""
        found: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for row in self.rows("reports.csv"):
            for group in row["group_ids"].split(";"):
                found[row["incident_id"]].add((row["document_id"], group))
        return {incident: frozenset(places) for incident, places in found.items()}

    @cached_property
    def said(self) -> Mapping[_Place, Mapping[str, set[tuple[str, str]]]]:
        """By document and group, then by field: what each coder said."""
        found: dict[_Place, dict[str, set[tuple[str, str]]]] = defaultdict(dict)
        for row in self.rows("codings.csv"):
            place = found[row["document_id"], row["group_id"]]
            place.setdefault(row["field"], set()).add((row["coder"], row["value"]))
        return found

    @cached_property
    def decided(self) -> Mapping[_Place, list[Row]]:
        """By document and group: decisions in the order they were taken."""
        found: dict[_Place, list[Row]] = defaultdict(list)
        for row in self.rows("decisions.csv"):
            found[row["document_id"], row["group_id"]].append(row)
        return found

    @cached_property
    def field_of(self) -> Mapping[tuple[str, str], str]:
        """The codebook's field behind a column, by table and column."""
        rows = self.rows("variables.csv")
        return {(row["file"], row["column"]): row["field"] for row in rows}


def _file(
    path: str,
    key: tuple[str, ...],
    before: Kept,
    after: Kept,
    causes: "_Causes",
    most_rows: int | None,
) -> FileChange:
    old_columns, new_columns = before.columns(path), after.columns(path)
    shared = [name for name in new_columns if name in old_columns and name not in _PASSED_OVER]
    counts: Counter[str] = Counter()
    by_column: Counter[str] = Counter()
    told: list[RowChange] = []
    table = path.removesuffix(".csv").rsplit("/", 1)[-1]
    for kind, row_key, one, other in _pairs(before.rows(path), after.rows(path), key, shared):
        cells = tuple(
            Cell(name, one[name], other[name])
            for name in (shared if one and other else ())
            if one[name] != other[name]
        )
        counts[kind] += 1
        by_column.update(cell.column for cell in cells)
        if most_rows is None or len(told) < most_rows:
            told.append(RowChange(kind, row_key, cells, causes.of(table, one, other, cells)))
    return FileChange(
        path,
        key,
        counts["added"],
        counts["removed"],
        counts["changed"],
        tuple(sorted(by_column.items())),
        tuple(told),
        tuple(name for name in new_columns if old_columns and name not in old_columns),
        tuple(name for name in old_columns if new_columns and name not in new_columns),
    )


def _pairs(
    old: Iterable[Row], new: Iterable[Row], key: tuple[str, ...], shared: list[str]
) -> Iterator[tuple[Kind, tuple[str, ...], Row, Row]]:
    """Rows that differ, in the order of the newer file, then those that are gone. Without a key a row is all it holds."""
    names = key or tuple(shared)
    waiting: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in old:
        waiting[tuple(row.get(name, "") for name in names)].append(row)
    for row in new:
        place = tuple(row.get(name, "") for name in names)
        if not waiting.get(place):
            yield "added", place, {}, row
            continue
        before = waiting[place].pop(0)
        if any(before[name] != row[name] for name in shared):
            yield "changed", place, before, row
    for place, rows in waiting.items():
        for before in rows:
            yield "removed", place, before, {}


class _Causes:
    """Why a row differs, in words a reader of the data can follow."""

    def __init__(self, before: Kept, after: Kept) -> None:
        self._before, self._after = before, after

    def of(self, table: str, old: Row, new: Row, cells: tuple[Cell, ...]) -> tuple[str, ...]:
        row = new or old
        if table == "incidents":
            found = self._of_incident(row["incident_id"], [self._field(table, c) for c in cells])
        elif "incident_ids" in row:
            found = self._of_panel_row(old, new)
        elif table in ("reports", "evidence", "incident_participants", "treaty_obligations"):
            field = row.get("field") or row.get("role") or ""
            found = self._of_incident(row["incident_id"], [field] if field else [])
        elif table == "decisions":
            found = [_decision(row)] if new and not old else []
        elif table == "codings":
            found = self._of_document(row["document_id"]) or [
                f"{row['coder']}'s coding of {row['document_id']} changed"
            ]
        elif table == "documents":
            found = self._of_document(row["document_id"])
        else:
            found = []
        return tuple(dict.fromkeys(found or self._of_rules() or [_UNEXPLAINED]))

    def _field(self, table: str, cell: Cell) -> str:
        name = (table, cell.column)
        return self._after.field_of.get(name) or self._before.field_of.get(name) or cell.column

    def _of_incident(self, incident: str, fields: Iterable[str]) -> list[str]:
        """Decisions and codings of these fields (of all, where none is named), and documents that came or went."""
        old, new = (r.places.get(incident, frozenset()) for r in (self._before, self._after))
        wanted = set(fields)
        if "year" in wanted:
            wanted.add("start")
        found: list[str] = []
        for document, _ in sorted(new - old):
            found += self._of_document(document) or ([f"{document} reports it now"] if old else [])
        for document, _ in sorted(old - new):
            found += self._of_document(document) or (
                [f"{document} reports it no more"] if new else []
            )
        for place in sorted(new | old):
            known = self._before.decided.get(place, ())
            found += [
                _decision(one)
                for one in self._after.decided.get(place, ())
                if one not in known and (not wanted or one["field"] in wanted)
            ]
            found += self._of_codings(place, wanted)
        return found

    def _of_codings(self, place: _Place, wanted: set[str]) -> list[str]:
        old, new = (r.said.get(place, {}) for r in (self._before, self._after))
        return [
            f"{coder}'s {field} in {place[0]} changed"
            for field in sorted(old.keys() & new.keys())
            if not wanted or field in wanted
            for coder in sorted({coder for coder, _ in old[field] ^ new[field]})
        ]

    def _of_panel_row(self, old: Row, new: Row) -> list[str]:
        """The incidents that the row gained or lost; those it kept, where they changed themselves."""
        were, are = (_ids(old), _ids(new))
        found = []
        for incident, words in (
            *((one, "new in the row") for one in sorted(are - were)),
            *((one, "gone from the row") for one in sorted(were - are)),
        ):
            why = self._of_incident(incident, [])
            found.append(f"{incident} {words}" + (f": {why[0]}" if why else ""))
        if not found:
            for incident in sorted(are):
                found += [f"{incident}: {why}" for why in self._of_incident(incident, [])[:1]]
        return found

    def _of_document(self, document: str) -> list[str]:
        if document not in self._before.documents:
            return [f"new document {document}"]
        if document not in self._after.documents:
            return [f"document {document} left"]
        return []

    def _of_rules(self) -> list[str]:
        """A whole file may differ because a rule, a list or the codebook did."""
        found = []
        old, new = self._before.about, self._after.about
        if old.get("codebook") != new.get("codebook"):
            found.append(f"codebook {new.get('codebook', {}).get('version', '')}")
        for name in ("year_rule", "span_rule", "states_extended"):
            was, is_now = (about.get("parameters", {}).get(name) for about in (old, new))
            if was != is_now:
                found.append(f"{name.replace('_', ' ')} {is_now} instead of {was}")
        if old.get("effects", {}).get("states") != new.get("effects", {}).get("states"):
            found.append("another list of states")
        return found


def _ids(row: Row) -> set[str]:
    return {one for one in row.get("incident_ids", "").split(";") if one}


def _decision(row: Row) -> str:
    by = row["decided_by"] or f"rule {row['rule']}"
    reason = f": {row['reason']}" if row["reason"] else ""
    return f"decision {row['decision_id']} on {row['field']} of {row['group_id']} in {row['document_id']} by {by}{reason}"


def changelog(changes: Iterable[FileChange], old_version: str) -> str:
    """A draft of what is new, for a person to put into better words."""
    lines = [f"Since version {old_version}:", ""]
    for one in changes:
        if one.is_same or one.file in ("variables.csv",):
            continue
        parts = [
            f"{count} {words}"
            for count, words in (
                (one.added, "added"),
                (one.removed, "removed"),
                (one.changed, "changed"),
            )
            if count
        ]
        if one.new_columns:
            parts.append(f"new columns {', '.join(one.new_columns)}")
        if one.lost_columns:
            parts.append(f"columns gone: {', '.join(one.lost_columns)}")
        lines.append(f"- `{one.file}`: {'; '.join(parts)}.")
        if one.file == "codes/incidents.csv":
            for row in one.rows[:50]:
                lines.append(f"  - {row.key[0]} {row.kind}: {'; '.join(row.causes)}")
    if len(lines) == 2:
        lines.append("- No data changed.")
    return "\n".join(lines) + "\n"
