"""The frozen values a release is made of: what was decided, what was coded, and what proves it.

Filled from rows by whoever chooses the contents of a release; turned into files by the modules above.
Nothing here knows a file format, an edition or a database.
"""

import hashlib
import json
import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from coding.schema import Codebook
from datasets import keys
from datasets.cells import MISSING
from datasets.ordering import Joined, Ordered, in_order, once

#: The canonical JSON form of a coded value; missing values are the strings of `MISSING`.
Value: TypeAlias = str | int | float | Sequence[str | int] | Mapping[str, str | int | float]

# Lists of incidents and groups are joined by a semicolon in one cell.
_UNFIT_FOR_A_LIST = (";", "\n", "\r")


class RecordsInvalid(ValueError):
    """The records cannot make a true release; `problems` says in plain words what and where."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


@dataclass(frozen=True, slots=True)
class ProjectRecord:
    slug: str
    title: str
    description: str = ""
    licence: str = ""  # an SPDX identifier such as CC-BY-4.0
    creators: tuple[
        str, ...
    ] = ()  # lines as `creators` reads them: Family, Given; affiliation; ORCID
    address: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class IncidentRecord:
    """One real-world event with its decided values, the same for every edition.

    `values` is keyed by codebook field; a field without a decision has no key. Values of kind event_ref
    must already name incidents, not the coders' own events.
    """

    incident_id: str
    event_type: str
    values: Mapping[str, Value]
    n_coders: int  # coders who recorded it in at least one document
    adjudicated: bool  # at least one value was decided by a person


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """One document that reports an incident. `group_id` leads to codings and decisions."""

    incident_id: str
    document_id: str
    resolved_event_id: str
    group_id: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """One passage behind one decided value; offsets in code points of the document's text, end-exclusive.

    Where the whole document is the evidence, `start` and `end` are None and `whole_document` is the reason.
    """

    incident_id: str
    document_id: str
    field: str
    value: Value
    start: int | None
    end: int | None
    quote: str
    page: int | None = None
    coder: str = ""  # label of the coder who marked it; empty when the adjudicator did
    whole_document: str = ""


@dataclass(frozen=True, slots=True)
class CodingRecord:
    """What one coder said about one field of one event, before adjudication.

    An event also has a record with field `event_type`, so that an event without values is not lost. A document
    read without result has one record with the outcome, and no event and no field.
    """

    document_id: str
    coder: str  # the project label, never a name
    outcome: str  # events, no_event or cannot_code
    event_id: str = ""
    event_type: str = ""
    field: str = ""
    value: Value | None = None
    near_miss: bool = False
    near_miss_reason: str = ""
    group_id: str = ""
    round: str = ""


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """How one position (a field of a group) was settled; superseded decisions are left out or given as they stood."""

    document_id: str
    group_id: str
    field: str
    candidates: Mapping[str, Value | None]  # by coder label; None where the coder left it
    chosen: Value | None
    decided_by: str  # label of the adjudicator, or empty when a rule decided
    rule: str = ""  # name of the rule that decided, such as agreed, majority, union
    reason: str = ""
    error_kind: str = ""
    decided_on: date | None = None
    decision_id: str = ""  # tells apart several decisions about one position


#: What a figure answers, by the code that `question` has.
QUESTIONS = {
    "events": "Did they find the same events?",
    "passages": "Did they mark the same passages?",
    "fields": "Did they fill a field alike, given the same event?",
    "again": "Is a coder steady on a second reading?",
}


@dataclass(frozen=True, slots=True)
class FigureRecord:
    """One coefficient with its interval. An undefined one has `value` None and says why in `reason`."""

    round: str
    question: str  # one of QUESTIONS
    coefficient: str
    field: str = ""
    event_type: str = ""  # empty: all types together
    subject: str = ""  # empty: all coders together; else a label or a pair of labels
    level: str = ""
    value: float | None = None
    reason: str = ""
    low: float | None = None
    high: float | None = None
    interval_method: str = ""
    n_units: int | None = None
    n_coders: int | None = None
    n_values: int | None = None
    prevalence: float | None = None  # share of the commonest value
    prevalent_value: str = ""
    method: str = ""  # alignment and definition the figure rests on


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    document_id: str
    title: str
    date: str  # as known: 1951, 1951-09 or 1951-09-01; empty when unknown
    outlet: str
    address: str
    sha256: str  # of the bytes that were read
    kind: str
    text_sha256: str = ""  # of the text that offsets count in


class MemberSpell(NamedTuple):
    """One membership, first and last day included; no last day while it lasts. `role`: patron, protege, peer or empty."""

    ccode: int
    start: date
    end: date | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class AllianceRecord:
    """An alliance under the name coders used for it (`reference`), with its ATOP number where it has one.

    A second name of one alliance has no members of its own.
    """

    reference: str
    name: str = ""
    atopid: int | None = None
    members: tuple[MemberSpell, ...] = ()


@dataclass(frozen=True, slots=True)
class AssessmentRecord:
    """A promise judged for one year: directed from a provider to a recipient, or to all members (None).

    None is a question nobody has judged; "-9" one that cannot be judged from the sources.
    """

    alliance: str
    provider: int
    recipient: int | None
    event_type: str
    year: int
    promised: int | str | None = None  # 0 no, 1 yes
    fulfilled: int | str | None = None  # 0 no, 1 partly, 2 yes
    additional: int | str | None = None  # 0 no, 1 yes
    incident_ids: tuple[str, ...] = ()
    search_log: str = ""
    judged_by: str = ""  # label
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WaiverRecord:
    """A check that did not pass and was waived for one version: what it found, and why it was published all the same."""

    check: str
    found: str
    reason: str
    by: str  # label


@dataclass(frozen=True, slots=True)
class CoverageSpell:
    """Years whose search log is complete for every pair among `ccodes` (None: every pair of system members)."""

    ccodes: tuple[int, ...] | None
    first_year: int
    last_year: int
    alliance: str = ""
    search_log: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where absence was observed. Without spells nothing is covered, and no zero is ever written."""

    spells: tuple[CoverageSpell, ...] = ()


