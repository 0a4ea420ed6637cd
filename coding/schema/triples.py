"""Codebooks kept as spreadsheets often give a date three columns: NAME_earliest, NAME_latest, NAME_precision.

Here the three are read as one date NAME, since bounds and precision follow from it. Nothing else is changed.
"""

from coding.schema.source import Node

_PARTS = ("_earliest", "_latest", "_precision")


def folded(nodes: list[Node]) -> list[Node]:
    """The same fields, each complete triple without a field NAME beside it replaced by that field."""
    named = {name: node for node in nodes if (name := _text(node, "name"))}
    stems = [
        name.removesuffix("_earliest")
        for name, node in named.items()
        if name.endswith("_earliest") and _text(node, "type") == "date"
    ]
    complete = {
        stem for stem in stems if stem not in named and all(stem + part in named for part in _PARTS)
    }
    found = []
    for node in nodes:
        stem, part = _parted(_text(node, "name"))
        if stem not in complete:
            found.append(node)
        elif part == "_earliest":
            found.append(_whole(node, stem))
    return found


def _whole(earliest: Node, stem: str) -> Node:
    kept = dict(earliest.value) if isinstance(earliest.value, dict) else {}
    label = _text(earliest, "label").split(",")[0] or stem
    kept["name"] = Node(stem, kept["name"].line)
    kept["label"] = Node(label, kept["label"].line if "label" in kept else earliest.line)
    return Node(kept, earliest.line)


def _parted(name: str) -> tuple[str, str]:
    for part in _PARTS:
        if name.endswith(part):
            return name.removesuffix(part), part
    return name, ""


def _text(node: Node, key: str) -> str:
    if not isinstance(node.value, dict) or key not in node.value:
        return ""
    value = node.value[key].value
    return value if isinstance(value, str) else ""
