"""The part of the canary story that is played around the questions: sessions, a cohort, a public article, a word, an
invitation. Every word is typed where a person would have typed it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from sqlalchemy import select

from app.accounts.models import Organisation
from app.clock import JAPAN, today
from tests.journeys.browser import Answer, Browser
from tests.journeys.canary_story import PROMPT, Scene, enrol_as, person
from tests.journeys.simulation import enrol
from tests.journeys.world import Person, World


@dataclass
class Around:
    """The people beside author and expert: a coordinator and two members of circles of their own; and where they met."""

    desk: Person
    mates: tuple[Person, Person]
    sessions: tuple[str, str] = ("", "")  # in words; by video
    cohort: str = ""
    article: str = ""


def play_around(scene: Scene) -> Around:
    """All of it, over seven weeks."""
    around = meet(scene)
    hand_out_an_invitation(scene)
    say_words(scene, around)
    publish_an_article(scene, around)
    hold_sessions(scene, around)
    sit_in_a_cohort(scene, around)
    return around


def meet(scene: Scene) -> Around:
    """Three more people, of three more circles."""
    world, planted = scene.world, scene.planted
    with world.tools.database.reading() as stores:
        circles = {
            row.id: row.circle for row in stores.identity.scalars(select(Organisation).where(Organisation.verified))
        }
    taken, homes = {circles[scene.author.organisation], circles[scene.expert.organisation]}, []
    for home in world.codes:
        if home in circles and circles[home] not in taken:
            taken.add(circles[home])
            homes.append(home)
    desk = person(world, planted, "elsewhere", homes[0])
    enrol_as(world, desk, ("member", "coordinator"))
    one, other = (enrol(world, person(world, planted, f"mate{n}", homes[n])) for n in (1, 2))
    return Around(desk, (one, other))


def typed(browser: Browser, page: str, action: str = "", **words: object) -> Answer:
    """Fill in a form and send it, and once more where the second look asks whether it should stay as it is."""
    action = action or page
    answer = browser.submit(browser.get(page), action, **words)
    if answer.status == 422 and 'name="seen"' in answer.text:
        kept = dict.fromkeys(re.findall(r'name="(do-[^"]+)"', answer.text), "keep")
        answer = browser.submit(answer, action, **kept)
    assert answer.status == 303, (page, action, answer.status, re.findall(r'class="error[^>]*>([^<]+)', answer.text))
    return answer


def days(world: World, number: float) -> None:
    """So many days, one by one."""
    for _ in range(int(number)):
        world.clock.move(hours=24)
        world.work()
    world.clock.move(hours=24 * (number % 1) + 1)
    world.work()


def to_the_minute(world: World, day: date, minutes: int) -> None:
    """Put the clock at a minute of a day."""
    at = datetime.combine(day, time(), JAPAN).timestamp() + minutes * 60
    world.clock.move(seconds=at - world.clock.now())
    world.work()


# ---------------------------------------------------------------- small things


def hand_out_an_invitation(scene: Scene) -> None:
    """The author takes one; its code is shown this once."""
    own = scene.world.sign_in(scene.author)
    shown = own.submit(own.get("/invitations"), "/invitations")
    code = re.search(r"<code>([A-Z0-9-]{14})</code>", shown.text)
    assert code
    scene.planted.by_kind["invitation"] = [code[1]]


def say_words(scene: Scene, around: Around) -> None:
    """The coordinator says a word to everybody who wished one."""
    desk = scene.world.sign_in(around.desk)
    wished = desk.get("/words").links("/words/")
    assert wished
    answers = scene.planted.of("answer", "company answer", "waiting answer") + scene.planted.of("idea")[3:]
    for path in wished:
        shown = desk.get(path).text
        kind = "word to the expert" if any(one in shown for one in answers) else "word to the author"
        typed(desk, path, text=PROMPT + scene.planted.word(kind))
    days(scene.world, 1)


# ---------------------------------------------------------------- an article for everybody


def publish_an_article(scene: Scene, around: Around) -> None:
    """Another's draft from the expert's answers, both agree, the coordinator lets it out, and a visitor reads it."""
    world, planted, (mate, _) = scene.world, scene.planted, around.mates
    editor = world.sign_in(mate)
    typed(editor, "/articles/desk", "/articles/desk/join")
    pages = [(f"/articles/from/{one}", editor.get(f"/articles/from/{one}")) for one in scene.threads]
    path, page = next((path, page) for path, page in pages if 'name="post"' in page.text)
    posts = re.findall(r'name="post" value="([0-9a-f]{32})"', page.text)
    draft = urlsplit(editor.post(path, page.form(path).filled(post=posts)).location).path
    keeps = {f"keep-{post}": "1" for post in posts}
    typed(editor, draft, title=planted.word("public article"), body=PROMPT + planted.word("public article"),
          audience="public", **keeps)  # fmt: skip
    around.article = f"/articles/{draft.rpartition('/')[2]}"
    days(world, 1)
    for who in (scene.author, scene.expert):
        browser = world.sign_in(who)
        asked = [
            one for one in browser.get("/articles/asked").links("/articles/asked/") if browser.get(one).has_form(one)
        ]
        assert asked, who.name
        for one in asked:
            typed(browser, one, word="yes")
    days(world, 1)
    desk = world.sign_in(around.desk)
    second = next(one for one in desk.get("/articles/desk").links("/articles/desk/") if len(one) > 40)
    typed(desk, second, word="publish")
    days(world, 1)
    assert planted.of("public article")[0] in Browser(world.app).get(around.article).text


# ---------------------------------------------------------------- sessions


def hold_sessions(scene: Scene, around: Around) -> None:
    """Two of them: the expert lectures, a mate signs up and looks into the room, the author asks, a summary comes out."""
    world, (mate, _) = scene.world, around.mates
    link = f"https://{scene.planted.latin('video link')}.example/{scene.planted.latin('video link')}"
    day = today(world.clock.now()) + timedelta(days=6)
    text = announce_one(scene, around, day=day.isoformat(), begins="19:30", form="text")
    video = announce_one(scene, around, day=day.isoformat(), begins="18:00", form="video", link=link)
    around.sessions = (text, video)
    for who, session in ((mate, video), (scene.author, text)):
        browser = world.sign_in(who)
        typed(browser, session, f"{session}/sign-up", mail="1")
        assert browser.get(f"{session}/calendar.ics").status == 200
    typed(world.sign_in(scene.author), text, f"{text}/questions", text=PROMPT + scene.planted.word("session question"))
    days(world, 1)
    to_the_minute(world, day, 18 * 60 + 5)
    assert link in world.sign_in(mate).get(f"{video}/room").text
    to_the_minute(world, day, 19 * 60 + 35)
    lecturer = world.sign_in(scene.expert)
    typed(lecturer, text, f"{text}/say", text=PROMPT + scene.planted.word("session line"))
    world.work()
    to_the_minute(world, day, 21 * 60)
    typed(world.sign_in(scene.expert), f"{text}/summary", text=PROMPT + scene.planted.word("session summary"))
    days(world, 1)


def announce_one(scene: Scene, around: Around, **plan: str) -> str:
    """The coordinator plans it and asks the expert, by an answer of theirs; they say yes; it is announced. Its address."""
    world, planted = scene.world, scene.planted
    words = {"title": planted.word("session"), "about": PROMPT + planted.word("session"), "length": "60", "subject": ""}
    made = typed(world.sign_in(around.desk), "/sessions/new", **words, **plan)
    session = urlsplit(made.location).path.rpartition("/")[0]
    desk = world.sign_in(around.desk)
    pages = [(one, desk.get(f"{session}/invite", thread=one)) for one in scene.threads]
    thread, page = next((one, page) for one, page in pages if 'name="post"' in page.text)
    asked = next(one for one in page.forms if "post" in one.fields)
    assert desk.post(f"{session}/invite", {**asked.fields, "thread": thread}).status == 303
    days(world, 1)
    typed(world.sign_in(scene.expert), f"{session}/invitation", word="yes", **{"as": "handle"})
    days(world, 1)
    typed(world.sign_in(around.desk), f"{session}/invite", f"{session}/announce")
    return session


# ---------------------------------------------------------------- a cohort


def sit_in_a_cohort(scene: Scene, around: Around) -> None:
    """Four sign up; the author talks, checks in, draws; a mate writes what they learned, and nobody agrees to its use."""
    world, planted, (mate, _) = scene.world, scene.planted, around.mates
    members = (scene.author, scene.expert, *around.mates)
    start = today(world.clock.now()) + timedelta(days=10)
    dates = {"start": start.isoformat(), "until": (start - timedelta(days=3)).isoformat(), "weeks": "6"}
    opened = {"theme": planted.word("cohort theme"), "words": ""}
    typed(world.sign_in(around.desk), "/cohorts/terms", **opened, **dates)
    join = next(one for one in world.sign_in(mate).get("/cohorts").links("/cohorts/terms/") if one.endswith("/join"))
    for who in members:
        words = {"goal": planted.word("goal"), "give": planted.word("goal"), "group": "salmonids", "sure": "1"}
        typed(world.sign_in(who), join, **words)
    days(world, 10)
    own = world.sign_in(scene.author)
    around.cohort = room = next(
        one for one in own.get("/cohorts").links("/cohorts/") if re.fullmatch(r"/cohorts/[0-9a-f]{32}", one)
    )
    typed(own, room, f"{room}/talk", text=PROMPT + planted.word("cohort talk"))
    typed(
        own,
        f"{room}/check-in",
        **{name: PROMPT + planted.word("check-in") for name in ("aim", "week", "stuck", "next")},
    )
    typed(
        own,
        f"{room}/canvas/all/edit",
        **{name: planted.word("canvas") for name in ("goal", "winning", "aims", "measures")},
    )
    days(world, 1)
    assert planted.of("cohort talk")[0] in world.sign_in(scene.expert).get(room).text
    days(world, 34)
    closing = {"title": planted.word("closing note"), "text": PROMPT + planted.word("closing note")}
    typed(world.sign_in(mate), f"{room}/closing", **closing, audience="members")
    days(world, 1)
