"""The check of one post before the stored crowd: what everybody is offered, two species, a change meanwhile, pen names."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from flask import Flask

from app.accounts.viewer import Viewer
from app.clock import today
from app.domains import rules
from app.domains.rules import ScopeTooFine, hidden_levels
from app.domains.service import choose_profile, policy_of
from app.questions import crowd
from app.questions.models import Thread
from app.wiring import Toolbox
from privacy.anonymity import SUBJECT, Member
from privacy.scopes import Audience
from tests.app.questions.makers import answer, ask, make_question, open_table_with, publish, published, set_profile
from tests.cast import ATTRIBUTES, Cast, Person, signed_in, viewer_of

TROUT, COHO = "rainbow-trout", "coho-salmon"


def people(trout: int, coho: int, both: int, elsewhere: int = 0) -> list[Member]:
    """Members of ten organisations who look like the cast, by the species they keep."""
    kinds = [(TROUT,)] * trout + [(COHO,)] * coho + [(TROUT, COHO)] * both
    found = [Member(f"m{n}", "salmonids", f"o{n % 10}", ATTRIBUTES, frozenset(kind)) for n, kind in enumerate(kinds)]
    far = {**ATTRIBUTES, "area": "miyagi"}
    return found + [Member(f"e{n}", "salmonids", f"o{n % 10}", far, frozenset({TROUT})) for n in range(elsewhere)]


def judge(tools: Toolbox, viewer: Viewer, about: str = TROUT, **levels: int) -> crowd.Judgement:
    wanted = {**hidden_levels(tools.trade), **levels}
    with tools.database.reading() as stores:
        return crowd.judge(
            stores, tools.vault, tools.trade, viewer=viewer, subject=about, levels=wanted,
            policy=policy_of(tools.settings), today=today(tools.clock.now()),
        )  # fmt: skip


def full(tools: Toolbox, **levels: int) -> dict[str, int]:
    return {**hidden_levels(tools.trade), **levels}


def change(tools: Toolbox, who: Person, **levels: int) -> None:
    with tools.database.transaction("identity") as stores:
        choose_profile(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, who), levels=full(tools, **levels),
            policy=policy_of(tools.settings), today=today(tools.clock.now()),
        )  # fmt: skip


# What is offered depends on nothing of one's own


def offers(tools: Toolbox, viewer: Viewer) -> list[Mapping[str, int]]:
    profile = dict.fromkeys(hidden_levels(tools.trade), 0)
    common = replace(viewer, profile=profile)
    rare = replace(common, attributes={**ATTRIBUTES, "area": "miyagi"})
    return [judge(tools, one, area=0).levels for one in (common, rare)]


def test_a_member_in_a_crowd_is_offered_no_more_than_one_in_none(
    tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_table_with(tools, {"area": 1}, people=people(30, 0, 0, elsewhere=9))
    viewer = viewer_of(tools, cast.alice)
    common, rare = offers(tools, viewer)
    assert common["area"] == rare["area"] == 1
    # the mutant looks at one's own cell only: who stands in a crowd is offered more than who does not
    monkeypatch.setattr(crowd, "nearest_open", lambda _trade, levels, _profile, _open: dict(levels))
    open_table_with(tools, {"area": 1}, people=people(30, 0, 0, elsewhere=2))
    common, rare = offers(tools, viewer)
    assert common["area"] != rare["area"]


def test_the_table_is_what_is_asked_and_not_the_own_cell_alone(tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {}, people=people(30, 0, 0))
    set_profile(tools, cast.alice, area=0)
    found = judge(tools, viewer_of(tools, cast.alice), area=0)
    assert found.levels == full(tools)
    assert found.reason == "table"


# Two species


def test_a_second_species_goes_under_the_group_where_few_keep_both(tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {SUBJECT: 0, "area": 0}, people=people(20, 20, 3))
    set_profile(tools, cast.alice, subject=0, area=0)
    fine = full(tools, subject=0, area=0)
    assert ask(tools, cast.alice, make_question(subject=TROUT, levels=fine))
    with pytest.raises(ScopeTooFine) as caught:
        ask(tools, cast.alice, make_question(subject=COHO, levels=fine))
    assert caught.value.coarser == full(tools, area=0)  # the rest may still be shown
    assert judge(tools, viewer_of(tools, cast.alice), COHO, subject=0, area=0).reason == "together"
    assert ask(tools, cast.alice, make_question(subject=COHO, levels=caught.value.coarser))
    assert ask(tools, cast.alice, make_question(subject=TROUT, levels=fine))  # the first one goes on
    tools.clock.move(hours=24 * 60)  # type: ignore[attr-defined]
    set_profile(tools, cast.alice, subject=0, area=0)
    assert ask(tools, cast.alice, make_question(subject=COHO, levels=fine))  # another quarter


def test_a_second_species_is_shown_where_enough_keep_both(tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {SUBJECT: 0}, people=people(20, 20, 20))
    set_profile(tools, cast.alice, subject=0)
    for subject in (TROUT, COHO):
        assert ask(tools, cast.alice, make_question(subject=subject, levels=full(tools, subject=0)))


def test_answers_count_with_questions(tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {SUBJECT: 0}, people=people(20, 20, 3))
    for who in (cast.alice, cast.bob):
        set_profile(tools, who, subject=0)
    thread_id = published(tools, cast.alice, make_question(subject=COHO, levels=full(tools, subject=0)))
    answer(tools, cast.bob, thread_id, levels=full(tools, subject=0))
    with pytest.raises(ScopeTooFine):
        ask(tools, cast.bob, make_question(subject=TROUT, levels=full(tools, subject=0)))


@pytest.mark.parametrize(
    ("audience", "joined"), [(Audience.DOMAIN, True), (Audience.EXPERTS, True), (Audience.ALL, False)]
)
def test_who_answers_where_only_one_species_reads_has_told_it_without_showing_it(
    tools: Toolbox, cast: Cast, audience: Audience, joined: bool
) -> None:
    """The attack joins an answer that shows the group only with a later post: three people keep both species."""
    open_table_with(tools, {SUBJECT: 0}, people=people(20, 20, 3))
    for who in (cast.alice, cast.bob):
        set_profile(tools, who, subject=0)
    coho = make_question(subject=COHO, levels=full(tools, subject=0), audience=audience)
    answer(tools, cast.bob, published(tools, cast.alice, coho), asked=True)
    found = judge(tools, viewer_of(tools, cast.bob), TROUT, subject=0)
    assert (found.levels == full(tools)) is joined
    assert (found.reason == "together") is joined


def test_who_answers_in_a_second_species_is_told_what_the_page_tells_of_them(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    words = "両方の分類で仕事をしている会員は多くありません"
    open_table_with(tools, {SUBJECT: 0}, people=people(20, 20, 3))
    set_profile(tools, cast.alice, subject=0)
    one, two = (
        published(tools, who, make_question(subject=subject, levels=full(tools, subject=0)))
        for who, subject in ((cast.alice, TROUT), (cast.alice, TROUT))
    )
    set_profile(tools, cast.carol, subject=0)
    other = published(tools, cast.carol, make_question(subject=COHO, levels=full(tools, subject=0)))
    bob = signed_in(app, cast.bob)
    assert words not in bob.get(f"/threads/{one}").text
    answer(tools, cast.bob, one)
    assert words not in bob.get(f"/threads/{two}").text
    assert words in bob.get(f"/threads/{other}").text


def test_who_moved_shows_the_new_place_in_the_next_quarter(tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {"area": 0}, people=people(20, 0, 0, elsewhere=20))
    set_profile(tools, cast.alice, area=0)
    assert ask(tools, cast.alice, make_question(levels=full(tools, area=0)))
    moved = replace(viewer_of(tools, cast.alice), attributes={**ATTRIBUTES, "area": "miyagi"})
    assert judge(tools, moved, area=0).levels == full(tools)
    stayed = replace(moved, attributes=ATTRIBUTES)
    assert judge(tools, stayed, area=0).levels == full(tools, area=0)


def test_a_newcomer_needs_a_crowd_without_themselves(tools: Toolbox, cast: Cast) -> None:
    """Alice is in no crowd counted so far: eight others besides the largest organisation must be."""
    for others, levels in ((8, full(tools)), (9, full(tools, area=0))):
        crowd_now = [Member(f"m{n}", "salmonids", f"o{n}", ATTRIBUTES, frozenset({TROUT})) for n in range(others)]
        open_table_with(tools, {"area": 0}, people=crowd_now)
        set_profile(tools, cast.alice, area=0)
        assert judge(tools, viewer_of(tools, cast.alice), area=0).levels == levels


# Meanwhile


def test_a_table_published_after_the_preview_counts(tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {"area": 0}, people=people(20, 0, 0))
    set_profile(tools, cast.alice, area=0)
    assert judge(tools, viewer_of(tools, cast.alice), area=0).levels["area"] == 0
    open_table_with(tools, {"area": 1}, people=people(20, 0, 0))
    with pytest.raises(ScopeTooFine):
        ask(tools, cast.alice, make_question(levels=full(tools, area=0)))
    thread_id = ask(tools, cast.alice, make_question(levels=full(tools, area=1)))
    publish(tools)
    with tools.database.reading() as stores:
        assert stores.content.get_one(Thread, thread_id).table_version == 2


def test_a_profile_changed_in_another_session_counts(tools: Toolbox, cast: Cast, monkeypatch: Any) -> None:
    open_table_with(tools, {"area": 0}, people=people(20, 0, 0))
    set_profile(tools, cast.alice, area=0)
    before = viewer_of(tools, cast.alice)
    set_profile(tools, cast.alice, area=2)
    monkeypatch.setattr("tests.app.questions.makers.viewer_of", lambda *_: before)
    with pytest.raises(ScopeTooFine):
        ask(tools, cast.alice, make_question(levels=full(tools, area=0)))


def test_a_table_without_its_crowd_opens_nothing(tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    open_table_with(tools, {"area": 0}, people=people(20, 0, 0))
    set_profile(tools, cast.alice, area=0)
    monkeypatch.setattr(crowd, "find_crowd", lambda *_: None)
    assert judge(tools, viewer_of(tools, cast.alice), area=0).levels == full(tools)


# A change of profile


def test_a_change_needs_a_crowd_for_both_together(tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {"area": 0}, {"role": 0}, people=people(20, 0, 0))
    change(tools, cast.alice, area=0)
    with pytest.raises(ScopeTooFine):
        change(tools, cast.alice, role=0)  # each is open, both together are not
    change(tools, cast.alice, area=1)  # coarser always
    open_table_with(tools, {"area": 1, "role": 0}, people=people(20, 0, 0))
    change(tools, cast.alice, role=0)
    assert viewer_of(tools, cast.alice).profile == full(tools, role=0)


def test_a_change_back_is_one_more_change(tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {"area": 0}, people=people(20, 0, 0))
    change(tools, cast.alice, area=0)
    change(tools, cast.alice)
    change(tools, cast.alice, area=0)
    open_table_with(tools, {}, people=people(20, 0, 0))
    change(tools, cast.alice)
    with pytest.raises(ScopeTooFine):
        change(tools, cast.alice, area=0)  # no longer open


def test_changes_offer_what_is_open_with_the_old_one(tools: Toolbox) -> None:
    open_ = frozenset(
        tuple(sorted({**full(tools), **one}.items())) for one in ({}, {"area": 1}, {"role": 0}, {"area": 0})
    )
    offered = rules.changes_from(tools.trade, full(tools, area=1), open_)
    assert offered == {tuple(sorted(full(tools, **one).items())) for one in ({"area": 1}, {}, {"area": 0})}


# Two groups


def test_two_groups_that_few_work_in_are_told(tools: Toolbox, cast: Cast) -> None:
    yellow = [Member(f"y{n}", "yellowtails", f"o{n % 10}", ATTRIBUTES, frozenset({"yellowtail"})) for n in range(20)]
    open_table_with(tools, {}, people=[*people(20, 0, 0), *yellow])
    viewer = replace(viewer_of(tools, cast.alice), subjects=(TROUT, "yellowtail"))
    assert judge(tools, viewer, TROUT).thin == ""
    with tools.database.transaction("content") as stores:
        crowd.check(
            stores, tools.vault, tools.trade, viewer=viewer, subject=TROUT, levels=full(tools),
            policy=policy_of(tools.settings), today=today(tools.clock.now()),
        )  # fmt: skip
    assert judge(tools, viewer, "yellowtail").thin == "groups"
    assert judge(tools, viewer, TROUT).thin == ""
    assert judge(tools, viewer, "japanese-eel").thin == ""  # anybody may ask where they do not work


# Two at once


def test_two_sessions_of_one_member_count_each_others_posts(tools: Toolbox, cast: Cast) -> None:
    """Each names another species at the same moment: one of them goes through."""
    open_table_with(tools, {SUBJECT: 0}, people=people(20, 20, 3))
    set_profile(tools, cast.alice, subject=0)
    fine = full(tools, subject=0)

    def write(subject: str) -> bool:
        try:
            return bool(ask(tools, cast.alice, make_question(subject=subject, levels=fine)))
        except ScopeTooFine:
            return False

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(write, [TROUT, COHO] * 3))
    assert sum(done) == 3
    assert set(done[::2]) != set(done[1::2])


def test_a_table_and_a_post_at_once_come_one_after_the_other(tools: Toolbox, cast: Cast) -> None:
    """Whatever is stored under a version was open in it."""
    open_table_with(tools, {"area": 0}, people=people(20, 0, 0))
    set_profile(tools, cast.alice, area=0)
    started = Event()

    def write(_: int) -> str | None:
        started.set()
        try:
            return ask(tools, cast.alice, make_question(levels=full(tools, area=0)))
        except ScopeTooFine:
            return None

    def shut() -> None:
        started.wait()
        open_table_with(tools, {"area": 1}, people=people(20, 0, 0))

    with ThreadPoolExecutor(4) as pool:
        publishing = pool.submit(shut)
        written = [one for one in pool.map(write, range(20)) if one]
        publishing.result()
    publish(tools)
    with tools.database.reading() as stores:
        assert {stores.content.get_one(Thread, one).table_version for one in written} <= {1}
    with pytest.raises(ScopeTooFine):
        ask(tools, cast.alice, make_question(levels=full(tools, area=0)))
