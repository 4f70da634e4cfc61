"""A published question reaches experts of other circles, once."""

import pytest
from sqlalchemy import func, select

from app.accounts.models import Organisation
from app.jobs.models import Job
from app.questions.models import Thread
from app.queues import experts, passing, routing
from app.queues.worker import make_now
from app.vectors import store
from app.vectors.models import IndexedThread
from app.wiring import Toolbox
from privacy.circles import Lineage
from tests.app.queues.stage import all_offers, ask_question, offers_of, opt_in, stay_awake, work
from tests.cast import Cast, make_person, viewer_of


def state_of(tools: Toolbox, thread_id: str) -> str:
    with tools.database.reading() as stores:
        return stores.content.get_one(Thread, thread_id).state


def test_experts_of_other_organisations_are_offered_it(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob, cast.carol)
    thread_id = ask_question(tools, cast.alice)
    assert offers_of(tools, cast.bob) == []
    work(tools, hours=5 * 24)
    assert [offer.thread_id for offer in offers_of(tools, cast.bob)] == [thread_id]
    assert [offer.thread_id for offer in offers_of(tools, cast.carol)] == [thread_id]
    assert state_of(tools, thread_id) == "asked"


def test_a_colleague_and_the_asker_are_never_offered_it(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.alice, cast.dave)
    thread_id = ask_question(tools, cast.alice)
    work(tools, hours=8 * 24)
    assert offers_of(tools, cast.dave) == []
    assert offers_of(tools, cast.alice) == []
    assert state_of(tools, thread_id) == "unrouted"


def test_an_excluded_circle_is_never_offered_it(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob, cast.carol)
    ask_question(tools, cast.alice, excluded=frozenset({viewer_of(tools, cast.bob).circle}))
    work(tools, hours=8 * 24)
    assert offers_of(tools, cast.bob) == []
    assert len(offers_of(tools, cast.carol)) == 1


def test_two_of_one_circle_are_not_asked_in_one_wave(tools: Toolbox, cast: Cast) -> None:
    second = make_person(tools, "bob-two", cast.bob.organisation_id)
    opt_in(tools, cast.bob, second)
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    assert len(offers_of(tools, cast.bob)) + len(offers_of(tools, second)) == 1


def test_capacity_zero_is_invisible_to_the_router(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob, capacity=0)
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    assert offers_of(tools, cast.bob) == []


def test_nobody_is_offered_a_thread_twice(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob, cast.carol)
    ask_question(tools, cast.alice, urgent=True)
    for _ in range(4):
        work(tools, hours=30)
    with tools.database.reading() as stores:
        pairs = [(one.thread_id, one.inbox) for one in all_offers(stores, tools.vault)]
    assert len(pairs) == len(set(pairs)) == 2


def test_the_first_wave_is_three_and_the_second_comes_after_eight_hours(tools: Toolbox, cast: Cast) -> None:
    crowd = [make_person(tools, f"person-{n}", make_organisation(tools, n)) for n in range(8)]
    opt_in(tools, *crowd)
    ask_question(tools, cast.alice, urgent=False)
    work(tools, hours=24)
    assert sum(len(offers_of(tools, one)) for one in crowd) == 3
    work(tools, hours=7)
    assert sum(len(offers_of(tools, one)) for one in crowd) == 3
    work(tools, hours=2)
    assert sum(len(offers_of(tools, one)) for one in crowd) == 6


