"""The canary story told to its end: everything a person can leave behind here is planted, and everything every role can
make the service say is kept. Made once for the whole leak suite."""

import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from webauthn.helpers import bytes_to_base64url

from app.accounts import service as accounts
from app.accounts.address import own_box
from app.accounts.organisations import NewOrganisation
from app.audit.rules import Band, Measure, Report
from app.audit.service import keep_report
from app.backups.copying import take
from app.clock import today
from app.community import consents
from app.community.places import tag_at
from app.community.writing import write
from app.db import STORES
from app.escrow.custody import CustodyFolder
from app.mail.contacts import set_contact
from app.mail.service import notify
from app.questions.lockers import OWNER
from app.questions.models import Thread
from privacy.passkeys import PRF_SALT
from privacy.pseudonyms import new_id
from tests.app.accounts.authenticator import Device, add
from tests.app.escrow.makers import ask_for, make_five
from tests.app.questions.pictures import encoded, pixels
from tests.cast import viewer_of
from tests.journeys.browser import Answer, Browser
from tests.journeys.canary_community import play_around
from tests.journeys.canary_story import PROMPT, Planted, Scene, elsewhere, person, play
from tests.journeys.leak_crawl import Told, listen_to_everybody
from tests.journeys.leak_reports import begin_counting, leave_terms, release_reports
from tests.journeys.simulation import sign_up
from tests.journeys.world import Person, World, opened

MORE_ORGANISATIONS = 40


@contextmanager
def told(folder: Path) -> Iterator[Told]:
    """Live through it. `folder` holds the network, the custodians' folders, and the backups, beside each other."""
    temporary, before = folder / "network" / "temporary", tempfile.tempdir
    temporary.mkdir(parents=True)
    tempfile.tempdir = str(temporary)
    try:
        with opened(folder / "network", max_open_questions=9) as world:
            homes = make_five(world.tools, folder / "custodians")
            planted = Planted()
            begin_counting(world)
            scene = play(world, planted)
            found = Told(scene, folder, play_around(scene))
            plant_more(world, planted)
            leave_for_good(world, planted, scene)
            leave_terms(world, planted)
            do_the_rest(found, homes)
            release_reports(world)
            listen_to_everybody(found)
            yield found
    finally:
        tempfile.tempdir = before


# ---------------------------------------------------------------- planting


def plant_more(world: World, planted: Planted) -> None:
    """Many more organisations, each with a canary for name, alias, site and mail domain: over two hundred in all."""
    entries = [
        NewOrganisation(
            planted.word("organisation") + "漁業",
            (planted.word("alias"),),
            (planted.word("site") + "浜",),
            (planted.latin("mail domain") + ".example",),
        )
        for _ in range(MORE_ORGANISATIONS)
    ]
    with world.tools.database.transaction("identity", "keys") as stores:
        accounts.add_organisations(stores, world.tools.vault, entries=entries, verified=True, rng=world.rng)


def leave_for_good(world: World, planted: Planted, scene: Scene) -> None:
    """Somebody signs up, asks, and leaves with their words."""
    leaver = person(world, planted, "leaver", elsewhere(world, [scene.author.organisation, *world.codes]))
    browser = sign_up(world, leaver, user_agent=f"{planted.latin('device')}/2.0")
    ask_in(world, browser, title=planted.word("left"), situation=planted.word("left"))
    world.clock.move(hours=26)
    world.work()
    browser = world.sign_in(leaver)
    fields = {"texts": "withdraw", "sure": "1", "current": leaver.password}
    assert browser.submit(browser.get("/leaving/leave"), "/leaving/leave", **fields).status == 303
    world.clock.move(hours=26)
    world.work()
    del world.people["leaver"]


def ask_in(world: World, browser: Browser, *, title: str, situation: str, **more: object) -> str:
    """Ask, perhaps with a photo; the thread's id."""
    form = browser.get("/ask").form("/ask/preview")
    fields = {"subject": "rainbow-trout", "topic": "disease", "title": title, "audience": "domain"}
    kept = send(browser, "/ask/preview", form.filled(**fields, field_situation=PROMPT + situation) | more)
    assert kept.status == 303, kept.status
    answer = browser.submit(browser.get("/ask/preview"), "/ask/publish")
    assert answer.status == 303, answer.status
    return answer.location.rpartition("/")[2]


def send(browser: Browser, path: str, fields: dict[str, object]) -> Answer:
    """Send a form with files."""
    fields = {name: value for name, value in fields.items() if name != "photos" or isinstance(value, tuple)}
    return browser._note(path, browser.client.post(path, data=fields, content_type="multipart/form-data"))


