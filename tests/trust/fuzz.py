"""Nothing sent to the API breaks it or shows others' work: cases for every operation of its own description, by three people.

`python -m tests.trust.fuzz [--short] [--cases N] [--seed N]`. Ids come from rows that are there, bodies half from the
description and half from what a person would send. Every answer is held against the description; every case is undone.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from tests import migrated
from tests.trust.figures import Figure, tell

CASES, SHORT = 10_000, 180
SEED = 20261122


@dataclass
class Outcome:
    """What came of all cases."""

    statuses: Counter[int] = field(default_factory=Counter)
    by_operation: dict[str, Counter[int]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    asked: int = 0
    missed: list[str] = field(
        default_factory=list
    )  # operations that were asked for and got no case
    seconds: float = 0.0

    @property
    def cases(self) -> int:
        return sum(self.statuses.values())

    @property
    def good(self) -> float:
        taken = sum(n for status, n in self.statuses.items() if 200 <= status < 300)
        return taken / self.cases if self.cases else 0.0

    @property
    def stands(self) -> bool:
        return not (self.broken or self.leaked or self.strange or self.missed) and self.good >= 0.3

    def told(self) -> str:
        return (
            f"{self.cases:,} cases of {len(self.by_operation)} operations, {len(self.broken)} 5xx, {len(self.leaked)} leaks, "
            f"{len(self.strange)} not as described, {self.good:.0%} 2xx"
        )


def run(short: bool = False, *, cases: int = 0, seed: int = SEED) -> Outcome:
    """In the open database connection; whatever is made is undone."""
    from django.db import transaction

    from tests.trust import fuzz_world

    cases = cases or (SHORT if short else CASES)
    begun, outcome = time.monotonic(), Outcome(asked=cases)
    with transaction.atomic():
        world = fuzz_world.made()
        _Fuzz(world, outcome, seed).everything(cases)
        transaction.set_rollback(True)
    outcome.seconds = time.monotonic() - begun
    return outcome


def description() -> dict[str, Any]:
    from drf_spectacular.generators import SchemaGenerator

    told: dict[str, Any] = json.loads(json.dumps(SchemaGenerator().get_schema(public=True)))
    return told


class _Fuzz:
    def __init__(self, world: Any, outcome: Outcome, seed: int) -> None:
        from django.test import Client

        from tests.trust import fuzz_world

        self.world, self.outcome, self.seed = world, outcome, seed
        self.spec = description()
        self.likely = fuzz_world.bodies(world.ids)
        self.validators: dict[str, Any] = {}
        self.clients = {}
        for person in (world.lead, world.coder, world.stranger):
            client = Client(raise_request_exception=False)
            client.force_login(person.user)
            self.clients[person.user.pk] = client, client.cookies.output(header="", sep=";")

    def everything(self, cases: int) -> None:
        import schemathesis

        loaded = schemathesis.openapi.from_dict(self.spec)
        operations = [found.ok() for found in loaded.get_all_operations()]
        if cases < len(operations):
            operations = random.Random(self.seed).sample(operations, cases)
        each, more = divmod(cases, len(operations))
        for place, operation in enumerate(operations):
            self._operation(operation, each + (place < more))
        wanted = {self._definition(one)["operationId"] for one in operations}
        self.outcome.missed = sorted(wanted - set(self.outcome.by_operation))

    def _operation(self, operation: Any, count: int) -> None:
        import hypothesis
        from hypothesis import HealthCheck, Phase, given, settings
        from hypothesis import strategies as st

        sent = Counter[str]()

        @hypothesis.seed(self.seed)
        @settings(max_examples=count, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=operation.as_strategy(), draw=st.randoms(use_true_random=False))
        def one(case: Any, draw: random.Random) -> None:
            sent["n"] += 1
            self._case(operation, case, draw)

        one()
        # What has few examples is asked for again by other people and with other ids.
        draw = random.Random(f"{self.seed} {operation.label}")
        while sent["n"] < count:
            sent["n"] += 1
            self._case(operation, None, draw)

    # --- one case

    def _case(self, operation: Any, case: Any, draw: random.Random) -> None:
        definition = self._definition(operation)
        name = definition["operationId"]
        person = draw.choices([self.world.lead, self.world.coder, self.world.stranger], [6, 3, 1])[0]  # fmt: skip
        if operation.path.startswith("/api/v1/assignments/") and draw.random() < 0.7:
            person = self.world.coder
        address = self._address(operation.path, case, person, draw)
        body, headers = self._body(name, definition, case, draw), self._headers(name, case, draw)
        from django.db import transaction

        try:
            with transaction.atomic():
                answer = self._send(person, operation.method, address, body, headers)
                content = b"".join(answer) if answer.streaming else answer.content
                transaction.set_rollback(True)
        except Exception as error:  # noqa: BLE001 - whatever it is, the case is told and the next one goes on
            self._tell(name, 500)
            self.outcome.broken.append(f"{operation.method} {address} {body!r:.300}: {error!r:.300}")  # fmt: skip
            return
        self._tell(name, answer.status_code)
        told = f"{operation.method} {address} {body!r:.300} -> {answer.status_code}"
        if answer.status_code >= 500:
            self.outcome.broken.append(f"{told} {content[:300]!r}")
        for word in person.others:
            if word.encode() in content and word not in f"{address} {body!r}":
                self.outcome.leaked.append(f"{told} holds {word}")
        problem = self._unlike(definition, answer, content)
        if problem:
            self.outcome.strange.append(f"{told}: {problem}")

    def _definition(self, operation: Any) -> dict[str, Any]:
        told: dict[str, Any] = self.spec["paths"][operation.path][operation.method.lower()]
        return told

    def _tell(self, name: str, status: int) -> None:
        self.outcome.statuses[status] += 1
        self.outcome.by_operation.setdefault(name, Counter())[status] += 1

    def _address(self, path: str, case: Any, person: Any, draw: random.Random) -> str:
        generated = dict(case.path_parameters or {}) if case is not None else {}
        ids = self.world.ids
        if person is self.world.stranger and draw.random() < 0.3:
            ids = self.world.foreign
        told, before = [], []
        for part in path.strip("/").split("/"):
            if part.startswith("{"):
                name = part.strip("{}")
                known = ids.get("/".join(before[-2:])) or ids.get(before[-1] if before else "")
                if name == "slug":
                    slug = person.slug if draw.random() < 0.9 else self.world.lead.slug
                    part = slug
                elif known and draw.random() < 0.85:
                    part = str(draw.choice(known))
                else:
                    part = quote(str(generated.get(name, known[0] if known else "0")), safe="")
            else:
                before.append(part)
            told.append(part)
        address = "/" + "/".join(told) + ("/" if path.endswith("/") else "")
        query = dict(case.query or {}) if case is not None else {}
        if query and draw.random() < 0.5:
            return f"{address}?{urlencode(query, doseq=True, errors='replace')}"
        return address

    def _body(self, name: str, definition: dict[str, Any], case: Any, draw: random.Random) -> Any:
        if "requestBody" not in definition:
            return None
        if name in self.likely and (case is None or draw.random() < 0.6):
            return self.likely[name](draw)
        body = case.body if case is not None else {}
        return {} if type(body).__name__ == "NotSet" else body

    def _headers(self, name: str, case: Any, draw: random.Random) -> dict[str, str]:
        headers = {}
        for known, value in (dict(case.headers or {}) if case is not None else {}).items():
            # A token that is none keeps a case from getting any further: now and then is enough.
            is_wanted = (
                self.outcome.cases % 25 == 0 if known == "Authorization" else draw.random() < 0.1
            )
            if is_wanted and str(value).isascii() and str(value).isprintable():
                headers[known] = str(value)
        if name in {"apply_operations", "submit"} and draw.random() < 0.9:
            headers["If-Match"] = f'"{draw.choice([0, 5, 6])}"'
        return headers

    def _send(self, person: Any, method: str, address: str, body: Any, headers: dict[str, str]) -> Any:  # fmt: skip
        from django.http import SimpleCookie
        from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

        client, signed_in = self.clients[person.user.pk]
        # Whatever became of the session in the case before is undone with it.
        client.cookies = SimpleCookie(signed_in)
        if body is None:
            return client.generic(method, address, headers=headers)
        if any(isinstance(value, bytes) for value in body.values()) if isinstance(body, dict) else False:  # fmt: skip
            data = encode_multipart(BOUNDARY, {name: _part(name, value) for name, value in body.items()})  # fmt: skip
            return client.generic(method, address, data, MULTIPART_CONTENT, headers=headers)
        data = json.dumps(body, default=str).encode()
        return client.generic(method, address, data, "application/json", headers=headers)

    # --- the description

    def _unlike(self, definition: dict[str, Any], answer: Any, content: bytes) -> str:
        described = definition["responses"].get(str(answer.status_code))
        if described is None:
            return "a status that is not described"
        if answer.status_code in {204, 304}:
            return ""
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        if kind not in described.get("content", {}):
            return f"answered as {kind}, which is not described"
        shape = described["content"][kind].get("schema")
        if not kind.endswith("json") or shape is None:
            return ""
        error = next(self._validator(shape).iter_errors(json.loads(content)), None)
        return f"at {list(error.absolute_path)}: {error.message[:200]}" if error else ""

    def _validator(self, shape: dict[str, Any]) -> Any:
        from jsonschema import Draft202012Validator

        key = json.dumps(shape, sort_keys=True)
        if key not in self.validators:
            whole = {**shape, "components": self.spec["components"]}
            self.validators[key] = Draft202012Validator(whole)
        return self.validators[key]


def _part(name: str, value: Any) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    if isinstance(value, bytes):
        return SimpleUploadedFile(f"{name}.txt", value)
    return json.dumps(value, default=str) if isinstance(value, dict | list) else str(value)


def _lines(outcome: Outcome) -> Iterator[str]:
    for kind in ("broken", "leaked", "strange", "missed"):
        for one in getattr(outcome, kind)[:40]:
            yield f"{kind}: {one}"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--cases", type=int, default=0)
    parser.add_argument("--seed", type=int, default=SEED)
    said, _ = parser.parse_known_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import tempfile

    with tempfile.TemporaryDirectory(prefix="concord-fuzz-") as folder:
        os.environ |= {"CONCORD_DATA": folder, "CONCORD_LOG_LEVEL": "CRITICAL"}
        os.environ.pop("DATABASE_URL", None)
        import django
        from django.test.utils import setup_test_environment

        django.setup()
        setup_test_environment(debug=False)
        migrated.migrate()
        outcome = run(said.short, cases=said.cases, seed=said.seed)
    for line in _lines(outcome):
        print(line)
    print(dict(sorted(outcome.statuses.items())))
    asked = f"{outcome.asked:,} cases, every operation, two projects: 0 5xx, 0 leaks, 30% 2xx"
    return tell(Figure("no input breaks the API or shows others' work", asked, outcome.told(), outcome.stands, outcome.seconds))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