def test_the_evidence_of_who_was_asked_is_sealed(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    thread_id = ask_question(tools, cast.alice, urgent=True)
    work(tools)
    handle = experts.handles_of(viewer_of(tools, cast.bob))["rainbow-trout"]
    with tools.database.reading() as stores:
        assert store.find_evidence(stores, tools.vault, thread_id).asked == (handle,)
        raw = stores.content.connection().exec_driver_sql("SELECT sealed_evidence FROM indexed_threads").scalars().all()
    assert all(handle.encode() not in bytes(one) for one in raw)


def test_nothing_is_left_to_do_but_later_waves(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    with tools.database.reading() as stores:
        left = stores.content.execute(select(Job.kind, Job.state, func.count()).group_by(Job.kind, Job.state)).all()
    later = {("route", "ready"), ("notice", "ready"), ("quiet", "ready"), ("endorsed", "ready"), ("stage", "ready")}
    assert {(kind, state) for kind, state, _ in left} <= later


def make_organisation(tools: Toolbox, number: int) -> str:
    import random

    from app.accounts.service import add_organisation

    with tools.database.transaction("identity", "keys") as stores:
        found, _ = add_organisation(
            stores, tools.vault, name=f"架空養魚{number}", verified=True, rng=random.Random(number)
        )
    return found


def test_a_colleague_whose_profile_names_the_old_circle_is_not_asked_after_a_split(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.dave)
    old = viewer_of(tools, cast.dave).circle
    move_on(tools, cast.alice.organisation_id, old, "f" * 32)
    assert viewer_of(tools, cast.alice).circle != old
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    assert offers_of(tools, cast.dave) == []


def test_nobody_of_the_other_half_of_a_split_circle_is_asked_for_what_they_may_not_read(
    tools: Toolbox, cast: Cast
) -> None:
    other = make_person(tools, "other", make_organisation(tools, 9))
    old = viewer_of(tools, cast.alice).circle
    move_on(tools, cast.alice.organisation_id, old, "e" * 32)
    move_on(tools, cast.bob.organisation_id, old, "f" * 32)
    opt_in(tools, cast.bob, cast.carol)
    for excluded, asker in ((frozenset[str](), cast.alice), (frozenset({"e" * 32, old}), other)):
        ask_question(tools, asker, urgent=True, excluded=excluded)
        work(tools)
        assert offers_of(tools, cast.bob) == []
        assert offers_of(tools, cast.carol) != []


@pytest.mark.parametrize("knows_splits", [True, False])
def test_a_circle_that_splits_between_asking_and_routing_lets_no_colleague_be_picked(
    tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch, knows_splits: bool
) -> None:
    """Profiles name either half or the old circle, the question the old one alone. Whoever forgets splits, picks them."""
    beside = make_person(tools, "beside", make_organisation(tools, 9))
    rival = make_person(tools, "rival", make_organisation(tools, 10))
    old, shut = viewer_of(tools, cast.alice).circle, viewer_of(tools, rival).circle
    colleague = make_person(tools, "colleague", cast.alice.organisation_id)
    opt_in(tools, colleague)  # a profile from before, of somebody who has not looked in since
    ask_question(tools, cast.alice, urgent=True, excluded=frozenset({shut}))
    move_on(tools, cast.alice.organisation_id, old, "e" * 32)
    move_on(tools, beside.organisation_id, old, "f" * 32)  # in one circle with alice when she asked, in another now
    move_on(tools, rival.organisation_id, shut, "d" * 32)
    own = [colleague, cast.dave]
    opt_in(tools, cast.dave, beside, rival, cast.carol)  # these name where they are now
    if not knows_splits:
        monkeypatch.setattr(routing, "lineage", lambda _stores, _vault: Lineage())
    work(tools)
    picked = [one for one in (*own, beside, rival, cast.carol) if offers_of(tools, one)]
    unreadable = [one for one in picked if one is not cast.carol]
    assert bool(unreadable) is not knows_splits
    assert (picked == [cast.carol]) is knows_splits


def test_after_a_split_at_most_one_of_a_circle_is_asked_whichever_id_they_go_by(tools: Toolbox, cast: Cast) -> None:
    old, second = viewer_of(tools, cast.bob).circle, make_person(tools, "bob-two", cast.bob.organisation_id)
    opt_in(tools, cast.bob)
    move_on(tools, cast.bob.organisation_id, old, "f" * 32)
    opt_in(tools, second, cast.carol)
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    assert len(offers_of(tools, cast.bob)) + len(offers_of(tools, second)) == 1
    assert len(offers_of(tools, cast.carol)) == 1


def move_on(tools: Toolbox, organisation_id: str, old: str, new: str) -> None:
    """Let an organisation come out of one circle into another, as at a split."""
    with tools.database.transaction("identity") as stores:
        row = stores.identity.get_one(Organisation, organisation_id)
        words = tools.vault.open(row.sealed, table="organisations", column="sealed", row=row.id)
        row.circle = new
        row.sealed = tools.vault.seal(
            {**words, "former": [old]}, table="organisations", column="sealed", row=row.id, pad=1024
        )


def test_when_everybody_passed_the_asker_and_the_coordinator_learn_that_nobody_is_left(
    tools: Toolbox, cast: Cast
) -> None:
    opt_in(tools, cast.bob)
    thread_id = ask_question(tools, cast.alice, urgent=True)
    work(tools)
    offer = offers_of(tools, cast.bob)[0]
    with tools.database.transaction("content") as stores:
        passing.pass_on(
            stores,
            tools.vault,
            viewer=viewer_of(tools, cast.bob),
            offer_id=offer.id,
            reason="no_time",
            now=make_now(tools),
        )
    work(tools, hours=1)
    assert state_of(tools, thread_id) == "unrouted"
    for _ in range(4):
        work(tools, hours=9)
    assert state_of(tools, thread_id) == "unrouted"


def test_another_encoder_embeds_everything_again(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    thread_id = ask_question(tools, cast.alice, urgent=True)
    work(tools)
    with tools.database.transaction("content") as stores:
        stores.content.get_one(IndexedThread, thread_id).encoder = "another"
    tools.clock.move(hours=25)  # type: ignore[attr-defined]
    work(tools)
    with tools.database.reading() as stores:
        assert stores.content.get_one(IndexedThread, thread_id).encoder == tools.encoder.name


def test_unanswered_offers_of_settled_questions_do_not_fill_an_inbox(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob, capacity=5)
    stay_awake(tools, cast.bob)
    for number in range(5):
        thread_id = ask_question(tools, cast.alice, title=f"質問その{number}", urgent=True)
        work(tools)
        with tools.database.transaction("content") as stores:
            stores.content.get_one(Thread, thread_id).state = "accepted"
        work(tools, hours=24 * 8)
    sixth = ask_question(tools, cast.alice, title="六つめ", urgent=True)
    work(tools)
    assert sixth in {one.thread_id for one in offers_of(tools, cast.bob)}


def test_offers_of_questions_whose_days_are_over_do_not_fill_an_inbox(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob, capacity=5)
    stay_awake(tools, cast.bob)
    for number in range(6):
        asked = ask_question(tools, cast.alice, title=f"だれも答えなかった質問{number}", urgent=True)
        work(tools, hours=24 * 8)
    assert asked in {one.thread_id for one in offers_of(tools, cast.bob)}
