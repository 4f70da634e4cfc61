"""What asking costs on a phone: taps from the first page to a question on its way, and how long pages take meanwhile."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, Watch, open_browser
from tests.browser.steps import sign_in

MOST_TAPS = 5
MOST_SECONDS = 15  # of two shared cores; by itself it is two or three


def test_a_question_takes_five_taps(chromium: Browser, site: Site, watch: Watch) -> None:
    page = open_browser(chromium, site, watch, has_touch=True)
    sign_in(page, site.cast.alice)
    page.goto("/")
    began = page.evaluate("performance.timeOrigin + performance.now()")
    taps = [
        tap(page, page.locator("nav.tabbar").get_by_role("link", name="質問する")),
        tap(page, page.locator("textarea[name=title]"), "ニジマスの稚魚がハダムシで弱っています"),
        tap(
            page,
            page.locator("textarea[name=field_situation]"),
            "三日前から、体をこすりつけて泳ぎます。水温は高めです。",
        ),
        tap(page, page.get_by_role("button", name="見え方を確かめる")),
        tap(page, page.get_by_role("button", name="公開する", exact=True)),
    ]
    expect(page.locator("main")).to_contain_text("公開待ち")
    seconds = (page.evaluate("performance.timeOrigin + performance.now()") - began) / 1000
    print(f"ask: {len(taps)} taps, {seconds:.1f} s of waiting")
    assert len(taps) <= MOST_TAPS
    assert seconds < MOST_SECONDS


def tap(page: Page, target, typed: str = "") -> None:  # type: ignore[no-untyped-def]
    """Touch something, and type into it."""
    target.tap()
    page.keyboard.insert_text(typed)
