"""Sign in, ask and answer with the keyboard alone, and nothing that a Japanese input method types is taken for a key."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.app.questions.makers import ask, make_question
from tests.app.queues.stage import opt_in, work
from tests.browser.conftest import Site, Watch, open_browser
from tests.browser.steps import SITUATION, TITLE, sign_in
from tests.cast import Person

SEEN = """() => {
  const at = document.activeElement;
  const around = [at, at.closest(".card"), at.closest("label"), at.closest(".choice")].filter(Boolean);
  const ringed = around.some(one => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const box = (at.matches("input[type=checkbox], input[type=radio]") ? at.closest("label") : at).getBoundingClientRect();
  const bar = document.querySelector(".tabbar")?.getBoundingClientRect();
  const hidden = bar && bar.height && !at.closest(".tabbar") && box.bottom > bar.top + 1 && box.height < 300;
  return {name: `${at.tagName} ${at.name || at.textContent.trim().slice(0, 20)}`, ringed,
          inside: box.top >= -1 && box.top < innerHeight && !hidden};
}"""
COMPOSING = """([key, code]) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", {key, keyCode: code, isComposing: code !== 229, ctrlKey: key === "Enter",
                                bubbles: true, cancelable: true}))"""


def tab_to(page: Page, selector: str, *, key: str = "Tab") -> None:
    """Press Tab until the focus is there; on the way it is always seen and never under the bar at the bottom."""
    for _ in range(90):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement === document.body"):
            continue
        seen = page.evaluate(SEEN)
        assert (seen["ringed"], seen["inside"]) == (True, True), seen
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def type_in(page: Page, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.insert_text(text)


def sign_in_by_keys(page: Page, person: Person) -> None:
    page.goto("/sign-in")
    type_in(page, "[name=mail]", person.mail)
    type_in(page, "[name=password]", person.password)
    tab_to(page, "[name=own_phone]")
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/")


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_ask_by_keys(chromium: Browser, site: Site, watch: Watch, width: str) -> None:
    page = open_browser(chromium, site, watch, width=width)
    sign_in_by_keys(page, site.cast.alice)
    tab_to(page, ".tabbar a, .rail a")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/ask")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    assert page.locator(".skip-link").bounding_box()["y"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    tab_to(page, "#ask-form > .button-row button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    tab_to(page, "[data-error-summary] a")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "subject"
    page.keyboard.press("ArrowDown")
    type_in(page, "[name=title]", TITLE)
    type_in(page, "[name=field_situation]", SITUATION)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_have_text("この見え方で出しますか")
    tab_to(page, "form[action$='/publish'] button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("h1").first).to_have_text(TITLE)


@pytest.fixture
def queued(site: Site) -> Site:
    """Two questions in bob's queue."""
    opt_in(site.tools, site.cast.bob)
    for title in ("稚魚が朝に死にます", "えらの色が悪くなりました"):
        ask(site.tools, site.cast.alice, make_question(title=title))
    work(site.tools, hours=25)
    return site


def heading_at_focus(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('.queue-card')?.querySelector('h2').textContent ?? ''"))


def test_answer_by_keys(chromium: Browser, queued: Site, watch: Watch) -> None:
    page = open_browser(chromium, queued, watch, width="desk")
    sign_in(page, queued.cast.bob)
    page.goto("/queue")
    first, second = page.locator(".queue-card h2").all_inner_texts()
    page.keyboard.press("j")
    assert heading_at_focus(page) == first
    page.keyboard.press("j")
    assert heading_at_focus(page) == second
    page.keyboard.press("k")
    assert heading_at_focus(page) == first
    page.keyboard.press("?")
    expect(page.locator("#keys-help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys-help")).to_be_hidden()
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("o")
    expect(page.locator("h1").first).to_have_text(second)
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.name") == "reason"
    page.keyboard.press("r")
    assert page.evaluate("document.activeElement.name") == "text"
    page.locator("h1").first.click()
    with page.expect_navigation():
        page.keyboard.press("u")
    assert page.url.endswith("/queue")
    page.keyboard.press("k")
    with page.expect_navigation():
        page.keyboard.press("r")
    assert page.url.endswith("#answer")
    page.keyboard.press("r")
    page.keyboard.insert_text("夜明け前の酸素を測ってください。")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("受け取りました")


def test_keys_walk_the_list_and_a_thread(chromium: Browser, queued: Site, watch: Watch) -> None:
    page = open_browser(chromium, queued, watch, width="desk")
    sign_in(page, queued.cast.bob)
    page.goto("/queue")
    with page.expect_navigation():
        page.keyboard.press("/")
    assert page.url.endswith("/threads")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.locator("h1").click()
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("o")
    page.keyboard.press("?")
    expect(page.locator("#keys-help")).to_be_visible()
    page.keyboard.press("r")  # not under the list
    assert page.evaluate("document.activeElement.name") != "text"
    page.keyboard.press("Escape")
    expect(page.locator("#keys-help")).to_be_hidden()
    page.keyboard.press("r")
    expect(page.locator("textarea[name=text]")).to_be_focused()
    page.locator("h1").click()
    with page.expect_navigation():
        page.keyboard.press("u")
    assert page.url.endswith("/threads")


CLOSED_A_MOMENT_AGO = """() => {
  const help = document.getElementById("keys-help");
  help.showModal();
  help.querySelector("input").focus();
  help.close();
  const held = document.activeElement;
  held.dispatchEvent(new KeyboardEvent("keydown", { key: "r", bubbles: true, cancelable: true }));
  return held.tagName;
}"""


def test_a_key_right_after_the_help_has_closed_is_heard(chromium: Browser, queued: Site, watch: Watch) -> None:
    page = open_browser(chromium, queued, watch, width="desk")
    sign_in(page, queued.cast.bob)
    page.goto("/threads")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("o")
    page.wait_for_load_state()
    held = page.evaluate(CLOSED_A_MOMENT_AGO)
    expect(page.locator("textarea[name=text]"), f"the focus was still at {held}").to_be_focused()


def test_keys_are_silent_while_japanese_is_composed(chromium: Browser, queued: Site, watch: Watch) -> None:
    page = open_browser(chromium, queued, watch, width="desk")
    sign_in(page, queued.cast.bob)
    page.goto("/queue")
    stays_put(page, lambda: [page.evaluate(COMPOSING, [key, code]) for key in "jkoreu/?" for code in (74, 229)])
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("o")
    page.locator("textarea[name=text]").focus()
    stays_put(page, lambda: [page.evaluate(COMPOSING, ["Enter", code]) for code in (13, 229)])
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "じょお", "selectionStart": 3, "selectionEnd": 3})
    stays_put(page, lambda: page.keyboard.press("j"))
    session.send("Input.insertText", {"text": "上"})
    assert "上" in page.locator("textarea[name=text]").input_value()


def stays_put(page: Page, act: Callable[[], object]) -> None:
    """Do something after which neither address nor focus may have changed."""
    before = page.url, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    act()
    page.wait_for_timeout(300)
    assert (page.url, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")) == before
    assert page.locator("dialog[open]").count() == 0
