"""The files about incidents themselves: what each one is, who took part, and what treaties promise.

Incidents and treaty obligations hold decided values, so each edition has its own copy. How one field
becomes columns is said in `columns`.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from coding.schema import Codebook, Field
from datasets import columns
from datasets.atop_columns import atop_columns
from datasets.cells import Cell, Missing, joined
from datasets.columns import OWN, Column, Table, attribute
from datasets.membership import StateSystem
from datasets.ordering import Joined
from datasets.placing import (
    PROVIDER,
    RECIPIENT,
    RECIPROCAL,
    START,
    Placed,
    YearRule,
    place,
    states_in,
)
from datasets.records import IncidentRecord, Records, Value, is_missing

EDITIONS = ("codes", "analysis")
TREATY, TREATY_TYPE = "alliance_ref", "TO"
_PARTICIPANTS = ("state", "state_list", "organisation", "non_state_actor")
_YES_NO = (("0", "no"), ("1", "yes"))
_GW = "Gleditsch-Ward number on the day of the incident."
_ISO = (
    "ISO 3166-1 alpha-3 code on the day of the incident; empty for states that never had one, XKX (user-assigned) "
    "for Kosovo."
)


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident with all that its columns ask for."""

    placed: Placed
    states: StateSystem
    n_sources: int
    atopids: Mapping[str, int]

    @property
    def incident(self) -> IncidentRecord:
        return self.placed.incident

    @property
    def values(self) -> Mapping[str, Value]:
        return self.placed.incident.values

    def gwcode(self, ccode: int) -> int | None:
        day = self._day(ccode)
        return self.states.gwcode(ccode, day) if day else None

    def iso3_code(self, ccode: int) -> str | None:
        day = self._day(ccode)
        return self.states.iso3(ccode, day) if day else None

    def gwcodes(self, ccodes: Iterable[int]) -> str:
        return joined(["" if code is None else code for code in map(self.gwcode, ccodes)])

    def iso3(self, ccodes: Iterable[int]) -> str:
        return joined([code or "" for code in map(self.iso3_code, ccodes)])

    def _day(self, ccode: int) -> date | None:
        """The day whose codes are given: the first bound of the start on which the state was a member."""
        bounds = [day for day in (self.placed.earliest, self.placed.latest) if day]
        members = (day for day in bounds if self.states.is_member(ccode, day))
        return next(members, bounds[0] if bounds else None)


def incident_tables(
    records: Records,
    states: StateSystem,
    *,
    version: str,
    year_rule: YearRule,
    withheld: frozenset[str],
    missing_columns: frozenset[str],
) -> tuple[Table, ...]:
    """`missing_columns` names fields that get a column with the reason why a value is not there.

    Incidents and reports are in the order of their keys.
    """
    atopids = {a.reference: a.atopid for a in records.alliances if a.atopid is not None}

    def rows() -> Iterator[IncidentRow]:
        reports = Joined(records.reports, lambda report: report.incident_id)
        for incident in records.incidents:
            sources = {report.document_id for report in reports.of(incident.incident_id)}
            yield IncidentRow(place(incident, year_rule), states, len(sources), atopids)

    found = _with_ambiguous(records, missing_columns)
    tables = [
        Table(
            "incidents",
            "an incident",
            ("incident_id",),
            (
                *_identity(records.codebook, version),
                *_values(records.codebook, withheld, found, _year(year_rule)),
                *_standing(),
            ),
            rows,
            EDITIONS,
        ),
        _participants(records.codebook, rows, withheld),
    ]
    if any(kind.code == TREATY_TYPE for kind in records.codebook.types):
        tables.append(_obligations(records.codebook, rows, withheld, found))
    return tuple(tables)


def _with_ambiguous(records: Records, asked: frozenset[str]) -> frozenset[str]:
    """The fields asked for, and those whose numbers happen to look like missing codes in the codes edition."""
    fields = {
        (kind.code, field.name): field
        for kind in records.codebook.types
        for field in records.codebook.fields_of(kind.code)
    }
    return asked | {
        name
        for incident in records.incidents
        for name, value in incident.values.items()
        if columns.could_be_mistaken(fields[incident.event_type, name], value)
    }


def _identity(codebook: Codebook, version: str) -> tuple[Column, ...]:
    types = [(kind.code, str(kind.label)) for kind in codebook.types]
    return (
        attribute("incident_id", "Incident").reading(lambda row: row.incident.incident_id),
        attribute("dataset_version", "Version of the release").reading(lambda row: version),
        attribute("codebook_version", "Version of the codebook").reading(
            lambda row: codebook.version
        ),
        attribute("event_type", "Type of the event", codes=types).reading(
            lambda row: row.incident.event_type
        ),
    )


