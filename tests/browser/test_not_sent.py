"""Away from the network, what nothing keeps stays on its page, and the page says that it was not sent."""

from playwright.sync_api import Browser, Page, expect

from tests.app.questions.makers import answer, publish, published
from tests.browser.conftest import Site, Watch, check_page, open_browser
from tests.browser.steps import sign_in
from tests.browser.test_offline import ready, unsent, watch

__all__ = ["watch"]

WISH = "手袋のまま、大きなボタンだけで残餌の量を残せるようにしたいです。"
TYPED = {"title": "濡れた手でも押せる、給餌の記録", "aim": WISH}
SAYS = "main [data-not-sent]"


def start(chromium: Browser, site: Site, watch: Watch, path: str, *, locale: str = "ja") -> Page:
    page = open_browser(chromium, site, watch, locale=locale)
    sign_in(page, site.cast.alice)
    page.goto(path)
    ready(page)
    return page


def test_a_text_that_nothing_keeps_stays_where_it_was_typed(chromium: Browser, site: Site, watch: Watch) -> None:
    page = start(chromium, site, watch, "/ideas/new")
    for name, text in TYPED.items():
        page.fill(f"[name={name}]", text)
    page.context.set_offline(True)
    page.get_by_role("button", name="確かめて出す").click()
    expect(page.locator(SAYS)).to_contain_text(
        "送れませんでした。書いたものは、この画面に残っています。", use_inner_text=True
    )
    expect(page.locator(SAYS)).not_to_contain_text("押してください", use_inner_text=True)
    assert page.url.endswith("/ideas/new")
    assert {name: page.locator(f"[name={name}]").input_value() for name in TYPED} == TYPED
    assert unsent(page) == []
    check_page(page, "not-sent")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="みんなの質問").first.click(no_wait_after=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"], "it is guarded again"
    page.context.set_offline(False)
    page.get_by_role("button", name="確かめて出す").click()
    expect(page.locator("#messages")).to_contain_text("受け取りました")


def test_a_tap_says_that_it_did_not_arrive(chromium: Browser, site: Site, watch: Watch) -> None:
    thread_id = published(site.tools, site.cast.alice)
    answer(site.tools, site.cast.bob, thread_id)
    publish(site.tools)
    page = start(chromium, site, watch, f"/threads/{thread_id}", locale="en")
    page.context.set_offline(True)
    for _twice in range(2):
        page.get_by_role("button", name="This helped").click()
        expect(page.locator(SAYS)).to_contain_text("No network: this did not arrive.", use_inner_text=True)
        expect(page.locator(SAYS)).to_have_count(1)
    check_page(page, "tap-not-sent-en")
    page.context.set_offline(False)
    page.get_by_role("button", name="This helped").click()
    expect(page.locator(SAYS)).to_have_count(0)


def test_what_no_page_speaks_for_is_said_to_be_lost_and_never_to_be_kept(
    chromium: Browser, site: Site, watch: Watch
) -> None:
    page = start(chromium, site, watch, "/ideas/new")
    page.fill("[name=title]", TYPED["title"])
    page.context.set_offline(True)
    page.locator("form[action$='/ideas/new']").evaluate("form => form.submit()")  # as a page without our scripts
    expect(page.locator("#offline-lost")).to_contain_text("届いていません")
    expect(page.locator("main")).not_to_contain_text("残っています。電波", use_inner_text=True)
    check_page(page, "offline-lost")
