from reconciliation.models.decision import Decision, ResolvedEvent
from reconciliation.models.incident import Incident, Report
from reconciliation.models.regrouping import AlignedDocument, Regrouping
from reconciliation.models.run import Figure, Group, Member, Position, Run

__all__ = [
    "AlignedDocument",
    "Decision",
    "Figure",
    "Group",
    "Incident",
    "Member",
    "Position",
    "Regrouping",
    "Report",
    "ResolvedEvent",
    "Run",
]
