from projects.models.identity import public_id
from projects.models.invitation import Invitation, ResetLink
from projects.models.job import Job
from projects.models.kept_answer import KeptAnswer
from projects.models.ledger import LedgerHead, LedgerLine
from projects.models.person import User
from projects.models.project import Membership, Project
from projects.models.token import ApiToken
from projects.models.webhook import Delivery, Webhook

__all__ = [
    "ApiToken",
    "Delivery",
    "Invitation",
    "Job",
    "KeptAnswer",
    "LedgerHead",
    "LedgerLine",
    "Membership",
    "Project",
    "ResetLink",
    "User",
    "Webhook",
    "public_id",
]
