"""The ways of everybody who comes to the service, page by page, with the mistakes they make. Walked by test_pages.py."""

import re

from playwright.sync_api import Page
from sqlalchemy import delete

from app.clock import today
from app.web.limits import AT_ONCE, MINUTE, RateBucket, make_limiter
from tests.browser.community_tours import tour_first_steps
from tests.browser.looking import Look
from tests.browser.steps import choose, describe_work
from tests.browser.world import World
from tests.cast import PASSWORD

PAGES_OF_A_MEMBER = (
    "/", "/mine", "/queue", "/queue/settings", "/threads", "/disclosure", "/account", "/account/work", "/map",
    "/offline", "/ask/solved", "/readings", "/inbox", "/inbox/first", "/account/mail", "/ask", "/break-glass", "/privacy-report", "/pen-name", "/leaving", "/leaving/export", "/leaving/leave",
    "/conduct", "/how-to-write", "/square", "/ideas", "/ideas/new", "/ideas/overdue", "/help-out", "/taking-part", "/invitations",
    "/articles", "/articles/new", "/articles/asked", "/articles/desk",
    "/articles/picks", "/articles/picks/turn", "/articles/asked-often", "/articles?q=酸素", "/articles?order=worth",
    "/recognition", "/recognition/mine", "/recognition/nominations", "/recognition/stand", "/recognition/jury", "/recognition/writing",
)  # fmt: skip
OF_A_QUESTION = ("add", "audience", "edit", "reviews", "same", "words")  # its author's own, before there is an answer
OF_AN_ANSWERED = ("helped", "outcome", "withdraw")
ONE_SESSION = re.compile(r"^/sessions/(open/)?\{\w+\}$")
WRONG = "これは違います"
TITLE = "高水温のあと、餌食いが戻りません"
TELLING = "9月14日に田中さんが松本市で12,345尾を数えました．"
SITUATION = "水温が下がって一週間たちますが、朝の餌に寄ってきません。えらの色はふつうです。"


def tour_nothing_yet(look: Look) -> None:
    """A member, coordinator and analyst on the first day of the network."""
    for path in (
        "/mine",
        "/queue",
        "/threads",
        "/map",
        "/synonyms",
        "/unrouted",
        "/company",
        "/disclosure",
        "/break-glass",
        "/reports",
        "/reports/health",
        "/survey",
    ):
        look.go(path, path)
    look.go("/outbox", "/outbox")


def tour_too_fast(look: Look) -> None:
    """A visitor who has used up the requests of the address."""
    limiter = make_limiter(look.site.tools)
    now = int(look.site.tools.clock.now()) + MINUTE  # nothing comes back while the tour lasts
    for cost in (1000, 1):
        while limiter.take(["address|127.0.0.1"], cost, now):
            pass
    for _ in range(AT_ONCE):  # what the process has taken ahead for this address
        look.page.request.get("/")
    look.go("/", "429", 429)
    with look.site.tools.database.transaction("identity") as stores:
        stores.identity.execute(delete(RateBucket))


def tour_visitor(look: Look) -> None:
    """Somebody who is not signed in."""
    paths = ("/", "/who-sees-what", "/charter", "/contact", "/log-heads", "/outbox", "/budget", "/badges")
    for path in (*paths, "/sign-in", "/recover", "/sign-up", "/start-afresh"):
        look.go(path, path)
    look.go("/unsubscribe/AbCd", "/unsubscribe")
    look.page.goto("/sign-in")
    look.send("/sign-in", mail="nobody@mail.example", password=WRONG)
    look.page.goto("/recover")
    look.send("/recover", mail="nobody@mail.example")
    look.page.goto("/sign-up")
    look.send("/sign-up", mail="nobody")
    look.go("/nowhere", "404", 404)
    look.go("/ask/publish", "405", 405)
    look.page.goto("/sign-in")
    look.page.locator("main [name=csrf_token]").evaluate("field => field.remove()")
    look.send("400", 400, mail="nobody@mail.example")


