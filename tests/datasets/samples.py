"""A small codebook, a small state system and dull records, for the tests of this folder."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from coding import schema
from coding.schema import Codebook
from datasets.records import (
    CodingRecord,
    Coverage,
    CoverageSpell,
    DecisionRecord,
    DocumentRecord,
    EvidenceRecord,
    FigureRecord,
    IncidentRecord,
    ProjectRecord,
    Records,
    ReportRecord,
)
from sources.states import EXTENSION

CODEBOOK = """
codebook: {id: sample, title: Sample, version: 1.2.0, language: en}
common_attributes:
  - {name: event_type, label: Event type, type: single_choice, level: nominal, options_from: event_types}
  - {name: title, label: Short title, type: text, level: none}
  - {name: provider, label: Provider state(s), type: state_list, level: nominal_set}
  - {name: recipient, label: Recipient state(s), type: state_list, level: nominal_set}
  - {name: reciprocal, label: Reciprocal act, type: boolean, level: nominal}
  - {name: acting_organisation, label: Acting organisation, type: organisation, level: nominal}
  - {name: alliance_ref, label: Alliance or treaty, type: treaty_ref, level: nominal}
  - name: status
    label: Status
    type: single_choice
    level: nominal
    options:
      - {code: 1, label: planned, definition: Not begun.}
      - {code: 4, label: "carried out; completed", definition: Done.}
      - {code: -9, label: the source does not show, definition: Unknown.}
  - {name: start, label: Start, type: date, level: interval}
  - {name: linked_event, label: Linked earlier event, type: event_ref, level: none}
  - {name: threat_state, label: Threatening state(s), type: state_list, level: nominal_set}
  - {name: location_state, label: Where, type: state, level: nominal}
  - {name: evidence, label: Passages, type: spans, level: none}
  - {name: note, label: Note to the adjudicator, type: text, level: none}
event_types:
  - code: EX
    name: exercise
    label: Joint exercise
    family: seven
    definition: Practising together.
    attributes:
      - name: ex_domain
        label: Domain
        type: multi_choice
        level: nominal_set
        options:
          - {code: land, label: land, definition: Ground.}
          - {code: sea, label: sea, definition: Naval.}
      - {name: ex_troops_best, label: "Personnel, best figure", type: integer, unit: persons, level: ratio}
      - {name: ex_troops_by_state, label: Personnel by state, type: state_integer_table, unit: persons, level: ratio}
  - code: MA
    name: aid
    label: Military aid
    family: seven
    definition: Giving.
    attributes:
      - {name: ma_amount, label: Amount, type: money, level: ratio}
      - {name: ma_share, label: Share, type: decimal, unit: per cent, level: ratio}
  - code: MB
    name: base
    label: Base
    family: seven
    definition: Stationing.
    attributes:
      - {name: mb_personnel_best, label: Personnel after, type: integer, level: ratio}
      - {name: mb_personnel_change, label: Change in personnel, type: integer, level: interval}
  - code: CS
    name: signal
    label: Signal
    family: signal
    definition: Words.
    attributes:
      - name: cs_direction
        label: Direction
        type: single_choice
        level: ordinal
        options:
          - {code: -1, label: weakens, definition: Less.}
          - {code: 0, label: restates, definition: Same.}
          - {code: 1, label: strengthens, definition: More.}
  - code: TO
    name: obligation
    label: Treaty obligation
    family: treaty
    definition: A promise.
    attributes:
      - name: to_obligations
        label: Obligations
        type: multi_choice
        level: nominal_set
        options:
          - {code: defense, label: defence, definition: Help.}
          - {code: consul, label: consultation, definition: Talk.}
          - {code: none, label: none, definition: Nothing.}
      - {name: to_signed, label: Signed, type: date, level: interval}
