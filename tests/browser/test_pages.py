"""Every page of the service, for everybody who may open it, in every dress. See looking.py for what is looked at."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from playwright.sync_api import Browser

from app.access import rule_of
from tests.browser import tours as walks
from tests.browser.community_tours import (
    TO_EVERYBODY,
    TO_KEEPERS,
    TO_MEMBERS,
    TO_THE_COMPANY,
    tour_changed_charter,
    tour_community,
)
from tests.browser.conftest import Site, serve
from tests.browser.looking import SPOIL, Look, Notebook, Tour, take
from tests.browser.steps import sign_in as sign_in_as
from tests.browser.world import World, make_world
from tests.cast import Person, make_person

NOT_PAGES = {"static", "upkeep.health", "upkeep.ready", "pages.robots", "pages.service_worker"}
# walked with their steps in test_afresh.py and test_passkeys.py, and the last page of a member who has left in tests/app/leaving
NOT_PAGES |= {"accounts.start_afresh_code", "accounts.start_afresh_password", "accounts.start_afresh_recovery"}
NOT_PAGES |= {"queues.confirm_afresh", "accounts.add_passkey", "accounts.confirm_passkey", "leaving.goodbye"}
# what only a case, a held post or a question that waits for a coordinator has: read in tests/app/moderation and escalation
NOT_PAGES |= {"moderation.case", "moderation.held_post", "escalation.desk_question", "escalation.proposal"}
NOT_PAGES |= {"accounts.api_description"}  # a file; what else is called as it says is no page either
NOT_PAGES |= {"community.writing"}  # leads to the page where it stands
NOT_PAGES |= {"webinars.live", "webinars.calendar_file", "webinars.announcement"}  # a piece of a page, files
NOT_PAGES |= {"recognition.newest_award"}  # leads to the newest one
NOT_PAGES |= {"recognition.read_one"}  # walked with its year in test_awardee.py
NOT_PAGES |= {"recognition.certificate", "recognition.badge_key", "recognition.well_known"}  # files
NOT_PAGES |= {"insights.paper", "insights.sheet", "insights.stored"}  # files
NOT_PAGES |= {"pages.design", "pages.design_states"}  # test_design.py
NOT_PAGES |= {"questions.edit_post", "moderation.case_photo", "moderation.held_photo"}
NOT_PAGES |= {"questions.photo", "questions.company_photo", "questions.draft_photo", "queues.photo", "reading.photo"}


@dataclass
class Tours:
    """All tours over two networks, each walked once."""

    chromium: Browser
    new: Site
    full: World
    book: Notebook

    def all(self) -> dict[str, tuple[Site, Person | None, Tour]]:
        """Who walks where."""
        new, site, cast, world = self.new, self.full.site, self.full.site.cast, self.full
        return {
            "nothing yet": (new, make_or_find(new), walks.tour_nothing_yet),
            "too fast": (new, None, walks.tour_too_fast),
            "visitor": (site, None, walks.tour_visitor),
            "newcomer": (new, None, walks.tour_newcomer),
            "member": (site, cast.alice, partial(walks.tour_member, world=world)),
            "opened": (site, cast.dave, walks.tour_opened),
            "expert": (site, cast.bob, partial(walks.tour_expert, world=world)),
            "writer": (site, cast.carol, partial(walks.tour_writer, world=world)),
            "coordinator": (site, cast.erin, partial(walks.tour_coordinator, world=world)),
            "company": (site, cast.frank, partial(walks.tour_company, world=world)),
            "operator": (site, cast.heidi, walks.tour_operator),
            "auditor": (site, cast.oscar, walks.tour_auditor),
            "waiting": (site, cast.grace, walks.tour_waiting),
            "among members": (site, cast.alice, partial(tour_community, world=world, paths=TO_MEMBERS)),
            "keepers": (site, cast.erin, partial(tour_community, world=world, paths=TO_KEEPERS)),
            "guests": (site, cast.frank, partial(tour_community, world=world, paths=TO_THE_COMPANY)),
            "passers-by": (site, None, partial(tour_community, world=world, paths=TO_EVERYBODY)),
            "changed charter": (new, make_or_find(new), tour_changed_charter),
        }

    def walk(self, name: str) -> list[str]:
        """What was wrong on this tour."""
        if name not in self.book.troubles:
            site, person, tour = self.all()[name]
            sign_in = partial(sign_in_as, person=person) if person else lambda page: None
            take(self.chromium, site, self.book, name, tour, sign_in=sign_in)
        return self.book.troubles[name]


NAMES = (
    "nothing yet", "visitor", "newcomer", "member", "opened", "expert", "writer", "coordinator", "company", "operator", "auditor", "waiting",
    "among members", "keepers", "guests", "passers-by", "changed charter", "too fast",
)  # fmt: skip


def make_or_find(site: Site) -> Person:
    """Somebody who may open every page."""
    if "ivy" not in site.cast.people:
        roles = ("member", "coordinator", "analyst")
        site.cast.people["ivy"] = make_person(site.tools, "ivy", site.cast.organisations["D"], roles=roles)
    return site.cast["ivy"]


@pytest.fixture(scope="module")
def tours(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tours]:
    with (
        serve(tmp_path_factory.mktemp("new"), encoder="hash") as new,
        serve(tmp_path_factory.mktemp("full"), encoder="hash") as full,
    ):
        yield Tours(chromium, new, make_world(full), Notebook())


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wrong_on_any_page(tours: Tours, name: str) -> None:
    troubles = tours.walk(name)
    assert troubles == [], "\n" + "\n".join(troubles)


def test_every_page_is_looked_at(tours: Tours) -> None:
    for name in tours.all():
        tours.walk(name)
    rules = [rule for rule in tours.full.site.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    calls = {rule.endpoint for rule in rules if getattr(rule_of(tours.full.site.app, rule.endpoint), "scope", "")}
    assert {rule.endpoint for rule in rules} - tours.book.endpoints - calls == NOT_PAGES


def test_what_is_no_page_holds_no_page(tours: Tours) -> None:
    client = tours.full.site.app.test_client()
    for path in ("/healthz", "/readyz", "/robots.txt", "/static/robots.txt"):
        assert client.get(path).mimetype == "text/plain"


def test_what_is_wrong_is_seen(tours: Tours) -> None:
    book = Notebook()

    def tour(look: Look) -> None:
        arrived = look.page.goto("/contact")
        look.page.evaluate(SPOIL)
        look.at("spoiled", 200, arrived)
        look.page.evaluate("fetch('https://elsewhere.example/').catch(() => {})")

    take(tours.chromium, tours.new, book, "spoiled", tour, sign_in=lambda page: None)
    told = "\n".join(book.troubles["spoiled"])
    for words in ("'heads': 2", "'sideways': True", "BUTTON x", "image-alt", "color-contrast", "title “”", "console: "):
        assert words in told, words
