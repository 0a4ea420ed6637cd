"""One field of a codebook out of its YAML: kind, level, options, and conditions once all names are known."""

import dataclasses
from dataclasses import dataclass

from coding.schema import codebook as cb
from coding.schema import grammar
from coding.schema.reader import Reader
from coding.schema.source import Node

_FIELD = (
    "name", "label", "type", "level", "required", "required_if", "visible_if", "skip_for", "options", "options_from",
    "help", "unit", "rule", "minimum", "maximum", "missing", "from_any_field",
)  # fmt: skip
_NEEDED = ("name", "label", "type")
MOST_OPTIONS = 500


@dataclass(frozen=True)
class FieldDraft:
    """A field whose conditions wait until it is known which fields they may speak of."""

    field: cb.Field
    node: Node
    path: str
    required_if: Node | None
    visible_if: Node | None

    def finished(self, known: dict[str, cb.Field], reader: Reader) -> cb.Field:
        return dataclasses.replace(
            self.field,
            required_if=reader.condition(self.required_if, f"{self.path}.required_if", known),
            visible_if=reader.condition(self.visible_if, f"{self.path}.visible_if", known),
        )


def read_field(
    node: Node, path: str, lists: dict[str, tuple[cb.Option, ...]], reader: Reader
) -> FieldDraft | None:
    mapping = reader.mapping(node, path, _FIELD, required=_NEEDED)
    if mapping is None:
        return None
    name = reader.text(mapping.get("name"), f"{path}.name", pattern=cb.NAME_PATTERN)
    kind = reader.word(mapping.get("type"), f"{path}.type", cb.KINDS)
    if not name or not kind:
        return None
    level = cb.LEVELS[kind][0]
    if "level" in mapping:
        level = reader.word(mapping["level"], f"{path}.level", cb.LEVELS[kind], otherwise=level)
    if "required" in mapping and "required_if" in mapping:
        reader.add(
            mapping["required_if"],
            f"{path}.required_if",
            'write either "required" or "required_if", not both',
        )
    rule = None
    if "rule" in mapping:
        suited = [rule for rule, kinds in cb.DECISION_RULES.items() if kind in kinds]
        rule = reader.word(mapping["rule"], f"{path}.rule", suited) or None
    minimum, maximum = _limits(mapping, kind, path, reader)
    if "from_any_field" in mapping and kind != "spans":
        reader.add(
            mapping["from_any_field"],
            f"{path}.from_any_field",
            "only a field of passages (spans) can have this",
        )
    field = cb.Field(
        name=name,
        label=reader.wording(mapping.get("label"), f"{path}.label"),
        kind=kind,
        level=level,
        required=reader.truth(mapping.get("required"), f"{path}.required"),
        skip_for=reader.texts(mapping.get("skip_for"), f"{path}.skip_for"),
        options=_options_of(mapping, name, kind, path, lists, reader),
        help=reader.wording(mapping.get("help"), f"{path}.help"),
        unit=reader.text(mapping.get("unit"), f"{path}.unit"),
        rule=rule,
        minimum=minimum,
        maximum=maximum,
        missing=_missing_of(mapping.get("missing"), kind, f"{path}.missing", reader),
        from_any_field=reader.truth(mapping.get("from_any_field"), f"{path}.from_any_field"),
        line=node.line,
    )
    return FieldDraft(field, node, path, mapping.get("required_if"), mapping.get("visible_if"))


def _options_of(
    mapping: dict[str, Node],
    name: str,
    kind: str,
    path: str,
    lists: dict[str, tuple[cb.Option, ...]],
    reader: Reader,
) -> tuple[cb.Option, ...]:
    given = [key for key in ("options", "options_from") if key in mapping]
    if kind not in cb.CHOICE_KINDS:
        for key in given:
            reader.add(mapping[key], f"{path}.{key}", f'a field of type "{kind}" has no options')
        return ()
    if len(given) != 1:
        where = mapping[given[1]] if given else mapping["name"]
        reader.add(
            where,
            path,
            'a choice needs "options" or "options_from"' + (", not both" if given else ""),
        )
        return ()
    if given == ["options"]:
        return read_options(mapping["options"], f"{path}.options", reader)
    source = reader.text(mapping["options_from"], f"{path}.options_from")
    if source not in lists:
        reader.add(
            mapping["options_from"],
            f"{path}.options_from",
            f'there is no list "{source}"{grammar.nearest(source, tuple(lists))}',
        )
    return lists.get(source, ())


def read_options(node: Node, path: str, reader: Reader) -> tuple[cb.Option, ...]:
    """The codes of a choice. Codes -9, -8, -7 become the texts that stand for missing values."""
    found: dict[int | str, cb.Option] = {}
    items = reader.items(node, path)
    if isinstance(node.value, list) and not items:
        reader.add(node, path, "the list of options is empty")
    if len(items) > MOST_OPTIONS:
        reader.add(node, path, f"a choice has at most {MOST_OPTIONS} options")
        return ()
    for place, each in enumerate(items):
        at = f"{path}[{place}]"
        mapping = reader.mapping(
            each, at, ("code", "label", "definition", "alone"), required=("code", "label")
        )
        code = _code(mapping.get("code"), at, reader) if mapping else None
        if mapping is None or code is None:
            continue
        if any(str(code) == str(other) for other in found):
            reader.add(each, at, f'the code "{code}" is there twice')
            continue
        found[code] = cb.Option(
            code=code,
            label=reader.wording(mapping.get("label"), f"{at}.label"),
            definition=reader.wording(mapping.get("definition"), f"{at}.definition"),
            alone=reader.truth(mapping.get("alone"), f"{at}.alone"),
        )
    return tuple(found.values())


def _code(node: Node | None, path: str, reader: Reader) -> int | str | None:
    if node is None:
        return None
    if isinstance(node.value, bool) or not isinstance(node.value, (int, str)):
        reader.add(node, f"{path}.code", f"a code is a whole number or a word, not {node.kind}")
        return None
    if str(node.value) in cb.MISSING_CODES:
        return str(node.value)
    if isinstance(node.value, str) and not grammar.is_code_word(node.value):
        reader.add(
            node,
            f"{path}.code",
            f'the code "{node.value}" may hold only letters, figures, "_", "." and "-", and begins with a letter',
        )
        return None
    return node.value


def _limits(
    mapping: dict[str, Node], kind: str, path: str, reader: Reader
) -> tuple[float | None, float | None]:
    found: list[float | None] = []
    for key in ("minimum", "maximum"):
        if key in mapping and kind not in cb.NUMBER_KINDS + ("state_integer_table",):
            reader.add(mapping[key], f"{path}.{key}", f'a field of type "{kind}" has no {key}')
        found.append(
            reader.number(mapping[key], f"{path}.{key}", otherwise=0) if key in mapping else None
        )
    low, high = found
    if low is not None and high is not None and low > high:
        reader.add(
            mapping["maximum"],
            f"{path}.maximum",
            f"the maximum ({high:g}) is less than the minimum ({low:g})",
        )
    return low, high


def _missing_of(node: Node | None, kind: str, path: str, reader: Reader) -> tuple[str, ...]:
    if kind == "spans":
        return ()
    if node is None:
        return cb.MISSING_CODES
    found = []
    for place, each in enumerate(reader.items(node, path)):
        if str(each.value) in cb.MISSING_CODES:
            found.append(str(each.value))
        else:
            reader.add(
                each,
                f"{path}[{place}]",
                f'"{each.value}" is no missing code; they are -9, -8 and -7',
            )
    return tuple(code for code in cb.MISSING_CODES if code in found)
