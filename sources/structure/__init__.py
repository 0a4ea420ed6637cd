"""What a treaty consists of, who its parties are and when it was signed: all proposed, never trusted.

Knows canonical texts and the state system only; a person confirms or corrects what is found here.
"""

from .finding import sections
from .sentences import runs, sentences
from .signing import PLACES, Signing, signing
from .values import KINDS, Section, SectionKind, SectionsInvalid, depths, nested

# Rises whenever the same text may give other sections.
VERSION = "2"

__all__ = [
    "KINDS",
    "PLACES",
    "VERSION",
    "Section",
    "Signing",
    "SectionKind",
    "SectionsInvalid",
    "depths",
    "nested",
    "runs",
    "sections",
    "sentences",
    "signing",
]