@dataclass(frozen=True, slots=True)
class Records:
    """Everything one release holds. The order of the collections does not matter: files are sorted by their keys.

    Those that grow with the coding may be more than memory holds; they are gone through and never indexed.
    """

    project: ProjectRecord
    codebook: Codebook
    codebook_sha256: str
    incidents: Collection[IncidentRecord] = ()
    reports: Collection[ReportRecord] = ()
    evidence: Collection[EvidenceRecord] = ()
    codings: Collection[CodingRecord] = ()
    decisions: Collection[DecisionRecord] = ()
    figures: Sequence[FigureRecord] = ()
    documents: Collection[DocumentRecord] = ()
    alliances: Sequence[AllianceRecord] = ()
    assessments: Sequence[AssessmentRecord] = ()
    states: str = ""  # hashes of the project's own lists of states; empty: the lists that ship
    coverage: Coverage = Coverage()

    def in_order(self) -> "Records":
        """The same records, those that may be many each sorted by its key."""
        return replace(
            self,
            incidents=in_order(self.incidents, keys.incident),
            reports=in_order(self.reports, keys.report),
            evidence=in_order(self.evidence, keys.evidence),
            codings=in_order(self.codings, keys.coding),
            decisions=in_order(self.decisions, keys.decision),
            documents=in_order(self.documents, keys.document),
        )

    def groups_that_became_incidents(self) -> Ordered[tuple[str, str, str]]:
        """(document, group, incident); groups that became none are not in it."""
        return in_order(
            (report.document_id, report.group_id, report.incident_id)
            for report in self.reports
            if report.group_id
        )

    def check(self) -> None:
        """Refuse records that contradict themselves or the codebook, naming every contradiction."""
        found = tuple(_problems(self.in_order()))
        if found:
            raise RecordsInvalid(found)

    def fingerprint(self) -> str:
        """SHA-256 of the record set, whatever the order it came in: equal hashes mean equal records."""
        digest = hashlib.sha256()
        digest.update(_canonical(self.project))
        digest.update(self.codebook_sha256.encode())
        for name in (
            "incidents",
            "reports",
            "evidence",
            "codings",
            "decisions",
            "figures",
            "documents",
            "alliances",
            "assessments",
        ):
            digest.update(b"\n" + name.encode())
            for line in in_order(map(_canonical, getattr(self, name))):
                digest.update(b"\n" + line)
        if self.states:
            digest.update(b"\nstates\n" + self.states.encode())
        digest.update(b"\ncoverage")
        for line in sorted(_canonical(spell) for spell in self.coverage.spells):
            digest.update(b"\n" + line)
        return digest.hexdigest()


def is_missing(value: object) -> bool:
    """Whether a canonical value is one of the missing codes; the integer -9 is a number."""
    return isinstance(value, str) and value in MISSING


def _canonical(record: Any) -> bytes:
    """One record as JSON with sorted keys: the form that is hashed."""
    content = {name: getattr(record, name) for name in _names(record.__class__)}
    return _AS_JSON.encode(content).encode()


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence):
        return list(value)
    raise TypeError(f"no canonical form for {type(value).__name__}")


_AS_JSON = json.JSONEncoder(
    sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=_plain
)


