"""A network over months, through the services: whatever its members do, what one of them told in a quarter hides them.

After every post all posts of its author's quarter are reckoned together over the people the table was counted over.
"""

import random
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from app.accounts import service as accounts
from app.accounts.identity import Identity, open_identity, seal_identity
from app.accounts.models import Member as MemberRow
from app.accounts.organisations import NewOrganisation, verify_organisation
from app.accounts.population import population
from app.accounts.rules import quarter_of
from app.accounts.sessions import make_viewer
from app.accounts.viewer import Viewer
from app.clock import JAPAN, SetClock, today
from app.db import Stores
from app.domains import service as domains
from app.domains.rules import ScopeTooFine, hidden_levels, next_quarter_of
from app.processes import refresh_crowds
from app.questions import crowd, service
from app.questions.exclusions import circles_of_names
from app.questions.pennames import PenNameRefused, find_pen, give_up_pen, take_pen
from app.questions.rules import Question
from app.questions.writing import due_window
from privacy.anonymity import SUBJECT, Member, Policy, cell_passes
from privacy.pseudonyms import MemberSecret, new_secret
from privacy.wraps import Cost
from tests.cast import come_in
from tests.conftest import claim, make_tools

AREAS = ("nagano", "gifu", "miyagi", "iwate")
ROLES = ("field", "manager")
SUBJECTS = ("rainbow-trout", "coho-salmon", "yellowtail")
ORGANISATIONS = 22
WRITERS = 5
WISH = {"area": st.integers(0, 2), "role": st.integers(0, 1), SUBJECT: st.integers(0, 1)}
ANY = st.integers(0, 10_000)


@dataclass(frozen=True)
class Told:
    """One post as it stands on the page, in the quarter of the day it comes out: group, subject or None, attribute → (level, value)."""

    quarter: int
    group: str
    subject: str | None
    values: Mapping[str, tuple[int, str]]
    pen: str

    @property
    def is_finer(self) -> bool:
        """Whether it tells more than its group."""
        return bool(self.subject or self.values)


