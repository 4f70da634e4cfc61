"""Every page of the service, for everybody who may open it, in every dress. See looking.py for what is looked at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import delete, select

from app.accounts.models import Member
from app.clock import today
from app.domains.models import Network
from app.escrow.telling import tell
from app.questions.drafts import keep_draft
from app.questions.taps import ACCEPT
from app.queues import service
from app.queues.worker import make_now
from app.reading.models import Reading
from app.reading.service import request_reading
from app.web.limits import RateBucket, make_limiter
from privacy.anonymity import Policy
from tests.app.escrow.makers import make_five
from tests.app.expertise.makers import publish, put_many
from tests.app.inbox.test_inbox import leave
from tests.app.questions.makers import FORM, answer, ask, make_question, open_table_with, set_profile, tap
from tests.app.queues.stage import offers_of, opt_in, work
from tests.browser.conftest import Site, serve
from tests.browser.looking import SPOIL, Look, Notebook, Tour, take
from tests.browser.steps import PROMISES, choose, describe_work
from tests.browser.steps import sign_in as sign_in_as
from tests.cast import PASSWORD, Person, make_person, viewer_of

NOT_PAGES = {"static", "pages.health", "pages.ready", "pages.robots", "pages.service_worker"}
# walked with their steps in test_afresh.py and test_passkeys.py, and the last page of a member who has left in tests/app/leaving
NOT_PAGES |= {"accounts.start_afresh_code", "accounts.start_afresh_password", "accounts.start_afresh_recovery"}
NOT_PAGES |= {"queues.confirm_afresh", "accounts.add_passkey", "accounts.confirm_passkey", "leaving.goodbye"}
NOT_PAGES |= {"questions.photo", "questions.company_photo", "questions.draft_photo", "queues.photo"}
PAGES_OF_A_MEMBER = (
    "/", "/mine", "/queue", "/queue/settings", "/threads", "/disclosure", "/account", "/map",
    "/offline", "/ask/solved", "/readings", "/inbox", "/inbox/first", "/account/mail", "/ask", "/break-glass", "/privacy-report", "/pen-name", "/leaving", "/leaving/export", "/leaving/leave",
)  # fmt: skip
EXPERTS = ("bob", "carol")
WRONG = "これは違います"
TITLE = "高水温のあと、餌食いが戻りません"
TELLING = "9月14日に田中さんが松本市で12,345尾を数えました．"
SITUATION = "水温が下がって一週間たちますが、朝の餌に寄ってきません。えらの色はふつうです。"


@dataclass
class World:
    """A network in which everything has happened once."""

    site: Site
    threads: dict[str, str]
    offers: dict[str, str]
    reading: str


def make_world(site: Site) -> World:
    """Questions in every state: waiting to be published, asked, answered and accepted, open to the company, with
    nobody to ask."""
    tools, cast = site.tools, site.cast
    opt_in(tools, cast.bob, cast.carol, capacity=5)
    break_glass(site)
    solved = ask(tools, cast.alice, make_question(title="稚魚の餌はいつ変えますか", company_may=True))
    asked = ask(tools, cast.alice, make_question(title="いけすの網がすぐ汚れます"))
    work(tools, hours=25)
    post = answer(tools, cast.bob, solved, "- 体長で決めています\n- 三日かけて混ぜます")
    work(tools, hours=25)
    tap(tools, cast.alice, solved, post, ACCEPT)
    ask(tools, cast.dave, make_question(title="選別の人手が足りません", subject="coho-salmon", topic="labour"))
    work(tools, hours=25)
    for title in ("昨日から一部が死にます", "酸素の管理を教えてください"):
        waiting = ask(tools, cast.alice, make_question(title=title))
    passed = ask(tools, cast.erin, make_question(title="見回りの時間を変えたいです"))
    work(tools, hours=25)
    pass_on(site, "bob", passed)
    reading = have_read(site)
    open_disclosure(site)
    leave(tools, cast.alice, solved, "scope_changed")
    offers = {who: next(one.id for one in offers_of(tools, cast[who]) if one.thread_id == asked) for who in EXPERTS}
    claim(site, "carol", offers["carol"])
    for topic, size in (("disease", 3), ("feed", 5), ("water", 9)):
        put_many(tools, (size, size, size, size), topic)
    publish(tools, later=31)
    return World(site, {"solved": solved, "asked": asked, "waiting": waiting}, offers, reading)


def have_read(site: Site) -> str:
    """A draft of dave's that lies with bob."""
    tools, cast = site.tools, site.cast
    with tools.database.transaction("content", "keys") as stores:
        secret = cast.dave.secret
        draft = keep_draft(stores, secret, FORM)
        request_reading(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.dave), question=make_question(), excluded=(),
            origin=draft.origin, policy=Policy(), window=tools.window, today=today(tools.clock.now()),
        )  # fmt: skip
        service.opt_in(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.bob), subject="rainbow-trout",
            topics=("disease",), capacity=5, box=None, reads=True,
        )  # fmt: skip
    work(tools, hours=2)
    with tools.database.reading() as stores:
        return stores.content.scalars(select(Reading.id)).one()


