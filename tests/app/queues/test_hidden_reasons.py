"""Whoever answers in two subjects of a group is not told by the reasons which of them a question hides."""

import re

import pytest
from flask import Flask

from app.queues import service, whys
from app.wiring import Toolbox
from tests.app.questions.makers import make_question, open_table_with, published, set_profile
from tests.app.questions.test_hidden_subject import COHO, TROUT, crowd
from tests.app.queues.stage import offers_of, work
from tests.cast import Cast, post, signed_in, viewer_of

WHY = "を手伝えると登録しています"


def opt_in(tools: Toolbox, cast: Cast, topics: dict[str, tuple[str, ...]]) -> None:
    with tools.database.transaction("content") as stores:
        for subject, listed in topics.items():
            service.opt_in(
                stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.bob), subject=subject, topics=listed,
                capacity=3, away_until=0, box=None,
            )  # fmt: skip


def offered(app: Flask, tools: Toolbox, cast: Cast, subject: str) -> str:
    """What the attacker reads on the offer of a question that hides this subject, but for what is random."""
    published(tools, cast.alice, make_question(subject=subject))
    work(tools, hours=1)
    newest = max(offers_of(tools, cast.bob), key=lambda one: one.offered_window)
    page = signed_in(app, cast.bob).get(f"/queue/{newest.id}").text
    return re.sub(r'[0-9a-f]{32}|(?:csrf_token|token|opened)"[^>]*value="[^"]*"|X-CSRFToken": "[^"]*"', "", page)


def tells_them_apart(app: Flask, tools: Toolbox, cast: Cast) -> bool:
    return offered(app, tools, cast, TROUT) != offered(app, tools, cast, COHO)


TOPICS = {TROUT: ("disease",), COHO: ()}  # says in one subject what they do not say in the other


def test_the_reasons_of_an_offer_do_not_tell_which_subject_is_hidden(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast, TOPICS)
    assert not tells_them_apart(app, tools, cast)
    for offer in offers_of(tools, cast.bob):  # nor does saying "not me" of one
        page = f"/queue/{offer.id}"
        assert post(signed_in(app, cast.bob), f"{page}/not-me", {"about": "declared"}, page=page).status_code == 404


def test_the_attacker_reads_it_where_every_reason_is_said(
    app: Flask, tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whys, "_may_tell", lambda *_args: True)
    opt_in(tools, cast, TOPICS)
    assert tells_them_apart(app, tools, cast)


def test_who_answers_in_one_subject_is_told_and_so_is_everybody_where_the_page_names_it(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    opt_in(tools, cast, {TROUT: ("disease",)})
    assert WHY in offered(app, tools, cast, TROUT)
    opt_in(tools, cast, TOPICS)
    open_table_with(tools, {"subject": 0}, people=crowd())
    set_profile(tools, cast.alice, subject=0)
    published(tools, cast.alice, make_question(subject=TROUT, levels={"subject": 0}))
    work(tools, hours=1)
    newest = max(offers_of(tools, cast.bob), key=lambda one: one.offered_window)
    assert WHY in signed_in(app, cast.bob).get(f"/queue/{newest.id}").text
