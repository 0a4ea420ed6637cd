"""The parts of a codebook beside its fields and types: option lists, missing codes, reasons, alignment, period."""

import re

from coding.schema import codebook as cb
from coding.schema.fields import read_options
from coding.schema.reader import Reader
from coding.schema.source import Node

_USUAL_MISSING = (
    cb.Option(
        "-9", cb.Wording("unknown"), cb.Wording("The attribute applies but the sources do not say.")
    ),
    cb.Option(
        "-8", cb.Wording("not applicable"), cb.Wording("The attribute cannot apply to this event.")
    ),
    cb.Option("-7", cb.Wording("sources conflict"), cb.Wording("Sources contradict one another.")),
)


def lists(top: dict[str, Node], reader: Reader) -> dict[str, tuple[cb.Option, ...]]:
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


def missing(top: dict[str, Node], reader: Reader) -> tuple[cb.Option, ...]:
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


def reasons(node: Node | None, path: str, reader: Reader) -> tuple[cb.Option, ...]:
    mapping = reader.mapping(node, path, ("rule", "reasons"), required=("reasons",))
    if not mapping or "reasons" not in mapping:
        return ()
    return read_options(mapping["reasons"], f"{path}.reasons", reader)


def alignment(node: Node | None, reader: Reader) -> cb.AlignmentRule:
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


def scope(node: Node | None, reader: Reader) -> tuple[str, str] | None:
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


def boundary(node: Node | None, path: str, reader: Reader) -> tuple[cb.Boundary, ...]:
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


def examples(node: Node | None, path: str, reader: Reader) -> tuple[cb.Example, ...]:
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
