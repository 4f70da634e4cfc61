"""Months of a network through its own pages: people sign up, sign in, ask, claim, pass, answer, follow up, accept."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.accounts import service as accounts
from app.accounts.organisations import NewOrganisation
from app.accounts.signin import password_cost
from app.clock import JAPAN, today
from app.domains.models import Network
from app.domains.rules import hidden_levels
from tests.cast import come_in
from tests.journeys.browser import Browser
from tests.journeys.world import PASSWORD, Person, World
from tests.watch import WATCH

WORDS = [
    "水温",
    "給餌",
    "網",
    "へい死",
    "酸素",
    "選別",
    "出荷",
    "赤潮",
    "種苗",
    "密度",
    "餌食い",
    "沖出し",
    "ワクチン",
    "係留",
    "濁り",
    "夜間",
    "朝",
    "稚魚",
    "成魚",
    "夏",
]
HOURS = range(6, 23)


@dataclass(frozen=True)
class Size:
    """How large a simulation is. `visits` a day, of which a share `asking` begins with a question."""

    organisations: int = 24
    per_organisation: int = 5
    days: int = 45
    visits: int = 9
    asking: float = 0.4
    newcomers: int = 2
    profiles: float = 0.4
    start: datetime = datetime(2026, 9, 1, 5, 0, tzinfo=JAPAN)


# ---------------------------------------------------------------- people


def populate(world: World, size: Size) -> None:
    """Organisations and their people: enrolled by the service, opted in and with a profile through the pages."""
    world.clock.seconds = size.start.timestamp()
    _add_organisations(world, size)
    places = [(organisation, number) for organisation in world.codes for number in range(size.per_organisation)]
    world.rng.shuffle(places)
    for organisation, number in places:
        enrol(world, draw_person(world, f"{organisation}-{number}", organisation))
    world.work()  # the crowds are counted before anybody chooses what to show
    for person in list(world.people.values()):
        settle_in(world, person, profile=world.rng.random() < size.profiles)


def _add_organisations(world: World, size: Size) -> None:
    names = [f"org{number}" for number in range(size.organisations)]
    tools = world.tools
    entries = [
        NewOrganisation(f"架空{name}養魚場", (f"{name}マリン",), (f"{name}湾",), (f"{name}.example",)) for name in names
    ]
    with tools.database.transaction("identity", "keys") as stores:
        made = accounts.add_organisations(stores, tools.vault, entries=entries, verified=True, rng=world.rng)
    world.codes.update(dict(made))
    with tools.database.transaction("content") as stores:
        key, seconds = tools.trade.network.key, tools.settings.window_seconds
        stores.content.add(Network(key=key, demo=False, window_seconds=seconds, small=size.organisations < 20))


def draw_person(world: World, name: str, organisation: str) -> Person:
    """Somebody of one or two species of one or two groups; a group may have one alone."""
    rng, trade = world.rng, world.tools.trade
    groups = rng.sample(trade.groups, 1 if rng.random() < 0.7 else 2)
    numbers = [min(rng.choice((1, 1, 2)), len(group.subjects)) for group in groups]
    drawn = [
        one.key for group, number in zip(groups, numbers, strict=True) for one in rng.sample(group.subjects, number)
    ]
    subjects = tuple(sorted(set(drawn)))
    attributes = {one.key: rng.choice(one.values).key for one in trade.attributes}
    return Person(name, f"{name}@mail.example", PASSWORD, organisation, subjects, attributes, rng.paretovariate(1.5))


def enrol(world: World, person: Person) -> Person:
    """Write a person into the network by the service: what the last step of signing up does."""
    tools = world.tools
    with tools.database.transaction("identity", "keys") as stores:
        enrolled = accounts.enrol(
            stores,
            tools.vault,
            organisation_id=person.organisation,
            mail=person.mail,
            password=person.password,
            attributes=person.attributes,
            subjects=person.subjects,
            cost=password_cost(tools.settings),
            today=today(world.clock.now()),
        )
    person.member_id, person.secret = enrolled.member_id, enrolled.secret
    come_in(tools, person.secret)
    world.people[person.name] = person
    WATCH.secrets.append(person.secret)
    return person


def sign_up(world: World, person: Person, *, user_agent: str = "") -> Browser:
    """The whole way in: address, mailed code, organisation, work, promise, recovery code."""
    browser = Browser(world.app, name=person.name, user_agent=user_agent)
    browser.submit(browser.get("/sign-up"), "/sign-up", mail=person.mail)
    world.work()
    code = re.search(r"\b(\w{4}-\w{4})\b", letter_text(world.mailbox.letters[-1][1]))
    assert code, "no code in the mail"
    browser.submit(browser.get("/sign-up/code"), "/sign-up/code", code=code[1])
    step = "/sign-up/organisation"
    browser.submit(browser.get(step), step, way="code", join_code=world.codes[person.organisation])
    about = {f"attribute_{key}": value for key, value in person.attributes.items()}
    browser.submit(browser.get("/sign-up/about"), "/sign-up/about", **about, subjects=list(person.subjects))
    step = "/sign-up/password"
    browser.submit(browser.get(step), step, password=person.password)
    page = browser.get("/sign-up/recovery")
    groups = re.findall(r"<span>([0-9A-Z]{4})</span>", page.text)
    answer = browser.submit(page, "/sign-up/recovery", last_group=groups[-1])
    assert answer.status == 303, answer.status
    promised = [one.key for one in world.tools.trade.charter.items]
    browser.submit(browser.get("/welcome/promises"), "/welcome/promises", promise=promised)
    _learn_secret(world, person)
    return browser


def letter_text(raw: bytes) -> str:
    """The readable text of a mail as it came over the wire."""
    import email
    from email.policy import default

    return str(email.message_from_bytes(raw, policy=default).get_content())


def _learn_secret(world: World, person: Person) -> None:
    tools = world.tools
    with tools.database.reading() as stores:
        found = accounts.sign_in(
            stores, tools.vault, mail=person.mail, password=person.password, cost=password_cost(tools.settings)
        )
    person.member_id, person.secret = found.member_id, found.secret
    world.people[person.name] = person


def settle_in(world: World, person: Person, *, profile: bool) -> None:
    """The first visit: opt in as an expert, perhaps choose what posts may show."""
    rng, browser = world.rng, world.sign_in(person)
    note_activity(world, person)
    if rng.random() < 0.7:
        page = browser.get("/queue/settings")
        for subject in person.subjects:
            topics = [topic.key for topic in rng.sample(world.tools.trade.topics_of(subject), 2)]
            browser.submit(page, f"/queue/settings/{subject}", capacity="5", topics=topics, notify="1")
    if profile:
        choose_profile(world, browser)
    leave(browser)


def choose_profile(world: World, browser: Browser) -> None:
    """This quarter's profile, where there is anything to choose."""
    page = browser.get("/disclosure")
    form = next((form for form in page.forms if form.action.endswith("/disclosure")), None)
    if form is None:
        return
    last = hidden_levels(world.tools.trade)
    levels = {name: str(world.rng.randint(0, last[name])) for name in last if f"level_{name}" in form.fields}
    answer = browser.submit(page, "/disclosure", **{f"level_{name}": level for name, level in levels.items()})
    again = next((form for form in answer.forms if form.action.endswith("/disclosure")), None)
    if answer.status == 422 and again is not None:
        browser.post("/disclosure", again.fields)


