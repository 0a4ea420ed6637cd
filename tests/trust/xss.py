"""Nothing that anybody types or uploads runs on a page: payloads in every text, every page opened in a real browser.

`python -m tests.trust.xss [--short] [--turns N]`. One turn puts another payload at the front of every field; in its long form
there are as many as payloads, so that each stands alone everywhere, and every form of every page is sent with them, too.
What was typed may only ever be seen as text: a call, a dialog, a broken policy, an element or an attribute of theirs, a
request to their host, a template filled in twice and a script that falls over are all failures.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tests import migrated
from tests.trust.figures import Clock, Figure, tell, words
from tests.trust.xss_payloads import PAYLOADS
from tests.trust.xss_watch import Watch, asleep

if TYPE_CHECKING:
    from tests.trust.world import World
    from tests.trust.xss_pages import Form, Visit

EVERY_WORLD = 20  # turns; then the texts that only verbs can fill begin with other payloads, too


@dataclass
class Outcome:
    """What was opened, and what of it was not as it must be."""

    pages: int = 0
    files: int = 0
    forms: int = 0
    faults: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    fields: int = 0
    turns: int = 0
    seconds: float = 0.0

    @property
    def stands(self) -> bool:
        return not self.faults and not self.without and self.pages > 0

    def told(self) -> str:
        return (
            f"{self.pages:,} pages, {self.files:,} files that a browser opens, {self.forms:,} forms; "
            f"{self.fields} fields, {self.turns} of {len(PAYLOADS)} payloads alone at the front; {len(self.faults)} faults"
        )


class Inspection:
    """The pages of one world, whatever lies in its fields by now, through one browser for each who looks."""

    def __init__(self, world: World, browser: Any, url: str, outcome: Outcome) -> None:
        from tests import factories

        self.browser, self.url, self.outcome = browser, url, outcome
        operator = factories.user("operator")
        operator.is_staff = operator.is_superuser = True
        operator.save()
        self.world = replace(world, people={**world.people, "operator": operator})
        self.watches: dict[str, Watch] = {}
        self.saved: set[Visit] = set()

    def watch(self, role: str) -> Watch:
        if role not in self.watches:
            cookies = _cookies(self.world.people[role], self.url)
            self.watches[role] = Watch(self.browser, self.url, cookies)
        return self.watches[role]

    def every_page(self, turn: int, *, touch: bool, thoroughly: bool) -> None:
        """Thoroughly: also where a page leads by a question, what is saved, and its forms sent."""
        from tests.trust import xss_pages

        asked: set[str] = set()
        for visit in xss_pages.visits(self.world, saved=thoroughly):
            watch = self.watch(visit.role)
            found = None if visit in self.saved else watch.open(visit.address)
            if found is None:
                self._file(visit, watch)
                continue
            self._tell(visit, found)
            further = xss_pages.further(watch.page, visit, turn, asked) if thoroughly else []
            forms = xss_pages.forms(watch.page.content()) if thoroughly else []
            if touch:
                self._tell(visit, watch.touch(), pages=0)
            for one in further:
                self._tell(one, watch.open(one.address) or [])
            for form in forms:
                self._sent(visit, watch, form, turn)

    def files_of_releases(self) -> None:
        from datasets.models import ReleaseFile
        from projects import files

        for file in ReleaseFile.objects.filter(path__regex=r"\.(html|svg|xml)$"):
            kind = "image/svg+xml" if file.path.endswith("svg") else "text/html; charset=utf-8"
            self._shown(file.path, self.watch("exporter"), files.read(file.sha256), kind)

    def _tell(self, visit: Visit, found: list[str], *, pages: int = 1) -> None:
        self.outcome.pages += pages
        self.outcome.faults += [f"{visit.role} {visit.address}: {fault}" for fault in found]

    def _file(self, visit: Visit, watch: Watch) -> None:
        """What a person saves and opens from their own disk, under no policy, is as harmless."""
        if visit in self.saved:
            return
        self.saved.add(visit)
        answer = watch.context.request.get(f"{self.url}{visit.address}")
        kind = answer.headers.get("content-type", "")
        if "svg" in kind or "html" in kind or "xml" in kind:
            self._shown(visit.address, watch, answer.body(), kind)

    def _shown(self, name: str, watch: Watch, content: bytes, kind: str) -> None:
        self.outcome.files += 1
        found = watch.show(content, kind)
        self.outcome.faults += [f"the file {name}: {fault}" for fault in found]

    def _sent(self, visit: Visit, watch: Watch, form: Form, turn: int) -> None:
        """A form filled with payloads; what the server says is looked at, and undone."""
        from tests.trust.people import Visitor

        self.outcome.forms += 1
        place = form.action or visit.address
        visitor = Visitor(self.world, visit.role)
        answer = visitor.ask(lambda client: client.post(place, form.filled(turn)))
        found = [f"answered {answer.status_code}"] if answer.status_code >= 500 else []
        if answer.headers.get("Content-Type", "").startswith("text/html") and answer.body:
            found += watch.show(answer.body, policy=answer.headers["Content-Security-Policy"])
        self.outcome.faults += [f"{visit.role} sends {place}: {fault}" for fault in found]

    def close(self) -> None:
        for watch in self.watches.values():
            watch.close()


def _cookies(person: Any, url: str) -> list[dict[str, Any]]:
    from django.conf import settings
    from django.test import Client

    if person is None:
        return []
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    return [{"name": name, "value": client.cookies[name].value, "url": url}]


def run(browser: Any, url: str, *, turns: int = 1, thoroughly: bool = False) -> Outcome:
    """In the open database, which is empty and is no longer when this ends."""
    from django.core.management import call_command

    from tests.trust import xss_world

    clock, outcome = Clock(), Outcome(turns=turns, fields=len(xss_world.filled()))
    if thoroughly:
        outcome.faults += [f"nobody sees {one}" for one in asleep(browser, PAYLOADS)]
    for begin in range(0, turns, EVERY_WORLD):
        if begin:
            with xss_world.unguarded():
                call_command("flush", verbosity=0, interactive=False)
        inspection = Inspection(xss_world.sown(begin), browser, url, outcome)
        outcome.without += xss_world.without()
        inspection.every_page(begin, touch=True, thoroughly=thoroughly)
        inspection.files_of_releases()
        for turn in range(begin + 1, min(begin + EVERY_WORLD, turns)):
            xss_world.sow_again(turn)
            inspection.every_page(turn, touch=False, thoroughly=False)
        inspection.close()
    outcome.seconds = clock.seconds
    return outcome


# --- as a programme


@contextmanager
def _served() -> Iterator[str]:
    from django.core.management import call_command
    from django.test.testcases import LiveServerThread

    call_command("collectstatic", verbosity=0, interactive=False)
    server = LiveServerThread("127.0.0.1", lambda handler: handler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    from starting import chromium
    from tests.conftest import CHROMIUM_FLAGS

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


def main(arguments: list[str]) -> int:
    parser = words(__doc__)
    parser.add_argument("--turns", type=int, default=0)
    said = parser.parse_args(arguments)
    turns = said.turns or (1 if said.short else len(PAYLOADS))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with tempfile.TemporaryDirectory(prefix="concord-xss-") as folder:
        os.environ |= {"CONCORD_DATA": folder, "CONCORD_LOG_LEVEL": "CRITICAL"}
        os.environ.pop("DATABASE_URL", None)
        import django
        from django.test.utils import setup_test_environment

        django.setup()
        setup_test_environment(debug=False)
        migrated.migrate()
        with _served() as url, _browser() as browser:
            outcome = run(browser, url, turns=turns, thoroughly=not said.short)
    for line in [*outcome.faults[:60], *(f"no payload in {name}" for name in outcome.without)]:
        print(line)
    asked = (
        f"{len(PAYLOADS)} payloads, every text field, every page: nothing runs, nothing is markup"
    )
    return tell(Figure("nothing that is typed or uploaded runs on a page", asked, outcome.told(), outcome.stands, outcome.seconds))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
