"""The two-state test: everything that everybody can read, with and without one thing somebody did, differs only in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.questions.endorsing import VOICES
from app.questions.models import Endorsement
from app.queues.models import Expert
from tests.app.escrow.makers import ask_for
from tests.app.questions.makers import set_profile
from tests.app.questions.pictures import jpeg_with_everything
from tests.journeys.browser import Browser
from tests.journeys.twins import (
    DESK,
    FIRST,
    STOOD,
    Base,
    Do,
    Pages,
    ask_one,
    bring_idea,
    changed,
    logs_that_moved,
    make_base,
    next_day,
    opt_in,
    read_everything,
    reply,
    wishing,
    without,
)
from tests.journeys.world import World

SECURITY, CONTENT = "安全の記録", "本文の記録"
NEW = "new"  # the path of a thread, idea or note that the other network does not have
WORDS = "/words"  # a coordinator's word is wished with some posts
WAITS = frozenset({"/", "/inbox", "/desk"})  # where a coordinator is told so
GLASS = ("/break-glass", "/who-sees-what")
MENU = "/help-out"  # few deeds of each time: a new one takes another's place
LISTS = frozenset({"/", "/square", "/help-out", "/threads", "/company", "/queue", "/unrouted", "/mine"})


@dataclass(frozen=True)
class Act:
    """What somebody does: where others may read a difference, and whether it happens after the day has passed."""

    do: Do
    paths: frozenset[str] = frozenset()  # {hers}, {theirs}: pages of a thread; NEW: of the one that is new
    about: tuple[str, ...] = ()  # whose card in a list may differ
    logs: frozenset[str] = frozenset()
    late: bool = False
    own: frozenset[str] = frozenset()  # whose page about themselves tells them of it
    told: frozenset[str] = frozenset()  # whose inbox tells them
    must: tuple[str, str] | None = None  # somewhere the difference is read, or the comparison sees nothing


def ask_with_photo(world: World, base: Base) -> None:
    browser = base.browser(world, "asker")
    form = browser.get("/ask").form("/ask/preview")
    question = {"subject": "ayu", "topic": "disease", "title": "写真を見てください", "audience": "domain"}
    fields = form.filled(**question, field_situation="えらの色が薄いです。")
    files = (BytesIO(jpeg_with_everything()), "ike-no-shashin.jpg")
    data = {name: value for name, value in fields.items() if name != "photos"} | {"photos": files}
    kept = browser.client.post("/ask/preview", data=data, content_type="multipart/form-data")
    assert kept.status_code == 303
    assert browser.submit(browser.get("/ask/preview"), "/ask/publish").status == 303


def accept(world: World, base: Base) -> None:
    browser, path = base.browser(world, "asker"), f"/threads/{base.hers}"
    assert browser.post(f"{path}/accept", browser.get(path).form(f"{path}/accept").fields).status == 303


def worked(world: World, base: Base) -> None:
    browser, path = base.browser(world, "other"), f"/threads/{base.hers}"
    assert browser.post(f"{path}/worked", browser.get(path).form(f"{path}/worked").fields).status == 303


def thank(world: World, base: Base) -> None:
    browser, path = base.browser(world, "asker"), f"/threads/{base.hers}"
    (page,) = re.findall(rf"{path}/posts/[0-9a-f]{{32}}/thanks", browser.get(path).text)
    assert browser.submit(browser.get(page), page, choice="helped").status == 303


def endorse(world: World, base: Base) -> None:
    """Three voices. Of those who read everything one is among them, and sees their own button pressed."""
    for name in ("asker", "other", "third"):
        browser, path = base.browser(world, name), f"/threads/{base.hers}"
        assert browser.post(f"{path}/endorse", browser.get(path).form(f"{path}/endorse").fields).status == 303
    with world.tools.database.reading() as stores:
        assert len(list(stores.content.scalars(select(Endorsement.label)))) >= VOICES


def leave(world: World, base: Base, texts: str) -> None:
    browser = base.browser(world, "asker")
    fields = {"texts": texts, "sure": "1", "current": base.people["asker"].password}
    assert browser.submit(browser.get("/leaving/leave"), "/leaving/leave", **fields).status == 303


def post_one(world: World, base: Base, page: str, action: str, **fields: object) -> None:
    browser: Browser = base.browser(world, "asker")
    assert browser.submit(browser.get(page), action, **fields).status == 303


def keep_a_draft(world: World, base: Base) -> None:
    fields = {"subject": "ayu", "topic": "feed", "title": "まだ出していません", "field_situation": "考えています。"}
    post_one(world, base, "/ask", "/ask/preview", **fields)


def do_all_that_is_quiet(world: World, base: Base) -> None:
    """Together, since nothing of it may show: a pen name, a profile, a draft, letters twice a day, a new expert, a
    pause."""
    post_one(world, base, "/pen-name", "/pen-name", name="波まかせ")
    set_profile(world.tools, base.people["asker"], area=0)  # type: ignore[arg-type]
    keep_a_draft(world, base)
    post_one(world, base, "/account", "/account/digest", wanted="1")
    opt_in(world, base, "third")
    post_one(world, base, "/leaving", "/leaving/pause")


def idea(world: World, base: Base) -> None:
    bring_idea(world, base, "asker", "餌の記録を続けやすくしたい")


def note(world: World, base: Base) -> None:
    words = {
        "title": "網替えの朝に決めていること",
        "body": "前の晩に餌を切ります。",
        "subject": "ayu",
        "audience": "domain",
    }
    browser: Browser = base.browser(world, "asker")
    sent = browser.submit(browser.get("/articles/new"), "/articles/new", **words)
    assert browser.submit(sent, "/articles/new").status == 303  # what each reader would see stands before it


def vote(world: World, base: Base) -> None:
    post_one(world, base, f"/ideas/{base.idea}", f"/ideas/{base.idea}/vote")


def sign_up(world: World, base: Base) -> None:
    post_one(world, base, f"/sessions/{base.session}", f"/sessions/{base.session}/sign-up")


HERS, THEIRS = frozenset({"{hers}"}), frozenset({"{theirs}"})
OWN, PEER = "/queue/settings", frozenset({"peer"})
INBOX = frozenset({"/inbox", "/inbox/first"})
OUT = frozenset({CONTENT})  # the log of what is published counts one more
ACTS = {
    "a question": Act(
        lambda world, base: ask_one(world, base, "asker", "新しく出た質問"),
        paths=LISTS | {NEW, WORDS}, about=(NEW,), logs=OUT, must=("other", "/threads"),
    ),
    "a question with a photo": Act(ask_with_photo, paths=LISTS | {NEW, WORDS}, about=(NEW,), logs=OUT,
                                   must=("other", "/threads")),
    "a question to a few": Act(
        lambda world, base: ask_one(world, base, "asker", "数人だけに聞く質問", audience="experts"),
        paths=frozenset({"/queue", "/", "/square", "/help-out", NEW, WORDS, "/unrouted"}), about=(NEW,), logs=OUT, must=("peer", "/queue"),
    ),
    "an answer": Act(
        lambda world, base: reply(world, base, "asker", base.theirs, "answer", "もうひとつ、朝の水温も見てください。"),
        paths=LISTS | THEIRS | {WORDS}, about=("{theirs}",), logs=OUT, must=("other", "{theirs}"),
    ),
    "a follow-up": Act(
        lambda world, base: reply(world, base, "asker", base.hers, "followup", "測ってみました。"),
        paths=LISTS | HERS, about=("{hers}",), logs=OUT, must=("other", "{hers}"),
    ),
    "accepting": Act(accept, paths=LISTS | HERS, about=("{hers}",), own=PEER, told=PEER, must=("other", "{hers}")),
    "a tap that waits": Act(accept, late=True),
    "it worked for a reader": Act(worked, paths=HERS, must=("peer", "{hers}")),
    "thanks": Act(thank, paths=HERS, told=PEER, must=("peer", "{hers}")),
    "endorsements": Act(endorse, paths=HERS, must=("other", "{hers}")),
    "leaving with one's words": Act(
        lambda world, base: leave(world, base, "withdraw"),
        paths=LISTS | HERS | THEIRS | {WORDS}, about=("{hers}", "{theirs}"), logs=frozenset({SECURITY}), own=PEER,
        told=PEER,  # whose question has lost its answer is not asked any more whether it helped
        must=("other", "{hers}"),
    ),
    "leaving without them": Act(
        lambda world, base: leave(world, base, "keep"), paths=frozenset({"{hers}", "/threads", "/company", WORDS}),
        about=("{hers}",), logs=frozenset({SECURITY}),
    ),
    "pen name, profile, draft, letters, expert, pause": Act(do_all_that_is_quiet),
    "a question that waits": Act(lambda world, base: ask_one(world, base, "asker", "まだ待っている質問"), late=True),
    "an idea": Act(
        idea, paths=frozenset({"/ideas", "/ideas/desk", NEW, WORDS}),
        logs=OUT, must=("other", "/ideas"),
    ),
    "a note": Act(note, paths=frozenset({"/articles", NEW, WORDS}), logs=OUT, must=("other", "/articles")),
    "a vote": Act(vote),
    "a sign-up": Act(sign_up),
    "a break-glass request": Act(
        lambda world, base: ask_for(world.tools, base.hers), paths=frozenset({"/break-glass", "/who-sees-what"}),
        logs=frozenset({SECURITY, CONTENT}), must=("other", "/break-glass"),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return make_base(tmp_path_factory.mktemp("twins"))


@pytest.fixture(scope="module")
def control(base: Base, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """The network in which nothing happened."""
    with base.again(tmp_path_factory.mktemp("control") / "data") as world:
        next_day(world)
        yield read_everything(world, base)


def live(world: World, base: Base, act: Act) -> None:
    """The day of the control, and the act before or after it."""
    if act.late:
        next_day(world)
    with wishing(True):
        act.do(world, base)
    if not act.late:
        next_day(world)


@pytest.mark.parametrize("name", ACTS)
def test_only_that_is_different(base: Base, control: Pages, tmp_path: Path, name: str) -> None:
    act = ACTS[name]
    with base.again(tmp_path / "data") as world:
        live(world, base, act)
        after = read_everything(world, base)
        ids = {"{hers}": base.hers, "{theirs}": base.theirs, NEW: the_new_one(world, base)}
    allowed = {f"/{part}/{ids[one]}" for one in act.paths & set(ids) for part in STOOD}
    allowed |= act.paths
    found = changed(control, after)
    if act.must:
        assert (act.must[0], f"/threads/{ids[act.must[1]]}" if act.must[1] in ids else act.must[1]) in found
    heads = {place for place in found if place[1] == "/log-heads"}
    assert {log for place in heads for log in logs_that_moved(control[place], after[place])} == act.logs
    for who, path in sorted(found - heads):
        if path.startswith("/queue/") and (who, path) not in control:
            assert "/queue" in act.paths, "an offer of the new question"
            continue
        is_told = (path == OWN and who in act.own) or (path in INBOX and who in act.told)
        assert path in allowed or is_told or (desk_of(who, act) and path in WAITS), (who, path)
        if path == MENU:
            assert who not in ("colleague", "nobody", "outsider"), who
        elif path in LISTS:
            marks = tuple(ids[one] for one in act.about) + offers_in(after.get((who, "/queue"), ""), control, who)
            told = desk_of(who, act) or (FIRST if who in act.told else None)
            one, two = (
                without(pages[who, path], marks, told=told if path == "/" else None) for pages in (control, after)
            )
            assert one == two, (who, path)
    silent = {(who, path) for who, path in found - heads if who in ("nobody", "outsider") and path not in GLASS}
    assert silent == set()
    assert not any(who == "colleague" and ids["{hers}"] in path for who, path in found)


def desk_of(who: str, act: Act) -> re.Pattern[str] | None:
    """What a coordinator's first page says of the words that wait on the desk; nothing for anybody else."""
    return DESK if who == "coordinator" and WORDS in act.paths else None


def the_new_one(world: World, base: Base) -> str:
    with world.tools.database.reading() as stores:
        found = {one for table in STOOD.values() for one in stores.content.scalars(select(table.id))}
    return next(iter(found - {base.hers, base.theirs, base.idea, base.session}), "nothing is new")


def offers_in(page: str, control: Pages, who: str) -> tuple[str, ...]:
    """Paths of offers in a queue that the other network's does not have."""
    paths = set(re.findall(r"/queue/[0-9a-f]{32}", page))
    return tuple(paths - set(re.findall(r"/queue/[0-9a-f]{32}", control.get((who, "/queue"), ""))))


def test_a_count_on_one_page_would_be_seen(base: Base, control: Pages, tmp_path: Path) -> None:
    """The mutant: a page that tells how many experts there are."""
    with base.again(tmp_path / "data") as world:
        world.app.after_request(lambda response: with_count(world, response))
        next_day(world)
        one = read_everything(world, base)
        opt_in(world, base, "third")
        two = read_everything(world, base)
    assert changed(one, two)


def with_count(world: World, response: Response) -> Response:
    with world.tools.database.reading() as stores:
        response.headers["X-Experts"] = str(len(list(stores.content.scalars(select(Expert.handle)))))
    return response
