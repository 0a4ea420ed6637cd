from reconciliation.models.decision import Decision, ResolvedEvent
from reconciliation.models.incident import Distinction, Incident, Proposal, Report
from reconciliation.models.regrouping import AlignedDocument, Regrouping
from reconciliation.models.run import Figure, Group, Member, Position, Run

__all__ = [
    "AlignedDocument",
    "Decision",
    "Distinction",
    "Figure",
    "Group",
    "Incident",
    "Member",
    "Position",
    "Proposal",
    "Regrouping",
    "Report",
    "ResolvedEvent",
    "Run",
]
