"""The expert's own page: true about what they did, and what they put right there reaches the router."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.queues.experts import find_profile, own_handles
from app.queues.roster import vouched_of
from app.queues.rules import Profile
from app.vectors.models import IndexedThread
from app.vectors.store import Evidence, find_evidence, mark_endorsed, put_evidence
from app.wiring import Toolbox
from matching.prior import PRIOR
from tests.app.questions.makers import answer as answer_from_the_list
from tests.app.questions.makers import ask, make_question, published
from tests.app.questions.test_hidden_subject import keeps_only
from tests.app.queues.stage import answer, ask_question, offers_of, opt_in, work
from tests.cast import Cast, Person, make_cast, post, signed_in, viewer_of
from tests.conftest import make_app

SUBJECT = "rainbow-trout"
PAGE = "/queue/settings"


def evidence(tools: Toolbox, thread_id: str) -> Evidence:
    with tools.database.reading() as stores:
        return find_evidence(stores, tools.vault, thread_id)


def profile_of(tools: Toolbox, person: Person, subject: str = SUBJECT) -> Profile:
    with tools.database.reading() as stores:
        handle = own_handles(stores, viewer_of(tools, person))[subject]
        found = find_profile(stores, tools.vault, handle)
    assert found is not None
    return found


def sentences(client: FlaskClient) -> str:
    """What the page says, without tags."""
    return re.sub(r"<[^>]*>|\s", "", client.get(PAGE).text)


def test_it_says_what_was_shown_and_why_questions_come(app: Flask, cast: Cast, answered: str) -> None:
    page = sentences(signed_in(app, cast.bob))
    assert "「病気・へい死」：1、2件の回答があり、手伝えると登録もしています。" in page
    assert "1、2件に回答" in page
    assert "稚魚が朝に死にます" in page
    carols = sentences(signed_in(app, cast.carol))
    assert "「病気・へい死」：手伝えると登録しています。" in carols
    assert "答えてきたこと" not in carols
    assert "稚魚が朝に死にます" not in carols


def test_a_muted_topic_does_not_come(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob, cast.carol)
    bob = signed_in(app, cast.bob)
    fields: dict[str, object] = {"capacity": "3", "topics": ["feed"], "muted": ["disease"]}
    assert post(bob, f"{PAGE}/{SUBJECT}", fields, page=PAGE).status_code == 303
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    assert offers_of(tools, cast.bob) == []
    assert len(offers_of(tools, cast.carol)) == 1
    assert "受け取らないことにしているので、届きません" in sentences(bob)
    assert post(bob, f"{PAGE}/{SUBJECT}", {"capacity": "3", "topics": ["disease"]}, page=PAGE).status_code == 303
    ask_question(tools, cast.alice, title="また朝に死にます", urgent=True)
    work(tools, hours=24)
    assert len(offers_of(tools, cast.bob)) == 2  # and the first question, whose next wave came meanwhile


def test_one_topic_in_both_lists_is_refused(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    both: dict[str, object] = {"capacity": "3", "topics": ["disease", "feed"], "muted": ["feed"]}
    refused = post(signed_in(app, cast.bob), f"{PAGE}/{SUBJECT}", both, page=PAGE)
    assert refused.status_code == 422
    assert "どちらかだけにしてください" in refused.text
    assert profile_of(tools, cast.bob).muted == ()


def test_muted_from_the_question_itself_in_all_subjects_of_its_group(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob, cast.carol)
    bob = signed_in(app, cast.bob)
    fields: dict[str, object] = {"capacity": "3", "topics": ["disease", "feed"]}
    assert post(bob, f"{PAGE}/coho-salmon", fields, page=PAGE).status_code == 303
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    path = f"/queue/{offers_of(tools, cast.bob)[0].id}"
    assert "この話題は受け取らない" in bob.get(path).text
    assert post(signed_in(app, cast.carol), f"{path}/mute", page=PAGE).status_code == 404
    assert post(bob, f"{path}/mute", page=PAGE).location == path
    assert bob.get(path).status_code == 200
    rainbow, coho = profile_of(tools, cast.bob), profile_of(tools, cast.bob, "coho-salmon")
    assert (rainbow.topics, rainbow.muted) == ((), ("disease",))
    assert (coho.topics, coho.muted) == (("feed",), ("disease",))
    assert profile_of(tools, cast.carol).muted == ()


def test_a_pass_is_taken_back_and_the_question_does_not_come_again(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob, cast.carol)
    thread = ask_question(tools, cast.alice, urgent=True)
    work(tools)
    bob = signed_in(app, cast.bob)
    path, fields = f"/queue/{offers_of(tools, cast.bob)[0].id}/pass", {"thread": thread}
    assert post(bob, path, {"reason": "not_my_field"}, page=PAGE).status_code == 303
    work(tools, hours=1)
    bob = signed_in(app, cast.bob)
    page = sentences(bob)
    assert "お返しした質問" in page
    assert "稚魚が朝に死にます" in page
    assert "届きにくくなります" in page
    assert post(signed_in(app, cast.carol), "/queue/passes/remove", dict(fields), page=PAGE).status_code == 404
    assert post(bob, "/queue/passes/remove", dict(fields), page=PAGE).status_code == 303
    assert profile_of(tools, cast.bob).passes == ()
    assert evidence(tools, thread).passes == ()
    assert "稚魚が朝に死にます" not in sentences(bob)
    work(tools, hours=24)
    assert offers_of(tools, cast.bob) == []


def test_a_topic_muted_in_one_subject_is_said_to_be_closed_there_alone(app: Flask, tools: Toolbox, cast: Cast) -> None:
    bob = signed_in(app, cast.bob)
    post(bob, f"{PAGE}/{SUBJECT}", {"capacity": "3", "muted": ["disease"]}, page=PAGE)
    post(bob, f"{PAGE}/coho-salmon", {"capacity": "3", "topics": ["disease"]}, page=PAGE)
    page = sentences(bob)
    assert "「病気・へい死」：手伝えると登録しています。" in page
    assert "「病気・へい死」：ニジマスでは受け取らないことにしています。" in page
    assert "受け取らないことにしているので、届きません" not in page
    english = bob.get(PAGE, headers={"Accept-Language": "en"}).text
    assert "“Disease and mortality”: you chose not to receive these for “Rainbow trout”." in english
    post(bob, f"{PAGE}/coho-salmon", {"capacity": "0", "topics": ["disease"]}, page=PAGE)
    page = sentences(bob)
    assert "「病気・へい死」：受け取らないことにしているので、届きません。" in page
    assert "手伝えると登録しています。" not in page  # where nothing comes, it brings nothing


def test_what_is_muted_everywhere_takes_no_place_among_what_brings_questions(
    app: Flask, tools: Toolbox, cast: Cast, answered: str
) -> None:
    bob = signed_in(app, cast.bob)
    post(bob, f"{PAGE}/{SUBJECT}", {"capacity": "3", "muted": ["disease"]}, page=PAGE)
    page = sentences(bob)
    assert "「病気・へい死」：受け取らないことにしているので、届きません。" in page
    assert "の回答があり" not in page


def test_counts_carry_an_age_and_the_habits_that_count_are_named(app: Flask, cast: Cast, answered: str) -> None:
    bob = signed_in(app, cast.bob)
    assert "1、2件に回答（いちばん新しいのは2026年11月）" in sentences(bob)
    assert "詳しい回答や早めの回答が多い方は、少し選ばれやすくなります" in sentences(bob)
    assert "somewhat more likely to be chosen" in bob.get(PAGE, headers={"Accept-Language": "en"}).text
    assert min(PRIOR["substance"], PRIOR["prompt"]) > 0.1  # what the sentence is about


def test_an_endorsement_is_shown_to_its_author_who_may_leave_it_unused(
    app: Flask, tools: Toolbox, cast: Cast, answered: str
) -> None:
    posts = {one.post for one in evidence(tools, answered).answers}
    with tools.database.transaction("content") as stores:
        mark_endorsed(stores, tools.vault, thread_id=answered, posts=posts)
    bob, fields = signed_in(app, cast.bob), {"thread": answered}
    assert "推しの声" in sentences(bob)
    assert endorsed_for(tools, cast.bob) == {"disease"}
    assert post(signed_in(app, cast.carol), "/queue/evidence/vouch", dict(fields), page=PAGE).status_code == 404
    assert post(bob, "/queue/evidence/vouch", dict(fields), page=PAGE).status_code == 303
    assert endorsed_for(tools, cast.bob) == set()
    assert answered in tools.memory.endorsed  # so that the week's count still finds it
    page = sentences(bob)
    assert "推されている話題" not in page
    assert "この推しは、質問を届ける人選びには使われていません" in page
    with tools.database.transaction("content") as stores:
        mark_endorsed(stores, tools.vault, thread_id=answered, posts=posts)  # as the next week's count does
    assert endorsed_for(tools, cast.bob) == set()
    assert post(bob, "/queue/evidence/vouch", {**fields, "use": "1"}, page=PAGE).status_code == 303
    assert endorsed_for(tools, cast.bob) == {"disease"}


def test_an_endorsement_left_unused_stays_so_where_its_author_answers_once_more(
    app: Flask, tools: Toolbox, cast: Cast, answered: str
) -> None:
    def endorse() -> None:
        posts = {one.post for one in evidence(tools, answered).answers}
        with tools.database.transaction("content") as stores:
            mark_endorsed(stores, tools.vault, thread_id=answered, posts=posts)

    endorse()
    bob, unused = signed_in(app, cast.bob), "この推しは、質問を届ける人選びには使われていません"
    assert post(bob, "/queue/evidence/vouch", {"thread": answered}, page=PAGE).status_code == 303
    answer_from_the_list(tools, cast.bob, answered)
    work(tools, hours=26)
    endorse()
    assert len(evidence(tools, answered).answers) == 2
    assert endorsed_for(tools, cast.bob) == set()
    assert unused in sentences(signed_in(app, cast.bob))
    with tools.database.transaction("content") as stores:  # of two answers one: then it is used, and the page says so
        known, row = evidence(tools, answered), stores.content.get_one(IndexedThread, answered)
        answers = (known.answers[0], replace(known.answers[1], unvouched=False))
        put_evidence(stores, tools.vault, row, replace(known, answers=answers))
    assert endorsed_for(tools, cast.bob) == {"disease"}
    assert unused not in sentences(signed_in(app, cast.bob))


def endorsed_for(tools: Toolbox, person: Person) -> set[str]:
    """The topics the router takes a person to be endorsed for."""
    with tools.database.reading() as stores:
        tools.memory.catch_up(stores, tools.trade.subjects)
        handle = own_handles(stores, viewer_of(tools, person))[SUBJECT]
    return set(vouched_of(tools.memory.endorsed).get(handle, ()))


def test_the_page_does_not_tell_which_subject_a_question_hides(two: tuple[Toolbox, Toolbox]) -> None:
    told = [_told(tools, subject) for tools, subject in zip(two, (SUBJECT, "coho-salmon"), strict=True)]
    assert "稚魚が朝に死にます" in told[0]
    assert told[0] == told[1]


@pytest.mark.parametrize("afresh", [False, True])
def test_nor_whether_it_is_one_of_the_answerers_own(two: tuple[Toolbox, Toolbox], afresh: bool) -> None:
    """The attack: who receives questions on one of two subjects answers from the list, and looks what counts."""
    told = [
        _told_of_the_list(tools, subject, afresh) for tools, subject in zip(two, (SUBJECT, "coho-salmon"), strict=True)
    ]
    assert "わたしの実績にしない" in told[0]
    assert told[0] == told[1]


def _told_of_the_list(tools: Toolbox, subject: str, afresh: bool) -> str:
    cast = make_cast(tools)
    app = make_app(tools)
    keeps_only(tools, cast.bob, SUBJECT)
    bob = signed_in(app, cast.bob)
    if afresh:
        post(bob, f"{PAGE}/salmonids/afresh")
    post(bob, f"{PAGE}/{SUBJECT}", {"capacity": "5", "topics": ["disease"]}, page=PAGE)
    thread = published(tools, cast.alice, make_question(subject=subject))
    answer_from_the_list(tools, cast.bob, thread)
    work(tools, hours=4)
    return sentences(signed_in(app, cast.bob))


def _told(tools: Toolbox, subject: str) -> str:
    """Bob's page after he handed one question back and answered another, both about this subject."""
    cast = make_cast(tools)
    app = make_app(tools)
    bob = signed_in(app, cast.bob)
    for own in (SUBJECT, "coho-salmon"):
        post(bob, f"{PAGE}/{own}", {"capacity": "5", "topics": ["disease"]}, page=PAGE)
    for title in ("稚魚が朝に死にます", "夕方にも死にます"):
        thread = ask(tools, cast.alice, make_question(subject=subject, title=title, urgent=True))
        work(tools)
        if title.startswith("稚魚"):
            post(bob, f"/queue/{offers_of(tools, cast.bob)[0].id}/pass", {"reason": "no_time"}, page=PAGE)
        else:
            answer(tools, cast.bob, thread)
    return sentences(signed_in(app, cast.bob))
