"""A year of recognition in a few moves: a network with a crowd, an answer, a nomination, a jury."""

import random
from datetime import datetime

from sqlalchemy import select

from app.accounts import service as accounts
from app.clock import JAPAN, SetClock, today
from app.domains.service import policy_of
from app.questions.models import Post
from app.recognition import jury, nominating, standing, worker
from app.recognition.blueprint import this_round
from app.recognition.models import Candidacy, Seat
from app.wiring import Toolbox
from tests.app.questions.makers import answer, crowd_of_twelve, open_table_with, publish, published
from tests.app.queues.stage import work
from tests.cast import Cast, Person, make_person, viewer_of

WHY = "稚魚が落ち続けた朝に酸素を測る場所を教わり、助かりました。"
TEXT = "夜明け前に、池の底のほうで酸素を測ってみてください。"


def to(tools: Toolbox, year: int, month: int, day: int = 2) -> None:
    """Move the clock to a day's morning."""
    clock = tools.clock
    assert isinstance(clock, SetClock)
    clock.move(seconds=datetime(year, month, day, 9, tzinfo=JAPAN).timestamp() - clock.now())


def day_of(tools: Toolbox) -> None:
    """What the worker does once a day."""
    worker.keep_round(tools)


def next_publication(tools: Toolbox) -> None:
    """The next publication comes, and what was done shows."""
    work(tools, hours=25)


def readers(tools: Toolbox, number: int, *, first: int = 0) -> list[Person]:
    """Members of so many further organisations, each a circle of its own while the network is small."""
    made = []
    for n in range(first, first + number):
        with tools.database.transaction("identity", "keys") as stores:
            organisation, _ = accounts.add_organisation(
                stores, tools.vault, name=f"架空漁業{n}", mail_domains=[f"r{n}.example"], is_company=False, verified=True,
                rng=random.Random(n),
            )  # fmt: skip
        made.append(make_person(tools, f"reader{n}", organisation))
    return made


def answered(tools: Toolbox, cast: Cast, text: str = TEXT) -> tuple[str, str]:
    """A thread of alice's that bob answered; thread and post."""
    open_table_with(tools, people=crowd_of_twelve(tools))
    thread_id = published(tools, cast.alice)
    answer(tools, cast.bob, thread_id, text)
    publish(tools)
    return thread_id, answer_in(tools, thread_id)


def answer_in(tools: Toolbox, thread_id: str) -> str:
    """The one answer of a thread."""
    with tools.database.reading() as stores:
        return str(stores.content.scalar(select(Post.id).where(Post.thread_id == thread_id)))


def nominate(tools: Toolbox, person: Person, thread_id: str, post_id: str, text: str = WHY) -> None:
    """Hang a nomination on an answer."""
    now, day = this_round(tools)
    with tools.database.transaction("content", "keys") as stores:
        nominating.nominate(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), place=thread_id, object=post_id, text=text,
            now=now, today=day, seconds=tools.settings.window_seconds,
        )  # fmt: skip


def received(tools: Toolbox, person: Person) -> list[nominating.Received]:
    """What this person's own session finds."""
    day = today(tools.clock.now())
    with tools.database.reading() as stores:
        return nominating.received(stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), today=day)


def stand(tools: Toolbox, person: Person, *, knows: bool = True) -> None:
    """Stand with everything that was nominated."""
    now, day = this_round(tools)
    mine = received(tools, person)
    dossier = standing.compose(
        mine, posts=[one.item.id for one in mine], words=[said.label for one in mine for said in one.words],
        year=now.year,
    )  # fmt: skip
    with tools.database.transaction("content", "keys") as stores:
        standing.stand(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), dossier=dossier, knows=knows,
            policy=policy_of(tools.settings), now=now, today=day,
        )  # fmt: skip


def volunteer(tools: Toolbox, *people: Person) -> None:
    """Put their ballots in the draw."""
    now, day = this_round(tools)
    for person in people:
        with tools.database.transaction("content", "keys") as stores:
            jury.volunteer(stores, tools.vault, viewer=viewer_of(tools, person), now=now, today=day)


def seated(tools: Toolbox, people: list[Person]) -> list[Person]:
    """Those of them who were drawn."""
    now, _ = this_round(tools)
    with tools.database.reading() as stores:
        return [one for one in people if jury.duty_of(stores, viewer=viewer_of(tools, one), now=now).is_seated]


def say(tools: Toolbox, person: Person, *, yes: bool = True, sentence: str = "静かで確かな助言でした。") -> None:
    """Answer to everything that lies before this juror."""
    now, day = this_round(tools)
    viewer = viewer_of(tools, person)
    with tools.database.transaction("content", "keys") as stores:
        for one in jury.readings(stores, tools.vault, viewer=viewer, now=now):
            jury.say(
                stores, tools.vault, viewer=viewer, now=now, label=one.label, yes=yes, sentence=sentence, today=day
            )


def whole_year(tools: Toolbox, cast: Cast, *, yes: int = 3, volunteers: int = 7) -> list[Person]:
    """From an answer to the day of announcing; bob stood, `yes` of five said yes. Gives the jurors."""
    thread_id, post_id = answered(tools, cast)
    nominate(tools, cast.alice, thread_id, post_id)
    people = readers(tools, volunteers)
    volunteer(tools, *people)
    to(tools, 2027, 1)
    stand(tools, cast.bob)
    to(tools, 2027, 2)
    day_of(tools)
    jurors = seated(tools, people)
    for number, person in enumerate(jurors):
        say(tools, person, yes=number < yes, sentence=f"読み手のひとこと、その{number}です。")
    to(tools, 2027, 3)
    day_of(tools)
    return jurors


def candidacies(tools: Toolbox) -> list[Candidacy]:
    """Every row."""
    with tools.database.reading() as stores:
        return list(stores.content.scalars(select(Candidacy)))


def seats(tools: Toolbox) -> int:
    """How many were drawn and still sit."""
    with tools.database.reading() as stores:
        return len(list(stores.content.scalars(select(Seat))))
