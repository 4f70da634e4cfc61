"""The year: windows, nominations that only their author finds, standing, the jury, and what becomes of it."""

import json
import random
from datetime import date
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.service import set_work
from app.clock import monday_of, next_monday, today
from app.community.models import Ballot
from app.domains.rules import hidden_levels
from app.domains.service import policy_of
from app.errors import Forbidden, NotThere
from app.inbox.labels import own_labels
from app.notices.service import notes_of
from app.recognition import jury, nominating, standing
from app.recognition.blueprint import this_round
from app.recognition.models import Praise
from app.recognition.rules import NotNow, StandRefused, band_of, round_of, verdict_of
from app.recognition.texts import find_texts
from app.settings import Settings
from app.wiring import Toolbox
from privacy.anonymity import Member
from tests.app.questions.makers import answer, open_table_with, publish, published, set_profile
from tests.app.questions.test_take_out import VESSEL
from tests.app.recognition.year import (
    TEXT,
    WHY,
    answer_in,
    answered,
    candidacies,
    day_of,
    next_publication,
    nominate,
    readers,
    received,
    say,
    seated,
    seats,
    stand,
    to,
    volunteer,
    whole_year,
)  # fmt: skip
from tests.cast import ATTRIBUTES, SUBJECTS, Cast, Person, post, signed_in, token_in, viewer_of


def told(tools: Toolbox, person: Person) -> list[str]:
    with tools.database.reading() as stores:
        labels = own_labels(stores, tools.trade, person.secret).all
        return [one.kind for one in notes_of(stores, tools.vault, labels, window=tools.window)]


@pytest.mark.parametrize("months", [(4, 1, 2, 3), (1, 9, 10, 11), (10, 12, 1, 3)])
def test_every_day_is_in_one_phase_and_phases_follow_each_other(months: tuple[int, ...]) -> None:
    found = [round_of(date.fromordinal(day), months) for day in range(739_000, 739_900)]
    for before, after in pairwise(found):
        assert (before.year, before.phase) == (after.year, after.phase) or before.year <= after.year
    for day, one in zip(range(739_000, 739_900), found, strict=True):
        [phase] = [name for name, first, last in one.steps if first <= date.fromordinal(day) <= last]
        assert phase == one.phase
        assert one.until >= date.fromordinal(day)


def test_rules_of_mondays_bands_and_verdicts() -> None:
    assert next_monday(date(2026, 11, 23)) == date(2026, 11, 30)
    assert monday_of(date(2026, 11, 29)) == date(2026, 11, 23)
    assert [band_of(n) for n in (0, 1, 4, 5, 19, 60)] == [0, 1, 1, 5, 10, 50]
    assert verdict_of([True, True, True, False, False]) == "awarded"
    assert verdict_of([True, True, False, False, False]) == "heard"
    assert verdict_of([True, True]) == "unread"
    with pytest.raises(ValueError, match="less than a year"):
        Settings(recognition_months="4,4,5,6")


def test_a_nomination_waits_for_monday_and_only_the_author_of_the_post_finds_it(tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)  # a Friday
    nominate(tools, cast.alice, thread_id, post_id)
    assert received(tools, cast.bob) == []
    to(tools, 2026, 11, 23)
    [one] = received(tools, cast.bob)
    assert (one.item.text, [said.text for said in one.words]) == (TEXT, [WHY])
    assert "nominated" in told(tools, cast.bob)
    for name in ("alice", "carol", "dave", "erin"):  # erin coordinates
        assert received(tools, cast[name]) == []
    nominate(tools, cast.alice, thread_id, post_id, "言い直します。")
    to(tools, 2026, 12, 1)
    assert [said.text for one in received(tools, cast.bob) for said in one.words] == ["言い直します。"]
    with tools.database.transaction("content", "keys") as stores:
        [label] = [said.label for one in received(tools, cast.bob) for said in one.words]
        with pytest.raises(NotThere):
            nominating.let_go(
                stores,
                tools.vault,
                tools.trade,
                viewer=viewer_of(tools, cast.carol),
                label=label,
                today=date(2026, 12, 1),
                window=tools.window,
            )
        nominating.let_go(
            stores,
            tools.vault,
            tools.trade,
            viewer=viewer_of(tools, cast.bob),
            label=label,
            today=date(2026, 12, 1),
            window=tools.window,
        )
    assert received(tools, cast.bob) == []
    next_publication(tools)
    with tools.database.reading() as stores:
        assert not stores.content.scalars(select(Praise)).all()


