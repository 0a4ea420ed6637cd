"""Which addresses a browser visits to see all that the product shows, what it asks further on a page, and the forms there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from tests.trust import routes
from tests.trust import world as rights
from tests.trust.xss_payloads import one

# Whose eyes see most of a page, in the order in which they are asked.
_IDS = re.compile(r"/(?=[^/]*\d)[^/]+")
ROLES = ("manager", "adjudicator", "exporter", "owner", "other", "anonymous")
# Answers that are saved and never shown, by the names of their routes; charts are opened from the disk, too.
SAVED = re.compile(
    r"csv|zip|file|pdf|source|copy|take_out|original|picture|template|help_index|schema|healthz|readyz|state_list"
)
# The questions that a page leads to, and the fields of its own.
ASKED = """() => [
  [...document.querySelectorAll('a[href*="?"]')].filter((one) => one.host === location.host).map((one) => one.href),
  [...new Set([...document.querySelectorAll('form:not([method=post]) [name]')].map((one) => one.getAttribute('name')))],
]"""


@dataclass(frozen=True)
class Visit:
    role: str
    address: str


def visits(world: Any, *, saved: bool = True) -> list[Visit]:
    """Every address that shows somebody something, as one of those who may see it; the table of rights knows who.

    Without `saved`, only what a browser shows.
    """
    known = {route.name: route for route in routes.routes()}
    found = []
    for row in routes.rows():
        route = known.get(row.route)
        if row.method != "GET" or "public" not in row.states or route is None:
            continue
        let_in = [who for who in ROLES if row.answers[rights.ROLES.index(who)] == 200]
        if not saved and SAVED.search(route.name):
            continue
        if not let_in or (route.is_api and route.name != "api_docs"):
            continue
        sent = f"?{row.sent}" if row.sent else ""
        found.append(Visit(let_in[0], route.address(world, row.which) + sent))
        if "anonymous" in let_in and route.pattern.startswith("data/"):
            found.append(Visit("anonymous", found[-1].address))
    found += [Visit("operator", known[name].address(world)) for name in ("installation", "any_job")]
    done = world.places["work:done"]
    found.append(Visit("owner", f"/projects/{world.project.slug}/work/{done}/"))
    told = quote(one(0), safe="")
    found += [
        Visit("adjudicator", f"/projects/{world.project.slug}/{told}/"), Visit("anonymous", f"/{told}"),
        Visit("anonymous", f"/sign-in/?next={told}"), Visit("adjudicator", f"/help/{told}/"),
    ]  # fmt: skip
    return list(dict.fromkeys(found))


def further(page: Any, visit: Visit, turn: int, asked: set[str]) -> list[Visit]:
    """Of each shape of question that the page leads to one that was not asked, and its own fields filled with payloads."""
    found = []
    links, names = page.evaluate(ASKED)
    here = visit.address.partition("?")[0]
    for link in links:
        parts = urlsplit(link)
        names_asked = sorted(part.partition("=")[0] for part in parts.query.split("&"))
        shape = f"{_IDS.sub('/*', parts.path)} {names_asked}"
        if shape not in asked:
            asked.add(shape)
            found.append(f"{parts.path}?{parts.query}")
    if names:
        found.append(f"{here}?" + urlencode({name: one(turn + n) for n, name in enumerate(names)}))
    return [Visit(visit.role, address) for address in found]


# --- forms


@dataclass(frozen=True)
class Form:
    action: str
    fields: tuple[tuple[str, str, str], ...]  # name, kind, what stands there

    def filled(self, turn: int) -> dict[str, Any]:
        from django.core.files.uploadedfile import SimpleUploadedFile

        told: dict[str, Any] = {}
        for n, (name, kind, value) in enumerate(self.fields):
            if kind in {"text", "textarea", "search", "url", "email", "tel"}:
                value = one(turn + n)
            elif kind == "file":
                told[name] = SimpleUploadedFile(one(turn + n).replace("/", "_"), one(turn).encode())
                continue
            told[name] = value
        return told


def forms(content: str) -> list[Form]:
    from lxml import html

    found = []
    for form in html.document_fromstring(content).forms:
        action = form.get("action") or ""
        if form.method.lower() != "post" or "/sign-out" in action:
            continue
        fields = []
        for part in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
            if part.tag == "select":
                chosen = part.xpath("./option/@value")
                fields.append((part.get("name"), "select", chosen[-1] if chosen else ""))
            elif part.get("name") != "csrfmiddlewaretoken":
                kind = "textarea" if part.tag == "textarea" else part.get("type", "text")
                fields.append((part.get("name"), kind, part.get("value") or ""))
        found.append(Form(action, tuple(fields)))
    return found
