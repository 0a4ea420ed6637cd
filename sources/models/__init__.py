from sources.models.document import Document
from sources.models.text import Page, Text

__all__ = ["Document", "Page", "Text"]
