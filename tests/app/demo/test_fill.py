"""The plan written through the services: who can sign in, who sees what, what is left for the worker."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.accounts.models import Member, Organisation, Wrap
from app.accounts.service import sign_in
from app.accounts.sessions import make_viewer
from app.accounts.signin import password_cost
from app.accounts.viewer import Viewer
from app.cohorts.closing import is_out
from app.cohorts.reads import open_room
from app.cohorts.reads import own_list as cohort_list
from app.cohorts.terms import terms_open
from app.db import Stores
from app.demo.counting import working_days
from app.demo.fill import RECENT, claim, fill, work_in
from app.demo.material import load_material
from app.demo.plan import SLOTS, Plan, Size, make_plan
from app.demo_people import PEOPLE
from app.domains.claim import ForeignDatabase, claim_database
from app.domains.models import Network
from app.errors import NotThere
from app.escalation.reads import cards_for_coordinator
from app.ideas.board import Look
from app.ideas.board import board as idea_board
from app.ideas.models import Idea
from app.ideas.owed import overdue
from app.ideas.rules import STATES
from app.inbox.labels import own_labels
from app.insights.keyring import ReporterKeys
from app.insights.reads import periods
from app.jobs.models import Job
from app.moderation.reads import desk
from app.notices.service import notes_of
from app.processes import make_worker
from app.questions.access import scope_parts
from app.questions.duplicates import SAME
from app.questions.lockers import OWNER, own_threads
from app.questions.models import Mark, Pending, Post, Thread
from app.questions.reads import thread_card
from app.queues.experts import handles_of
from app.tallies.models import TallyBox
from app.wiring import Toolbox
from tests.app.queues.stage import all_offers
from tests.conftest import make_tools

TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Demo:
    """A small filled demo."""

    tools: Toolbox
    plan: Plan
    steps: int

    def viewer(self, key: str) -> Viewer:
        """A one-tap person, signed in."""
        settings, vault = self.tools.settings, self.tools.vault
        with self.tools.database.reading() as stores:
            mail = next(one.mail for one in PEOPLE if one.key == key)
            cost = password_cost(settings)
            found = sign_in(stores, vault, mail=mail, password=settings.demo_password, cost=cost)
            member = stores.identity.get_one(Member, found.member_id)
            return make_viewer(stores, vault, member=member, secret=found.secret, session_id="", today=TODAY)


COMMUNITY = (
    "article_answered",
    "article_changed",
    "article_out",
    "notice",
    "pick_said",
)  # what articles leave to be told


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    tools = make_tools(tmp_path_factory.mktemp("demo"), demo=True, mail="outbox", window_seconds=5)
    plan = make_plan(load_material(tools.trade), tools.trade, today=TODAY, size=Size(organisations=24, cases=36))
    assert claim(tools)
    steps: list[int] = []
    done = fill(tools, plan, progress=steps.append)
    assert done.threads == len(plan.threads) > 60
    yield Demo(tools, plan, sum(steps))
    tools.database.close()


def test_everything_of_the_plan_is_there(demo: Demo) -> None:
    with demo.tools.database.reading() as stores:
        states = _counts(stores, Thread.state)
        posts = stores.content.scalar(select(func.count()).select_from(Post))
        people = stores.identity.scalar(select(func.count()).select_from(Member))
        assert stores.content.scalar(select(func.count()).select_from(Pending)) == 0
        kinds, taps = _counts(stores, Post.kind), stores.content.scalar(select(func.count()).select_from(Mark))
    assert taps == sum(len(one.accepted) + len(one.worked) for one in demo.plan.threads) + 2  # a flag, one that worked
    assert kinds["outcome"] > 0 < sum(len(one.worked) for one in demo.plan.threads)
    assert states["accepted"] == sum(bool(one.accepted) for one in demo.plan.threads)
    assert states["waiting"] + states["ended"] == sum(one.is_open for one in demo.plan.threads) >= 4
    assert states["ended"] == states["likely"] == 1
    assert posts == sum(len(one.posts) for one in demo.plan.threads)
    assert people == len(demo.plan.members)
    assert demo.steps == work_in(demo.plan)


def test_nothing_is_dated_today_or_later(demo: Demo) -> None:
    with demo.tools.database.reading() as stores:
        assert (stores.content.scalar(select(func.max(Thread.published_day))) or 0) < TODAY.toordinal()
        assert (stores.content.scalar(select(func.max(Post.published_day))) or 0) < TODAY.toordinal()
        assert (stores.content.scalar(select(func.max(Thread.published_window))) or 0) < demo.tools.window


def test_the_past_was_counted_by_the_reporter_on_its_own_days(demo: Demo) -> None:
    days = list(working_days(demo.plan).values())
    assert days[0] == date(2026, 1, 1)
    assert days[-1] == date(2026, 10, 15)
    with demo.tools.database.reading() as stores:
        cards = {card.key: card for card in periods(stores, today=TODAY)}
        boxes = Counter(stores.content.scalars(select(TallyBox.period)))
    assert [cards[f"2026Q{number}"].state for number in (1, 2, 3, 4)] == ["without"] * 3 + ["collecting"]
    assert all(cards[key].plan.yearly for key in ("2026", "2026Q3"))  # type: ignore[union-attr]  # 24 organisations
    assert set(boxes) == {"2026"}
    assert boxes["2026"] > 10
    assert set(ReporterKeys(demo.tools.settings.reporter_folder).periods()) == {"2026", "2026Q4", "2027", "2027Q1"}


def test_the_board_of_ideas_looks_lived_in(demo: Demo) -> None:
    with demo.tools.database.reading() as stores:
        states, (late, more) = _counts(stores, Idea.state), overdue(stores, demo.tools.vault, today=TODAY)
        board = idea_board(stores, demo.tools.vault, demo.tools.trade, look=Look(demo.viewer("practitioner"), TODAY))
    assert set(states) == set(STATES)
    assert sum(states.values()) >= 12
    assert ([one.title for one in late], more) == (["溶存酸素の警報を、寝ている人から順に鳴らさない"], False)
    assert len(board.new) >= 4
    assert len(board.cards) >= 8


def test_circles_are_those_of_the_plan(demo: Demo) -> None:
    planned = {one.circle for one in demo.plan.organisations if one.circle}
    with demo.tools.database.reading() as stores:
        found = list(stores.identity.scalars(select(Organisation.circle).where(Organisation.verified)))
    assert len(set(found)) == len(planned)
    assert demo.viewer("practitioner").circle == demo.viewer("colleague").circle
    assert len({demo.viewer(key).circle for key in ("practitioner", "expert-one", "expert-two", "coordinator")}) == 4


def test_the_nine_sign_in_and_nobody_else_has_a_wrap(demo: Demo) -> None:
    viewers = {one.key: demo.viewer(one.key) for one in PEOPLE}
    with demo.tools.database.reading() as stores:
        wrapped = set(stores.identity.scalars(select(Wrap.member_id)))
    assert wrapped == {one.member_id for one in viewers.values()}
    assert viewers["coordinator"].roles == {"member", "coordinator"}
    assert viewers["analyst"].roles == {"analyst"}
    assert viewers["outsider"].roles == {"waiting"}


def test_the_colleague_cannot_see_what_the_practitioner_asked(demo: Demo) -> None:
    asker, colleague, other = (demo.viewer(key) for key in ("practitioner", "colleague", "expert-one"))
    vault, trade = demo.tools.vault, demo.tools.trade
    with demo.tools.database.reading() as stores:
        mine = [one.thread for one in own_threads(stores, asker.secret) if one.part == OWNER]
        assert 2 <= len(mine) <= 4
        for thread_id in mine:
            card = thread_card(stores, vault, trade, viewer=asker, thread_id=thread_id)
            assert card.is_author
            assert thread_card(stores, vault, trade, viewer=other, thread_id=thread_id).title == card.title
            with pytest.raises(NotThere):
                thread_card(stores, vault, trade, viewer=colleague, thread_id=thread_id)


def test_the_worker_is_left_one_job_a_thread_and_routes_only_open_ones(demo: Demo) -> None:
    with demo.tools.database.reading() as stores:
        kinds = _counts(stores, Job.kind)
    answered = sum(bool(one.posts) and SLOTS - one.at < RECENT for one in demo.plan.threads)
    alone = {kind: number for kind, number in kinds.items() if kind not in COMMUNITY}
    assert alone == {"index": len(demo.plan.threads), "remind": answered, "route": 1, "stage": 1}
    assert max(kinds.get(kind, 0) for kind in COMMUNITY) < len(demo.plan.threads)  # by articles and picks
    make_worker(demo.tools).run_until_idle()
    experts = {handle for key in ("expert-one", "expert-two") for handle in handles_of(demo.viewer(key)).values()}
    with demo.tools.database.reading() as stores:
        found = all_offers(stores, demo.tools.vault)
        offered = [(one.inbox, stores.content.get_one(Thread, one.thread_id).state) for one in found]
        waiting = stores.content.scalar(select(func.count()).where(Thread.state == "waiting"))
    assert waiting == 0
    assert {state for _, state in offered} == {"asked"}
    assert experts & {inbox for inbox, _ in offered}


def test_something_is_going_on_this_morning(demo: Demo) -> None:
    asker, expert, coordinator = (demo.viewer(key) for key in ("practitioner", "expert-one", "coordinator"))
    vault, trade, window = demo.tools.vault, demo.tools.trade, demo.tools.window
    with demo.tools.database.reading() as stores:
        waiting = cards_for_coordinator(stores, vault, trade, viewer=coordinator)
        assert [one.title != "" and one.may_invite for one in waiting] == [True]
        turns = [turn.kind for turn in waiting[0].course.turns]
        assert turns[:2] + turns[3:] == ["first", "second", "domain", "coordinator"]
        assert [(one.kind, one.part) for one in desk(stores, vault, trade, viewer=coordinator, window_seconds=5)] == [
            ("flag", "answer")
        ]
        labels = [own_labels(stores, trade, one.secret).all for one in (asker, expert)]
        told = [{one.kind for one in notes_of(stores, vault, found, window=window)} for found in labels]
        linked = [
            one.id
            for one in stores.content.scalars(select(Thread))
            if scope_parts(vault, one).get(SAME) and one.published_window < window
        ]
    assert told[0] >= {"course_coordinator", "course_ended"}
    assert "accepted" in told[1]
    assert len(linked) == 2


def test_a_real_service_refuses_the_demo_database(demo: Demo) -> None:
    with pytest.raises(ForeignDatabase, match="belongs to the demo"):
        _claim(demo.tools, demo=False)


def test_another_network_or_window_is_refused(demo: Demo) -> None:
    with pytest.raises(ForeignDatabase, match="belongs to the network aquaculture"):
        _claim(demo.tools, demo=True, key="customer-success")
    with pytest.raises(ForeignDatabase, match="windows of 5 s"):
        _claim(demo.tools, demo=True, window_seconds=3600)


def test_the_demo_takes_its_own_database_again(demo: Demo) -> None:
    assert not claim(demo.tools)


def test_the_demo_refuses_a_database_it_did_not_create(tools: Toolbox) -> None:
    with tools.database.transaction("identity") as stores:
        stores.identity.add(Organisation(id="1" * 32, circle="2" * 32, verified=True, code_index="3", sealed=b"x"))
    with pytest.raises(ForeignDatabase, match="did not create"):
        claim(tools)
    with tools.database.reading() as stores:
        assert stores.content.scalars(select(Network)).first() is None


def test_the_demo_refuses_a_real_services_database_without_a_single_post(tools: Toolbox) -> None:
    assert _claim(tools, demo=False)
    with pytest.raises(ForeignDatabase, match="belongs to the real service"):
        claim(tools)


def _counts(stores: Stores, column: InstrumentedAttribute[str]) -> dict[str, int]:
    return {row[0]: row[1] for row in stores.content.execute(select(column, func.count()).group_by(column))}


def _claim(tools: Toolbox, *, demo: bool, key: str = "aquaculture", window_seconds: int = 5) -> bool:
    with tools.database.transaction("content") as stores:
        return claim_database(stores, key=key, demo=demo, window_seconds=window_seconds)


def test_the_practitioner_sits_in_a_cohort_and_finished_another(demo: Demo) -> None:
    """Week four with canvases in versions and check-ins; a closing note that readers have; a term to join."""
    tools, viewer = demo.tools, demo.viewer("practitioner")
    with tools.database.reading() as stores:
        own = cohort_list(stores, tools.vault, viewer)
        states = {one.state(TODAY): one.seat.cohort_id for one in own}
        assert set(states) == {"on", "over"}
        room = open_room(stores, tools.vault, tools.trade, viewer=viewer, cohort_id=states["on"], today=TODAY)
        past = open_room(stores, tools.vault, tools.trade, viewer=viewer, cohort_id=states["over"], today=TODAY)
        assert is_out(stores, past.course)
        assert terms_open(stores, tools.vault, today=TODAY)
    assert room.term.week(TODAY) == 4
    assert room.has_leader
    assert len(room.of("checkin")) >= 8
    assert len(room.canvases()[str(room.me.number)]) == 2
    assert room.stamps[:4] == (True, True, False, True)
