"""What is told stays counted over a fresh start, over a quarter's edge, and along a pen name. Each mutant forgets one."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from app.accounts.identity import open_identity, seal_identity
from app.accounts.models import Member as MemberRow
from app.accounts.rules import quarter_of
from app.accounts.service import set_work
from app.clock import JAPAN, SetClock, today
from app.db import Stores
from app.domains.reads import quarters_of
from app.domains.rules import ScopeTooFine
from app.errors import JoinsTooMuch
from app.questions import crowd, pennames, told
from app.questions.access import posts_of
from app.questions.answers import add_followup
from app.questions.editing import add_to
from app.questions.models import Thread
from app.questions.pennames import PenNameRefused, give_up_pen, take_pen
from app.wiring import Toolbox
from privacy.anonymity import SUBJECT, Member
from privacy.crowds import Facts
from privacy.pseudonyms import MemberSecret, new_secret, peer_tag
from tests.app.questions.makers import answer, ask, make_question, open_table_with, publish, published, set_profile
from tests.app.questions.test_crowd import COHO, TROUT, full, judge, people
from tests.cast import ATTRIBUTES, Cast, Person, come_in, post, signed_in, viewer_of


def by_area_or_role() -> list[Member]:
    """Twenty of the cast's area, twenty of the cast's role, and three of both."""
    told = [{"role": "manager"}] * 20 + [{"area": "miyagi"}] * 20 + [{}] * 3
    return [
        Member(f"m{n}", "salmonids", f"o{n % 10}", {**ATTRIBUTES, **one}, frozenset({TROUT}))
        for n, one in enumerate(told)
    ]


def next_quarter(tools: Toolbox) -> None:
    assert isinstance(tools.clock, SetClock)
    quarter = quarter_of(today(tools.clock.now()))
    while quarter_of(today(tools.clock.now())) == quarter:
        tools.clock.move(hours=24)


def go_to(tools: Toolbox, moment: datetime) -> None:
    assert isinstance(tools.clock, SetClock)
    tools.clock.seconds = moment.timestamp()


def take(tools: Toolbox, who: Person, name: str) -> None:
    with tools.database.transaction("content") as stores:
        give_up_pen(stores, secret=who.secret)
        take_pen(stores, secret=who.secret, name=name, own_names=[])


def tell(tools: Toolbox, who: Person, *, sign: bool = False, **levels: int) -> str:
    """A post in a quarter whose profile is what it shows."""
    set_profile(tools, who, **levels)
    return ask(tools, who, make_question(levels=full(tools, **levels)), sign=sign)


# ---------------------------------------------------------------- a fresh start


def begin_afresh(tools: Toolbox, who: Person) -> Person:
    """What a fresh start leaves: another secret, the same profile, and the day."""
    with tools.database.transaction("identity") as stores:
        row = stores.identity.get_one(MemberRow, who.member_id)
        key = tools.vault.data_key(stores, row.key_id)
        identity = replace(open_identity(key, row), reset_day=today(tools.clock.now()).toordinal())
        row.sealed = seal_identity(key, identity, who.member_id)
    again = replace(who, secret=new_secret())
    come_in(tools, again.secret)  # whoever begins afresh promises anew
    return again


@pytest.mark.parametrize("forgets", [False, True])
def test_a_fresh_start_shows_no_second_cell(
    tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch, forgets: bool
) -> None:
    open_table_with(tools, {SUBJECT: 0}, people=people(20, 20, 3))
    set_profile(tools, cast.alice, subject=0)
    finest = full(tools, subject=0)
    ask(tools, cast.alice, make_question(subject=TROUT, levels=finest))
    again = begin_afresh(tools, cast.alice)
    if forgets:
        monkeypatch.setattr(crowd, "forgot_quarter", lambda *_: False)
        assert ask(tools, again, make_question(subject=COHO, levels=finest))  # three people remain
        return
    with pytest.raises(ScopeTooFine):
        ask(tools, again, make_question(subject=COHO, levels=finest))
    assert judge(tools, viewer_of(tools, again), COHO, subject=0).reason == "afresh"
    ask(tools, again, make_question(subject=COHO))
    take(tools, again, "朝いちばん")
    with pytest.raises(PenNameRefused, match="crowd"):
        ask(tools, again, make_question(subject=COHO), sign=True)
    next_quarter(tools)
    set_profile(tools, again, subject=0)
    assert ask(tools, again, make_question(subject=COHO, levels=finest))


def test_on_a_quarters_last_day_a_fresh_start_reaches_into_the_next(tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {SUBJECT: 0}, people=people(20, 20, 3))
    go_to(tools, datetime(2026, 12, 31, 12, tzinfo=JAPAN))
    again = begin_afresh(tools, cast.alice)
    next_quarter(tools)
    set_profile(tools, again, subject=0)
    with pytest.raises(ScopeTooFine):  # what the old secret wrote may have come out today
        ask(tools, again, make_question(subject=COHO, levels=full(tools, subject=0)))


def test_the_group_alone_is_said_to_join_what_may_stand_elsewhere(tools: Toolbox, cast: Cast) -> None:
    marine = [Member(f"y{n}", "yellowtails", f"o{n % 10}", ATTRIBUTES, frozenset({"yellowtail"})) for n in range(20)]
    open_table_with(tools, {}, people=[*people(20, 0, 0), *marine])
    both = replace(viewer_of(tools, cast.alice), subjects=(TROUT, "yellowtail"))
    assert judge(tools, both).thin == ""
    assert judge(tools, replace(both, afresh=today(tools.clock.now()))).thin == "afresh"


def test_the_disclosure_page_says_so(app: Flask, tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {SUBJECT: 0}, people=people(20, 20, 3))
    assert "今期は分類だけを出します" not in signed_in(app, cast.alice).get("/disclosure").text
    begin_afresh(tools, cast.alice)
    assert "今期は分類だけを出します" in signed_in(app, cast.alice).get("/disclosure").text


# ---------------------------------------------------------------- a quarter's edge


def only_its_own(_stores: Stores, day: date) -> tuple[int, ...]:
    return (quarter_of(day),)


@pytest.mark.parametrize("forgets", [False, True])
def test_two_profiles_never_stand_under_one_quarter(
    tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch, forgets: bool
) -> None:
    open_table_with(tools, {"area": 0}, {"role": 0}, people=by_area_or_role())
    if forgets:
        monkeypatch.setattr(crowd, "quarters_of", only_its_own)
    go_to(tools, datetime(2026, 12, 31, 23, 40, tzinfo=JAPAN))
    old = tell(tools, cast.alice, area=0)
    publish(tools)  # on New Year's Day
    try:
        new = tell(tools, cast.alice, role=0)
    except ScopeTooFine:
        assert not forgets
        return
    publish(tools)
    with tools.database.reading() as stores:
        days = {stores.content.get_one(Thread, one).published_day for one in (old, new)}
    assert len(days) == 1
    assert forgets, "one day, two profiles, three people"


def test_a_post_counts_where_it_may_come_out(tools: Toolbox, cast: Cast) -> None:
    with tools.database.reading() as stores:
        last, quarter = date(2026, 12, 31), quarter_of(date(2026, 12, 31))
        assert quarters_of(stores, last) == (quarter, quarter + 1)
        assert quarters_of(stores, last - timedelta(days=1)) == (quarter,)
        assert quarters_of(stores, last + timedelta(days=1)) == (quarter + 1,)


# ---------------------------------------------------------------- along a pen name


def only_the_signed_post(_stores: Stores, _secret: MemberSecret, _names: Collection[str], _told: Facts) -> None:
    """The mutant's pen name remembers nothing of its quarter."""


