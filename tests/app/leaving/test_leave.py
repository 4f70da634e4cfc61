"""Leaving: nothing leads to the member any more; what they chose to leave stays readable."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from app.accounts import departure
from app.accounts.models import Organisation
from app.accounts.rules import WrongSignIn
from app.accounts.service import has_account, sign_in
from app.accounts.signin import password_cost
from app.clock import today
from app.errors import Forbidden, NotThere
from app.jobs.queue import Task
from app.leaving import service, steps
from app.leaving.rules import Texts
from app.questions.drafts import keep_draft
from app.questions.lists import list_threads
from app.questions.models import Thread
from app.questions.reads import thread_card
from app.wiring import Toolbox
from tests.app.leaving.stage import HERS, OTHERS, Life, live
from tests.app.leaving.traces import marks_of, traces
from tests.app.questions.makers import FORM, ask, make_question
from tests.app.queues.stage import offers_of, opt_in, work
from tests.cast import Cast, make_cast, viewer_of
from tests.conftest import make_tools

EVERYTHING = {
    "member", "address", "wraps", "data key", "verification", "contact", "expert", "offer", "locker", "evidence", "pending",
    "key of a text", "text in threads", "text in posts", "vector", "photo", "pen", "escrow", "endorsement", "mark",
    "survey", "ballot", "text in writings",
}  # fmt: skip


def leave(tools: Toolbox, life: Life, texts: Texts) -> None:
    steps.leave(tools, viewer_of(tools, life.person), texts=texts)


def test_there_is_something_of_every_kind_before(tools: Toolbox, cast: Cast) -> None:
    life = live(tools, cast)
    found = traces(tools, life.marks, texts_kept=False)
    assert {name.split(" (")[0] for name in found} >= EVERYTHING


@pytest.mark.parametrize("texts", ["keep", "withdraw"])
def test_nothing_is_left(tools: Toolbox, cast: Cast, texts: Texts) -> None:
    life = live(tools, cast)
    leave(tools, life, texts)
    assert traces(tools, life.marks, texts_kept=texts == "keep") == set()
    work(tools, hours=30)
    assert traces(tools, life.marks, texts_kept=texts == "keep") == set()
    with tools.database.reading() as stores:
        assert not has_account(stores, tools.vault, life.marks.mail)


def test_kept_words_stay_readable_and_are_nobodys(tools: Toolbox, cast: Cast) -> None:
    life = live(tools, cast)
    leave(tools, life, "keep")
    carol, alice = viewer_of(tools, cast.carol), viewer_of(tools, cast.alice)
    with tools.database.reading() as stores:
        card = thread_card(stores, tools.vault, tools.trade, viewer=carol, thread_id=life.asked)
        assert card.title == "銀白色の個体だけ餌を食べません"
        assert [post.text for post in card.posts] == [OTHERS]
        answered = thread_card(stores, tools.vault, tools.trade, viewer=alice, thread_id=life.answered)
        assert [post.text for post in answered.posts] == [HERS]
        alone = stores.content.get_one(Thread, life.alone)
        assert alone.state == "closed"


def test_withdrawn_words_are_gone_and_the_answers_stay(tools: Toolbox, cast: Cast) -> None:
    life = live(tools, cast)
    leave(tools, life, "withdraw")
    carol, alice = viewer_of(tools, cast.carol), viewer_of(tools, cast.alice)
    with tools.database.reading() as stores:
        card = thread_card(stores, tools.vault, tools.trade, viewer=carol, thread_id=life.asked)
        assert card.title is None
        assert card.state == "closed"
        assert [post.text for post in card.posts] == [OTHERS]
        answered = thread_card(stores, tools.vault, tools.trade, viewer=alice, thread_id=life.answered)
        assert [post.text for post in answered.posts] == [None]
        assert stores.content.get(Thread, life.alone) is None
        listed = list_threads(stores, tools.vault, tools.trade, viewer=carol)
        assert {card.id for card in listed.cards} & {life.asked, life.alone} == set()


def test_an_answer_on_its_way_keeps_the_question_it_belongs_to(tools: Toolbox, cast: Cast) -> None:
    from tests.app.questions.makers import answer

    life = live(tools, cast)
    answer(tools, cast.carol, life.alone, OTHERS)
    leave(tools, life, "withdraw")
    work(tools, hours=4)
    with tools.database.reading() as stores:
        carol = viewer_of(tools, cast.carol)
        card = thread_card(stores, tools.vault, tools.trade, viewer=carol, thread_id=life.alone)
    assert card.title is None
    assert [post.text for post in card.posts] == [OTHERS]


def test_what_was_offered_goes_to_somebody_else(tools: Toolbox, cast: Cast) -> None:
    life = live(tools, cast)
    offered = {one.thread_id for one in offers_of(tools, cast.bob)}
    assert offered
    opt_in(tools, cast.dave, cast.erin)
    leave(tools, life, "keep")
    work(tools, hours=30)
    assert offered <= {one.thread_id for one in offers_of(tools, cast.erin)} | {
        one.thread_id for one in offers_of(tools, cast.carol)
    }


def test_the_others_lose_nothing(tools: Toolbox, cast: Cast) -> None:
    life = live(tools, cast)
    others = [marks_of(tools, one.member_id, one.mail, one.secret) for one in (cast.alice, cast.carol)]
    before = [traces(tools, one, texts_kept=False) for one in others]
    leave(tools, life, "withdraw")
    after = [traces(tools, one, texts_kept=False) for one in others]
    assert [one - {"vector"} for one in before] == [one - {"vector"} for one in after]


def test_the_process_forgets_the_vector_at_once(tools: Toolbox, cast: Cast) -> None:
    life = live(tools, cast)
    with tools.database.reading() as stores:
        tools.memory.catch_up(stores, tools.trade.subjects)
    assert life.asked in tools.memory.domain("rainbow-trout").vectors.ids
    leave(tools, life, "withdraw")
    assert life.asked not in tools.memory.domain("rainbow-trout").vectors.ids
    assert life.answered in tools.memory.domain("rainbow-trout").vectors.ids


def test_an_organisation_only_they_named_goes_with_them(tools: Toolbox, cast: Cast) -> None:
    grace = viewer_of(tools, cast.grace)
    steps.leave(tools, grace, texts="keep")
    with tools.database.reading() as stores:
        assert stores.identity.get(Organisation, cast.grace.organisation_id) is None
    steps.leave(tools, viewer_of(tools, cast.bob), texts="keep")
    with tools.database.reading() as stores:
        assert stores.identity.get(Organisation, cast.bob.organisation_id) is not None


def test_waiting_work_names_one_thing_a_row_and_no_member(tools: Toolbox, cast: Cast) -> None:
    """What a thief of the root key finds in the moment between putting down and doing: equal rows in random order."""
    life = live(tools, cast)
    orders = set()
    for seed in range(4):
        import random

        with tools.database.transaction("content") as stores:
            things = service.things_of(
                stores, tools.vault, tools.trade, viewer=viewer_of(tools, life.person), texts="keep"
            )
            tasks = service.put_down(stores, tools.vault, things, window=tools.window, rng=random.Random(seed))
            assert (
                len({len(tools.vault.seal(one.payload, table="jobs", column="sealed", row="x")) for one in tasks}) == 1
            )
            stores.content.rollback()
        orders.add(tuple(one.payload["do"] for one in tasks))
        for one in tasks:
            assert life.marks.member_id not in str(one.payload)
            named = [
                mark
                for mark in life.marks.handles | life.marks.lockers | set(life.marks.texts)
                if mark in str(one.payload)
            ]
            assert len(named) <= 2, "one thread's part, or one handle in one thread"
    assert len(orders) > 1


# ---------------------------------------------------------------- mutants: a step left out is seen


def left_out(name: str) -> Callable[[pytest.MonkeyPatch], None]:
    """The same leaving without one step."""

    def change(patch: pytest.MonkeyPatch) -> None:
        if name in service._TAKERS:
            patch.setitem(service._TAKERS, name, lambda *_: None)
        elif name == "pending":
            patch.setattr(service, "drop_waiting", lambda *_, **__: None)
        else:
            place = ["wraps", "key", "row"].index(name)
            patch.setattr(steps, "IDENTITY", tuple(s for n, s in enumerate(steps.IDENTITY) if n != place))

    return change


@pytest.mark.parametrize("name", [*service._TAKERS, "pending", "wraps", "key", "row"])
def test_a_step_left_out_is_seen(tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    life = live(tools, cast)
    left_out(name)(monkeypatch)
    if name == "wraps":  # the row takes its wraps along; without it the step stands alone
        monkeypatch.setattr(steps, "IDENTITY", steps.IDENTITY[:1])
    leave(tools, life, "withdraw")
    assert traces(tools, life.marks, texts_kept=False) != set()


def test_leaving_twice_is_leaving_once(tools: Toolbox, cast: Cast) -> None:
    life = live(tools, cast)
    viewer = viewer_of(tools, life.person)
    steps.leave(tools, viewer, texts="keep")
    steps.leave(tools, viewer, texts="keep")
    assert traces(tools, life.marks, texts_kept=True) == set()
    with tools.database.reading() as stores, pytest.raises(NotThere):
        departure.pause(stores, tools.vault, member_id=viewer.member_id)


def test_two_leave_and_leave_no_trace_of_each_other(tmp_path: Path) -> None:
    for number, texts in enumerate(itertools.product(("keep", "withdraw"), repeat=2)):
        tools = make_tools(tmp_path / str(number))
        cast = make_cast(tools)
        life = live(tools, cast)
        carol = marks_of(tools, cast.carol.member_id, cast.carol.mail, cast.carol.secret)
        leave(tools, life, texts[0])  # type: ignore[arg-type]
        steps.leave(tools, viewer_of(tools, cast.carol), texts=texts[1])  # type: ignore[arg-type]
        work(tools, hours=30)
        assert traces(tools, life.marks, texts_kept=texts[0] == "keep") == set()
        assert traces(tools, carol, texts_kept=texts[1] == "keep") == set()
        tools.database.close()


def test_what_another_browser_sends_meanwhile_never_comes_out(
    tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is on their way out writes nothing more, whatever they have open elsewhere."""
    life, depart = live(tools, cast), steps.depart

    def meanwhile(tools: Toolbox, member_id: str) -> list[Task]:
        with pytest.raises(Forbidden):
            ask(tools, life.person, make_question(title="あとから出した質問"))
        with tools.database.transaction("content") as stores:
            keep_draft(stores, life.person.secret, FORM)  # read before the first step, written after it
        return depart(tools, member_id)

    monkeypatch.setattr(steps, "depart", meanwhile)
    leave(tools, life, "withdraw")
    work(tools, hours=30)
    assert traces(tools, life.marks, texts_kept=False) == set()


def test_a_draft_written_at_the_last_moment_goes_too(
    tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    life, depart = live(tools, cast), steps.depart

    def late(tools: Toolbox, member_id: str) -> list[Task]:
        tasks = depart(tools, member_id)
        with tools.database.transaction("content") as stores:
            keep_draft(stores, life.person.secret, FORM)
        return tasks

    monkeypatch.setattr(steps, "depart", late)
    leave(tools, life, "keep")
    assert traces(tools, life.marks, texts_kept=True) == set()


def test_whoever_is_leaving_signs_in_no_more(tools: Toolbox, cast: Cast) -> None:
    bob = cast.bob
    with tools.database.transaction("identity") as stores:
        departure.begin(
            stores, tools.vault, member_id=bob.member_id, secret=bob.secret, texts="keep",
            today=today(tools.clock.now()),
        )  # fmt: skip
    with tools.database.reading() as stores, pytest.raises(WrongSignIn):
        sign_in(stores, tools.vault, mail=bob.mail, password=bob.password, cost=password_cost(tools.settings))
