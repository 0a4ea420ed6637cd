"""What holds on every page: ids are unique, controls have names, nothing is inline, there is one heading."""

import pytest
from lxml import html

from tests import factories
from tests.trust.routes import routes
from tests.trust.world import world

pytestmark = pytest.mark.django_db


def problems_of(markup: str) -> list[str]:
    page = html.fromstring(markup)
    ids = page.xpath("//@id")
    named = {label.get("for") for label in page.xpath("//label")}
    found = [f"id {one} stands twice" for one in sorted({one for one in ids if ids.count(one) > 1})]
    found += [f"inline style on {one.tag}" for one in page.xpath("//*[@style]")]
    found += ["inline style sheet" for _ in page.xpath("//style")]
    found += [
        "inline script"
        for one in page.xpath("//script[not(@src)]")
        if one.get("type") != "application/json"
    ]
    found += [f"handler {name}" for name in page.xpath("//@*[starts-with(name(), 'on')]")]
    found += [
        f"{one.tag} {one.get('name')} has no name for readers"
        for one in page.xpath("//input[not(@type='hidden')] | //select | //textarea")
        if one.get("id") not in named
        and not one.get("aria-label")
        and not one.xpath("ancestor::label")
    ]
    found += [
        "a button or link without words"
        for one in page.xpath("//button | //a[@href] | //summary")
        if not one.text_content().strip() and not one.get("aria-label")
    ]
    found += [f"#{one} leads nowhere" for one in page.xpath("//@form") if one not in ids]
    found += [
        f"{name}={one} leads nowhere"
        for name in ("aria-labelledby", "aria-controls")
        for one in page.xpath(f"//@{name}")
        if one not in ids
    ]
    headings = len(page.xpath("//h1"))
    return found + ([] if headings == 1 else [f"{headings} main headings"])


def test_every_page_is_well_made(client):
    made = world()
    everything = ("coder", "adjudicator", "exporter", "manager")
    client.force_login(factories.member(made.project, "boss", everything, label="B1").user)

    found = {}
    for route in routes():
        if route.is_api or route.name in {"sign_in", "sign_out"}:
            continue
        response = client.get(route.address(made))
        content = b"".join(response).decode(errors="replace")
        if "<html" in content and response["Content-Type"].startswith("text/html"):
            found[route.name] = problems_of(content)

    assert {name: problems for name, problems in found.items() if problems} == {}
    assert len(found) >= 60


def test_the_workspace_and_the_page_of_a_coder_are_well_made(client):
    scene = factories.scene(submitted=False)
    client.force_login(scene.coder.user)
    own = factories.assignment(scene.round, scene.coder)

    for address in (
        own.get_absolute_url(),
        scene.round.get_absolute_url(),
        "/sign-in/",
        "/no/such/page/",
    ):
        response = client.get(address, follow=True)
        assert (address, problems_of(response.content.decode())) == (address, [])