def note_activity(world: World, person: Person) -> None:
    """Remember the quarter in which somebody was here: what a crowd counts as active."""
    from app.accounts.rules import quarter_of

    person.active_quarters.add(quarter_of(today(world.clock.now())))


def leave(browser: Browser) -> None:
    """Sign out."""
    page = browser.get("/account")
    browser.submit(page, "/sign-out")


# ---------------------------------------------------------------- days


def simulate(world: World, size: Size, each_day: Callable[[World], None] = lambda _: None) -> None:
    """Live through the days; `each_day` looks at the network as it stands at the end of one."""
    people = list(world.people.values())
    for day in range(size.days):
        for number in range(size.newcomers if day == size.days // 2 else 0):
            person = draw_person(world, f"new{day}-{number}", world.rng.choice(list(world.codes)))
            sign_up(world, person)
            note_activity(world, person)
        live_through(world, size, people, size.start + timedelta(days=day), is_last=day == size.days - 1)
        each_day(world)


def live_through(world: World, size: Size, people: list[Person], morning: datetime, *, is_last: bool = False) -> None:
    """One day: visits at random minutes, the processes every hour. The last one ends in the middle: a thief does not
    wait for the night."""
    rng = world.rng
    weights = [person.activity for person in people]
    visits = sorted(
        (rng.uniform(HOURS[0], HOURS[-1]), person) for person in rng.choices(people, weights, k=size.visits)
    )
    midnight = morning.replace(hour=0).timestamp()
    hour = HOURS[0]
    for at, person in visits:
        while hour <= at:
            world.clock.seconds = midnight + hour * 3600
            world.work()
            hour += 1
        world.clock.seconds = midnight + at * 3600
        visit(world, person, asks=rng.random() < size.asking)
    for rest in range(hour, hour + 1 if is_last else 25):
        world.clock.seconds = midnight + rest * 3600
        world.work()


def visit(world: World, person: Person, *, asks: bool) -> None:
    """One person's quarter of an hour. Half of the browsers are left open afterwards."""
    rng = world.rng
    browser = world.sign_in(person, own_phone=rng.random() < 0.2)
    note_activity(world, person)
    browser.walk("/")
    empty_queue(world, browser)
    look_after(world, browser)
    if asks:
        ask(world, browser, draw_question(world, person))
    elif rng.random() < 0.5:
        join_in(world, browser)
    if rng.random() < 0.5:
        leave(browser)


def draw_question(world: World, person: Person) -> dict[str, object]:
    """A question about one of the person's species, sometimes showing a little of its author."""
    rng, trade = world.rng, world.tools.trade
    subject = rng.choice(person.subjects)
    audience = rng.choices(("experts", "domain", "all"), (3, 5, 2))[0]
    words = " ".join(rng.choices(WORDS, k=12))
    found: dict[str, object] = {
        "subject": subject,
        "topic": rng.choice(trade.topics_of(subject)).key,
        "title": f"{' '.join(rng.choices(WORDS, k=3))}について",
        "audience": audience,
        "field_situation": words,
        "urgent": "1" if rng.random() < 0.05 else "",
        "exclude": f"架空org{rng.randrange(20)}養魚場" if rng.random() < 0.2 else "",
    }
    return found


def ask(world: World, browser: Browser, question: dict[str, object]) -> str:
    """Fill in the form, look at the preview, publish; the thread's id, or nothing where a limit says no."""
    page = browser.get("/ask")
    form = page.form("/ask/preview")
    if world.rng.random() < 0.5:  # as fine as the profile allows
        question = {**{name: "0" for name in form.fields if name.startswith("level_")}, **question}
    kept = browser.post("/ask/preview", form.filled(**question))
    if kept.status == 422:  # finer than the profile: shown as it is by default
        kept = browser.post("/ask/preview", form.filled(**{k: v for k, v in question.items() if "level_" not in k}))
    assert kept.status == 303, kept.status
    preview = browser.get("/ask/preview")
    if not preview.has_form("/ask/publish"):
        browser.submit(preview, "/ask/coarser")
        preview = browser.get("/ask/preview")
    answer = browser.submit(preview, "/ask/publish")
    world.asked += answer.status == 303
    return answer.location.rpartition("/")[2] if answer.status == 303 else ""


def empty_queue(world: World, browser: Browser) -> None:
    """Answer, hand back or leave what came."""
    rng = world.rng
    for path in [link for link in browser.get("/queue").links("/queue/") if "settings" not in link]:
        chance = rng.random()
        page = browser.get(path)
        if chance > 0.8 or not page.has_form(f"{path}/pass"):  # left for later, or its answer waits already
            continue
        if chance < 0.2:
            browser.submit(page, f"{path}/pass", reason=rng.choice(("not_my_field", "no_time", "conflict")))
            continue
        if chance < 0.5 and page.has_form(f"{path}/claim"):  # the last extension may be over
            browser.submit(page, f"{path}/claim")
            page = browser.get(path)
        browser.submit(page, f"{path}/answer", text=draw_answer(world), notify="1")


def draw_answer(world: World) -> str:
    return " ".join(world.rng.choices(WORDS, k=15)) + "でした。"


def look_after(world: World, browser: Browser) -> None:
    """Own threads: accept what helped, ask back."""
    rng = world.rng
    for path in browser.get("/mine").links("/threads/")[:3]:
        page = browser.get(path)
        accepts = [form for form in page.forms if form.action.endswith("/accept")]
        if accepts and rng.random() < 0.6:
            browser.post(f"{path}/accept", accepts[0].fields)
        if page.has_form(f"{path}/followup") and rng.random() < 0.2:
            browser.submit(page, f"{path}/followup", text=draw_answer(world))


def join_in(world: World, browser: Browser) -> None:
    """Answer something from the list."""
    paths = browser.get("/threads").links("/threads/")
    if paths:
        path = world.rng.choice(paths)
        page = browser.get(path)
        if page.has_form(f"{path}/answer"):
            browser.submit(page, f"{path}/answer", text=draw_answer(world))
