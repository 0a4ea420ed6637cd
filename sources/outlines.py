"""Outlines: verbs. What a reader finds is kept once; each correction by a person is a new outline beside it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import OuterRef, Subquery

from projects import ledger
from projects.jobs import Progress
from projects.models import Project, User
from projects.refusals import Invalid, Stale
from sources import structure
from sources.models import Outline, Section, Text
from sources.search import indexing

Correction = Callable[[Sequence[structure.Section]], Sequence[structure.Section]]
CHANGEABLE = ("kind", "label", "heading", "start", "end")


def propose(text: Text) -> Outline | None:
    """Keep what is found in a text that has no outline yet; None where it has one or nothing is found."""
    if Outline.objects.filter(text=text).exists():
        return None
    found = structure.sections(text.body)
    if not found:
        return None
    told = structure.signing(text.body, found)
    outline = Outline.objects.create(
        text=text,
        n=1,
        finder_version=structure.VERSION,
        parties=list(told.parties),
        signed_on=told.on,
        found_in=found_in(told),
    )
    _keep(outline, found)
    return outline


def found_in(told: structure.Signing) -> dict[str, str]:
    """Field of a document -> where in its text the proposal was read, in words that end a sentence."""
    places = {"parties": told.parties_from, "published_on": told.on_from}
    return {field: structure.PLACES[place] for field, place in places.items() if place}


def confirm(text: Text, *, by: User, seen: int) -> Outline:
    """Say that the outline one saw is right: the same sections, now a person's."""
    return _corrected(text, lambda sections: sections, by=by, seen=seen, verb="outline.confirm")


def add(
    text: Text,
    *,
    by: User,
    seen: int,
    kind: str,
    start: int,
    end: int,
    label: str = "",
    heading: str = "",
) -> Outline:
    made = _section(kind, label, heading, start, end)
    return _corrected(
        text, lambda sections: [*sections, made], by=by, seen=seen, verb="outline.add_section"
    )


def change(text: Text, place: int, *, by: User, seen: int, **changes: object) -> Outline:
    """Correct the section at this place (from 0, in order of the text): its kind, label, heading or boundaries."""
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise Invalid(f"These cannot be changed: {', '.join(sorted(unknown))}.")

    def changed(sections: Sequence[structure.Section]) -> list[structure.Section]:
        old = _at(sections, place)
        new = replace(old, **changes)  # type: ignore[arg-type]  # checked by _section
        made = _section(new.kind, new.label, new.heading, new.start, new.end)
        return [*sections[:place], made, *sections[place + 1 :]]

    return _corrected(text, changed, by=by, seen=seen, verb="outline.change_section")


def remove(text: Text, place: int, *, by: User, seen: int) -> Outline:
    """Take one section out; what lay inside it now lies in what was around it."""

    def without(sections: Sequence[structure.Section]) -> list[structure.Section]:
        _at(sections, place)
        return [*sections[:place], *sections[place + 1 :]]

    return _corrected(text, without, by=by, seen=seen, verb="outline.remove_section")


def index(project: Project, progress: Progress) -> str:
    """Lay the articles of every outline that holds into the search index anew."""
    newest = Outline.objects.filter(text=OuterRef("text")).order_by("-n").values("pk")[:1]
    found = Outline.objects.filter(text__document__project=project, pk=Subquery(newest))
    total = found.count()
    for done, outline in enumerate(found.select_related("text").order_by("pk").iterator()):
        if done % 100 == 0:
            progress.step(done, total, f"{done} of {total} outlines")
        with transaction.atomic():
            indexing.index_articles(outline.text, values(outline))
    return f"{total} outlines indexed"


def values(outline: Outline | None) -> tuple[structure.Section, ...]:
    """The sections of an outline as plain values, in order, each with its parent's place."""
    if outline is None:
        return ()
    rows = list(outline.sections.order_by("start", "-end"))
    places = {row.pk: place for place, row in enumerate(rows)}
    return tuple(
        structure.Section(
            row.kind,  # type: ignore[arg-type]  # its choices are the kinds
            row.label,
            row.heading,
            row.start,
            row.end,
            places[row.parent_id] if row.parent_id is not None else None,
        )
        for row in rows
    )


def _corrected(text: Text, correction: Correction, *, by: User, seen: int, verb: str) -> Outline:
    """A new outline by a person, made from the one they saw; refused where another came between."""
    with transaction.atomic():
        Text.objects.select_for_update(of=("self",)).get(pk=text.pk)
        last = text.outlines.order_by("-n").first()
        n = last.n if last else 0
        if n != seen:
            raise Stale(
                "The sections were corrected by somebody else meanwhile. Nothing was changed; look at them again."
            )
        before = values(last)
        try:
            after = structure.nested(correction(before), text.length)
        except structure.SectionsInvalid as problem:
            raise Invalid(str(problem)) from None
        outline = Outline.objects.create(
            text=text,
            n=n + 1,
            by=by,
            finder_version=last.finder_version if last else "",
            parties=last.parties if last else [],
            signed_on=last.signed_on if last else None,
            found_in=last.found_in if last else None,
        )
        _keep(outline, after)
        document = text.document
        ledger.record(
            document.project,
            verb,
            document,
            by=by,
            difference={
                "text": text.n,
                "outline": outline.n,
                "removed": _beyond(before, after),
                "added": _beyond(after, before),
            },
        )
    return outline


def _keep(outline: Outline, sections: Sequence[structure.Section]) -> None:
    """Parents before their children, one statement for each depth."""
    depths = structure.depths(sections)
    rows = [
        Section(
            outline=outline,
            kind=one.kind,
            label=one.label[:80],
            heading=one.heading[:300],
            start=one.start,
            end=one.end,
        )
        for one in sections
    ]
    for depth in range(max(depths, default=-1) + 1):
        at_depth = [place for place, found in enumerate(depths) if found == depth]
        for place in at_depth:
            parent = sections[place].parent
            rows[place].parent = None if parent is None else rows[parent]
        Section.objects.bulk_create([rows[place] for place in at_depth])
    indexing.index_articles(outline.text, sections)


def _section(kind: str, label: str, heading: str, start: int, end: int) -> structure.Section:
    if kind not in structure.KINDS:
        raise Invalid(f"A section is one of {', '.join(structure.KINDS)}; not “{kind}”.")
    if len(label) > 80 or len(heading) > 300:
        raise Invalid("A label has at most 80 characters, a heading at most 300.")
    return structure.Section(kind, label.strip(), heading.strip(), start, end)


def _at(sections: Sequence[structure.Section], place: int) -> structure.Section:
    if not 0 <= place < len(sections):
        raise Invalid("There is no such section.")
    return sections[place]


def _beyond(
    these: Iterable[structure.Section], those: Iterable[structure.Section]
) -> list[list[object]]:
    """What these have and those have not, as the ledger tells it: kind, label, heading, start, end."""
    known = {(one.kind, one.label, one.heading, one.start, one.end) for one in those}
    told = [(one.kind, one.label, one.heading, one.start, one.end) for one in these]
    return [list(one) for one in told if one not in known]
