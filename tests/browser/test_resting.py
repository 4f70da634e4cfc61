"""Going away for a week: one tap for every subject, with and without scripts, and one to be back."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Site, Watch, check_page, open_browser
from tests.browser.steps import press, sign_in


@pytest.mark.parametrize("scripts", [True, False])
def test_a_week_away_is_one_tap(chromium: Browser, site: Site, watch: Watch, scripts: bool) -> None:
    page = open_browser(chromium, site, watch, java_script_enabled=scripts)
    sign_in(page, site.cast.bob)
    page.goto("/queue/settings")
    for subject in ("rainbow-trout", "coho-salmon"):
        form = page.locator(f"form[action$='/{subject}']")
        form.get_by_role("button", name="保存する").click()
        expect(page.locator("#messages")).to_contain_text("設定を保存しました")
    press(page, "1週間休む")
    expect(page.locator("main .callout")).to_contain_text("お休み中です")
    expect(page.locator("main")).not_to_contain_text("2週間休む")
    if scripts:
        check_page(page, "phone-resting")
    press(page, "いまもどる")
    expect(page.locator("#messages")).to_contain_text("おかえりなさい")
    expect(page.locator("main")).to_contain_text("2週間休む")
