"""What pages ask about runs and their figures: which may be seen, in which words they are told. Never writes.

Figures speak of all coders at once, so whoever may see codings may see them. Documents by name, and measured
choices, which may come down to one document, are shown only as far as its codings may be seen.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from coding import schema
from coding.access import may_see_all_codings, visible_assignments
from coding.models import Assignment, Round
from projects.access import Pass
from projects.refusals import Missing, NotAllowed
from reconciliation import methods, plots
from reconciliation.models import Figure, Run
from reconciliation.positions import TYPE
from reconciliation.queries import visible_documents
from reconciliation.selecting import Selection

COEFFICIENTS = {
    "krippendorff_alpha": "Krippendorff's α",
    "krippendorff_alpha_part": "α, chance of the whole round",
    "alpha_masi": "α, MASI",
    "alpha_jaccard": "α, Jaccard",
    "alpha_date_overlap": "α, overlap of dates",
    "alpha_date_precision": "α, precision of dates",
    "alpha_document_presence": "α, has the document any event",
    "alpha_document_counts": "α, number of events",
    "event_set_alpha": "α of event sets",
    "percent_agreement": "share of agreeing pairs",
    "gwet_ac1": "Gwet's AC1",
    "gwet_ac2": "Gwet's AC2",
    "gwet_ac2_linear": "Gwet's AC2, linear weights",
    "gwet_ac2_quadratic": "Gwet's AC2, quadratic weights",
    "cohen_kappa": "Cohen's κ",
    "weighted_kappa_linear": "weighted κ, linear",
    "weighted_kappa_quadratic": "weighted κ, quadratic",
    "fleiss_kappa": "Fleiss' κ",
    "mean_absolute_difference": "mean absolute difference",
    "icc": "ICC(A,1)",
    "u_alpha": "u-α: passages and types at once",
    "bar_u_alpha": "|u-α: marked or not",
    "cu_alpha": "cu-α: types where passages meet",
    "ku_alpha": "(k)u-α: this type where passages meet",
    "cu_coverage": "coverage of cu-α",
    "ku_coverage": "coverage of (k)u-α",
    "character_dice": "Dice of marked characters",
    "precision": "precision",
    "recall": "recall",
    "f1": "F1",
}
SCALES = {
    "masi": "sets, MASI",
    "jaccard": "sets, Jaccard",
    "date": "dates, midpoints",
    "overlap": "dates, overlap",
}
# One alpha stands for a field in overviews: the first of these that it has.
LEADING = ("krippendorff_alpha", "alpha_masi")
BY = {
    "coder": "By coder",
    "without": "Without each coder",
    "pair": "By pair of coders",
    "value": "By value, each against all others",
    "month": "By month of handing in",
    "kind": "By kind of document",
    "outlet": "By outlet",
}


@dataclass(frozen=True)
class FigureRow:
    figure: Figure
    label: str
    coefficient: str
    level: str
    # The event type whose field it is, where the field is one type's alone.
    owner: str = ""

    @property
    def tone(self) -> str:
        return plots.tone(self.figure.value)

    @property
    def is_one_sided(self) -> bool:
        """One value holds more than nine tenths: agreement is then mostly about that value."""
        return self.figure.prevalence is not None and self.figure.prevalence > 0.90


def runs(holder: Pass, of_round: Round) -> list[Run]:
    """Finished runs, newest first; measured choices among them as far as this person may see them."""
    found = _visible(holder, of_round).exclude(finished_at=None).order_by("-n")
    return list(found.defer("breakdown"))


def run_for(holder: Pass, of_round: Round, n: int | None) -> Run | None:
    """The run asked for, else the newest of the whole round that is finished."""
    finished = _visible(holder, of_round).exclude(finished_at=None)
    if n is None:
        return finished.filter(is_whole=True).order_by("-n").first()
    found = finished.filter(n=n).first()
    if found is None:
        raise Missing("There is no such run, or it is not finished.")
    return found


def _visible(holder: Pass, of_round: Round) -> QuerySet[Run]:
    # One document is aligned without figures.
    return every_run(holder, of_round).filter(document=None)


def every_run(holder: Pass, of_round: Round) -> QuerySet[Run]:
    """Runs in any state, newest first, as far as this person may see them.

    Whoever still codes a document of the round sees of it only what they had measured or aligned without such
    documents: a figure of the whole round tells what the others did on them.
    """
    found = Run.every.filter(round=of_round).select_related("by", "document", "round__project")
    found = found.select_related("round__codebook").order_by("-n")
    if hidden := set(hidden_documents(holder, of_round)):
        own = found.filter(by=holder.user, is_whole=False).defer("breakdown")
        found = found.filter(pk__in=[run.pk for run in own if _leaves_out(run, hidden)])
    return found


def _leaves_out(run: Run, hidden: set[str]) -> bool:
    if run.document is not None:
        return run.document.external_id not in hidden
    return hidden <= set(run.selection.get("hidden", ()))


def hidden_rounds(holder: Pass) -> QuerySet[Assignment, int]:
    """The rounds, by their row, in which there is handed-in work that this person may not see yet."""
    handed_in = Assignment.objects.filter(
        round__project=holder.project, state=Assignment.State.SUBMITTED
    )
    return handed_in.exclude(pk__in=visible_assignments(holder).values("pk")).values_list(
        "round", flat=True
    )


def hidden_documents(holder: Pass, of_round: Round) -> list[str]:
    """Handed-in documents of the round that this person still codes."""
    handed_in = Assignment.objects.filter(round=of_round, state=Assignment.State.SUBMITTED)
    hidden = handed_in.exclude(document__in=visible_documents(holder, of_round).values("pk"))
    return sorted(set(hidden.values_list("document__external_id", flat=True)))


def require_all_codings(holder: Pass) -> None:
    """Whoever takes away the codings themselves must be one who may see all of them."""
    holder.require("reconciliation.view")
    if not may_see_all_codings(holder):
        raise NotAllowed(
            "This holds what all coders handed in. You still code in a round that is not revealed, "
            "so it stays closed to you until you have handed in or the round is revealed."
        )


def labels_of(codebook: schema.Codebook) -> dict[str, str]:
    """Fields by name in the codebook's order. A field of one type carries its code."""
    found = {TYPE: "Event type"}
    for owner, field in codebook.every_field():
        if field.name != TYPE:
            found[field.name] = f"{owner} {field.label}" if owner else str(field.label)
    return found


