"""One's own account and the ways in, in a real browser: by keyboard, in light and dark, without a word of script or style inline."""

import re
import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import expect

from tests.browser.looks import violations
from tests.browser.people import follow
from tests.installation import PASSWORD


def code_now(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def pictured(page, pictures, name):
    page.screenshot(path=pictures / f"accounts-{name}.png", full_page=True)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.screenshot(path=pictures / f"accounts-{name}-dark.png", full_page=True)
    page.emulate_media(color_scheme="light")


@pytest.fixture
def newcomer(installation, enter, open_page):
    """Invited to the bench by its manager, with an account made by the link."""

    def come(name):
        manager = enter("dora", "/projects/demo/members/")
        form = manager.locator("form", has=manager.get_by_role("button", name="Make the link"))
        form.get_by_role("checkbox", name=re.compile("^Coder")).check()
        follow(form.get_by_role("button", name="Make the link"))
        link = manager.locator("#secret").inner_text()
        manager.context.grant_permissions(["clipboard-read", "clipboard-write"])
        copy = manager.get_by_role("button", name="Copy the link")
        copy.click()
        expect(copy).to_have_attribute("data-copied", "")
        assert manager.evaluate("navigator.clipboard.readText()") == link
        page = open_page()
        page.goto(link)
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_label("Password again").fill(PASSWORD)
        return manager, page

    return come


def test_a_newcomer_joins_and_secures_the_account(newcomer, installation, open_page, pictures):
    manager, page = newcomer("nora")
    assert violations(manager) == [] and violations(page) == []
    pictured(manager, pictures, "members")
    pictured(page, pictures, "join")
    follow(page.get_by_role("button", name="Join", exact=True))
    expect(page.get_by_text("Welcome. In this project you are")).to_be_visible()

    page.goto(f"{installation.url}/account/second-factor/")
    follow(page.get_by_role("link", name="Switch it on"))
    page.get_by_label("Password").fill(PASSWORD)
    follow(page.get_by_role("button", name="Go on"))
    picture = page.get_by_role("img", name=re.compile("QR code"))
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    assert violations(page) == []
    pictured(page, pictures, "second-factor")
    secret = page.locator(".scan__key").inner_text()
    page.get_by_label("Code").fill(code_now(secret))
    follow(page.get_by_role("button", name="Switch it on"))
    codes = page.get_by_role("list", name="Codes not used yet").get_by_role("listitem")
    expect(codes).to_have_count(10)
    code = codes.first.inner_text()
    pictured(page, pictures, "codes")

    elsewhere = open_page()
    elsewhere.goto(installation.url)
    elsewhere.get_by_label("Username").fill("nora")
    elsewhere.get_by_label("Password").fill(PASSWORD)
    elsewhere.keyboard.press("Enter")
    expect(elsewhere.get_by_label("Code")).to_be_focused()
    pictured(elsewhere, pictures, "code")
    elsewhere.keyboard.type(code)
    elsewhere.keyboard.press("Enter")
    expect(elsewhere.get_by_role("heading", name="Projects", exact=True)).to_be_visible()

    page.goto(f"{installation.url}/account/")
    expect(page.get_by_role("region", name="Devices").get_by_role("row")).to_have_count(3)
    assert violations(page) == []
    pictured(page, pictures, "account")
    follow(page.get_by_role("button", name="Sign out there"))
    expect(page.get_by_text("Signed out there.")).to_be_visible()
    elsewhere.goto(f"{installation.url}/account/")
    expect(elsewhere.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_manager_makes_tokens_and_ways_back(enter, installation, pictures):
    page = enter("dora", "/projects/demo/tokens/")
    page.get_by_role("textbox", name="Name").fill("import from R")
    page.get_by_role("checkbox", name="Add, describe and retire documents").check()
    follow(page.get_by_role("button", name="Make the token"))
    secret = page.locator("#secret").inner_text()
    assert violations(page) == []
    pictured(page, pictures, "tokens")
    answer = page.request.get(
        f"{installation.url}/api/v1/projects/", headers={"Authorization": f"Bearer {secret}"}
    )
    assert answer.status == 200
    follow(page.get_by_role("button", name="Revoke import from R"))
    expect(page.get_by_text("no longer opens anything")).to_be_visible()

    page.goto(f"{installation.url}/projects/demo/members/")
    follow(page.get_by_role("link", name=re.compile("^Change ")).first)
    assert violations(page) == []
    pictured(page, pictures, "member")


def test_wrong_passwords_are_told_and_then_held_off_in_plain_words(
    installation, open_page, pictures, allowed_problems
):
    allowed_problems += ["status of 429"]
    page = open_page()
    page.goto(installation.url)
    for _ in range(5):
        page.get_by_label("Username").fill("nobody-of-this-name")
        page.get_by_label("Password").fill("no")
        follow(page.get_by_role("button", name="Sign in"))
        if page.get_by_role("heading", name="Sign in").count():
            expect(page.get_by_role("alert")).to_contain_text("do not belong together")
            assert violations(page) == []
    expect(page.get_by_role("heading", name="Too many wrong attempts")).to_be_visible()
    pictured(page, pictures, "held-off")
    follow(page.get_by_role("link", name="Forgotten password"))
    expect(page.get_by_text("This installation sends no mail.")).to_be_visible()
    pictured(page, pictures, "forgotten")
    page.goto(f"{installation.url}/sign-in/")
    pictured(page, pictures, "sign-in")