def break_glass(site: Site) -> None:
    """Five custodians, and dave, who has to be told."""
    tools = site.tools
    make_five(tools, tools.settings.data_dir / "elsewhere")
    with tools.database.transaction("identity", "content") as stores:
        member = stores.identity.get_one(Member, site.cast.dave.member_id)
        now, box = tools.clock.now(), tools.post_office_public
        tell(stores, tools.vault, box, member=member, reason="danger", now=now, window=tools.window)


def open_disclosure(site: Site) -> None:
    """Let subjects be shown, and let bob have chosen that already."""
    open_table_with(site.tools, {"subject": 0})
    with site.tools.database.transaction("content") as stores:
        for row in stores.content.scalars(select(Network)):
            row.small = False
    set_profile(site.tools, site.cast.bob, subject=0)


def pass_on(site: Site, who: str, thread_id: str) -> None:
    """Hand a question back as this person."""
    tools, person = site.tools, site.cast[who]
    offer_id = next(one.id for one in offers_of(tools, person) if one.thread_id == thread_id)
    with tools.database.transaction("content") as stores:
        viewer, now = viewer_of(tools, person), make_now(tools)
        service.pass_on(stores, tools.vault, viewer=viewer, offer_id=offer_id, reason="not_my_field", now=now)


def claim(site: Site, who: str, offer_id: str) -> None:
    """Say "I am writing" as this person."""
    with site.tools.database.transaction("content") as stores:
        viewer, now = viewer_of(site.tools, site.cast[who]), make_now(site.tools)
        service.claim(stores, site.tools.vault, viewer=viewer, offer_id=offer_id, now=now, windows=24)


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
    ):
        look.go(path, path)
    look.go("/outbox", "/outbox")


def tour_too_fast(look: Look) -> None:
    """A visitor who has used up the requests of the address."""
    limiter, now = make_limiter(look.site.tools), int(look.site.tools.clock.now())
    for cost in (1000, 1):
        while limiter.take("address|127.0.0.1", cost, now):
            pass
    look.go("/", "429", 429)
    with look.site.tools.database.transaction("identity") as stores:
        stores.identity.execute(delete(RateBucket))


def tour_visitor(look: Look) -> None:
    """Somebody who is not signed in."""
    paths = ("/", "/who-sees-what", "/charter", "/contact", "/log-heads", "/outbox")
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
    look.go("/sign-up/promise", "/sign-up/promise")
    look.send("/sign-up/promise", password="short")
    page.fill("main [name=password]", PASSWORD)
    for promise in PROMISES:
        choose(page, promise, "1")
    submit(page)
    look.go("/sign-up/recovery", "/recovery")
    look.send("/recovery", last_group="ZZZZ")


def tour_member(look: Look, world: World) -> None:
    """Somebody who has asked."""
    solved, asked, waiting = (f"/threads/{world.threads[one]}" for one in ("solved", "asked", "waiting"))
    page = look.page
    for path in PAGES_OF_A_MEMBER:
        look.go(path, path)
    look.go("/account/password", "/account/password")
    look.send("/account/password", current=WRONG, password=PASSWORD)
    look.go("/account/recovery-code", "/account/recovery-code")
    look.send("/account/recovery-code", current=WRONG)
    page.fill("main [name=current]", PASSWORD)
    submit(page)
    look.go("/account/recovery-code/confirm", "/recovery")
    look.send("/recovery", last_group="ZZZZ")
    look.go(solved, "solved")
    look.send("solved", form="form[action$='/followup']", text="")
    look.go(asked, "asked")
    look.go(waiting, "waiting")
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
    look.go("/unrouted", "403", 403)
    look.go(f"/threads/{'0' * 32}", "404", 404)


def tour_opened(look: Look) -> None:
    """Somebody whose part of a thread was opened: whatever they ask for, they read of it first."""
    look.go("/mine", "/break-glass/told")


