from sources.models.document import Document
from sources.models.likeness import Cluster, Copy, Likeness, Sketch
from sources.models.search import Mention, SearchLog, SearchRange
from sources.models.text import Page, Text

__all__ = [
    "Cluster",
    "Copy",
    "Document",
    "Likeness",
    "Mention",
    "Page",
    "SearchLog",
    "SearchRange",
    "Sketch",
    "Text",
]