def photo_of(planted: Planted) -> tuple[BytesIO, str]:
    """A picture whose file and whose name carry canaries."""
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = planted.latin("photo metadata"), planted.latin("photo metadata")
    exif.get_ifd(0x8825).update({1: "N", 2: (34.0, 3.0, 36.0), 29: planted.latin("photo metadata")})
    comment = planted.latin("photo metadata").encode()
    data = encoded(pixels(), exif=exif.tobytes(), comment=comment) + planted.latin("photo metadata").encode()
    return BytesIO(data), planted.latin("file name") + ".jpg"


def do_the_rest(found: Told, homes: list[CustodyFolder]) -> None:
    """Photos, a pen name, letters, a draft, a request for break-glass, a report, backups, files to take along."""
    world, planted, scene = found.world, found.planted, found.scene
    own = world.sign_in(scene.author)
    words = {"title": planted.word("company title"), "situation": planted.word("company situation")}
    thread = ask_in(world, own, **words, company_may="1", audience="all", photos=photo_of(planted))
    own.submit(own.get("/pen-name"), "/pen-name", name=planted.word("pen name"))
    register_a_phone(own, scene)
    assert own.submit(own.get("/account"), "/account/digest", wanted="1").status == 303
    for hours in (*[1] * 13, 13, 50):  # hour by hour until one of the two letters of the day has gone out
        world.clock.move(hours=hours)
        world.work()
    tell_a_machine(found)
    take_part(found)
    have_it_looked_at(found)
    have_it_read(found)
    expert, path = world.sign_in(scene.expert), f"/threads/{scene.company_thread}"
    expert.submit(expert.get(path), f"{path}/answer", text=PROMPT + planted.word("unpublished"))
    bundle = ask_for(world.tools, thread)
    found.bundle = bundle.to_json()
    homes[0].receive(found.bundle, now=world.clock.now())
    with world.tools.database.transaction("content") as stores:
        held = Measure("success", Band("share", 0.05), 0.05, True, Band("share", 0.02), Band("share", 0.1), 400)
        day = today(world.clock.now())
        keep_report(stores, world.tools.vault, report=Report(day, 20_261_120, "0.1.0", False, (held,)))
    (found.folder / "backups").mkdir()
    for store in STORES:
        take(world.folder, store, found.folder / "backups" / f"{store}.backup", day=day)
    for role, who in (("author", scene.author), ("expert", scene.expert)):
        found.exports[role] = take_along(world, who)
    found.resume = come_back_late(found)


def tell_a_machine(found: Told) -> None:
    """The author's own machine is told from now on; its address has canaries for a name and for a path."""
    world, planted, author = found.world, found.planted, found.scene.author
    own, path = world.sign_in(author), "/account/webhook"
    url = f"https://{planted.latin('webhook')}.example/{planted.latin('webhook')}"
    shown = own.submit(own.get(path), path, url=url, current=author.password)
    assert shown.status == 303, shown.status
    (secret,) = re.findall(r"whsec_[\w+/=]+", own.get(shown.location).text)
    planted.by_kind.setdefault("signing secret", []).append(secret)
    assert own.submit(own.get(path), f"{path}/test").status == 303
    tools, viewer = world.tools, viewer_of(world.tools, author)
    with tools.database.transaction("content") as stores:
        label = stores.content.get_one(Thread, found.scene.threads[0]).owner_tag
        set_contact(
            stores, label=label, box=own_box(stores, tools.vault, tools.post_office_public, viewer=viewer, locale="ja")
        )
        notify(stores, tools.vault, label=label, kind="answered", due=tools.window)
    world.work()
    assert len(world.machines.got) >= 1


def register_a_phone(own: Browser, scene: Scene) -> None:
    """A passkey with a canary for a name; what it gives is one too, and nobody may ever be told it."""
    phone = Device()
    made = add(own.client, phone, label=scene.planted.word("passkey"), password=scene.author.password)
    assert made.status_code == 303
    output = bytes_to_base64url(phone.keys[0].output(PRF_SALT))
    scene.planted.by_kind.setdefault("typed secret", []).append(output)


def leave_a_draft(own: Browser, planted: Planted) -> None:
    """A draft with a photo, and one photo that is none."""
    form = own.get("/ask").form("/ask/preview")
    draft = {"subject": "rainbow-trout", "topic": "feed", "title": planted.word("draft")}
    filled = form.filled(**draft, field_situation=PROMPT + planted.word("draft"))
    assert send(own, "/ask/preview", filled | {"photos": photo_of(planted)}).status == 303
    broken = (BytesIO(planted.latin("photo metadata").encode()), planted.latin("file name") + ".png")
    assert send(own, "/ask/preview", filled | {"photos": broken}).status == 422


