"""Close threads while typing: found by the bundled encoder among what was really published, and asked for in bodies."""

from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.app.questions.makers import ask, make_question
from tests.app.queues.stage import work
from tests.browser.conftest import Site, Watch, check_page, open_browser
from tests.browser.steps import choose, press, sign_in

THREADS = (
    ("水温が高い日の給餌をどう減らすか", "夏に水温が二十度をこえると、朝の餌を残します。どこまで減らせばよいですか。"),
    ("いけすの網につく貝の落とし方", "網に貝がついて重くなり、張り替えの人手が足りません。"),
    ("稚魚のえらが白くなって死ぬ", "ふ化して二月の稚魚が、えらを白くして毎日死んでいます。"),
)
TYPED = "暑くて餌を食べ残す"


@pytest.fixture
def published(site: Site) -> Site:
    """Three questions of other organisations, published and remembered."""
    for who, (title, situation) in zip(("bob", "carol", "erin"), THREADS, strict=True):
        ask(site.tools, site.cast[who], make_question(title=title, fields={"situation": situation}))
    work(site.tools, hours=25)
    return site


@pytest.fixture
def asker(chromium: Browser, published: Site, watch: Watch) -> Page:
    """Alice at the form, with her subject chosen."""
    page = open_browser(chromium, published, watch)
    sign_in(page, published.cast.alice)
    page.goto("/ask")
    page.select_option("select[name=subject]", "rainbow-trout")
    return page


def test_close_threads_appear_while_typing(asker: Page) -> None:
    sent: list[Request] = []
    asker.on("request", lambda request: sent.append(request))
    title = asker.locator("textarea[name=title]")
    title.press_sequentially(TYPED[:3], delay=20)
    asker.wait_for_timeout(1500)
    expect(asker.locator("#similar-threads a")).to_have_count(0)
    title.press_sequentially(TYPED[3:], delay=20)
    expect(asker.locator("#similar-threads a").first).to_contain_text(THREADS[0][0])
    searches = [request for request in sent if request.url.endswith("/ask/similar")]
    assert 1 <= len(searches) <= 3, "one search for each pause, not for each key"
    assert all(request.method == "POST" for request in searches)
    assert unquote(searches[-1].post_data or "", errors="replace").find(TYPED) >= 0
    for request in sent:
        assert not any(piece in unquote(request.url) for piece in (TYPED, TYPED[:3], "餌"))


def test_nothing_typed_is_in_an_address_of_the_whole_way(asker: Page) -> None:
    addresses: list[str] = []
    asker.on("request", lambda request: addresses.append(unquote(request.url)))
    write(asker)
    press(asker, "見え方を確かめる")
    expect(asker.locator("h1").first).to_have_text("この見え方で出しますか")
    open_similar(asker)
    expect(asker.locator(".similar a").first).to_contain_text(THREADS[0][0])
    asker.locator(".similar a").first.click()
    expect(asker.locator("h1").first).to_have_text(THREADS[0][0])
    assert not any("餌" in address or "水温" in address for address in addresses)


@pytest.mark.parametrize("place", ["form", "preview"])
def test_solved_closes_the_draft(asker: Page, place: str) -> None:
    write(asker)
    press(asker, "見え方を確かめる")
    expect(asker.locator("h1").first).to_have_text("この見え方で出しますか")
    if place == "form":
        asker.goto("/ask")
        asker.locator("textarea[name=title]").press_sequentially("です", delay=20)
    else:
        open_similar(asker)
    asker.get_by_role("button", name="これで解決しました").first.click()
    expect(asker.locator("h1").first).to_have_text("解決してよかったです")
    check_page(asker, f"solved-{place}")
    asker.goto("/ask")
    expect(asker.locator("textarea[name=title]")).to_have_value("")
    asker.get_by_role("button", name="元にもどす").click()
    expect(asker.locator("textarea[name=title]")).to_have_value("です" * (place == "form") + TYPED)


def test_enter_in_a_field_goes_to_the_preview_and_solves_nothing(asker: Page) -> None:
    asker.locator("summary", has_text="くわしく書く").click()
    asker.locator("textarea[name=title]").press_sequentially(TYPED, delay=20)
    expect(asker.locator("#similar-threads button").first).to_be_visible()
    asker.locator("input[name=field_water_temperature]").press("Enter")
    expect(asker.locator("[data-error-summary]")).to_be_visible()


def open_similar(page: Page) -> None:
    """Unfold the list on the preview."""
    page.locator("summary", has_text="近い質問を見る").click()


def write(page: Page) -> None:
    """Write the whole question."""
    page.fill("textarea[name=title]", TYPED)
    page.fill("textarea[name=field_situation]", "水温が上がってから、朝の餌を残すようになりました。")
    page.locator("summary", has_text="くわしく書く").click()
    page.select_option("select[name=topic]", "feed")
    choose(page, "notify", "1")
