"""Which list of questions is wanted, and that list: for the page and for the API."""

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.rules import keys_above
from app.domains.trade import Trade
from app.questions.finding import Found, Shelves, find_threads
from app.questions.lists import OWN_FIELDS, READABLE, Page, list_threads
from app.wiring import Toolbox


def wanted_of(trade: Trade, about: str, topic: str, words: str) -> tuple[str, str, str]:
    """The field, the topic and the words somebody asks for; what nobody can choose is none."""
    key, topic, sought = about.strip(), topic.strip(), words.strip()
    known = {READABLE, OWN_FIELDS, *keys_above(trade, trade.subjects)}
    return key if key in known else "", topic if topic in trade.topic_by_key else "", sought


def listed(
    tools: Toolbox, stores: Stores, viewer: Viewer, key: str, topic: str, sought: str, *, cursor: str
) -> Page | Found:
    """A page of the list, or what a search found."""
    if not sought:
        return list_threads(stores, tools.vault, tools.trade, viewer=viewer, key=key, topic=topic, cursor=cursor)
    shelves = Shelves(tools.trade, tools.memory, tools.asked)
    return find_threads(stores, tools.vault, shelves, viewer=viewer, text=sought, key=key, topic=topic)
