"""What screens ask about releases and their files. Never writes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet, Sum

from coding.access import is_blind, may_see_all_codings
from datasets import comparisons, judgements, tracing
from datasets.findings import BLOCKS, CHECKS
from datasets.models import OPEN, Release, ReleaseFile
from datasets.tracing import Sheet
from projects.access import Pass
from projects.refusals import Missing, NotAllowed

_RELEASED = Q(files__part=ReleaseFile.Part.RELEASE)


def releases(holder: Pass) -> QuerySet[Release]:
    """Newest first. Drafts are for those who may see releases before they are published.

    Whoever still codes learns of a draft only where they build it: that it grew tells that others handed in.
    """
    found = Release.objects.filter(project=holder.project).select_related("made_by", "published_by")
    makes = holder.allows("releases.build")
    if not holder.allows("releases.view") or (not makes and is_blind(holder)):
        found = found.exclude(state__in=OPEN)
    return found.annotate(
        file_count=Count("files", filter=_RELEASED), bytes=Sum("files__size", filter=_RELEASED)
    ).order_by("-id")


def version_after(found: Iterable[Release]) -> str:
    """What the next version is called unless somebody wants it otherwise: more data, the same columns."""
    numbers = [tuple(int(part) for part in one.version.split(".")) for one in found]
    major, minor, _ = max(numbers, default=(0, 0, 0))
    return f"{major}.{minor + 1}.0"


def release_for(holder: Pass, version: str) -> Release:
    found = releases(holder).select_related("project").filter(version=version).first()
    if found is None:
        raise Missing("There is no such release in this project.")
    return found


def files(release: Release) -> QuerySet[ReleaseFile]:
    return ReleaseFile.objects.filter(release=release, part=ReleaseFile.Part.RELEASE).order_by(
        "path"
    )


def downloads(holder: Pass, release: Release) -> QuerySet[ReleaseFile]:
    """The files, for those who may have them: the codings of all coders stand in them."""
    if not may_see_all_codings(holder):
        raise NotAllowed(
            "A release holds the codings of all coders. Its files open to you when you have handed in "
            "your own work and the rounds are revealed."
        )
    return files(release)


def file_for(holder: Pass, release: Release, path: str) -> ReleaseFile:
    found = downloads(holder, release).filter(path=path).first()
    if found is None:
        raise Missing("This release has no such file.")
    return found


@dataclass(frozen=True)
class FileGroup:
    """Files that a reader takes together."""

    title: str
    about: str
    files: tuple[ReleaseFile, ...]

    @property
    def is_unfolded(self) -> bool:
        """What most readers come for stands open: the papers and the CSV files."""
        return self.title.startswith(("Read", "CSV"))

    @property
    def bytes(self) -> int:
        return sum(file.size for file in self.files)


_GROUPS = (
    ("", "Read first", "What it is, by what rules, how agreement was measured."),
    ("analysis/", "CSV, analysis edition", "Missing values are empty."),
    ("codes/", "CSV, codes edition", "Missing values are the codes -9 and -8."),
    ("csv", "CSV, for both editions", "Panels, crosswalks, passages, codings, decisions."),
    ("stata/", "Stata", "Version 14 and later, with labels."),
    ("parquet/", "Parquet", "With types, for R, Python and databases."),
    ("jsonl/", "JSON Lines", "One object a row."),
    ("metadata/", "For repositories", "DataCite, Dataverse, how to deposit."),
    ("examples/", "Examples", "First steps in Python, R and Stata."),
)


def grouped(listed: Iterable[ReleaseFile]) -> tuple[FileGroup, ...]:
    found: dict[str, list[ReleaseFile]] = defaultdict(list)
    for file in listed:
        folder, slash, _ = file.path.partition("/")
        found[f"{folder}/" if slash else "csv" if file.path.endswith(".csv") else ""].append(file)
    return tuple(
        FileGroup(title, about, tuple(found[folder]))
        for folder, title, about in _GROUPS
        if found[folder]
    )


@dataclass(frozen=True)
class ShownFinding:
    check: str
    label: str
    severity: str
    message: str
    waiver: str  # the reason, where it is waived as it stands
    by: str

    @property
    def blocks(self) -> bool:
        return self.severity == BLOCKS and not self.waiver


def findings_of(holder: Pass, release: Release) -> tuple[ShownFinding, ...]:
    """Findings of the last build, what blocks first; for who still codes without saying what and how many."""
    blind = is_blind(holder)
    waived = {(one.check_name, one.found): one for one in release.waivers.all()}
    shown = []
    for one in release.checks:
        waiver = waived.get((one["check"], one["message"]))
        shown.append(
            ShownFinding(
                one["check"],
                CHECKS.get(one["check"], one["check"]),
                one["severity"],
                one["message"] if not blind else "Told in full once you have handed in.",
                waiver.reason if waiver else "",
                waiver.by_label if waiver else "",
            )
        )
    return tuple(sorted(shown, key=lambda one: not one.blocks))


@dataclass(frozen=True)
class CoverageRow:
    """One row of the map: whom was searched, and which of its years."""

    label: str
    years: tuple[tuple[int, bool], ...]
    total: int


_MOST_ROWS_OF_MAP = 40


def coverage_map(release: Release) -> tuple[CoverageRow, ...]:
    """Years in which absence was observed, by alliance, as the release's own files tell it."""
    opens = comparisons.opener(release)
    found: dict[str, set[int]] = defaultdict(set)
    covered = comparisons.Kept(opens).about.get("coverage", ())
    for spell in covered:
        label = spell["alliance"] or "all states"
        found[label].update(range(spell["first_year"], spell["last_year"] + 1))
    if not found:
        return ()
    first = min(min(years) for years in found.values())
    last = max(max(years) for years in found.values())
    return tuple(
        CoverageRow(
            label, tuple((year, year in years) for year in range(first, last + 1)), len(years)
        )
        for label, years in sorted(found.items())[:_MOST_ROWS_OF_MAP]
    )


