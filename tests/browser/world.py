"""A network in which everything has happened once: what the tours walk through."""

from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.models import Member
from app.clock import today
from app.domains.models import Network
from app.escrow.telling import tell
from app.questions.drafts import keep_draft
from app.questions.taps import ACCEPT
from app.queues import passing, service
from app.queues.worker import make_now
from app.reading.models import Reading
from app.reading.service import request_reading
from privacy.anonymity import Policy
from tests.app.community import makers as community
from tests.app.escrow.makers import make_five
from tests.app.expertise.makers import publish, put_many
from tests.app.inbox.test_inbox import leave
from tests.app.insights.releases import put_quarters
from tests.app.knowledge.shelf import put_picks
from tests.app.questions.makers import FORM, answer, ask, make_question, open_table_with, set_profile, tap
from tests.app.queues.stage import offers_of, opt_in, work
from tests.browser.conftest import Site
from tests.cast import viewer_of
from tests.project.house import put_idea, wish_word
from tests.project.house_cohorts import put_cohort
from tests.project.house_knowledge import put_articles
from tests.project.house_recognition import put_recognition
from tests.project.house_sessions import put_sessions

EXPERTS = ("bob", "carol")


@dataclass
class World:
    """A network in which everything has happened once."""

    site: Site
    threads: dict[str, str]
    post: str  # the answer to what is solved
    offers: dict[str, str]
    reading: str
    said: dict[str, str]  # writings at a place of the community: alice's own, and bob's
    sessions: dict[str, str]
    house: dict[str, str]  # what stands in the community, by the names the access table has for it


def make_world(site: Site) -> World:
    """Questions in every state: waiting to be published, asked, answered and accepted, open to the company, with
    nobody to ask."""
    tools, cast = site.tools, site.cast
    put_quarters(tools)
    opt_in(tools, cast.bob, cast.carol, capacity=5)
    break_glass(site)
    house = put_cohort(tools, cast) | put_recognition(tools, cast)
    place = community.opened(tools, cast.alice)
    said = {"bob": community.say(tools, cast.bob, place, "うちでは夕方に数えています。")}
    said["alice"] = community.seen(tools, cast.alice, place)[0].id
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
    put_picks(tools, cast.alice, cast.bob)
    house |= put_articles(tools, cast, solved, by="bob")
    house |= {"idea": put_idea(tools, cast), "word": wish_word(tools, cast, solved)}
    return World(
        site,
        {"solved": solved, "asked": asked, "waiting": waiting},
        post,
        offers,
        reading,
        said,
        put_sessions(tools, cast, asked),
        house,
    )


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
        passing.pass_on(stores, tools.vault, viewer=viewer, offer_id=offer_id, reason="not_my_field", now=now)


def claim(site: Site, who: str, offer_id: str) -> None:
    """Say "I am writing" as this person."""
    with site.tools.database.transaction("content") as stores:
        viewer, now = viewer_of(site.tools, site.cast[who]), make_now(site.tools)
        service.claim(stores, site.tools.vault, viewer=viewer, offer_id=offer_id, now=now, windows=24)