def _problems(records: Records) -> Iterator[str]:
    yield from _identifier_problems(records)
    yield from _reference_problems(records)
    yield from _incident_problems(records)
    for figure in records.figures:
        where = f"figure {figure.coefficient} of {figure.field or figure.question} in round {figure.round}"
        if figure.value is None and not figure.reason:
            yield f"{where} has neither a value nor a reason why not"
        if figure.value is not None and not math.isfinite(figure.value):
            yield f"{where} is {figure.value}: an undefined figure needs a reason instead of a number"


def _identifier_problems(records: Records) -> Iterator[str]:
    groups = {r.group_id for r in records.reports if _is_unfit(r.group_id)}
    unfit = (i.incident_id for i in records.incidents if _is_unfit(i.incident_id))
    for thing, found in (("incident", unfit), ("group", sorted(groups))):
        for identifier in found:
            yield f"{thing} {identifier!r}: an identifier may hold no semicolon or line break"
    if not all(incident.incident_id for incident in records.incidents):
        yield "incident without an identifier"
    if not all(document.document_id for document in records.documents):
        yield "document without an identifier"
    # In the order of their keys, so that what is given twice stands side by side.
    yield from _repeated("incident", once(i.incident_id for i in records.incidents))
    yield from _repeated("document", once(d.document_id for d in records.documents))
    yield from _repeated("alliance", Counter(a.reference for a in records.alliances).items())
    yield from _repeated(
        "report",
        once((r.incident_id, r.document_id, r.resolved_event_id) for r in records.reports),
    )
    yield from _repeated(
        "coding",
        once((c.document_id, c.coder, c.round, c.event_id, c.field) for c in records.codings),
    )
    yield from _repeated("decision", once(map(keys.decision, records.decisions)))
    yield from _repeated(
        "figure",
        Counter(
            (f.round, f.question, f.field, f.event_type, f.subject, f.coefficient, f.method)
            for f in records.figures
        ).items(),
    )
    yield from _repeated(
        "assessment",
        Counter(
            (a.alliance, str(a.provider), str(a.recipient or "all"), a.event_type, str(a.year))
            for a in records.assessments
        ).items(),
    )


def _is_unfit(identifier: str) -> bool:
    return any(mark in identifier for mark in _UNFIT_FOR_A_LIST)


def _repeated(thing: str, counted: Iterable[tuple[Any, int]]) -> Iterator[str]:
    for key, times in counted:
        if times > 1:
            shown = " / ".join(key) if isinstance(key, tuple) else key
            yield f"{thing} {shown} is given {times} times"


def _reference_problems(records: Records) -> Iterator[str]:
    for report in _without_incident(records.reports, records):
        yield f"report of unknown incident {report.incident_id} in document {report.document_id}"
    for passage in _without_incident(records.evidence, records):
        yield f"evidence of unknown incident {passage.incident_id}"
    relied = {incident for judged in records.assessments for incident in judged.incident_ids}
    if relied:
        relied.difference_update(incident.incident_id for incident in records.incidents)
    alliances = {alliance.reference for alliance in records.alliances}
    for judged in records.assessments:
        where = f"assessment {judged.alliance} {judged.provider} {judged.event_type} {judged.year}"
        if judged.alliance not in alliances:
            yield f"{where} is about an alliance that is not listed"
        for incident_id in sorted(relied & set(judged.incident_ids)):
            yield f"{where} relies on unknown incident {incident_id}"
    documents = {document.document_id for document in records.documents}
    named: Mapping[str, Iterable[str]] = {
        "report": (r.document_id for r in records.reports),
        "evidence": (e.document_id for e in records.evidence),
        "coding": (c.document_id for c in records.codings),
        "decision": (d.document_id for d in records.decisions),
    }
    for thing, cited in named.items():
        for document in sorted({one for one in cited if one not in documents}):
            yield f"{thing} cites unknown document {document}"


def _without_incident(citing: Iterable[Any], records: Records) -> Iterator[Any]:
    """Those that speak of an incident that is not there; both sides are sorted by it."""
    known = Joined((incident.incident_id for incident in records.incidents), str)
    return (one for one in citing if not known.of(one.incident_id))


def _incident_problems(records: Records) -> Iterator[str]:
    known = {
        kind.code: {field.name for field in records.codebook.fields_of(kind.code)}
        for kind in records.codebook.types
    }
    for incident in records.incidents:
        if incident.event_type not in known:
            yield f"incident {incident.incident_id}: type {incident.event_type} is not in the codebook"
            continue
        for field, value in incident.values.items():
            if field not in known[incident.event_type]:
                yield (
                    f"incident {incident.incident_id}: the codebook has no field {field} "
                    f"for type {incident.event_type}"
                )
            elif value == "-7":
                yield f"incident {incident.incident_id}, {field}: -7 (sources conflict) must be decided"
