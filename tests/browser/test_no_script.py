"""The main line of the story where no script runs: sign up, ask, claim, answer, accept."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import steps
from tests.browser.conftest import Site, Watch, open_browser
from tests.browser.steps import ANSWER, TITLE, press


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_everything_works_without_script(chromium: Browser, site: Site, watch: Watch, width: str) -> None:
    asker, bob = (open_browser(chromium, site, watch, width=width, java_script_enabled=False) for _ in range(2))
    scripts = []
    for page in (asker, bob):
        page.on("request", lambda request: scripts.append(request.url) if request.resource_type == "script" else None)
    steps.sign_in(bob, site.cast.bob)
    steps.opt_in(bob)
    steps.sign_up(asker, site)
    thread = steps.ask(asker)
    site.pass_time(hours=25)

    steps.sign_in(bob, site.cast.bob)
    bob.goto("/queue")
    press(bob, "引き受ける")
    expect(bob.locator("main")).to_contain_text("引き受けました")
    bob.fill("textarea[name=text]", ANSWER)
    press(bob, "回答を送る")
    expect(bob.locator("#messages")).to_contain_text("受け取りました")
    site.pass_time(hours=25)

    steps.sign_in_newcomer(asker)
    asker.goto("/mine")
    press(asker, TITLE)
    assert asker.url == thread
    press(asker, "役に立った")
    expect(asker.locator("main")).to_contain_text("次の公開のときに印がつきます")
    assert scripts == []