def figures_of(release: Release) -> tuple[Mapping[str, Any], ...]:
    """Alpha of every field over all coders and types, as the release prints it."""
    rows = comparisons.Kept(comparisons.opener(release)).rows("reliability.csv")
    return tuple(
        row
        for row in rows
        if row["question"] == "fields"
        and "alpha" in row["coefficient"]
        and not row["subject"]
        and not row["event_type"]
    )


def variables(release: Release, asked: str) -> tuple[Mapping[str, Any], ...]:
    """Every column of every table whose name, label, note or table has the words."""
    words = asked.casefold().split()
    rows = comparisons.Kept(comparisons.opener(release)).rows("variables.csv")
    found = []
    for row in rows:
        text = " ".join(row.values()).casefold()
        if all(word in text for word in words):
            found.append(row)
    return tuple(found)


@dataclass(frozen=True)
class ShownCell:
    text: str
    is_number: bool
    trace: str  # what to ask the trace page for; empty where a cell rests on no incident


def cells_of(sheet: Sheet) -> list[list[ShownCell]]:
    """The rows of a table; a cell leads to the incidents, judgements or searches it rests on."""
    rows = []
    for row in sheet.rows:
        behind = bool(tracing.incidents_behind(row, ""))
        shown = []
        for column in sheet.columns:
            value = row[column]
            trace = ""
            if sheet.key and value is not None and _leads_on(sheet, row, column, behind):
                key = {name: row[name] for name in sheet.key if row[name] is not None}
                trace = urlencode({"table": sheet.table, "column": column, **key})
            text = "" if value is None else str(value)
            shown.append(ShownCell(text, isinstance(value, int | float), trace))
        rows.append(shown)
    return rows


def _leads_on(sheet: Sheet, row: Mapping[str, Any], column: str, behind: bool) -> bool:
    """To incidents, to what was judged, or to the search that found nothing."""
    if column in sheet.key or column.endswith("_ids"):
        return False
    if judgements.is_judged(sheet.table, column):
        return True
    if row.get("coverage") == 1 and (column == "coverage" or row[column] == 0):
        return column == "coverage" or _rests_on_incidents(column, sheet.key)
    return behind and _rests_on_incidents(column, sheet.key)


def _rests_on_incidents(column: str, key: tuple[str, ...]) -> bool:
    """Codes that ride beside a state, and the declared coverage, rest on lists and not on incidents."""
    if key == ("incident_id",):
        return column not in ("incident_id", "dataset_version", "codebook_version")
    beside = ("gwcode", "iso3", "coverage", "n_alliances", "atop", "member_", "n_partners")
    return column not in key and not column.startswith(beside) and not column.endswith("_ids")


def type_of_column(variable: Mapping[str, Any] | None, column: str) -> str:
    """The event type that a column of a panel counts, by its stem: ex_n counts EX."""
    if variable is None:
        return ""
    stem = column.split("_")[0].upper()
    return stem if len(stem) == 2 and stem.isalpha() else ""
