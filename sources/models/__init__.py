from sources.models.alliance import Alliance, AllianceList, AllianceMember
from sources.models.document import Document
from sources.models.state_list import StateList
from sources.models.text import Page, Text

__all__ = ["Alliance", "AllianceList", "AllianceMember", "Document", "Page", "StateList", "Text"]