def tour_newcomer(look: Look) -> None:
    """Somebody signing up, with every mistake on the way."""
    page, site = look.page, look.site
    page.goto("/sign-up")
    page.fill("main [name=mail]", f"new-{look.locale}@mail.example")
    submit(page)
    site.pass_time()
    letter = next(one["body"] for one in site.outbox.letters() if one["to"] == f"new-{look.locale}@mail.example")
    link = re.search(r"/sign-up/link/\S+", letter)
    assert link
    look.go("/sign-up/code", "/sign-up/code")
    look.send("/sign-up/code", code="000000" if "000000" not in letter else "111111")
    look.go(link[0], "/sign-up/link")
    submit(page)
    look.go("/sign-up/organisation", "/sign-up/organisation")
    choose(page, "way", "code")
    look.send("/sign-up/organisation", join_code="ABCDEFGHJKMN")
    page.goto("/sign-up/organisation")
    choose(page, "way", "code")
    page.fill("main [name=join_code]", site.cast.codes["A"])
    submit(page)
    look.go("/sign-up/about", "/sign-up/about")
    look.send("/sign-up/about")
    describe_work(page)
    submit(page)
    look.go("/sign-up/password", "/sign-up/password")
    look.send("/sign-up/password", password="short")
    page.fill("main [name=password]", PASSWORD)
    submit(page)
    look.go("/sign-up/recovery", "/recovery")
    look.send("/recovery", last_group="ZZZZ")
    tour_first_steps(look)


def tour_account(look: Look) -> None:
    """What somebody signs in with, changed."""
    page = look.page
    look.go("/account/password", "/account/password")
    look.send("/account/password", current=WRONG, password=PASSWORD)
    look.go("/account/address", "/account/address")
    look.send("/account/address", mail="a@b", current=WRONG)
    page.fill("main [name=mail]", "elsewhere@mail.example")
    page.fill("main [name=current]", PASSWORD)
    submit(page)
    look.go("/account/address/code", "/account/address/code")
    look.send("/account/address/code", code="0000-0000")
    tour_webhook(look)
    tour_tokens(look)
    look.go("/account/recovery-code", "/account/recovery-code")
    look.send("/account/recovery-code", current=WRONG)
    page.fill("main [name=current]", PASSWORD)
    submit(page)
    look.go("/account/recovery-code/confirm", "/recovery")
    look.send("/recovery", last_group="ZZZZ")


def tour_webhook(look: Look) -> None:
    """A machine of one's own: not set, set, and taken away again."""
    page, form = look.page, "main form[action='/account/webhook']"
    look.go("/account/webhook", "/account/webhook")
    look.send("/account/webhook", form=form, url="http://localhost/", current=WRONG)
    page.fill("main [name=url]", "https://hooks.example.jp/shiome")
    page.fill("main [name=current]", PASSWORD)
    submit(page, form)
    look.go("/account/webhook/secret", "/account/webhook/secret")
    submit(page)
    look.go("/account/webhook", "/account/webhook")
    submit(page, "main form[action$='/remove']")


def tour_tokens(look: Look) -> None:
    """A token for a program of one's own: none yet, refused, made, ended."""
    page, form = look.page, "main form[action='/account/tokens']"
    look.go("/account/tokens", "/account/tokens")
    look.send("/account/tokens", form=form, label="事務所の集計", current=WRONG)
    page.fill("main [name=label]", "事務所の集計")
    page.check("main [name=scopes][value=read]")
    page.fill("main [name=current]", PASSWORD)
    with page.expect_navigation() as shown:
        page.locator(form).first.evaluate("form => form.submit()")
    look.at("/account/tokens/new", 200, shown.value)
    look.go("/account/tokens", "/account/tokens")
    submit(page, "main form[action$='/revoke']")


