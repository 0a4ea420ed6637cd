"""What the page of assessments asks: alliances by year, the rows of one alliance, one cell with what it rests on.

Also the current judgements as frozen values, for whoever writes them out. Never writes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.utils import timezone

from coding.queries import last_published
from projects.access import Pass
from projects.models import Project
from projects.refusals import Missing
from reconciliation import assessment_inputs, assessments
from reconciliation.commitments import ALL, Cell, Grounds, Proposal
from reconciliation.models import Assessment
from reconciliation.verdicts import NOT_JUDGED, Verdict
from sources import state_lists
from sources.models import Alliance
from sources.states import UnknownState

ALL_MEMBERS = "all members"
FIRST = 1945
OPENED_AT_ONCE = 6  # directions whose types are shown without asking


@dataclass(frozen=True)
class Wished:
    """What the page is narrowed to; empty means any."""

    words: str = ""
    type: str = ""
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Of a year of several cells, how many there are and how many are judged."""

    year: int
    cells: int = 0
    judged: int = 0

    @property
    def state(self) -> str:
        if not self.cells:
            return "outside"
        return "all" if self.judged == self.cells else "some" if self.judged else "none"

    def words(self) -> str:
        return f"{self.year}: {self.judged} of {self.cells} judged" if self.cells else ""


