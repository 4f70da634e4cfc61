"""Whoever answers in two subjects of a group is not told by the reasons which of them a question hides."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from app.questions.models import Thread
from app.queues import offers, service, shown, whys
from app.queues.experts import find_profile, own_handles
from app.queues.grounds import Case
from app.queues.offers import Offered
from app.wiring import Toolbox
from tests.app.questions.makers import answer, make_question, open_table_with, published, set_profile
from tests.app.questions.test_hidden_subject import COHO, TROUT, crowd
from tests.app.queues.stage import offers_of, work
from tests.cast import Cast, make_cast, post, signed_in, viewer_of
from tests.conftest import make_app

WHY = "を手伝えると登録しています"


def opt_in(tools: Toolbox, cast: Cast, topics: dict[str, tuple[str, ...]]) -> None:
    with tools.database.transaction("content") as stores:
        for subject, listed in topics.items():
            service.opt_in(
                stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.bob), subject=subject, topics=listed,
                capacity=3, away_until=0, box=None,
            )  # fmt: skip


def texts(page: str) -> str:
    """The page without what is random; whether a coordinator's word is proposed is a draw by member and thread."""
    page = page.replace('name="word" value="1" checked', 'name="word" value="1"')
    return re.sub(r'[0-9a-f]{32}|(?:csrf_token|token|opened)"[^>]*value="[^"]*"|X-CSRFToken": "[^"]*"', "", page)


def offered(app: Flask, tools: Toolbox, cast: Cast, subject: str) -> str:
    """What the attacker reads on the offer of a question that hides this subject, but for what is random."""
    published(tools, cast.alice, make_question(subject=subject))
    work(tools, hours=1)
    newest = max(offers_of(tools, cast.bob), key=lambda one: one.offered_window)
    page = signed_in(app, cast.bob).get(f"/queue/{newest.id}").text
    return texts(page)


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
    monkeypatch.setattr(Case, "is_open", property(lambda _case: True))
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


