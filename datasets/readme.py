"""The page a stranger reads first in the folder of a release: what is in it, by what rules, and how to use it."""

from collections.abc import Iterator

from datasets import tallies
from datasets.incident_tables import YEAR_NOTE
from datasets.panels import PanelTally
from datasets.papers.markdown import grid as _grid
from datasets.papers.markdown import plain
from datasets.placing import YearTally, year_tallies
from datasets.tables import Build, paths_of


def readme(build: Build) -> str:
    parts = (_heading, _numbers, _files, _editions, _rules, _waived, _provenance, _reading)
    return "\n".join(line for part in parts for line in (*part(build), "")).rstrip() + "\n"


def _heading(build: Build) -> Iterator[str]:
    project, codebook = build.records.project, build.records.codebook
    yield f"# {plain(project.title)}, version {build.parameters.version}"
    yield ""
    if project.description:
        yield plain(project.description)
        yield ""
    yield (
        f"Coded by the codebook `{codebook.id}`, version {codebook.version} (codebook.md). "
        "Definitions also as codebook.html and codebook.pdf; agreement of the coders before adjudication in reliability.pdf. "
        "How to cite: CITATION.cff. What is new: CHANGELOG.md. `python verify.py` proves the folder untouched; it needs "
        "nothing but Python."
    )
    yield ""
    if project.licence:
        yield f"Licence: {plain(project.licence)}."
    else:
        yield "Licence: none was chosen; ask the authors before you pass the data on."


def _numbers(build: Build) -> Iterator[str]:
    records = build.records
    yield "## In numbers"
    yield ""
    if not records.incidents:
        yield "It holds no incident yet."
        return
    yield "Incidents by type and by the decade of the year they count in:"
    yield ""
    yield from _grid(*tallies.by_type_and_decade(records.incidents, build.parameters.year_rule))
    if any(table.name == "assessments" for table in build.tables) and records.assessments:
        yield ""
        yield "Judged years of commitments, one for each alliance, provider, recipient, type and year:"
        yield ""
        yield from _grid(*tallies.promises(records.assessments))
    yield ""
    yield "`python examples/tables.py` counts this again from the files and holds it against this page."


def _files(build: Build) -> Iterator[str]:
    yield "## Files"
    yield ""
    rows = []
    for table in build.tables:
        paths = ", ".join(f"`{path}`" for path, _ in paths_of(table))
        key = ", ".join(f"`{name}`" for name in table.key) or "none"
        rows.append((paths, table.row_is, key))
    yield from _grid(("file", "one row is", "key"), rows)
    yield ""
    yield (
        "The same tables stand as Parquet in `parquet/`, for Stata 14 and later in `stata/` (labels included), and as JSON "
        "Lines in `jsonl/`, under the same names. They are made from the CSV files; text in them has no guarding apostrophe."
    )
    yield ""
    yield "`variables.csv` explains every column of every file: label, type, unit, codes and missing codes."
    for table in build.tables:
        if table.note:
            yield ""
            yield f"`{table.name}`: {plain(table.note)}"


def _editions(build: Build) -> Iterator[str]:
    held = [table.name for table in build.tables if table.editions]
    yield "## Editions and missing values"
    yield ""
    yield (
        f"Decided values ({', '.join(f'`{name}`' for name in held)}) come in two editions: `codes/` keeps the codes "
        "for missing values, `analysis/` leaves those cells empty. All other files stand once, at the top: panels and "
        "crosswalks have no missing codes, and the files of passages, codings and decisions keep what was said."
    )
    yield ""
    yield "- `-9`: the attribute applies but the sources do not say. `-8`: it cannot apply."
    yield "- `-7` (sources conflict) occurs in codings and candidates only; it has always been decided."
    yield "- Empty: not coded, or the column belongs to another type of event. Zero: looked for and absent."
    yield (
        "- A date that is missing or open has empty bounds; its precision holds the code. Money that is missing has "
        "the code in its amount."
    )
    yield (
        "- Where a real number would read as one of these codes, a column `<field>_missing` says which values are "
        "missing and why, in both editions."
    )


def _rules(build: Build) -> Iterator[str]:
    parameters = build.parameters
    yield "## Rules"
    yield ""
    yield (
        "**States** are Correlates of War country codes; Gleditsch-Ward numbers and "
        f"ISO 3166-1 codes ride beside them. {_strangers(build)} Membership follows version {build.states.version} of "
        f"the list, which ends on {build.states.ends}."
        + (
            f" {build.states.extension}."
            if parameters.states_extended
            else " Later years have no dyads."
        )
    )
    yield ""
    yield (
        f"**Year.** Rule `{parameters.year_rule}`: {YEAR_NOTE[parameters.year_rule]} What each rule does to the "
        "incidents whose start straddles years:"
    )
    yield ""
    tallies = year_tallies(build.records.incidents)
    yield from _grid(
        ("rule", "straddling", "moved from the earliest year", "left without a year"),
        [_year_row(tally, parameters.year_rule) for tally in tallies],
    )
    yield ""
    yield f"{tallies[0].without_bounds} of {tallies[0].incidents} incidents have no start with two bounds, and so no year."
    yield ""
    if parameters.span_rule == "every":
        yield (
            "**Spans.** An incident that lasts counts in every year from that of its start to that of its end, where the end "
            "is known; so one incident may stand in several years."
        )
    else:
        yield "**Spans.** An incident that lasts counts once, in the year of its start."
    yield ""
    yield (
        "**Dyads** are made from the lists of an incident: every provider with every recipient; in a reciprocal "
        "incident every participant with every other, in both directions. A state is never paired with itself. A row "
        "exists only for two states that were members of the system on a common day of the year. Incidents of every "
        "status count; to leave some out, count again from the incident ids of the row. Sums of money are never "
        "converted, so no panel adds them up."
    )
    yield ""
    yield from _panel_lines(build.dyad_years.tally)
    yield ""
    yield from _coverage(build)


