"""The first setting up on a phone: the printed address opens the door, six steps, an account by the ordinary sign-up, and
the operator's room. Then the letter's address fills its code in for a colleague, and no server was sent it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.operating.service import make_code
from app.wiring import Toolbox
from tests.browser.conftest import Site, Watch, check_page, open_browser, serve
from tests.browser.steps import choose, come_in, press
from tests.cast import PASSWORD


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[Site]:
    with serve(tmp_path, encoder="hash", peopled=False) as served:
        yield served


def address(tools: Toolbox) -> str:
    """What `shiome setup` prints, without the host."""
    with tools.database.transaction("identity", "content") as stores:
        return f"/setup#{make_code(stores, tools.vault, now=tools.clock.now())}"


def fill(page: Page, label: str, words: str) -> None:
    page.get_by_label(label, exact=False).first.fill(words)


def test_six_steps_and_the_operators_room(chromium: Browser, empty_site: Site, watch: Watch) -> None:
    site, page = empty_site, open_browser(chromium, empty_site, watch)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + str(request.headers)))
    page.goto(address(site.tools))
    check_page(page, "phone-setup-door")
    assert "#" not in page.url
    press(page, "準備をはじめる")
    expect(page.locator("main")).to_contain_text("0 / 6")
    check_page(page, "phone-setup")
    press(page, "つぎ：名前と約束")
    name_and_charter(page)
    domain_file(page)
    check_page(page, "phone-setup-mail")
    fill(page, "試しのメールの宛先", "uneisha@mail.example")
    press(page, "試しのメールを送る")
    expect(page.locator("main")).to_contain_text("4 / 6")
    assert [one["to"] for one in site.outbox.letters()] == ["uneisha@mail.example"]
    check_page(page, "phone-setup-keys")
    press(page, "確かめました。次へ")
    code = organisations(page)
    press(page, "次へ：招待状")
    check_page(page, "phone-setup-letters")
    expect(page.locator("article.letter")).to_have_count(3)
    expect(page.locator("article.letter .qr").first).to_be_visible()
    page.goto("/setup")
    expect(page.locator("main")).to_contain_text("5 / 6")
    press(page, "登録に進む")
    sign_up(page, site)
    press(page, "このアカウントを運営担当にする")
    come_in(page)  # what everybody promises
    page.goto("/operating")
    expect(page.get_by_role("heading", name="運営室")).to_be_visible()
    check_page(page, "phone-operating")
    colleague = open_browser(chromium, site, watch)
    colleague.on("request", lambda request: asked.append(request.url + str(request.headers)))
    colleague.goto(f"/sign-up#{code}")
    colleague.wait_for_url("**/sign-up")
    to_organisation(colleague, site, "nakama@mail.example")
    expect(colleague.get_by_label("参加コード", exact=True)).to_have_value(code)
    press(colleague, "次へ")
    expect(colleague.locator("main")).not_to_contain_text("どちらにお勤めですか")
    assert not [one for one in asked if code in one]


def name_and_charter(page: Page) -> None:
    """Step 1: what is missing is said near its field, and what was typed stays."""
    expect(page.locator("main")).to_contain_text("1 / 6")
    fill(page, "ネットワークの名前", "")
    fill(page, "めざすこと", "質問の半分に、翌朝までに答えが届く。")
    press(page, "決めて、次へ")
    expect(page.locator(".error-summary")).to_contain_text("ネットワークの名前を入力してください")
    check_page(page, "phone-setup-network-errors")
    expect(page.get_by_label("めざすこと", exact=False).first).to_have_value("質問の半分に、翌朝までに答えが届く。")
    fill(page, "ネットワークの名前", "潮目 試験場")
    page.get_by_label("めざすことを確かめる日").fill("2027-11-30")
    press(page, "決めて、次へ")


def domain_file(page: Page) -> None:
    """Step 2: a slip is named by its line; a bundled file is looked at and kept."""
    expect(page.locator("main")).to_contain_text("2 / 6")
    field = page.locator("#f-text")
    field.fill(field.input_value().replace('kind = "date"', 'kind = "day"', 1))
    press(page, "見てみる")
    expect(page.locator(".error-summary")).to_contain_text("行目")
    check_page(page, "phone-setup-file-errors")
    page.get_by_role("radio", name="カスタマーサクセス").check()
    expect(field).not_to_be_visible()
    press(page, "見てみる")
    expect(page.locator(".diff")).to_be_visible()
    check_page(page, "phone-setup-file-look")
    press(page, "この内容で使う")
    expect(page.locator("main")).to_contain_text("3 / 6")


def organisations(page: Page) -> str:
    """Step 5: the company, then two more; gives the first one's code."""
    fill(page, "名前", "架空の運営")
    press(page, "足す")
    for name in ("あさなぎ商会", "ゆうなぎ商会"):
        page.locator("#f-name").fill(name)
        press(page, "足す")
        expect(page.locator(".organisations").last).to_contain_text(name)
    check_page(page, "phone-setup-organisations")
    return page.locator(".organisations li", has_text="あさなぎ商会").locator(".join-code").inner_text()


def to_organisation(page: Page, site: Site, mail: str) -> None:
    """The address, and the code that came to it."""
    page.fill("input[name=mail]", mail)
    press(page, "コードを送る")
    site.pass_time()
    code = re.search(r"\b\w{4}-\w{4}\b", site.outbox.letters()[0]["body"])
    assert code
    page.fill("input[name=code]", code[0])
    press(page, "次へ")


def sign_up(page: Page, site: Site) -> None:
    """The ordinary way; the company's code is filled in."""
    to_organisation(page, site, "uneisha@mail.example")
    expect(page.get_by_label("参加コード", exact=True)).not_to_have_value("")
    press(page, "次へ")
    for one in site.tools.trade.attributes:
        name, value = f"attribute_{one.key}", one.values[0].key
        if page.locator(f"select[name={name}]").count():
            page.select_option(f"select[name={name}]", value)
        else:
            choose(page, name, value)
    choose(page, "subjects", next(iter(site.tools.trade.subjects)))
    press(page, "次へ")
    page.fill("input[name=password]", PASSWORD)
    press(page, "次へ")
    code = page.locator(".recovery-code").inner_text()
    page.fill("input[name=last_group]", re.sub(r"\s", "", code)[-4:])
    press(page, "控えました。はじめる")