@pytest.mark.parametrize("forgets", [False, True])
@pytest.mark.parametrize("first", ["unsigned", "signed"])
def test_a_name_joins_what_its_quarters_told(
    tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch, first: str, forgets: bool
) -> None:
    open_table_with(tools, {"area": 0}, {"role": 0}, people=by_area_or_role())
    if forgets:
        monkeypatch.setattr(told, "add_told", only_the_signed_post)
    ask(tools, cast.alice)
    take(tools, cast.alice, "沖の目利き")
    if first == "signed":
        ask(tools, cast.alice, sign=True)
    tell(tools, cast.alice, area=0)
    if first == "unsigned":
        ask(tools, cast.alice, sign=True)
    next_quarter(tools)
    tell(tools, cast.alice, role=0)
    if forgets:
        assert ask(tools, cast.alice, sign=True)  # three people remain
        return
    with pytest.raises(PenNameRefused, match="crowd"):
        ask(tools, cast.alice, sign=True)


def test_after_a_signed_post_the_quarter_hangs_on_the_name(tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {"area": 0}, {"role": 0}, people=by_area_or_role())
    ask(tools, cast.alice)
    take(tools, cast.alice, "沖の目利き")
    ask(tools, cast.alice, sign=True)
    tell(tools, cast.alice, area=0)
    next_quarter(tools)
    ask(tools, cast.alice, sign=True)
    with pytest.raises(ScopeTooFine):
        tell(tools, cast.alice, role=0)
    next_quarter(tools)
    assert tell(tools, cast.alice, role=0)  # a quarter without the name
    with pytest.raises(PenNameRefused, match="crowd"):
        ask(tools, cast.alice, sign=True)


