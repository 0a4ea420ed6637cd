"""From a cell of a release back to what it rests on: incidents, their reports, passages, codings, decisions and reasons.

Read from the files as they were published, never from the rows of today. Tables are kept in the order of their keys, so
that a typed copy finds a few rows without reading all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from datasets.models import Release, ReleaseFile
from projects import files
from projects.refusals import Missing

MOST_ROWS = 200
MOST_INCIDENTS = 50
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Account:
    """One incident with everything that stands behind it."""

    incident: Row
    reports: tuple[Row, ...]
    proofs: tuple["Proof", ...]
    codings: tuple[Row, ...]
    decisions: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One run of a document, with the labels of all who marked it; without words it is the whole document."""

    document_id: str
    start: int | None
    end: int | None
    page: int | None
    words: str
    coders: str

    @property
    def fragment(self) -> str:
        """The part of an address at which a browser shows these very words of the document."""
        if self.start is None:
            return ""
        first = self.words.strip().split("\n")[0]
        return "#:~:text=" + quote(first, safe="").replace("-", "%2D")


@dataclass(frozen=True, slots=True)
class Proof:
    """A decided value with the passages that prove it."""

    field: str
    value: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Some rows of a table."""

    table: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: int
    variables: Mapping[str, Row]


def tables(release: Release) -> tuple[str, ...]:
    """Names of the tables one can look into, those of the edition that keeps codes where there are two."""
    paths = ReleaseFile.objects.filter(
        release=release, part=ReleaseFile.Part.RELEASE, path__startswith="parquet/"
    ).values_list("path", flat=True)
    names = {path.removesuffix(".parquet").removeprefix("parquet/") for path in paths}
    return tuple(sorted(name for name in names if not name.startswith("analysis/")))


def sheet(release: Release, table: str, wanted: Mapping[str, str], *, offset: int = 0) -> Sheet:
    """Rows of a table where columns have the wanted values. Raises Missing."""
    found = _read(release, table, wanted)
    shown = found.slice(offset, MOST_ROWS).to_pylist()
    variables = {
        row["column"]: row for row in rows(release, "variables", file=table.rsplit("/", 1)[-1])
    }
    return Sheet(
        table,
        key_of(found.column_names),
        tuple(found.column_names),
        tuple(shown),
        found.num_rows,
        variables,
    )


def key_of(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns that lead to one row of a panel or to one incident."""
    for key in (
        ("alliance", "ccode1", "ccode2", "event_type", "year"),
        ("ccode1", "ccode2", "year"),
        ("alliance_ref", "ccode", "year"),
        ("incident_id",),
    ):
        if set(key) <= set(columns):
            return key
    return ()


def accounts(release: Release, incident_ids: Sequence[str]) -> tuple[Account, ...]:
    wanted = list(incident_ids)[:MOST_INCIDENTS]
    by_table = {
        name: rows(release, name, incident_id=wanted)
        for name in ("codes/incidents", "reports", "evidence", "codings", "decisions")
    }

    def of(table: str, incident: str) -> tuple[Row, ...]:
        return tuple(row for row in by_table[table] if row["incident_id"] == incident)

    return tuple(
        Account(
            row,
            of("reports", row["incident_id"]),
            _proofs(of("evidence", row["incident_id"])),
            of("codings", row["incident_id"]),
            of("decisions", row["incident_id"]),
        )
        for row in by_table["codes/incidents"]
    )


def _proofs(evidence: Sequence[Row]) -> tuple[Proof, ...]:
    """Passages by field and value; what several coders marked alike stands once, with all their labels."""
    found: dict[tuple[str, str], dict[tuple[Any, ...], list[str]]] = {}
    for row in evidence:
        words = row["quote"] or row["whole_document"] or ""
        place = (row["document_id"], row["start"], row["end"], row["page"], words)
        marked = found.setdefault((row["field"], row["value"] or ""), {}).setdefault(place, [])
        marked.append(row["coder"] or "the adjudicator")
    return tuple(
        Proof(
            field,
            value,
            tuple(
                Passage(
                    place[0],
                    place[1],
                    place[2],
                    place[3],
                    place[4],
                    ", ".join(dict.fromkeys(coders)),
                )
                for place, coders in places.items()
            ),
        )
        for (field, value), places in sorted(found.items())
    )


def incidents_behind(row: Row, column: str) -> tuple[str, ...]:
    """The incidents that a cell rests on: those of its own list where the row has one, else all of the row."""
    stem = column.split("_")[0]
    for name in (
        f"{stem}_incident_ids",
        "organisation_ids" if stem == "organisation" else "",
        "incident_ids",
    ):
        if row.get(name):
            return tuple(str(row[name]).split(";"))
    return (str(row["incident_id"]),) if row.get("incident_id") else ()


def rows(release: Release, table: str, **wanted: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _read(release, table, wanted).to_pylist()
    return found


def _read(release: Release, table: str, wanted: Mapping[str, Any]) -> Any:
    import pyarrow.parquet as pq  # slow library

    kept = ReleaseFile.objects.filter(
        release=release, part=ReleaseFile.Part.RELEASE, path=f"parquet/{table}.parquet"
    ).first()
    if kept is None:
        raise Missing("This release has no such table.")
    with files.open_stored(kept.sha256) as opened:
        schema = pq.read_schema(opened)
        filters = [_filter(schema, name, value) for name, value in wanted.items()]
        opened.seek(0)
        return pq.read_table(opened, filters=[one for one in filters if one] or None)


def _filter(schema: Any, name: str, value: Any) -> tuple[str, str, Any] | None:
    import pyarrow as pa  # slow library

    if name not in schema.names:
        return None
    if isinstance(value, list):
        return (name, "in", value)
    if pa.types.is_string(schema.field(name).type):
        return (name, "==", value)
    try:
        return (name, "==", int(value))
    except ValueError:
        raise Missing(f"“{value}” is no value of {name}.") from None
