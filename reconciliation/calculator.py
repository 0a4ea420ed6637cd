"""A reliability calculator for anybody's table: CSV text in, figures out, or what is wrong and where.

Pure; the command, the page and the API call `calculate` or `calculate_spans`. The coefficients
themselves stand in `agreement`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from coding import dates
from reconciliation.agreement.coefficients import INTERVALS, measure, measure_category
from reconciliation.agreement.unitizing import Continuum, Span, unitizing
from reconciliation.agreement.units import Figure, Units, Value

LEVELS = ("nominal", "ordinal", "interval", "ratio", "set", "date")
WEIGHTS = ("linear", "quadratic")
EMPTY_SET = "{}"
SPAN_COLUMNS = ("coder", "start", "end", "label")

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_WHOLE = re.compile(r"[+-]?\d+")


@dataclass(frozen=True)
class Problem:
    """What is wrong with the table. `row` is the line of the file (the header is 1), 0 for none."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        where = f"row {self.row}" if self.row else "table"
        return (
            f"{where}, column {self.column}: {self.message}"
            if self.column
            else f"{where}: {self.message}"
        )


class TableInvalid(ValueError):
    """The table cannot be measured; `problems` say why, all of them."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Result:
    """`coverage` holds the share of the length a unitizing figure rests on, by coefficient."""

    n_units: int
    n_coders: int
    figures: tuple[Figure, ...]
    coverage: dict[str, float]


def decoded(data: bytes) -> str:
    """The text of a file, UTF-8 with or without a mark. TableInvalid if it is not."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        raise TableInvalid(
            [Problem(row, "", "this is not UTF-8 text; save the table as CSV in UTF-8")]
        ) from None


def calculate(
    text: str,
    level: str,
    *,
    weights: str | None = None,
    unit: str | None = None,
    cluster: str | None = None,
    interval: str | None = None,
    seed: int = 0,
    replicates: int = 1000,
) -> Result:
    """Every figure for a table of units (rows) by coders (columns).

    `unit` and `cluster` name columns that are no coders. `interval` is one of INTERVALS; by default
    documents are drawn where `cluster` names them and units where it does not. TableInvalid lists
    everything wrong with the table; ValueError is for options that do not go together.
    """
    if level not in LEVELS:
        raise ValueError(f"level must be one of {', '.join(LEVELS)}, not {level!r}")
    if weights is not None and weights not in WEIGHTS:
        raise ValueError(f"weights must be linear or quadratic, not {weights!r}")
    if weights is not None and level != "ordinal":
        raise ValueError("weights go with the ordinal level")
    if interval is not None and interval not in INTERVALS:
        raise ValueError(f"interval must be one of {', '.join(INTERVALS)}, not {interval!r}")
    if interval in (None, "cluster"):
        # Without documents every row is drawn by itself, and the figure says so.
        interval = "cluster" if cluster else "unit"
    header, rows = _table(text)
    special = _special_columns(header, {"unit": unit, "cluster": cluster})
    coders = [name for name in header if name not in special.values()]
    if not coders:
        raise TableInvalid([Problem(1, "", "no column is left for a coder")])
    cells = _Cells(level)
    records, precisions = [], []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for number, (line, row) in enumerate(rows):
        for role, column in special.items():
            label = row[column].strip()
            if not label:
                problems.append(Problem(line, column, f"the {role} is blank"))
            elif role == "unit" and seen.setdefault(label, line) != line:
                told = f"unit {label!r} stands in row {seen[label]} too"
                problems.append(Problem(line, column, told))
        group: Hashable = row[special["cluster"]].strip() if "cluster" in special else number
        for coder in coders:
            given = row[coder].strip()
            if not given:
                continue
            try:
                value, precision = cells.read(given)
            except ValueError as error:
                problems.append(Problem(line, coder, str(error)))
                continue
            records.append((number, group, coder, value))
            precisions.append((number, group, coder, precision))
    if problems:
        raise TableInvalid(problems)
    units = Units.of_records(records, coders=coders)
    options: dict[str, Any] = {"interval": interval, "seed": seed, "replicates": replicates}
    figures = _figures(units, level, weights, options)
    if level == "date":
        fine = measure(
            Units.of_records(precisions, coders=coders), "krippendorff_alpha", "ordinal", **options
        )
        figures.append(replace(fine, coefficient="alpha_date_precision", level="date"))
    return Result(len(rows), len(coders), tuple(figures), {})


