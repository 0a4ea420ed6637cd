from coding.models.codebook import Codebook
from coding.models.event import Event, Evidence, Passage
from coding.models.operation import Operation
from coding.models.round import Assignment, Round
from coding.models.settlement import Settlement

__all__ = [
    "Assignment",
    "Codebook",
    "Event",
    "Evidence",
    "Operation",
    "Passage",
    "Round",
    "Settlement",
]
