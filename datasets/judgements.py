"""What a cell rests on beside incidents: judgements of promised years, and searches that were declared complete.

Read from the files as they were published, like everything that `tracing` tells.
"""

import re
from collections.abc import Mapping
from typing import Any

from datasets import comparisons, tracing
from datasets.models import Release
from datasets.tracing import Row
from projects.refusals import Missing

_JUDGED = re.compile(r"(?P<type>\w+?)_(promised|fulfilled|additional(_given|_received)?)")
_SHARE = "fulfilled_share"


def is_judged(table: str, column: str) -> bool:
    """Whether a column of a panel says what was judged, and not what was found."""
    name = table.rsplit("/", 1)[-1]
    if name == "assessments":
        return True
    in_panel = name in ("directed_dyad_year", "member_state_year")
    return in_panel and (column == _SHARE or _JUDGED.fullmatch(column) is not None)


def assessments_behind(release: Release, table: str, row: Row, column: str) -> tuple[Row, ...]:
    """The judgements that a cell adds up, each with its reason and the incidents it relies on."""
    name = table.rsplit("/", 1)[-1]
    if name == "assessments":
        return (row,)
    found = _JUDGED.fullmatch(column)
    wanted = found["type"].upper() if found else ""

    def is_about(judged: Row) -> bool:
        return wanted in ("", judged["event_type"])

    if name == "member_state_year":
        of_alliance = _rows(release, "assessments", alliance=row["alliance_ref"], year=row["year"])
        sides = (row["ccode"], None)
        return tuple(
            one
            for one in of_alliance
            if is_about(one) and (one["ccode1"] == row["ccode"] or one["ccode2"] in sides)
        )
    given = _rows(release, "assessments", ccode1=row["ccode1"], year=row["year"])
    member = _rows(release, "member_state_year", ccode=row["ccode2"], year=row["year"])
    alliances = {one["alliance_ref"] for one in member}
    return tuple(
        one
        for one in given
        if is_about(one)
        and (
            one["ccode2"] == row["ccode2"]
            or (one["ccode2"] is None and one["alliance"] in alliances)
        )
    )


def relied_on(judged: tuple[Row, ...]) -> tuple[str, ...]:
    named = ";".join(one["incident_ids"] for one in judged if one["incident_ids"])
    return tuple(sorted(set(named.split(";")))) if named else ()


def searches_behind(release: Release, row: Row) -> tuple[Mapping[str, Any], ...]:
    """The declared searches that make a zero of a row observed absence."""
    if row.get("coverage") != 1:
        return ()
    states = {row[name] for name in ("ccode", "ccode1", "ccode2") if row.get(name) is not None}
    declared = comparisons.Kept(comparisons.opener(release)).about.get("coverage", ())
    return tuple(
        spell
        for spell in declared
        if spell["first_year"] <= row["year"] <= spell["last_year"]
        and (spell["ccodes"] is None or states <= set(spell["ccodes"]))
    )


def _rows(release: Release, table: str, **wanted: Any) -> list[dict[str, Any]]:
    try:
        return tracing.rows(release, f"codes/{table}", **wanted)
    except Missing:
        return []  # a project without alliances has no such table
