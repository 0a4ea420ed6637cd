"""The adjudicated groups of a project as the numeric heart learns from them, and what it found, in words.

Nothing is written: whoever wants the proposed rule puts it into the next version of the codebook.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from coding.models import Round
from reconciliation import inputs
from reconciliation.agreement import calibration
from reconciliation.agreement.calibration import Calibration, TooLittle
from reconciliation.agreement.units import AlignmentRule, CodedEvent, Figure
from reconciliation.models import Decision, Group, Member, Regrouping


@dataclass(frozen=True)
class Adjudicated:
    """Events of documents all of whose groups are settled, and the group each was left in.

    `unsettled` documents have a group that is open, or were handed in anew since they were aligned; in `doubted` ones
    somebody said that events are wrongly aligned and left them where they are. Neither is learnt from.
    `regrouped`: documents in which a person merged, split or moved events.
    """

    rounds: tuple[str, ...]
    events: tuple[CodedEvent, ...]
    groups: dict[str, object]
    clusters: dict[str, str]
    documents: int
    unsettled: int
    doubted: int
    regrouped: int


def adjudicated(rounds: Iterable[Round]) -> Adjudicated:
    """Training rounds are left out: nothing of theirs is settled."""
    chosen = [one for one in rounds if one.kind != Round.Kind.TRAINING]
    events: list[CodedEvent] = []
    groups: dict[str, object] = {}
    clusters: dict[str, str] = {}
    counts: dict[str, int] = defaultdict(int)
    for number, of_round in enumerate(sorted(chosen, key=lambda one: one.pk), start=1):
        group_of = _groups(of_round)
        open_documents = _unsettled(of_round)
        doubted = _doubted(of_round)
        moved = set(Regrouping.objects.filter(round=of_round).values_list("document", flat=True))
        for document in inputs.study(of_round).documents:
            if len({event.label for event in document.events}) < 2:
                continue
            if (
                document.unfinished
                or document.pk in open_documents
                or any(event.pk not in group_of for event in document.events)
            ):
                counts["unsettled"] += 1
                continue
            if document.pk in doubted:
                counts["doubted"] += 1
                continue
            counts["documents"] += 1
            counts["regrouped"] += document.pk in moved
            name = f"{number}\x1f{document.name}"
            clusters[name] = document.name
            for event in document.events:
                key = f"{number}\x1f{event.key}"
                events.append(_renamed(event.coded, key, name))
                groups[key] = group_of[event.pk]
    return Adjudicated(
        rounds=tuple(one.name for one in chosen),
        events=tuple(events),
        groups=groups,
        clusters=clusters,
        **{name: counts[name] for name in ("documents", "unsettled", "doubted", "regrouped")},
    )


def _renamed(coded: CodedEvent, key: str, document: str) -> CodedEvent:
    fields = {name: getattr(coded, name) for name in CodedEvent.__slots__}
    return CodedEvent(**(fields | {"key": key, "document": document}))


def _groups(of_round: Round) -> dict[int, int]:
    rows = Member.objects.filter(group__round=of_round, group__retired_at=None)
    return dict(rows.values_list("event", "group"))


def _unsettled(of_round: Round) -> set[int]:
    living = Group.objects.filter(round=of_round, retired_at=None)
    settled = living.filter(resolved__isnull=False, resolved__reopened_at=None)
    return set(living.exclude(pk__in=settled.values("pk")).values_list("document", flat=True))


def _doubted(of_round: Round) -> set[int]:
    """Documents with a living group whose newest word on some field is that its events are wrongly aligned."""
    newest: dict[tuple[int, str], tuple[int, str]] = {}
    rows = Decision.objects.filter(group__round=of_round, group__retired_at=None).order_by("id")
    for group, field, document, kind in rows.values_list(
        "group", "field", "group__document", "error_kind"
    ):
        newest[group, field] = (document, kind)
    return {document for document, kind in newest.values() if kind == Decision.ErrorKind.ALIGNMENT}


def calibrate(
    found: Adjudicated,
    rule: AlignmentRule,
    *,
    folds: int = calibration.FOLDS,
    replicates: int = 1_000,
    seed: int = 0,
    step: Callable[[int, int], None] = lambda done, total: None,
) -> Calibration | TooLittle:
    return calibration.calibrate(
        found.events,
        found.groups,
        rule,
        clusters=found.clusters,
        folds=folds,
        replicates=replicates,
        seed=seed,
        step=step,
    )


# --- in words


def learnt_from(found: Adjudicated) -> list[str]:
    """From how many documents, and which were left out and why."""
    told = [
        f"{_documents(found.documents)} with events of two coders and every group settled; in {found.regrouped} of "
        "them a person merged, split or moved events."
    ]
    if found.unsettled:
        told.append(f"{_documents(found.unsettled)} left out: something in them is still open.")
    if found.doubted:
        told.append(
            f"{_documents(found.doubted)} left out: somebody wrote “events wrongly aligned” there and did not regroup them."
        )
    if found.documents and not found.regrouped:
        told.append(
            "Nobody regrouped anything: these groups are the program's own, and speak for the present rule."
        )
    return told


def _documents(n: int) -> str:
    return "1 document" if n == 1 else f"{n} documents"


def table(found: Calibration) -> list[str]:
    """Before, after and the difference, as lines of a table."""
    lines = [f"  {'':<22}{'present rule':<26}{'fitted rule':<26}"]
    for name, words in (
        ("precision", "precision"),
        ("recall", "recall"),
        ("f1", "F1"),
        ("beyond_chance", "F1 beyond chance"),
    ):
        before, after = getattr(found.before, name), getattr(found.after, name)
        lines.append(f"  {words:<22}{figure(before):<26}{figure(after):<26}".rstrip())
    lines.append(f"  {'gain in F1':<22}{figure(found.gain, signed=True)}")
    lines.append(f"  {'gain beyond chance':<22}{figure(found.gain_beyond_chance, signed=True)}")
    return lines


def figure(one: Figure, *, signed: bool = False) -> str:
    if one.value is None:
        return f"undefined: {one.reason}"
    form = "+.3f" if signed else ".3f"
    if one.low is None or one.high is None:
        return f"{one.value:{form}} (no interval: {one.no_interval})"
    return f"{one.value:{form}} [{one.low:{form}}, {one.high:{form}}]"


def adoption(found: Calibration) -> str:
    """The part of a codebook that would make the proposed rule the project's."""
    weights = ", ".join(f"{name}: {weight:.2f}" for name, weight in found.weights.items())
    return f"alignment:\n  weights: {{{weights}}}\n  tau: {found.tau:g}\n  theta: {found.theta:.2f}"


def as_data(found: Calibration) -> dict[str, Any]:
    return asdict(found) | {"is_gain": found.is_gain, "adoption": adoption(found)}