def _standing() -> tuple[Column, ...]:
    note = "Counted from the reports file."
    return (
        attribute("n_sources", "Documents that report it", "integer", note=note),
        attribute("n_coders", "Coders who recorded it", "integer").reading(
            lambda row: row.incident.n_coders
        ),
        attribute(
            "adjudicated", "At least one value decided by a person", "integer", codes=_YES_NO
        ).reading(lambda row: int(row.incident.adjudicated)),
    )


def _year(rule: str) -> Column:
    return attribute("year", "Year it counts in", "integer", note=YEAR_NOTE[rule]).reading(
        lambda row: row.placed.year
    )


YEAR_NOTE = {
    "most": "The year that holds most days of the start, tie to the earlier.",
    "earliest": "The year of the earliest day of the start.",
    "latest": "The year of the latest day of the start.",
    "certain": "The year of the start where both bounds share it, else empty.",
}


def _values(
    codebook: Codebook, withheld: frozenset[str], missing_columns: frozenset[str], year: Column
) -> Iterator[Column]:
    """Common fields in codebook order, the year beside the start, then the attributes of each type."""
    for field in codebook.common:
        if field.name != "event_type" and field.name not in withheld:
            yield from _of_field(field, (), missing_columns)
        if field.name == START:
            yield year
    for types, field in own_fields(codebook):
        if field.name not in withheld:
            yield from _of_field(field, types, missing_columns)


def _of_field(
    field: Field, types: Sequence[str], missing_columns: frozenset[str]
) -> tuple[Column, ...]:
    made = columns.field_columns(field, of_types=types)
    if field.name in missing_columns:
        made = (*made, columns.missing_column(field))
    if field.name == TREATY:
        made = (*made, _atopid(field))
    return _of_types(made, types) if types else made


def _of_types(made: Iterable[Column], types: Sequence[str]) -> tuple[Column, ...]:
    """Columns that read only incidents of these types: another type may use the name for another kind of field."""

    def read_by(column: Column) -> Callable[[IncidentRow], Cell]:
        return lambda row: column.read(row) if row.incident.event_type in types else None

    part = _part_of(tuple(types))
    return tuple(replace(column, read=read_by(column), part=part) for column in made)


@cache
def _part_of(types: tuple[str, ...]) -> Callable[[IncidentRow], Hashable]:
    """For incidents of other types these columns are all empty; one function for each set of types."""
    return lambda row: OWN if row.incident.event_type in types else None


def _atopid(field: Field) -> Column:
    def read(row: IncidentRow) -> Cell:
        reference = row.values.get(field.name)
        return row.atopids.get(reference) if isinstance(reference, str) else None

    note = "Empty where the alliance has no ATOP number."
    return attribute("atopid", "ATOP number of the alliance", "integer", note=note).reading(read)


def own_fields(codebook: Codebook) -> tuple[tuple[tuple[str, ...], Field], ...]:
    """Fields of single types, in codebook order, with the types that share them.

    Two types may use one name: the same kind of field becomes one column with the options of both; another
    kind becomes a column of its own.
    """
    found: dict[tuple[str, str], list[tuple[str, Field]]] = defaultdict(list)
    for kind in codebook.types:
        for field in kind.fields:
            found[field.name, field.kind].append((kind.code, field))
    merged = []
    for shared in found.values():
        options = {option.code: option for _, field in shared for option in field.options}
        types = tuple(code for code, _ in shared)
        merged.append((types, replace(shared[0][1], options=tuple(options.values()))))
    return tuple(merged)


@dataclass(frozen=True, slots=True)
class _Participant:
    incident_id: str
    role: str
    kind: str
    ccode: int | None
    gwcode: int | None
    iso3: str | None
    name: str


