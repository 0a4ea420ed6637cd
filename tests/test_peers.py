"""The programme that measures Concord beside other tools, its own half in a tiny form: so that it is there when it is wanted."""

import json
from contextlib import redirect_stdout
from io import StringIO

import pytest
from django.core.management import call_command

from projects import jobs as work
from tests.benchmarks import summary
from tests.benchmarks.peers import promises
from tests.benchmarks.peers.concord import METRICS, own_half
from tests.benchmarks.peers.jobs import Sizes, Told


class InProcess:
    """The server of the tests, scripts in this process, long work done while it is waited for."""

    def __init__(self, folder, server) -> None:
        self.folder, self.port = folder, server.thread.port

    def begin(self, words):
        return self.script(words)

    def stop(self) -> None: ...

    def script(self, words):
        said = StringIO()
        with redirect_stdout(said):
            exec(words, {})  # noqa: S102 - the programme's own scripts
        return json.loads(said.getvalue().splitlines()[-1])

    def manage(self, *words):
        call_command(*words, stdout=StringIO())

    def work(self) -> None:
        work.finish_all()


@pytest.mark.urls("tests.benchmarks.peers.yardstick")
@pytest.mark.django_db(transaction=True)
def test_every_job_is_done_by_concord_and_by_the_bare_view(live_server, tmp_path, settings):
    settings.METRICS_TOKEN = METRICS
    sizes = Sizes(imports=(4, 6), coders=1, seconds=0.2, coded=2, measured=40)

    concord, bare = own_half(sizes, InProcess(tmp_path, live_server))

    every = {
        "set-up", "import of 4", "import of 6", "work after the imports", "open, 1 coder", "save, 1 coder", "open, all coders", "save, all coders",
        "save p95, all coders", "saves a second", "failed of all", "export", "export, first byte",
    }  # fmt: skip
    assert (set(concord.figures), set(bare.figures)) == (every | {"agreement"}, every - {"set-up", "work after the imports"}), (concord.words, bare.words)  # fmt: skip
    assert concord.figures["failed of all"] == bare.figures["failed of all"] == 0
    assert len(promises.rows(concord, bare)) == 9


def test_a_ratio_above_one_is_slower_whatever_the_unit():
    concord = Told("Concord", {"set-up": 4, "saves a second": 50, "import of 10": 900, "open, 1 coder": 6, "agreement": 2})  # fmt: skip
    other = Told("Other", {"set-up": 8, "saves a second": 100, "open, 1 coder": 2}, {"agreement": "none"})  # fmt: skip

    assert promises.times("set-up", concord, other) == 0.5
    assert promises.times("saves a second", concord, other) == 2
    assert promises.times("agreement", concord, other) is None
    assert [(row.what, row.stands) for row in promises.rows(concord, other)] == [
        ("API: import of 10", False),
        ("API: open, 1 coder", False),
        ("API: agreement", True),
    ]
    assert promises.table(concord, other, [other]).splitlines()[-1] == (
        "| agreement (s) | 2.00 | none |  | none |  |"
    )


def test_a_table_takes_the_place_of_the_one_before_and_leaves_the_words_around_it(tmp_path):
    page = tmp_path / "docs" / "benchmarks.md"

    summary.put(page, "peers", "first")
    page.write_text(f"# Benchmarks\n\n{page.read_text()}\nWords after.\n")
    summary.put(page, "peers", "second")
    summary.put(page, "benchmarks", "other")

    assert page.read_text() == (
        "# Benchmarks\n\n<!-- peers: written by the command -->\n\nsecond\n\n<!-- peers: end -->\n\nWords after.\n\n"
        "<!-- benchmarks: written by the command -->\n\nother\n\n<!-- benchmarks: end -->\n"
    )
