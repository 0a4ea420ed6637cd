"""Treaty obligations under the names that users of ATOP look for, beside the codebook's own columns.

The names are shared, not the coding: each is 0 or 1, or a part of a date that is known to the day, month or year.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from coding.schema import EventType
from datasets.cells import Cell, Missing
from datasets.columns import Column
from datasets.placing import read_date
from datasets.records import Value, is_missing

_YES_NO = (("0", "no"), ("1", "yes"))
_UNKNOWN = (("-9", "unknown"), ("-8", "not applicable"))
_NOTE = "Named as in ATOP; 1 if the instrument provides for it, from {field}."
#: Name in ATOP, its words, the field and the code that stand for it (None: any code but none).
_DUMMIES = (
    ("defense", "Defence obligation", "to_obligations", "defense"),
    ("offense", "Offence obligation", "to_obligations", "offense"),
    ("neutral", "Neutrality obligation", "to_obligations", "neutral"),
    ("nonagg", "Non-aggression obligation", "to_obligations", "nonagg"),
    ("consul", "Consultation obligation", "to_obligations", "consul"),
    ("conditio", "Obligation is conditional", "to_conditions", None),
    ("intcom", "Integrated command promised", "to_promises", "IC"),
    ("milaid", "Military aid promised", "to_promises", "MA"),
    ("base", "Bases or stationed forces promised", "to_promises", "MB"),
    ("milcon", "Peacetime military consultation promised", "to_promises", "OC"),
    ("organ1", "Standing organisation promised", "to_promises", "AO"),
)
_DATES = (("beg", "Began", "to_in_force"), ("end", "Ended", "to_ends"))
_PARTS = (("yr", "year"), ("mo", "month"), ("day", "day"))


def atop_columns(kind: EventType) -> Iterator[Column]:
    """Read from rows with `values`; only what the codebook's type of treaty obligations has fields for."""
    fields = {field.name: field for field in kind.fields}
    for name, label, source, code in _DUMMIES:
        if source in fields and (code is None or code in fields[source].codes):
            yield Column(
                name,
                label,
                "integer",
                _dummy(source, code),
                codes=_YES_NO,
                missing=_UNKNOWN,
                note=_NOTE.format(field=source),
                field=source,
            )
    if "to_asymmetric" in fields:
        yield Column(
            "asymm", "Obligations differ between members", "integer", _plain("to_asymmetric"),
            codes=_YES_NO, missing=_UNKNOWN, note=_NOTE.format(field="to_asymmetric"), field="to_asymmetric",
        )  # fmt: skip
    for stem, label, source in _DATES:
        if source in fields:
            for suffix, words in _PARTS:
                yield Column(
                    f"{stem}{suffix}",
                    f"{label}, {words}",
                    "integer",
                    _part(source, words),
                    note=f"Named as in ATOP; empty where {source} is not known that precisely.",
                    field=source,
                )


def _plain(source: str) -> Callable[[Any], Cell]:
    def read(row: Any) -> Cell:
        value = row.values.get(source)
        return Missing(value) if is_missing(value) else value

    return read


def _dummy(source: str, code: str | None) -> Callable[[Any], Cell]:
    def read(row: Any) -> Cell:
        values: Mapping[str, Value] = row.values
        value = values.get(source)
        if value is None:
            return None
        if is_missing(value):
            return Missing(str(value))
        held = value if isinstance(value, list | tuple) else (value,)
        return int(code in held if code is not None else any(one != "none" for one in held))

    return read


def _part(source: str, words: str) -> Callable[[Any], Cell]:
    def read(row: Any) -> Cell:
        value = row.values.get(source)
        if not isinstance(value, str) or is_missing(value):
            return None
        known = read_date(value)
        if known.earliest is None or known.latest is None:
            return None
        first: int = getattr(known.earliest, words)
        same_year = known.earliest.year == known.latest.year
        same_month = same_year and known.earliest.month == known.latest.month
        if words == "year":
            return first if same_year else None
        if words == "month":
            return first if same_month else None
        return first if known.earliest == known.latest else None

    return read
