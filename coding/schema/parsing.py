"""A codebook's YAML into its values. Finds every problem, not only the first, each with line and path.

The form is published as coding/standard/codebook.schema.json; what JSON Schema cannot say (conditions,
references between parts) is checked here too. One field is read in `fields`.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from coding.schema import codebook as cb
from coding.schema import grammar, source
from coding.schema.fields import FieldDraft, read_field, read_options
from coding.schema.reader import Reader
from coding.schema.source import CodebookInvalid, Node, Problem

_TOP = (
    "codebook", "languages", "conventions", "lists", "common_attributes", "rules", "event_types", "near_misses",
    "cannot_code", "alignment", "assessment_records", "reliability_plan", "exports",
)  # fmt: skip
_HEAD = (
    "id",
    "title",
    "version",
    "language",
    "temporal_scope",
    "unit_of_observation",
    "derived_units",
    "schema",
)
_TYPE = (
    "code", "name", "label", "family", "origin", "optional", "definition", "include", "exclude", "boundary",
    "counting", "examples", "atop_counterpart", "attributes", "rules",
)  # fmt: skip

_USUAL_MISSING = (
    cb.Option(
        "-9", cb.Wording("unknown"), cb.Wording("The attribute applies but the sources do not say.")
    ),
    cb.Option(
        "-8", cb.Wording("not applicable"), cb.Wording("The attribute cannot apply to this event.")
    ),
    cb.Option("-7", cb.Wording("sources conflict"), cb.Wording("Sources contradict one another.")),
)


def parse(text: str) -> cb.Codebook:
    """The codebook written in `text` (YAML). Raises CodebookInvalid with every problem found."""
    root, problems = source.read(text)
    found = list(problems)
    made: cb.Codebook | None = None
    if root is not None and not any(p.message.startswith("the text is not YAML") for p in found):
        reader = Reader(found)
        made = _codebook(root, reader)
    elif not found:
        found.append(Problem(None, "", "the text is empty; a codebook begins with `codebook:`"))
    if found or made is None:
        raise CodebookInvalid(tuple(sorted(found, key=lambda p: p.line or 0)))
    return made


@lru_cache(maxsize=32)
def parse_cached(text: str) -> cb.Codebook:
    """`parse`, remembered: a published codebook is read again and again and never changes."""
    return parse(text)


def _codebook(root: Node, reader: Reader) -> cb.Codebook | None:
    top = reader.mapping(root, "", _TOP, required=("codebook", "event_types"))
    if top is None:
        return None
    head = reader.mapping(
        top.get("codebook"), "codebook", _HEAD, required=("id", "title", "version")
    )
    head = head or {}
    reader.language = reader.text(
        head.get("language"),
        "codebook.language",
        pattern=r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*",
        otherwise="en",
    )
    lists = _lists(top, reader)
    types_nodes = _type_nodes(top.get("event_types"), reader)
    codes = tuple(code for code, _, _ in types_nodes)
    if codes:
        lists["event_types"] = tuple(
            cb.Option(
                code,
                reader.wording(node.get("label"), f"{path}.label", quiet=True) or cb.Wording(code),
            )
            for code, node, path in types_nodes
        )
    common = _fields(top.get("common_attributes"), "common_attributes", lists, reader)
    _check_skips(common, codes, reader)
    common_by_name = _finished(
        [draft for draft in common if draft.field.name != "event_type"], {}, reader
    )
    rules = _rules(top.get("rules"), "rules", common_by_name, reader)
    types = tuple(
        _event_type(code, node, path, common_by_name, lists, reader)
        for code, node, path in types_nodes
    )
    event_type = [draft.field for draft in common if draft.field.name == "event_type"]
    return cb.Codebook(
        id=reader.text(head.get("id"), "codebook.id", pattern=r"[a-z0-9][a-z0-9-]{0,63}"),
        title=reader.wording(head.get("title"), "codebook.title"),
        version=reader.text(head.get("version"), "codebook.version", pattern=r"\d+\.\d+\.\d+"),
        language=reader.language,
        missing=_missing(top, reader),
        common=(*event_type, *common_by_name.values()),
        types=types,
        alignment=_alignment(top.get("alignment"), reader),
        near_miss_reasons=_reasons(top.get("near_misses"), "near_misses", reader),
        cannot_code_reasons=_reasons(top.get("cannot_code"), "cannot_code", reader),
        rules=rules,
        assessment=_assessment(top.get("assessment_records"), codes, lists, reader),
        unit_of_observation=reader.wording(
            head.get("unit_of_observation"), "codebook.unit_of_observation"
        ),
        derived_units=reader.wordings(head.get("derived_units"), "codebook.derived_units"),
        temporal_scope=_scope(head.get("temporal_scope"), reader),
        conventions=reader.section(top.get("conventions"), "conventions"),
        reliability_plan=reader.section(top.get("reliability_plan"), "reliability_plan"),
        exports=reader.section(top.get("exports"), "exports"),
    )


def _lists(top: dict[str, Node], reader: Reader) -> dict[str, tuple[cb.Option, ...]]:
    """Named option lists: those under `lists`, and conventions that have options (as conventions.NAME)."""
    found: dict[str, tuple[cb.Option, ...]] = {}
    lists = reader.mapping(top.get("lists"), "lists")
    for name, node in (lists or {}).items():
        found[name] = read_options(node, f"lists.{name}", reader)
    conventions = top.get("conventions")
    if conventions is not None and isinstance(conventions.value, dict):
        for name, node in conventions.value.items():
            if (
                isinstance(node.value, dict)
                and "options" in node.value
                and name != "missing_values"
            ):
                found[f"conventions.{name}"] = read_options(
                    node.value["options"], f"conventions.{name}.options", reader
                )
    return found


def _missing(top: dict[str, Node], reader: Reader) -> tuple[cb.Option, ...]:
    path = "conventions.missing_values"
    conventions = top.get("conventions")
    if conventions is None or not isinstance(conventions.value, dict):
        return _USUAL_MISSING
    missing = reader.mapping(conventions.value.get("missing_values"), path, ("options", "rule"))
    if missing is None or "options" not in missing:
        return _USUAL_MISSING
    options = read_options(missing["options"], f"{path}.options", reader)
    for option in options:
        if not option.is_missing:
            reader.add(
                missing["options"],
                f"{path}.options",
                f'"{option.code}" is no missing code; they are -9, -8 and -7',
            )
    given = {option.code for option in options}
    return (*options, *(usual for usual in _USUAL_MISSING if usual.code not in given))


def _type_nodes(node: Node | None, reader: Reader) -> list[tuple[str, dict[str, Node], str]]:
    """(code, mapping, path) of each event type whose code can be read."""
    found: list[tuple[str, dict[str, Node], str]] = []
    for place, each in enumerate(reader.items(node, "event_types")):
        path = reader.named("event_types", each, "code", place)
        mapping = reader.mapping(each, path, _TYPE, required=("code", "label", "definition"))
        if mapping is None or "code" not in mapping:
            continue
        code = reader.text(mapping["code"], f"{path}.code", pattern=cb.type_code_pattern)
        if any(code == other for other, _, _ in found):
            reader.add(mapping["code"], path, f'the event type "{code}" is there twice')
        elif code:
            found.append((code, mapping, path))
    if node is not None and isinstance(node.value, list) and not node.value:
        reader.add(node, "event_types", "a codebook needs at least one event type")
    return found


def _fields(
    node: Node | None, path: str, lists: dict[str, tuple[cb.Option, ...]], reader: Reader
) -> list[FieldDraft]:
    found: dict[str, FieldDraft] = {}
    for place, each in enumerate(reader.items(node, path)):
        draft = read_field(each, reader.named(path, each, "name", place), lists, reader)
        if draft is None:
            continue
        if draft.field.name in found:
            reader.add(
                each,
                draft.path,
                f'the field "{draft.field.name}" is there twice (first on line {found[draft.field.name].field.line})',
            )
        else:
            found[draft.field.name] = draft
    return list(found.values())


def _check_skips(common: Iterable[FieldDraft], codes: tuple[str, ...], reader: Reader) -> None:
    for draft in common:
        for code in draft.field.skip_for:
            if code not in codes:
                reader.add(
                    draft.node,
                    f"{draft.path}.skip_for",
                    f'there is no event type "{code}"{grammar.nearest(code, codes)}',
                )


def _finished(
    drafts: list[FieldDraft], others: dict[str, cb.Field], reader: Reader
) -> dict[str, cb.Field]:
    """The fields with their conditions read, once all names they may speak of are known."""
    known = {**others, **{draft.field.name: draft.field for draft in drafts}}
    finished = {draft.field.name: draft.finished(known, reader) for draft in drafts}
    _refuse_circles(finished, {draft.field.name: draft for draft in drafts}, reader)
    return finished


def _refuse_circles(
    fields: dict[str, cb.Field], drafts: dict[str, FieldDraft], reader: Reader
) -> None:
    """A field must not decide, by any way round, whether it is shown itself."""
    for name, field in fields.items():
        seen: set[str] = set()
        ahead = list(field.visible_if.names()) if field.visible_if else []
        while ahead:
            at = ahead.pop()
            if at == name:
                reader.add(
                    drafts[name].node,
                    f"{drafts[name].path}.visible_if",
                    f'whether "{name}" is shown depends on itself',
                )
                break
            if at not in seen:
                seen.add(at)
                condition = fields[at].visible_if if at in fields else None
                ahead.extend(condition.names() if condition else ())


def _event_type(
    code: str,
    mapping: dict[str, Node],
    path: str,
    common: dict[str, cb.Field],
    lists: dict[str, tuple[cb.Option, ...]],
    reader: Reader,
) -> cb.EventType:
    shared = {name: field for name, field in common.items() if code not in field.skip_for}
    drafts = _fields(mapping.get("attributes"), f"{path}.attributes", lists, reader)
    for draft in drafts:
        if draft.field.name in common or draft.field.name == "event_type":
            reader.add(
                draft.node, draft.path, f'"{draft.field.name}" is a common attribute already'
            )
        if draft.field.skip_for:
            reader.add(
                draft.node,
                f"{draft.path}.skip_for",
                "only common attributes can be skipped for a type",
            )
    own = _finished(drafts, shared, reader)
    label = reader.wording(mapping.get("label"), f"{path}.label")
    name = reader.text(mapping.get("name"), f"{path}.name", pattern=cb.name_pattern)
    return cb.EventType(
        code=code,
        name=name or re.sub(r"\W+", "_", str(label).lower()).strip("_")[:32],
        label=label,
        family=reader.text(mapping.get("family"), f"{path}.family"),
        definition=reader.wording(mapping.get("definition"), f"{path}.definition"),
        fields=tuple(own.values()),
        include=reader.wordings(mapping.get("include"), f"{path}.include"),
        exclude=reader.wordings(mapping.get("exclude"), f"{path}.exclude"),
        boundary=_boundary(mapping.get("boundary"), f"{path}.boundary", reader),
        examples=_examples(mapping.get("examples"), f"{path}.examples", reader),
        counting=reader.wording(mapping.get("counting"), f"{path}.counting"),
        rules=_rules(mapping.get("rules"), f"{path}.rules", {**shared, **own}, reader),
        atop_counterpart=reader.texts(mapping.get("atop_counterpart"), f"{path}.atop_counterpart"),
        origin=reader.text(mapping.get("origin"), f"{path}.origin"),
        optional=reader.truth(mapping.get("optional"), f"{path}.optional"),
        line=mapping["code"].line,
    )


def _boundary(node: Node | None, path: str, reader: Reader) -> tuple[cb.Boundary, ...]:
    found = []
    for place, each in enumerate(reader.items(node, path)):
        at = f"{path}[{place}]"
        mapping = reader.mapping(each, at, ("versus", "rule"), required=("versus", "rule")) or {}
        found.append(
            cb.Boundary(
                reader.text(mapping.get("versus"), f"{at}.versus"),
                reader.wording(mapping.get("rule"), f"{at}.rule"),
            )
        )
    return tuple(found)


def _examples(node: Node | None, path: str, reader: Reader) -> tuple[cb.Example, ...]:
    """`code_as` is a type code, several joined by "and" or as a list, or `none`."""
    found = []
    for place, each in enumerate(reader.items(node, path)):
        at = f"{path}[{place}]"
        mapping = reader.mapping(each, at, ("code_as", "text"), required=("code_as", "text")) or {}
        named = mapping.get("code_as")
        if named is not None and isinstance(named.value, list):
            codes = reader.texts(named, f"{at}.code_as")
        else:
            codes = tuple(re.split(r"\s+and\s+", reader.text(named, f"{at}.code_as")))
        found.append(
            cb.Example(
                tuple(c for c in codes if c not in ("none", "")),
                reader.wording(mapping.get("text"), f"{at}.text"),
            )
        )
    return tuple(found)


def _rules(
    node: Node | None, path: str, fields: dict[str, cb.Field], reader: Reader
) -> tuple[cb.Rule, ...]:
    found = []
    for place, each in enumerate(reader.items(node, path)):
        at = f"{path}[{place}]"
        mapping = (
            reader.mapping(each, at, ("condition", "message"), required=("condition", "message"))
            or {}
        )
        condition = reader.condition(mapping.get("condition"), f"{at}.condition", fields)
        message = reader.wording(mapping.get("message"), f"{at}.message")
        if condition is not None:
            found.append(cb.Rule(condition, message, condition.names(), each.line))
    return tuple(found)


def _reasons(node: Node | None, path: str, reader: Reader) -> tuple[cb.Option, ...]:
    mapping = reader.mapping(node, path, ("rule", "reasons"), required=("reasons",))
    if not mapping or "reasons" not in mapping:
        return ()
    return read_options(mapping["reasons"], f"{path}.reasons", reader)


def _alignment(node: Node | None, reader: Reader) -> cb.AlignmentRule:
    usual = cb.AlignmentRule()
    mapping = reader.mapping(node, "alignment", ("weights", "tau", "theta", "note"))
    if mapping is None:
        return usual
    weights = (
        reader.mapping(
            mapping.get("weights"), "alignment.weights", ("type", "actors", "date", "evidence")
        )
        or {}
    )
    read = {
        name: reader.number(
            weights.get(name),
            f"alignment.weights.{name}",
            minimum=0,
            otherwise=getattr(usual.weights, name),
        )
        for name in ("type", "actors", "date", "evidence")
    }
    if sum(read.values()) == 0:
        reader.add(node, "alignment.weights", "at least one weight must be more than 0")
    tau = reader.number(mapping.get("tau"), "alignment.tau", minimum=1, otherwise=usual.tau)
    theta = reader.number(
        mapping.get("theta"), "alignment.theta", minimum=0, maximum=1, otherwise=usual.theta
    )
    return cb.AlignmentRule(cb.Weights(**read), tau, theta)


def _assessment(
    node: Node | None,
    codes: tuple[str, ...],
    lists: dict[str, tuple[cb.Option, ...]],
    reader: Reader,
) -> cb.AssessmentRecords:
    path = "assessment_records"
    mapping = reader.mapping(node, path, ("unit", "why", "types", "attributes"))
    if mapping is None:
        return cb.AssessmentRecords()
    types = reader.texts(mapping.get("types"), f"{path}.types")
    for code in types:
        if code not in codes:
            reader.add(
                mapping["types"],
                f"{path}.types",
                f'there is no event type "{code}"{grammar.nearest(code, codes)}',
            )
    fields = _finished(
        _fields(mapping.get("attributes"), f"{path}.attributes", lists, reader), {}, reader
    )
    return cb.AssessmentRecords(
        unit=reader.wording(mapping.get("unit"), f"{path}.unit"),
        why=reader.wording(mapping.get("why"), f"{path}.why"),
        types=types,
        fields=tuple(fields.values()),
    )


def _scope(node: Node | None, reader: Reader) -> tuple[str, str] | None:
    mapping = reader.mapping(
        node, "codebook.temporal_scope", ("from", "to"), required=("from", "to")
    )
    if not mapping:
        return None
    first, last = (
        reader.day(mapping.get(side), f"codebook.temporal_scope.{side}") for side in ("from", "to")
    )
    if first and last and first > last:
        reader.add(
            node, "codebook.temporal_scope", f"the period ends ({last}) before it begins ({first})"
        )
    return (first, last)


def problems_of(text: str) -> tuple[Problem, ...]:
    """Every problem of a codebook's text; empty when it is sound."""
    try:
        parse(text)
    except CodebookInvalid as refusal:
        return refusal.problems
    return ()


def tree(text: str) -> Any:
    """The text as plain values, read as `parse` reads it; for validating against the published schema."""
    root, problems = source.read(text)
    if problems or root is None:
        raise CodebookInvalid(problems)
    return root.plain()
