"""The files about alliances: assessments as they were judged, and the years of each member that they add up to.

Both hold judgements, so each edition has its own copy. What a member-year is, is said in `member_years`.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from coding.schema import Codebook
from datasets import keys
from datasets.cells import Cell, Missing, joined
from datasets.columns import Column, Table, attribute
from datasets.commitments import Judged
from datasets.incident_tables import EDITIONS
from datasets.member_years import MemberYear
from datasets.membership import StateSystem
from datasets.records import Records

_YES_NO = (("0", "no"), ("1", "yes"))
_PROMISED = (("0", "no"), ("1", "by this member"), ("2", "to this member"), ("3", "mutual"))
_FULFILLED = (("0", "no"), ("1", "partly"), ("2", "yes"))
_UNKNOWN = (("-9", "cannot be judged from the sources"),)
_ROLES = (("patron", "patron"), ("protege", "protégé"), ("peer", "peer"))
_EMPTY = "Empty: nobody has judged it."
_LAST_DAY = "On the last day of the year in the alliance and in the state system."


def judged_types(codebook: Codebook) -> tuple[str, ...]:
    """The types whose promises are judged: those the codebook names for it, else those of the main family."""
    known = {kind.code for kind in codebook.types}
    named = tuple(code for code in codebook.assessment.types if code in known)
    return named or tuple(kind.code for kind in codebook.types if kind.family == "lee_seven")


def member_tables(
    records: Records, member_years: Iterable[MemberYear], states: StateSystem
) -> tuple[Table, ...]:
    """None where a project lists no alliance with its members."""
    if not any(alliance.members for alliance in records.alliances):
        return ()
    return (_assessments(records), _member_years(records.codebook, member_years, states))


def _judged(
    name: str,
    label: str,
    codes: tuple[tuple[str, str], ...],
    read: Callable[[object], Judged],
    note: str = _EMPTY,
) -> Column:
    def cell(row: object) -> Cell:
        value = read(row)
        return Missing(value) if isinstance(value, str) else value

    return Column(name, label, "integer", cell, codes=codes, missing=_UNKNOWN, note=note)


def _assessments(records: Records) -> Table:
    types = [(kind.code, str(kind.label)) for kind in records.codebook.types]
    columns = (
        attribute("alliance", "Alliance"),
        attribute("ccode1", "Provider, Correlates of War code", "integer", of="provider"),
        attribute(
            "ccode2",
            "Recipient, Correlates of War code",
            "integer",
            of="recipient",
            note="Empty: all members of the alliance in that year.",
        ),
        attribute("event_type", "Type of commitment", codes=types),
        attribute("year", "Year", "integer"),
        _judged("promised", "Promised by the provider", _YES_NO, lambda a: a.promised),  # type: ignore[attr-defined]
        _judged("fulfilled", "Promise kept", _FULFILLED, lambda a: a.fulfilled),  # type: ignore[attr-defined]
        _judged("additional", "Given beyond any promise", _YES_NO, lambda a: a.additional),  # type: ignore[attr-defined]
        attribute(
            "incident_ids",
            "Incidents relied on",
            note="Joined by a semicolon; join with incident_id.",
        ).reading(lambda a: joined(sorted(a.incident_ids)) or None),
        attribute("search_log", "What was searched"),
        attribute("judged_by", "Who judged it", note="Label within the project."),
        attribute("reason", "Reason given"),
    )
    return Table(
        "assessments",
        "a provider, a recipient, a type of commitment and a year in an alliance",
        ("alliance", "ccode1", "ccode2", "event_type", "year"),
        columns,
        lambda: sorted(records.assessments, key=keys.assessment),
        EDITIONS,
    )


def _member_years(
    codebook: Codebook, member_years: Iterable[MemberYear], states: StateSystem
) -> Table:
    gwcode, iso3 = cache(states.gwcode), cache(states.iso3)
    columns = [
        attribute("alliance_ref", "Alliance").reading(lambda row: row.alliance.reference),
        attribute("atopid", "ATOP number of the alliance", "integer").reading(
            lambda row: row.alliance.atopid
        ),
        attribute("ccode", "Member, Correlates of War code", "integer"),
        attribute("gwcode", "Member, Gleditsch-Ward number", "integer", note=_LAST_DAY).reading(
            lambda row: gwcode(row.ccode, row.last_day)
        ),
        attribute("iso3c", "Member, ISO 3166-1 alpha-3 code", note=_LAST_DAY).reading(
            lambda row: iso3(row.ccode, row.last_day)
        ),
        attribute("year", "Year", "integer"),
        attribute("member_from", "First day of the membership", "date"),
        attribute("member_to", "Last day of the membership", "date", note="Empty while it lasts."),
        attribute("member_role", "Role in the alliance", of="role", codes=_ROLES),
        attribute(
            "n_partners",
            "Other members",
            "integer",
            note="On a common day of the year, in the alliance and in the state system.",
        ),
    ]
    for code in judged_types(codebook):
        columns += _of_type(code, str(codebook.type(code).label))
    columns += [
        attribute(
            "fulfilled_share",
            "Share of its promises that the member kept in full",
            "number",
            unit="share from 0 to 1",
            note="Of the types it promised and that were judged; empty where none was.",
        ),
        *_acts(codebook),
        attribute(
            "coverage",
            "Absence was observed",
            "integer",
            codes=_YES_NO,
            note="1: the declared search is complete for this member with every other and this year.",
        ),
        attribute(
            "incident_ids",
            "Incidents between this member and another",
            note="Of every type, joined by a semicolon.",
        ).reading(lambda row: joined(row.incident_ids) or None),
    ]
    return Table(
        "member_state_year",
        "a member of an alliance in a year",
        ("alliance_ref", "ccode", "year"),
        tuple(columns),
        lambda: member_years,
        EDITIONS,
        note="Promised, fulfilled and additional come from the assessments; counts are distinct incidents. A row exists "
        "where the member belonged to the alliance and to the state system on a common day of the year.",
    )


def _of_type(code: str, label: str) -> Iterator[Column]:
    stem = code.lower()
    for name, words, codes, part in (
        ("promised", "promised", _PROMISED, "promised"),
        ("fulfilled", "promise of this member kept", _FULFILLED, "fulfilled"),
        ("additional_given", "given beyond any promise", _YES_NO, "additional_given"),
        ("additional_received", "received beyond any promise", _YES_NO, "additional_received"),
    ):

        def read(row: object, part: str = part) -> Judged:
            judged: Judged = getattr(row.standing[code], part)  # type: ignore[attr-defined]
            return judged

        note = (
            f"As in the least kept promise where there are several. {_EMPTY}"
            if part == "fulfilled"
            else _EMPTY
        )
        yield _judged(f"{stem}_{name}", f"{label}: {words}", codes, read, note)
    yield attribute(
        f"{stem}_events",
        f"{label}: incidents with another member",
        "integer",
        unit="incidents",
        note="Zero: searched and absent. Empty: not searched (coverage 0).",
    ).reading(lambda row: row.standing[code].events)
    yield attribute(
        f"{stem}_incident_ids",
        f"{label}: incidents counted or relied on",
        note="Joined by a semicolon.",
    ).reading(lambda row: joined(row.standing[code].incident_ids) or None)


def _acts(codebook: Codebook) -> Iterator[Column]:
    """What goes between members beyond the judged types: signals, burdens, help against internal threats, conduct."""
    for code, name, words in (
        ("CS", "signals", "Commitment signals"),
        ("BS", "burden_acts", "Acts of burden-sharing"),
        ("IT", "threat_internal_events", "Help against internal threats"),
        ("AC", "agency_conduct", "Conduct of agencies"),
    ):
        if not codebook.has_type(code):
            continue
        for side in ("given", "received"):

            def read(row: MemberYear, code: str = code, side: str = side) -> Cell:
                counted: int | None = getattr(row, side)[code]
                return counted

            yield attribute(
                f"{name}_{side}",
                f"{words}, {side}",
                "integer",
                unit="incidents",
                note="Zero: searched and absent. Empty: not searched (coverage 0).",
            ).reading(read)
