"""The API of questions: what a token may read. What one writes stands in `api_writing`."""

from pydantic import Field

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.tokens import COMPANY, READ
from app.questions.api_models import Domain, Lines, ThreadTold, domain_of, lines_of, thread_of
from app.questions.blueprint import blueprint
from app.questions.company_routes import company_card, company_until
from app.questions.finding import SEARCHED
from app.questions.lists import list_for_company, my_threads
from app.questions.lockers import PEER
from app.questions.reads import thread_card
from app.questions.searching import listed, wanted_of
from app.questions.thread_page import count_reading
from app.web.api import Sent, described
from app.web.problems import API
from app.wiring import toolbox


class Wanted(Sent):
    """Which threads: of a group or subject, of a topic, those that answer to some words; and where the page begins."""

    about: str = Field(default="", max_length=80)
    topic: str = Field(default="", max_length=80)
    q: str = Field(default="", max_length=SEARCHED)
    after: str = Field(default="", max_length=200)


class Part(Sent):
    """Whether what the member asked is wanted, or what they answered."""

    part: str = Field(default="owner", pattern="^(owner|peer)$")


class Place(Sent):
    """Where the page begins."""

    after: str = Field(default="", max_length=200)


@blueprint.get(f"{API}/domain")
@allow("member", scope=READ)
@described(Domain)
def api_domain() -> Domain:
    """Subjects, topics, fields and levels that a question can have."""
    viewer = current_viewer()
    return domain_of(toolbox().trade, viewer.subjects, viewer.profile)


@blueprint.get(f"{API}/threads")
@allow("member", scope=READ)
@described(Lines)
def api_threads(query: Wanted) -> Lines:
    """Everyone's questions, newest first, or those that answer best to what is searched."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        wanted = wanted_of(tools.trade, query.about, query.topic, query.q)
        page = listed(tools, stores, viewer, *wanted, cursor=query.after)
    return lines_of(page.cards, getattr(page, "next", ""))


@blueprint.get(f"{API}/threads/<thread_id>")
@allow("member", scope=READ)
@described(ThreadTold)
def api_thread(thread_id: str) -> ThreadTold:
    """One thread; it counts towards the texts of the day as its page does."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        card = thread_card(stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id)
        count_reading(tools, viewer, card)
    return thread_of(card)


@blueprint.get(f"{API}/mine")
@allow("member", scope=READ)
@described(Lines)
def api_mine(query: Part) -> Lines:
    """What the member asked, or answered."""
    tools, viewer = toolbox(), current_viewer()
    part = PEER if query.part == "peer" else query.part
    with tools.database.reading() as stores:
        cards = my_threads(stores, tools.vault, tools.trade, viewer=viewer, part=part)
    return lines_of(tuple(cards))


@blueprint.get(f"{API}/company/threads")
@allow("analyst", scope=COMPANY)
@described(Lines)
def api_company(query: Place) -> Lines:
    """Questions whose authors let the company read, once its waiting time is over."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        page = list_for_company(
            stores, tools.vault, tools.trade, viewer=viewer, until=company_until(tools), cursor=query.after
        )
    return lines_of(page.cards, page.next)


@blueprint.get(f"{API}/company/threads/<thread_id>")
@allow("analyst", scope=COMPANY)
@described(ThreadTold)
def api_company_thread(thread_id: str) -> ThreadTold:
    """One of them."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        return thread_of(company_card(tools, stores, viewer, thread_id))
