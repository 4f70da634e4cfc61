"""The coordinator's morning on a phone: a flag, a post that is held, and the words for both; the author does what was
asked for, and everything is shown again. Without a sideways scroll or an accessibility finding on any of the pages."""

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app.questions.models import Post
from tests.app.moderation.stage import flag
from tests.app.questions.makers import answer, make_question, publish, published
from tests.browser.conftest import Site, Watch, check_page, open_browser
from tests.browser.steps import press, sign_in
from tests.cast import Cast

NAMED = "第三海潮丸の横のいけすで、夜明け前に酸素が下がっていました。"


def stand(site: Site, cast: Cast) -> str:
    """Bob's answer names a boat, and carol says so; an answer of carol's own is held for its price."""
    thread_id = published(site.tools, cast.alice, make_question())
    answer(site.tools, cast.bob, thread_id, NAMED)
    publish(site.tools)
    with site.tools.database.reading() as stores:
        post_id = stores.content.scalars(select(Post.id)).one()
    flag(site.app, cast.carol, thread_id, post_id, "identifying", "船の名前が書いてあります。")
    answer(site.tools, cast.carol, thread_id, "測る道具は1台12,800円でした。")
    return thread_id


def choose(page: Page, words: str) -> None:
    page.get_by_role("radio", name=words).check()


def test_the_coordinators_morning(chromium: Browser, site: Site, watch: Watch) -> None:
    thread_id = stand(site, site.cast)
    erin, bob = (open_browser(chromium, site, watch) for _ in range(2))
    sign_in(erin, site.cast.erin)
    erin.locator(".tabbar summary").click()
    erin.get_by_role("link", name="世話役").first.click()
    check_page(erin, "phone-desk")
    erin.get_by_role("link", name=NAMED[:8]).click()
    check_page(erin, "phone-desk-flag")
    expect(erin.locator("main")).to_contain_text("船の名前が書いてあります")
    choose(erin, "言葉を消してもらう")
    press(erin, "この判断にする")
    expect(erin.locator(".error-summary")).to_be_visible()  # why, and which words, is what the author needs
    choose(erin, "だれのことか、わかってしまう")
    erin.get_by_label("書いた人へのひとこと").fill("「第三海潮丸」を消していただけますか。")
    press(erin, "この判断にする")
    erin.get_by_role("link", name="測る道具").click()
    choose(erin, "公開する")
    press(erin, "この判断にする")
    expect(erin.locator("main")).to_contain_text("いま待っているものはありません")
    check_page(erin, "phone-desk-empty")

    sign_in(bob, site.cast.bob)
    bob.goto(f"/threads/{thread_id}")
    bob.get_by_role("link", name="何が起きているかを見る").click()
    expect(bob.locator("main")).to_contain_text("「第三海潮丸」を消していただけますか")
    check_page(bob, "phone-reviews")
    press(bob, "消しました")
    erin.reload()
    erin.get_by_role("link", name=NAMED[:8]).click()
    choose(erin, "もとどおり表示する")
    press(erin, "この判断にする")
    bob.goto(f"/threads/{thread_id}")
    expect(bob.get_by_text("確認中です")).to_have_count(0)
