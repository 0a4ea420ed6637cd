"""Which records a release holds: rows into the frozen values that tables are made of.

Coders appear by label only. Ids are made of what is numbered for good (rounds, groups, places in a
coding), never of row numbers, so that the same records give the same bytes in every database.
"""

from collections.abc import Iterator, Mapping

from datasets import coverage
from datasets.contents.gathering import codebook_of, document_record, gather
from datasets.contents.happenings import (
    copies_of,
    incident_of,
    incidents_of,
    resolved_of,
    resting_on_withdrawn_work,
)
from datasets.contents.sayings import codings_of, decisions_of, figures_of, preferences_of
from datasets.records import (
    AllianceRecord,
    AssessmentRecord,
    MemberSpell,
    ProjectRecord,
    Records,
)
from projects.models import Project
from reconciliation import incident_values
from reconciliation.assessment_queries import current_assessments
from reconciliation.models import Incident
from sources import alliance_lists, state_lists

__all__ = ["records_of", "resting_on_withdrawn_work"]


def records_of(project: Project) -> Records:
    """Everything that was coded, decided and measured in a project, as it stands now."""
    codebook = codebook_of(project)
    parsed = codebook.parsed
    gathered = gather(project)
    resolved = resolved_of(project)
    of_event = incident_of(project)
    reported = {pk: str(incident) for pk, incident in of_event.items()}
    numbered = {incident.pk: str(incident) for incident in of_event.values()}
    preferred = {
        numbered[pk]: found
        for pk, found in incident_values.preferences(project).items()
        if pk in numbered
    }
    incidents, reports, evidence = incidents_of(gathered, resolved, reported, preferred)
    copied, further = copies_of(project, gathered, reports)
    alliances = list(alliances_of(project))
    return Records(
        project=ProjectRecord(project.slug, project.title, project.description),
        codebook=parsed,
        codebook_sha256=codebook.sha256,
        incidents=incidents,
        reports=[*reports, *copied],
        evidence=evidence,
        codings=list(codings_of(gathered, project)),
        decisions=[*decisions_of(gathered, project), *preferences_of(gathered, project)],
        figures=list(figures_of(project)),
        documents=[
            document_record(document, gathered.text_hashes[pk])
            for pk, document in gathered.documents.items()
        ]
        + further,
        alliances=alliances,
        assessments=list(assessments_of(project)),
        coverage=coverage.of(project, alliances),
        states=state_lists.fingerprint(project),
    )


def assessments_of(project: Project) -> Iterator[AssessmentRecord]:
    """The judgements that count. What cannot be judged from the sources is told by its code, as everywhere in a release."""
    gathered_under = {
        f"I{number:05d}": f"I{kept:05d}"
        for number, kept in Incident.objects.filter(project=project)
        .exclude(merged_into=None)
        .values_list("n", "merged_into__n")
    }
    for one in current_assessments(project):
        relied_on = {_living(number, gathered_under) for number in (*one.clauses, *one.incidents)}
        yield AssessmentRecord(
            one.alliance,
            one.provider,
            one.recipient,
            one.type,
            one.year,
            _judged(one.promised),
            _judged(one.kept),
            _judged(one.additional),
            incident_ids=tuple(sorted(relied_on)),
            search_log=";".join(one.searches),
            judged_by=one.by,
            reason=one.reason,
        )


def _living(number: str, gathered_under: Mapping[str, str]) -> str:
    """The incident under which this one's reports are gathered by now."""
    while number in gathered_under:
        number = gathered_under[number]
    return number


def _judged(part: int | None) -> int | str | None:
    return str(part) if part is not None and part < 0 else part


def alliances_of(project: Project) -> Iterator[AllianceRecord]:
    """By reference and, where nothing else goes by it, by ATOP number: coders may write either."""
    alliances = list(alliance_lists.current(project).order_by("reference"))
    taken = {one.reference for one in alliances}
    for one in alliances:
        spells = sorted(
            MemberSpell(member.ccode, member.start, member.end, member.role)
            for member in one.members.all()
        )
        yield AllianceRecord(one.reference, one.name, one.atop_id, tuple(spells))
    for one in alliances:
        if one.atop_id is not None and str(one.atop_id) not in taken:
            taken.add(str(one.atop_id))
            yield AllianceRecord(str(one.atop_id), one.name, one.atop_id)
