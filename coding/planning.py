"""What opening a round would do: which documents it draws, who gets how many, what is left out. Never writes.

`rounds.open_round` carries out exactly such a plan, so that what was looked at beforehand is what happens.
"""

import hashlib
import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from coding import allocation, drawing
from coding.models import Assignment, Round
from projects.models import Membership, Project
from projects.refusals import Invalid
from sources import comparing, copies
from sources.models import Document

LARGEST_SEED = 2**63
STRATA = {
    "": "none",
    "kind": "kind of document",
    "outlet": "outlet",
    "year": "year of publication",
    "decade": "decade of publication",
}


@dataclass(frozen=True)
class Draw:
    """How documents are drawn from those there are: see drawing.draw. `by` names the strata."""

    way: str = drawing.ALL
    count: int | None = None
    by: str = ""
    leave_out_drawn: bool = False

    def said(self) -> dict[str, object]:
        """What is kept with the round; nothing where everything was taken as it was."""
        found = {"way": self.way, "count": self.count, "by": self.by}
        if self.leave_out_drawn:
            found["leave_out_drawn"] = True
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True)
class Stratum:
    name: str
    available: int
    drawn: int
    overlapping: int


@dataclass(frozen=True)
class Load:
    """How much one coder gets, `share` of the largest load in percent."""

    label: str
    documents: int
    alone: int
    share: int


@dataclass(frozen=True)
class Plan:
    documents: Sequence[Document]
    allotments: Sequence[allocation.Allotment]
    strata: Sequence[Stratum]
    loads: Sequence[Load]
    seed: int
    available: int
    copies_left_out: int
    uncompared: int  # documents of the project that were not held against the others yet
    drawn_before: int

    @property
    def codings(self) -> int:
        return sum(len(allotment.coders) for allotment in self.allotments)

    @property
    def overlapping(self) -> int:
        """Documents that several coders read, so that agreement can be measured."""
        return sum(len(allotment.coders) > 1 for allotment in self.allotments)

    @property
    def fingerprint(self) -> str:
        """Differs exactly when the plan would give somebody something else."""
        told = "\n".join(f"{one.document}\t{','.join(one.coders)}" for one in self.allotments)
        return hashlib.sha256(f"{self.seed}\n{told}".encode()).hexdigest()[:16]


def plan(
    project: Project,
    *,
    coders: Sequence[Membership],
    per_document: int,
    overlap_percent: int = 100,
    documents: Iterable[Document] | None = None,
    draw: Draw | None = None,
    seed: int | None = None,
) -> Plan:
    """Draw and allot without writing anything. `documents` are those to draw from; by default every readable one.

    Documents listed one by one are taken as they are; from a queryset copies of one report enter once.
    """
    draw = draw or Draw()
    if draw.by not in STRATA:
        raise Invalid(f"Strata are one of {', '.join(filter(None, STRATA))}.")
    if not 0 <= overlap_percent <= 100:
        raise Invalid("The share that several coders read lies between 0 and 100 percent.")
    for coder in coders:
        check_coder(project, coder)
    seed = secrets.randbelow(2**31) if seed is None else seed
    if not 0 <= seed < LARGEST_SEED:
        raise Invalid("A seed is a whole number from 0 to 9223372036854775807.")
    found, left_out = _readable(project, documents)
    before = _drawn_before(project) if draw.leave_out_drawn else set()
    from_these = [document for document in found if document.pk not in before]
    if not from_these:
        raise Invalid(
            "Every document was drawn before."
            if found
            else "There is no readable document to draw from."
        )
    by_name = {document.external_id: document for document in from_these}
    strata = {name: stratum_of(document, draw.by) for name, document in by_name.items()}
    try:
        names = drawing.draw(strata, way=draw.way, count=draw.count, seed=seed)
        # Drawn on names that people gave, so that a seed draws the same in every installation.
        allotments = allocation.allocate(
            names,
            [coder.label for coder in coders],
            per_document=per_document,
            overlap_share=overlap_percent / 100,
            seed=seed,
            strata={name: strata[name] for name in names} if draw.by else None,
        )
    except allocation.CannotAllocate as refusal:
        raise Invalid(f"{refusal.message[0].upper()}{refusal.message[1:]}.") from None
    drawn = [by_name[name] for name in names]
    if left_out is None:
        left_out = _copies_left_out(project, drawn)
    return Plan(
        documents=drawn,
        allotments=allotments,
        strata=_strata(strata, allotments) if draw.by else (),
        loads=_loads(coders, allotments),
        seed=seed,
        available=len(from_these),
        copies_left_out=left_out,
        uncompared=comparing.uncompared(project).count(),
        drawn_before=len(found) - len(from_these),
    )


