"""The values of a codebook: types, fields, options, rules. Frozen, and plain to read.

How they come from YAML is `parsing`; what an event may hold under them is `values` and `checking`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from coding.schema.conditions import Condition

KINDS = (
    "single_choice", "multi_choice", "state", "state_list", "organisation", "non_state_actor",
    "treaty_ref", "date", "integer", "decimal", "money", "boolean", "text", "event_ref",
    "event_refs", "state_integer_table", "spans",
)  # fmt: skip
CHOICE_KINDS = ("single_choice", "multi_choice")
NUMBER_KINDS = ("integer", "decimal", "money")
LIST_KINDS = ("multi_choice", "state_list", "event_refs")

# What each kind can be measured as; the first is taken when a codebook names none.
LEVELS: dict[str, tuple[str, ...]] = {
    "single_choice": ("nominal", "ordinal", "interval", "none"),
    "multi_choice": ("nominal_set", "none"),
    "state": ("nominal", "none"),
    "state_list": ("nominal_set", "none"),
    "organisation": ("nominal", "none"),
    "non_state_actor": ("nominal", "none"),
    "treaty_ref": ("nominal", "none"),
    "date": ("interval", "none"),
    "integer": ("ratio", "interval", "ordinal", "none"),
    "decimal": ("ratio", "interval", "ordinal", "none"),
    "money": ("ratio", "none"),
    "boolean": ("nominal", "none"),
    "text": ("none", "nominal"),
    "event_ref": ("none",),
    "event_refs": ("none",),
    "state_integer_table": ("ratio", "none"),
    "spans": ("none",),
}

# How conflicts over a field may be settled without a person, and the kinds each way suits.
# `first_coder`: wording that is not compared, the first coder's stands. `coder_only`: the coder's
# own remark, which is never decided at all.
DECISION_RULES: dict[str, tuple[str, ...]] = {
    "majority": tuple(kind for kind in KINDS if kind != "spans"),
    "most_precise": ("date",),
    "union": ("multi_choice", "state_list", "event_refs"),
    "first_coder": tuple(kind for kind in KINDS if kind != "spans"),
    "coder_only": KINDS,
}

MISSING_CODES = ("-9", "-8", "-7")

TYPE_CODE_PATTERN = r"[A-Z][A-Z0-9_]{0,15}"
NAME_PATTERN = r"[a-z][a-z0-9_]{0,31}"


class UnknownType(LookupError):
    """The codebook has no event type with this code."""


class UnknownField(LookupError):
    """The event type has no field with this name."""


class Wording(str):
    """A text in the codebook's language, with its translations. It is a plain `str` everywhere else."""

    translations: Mapping[str, str]

    def __new__(cls, text: str = "", translations: Mapping[str, str] | None = None) -> "Wording":
        made = super().__new__(cls, text)
        made.translations = dict(translations or {})
        return made

    def to(self, language: str) -> str:
        """The text in `language`, or in the language without its region, or in the codebook's own."""
        return (
            self.translations.get(language)
            or self.translations.get(language.split("-")[0])
            or str(self)
        )


@dataclass(frozen=True)
class Option:
    """One code a choice can take. `alone`: it cannot stand beside other codes (none, unknown)."""

    code: int | str
    label: Wording
    definition: Wording = Wording()
    alone: bool = False

    @property
    def is_missing(self) -> bool:
        return self.code in MISSING_CODES


@dataclass(frozen=True)
class Field:
    """One attribute of an event.

    `missing` lists the missing codes a coder may give. `required_if` and `visible_if` hold only when
    certainly true. `rule` names how a machine may decide a conflict, None that it may not.
    `from_any_field` (spans only): a passage given for any other field proves this one too.
    """

    name: str
    label: Wording
    kind: str
    level: str
    required: bool = False
    required_if: Condition | None = None
    visible_if: Condition | None = None
    skip_for: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    help: Wording = Wording()
    unit: str = ""
    rule: str | None = None
    minimum: int | float | None = None
    maximum: int | float | None = None
    missing: tuple[str, ...] = MISSING_CODES
    from_any_field: bool = False
    line: int | None = field(default=None, compare=False)

    @property
    def codes(self) -> tuple[int | str, ...]:
        """Codes that carry a meaning of their own, in codebook order, without the missing ones."""
        return tuple(option.code for option in self.options if not option.is_missing)

    @property
    def ranks(self) -> dict[int | str, int]:
        """Code -> place on the ordinal scale: by number when all codes are numbers, else as listed."""
        codes = self.codes
        numbers = [code for code in codes if isinstance(code, int)]
        ordered: list[int | str] = sorted(numbers) if len(numbers) == len(codes) else list(codes)
        return {code: place for place, code in enumerate(ordered)}

    def option(self, code: int | str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True)