def test_two_names_of_one_quarter_are_one(tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {"area": 0}, {"role": 0}, people=by_area_or_role())
    ask(tools, cast.alice)
    for name in ("沖の目利き", "朝いちばん"):
        take(tools, cast.alice, name)
        ask(tools, cast.alice, sign=True)
    next_quarter(tools)
    ask(tools, cast.alice, sign=True)  # the second name
    tell(tools, cast.alice, area=0)
    next_quarter(tools)
    tell(tools, cast.alice, role=0)
    for name in ("朝いちばん", "沖の目利き"):  # the first was never in the quarter that told the area
        take(tools, cast.alice, name)
        with pytest.raises(PenNameRefused, match="crowd"):
            ask(tools, cast.alice, sign=True)
    take(tools, cast.alice, "夕なぎ")
    assert ask(tools, cast.alice, sign=True)


def test_an_answer_without_the_name_is_noted_under_it(tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {"area": 0}, {"role": 0}, people=by_area_or_role())
    one, two = published(tools, cast.alice), published(tools, cast.alice)
    ask(tools, cast.bob)
    take(tools, cast.bob, "沖の目利き")
    answer(tools, cast.bob, one, sign=True)
    set_profile(tools, cast.bob, area=0)
    answer(tools, cast.bob, two, levels=full(tools, area=0))
    with tools.database.reading() as stores:
        pen = pennames.find_pen(stores, cast.bob.secret)
    assert pen is not None
    assert ("area", 0, ATTRIBUTES["area"]) in pen.facts


def test_who_answers_in_a_thin_group_is_told_before(app: Flask, tools: Toolbox, cast: Cast) -> None:
    words = "両方の分類で仕事をしている会員は多くありません"
    open_table_with(tools, {}, people=people(20, 0, 0))
    thread_id = published(tools, cast.alice)
    bob = signed_in(app, cast.bob)
    assert words not in bob.get(f"/threads/{thread_id}").text
    open_table_with(tools, {}, people=people(2, 0, 0))
    assert words in bob.get(f"/threads/{thread_id}").text
    assert words not in signed_in(app, cast.alice).get(f"/threads/{thread_id}").text  # the asker answers nobody


# ---------------------------------------------------------------- one voice in one thread


