"""Saying whom one would ask again, with and without scripts, and what the answerer hears of it on Monday."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.app.questions.test_endorse import PANEL, answered, endorse
from tests.browser import steps
from tests.browser.conftest import Site, Watch, check_page, open_browser
from tests.browser.looking import MEASURE
from tests.browser.steps import press

BUTTON, UNDO = "この話題なら、この人に聞きたい", "「聞きたい」を取り消す"


def press_more(page: Page, label: str) -> None:
    """Behind the three dots of the answer."""
    page.locator(".say .more summary").click()
    press(page, label)


@pytest.mark.parametrize("scripts", [True, False])
def test_pressed_taken_back_and_told(chromium: Browser, site: Site, watch: Watch, scripts: bool) -> None:
    thread_id, post_id = answered(site.tools, site.cast)
    site.pass_time()
    for person in (site.cast.alice, site.cast.erin):
        endorse(site.tools, person, thread_id, post_id)
    carol = open_browser(chromium, site, watch, java_script_enabled=scripts)
    steps.sign_in(carol, site.cast.carol)
    carol.goto(f"/threads/{thread_id}")
    if scripts:
        check_page(carol, "endorse")
        assert carol.evaluate(MEASURE)["small"] == []
    press_more(carol, BUTTON)
    expect(carol.locator("#messages")).to_contain_text("いつでも取り消せます")
    press_more(carol, UNDO)
    press_more(carol, BUTTON)
    expect(carol.locator("main")).to_contain_text(UNDO)
    if scripts:
        check_page(carol, "endorsed")
    site.pass_time(hours=24 * 8)
    bob = open_browser(chromium, site, watch, java_script_enabled=scripts)
    steps.sign_in(bob, site.cast.bob)
    bob.goto("/queue/settings")
    expect(bob.get_by_role("heading", name=PANEL)).to_be_visible()
    if scripts:
        check_page(bob, "endorsed-own-page")
