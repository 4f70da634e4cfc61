"""The yearly survey: answered and changed for a month, published in bands, gone; nobody's answer can be told."""

import json
from dataclasses import replace
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.clock import JAPAN, SetClock
from app.processes import close_survey
from app.survey.models import SurveyAnswer, SurveyResult
from app.survey.rules import QUESTIONS, band_of, years_over
from app.survey.service import answer, close, label_of, note_parting, open_all
from app.wiring import Toolbox
from privacy.pseudonyms import new_secret
from tests.cast import Cast, post, sign_in, viewer_of

ALL = {"safe": "yes", "unknown": "rather", "useful": "some", "load": "right", "goal": "little", "stay": "yes"}


def rows(tools: Toolbox) -> list[SurveyAnswer]:
    with tools.database.reading() as stores:
        return list(stores.content.scalars(select(SurveyAnswer)))


def to(clock: SetClock, year: int, month: int, day: int = 1) -> None:
    clock.move(hours=(datetime(year, month, day, 9, tzinfo=JAPAN).timestamp() - clock.now()) / 3600)


def test_an_answer_is_kept_changed_and_shown_again(client: FlaskClient, cast: Cast, tools: Toolbox) -> None:
    sign_in(client, cast.alice)
    assert "年に一度のアンケート" in client.get("/").text
    post(client, "/survey", ALL)
    post(client, "/survey", {**ALL, "load": "much", "stay": "nonsense"})
    assert len(rows(tools)) == 1
    page = client.get("/survey").text
    assert "お答えをお預かりしています" in page
    with tools.database.reading() as stores:
        [mine] = open_all(stores, tools.vault)
    assert mine.answers == {**{key: value for key, value in ALL.items() if key != "stay"}, "load": "much"}
    assert "年に一度のアンケート" not in client.get("/").text


def test_nothing_chosen_is_told_and_nothing_kept(client: FlaskClient, cast: Cast, tools: Toolbox) -> None:
    sign_in(client, cast.alice)
    post(client, "/survey", {})
    assert "一つも選ばれていません" in client.get("/survey").text
    assert not rows(tools)


def test_out_of_its_month_nothing_is_taken(client: FlaskClient, cast: Cast, tools: Toolbox, clock: SetClock) -> None:
    to(clock, 2026, 12)
    sign_in(client, cast.alice)
    assert "毎年11月に" in client.get("/survey").text
    post(client, "/survey", ALL)
    assert not rows(tools)


def test_the_rows_tell_neither_who_nor_what(client: FlaskClient, cast: Cast, tools: Toolbox) -> None:
    for person, chosen in ((cast.alice, ALL), (cast.bob, {"safe": "no"})):
        sign_in(client, person)
        post(client, "/survey", chosen)
        post(client, "/sign-out")
    found = rows(tools)
    assert len({len(row.sealed) for row in found}) == 1
    for row in found:
        assert row.label not in {cast.alice.member_id, cast.bob.member_id}
        assert b"safe" not in row.sealed
    assert label_of(cast.alice.secret, 2026) != label_of(cast.alice.secret, 2027)


@pytest.mark.parametrize(
    ("voices", "band"),
    [
        ([1] * 9, 0),
        ([1] * 40, 0),
        ([1, 2] * 20, 0),
        ([1, 2, 3] * 3, 0),
        ([1, 2, 3, 4, 5] * 2, 10),
        (list(range(260)), 250),
    ],
)
def test_a_band_needs_ten_people_of_three_organisations(voices: list[int], band: int) -> None:
    assert band_of(frozenset({str(one)}) for one in voices) == band


def test_a_month_that_is_over_is_published_once_and_its_answers_go(
    cast: Cast, tools: Toolbox, clock: SetClock, client: FlaskClient
) -> None:
    crowd(tools, cast, 12)
    close_survey(tools)
    assert len(rows(tools)) == 12
    to(clock, 2026, 12)
    close_survey(tools)
    close_survey(tools)
    assert not rows(tools)
    with tools.database.reading() as stores:
        [year] = stores.content.scalars(select(SurveyResult))
    body = json.loads(year.body)
    assert body["all"] == 10
    assert body["answers"]["safe"] == {"yes": 10, "rather": 0, "little": 0, "no": 0}
    sign_in(client, cast.frank)
    page = client.get("/survey").text
    assert "2026年の結果" in page
    assert "少なくて言えません" in page


def test_one_answer_more_or_less_cannot_be_read_from_what_is_published(tools: Toolbox, cast: Cast) -> None:
    """Whoever knows how twenty of them answered still does not know the last; the mutant that publishes counts tells."""
    told: dict[str, set[str]] = {"bands": set(), "counts": set()}
    for last in ("yes", "no"):
        people = crowd(tools, cast, 20, last=last)
        with tools.database.transaction("content") as stores:
            found = [row.answers["safe"] for row in open_all(stores, tools.vault)]
            close(stores, tools.vault, today=datetime(2026, 12, 1, tzinfo=JAPAN).date(), month=11)
            result = stores.content.get_one(SurveyResult, 2026)
            told["bands"].add(result.body)
            told["counts"].add(str(sorted(found)))
            stores.content.delete(result)
        assert people == 20
    assert len(told["bands"]) == 1
    assert len(told["counts"]) == 2


def test_a_standstill_publishes_later_and_every_year_by_itself() -> None:
    december = datetime(2028, 12, 1, tzinfo=JAPAN).date()
    assert years_over([2026, 2028, 2028], december, 11) == [2026, 2028]
    assert years_over([2028], december.replace(month=11), 11) == []
    assert all(len(one.options) >= 3 for one in QUESTIONS)


def crowd(tools: Toolbox, cast: Cast, size: int, *, last: str = "yes") -> int:
    """So many answers, each of an organisation of its own; all say yes but for the last."""
    viewer = viewer_of(tools, cast.alice)
    for number in range(size):
        one = replace(viewer, secret=new_secret(), circle=f"circle {number}")
        chosen = {**ALL, "safe": last if number == size - 1 else "yes"}
        with tools.database.transaction("content") as stores:
            answer(stores, tools.vault, viewer=one, answers=chosen, today=datetime(2026, 11, 20, tzinfo=JAPAN).date())
    return size


def test_who_left_is_counted_apart_and_with_the_survey_that_comes(
    cast: Cast, tools: Toolbox, clock: SetClock, client: FlaskClient
) -> None:
    crowd(tools, cast, 12)
    leavers = [viewer_of(tools, person) for person in cast.people.values() if person.name in ("alice", "bob", "carol")]
    with tools.database.transaction("content") as stores:
        for number in range(12):
            note_parting(
                stores, tools.vault, viewer=leavers[number % 3], why="time" if number else "nonsense",
                today=datetime(2026, 12 if number == 11 else 11, 1, tzinfo=JAPAN).date(), month=11,
            )  # fmt: skip
    assert len(rows(tools)) == 23  # of 2027 already the last
    to(clock, 2026, 12)
    close_survey(tools)
    with tools.database.reading() as stores:
        [year] = stores.content.scalars(select(SurveyResult))
    body = json.loads(year.body)
    assert (body["all"], body["answers"]["safe"]["yes"]) == (10, 10)
    assert body["answers"]["parting"] == {"time": 10, "answers": 0, "load": 0, "safe": 0, "work": 0, "other": 0}
    assert len(rows(tools)) == 1
    sign_in(client, cast.frank)
    assert "離れた方にうかがった" in client.get("/survey").text
