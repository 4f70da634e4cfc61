"""The living style guide in both languages, as somebody with a light and somebody with a dark screen opens it."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Site, Watch, check_page, open_browser
from tests.browser.steps import sign_in


@pytest.mark.parametrize(("locale", "scheme", "width"), [("ja", "light", "phone"), ("en", "dark", "desk")])
def test_the_guide(chromium: Browser, site: Site, watch: Watch, locale: str, scheme: str, width: str) -> None:
    page = open_browser(chromium, site, watch, width=width, locale=locale, color_scheme=scheme)
    sign_in(page, site.cast.alice)
    page.goto("/_design")
    backs = page.locator(".scheme-pair > *").evaluate_all(
        "all => all.map(one => getComputedStyle(one).backgroundColor)"
    )
    assert backs[0] != backs[1]
    plain, hovered = (
        page.locator(f".scheme-light {at} .button-primary").first for at in ("> .button-row", ".is-hover")
    )
    colour = "one => getComputedStyle(one).backgroundColor"
    assert plain.evaluate(colour) != hovered.evaluate(colour)
    expect(page.locator("h1").first).to_be_visible()
    check_page(page, f"design-{locale}-{scheme}")
