"""Away from the network, what nothing keeps stays on its page, and the page says that it was not sent."""

from playwright.sync_api import Browser, Page, expect

from tests.app.ideas.makers import post_idea
from tests.app.questions.makers import answer, publish, published
from tests.browser.conftest import Site, Watch, check_page, open_browser
from tests.browser.steps import press, sign_in
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
    expect(page.locator("[data-kept]")).to_have_text("下書きに残しました。")
    page.context.set_offline(True)
    page.fill("[name=title]", "濡れた手でも押せる記録")
    expect(page.locator("[data-kept]")).to_have_text("")  # what is typed from here on is kept nowhere
    page.fill("[name=title]", TYPED["title"])
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


def test_the_second_look_in_the_other_language_has_lost_nothing(chromium: Browser, site: Site, watch: Watch) -> None:
    page = start(chromium, site, watch, "/ideas/new")
    told = {**TYPED, "aim": "架空水産Aの桟橋に置いてほしいです。"}
    for name, text in told.items():
        page.locator(f"[name={name}]").press_sequentially(text, delay=2)
    expect(page.locator("[data-kept]")).to_have_text("下書きに残しました。")
    press(page, "確かめて出す")
    expect(page.locator("main")).to_contain_text("この文で出しますか")
    page.locator("header").get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("Write an idea")
    assert {name: page.locator(f"[name={name}]").input_value() for name in told} == told
    check_page(page, "idea-draft-en")


def test_a_second_look_that_nothing_keeps_asks_before_it_is_left(chromium: Browser, site: Site, watch: Watch) -> None:
    idea = post_idea(site.tools, site.cast.bob)
    page = start(chromium, site, watch, f"/ideas/{idea}")
    page.fill("main textarea[name=text]", "架空水産Aでも使います。")
    press(page, "返信する")
    expect(page.locator("main")).to_contain_text("この文で出しますか")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator("header").get_by_role("button", name="English").click(no_wait_after=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    page.locator("#send-form").get_by_role("button", name="この文で出す").click()
    expect(page.locator("#messages")).to_contain_text("受け取りました")
    assert len(asked) == 1