def tour_expert(look: Look, world: World) -> None:
    """Somebody with an offer that another expert is writing on."""
    offer = f"/queue/{world.offers['bob']}"
    for path in ("/queue", "/queue/settings", "/mine", "/threads", "/disclosure"):
        look.go(path, path)
    look.go(f"/threads/{world.threads['solved']}", "solved")
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


def tour_coordinator(look: Look) -> None:
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
    look.go("/company", "403", 403)


def tour_company(look: Look, world: World) -> None:
    """Somebody of the operating company."""
    for path in ("/", "/company", "/account"):
        look.go(path, path)
    look.go(f"/company/{world.threads['solved']}", "solved")
    look.go("/ask", "403", 403)
    look.go(f"/company/{world.threads['asked']}", "404", 404)


def tour_waiting(look: Look) -> None:
    """Somebody whose organisation is not verified yet."""
    for path in ("/", "/waiting", "/account"):
        look.go(path, path)
    look.go("/mine", "403", 403)


def submit(page: Page, form: str = "main form[method=post]") -> None:
    """Send a form of the page."""
    with page.expect_navigation():
        page.locator(form).first.evaluate("form => form.submit()")


@dataclass
class Tours:
    """All tours over two networks, each walked once."""

    chromium: Browser
    new: Site
    full: World
    book: Notebook

    def all(self) -> dict[str, tuple[Site, Person | None, Tour]]:
        """Who walks where."""
        new, site, cast, world = self.new, self.full.site, self.full.site.cast, self.full
        return {
            "nothing yet": (new, make_or_find(new), tour_nothing_yet),
            "too fast": (new, None, tour_too_fast),
            "visitor": (site, None, tour_visitor),
            "newcomer": (new, None, tour_newcomer),
            "member": (site, cast.alice, partial(tour_member, world=world)),
            "opened": (site, cast.dave, tour_opened),
            "expert": (site, cast.bob, partial(tour_expert, world=world)),
            "writer": (site, cast.carol, partial(tour_writer, world=world)),
            "coordinator": (site, cast.erin, tour_coordinator),
            "company": (site, cast.frank, partial(tour_company, world=world)),
            "waiting": (site, cast.grace, tour_waiting),
        }

    def walk(self, name: str) -> list[str]:
        """What was wrong on this tour."""
        if name not in self.book.troubles:
            site, person, tour = self.all()[name]
            sign_in = partial(sign_in_as, person=person) if person else lambda page: None
            take(self.chromium, site, self.book, name, tour, sign_in=sign_in)
        return self.book.troubles[name]


NAMES = (
    "nothing yet", "visitor", "newcomer", "member", "opened", "expert", "writer", "coordinator", "company", "waiting", "too fast",
)  # fmt: skip


def make_or_find(site: Site) -> Person:
    """Somebody who may open every page."""
    if "ivy" not in site.cast.people:
        roles = ("member", "coordinator", "analyst")
        site.cast.people["ivy"] = make_person(site.tools, "ivy", site.cast.organisations["D"], roles=roles)
    return site.cast["ivy"]


@pytest.fixture(scope="module")
def tours(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tours]:
    with (
        serve(tmp_path_factory.mktemp("new"), encoder="hash") as new,
        serve(tmp_path_factory.mktemp("full"), encoder="hash") as full,
    ):
        yield Tours(chromium, new, make_world(full), Notebook())


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wrong_on_any_page(tours: Tours, name: str) -> None:
    troubles = tours.walk(name)
    assert troubles == [], "\n" + "\n".join(troubles)


def test_every_page_is_looked_at(tours: Tours) -> None:
    for name in tours.all():
        tours.walk(name)
    rules = [rule for rule in tours.full.site.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    assert {rule.endpoint for rule in rules} - tours.book.endpoints == NOT_PAGES


def test_what_is_no_page_holds_no_page(tours: Tours) -> None:
    client = tours.full.site.app.test_client()
    for path in ("/healthz", "/readyz", "/robots.txt", "/static/robots.txt"):
        assert client.get(path).mimetype == "text/plain"


def test_what_is_wrong_is_seen(tours: Tours) -> None:
    book = Notebook()

    def tour(look: Look) -> None:
        arrived = look.page.goto("/contact")
        look.page.evaluate(SPOIL)
        look.at("spoiled", 200, arrived)
        look.page.evaluate("fetch('https://elsewhere.example/').catch(() => {})")

    take(tours.chromium, tours.new, book, "spoiled", tour, sign_in=lambda page: None)
    told = "\n".join(book.troubles["spoiled"])
    for words in ("'heads': 2", "'sideways': True", "BUTTON x", "image-alt", "color-contrast", "title “”", "console: "):
        assert words in told, words
