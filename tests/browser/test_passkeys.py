"""Fingerprint or face in a real Chromium, with the authenticator its own testing tools bring: registered once, then one
tap, and what only the member's own secret finds is there."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from app.clock import SetClock
from tests.app.questions.makers import make_question, published
from tests.browser.conftest import Site, Watch, check_page, open_browser, take_picture
from tests.browser.steps import press, sign_in
from tests.cast import PASSWORD

TITLE = "いけすの網がすぐ汚れます"
PRESSED = "指紋や顔で入る"


@pytest.fixture
def named(site: Site) -> Site:
    """The same site under a name: browsers know no passkeys at an IP address."""
    url = site.url.replace("127.0.0.1", "localhost")
    site.tools.settings = site.tools.settings.model_copy(update={"base_url": url})
    return replace(site, url=url)


def plug_in(page: Page, *, prf: bool = True) -> tuple[CDPSession, dict[str, Any]]:
    """Give the browser a device with a finger that always fits; how to speak of it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options: dict[str, Any] = {
        "protocol": "ctap2",
        "ctap2Version": "ctap2_1",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
        "hasPrf": prf,
    }
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def register(page: Page, look: str = "") -> None:
    """From the settings to the device's answer."""
    page.goto("/account")
    page.get_by_role("link", name="この端末の指紋や顔で入れるようにする").click()
    check_page(page, f"{look}-passkey-add") if look else None
    page.fill("input[name=current]", PASSWORD)
    press(page, "次へ")
    expect(page.locator("h1")).to_have_text("この端末を登録")
    page.fill("input[name=label]", "いけすの電話")
    check_page(page, f"{look}-passkey-new") if look else None
    press(page, "この端末を登録する")


def test_registered_once_then_one_tap(chromium: Browser, named: Site, watch: Watch) -> None:
    thread = published(named.tools, named.cast.alice, make_question(title=TITLE))
    page = open_browser(chromium, named, watch)
    plug_in(page)
    sign_in(page, named.cast.alice)
    register(page, "phone")
    expect(page.locator("#messages")).to_contain_text("次からは、指紋や顔で入れます")
    expect(page.locator("main")).to_contain_text("いけすの電話")
    check_page(page, "phone-passkey-account")
    page.locator("header").get_by_role("button", name="サインアウト").click()
    expect(page.locator("#messages")).to_contain_text("サインアウトしました")
    page.goto("/sign-in?next=/mine")
    check_page(page, "phone-passkey-sign-in")
    press(page, PRESSED)
    expect(page).to_have_url(f"{named.url}/mine")
    expect(page.locator("main")).to_contain_text(TITLE)
    page.goto(f"/threads/{thread}")
    expect(page.locator("h1").first).to_contain_text(TITLE)
    expect(page.locator("main").get_by_role("button", name="書き足す", exact=True)).to_be_visible()


def test_the_device_is_registered_once(chromium: Browser, named: Site, watch: Watch) -> None:
    page = open_browser(chromium, named, watch)
    plug_in(page)
    sign_in(page, named.cast.alice)
    register(page)
    expect(page.locator("#messages")).to_contain_text("登録しました")
    register(page)
    expect(page.locator("[data-passkey-said=there]")).to_be_visible()
    check_page(page, "phone-passkey-there")


def test_a_device_without_prf_is_told_what_still_works(chromium: Browser, named: Site, watch: Watch) -> None:
    page = open_browser(chromium, named, watch)
    plug_in(page, prf=False)
    sign_in(page, named.cast.alice)
    register(page)
    expect(page.locator("[data-passkey-said=without]")).to_be_visible()
    check_page(page, "phone-passkey-without")
    page.goto("/account")
    expect(page.locator("main")).not_to_contain_text("いけすの電話")


def test_a_device_that_knows_nobody_says_so_and_the_password_works(
    chromium: Browser, named: Site, watch: Watch
) -> None:
    page = open_browser(chromium, named, watch)
    session, device = plug_in(page)
    sign_in(page, named.cast.alice)
    register(page)
    expect(page.locator("#messages")).to_contain_text("登録しました")
    page.locator("header").get_by_role("button", name="サインアウト").click()
    expect(page.locator("#messages")).to_contain_text("サインアウトしました")
    assert session.send("WebAuthn.getCredentials", device)["credentials"]
    session.send("WebAuthn.clearCredentials", device)
    page.goto("/sign-in")
    press(page, PRESSED)
    expect(page.locator("[data-passkey-said=stopped]")).to_be_visible()
    sign_in(page, named.cast.alice)


def test_what_was_written_goes_on_after_one_tap(chromium: Browser, named: Site, watch: Watch) -> None:
    page = open_browser(chromium, named, watch)
    plug_in(page)
    sign_in(page, named.cast.alice)
    register(page)
    expect(page.locator("#messages")).to_contain_text("登録しました")
    page.goto("/ask")
    page.fill("textarea[name=title]", TITLE)
    page.fill("textarea[name=field_situation]", "三日前からです。")
    page.select_option("select[name=subject]", "rainbow-trout")
    assert isinstance(named.tools.clock, SetClock)
    named.tools.clock.move(hours=1)
    press(page, "見え方を確かめる")
    expect(page.locator("h1")).to_have_text("サインインの期限が切れました")
    press(page, PRESSED)
    expect(page.locator("h1")).to_have_text("サインインしました")
    press(page, "続きを送る")
    expect(page.locator("main")).to_contain_text("三日前からです。")


def test_in_english_on_a_desk(chromium: Browser, named: Site, watch: Watch) -> None:
    page = open_browser(chromium, named, watch, width="desk", locale="en")
    plug_in(page)
    page.goto("/sign-in")
    check_page(page, "desk-en-passkey-sign-in")
    page.fill("input[name=mail]", named.cast.alice.mail)
    page.fill("input[name=password]", PASSWORD)
    press(page, "Sign in")
    page.goto("/account")
    check_page(page, "desk-en-passkey-account")
    page.get_by_role("link", name="Let this device’s fingerprint or face sign you in").click()
    page.fill("input[name=current]", PASSWORD)
    press(page, "Next")
    check_page(page, "desk-en-passkey-new")
    press(page, "Register this device")
    expect(page.locator("#messages")).to_contain_text("Registered")
    take_picture(page, "desk-en-passkey-registered")


def test_without_javascript_and_at_an_ip_address_there_is_no_button(
    chromium: Browser, named: Site, watch: Watch, site: Site, tmp_path: Path
) -> None:
    page = open_browser(chromium, named, watch, java_script_enabled=False)
    for path in ("/sign-in", "/account"):
        sign_in(page, named.cast.alice) if path == "/account" else page.goto(path)
        page.goto(path)
        assert page.get_by_text("指紋や顔").filter(visible=True).count() == 0
    elsewhere = open_browser(chromium, site, watch)
    elsewhere.goto("/sign-in")
    expect(elsewhere.get_by_role("button", name=PRESSED)).to_be_hidden()
