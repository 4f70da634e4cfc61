"""Away from the network: what is written is kept, said to be unsent, and sent once, by who wrote it and by nobody else."""

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app.clock import SetClock
from app.questions.models import Pending
from tests.app.questions.makers import ask
from tests.browser.conftest import Site, Watch, check_page, open_browser
from tests.browser.steps import SITUATION, TITLE, press, sign_in


@pytest.fixture
def watch() -> Watch:
    """Without a network the browser grumbles about every request: nothing else is watched for here."""
    return Watch()


def ready(page: Page) -> None:
    """Wait until the worker has everything it keeps."""
    page.wait_for_function("async () => Boolean(await caches.match('/offline', { ignoreVary: true }))")
    page.wait_for_function("() => Boolean(navigator.serviceWorker.controller)")


UNSENT = """() => new Promise((done) => {
  const open = indexedDB.open("shiome", 1);
  open.onsuccess = () => {
    const all = open.result.transaction("unsent").objectStore("unsent").getAll();
    all.onsuccess = () => { done(all.result.map((one) => one.title)); open.result.close(); };
  };
})"""


def unsent(page: Page) -> list[str]:
    """The titles of what the phone keeps."""
    return page.evaluate(UNSENT)


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
    expect(page.locator("#messages")).to_contain_text("電波のないあいだに書いた質問が届きました")
    page.locator("#messages a").click()
    expect(page.locator("h1").first).to_have_text("この見え方で出しますか")
    expect(page.locator("main")).to_contain_text(SITUATION[:20])
    assert waiting(site) == 0, "nothing goes out that she has not looked at"
    press(page, "公開する")
    expect(page.locator("h1").first).to_contain_text(TITLE)
    page.goto("/ask")
    expect(page.locator("textarea[name=title]")).to_have_value("")
    assert (waiting(site), unsent(page)) == (1, [])


def write(page: Page, title: str, *, more: str = "くわしく書く") -> None:
    """Fill the question form without pressing anything."""
    page.fill("textarea[name=title]", title)
    page.select_option("select[name=subject]", "rainbow-trout")
    page.fill("textarea[name=field_situation]", SITUATION)
    page.locator("summary", has_text=more).click()
    page.select_option("select[name=topic]", "disease")


def test_what_was_looked_at_before_is_published_once(chromium: Browser, site: Site, watch: Watch) -> None:
    page = open_browser(chromium, site, watch)
    sign_in(page, site.cast.alice)
    page.goto("/ask")
    ready(page)
    write(page, TITLE)
    press(page, "見え方を確かめる")
    page.context.set_offline(True)
    press(page, "公開する")
    expect(page.locator("#unsent-list")).to_contain_text("見え方を確かめた質問")
    page.context.set_offline(False)
    expect(page.locator("#messages")).to_contain_text("質問を受け取りました")
    page.reload()
    assert (waiting(site), unsent(page)) == (1, [])
    page.goto("/mine")
    expect(page.locator("main")).to_contain_text(TITLE)


LABEL = "document.body.dataset.phone"
RELABEL = """(label) => new Promise((done) => {
  const open = indexedDB.open("shiome", 1);
  open.onsuccess = () => {
    const store = open.result.transaction("unsent", "readwrite").objectStore("unsent");
    store.getAll().onsuccess = (found) => found.target.result.forEach((one) => store.put({ ...one, label }));
    store.transaction.oncomplete = () => { done(); open.result.close(); };
  };
})"""
AFTER_DELIVERY = "() => navigator.locks.request('unsent', () => null)"