def test_who_may_nominate_what_and_when(tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    for name, refusal in (("bob", Forbidden), ("dave", NotThere), ("grace", Forbidden), ("frank", Forbidden)):
        with pytest.raises(refusal):
            nominate(tools, cast[name], thread_id, post_id)
    for place, object in ((thread_id, thread_id), ("0" * 32, post_id), (thread_id, "0" * 32)):
        with pytest.raises(NotThere):
            nominate(tools, cast.alice, place, object)
    nominate(tools, cast.alice, thread_id, post_id)
    with tools.database.transaction("content", "keys") as stores:
        assert nominating.take_back(stores, tools.vault, viewer=viewer_of(tools, cast.alice), object=post_id)
        assert not stores.content.scalars(select(Ballot)).all()
    to(tools, 2027, 1)
    with pytest.raises(NotNow):
        nominate(tools, cast.alice, thread_id, post_id)


def test_standing_needs_a_word_a_time_and_the_authors_knowing(tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    nominate(tools, cast.alice, thread_id, post_id)
    to(tools, 2026, 12, 1)
    for moment, knows, reason in ((None, True, "phase"), ((2027, 1), False, "consent"), ((2027, 2), True, "phase")):
        if moment:
            to(tools, *moment)
        with pytest.raises(StandRefused) as refused:
            stand(tools, cast.bob, knows=knows)
        assert refused.value.reason == reason
    assert candidacies(tools) == []


@pytest.mark.parametrize("gave_up", [False, True])
def test_what_is_joined_has_to_leave_a_crowd_as_one_profile(tools: Toolbox, cast: Cast, gave_up: bool) -> None:
    """Mutant: each post by itself passes. The area in one and the tenure in the other leave two people of twelve; also
    where their author has given up that work since."""
    posts = []
    for month, levels in ((5, {"area": 0}), (8, {"tenure": 0})):  # in two quarters, in which each may be shown
        to(tools, 2027, month)
        open_table_with(tools, {"area": 0}, {"tenure": 0}, people=two_crowds())
        set_profile(tools, cast.bob, **levels)
        thread_id = published(tools, cast.alice)
        answer(tools, cast.bob, thread_id, "こちらではこうしました。", levels={**hidden_levels(tools.trade), **levels})
        publish(tools)
        posts.append(answer_in(tools, thread_id))
        nominate(tools, cast.alice, thread_id, posts[-1])
    to(tools, 2028, 1)
    if gave_up:
        now = viewer_of(tools, cast.bob)
        with tools.database.transaction("identity") as stores:
            set_work(
                stores, tools.vault, member_id=now.member_id, attributes=now.attributes, subjects=("yellowtail",)
            )  # fmt: skip
    mine = received(tools, cast.bob)
    with tools.database.reading() as stores:
        for chosen, reason in (([posts[0]], ""), ([posts[1]], ""), (posts, "crowd")):
            dossier = standing.compose(
                mine, posts=chosen, words=[said.label for one in mine for said in one.words], year=2027
            )
            assert reason == standing.trouble_with(
                stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.bob), dossier=dossier,
                policy=policy_of(tools.settings), today=date(2028, 1, 2),
            )  # fmt: skip
    with pytest.raises(StandRefused) as refused:
        stand(tools, cast.bob)
    assert refused.value.reason == "crowd"


def test_the_year_ends_with_equal_awardees_and_nothing_counted(tools: Toolbox, cast: Cast) -> None:
    jurors = whole_year(tools, cast)
    assert len(jurors) == 5
    [row] = candidacies(tools)
    assert (row.state, row.sealed) == ("awarded", None)
    assert "stood_awarded" in told(tools, cast.bob)
    with tools.database.reading() as stores:
        sentences = jury.find_sentences(stores, tools.vault, row=row)
        kept = [one.purpose for one in stores.content.scalars(select(Ballot))]
    assert len(sentences) == 5
    assert "verdict" not in kept
    assert sorted(kept) == ["nomination", "standing"]
    assert seats(tools) == 0


@pytest.mark.parametrize(("yes", "volunteers", "state"), [(2, 7, "heard"), (5, 2, "unread"), (3, 3, "awarded")])
def test_fewer_voices(tools: Toolbox, cast: Cast, yes: int, volunteers: int, state: str) -> None:
    whole_year(tools, cast, yes=yes, volunteers=volunteers)
    [row] = candidacies(tools)
    assert row.state == state
    assert f"stood_{state}" in told(tools, cast.bob)


def test_jurors_are_of_no_candidates_circle_and_one_of_each(tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    nominate(tools, cast.alice, thread_id, post_id)
    people = readers(tools, 3)
    volunteer(tools, *people, cast.bob, cast.alice, cast.dave)  # alice and dave are of one organisation
    to(tools, 2027, 1)
    stand(tools, cast.bob)
    to(tools, 2027, 2)
    day_of(tools)
    assert seated(tools, [cast.bob]) == []
    assert len(seated(tools, [cast.alice, cast.dave])) == 1
    assert len(seated(tools, people)) == 3
    now, _ = this_round(tools)
    with tools.database.transaction("content", "keys") as stores:
        jury.step_down(stores, tools.vault, viewer=viewer_of(tools, people[0]), now=now, window=tools.window)
        with pytest.raises(NotThere):
            jury.readings(stores, tools.vault, viewer=viewer_of(tools, people[0]), now=now)
    volunteer(tools, *readers(tools, 2, first=3))
    next_publication(tools)
    day_of(tools)
    assert seats(tools) == 5
    to(tools, 2027, 3)
    with pytest.raises(NotThere):
        say(tools, people[1])


def test_draw_takes_as_many_as_there_are() -> None:
    free = {f"v{n}": frozenset({f"c{n // 2}"}) for n in range(8)}
    for seed in range(50):
        drawn = jury.draw_jury(free, closed={"c0"}, size=5, rng=random.Random(seed))
        assert len({n for one in drawn for n in free[one]}) == len(drawn) == 3
    split = {"a": frozenset({"old", "x"}), "b": frozenset({"old", "y"}), "c": frozenset({"z"})}
    assert len(jury.draw_jury(split, closed=(), size=5, rng=random.Random(1))) == 2


def test_who_stood_may_stop_until_it_is_decided(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    nominate(tools, cast.alice, thread_id, post_id)
    people = readers(tools, 5)
    volunteer(tools, *people)
    to(tools, 2027, 1)
    stand(tools, cast.bob)
    to(tools, 2027, 2)
    day_of(tools)
    say(tools, people[0])
    with tools.database.transaction("content", "keys") as stores:
        viewer, (now, _) = viewer_of(tools, cast.bob), this_round(tools)
        assert standing.withdraw(stores, tools.vault, viewer=viewer, now=now, window=tools.window)
        assert standing.own_candidacies(stores, cast.bob.secret, today=today(tools.clock.now())) == []
    next_publication(tools)
    with tools.database.reading() as stores:
        left = {one.purpose for one in stores.content.scalars(select(Ballot))}
    assert left == {"nomination", "juror"}
    assert candidacies(tools) == []
    assert post(signed_in(app, people[0]), "/recognition/jury", {"do": "back"}).status_code == 303


def two_crowds() -> list[Member]:
    """A dozen of bob's area, and another dozen of his years; nobody of both."""
    here, there = {**ATTRIBUTES, "tenure": "10-up"}, {**ATTRIBUTES, "area": "miyazaki"}
    return [
        Member(f"m{number}-{n}", "salmonids", f"o{number % 6}", attributes, frozenset(SUBJECTS))
        for n, attributes in enumerate((here, there))
        for number in range(12)
    ]


def test_words_taken_out_go_from_what_one_stands_with_and_from_what_was_said_of_it(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    to(tools, 2026, 11)
    thread_id, post_id = answered(tools, cast, f"{VESSEL}では夜明け前に測っています。")
    nominate(tools, cast.alice, thread_id, post_id, f"「{VESSEL}では夜明け前に測っています。」に助けられました。")
    to(tools, 2027, 1)
    stand(tools, cast.bob)
    assert VESSEL in json.dumps(praises(tools), ensure_ascii=False)
    client = signed_in(app, cast.bob)
    page = client.get(f"/threads/{thread_id}/words")
    client.post(f"/threads/{thread_id}/words", data={"csrf_token": token_in(page), "word": [VESSEL], "words": VESSEL})
    left = json.dumps(praises(tools), ensure_ascii=False)
    assert VESSEL not in left
    assert "夜明け前" in left


def praises(tools: Toolbox) -> dict[str, dict[str, object]]:
    """Every text of recognition."""
    with tools.database.reading() as stores:
        return find_texts(stores, tools.vault, list(stores.content.scalars(select(Praise.label))))
