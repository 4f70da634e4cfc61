"""How it went, in bands and on Mondays; and what is looked at again after a year, or when somebody doubts it."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.accounts import service
from app.clock import SetClock, today
from app.errors import NotThere
from app.knowledge import reporting, reviewing
from app.knowledge.editors import is_editor
from app.knowledge.rules import evidence
from app.knowledge.worker import keep_round
from app.questions.offices import edits_articles
from app.questions.standing import TERM_DAYS, begin_term
from app.questions.taps import WORKED
from app.wiring import Toolbox
from tests.app.knowledge.stage import Stage, make_thread, out, row_of, volunteer
from tests.app.questions.makers import publish, tap
from tests.cast import Cast, Person, make_person, viewer_of

DAY = 86400


@pytest.fixture
def stage(tools: Toolbox, cast: Cast) -> Stage:
    volunteer(tools, cast.carol)
    return make_thread(tools, cast.alice, cast.bob)


def published(stage: Stage, cast: Cast) -> str:
    return out(stage, cast.erin, cast.carol, (cast.alice, cast.bob))


def tell(tools: Toolbox, person: Person, article_id: str, *, worked: bool) -> None:
    with tools.database.transaction("content") as stores:
        row = row_of(tools, article_id)
        reporting.say(stores, tools.vault, viewer=viewer_of(tools, person), article=row, worked=worked)


def to_weekday(tools: Toolbox, clock: SetClock, weekday: int) -> None:
    while today(clock.now()).weekday() != weekday:
        clock.move(seconds=DAY)


def test_evidence_is_a_band_over_organisations_and_never_under_five() -> None:
    one = [frozenset({f"c{number}"}) for number in range(30)]
    assert evidence(one[:4], []) == (0, 0)
    assert evidence(one[:4] * 3, []) == (0, 0)  # the same organisations once more
    assert evidence(one[:4], one[4:5]) == (5, 4)
    assert evidence(one[:9], []) == (5, 5)  # nine look like five
    assert evidence(one[:10], one[10:20]) == (20, 2)
    assert evidence(one[:5], one[:1]) == (5, 4)  # where its people disagree it did not work
    assert evidence([], one[:5]) == (5, 0)
    assert evidence([frozenset({"a", "b"}), frozenset({"b", "c"}), *one[:3]], []) == (0, 0)  # circles that touch


def test_taps_and_the_words_on_its_sources_count_together_and_move_on_mondays(
    stage: Stage, tools: Toolbox, cast: Cast, clock: SetClock
) -> None:
    article_id = published(stage, cast)
    tap(tools, cast.carol, stage.thread_id, stage.posts[0], WORKED)
    publish(tools)
    others = []
    for name in "EFG":
        organisation = make_organisation(tools, name)
        others.append(make_person(tools, f"reader{name}", organisation))
    tell(tools, others[0], article_id, worked=True)
    tell(tools, others[0], article_id, worked=True)
    tell(tools, others[1], article_id, worked=False)
    tell(tools, others[2], article_id, worked=True)
    to_weekday(tools, clock, 0)
    keep_round(tools)
    assert (row_of(tools, article_id).reported, row_of(tools, article_id).worked) == (0, 0)  # four organisations
    tell(tools, cast.erin, article_id, worked=True)
    to_weekday(tools, clock, 1)
    keep_round(tools)
    assert row_of(tools, article_id).reported == 0  # not on a Tuesday
    to_weekday(tools, clock, 0)
    keep_round(tools)
    assert (row_of(tools, article_id).reported, row_of(tools, article_id).worked) == (5, 4)
    with tools.database.transaction("content") as stores:
        reporting.take_back(stores, tools.vault, viewer=viewer_of(tools, cast.erin), article=row_of(tools, article_id))
    keep_round(tools)
    assert row_of(tools, article_id).reported == 0


def make_organisation(tools: Toolbox, name: str) -> str:
    with tools.database.transaction("identity", "keys") as stores:
        return service.add_organisation(
            stores, tools.vault, name=f"架空水産{name}", mail_domains=[f"{name.lower()}.example"], is_company=False,
            verified=True, rng=random.Random(3),
        )[0]  # fmt: skip


def test_a_year_on_it_is_before_the_editors_until_one_confirms(
    stage: Stage, tools: Toolbox, cast: Cast, clock: SetClock
) -> None:
    article_id = published(stage, cast)
    start = row_of(tools, article_id).published_day

    def queue() -> list[reviewing.ReviewCard]:
        with tools.database.reading() as stores:
            return reviewing.to_review(stores, tools.vault, today=today(clock.now()))

    clock.move(seconds=364 * DAY)
    keep_round(tools)
    assert queue() == []
    clock.move(seconds=DAY)
    keep_round(tools)
    [card] = queue()
    assert card.is_due
    with tools.database.transaction("content") as stores:
        for stranger in (cast.dave, cast.frank):
            with pytest.raises(NotThere):
                reviewing.confirm(
                    stores, tools.vault, viewer=viewer_of(tools, stranger), article_id=article_id,
                    today=today(clock.now()),
                )  # fmt: skip
        reviewing.confirm(
            stores, tools.vault, viewer=viewer_of(tools, cast.carol), article_id=article_id, today=today(clock.now())
        )
    assert queue() == []
    assert date.fromordinal(row_of(tools, article_id).review_day) == date.fromordinal(start + 2 * 365)


def test_a_doubt_comes_before_the_editors_and_can_be_taken_back(stage: Stage, tools: Toolbox, cast: Cast) -> None:
    article_id = published(stage, cast)
    row = row_of(tools, article_id)
    with tools.database.transaction("content") as stores:
        for person, words in ((cast.dave, "いまは別の餌です。"), (cast.alice, "水温の目安が古いです。")):
            viewer = viewer_of(tools, person)
            reviewing.flag(stores, tools.vault, viewer=viewer, article=row, sentence=words)
    with tools.database.transaction("content") as stores:
        reviewing.take_flag_back(stores, tools.vault, viewer=viewer_of(tools, cast.dave), article=row)
    with tools.database.reading() as stores:
        [card] = reviewing.to_review(stores, tools.vault, today=today(tools.clock.now()))
    assert (card.is_due, card.doubts) == (False, ("水温の目安が古いです。",))


def test_who_supports_the_network_edits_while_their_term_runs(tools: Toolbox, cast: Cast) -> None:
    day, bob = today(tools.clock.now()), cast.bob
    with tools.database.transaction("content") as stores:
        viewer = viewer_of(tools, bob)
        assert not is_editor(stores, replace(viewer, roles=viewer.roles | {"core"}), today=day)  # no role says it
        begin_term(stores, bob.secret, today=day)
        assert is_editor(stores, viewer, today=day)
        assert edits_articles(stores, viewer, today=day)  # the same on a thread's page
        assert not is_editor(stores, viewer, today=day + timedelta(days=TERM_DAYS + 1))
