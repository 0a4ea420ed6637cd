"""How a line of the ledger is turned into bytes and hashed with the hash before it. Pure: rows are the ledger's.

The canonical form of a line is a JSON array, UTF-8, keys sorted, no spaces, letters as themselves:

    [2, chain, n, at, verb, subject_kind, subject_id, null, by_label, difference, previous_hash]

`chain` is a word of the project's own, so that no line passes for one of another project; `at` is ISO 8601 in UTC with
microseconds where there are any; `previous_hash` of the first line is 64 zeros. A number is written in the shortest form
that reads back the same, and as a whole number where it is one. Nothing in it depends on where the database stands, so the
chain of a project that moves to another installation holds there. The hash is SHA-256 of these bytes, in hex.

Lines written before there was this form (form 1) hold the row numbers of project and person, instead of `chain` and null;
they stay as they are.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FIRST = "0" * 64
FORM = 2


@dataclass(frozen=True, slots=True)
class Link:
    """What of a line its hash covers."""

    form: int
    chain: str
    n: int
    at: datetime
    verb: str
    subject_kind: str
    subject_id: str
    by_id: int | None
    by_label: str
    difference: Any
    previous_hash: str

    def canonical(self) -> bytes:
        at = self.at.astimezone(UTC).isoformat()
        told = [
            self.n, at, self.verb, self.subject_kind, self.subject_id, self.by_id, self.by_label, plain(self.difference),
            self.previous_hash,
        ]  # fmt: skip
        body = [int(self.chain), *told] if self.form == 1 else [self.form, self.chain, *told]
        written = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return written.encode()

    def hash(self) -> str:
        """Nothing that a hash could be equal to where the form is none that this chain has."""
        if self.form not in (1, FORM) or (self.form == 1 and not self.chain.isdecimal()):
            return ""
        return hashlib.sha256(self.canonical()).hexdigest()


def plain(value: Any) -> Any:
    """A JSON value as it comes back from either database: keys are text, whole numbers whole, pairs lists."""
    if isinstance(value, dict):
        return {_key(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise ValueError("the ledger holds no number that JSON has no way to write")
        return int(value) if value.is_integer() else value
    if isinstance(value, str):
        return str(value)
    return value


def _key(key: Any) -> str:
    return str(key) if isinstance(key, str) else json.dumps(key)