def follow(tools: Toolbox, who: Person, thread_id: str) -> str:
    with tools.database.transaction("content", "keys") as stores:
        return add_followup(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, who), thread_id=thread_id,
            text="その後の様子です。", window=tools.window, today=today(tools.clock.now()),
        )  # fmt: skip


def heard(tools: Toolbox, asker: Person, who: Person) -> str:
    """A thread in which somebody's answer showed their area, a quarter ago."""
    open_table_with(tools, {"area": 0}, {"role": 0}, people=by_area_or_role())
    thread_id = published(tools, asker)
    set_profile(tools, who, area=0)
    answer(tools, who, thread_id, levels=full(tools, area=0))
    publish(tools)
    next_quarter(tools)
    return thread_id


def nothing_there(*_: object) -> Facts:
    """The mutant remembers what was told by quarters alone."""
    return frozenset()


@pytest.mark.parametrize("forgets", [False, True])
def test_one_voice_does_not_show_another_side_in_the_next_quarter(
    tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch, forgets: bool
) -> None:
    thread_id = heard(tools, cast.alice, cast.bob)
    set_profile(tools, cast.bob, role=0)
    if forgets:
        monkeypatch.setattr(crowd, "told_at", nothing_there)
        assert answer(tools, cast.bob, thread_id, levels=full(tools, role=0))  # three people remain
        return
    with pytest.raises(ScopeTooFine):
        answer(tools, cast.bob, thread_id, levels=full(tools, role=0))
    assert answer(tools, cast.bob, thread_id)


@pytest.mark.parametrize("is_late", [False, True])
def test_a_word_in_an_old_thread_brings_what_stands_there_into_its_quarter(
    tools: Toolbox, cast: Cast, is_late: bool
) -> None:
    """A follow-up carries its voice's area; with the role of another post of that quarter three people remain."""
    thread_id = heard(tools, cast.alice, cast.bob)
    if is_late:
        tell(tools, cast.bob, role=0)
        for word in (follow, add_words):
            with pytest.raises(JoinsTooMuch):
                word(tools, cast.bob, thread_id)
        next_quarter(tools)
        assert follow(tools, cast.bob, thread_id)
        return
    assert follow(tools, cast.bob, thread_id)
    with pytest.raises(ScopeTooFine):
        tell(tools, cast.bob, role=0)


def add_words(tools: Toolbox, who: Person, thread_id: str) -> None:
    with tools.database.transaction("content", "keys") as stores:
        tag = peer_tag(who.secret, thread_id)
        post_id = next(one.id for one in posts_of(stores, thread_id) if one.author_tag == tag)
        add_to(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, who), thread_id=thread_id, post_id=post_id,
            text="ひとこと足します。", window=tools.window, today=today(tools.clock.now()),
        )  # fmt: skip


def test_who_gave_up_their_fish_is_still_the_voice_that_answered(tools: Toolbox, cast: Cast) -> None:
    thread_id = heard(tools, cast.alice, cast.bob)
    now = viewer_of(tools, cast.bob)
    with tools.database.transaction("identity") as stores:
        set_work(
            stores, tools.vault, member_id=now.member_id, attributes={**now.attributes, "area": "miyagi"},
            subjects=("yellowtail",),
        )  # fmt: skip
    set_profile(tools, cast.bob, role=0)
    with pytest.raises(ScopeTooFine):
        answer(tools, cast.bob, thread_id, levels=full(tools, role=0))


def test_the_page_says_when_one_may_write_there_again(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = heard(tools, cast.alice, cast.bob)
    tell(tools, cast.bob, role=0)
    client = signed_in(app, cast.bob)
    refused = post(client, f"/threads/{thread_id}/followup", {"text": "その後です。"}, page=f"/threads/{thread_id}")
    assert refused.status_code == 403
    assert "いまは、ここに書き足せません" in refused.text
    assert "その後です。" in refused.text
