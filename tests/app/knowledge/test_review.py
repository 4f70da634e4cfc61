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
from app.knowledge.rules import Told, next_told
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


def one(*numbers: int) -> list[frozenset[str]]:
    """A voice of each of these organisations."""
    return [frozenset({f"c{number:02}"}) for number in numbers]


def told(before: Told, good: list[frozenset[str]], bad: list[frozenset[str]] | None = None) -> tuple[int, int]:
    """What is told after another Monday."""
    after = next_told(before, good, bad or [])
    return after.standing.band, after.worked


def test_evidence_is_a_band_over_organisations_with_three_to_spare_besides_any_one() -> None:
    assert told(Told(), one(*range(8))) == (0, 0)
    assert told(Told(), one(*range(8)) * 3) == (0, 0)  # the same organisations once more
    assert told(Told(), one(*range(8)), one(8)) == (5, 4)
    assert told(Told(), one(*range(13))) == (5, 5)  # thirteen look like nine
    assert told(Told(), one(*range(12)), one(*range(12, 24))) == (20, 2)
    assert told(Told(), one(*range(9)), one(0)) == (5, 4)  # where its people disagree it did not work
    assert told(Told(), [], one(*range(9))) == (5, 0)
    touching = [frozenset({"a", "b"}), frozenset({"b", "c"})]
    assert told(Told(), [*touching, *one(*range(7))]) == (0, 0)  # circles that touch


def test_a_band_and_its_fifths_move_only_when_three_others_moved() -> None:
    nine = next_told(Told(), one(*range(9)), [])
    assert told(nine, one(*range(7))) == (5, 5)
    assert told(nine, one(*range(9)), one(9, 10, 11, 12)) == (5, 5)  # fifths wait for the band
    assert told(nine, one(*range(9)), one(*range(9, 15))) == (10, 3)
    assert told(nine, one(*range(4))) == (0, 0)


def test_who_took_their_word_back_is_heard_no_more_of_this_article() -> None:
    nine = next_told(Told(), one(*range(9)), [])
    without = next_told(nine, one(*range(8)), [])
    assert without.gone == {"c08"}
    again = next_told(without, one(*range(9)), [])
    assert (again.standing, again.gone) == (nine.standing, {"c08"})


def test_taps_and_the_words_on_its_sources_count_together_and_move_on_mondays(
    stage: Stage, tools: Toolbox, cast: Cast, clock: SetClock
) -> None:
    article_id = published(stage, cast)
    tap(tools, cast.carol, stage.thread_id, stage.posts[0], WORKED)
    publish(tools)
    others = [make_person(tools, f"reader{name}", make_organisation(tools, name)) for name in "EFGHIJKL"]
    for person in others[:7]:
        tell(tools, person, article_id, worked=person is not others[1])
        tell(tools, person, article_id, worked=person is not others[1])
    to_weekday(tools, clock, 0)
    keep_round(tools)
    assert (row_of(tools, article_id).reported, row_of(tools, article_id).worked) == (0, 0)  # eight organisations
    for person in (cast.erin, *others[7:]):
        tell(tools, person, article_id, worked=True)
    tell(tools, make_person(tools, "readerM", make_organisation(tools, "M")), article_id, worked=True)
    tell(tools, make_person(tools, "readerN", make_organisation(tools, "N")), article_id, worked=True)
    to_weekday(tools, clock, 1)
    keep_round(tools)
    assert row_of(tools, article_id).reported == 0  # not on a Tuesday
    to_weekday(tools, clock, 0)
    keep_round(tools)
    assert (row_of(tools, article_id).reported, row_of(tools, article_id).worked) == (5, 4)
    with tools.database.transaction("content") as stores:
        reporting.take_back(stores, tools.vault, viewer=viewer_of(tools, cast.erin), article=row_of(tools, article_id))
    keep_round(tools)
    row = row_of(tools, article_id)
    assert row.reported == 5  # one that goes takes no band along
    assert len(reporting.told_of(tools.vault, row).gone) == 1


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