def test_what_is_declared_in_every_subject_is_said_and_taken_off_in_every_one(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    opt_in(tools, cast, {TROUT: ("disease", "feed"), COHO: ("disease",)})
    pages = [offered(app, tools, cast, subject) for subject in (TROUT, COHO)]
    assert pages[0] == pages[1]
    assert WHY in pages[0]
    assert "どの魚種でも同じになることだけを出しています" in pages[0]
    page = f"/queue/{offers_of(tools, cast.bob)[0].id}"
    bob = signed_in(app, cast.bob)
    assert post(bob, f"{page}/not-me", {"about": "declared"}, page=page).status_code == 303
    assert topics_of(tools, cast) == {TROUT: ("feed",), COHO: ()}


def topics_of(tools: Toolbox, cast: Cast) -> dict[str, tuple[str, ...]]:
    with tools.database.reading() as stores:
        viewer = viewer_of(tools, cast.bob)
        found = {one: find_profile(stores, tools.vault, handle) for one, handle in own_handles(stores, viewer).items()}
        return {subject: one.topics for subject, one in found.items() if one is not None}


def test_where_nothing_can_be_said_the_page_names_what_is_hidden(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast, {TROUT: ("disease",), COHO: ()})
    hidden = "魚種を伏せた質問です。魚種がわかってしまうので、届いたわけは出せません。"
    assert hidden in offered(app, tools, cast, COHO)
    bob = signed_in(app, cast.bob)
    assert hidden in bob.get("/queue").text
    english = bob.get("/queue", headers={"Accept-Language": "en"}).text
    assert "This question hides its “Species”" in english


def lives(tools: Toolbox, first: str, second: str, opted: dict[str, tuple[str, ...]]) -> str:
    """Bob answers five questions, then comes one more; his pages on it, in both languages. `first` is what the answered
    ones hide, `second` what the last one hides."""
    cast, app = make_cast(tools), make_app(tools)
    newest = comes(tools, cast, first, second, opted)
    bob, found = signed_in(app, cast.bob), ""
    for language in ("ja", "en"):
        for path in (f"/queue/{newest.id}", "/queue"):
            found += bob.get(path, headers={"Accept-Language": language}).text
    return texts(found)


def comes(tools: Toolbox, cast: Cast, first: str, second: str, opted: dict[str, tuple[str, ...]]) -> Offered:
    """The offer of the last one."""
    opt_in(tools, cast, opted)
    for number, person in enumerate((cast.alice, cast.dave, cast.carol, cast.alice, cast.dave)):
        thread = published(tools, person, make_question(subject=first, title=TITLES[number]))
        answer(tools, cast.bob, thread)
        work(tools, hours=26)
    thread = published(tools, cast.carol, make_question(subject=second, title="稚魚のえらがまた白いです"))
    work(tools, hours=1)
    (newest,) = (one for one in offers_of(tools, cast.bob) if one.thread_id == thread)
    return newest


TITLES = (
    "えらが白い稚魚がいます",
    "網の目合いを選びたい",
    "餌の値上がりへの備え",
    "水車の電気代",
    "出荷前の絶食の日数",
)
BOTH = {TROUT: ("disease", "feed"), COHO: ("disease",)}


@pytest.mark.parametrize("opted", [BOTH, {TROUT: ("disease",), COHO: ()}])
def test_twins_the_pages_are_the_same_whichever_subject_each_question_hides(
    two: tuple[Toolbox, Toolbox], opted: dict[str, tuple[str, ...]]
) -> None:
    told = [
        lives(tools, *subjects, opted) for tools, subjects in zip(two, ((TROUT, TROUT), (TROUT, COHO)), strict=True)
    ]
    assert "サケ・マス類の「病気・へい死」に、3〜5件答えています" in told[0]
    assert "「えらが白い稚魚がいます」がいちばん近いです" in told[0]
    assert told[0] == told[1]


def test_twins_nor_which_subject_was_hidden_by_what_was_answered(two: tuple[Toolbox, Toolbox]) -> None:
    told = [lives(tools, *subjects, BOTH) for tools, subjects in zip(two, ((TROUT, TROUT), (COHO, TROUT)), strict=True)]
    assert told[0] == told[1]


def test_twins_are_told_apart_where_reasons_rest_on_subjects(
    two: tuple[Toolbox, Toolbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Case, "is_open", property(lambda _case: True))
    monkeypatch.setattr(shown, "names_subject", lambda *_args, **_more: True)
    monkeypatch.setattr(whys, "names_subject", lambda *_args, **_more: True)
    told = [lives(tools, *subjects, BOTH) for tools, subjects in zip(two, ((TROUT, TROUT), (TROUT, COHO)), strict=True)]
    assert told[0] != told[1]


@pytest.mark.parametrize("change", [{"hidden": True}, {"key_id": "none"}])
def test_no_likeness_is_told_of_a_text_that_is_not_there(
    app: Flask, tools: Toolbox, cast: Cast, change: dict[str, object]
) -> None:
    offer = comes(tools, cast, TROUT, COHO, BOTH)
    page, bob = f"/queue/{offer.id}", signed_in(app, cast.bob)
    assert "いちばん近いです" in bob.get(page).text
    with tools.database.transaction("content") as stores:
        for name, value in change.items():
            setattr(stores.content.get_one(Thread, offer.thread_id), name, value)
    assert "サケ・マス類の「病気・へい死」に、3〜5件答えています" in bob.get(page).text
    assert "いちばん近いです" not in bob.get(page).text
    assert post(bob, f"{page}/not-me", {"about": "alike"}, page=page).status_code == 404


def test_one_inbox_is_not_told_that_the_question_is_of_its_subject(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """From the third wave on a question goes next door too, and nobody comes from there in the place for exploring."""
    opt_in(tools, cast, {TROUT: ()})
    published(tools, cast.alice, make_question(subject=TROUT))
    work(tools, hours=1)
    (offer,) = offers_of(tools, cast.bob)
    told = []
    for exploring in (False, True):
        with tools.database.transaction("content") as stores:
            offers.put(stores, tools.vault, replace(offer, told={**offer.told, "exploring": exploring}))
        told.append(texts(signed_in(app, cast.bob).get(f"/queue/{offer.id}").text))
    assert told[0] == told[1]