def tour_member(look: Look, world: World) -> None:
    """Somebody who has asked."""
    solved, asked, waiting = (f"/threads/{world.threads[one]}" for one in ("solved", "asked", "waiting"))
    page = look.page
    for path in PAGES_OF_A_MEMBER:
        look.go(path, path.replace("?", ":"))
    look.go(f"/articles/picks/{today(look.site.tools.clock.now()):%Y-%m}", "/articles/picks")
    tour_account(look)
    look.go(solved, "solved")
    look.send("solved", form="form[action$='/followup']", text="")
    look.go(asked, "asked")
    look.go(waiting, "waiting")
    tour_sessions(
        look, world, "/sessions/{live}", "/sessions/{talk}", "/sessions/{planned}/invitation", "/sessions/{talk}/lecturer",
        "/sessions/{past}/summary",
    )  # fmt: skip
    tour_around(look, asked, solved, f"{solved}/posts/{world.post}")
    for name, kind in (("change", "add: writing"), ("words", "words: writing"), ("withdraw", "writing withdraw")):
        look.go(f"/writings/{world.said['alice']}/{name}", kind)
    look.go(f"/writings/{world.said['bob']}/flag", "flag: writing")
    page.goto("/ask")
    look.send("/ask", form="#ask-form", field_water_temperature="ぬるい", title=TITLE, field_situation=SITUATION)
    page.select_option("select[name=subject]", "rainbow-trout")
    page.select_option("select[name=topic]", "disease")
    page.fill("main [name=field_water_temperature]", "12.5")
    page.fill("main [name=field_situation]", TELLING)
    choose(page, "urgent", "1")
    submit(page, "#ask-form")
    look.go("/ask/preview", "/ask/preview")
    look.send("/ask/preview", form="form[action$='/publish']")
    look.go("/ask/reading", "/ask/reading")
    look.go("/ask", "/ask")
    page.goto("/disclosure")
    page.locator("main form").first.evaluate(
        "form => form.insertAdjacentHTML('beforeend', '<input type=hidden name=level_tenure value=0>')"
    )
    look.send("/disclosure")
    page.goto("/queue/settings")
    page.locator("main form").first.evaluate(
        "form => form.querySelectorAll('[name=topics], [name=muted]').forEach(one => { one.checked = true })"
    )
    look.send("/queue/settings")
    look.go("/threads?about=yellowtails", "/threads")
    tour_closed(look)


def tour_closed(look: Look) -> None:
    """What a member is not let into, and what is not there."""
    look.go("/unrouted", "403", 403)
    look.go(f"/threads/{'0' * 32}", "404", 404)


def tour_around(look: Look, asked: str, solved: str, post: str) -> None:
    """Everything one's own question leads to."""
    for name in OF_A_QUESTION:
        look.go(f"{asked}/{name}", name)
    for name in OF_AN_ANSWERED:
        look.go(f"{solved}/{name}", name)
    for name in ("outdated", "thanks"):
        look.go(f"{post}/{name}", name)
    look.go(post.replace("/posts/", "/flag/"), "flag")


def tour_opened(look: Look) -> None:
    """Somebody whose part of a thread was opened: whatever they ask for, they read of it first."""
    look.go("/mine", "/break-glass/told")


def tour_expert(look: Look, world: World) -> None:
    """Somebody with an offer that another expert is writing on."""
    offer = f"/queue/{world.offers['bob']}"
    for path in ("/queue", "/queue/settings", "/mine", "/threads", "/disclosure"):
        look.go(path, path)
    tour_sessions(look, world, "/sessions/{past}", "/sessions/{video}", "/sessions/{video}/room")
    look.go(f"/threads/{world.threads['solved']}", "solved")
    look.go(f"/threads/{world.threads['solved']}/posts/{world.post}/add", "add")
    look.go("/readings", "/readings")
    look.go(f"/readings/{world.reading}", "reading")
    look.send("reading", note=" ")
    look.go(offer, "offer")
    look.send("offer", form="form[action$='/answer']", text="  ")
    look.page.goto(offer)
    look.send("review", form="form[action$='/answer']", text=TELLING)
    look.page.goto(offer)
    look.send("offer", form="form[action$='/pass']")
    look.page.goto("/queue/settings")
    look.send("/queue/settings", form="form:has(#f-back_on)", back_on="2020-01-01")


