"""One story with six people, in a real browser, without and with a phone: a newcomer signs up and asks; two experts of
other organisations see it, one passes and one answers; the colleague, the coordinator and the company see nothing;
the asker accepts."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, Watch, check_page, open_browser
from tests.cast import PASSWORD, Person

TITLE = "朝の見回りで稚魚が浮いています"
SITUATION = "三日前から、朝になると稚魚が水面に浮いて死んでいます。えらが白っぽく、餌も食べません。水温は高めです。"
ANSWER = "まず夜明け前の溶存酸素を測ってください。\n\n- 下がっていれば給餌を止める\n- えらの白さは細菌性の鰓病も疑う"
FOLLOWUP = "測ったところ、夜明け前だけ下がっていました。給餌はいつから戻せますか。"
REPLY = "へい死が止まって二日たってから、半分の量で戻してください。"


def sign_in(page: Page, person: Person) -> None:
    page.goto("/sign-in")
    page.fill("input[name=mail]", person.mail)
    page.fill("input[name=password]", person.password)
    page.locator("main form button[type=submit], main form button:not([type])").last.click()
    expect(page.locator("nav.tabbar, nav.rail").first).to_be_attached()


def press(page: Page, label: str) -> None:
    """Press the one button or link of the page's main part with this label."""
    page.locator("main").get_by_role("button", name=label, exact=True).or_(
        page.locator("main").get_by_role("link", name=label, exact=True)
    ).first.click()


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"input[name={name}][value='{value}']").check(force=True)


def sign_up(page: Page, site: Site, *, name: str) -> None:
    page.goto("/sign-up")
    check_page(page, f"{name}-sign-up")
    page.fill("input[name=mail]", "newcomer@mail.example")
    press(page, "コードを送る")
    site.pass_time()
    code = re.search(r"\d{6}", site.outbox.letters()[0]["body"])
    assert code
    check_page(page, f"{name}-sign-up-code")
    page.fill("input[name=code]", code[0])
    press(page, "次へ")
    choose(page, "way", "code")
    page.fill("input[name=join_code]", site.cast.codes["A"])
    check_page(page, f"{name}-sign-up-organisation")
    press(page, "次へ")
    page.select_option("select[name=attribute_area]", "nagano")
    for attribute, value in (("size", "size-10-49"), ("role", "field"), ("tenure", "3-9")):
        choose(page, f"attribute_{attribute}", value)
    choose(page, "subjects", "rainbow-trout")
    check_page(page, f"{name}-sign-up-about")
    press(page, "次へ")
    page.fill("input[name=password]", PASSWORD)
    for promise in ("anonymity", "no_sales", "no_hunting", "kindness"):
        choose(page, promise, "1")
    check_page(page, f"{name}-sign-up-promise")
    press(page, "約束して次へ")
    recovery = page.locator(".recovery-code").inner_text()
    page.fill("input[name=last_group]", re.sub(r"\s", "", recovery)[-4:])
    check_page(page, f"{name}-recovery-code")
    press(page, "控えました。はじめる")


def opt_in(page: Page) -> None:
    page.goto("/queue/settings")
    form = page.locator("form[action$='/rainbow-trout']")
    form.locator("input[name=topics][value=disease]").check(force=True)
    form.get_by_role("button", name="保存する").click()
    expect(page.locator("#messages")).to_contain_text("設定を保存しました")


