"""Which records a release holds: rows into the frozen values that tables are made of.

Coders appear by label only. Ids are made of what is numbered for good (rounds, groups, places in a
coding), never of row numbers, so that the same records give the same bytes in every database. Documents are read some at a
time, and what is told of them is sorted on disk: memory does not grow with the project.
"""

from collections.abc import Iterator, Mapping

from datasets import coverage, keys
from datasets.contents.gathering import codebook_of, document_record, gathered, setting_of
from datasets.contents.happenings import (
    Account,
    Happenings,
    by_incident_and_rank,
    copied,
    incidents_of,
    own_first,
    resting_on_withdrawn_work,
)
from datasets.contents.sayings import (
    codings_of,
    decisions_of,
    decisions_on,
    figures_of,
    preferences_of,
)
from datasets.ordering import Sorter, in_order, once
from datasets.records import (
    AllianceRecord,
    AssessmentRecord,
    CodingRecord,
    DecisionRecord,
    DocumentRecord,
    EvidenceRecord,
    MemberSpell,
    ProjectRecord,
    Records,
    ReportRecord,
)
from projects.models import Project
from reconciliation.assessment_queries import current_assessments
from reconciliation.models import Incident
from sources import alliance_lists, state_lists

__all__ = ["records_of", "resting_on_withdrawn_work"]


def records_of(project: Project) -> Records:
    """Everything that was coded, decided and measured in a project, as it stands now."""
    codebook = codebook_of(project)
    setting = setting_of(project)
    accounts = Sorter[Account](by_incident_and_rank)
    reports = Sorter[ReportRecord](keys.report)
    evidence = Sorter[EvidenceRecord](keys.evidence)
    codings = Sorter[CodingRecord](keys.coding)
    decisions = Sorter[DecisionRecord](keys.decision)
    documents = Sorter[DocumentRecord](keys.document)
    for found in gathered(setting):
        decided = decisions_on(found)
        happened = Happenings(found, decided)
        told = list(happened.reports())
        copies, further = copied(found, told)
        reports.extend([*told, *copies])
        accounts.extend(happened.accounts())
        evidence.extend(happened.evidence())
        codings.extend(codings_of(found))
        decisions.extend(decisions_of(found, decided))
        decisions.extend(preferences_of(found))
        documents.extend(
            document_record(document, found.text_hashes[pk])
            for pk, document in found.documents.items()
        )
        documents.extend(further)
    alliances = list(alliances_of(project))
    return Records(
        project=ProjectRecord(project.slug, project.title, project.description),
        codebook=codebook.parsed,
        codebook_sha256=codebook.sha256,
        incidents=in_order(incidents_of(accounts.done()), keys.incident),
        reports=in_order(own_first(reports.done()), keys.report),
        evidence=evidence.done(),
        codings=codings.done(),
        decisions=decisions.done(),
        figures=list(figures_of(project)),
        # A copy of several documents comes with each of them.
        documents=in_order((one for one, _ in once(documents.done())), keys.document),
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
