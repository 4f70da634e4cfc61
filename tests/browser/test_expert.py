"""The expert with five minutes, on a phone: why it came, an answer with a photo, another handed back, a week away.

Taps are counted as a finger makes them; seconds are those of the machine, without reading and writing.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.app.questions.makers import ask, make_question
from tests.app.queues.stage import opt_in, work
from tests.browser.conftest import Site, Watch, check_page, open_browser
from tests.browser.steps import ANSWER, press, sign_in
from tests.cast import make_person

MOST = {"answer": 3, "pass": 3, "a week away": 2}


@contextmanager
def counted(page: Page, name: str, found: dict[str, tuple[int, float]]) -> Iterator[None]:
    """How often the finger comes down, over all pages of a task, and how long it takes."""
    page.evaluate("sessionStorage.setItem('taps', '0')")
    begun = time.monotonic()
    yield
    found[name] = int(page.evaluate("sessionStorage.getItem('taps')")), time.monotonic() - begun


def test_five_minutes(chromium: Browser, site: Site, watch: Watch, tmp_path: Path) -> None:
    opt_in(site.tools, site.cast.bob)
    dora = make_person(site.tools, "dora", site.cast.organisations["D"])
    for person, title in ((site.cast.alice, "稚魚が朝に死にます"), (dora, "えらの色が悪くなりました")):
        ask(site.tools, person, make_question(title=title))
    work(site.tools, hours=25)
    Image.new("RGB", (1200, 900), "teal").save(tmp_path / "pond.jpg")
    page = open_browser(chromium, site, watch, width="phone", has_touch=True)
    found: dict[str, tuple[int, float]] = {}
    page.add_init_script(
        "addEventListener('click', () => sessionStorage.setItem('taps', 1 + Number(sessionStorage.getItem('taps'))), true)"
    )
    sign_in(page, site.cast.bob)

    with counted(page, "answer", found):
        page.locator(".tabbar").get_by_role("link", name="届いた質問").tap()
        expect(page.locator(".queue-card").first).to_contain_text("なぜ届いたか")
        page.locator(".queue-card").first.get_by_role("button", name="引き受ける").tap()
        page.locator("textarea[name=text]").fill(ANSWER)
        page.locator("input[type=file]").set_input_files(tmp_path / "pond.jpg")
        press(page, "回答を送る")
        expect(page.locator("#messages")).to_contain_text("受け取りました")
    page.goto("/")
    with counted(page, "pass", found):
        page.locator(".tabbar").get_by_role("link", name="届いた質問").tap()
        expect(page.locator("h1")).to_have_text("届いた質問")
        check_page(page, "expert-queue")
        card = page.locator(".queue-card", has_text="引き受ける").first
        card.locator("summary", has_text="お返しする").tap()
        check_page(page, "expert-queue-reasons")
        card.get_by_role("button", name="いまは時間がない").tap()
        expect(page.locator("main .callout")).to_contain_text("お返ししました")
    check_page(page, "expert-queue-after")
    page.get_by_role("button", name="やっぱり戻す").tap()  # a wet finger
    expect(page.locator("#messages")).to_contain_text("もとの場所にあります")
    check_page(page, "expert-not-me")
    press(page, "いまは時間がない")
    expect(page.locator("main .callout")).to_contain_text("お返ししました")
    with counted(page, "a week away", found):
        press(page, "わたしの経験と受け取り方")
        press(page, "1週間休む")
        expect(page.locator("#messages")).to_contain_text("お休みに入りました")
    print({name: (taps, round(seconds, 1)) for name, (taps, seconds) in found.items()})
    assert {name: taps for name, (taps, _) in found.items() if taps > MOST[name]} == {}
