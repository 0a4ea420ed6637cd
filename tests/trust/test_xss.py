"""Stored script in a real browser, in short form: one world, every page; the corpus is alive, and every field holds some of it."""

from html import escape

import pytest

from config.middleware import POLICY
from datasets import releases
from projects import members
from projects.refusals import Invalid
from tests import factories
from tests.trust import xss, xss_world
from tests.trust.xss_payloads import PAYLOADS
from tests.trust.xss_watch import Watch, asleep

ALIVE = [one for one in PAYLOADS if one.hole]
# Each hole, and of those with many every eighth payload; the programme shows them all.
SHOWN = [*{one.hole: one for one in ALIVE}.values(), *ALIVE[::8]]


def test_whatever_a_page_would_run_or_take_for_markup_is_seen(browser):
    """On pages that forget to escape; and where only our policy keeps it from running."""
    assert asleep(browser, SHOWN) == []
    assert asleep(browser, SHOWN[::4], POLICY) == []


def test_payloads_that_are_text_are_no_fault(browser):
    watch = Watch(browser, "http://sound.test", [])

    found = watch.show("".join(f"<p title='{escape(one.text)}'>{escape(one.text)}</p>" for one in PAYLOADS), policy=POLICY)  # fmt: skip

    watch.close()
    assert found == []


@pytest.mark.django_db(transaction=True)
def test_nothing_typed_or_uploaded_runs_on_any_page(browser, live_server):
    outcome = xss.run(browser, live_server.url)

    assert (outcome.faults, outcome.without) == ([], [])
    assert outcome.pages > 80 and outcome.files > 2 and outcome.fields > 100


@pytest.mark.django_db
def test_what_holds_no_payload_refuses_them():
    project, person = factories.project(), factories.user()
    for payload in PAYLOADS:
        with pytest.raises(Invalid):
            members.check(["coder"], payload.text)
        with pytest.raises(Invalid):
            releases.draft(project, payload.text, by=person)
        with pytest.raises(Invalid):
            members.found(payload.text, title="Elsewhere", by=person)


def test_every_exception_names_fields_that_are_there():
    models = [model for app in xss_world.OURS for model in xss_world.apps.get_app_config(app).get_models()]  # fmt: skip
    fields = {name for model in models for one in model._meta.concrete_fields for name in (one.name, f"{model._meta.label}.{one.name}")}  # fmt: skip

    named = {name for names in xss_world.ELSEWHERE.values() for name in names}

    assert named - fields == set()
