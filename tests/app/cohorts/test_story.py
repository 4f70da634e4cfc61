"""A cohort from sign-up to closing note, by its pages."""

from sqlalchemy import select

from app.cohorts.models import Seat
from app.knowledge.models import Article, ArticleVersion
from tests.app.cohorts.stage import CANVAS, CHECK_IN, GOALS, MATES, Stage, pressed


def test_from_sign_up_to_closing_note(stage: Stage) -> None:
    stage.open_term()
    assert "夏を越すための備え" in stage["alice"].get("/cohorts").text
    stage.sign_up(*MATES)
    assert GOALS["alice"][0] in stage["alice"].get("/cohorts").text
    stage.pass_days(8)
    cohort = stage.cohort_of("alice")
    assert cohort
    assert {stage.cohort_of(who) for who in MATES} == {cohort}
    page = stage["bob"].get(f"/cohorts/{cohort}").text
    assert all(GOALS[who][0] in page for who in MATES)
    assert "に始まります" in page
    stage.pass_days(2)
    url = f"/cohorts/{cohort}"
    assert pressed(stage["alice"], f"{url}/talk", {"text": "よろしくお願いします。"}, page=url).status_code == 303
    assert pressed(stage["alice"], f"{url}/check-in", CHECK_IN).status_code == 303
    assert pressed(stage["alice"], f"{url}/canvas/all/edit", CANVAS).status_code == 303
    stage.pass_days(1)
    page = stage["bob"].get(url).text
    assert "よろしくお願いします。" in page
    assert CHECK_IN["week"] in page
    assert "1週目の記録" in page
    drawn = stage["bob"].get(f"{url}/canvas/all").text
    assert drawn.count("<rect") >= 4
    assert "8月の末に去年と同じです。" in drawn
    assert 'style="' not in drawn
    stage.pass_days(34)
    text = {"title": "夏の酸素を見える形に", "text": "夜明け前だけ下がると全員が気づきました。", "audience": "members"}
    assert pressed(stage["carol"], f"{url}/closing", text).status_code == 303
    stage.pass_days(1)
    for who in MATES:
        page = stage[who].get(f"{url}/closing")
        assert text["text"] in page.text
        asked = page.text.split('name="asked" value="')[1].split('"')[0]
        assert (
            pressed(
                stage[who], f"{url}/closing/answer", {"word": "yes", "asked": asked}, page=f"{url}/closing"
            ).status_code
            == 303
        )
    stage.pass_days(1)
    assert "全員が同意しました" in stage["alice"].get(f"{url}/closing").text
    with stage.tools.database.reading() as stores:
        assert [row.state for row in stores.content.scalars(select(ArticleVersion))] == ["second"]
        assert len(list(stores.content.scalars(select(Article)))) == 1
        assert len(list(stores.content.scalars(select(Seat)))) == 4
    stage.pass_days(9)
    assert "一区切りしました" in stage["alice"].get(url).text