def check_coder(project: Project, coder: Membership) -> None:
    if "coder" not in coder.roles or coder.left_at is not None or coder.project_id != project.pk:
        raise Invalid(f"{coder.label} is not a coder of this project.")


def stratum_of(document: Document, by: str) -> str:
    if by == "kind":
        return str(Document.Kind(document.kind).label)
    if by == "outlet":
        return document.outlet or "no outlet"
    day = document.published_on
    if by and day is None:
        return "no date"
    if by == "year" and day is not None:
        return str(day.year)
    if by == "decade" and day is not None:
        return f"{day.year // 10 * 10}s"
    return ""


def _readable(
    project: Project, documents: Iterable[Document] | None
) -> tuple[list[Document], int | None]:
    """What there is to draw from, and how many copies were left out of it; None where that was not looked at."""
    if documents is None:
        documents = Document.objects.filter(project=project, state=Document.State.READ)
    if isinstance(documents, QuerySet):
        once = copies.one_of_each(documents)
        chosen = list(
            once.order_by().only(
                "external_id", "public_id", "project_id", "state", "kind", "outlet",
                "published_on", "current_text_id",
            )
        )  # fmt: skip
        left_out: int | None = documents.order_by().count() - len(chosen)
    else:
        chosen, left_out = list(documents), None
        twice = [name for name, n in Counter(one.external_id for one in chosen).items() if n > 1]
        if twice:
            raise Invalid(f'The document "{twice[0]}" was given twice.')
    unread = [
        document.external_id
        for document in chosen
        if document.state != Document.State.READ or document.project_id != project.pk
    ]
    if unread:
        raise Invalid(f"These documents have no text to code: {', '.join(unread[:10])}.")
    return chosen, left_out


def _drawn_before(project: Project) -> set[int]:
    """Documents that a production round has drawn."""
    given = Assignment.objects.filter(
        round__project=project, round__kind=Round.Kind.PRODUCTION
    ).exclude(state=Assignment.State.WITHDRAWN)
    return set(given.order_by().values_list("document_id", flat=True))


def _copies_left_out(project: Project, chosen: Sequence[Document]) -> int:
    """How many confirmed copies are not drawn because one that is stands for them."""
    drawn = {document.pk for document in chosen}
    others = copies.copies_of(project, drawn).values()
    return sum(copy.pk not in drawn for found in others for copy in found)


def _strata(
    strata: dict[str, str], allotments: Sequence[allocation.Allotment]
) -> tuple[Stratum, ...]:
    available = Counter(strata.values())
    drawn = Counter(strata[one.document] for one in allotments)
    overlapping = Counter(strata[one.document] for one in allotments if len(one.coders) > 1)
    return tuple(
        Stratum(name, available[name], drawn[name], overlapping[name]) for name in sorted(available)
    )


def _loads(
    coders: Sequence[Membership], allotments: Sequence[allocation.Allotment]
) -> tuple[Load, ...]:
    given = Counter(label for one in allotments for label in one.coders)
    alone = Counter(one.coders[0] for one in allotments if len(one.coders) == 1)
    most = max(given.values(), default=1)
    return tuple(
        Load(label, given[label], alone[label], round(100 * given[label] / most))
        for label in sorted(coder.label for coder in coders)
    )
