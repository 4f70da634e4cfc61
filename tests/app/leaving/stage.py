"""Somebody who did everything one can do here, and the others around them."""

from dataclasses import dataclass, replace

from sqlalchemy import select

from app.accounts import verification
from app.accounts.address import own_box
from app.clock import today
from app.community import ballots, consents
from app.community.places import tag_at
from app.db import Stores
from app.escrow.models import Escrow
from app.inbox.reads import Place
from app.questions.drafts import find_draft, keep_draft
from app.questions.endorsing import endorse
from app.questions.lockers import OWNER, find_own
from app.questions.marks import put_mark
from app.questions.models import Photo, Post
from app.questions.pennames import take_pen
from app.questions.photos import keep_photos, store_photos
from app.queues import service as queues
from app.reading.service import request_reading
from app.recognition.blueprint import this_round
from app.recognition.nominating import nominate
from app.recognition.rules import NOMINATING
from app.survey import service as survey
from app.wiring import Toolbox
from privacy.anonymity import Policy
from privacy.pseudonyms import owner_tag
from tests.app.community.makers import opened, say
from tests.app.leaving.traces import Marks, marks_of
from tests.app.questions.makers import FORM, answer, ask, make_question
from tests.app.queues.stage import offers_of, opt_in, work
from tests.cast import Cast, Person, viewer_of

HERS = "夜明け前に酸素を測ると、原因がわかりました。"
OTHERS = "うちでは水温が下がった日に、同じことがありました。"


@dataclass(frozen=True)
class Life:
    """bob asked, answered, drafted, was asked and left things waiting."""

    person: Person
    marks: Marks
    asked: str  # answered by carol
    alone: str  # nobody answered
    waiting: str  # not out yet
    answered: str  # alice's, with an answer of bob


def here(tools: Toolbox) -> Place:
    """Where we are in time."""
    return Place(tools.window, tools.settings.window_seconds)


def live(tools: Toolbox, cast: Cast) -> Life:
    """Make it."""
    bob = cast.bob
    opt_in(tools, bob, cast.carol)
    place = take_part(tools, bob)
    asked = ask(tools, bob, contact=box_of(tools, bob))
    alone = ask(tools, bob, make_question(title="一人きりの質問です"))
    answered = ask(tools, cast.alice)
    offered = ask(tools, cast.alice, make_question(title="届いたままの質問です"))
    work(tools, hours=4)
    answer(tools, cast.carol, asked, OTHERS)
    offer = next(one for one in offers_of(tools, bob) if one.thread_id == answered)
    with tools.database.transaction("content", "keys") as stores:
        queues.answer(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, bob), offer_id=offer.id, text=HERS, token="t" * 32,
            at_once=False, contact=_box(tools, stores, bob), window=tools.window, today=today(tools.clock.now()),
            until=tools.window + 48,
        )  # fmt: skip
    work(tools, hours=4)
    endorse_only_answer(tools, bob, asked)
    answer_the_survey(tools, bob)
    mark_answered(tools, bob, asked)
    nominate_answerer(tools, bob, asked)
    assert any(one.thread_id == offered for one in offers_of(tools, bob))
    waiting = ask(tools, bob, make_question(title="まだ出ていない質問です"), contact=box_of(tools, bob))
    with tools.database.transaction("content") as stores:
        secret = viewer_of(tools, bob).secret
        draft = keep_draft(stores, secret, FORM)
        keep_photos(stores, secret, draft.token, [b"picture of a draft"])
        take_pen(stores, secret=secret, name="波まかせ", own_names=[])
    have_it_read(tools, bob)
    say(tools, bob, place, HERS, contact=box_of(tools, bob))
    hang_photo(tools, bob, asked)
    _put_escrow(tools, bob, asked)
    _ask_for_a_code(tools, bob)
    return Life(bob, marks_of(tools, bob.member_id, bob.mail, bob.secret), asked, alone, waiting, answered)


