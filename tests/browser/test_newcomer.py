"""A newcomer's first ten minutes on a phone: from the mailed code to the first question, counted in taps and seconds."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import AXE, AXE_OPTIONS, Site, Watch, open_browser
from tests.browser.steps import NEWCOMER, PASSWORD, PROMISES, SITUATION, TITLE, describe_work

MOST_TAPS = 36
MOST_SECONDS = 60  # of two shared cores; by itself it is a quarter of that
READING = 15  # seconds a person takes for a page of ours, on the average, beside its taps


class Thumb:
    """One thumb, and what it has done."""

    def __init__(self, page: Page, *, has_touch: bool) -> None:
        self.page, self.has_touch, self.taps, self.pages = page, has_touch, 0, 0

    def tap(self, target: Locator, typed: str = "") -> None:
        """Touch something, and type into it."""
        self.taps += 1
        target.tap() if self.has_touch else target.click()
        if typed:
            target.fill(typed)

    def choose(self, name: str, value: str) -> None:
        """Touch one of several."""
        self.tap(self.page.locator(f"main label:has(input[name='{name}'][value='{value}'])"))

    def pick(self, name: str, value: str) -> None:
        """Choose from a list: a touch to open it, one to take it."""
        self.taps += 2
        self.page.select_option(f"select[name={name}]", value)

    def press(self, words: str) -> None:
        """Touch a button, and look at the page that follows."""
        main = self.page.locator("main")
        button = main.get_by_role("button", name=words).or_(main.get_by_role("link", name=words, exact=True))
        with self.page.expect_navigation():
            self.tap(button.first)
        self.pages += 1


def mailed_code(page: Page, site: Site) -> str:
    page.goto("/sign-up")
    page.fill("input[name=mail]", NEWCOMER)
    page.get_by_role("button", name="コードを送る").click()
    site.pass_time()
    code = re.search(r"\b\w{4}-\w{4}\b", site.outbox.letters()[0]["body"])
    assert code
    return code[0]


def is_clean(page: Page, *, with_script: bool) -> None:
    """No axe finding, nothing wider than the phone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url
    if with_script:
        page.evaluate(AXE.read_text())
        found = page.evaluate("options => axe.run(document, options)", AXE_OPTIONS)
        assert [one["id"] for one in found["violations"]] == [], page.url


def come_in(thumb: Thumb, site: Site, code: str, *, with_script: bool) -> None:
    """From the code to the end of the first steps."""
    page = thumb.page
    thumb.tap(page.locator("input[name=code]"), code)
    thumb.press("次へ")
    thumb.choose("way", "code")
    thumb.tap(page.locator("input[name=join_code]"), site.cast.codes["A"])
    thumb.press("次へ")
    describe_work(page)
    thumb.taps += 6
    thumb.press("次へ")
    thumb.tap(page.locator("input[name=password]"), PASSWORD)
    thumb.press("次へ")
    recovery = re.sub(r"\s", "", page.locator(".recovery-code").inner_text())
    thumb.tap(page.locator("input[name=last_group]"), recovery[-4:])
    thumb.press("控えました。はじめる")
    first_steps(thumb, with_script=with_script)


def first_steps(thumb: Thumb, *, with_script: bool) -> None:
    """The statement, what one helps with, how much, a practice run."""
    page = thumb.page
    expect(page.locator("h1")).to_have_text("はじめに、約束")
    is_clean(page, with_script=with_script)
    for promise in PROMISES:
        thumb.choose("promise", promise)
    thumb.press("約束する")
    is_clean(page, with_script=with_script)
    thumb.pick("help_1", "rainbow-trout disease")
    thumb.press("次へ")
    is_clean(page, with_script=with_script)
    thumb.press("次へ")
    is_clean(page, with_script=with_script)
    thumb.pick("audience", "all")
    thumb.press("見え方を変えてみる")
    expect(page.locator("main")).to_contain_text("架空の質問")
    thumb.press("わかりました。準備を終える")
    is_clean(page, with_script=with_script)


def ask(thumb: Thumb) -> None:
    """The first question."""
    page = thumb.page
    thumb.press("質問する")
    thumb.tap(page.locator("textarea[name=title]"), TITLE)
    thumb.tap(page.locator("textarea[name=field_situation]"), SITUATION)
    thumb.press("見え方を確かめる")
    expect(page.get_by_label("世話役からひとこと、もらいますか")).to_be_checked()  # the session sees it is the first
    thumb.tap(page.get_by_role("button", name="公開する", exact=True))
    expect(page.locator("main")).to_contain_text("公開待ち")


@pytest.mark.parametrize("with_script", [True, False])
def test_from_the_mailed_code_to_the_first_question(
    chromium: Browser, site: Site, watch: Watch, with_script: bool
) -> None:
    page = open_browser(chromium, site, watch, has_touch=True, java_script_enabled=with_script)
    code = mailed_code(page, site)
    thumb, began = Thumb(page, has_touch=True), page.evaluate("Date.now()")
    come_in(thumb, site, code, with_script=with_script)
    ask(thumb)
    waited = (page.evaluate("Date.now()") - began) / 1000
    minutes = (thumb.pages * READING + waited) / 60
    print(
        f"newcomer: {thumb.taps} taps, {thumb.pages} pages, {waited:.1f} s of waiting, about {minutes:.0f} minutes in all"
    )
    assert thumb.taps <= MOST_TAPS
    assert waited < MOST_SECONDS
    assert minutes < 10