def take_part(found: Told) -> None:
    """The author writes at a place of the community, is asked to agree to its use, and says what should be changed;
    somebody flags it. What waits for its window waits for good."""
    tools, author = found.world.tools, found.scene.author
    place, viewer, day = str(new_id()), viewer_of(tools, author), today(found.world.clock.now())
    with tools.database.transaction("content", "keys") as stores:
        written = write(
            stores, tools.vault, tools.trade, viewer=viewer, place=place, kind="saying", opens=True,
            texts={"body": PROMPT + found.planted.word("writing")}, window=tools.window, today=day,
        )  # fmt: skip
        label = tag_at(author.secret, place, OWNER)
        asked = consents.ask(stores, tools.vault, about=place, label=label, kind="article", today=day)
        consents.answer(
            stores, tools.vault, viewer=viewer, consent_id=asked, word="change", window=tools.window, label_place=place,
            note=found.planted.word("consent note"),
        )  # fmt: skip
    found.world.clock.move(hours=26)
    found.world.work()
    expert, flag = found.world.sign_in(found.scene.expert), f"/writings/{written}/flag"
    said = {"reason": "charter", "comment": found.planted.word("flag comment")}
    assert expert.submit(expert.get(flag), flag, **said).status == 303


def have_it_looked_at(found: Told) -> None:
    """Two answers with a price wait for a coordinator, who refuses one; and somebody flags a question."""
    world, planted, expert = found.world, found.planted, found.world.sign_in(found.scene.expert)
    for thread in found.scene.threads[:2]:
        path = f"/threads/{thread}"
        text = f"{PROMPT}{planted.word('held answer')}は1kg 250円でした。"
        asked = expert.submit(expert.get(path), f"{path}/answer", text=text)
        assert asked.status == 422, asked.status  # it is said before that somebody will look at it
        assert expert.submit(asked, f"{path}/answer", text=text).status == 303
    flag = f"/threads/{found.scene.threads[0]}/flag/{found.scene.threads[0]}"
    said = {"reason": "charter", "comment": planted.word("flag comment")}
    assert expert.submit(expert.get(flag), flag, **said).status == 303
    desk = world.sign_in(found.elsewhere)
    held = [desk.get(one) for one in desk.get("/desk").links("/desk/held/")]
    refused = next(page for page in held if planted.of("held answer")[1] in page.text)
    told = {"do": "refuse", "reason": "selling", "sentence": planted.word("desk sentence")}
    assert desk.submit(refused, refused.path, **told).status == 303
    world.clock.move(hours=1)
    world.work()


def have_it_read(found: Told) -> None:
    """One draft is read by a peer and comes back with a note; another lies with them when everybody is listened to."""
    world, planted, scene = found.world, found.planted, found.scene
    expert, settings = world.sign_in(scene.expert), "/queue/settings/rainbow-trout"
    assert expert.submit(expert.get("/queue/settings"), settings, reads="1").status == 303
    own = world.sign_in(scene.author)
    leave_a_draft(own, planted)
    hand_over(found, own)
    expert = world.sign_in(scene.expert)
    path = expert.get("/readings").links("/readings/")[0]
    assert planted.of("draft")[-2] in expert.get(path).text
    note = {"note": PROMPT + planted.word("reader's note"), "marks": planted.of("draft")[-1]}
    assert expert.submit(expert.get(path), f"{path}/answer", **note).status == 303
    world.clock.move(hours=1)
    world.work()
    own = world.sign_in(scene.author)
    back = own.get("/ask/reading")
    assert planted.of("reader's note")[0] in back.text
    assert own.submit(back, "/ask/reading/end").status == 303
    leave_a_draft(own, planted)
    hand_over(found, own)


def hand_over(found: Told, own: Browser) -> None:
    """Ask for a reading; it is with its reader a day later, which is the next window of a small network."""
    assert own.submit(own.get("/ask/reading"), "/ask/reading").location.endswith("/ask/reading")
    found.world.clock.move(hours=25)
    found.world.work()


def take_along(world: World, who: Person) -> bytes:
    browser = world.sign_in(who)
    answer = browser.submit(browser.get("/leaving/export"), "/leaving/export", current=who.password)
    with zipfile.ZipFile(io.BytesIO(answer.body)) as whole:
        parts = [name.encode() + b"\n" + whole.read(name) for name in whole.namelist()]
    return answer.headers.encode() + b"\n" + b"\n".join(parts)


def come_back_late(found: Told) -> Answer:
    """What the author typed while the session ran out."""
    own, path = found.world.sign_in(found.scene.author), f"/threads/{found.scene.threads[0]}"
    form = own.get(path).form(f"{path}/followup")
    found.world.clock.move(hours=2)
    typed = {"text": found.planted.word("typed late"), "current": found.planted.latin("typed secret")}
    return own.post(f"{path}/followup", {**form.fields, **typed})