class Rule:
    """A cross-field rule. It is broken only when its condition is certainly false."""

    condition: Condition
    message: Wording
    fields: tuple[str, ...]
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Boundary:
    versus: str
    rule: Wording


@dataclass(frozen=True)
class Example:
    """A case and how it is coded; `code_as` is empty when it is not an event."""

    code_as: tuple[str, ...]
    text: Wording


@dataclass(frozen=True)
class EventType:
    code: str
    name: str
    label: Wording
    family: str
    definition: Wording
    fields: tuple[Field, ...] = ()
    include: tuple[Wording, ...] = ()
    exclude: tuple[Wording, ...] = ()
    boundary: tuple[Boundary, ...] = ()
    examples: tuple[Example, ...] = ()
    counting: Wording = Wording()
    rules: tuple[Rule, ...] = ()
    atop_counterpart: tuple[str, ...] = ()
    origin: str = ""
    optional: bool = False
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Weights:
    """Share of each term in the distance of two events; only their proportions matter."""

    type: float = 0.30
    actors: float = 0.25
    date: float = 0.20
    evidence: float = 0.25


@dataclass(frozen=True)
class AlignmentRule:
    """When events of different coders may be one: weights, saturation of date gaps in days, threshold."""

    weights: Weights = Weights()
    tau: float = 365
    theta: float = 0.55


@dataclass(frozen=True)
class AssessmentRecords:
    """The second kind of record, judged year by year; its fields never belong to an event."""

    unit: Wording = Wording()
    why: Wording = Wording()
    types: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Codebook:
    id: str
    title: Wording
    version: str
    language: str
    missing: tuple[Option, ...]
    common: tuple[Field, ...]
    types: tuple[EventType, ...]
    alignment: AlignmentRule = AlignmentRule()
    near_miss_reasons: tuple[Option, ...] = ()
    cannot_code_reasons: tuple[Option, ...] = ()
    rules: tuple[Rule, ...] = ()
    assessment: AssessmentRecords = AssessmentRecords()
    unit_of_observation: Wording = Wording()
    derived_units: tuple[Wording, ...] = ()
    temporal_scope: tuple[str, str] | None = None
    conventions: Mapping[str, Any] = field(default_factory=dict)
    reliability_plan: Mapping[str, Any] = field(default_factory=dict)
    exports: Mapping[str, Any] = field(default_factory=dict)

    def type(self, code: str) -> EventType:
        """Raises UnknownType."""
        for event_type in self.types:
            if event_type.code == code:
                return event_type
        raise UnknownType(
            f'the codebook has no event type "{code}"; its types are {", ".join(t.code for t in self.types)}'
        )

    def fields_of(self, type_code: str) -> tuple[Field, ...]:
        """The fields of an event of this type: the common ones it does not skip, then its own."""
        if type_code not in self._fields:
            self._fields[type_code] = (
                *(f for f in self.common if f.name != "event_type" and type_code not in f.skip_for),
                *self.type(type_code).fields,
            )
        return self._fields[type_code]

    @cached_property
    def _fields(self) -> dict[str, tuple[Field, ...]]:
        """The fields of each type that was asked for: they are asked for by every event."""
        return {}

    def field(self, type_code: str, name: str) -> Field:
        """Raises UnknownType, UnknownField."""
        found = self.find_field(type_code, name)
        if found is not None:
            return found
        raise UnknownField(f'events of type {type_code} have no field "{name}"')

    def has_type(self, code: str) -> bool:
        return any(event_type.code == code for event_type in self.types)

    def find_field(self, type_code: str, name: str) -> Field | None:
        """The field, or None where the type has none of this name. Raises UnknownType."""
        return next((field for field in self.fields_of(type_code) if field.name == name), None)

    def rules_of(self, type_code: str) -> tuple[Rule, ...]:
        return (*self.rules, *self.type(type_code).rules)

    def every_field(self) -> Iterator[tuple[str | None, Field]]:
        """(type code or None for common, field) for all fields of events, in codebook order."""
        for common in self.common:
            yield None, common
        for event_type in self.types:
            for own in event_type.fields:
                yield event_type.code, own