@dataclass(frozen=True)
class AllianceRow:
    public_id: str
    reference: str
    name: str
    url: str
    years: Sequence[Tally]
    cells: int
    judged: int

    @property
    def progress(self) -> str:
        return f"{self.judged} of {self.cells}"


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as the grid draws it. `year` alone where the two were not members together."""

    year: int
    key: str = ""
    letter: str = ""
    state: str = "outside"
    is_judged: bool = False
    has_changed: bool = False
    words: str = ""
    seen: str = ""

    @property
    def kind(self) -> str:
        return "judged" if self.is_judged else "proposed" if self.letter else "open"


@dataclass(frozen=True)
class TypeRow:
    type: str
    label: str
    cells: Sequence[ShownCell]


@dataclass(frozen=True)
class DirectionRow:
    provider: int
    recipient: int
    words: str
    years: Sequence[Tally]
    rows: Sequence[TypeRow]  # empty until it is opened

    @property
    def name(self) -> str:
        return f"{self.provider}.{self.recipient}"


@dataclass(frozen=True)
class CellDetail:
    """One cell with everything it leads to."""

    cell: Cell
    alliance: Alliance
    shown: ShownCell
    title: str
    verdict: Verdict
    proposal: Proposal
    history: Sequence[Assessment] = field(default_factory=list)


@dataclass(frozen=True)
class CurrentAssessment:
    """A judgement that counts, as a frozen value. Recipient None: all members. A part of None is not judged."""

    alliance: str
    atop_id: int | None
    provider: int
    recipient: int | None
    type: str
    year: int
    promised: int | None
    kept: int | None
    additional: int | None
    clauses: tuple[str, ...]
    incidents: tuple[str, ...]
    searches: tuple[str, ...]
    reason: str
    by: str
    at: datetime


def current_assessments(project: Project) -> tuple[CurrentAssessment, ...]:
    """The judgements that count, in the order of their cells; incidents and clauses by the id a release prints."""
    return tuple(
        CurrentAssessment(
            cell.alliance,
            row.alliance.atop_id,
            cell.provider,
            None if cell.recipient == ALL else cell.recipient,
            cell.type,
            cell.year,
            row.promised,
            row.kept,
            row.additional,
            tuple(f"I{number:05d}" for number in row.basis["clauses"]),
            tuple(f"I{number:05d}" for number in row.basis["incidents"]),
            tuple(row.basis["searches"]),
            row.reason,
            row.by_label,
            row.at,
        )
        for cell, row in sorted(assessments.current(project).items(), key=lambda item: item[0])
    )


# --- the page


class Sheet:
    """All that one request asks of a project's assessments, loaded once."""

    def __init__(
        self,
        holder: Pass,
        wished: Wished | None = None,
        *,
        references: Iterable[str] | None = None,
        years: range | None = None,
    ) -> None:
        assessments.require_sight(holder)
        self.project = holder.project
        self.wished = wished or Wished()
        self.found = assessment_inputs.assessed(self.project, references=references)
        self.current = assessments.current(self.project)
        self.years = years or self._years()
        self.types = {
            code: label
            for code, label in self.found.types.items()
            if self.wished.type in ("", code)
        }
        # Alliance -> year -> direction of each judgement of the types shown.
        self._judged: defaultdict[str, defaultdict[int, list[tuple[int, int]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for cell in self.current:
            if cell.type in self.types:
                self._judged[cell.alliance][cell.year].append((cell.provider, cell.recipient))
        self._names: dict[int, str] = {ALL: ALL_MEMBERS}
        self._system = state_lists.states_for(self.project)

    def _years(self) -> range:
        """From the codebook's scope, else from the alliances, and never beyond this year."""
        known = [one.alliance for one in self.found.grounds.values()]
        first = min((one.start.year for one in known), default=FIRST)
        last = max((one.end or timezone.localdate()).year for one in known) if known else FIRST
        scope = _scope(self.project)
        if scope:
            first, last = max(first, scope[0].year), min(last, scope[1].year)
        last = min(last, timezone.localdate().year)
        return range(
            max(first, self.wished.since or first), min(last, self.wished.until or last) + 1
        )

    def name(self, ccode: int) -> str:
        if ccode not in self._names:
            try:
                self._names[ccode] = self._system.by_ccode(ccode).name
            except UnknownState:
                self._names[ccode] = str(ccode)
        return self._names[ccode]

    def directions(self, grounds: Grounds) -> tuple[tuple[int, int], ...]:
        judged = self._judged[grounds.alliance.reference].values()
        return grounds.directions({pair for pairs in judged for pair in pairs})

    def tallies(self, grounds: Grounds, directions: Sequence[tuple[int, int]]) -> tuple[Tally, ...]:
        judged = self._judged[grounds.alliance.reference]
        found = []
        for year in self.years:
            there = {pair for pair in directions if grounds.days(*pair, year)}
            done = sum(pair in there for pair in judged.get(year, ()))
            found.append(Tally(year, len(there) * len(self.types), done))
        return tuple(found)

    def alliance_rows(self) -> list[AllianceRow]:
        """Alliances that have a year to judge, as the filter narrows them."""
        rows = {row.reference: row for row in self._alliances()}
        found = []
        for reference, grounds in self.found.grounds.items():
            row, words = rows[reference], self.wished.words.casefold()
            if words not in f"{row.reference} {row.name} {row.atop_id or ''}".casefold():
                continue
            years = self.tallies(grounds, self.directions(grounds))
            cells = sum(one.cells for one in years)
            if cells:
                judged = sum(one.judged for one in years)
                url = row.get_absolute_url()
                found.append(
                    AllianceRow(row.public_id, reference, row.name, url, years, cells, judged)
                )
        return found

    def _alliances(self) -> Iterable[Alliance]:
        return Alliance.objects.filter(
            project=self.project, reference__in=self.found.grounds
        ).select_related("project")

    def direction_rows(
        self, grounds: Grounds, public_id: str, *, opened: str = ""
    ) -> list[DirectionRow]:
        """The rows of one alliance; types of a few directions at once, of many for the one that is `opened` only."""
        directions = [
            pair
            for pair in self.directions(grounds)
            if any(grounds.days(*pair, year) for year in self.years)
        ]
        found = []
        for provider, recipient in directions:
            name = f"{provider}.{recipient}"
            if opened and name != opened:
                continue
            rows = (
                [
                    TypeRow(code, label, self._cells(grounds, public_id, provider, recipient, code))
                    for code, label in self.types.items()
                ]
                if opened or len(directions) <= OPENED_AT_ONCE
                else []
            )
            words = f"{self.name(provider)} → {self.name(recipient)}"
            years = self.tallies(grounds, [(provider, recipient)])
            found.append(DirectionRow(provider, recipient, words, years, rows))
        return found

    def _cells(
        self, grounds: Grounds, public_id: str, provider: int, recipient: int, type_code: str
    ) -> list[ShownCell]:
        return [
            self.shown(
                grounds,
                public_id,
                Cell(grounds.alliance.reference, provider, recipient, type_code, year),
            )
            for year in self.years
        ]

    def shown(self, grounds: Grounds, public_id: str, cell: Cell) -> ShownCell:
        proposal = grounds.proposal(cell.provider, cell.recipient, cell.type, cell.year)
        if proposal is None:
            return ShownCell(cell.year)
        row = self.current.get(cell)
        verdict = assessments.verdict_of(row)
        changed = row is not None and (row.basis, row.proposed) != (
            proposal.basis(),
            asdict(proposal.verdict),
        )
        shown = verdict if row else proposal.verdict
        told = (
            f"{verdict.words()} ({row.by_label})"
            if row
            else NOT_JUDGED
            + (f"; proposed: {shown.words()}" if not shown.is_empty else "; nothing is proposed")
        )
        return ShownCell(
            cell.year,
            key_of(public_id, cell),
            shown.letter if row else shown.letter.lower(),
            shown.state,
            row is not None,
            changed,
            f"{cell.type} {cell.year}, {self.name(cell.provider)} → {self.name(cell.recipient)}: {told}"
            + (". What it rests on has changed since." if changed else ""),
            row.public_id if row else "",
        )

    def detail(self, key: str) -> CellDetail:
        alliance, cell = cell_for(self.project, key)
        grounds = self.found.grounds.get(cell.alliance)
        proposal = (
            grounds.proposal(cell.provider, cell.recipient, cell.type, cell.year)
            if grounds and cell.type in self.found.types
            else None
        )
        if grounds is None or proposal is None:
            raise Missing(
                "There is nothing to judge here: no such cell, or no member in that year."
            )
        row = self.current.get(cell)
        history = Assessment.objects.filter(
            alliance=alliance,
            provider=cell.provider,
            recipient=cell.recipient,
            type=cell.type,
            year=cell.year,
        ).order_by("-pk")
        title = f"{self.name(cell.provider)} → {self.name(cell.recipient)}"
        return CellDetail(
            cell,
            alliance,
            self.shown(grounds, alliance.public_id, cell),
            title,
            assessments.verdict_of(row),
            proposal,
            list(history),
        )


def key_of(public_id: str, cell: Cell) -> str:
    return f"{public_id}.{cell.provider}.{cell.recipient}.{cell.type}.{cell.year}"


def cell_for(project: Project, key: str) -> tuple[Alliance, Cell]:
    """The cell an address or a form means."""
    return cells_for(project, [key])[key]


def cells_for(project: Project, keys: Sequence[str]) -> Mapping[str, tuple[Alliance, Cell]]:
    parts = {key: key.split(".") for key in keys}
    rows = {
        row.public_id: row
        for row in Alliance.objects.filter(
            project=project, public_id__in={one[0] for one in parts.values()}
        ).select_related("project")
    }
    found = {}
    for key, (public_id, *rest) in parts.items():
        numbers = [rest[0], rest[1], rest[3]] if len(rest) == 4 else []
        if public_id not in rows or not all(
            one.isascii() and one.isdecimal() and len(one) < 10 for one in numbers
        ):
            raise Missing(f"There is no cell “{key}” on this page.")
        provider, recipient, year = map(int, numbers)
        if not (rest and 1 <= year <= 9999):
            raise Missing(f"There is no cell “{key}” on this page.")
        row = rows[public_id]
        found[key] = row, Cell(row.reference, provider, recipient, rest[2], year)
    return found


def alliance_reference(project: Project, public_id: str) -> str:
    found = Alliance.objects.filter(project=project, public_id=public_id, dropped_by=None).first()
    if found is None:
        raise Missing("There is no such alliance in this project's list.")
    return found.reference


def _scope(project: Project) -> tuple[date, date] | None:
    newest = last_published(project)
    scope = newest.parsed.temporal_scope if newest else None
    return (date.fromisoformat(scope[0]), date.fromisoformat(scope[1])) if scope else None
