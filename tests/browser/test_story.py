"""One story with six people, in a real browser, on a desk and on a phone: a newcomer signs up and asks; two experts of
other organisations see it, one passes and one answers; the colleague, the coordinator and the company see nothing;
the asker accepts."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import steps
from tests.browser.conftest import Site, Watch, check_page, open_browser
from tests.browser.steps import ANSWER, NEWCOMER, TITLE, opt_in, press, sign_in, sign_in_newcomer

FOLLOWUP = "測ったところ、夜明け前だけ下がっていました。給餌はいつから戻せますか。"
REPLY = "へい死が止まって二日たってから、半分の量で戻してください。"
OTHERS = ("bob", "carol", "dave", "erin", "frank")


@dataclass
class Stage:
    """The people, each with a browser, and the question's address."""

    site: Site
    people: dict[str, Page]
    asker: Page
    look: Callable[[Page, str], None]
    thread: str = ""


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_six_people_and_one_question(chromium: Browser, site: Site, watch: Watch, width: str) -> None:
    def look(page: Page, name: str) -> None:
        check_page(page, f"{width}-{name}")

    people = {who: open_browser(chromium, site, watch, width=width) for who in OTHERS}
    stage = Stage(site, people, open_browser(chromium, site, watch, width=width), look)
    prepare(stage)
    newcomer_asks(stage)
    others_see_nothing(stage)
    carol_passes(stage)
    bob_answers(stage)
    asker_accepts(stage)
    talk_goes_on(stage)


def prepare(stage: Stage) -> None:
    for who, page in stage.people.items():
        sign_in(page, stage.site.cast[who])
    for who in ("bob", "carol", "dave", "erin"):
        opt_in(stage.people[who])
    stage.look(stage.people["bob"], "queue-settings")
    stage.people["bob"].goto("/queue")
    stage.look(stage.people["bob"], "queue-empty")


def newcomer_asks(stage: Stage) -> None:
    stage.asker.goto("/")
    stage.look(stage.asker, "home")
    steps.sign_up(stage.asker, stage.site, stage.look)
    stage.thread = steps.ask(stage.asker, stage.look)
    stage.site.pass_time(hours=25)
    for who, page in stage.people.items():
        sign_in(page, stage.site.cast[who])
    sign_in_newcomer(stage.asker)
    stage.asker.goto(stage.thread)
    expect(stage.asker.locator("main")).to_contain_text("回答待ち")
    stage.look(stage.asker, "waiting")


def others_see_nothing(stage: Stage) -> None:
    for who, status in (("dave", 404), ("frank", 403)):
        page = stage.people[who]
        assert page.goto(stage.thread).status == status  # type: ignore[union-attr]
        stage.look(page, f"refused-{who}")
    for who, path in (("dave", "/threads"), ("dave", "/queue"), ("frank", "/company"), ("erin", "/unrouted")):
        stage.people[who].goto(path)
        expect(stage.people[who].locator("main")).not_to_contain_text(TITLE)
        stage.look(stage.people[who], f"{who}{path.replace('/', '-')}")


def carol_passes(stage: Stage) -> None:
    carol = stage.people["carol"]
    carol.goto("/queue")
    expect(carol.locator("main")).to_contain_text(TITLE)
    stage.look(carol, "queue")
    press(carol, TITLE)
    stage.look(carol, "offer")
    press(carol, "いまは時間がない")
    expect(carol.locator("main .callout")).to_contain_text("お返ししました")


def bob_answers(stage: Stage) -> None:
    bob = stage.people["bob"]
    bob.goto("/queue")
    press(bob, "引き受ける")
    expect(bob.locator("main")).to_contain_text("引き受けました")
    bob.fill("textarea[name=text]", ANSWER)
    stage.look(bob, "answering")
    press(bob, "回答を送る")
    expect(bob.locator("#messages")).to_contain_text("受け取りました")
    stage.look(bob, "answered")
    stage.site.pass_time(hours=25)
    stage.site.pass_time(hours=1)


def asker_accepts(stage: Stage) -> None:
    asker = stage.asker
    letters = [one["body"] for one in stage.site.outbox.letters() if one["to"] == NEWCOMER]
    assert any("新しい書き込み" in body for body in letters)
    sign_in_newcomer(asker)
    asker.goto("/mine")
    stage.look(asker, "mine")
    press(asker, TITLE)
    expect(asker.locator("main")).to_contain_text("回答者1")
    expect(asker.locator("main li", has_text="下がっていれば給餌を止める")).to_be_visible()
    press(asker, "役に立った")
    stage.look(asker, "accepted")


def talk_goes_on(stage: Stage) -> None:
    asker, bob, dave, cast = stage.asker, stage.people["bob"], stage.people["dave"], stage.site.cast
    asker.fill("textarea[name=text]", FOLLOWUP)
    press(asker, "書き足す")
    stage.site.pass_time(hours=25)
    sign_in(bob, cast.bob)
    bob.goto(stage.thread)
    expect(bob.locator("main")).to_contain_text(FOLLOWUP)
    bob.locator("textarea[name=text]").first.fill(REPLY)
    press(bob, "書き足す")
    stage.site.pass_time(hours=25)
    sign_in_newcomer(asker)
    asker.goto(stage.thread)
    expect(asker.locator("main")).to_contain_text(REPLY)
    stage.look(asker, "end")
    sign_in(dave, cast.dave)
    assert dave.goto(stage.thread).status == 404  # type: ignore[union-attr]
