from coding.models.codebook import Codebook
from coding.models.draft_note import DraftNote
from coding.models.event import Event, Evidence, Passage
from coding.models.event_template import EventTemplate
from coding.models.exchange import Exchange, Origin
from coding.models.keys import KeyChoice
from coding.models.manuscript import Manuscript
from coding.models.operation import Operation
from coding.models.question import CodebookNote, Question
from coding.models.round import Assignment, Round
from coding.models.second_look import SecondLook
from coding.models.settlement import Settlement
from coding.models.stint import Stint

__all__ = [
    "Assignment",
    "Codebook",
    "CodebookNote",
    "DraftNote",
    "Event",
    "EventTemplate",
    "Evidence",
    "Exchange",
    "KeyChoice",
    "Manuscript",
    "Operation",
    "Origin",
    "Passage",
    "Question",
    "Round",
    "SecondLook",
    "Settlement",
    "Stint",
]