def ask(page: Page, *, name: str) -> str:
    page.goto("/ask")
    check_page(page, f"{name}-ask-empty")
    press(page, "見え方を確かめる")
    expect(page.locator("[data-error-summary]")).to_be_visible()
    check_page(page, f"{name}-ask-errors")
    page.select_option("select[name=subject]", "rainbow-trout")
    page.fill("textarea[name=title]", TITLE)
    page.fill("textarea[name=field_situation]", SITUATION)
    page.select_option("select[name=topic]", "disease")
    check_page(page, f"{name}-ask")
    press(page, "見え方を確かめる")
    expect(page.locator("h1").first).to_have_text("この見え方で出しますか")
    check_page(page, f"{name}-preview")
    press(page, "公開する")
    expect(page.locator("h1").first).to_contain_text(TITLE)
    check_page(page, f"{name}-pending")
    return page.url


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_six_people_and_one_question(chromium: Browser, site: Site, watch: Watch, width: str) -> None:
    people = {
        who: open_browser(chromium, site, watch, width=width) for who in ("bob", "carol", "dave", "erin", "frank")
    }
    for who, page in people.items():
        sign_in(page, site.cast[who])
    for who in ("bob", "carol", "dave", "erin"):
        opt_in(people[who])
    check_page(people["bob"], f"{width}-queue-settings")
    people["bob"].goto("/queue")
    check_page(people["bob"], f"{width}-queue-empty")

    asker = open_browser(chromium, site, watch, width=width)
    asker.goto("/")
    check_page(asker, f"{width}-home")
    sign_up(asker, site, name=width)
    thread = ask(asker, name=width)
    site.pass_time(hours=25)
    for who, page in people.items():
        sign_in(page, site.cast[who])
    sign_in(asker, Person("new", "newcomer@mail.example", PASSWORD, "", "", b"", ""))  # type: ignore[arg-type]

    asker.goto(thread)
    expect(asker.locator("main")).to_contain_text("回答待ち")
    check_page(asker, f"{width}-waiting")

    for who, status in (("dave", 404), ("frank", 403)):
        page = people[who]
        assert page.goto(thread).status == status  # type: ignore[union-attr]
        check_page(page, f"{width}-refused-{who}")
    for path in ("/threads", "/queue"):
        people["dave"].goto(path)
        expect(people["dave"].locator("main")).not_to_contain_text(TITLE)
    people["frank"].goto("/company")
    expect(people["frank"].locator("main")).not_to_contain_text(TITLE)
    check_page(people["frank"], f"{width}-company")
    people["erin"].goto("/unrouted")
    expect(people["erin"].locator("main")).not_to_contain_text(TITLE)
    check_page(people["erin"], f"{width}-unrouted")

    carol = people["carol"]
    carol.goto("/queue")
    expect(carol.locator("main")).to_contain_text(TITLE)
    check_page(carol, f"{width}-queue")
    press(carol, TITLE)
    check_page(carol, f"{width}-offer")
    carol.locator("summary", has_text="この質問をお返しする").click()
    choose(carol, "reason", "no_time")
    press(carol, "お返しする")
    expect(carol.locator("#messages")).to_contain_text("お返ししました")

    bob = people["bob"]
    bob.goto("/queue")
    press(bob, "引き受ける")
    expect(bob.locator("main")).to_contain_text("引き受けました")
    bob.fill("textarea[name=text]", ANSWER)
    check_page(bob, f"{width}-answering")
    press(bob, "回答を送る")
    expect(bob.locator("#messages")).to_contain_text("回答を受け取りました")
    check_page(bob, f"{width}-answered")

    site.pass_time(hours=25)
    site.pass_time(hours=1)
    assert any(
        letter["to"] == "newcomer@mail.example" and "新しい書きこみ" in letter["body"]
        for letter in site.outbox.letters()
    )
    asker_person = Person("new", "newcomer@mail.example", PASSWORD, "", "", b"", "")  # type: ignore[arg-type]
    sign_in(asker, asker_person)
    asker.goto("/mine")
    check_page(asker, f"{width}-mine")
    press(asker, TITLE)
    expect(asker.locator("main")).to_contain_text("回答者1")
    expect(asker.locator("main li", has_text="下がっていれば給餌を止める")).to_be_visible()
    press(asker, "役に立った")
    check_page(asker, f"{width}-accepted")
    asker.fill("textarea[name=text]", FOLLOWUP)
    press(asker, "書き足す")
    site.pass_time(hours=25)

    sign_in(bob, site.cast.bob)
    bob.goto(thread)
    expect(bob.locator("main")).to_contain_text(FOLLOWUP)
    bob.locator("textarea[name=text]").first.fill(REPLY)
    press(bob, "書き足す")
    site.pass_time(hours=25)
    sign_in(asker, asker_person)
    asker.goto(thread)
    expect(asker.locator("main")).to_contain_text(REPLY)
    check_page(asker, f"{width}-end")

    dave = people["dave"]
    sign_in(dave, site.cast.dave)
    assert dave.goto(thread).status == 404  # type: ignore[union-attr]