class Network(RuleBasedStateMachine):
    """Twenty-odd organisations of one to six people."""

    base: Path

    def __init__(self) -> None:
        super().__init__()
        self.tools = make_tools(
            Path(tempfile.mkdtemp(dir=Network.base)), crowd_members=5, crowd_organisations=3, crowd_share=0.5
        )
        claim(self.tools, demo=False)
        self.people: dict[str, accounts.Enrolled] = {}
        self.told: dict[str, list[Told]] = {}
        self.waiting: list[str] = []
        self.crowds: dict[int, list[Member]] = {}
        self.names = 0
        self.began_afresh = False

    def teardown(self) -> None:
        self.tools.database.close()

    @initialize(seed=ANY)
    def begin(self, seed: int) -> None:
        rng = random.Random(seed)
        entries = [NewOrganisation(f"架空{n}") for n in range(ORGANISATIONS)]
        with self.tools.database.transaction("identity", "keys") as stores:
            made = accounts.add_organisations(stores, self.tools.vault, entries=entries, verified=True, rng=rng)
        self.organisations = [one for one, _ in made]
        self.enrol([at for at in self.organisations for _ in range(rng.randint(1, 6))], rng)
        self.count()

    def enrol(self, at: list[str], rng: random.Random) -> None:
        with self.tools.database.transaction("identity", "keys") as stores:
            secrets = [self.enrol_one(stores, organisation_id, rng) for organisation_id in at]
        come_in(self.tools, *secrets)

    def enrol_one(self, stores: Stores, organisation_id: str, rng: random.Random) -> MemberSecret:
        self.names += 1
        # who writes keeps two species, which few others do
        kinds, shares = [SUBJECTS[:1], SUBJECTS[:2], SUBJECTS[1:2], SUBJECTS[1:], SUBJECTS[2:]], [12, 2, 10, 1, 6]
        subjects = SUBJECTS[:2] if self.names <= WRITERS else rng.choices(kinds, shares)[0]
        attributes = {"area": rng.choices(AREAS, [5, 5, 4, 1])[0], "role": rng.choices(ROLES, [4, 1])[0]}
        one = accounts.enrol(
            stores, self.tools.vault, organisation_id=organisation_id, mail=f"m{self.names}@mail.example",
            password=None, attributes={**attributes, "size": "size-10-49", "tenure": "3-9"}, subjects=subjects,
            cost=Cost(1, 64, 1), today=self.day,
        )  # fmt: skip
        self.people[one.member_id], self.told[one.member_id] = one, []
        return one.secret

    @property
    def day(self) -> date:
        return today(self.tools.clock.now())

    @property
    def policy(self) -> Policy:
        return domains.policy_of(self.tools.settings)

    def count(self) -> None:
        """What the worker does at night; the people are noted here in their own words."""
        with self.tools.database.reading() as stores:
            people = population(stores, self.tools.vault, self.tools.trade, today=self.day)
            before = domains.open_table(stores, self.tools.trade).version
        refresh_crowds(self.tools)
        with self.tools.database.reading() as stores:
            after = domains.open_table(stores, self.tools.trade).version
        if after != before:
            self.crowds[after] = people

    def pick(self, n: int) -> accounts.Enrolled:
        return list(self.people.values())[n % len(self.people)]

    def writer(self, n: int) -> accounts.Enrolled:
        """One of the few who write, so that their posts come together."""
        return list(self.people.values())[n % WRITERS]

    def viewer(self, one: accounts.Enrolled) -> Viewer:
        with self.tools.database.reading() as stores:
            row = stores.identity.get_one(MemberRow, one.member_id)
            return make_viewer(stores, self.tools.vault, member=row, secret=one.secret, session_id="", today=self.day)

    # What happens

    @rule(at=ANY, seed=ANY)
    def join(self, at: int, seed: int) -> None:
        self.enrol([self.organisations[at % len(self.organisations)]], random.Random(seed))

    @rule(n=ANY)
    def leave(self, n: int) -> None:
        one = self.pick(n)
        with self.tools.database.transaction("identity") as stores:
            stores.identity.delete(stores.identity.get_one(MemberRow, one.member_id))
        del self.people[one.member_id]

    @rule(n=ANY, at=ANY, area=st.sampled_from(AREAS))
    def move_organisation(self, n: int, at: int, area: str) -> None:
        one = self.writer(n) if n % 3 == 0 else self.pick(n)
        at_organisation = self.organisations[at % len(self.organisations)]
        self.reseal(
            one, lambda old: {"organisation_id": at_organisation, "attributes": {**old.attributes, "area": area}}
        )

    def reseal(self, one: accounts.Enrolled, changed: Callable[[Identity], dict[str, Any]]) -> None:
        with self.tools.database.transaction("identity") as stores:
            row = stores.identity.get_one(MemberRow, one.member_id)
            key = self.tools.vault.data_key(stores, row.key_id)
            identity = open_identity(key, row)
            row.sealed = seal_identity(key, replace(identity, **changed(identity)), one.member_id)

    @rule(n=ANY, kinds=st.sets(st.sampled_from(SUBJECTS), min_size=1), area=st.sampled_from(AREAS))
    def change_work(self, n: int, kinds: set[str], area: str) -> None:
        """Other species and another area in the same organisation, as often as one likes."""
        self.reseal(
            self.writer(n),
            lambda old: {"subjects": tuple(sorted(kinds)), "attributes": {**old.attributes, "area": area}},
        )

    @rule(seed=ANY)
    def come(self, seed: int) -> None:
        """An organisation nobody has verified, with two people: they are no crowd for anybody."""
        with self.tools.database.transaction("identity", "keys") as stores:
            found, _ = accounts.add_organisation(
                stores, self.tools.vault, name=f"新顔{self.names}", verified=False, rng=random.Random(seed)
            )
        self.waiting.append(found)

    @precondition(lambda self: self.waiting)
    @rule(seed=ANY)
    def verify(self, seed: int) -> None:
        found, rng = self.waiting.pop(), random.Random(seed)
        with self.tools.database.transaction("identity") as stores:
            verify_organisation(stores, self.tools.vault, organisation_id=found, rng=rng)
        self.organisations.append(found)
        self.enrol([found], rng)

    @rule(n=ANY, wish=st.fixed_dictionaries(WISH))
    def choose_profile(self, n: int, wish: dict[str, int]) -> None:
        """Set, or changed when there is one."""
        viewer = self.viewer(self.writer(n))
        levels = {**hidden_levels(self.tools.trade), **wish}
        for _ in range(2):
            try:
                with self.tools.database.transaction("identity") as stores:
                    domains.choose_profile(
                        stores, self.tools.vault, self.tools.trade, viewer=viewer, levels=levels, policy=self.policy,
                        today=self.day,
                    )  # fmt: skip
            except ScopeTooFine as refused:
                levels = refused.coarser
            else:
                return
        raise AssertionError("what was offered was refused")

    @rule(n=ANY, wish=st.fixed_dictionaries(WISH), rival=ANY)
    def write_much(self, n: int, wish: dict[str, int], rival: int) -> None:
        """A profile, and posts in each of one's subjects as fine as it allows."""
        self.choose_profile(n, wish)
        for species in range(1, 4):
            self.post(n, species, dict.fromkeys(wish, 0), sign=species == 3, rival=rival)

    @rule(n=ANY, species=ANY, finer=st.fixed_dictionaries(WISH), sign=st.booleans(), rival=ANY)
    def post(self, n: int, species: int, finer: dict[str, int], *, sign: bool, rival: int) -> None:
        """One post, as fine as the profile allows where it is wished; every fifth in a subject of others."""
        viewer = self.viewer(self.writer(n))
        subject = SUBJECTS[species % 3] if species % 5 == 0 else viewer.subjects[species % len(viewer.subjects)]
        hidden = hidden_levels(self.tools.trade)
        profile = viewer.profile or hidden
        levels = {name: max(finer.get(name, last), profile[name]) for name, last in hidden.items()}
        for signed in (sign, False, False):
            try:
                self.ask(viewer, subject, levels, sign=signed, rival=rival)
            except ScopeTooFine as refused:
                levels = refused.coarser
            except PenNameRefused:
                continue
            else:
                return
        raise AssertionError("what was offered was refused")

    def ask(self, viewer: Viewer, subject: str, levels: Mapping[str, int], *, sign: bool, rival: int) -> None:
        tools = self.tools
        with tools.database.transaction("content", "keys") as stores:
            judged = crowd.judge(
                stores, tools.vault, tools.trade, viewer=viewer, subject=subject, levels=levels, policy=self.policy,
                today=self.day,
            )  # fmt: skip
            excluded = circles_of_names(stores, tools.vault, [f"架空{rival % ORGANISATIONS}"])
            service.ask(
                stores, tools.vault, tools.trade, viewer=viewer, window=tools.window, today=self.day, sign=sign,
                question=Question(subject, "disease", "餌を食べません", levels=levels), policy=self.policy,
                excluded=excluded,
            )  # fmt: skip
            pen = find_pen(stores, viewer.secret)
            due = due_window(stores, tools.window, Question(subject, "", "").audience, at_once=False)
        told = self.shown(viewer, subject, levels, pen.name if sign and pen else "", self.quarter_at(due))
        self.told[viewer.member_id].append(told)
        self.check(viewer, told, judged)

    def quarter_at(self, window: int) -> int:
        return quarter_of(today(window * self.tools.settings.window_seconds))

    def shown(self, viewer: Viewer, subject: str, levels: Mapping[str, int], pen: str, quarter: int) -> Told:
        trade, values = self.tools.trade, {}
        for one in trade.attributes:
            value = one.generalise(viewer.attributes[one.key], levels[one.key])
            if value is not None:
                values[one.key] = (levels[one.key], value)
        group = trade.group_of[subject].key
        return Told(quarter, group, subject if levels[SUBJECT] == 0 else None, values, pen)

    def check(self, viewer: Viewer, told: Told, judged: crowd.Judgement) -> None:
        for name, (level, _) in told.values.items():
            assert level >= viewer.profile[name], "finer than the profile"
        assert told.subject is None or viewer.profile[SUBJECT] == 0, "finer than the profile"
        own = {self.tools.trade.group_of[subject].key for subject in viewer.subjects}
        # a post under a group its author does not work in tells nothing of them: anybody may ask there
        posts = [one for one in self.read_with(viewer.member_id, told.quarter) if one.group in own]
        if told.is_finer:
            assert self.hidden(posts, judged.version), "the quarter together is no crowd"
        elif self.adds(told, posts, own) and not self.hidden(posts, judged.version):
            assert judged.thin, "nobody told the author"
        if told.pen:
            assert self.hidden(posts, judged.version), "the pen name joins too much"

    def adds(self, told: Told, posts: list[Told], own: set[str]) -> bool:
        """Whether a post of the group alone tells anything; after a fresh start only if it is the group's first."""
        return told.group in own and (not self.began_afresh or sum(one.group == told.group for one in posts) == 1)

    def read_with(self, member_id: str, quarter: int) -> list[Told]:
        """The posts of a quarter, with those of every quarter that a pen name joins to it, over any number of names."""
        told, quarters, before = self.told[member_id], {quarter}, 0
        while len(quarters) > before:
            before, pens = len(quarters), {one.pen for one in told if one.pen and one.quarter in quarters}
            quarters |= {one.quarter for one in told if one.pen in pens}
        return [one for one in told if one.quarter in quarters]

    def hidden(self, posts: list[Told], version: int) -> bool:
        alive: dict[str, str] = {one.key: one.organisation for one in self.crowds.get(version, [])}
        for post in posts:
            fits = {one.key for one in self.crowds.get(version, []) if one.group == post.group and self.fits(one, post)}
            alive = {key: name for key, name in alive.items() if key in fits}
        return cell_passes(alive.values(), self.policy)

    def fits(self, one: Member, post: Told) -> bool:
        by_key = {attribute.key: attribute for attribute in self.tools.trade.attributes}
        same = all(
            by_key[name].generalise(one.attributes[name], level) == value
            for name, (level, value) in post.values.items()
        )
        return same and (post.subject is None or post.subject in one.subjects)

    @rule(n=ANY)
    def take_a_pen_name(self, n: int) -> None:
        one = self.writer(n)
        with self.tools.database.transaction("content") as stores:
            if find_pen(stores, one.secret) is None:
                self.names += 1
                take_pen(stores, secret=one.secret, name=f"沖の{self.names}", own_names=[])

    @rule(n=ANY)
    def give_a_pen_name_up(self, n: int) -> None:
        with self.tools.database.transaction("content") as stores:
            give_up_pen(stores, secret=self.writer(n).secret)

    @rule(n=ANY)
    def begin_afresh(self, n: int) -> None:
        """Another secret, and no day of only reading, which would make it easier."""
        one = self.writer(n)
        self.began_afresh = True
        self.reseal(one, lambda _old: {"reset_day": self.day.toordinal()})
        self.people[one.member_id] = replace(one, secret=new_secret())
        come_in(self.tools, self.people[one.member_id].secret)  # whoever begins afresh promises anew

    @rule()
    def the_last_evening_of_a_quarter_comes(self) -> None:
        """What is written now comes out in the next."""
        last = datetime.combine(next_quarter_of(self.day) - timedelta(days=1), time(23, 40), JAPAN)
        if last.timestamp() > self.tools.clock.now():
            self.pass_hours((last.timestamp() - self.tools.clock.now()) / 3600)

    @rule()
    def an_hour_passes(self) -> None:
        self.pass_hours(1)

    @rule()
    def a_month_passes(self) -> None:
        self.pass_hours(24 * 31)

    @rule()
    def a_quarter_passes(self) -> None:
        self.pass_hours(24 * 92)

    def pass_hours(self, hours: float) -> None:
        assert isinstance(self.tools.clock, SetClock)
        self.tools.clock.move(hours=hours)
        with self.tools.database.transaction("identity") as stores:
            for n, one in enumerate(self.people.values()):
                if n % 7:  # the others go quiet
                    stores.identity.get_one(MemberRow, one.member_id).active_quarter = quarter_of(self.day)
        self.count()


SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
FAST = settings(max_examples=6, stateful_step_count=40, deadline=None, suppress_health_check=SLOW, derandomize=True)


def test_all_posts_of_a_quarter_leave_a_crowd(tmp_path: Path) -> None:
    Network.base = tmp_path
    run_state_machine_as_test(Network, settings=FAST)


@pytest.mark.parametrize("forgets", [False, True])
def test_posts_judged_one_by_one_are_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forgets: bool) -> None:
    """The mutant checks each post alone; the same steps with the real check go through."""
    Network.base = tmp_path
    rng, network = random.Random(4), Network()
    network.begin(4)
    if forgets:
        monkeypatch.setattr(crowd, "told_before", lambda *_: frozenset())
    finest = {"area": 1, "role": 1, SUBJECT: 0}
    caught: AbstractContextManager[object] = nullcontext()
    if forgets:
        caught = pytest.raises(AssertionError, match=r"the quarter together|nobody told|joins too much")
    with caught:
        write_on(network, rng, finest)


def write_on(network: Network, rng: random.Random, finest: dict[str, int]) -> None:
    """Fifteen times a writer who writes in every subject."""
    for _ in range(15):
        network.write_much(rng.randrange(WRITERS), finest, rng.randrange(9))
