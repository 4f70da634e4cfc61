"""An expert becomes an awardee under a moved clock, and proves the badge to somebody who verifies it offline."""

from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from app.cli import main
from tests.app.recognition.year import TEXT, WHY, answered, readers, say, seated, to, volunteer
from tests.browser.conftest import Site, Watch, check_page, open_browser
from tests.browser.steps import choose, press, sign_in

STORY = "夜明け前に測る場所を変えました。\n\n四年かかって、ようやく落ち着きました。同じことで悩む方に、届きますように。"
BADGE = "/recognition/badge/2026"


def test_an_expert_becomes_an_awardee(chromium: Browser, site: Site, watch: Watch, tmp_path: Path) -> None:
    width = "phone"
    thread_id, post_id = answered(site.tools, site.cast)
    nominate(open_browser(chromium, site, watch, width=width), site, thread_id, post_id, width)
    people = readers(site.tools, 6)
    volunteer(site.tools, *people)
    to(site.tools, 2027, 1)
    bob = open_browser(chromium, site, watch, width=width)
    stand(bob, site, width)
    to(site.tools, 2027, 2)
    site.pass_time()
    jurors = seated(site.tools, people)
    read(open_browser(chromium, site, watch, width=width), site, jurors[0], width)
    for person in jurors[1:]:
        say(site.tools, person)
    to(site.tools, 2027, 3)
    site.pass_time()
    tell(bob, site, width)
    prove(bob, open_browser(chromium, site, watch, width=width), tmp_path, width)


def nominate(page: Page, site: Site, thread_id: str, post_id: str, width: str) -> None:
    """Alice says what helped her, from the menu of the answer."""
    sign_in(page, site.cast.alice)
    page.goto(f"/threads/{thread_id}")
    page.locator(f"#post-{post_id} summary").click()
    page.locator(f"#post-{post_id}").get_by_role("link", name="この人に感謝を伝える").click()
    check_page(page, f"{width}-nominate")
    page.fill("textarea[name=text]", WHY)
    press(page, "推薦する")
    expect(page.locator("body")).to_contain_text("次の月曜日に、書いた人だけに届きます")
    check_page(page, f"{width}-recognition")


def stand(page: Page, site: Site, width: str) -> None:
    """Bob reads it, sees exactly what the jury will, and stands."""
    sign_in(page, site.cast.bob)
    page.goto("/recognition/nominations")
    expect(page.locator("main")).to_contain_text(WHY)
    check_page(page, f"{width}-nominations")
    press(page, "読んでもらうものを選ぶ")
    page.locator("input[name=post]").check()
    check_page(page, f"{width}-stand")
    press(page, "読み手に見えるとおりに確かめる")
    expect(page.locator("main")).to_contain_text("ここにあるものだけです")
    check_page(page, f"{width}-stand-preview")
    page.locator("input[name=knows]").check()
    press(page, "これを読んでもらう")
    expect(page.locator("main")).to_contain_text("お預かりしています")


def read(page: Page, site: Site, juror: object, width: str) -> None:
    """One of the five reads, without a name."""
    sign_in(page, juror)  # type: ignore[arg-type]
    page.goto("/recognition/jury")
    check_page(page, f"{width}-jury")
    page.locator("main .card-link a").first.click()
    expect(page.locator("main")).to_contain_text(TEXT)
    choose(page, "word", "yes")
    page.fill("textarea[name=text]", "静かで確かな助言でした。")
    check_page(page, f"{width}-jury-reading")
    press(page, "返事をする")
    expect(page.locator("main")).to_contain_text("返事をしました")


def tell(page: Page, site: Site, width: str) -> None:
    """The good news, and a story for the field alone, readable without an account."""
    sign_in(page, site.cast.bob)
    page.goto("/recognition/award")
    expect(page.locator("main")).to_contain_text("静かで確かな助言でした。")
    page.fill("input[name=title]", "底の酸素")
    page.fill("textarea[name=body]", STORY)
    check_page(page, f"{width}-award")
    page.locator("form:has(textarea[name=body]) input[name=public]").check()
    with page.expect_navigation():
        press(page, "この物語を載せる")
    while page.locator("#send-form").count():
        with page.expect_navigation():
            press(page, "この文で出す")
    expect(page.locator("body")).to_contain_text("はじめての物語は次の月曜日から")
    press(page, "見えるとおりに開く")
    check_page(page, f"{width}-story")
    page.goto("/recognition/mine")
    check_page(page, f"{width}-my-help")


def prove(owner: Page, verifier: Page, folder: Path, width: str) -> None:
    """A stranger makes a challenge, bob answers it; the page verifies it, and so does a machine without a network."""
    verifier.goto("/badges")
    check_page(verifier, f"{width}-badges")
    challenge = verifier.input_value("input[name=challenge]")
    owner.goto(BADGE)
    with owner.expect_download() as download:
        press(owner, "ファイルで受け取る")
    download.value.save_as(folder / "badge.txt")
    owner.fill("input[name=challenge]", challenge)
    press(owner, "返事をつくる")
    proof = owner.locator("#proof").inner_text()
    check_page(owner, f"{width}-badge")
    verifier.fill("textarea[name=certificate]", (folder / "badge.txt").read_text())
    verifier.fill("input[name=proof]", proof)
    press(verifier, "確かめる")
    expect(verifier.locator("main")).to_contain_text("返事をした人が、その持ち主です")
    check_page(verifier, f"{width}-badges-verified")
    (folder / "shiome.pem").write_text(verifier.request.get("/badges/key").text())
    command = ["badge", "verify", str(folder / "badge.txt"), "--key", str(folder / "shiome.pem")]
    done = CliRunner().invoke(main, [*command, "--challenge", challenge, "--proof", proof])
    assert done.exit_code == 0, done.output
    assert "holder: verified" in done.output
    assert CliRunner().invoke(main, [*command, "--challenge", "0" * 32, "--proof", proof]).exit_code == 1
