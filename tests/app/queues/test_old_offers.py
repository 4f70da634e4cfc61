"""Offers that an older schema left in the clear are sealed by the worker's first look, and nothing of them is lost."""

import json
from dataclasses import replace

from flask import Flask

from app.queues import experts, offers
from app.queues.models import Offer
from app.queues.offers import Offered
from app.wiring import Toolbox
from tests.app.pages.thieves import file_of, handle_of
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import Cast, Person, post, signed_in


def make_old(tools: Toolbox, person: Person, offer: Offered) -> None:
    """The row as 0035 found it, and the profile that counted none."""
    with tools.database.transaction("content") as stores:
        row = stores.content.get_one(Offer, offer.id)
        row.label = row.id
        names = ("inbox", "state", "offered_window", "claimed_until")
        row.unsealed = json.dumps({name: getattr(offer, name) for name in names})
        row.sealed = tools.vault.seal(offer.told, table="offers", column="sealed", row=row.id)
        profile = experts.find_profile(stores, tools.vault, offer.inbox)
        assert profile is not None
        group_key = tools.trade.group_of[profile.subject].key
        old = replace(profile, made=0)
        experts.put_profile(stores, tools.vault, handle=offer.inbox, group_key=group_key, profile=old)


def test_they_are_found_again_as_they_stood(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    for title in ("ひとつめです", "ふたつめです"):
        ask_question(tools, cast.alice, title=title, urgent=True)
    work(tools)
    bob = signed_in(app, cast.bob)
    claimed = f"/queue/{offers_of(tools, cast.bob)[0].id}"
    post(bob, f"{claimed}/claim", {}, page=claimed)
    before = {one.id: replace(one, notes=()) for one in offers_of(tools, cast.bob)}
    assert {one.state for one in before.values()} == {"offered", "claimed"}
    for one in before.values():
        make_old(tools, cast.bob, one)
    assert offers_of(tools, cast.bob) == []
    work(tools)
    assert {one.id: one for one in offers_of(tools, cast.bob)} == before
    assert bob.get(claimed).status_code == 200
    with tools.database.reading() as stores:
        assert all(stores.content.get_one(Offer, one).unsealed is None for one in before)
        assert all(offers.find(stores, tools.vault, one) for one in before)


def test_nothing_of_them_stays_in_the_clear(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    (offer,) = offers_of(tools, cast.bob)
    make_old(tools, cast.bob, offer)
    named = f'"inbox": "{handle_of(tools, cast.bob)}"'.encode()
    assert named in file_of(tools, "content")
    work(tools)
    assert named not in file_of(tools, "content")
