"""A member who asked, answered and had an idea takes their words along and leaves; nothing of them is left, anywhere."""

import io
import json
import zipfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.app.leaving.traces import marks_of, traces
from tests.app.questions.makers import answer, ask, make_question
from tests.browser.conftest import Site, Watch, check_page, open_browser
from tests.browser.steps import press, sign_in

IDEA = "停電の夜に押すだけの一枚がほしいです"
ANSWER = "酸素計を二つ置いて、夜明け前に見比べています。"
HIS_QUESTION = "稚魚の選別は何日おきがよいですか"


def test_a_member_leaves_and_nothing_of_them_is_left(
    chromium: Browser, site: Site, watch: Watch, tmp_path: Path
) -> None:
    tools, cast = site.tools, site.cast
    hers = ask(tools, cast.alice)
    site.pass_time(hours=25)
    answer(tools, cast.bob, hers, ANSWER)
    his = ask(tools, cast.bob, make_question(title=HIS_QUESTION))
    site.pass_time(hours=25)

    page = open_browser(chromium, site, watch)
    sign_in(page, cast.bob)
    page.goto("/ideas/new")
    page.fill("[name=title]", IDEA)
    page.fill("[name=aim]", "暗い中でも読める大きさで、最初の五分にすることを三つだけ。")
    press(page, "確かめて出す")
    site.pass_time(hours=25)

    reader = open_browser(chromium, site, watch)
    sign_in(reader, cast.carol)
    reader.goto("/ideas")
    reader.get_by_role("link", name=IDEA).click()
    idea = reader.url
    reader.goto(f"/threads/{hers}")
    expect(reader.locator("main")).to_contain_text(ANSWER)

    take_along(page, site, tmp_path / "taken")
    leave(page, site)
    page.goto("/sign-in")
    page.fill("[name=mail]", cast.bob.mail)
    page.fill("[name=password]", cast.bob.password)
    page.locator("main form button[type=submit], main form button:not([type])").last.click()
    expect(page.locator("main")).to_contain_text("違います")
    sign_in(reader, cast.carol)
    for address, words in ((idea, IDEA), (f"/threads/{hers}", ANSWER), (f"/threads/{his}", HIS_QUESTION)):
        reader.goto(address)
        assert words not in reader.content()
    reader.goto(f"/threads/{hers}")
    expect(reader.locator("main")).to_contain_text("取り下げられました")


def take_along(page: Page, site: Site, kept: Path) -> None:
    """Take one's words along."""
    sign_in(page, site.cast.bob)
    page.goto("/leaving")
    check_page(page, "leaving")
    page.goto("/leaving/export")
    page.fill("[name=current]", "ちがうパスワードです")
    page.locator("main form button").last.click()
    expect(page.locator("[data-error-summary]")).to_contain_text("いまのパスワードが違います")
    page.fill("[name=current]", site.cast.bob.password)
    with page.expect_download() as taken:
        page.locator("main form button").last.click()
    taken.value.save_as(kept)
    expect(page.locator("main")).not_to_contain_text("違います")
    expect(page.locator("[name=current]")).to_have_value("")
    assert IDEA in everything(kept.read_bytes())
    assert ANSWER in everything(kept.read_bytes())


def leave(page: Page, site: Site) -> None:
    """Leave, and have every word taken back."""
    tools, bob = site.tools, site.cast.bob
    marks = marks_of(tools, bob.member_id, bob.mail, bob.secret)
    page.goto("/leaving/leave")
    page.locator("main button", has_text="やめる").last.click()
    expect(page.locator("main")).to_contain_text("選んでください")
    page.get_by_label("取り下げる").check()
    page.get_by_label("戻せないことを確かめました").check()
    page.fill("[name=current]", bob.password)
    check_page(page, "leave")
    page.locator("main button", has_text="やめる").last.click()
    page.wait_for_url("**/leaving/goodbye")
    check_page(page, "goodbye")
    site.pass_time(hours=25)
    assert traces(tools, marks, texts_kept=False) == set()


def everything(taken: bytes) -> str:
    """The words of a file that somebody takes along."""
    if not zipfile.is_zipfile(io.BytesIO(taken)):
        return json.dumps(json.loads(taken), ensure_ascii=False)
    with zipfile.ZipFile(io.BytesIO(taken)) as packed:
        return "\n".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
