"""`manage.py reliability FILE.csv`: the reliability calculator for any table, without a project."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from reconciliation import calculator
from reconciliation.agreement.coefficients import INTERVALS


class Command(BaseCommand):
    help = (
        "Agreement between the coders of a CSV table. The header names the coders, every row is a unit, "
        "a blank cell is a missing value; members of a set are separated by ; and {} is the empty set."
    )

    # It reads one file and touches neither database nor pages.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE.csv", help="the table, or - for standard input")
        parser.add_argument("--level", choices=calculator.LEVELS)
        parser.add_argument("--weights", choices=calculator.WEIGHTS, help="with --level ordinal")
        parser.add_argument("--interval", choices=sorted(INTERVALS))
        parser.add_argument("--unit", metavar="COLUMN", help="column that names the units")
        parser.add_argument("--cluster", metavar="COLUMN", help="column that names the documents")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--spans", action="store_true", help="columns coder, start, end, label")
        parser.add_argument("--length", type=int, help="characters of the text, with --spans")
        parser.add_argument("--begin", type=int, help="first offset of the text, with --spans")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, file, as_json, **given):
        try:
            result = self._result(self._read(file), **given)
        except calculator.TableInvalid as error:
            raise CommandError("\n".join(str(problem) for problem in error.problems)) from None
        except ValueError as error:
            raise CommandError(str(error)) from None
        if as_json:
            self.stdout.write(json.dumps(calculator.as_json(result), ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{result.n_units} units, {result.n_coders} coders")
        for figure in result.figures:
            self.stdout.write(_line(figure, result.coverage.get(figure.coefficient)))

    def _read(self, file):
        if file == "-":
            return calculator.decoded(sys.stdin.buffer.read())
        try:
            return calculator.decoded(Path(file).read_bytes())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None

    def _result(
        self, text, *, level, spans, length, begin, weights, interval, unit, cluster, seed, **_
    ):
        if seed < 0:
            raise CommandError("--seed must be zero or more")
        if not spans:
            if level is None:
                raise CommandError("--level is missing (or --spans)")
            if length is not None or begin is not None:
                raise CommandError("--length and --begin go with --spans")
            return calculator.calculate(
                text,
                level,
                weights=weights,
                unit=unit,
                cluster=cluster,
                interval=interval,
                seed=seed,
            )
        if length is None:
            raise CommandError("--spans needs --length, the number of characters of the text")
        if any(option is not None for option in (level, weights, interval, unit, cluster)):
            raise CommandError("--spans goes with --length and --begin alone")
        return calculator.calculate_spans(text, length, begin=begin or 0)


def _line(figure, coverage):
    name = f"{figure.coefficient:<32} {figure.level:<10}"
    if figure.value is None:
        return f"{name} undefined: {figure.reason}"
    line = f"{name} {figure.value: .4f}"
    if figure.low is not None:
        line += f"  [{figure.low: .4f}, {figure.high: .4f}] {INTERVALS[figure.interval]}"
    elif figure.no_interval:
        line += f"  (no interval: {figure.no_interval})"
    line += f"  {figure.n_units} units, {figure.n_values} values"
    if coverage is not None:
        line += f", covers {coverage:.1%}"
    if figure.is_one_sided:
        line += f"; one value holds {figure.prevalence:.0%}"
    if figure.undefined_replicates:
        line += f"; {figure.undefined_replicates} replicates undefined"
    return line
