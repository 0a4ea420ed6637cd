"""Codings: what stands in the rows is what the operations tell; readings are of their round's and project's own."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, Max, OuterRef, Q

from coding import events
from coding.models import Assignment, Round
from coding.operations import OperationInvalid, Work
from config.doctor.checks import Check, Finding, Scope
from projects.models import LedgerLine
from projects.refusals import Refused

AT_ONCE = 200


def projections(scope: Scope) -> Iterator[Finding]:
    rows = Assignment.objects.filter(**scope.only("round__project")).order_by("round_id", "pk")
    rounds: dict[int, Round] = {}
    for work in rows.select_related("text").defer("text__body", "text__blocks").iterator(AT_ONCE):
        if work.round_id not in rounds:
            # One round at a time, so that its codebook is read once.
            rounds = {work.round_id: Round.objects.select_related("codebook").get(pk=work.round_id)}
        work.round = rounds[work.round_id]
        where = f"assignment {work.public_id}"
        if not work.version and not work.events.exists() and not work.operations.exists():
            continue
        try:
            told = events.replay(work)
        except (OperationInvalid, KeyError, Refused) as error:
            yield Finding(where, f"its operations cannot be applied again: {error}")
            continue
        if difference := _difference(events.load(work), told):
            yield Finding(where, f"{difference} differ from what its operations tell", work.pk)


def _difference(stands: Work, told: Work) -> str:
    named = {
        "events": (stands.events, told.events), "passages": (stands.passages, told.passages),
        "evidence": (stands.evidence, told.evidence),
        "outcome": ((stands.outcome, stands.outcome_reason), (told.outcome, told.outcome_reason)),
    }  # fmt: skip
    return ", ".join(name for name, (one, other) in named.items() if one != other)


def mend(finding: Finding) -> str:
    if not isinstance(finding.subject, int):
        return "left: its operations do not tell what should stand there"
    try:
        events.mend(Assignment.objects.get(pk=finding.subject))
    except Exception as error:  # noqa: BLE001 - whatever still holds on to a row that should not be there
        return f"left: {error}"
    return "written anew from its operations"


def versions(scope: Scope) -> Iterator[Finding]:
    rows = (
        Assignment.objects.filter(**scope.only("round__project"))
        .annotate(told=Count("operations"), last=Max("operations__n"))
        .filter(~Q(version=F("told")) | ~Q(last=F("told")) & Q(told__gt=0))
        .order_by("pk")
    )
    for work in rows.iterator():
        yield Finding(
            f"assignment {work.public_id}",
            f"version {work.version}, but {work.told} operations, the last of them number {work.last or 0}",
        )


def belonging(scope: Scope) -> Iterator[Finding]:
    rows = Assignment.objects.filter(**scope.only("round__project"))
    for wrong, words in (
        (~Q(text__document=F("document")), "its text is another document's"),
        (~Q(document__project=F("round__project")), "its document is another project's"),
        (~Q(coder__project=F("round__project")), "its coder is another project's"),
        (~Q(round__codebook__project=F("round__project")), "its codebook is another project's"),
        (Q(state=Assignment.State.SUBMITTED, outcome=""), "it is handed in without an outcome"),
    ):
        for public_id in rows.filter(wrong).order_by("pk").values_list("public_id", flat=True):
            yield Finding(f"assignment {public_id}", words)


def counts(scope: Scope) -> Iterator[Finding]:
    """Every document that was drawn for a round still has a reading there; a second reading follows a first."""
    opened = LedgerLine.objects.filter(verb="round.open")
    if scope.project:
        opened = opened.filter(project_id=scope.project.pk)
    # The ledger is gone through once, not once for every round.
    of_rounds = {
        (project, subject): difference.get("documents", 0)
        for project, subject, difference in opened.values_list(
            "project_id", "subject_id", "difference"
        ).iterator()
    }
    rounds = Round.objects.filter(**scope.only("project")).order_by("pk")
    for one in rounds.annotate(found=Count("assignments__document", distinct=True)).iterator():
        drawn = of_rounds.get((one.project_id, one.public_id), 0)
        if one.found < drawn:
            yield Finding(
                f"round {one.public_id}", f"{drawn} documents were drawn, {one.found} have readings"
            )
    first = Assignment.objects.filter(
        round=OuterRef("round"), document=OuterRef("document"), coder=OuterRef("coder"), sitting__lt=OuterRef("sitting")
    )  # fmt: skip
    again = Assignment.objects.filter(
        ~Exists(first), sitting__gt=1, **scope.only("round__project")
    ).order_by("pk")
    for public_id in again.values_list("public_id", flat=True).iterator():
        yield Finding(f"assignment {public_id}", "a second reading without a first")


CHECKS = (
    Check(
        "projections", "codings stand as their operations tell", projections,
        "Write these codings anew from their operations", mend,
    ),
    Check("versions", "operations are numbered without a gap, and each coding knows how many", versions),
    Check("readings", "every reading is of its own round's project, document and text", belonging),
    Check("counts", "every document drawn for a round has its readings, the first before the second", counts),
)  # fmt: skip
