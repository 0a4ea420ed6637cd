"""Rules by which a codebook lets the machine settle a field. Pure.

Each gives a value or None where it does not decide; the decision then names the rule, and a person
can overrule it.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from coding import dates, schema

Candidates = Mapping[str, Any]


def decide(rule: str | None, candidates: Candidates, field: schema.Field) -> tuple[Any] | None:
    """(value,) when the rule settles it, None when a person has to."""
    return _RULES[rule](candidates, field) if rule in _RULES else None


def _majority(candidates: Candidates, field: schema.Field) -> tuple[Any] | None:
    """More than half of at least three coders."""
    if len(candidates) < 3:
        return None
    counted = Counter(map(repr, candidates.values()))
    commonest, times = counted.most_common(1)[0]
    if times * 2 <= len(candidates):
        return None
    return (next(value for value in candidates.values() if repr(value) == commonest),)


def _most_precise(candidates: Candidates, field: schema.Field) -> tuple[Any] | None:
    """The narrowest date, where every other coder's bounds contain it."""
    if len(candidates) < 2 or any(map(schema.is_missing, candidates.values())):
        return None
    bounds = [day_bounds(value) for value in candidates.values()]
    known = [both for both in bounds if both is not None]
    if len(known) != len(bounds):
        return None
    first, last, edtf = min(known, key=lambda both: (both[1] - both[0], both[2]))
    contained = all(earliest <= first and last <= latest for earliest, latest, _ in known)
    return (edtf,) if contained else None


def day_bounds(value: str) -> tuple[date, date, str] | None:
    """First and last possible day of a coded date, and its canonical text; None where a bound is open."""
    found = dates.read(value)
    if found.earliest is None or found.latest is None:
        return None
    return found.earliest, found.latest, found.edtf


def _union(candidates: Candidates, field: schema.Field) -> tuple[Any] | None:
    """Everything that any coder listed, where all gave a list."""
    if not candidates or not all(isinstance(value, list) for value in candidates.values()):
        return None
    members = {member for value in candidates.values() for member in value}
    if field.options:
        return ([code for code in field.codes if code in members],)
    return (sorted(members, key=lambda member: (str(type(member)), member)),)


def _first_coder(candidates: Candidates, field: schema.Field) -> tuple[Any] | None:
    """Wording that is not compared: the first coder's by label stands."""
    return (candidates[min(candidates)],) if candidates else None


_RULES: dict[str, Callable[[Candidates, schema.Field], tuple[Any] | None]] = {
    "majority": _majority,
    "most_precise": _most_precise,
    "union": _union,
    "first_coder": _first_coder,
}
