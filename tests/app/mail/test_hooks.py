"""Notices to a member's own machine: signed, retried as letters are, and never more than a letter says."""

import hmac
import json
from base64 import b64decode, b64encode
from hashlib import sha256

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from app.jobs.queue import MAX_ATTEMPTS
from app.mail import hooks
from app.mail.endpoints import NotAllowed
from app.mail.hooks import new_secret
from app.mail.kinds import MAILS, OFF, REFUSALS
from app.mail.letters import BODIES
from app.mail.wishes import Wishes
from app.wiring import Toolbox
from tests.app.mail.counter import MAIL, Counter
from tests.app.mail.machines import SECRET, URL, Machines, answer, hooked, machines, set_hook, told, try_out


@pytest.fixture
def counter(tools: Toolbox) -> Counter:
    return hooked(tools)


# ---------------------------------------------------------------- what is sent


def test_notices_go_to_the_machine_and_not_to_mail(counter: Counter) -> None:
    assert told(counter) == ["notice.answered"]
    assert told(counter, "picked") == ["notice.picked"]
    assert counter.letters == []
    assert {url for url, _, _ in machines(counter).got} == {URL}
    assert counter.jobs() == []


@pytest.mark.parametrize("kind", [*MAILS, "several", "slower", "stopping", hooks.TEST])
@pytest.mark.parametrize("locale", ["ja", "en"])
def test_never_more_than_the_letter_says(kind: str, locale: str) -> None:
    """Equal for everybody, to the last byte: kind, network, and the letter's own words without the link that ends them."""
    body = json.loads(hooks.write_notice(kind, locale=locale, base_url="https://shiome.example"))
    kind_said = "test" if kind == hooks.TEST else f"notice.{kind}"
    words = BODIES[kind][locale].format(base_url="https://shiome.example")
    assert body == {
        "type": kind_said,
        "data": {"network": "https://shiome.example", "language": locale, "text": words},
    }


def test_two_notices_of_one_kind_differ_in_id_time_and_signature_alone(counter: Counter) -> None:
    told(counter)
    told(counter)
    (_, first, one), (_, second, other) = machines(counter).got
    assert one == other
    assert {name for name in first if first[name] != second[name]} == {
        "webhook-id", "webhook-timestamp", "webhook-signature",
    }  # fmt: skip


def test_the_same_windows_hours_and_caps_as_a_letter(counter: Counter) -> None:
    """Several are one; at night they wait; what is not wanted does not come."""
    counter.tell("answered")
    counter.tell("picked")
    counter.tell("answered")
    counter.work()
    assert machines(counter).kinds == ["notice.several"]
    assert told(counter, "picked") == [], "one a day of those"
    counter.wish(Wishes({"answered": OFF}))
    assert told(counter) == []
    counter.wish(Wishes())
    counter.wait(13)  # eleven at night
    assert told(counter) == []
    counter.wait(9)
    assert machines(counter).kinds[1:] == ["notice.several"], "with the one of the day before"


# ---------------------------------------------------------------- the signature


def test_the_signature_is_the_one_of_the_specification() -> None:
    """Standard Webhooks: HMAC-SHA256 over id, time and body with points between, under the decoded secret."""
    body = b'{"test": 2432232314}'
    made = hooks.headers_of(SECRET, message_id="p5jXN8AQM9LWM0D4loKWxJek", seconds=1614265330.9, body=body)
    signed = b"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330." + body
    ours = b64encode(hmac.new(b64decode(SECRET.removeprefix("whsec_")), signed, sha256).digest()).decode()
    assert made["webhook-id"] == "msg_p5jXN8AQM9LWM0D4loKWxJek"
    assert made["webhook-timestamp"] == "1614265330"
    assert made["webhook-signature"] == f"v1,{ours}" == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("changed", ["webhook-id", "webhook-timestamp", "webhook-signature", "body", "secret", "late"])
def test_nothing_signed_can_be_changed_or_sent_again_later(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    """By the library its reader uses: it takes what came, and not what somebody made of it."""
    import time_machine

    told(counter)
    (_, headers, body) = machines(counter).got[0]
    sent = int(headers["webhook-timestamp"])
    secret = SECRET
    with time_machine.travel(sent + 60):
        assert Webhook(SECRET).verify(body, headers)["type"] == "notice.answered"
    match changed:
        case "body":
            body = body.replace(b"answered", b"picked")
        case "secret":
            secret = new_secret()
        case "late":
            sent += 600
        case "webhook-timestamp":
            headers[changed] = str(sent + 30)
        case _:
            headers[changed] = headers[changed][:-2] + ("A=" if changed == "webhook-signature" else "00")
    with time_machine.travel(sent + 60), pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body, headers)


