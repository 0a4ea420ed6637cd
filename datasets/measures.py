"""What a dyad-year sums up beside counting incidents: intensities, figures, and how often each kind of act occurred.

Which field becomes which measure is a table; money is never among them, since no sum of it is converted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from coding.schema import Codebook
from datasets.placing import Placed


@dataclass(frozen=True, slots=True)
class Measure:
    """A column that sums up one field over the incidents of one type in a dyad-year.

    `count` counts incidents that have `code`, alone or among others; the rest take one number of those given.
    """

    column: str
    event_type: str
    field: str
    how: Literal["max", "min", "latest", "count"]
    code: int | str | None = None

    @property
    def in_nothing(self) -> int | None:
        """Its value for a row that was searched and holds no incident."""
        return 0 if self.how == "count" else None


MEASURES = (
    Measure("ex_troops_max", "EX", "ex_troops_best", "max"),
    Measure("mb_personnel_latest", "MB", "mb_personnel_best", "latest"),
    Measure("cs_intensity_max", "CS", "cs_intensity", "max"),
    Measure("cs_direction_min", "CS", "cs_direction", "min"),
    Measure("cs_speaker_max", "CS", "cs_speaker_level", "max"),
    Measure("bs_share_latest", "BS", "bs_share", "latest"),
    Measure("bs_gdp_target_latest", "BS", "bs_gdp_target", "latest"),
    Measure("it_personnel_max", "IT", "it_personnel", "max"),
    Measure("ac_response_max", "AC", "ac_patron_response", "max"),
)
#: Fields whose codes are counted one by one: signals by direction, burdens by act and linkage, help and conduct by kind.
COUNTED = (
    ("CS", "cs_direction"),
    ("BS", "bs_act"),
    ("BS", "bs_linkage"),
    ("IT", "it_kind"),
    ("AC", "ac_conduct"),
)


def measures_of(codebook: Codebook) -> tuple[Measure, ...]:
    """The measures whose fields a codebook has, then one count for each code of its counted fields."""
    return tuple(_measures(codebook))


def _measures(codebook: Codebook) -> Iterator[Measure]:
    fields = {
        (kind.code, field.name): field
        for kind in codebook.types
        for field in codebook.fields_of(kind.code)
    }
    yield from (one for one in MEASURES if (one.event_type, one.field) in fields)
    for event_type, name in COUNTED:
        if (event_type, name) in fields:
            for code in fields[event_type, name].codes:
                said = str(code).replace("-", "minus")
                yield Measure(f"{name}_{said}_n", event_type, name, "count", code)


def measured(
    measure: Measure, events: Sequence[Placed], *, is_observed: bool
) -> int | float | None:
    """None where nothing is known: no number among the incidents, or no incident and no complete search."""
    values = [
        (placed, placed.incident.values.get(measure.field))
        for placed in events
        if placed.incident.event_type == measure.event_type
    ]
    if measure.how == "count":
        found = sum(_has(value, measure.code) for _, value in values)
        return found if found or is_observed else None
    known: list[tuple[tuple[date, date, str], int | float]] = []
    for placed, value in values:
        if isinstance(value, int | float):
            assert placed.latest is not None and placed.earliest is not None  # it has a year
            known.append(((placed.latest, placed.earliest, placed.incident.incident_id), value))
    if not known:
        return None
    if measure.how == "latest":
        return max(known)[1]
    return (max if measure.how == "max" else min)(value for _, value in known)


def _has(value: object, code: int | str | None) -> bool:
    return value == code or isinstance(value, list | tuple) and code in value
