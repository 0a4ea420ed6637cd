"""What the rows say of the commitments of an alliance, year by year: clauses, acts and searches into proposals. Pure.

A proposal is never a judgement: a part the rows cannot tell stays None and says why. Zero is proposed only where a
treaty in force was read or a search that covers the member's days of the year was kept.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from reconciliation.verdicts import NO, PARTLY, WHOLLY, YES, Verdict
from sources.alliances import Alliance

ALL = 0  # the recipient of what is owed to all members alike

TREATY_PROMISE, OTHER_PROMISE, ADDITIONAL = 1, 2, 3  # commitment_basis
_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 5  # letters that exercise, exercises and exercising share
_DONE = frozenset({3, 4, 6})  # status: under way, carried out, reduced

Days = tuple[date, date]


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One question: did the provider owe and give the recipient this in this year, in this alliance?"""

    alliance: str
    provider: int
    recipient: int
    type: str
    year: int


@dataclass(frozen=True, slots=True)
class Clause:
    """What one treaty event says: who promises what to whom, and from when to when. No recipients: to the other parties."""

    key: int
    alliance: str
    providers: frozenset[int]
    recipients: frozenset[int]
    types: frozenset[str]
    start: date
    end: date | None = None
    articles: str = ""
    title: str = ""
    is_mutual: bool = False
    # The alliance's treaty or a protocol to it; another instrument is shown and promises nothing here.
    is_treaty: bool = True

    def binds(self, provider: int, recipient: int) -> bool:
        if self.is_mutual:
            parties = self.providers | self.recipients
            return provider in parties and (recipient == ALL or recipient in parties)
        if provider not in self.providers:
            return False
        return recipient == ALL or not self.recipients or recipient in self.recipients

    def meets(self, days: Days) -> bool:
        return self.start <= days[1] and (self.end is None or days[0] <= self.end)


@dataclass(frozen=True, slots=True)
class Act:
    """One incident as these proposals read it. `certain` years it surely falls in, `possible` ones its dates allow too."""

    key: int
    alliance: str
    type: str
    providers: frozenset[int]
    recipients: frozenset[int]
    certain: frozenset[int]
    possible: frozenset[int]
    basis: int | None = None
    fulfilment: int | None = None
    status: int | None = None
    title: str = ""
    is_mutual: bool = False
    day: date | None = None

    @property
    def is_done(self) -> bool:
        return self.status is None or self.status in _DONE

    def reached(self, provider: int) -> frozenset[int]:
        """Whom this provider gave something; nobody where it gave nothing."""
        if self.is_mutual or not self.recipients:
            parties = self.providers | self.recipients
            return parties - {provider} if provider in parties else frozenset()
        return self.recipients - {provider} if provider in self.providers else frozenset()


@dataclass(frozen=True, slots=True)
class Search:
    """A kept search: documents naming all of `states`, dated from `since` to `until`; a bound of None is open."""

    key: str
    words: str
    states: frozenset[int]
    since: date | None
    until: date | None
    kept_on: date
    is_narrowed: bool = False  # to a kind of document or an outlet

    def covers(self, alliance: Alliance, provider: int, recipient: int, days: Days) -> bool:
        """Whether it looked at all these days, and was not narrowed so that it would miss an act of this pair."""
        if (
            self.is_narrowed
            or (self.since and self.since > days[0])
            or (self.until or self.kept_on) < days[1]
        ):
            return False
        if self.states:
            return self.states <= {provider, *([recipient] if recipient != ALL else [])}
        return any(name in self.words.casefold() for name in _names(alliance))

    def looked_for(self, alliance: Alliance, label: str) -> bool:
        """Whether its words, the alliance's name aside, name this type or nothing: other words looked for other things."""
        left = self.words.casefold()
        for name in _names(alliance):
            left = left.replace(name, " ")
        stems = {word[:_STEM] for word in _WORD.findall(label.casefold())}
        words = _WORD.findall(left)
        return not words or any(word[:_STEM] in stems for word in words)


