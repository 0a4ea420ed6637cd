"""Aligning a round: which events of different coders are the same one, in the rows as in the heart.

Only documents whose input is another than at the last time are written; what a person decided about
grouping holds in every run. How rows are brought to groups is the business of `groups`.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from coding import schema
from coding.models import Event
from projects.models import User
from reconciliation import groups, inputs, links, references, regrouping
from reconciliation import positions as pure
from reconciliation.agreement import alignment
from reconciliation.groups import Found, Tally
from reconciliation.inputs import Readings, StudiedDocument, StudiedEvent, Study, rule_of
from reconciliation.models import AlignedDocument

# So many documents are brought up to date in one transaction.
BATCH = 100


@dataclass(frozen=True)
class Outcome:
    """What the program found by itself, which the figures speak of; and what the rows came to."""

    own: alignment.Alignment
    tally: Tally


def align(
    study: Study,
    *,
    by: User | None,
    meant: Mapping[str, str] | None = None,
    step: Callable[[int], None] = lambda done: None,
) -> Outcome:
    """Align what was submitted and bring the rows to it. `by` asked for it; `step` is told how many documents are done.

    `meant`: what links to other documents come down to, where the study does not hold these documents.
    """
    own, kept, fixed = _aligned(study)
    if meant is None:
        meant = links.meant(study, kept)
    aligned = AlignedDocument.objects.filter(
        round=study.round, document__in=[document.pk for document in study.documents]
    )
    known = {row.document_id: row for row in aligned.iterator()}
    hashes = {
        document.pk: _hash(study, document, fixed.get(document.pk), meant)
        for document in study.documents
    }
    tally, stale = Tally(), []
    for document in study.documents:
        row = known.get(document.pk)
        if row is None or row.input_hash != hashes[document.pk]:
            stale.append(document)
        else:
            tally += Tally(**row.tally)
    by_document = _grouped(study, kept, {document.name for document in stale})
    for begin in range(0, len(stale), BATCH):
        step(len(study.documents) - len(stale) + begin)
        batch = stale[begin : begin + BATCH]
        found = {
            document.name: [_found(members, study, kept) for members in together]
            for document in batch
            if (together := _referring_alike(by_document[document.name], study.codebook, meant))
        }
        tally += groups.store(study, batch, found, hashes, by=by)
    return Outcome(own, tally)


def links_meant(readings: Readings) -> Mapping[str, str]:
    """What links across the documents of a round come down to, asked of the documents they lead to alone."""
    linked = inputs.linked(readings.round)
    if not linked:
        return {}
    pks = sorted(linked.values())
    homes = {
        document
        for begin in range(0, len(pks), 500)
        for document in Event.objects.filter(pk__in=pks[begin : begin + 500]).values_list(
            "assignment__document_id", flat=True
        )
    }
    study = replace(readings.of(homes), elsewhere=linked)
    return links.meant(study, _aligned(study)[1])


def _aligned(
    study: Study,
) -> tuple[alignment.Alignment, alignment.Alignment, Mapping[int, regrouping.Fixed]]:
    """As the program groups by itself, as it does given what people decided, and these decisions by document."""
    coded = [event.coded for event in study.events]
    rule = rule_of(study.codebook)
    own = kept = alignment.align(coded, rule)
    fixed = regrouping.standing(study)
    if fixed:
        kept = alignment.align(
            coded,
            rule,
            together=[keys for one in fixed.values() for keys in one.together],
            apart=[pair for one in fixed.values() for pair in one.apart],
        )
    return own, kept, fixed


def _hash(
    study: Study,
    document: StudiedDocument,
    fixed: regrouping.Fixed | None,
    meant: Mapping[str, str],
) -> str:
    """Everything that the rows of a document follow from."""
    rule = rule_of(study.codebook)
    told = [
        settings.SOFTWARE_VERSION,
        study.round.codebook_id,
        [dict(rule.weights), rule.tau, rule.theta],
        sorted(document.sent_back.items()),
        [sorted(map(list, fixed.together)), sorted(map(list, fixed.apart))] if fixed else [],
    ]
    if document.links:
        told.append([[name, meant.get(name, name)] for name in sorted(document.links)])
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode())
    digest.update(document.content)
    return digest.hexdigest()


def _grouped(
    study: Study, result: alignment.Alignment, wanted: set[str]
) -> dict[str, list[list[StudiedEvent]]]:
    """The groups of these documents, coders in the order of their labels."""
    by_key = {
        event.key: event
        for document in study.documents
        if document.name in wanted
        for event in document.events
    }
    found: dict[str, list[list[StudiedEvent]]] = defaultdict(list)
    for keys in result.groups:
        if keys[0] in by_key:
            members = sorted((by_key[key] for key in keys), key=lambda event: event.label)
            found[members[0].coded.document].append(members)
    return found


def _referring_alike(
    found: Sequence[list[StudiedEvent]], codebook: schema.Codebook, meant: Mapping[str, str]
) -> list[list[StudiedEvent]]:
    """Whoever refers to any event of a group refers to its first one, so that meaning the same is agreement."""
    if not any(field.kind in references.KINDS for _, field in codebook.every_field()):
        return list(found)
    names = {**meant, **{event.name: members[0].name for members in found for event in members}}
    return [
        [
            replace(
                event, values=references.renamed(codebook, event.coded.type, event.values, names)
            )
            for event in members
        ]
        for members in found
    ]


def _found(members: Sequence[StudiedEvent], study: Study, result: alignment.Alignment) -> Found:
    told = [pure.Member(event.label, event.coded.type, event.values) for event in members]
    return Found(tuple(members), pure.group_type(told, study.codebook), _distances(members, result))


def _distances(members: Sequence[StudiedEvent], result: alignment.Alignment) -> list[list[Any]]:
    told: list[list[Any]] = []
    for i, one in enumerate(members):
        for other in members[i + 1 :]:
            why = alignment.explain(result, one.key, other.key)
            distance = None if why.distance is None else round(why.distance, 6)
            terms = {name: [why.weights[name], round(part, 6)] for name, part in why.terms.items()}
            told.append([one.label, other.label, distance, terms])
    return told