def _figures(
    units: Units, level: str, weights: str | None, options: dict[str, Any]
) -> list[Figure]:
    def made(*names: str) -> list[Figure]:
        return [measure(units, name, level, **options) for name in names]

    if level == "set":
        return made("percent_agreement", "alpha_masi", "alpha_jaccard")
    figures = made("percent_agreement", "krippendorff_alpha")
    if level == "nominal":
        figures += [measure_category(units, value, **options) for value in units.values]
        figures += made("cohen_kappa", "scott_pi", "fleiss_kappa", "gwet_ac1", "brennan_prediger")
        if len({int(n) for n in (units.codes >= 0).sum(axis=1)}) > 1:
            figures += made("fleiss_kappa_gwet_missing")
    elif level == "ordinal":
        for name in (weights,) if weights else WEIGHTS:
            figures += made(f"weighted_kappa_{name}", f"gwet_ac2_{name}")
    elif level in ("interval", "ratio"):
        figures += made("icc", "mean_absolute_difference")
    else:
        figures += made("alpha_date_overlap")
    return figures


def calculate_spans(text: str, length: int, *, begin: int = 0) -> Result:
    """The unitizing family for one text of `length` characters from offset `begin`.

    Columns coder, start, end, label; the end is exclusive. A row with a coder alone says that the
    coder read the text and marked nothing.
    """
    if length <= 0:
        raise ValueError("length must be above zero")
    header, rows = _table(text)
    absent = [name for name in SPAN_COLUMNS if name not in header]
    if absent:
        raise TableInvalid([Problem(1, name, "this column is missing") for name in absent])
    spans: dict[str, list[tuple[int, Span]]] = {}
    problems: list[Problem] = []
    for line, row in rows:
        coder, start, end, label = (row[name].strip() for name in SPAN_COLUMNS)
        if not coder:
            problems.append(Problem(line, "coder", "the coder is blank"))
            continue
        own = spans.setdefault(coder, [])
        if not (start or end or label):
            continue
        found = _span_problem(line, start, end, label, begin, begin + length)
        if found:
            problems.append(found)
        else:
            own.append((line, (int(start), int(end), label)))
    for coder, own in sorted(spans.items()):
        own.sort(key=lambda item: item[1])
        reached, holder = begin, 0
        for line, (first, last, _) in own:
            if first < reached:
                problems.append(
                    Problem(
                        line,
                        "start",
                        f"coder {coder}: this passage overlaps the one in row {holder}",
                    )
                )
            if last > reached:
                reached, holder = last, line
    if problems:
        raise TableInvalid(sorted(problems, key=lambda p: p.row))
    marked = {coder: [span for _, span in own] for coder, own in spans.items()}
    family = unitizing([Continuum("text", length, marked, begin)] if marked else [])
    coverage = {f"ku_alpha[{label}]": share for label, share in family.ku_coverage.items()}
    coverage["cu_alpha"] = family.cu_coverage
    return Result(
        n_units=sum(len(own) for own in marked.values()),
        n_coders=len(marked),
        figures=(family.u, family.bar_u, family.cu, *family.ku.values()),
        coverage={name: share for name, share in coverage.items() if share is not None},
    )


def as_json(result: Result) -> dict[str, Any]:
    """The answer of the command with --json and of the API."""
    figures = []
    for figure in result.figures:
        row: dict[str, Any] = {
            name: getattr(figure, name)
            for name in (
                "coefficient", "level", "value", "reason", "low", "high", "interval", "n_units", "n_values",
                "n_coders", "prevalence", "standard_error", "undefined_replicates", "below_667", "below_800",
                "no_interval",
            )
        }  # fmt: skip
        if figure.coefficient in result.coverage:
            row["coverage"] = result.coverage[figure.coefficient]
        figures.append(row)
    return {"n_units": result.n_units, "n_coders": result.n_coders, "figures": figures}


