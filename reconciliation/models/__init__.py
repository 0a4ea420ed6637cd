from reconciliation.models.decision import Decision, ResolvedEvent
from reconciliation.models.incident import Incident, Report
from reconciliation.models.run import Figure, Group, Member, Position, Run

__all__ = [
    "Decision",
    "Figure",
    "Group",
    "Incident",
    "Member",
    "Position",
    "Report",
    "ResolvedEvent",
    "Run",
]
