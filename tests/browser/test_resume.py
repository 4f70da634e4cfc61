"""Somebody writes for longer than a session lasts, and loses nothing."""

import pytest
from playwright.sync_api import Browser, expect

from app.clock import SetClock
from tests.browser.conftest import Site, Watch, check_page, open_browser
from tests.browser.steps import sign_in

SITUATION = "三日前から、朝になると稚魚が水面に浮いています。"


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_what_was_written_goes_on_after_signing_in_again(
    chromium: Browser, site: Site, watch: Watch, width: str
) -> None:
    page = open_browser(chromium, site, watch, width=width)
    sign_in(page, site.cast.alice)
    page.goto("/ask")
    page.fill("textarea[name=title]", "ニジマスの稚魚が朝に死にます")
    page.fill("textarea[name=field_situation]", SITUATION)
    page.select_option("select[name=subject]", "rainbow-trout")
    assert isinstance(site.tools.clock, SetClock)
    site.tools.clock.move(hours=1)
    page.locator("main").get_by_role("button", name="見え方を確かめる").click()
    expect(page.locator("h1")).to_have_text("サインインの期限が切れました")
    check_page(page, f"{width}-session-ended")
    page.fill("input[name=mail]", site.cast.alice.mail)
    page.fill("input[name=password]", site.cast.alice.password)
    page.locator("main").get_by_role("button", name="サインイン", exact=True).click()
    expect(page.locator("h1")).to_have_text("サインインしました")
    check_page(page, f"{width}-resumed")
    page.locator("main").get_by_role("button", name="続きを送る").click()
    expect(page.locator("main")).to_contain_text(SITUATION)
    expect(page.locator("h1").first).to_have_text("この見え方で出しますか")
