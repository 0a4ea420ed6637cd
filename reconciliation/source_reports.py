"""What the incidents rest on, from rows: which reports count, and outlets, kinds and languages in words. Never writes.

Only what this person may see is counted, as on the page of incidents. The counting itself is `source_shares`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import get_language_info

from coding import dates, schema
from projects.access import Pass
from reconciliation import source_shares
from reconciliation.models import Report
from reconciliation.queries import copies_of_reported, visible_documents
from reconciliation.source_shares import Part, ReportOf
from sources.models import Document

COLUMNS = (
    "by", "of", "year", "incidents", "share_of_incidents", "reports", "share_of_reports", "alone", "share_alone",
    "one_report", "share_one_report", "one_outlet", "share_one_outlet", "outlet_unknown",
)  # fmt: skip
SAYS_NOT = {
    "outlet": "no outlet given",
    "kind": "no kind given",
    "language": "no language given",
}
NO_YEAR = "none"


@dataclass(frozen=True)
class Wanted:
    """Which reports are counted. `copies`: documents with the same text count as reports of their own."""

    type: str = ""
    since: int | None = None
    until: int | None = None
    copies: bool = False

    @property
    def is_narrowed(self) -> bool:
        return bool(self.type or self.since is not None or self.until is not None or self.copies)


def reports(holder: Pass, wanted: Wanted) -> list[ReportOf]:
    """An incident stands in the years asked for by the earliest of all its reports, as it is counted."""
    rows = Report.objects.filter(
        incident__project=holder.project,
        resolved_event__group__retired_at=None,
        resolved_event__group__document__in=visible_documents(holder).values("pk"),
    )
    if wanted.type:
        rows = rows.filter(resolved_event__type=wanted.type)
    document = "resolved_event__group__document"
    listed = list(
        rows.order_by("incident__n", f"{document}__external_id").values_list(
            "incident__n",
            document,
            f"{document}__external_id",
            f"{document}__outlet",
            f"{document}__kind",
            f"{document}__current_text__language",
            "resolved_event__type",
            KeyTextTransform("start", "resolved_event__values"),
        )
    )
    also = _copies(holder, [row[1] for row in listed]) if wanted.copies else {}
    found = []
    for n, pk, name, outlet, kind, language, type_code, start in listed:
        incident, year = f"I{n:05d}", _year(start)
        found.append(
            ReportOf(incident, name, outlet.strip(), kind, _base(language), year, type_code)
        )
        found += [
            ReportOf(
                incident,
                copy.external_id,
                copy.outlet.strip(),
                copy.kind,
                _base(copy.current_text.language if copy.current_text else ""),
                year,
                type_code,
            )
            for copy in also.get(pk, ())
        ]
    return _within(found, wanted)


def _within(found: list[ReportOf], wanted: Wanted) -> list[ReportOf]:
    if wanted.since is None and wanted.until is None:
        return found
    first = source_shares.first_years(found)
    return [
        one
        for one in found
        if one.incident in first
        and (wanted.since is None or first[one.incident] >= wanted.since)
        and (wanted.until is None or first[one.incident] <= wanted.until)
    ]


def _copies(holder: Pass, reported: Iterable[int]) -> dict[int, list[Document]]:
    """As in a release, with their texts."""
    found = copies_of_reported(holder.project, set(reported))
    texts = Document.objects.filter(pk__in=[one.pk for many in found.values() for one in many])
    with_texts = {one.pk: one for one in texts.select_related("current_text")}
    return {pk: [with_texts[one.pk] for one in many] for pk, many in found.items()}


def _year(start: object) -> int | None:
    """The year of the first possible day."""
    if not isinstance(start, str) or schema.is_missing(start):
        return None
    earliest = dates.read(start).earliest
    return earliest.year if earliest else None


def _base(language: str | None) -> str:
    """`en-GB` and `en_US` are both English."""
    return (language or "").replace("_", "-").partition("-")[0].strip().lower()


def words(by: str, name: str) -> str:
    """An outlet, kind or language as a person reads it."""
    if not name:
        return SAYS_NOT[by]
    if by == "kind":
        return str(Document.Kind(name).label) if name in Document.Kind.values else name
    if by == "language":
        try:
            return f"{get_language_info(name)['name']} ({name})"
        except KeyError:
            return name
    return name


def table(counted: Sequence[ReportOf]) -> list[list[object]]:
    """The whole report as rows under COLUMNS: all, by outlet, kind and language, for all years and for each."""
    years = [one.year for one in source_shares.years(counted)]
    first = source_shares.first_years(counted)
    rows = _rows("", counted)
    for year in years:
        those = [one for one in counted if first.get(one.incident) == year]
        rows += _rows(NO_YEAR if year is None else str(year), those)
    return rows


def _rows(year: str, counted: Sequence[ReportOf]) -> list[list[object]]:
    whole = source_shares.resting(counted)
    share = [_told(part.value) for part in (whole.one_report, whole.one_outlet)]
    rows: list[list[object]] = [
        ["all", "", year, whole.incidents, "", whole.reports, "", "", "", whole.one_report.n, share[0],
         whole.one_outlet.n, share[1], whole.unknown_outlet]
    ]  # fmt: skip
    rows += [
        [by, part.name, year, *_part(part), "", "", "", "", ""]
        for by in source_shares.BY
        for part in source_shares.parts(counted, by)
    ]
    return rows


def _part(part: Part) -> list[object]:
    return [
        part.incidents.n, _told(part.incidents.value), part.reports.n, _told(part.reports.value),
        part.alone.n, _told(part.alone.value),
    ]  # fmt: skip


def _told(share: float | None) -> str:
    return "" if share is None else f"{share:.6g}"
