"""How steady coders are: second readings of a document against the same coder's first, all handed in.

A coder's two readings of a document are studied as if two coders had read it, named “first” and “second”; the document
goes by its own name and the coder's label. What one reading refers to in another document plays no part.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from coding.models import Assignment, Round
from reconciliation import inputs, measuring
from reconciliation.inputs import Reader, StudiedDocument, Study
from reconciliation.measuring import Measured
from reconciliation.models import Figure

FIRST, SECOND = "first", "second"
# Of whether the same events were found: what speaks of the two readings as a whole.
LEADING = {"krippendorff_alpha", "alpha_masi", "event_set_alpha"}
WHOLE = {"event_set_alpha", "alpha_document_presence", "alpha_document_counts"}


def study(of_round: Round) -> Study:
    """Each pair of readings as a document; without a second reading it holds none."""
    handed_in = Assignment.objects.filter(round=of_round, state=Assignment.State.SUBMITTED)
    pairs = {
        (document, coder, text)
        for document, coder, text in handed_in.filter(sitting=2).values_list(
            "document_id", "coder_id", "text_id"
        )
    }
    work = handed_in.filter(
        sitting__lte=2, coder__in={coder for _, coder, _ in pairs}, document__in={d for d, _, _ in pairs}
    )  # fmt: skip
    documents: dict[str, StudiedDocument] = {}
    by_assignment: dict[int, tuple[StudiedDocument, str]] = {}
    rows = work.select_related("document", "coder", "text").order_by(
        "document__external_id", "coder__label", "sitting"
    )
    for row in rows:
        # Read again on a newer text it is another task: offsets and words are not comparable.
        if (row.document_id, row.coder_id, row.text_id) not in pairs:
            continue
        name = f"{row.document.external_id} by {row.coder.label}"
        one = documents.setdefault(
            name,
            StudiedDocument(
                row.document_id,
                name,
                row.text_id,
                length=row.text.length,
                kind=row.document.kind,
                outlet=row.document.outlet,
            ),
        )
        label = FIRST if row.sitting == 1 else SECOND
        one.readers[label] = Reader(row.coder_id, row.outcome)
        if row.submitted_at is not None:
            one.handed_in[label] = row.submitted_at.date()
        by_assignment[row.pk] = one, label
    whole = {name: one for name, one in documents.items() if len(one.readers) == 2}
    known = {pk: told for pk, told in by_assignment.items() if told[0].name in whole}
    return inputs.studied(of_round, work, whole, known)


def by_coder(studied: Study) -> dict[str, Study]:
    """The part of each coder, by label."""
    parts: dict[str, list[StudiedDocument]] = {}
    for document in studied.documents:
        parts.setdefault(document.name.rpartition(" by ")[2], []).append(document)
    return {
        label: replace(studied, documents=tuple(found)) for label, found in sorted(parts.items())
    }


def figures(studied: Study, parameters: Mapping[str, Any]) -> list[Measured]:
    """All coders together with every coefficient of every field, then each coder with one figure a field."""
    if not studied.documents:
        return []
    found = list(_figures(studied, parameters, ""))
    for label, part in by_coder(studied).items():
        found += [one for one in _figures(part, parameters, label) if one.coefficient in LEADING]
    return found


def _figures(studied: Study, parameters: Mapping[str, Any], subject: str) -> Iterator[Measured]:
    for one in measuring.figures(studied, parameters):
        is_whole = one.question == measuring.EVENTS and (
            one.coefficient in WHOLE or (one.coefficient == "f1" and not one.type)
        )
        if one.question == measuring.FIELDS or is_whole:
            yield replace(one, question=Figure.AGAIN, subject=subject)
