"""The two-state test: everything that everybody can read, before and after one anonymous post, differs only in it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.accounts.organisations import NewOrganisation
from app.accounts.service import add_organisations
from app.domains.models import Network
from tests.journeys.browser import Browser
from tests.journeys.simulation import ask, enrol
from tests.journeys.world import Person, World, opened

PASSWORD = "いけすの上の朝はやく"
RANDOM = re.compile(r'(name="(?:csrf_token|token)" value=")[^"]*|(csrf-token" content=")[^"]*|("X-CSRFToken": ?")[^"]*')
Pages = dict[tuple[str, str], str]


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Pages, Pages, str]]:
    """All pages before and after, and the new thread."""
    folder: Path = tmp_path_factory.mktemp("two-states")
    with opened(folder) as world:
        people = settle(world)
        ask_one(world, people[1], "前からある質問")
        browsers = [Browser(world.app, name="nobody"), *(world.sign_in(one, own_phone=True) for one in people[1:])]
        before = read_everything(world, browsers)
        thread = ask_one(world, people[0], "新しく出た質問")
        yield before, read_everything(world, browsers), thread


def settle(world: World) -> list[Person]:
    """An asker, three peers of other circles and a colleague of the asker."""
    tools, rng = world.tools, world.rng
    entries = [NewOrganisation(f"架空水産{n}") for n in range(24)]
    with tools.database.transaction("identity", "keys") as stores:
        made = add_organisations(stores, tools.vault, entries=entries, verified=True, rng=rng)
    with tools.database.transaction("content") as stores:
        seconds = tools.settings.window_seconds
        stores.content.add(Network(key=tools.trade.network.key, demo=False, window_seconds=seconds, small=False))
    attributes = {one.key: one.values[0].key for one in tools.trade.attributes}
    names = [("asker", 0), ("peer", 5), ("other", 11), ("third", 17), ("colleague", 0)]
    return [
        enrol(world, Person(name, f"{name}@mail.example", PASSWORD, made[at][0], ("ayu",), attributes, 1.0))
        for name, at in names
    ]


def ask_one(world: World, person: Person, title: str) -> str:
    """Ask, and wait for the window of a small network: the next day."""
    question = {"subject": "ayu", "topic": "disease", "title": title, "field_situation": "朝から食いが落ちています。"}
    thread = ask(world, world.sign_in(person), question | {"audience": "domain", "exclude": "", "urgent": ""})
    world.clock.move(hours=25)
    world.work()
    return thread


def read_everything(world: World, browsers: list[Browser]) -> Pages:
    """Every page of everybody but the asker, and of nobody; without what is random in each answer."""
    found: Pages = {}
    rules = [rule for rule in world.app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]
    for browser in browsers:
        paths = sorted(rule.rule for rule in rules)
        paths += browser.get("/threads").links("/threads/")
        for path in paths:
            answer = browser.get(path)
            found[browser.name, path] = f"{answer.status}\n{_headers(answer.headers)}\n{RANDOM.sub('', answer.text)}"
    return found


def _headers(text: str) -> str:
    return "\n".join(
        line for line in text.splitlines() if not line.startswith(("Set-Cookie", "Content-Length", "Date"))
    )


def test_a_post_changes_only_the_lists_it_stands_in(states: tuple[Pages, Pages, str]) -> None:
    before, after, thread = states
    changed = {place for place in before if after[place] != before[place]}
    assert {path for _, path in changed} <= {"/threads", "/"}, changed
    assert ("peer", "/threads") in changed
    assert not any(name in ("nobody", "colleague") for name, _ in changed)
    assert {path for _, path in set(after) - set(before)} == {f"/threads/{thread}"}
    assert "colleague" not in {name for name, _ in set(after) - set(before)}


def test_in_a_list_only_its_own_card_is_new(states: tuple[Pages, Pages, str]) -> None:
    before, after, thread = states
    for place in [place for place in before if after[place] != before[place]]:
        cards = re.findall(r"<article.*?</article>", after[place], re.DOTALL)
        own = [card for card in cards if thread in card]
        assert len(own) == 1, place
        rest = after[place].replace(own[0], "", 1)
        assert "".join(rest.split()) == "".join(before[place].split()), place