def tour_writer(look: Look, world: World) -> None:
    """Somebody who has claimed."""
    look.go("/queue", "/queue")
    look.go(f"/queue/{world.offers['carol']}", "offer")
    look.go(f"/threads/{world.threads['asked']}", "asked")


def tour_coordinator(look: Look, world: World) -> None:
    """Somebody who keeps the place in order."""
    look.page.goto("/synonyms")
    look.page.fill("main [name=term]", "赤潮")
    look.page.fill("main [name=word]", f"アカシオ {look.locale}")
    submit(look.page)
    look.go("/synonyms", "/synonyms")
    look.send("/synonyms", term="赤潮", word="赤")
    look.go("/unrouted", "/unrouted")
    look.page.locator(".tab-more summary").click()
    assert look.page.locator(".tab-more li a").first.is_visible()
    tour_sessions(look, world, "/sessions/desk", "/sessions/new", "/sessions/{talk}/edit", "/sessions/{talk}/invite")
    for path in ("/desk", "/desk/questions"):
        look.go(path, path)
    look.go(f"/threads/{world.threads['solved']}/posts/{world.post}/ask-support", "ask-support")
    look.go("/company", "403", 403)


def tour_company(look: Look, world: World) -> None:
    """Somebody of the operating company."""
    for path in ("/sessions/open", "/sessions/open/{talk}"):
        look.go(path.format(**world.sessions), ONE_SESSION.sub("session", path))
    for path in (
        "/",
        "/company",
        "/account",
        "/reports",
        "/reports/2026Q3",
        "/reports/2026Q4",
        "/reports/health",
        "/survey",
    ):
        look.go(path, path)
    look.go(f"/company/{world.threads['solved']}", "solved")
    look.go("/ask", "403", 403)
    look.go(f"/company/{world.threads['asked']}", "404", 404)


def tour_operator(look: Look) -> None:
    """Who looks after the service: the same parts as steps and as rooms."""
    parts = ("network", "domain-file", "mail", "keys", "organisations", "invitations")
    rooms = [f"/operating/{part}" for part in (*parts, "charter", "health")]
    for path in ("/", "/operating", *rooms, "/setup", "/setup/network", "/roles", "/account"):
        look.go(path, path)
    look.page.goto("/operating/organisations")
    for name in ("decline", "correct"):
        one = look.page.locator(f"main a[href$='/{name}']").first.get_attribute("href")
        look.go(str(one), f"/operating/organisations/{name}")
        look.page.goto("/operating/organisations")
    look.go("/operating/nothing", "404", 404)
    look.go("/threads", "403", 403)


def tour_auditor(look: Look) -> None:
    """Who reads the logs, and compares them with a copy."""
    for path in ("/", "/logs", "/logs/security", "/logs/content", "/account"):
        look.go(path, path)
    look.go("/logs", "/logs")
    look.send("/logs", heads="きょうの分")
    look.go("/logs/nothing", "404", 404)


def tour_waiting(look: Look) -> None:
    """Somebody whose organisation is not verified yet."""
    for path in ("/", "/waiting", "/waiting/organisation", "/account"):
        look.go(path, path)
    look.go("/mine", "403", 403)


def submit(page: Page, form: str = "main form[method=post]") -> None:
    """Send a form of the page."""
    with page.expect_navigation():
        page.locator(form).first.evaluate("form => form.submit()")


def tour_sessions(look: Look, world: World, *paths: str) -> None:
    """Sessions (学びの会) as somebody has them: `{talk}` is coming, `{live}` runs, `{past}` is over, `{video}` is a room."""
    for path in ("/sessions", *paths):
        look.go(path.format(**world.sessions), ONE_SESSION.sub("session", path))
