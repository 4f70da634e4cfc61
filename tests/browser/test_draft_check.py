"""Asking from a phone with a profile: taps and fields counted, with and without something to look at; the check of a
draft in English and where no script runs; photos."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.app.questions.makers import open_table_with, published, set_profile
from tests.browser.conftest import Site, Watch, check_page, open_browser
from tests.browser.steps import press, sign_in
from tests.browser.test_story import TITLE

MOST_TAPS, MOST_FIELDS = 3, 2
PLAIN = "ニジマスの稚魚が、三日前から朝になると水面に浮いて死んでいます。えらが白く、餌も食べません。"
TELLING = "9月14日の朝、松本市のいけすでニジマスが12,345尾死にました。田中さんも見ています。"
REPLACED = "9月の朝、中部地方のいけすでニジマスが1万～2万尾死にました。ある人も見ています。"
ENGLISH = "On 14 September we lost 12,345 trout at dawn; John Smith of 架空水産A saw pale gills on 12.5 °C water."
TOUCHES = 44


@dataclass
class Hand:
    """A thumb that counts what it does: taps on buttons and choices, and fields typed into."""

    page: Page
    taps: int = 0
    fields: int = 0

    def tap(self, target: Locator) -> None:
        self.taps += 1
        target.click()

    def write(self, name: str, text: str) -> None:
        self.fields += 1
        self.page.locator(f"main [name={name}]").fill(text)

    def was_quick(self, *, more: int = 0) -> None:
        """Within a minute for somebody who types: the bounds."""
        assert self.taps <= MOST_TAPS + more
        assert self.fields <= MOST_FIELDS

    def button(self, label: str) -> Locator:
        return self.page.locator("main").get_by_role("button", name=label, exact=True)


def with_profile(site: Site) -> None:
    """Alice has chosen this quarter what her posts may show."""
    open_table_with(site.tools, {"size": 1})
    set_profile(site.tools, site.cast.alice, size=1)


def asks(hand: Hand, situation: str) -> None:
    """From any page to the preview."""
    hand.tap(hand.page.locator("nav.tabbar").get_by_role("link", name="質問する"))
    hand.write("title", TITLE)
    hand.write("field_situation", situation)
    hand.tap(hand.button("見え方を確かめる"))
    expect(hand.page.locator("h1").first).to_have_text("この見え方で出しますか")


def is_published(hand: Hand) -> None:
    expect(hand.page.locator("h1").first).to_contain_text(TITLE)
    expect(hand.page.locator("main")).to_contain_text("公開待ち")


def start(chromium: Browser, site: Site, watch: Watch, **more: object) -> Hand:
    with_profile(site)
    page = open_browser(chromium, site, watch, width="phone", **more)  # type: ignore[arg-type]
    sign_in(page, site.cast.alice)
    return Hand(page)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_asking_takes_three_taps_and_two_fields(chromium: Browser, site: Site, watch: Watch, script: bool) -> None:
    hand = start(chromium, site, watch, java_script_enabled=script)
    asks(hand, PLAIN)
    expect(hand.page.locator("main")).not_to_contain_text("あなただとわかるかもしれない言葉")
    hand.tap(hand.button("公開する"))
    is_published(hand)
    print(f"asking without finds: {hand.taps} taps, {hand.fields} fields")
    hand.was_quick()


def test_what_is_found_costs_no_tap(chromium: Browser, site: Site, watch: Watch) -> None:
    hand = start(chromium, site, watch)
    asks(hand, TELLING)
    check_page(hand.page, "check-preview")
    marked = hand.page.locator("mark.found")
    expect(marked.first).to_be_visible()
    expect(hand.page.locator(".thread-question")).to_contain_text(REPLACED)
    hand.tap(hand.button("公開する"))
    is_published(hand)
    expect(hand.page.locator("main")).to_contain_text(REPLACED)
    print(f"asking with finds, replaced as proposed: {hand.taps} taps, {hand.fields} fields")
    hand.was_quick()


def test_keeping_one_costs_two_taps(chromium: Browser, site: Site, watch: Watch) -> None:
    hand = start(chromium, site, watch)
    asks(hand, TELLING)
    find = hand.page.locator(".find", has_text="12,345尾")
    hand.tap(find.get_by_text("このまま残す"))
    expect(find.locator("input[type=text]")).to_be_hidden()
    hand.tap(hand.button("公開する"))
    expect(hand.page.locator("#messages")).to_contain_text("選んだとおりに直しました")
    expect(hand.page.locator(".thread-question")).to_contain_text("12345尾")
    hand.tap(hand.button("公開する"))
    is_published(hand)
    print(f"asking with finds, one kept: {hand.taps} taps, {hand.fields} fields")
    hand.was_quick(more=2)


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_the_check_in_english_without_script(chromium: Browser, site: Site, watch: Watch, width: str) -> None:
    page = open_browser(chromium, site, watch, width=width, locale="en", java_script_enabled=False)
    sign_in(page, site.cast.alice)
    page.goto("/ask")
    page.locator("header button[name=locale][value=en]").or_(page.locator("h1", has_text="Ask")).first.click()
    page.goto("/ask")
    page.select_option("select[name=subject]", "rainbow-trout")
    page.locator("summary", has_text="Tell us more (optional)").click()
    page.select_option("select[name=topic]", "disease")
    page.fill("textarea[name=title]", "Trout gasping at dawn")
    page.fill("textarea[name=field_situation]", ENGLISH)
    page.locator("#ask-form button.button-primary").click()
    expect(page.locator("main")).to_contain_text("Words that may show who you are")
    expect(page.locator("main")).to_contain_text("The name of your own organisation cannot be sent as it is.")
    small = [
        box
        for box in page.locator(".find label, .find input[type=text]").all()
        if (box.bounding_box() or {})["height"] < TOUCHES
    ]
    assert small == []
    page.locator(".find", has_text="12,345").get_by_text("Keep").click()
    press(page, "Apply my choices")
    expect(page.locator(".thread-question")).to_contain_text("12345 trout")
    press(page, "Replace all")
    expect(page.locator(".thread-question")).not_to_contain_text("12345")
    expect(page.locator(".thread-question")).not_to_contain_text("架空水産A")
    press(page, "Publish")
    expect(page.locator("h1").first).to_contain_text("Trout gasping at dawn")


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_an_answer_is_looked_at_and_goes_back(chromium: Browser, site: Site, watch: Watch, width: str) -> None:
    thread_id = published(site.tools, site.cast.alice)
    page = open_browser(chromium, site, watch, width=width)
    sign_in(page, site.cast.bob)
    page.goto(f"/threads/{thread_id}")
    page.fill("textarea[name=text]", "9月20日、架空水産Bでも同じことがありました．")
    press(page, "回答を出す")
    expect(page.locator("h1")).to_have_text("この文で出しますか")
    page.locator("summary", has_text="書きぶりをそろえて出します").click()
    check_page(page, f"check-review-{width}")
    page.locator(".find", has_text="架空水産B").locator("input[type=text]").fill("架空水産Ｂ")
    press(page, "この文で出す")
    expect(page.locator(".field-error")).to_contain_text("ご自分の組織の名前が入っています")
    check_page(page, f"check-refused-{width}")
    press(page, "書き直す")
    assert page.locator("textarea[name=text]").input_value() == "9月20日、架空水産Bでも同じことがありました．"
    press(page, "回答を出す")
    page.locator(".find", has_text="架空水産B").locator("input[type=text]").fill("うちの会社")
    press(page, "この文で出す")
    press(page, "この文で出す")
    expect(page.locator("#messages")).to_contain_text("受け取りました")
    expect(page.locator("main")).to_contain_text("9月、うちの会社でも同じことがありました。")


def test_a_photo_is_small_before_it_leaves_the_phone(
    chromium: Browser, site: Site, watch: Watch, tmp_path: Path
) -> None:
    file = tmp_path / "IMG_2034 沖ノ瀬.jpg"
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(file, quality=95)
    hand = start(chromium, site, watch)
    page = hand.page
    page.goto("/ask")
    page.set_input_files("input[name=photos]", file)
    until(page, "document.querySelector('[name=photos]').files[0]?.name === 'photo.jpg'")
    measured = page.evaluate(
        "createImageBitmap(document.querySelector('[name=photos]').files[0]).then(one => one.width)"
    )
    assert measured == 1600
    asks_from_here(hand)
    picture = page.locator(".photos img")
    picture.scroll_into_view_if_needed()
    until(page, "document.querySelector('.photos img').naturalWidth > 0")
    check_page(page, "check-photo")
    page.goto("/ask")
    check_page(page, "check-photo-form")


def until(page: Page, said: str) -> None:
    """Wait until a script says so; the page's own policy forbids the usual way."""
    for _ in range(100):
        if page.evaluate(said):
            return
        page.wait_for_timeout(50)
    raise AssertionError(said)


def asks_from_here(hand: Hand) -> None:
    hand.write("title", TITLE)
    hand.write("field_situation", PLAIN)
    hand.tap(hand.button("見え方を確かめる"))
    expect(hand.page.locator("h1").first).to_have_text("この見え方で出しますか")
