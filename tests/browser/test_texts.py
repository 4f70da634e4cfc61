"""One's own words on a phone: looked at in place while writing, wide tables in a box of their own, changed and taken out."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.app.questions.makers import answer, ask, make_question
from tests.app.queues.stage import work
from tests.browser.conftest import Site, Watch, check_page, open_browser
from tests.browser.steps import press, sign_in

VESSEL = "第八銀鱗丸"
TABLE = "| " + " | ".join(f"時刻{n}" for n in range(9)) + " |\n" + "|---" * 9 + "|\n" + "| 12.5℃ " * 9 + "|"
WROTE = f"**注意：**夜明け前に測ってください。\n\n{TABLE}\n\n```\n{'長い行' * 40}\n```"


@pytest.fixture
def thread(site: Site) -> str:
    """Alice's question, which bob has answered with a wide table."""
    question = make_question(title=f"{VESSEL}の生け簀だけ餌を食べません")
    thread_id = ask(site.tools, site.cast.alice, question)
    work(site.tools, hours=5)
    answer(site.tools, site.cast.bob, thread_id, WROTE)
    work(site.tools, hours=5)
    return f"/threads/{thread_id}"


@pytest.fixture
def alice(chromium: Browser, site: Site, watch: Watch) -> Page:
    page = open_browser(chromium, site, watch)
    sign_in(page, site.cast.alice)
    return page


def test_a_wide_table_scrolls_in_its_box_by_the_keyboard(thread: str, alice: Page) -> None:
    alice.goto(thread)
    check_page(alice, "text-thread")
    for box in (alice.locator(".prose .table-box").first, alice.locator(".prose pre").first):
        assert box.evaluate("one => one.scrollWidth > one.clientWidth")
        box.focus()
        expect(box).to_be_focused()
        alice.keyboard.press("ArrowRight")
        alice.wait_for_function("one => one.scrollLeft > 0", arg=box.element_handle())


def test_a_text_is_looked_at_in_place(thread: str, chromium: Browser, site: Site, watch: Watch) -> None:
    carol = open_browser(chromium, site, watch)
    sign_in(carol, site.cast.carol)
    carol.goto(thread)
    typed = f"架空水産Aの{VESSEL}と同じです。\n\n- **酸素：**を測る"
    form = carol.locator("form[action$='/answer']")
    form.locator("textarea").fill(typed)
    form.get_by_role("button", name="ここで見え方を見る").click()
    looked = form.locator(".looked")
    expect(looked.locator("strong")).to_have_text("酸素:")
    expect(looked).not_to_contain_text("架空水産A")
    expect(looked).to_contain_text("置きかえて見せています")
    expect(form.locator("textarea")).to_have_value(typed)
    check_page(carol, "text-looked")
    carol.goto("/ask")
    carol.fill("textarea[name=title]", "稚魚が浮いています")
    carol.get_by_role("button", name="ここで見え方を見る").click()
    expect(carol.locator(".looked")).to_contain_text("稚魚が浮いています")


def test_the_author_adds_and_takes_words_out(thread: str, alice: Page, site: Site) -> None:
    alice.goto(thread)
    alice.locator(".thread-question details.more summary").click()
    check_page(alice, "text-own")
    press(alice, "直す・追記する")
    check_page(alice, "text-add")
    alice.fill("textarea[name=text]", "翌朝は**食べました**。")
    press(alice, "見え方を確かめる")
    check_page(alice, "text-look")
    press(alice, "この文にする")
    expect(alice.locator("main")).to_contain_text("公開を待っています")
    alice.goto(f"{thread}/words")
    check_page(alice, "text-words")
    alice.get_by_label("ほかに消す言葉").fill(VESSEL)
    press(alice, "いますぐ消す")
    expect(alice.locator("main")).not_to_contain_text(VESSEL)
    alice.goto(f"{thread}/withdraw")
    check_page(alice, "text-withdraw")
    alice.goto(f"{thread}/same")
    check_page(alice, "text-same")
    site.pass_time(hours=5)
    sign_in(alice, site.cast.alice)
    alice.goto(thread)
    expect(alice.locator("main h1")).to_contain_text("■■の生け簀だけ")
    expect(alice.locator(".addition")).to_contain_text("食べました")
