"""Codebooks: verbs. A draft may be replaced; a published version is frozen, and a change is a new version."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from coding import schema
from coding.models import Codebook, Manuscript
from projects import ledger
from projects.models import Project, User
from projects.refusals import Invalid, Missing, Stale, WrongState

STANDARD = Path(__file__).parent / "standard"
DEFAULT = "peacetime-alliance-commitments"


def standard_names() -> list[str]:
    """The codebooks that ship with Concord."""
    return sorted(path.stem for path in STANDARD.glob("*.yaml"))


@dataclass(frozen=True)
class InTheBox:
    """What somebody who chooses a codebook that ships wants to know of it."""

    name: str
    title: str
    unit: str
    types: int
    fields: int


@cache
def in_the_box() -> tuple[InTheBox, ...]:
    """The codebooks that ship, the fullest first."""
    found = []
    for name in standard_names():
        book = schema.parse(standard(name))
        unit = book.unit_of_observation.partition(". ")[0].rstrip(".") + "."
        fields = len(list(book.every_field()))
        found.append(InTheBox(name, book.title, unit, len(book.types), fields))
    return tuple(sorted(found, key=lambda one: (-one.types, one.name)))


def standard(name: str) -> str:
    if name not in standard_names():
        raise Invalid(
            f"There is no codebook “{name}” in the box. There are: {', '.join(standard_names())}."
        )
    return (STANDARD / f"{name}.yaml").read_text(encoding="utf-8")


def keep(project: Project, text: str, *, base: str, by: User) -> Manuscript:
    """Keep what a person is writing, mistakes and all. Nobody else sees it; the ledger does not tell of it."""
    if len(text) > schema.LARGEST:
        raise Invalid(
            f"A codebook has at most {schema.LARGEST:,} characters; this one has {len(text):,}."
        )
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise Invalid("The text holds a character that cannot be kept (U+0000 or half of a pair).")
    kept, _ = Manuscript.objects.update_or_create(
        project=project,
        person=by,
        defaults={"text": text, "base": base, "kept_at": timezone.now()},
    )
    return kept


def put_away(project: Project, *, by: User) -> None:
    """Forget a person's manuscript: it became a draft, or they want to start afresh."""
    Manuscript.objects.filter(project=project, person=by).delete()


def load(project: Project, source: str, *, by: User, base: str | None = None) -> Codebook:
    """Take a codebook in as the project's next draft, or replace the draft there is.

    `base` is the SHA-256 of the version that was on the table when writing began ("" for none): where
    somebody saved another one since, nothing is overwritten and Stale is raised.
    """
    try:
        parsed = schema.parse(source)
    except schema.CodebookInvalid as refusal:
        raise Invalid(
            "The codebook has mistakes; nothing was changed. "
            + "; ".join(str(problem) for problem in refusal.problems[:20]),
            problems=[
                {"line": problem.line, "path": problem.path, "message": problem.message}
                for problem in refusal.problems
            ],
        ) from None
    with transaction.atomic():
        # One at a time in a project, also where there is no version yet that could be held.
        Project.objects.select_for_update().get(pk=project.pk)
        last = Codebook.objects.select_for_update().filter(project=project).order_by("-n").first()
        if base is not None and base != (last.sha256 if last else ""):
            raise Stale(
                "Somebody else saved another version of the codebook while you were writing. Yours is kept; "
                "compare the two before you save.",
                n=last.n if last else None,
            )
        if last is None or last.is_published:
            last = Codebook(project=project, n=last.n + 1 if last else 1)
        last.title, last.source = parsed.title[:200], source
        last.sha256 = hashlib.sha256(source.encode()).hexdigest()
        last.save()
        ledger.record(
            project, "codebook.load", last, by=by, difference={"n": last.n, "sha256": last.sha256}
        )
    return last


def publish(codebook: Codebook, *, by: User) -> Codebook:
    """Freeze a draft so that it can be coded against."""
    with transaction.atomic():
        codebook = Codebook.objects.select_for_update().get(pk=codebook.pk)
        if codebook.is_published:
            raise WrongState("This version is published already.")
        codebook.published_at, codebook.published_by = timezone.now(), by
        codebook.save(update_fields=["published_at", "published_by"])
        ledger.record(
            codebook.project, "codebook.publish", codebook, by=by, difference={"n": codebook.n}
        )
    return codebook


def newest(project: Project) -> Codebook | None:
    """The version a person would go on writing at: the draft, or else the last published one."""
    return Codebook.objects.filter(project=project).order_by("-n").first()


def numbered(project: Project, n: int) -> Codebook:
    codebook = Codebook.objects.filter(project=project, n=n).first()
    if codebook is None:
        raise Missing(f"There is no version {n} of the codebook any more.")
    return codebook


def current(project: Project) -> Codebook:
    """The newest published version, the one a new round is coded with."""
    codebook = (
        Codebook.objects.filter(project=project).exclude(published_at=None).order_by("-n").first()
    )
    if codebook is None:
        raise WrongState(
            "This project has no published codebook yet: load one and publish it first."
        )
    return codebook
