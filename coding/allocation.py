"""Who codes what: every document its exact number of coders, loads and pairs balanced, the same for the same seed.

Knows documents and coders as names only. Drawing which documents enter a round, and writing assignments, is for others.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb
from random import Random

MOST_CHOICES = (
    60  # so many ways to fill a document are compared one by one, beyond it coders are taken singly
)
EXCHANGES = 20_000  # tries to let pairs meet more evenly once loads are settled


class CannotAllocate(ValueError):
    """What was asked for is impossible; the message says why, in plain words."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Allotment:
    """One document and who codes it, in order of their names."""

    document: str
    coders: tuple[str, ...]


def allocate(
    documents: Iterable[str],
    coders: Iterable[str],
    *,
    per_document: int,
    overlap_share: float = 1.0,
    seed: int | str,
    strata: Mapping[str, str] | None = None,
    kept: Iterable[Allotment] = (),
) -> tuple[Allotment, ...]:
    """Give documents to coders; the answer is ordered by document.

    The share `overlap_share` of documents (rounded to whole ones, spread over strata by largest remainder) gets
    `per_document` coders, the rest one. Loads differ by at most one, also within each stratum as far as that can be
    had at the same time; pairs of coders meet as evenly as possible. `strata` names each document's stratum.
    `kept` are allotments that stand already (work that somebody began): they are part of the answer, count towards
    loads, and are only completed. The order of documents and coders does not matter. Raises CannotAllocate.
    """
    names, people = _distinct(documents, "document"), _distinct(coders, "coder")
    fixed = _fixed(kept, names, people, per_document)
    _refuse_impossible(names, people, per_document, overlap_share, strata)
    wanted = _coders_wanted(names, per_document, overlap_share, seed, strata or {}, fixed)
    roster = _Roster(sorted(people, key=lambda coder: drawn(seed, "coder", coder)))
    for document in fixed:
        roster.give(fixed[document])
    order = sorted(
        names, key=lambda d: (-wanted[d], (strata or {}).get(d, ""), drawn(seed, "document", d))
    )
    given: dict[str, tuple[str, ...]] = {}
    for document in order:
        held = fixed.get(document, ())
        given[document] = (*held, *roster.choose(wanted[document] - len(held), held))
    _even_out(given, fixed, strata or {}, roster, Random(_hash(str(seed), "exchange", "")))  # noqa: S311 - drawn again from its seed, no secret  # nosec B311
    return tuple(Allotment(document, tuple(sorted(given[document]))) for document in sorted(given))


def queue_key(coder_public_id: str, document_public_id: str) -> str:
    """Place of a document in a coder's queue: sort by it. It depends on these two and on nothing others do."""
    return _hash("queue", coder_public_id, document_public_id)[:32]


class _Roster:
    """The coders in drawn order, with what each has so far and how often each two met."""

    def __init__(self, coders: Sequence[str]) -> None:
        self.coders = coders
        self.load = dict.fromkeys(coders, 0)
        self.met = {frozenset(pair): 0 for pair in combinations(coders, 2)}
        self.place = {coder: place for place, coder in enumerate(coders)}

    def choose(self, count: int, held: Sequence[str] = ()) -> tuple[str, ...]:
        """`count` coders beside those who hold the document: least loaded first, then those who met least."""
        if count <= 0:
            return ()
        free = sorted(
            (c for c in self.coders if c not in held), key=lambda c: (self.load[c], self.place[c])
        )
        edge = self.load[free[count - 1]]
        sure = [c for c in free if self.load[c] < edge]
        tied = [c for c in free if self.load[c] == edge]
        chosen = (*sure, *self._least_met(tied, count - len(sure), (*held, *sure)))
        self._note(chosen, held)
        return chosen

    def give(self, coders: Sequence[str]) -> None:
        self._note(coders, ())

    def is_even(self) -> bool:
        return not self.met or max(self.met.values()) - min(self.met.values()) <= 1

    def exchange(self, a: str, b: str, beside_a: set[str], beside_b: set[str]) -> bool:
        """Let a and b change places if the sum of squared meetings does not grow."""
        change = dict.fromkeys((frozenset((a, c)) for c in beside_a), -1)
        for pair, by in [
            *((frozenset((a, c)), 1) for c in beside_b),
            *((frozenset((b, c)), -1) for c in beside_b),
            *((frozenset((b, c)), 1) for c in beside_a),
        ]:
            change[pair] = change.get(pair, 0) + by
        if sum(by * (2 * self.met[pair] + by) for pair, by in change.items()) > 0:
            return False
        for pair, by in change.items():
            self.met[pair] += by
        return True

    def _note(self, chosen: Sequence[str], held: Sequence[str]) -> None:
        for coder in chosen:
            self.load[coder] += 1
        for pair in combinations((*held, *chosen), 2):
            if not set(pair) <= set(held):
                self.met[frozenset(pair)] += 1

    def _least_met(self, tied: list[str], count: int, beside: Sequence[str]) -> tuple[str, ...]:
        if count == len(tied):
            return tuple(tied)
        if comb(len(tied), count) <= MOST_CHOICES:
            return min(combinations(tied, count), key=lambda chosen: self._cost(chosen, beside))
        chosen: list[str] = []
        for _ in range(count):
            rest = [coder for coder in tied if coder not in chosen]
            chosen.append(min(rest, key=lambda coder: self._cost((coder,), (*beside, *chosen))))
        return tuple(chosen)

    def _cost(self, chosen: Sequence[str], beside: Sequence[str]) -> int:
        """Growth of the sum of squared meetings: even meetings cost least."""
        new = [*combinations(chosen, 2), *((a, b) for a in chosen for b in beside)]
        return sum(self.met[frozenset(pair)] for pair in new)


