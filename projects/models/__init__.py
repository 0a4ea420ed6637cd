from projects.models.identity import public_id
from projects.models.invitation import Invitation, ResetLink
from projects.models.job import Job
from projects.models.ledger import LedgerHead, LedgerLine
from projects.models.person import User
from projects.models.project import Membership, Project
from projects.models.token import ApiToken

__all__ = [
    "ApiToken",
    "Invitation",
    "Job",
    "LedgerHead",
    "LedgerLine",
    "Membership",
    "Project",
    "ResetLink",
    "User",
    "public_id",
]
