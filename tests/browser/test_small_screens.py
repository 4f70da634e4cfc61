"""A phone at its smallest: text twice as large, and pages no longer than they must be."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.app.questions.makers import published
from tests.browser.conftest import Site, Watch, open_browser, take_picture
from tests.browser.steps import SITUATION, TITLE, press, sign_in

TWICE = "document.documentElement.style.fontSize = '200%'; document.querySelectorAll('main details').forEach(one => { one.open = true })"
OVERLAP = """() => {
  const [one, other] = [".wordmark", ".header-actions"].map((name) => document.querySelector(name).getBoundingClientRect());
  return one.right > other.left && one.bottom > other.top && other.bottom > one.top;
}"""
OUTSIDE = """() => [...document.querySelectorAll("header *, main *, footer *, nav *")].filter((one) => {
  const box = one.getBoundingClientRect();
  return one.checkVisibility() && box.width > 2 && !one.closest(".table-box") && (box.right > innerWidth + 1 || box.left < -1);
}).map((one) => `${one.tagName} ${one.textContent.trim().slice(0, 20)}`)"""


def fits(page: Page, path: str) -> None:
    """With text at 200 % nothing is wider than the phone, and the head of the page stands apart from its buttons."""
    page.goto(path)
    page.evaluate(TWICE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    assert page.evaluate(OUTSIDE) == [], path
    assert not page.evaluate(OVERLAP), path
    take_picture(page, f"large-{path.strip('/').replace('/', '-')}")


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_text_twice_as_large_is_read_without_scrolling_sideways(
    chromium: Browser, site: Site, watch: Watch, locale: str
) -> None:
    thread = published(site.tools, site.cast.alice)
    page = open_browser(chromium, site, watch, locale=locale)
    for path in ("/", "/sign-in", "/sign-up", "/recover", "/charter"):
        fits(page, path)
    sign_in(page, site.cast.bob)
    for path in ("/ask", "/mine", "/threads", f"/threads/{thread}", "/queue", "/inbox", "/account", "/leaving/leave"):
        fits(page, path)
    page.locator(".tab-more summary").click()
    expect(page.locator(".tab-more ul")).to_be_visible()
    assert page.evaluate(OUTSIDE) == []


def test_who_sees_nothing_takes_one_line_of_the_preview(chromium: Browser, site: Site, watch: Watch) -> None:
    page = open_browser(chromium, site, watch)
    sign_in(page, site.cast.alice)
    page.goto("/ask")
    page.select_option("select[name=subject]", "rainbow-trout")
    page.fill("textarea[name=title]", TITLE)
    page.fill("textarea[name=field_situation]", SITUATION)
    press(page, "見え方を確かめる")
    for row in page.locator(".scope-table tr:has(td[colspan])").all():
        name, told = (row.locator(one).bounding_box() for one in ("th", "td"))
        assert name
        assert told
        assert told["x"] >= name["x"] + name["width"] - 1, "beside the name, not under it"
    height = page.evaluate("document.querySelector('.scope-table').offsetHeight")
    assert height < 700, f"{height} px"
