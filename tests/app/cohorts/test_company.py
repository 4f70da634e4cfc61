"""The operating company in a cohort: by a yes of everybody, from the day after, until anybody ends it."""

from app.cohorts.seats import seats_of
from tests.app.cohorts.stage import MATES, Stage, pressed
from tests.cast import post


def say(stage: Stage, who: str, cohort: str, word: str) -> int:
    url = f"/cohorts/{cohort}/company"
    return post(stage[who], url, {"word": word}, page=f"/cohorts/{cohort}").status_code


def talk(stage: Stage, who: str, cohort: str, text: str) -> None:
    url = f"/cohorts/{cohort}"
    assert pressed(stage[who], f"{url}/talk", {"text": text}, page=url).status_code == 303
    stage.pass_days(1)


def test_only_a_yes_of_everybody_lets_it_in_and_anybody_ends_it(stage: Stage) -> None:
    cohort = stage.begin()
    guest = f"/cohorts/invited/{cohort}"
    talk(stage, "alice", cohort, "仲間だけの話です。")
    assert stage["frank"].get(guest).status_code == 404
    assert say(stage, "alice", cohort, "ask") == 303
    stage.pass_days(1)
    assert say(stage, "bob", cohort, "yes") == 303
    assert say(stage, "bob", cohort, "yes") == 303  # twice is once
    assert say(stage, "carol", cohort, "yes") == 303
    stage.pass_days(1)
    assert stage["frank"].get(guest).status_code == 404  # three of four
    assert "いま招かれている会はありません" in stage["frank"].get("/cohorts/invited").text
    assert say(stage, "dave", cohort, "yes") == 404  # a stranger's yes counts for nothing
    assert say(stage, "judy", cohort, "yes") == 303
    stage.pass_days(1)
    stage.pass_days(1)  # the day after
    talk(stage, "bob", cohort, "招いたあとの話です。")
    page = stage["frank"].get(guest).text
    assert "招いたあとの話です。" in page
    assert "仲間だけの話です。" not in page  # written for the mates alone
    assert cohort in stage["frank"].get("/cohorts/invited").text
    assert pressed(stage["frank"], guest, {"text": "配合表の見方を説明します。"}).status_code == 303
    stage.pass_days(1)
    shown = stage["carol"].get(f"/cohorts/{cohort}").text
    assert "配合表の見方を説明します。" in shown
    assert "運営会社" in shown
    assert say(stage, "judy", cohort, "end") == 303
    stage.pass_days(1)
    assert stage["frank"].get(guest).status_code == 404
    assert "運営会社を招くのを終わりにしました。" in stage["alice"].get(f"/cohorts/{cohort}").text


def test_what_waited_for_its_window_when_all_had_agreed_is_not_for_the_company(stage: Stage) -> None:
    """It comes out on the first day on which the company reads; it was written for the mates."""
    cohort = stage.begin()
    url = f"/cohorts/{cohort}"
    assert pressed(stage["alice"], f"{url}/talk", {"text": "仲間だけの話です。"}, page=url).status_code == 303
    for who in MATES:  # each without knowing of the others
        assert say(stage, who, cohort, "ask") == 303
    stage.pass_days(1)
    talk(stage, "bob", cohort, "招いたあとの話です。")
    assert "仲間だけの話です。" in stage["bob"].get(url).text
    page = stage["frank"].get(f"/cohorts/invited/{cohort}").text
    assert ("招いたあとの話です。" in page, "仲間だけの話です。" in page) == (True, False)


def test_one_no_ends_it_silence_is_no_and_nobody_learns_whose(stage: Stage) -> None:
    cohort = stage.begin()
    assert say(stage, "alice", cohort, "ask") == 303
    assert say(stage, "bob", cohort, "no") == 409  # nobody knows yet that it is asked
    stage.pass_days(1)
    assert say(stage, "bob", cohort, "no") == 303
    stage.pass_days(1)
    pages = [stage[who].get(f"/cohorts/{cohort}").text for who in ("alice", "carol")]
    assert all("運営会社は招かないことになりました。" in page for page in pages)
    assert all("いいえ" not in page for page in pages)
    assert say(stage, "judy", cohort, "yes") == 409
    assert say(stage, "carol", cohort, "ask") == 409  # not again at once
    stage.pass_days(8)
    assert say(stage, "carol", cohort, "ask") == 303
    stage.pass_days(1)
    for who in ("alice", "bob"):
        assert say(stage, who, cohort, "yes") == 303
    stage.pass_days(16)  # judy says nothing
    assert say(stage, "judy", cohort, "yes") == 409
    assert stage["frank"].get(f"/cohorts/invited/{cohort}").status_code == 404


def test_a_leader_who_comes_later_was_not_asked(stage: Stage) -> None:
    cohort = stage.begin()
    for who in MATES:
        assert say(stage, who, cohort, "ask") == 303
    stage.pass_days(1)
    assert stage["frank"].get(f"/cohorts/invited/{cohort}").status_code == 200
    assert post(stage["erin"], f"/cohorts/terms/{stage.term}/lead", {"agree": "1"}).status_code == 303
    stage.pass_days(1)
    assert stage.cohort_of("erin", purpose="cohort-lead") == cohort
    assert stage["frank"].get(f"/cohorts/invited/{cohort}").status_code == 404
    with stage.tools.database.reading() as stores:
        everybody = seats_of(stores, stage.tools.vault, cohort)
    assert [seat.number for seat in everybody] == [0, 1, 2, 3, 4]
    assert len({seat.circle for seat in everybody}) == 5
    assert "進行役" in stage["alice"].get(f"/cohorts/{cohort}").text
