"""What screens and commands ask about documents and alliances. Never writes."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from projects.models import Project
from projects.refusals import Invalid
from sources import alliance_lists, state_lists
from sources.models import Alliance, AllianceMember, Collection, Document, Text
from sources.states import UnknownState


def documents(
    project: Project, *, state: str = "", kind: str = "", words: str = "", collection: str = ""
) -> QuerySet[Document]:
    """`collection` is the public id of the table or archive they came in."""
    found = Document.objects.filter(project=project).select_related("current_text")
    if collection:
        found = found.filter(collection__public_id=collection)
    if state in Document.State.values:
        found = found.filter(state=state)
    if kind in Document.Kind.values:
        found = found.filter(kind=kind)
    for word in words.split():
        found = found.filter(
            Q(title__icontains=word) | Q(external_id__icontains=word) | Q(outlet__icontains=word)
        )
    return found.order_by("external_id")


def collection(project: Project, public_id: str) -> Collection | None:
    """The table or archive a list is narrowed to; none is asked for by an empty id."""
    if not public_id:
        return None
    named = Collection.objects.filter(project=project, public_id=public_id)
    return named.select_related("project").first()


def counts_by_state(project: Project) -> dict[str, int]:
    rows = (
        Document.objects.filter(project=project)
        .values_list("state")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return dict(rows)


def named_document(project: Project, name: str) -> Document:
    """The document a person means by an own id, a public id or a file name; refuses when that is not one."""
    all_here = Document.objects.filter(project=project)
    for condition in (
        Q(external_id=name),
        Q(public_id=name),
        Q(filename=name),
        Q(filename__startswith=f"{name}."),
    ):
        found = list(all_here.filter(condition)[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise Invalid(f"“{name}” fits several documents; use the own id.")
    raise Invalid(f"There is no document “{name}” in this project.")


@dataclass(frozen=True)
class Block:
    """One run of text without a line feed, as the page shows it."""

    kind: str
    start: int
    end: int
    level: int
    text: str
    page: int
    opens_page: bool
    # What stands before, in and after a place that a search led to, where it lies in this block.
    marked: tuple[str, str, str] | None = None
    is_first_marked: bool = False


def blocks(text: Text) -> list[Block]:
    """The blocks of a text in order, each with the page it begins on."""
    pages = list(text.pages.order_by("number").values_list("number", "start"))
    result: list[Block] = []
    current, at = 0, 0
    for kind, start, end, level in text.blocks:
        opens = False
        while at < len(pages) and pages[at][1] <= start:
            opens = pages[at][0] != current
            current = pages[at][0]
            at += 1
        result.append(
            Block(kind, start, end, level, text.body[start:end], current, opens and len(pages) > 1)
        )
    return result


def alliances(
    project: Project,
    *,
    words: str = "",
    kind: str = "",
    member: str = "",
    on: str | date | None = "",
) -> list[Alliance]:
    """The project's alliances with their members. Raises Invalid for a state or day that is none."""
    found = alliance_lists.current(project)
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word) | Q(reference__icontains=word) | Q(atop_id__icontains=word)
        )
    if kind:
        found = found.filter(kind__icontains=kind)
    day = on if isinstance(on, date) else None
    if isinstance(on, str) and on:
        try:
            day = date.fromisoformat(on)
        except ValueError:
            raise Invalid(f"“{on}” is no day; write it as 1951-09-08.") from None
    spells = AllianceMember.objects.filter(alliance=OuterRef("pk"))
    if member:
        try:
            state = state_lists.states_for(project).find(member, day)
        except UnknownState as unknown:
            raise Invalid(str(unknown)) from None
        spells = spells.filter(ccode=state.ccode)
    if day:
        still = Q(end=None) | Q(end__gte=day)
        found = found.filter(still, start__lte=day)
        spells = spells.filter(still, start__lte=day)
    if member:
        found = found.filter(Exists(spells))
    return list(found.order_by("reference"))


def with_mark(blocks: list[Block], start: int, end: int) -> list[Block]:
    """The same blocks, with the place from start to end marked in each that it runs through."""
    answer: list[Block] = []
    is_first = True
    for block in blocks:
        first, last = max(start, block.start), min(end, block.end)
        if first < last:
            a, b = first - block.start, last - block.start
            marked = (block.text[:a], block.text[a:b], block.text[b:])
            block = replace(block, marked=marked, is_first_marked=is_first)
            is_first = False
        answer.append(block)
    return answer
