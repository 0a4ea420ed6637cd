"""Records into the data files of a release, byte for byte the same each time.

Nothing is read from a clock, a locale, a path or the order of rows. The files themselves are declared in
`incident_tables`, `provenance_tables` and `panel_tables`; how a value becomes a cell is in `cells`; the words
around the files are in `describing` and `manifest`.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby, islice
from typing import Any

from datasets import panels, placing
from datasets.cells import Cell, encoded_columns, joined_cells, line
from datasets.columns import OWN, Column, Table, attribute, unique_names
from datasets.commitments import Commitments, allied_years
from datasets.incident_tables import incident_tables
from datasets.member_tables import judged_types, member_tables
from datasets.member_years import MemberYears
from datasets.membership import Alliances, Membership, StateSystem
from datasets.panel_tables import Bonds, panel_tables
from datasets.panels import DyadYears
from datasets.placing import SpanRule, YearRule
from datasets.provenance_tables import provenance_tables
from datasets.records import Records, RecordsInvalid, WaiverRecord
from sources.states import standard

_LINES_A_CHUNK = 2000
_PARTS_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Parameters:
    """What was asked of a release; printed in its manifest.

    `states_extended` carries members on the last day of the state list on as members after it; without it, later
    years have no dyads. `missing_columns` names fields that get a column with the reason why a value is not there.
    `withheld` names fields that are notes between people and stand in no file.
    """

    version: str
    year_rule: YearRule = "most"
    span_rule: SpanRule = "start"
    states_extended: bool = False
    missing_columns: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ("coder_confidence", "note")
    released_on: date | None = None
    software_version: str = ""
    waivers: tuple[WaiverRecord, ...] = ()
    changes: str = ""  # what is new since the version before, in Markdown

    def as_json(self) -> Mapping[str, Any]:
        return {
            **{name: value for name, value in asdict(self).items() if name != "changes"},
            "released_on": self.released_on.isoformat() if self.released_on else None,
        }


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """One file of a release: its path within the folder, and its bytes in chunks, made while they are read."""

    path: str
    chunks: Iterable[bytes]


class Build:
    """One release in the making: its tables, its files, and what the rules did to the incidents.

    Its records are in the order of their keys, which is what every table goes by; none of them is held whole.
    Raises RecordsInvalid when the records contradict themselves or the codebook.
    """

    def __init__(
        self, records: Records, parameters: Parameters, *, states: StateSystem | None = None
    ) -> None:
        self.records = records.in_order()
        self.records.check()
        self.parameters = parameters
        self.states: StateSystem = states or standard()
        if unknown := tuple(_unknown_states(self.records, self.states)):
            raise RecordsInvalid(unknown)

    @cached_property
    def records_sha256(self) -> str:
        return self.records.fingerprint()

    @cached_property
    def dyad_years(self) -> DyadYears:
        rules = panels.rules_for(
            self.records.codebook,
            year=self.parameters.year_rule,
            states_until=self._states_until,
            span=self.parameters.span_rule,
        )
        return DyadYears(
            self.records.incidents, self.states, self.records.coverage, rules, self.alliances
        )

    @cached_property
    def alliances(self) -> Alliances:
        return Alliances(self.records.alliances)

    @cached_property
    def commitments(self) -> Commitments:
        return Commitments(self.alliances, self.records.assessments)

    @cached_property
    def member_years(self) -> MemberYears:
        first, last = self._years
        return MemberYears(
            (placing.place(one, self.parameters.year_rule) for one in self.records.incidents),
            self.alliances,
            self.commitments,
            self.records.coverage,
            Membership(self.states, self._states_until),
            types=tuple(kind.code for kind in self.records.codebook.types),
            judged_types=judged_types(self.records.codebook),
            first_year=first,
            last_year=last,
            year_rule=self.parameters.year_rule,
            span=self.parameters.span_rule,
        )

    @property
    def _states_until(self) -> date | None:
        return None if self.parameters.states_extended else self.states.ends

    @cached_property
    def _years(self) -> tuple[int, int]:
        """The years that members of alliances have rows for: the codebook's period, else that of the records."""
        scope = self.records.codebook.temporal_scope
        if scope:
            return int(scope[0][:4]), int(scope[1][:4])
        years = self._years_told
        return (min(years), max(years)) if years else (1, 0)

    @cached_property
    def _years_told(self) -> frozenset[int]:
        """Every year that an incident, an assessment or a declared search speaks of."""
        rule, span = self.parameters.year_rule, self.parameters.span_rule
        years = {
            year
            for incident in self.records.incidents
            for year in placing.years_of(placing.place(incident, rule), rule, span)
        }
        years |= {judged.year for judged in self.records.assessments}
        for spell in self.records.coverage.spells:
            years |= {spell.first_year, spell.last_year}
        return frozenset(years)

    @cached_property
    def _bonds(self) -> Bonds:
        years = {*self._years, *self._years_told}
        allied = allied_years(self.alliances, min(years), max(years))
        return Bonds(allied, self.commitments, judged_types(self.records.codebook))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Every data file, in the order a reader meets them; the last one describes the columns of all."""
        withheld = frozenset(self.parameters.withheld)
        made = [
            *incident_tables(
                self.records,
                self.states,
                version=self.parameters.version,
                year_rule=self.parameters.year_rule,
                withheld=withheld,
                missing_columns=frozenset(self.parameters.missing_columns),
            ),
            *provenance_tables(self.records, withheld=withheld),
            *panel_tables(self.dyad_years, self.states, self.records.codebook, self._bonds),
            *member_tables(self.records, self.member_years, self.states),
        ]
        described = [replace(table, columns=unique_names(table.columns)) for table in made]
        return (*described, _variables(described, self.records.codebook.version))

    def files(self) -> Iterator[BuiltFile]:
        """Every data file: a table with editions once for each of them, any other once at the top."""
        for table in self.tables:
            for path, keeps_codes in paths_of(table):
                yield BuiltFile(path, _chunks(table, keeps_codes=keeps_codes))

    @cached_property
    def effects(self) -> Mapping[str, Any]:
        """What the declared rules did to the incidents, for the manifest and the words around the files."""
        strangers = placing.outside_membership(
            self.records.incidents, self.states, self.records.codebook
        )
        return {
            "states": {
                "version": self.states.version,
                "extension": self.states.extension if self.parameters.states_extended else "",
                "named_outside_membership": sum(1 for _ in strangers),
            },
            "year_rules": [asdict(tally) for tally in placing.year_tallies(self.records.incidents)],
            "dyad_years": asdict(self.dyad_years.tally),
        }


def build(records: Records, parameters: Parameters) -> Iterator[BuiltFile]:
    """All data files of a release in both editions. Raises RecordsInvalid before the first file."""
    return Build(records, parameters).files()


def _unknown_states(records: Records, states: StateSystem) -> Iterator[str]:
    known = {state.ccode for state in states.states}
    for incident, field, ccode in placing.states_named(records.incidents, records.codebook):
        if ccode not in known:
            yield f"incident {incident.incident_id}, {field}: the project's list of states has no {ccode}"


def paths_of(table: Table) -> tuple[tuple[str, bool], ...]:
    """Where a table stands in the release, and whether that copy keeps missing codes."""
    if not table.editions:
        return ((f"{table.name}.csv", True),)
    return tuple((f"{edition}/{table.name}.csv", edition == "codes") for edition in table.editions)


def _chunks(table: Table, *, keeps_codes: bool) -> Iterator[bytes]:
    yield line([column.name for column in table.columns], keep_codes=keeps_codes).encode()
    runs = [
        _writer(part, [column.read for column in run], keeps_codes)
        for part, run in groupby(table.columns, key=lambda column: column.part)
    ]
    rows = iter(table.rows())
    while chunk := list(islice(rows, _LINES_A_CHUNK)):
        try:
            columns = [cells for write in runs for cells in write(chunk)]
        except ValueError:
            raise RecordsInvalid(tuple(_unwritable(table, chunk))) from None
        lines = list(map(",".join, zip(*columns, strict=True)))
        try:
            yield ("\n".join(lines) + "\n").encode("utf-8")
        except UnicodeEncodeError:
            raise RecordsInvalid(tuple(_undecodable(table, lines))) from None


def _writer(
    part: Callable[[Any], Hashable] | None,
    readers: Sequence[Callable[[Any], Cell]],
    keeps_codes: bool,
) -> Callable[[Sequence[Any]], Sequence[Sequence[str]]]:
    """Writes a run of neighbouring columns for many rows: by columns, or, where rows share what they hold (a state in
    a year, nothing at all), as one column of joined cells that is written once for each different part."""

    def by_columns(rows: Sequence[Any]) -> Sequence[Sequence[str]]:
        columns = ([read(row) for row in rows] for read in readers)
        return encoded_columns(columns, keep_codes=keeps_codes)

    if part is None:
        return by_columns
    written: dict[Hashable, str] = {}

    def of_row(row: Any) -> str:
        key = part(row)
        if key is not OWN and key in written:
            return written[key]
        text = joined_cells([read(row) for read in readers], keep_codes=keeps_codes)
        if key is not OWN:
            if len(written) >= _PARTS_KEPT:
                written.clear()
            written[key] = text
        return text

    return lambda rows: [[of_row(row) for row in rows]]


def _undecodable(table: Table, lines: Iterable[str]) -> Iterator[str]:
    for text in lines:
        written = text.encode("utf-8", "backslashreplace").decode("utf-8")
        if written != text:
            yield f"{table.name}: half a character that no file can hold, in the line {written.rstrip()}"


def _unwritable(table: Table, rows: Iterable[Any]) -> Iterator[str]:
    """Which cells of some rows cannot be written, and where the row is."""
    for row in rows:
        for column in table.columns:
            try:
                line([column.read(row)], keep_codes=True)
            except ValueError as error:
                where = " / ".join(str(c.read(row)) for c in table.columns if c.name in table.key)
                yield f"{table.name}, {where}, {column.name}: {error}"


@dataclass(frozen=True, slots=True)
class _Variable:
    file: str
    column: Column
    editions: str
    codebook_version: str


def _variables(tables: Iterable[Table], codebook_version: str) -> Table:
    """The file that describes every column of every file, itself included."""
    about = (
        attribute("file", "File"),
        attribute("column", "Column").reading(lambda v: v.column.name),
        attribute("label", "What it holds").reading(lambda v: v.column.label),
        attribute("type", "Type", codes=_TYPES).reading(lambda v: v.column.type),
        attribute("unit", "Unit").reading(lambda v: v.column.unit or None),
        attribute("codes", "Codes and their labels", note=_CODES).reading(
            lambda v: coded(v.column.codes)
        ),
        attribute(
            "missing_codes", "Codes for missing values and their labels", note=_MISSING
        ).reading(lambda v: coded(v.column.missing)),
        attribute("note", "How to read it").reading(lambda v: v.column.note or None),
        attribute("field", "Field of the codebook it comes from").reading(
            lambda v: v.column.field or None
        ),
        attribute("editions", "Editions that hold it", note="Empty: stands once, for both."),
        attribute("codebook_version", "Version of the codebook"),
    )
    every = [(table.name, " ".join(table.editions), table.columns) for table in tables]
    every.append(("variables", "", about))
    rows = [
        _Variable(name, column, editions, codebook_version)
        for name, editions, columns in every
        for column in columns
    ]
    rows.sort(key=lambda v: (v.file, v.column.name))
    return Table("variables", "a column of a file", ("file", "column"), about, lambda: rows)


_TYPES = (
    ("string", "text"),
    ("integer", "whole number or whole-number code"),
    ("number", "number"),
    ("date", "day, written year-month-day"),
)
_CODES = "Written [code] label and joined by a semicolon; a semicolon within a label is written as a comma."
_MISSING = "They stand in the codes edition and in files without editions; the analysis edition is empty there."


def coded(codes: Iterable[tuple[str, str]]) -> str | None:
    """Codes with their labels in one cell; in brackets, since a cell that began with -9 would be guarded."""
    return ";".join(f"[{code}] {label.replace(';', ',')}" for code, label in codes) or None
