"""What changed between two versions of a codebook, and whether it changes what a coding means.

The written rule. Meaning: whatever a program reads (types, fields, kinds, levels, codes, conditions,
limits, rules, alignment) and the texts a coder decides by (definitions, include, exclude, boundary,
counting, labels of options) when their words differ. Wording: labels, help, examples and titles,
translations, order, and any text whose words stay the same but for case, spaces and punctuation.
Whoever changed a rule inside a help text has to say so; no program can tell.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from coding.schema.codebook import Codebook, EventType, Field, Option, Rule, Wording

ALIKE = 0.5  # share of words from which a sentence counts as the same one put differently

Weight = Literal["meaning", "wording"]


@dataclass(frozen=True)
class Change:
    """One difference. `types` are the event types concerned, `field` the field if it is one field's,
    `code` the option's code if it is one option's. `before` and `after` are texts for people."""

    path: str
    weight: Weight
    action: Literal["added", "removed", "changed"]
    before: str = ""
    after: str = ""
    types: tuple[str, ...] = ()
    field: str = ""
    code: int | str | None = None

    def touches(self, type_code: str, values: Mapping[str, Any]) -> bool:
        """Must a coding with this type and these values be looked at again because of this change?

        An option that changed or went concerns the events that hold its code, a missing code those that
        hold it in any field; a new option may have fitted any event with that field; a field that went
        concerns the events that hold it.
        """
        if self.weight == "wording" or type_code not in self.types:
            return False
        if self.code is not None and not self.field:
            return self.action != "added" and self.code in [*map(_plain, values.values())]
        if self.code is not None and self.action != "added":
            held = values.get(self.field)
            return self.code in held if isinstance(held, list) else held == self.code
        return self.field in values if self.field and self.action == "removed" else True


@dataclass(frozen=True)
class Differences:
    meaning: tuple[Change, ...]
    wording: tuple[Change, ...]

    def touching(self, type_code: str, values: Mapping[str, Any]) -> tuple[Change, ...]:
        """The changes of meaning because of which this coding must be looked at again."""
        return tuple(change for change in self.meaning if change.touches(type_code, values))


def differences(old: Codebook, new: Codebook) -> Differences:
    found = [*_head(old, new), *_common(old, new), *_types(old, new)]
    return Differences(
        meaning=tuple(change for change in found if change.weight == "meaning"),
        wording=tuple(change for change in found if change.weight == "wording"),
    )


def _head(old: Codebook, new: Codebook) -> Iterator[Change]:
    every = tuple(sorted({t.code for t in old.types} & {t.code for t in new.types}))
    yield from _text("codebook.title", old.title, new.title, "wording")
    yield from _text(
        "codebook.unit_of_observation",
        old.unit_of_observation,
        new.unit_of_observation,
        "meaning",
        every,
    )
    yield from _fact("codebook.temporal_scope", old.temporal_scope, new.temporal_scope, every)
    yield from _fact("codebook.language", old.language, new.language)
    yield from _fact("alignment", old.alignment, new.alignment)
    yield from _options("conventions.missing_values", old.missing, new.missing, every, "")
    yield from _options("near_misses", old.near_miss_reasons, new.near_miss_reasons, (), "")
    yield from _options("cannot_code", old.cannot_code_reasons, new.cannot_code_reasons, (), "")
    yield from _rules("rules", old.rules, new.rules, every)
    yield from _fields(
        "assessment_records", old.assessment.fields, new.assessment.fields, lambda _: ()
    )


def _common(old: Codebook, new: Codebook) -> Iterator[Change]:
    codes = {t.code for t in old.types} & {t.code for t in new.types}

    def concerned(field: Field) -> tuple[str, ...]:
        return tuple(sorted(codes - set(field.skip_for)))

    before = [f for f in old.common if f.name != "event_type"]
    after = [f for f in new.common if f.name != "event_type"]
    yield from _fields("common_attributes", before, after, concerned)


def _types(old: Codebook, new: Codebook) -> Iterator[Change]:
    before, after = {t.code: t for t in old.types}, {t.code: t for t in new.types}
    for code in [code for code in before if code not in after]:
        yield Change(f"event_types[{code}]", "meaning", "removed", before[code].label, "", (code,))
    for code in [code for code in after if code not in before]:
        yield Change(f"event_types[{code}]", "meaning", "added", "", after[code].label, ())
    for code, event_type in before.items():
        if code in after:
            yield from _type(event_type, after[code])
    if list(before) != list(after) and set(before) == set(after):
        yield Change("event_types", "wording", "changed", ", ".join(before), ", ".join(after))


def _type(old: EventType, new: EventType) -> Iterator[Change]:
    path, types = f"event_types[{old.code}]", (old.code,)
    yield from _text(f"{path}.label", old.label, new.label, "wording", types)
    yield from _text(f"{path}.definition", old.definition, new.definition, "meaning", types)
    yield from _text(f"{path}.counting", old.counting, new.counting, "meaning", types)
    yield from _texts(f"{path}.include", old.include, new.include, "meaning", types)
    yield from _texts(f"{path}.exclude", old.exclude, new.exclude, "meaning", types)
    yield from _texts(f"{path}.boundary", _boundaries(old), _boundaries(new), "meaning", types)
    yield from _texts(f"{path}.examples", _examples(old), _examples(new), "wording", types)
    yield from _fact(f"{path}.family", old.family, new.family, types)
    yield from _fact(f"{path}.optional", old.optional, new.optional, types)
    yield from _fact(f"{path}.atop_counterpart", old.atop_counterpart, new.atop_counterpart, types)
    yield from _rules(f"{path}.rules", old.rules, new.rules, types)
    yield from _fields(f"{path}.attributes", old.fields, new.fields, lambda _: types)


def _fields(
    path: str,
    old: Iterable[Field],
    new: Iterable[Field],
    concerned: Callable[[Field], tuple[str, ...]],
) -> Iterator[Change]:
    before, after = {f.name: f for f in old}, {f.name: f for f in new}
    for name, field in before.items():
        if name not in after:
            yield Change(
                f"{path}[{name}]", "meaning", "removed", field.label, "", concerned(field), name
            )
    for name, field in after.items():
        if name not in before:
            yield Change(
                f"{path}[{name}]", "meaning", "added", "", field.label, concerned(field), name
            )
        else:
            both = tuple(dict.fromkeys((*concerned(before[name]), *concerned(field))))
            yield from _field(f"{path}[{name}]", before[name], field, both)
    if list(before) != list(after) and set(before) == set(after):
        yield Change(path, "wording", "changed", ", ".join(before), ", ".join(after))


# What a program reads of a field. `rule` settles conflicts and leaves codings alone, yet changes decided values.
_FACTS = (
    "kind", "level", "required", "required_if", "visible_if", "skip_for", "unit", "rule", "minimum", "maximum",
    "missing", "from_any_field",
)  # fmt: skip


def _field(path: str, old: Field, new: Field, types: tuple[str, ...]) -> Iterator[Change]:
    found = [
        change
        for name in _FACTS
        for change in _fact(f"{path}.{name}", getattr(old, name), getattr(new, name), types)
    ]
    found += _text(f"{path}.label", old.label, new.label, "wording", types)
    found += _text(f"{path}.help", old.help, new.help, "wording", types)
    if (
        old.level == new.level == "ordinal"
        and old.ranks != new.ranks
        and set(old.codes) == set(new.codes)
    ):
        found += _fact(f"{path}.options.order", old.codes, new.codes, types)
    yield from (replace(change, field=old.name) for change in found)
    yield from _options(f"{path}.options", old.options, new.options, types, old.name)


def _options(
    path: str, old: tuple[Option, ...], new: tuple[Option, ...], types: tuple[str, ...], field: str
) -> Iterator[Change]:
    before, after = {o.code: o for o in old}, {o.code: o for o in new}
    for code, option in before.items():
        if code not in after:
            yield Change(
                f"{path}[{code}]", "meaning", "removed", option.label, "", types, field, code
            )
    for code, option in after.items():
        at = f"{path}[{code}]"
        if code not in before:
            yield Change(at, "meaning", "added", "", option.label, types, field, code)
            continue
        found = [
            *_text(f"{at}.label", before[code].label, option.label, "meaning", types),
            *_text(
                f"{at}.definition", before[code].definition, option.definition, "meaning", types
            ),
            *_fact(f"{at}.alone", before[code].alone, option.alone, types),
        ]
        yield from (replace(change, field=field, code=code) for change in found)
    if list(before) != list(after) and set(before) == set(after):
        yield Change(path, "wording", "changed", _listed(before), _listed(after), types, field)


def _rules(
    path: str, old: tuple[Rule, ...], new: tuple[Rule, ...], types: tuple[str, ...]
) -> Iterator[Change]:
    before = {str(rule.condition): rule for rule in old}
    after = {str(rule.condition): rule for rule in new}
    for key, rule in before.items():
        if key not in after:
            yield Change(path, "meaning", "removed", rule.message, "", types)
    for key, rule in after.items():
        if key not in before:
            yield Change(path, "meaning", "added", "", rule.message, types)
        else:
            yield from _text(f"{path}.message", before[key].message, rule.message, "wording", types)


def _text(
    path: str, old: Wording, new: Wording, weight: Weight, types: tuple[str, ...] = ()
) -> Iterator[Change]:
    if str(old) != str(new):
        yield Change(
            path,
            "wording" if _words(old) == _words(new) else weight,
            "changed",
            str(old),
            str(new),
            types,
        )
    for language in sorted({*old.translations, *new.translations}):
        if all(each.translations.get(language, str(each)) == str(each) for each in (old, new)):
            continue  # the codebook's own language
        before, after = old.translations.get(language, ""), new.translations.get(language, "")
        if before != after:
            yield Change(f"{path}.{language}", "wording", "changed", before, after, types)


def _texts(
    path: str,
    old: tuple[Wording, ...],
    new: tuple[Wording, ...],
    weight: Weight,
    types: tuple[str, ...],
) -> Iterator[Change]:
    """Sentences of a list, compared as a set: their order says nothing."""
    before, after = {_words(text): text for text in old}, {_words(text): text for text in new}
    came = [text for key, text in after.items() if key not in before]
    for key, text in before.items():
        if key in after:
            yield from _text(path, text, after[key], "wording", types)
            continue
        put_differently = _nearest(text, came)
        if put_differently is None:
            yield Change(path, weight, "removed", str(text), "", types)
        else:
            came.remove(put_differently)
            yield from _text(path, text, put_differently, weight, types)
    for text in came:
        yield Change(path, weight, "added", "", str(text), types)


def _nearest(text: Wording, others: Sequence[Wording]) -> Wording | None:
    """The sentence that this one became: most of its words stand there too, in their order."""
    words = text.split()
    alike = [
        (difflib.SequenceMatcher(None, words, other.split(), autojunk=False).ratio(), other)
        for other in others
    ]
    best = max(alike, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= ALIKE else None


def _fact(path: str, old: Any, new: Any, types: tuple[str, ...] = ()) -> Iterator[Change]:
    if old != new:
        yield Change(path, "meaning", "changed", _said(old), _said(new), types)


def _plain(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _said(fact: Any) -> str:
    if fact is None:
        return ""
    return ", ".join(map(str, fact)) if isinstance(fact, tuple) else str(fact)


def _listed(options: Mapping[int | str, Option]) -> str:
    return ", ".join(str(code) for code in options)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _boundaries(event_type: EventType) -> tuple[Wording, ...]:
    return tuple(
        Wording(f"{each.versus}: {each.rule}", each.rule.translations)
        for each in event_type.boundary
    )


def _examples(event_type: EventType) -> tuple[Wording, ...]:
    return tuple(
        Wording(f"{' and '.join(each.code_as) or 'none'}: {each.text}", each.text.translations)
        for each in event_type.examples
    )
