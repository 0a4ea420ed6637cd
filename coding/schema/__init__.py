"""Codebooks: parsed from YAML, shown to the browser, compared; and the values of events under them.

Pure: no Django, no files, no list of states. Rooms from the ground: `conditions` (truth), `grammar`
(their text), `codebook` (its parts), `source` (YAML with lines), `reader`, `fields`, `triples`,
`sections`, `parsing`; `values` with `choices`, `numbers`, `actors`, `texts` (one value), `checking`
(one event), `differences` (two codebooks) and `revisiting` (what they ask of an event), `portable` (the browser's JSON), `languages`.
"""

from coding.schema.checking import (
    EventProblem,
    check_event,
    hidden_fields,
    required_fields,
    shown_fields,
    shown_values,
    unproved,
)
from coding.schema.codebook import (
    MISSING_CODES,
    AlignmentRule,
    AssessmentRecords,
    Boundary,
    Codebook,
    EventType,
    Example,
    Field,
    Option,
    Rule,
    UnknownField,
    UnknownType,
    Weights,
    Wording,
)
from coding.schema.conditions import Condition, is_missing
from coding.schema.differences import Change, Differences, Weight, differences
from coding.schema.languages import accepted, chosen, languages, translated
from coding.schema.parsing import parse, parse_cached, problems_of, tree
from coding.schema.portable import lines, to_json
from coding.schema.revisiting import Reason, Revision
from coding.schema.source import LARGEST, CodebookInvalid, Problem
from coding.schema.values import State, States, ValueInvalid, is_blank, read_value

__all__ = [
    "LARGEST", "MISSING_CODES", "AlignmentRule", "AssessmentRecords", "Boundary", "Change", "Codebook",
    "CodebookInvalid", "Condition", "Differences", "EventProblem", "EventType", "Example", "Field",
    "Option", "Problem", "Reason", "Revision", "Rule", "State", "States", "UnknownField", "UnknownType", "ValueInvalid",
    "Weight", "Weights", "Wording", "accepted", "check_event", "chosen", "differences", "hidden_fields",
    "is_blank", "is_missing", "languages", "lines", "parse", "parse_cached", "problems_of", "read_value", "required_fields", "shown_fields",
    "shown_values", "to_json", "translated", "tree",
    "unproved",
]  # fmt: skip