def figures(run: Run) -> dict[str, list[FigureRow]]:
    """The figures of a run by question, in the codebook's order."""
    codebook = run.round.codebook.parsed
    labels = labels_of(codebook)
    order = {name: place for place, name in enumerate(labels)}
    owners = {field.name: owner or "" for owner, field in codebook.every_field()}
    types = {one.code: f"{one.code} {one.label}" for one in codebook.types}
    by_question: dict[str, list[FigureRow]] = defaultdict(list)
    rows = sorted(
        run.figures.all(),
        key=lambda one: (order.get(one.field, 10**6), one.field, one.subject, one.type, one.pk),
    )
    for one in rows:
        whole = "events" if one.question == Figure.AGAIN else "all types"
        label = labels.get(one.field, one.field) if one.field else types.get(one.type, whole)
        by_question[one.question].append(
            FigureRow(
                one,
                label,
                COEFFICIENTS.get(one.coefficient, one.coefficient.replace("_", " ")),
                SCALES.get(one.level, one.level),
                owners.get(one.field, ""),
            )
        )
    return dict(by_question)


def leading(rows: Iterable[FigureRow]) -> list[FigureRow]:
    """One alpha for each field, in the order of the rows."""
    found: dict[str, FigureRow] = {}
    for name in LEADING:
        for row in rows:
            if row.figure.coefficient == name:
                found.setdefault(row.figure.field, row)
    return [row for row in rows if found.get(row.figure.field) is row]


def warnings(rows: Iterable[FigureRow]) -> list[str]:
    """What a reader of the overview must not overlook, field by field."""
    told = []
    for row in rows:
        figure = row.figure
        if figure.value is None:
            told.append(f"{row.label}: no α, because {figure.reason}.")
        elif row.is_one_sided:
            told.append(
                f"{row.label}: one value holds {figure.prevalence:.0%} of all; α then rests on the few others. "
                "Read AC1 and the share of agreeing pairs beside it."
            )
        if figure.aligned_share is not None and figure.aligned_share < 0.5:
            told.append(
                f"{row.label}: only {figure.aligned_share:.0%} of the events found a partner; "
                "the figure speaks of those alone."
            )
    return told


# --- taken apart


@dataclass(frozen=True)
class Depth:
    """One field taken apart: parts by how they were taken, and its coincidences."""

    field: str
    label: str
    parts: Mapping[str, list[dict[str, Any]]]
    matrix: Mapping[str, Any] | None


def depth(run: Run, field: str) -> Depth:
    codebook = run.round.codebook.parsed
    parts: dict[str, list[dict[str, Any]]] = {by: [] for by in BY}
    words = _value_words(codebook, field)
    for part in run.breakdown.get("parts", ()):
        if part["field"] == field:
            of = words.get(part["of"], part["of"]) if part["by"] == "value" else part["of"]
            parts[part["by"]].append({**part, "of": of})
    matrix = next((m for m in run.breakdown.get("matrices", ()) if m["field"] == field), None)
    if matrix is not None:
        matrix = {**matrix, "values": [words.get(value, value) for value in matrix["values"]]}
    return Depth(field, labels_of(codebook).get(field, field), parts, matrix)


def _value_words(codebook: schema.Codebook, field: str) -> dict[str, str]:
    """Values as the heart has them -> code and label; an ordinal's values are the ranks of its codes."""
    if field == TYPE:
        return {}
    found = next((one for _, one in codebook.every_field() if one.name == field), None)
    if found is None or not found.options:
        return {}
    if found.level == "ordinal":
        ranks = found.ranks
        return {
            str(ranks[one.code]): f"{one.code} {one.label}"
            for one in found.options
            if one.code in ranks
        }
    return {str(one.code): f"{one.code} {one.label}" for one in found.options}


def disagreed_documents(holder: Pass, run: Run) -> list[dict[str, Any]]:
    """The documents with the most disagreement, those left out that this person may not see by name."""
    rows = run.breakdown.get("documents", ())
    named = visible_documents(holder, run.round).filter(
        external_id__in=[row["document"] for row in rows]
    )
    known = {one.external_id: one for one in named}
    labels = labels_of(run.round.codebook.parsed)
    return [
        {**row, "shown": known[row["document"]], "label": labels.get(row["field"], row["field"])}
        for row in rows
        if row["document"] in known
    ]


def plans(run: Run) -> list[dict[str, Any]]:
    labels = labels_of(run.round.codebook.parsed)
    return [
        {**row, "label": labels.get(row["field"], row["field"])}
        for row in run.breakdown.get("planning", ())
    ]


def selection_of(run: Run) -> list[str]:
    return [] if run.is_whole else Selection.of(run.selection).words


def methods_of(run: Run, fields: Iterable[FigureRow]) -> list[methods.Passage]:
    """How the figures of a run came about, in words; `fields` are those of its fields."""
    return methods.methods(
        run.parameters,
        run.counts,
        software=run.software,
        input_hash=run.input_hash,
        levels=sorted({row.figure.level for row in fields}),
        selection=selection_of(run),
    )
