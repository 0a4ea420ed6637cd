"""Reads corpus_codings.yaml: two coders' work on the real documents that lie beside the checkout.

The file holds search phrases, not texts; here they become offsets in the texts as the product read them.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
Line = dict[str, Any]


class PhraseNotFound(ValueError):
    """A phrase does not occur in the text it was taken from; the message says which and where."""


def content() -> dict[str, Any]:
    return yaml.safe_load((HERE / "corpus_codings.yaml").read_text(encoding="utf-8"))


def files() -> dict[str, tuple[str, str]]:
    """Own id -> (path within the corpus, kind)."""
    return {name: (path, kind) for name, (path, kind) in content()["documents"].items()}


def lines(texts: Mapping[str, str]) -> Iterator[Line]:
    """One line per coder and document, as `import_codings` takes it. `texts`: body by own id."""
    known: dict[tuple[str, str], Line] = {}
    for row in content()["codings"]:
        name, coder = row["document"], row["coder"]
        line: Line = {
            "document": name,
            "coder": coder,
            "outcome": row.get("outcome", "events"),
        }
        if "reason" in row:
            line["outcome_reason"] = row["reason"]
        found = []
        for given in row.get("events", ()):
            merged = _merged(given, known.get((name, given.get("like", ""))))
            known[name, f"{coder}:{given['id']}"] = merged
            found.append(_event(merged, texts[name], f"{name}, {coder}"))
        if found:
            line["events"] = found
        if "near_misses" in row:
            line["near_misses"] = [
                _event(near, texts[name], f"{name}, {coder}") for near in row["near_misses"]
            ]
        yield line


def decisions() -> list[Line]:
    """As `adjudicate --decisions` takes them."""
    return content()["decisions"]


def _merged(given: Line, other: Line | None) -> Line:
    if "like" not in given:
        return {**given, "at": _by_field(given.get("at")), "whole": _by_field(given.get("whole"))}
    assert other is not None, f"{given['like']} is not known yet"
    values = {**other["values"], **given.get("values", {})}
    return {
        "id": given["id"],
        "type": given["type"],
        "values": {name: value for name, value in values.items() if value is not None},
        "at": {**other["at"], **_by_field(given.get("at"))},
        "whole": {**other["whole"], **_by_field(given.get("whole"))},
    }


def _event(given: Line, body: str, where: str) -> Line:
    event = {"type": given["type"], "values": given.get("values", {})}
    event |= {name: given[name] for name in ("id", "reason") if name in given}
    if at := _by_field(given.get("at")):
        event["evidence"] = {
            name: [_span(body, phrase, where) for phrase in phrases] for name, phrases in at.items()
        }
    if whole := _by_field(given.get("whole")):
        event["whole_document"] = whole
    return event


def _by_field(given: Mapping[str, Any] | None) -> dict[str, Any]:
    """`start, end: x` said once is said of both."""
    return {
        name.strip(): value for names, value in (given or {}).items() for name in names.split(",")
    }


def _span(body: str, phrase: str, where: str) -> list[int]:
    found = re.search(re.sub(r" +", r"\\s+", phrase), body)
    if found is None:
        raise PhraseNotFound(f"{where}: {phrase!r} does not occur in the text")
    return list(found.span())
