"""The addresses of the product as the URL conf has them, and the table of rights as the files in rights/ declare it."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.trust.world import ROLES, STATES, World

EVERYWHERE = os.environ.get("CONCORD_TRUST") == "long"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
RIGHTS = Path(__file__).parent / "rights"
_GROUP = re.compile(r"\(\?P<\w+>[^)]*\)")
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Route:
    name: str
    pattern: str

    @property
    def is_api(self) -> bool:
        return self.pattern.startswith("api/")

    def address(self, world: World, which: str = "") -> str:
        """The address of what the world has of it; `which` names another one of the last thing that has several."""
        if self.pattern.startswith("^"):
            # A regular expression of another library: what it names is not here.
            return "/" + _GROUP.sub("none", self.pattern).strip("^$")
        made, before = "/", ""
        for part in self.pattern.split("/"):
            found = _PARAMETER.search(part)
            if found is None:
                made, before = f"{made}{part}/", part
                continue
            value = self._named(world, before, found[1], which)
            made, before = f"{made}{_PARAMETER.sub(value, part)}/", ""
        return made[:-1] if self.pattern else made

    def _named(self, world: World, before: str, name: str, which: str) -> str:
        longer = f"codebooks/{before}" if f"codebooks/{before}/" in self.pattern else before
        for key in (f"{before}:{which}", longer, before, name):
            if key in world.places:
                return str(world.places[key])
        raise LookupError(
            f"{self.pattern}: say in tests/trust/world.py what “{before or name}” names"
        )


def routes() -> list[Route]:
    def walk(patterns: Any, prefix: str) -> Iterator[Route]:
        for pattern in patterns:
            path = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, path)
            elif isinstance(pattern, URLPattern):
                yield Route(str(pattern.name), path)

    return list(walk(get_resolver().url_patterns, ""))


@dataclass(frozen=True)
class Row:
    """One line of the table: in these states this request is answered so to each of ROLES."""

    states: tuple[str, ...]
    method: str
    route: str
    which: str
    answers: tuple[int, ...]
    sent: str
    remark: str

    @property
    def short(self) -> tuple[str, ...]:
        """Where it is asked when there is little time: an answer that changes is asked on both sides of the change."""
        return self.states[:1]

    def ask(
        self, client: Client, address: str, world: World, headers: Mapping[str, str] | None = None
    ) -> HttpResponse:
        """Make the request: JSON where the table writes JSON, else a form; operations are sent with their version."""
        group = world.places.get(f"group:{self.which}", world.places["group"])
        sent = self.sent.replace("{group}", group)
        if sent.startswith("{"):
            named = {"If-Match": '"0"'} if self.route == "api_operations" else {}
            named |= headers or {}
            return client.generic(
                self.method, address, sent, content_type="application/json", headers=named
            )
        data = dict(parse_qsl(sent))
        if self.method in {"GET", "POST"}:
            return getattr(client, self.method.lower())(address, data, headers=headers)
        return client.generic(self.method, address, headers=headers)


def rows() -> list[Row]:
    return [
        row(line)
        for file in sorted(RIGHTS.glob("*.txt"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]


def row(line: str) -> Row:
    told, _, remark = line.partition(" # ")
    told, _, sent = told.partition(" | ")
    states, method, route, *answers = told.split()
    route, _, which = route.partition(":")
    assert method in METHODS and len(answers) == len(ROLES), line
    return Row(
        _states(states), method, route, which, tuple(map(int, answers)), sent.strip(), remark
    )


def _states(written: str) -> tuple[str, ...]:
    if written == "*":
        return STATES
    first, _, last = written.partition("-")
    return STATES[STATES.index(first) : STATES.index(last or first) + 1]
