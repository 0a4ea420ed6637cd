"""Alliances as plain values: who was a member in what role on which days, and the role of a provider that follows.

Where the values come from is left to others: `alliance_files` reads them from CSV, `alliance_lists` from rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    PATRON = "patron"
    PROTEGE = "protege"
    PEER = "peer"
    NOT_ALLIED = "not allied"


# The codes of `provider_role` in the codebooks that ship.
CODES = {Role.PATRON: 1, Role.PROTEGE: 2, Role.PEER: 3, Role.NOT_ALLIED: 4}


@dataclass(frozen=True, slots=True)
class Member:
    """A state in an alliance from the first to the last day, both included; without a last day it is one still."""

    ccode: int
    start: date
    end: date | None = None
    role: Role | None = None  # not given in the list

    def covers(self, earliest: date, latest: date) -> bool:
        return self.start <= earliest and (self.end is None or latest <= self.end)

    def meets(self, earliest: date, latest: date) -> bool:
        return self.start <= latest and (self.end is None or earliest <= self.end)


@dataclass(frozen=True, slots=True)
class Alliance:
    reference: str
    name: str
    start: date
    end: date | None = None
    atop_id: int | None = None
    kind: str = ""
    source: str = ""
    members: tuple[Member, ...] = ()

    def spells_of(self, ccode: int) -> tuple[Member, ...]:
        return tuple(member for member in self.members if member.ccode == ccode)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The role a table of alliances gives a provider: one role with the alliances it rests on, or why there is none."""

    role: Role | None
    references: tuple[str, ...] = ()
    reason: str = ""

    @property
    def code(self) -> int | None:
        """As `provider_role` is coded in the codebooks that ship."""
        return None if self.role is None else CODES[self.role]


@dataclass(frozen=True, slots=True)
class _Tie:
    """An alliance that binds a provider to a partner on some of the days asked for, or on all of them."""

    reference: str
    role: Role | None
    is_whole: bool


def role_of(
    alliances: Iterable[Alliance],
    providers: Sequence[int],
    recipients: Sequence[int],
    on: date,
    until: date | None = None,
    *,
    reference: str = "",
) -> Proposal:
    """The role of the providers toward the recipients on a day, or on every day of the interval that may be meant.

    Without recipients the providers are partners of one another (a reciprocal act). `reference` asks of one alliance
    only, by its reference or ATOP number. A role is proposed only where the table leaves one: allied on all of the
    days or on none, and the same role in every alliance and for every provider.
    """
    latest = until or on
    if not providers:
        return Proposal(None, reason="no provider is named")
    known = tuple(alliances)
    if not known:
        return Proposal(None, reason="there is no list of alliances")
    if reference:
        named = tuple(one for one in known if one.reference == reference) or tuple(
            one for one in known if reference.isdecimal() and one.atop_id == int(reference)
        )
        if not named:
            return Proposal(None, reason=f"there is no alliance “{reference}” in the list")
        known = named
    proposals = []
    for provider in sorted(set(providers)):
        partners = sorted(set(recipients or providers) - {provider})
        if not partners:
            return Proposal(None, reason=f"no partner of {provider} is named")
        by_partner = [
            [tie for alliance in known if (tie := _tie(alliance, provider, partner, on, latest))]
            for partner in partners
        ]
        if any(by_partner) and not all(by_partner):
            return Proposal(None, reason=f"{provider} was allied with some of its partners only")
        proposals.append(_of_ties(provider, [tie for ties in by_partner for tie in ties]))
    unsure = next((one for one in proposals if one.role is None), None)
    if unsure is not None:
        return unsure
    roles = {one.role for one in proposals}
    references = tuple(sorted({name for one in proposals for name in one.references}))
    if len(roles) > 1:
        return Proposal(None, references, "the providers have different roles")
    return Proposal(roles.pop(), references)


def _tie(
    alliance: Alliance, provider: int, partner: int, earliest: date, latest: date
) -> _Tie | None:
    """The provider's spell during which the partner was a member too; of several, the one that covers all days."""
    found: _Tie | None = None
    for one in alliance.spells_of(provider):
        for other in alliance.spells_of(partner):
            start = max(one.start, other.start)
            end = min(one.end or date.max, other.end or date.max)
            common = Member(provider, start, end)
            if start > end or not common.meets(earliest, latest):
                continue
            tie = _Tie(alliance.reference, one.role, common.covers(earliest, latest))
            if tie.is_whole:
                return tie
            found = found or tie
    return found


def _of_ties(provider: int, ties: Sequence[_Tie]) -> Proposal:
    references = tuple(sorted({tie.reference for tie in ties}))
    if not ties:
        return Proposal(Role.NOT_ALLIED)
    whole = [tie for tie in ties if tie.is_whole]
    if not whole:
        return Proposal(
            None, references, f"{provider} was allied on some of the days that may be meant only"
        )
    references = tuple(sorted({tie.reference for tie in whole}))
    roles = {tie.role for tie in whole}
    if None in roles:
        return Proposal(None, references, f"the list does not say the role of {provider}")
    if len(roles) > 1:
        listed = " and ".join(sorted(str(role) for role in roles))
        return Proposal(None, references, f"{provider} is {listed} in different alliances")
    return Proposal(roles.pop(), references)
