"""The way in: the statement item by item, small steps that are kept at once, and nobody past it without the statement."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.clock import SetClock, today
from app.errors import PromiseFirst
from app.mail.models import Contact
from app.questions.models import Locker
from app.questions.promise import LOCKER, Arrived, arrived, keep_arrived
from app.queues.experts import find_profile, own_handles
from app.wiring import Toolbox
from privacy.pseudonyms import locker_label
from tests.app.questions.makers import FORM, ask
from tests.cast import SUBJECTS, Cast, Person, post, promise, signed_in, viewer_of


@pytest.fixture
def new(tools: Toolbox, cast: Cast) -> Person:
    """Alice, as if she had just come."""
    with tools.database.transaction("content") as stores:
        keep_arrived(stores, cast.alice.secret, Arrived())
    return cast.alice


def state(tools: Toolbox, person: Person) -> Arrived:
    with tools.database.reading() as stores:
        return arrived(stores, person.secret)


@pytest.mark.parametrize("path", ["/", "/ask", "/threads", "/queue", "/inbox", "/sessions"])
def test_who_has_not_promised_is_led_to_it(app: Flask, new: Person, path: str) -> None:
    assert signed_in(app, new).get(path).location == "/welcome/promises"


def test_their_own_account_and_the_way_out_stay_open(app: Flask, new: Person) -> None:
    client = signed_in(app, new)
    for path in (
        "/account",
        "/leaving",
        "/charter",
        "/charter/versions",
        "/who-sees-what",
        "/welcome",
        "/welcome/declined",
    ):
        assert client.get(path).status_code == 200, path


def test_they_cannot_post_and_lose_nothing_typed(app: Flask, tools: Toolbox, new: Person) -> None:
    client = signed_in(app, new)
    response = post(client, "/ask/preview", {**FORM, "text": "書きかけの文"}, page="/welcome/promises")
    assert (response.status_code, "約束の確認" in response.text, "書きかけの文" in response.text) == (403, True, True)
    with pytest.raises(PromiseFirst):  # the service asks too, whatever the page did
        ask(tools, new)


def test_each_item_counts_and_is_kept_at_once(app: Flask, tools: Toolbox, new: Person) -> None:
    client = signed_in(app, new)
    response = post(client, "/welcome/promises", {"promise": ["anonymity", "kindness", "not-there"]})
    assert response.status_code == 422
    assert set(state(tools, new).accepted) == {"anonymity", "kindness"}
    page = client.get("/welcome/promises").text
    assert ('value="anonymity"' in page, 'value="no-sales"' in page) == (False, True)  # nothing is asked twice
    assert client.get("/ask").location == "/welcome/changes"
    assert post(client, "/welcome/promises", {"promise": ["no-sales", "no-hunting"]}).location == "/welcome/help"
    assert client.get("/ask").status_code == 200


def test_the_steps_feed_the_queue_and_can_be_gone_on_with(app: Flask, tools: Toolbox, new: Person) -> None:
    client = signed_in(app, new)
    promise(client, tools)
    assert "はじめの準備のつづき" in client.get("/").text
    helps = {"help_1": "rainbow-trout disease", "help_2": "coho-salmon feed", "learns": "rainbow-trout water"}
    assert post(client, "/welcome/help", dict(helps)).location == "/welcome/receiving"
    again = signed_in(app, new)  # another day, another browser
    assert 'href="/welcome/receiving"' in again.get("/welcome").text
    assert post(again, "/welcome/receiving", {"capacity": "1", "mail": "notices"}).location == "/welcome/practice"
    viewer = viewer_of(tools, new)
    with tools.database.reading() as stores:
        handles = own_handles(stores, viewer)
        profiles = {one: find_profile(stores, tools.vault, handle) for one, handle in handles.items()}
        learns = arrived(stores, new.secret).learns
    assert {one: (p.topics, p.capacity) for one, p in profiles.items() if p} == {
        "rainbow-trout": (("disease",), 1), "coho-salmon": (("feed",), 1),
    }  # fmt: skip
    assert learns == ["rainbow-trout", "water"]
    assert post(again, "/welcome/practice", {}).location == "/welcome/ready"
    assert "はじめの準備のつづき" not in again.get("/").text
    assert again.get("/welcome/ready").status_code == 200


def test_no_two_inboxes_of_a_member_have_the_same_address_box(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """A thief of the content file would read from it which inboxes are one person's."""
    client = signed_in(app, cast.bob)
    post(client, "/welcome/receiving", {"capacity": "3", "mail": "notices"})
    with tools.database.reading() as stores:
        boxes = [row.box for row in stores.content.scalars(select(Contact))]
    assert len(boxes) == len(set(boxes)) == len(SUBJECTS) > 1