def test_who_else_signs_in_here_neither_sees_nor_sends_it(chromium: Browser, site: Site, watch: Watch) -> None:
    page = open_browser(chromium, site, watch)
    sign_in(page, site.cast.alice)
    page.goto("/ask")
    ready(page)
    page.context.set_offline(True)
    write(page, TITLE)
    press(page, "見え方を確かめる")
    expect(page.locator("#unsent-list h2")).to_have_text("未送信：1件")
    page.context.clear_cookies()
    page.context.set_offline(False)
    expect(page.locator("[data-unsent-count]")).to_be_visible()

    sign_in(page, site.cast.bob)
    for path in ("/ask", "/mine", "/threads"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert TITLE not in page.content()
    page.context.set_offline(True)
    page.goto("/ask")
    expect(page.locator("#offline-form")).to_be_visible()
    assert TITLE not in page.locator("body").inner_text()
    page.context.set_offline(False)
    expect(page.locator("#ask-form")).to_be_visible()
    assert unsent(page) == [TITLE]
    page.goto("/account")
    page.wait_for_load_state("networkidle")
    page.evaluate(AFTER_DELIVERY)  # this page has looked already: the next one finds it
    page.evaluate(RELABEL, page.evaluate(LABEL))  # a phone that kept it for whoever comes: now it would be seen
    page.goto("/ask")
    expect(page.locator("h1").first).to_have_text("この見え方で出しますか")


def test_signing_out_takes_it_along_after_a_question(chromium: Browser, site: Site, watch: Watch) -> None:
    page = open_browser(chromium, site, watch)
    sign_in(page, site.cast.alice)
    page.goto("/ask")
    ready(page)
    write(page, "別の下書き")
    expect(page.locator("[data-kept]")).to_have_text("下書きに残しました。")
    page.context.set_offline(True)
    page.goto("/mine")
    page.fill("#offline-form textarea[name=title]", TITLE)
    page.fill("#offline-form textarea[name=field_situation]", SITUATION)
    press(page, "この電話に残す")
    expect(page.locator("#unsent-list h2")).to_have_text("未送信：1件")
    check_page(page, "offline-writing")
    page.context.set_offline(False)
    expect(page.locator("#messages")).to_contain_text("いまの下書きを公開するか消すと、届きます")
    page.locator("#messages a").click()
    expect(page.locator("textarea[name=title]")).to_have_value("別の下書き")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.goto("/mine")
    expect(page.locator("#messages")).to_contain_text("待っています")
    page.locator("header").get_by_role("button", name="サインアウト").click()
    expect(page.locator("#messages")).to_contain_text("サインアウトしました")
    assert len(asked) == 1
    assert unsent(page) == []


def test_an_answer_and_a_question_in_english_come_back_into_their_forms(
    chromium: Browser, site: Site, watch: Watch
) -> None:
    thread_id = ask(site.tools, site.cast.alice)
    site.pass_time(hours=25)
    page = open_browser(chromium, site, watch, locale="en")
    sign_in(page, site.cast.bob)
    page.goto(f"/threads/{thread_id}")
    ready(page)
    page.context.set_offline(True)
    page.fill("textarea[name=text]", "Measure oxygen before dawn.")
    press(page, "Send answer")
    expect(page.locator("h1").first).to_have_text("No network")
    expect(page.locator("#unsent-list")).to_contain_text("Measure oxygen before dawn.")
    check_page(page, "offline-en")
    page.context.set_offline(False)
    expect(page.locator("#messages")).to_contain_text("written without a network")
    expect(page).to_have_url(f"{site.url}/threads/{thread_id}")
    page.locator("#messages a").click()
    expect(page.locator("textarea[name=text]")).to_have_value("Measure oxygen before dawn.")
    page.goto("/ask")
    page.context.set_offline(True)
    write(page, "Fry swim near the surface at night", more="Tell us more")
    press(page, "Check who sees what")
    expect(page.locator("#unsent-list h2")).to_have_text("Not sent yet: 1")
    expect(page.locator("#unsent-list")).to_contain_text("Fry swim near the surface at night")
    page.context.set_offline(False)
    expect(page.locator("h1").first).to_have_text("Publish it like this?")
    expect(page.locator("main")).to_contain_text("Fry swim near the surface at night")
    assert (waiting(site), unsent(page)) == (0, [])


def test_whoever_left_leaves_nothing_on_the_phone(chromium: Browser, site: Site, watch: Watch) -> None:
    page = open_browser(chromium, site, watch)
    sign_in(page, site.cast.alice)
    page.goto("/ask")
    ready(page)
    page.context.set_offline(True)
    write(page, TITLE)
    press(page, "見え方を確かめる")
    expect(page.locator("#unsent-list h2")).to_have_text("未送信：1件")
    page.context.clear_cookies()
    page.context.set_offline(False)
    expect(page.locator("[data-unsent-count]")).to_be_visible()
    page.goto("/leaving/goodbye")
    page.wait_for_function(f"async () => (await ({UNSENT})()).length === 0")
