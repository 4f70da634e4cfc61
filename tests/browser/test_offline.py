"""Away from the network: what is written is kept, said to be unsent, and sent once, by who wrote it and by nobody else."""

import time

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app.clock import SetClock
from app.questions.models import Pending
from tests.browser.conftest import Site, Watch, check_page, open_browser
from tests.browser.steps import SITUATION, TITLE, press, sign_in

WORDS = {
    "ja": ("見え方を確かめる", "未送信：1件", "この電話に、送るのを待っているものが1件あります", "この見え方で出しますか", "公開する"),
    "en": ("Check how it looks", "Not sent yet: 1", "", "", "Publish"),
}  # fmt: skip


@pytest.fixture
def watch() -> Watch:
    """Without a network the browser grumbles about every request: nothing else is watched for here."""
    return Watch()


def ready(page: Page) -> None:
    """Wait until the worker has everything it keeps."""
    page.wait_for_function("async () => Boolean(await caches.match('/offline', { ignoreVary: true }))")
    page.wait_for_function("() => Boolean(navigator.serviceWorker.controller)")


def unsent(page: Page) -> list[str]:
    """The titles of what the phone keeps."""
    return page.evaluate(
        """() => new Promise((done) => {
          const open = indexedDB.open("shiome", 1);
          open.onsuccess = () => {
            const all = open.result.transaction("unsent").objectStore("unsent").getAll();
            all.onsuccess = () => { done(all.result.map((one) => one.title)); open.result.close(); };
          };
        })"""
    )


def waiting(site: Site) -> int:
    with site.tools.database.reading() as stores:
        return len(stores.content.scalars(select(Pending)).all())


def test_a_tired_asker_without_a_network(chromium: Browser, site: Site, watch: Watch) -> None:
    page = open_browser(chromium, site, watch)
    sign_in(page, site.cast.alice)
    page.goto("/ask")
    ready(page)
    page.locator("textarea[name=title]").press_sequentially(TITLE, delay=5)
    expect(page.locator("[data-kept]")).to_have_text("下書きに残しました。")
    page.context.set_offline(True)
    page.select_option("select[name=subject]", "rainbow-trout")
    page.locator("textarea[name=field_situation]").press_sequentially(SITUATION, delay=5)
    expect(page.locator("[data-kept]")).to_contain_text("この電話だけに残しています")
    page.locator("summary", has_text="くわしく書く").click()
    page.select_option("select[name=topic]", "disease")
    press(page, "見え方を確かめる")
    expect(page.locator("#unsent-list h2")).to_have_text("未送信：1件")
    expect(page.locator("#unsent-list")).to_contain_text(TITLE)
    check_page(page, "offline")
    page.goto("/threads")  # whatever she opens, it is said
    expect(page.locator("#unsent-list h2")).to_have_text("未送信：1件")

    assert isinstance(site.tools.clock, SetClock)
    site.tools.clock.move(hours=13)
    page.context.set_offline(False)
    expect(page.locator("h1").first).to_have_text("サインイン")
    expect(page.locator("[data-unsent-count]")).to_contain_text("送るのを待っているものが1件あります")
    assert TITLE not in page.content()
    page.fill("input[name=mail]", site.cast.alice.mail)
    page.fill("input[name=password]", site.cast.alice.password)
    press(page, "サインイン")
    expect(page.locator("h1").first).to_have_text("この見え方で出しますか")
    expect(page.locator("main")).to_contain_text(SITUATION[:20])
    assert waiting(site) == 0, "nothing goes out that she has not looked at"
    press(page, "公開する")
    expect(page.locator("h1").first).to_contain_text(TITLE)
    page.goto("/ask")
    expect(page.locator("textarea[name=title]")).to_have_value("")
    assert (waiting(site), unsent(page)) == (1, [])
