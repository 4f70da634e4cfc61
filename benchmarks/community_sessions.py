"""Two hundred sessions for `benchmarks.community_pages`: what was said, who lectured, who signed up."""

import random
from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy import select

from app.community import ballots
from app.community.models import Writing
from app.webinars import planning
from app.webinars.models import Speaker, Talk
from app.webinars.planning import SIGN_UP
from app.webinars.rows import LECTURER, put_speaker
from app.webinars.rules import MIDNIGHT, Times
from app.webinars.writing import ANSWER, QUESTION, SUMMARY, WORDS
from app.wiring import Toolbox
from benchmarks.community_rows import Filling, sentences
from privacy.pseudonyms import new_id
from tests.cast import Person, viewer_of

PLANNED, COMING = 10, 20  # the first of those that come is open all day: the long transcript
LONGEST, LINES = 300, 15
SIGNED_UP = 15
Roles = dict[str, dict[str, Callable[[], str]]]


def fill(tools: Toolbox, people: Mapping[str, Person], rng: random.Random, number: int) -> None:
    """So many sessions with two lecturers each; bob lectures at the first one and signed up for ten."""
    bob = viewer_of(tools, people["bob"])
    for at in range(number):
        with tools.database.transaction("content", "keys") as stores:
            to = Filling(tools, stores, people, rng)
            one = _talk(to, at)
            for _ in range(SIGNED_UP):
                to.ballot(SIGN_UP, one)
            if PLANNED <= at < PLANNED + 10:
                ballots.cast(stores, tools.vault, viewer=bob, purpose=SIGN_UP, object=one)


def pages(tools: Toolbox, rng: random.Random) -> Roles:
    """The addresses, by who asks for them."""
    with tools.database.reading() as stores:
        rows = stores.content.execute(select(Talk.id, Talk.state, Talk.day, Talk.company_may)).all()
        day = max(row.day for row in rows if row.state == "over") + 1
        long = next(row.id for row in rows if row.state == "announced" and row.day == day)
        said = select(Writing.id).where(Writing.place == long, Writing.voice == 1).order_by(Writing.position.desc())
        last = stores.content.scalars(said.limit(3)).all()[-1]
    over = [row.id for row in rows if row.state == "over"]
    planned = next(row.id for row in rows if row.state == "planned")
    may = [row.id for row in rows if row.company_may and row.state == "over"]
    return {
        "member": {
            "the list": lambda: "/sessions",
            "one that is over": lambda: f"/sessions/{rng.choice(over)}",
            "one with 300 lines": lambda: f"/sessions/{long}",
            "what is new in it": lambda: f"/sessions/{long}/live?after={last}",
            "lecturing": lambda: f"/sessions/{long}/lecturer",
        },
        "analyst": {"the list": lambda: "/sessions/open", "one": lambda: f"/sessions/open/{rng.choice(may)}"},
        "coordinator": {"the desk": lambda: "/sessions/desk", "editing": lambda: f"/sessions/{planned}/edit"},
    }


def _talk(to: Filling, at: int) -> str:
    is_long = at == PLANNED
    state = "planned" if at < PLANNED else "announced" if at < PLANNED + COMING else "over"
    day = to.day + (20 if state == "planned" else at - PLANNED if state == "announced" else PLANNED + COMING - at - 1)
    times = Times(date.fromordinal(day), 0 if is_long else 19 * 60, MIDNIGHT if is_long else 60)
    subject = to.rng.choice(sorted({group.key for group in to.tools.trade.groups}))
    one = planning.plan(
        to.stores, to.tools.vault,
        plan=planning.Plan("text", times, to.rng.random() < 0.5, f"夜の酸素をどう読むか {at}", sentences(to.rng, 5), subject),
    )  # fmt: skip
    row = to.stores.content.get_one(Talk, one)
    row.state = state
    to.stores.content.flush()
    for number in (1, 2):
        _speaker(to, one, number, mine=is_long and number == 1)
    _lines(to, one, LONGEST if is_long else LINES if state == "over" else 3, day)
    return one


def _speaker(to: Filling, talk: str, number: int, *, mine: bool) -> None:
    label = to.ballot(LECTURER, talk)
    closed = [to.rng.choice(to.circles[:-1])]
    if mine:
        bob = viewer_of(to.tools, to.people["bob"])
        label = ballots.cast(to.stores, to.tools.vault, viewer=bob, purpose=LECTURER, object=talk)
        closed = [bob.circle]
    row = Speaker(id=str(new_id()), talk_id=talk, label=label)
    put_speaker(to.tools.vault, row, {"number": number, "as": "handle", "name": "", "fee": False, "closed": closed})
    to.stores.content.add(row)


def _lines(to: Filling, talk: str, number: int, day: int) -> None:
    speakers, asking = [to.stranger(1), to.stranger(2)], [to.stranger(3 + n) for n in range(min(number, 20))]
    questions: list[str] = []
    for at in range(number):
        position, text = at + 1, {"text": sentences(to.rng, 2)}
        on = min(day, to.day)
        if at % 3 == 0:
            voice = asking[at % len(asking)]
            questions.append(to.write(voice, talk, QUESTION, text, position=position, day=on))
            continue
        extra = {"speaker": at % 2 + 1} | ({"to": questions[-1]} if at % 3 == 1 else {})
        kind = ANSWER if at % 3 == 1 else WORDS
        to.write(speakers[at % 2], talk, kind, text, position=position, day=on, extra=extra)
    if day < to.day:
        texts = {"title": "まとめ", "text": sentences(to.rng, 20)}
        to.write(speakers[0], talk, SUMMARY, texts, position=number + 1, day=day, extra={"speaker": 1})
