"""One click ends mail (RFC 8058): no sign-in, nobody named, nothing ended by who only looks."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from email.message import EmailMessage
from hashlib import sha256
from itertools import combinations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.digest import Subscriber, send_all
from app.keyfiles import KeyFolder
from app.mail.kinds import MAILS, OFF, WEEKLY
from app.mail.mailbox import Mailbox
from app.mail.orders import make_token
from app.mail.relays import make_message
from app.mail.wishes import Wishes
from app.wiring import Toolbox
from privacy.boxes import new_box_keys, open_box
from privacy.errors import PrivacyError
from tests.app.mail.counter import MAIL, Counter
from tests.app.pages.thieves import file_of, stranger

LABEL = "a" * 32


@pytest.fixture
def counter(tools: Toolbox) -> Counter:
    made = Counter(tools)
    made.contact(LABEL)
    return made


def letter_of(counter: Counter, kind: str) -> EmailMessage:
    """The next letter of this kind, as it goes over the wire."""
    counter.tell(kind)
    assert [sent for _, _, sent in counter.wait(1)] == [kind]
    return make_message(counter.letters[-1], sender="shiome@localhost", message_id="m")


def path_of(message: EmailMessage) -> str:
    found = re.fullmatch(r"<https://shiome\.example(/unsubscribe/[\w-]+)>", message["List-Unsubscribe"])
    assert found
    return found[1]


def test_a_mail_programs_button_ends_this_kind(client: FlaskClient, counter: Counter) -> None:
    """As RFC 8058 has it: a POST of one field to the address in the header, without cookie, token or redirect."""
    message = letter_of(counter, "answered")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    raw = message.as_bytes()
    assert f"List-Unsubscribe: {message['List-Unsubscribe']}\r\n".encode() in raw, "folded links are lost"
    response = client.post(path_of(message), data={"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert "止めました" in response.text
    counter.tell("answered")
    assert counter.wait(24) == []
    counter.tell("picked")
    assert [kind for _, _, kind in counter.wait(24)] == ["picked"], "only that kind"


def test_a_letter_about_several_things_ends_them_all(client: FlaskClient, counter: Counter) -> None:
    for kind in ("answered", "claim"):
        counter.tell(kind)
    assert [kind for _, _, kind in counter.work()] == ["several"]
    path = counter.letters[-1].unsubscribe.removeprefix("https://shiome.example")
    client.post(path)
    for kind in ("answered", "claim", "picked"):
        counter.tell(kind)
        counter.work()
    assert [kind for _, _, kind in counter.wait(24)] == ["picked"]


def test_whoever_only_looks_ends_nothing(client: FlaskClient, counter: Counter) -> None:
    path = path_of(letter_of(counter, "answered"))
    for method in ("GET", "HEAD", "OPTIONS"):
        assert client.open(path, method=method).status_code == 200
    assert counter.jobs() == []
    letter_of(counter, "answered")


def test_everything_can_be_ended_and_begun_again(client: FlaskClient, counter: Counter) -> None:
    path = path_of(letter_of(counter, "answered"))
    page = client.get(path)
    assert 'name="everything" value="1"' in page.text
    client.post(path, data={"everything": "1"})
    client.post(path, data={"everything": "1"})
    for kind in MAILS:
        counter.tell(kind)
    assert counter.wait(8 * 24, step=4) == []
    assert counter.entry().without_digest
    counter.wish(Wishes({"other": OFF}))
    counter.work()
    letter_of(counter, "answered")


def test_the_letter_at_fixed_hours_ends_too(client: FlaskClient, counter: Counter, tools: Toolbox) -> None:
    def turn() -> list[str]:
        with tools.database.transaction("content") as stores:
            send_all(
                stores, tools.vault, tools.post_office_public, to=[Subscriber(Mailbox(MAIL), "ja")], window=tools.window
            )
        return [kind for _, _, kind in counter.work()]

    assert turn() == ["digest"]
    client.post(counter.letters[-1].unsubscribe.removeprefix("https://shiome.example"))
    assert turn() == []
    letter_of(counter, "answered")


def test_a_letter_somebody_asked_for_has_nothing_to_end(counter: Counter) -> None:
    message = make_message(
        counter.office._write("no_account", {"address": MAIL, "locale": "ja"}),  # type: ignore[arg-type]
        sender="shiome@localhost",
        message_id="m",
    )
    assert "List-Unsubscribe" not in message


def test_a_link_leads_to_nobody_without_the_post_offices_key(counter: Counter, tools: Toolbox) -> None:
    """Neither the address nor the entry's name stands in it, no two links are alike, and no file holds one."""
    paths = [path_of(letter_of(counter, kind)) for kind in ("answered", "picked", "claim")]
    counter.contact("d" * 32, "carol@mail.example")
    counter.tell("answered", "d" * 32)
    counter.work()
    paths.append(counter.letters[-1].unsubscribe.removeprefix("https://shiome.example"))
    assert len({len(path) for path in paths}) == 1
    boxes = [urlsafe_b64decode(path.rpartition("/")[2] + "==") for path in paths]
    assert alike(boxes) == set()
    stable = [sha256(f"{number // 3} {counter.entry().id}".encode()).digest() * 4 for number in range(4)]
    assert alike(stable), "the linker finds links that are one member's where they are made of the member alone"
    dump = b"".join(file_of(tools, name) for name in ("content", "identity", "keys"))
    entry = counter.entry().id.encode()
    for box, path in zip(boxes, paths, strict=True):
        assert box not in dump
        assert path.rpartition("/")[2].encode() not in dump
        for key in (new_box_keys().private, tools.vault.ring("jobs.sealed")[0].secret):
            with pytest.raises(PrivacyError):
                open_box(key, box)
    assert entry not in dump
    assert MAIL.encode() not in dump
    assert stranger() is not None
    # with the key it leads to the entry: that is what it is for
    private = KeyFolder(tools.settings.key_folder).post_office().private
    assert entry in open_box(private, boxes[0])


