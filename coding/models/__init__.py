from coding.models.codebook import Codebook
from coding.models.event import Event, Evidence, Passage
from coding.models.manuscript import Manuscript
from coding.models.operation import Operation
from coding.models.round import Assignment, Round
from coding.models.second_look import SecondLook
from coding.models.settlement import Settlement

__all__ = [
    "Assignment",
    "Codebook",
    "Event",
    "Evidence",
    "Manuscript",
    "Operation",
    "Passage",
    "Round",
    "SecondLook",
    "Settlement",
]
