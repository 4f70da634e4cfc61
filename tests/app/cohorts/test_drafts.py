"""What is typed in a cohort and not sent is kept, by its author's own secret, until it is."""

import pytest

from app.questions.keeping import kept_at
from tests.app.cohorts.stage import CHECK_IN, Stage, pressed
from tests.cast import post

NOTE = {"title": "夏の酸素を見える形に", "text": "夜明け前だけ下がると気づきました。", "audience": "domain"}
FORMS = {
    "talk": ("cohort-talk", "", "/talk", {"text": "架空水産Aの網は重いです。"}, {"text": "よろしくお願いします。"}),
    "week": ("cohort-week", "/check-in", "/check-in", {**CHECK_IN, "week": "架空水産Aの網を見ました。"}, CHECK_IN),
    "note": ("cohort-note", "/closing", "/closing", {**NOTE, "text": "架空水産Aの網は重いです。"}, NOTE),
}


@pytest.mark.parametrize("form", FORMS)
def test_what_is_typed_stays_until_it_is_sent(stage: Stage, form: str) -> None:
    kind, page, action, typed, sent = FORMS[form]
    cohort = stage.begin()
    if form == "note":
        stage.pass_days(36)
    url, place = f"/cohorts/{cohort}{page}", f"{kind} {cohort}"
    written = next(text for text in typed.values() if "架空水産A" in text)
    looked = post(stage["alice"], f"/cohorts/{cohort}{action}", dict(typed), page=url)
    assert looked.status_code == 422
    again = stage["alice"].get(url).text
    assert "書きかけがあります" in again
    assert written in again
    assert written not in stage["bob"].get(url).text
    kept = {"place": place, "back": url, **sent}
    assert post(stage["alice"], "/reply-draft", dict(kept), page=url).location == url
    assert next(iter(sent.values())) in stage["alice"].get(url).text
    assert pressed(stage["alice"], f"/cohorts/{cohort}{action}", dict(sent), page=url).status_code == 303
    with stage.tools.database.reading() as stores:
        assert not kept_at(stores, stage.people["alice"].secret, place)
    assert "書きかけがあります" not in stage["alice"].get(f"/cohorts/{cohort}").text