def alike(boxes: list[bytes]) -> set[bytes]:
    """Runs of eight bytes that two links share, after the name of the key they are closed for."""
    runs = [{box[n : n + 8] for n in range(5, len(box) - 7)} for box in boxes]
    return {run for one, other in combinations(runs, 2) for run in one & other}


def test_every_link_gets_the_same_page(app: Flask, counter: Counter, tools: Toolbox) -> None:
    """A link of ours, one of nobody, one of another key, and nonsense: same words, same status, same length."""
    real = path_of(letter_of(counter, "answered"))
    tokens = [
        real.rpartition("/")[2],
        make_token(tools.post_office_public, "nobody-at-all-16", ["answered"]),
        make_token(new_box_keys().public, "nobody-at-all-16", ["answered"]),
        urlsafe_b64encode(b"\0" * 149).decode().rstrip("="),
        "0" * 32,
        "0" * 5000,
    ]
    for method in ("GET", "POST"):
        pages = set()
        for token in tokens:
            response = app.test_client().open(f"/unsubscribe/{token}", method=method)
            text = re.sub(r'name="csrf_token" value="[^"]*"|"X-CSRFToken": "[^"]*"', "", response.text)
            pages.add((response.status_code, text.replace(token, "TOKEN")))
        assert len(pages) == 1
    counter.wait(1)
    assert counter.jobs() == []
    assert counter.entry().wishes == Wishes().stopping({"answered"}), "the real one did what it says"


def test_a_forgotten_address_is_named_by_no_old_link(client: FlaskClient, counter: Counter, tools: Toolbox) -> None:
    from app.mail.forgetting import forget_mailbox

    path = path_of(letter_of(counter, "answered"))
    with tools.database.transaction("content") as stores:
        forget_mailbox(stores, tools.vault, tools.post_office_public, mailbox=Mailbox(MAIL), due=tools.window)
    counter.work()
    counter.contact(LABEL)
    client.post(path)
    letter_of(counter, "answered")


def test_weekly_is_still_weekly_after_another_kind_has_ended(client: FlaskClient, counter: Counter) -> None:
    counter.wish(Wishes({"claim": WEEKLY}))
    counter.work()
    client.post(path_of(letter_of(counter, "answered")))
    counter.work()
    assert counter.entry().wishes == Wishes({"claim": WEEKLY, "answered": OFF})