def _even_out(
    given: dict[str, tuple[str, ...]],
    fixed: Mapping[str, tuple[str, ...]],
    strata: Mapping[str, str],
    roster: _Roster,
    chance: Random,
) -> None:
    """Exchange one coder between two documents of a stratum wherever pairs then meet no less evenly. Loads stay."""
    by_stratum: dict[str, list[str]] = {}
    for document in sorted(given):
        if len(given[document]) > 1:
            by_stratum.setdefault(strata.get(document, ""), []).append(document)
    total = sum(len(documents) for documents in by_stratum.values())
    for _, documents in sorted(by_stratum.items()):
        for attempt in range(min(EXCHANGES, 300 * total) * len(documents) // total):
            if attempt % 100 == 0 and roster.is_even():
                return
            first, second = (documents[int(chance.random() * len(documents))] for _ in range(2))
            leaving = [
                c for c in given[first] if c not in given[second] and c not in fixed.get(first, ())
            ]
            coming = [
                c for c in given[second] if c not in given[first] and c not in fixed.get(second, ())
            ]
            if leaving and coming:
                a, b = (some[int(chance.random() * len(some))] for some in (leaving, coming))
                rest = (set(given[first]) - {a}, set(given[second]) - {b})
                if roster.exchange(a, b, *rest):
                    given[first], given[second] = (*sorted(rest[0]), b), (*sorted(rest[1]), a)


def _coders_wanted(
    names: Sequence[str],
    per_document: int,
    share: float,
    seed: int | str,
    strata: Mapping[str, str],
    fixed: Mapping[str, tuple[str, ...]],
) -> dict[str, int]:
    """How many coders each document gets. Documents that have several already are among the overlapping ones."""
    by_stratum: dict[str, list[str]] = {}
    for name in names:
        by_stratum.setdefault(strata.get(name, ""), []).append(name)
    quota = largest_remainder(
        {s: len(members) for s, members in by_stratum.items()}, Fraction(str(share))
    )
    wanted: dict[str, int] = {}
    for stratum, members in by_stratum.items():
        by_lot = sorted(
            members, key=lambda d: (len(fixed.get(d, ())) < 2, drawn(seed, "overlap", d))
        )
        for place, name in enumerate(by_lot):
            overlaps = place < quota[stratum]
            wanted[name] = max(per_document if overlaps else 1, len(fixed.get(name, ())))
    return wanted


def largest_remainder(sizes: Mapping[str, int], share: Fraction) -> dict[str, int]:
    """Whole numbers near `share` of each size that add up to `share` of them all, halves upwards."""
    total = int(share * sum(sizes.values()) + Fraction(1, 2))
    quota = {name: int(share * size) for name, size in sizes.items()}
    by_rest = sorted(sizes, key=lambda name: (-(share * sizes[name] - quota[name]), name))
    for name in by_rest[: total - sum(quota.values())]:
        quota[name] += 1
    return quota


def _distinct(given: Iterable[str], what: str) -> list[str]:
    names = list(given)
    seen: set[str] = set()
    for name in names:
        if not name:
            raise CannotAllocate(f"a {what} without a name was given")
        if name in seen:
            raise CannotAllocate(f'the {what} "{name}" was given twice')
        seen.add(name)
    if not names:
        raise CannotAllocate(f"no {what} was given")
    return names


def _fixed(
    kept: Iterable[Allotment], names: Sequence[str], people: Sequence[str], per_document: int
) -> dict[str, tuple[str, ...]]:
    fixed: dict[str, tuple[str, ...]] = {}
    for allotment in sorted(kept, key=lambda a: a.document):
        strangers = sorted(set(allotment.coders) - set(people))
        if allotment.document not in names:
            raise CannotAllocate(
                f'the document "{allotment.document}" is kept but is not among the documents'
            )
        if strangers:
            raise CannotAllocate(
                f'"{strangers[0]}" keeps the document "{allotment.document}" but is not among the coders'
            )
        if allotment.document in fixed or len(set(allotment.coders)) < len(allotment.coders):
            raise CannotAllocate(f'the document "{allotment.document}" is kept twice')
        if len(allotment.coders) > per_document:
            raise CannotAllocate(
                f'the document "{allotment.document}" has {len(allotment.coders)} coders already, more than the {per_document} asked for'
            )
        fixed[allotment.document] = tuple(sorted(allotment.coders))
    return fixed


def _refuse_impossible(
    names: Sequence[str],
    people: Sequence[str],
    per_document: int,
    share: float,
    strata: Mapping[str, str] | None,
) -> None:
    if isinstance(per_document, bool) or per_document < 1:
        raise CannotAllocate("every document needs at least one coder")
    if per_document > len(people):
        raise CannotAllocate(
            f"{per_document} coders per document were asked for, but there are only {len(people)}"
        )
    if not 0 <= share <= 1:
        raise CannotAllocate(
            f"the share of documents coded by several must lie between 0 and 1, not at {share}"
        )
    if strata is not None:
        without = [name for name in names if name not in strata]
        if without:
            raise CannotAllocate(f'the document "{without[0]}" has no stratum')


def drawn(seed: int | str, purpose: str, name: str) -> tuple[str, str]:
    """A place in a random order that depends on seed and name only; the name settles the impossible tie."""
    return _hash(str(seed), purpose, name), name


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
