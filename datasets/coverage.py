"""Where absence was observed: verbs that declare years of an alliance as searched to the end, and what a release reads of them."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction

from datasets.membership import Alliances
from datasets.models import SearchedYears
from datasets.records import AllianceRecord, Coverage, CoverageSpell
from projects import ledger
from projects.models import Project, User
from projects.refusals import Invalid
from sources import alliance_lists


def declare(
    project: Project,
    *,
    alliance: str,
    first_year: int,
    last_year: int,
    search_log: str,
    by: User,
) -> SearchedYears:
    """Say that finding nothing in these years means that there was nothing. No alliance: every pair of states."""
    if not search_log.strip():
        raise Invalid("Please say what was searched: collections, terms and dates.")
    if first_year > last_year:
        raise Invalid("The first year comes after the last.")
    if alliance:
        known = alliance_lists.current(project).filter(reference=alliance).first()
        if known is None:
            raise Invalid(f"The project's list has no alliance “{alliance}”.")
        first, last = date(first_year, 1, 1), date(last_year, 12, 31)
        days = [(m.ccode, m.start, m.end) for m in known.members.all()]
        together = {c for c, start, end in days if start <= last and first <= (end or last)}
        if len(together) < 2:
            raise Invalid(
                f"“{alliance}” had fewer than two members in these years, so there is no pair that could have been searched."
            )
    with transaction.atomic():
        made = SearchedYears.objects.create(
            project=project,
            alliance=alliance,
            first_year=first_year,
            last_year=last_year,
            search_log=search_log.strip(),
            by=by,
        )
        told = {"alliance": alliance, "years": [first_year, last_year]}
        ledger.record(project, "coverage.declare", made, by=by, difference=told)
    return made


def take_back(made: SearchedYears, *, by: User) -> None:
    """Declared by mistake: the years count as not searched again. Published releases keep what they said."""
    with transaction.atomic():
        told = {"alliance": made.alliance, "years": [made.first_year, made.last_year]}
        ledger.record(made.project, "coverage.take_back", made, by=by, difference=told)
        made.delete()


def of(project: Project, alliances: list[AllianceRecord]) -> Coverage:
    declared = SearchedYears.objects.filter(project=project)
    return Coverage(tuple(spell for one in declared for spell in _spells(one, alliances)))


def _spells(one: SearchedYears, alliances: list[AllianceRecord]) -> Iterator[CoverageSpell]:
    """An alliance's members change: a spell for each run of years with the same members."""
    if not one.alliance:
        yield CoverageSpell(None, one.first_year, one.last_year, "", one.search_log)
        return
    found = next((a for a in alliances if a.reference == one.alliance and a.members), None)
    if found is None:
        return
    run: tuple[int, ...] = ()
    began = one.first_year
    for year in range(one.first_year, one.last_year + 2):
        members = (
            Alliances.members(found, date(year, 1, 1), date(year, 12, 31))
            if year <= one.last_year
            else ()
        )
        if members != run:
            if len(run) > 1:
                yield CoverageSpell(run, began, year - 1, one.alliance, one.search_log)
            run, began = members, year