def _table(text: str) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """Names of the columns, and every row that is not empty with its line. Comma or tab."""
    text = text.removeprefix("\ufeff")
    first = text.split("\n", 1)[0]
    delimiter = "\t" if "\t" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines = _lines(reader)
    header = [name.strip() for name in next(lines, (1, []))[1]]
    if not header:
        raise TableInvalid(
            [Problem(0, "", "the table is empty; its first row must name the columns")]
        )
    problems = [
        Problem(1, str(place), "this column has no name")
        for place, name in enumerate(header, 1)
        if not name
    ]
    problems += [
        Problem(1, name, "two columns have this name")
        for place, name in enumerate(header)
        if name and name in header[:place]
    ]
    rows = []
    for line, cells in lines:
        if len(cells) != len(header):
            problems.append(
                Problem(line, "", f"{len(cells)} cells, but the header names {len(header)} columns")
            )
        rows.append((line, dict(zip(header, cells, strict=False))))
    if problems:
        raise TableInvalid(problems)
    return header, rows


def _lines(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line they begin in, lines without any text left out."""
    begins = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise TableInvalid([Problem(begins, "", f"this row cannot be read: {error}")]) from None
        if cells is None:
            return
        if cells:
            yield begins, cells
        begins = reader.line_num + 1


def _special_columns(header: list[str], named: dict[str, str | None]) -> dict[str, str]:
    wanted = {role: column for role, column in named.items() if column is not None}
    absent = [column for column in wanted.values() if column not in header]
    if absent:
        known = ", ".join(header)
        raise TableInvalid(
            [
                Problem(1, column, f"there is no such column; there are: {known}")
                for column in absent
            ]
        )
    return wanted


class _Cells:
    """Reads the cells of a table of one level: the value, and for dates its precision."""

    def __init__(self, level: str) -> None:
        self._read: Callable[[str], tuple[Value, int]] = {
            "nominal": lambda text: (text, 0),
            "ordinal": lambda text: (_number(text), 0),
            "interval": lambda text: (_number(text), 0),
            "ratio": lambda text: (_amount(text), 0),
            "set": lambda text: (_members(text), 0),
            "date": _date,
        }[level]

    def read(self, text: str) -> tuple[Value, int]:
        """ValueError with a message for the person who made the table."""
        return self._read(text)


def _number(text: str) -> int | float:
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{text!r} is not a number")
    number = float(text)
    if not isfinite(number):
        raise ValueError(f"{text!r} is too large a number")
    return int(text) if _WHOLE.fullmatch(text) else number


def _amount(text: str) -> int | float:
    amount = _number(text)
    if amount < 0:
        raise ValueError(f"{text} is below zero, which the ratio level does not know")
    return amount


def _members(text: str) -> frozenset[str]:
    if text == EMPTY_SET:
        return frozenset()
    members = [member.strip() for member in text.split(";")]
    if not all(members):
        raise ValueError(
            f"a member of the set {text!r} is blank; the empty set is written {EMPTY_SET}"
        )
    return frozenset(members)


def _date(text: str) -> tuple[Value, int]:
    date = dates.read(text)
    if date.earliest is None or date.latest is None:
        raise ValueError(f"{text!r} is open at one end, so it has no middle to compare")
    return (date.earliest.toordinal(), date.latest.toordinal()), date.precision


def _span_problem(
    line: int, start: str, end: str, label: str, begin: int, stop: int
) -> Problem | None:
    for column, text in (("start", start), ("end", end)):
        if not _WHOLE.fullmatch(text):
            return Problem(line, column, f"{text!r} is not a whole number")
    if not label:
        return Problem(line, "label", "the label is blank")
    if int(start) >= int(end):
        return Problem(line, "end", f"a passage must end after it starts, this is [{start}, {end})")
    if int(start) < begin or int(end) > stop:
        return Problem(
            line, "start", f"[{start}, {end}) lies outside of the text [{begin}, {stop})"
        )
    return None
