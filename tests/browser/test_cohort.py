"""A cohort's six weeks under a moved clock, on a phone: from signing up to the closing note, drawn, stamped and asked."""

import re
from datetime import timedelta

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app.clock import today
from app.cohorts.models import Cohort
from tests.app.cohorts.stage import CANVAS, CHECK_IN, GOALS, MATES, Stage, make_stage
from tests.browser.conftest import Site, Watch, check_page, open_browser
from tests.browser.steps import press, sign_in
from tests.cast import Person

NOTE = "夜明け前だけ下がると全員が気づきました。"


def test_six_weeks(chromium: Browser, site: Site, watch: Watch) -> None:
    stage = make_stage(site.app, site.tools, site.cast)
    pages = {who: open_browser(chromium, site, watch, width="phone") for who in (*MATES, "erin")}
    open_term(stage, pages["erin"])
    for who in MATES:
        sign_up(stage, who, pages[who])
    check_page(pages["alice"], "phone-cohorts-waiting")
    site.pass_time(hours=24 * 10)
    site.pass_time(hours=5)
    with site.tools.database.reading() as stores:
        room = f"/cohorts/{stores.content.scalars(select(Cohort.id)).one()}"
    first_week(stage, room, pages)
    for _week in range(5):
        site.pass_time(hours=24 * 7)
        write_check_in(stage, "alice", pages["alice"], room)
    site.pass_time(hours=25)
    close(stage, room, pages)


def open_term(stage: Stage, page: Page) -> None:
    enter(page, stage.people["erin"])
    page.goto("/cohorts/terms")
    start = today(stage.tools.clock.now()) + timedelta(days=10)
    page.get_by_label(re.compile("^テーマ")).fill("夏を越すための備え")
    page.get_by_label(re.compile("^始まる日")).fill(start.isoformat())
    page.get_by_label(re.compile("^申し込みの締め切り")).fill((start - timedelta(days=3)).isoformat())
    check_page(page, "phone-cohorts-desk")
    press(page, "募集を始める")
    expect(page.locator("main")).to_contain_text("募集中")


def sign_up(stage: Stage, who: str, page: Page) -> None:
    enter(page, stage.people[who])
    page.goto("/cohorts")
    page.get_by_role("link", name="参加を申し込む").click()
    goal, give = GOALS[who]
    page.get_by_label(re.compile("^この期間の目標")).fill(goal)
    page.get_by_label(re.compile("^仲間に渡せるもの")).fill(give)
    if page.locator("input[name=sure]").count():
        page.locator("input[name=sure]").check()
    check_page(page, f"phone-cohorts-join-{who}")
    press(page, "申し込む")
    expect(page.locator("main")).to_contain_text("申し込みを受け取っています")


def first_week(stage: Stage, room: str, pages: dict[str, Page]) -> None:
    alice = pages["alice"]
    enter(alice, stage.people["alice"])
    alice.goto("/cohorts/lesson")
    check_page(alice, "phone-cohorts-lesson")
    alice.goto(f"{room}/canvas/all/edit")
    for name, text in CANVAS.items():
        alice.locator(f"main textarea[name={name}]").fill(text)
    send(alice, "この版を残す")
    write_check_in(stage, "alice", alice, room)
    stage_time(stage, 25)
    bob = pages["bob"]
    enter(bob, stage.people["bob"])
    bob.goto(f"{room}/canvas/all")
    expect(bob.get_by_role("img", name="会の計画の一枚")).to_be_visible()
    check_page(bob, "phone-cohorts-canvas")
    assert len(re.findall(rb"/Type */Page\b", bob.pdf(format="A4"))) == 1
    bob.goto(room)
    expect(bob.locator("main")).to_contain_text(CHECK_IN["week"])
    check_page(bob, "phone-cohorts-room")


def write_check_in(stage: Stage, who: str, page: Page, room: str) -> None:
    enter(page, stage.people[who])
    page.goto(f"{room}/check-in")
    for name, text in CHECK_IN.items():
        page.locator(f"main textarea[name={name}]").fill(text)
    send(page, "記録して、印を押す")
    expect(page.locator("main")).to_contain_text("今週の記録は書いてあります")


def close(stage: Stage, room: str, pages: dict[str, Page]) -> None:
    alice = pages["alice"]
    enter(alice, stage.people["alice"])
    alice.goto(room)
    expect(alice.locator("svg.stamps g")).to_have_count(6)
    alice.get_by_role("button", name="つまずいたことを匿名で質問する").first.click()
    expect(alice.locator("main textarea[name=field_situation]")).to_have_value(CHECK_IN["stuck"])
    alice.goto(f"{room}/closing")
    alice.locator("main textarea[name=title]").fill("夏の酸素を見える形に")
    alice.locator("main textarea[name=text]").fill(NOTE)
    send(alice, "全員に聞く")
    stage_time(stage, 25)
    for who in MATES:
        page = pages[who]
        enter(page, stage.people[who])
        page.goto(f"{room}/closing")
        expect(page.locator("main")).to_contain_text(NOTE)
        if who == "bob":
            check_page(page, "phone-cohorts-closing")
        press(page, "この内容でよい")
    expect(pages[MATES[-1]].locator("main")).to_contain_text("会には、次の公開の時刻に伝わります")
    stage_time(stage, 25)
    last = pages[MATES[-1]]
    enter(last, stage.people[MATES[-1]])
    last.goto(f"{room}/closing")
    expect(last.locator("main")).to_contain_text("全員が同意しました")
    stage_time(stage, 24 * 7)
    enter(alice, stage.people["alice"])
    alice.goto(room)
    expect(alice.locator("main")).to_contain_text("一区切りしました")
    check_page(alice, "phone-cohorts-over")


def enter(page: Page, person: Person) -> None:
    """Be signed in: sessions end while weeks pass."""
    page.goto("/cohorts")
    if "/sign-in" in page.url:
        sign_in(page, person)


def send(page: Page, label: str) -> None:
    """Press it, and again where something in the text was worth a second look."""
    with page.expect_navigation():
        press(page, label)
    if page.get_by_role("button", name="この文で出す").count():
        with page.expect_navigation():
            press(page, "この文で出す")


def stage_time(stage: Stage, hours: float) -> None:
    stage.pass_days(hours / 24)
