from sources.models.document import Document
from sources.models.outline import Outline, Section
from sources.models.text import Page, Text

__all__ = ["Document", "Outline", "Page", "Section", "Text"]
