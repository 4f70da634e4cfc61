"""Who is together with whom, who is kept, who leaves, who rests; and what nobody else finds."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.clock import today
from app.cohorts.models import Seat
from app.community import ballots
from app.community.models import Writing
from app.leaving.steps import leave
from app.questions.drafts import find_draft
from tests.app.cohorts.stage import CANVAS, CHECK_IN, MATES, Stage, pressed
from tests.cast import post, viewer_of

OUTSIDERS = ("dave", "erin", "kate")
PAGES = ("", "/check-in", "/canvas", "/canvas/all", "/canvas/all/edit", "/company", "/closing", "/leave")


def test_colleagues_are_never_together_and_who_has_no_place_is_kept_for_the_next_term(stage: Stage) -> None:
    stage.open_term()
    stage.sign_up("dave", *MATES)
    assert stage.cohort_of("alice") == ""
    stage.pass_days(8)
    together = stage.cohort_of("bob")
    assert together == stage.cohort_of("carol") == stage.cohort_of("judy") != ""
    left = {who for who in ("alice", "dave") if not stage.cohort_of(who)}
    assert len(left) == 1  # one of two colleagues
    (kept,) = left
    page = stage[kept].get("/cohorts").text
    assert "次の期を待っています" in page
    assert "あなたのせいではなく" in page
    assert "お預かりしています" in stage[kept].get("/inbox").text
    first = stage.term
    stage.open_term(theme="冬の備え")
    again = {"goal": "冬の備え", "give": "記録", "group": "salmonids", "sure": "1"}
    assert (
        pressed(stage[kept], f"/cohorts/terms/{stage.term}/join", again).status_code == 409
    )  # has a place in the queue
    stage.sign_up("bob", "carol", "judy", "kate")
    stage.pass_days(8)
    assert stage.cohort_of(kept, first) == stage.cohort_of("kate") != ""  # five of them, the kept one too
    assert stage.cohort_of(kept, first) != together


def test_what_was_not_for_one_does_not_look_like_anything(stage: Stage) -> None:
    cohort = stage.begin()
    url = f"/cohorts/{cohort}"
    assert pressed(stage["alice"], f"{url}/canvas/all/edit", CANVAS).status_code == 303
    nowhere = "/cohorts/" + "0" * 32
    for who in OUTSIDERS:
        for page in PAGES:
            found, nothing = (stage[who].get(one + page) for one in (url, nowhere))
            assert found.status_code == nothing.status_code == 404, (who, page)
            bare = [
                re.sub(r'value="[^"]*"|content="[^"]*"|Token": "[^"]*"|/cohorts/[0-9a-f]{32}', "", one.text)
                for one in (found, nothing)
            ]
            assert bare[0] == bare[1]
        assert cohort not in stage[who].get("/cohorts").text
        for sent in ("/talk", "/check-in", "/stuck", "/rest", "/leave", "/company", "/closing/answer"):
            assert post(stage[who], url + sent, {"text": "x", "word": "yes"}, page="/cohorts").status_code == 404
    assert stage["frank"].get(url).status_code == 403
    assert stage["erin"].get("/cohorts/terms").text.count("夏を越すための備え") == 1  # the term, and no cohort
    assert cohort not in stage["erin"].get("/cohorts/terms").text
    stage.pass_days(1)
    with stage.tools.database.reading() as stores:
        writing = stores.content.scalars(select(Writing.id)).one()
    assert stage["bob"].get(f"/writings/{writing}").status_code == 303
    for who in OUTSIDERS:
        for page in ("", "/flag", "/change", "/withdraw", "/words"):
            assert stage[who].get(f"/writings/{writing}{page}").status_code == 404, (who, page)
    assert stage["frank"].get(f"/writings/{writing}").status_code == 404


def test_leaving_midway_is_one_neutral_sentence(stage: Stage) -> None:
    cohort = stage.begin()
    url = f"/cohorts/{cohort}"
    page = stage["bob"].get(f"{url}/leave").text
    assert "が会を離れました。」とだけ出ます" in page
    assert post(stage["bob"], f"{url}/leave").status_code == 303
    assert stage["bob"].get(url).status_code == 404
    stage.pass_days(1)
    shown = stage["alice"].get(url).text
    assert len(re.findall(r"仲間\d?が会を離れました。", shown)) == 1
    assert "夏の高水温への備え" not in shown  # the goal went with its seat


@pytest.mark.parametrize("how", ["keep", "withdraw"])
def test_leaving_the_service_takes_the_seat_too(stage: Stage, how: str) -> None:
    cohort = stage.begin()
    leave(stage.tools, viewer_of(stage.tools, stage.people["bob"]), texts=how)  # type: ignore[arg-type]
    stage.pass_days(1)
    shown = stage["alice"].get(f"/cohorts/{cohort}").text
    assert "が会を離れました。" in shown
    assert "夏の高水温への備え" not in shown


def test_a_week_has_one_check_in_and_a_gap_says_nothing(stage: Stage) -> None:
    cohort = stage.begin()
    url = f"/cohorts/{cohort}"
    assert pressed(stage["alice"], f"{url}/check-in", CHECK_IN).status_code == 303
    assert stage["alice"].get(f"{url}/check-in").status_code == 303  # nobody types what cannot be kept
    assert pressed(stage["alice"], f"{url}/check-in", CHECK_IN, page=url).status_code == 303
    stage.pass_days(1)
    page = stage["alice"].get(url).text
    assert page.count(CHECK_IN["week"]) == 1
    assert page.count('<g transform="rotate(') == 1
    stage.pass_days(14)
    assert pressed(stage["alice"], f"{url}/check-in", CHECK_IN).status_code == 303
    page = stage["alice"].get(url).text
    assert page.count('<g transform="rotate(') == 2
    assert "1週目に印があります。" in page
    assert "3週目に印があります。" in page
    assert not re.search(r"2週目|連続|途切れ|欠席", page.replace("2週間", ""))
    assert '<g transform="rotate(' not in stage["bob"].get(url).text  # a card is one's own


def test_a_check_in_that_was_taken_back_can_be_written_anew(stage: Stage) -> None:
    url = f"/cohorts/{stage.begin()}"
    pressed(stage["alice"], f"{url}/check-in", CHECK_IN)
    stage.pass_days(1)
    found = re.search(r'href="(/writings/[^"]+/withdraw)"', stage["alice"].get(url).text)
    assert found
    post(stage["alice"], found[1])
    assert "今週の記録を書く" in stage["alice"].get(url).text
    assert stage["alice"].get(f"{url}/check-in").status_code == 200


def test_what_one_is_stuck_on_becomes_a_draft_that_leads_nowhere(stage: Stage) -> None:
    cohort = stage.begin()
    url = f"/cohorts/{cohort}"
    assert pressed(stage["alice"], f"{url}/check-in", CHECK_IN).status_code == 303
    page = stage["alice"].get(url).text
    writing = page.split('name="writing" value="')[1].split('"')[0]
    response = post(stage["alice"], f"{url}/stuck", {"writing": writing}, page=url)
    assert response.headers["Location"].endswith("/ask")
    with stage.tools.database.reading() as stores:
        draft = find_draft(stores, stage.people["alice"].secret)
    assert draft is not None
    assert draft.values["field_situation"] == CHECK_IN["stuck"]
    assert draft.values["title"] == "夜明け前だけ酸素が下がります。"
    assert cohort not in repr(draft) + str(dict(draft.values))
    assert writing not in str(dict(draft.values)) + draft.origin
    assert post(stage["bob"], f"{url}/stuck", {"writing": writing}, page=url).status_code == 404  # not one's own


def test_who_rests_is_left_in_peace_and_comes_back(stage: Stage) -> None:
    cohort = stage.begin()
    url = f"/cohorts/{cohort}"
    assert post(stage["bob"], f"{url}/rest", {"weeks": "2"}, page=url).status_code == 303
    before = stage["bob"].get("/inbox").text.count("新しい週に入りました")
    stage.pass_days(7)
    assert stage["bob"].get("/inbox").text.count("新しい週に入りました") == before
    assert stage["alice"].get("/inbox").text.count("新しい週に入りました") > before
    assert "お休み中</span>" in stage["alice"].get(url).text
    assert post(stage["bob"], f"{url}/rest", page=url).status_code == 303
    stage.pass_days(1)
    assert "お休み中</span>" not in stage["alice"].get(url).text


def test_a_seat_of_an_older_version_rests_as_it_did(stage: Stage) -> None:
    cohort = stage.begin()
    label = ballots.label_of(stage.people["bob"].secret, "cohort", stage.term)
    with stage.tools.database.transaction("content") as stores:
        row, place = stores.content.get_one(Seat, label), {"table": "cohort_seats", "column": "sealed", "row": label}
        value = stage.tools.vault.open(row.sealed, **place)
        old = {name: one for name, one in value.items() if name not in ("rest_before", "rest_heard")}
        row.sealed = stage.tools.vault.seal({**old, "rest_until": date.max.toordinal()}, **place, pad=1024)
    assert "お休み中</span>" in stage["alice"].get(f"/cohorts/{cohort}").text
    assert post(stage["bob"], f"/cohorts/{cohort}/rest", page=f"/cohorts/{cohort}").status_code == 303
    assert "お休み中</span>" in stage["alice"].get(f"/cohorts/{cohort}").text
    stage.pass_days(1)
    assert "お休み中</span>" not in stage["alice"].get(f"/cohorts/{cohort}").text


def test_who_pauses_before_the_term_begins_waits_for_the_next(stage: Stage) -> None:
    stage.open_term()
    stage.sign_up(*MATES, "kate")
    assert post(stage["kate"], "/leaving/pause", page="/leaving").status_code == 303
    stage.pass_days(8)
    assert stage.cohort_of("alice") != ""
    assert stage.cohort_of("kate") == ""


def test_graduates_are_asked_to_help_and_only_they_and_coordinators_may_lead(stage: Stage) -> None:
    stage.begin()
    old = stage.term
    assert "進行役をする" not in stage["alice"].get("/cohorts").text
    stage.pass_days(43)
    stage.open_term(theme="冬の備え")
    stage.pass_days(0.1)
    assert "新しい期の募集が始まりました" in stage["alice"].get("/inbox").text
    page = stage["alice"].get("/cohorts").text
    assert "次の仲間を手伝うこともできます" in page
    lead = f"/cohorts/terms/{stage.term}/lead"
    assert post(stage["kate"], lead, {"agree": "1"}, page="/cohorts").status_code == 403
    assert post(stage["alice"], lead, {}).status_code == 422  # without a word there is no consent
    assert post(stage["alice"], lead, {"agree": "1"}).status_code == 303
    stage.sign_up("bob", "carol", "judy", "kate", "dave")
    stage.pass_days(8)
    led = stage.cohort_of("alice", purpose="cohort-lead")
    assert led == ""  # dave is her colleague
    assert post(stage["erin"], lead, {"agree": "1"}).status_code == 303
    stage.pass_days(1)
    led = stage.cohort_of("erin", purpose="cohort-lead")
    assert led == stage.cohort_of("bob") != ""
    assert stage.cohort_of("alice", old) != led
    url = f"/cohorts/{led}"
    assert post(stage["erin"], f"{url}/leave").status_code == 303
    stage.pass_days(1)
    assert "進行役が交代します。" in stage["bob"].get(url).text


def test_a_term_that_is_called_off_keeps_who_signed_up(stage: Stage) -> None:
    term = stage.open_term()
    stage.sign_up("alice")
    assert post(stage["erin"], f"/cohorts/terms/{term}/call-off", page="/cohorts/terms").status_code == 303
    assert post(stage["erin"], f"/cohorts/terms/{term}/call-off", page="/cohorts/terms").status_code == 409
    assert "次の期を待っています" in stage["alice"].get("/cohorts").text
    done = post(stage["alice"], f"/cohorts/terms/{term}/withdraw", {"purpose": "cohort"}, page="/cohorts")
    assert done.status_code == 303
    assert "次の期を待っています" not in stage["alice"].get("/cohorts").text


def test_bad_words_and_days_come_back_with_messages(stage: Stage) -> None:
    start = today(stage.tools.clock.now()) + timedelta(days=10)
    wrong = {"theme": "", "weeks": "7", "start": "tomorrow", "until": start.isoformat()}
    page = post(stage["erin"], "/cohorts/terms", wrong)
    assert page.status_code == 422
    assert "6週間か12週間か" in page.text
    stage.open_term()
    join = f"/cohorts/terms/{stage.term}/join"
    page = post(stage["alice"], join, {"goal": "あ" * 121, "give": "", "group": "mackerels", "sure": "1"})
    assert page.status_code == 422
    own = post(stage["alice"], join, {"goal": "架空水産Aの立て直し", "give": "経験", "group": "salmonids", "sure": "1"})
    assert own.status_code == 422
    assert "ご自分の組織の名前" in own.text
    assert post(stage["grace"], "/cohorts", page="/waiting").status_code in (403, 405)
    assert stage["frank"].get("/cohorts").status_code == 403
    stage.pass_days(8)
    late = {"goal": "夏の備え", "give": "経験", "group": "salmonids", "sure": "1"}
    assert pressed(stage["alice"], join, late, page="/cohorts").status_code == 409
