"""Neither password nor code: back in four steps, told plainly what is lost, and until when only reading is possible."""

import re

import pytest
from playwright.sync_api import Browser, expect

from app.clock import SetClock
from tests.browser.conftest import Site, Watch, check_page, open_browser
from tests.browser.steps import sign_in

PASSWORD = "舟をこぐ夜明けの遠い歌"


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_begin_afresh(chromium: Browser, site: Site, watch: Watch, width: str) -> None:
    page = open_browser(chromium, site, watch, width=width)
    page.goto("/recover")
    page.get_by_role("link", name="復旧コードも見つからないとき").click()
    expect(page.locator("main")).to_contain_text("なくなるもの")
    expect(page.locator("main")).to_contain_text("7日間は読むことだけ")
    check_page(page, f"{width}-afresh")
    page.fill("input[name=mail]", site.cast.alice.mail)
    page.get_by_role("button", name="確認コードを送る").click()
    expect(page.locator("h1")).to_have_text("メールをお送りしました")
    check_page(page, f"{width}-afresh-code")
    site.pass_time()
    letter = next(one for one in site.outbox.letters() if "はじめからやり直すためのコード" in one["body"])
    page.fill("input[name=code]", re.findall(r"\b\w{4}-\w{4}\b", letter["body"])[0])
    page.get_by_role("button", name="次へ").click()
    expect(page.locator("h1")).to_have_text("新しいパスワードを決めてください")
    check_page(page, f"{width}-afresh-password")
    page.fill("input[name=password]", PASSWORD)
    page.get_by_label("示せなくなることを、わかっています").check()
    page.get_by_role("button", name="次へ").click()
    last = page.locator(".recovery-code span").last.inner_text()
    check_page(page, f"{width}-afresh-recovery")
    page.fill("input[name=last_group]", last)
    page.locator("main").get_by_role("button", name="控えました").click()
    expect(page.locator("body")).to_contain_text("2026年11月27日までは、読むことだけできます")
    check_page(page, f"{width}-afresh-reading")
    page.goto("/ask")
    expect(page.locator("h1")).to_have_text("いまは読むことだけできます")
    check_page(page, f"{width}-afresh-refused")


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_a_new_inbox(chromium: Browser, site: Site, watch: Watch, width: str) -> None:
    page = open_browser(chromium, site, watch, width=width)
    assert isinstance(site.tools.clock, SetClock)
    sign_in(page, site.cast.bob)
    page.goto("/queue/settings/salmonids/afresh")
    expect(page.locator("h1")).to_have_text("新しい受信箱にする")
    check_page(page, f"{width}-new-inbox")
    page.locator("main").get_by_role("button", name="新しい受信箱にする").click()
    expect(page.locator("body")).to_contain_text("新しい受信箱になりました")
