"""A full board of ideas for `benchmarks.community_pages`: openers, replies, votes, and what became of them."""

import random
from collections.abc import Callable, Mapping

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import select

from app.clock import today
from app.community import ballots
from app.community.models import Writing
from app.ideas.counting import open_key
from app.ideas.course import add_turn, begin
from app.ideas.models import Idea, IdeaTalk
from app.ideas.rules import DUPLICATE, IDEA, OPEN, REPLY, TALK, VOTE, Turn
from app.wiring import Toolbox
from benchmarks.community_rows import Filling, Voice, sentences
from privacy.pseudonyms import new_id
from tests.cast import Person, viewer_of

STATES = (OPEN, OPEN, OPEN, OPEN, "talk", "planned", "started", "done", "done", "declined", DUPLICATE)
DAYS = 700  # over so many days they came
OWED = 100  # one in so many waits for the company's answer
BOBS, VOTED, LONGEST = 20, 60, 100  # ideas of one member's, their votes, and replies to the idea with most of them
CHUNK = 500
Roles = dict[str, dict[str, Callable[[], str]]]


def fill(tools: Toolbox, people: Mapping[str, Person], rng: random.Random, number: int) -> None:
    """So many ideas, three replies and four votes each on the average."""
    ids = [str(new_id()) for _ in range(number)]
    for start in range(0, number, CHUNK):
        with tools.database.transaction("content", "keys") as stores:
            to = Filling(tools, stores, people, rng)
            for at, one in enumerate(ids[start : start + CHUNK], start):
                put_idea(to, one, at, ids[0], mine=at < BOBS, replies=LONGEST if at == 1 else rng.randrange(7))
    with tools.database.transaction("content") as stores:
        public = X25519PrivateKey.generate().public_key().public_bytes_raw()
        open_key(stores, key="votes-2026", public=public, voters=10, houses=3, today=today(tools.clock.now()))
        bob = viewer_of(tools, people["bob"])
        for one in rng.sample(ids, min(VOTED, number)):
            ballots.cast(stores, tools.vault, viewer=bob, purpose=VOTE, object=one)


def put_idea(to: Filling, one: str, at: int, into: str, *, mine: bool = False, replies: int = 0) -> str:
    """One idea with what belongs to it; the id of its first writing."""
    rng, trade = to.rng, to.tools.trade
    subject = rng.choice(sorted(trade.subjects)) if not mine else "rainbow-trout"
    published = to.day - rng.randrange(DAYS)
    author = to.known("bob", one, 0) if mine else to.company() if at % 50 == 7 else to.stranger(0)
    texts = {"title": f"{rng.choice(('記録', '通知', '画面', '集計'))}を使いやすく {at}", "aim": sentences(rng, 4),
             "for_whom": sentences(rng, 1), "now": sentences(rng, 2)}  # fmt: skip
    state = OPEN if at < 2 else "planned" if author.company else rng.choice(STATES)
    row = Idea(
        id=one, group_key=trade.group_of[subject].key, topic=rng.choice(trade.topics).key, state=state,
        into=into if state == DUPLICATE else None, by_company=author.company, may_be_listed=True,
        published_day=published, active_day=rng.randint(published, to.day), band=rng.choice((0, 0, 5, 10, 20)),
        due_day=to.day - 10 + rng.randrange(40) if state == OPEN and at % OWED == 3 else None,
        sealed_course=begin(to.tools.vault, one),
    )  # fmt: skip
    if state != OPEN:
        add_turn(to.tools.vault, row, Turn(state, row.active_day, "company", sentences(rng, 2)))
    to.stores.content.add(row)
    opener = to.write(author, one, IDEA, texts, position=1, day=published, subject="" if author.company else subject)
    _reply(to, one, replies, opener, published)
    for _ in range(rng.randrange(9)):
        to.ballot(VOTE, one)
    if state == "talk":
        _talk(to, one, author)
    return opener


def pages(tools: Toolbox, rng: random.Random) -> Roles:
    """The addresses, by who asks for them."""
    with tools.database.reading() as stores:
        rows = stores.content.execute(select(Idea.id, Idea.state, Idea.by_company)).all()
        talked = select(Writing.place).where(Writing.kind == REPLY, Writing.position == LONGEST + 1)
        longest = stores.content.scalars(talked).first()
    ids, own = [row.id for row in rows if row.state != DUPLICATE], [row.id for row in rows if row.by_company]
    group = next(iter(tools.trade.groups)).key
    board = {
        "the board": lambda: "/ideas",
        "a state": lambda: "/ideas?state=done",
        "a group": lambda: f"/ideas?group={group}",
        "further on": lambda: f"/ideas?after={rng.choice(ids)}",
        "one": lambda: f"/ideas/{rng.choice(ids)}",
    }
    return {
        "member": {**board, "one with 100 replies": lambda: f"/ideas/{longest}", "the form": lambda: "/ideas/new"},
        "visitor": {"overdue": lambda: "/ideas/overdue"},
        "analyst": {**board, "the desk": lambda: "/ideas/desk", "saying what becomes of one": lambda: f"/ideas/{rng.choice(ids)}/state"},
        "coordinator": {
            "one": board["one"],
            "saying what is the same": lambda: f"/ideas/{rng.choice([one for one in ids if one not in own])}/state",
        },
    }  # fmt: skip


def _reply(to: Filling, one: str, replies: int, opener: str, published: int) -> None:
    voices = [to.stranger(number + 1) for number in range(min(replies, 12))]
    ids = [opener]
    for at in range(replies):
        answers = {"to": to.rng.choice(ids[1:])} if len(ids) > 1 and to.rng.random() < 0.3 else {}
        voice, text = voices[at % len(voices)], {"text": sentences(to.rng, 3)}
        said = to.write(voice, one, REPLY, text, position=at + 2, day=min(to.day, published + at), extra=answers)
        if not answers:
            ids.append(said)


def _talk(to: Filling, one: str, author: Voice) -> None:
    place = str(new_id())
    to.stores.content.add(IdeaTalk(idea_id=one, place=place, state="open", asked_day=to.day))
    for at in range(4):
        said = to.company() if at % 2 else to.stranger(0)
        to.write(said, place, TALK, {"text": sentences(to.rng, 3)}, position=at + 1, day=to.day)
