"""Small steps that people take in a browser, for every test that tells a story. `look` looks at each page on the way."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.cast import PASSWORD, Person

TITLE = "朝の見回りで稚魚が浮いています"
SITUATION = "三日前から、朝になると稚魚が水面に浮いて死んでいます。えらが白っぽく、餌も食べません。水温は高めです。"
ANSWER = "まず夜明け前の溶存酸素を測ってください。\n\n- 下がっていれば給餌を止める\n- えらの白さは細菌性の鰓病も疑う"
NEWCOMER = "newcomer@mail.example"
PROMISES = ("anonymity", "no-sales", "no-hunting", "kindness")

Look = Callable[[Page, str], None]


def glance(page: Page, name: str) -> None:
    """Look at nothing."""


def sign_in(page: Page, person: Person) -> None:
    page.goto("/sign-in")
    page.fill("input[name=mail]", person.mail)
    page.fill("input[name=password]", person.password)
    page.locator("main form button[type=submit], main form button:not([type])").last.click()
    expect(page.locator("nav.tabbar, nav.rail").first).to_be_attached()


def press(page: Page, label: str) -> None:
    """Press the one button or link of the page's main part with this label; a page it leads to is there whole."""
    page.locator("main").get_by_role("button", name=label, exact=True).or_(
        page.locator("main").get_by_role("link", name=label, exact=True)
    ).first.click()
    page.wait_for_load_state()


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"input[name={name}][value='{value}']").check()


def sign_in_newcomer(page: Page) -> None:
    """Sign the one who signed up in again."""
    sign_in(page, Person("new", NEWCOMER, PASSWORD, "", "", b"", ""))  # type: ignore[arg-type]


def sign_up(page: Page, site: Site, look: Look = glance) -> None:
    """Become a member of organisation A."""
    page.goto("/sign-up")
    look(page, "sign-up")
    page.fill("input[name=mail]", NEWCOMER)
    press(page, "コードを送る")
    site.pass_time()
    code = re.search(r"\b\w{4}-\w{4}\b", site.outbox.letters()[0]["body"])
    assert code
    look(page, "sign-up-code")
    page.fill("input[name=code]", code[0])
    press(page, "次へ")
    choose(page, "way", "code")
    page.fill("input[name=join_code]", site.cast.codes["A"])
    look(page, "sign-up-organisation")
    press(page, "次へ")
    describe_work(page)
    look(page, "sign-up-about")
    press(page, "次へ")
    page.fill("input[name=password]", PASSWORD)
    look(page, "sign-up-password")
    press(page, "次へ")
    recovery = page.locator(".recovery-code").inner_text()
    page.fill("input[name=last_group]", re.sub(r"\s", "", recovery)[-4:])
    look(page, "recovery-code")
    press(page, "控えました。はじめる")
    come_in(page, look)


def come_in(page: Page, look: Look = glance) -> None:
    """Accept the statement; the rest can wait."""
    look(page, "promises")
    for promise in PROMISES:
        choose(page, "promise", promise)
    press(page, "約束する")
    page.goto("/")


def describe_work(page: Page) -> None:
    """Fill the page about one's work."""
    page.select_option("select[name=attribute_area]", "nagano")
    for attribute, value in (("size", "size-10-49"), ("role", "field"), ("tenure", "3-9")):
        choose(page, f"attribute_{attribute}", value)
    choose(page, "subjects", "rainbow-trout")


def opt_in(page: Page) -> None:
    """Take questions about illness of rainbow trout."""
    page.goto("/queue/settings")
    form = page.locator("form[action$='/rainbow-trout']")
    form.locator("input[name=topics][value=disease]").check()
    form.get_by_role("button", name="保存する").click()
    expect(page.locator("#messages")).to_contain_text("設定を保存しました")


def fill_question(page: Page) -> None:
    """Write the question."""
    page.select_option("select[name=subject]", "rainbow-trout")
    page.fill("textarea[name=title]", TITLE)
    page.fill("textarea[name=field_situation]", SITUATION)
    page.locator("summary", has_text="くわしく書く").click()
    page.select_option("select[name=topic]", "disease")


def ask(page: Page, look: Look = glance) -> str:
    """Ask, after one mistake; the thread's address."""
    page.goto("/ask")
    look(page, "ask-empty")
    press(page, "見え方を確かめる")
    expect(page.locator("[data-error-summary]")).to_be_visible()
    look(page, "ask-errors")
    if page.locator("select[name=topic]").is_visible():
        page.locator("summary", has_text="くわしく書く").click()
    fill_question(page)
    look(page, "ask")
    press(page, "見え方を確かめる")
    expect(page.locator("h1").first).to_have_text("この見え方で出しますか")
    look(page, "preview")
    press(page, "公開する")
    expect(page.locator("h1").first).to_contain_text(TITLE)
    look(page, "pending")
    return page.url
