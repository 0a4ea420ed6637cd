"""A codebook's YAML into its values. Finds every problem, not only the first, each with line and path.

The form is published as coding/standard/codebook.schema.json; what JSON Schema cannot say (conditions,
references between parts) is checked here too. One field is read in `fields`.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from coding.schema import codebook as cb
from coding.schema import sections, source
from coding.schema.fields import FieldDraft, read_field
from coding.schema.reader import Reader
from coding.schema.source import CodebookInvalid, Node, Problem
from coding.schema.triples import folded

_TOP = (
    "codebook", "conventions", "lists", "common_attributes", "rules", "event_types", "near_misses",
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
)
_TYPE = (
    "code", "name", "label", "family", "origin", "optional", "definition", "include", "exclude", "boundary",
    "counting", "examples", "atop_counterpart", "attributes", "rules",
)  # fmt: skip


def parse(text: str) -> cb.Codebook:
    """The codebook written in `text` (YAML). Raises CodebookInvalid with every problem found."""
    root, problems = source.read(text)
    found = list(problems)
    made: cb.Codebook | None = None
    if root is not None:
        made = _codebook(root, Reader(found))
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
    lists = sections.lists(top, reader)
    types_nodes = _type_nodes(top.get("event_types"), reader)
    codes = tuple(code for code, _, _ in types_nodes)
    if codes:
        lists["event_types"] = tuple(
            cb.Option(
                code,
                reader.wording(node.get("label"), f"{path}.label", quiet=True) or cb.Wording(code),
                reader.wording(node.get("definition"), f"{path}.definition", quiet=True),
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
        missing=sections.missing(top, reader),
        common=(*event_type, *common_by_name.values()),
        types=types,
        alignment=sections.alignment(top.get("alignment"), reader),
        near_miss_reasons=sections.reasons(top.get("near_misses"), "near_misses", reader),
        cannot_code_reasons=sections.reasons(top.get("cannot_code"), "cannot_code", reader),
        rules=rules,
        assessment=_assessment(top.get("assessment_records"), codes, lists, reader),
        unit_of_observation=reader.wording(
            head.get("unit_of_observation"), "codebook.unit_of_observation"
        ),
        derived_units=reader.wordings(head.get("derived_units"), "codebook.derived_units"),
        temporal_scope=sections.scope(head.get("temporal_scope"), reader),
        conventions=reader.section(top.get("conventions"), "conventions"),
        reliability_plan=reader.section(top.get("reliability_plan"), "reliability_plan"),
        exports=reader.section(top.get("exports"), "exports"),
    )


def _type_nodes(node: Node | None, reader: Reader) -> list[tuple[str, dict[str, Node], str]]:
    """(code, mapping, path) of each event type whose code can be read."""
    found: list[tuple[str, dict[str, Node], str]] = []
    for place, each in enumerate(reader.items(node, "event_types")):
        path = reader.named("event_types", each, "code", place)
        mapping = reader.mapping(each, path, _TYPE, required=("code", "label", "definition"))
        if mapping is None or "code" not in mapping:
            continue
        code = reader.text(mapping["code"], f"{path}.code", pattern=cb.TYPE_CODE_PATTERN)
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
    for place, each in enumerate(folded(reader.items(node, path))):
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
                    f'there is no event type "{code}"; there are {", ".join(codes)}',
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
    name = reader.text(mapping.get("name"), f"{path}.name", pattern=cb.NAME_PATTERN)
    return cb.EventType(
        code=code,
        name=name or re.sub(r"\W+", "_", str(label).lower()).strip("_")[:32],
        label=label,
        family=reader.text(mapping.get("family"), f"{path}.family"),
        definition=reader.wording(mapping.get("definition"), f"{path}.definition"),
        fields=tuple(own.values()),
        include=reader.wordings(mapping.get("include"), f"{path}.include"),
        exclude=reader.wordings(mapping.get("exclude"), f"{path}.exclude"),
        boundary=sections.boundary(mapping.get("boundary"), f"{path}.boundary", reader),
        examples=sections.examples(mapping.get("examples"), f"{path}.examples", reader),
        counting=reader.wording(mapping.get("counting"), f"{path}.counting"),
        rules=_rules(mapping.get("rules"), f"{path}.rules", {**shared, **own}, reader),
        atop_counterpart=reader.texts(mapping.get("atop_counterpart"), f"{path}.atop_counterpart"),
        origin=reader.text(mapping.get("origin"), f"{path}.origin"),
        optional=reader.truth(mapping.get("optional"), f"{path}.optional"),
        line=mapping["code"].line,
    )


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
                f'there is no event type "{code}"; there are {", ".join(codes)}',
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
