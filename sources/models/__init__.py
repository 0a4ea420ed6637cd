from sources.models.collection import Collection, CollectionLine
from sources.models.document import Document
from sources.models.text import Page, Text

__all__ = ["Collection", "CollectionLine", "Document", "Page", "Text"]