"""


@cache
def codebook() -> Codebook:
    return schema.parse(CODEBOOK)


@dataclass(frozen=True)
class SampleSpell:
    start: date
    end: date | None


@dataclass(frozen=True)
class SampleState:
    ccode: int
    name: str
    spells: tuple[SampleSpell, ...]


def state(ccode: int, name: str, *spells: tuple[str, str | None]) -> SampleState:
    read = date.fromisoformat
    return SampleState(
        ccode, name, tuple(SampleSpell(read(a), read(b) if b else None) for a, b in spells)
    )


class SampleStates:
    """States whose spells set the traps, with Gleditsch-Ward and ISO codes where they differ."""

    def __init__(self, *known: SampleState) -> None:
        self._known = {one.ccode: one for one in known}

    version = "sample"
    ends = date(2016, 12, 31)
    extension = EXTENSION

    @property
    def states(self) -> tuple[SampleState, ...]:
        return tuple(self._known.values())

    def by_ccode(self, ccode: int) -> SampleState:
        return self._known[ccode]

    def is_member(self, ccode: int, on: date) -> bool:
        spells = self._known[ccode].spells if ccode in self._known else ()
        return any(spell.start <= on <= (spell.end or date.max) for spell in spells)

    def gwcode(self, ccode: int, on: date) -> int | None:
        if ccode == 255 and on >= date(1990, 10, 3):
            return 260
        return {679: 678, 970: 971, 946: 970}.get(ccode, ccode)

    def iso3(self, ccode: int, on: date) -> str | None:
        return {
            2: "USA",
            20: "CAN",
            200: "GBR",
            255: "DEU",
            260: "DEU",
            679: "YEM",
            732: "KOR",
        }.get(ccode)


STATES = SampleStates(
    state(2, "United States of America", ("1816-01-01", None)),
    state(20, "Canada", ("1920-01-10", None)),
    state(115, "Suriname", ("1975-11-25", None)),
    state(200, "United Kingdom", ("1816-01-01", None)),
    state(255, "Germany", ("1816-01-01", "1945-05-08"), ("1990-10-03", None)),
    state(260, "German Federal Republic", ("1955-05-05", "1990-10-02")),
    state(265, "German Democratic Republic", ("1954-03-25", "1990-10-02")),
    state(315, "Czechoslovakia", ("1918-11-14", "1939-03-15"), ("1945-05-09", "1992-12-31")),
    state(316, "Czech Republic", ("1993-01-01", None)),
    state(317, "Slovakia", ("1993-01-01", None)),
    state(345, "Yugoslavia", ("1878-07-13", "1941-04-20"), ("1944-10-20", None)),
    state(365, "Russia", ("1816-01-01", None)),
    state(678, "Yemen Arab Republic", ("1926-09-02", "1990-05-21")),
    state(679, "Yemen", ("1990-05-22", None)),
    state(680, "Yemen People's Republic", ("1967-11-30", "1990-05-21")),
    state(732, "South Korea", ("1949-06-29", None)),
    state(817, "Republic of Vietnam", ("1954-06-04", "1975-04-30")),
    state(946, "Kiribati", ("1999-09-14", None)),
    state(970, "Nauru", ("1999-09-14", None)),
)


def incident(incident_id: str = "i1", event_type: str = "EX", **values: object) -> IncidentRecord:
    """An incident of the United States and South Korea in March 1978, unless told otherwise."""
    given = {"provider": [2], "recipient": [732], "reciprocal": 0, "start": "1978-03", **values}
    kept = {name: value for name, value in given.items() if value is not None}
    return IncidentRecord(incident_id, event_type, kept, n_coders=2, adjudicated=True)  # type: ignore[arg-type]


def coverage(*ccodes: int, first: int = 1970, last: int = 1990) -> Coverage:
    return Coverage((CoverageSpell(tuple(ccodes) or None, first, last),))


def document(document_id: str = "d1") -> DocumentRecord:
    return DocumentRecord(
        document_id, "Drill begins", "1978-03-08", "Wire", "", "a" * 64, "news", "b" * 64
    )


def records(*incidents: IncidentRecord, **others: object) -> Records:
    """A record set in which every incident has one report, one passage, two codings and one decision."""
    told = incidents or (incident(title="Drill of two allies"),)
    about: dict[str, object] = {
        "incidents": told,
        "documents": [document()],
        "reports": [ReportRecord(i.incident_id, "d1", f"r-{i.incident_id}", f"g-{i.incident_id}") for i in told],
        "evidence": [EvidenceRecord(i.incident_id, "d1", "provider", [2], 4, 9, "=Navy", 1, "C1") for i in told],
        "codings": [
            *(
                CodingRecord("d1", coder, "events", f"{coder}-{i.incident_id}", "EX", "provider", [2], group_id=f"g-{i.incident_id}")
                for i in told
                for coder in ("C1", "C2")
            ),
            CodingRecord("d1", "C3", "no_event"),
        ],
        "decisions": [
            DecisionRecord(
                "d1", f"g-{i.incident_id}", "status", {"C2": "-9", "C1": 4, "C3": None}, 4, "PI",
                reason="the second, clearer passage", error_kind="coder slip", decided_on=date(2024, 2, 29),
            )
            for i in told
        ],
        "figures": [
            FigureRecord("pilot", "fields", "krippendorff_alpha", "status", value=0.75, low=0.5, high=1.0, n_units=12),
            FigureRecord("pilot", "fields", "krippendorff_alpha", "note", reason="one value used by all"),
        ],
        **others,
    }  # fmt: skip
    project = ProjectRecord("sample", "A sample", licence="CC-BY-4.0", creators=("Doe, Jane",))
    return Records(project, codebook(), "c" * 64, **about)  # type: ignore[arg-type]