def _participants(
    codebook: Codebook, incidents: Callable[[], Iterable[IncidentRow]], withheld: frozenset[str]
) -> Table:
    roles: dict[str, dict[str, Field]] = {
        kind.code: {
            field.name: field
            for field in codebook.fields_of(kind.code)
            if field.kind in _PARTICIPANTS and field.name not in withheld
        }
        for kind in codebook.types
    }

    def rows() -> Iterator[_Participant]:
        for row in incidents():
            fields = roles[row.incident.event_type]
            for role in sorted(fields.keys() & row.values.keys()):
                yield from sorted(
                    _taking_part(row, fields[role]), key=lambda p: (p.ccode or 0, p.name)
                )

    labels = {name: str(field.label) for fields in roles.values() for name, field in fields.items()}
    kinds = (
        ("state", "member of the state system"),
        ("organisation", "organisation"),
        ("non_state_actor", "non-state actor"),
    )
    table_columns = (
        attribute("incident_id", "Incident"),
        attribute("role", "Role in the incident", codes=sorted(labels.items())),
        attribute("kind", "What the participant is", codes=kinds),
        attribute(
            "ccode", "Correlates of War country code", "integer", note="Empty unless a state."
        ),
        attribute("gwcode", "Gleditsch-Ward number", "integer", note=_GW),
        attribute("iso3", "ISO 3166-1 alpha-3 code", note=_ISO),
        attribute("name", "Name of the state, organisation or actor"),
    )
    return Table(
        "incident_participants",
        "a state, organisation or actor in one role of an incident",
        ("incident_id", "role", "ccode", "name"),
        table_columns,
        rows,
        note="Unknown participants have no row; the incidents file says that they are unknown.",
    )


def _taking_part(row: IncidentRow, field: Field) -> Iterator[_Participant]:
    value = row.values[field.name]
    if field.kind in ("organisation", "non_state_actor"):
        if value != "" and not is_missing(value):
            yield _Participant(
                row.incident.incident_id, field.name, field.kind, None, None, None, str(value)
            )
        return
    for ccode in states_in(row.values, field.name):
        yield _Participant(
            row.incident.incident_id,
            field.name,
            "state",
            ccode,
            row.gwcode(ccode),
            row.iso3_code(ccode),
            row.states.by_ccode(ccode).name,
        )


@dataclass(frozen=True, slots=True)
class _Obligation:
    """A treaty incident as seen by one member that it obliges."""

    row: IncidentRow
    ccode: int

    @property
    def values(self) -> Mapping[str, Value]:
        return self.row.values


def _obligations(
    codebook: Codebook,
    incidents: Callable[[], Iterable[IncidentRow]],
    withheld: frozenset[str],
    missing_columns: frozenset[str],
) -> Table:
    def rows() -> Iterator[_Obligation]:
        for row in incidents():
            if row.incident.event_type == TREATY_TYPE:
                members = states_in(row.values, PROVIDER)
                if row.values.get(RECIPROCAL) == 1:
                    members += states_in(row.values, RECIPIENT)
                for ccode in sorted(set(members)):
                    yield _Obligation(row, ccode)

    def of_incident(column: Column) -> Column:
        return column.reading(lambda obligation: column.read(obligation.row))

    treaty = [field for field in codebook.common if field.name == TREATY]
    own = [field for field in codebook.type(TREATY_TYPE).fields if field.name not in withheld]
    table_columns = [
        attribute("incident_id", "Incident").reading(lambda o: o.row.incident.incident_id),
        attribute("ccode", "Obligated member, Correlates of War code", "integer"),
        attribute("gwcode", "Gleditsch-Ward number", "integer", note=_GW).reading(
            lambda o: o.row.gwcode(o.ccode)
        ),
        attribute("iso3", "ISO 3166-1 alpha-3 code", note=_ISO).reading(
            lambda o: o.row.iso3_code(o.ccode)
        ),
        *(
            of_incident(column)
            for field in treaty
            for column in _of_field(field, (), missing_columns)
        ),
    ]
    for field in own:
        if field.kind == "multi_choice":
            table_columns += _dummies(field)
        else:
            table_columns += map(of_incident, _of_field(field, (), missing_columns))
    table_columns += atop_columns(codebook.type(TREATY_TYPE))
    return Table(
        "treaty_obligations",
        "an obligated member of a treaty or other instrument",
        ("incident_id", "ccode"),
        tuple(table_columns),
        rows,
        EDITIONS,
    )


def _dummies(field: Field) -> Iterator[Column]:
    """One 0/1 column for each code of a list, since treaty data are compared obligation by obligation."""
    for option in field.options:
        if option.is_missing or option.code == "none":
            continue

        def read(obligation: _Obligation, code: int | str = option.code) -> Cell:
            value = obligation.values.get(field.name)
            if value is None:
                return None
            if is_missing(value):
                return Missing(str(value))
            return int(isinstance(value, Sequence) and code in value)

        name = f"{field.name}_{option.code}".lower()
        yield Column(
            name,
            f"{field.label}: {option.label}",
            "integer",
            read,
            codes=_YES_NO,
            missing=columns.missing_codes(field),
            field=field.name,
        )