def _names(alliance: Alliance) -> tuple[str, ...]:
    return tuple(sorted({alliance.name.casefold(), alliance.reference.casefold()}, key=len))[::-1]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rows suggest, why each part says what it says, and what it rests on."""

    verdict: Verdict
    reasons: tuple[tuple[str, str], ...]
    clauses: tuple[Clause, ...] = ()
    acts: tuple[Act, ...] = ()
    searches: tuple[Search, ...] = ()

    def basis(self) -> dict[str, list[int] | list[str]]:
        """The ids it rests on, in order: what a judgement keeps of it."""
        return {
            "clauses": sorted(one.key for one in self.clauses),
            "incidents": sorted(one.key for one in self.acts),
            "searches": sorted(one.key for one in self.searches),
        }


@dataclass(frozen=True)
class Grounds:
    """One alliance with everything that speaks of it."""

    alliance: Alliance
    clauses: Sequence[Clause] = ()
    acts: Sequence[Act] = ()
    searches: Sequence[Search] = ()
    labels: Mapping[str, str] = field(default_factory=dict)  # of types, as searches may name them
    _by_year: dict[tuple[str, int], list[Act]] = field(
        default_factory=lambda: defaultdict(list), init=False, compare=False
    )
    _by_pair: dict[tuple[int, int], list[Days]] = field(
        default_factory=dict, init=False, compare=False
    )

    def __post_init__(self) -> None:
        for act in sorted(self.acts, key=lambda one: one.key):
            for year in act.certain | act.possible:
                self._by_year[act.type, year].append(act)

    def members(self, days: Days) -> frozenset[int]:
        return frozenset(one.ccode for one in self.alliance.members if one.meets(*days))

    def days(self, provider: int, recipient: int, year: int) -> Days | None:
        """First and last day of the year on which both were members and the alliance was in force."""
        if (provider, recipient) not in self._by_pair:
            self._by_pair[provider, recipient] = list(self._common(provider, recipient))
        spells = self._by_pair[provider, recipient]
        first, last = date(year, 1, 1), date(year, 12, 31)
        found = [(max(a, first), min(b, last)) for a, b in spells if a <= last and first <= b]
        return (min(found)[0], max(b for _, b in found)) if found else None

    def _common(self, provider: int, recipient: int) -> Iterator[Days]:
        known = self.alliance
        for own in known.spells_of(provider):
            for other in known.members:
                if other.ccode == provider or recipient not in (ALL, other.ccode):
                    continue
                start = max(own.start, other.start, known.start)
                end = min(own.end or date.max, other.end or date.max, known.end or date.max)
                if start <= end:
                    yield start, end

    def directions(self, judged: Iterable[tuple[int, int]] = ()) -> tuple[tuple[int, int], ...]:
        """Provider and recipient of the rows a person looks at.

        In an alliance of two, each toward the other. In a larger one, each toward all members, and the pairs that a
        clause, an act or a judgement singles out.
        """
        ccodes = sorted({one.ccode for one in self.alliance.members})
        if len(ccodes) <= 2:
            found = {(a, b) for a in ccodes for b in ccodes if a != b}
        else:
            found = {(ccode, ALL) for ccode in ccodes}
            known = frozenset(ccodes)
            for clause in self.clauses:
                if not clause.is_mutual and clause.recipients:
                    found |= {(a, b) for a in clause.providers for b in clause.recipients}
            for act in self.acts:
                parties = (act.providers | act.recipients) & known
                for a in parties:
                    reached = act.reached(a) & known
                    # What reaches all the others needs no row of its own for each of them.
                    if reached and reached != known - {a}:
                        found |= {(a, b) for b in reached}
            found = {(a, b) for a, b in found if a in known and (b == ALL or b in known) and a != b}
        return tuple(sorted(found | set(judged)))

    def proposal(self, provider: int, recipient: int, type_code: str, year: int) -> Proposal | None:
        """None where there is nothing to judge: the two were not members together on any day of the year."""
        days = self.days(provider, recipient, year)
        if days is None:
            return None
        clauses = tuple(
            one for one in self.clauses if one.meets(days) and one.binds(provider, recipient)
        )
        acts = tuple(
            one
            for one in self._by_year.get((type_code, year), ())
            if (reached := one.reached(provider) & self.members(days))
            and (recipient == ALL or recipient in reached)
        )
        searches = tuple(
            one for one in self.searches if one.covers(self.alliance, provider, recipient, days)
        )
        label = self.labels.get(type_code, "")
        is_searched = any(one.looked_for(self.alliance, label) for one in searches)
        promised, why_promised = _promised(clauses, type_code)
        sure = tuple(one for one in acts if year in one.certain)
        others = self.members(days) - {provider}
        kept, why_kept = (
            _kept(sure, provider, others if recipient == ALL else None, is_searched)
            if promised == YES
            else (None, "there is no known promise to keep")
        )
        additional, why_additional = _additional(sure, is_searched)
        if searches and not is_searched:
            why_additional += "; searches were kept with words that do not name this type"
        if len(sure) < len(acts):
            why_additional += "; acts that may belong to another year are listed and not counted"
        relevant = tuple(one for one in clauses if type_code in one.types or promised == NO)
        return Proposal(
            Verdict(promised, kept, additional),
            (("promised", why_promised), ("kept", why_kept), ("additional", why_additional)),
            relevant,
            acts,
            searches,
        )


def _promised(clauses: Sequence[Clause], type_code: str) -> tuple[int | None, str]:
    treaties = [one for one in clauses if one.is_treaty]
    if any(type_code in one.types for one in treaties):
        return YES, "a treaty in force promises it"
    if treaties:
        return NO, "no treaty in force that was coded promises it"
    if any(type_code in one.types for one in clauses):
        return None, "only an instrument beside the treaty promises it"
    return None, "no treaty in force on these days has been coded"


def _kept(
    acts: Sequence[Act], provider: int, others: frozenset[int] | None, is_searched: bool
) -> tuple[int | None, str]:
    """`others`: all who are owed it, where the promise is to all members."""
    owed = [one for one in acts if one.basis in (TREATY_PROMISE, None)]
    judged = [one for one in owed if one.fulfilment in (NO, PARTLY, WHOLLY)]
    if not owed:
        if is_searched:
            return NO, "a search was kept and no act under the promise was found"
        return None, "no act was found and no search is kept for these days"
    if not judged:
        return None, "acts were found; nobody coded whether they meet the promise"
    codes = {one.fulfilment for one in judged}
    if codes == {NO}:
        return NO, "its acts were coded as not fulfilling the promise"
    if codes != {WHOLLY}:
        return PARTLY, "its acts were coded as fulfilling the promise in part"
    reached = frozenset[int]().union(*(one.reached(provider) for one in judged))
    if others is not None and not others <= reached:
        return PARTLY, "acts fulfil it towards some of the members only"
    return WHOLLY, "its acts were coded as fulfilling the promise"


def _additional(acts: Sequence[Act], is_searched: bool) -> tuple[int | None, str]:
    beyond = [one for one in acts if one.basis == ADDITIONAL]
    if any(one.is_done for one in beyond):
        return YES, "an act of this type was coded as additional"
    if beyond:
        return None, "what was coded as additional is not known to have been carried out"
    if is_searched:
        return NO, "a search was kept and nothing additional was found"
    return None, "nothing additional was found and no search is kept for these days"
