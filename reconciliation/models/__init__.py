from reconciliation.models.assessment import Assessment
from reconciliation.models.decision import Decision, Proof, ResolvedEvent
from reconciliation.models.handling import Handling
from reconciliation.models.incident import Distinction, Incident, Proposal, Report
from reconciliation.models.preference import Preference
from reconciliation.models.regrouping import AlignedDocument, Regrouping
from reconciliation.models.routine import Routine
from reconciliation.models.run import Figure, Group, Member, Position, Run

__all__ = [
    "AlignedDocument",
    "Assessment",
    "Decision",
    "Distinction",
    "Figure",
    "Group",
    "Handling",
    "Incident",
    "Member",
    "Position",
    "Preference",
    "Proof",
    "Proposal",
    "Regrouping",
    "Report",
    "ResolvedEvent",
    "Routine",
    "Run",
]
