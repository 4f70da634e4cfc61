"""The menu by time, ways of taking part, invitations: personal in one's own session, and nowhere else."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts import roles
from app.accounts.introductions import MONTHS, forget_old
from app.accounts.models import Introduction, Organisation
from app.accounts.organisations import open_organisation
from app.clock import SetClock, today
from app.contributing.rules import INVITATIONS, OFFERED, PARTS, TIMES, Deed, menu, part_of
from app.questions.standing import TERM_DAYS, standing_of
from app.wiring import Toolbox
from tests.app.accounts.walk import prove, walk
from tests.app.questions.makers import answer, publish, published
from tests.app.queues.stage import opt_in
from tests.cast import Cast, Person, post, sign_in, signed_in, viewer_of


@pytest.fixture
def thread(tools: Toolbox, cast: Cast) -> tuple[str, str]:
    """A question of alice's with an answer of bob's."""
    thread_id = published(tools, cast.alice)
    post_id = answer(tools, cast.bob, thread_id)
    publish(tools)
    return thread_id, post_id


def is_core(tools: Toolbox, person: Person) -> bool:
    with tools.database.reading() as stores:
        return standing_of(stores, viewer_of(tools, person).secret).is_core(today(tools.clock.now()))


def test_the_menu_shows_few_of_each_time_and_the_shortest_first() -> None:
    made = [Deed(time, f"{time} {n}", "", "", "/", "") for n in range(4) for time in reversed(TIMES)]
    found = menu(made)
    assert [time for time, _ in found] == list(TIMES)
    assert all([one.title for one in some] == [f"{time} {n}" for n in range(OFFERED)] for time, some in found)


def test_what_can_be_done_is_ones_own(app: Flask, tools: Toolbox, cast: Cast, thread: tuple[str, str]) -> None:
    asker = signed_in(app, cast.alice).get("/help-out").text
    assert f"/threads/{thread[0]}/helped" in asker
    assert "届いた回答が役に立ったか" not in signed_in(app, cast.carol).get("/help-out").text


def test_where_somebody_is(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client = signed_in(app, cast.bob)
    assert client.get("/taking-part").text.count("いまここ") == 1
    opt_in(tools, cast.bob)
    assert [part_of(frozenset(roles), is_core=core, takes_questions=takes) for roles, core, takes in (
        ((), False, False), ((), False, True), ((), True, True), (("coordinator",), True, True),
    )] == [one.key for one in PARTS]  # fmt: skip
    assert re.search(r"答える人.*?いまここ", client.get("/taking-part").text, re.S)


def test_a_coordinator_asks_the_author_of_a_post_who_answers_unseen(
    app: Flask, tools: Toolbox, cast: Cast, clock: SetClock, thread: tuple[str, str]
) -> None:
    coordinator, author = signed_in(app, cast.erin), signed_in(app, cast.bob)
    address = "/threads/{}/posts/{}/ask-support".format(*thread)
    assert address in coordinator.get(f"/threads/{thread[0]}").text
    assert address not in author.get(f"/threads/{thread[0]}").text
    for _again in range(2):
        assert post(coordinator, address, page=address).status_code == 303
    clock.move(hours=2)
    author = signed_in(app, cast.bob)
    page = author.get("/taking-part").text
    asked = re.search(r'name="asked" value="(\w+)"', page)
    assert asked
    assert len(set(re.findall(r'name="asked" value="(\w+)"', page))) == 1
    for other in (cast.alice, cast.carol, cast.erin):
        assert 'name="asked"' not in signed_in(app, other).get("/taking-part").text
        assert post(signed_in(app, other), "/taking-part", {"do": "yes", "asked": asked[1]}).status_code == 404
        assert not is_core(tools, other)
    post(author, "/taking-part", {"do": "yes", "asked": asked[1]})
    assert is_core(tools, cast.bob)
    assert 'name="asked"' not in author.get("/taking-part").text
    # the identity file knows nothing of it: a role there would join the post with a person
    assert viewer_of(tools, cast.bob).roles == {"member"}
    post(author, "/taking-part", {"do": "back"})
    assert not is_core(tools, cast.bob)


def test_a_no_is_kept_and_a_term_ends(
    app: Flask, tools: Toolbox, cast: Cast, clock: SetClock, thread: tuple[str, str]
) -> None:
    other = published(tools, cast.alice)
    later = (other, answer(tools, cast.bob, other))
    publish(tools)
    for word, expected, where in (("no", False, thread), ("yes", True, later)):
        address = "/threads/{}/posts/{}/ask-support".format(*where)
        post(signed_in(app, cast.erin), address, page=address)
        clock.move(hours=2)
        author = signed_in(app, cast.bob)
        asked = re.search(r'name="asked" value="(\w+)"', author.get("/taking-part").text)
        assert asked
        post(author, "/taking-part", {"do": word, "asked": asked[1]})
        assert is_core(tools, cast.bob) is expected
    with tools.database.reading() as stores:
        own = standing_of(stores, viewer_of(tools, cast.bob).secret)
    day = today(tools.clock.now()) + timedelta(days=TERM_DAYS + 1)
    assert own.is_over(day)
    assert not own.is_core(day)
    post(author, "/taking-part", {"do": "on"})
    assert is_core(tools, cast.bob)


def test_nobody_is_asked_of_what_they_may_not_read_or_wrote(
    app: Flask, cast: Cast, tools: Toolbox, thread: tuple[str, str]
) -> None:
    thread_id, post_id = thread
    own = answer(tools, cast.erin, thread_id)
    publish(tools)
    coordinator = signed_in(app, cast.erin)
    for path in (f"{thread_id}/posts/{own}", f"{thread_id}/posts/{'0' * 32}", f"{'0' * 32}/posts/{post_id}"):
        assert coordinator.get(f"/threads/{path}/ask-support").status_code == 404
    assert post(signed_in(app, cast.carol), f"/threads/{thread_id}/posts/{post_id}/ask-support").status_code == 403


def test_two_invitations_vouch_for_an_organisation_and_name_nobody(
    app: Flask, client: FlaskClient, tools: Toolbox, cast: Cast
) -> None:
    member = signed_in(app, cast.bob)
    codes = []
    for left in (1, 0):
        page = post(member, "/invitations").text
        codes.append(re.search(r"<code>([A-Z0-9-]{14})</code>", page))
        assert ("あと1通" in page) is bool(left)
    assert post(member, "/invitations").status_code == 303
    assert "お渡しずみ" in member.get("/invitations").text
    assert all(codes)
    assert len({code[1] for code in codes if code}) == INVITATIONS
    assert codes[0]
    way = {"way": "new", "organisation_name": "架空のあたらしい養殖場", "introduction": codes[0][1].lower()}
    walk(client, tools, "new@example.jp", way)
    with tools.database.reading() as stores:
        rows = list(stores.identity.scalars(select(Introduction)))
        named = [open_organisation(tools.vault, row) for row in stores.identity.scalars(select(Organisation))]
    assert len(rows) == 1
    assert [one.name for one in named if one.is_known] == ["架空のあたらしい養殖場"]
    assert {column.name for column in Introduction.__table__.columns} == {"code_index", "until_month"}


def test_a_used_and_an_old_invitation_are_refused_and_one_is_not_needed(
    app: Flask, client: FlaskClient, tools: Toolbox, cast: Cast, clock: SetClock
) -> None:
    page = post(signed_in(app, cast.bob), "/invitations").text
    code = re.search(r"<code>([A-Z0-9-]{14})</code>", page)
    assert code
    clock.move(hours=24 * 31 * (MONTHS + 1))
    prove(client, tools, "new@example.jp")
    typed = {"way": "new", "organisation_name": "架空の養殖場", "introduction": code[1]}
    refused = post(client, "/sign-up/organisation", dict(typed))
    assert "使えませんでした" in refused.text
    assert "架空の養殖場" in refused.text
    assert post(client, "/sign-up/organisation", {**typed, "introduction": ""}).location == "/sign-up/about"
    with tools.database.transaction("identity") as stores:
        forget_old(stores, today=today(tools.clock.now()))
        assert stores.identity.scalars(select(Introduction)).first() is None


def test_a_coordinators_term_ends_and_goes_on(app: Flask, tools: Toolbox, cast: Cast, clock: SetClock) -> None:
    with tools.database.transaction("identity") as stores:
        roles.give(stores, tools.vault, mail=cast.carol.mail, role="coordinator")
        roles.answer(stores, tools.vault, viewer=viewer_of(tools, cast.carol), accepts=True, today=today(clock.now()))
    client = signed_in(app, cast.carol)
    assert client.get("/desk").status_code == 200
    clock.move(hours=24 * (roles.TERM_DAYS + 1))
    sign_in(client, cast.carol)
    assert "coordinator" not in viewer_of(tools, cast.carol).roles
    assert "任期が終わりました" in client.get("/roles").text
    assert post(client, "/roles/go-on").status_code == 303
    assert client.get("/desk").status_code == 200
