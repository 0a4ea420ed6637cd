from sources.models.alliance import Alliance, AllianceList, AllianceMember
from sources.models.collection import Collection, CollectionLine
from sources.models.document import Document
from sources.models.likeness import Cluster, Copy, Likeness, Sketch
from sources.models.outline import Outline, Section
from sources.models.search import ArticleRange, Mention, SearchLog, SearchRange
from sources.models.state_list import StateList
from sources.models.text import Page, Text

__all__ = [
    "Alliance",
    "AllianceList",
    "AllianceMember",
    "ArticleRange",
    "Cluster",
    "Collection",
    "CollectionLine",
    "Copy",
    "Document",
    "Likeness",
    "Mention",
    "Outline",
    "Page",
    "SearchLog",
    "SearchRange",
    "Section",
    "Sketch",
    "StateList",
    "Text",
]