def test_secrets_are_32_random_bytes() -> None:
    made = [new_secret() for _ in range(50)]
    assert len(set(made)) == 50
    assert {len(b64decode(one.removeprefix("whsec_"))) for one in made} == {32}


# ---------------------------------------------------------------- a machine that does not take it


@pytest.mark.parametrize("trouble", [OSError(), TimeoutError(), 500, 503, 429, 408, 425])
def test_what_may_pass_is_tried_again_under_the_same_id(counter: Counter, trouble: int | Exception) -> None:
    answer(counter, trouble, trouble, 200)
    told(counter)
    counter.wait(2)
    got = machines(counter).got
    assert len(got) == 3
    ids = {headers["webhook-id"] for _, headers, _ in got}
    assert len(ids) == 1, "so that its reader can pass over what they have"
    assert ids.pop().removeprefix("msg_").isalnum()
    assert counter.jobs() == []
    assert counter.letters == []
    assert counter.entry().hook.refused == 0


def test_a_machine_that_never_answers_leaves_no_dead_letter(counter: Counter) -> None:
    """As often as a letter to a relay that is down; after that it is one that was refused."""
    answer(counter, OSError())
    counter.tell("answered")
    counter.wait(24)
    assert len(machines(counter).got) == MAX_ATTEMPTS
    assert counter.jobs() == []
    assert counter.entry().hook.refused == 1


@pytest.mark.parametrize("no", [400, 403, 404, 301, 302, 307, NotAllowed()])
def test_a_no_for_good_is_counted_and_after_three_nothing_more_is_sent(counter: Counter, no: int | Exception) -> None:
    """Its member is told by mail, once, in fixed words; not by mail what the notices were."""
    answer(counter, no)
    assert [told(counter) for _ in range(REFUSALS)] == [
        ["notice.answered"], ["notice.answered"], [hooks.STOPPED, "notice.answered"],
    ]  # fmt: skip
    assert [told(counter) for _ in range(3)] == [[], [], []]
    assert [letter.address for letter in counter.letters] == [MAIL]
    assert counter.jobs() == []


def test_gone_is_gone(counter: Counter) -> None:
    answer(counter, 410)
    assert told(counter) == [hooks.STOPPED, "notice.answered"]
    assert told(counter) == []


def test_one_that_is_taken_begins_the_count_anew(counter: Counter) -> None:
    answer(counter, 404, 404, 200, 404, 404, 200)
    assert [told(counter) for _ in range(6)] == [["notice.answered"]] * 6
    assert counter.entry().hook.refused == 0


@pytest.mark.parametrize("again", ["try", "set", "wish"])
def test_how_a_stopped_one_goes_on(counter: Counter, again: str) -> None:
    answer(counter, 410, 200)
    told(counter)
    {
        "try": lambda: try_out(counter),
        "set": lambda: set_hook(counter, turn=2),
        "wish": lambda: counter.wish(Wishes()),
    }[again]()
    counter.work()
    assert told(counter) == ["notice.answered"]


# ---------------------------------------------------------------- trying it out


def test_a_test_is_sent_at_once_at_any_hour(counter: Counter) -> None:
    counter.wait(14)
    try_out(counter)
    counter.work()
    assert machines(counter).kinds == ["test"]
    assert counter.letters == []


def test_a_test_may_be_asked_for_in_one_breath_with_the_address(tools: Toolbox) -> None:
    """In whatever order the post office finds the two."""
    counter = Counter(tools)
    counter.office.poster = Machines()
    try_out(counter)
    set_hook(counter)
    counter.work()
    assert machines(counter).kinds == ["test"]


@pytest.mark.parametrize(
    ("trouble", "letter"),
    [
        (OSError(), hooks.UNREACHED), (NotAllowed(), hooks.UNREACHED), (404, hooks.ANSWERED), (302, hooks.ANSWERED),
        (503, hooks.ANSWERED), (410, hooks.ANSWERED),
    ],
)  # fmt: skip
def test_why_a_test_failed_is_told_by_mail(counter: Counter, trouble: int | Exception, letter: str) -> None:
    """Tried once. A name that is not there and one that leads inside read the same: it is no way to ask about ours."""
    answer(counter, trouble)
    try_out(counter)
    assert [kind for _, _, kind in counter.work()] == [letter]
    assert len(machines(counter).got) == 1
    assert counter.entry().hook.refused == 0
    assert "hunter2" not in counter.letters[0].body


def test_a_test_without_a_webhook_is_nothing(counter: Counter) -> None:
    set_hook(counter, "", turn=2)
    try_out(counter)
    assert counter.work() == []
    assert machines(counter).got == []