def _strangers(build: Build) -> str:
    times = build.effects["states"]["named_outside_membership"]
    if not times:
        return (
            "Every state that a dated incident names was a member of the state system on its day."
        )
    named = "Once an incident names" if times == 1 else f"{times} times an incident names"
    return f"{named} a state that was no member of the state system on its day; it stands as coded."


def _year_row(tally: YearTally, declared: str) -> tuple[str, ...]:
    mark = " (declared)" if tally.rule == declared else ""
    return (f"`{tally.rule}`{mark}", str(tally.straddling), str(tally.moved), str(tally.lost))


def _panel_lines(tally: PanelTally) -> Iterator[str]:
    yield f"Of {tally.incidents} incidents, {tally.in_the_panel} are in the dyad-years. Not in them:"
    yield ""
    yield f"- {tally.without_year} without a year,"
    yield f"- {tally.without_pair} that do not name two states,"
    yield (
        f"- {tally.only_outside_system} whose states were in no pair members of the system on a common day of the "
        f"year ({tally.pairs_outside_system} of {tally.pairs} directed pairs)."
    )


def _coverage(build: Build) -> Iterator[str]:
    spells = build.records.coverage.spells
    if not spells:
        yield (
            "**Coverage.** This project declares no completed search. So only pairs and years with incidents have rows, "
            "`coverage` is 0, and nothing is ever zero: an empty cell means that nobody looked to the end."
        )
        return
    yield (
        "**Coverage.** Zero is observed absence and occurs only where the search of a pair and year was declared "
        "complete (`coverage` 1). Elsewhere rows stand for their incidents alone, and other cells are empty."
    )
    yield ""
    ordered = sorted(
        spells, key=lambda s: (s.alliance, s.first_year, s.last_year, s.ccodes or (), s.search_log)
    )
    yield from _grid(
        ("alliance", "states", "years", "search log"),
        [
            (
                plain(spell.alliance),
                "all members of the system"
                if spell.ccodes is None
                else " ".join(map(str, sorted(spell.ccodes))),
                f"{spell.first_year} to {spell.last_year}",
                plain(spell.search_log),
            )
            for spell in ordered
        ],
    )


def _waived(build: Build) -> Iterator[str]:
    """Checks that did not pass; nothing where all did."""
    if not build.parameters.waivers:
        return
    yield "## Checks waived for this version"
    yield ""
    yield from _grid(
        ("found", "why it was published all the same", "by"),
        [(plain(one.found), plain(one.reason), plain(one.by)) for one in build.parameters.waivers],
    )


def _provenance(build: Build) -> Iterator[str]:
    yield "## From a cell back to a passage"
    yield ""
    yield (
        "`incident_ids` of a dyad-year name the incidents behind it. `incident_id` joins incidents with reports, "
        "evidence, codings and decisions; `document_id` joins those with documents. A passage is the characters from "
        "`start` up to but not including `end`, counted in Unicode code points of the text whose hash `documents` gives."
    )


def _reading(build: Build) -> Iterator[str]:
    yield "## Reading the files"
    yield ""
    yield (
        "CSV in UTF-8 with a comma, a header, line feeds, double quotes where needed, ISO dates and no index. Lists "
        "within a cell are joined by a semicolon. Text that a spreadsheet would run (beginning with `=`, `+`, `-`, "
        "`@`, a tab, a line break, or the wide forms of these signs) has one apostrophe before it; numbers and missing "
        "codes have none."
    )
    yield ""
    yield "```python"
    yield "import pandas"
    yield 'how = {"keep_default_na": False, "na_values": [""]}  # a text may be the word None'
    yield 'incidents = pandas.read_csv("analysis/incidents.csv", dtype={"incident_id": "string"}, **how)'
    yield 'panel = pandas.read_csv("directed_dyad_year.csv", dtype={"incident_ids": "string"}, **how)'
    yield "```"
    yield ""
    yield "```r"
    yield 'incidents <- read.csv("analysis/incidents.csv", na.strings = "", fileEncoding = "UTF-8")'
    yield 'panel <- read.csv("directed_dyad_year.csv", na.strings = "", fileEncoding = "UTF-8")'
    yield "```"
    yield ""
    yield "```stata"
    yield "use stata/analysis/incidents.dta, clear"
    yield 'import delimited using "analysis/incidents.csv", varnames(1) bindquotes(strict) encoding("utf-8") clear'
    yield "```"