def take_part(tools: Toolbox, person: Person) -> str:
    """An idea of theirs that is out, a vote with mail, and something they were asked to agree to under both."""
    place, viewer = opened(tools, person, HERS), viewer_of(tools, person)
    tag, day = tag_at(viewer.secret, place, OWNER), today(tools.clock.now())
    with tools.database.transaction("content") as stores:
        label = ballots.cast(
            stores, tools.vault, viewer=viewer, purpose="idea", object="a" * 32, note={"circle": viewer.circle},
            contact=box_of(tools, person),
        )  # fmt: skip
        for name in (tag, label):
            consents.ask(stores, tools.vault, about=place, label=name, kind="article", today=day)
    return place


def answer_the_survey(tools: Toolbox, person: Person) -> None:
    with tools.database.transaction("content") as stores:
        survey.answer(
            stores,
            tools.vault,
            viewer=viewer_of(tools, person),
            answers={"safe": "yes"},
            today=today(tools.clock.now()),
        )


def endorse_only_answer(tools: Toolbox, person: Person, thread_id: str) -> None:
    """Their word for whoever answered."""
    with tools.database.transaction("content") as stores:
        post_id = stores.content.scalars(select(Post.id).where(Post.thread_id == thread_id)).one()
        endorse(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), thread_id=thread_id, post_id=post_id,
            today=today(tools.clock.now()),
        )  # fmt: skip


def mark_answered(tools: Toolbox, person: Person, thread_id: str) -> None:
    """A tap on the thread and one on whatever was answered in it."""
    with tools.database.transaction("content") as stores:
        for one in (thread_id, *stores.content.scalars(select(Post.id).where(Post.thread_id == thread_id))):
            put_mark(stores, tools.vault, secret=person.secret, thread_id=thread_id, kind="flag", object=one, value={})


def nominate_answerer(tools: Toolbox, person: Person, thread_id: str) -> None:
    """Their thanks in the recognition of this year, for whoever answered."""
    now, day = this_round(tools)
    with tools.database.transaction("content", "keys") as stores:
        post_id = stores.content.scalars(select(Post.id).where(Post.thread_id == thread_id)).one()
        nominate(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), place=thread_id, object=post_id, text=HERS,
            now=replace(now, phase=NOMINATING), today=day, seconds=tools.settings.window_seconds,
        )  # fmt: skip


def _ask_for_a_code(tools: Toolbox, person: Person) -> None:
    """Somebody typed the address into the sign-up form."""
    with tools.database.transaction("identity", "content") as stores:
        verification.begin(
            stores, tools.vault, tools.post_office_public, address=person.mail, link_to=lambda link: link, locale="ja",
            now=tools.clock.now(), minutes=10, window=tools.window,
        )  # fmt: skip


def _put_escrow(tools: Toolbox, person: Person, thread_id: str) -> None:
    """What five custodians would have been given."""
    with tools.database.transaction("content") as stores:
        tag = owner_tag(person.secret, thread_id)
        stores.content.add(Escrow(tag=tag, thread_id=thread_id, author=0, boxes=bytes(512)))


def hang_photo(tools: Toolbox, person: Person, thread_id: str) -> None:
    """A published picture of this person's question."""
    with tools.database.transaction("content") as stores:
        own = find_own(stores, person.secret, thread_id)
        assert own is not None
        (photo,) = store_photos(stores, tools.vault.data_key(stores, own.key_id), [b"picture of a question"])
        row = stores.content.get_one(Photo, photo)
        row.thread_id, row.key_id = thread_id, own.key_id


def have_it_read(tools: Toolbox, person: Person) -> None:
    """Hand the person's draft to a reader; nobody has it yet."""
    with tools.database.transaction("content", "keys") as stores:
        viewer = viewer_of(tools, person)
        draft = find_draft(stores, viewer.secret)
        assert draft is not None
        request_reading(
            stores, tools.vault, tools.trade, viewer=viewer, question=make_question(), origin=draft.origin,
            excluded=(), policy=Policy(), window=tools.window, today=today(tools.clock.now()),
        )  # fmt: skip


def box_of(tools: Toolbox, person: Person) -> bytes:
    """A box with the person's address."""
    with tools.database.reading() as stores:
        return _box(tools, stores, person)


def _box(tools: Toolbox, stores: Stores, person: Person) -> bytes:
    return own_box(stores, tools.vault, tools.post_office_public, viewer=viewer_of(tools, person), locale="ja")