def test_all_but_the_statement_may_be_passed_over(app: Flask, tools: Toolbox, new: Person) -> None:
    client = signed_in(app, new)
    promise(client, tools)
    post(client, "/welcome/finish", {}, page="/welcome/help")
    assert "はじめの準備のつづき" not in client.get("/").text
    assert client.get("/ask").status_code == 200


def test_bad_input_is_said(app: Flask, cast: Cast) -> None:
    client = signed_in(app, cast.bob)
    assert post(client, "/welcome/help", {"help_1": "no-such topic"}).status_code == 422
    assert post(client, "/welcome/receiving", {"capacity": "4", "mail": "notices"}).status_code == 422


def test_letters_at_fixed_hours_leave_no_contact(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client = signed_in(app, cast.bob)
    post(client, "/welcome/receiving", {"capacity": "3", "mail": "letters"})
    assert "朝夕" in client.get("/account").text or "朝6時" in client.get("/account").text


def test_the_practice_is_a_real_preview_and_keeps_nothing(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client = signed_in(app, cast.bob)
    with tools.database.reading() as stores:
        before = [(row.label, row.sealed) for row in stores.content.scalars(select(Locker)).all()]
    usual = client.get("/welcome/practice").text
    wide = client.get("/welcome/practice?audience=all&company_may=1&level_subject=0&level_area=9").text
    assert "架空の質問" in usual
    assert usual.count("すべて") < wide.count("すべて")  # more readers see it
    assert "本番なら、この見せ方では出せません" in wide
    assert "本番なら、この見せ方では出せません" not in usual
    with tools.database.reading() as stores:
        assert [(row.label, row.sealed) for row in stores.content.scalars(select(Locker)).all()] == before


def test_where_somebody_stands_is_in_a_locker_of_their_own(tools: Toolbox, new: Person, cast: Cast) -> None:
    """Who came today and who came long ago have rows of one size, under labels only they can make."""
    with tools.database.reading() as stores:
        rows = {row.label: len(row.sealed) for row in stores.content.scalars(select(Locker)).all()}
    mine = locker_label(new.secret, LOCKER)
    theirs = locker_label(cast.bob.secret, LOCKER)
    assert rows[mine] == rows[theirs]


def test_after_a_long_time_one_is_welcomed_back(app: Flask, tools: Toolbox, cast: Cast, clock: SetClock) -> None:
    clock.move(hours=24 * 30)
    signed_in(app, cast.alice)  # within 90 days: nothing
    clock.move(hours=24 * 100)
    client = app.test_client()
    from tests.cast import sign_in

    assert sign_in(client, cast.alice).location == "/welcome/back?next=/"
    assert "おかえりなさい" in client.get("/welcome/back").text
    assert client.get("/ask").status_code == 200  # nothing has to be done
    assert sign_in(app.test_client(), cast.alice).location == "/"  # and only once
    assert state(tools, cast.alice).week == (today(clock.now()) - timedelta(days=1)).toordinal() // 7


def test_a_new_role_has_its_page(app: Flask, cast: Cast) -> None:
    erin: FlaskClient = signed_in(app, cast.erin)
    page = erin.get("/welcome/roles/coordinator?do=ask").text
    assert ("得られるもの" in page, "おりるとき" in page, "だれが書いたかは見えません" in page) == (True, True, True)
    assert erin.get("/welcome/roles/analyst").status_code == 404
    assert 'href="/welcome/roles/coordinator"' in erin.get("/roles").text
