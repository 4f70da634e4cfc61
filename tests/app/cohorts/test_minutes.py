"""Somebody of the cohort, the company or a coordinator who looks again and again: in which minute did a mate do something?"""

import re
from collections.abc import Callable

import pytest

from app.community.reads import rows_at
from app.community.texts import words_of
from tests.app.cohorts.stage import MATES, Stage, pressed
from tests.app.queues.stage import work
from tests.cast import post

CHANGING = re.compile(r'value="[^"]*"|<input[^>]*name="csrf_token"[^>]*>')
NOTE = {"title": "夏の酸素を見える形に", "text": "夜明け前だけ下がると気づきました。", "audience": "members"}


def seen(stage: Stage, cohort: str) -> list[str]:
    """Every page on which others could notice something."""
    work(stage.tools)  # what is due by now is done
    url = f"/cohorts/{cohort}"
    looked = [(who, page) for who in ("alice", "carol") for page in (url, f"{url}/company", f"{url}/closing", "/inbox")]
    looked += [("frank", "/cohorts/invited"), ("frank", f"/cohorts/invited/{cohort}"), ("erin", "/cohorts/terms")]
    looked += [("kate", "/articles/desk"), ("kate", "/cohorts")]
    found = [stage[who].get(page).text for who, page in looked]
    return [CHANGING.sub("", one[one.index("<main") : one.index("</main>")]) for one in found]


def ask(stage: Stage, who: str, cohort: str, word: str) -> None:
    url = f"/cohorts/{cohort}/company"
    assert post(stage[who], url, {"word": word}, page=url).status_code == 303


def answer(stage: Stage, who: str, cohort: str, word: str, note: str = "") -> None:
    url = f"/cohorts/{cohort}/closing"
    asked = stage[who].get(url).text.split('name="asked" value="')[1].split('"')[0]
    assert (
        pressed(stage[who], f"{url}/answer", {"word": word, "asked": asked, "note": note}, page=url).status_code == 303
    )


def check(stage: Stage, cohort: str, act: Callable[[], object], told: str, at: str = "") -> None:
    """Nothing shows before the next publication but to judy, who did it, and then something does."""
    stage.pass_days(2)
    before = seen(stage, cohort)
    act()
    assert seen(stage, cohort) == before
    assert told in stage["judy"].get(f"/cohorts/{cohort}{at}").text
    stage.pass_days(1)
    assert seen(stage, cohort) != before


def test_nobody_sees_in_which_minute_the_company_was_spoken_of(stage: Stage) -> None:
    cohort = stage.begin()
    received = "会には、次の公開の時刻に伝わります"
    check(stage, cohort, lambda: ask(stage, "judy", cohort, "ask"), received, "/company")
    for who in ("alice", "bob", "carol"):
        ask(stage, who, cohort, "yes")
    stage.pass_days(1)
    assert stage["frank"].get(f"/cohorts/invited/{cohort}").status_code == 200
    check(stage, cohort, lambda: ask(stage, "judy", cohort, "end"), received, "/company")
    stage.pass_days(8)
    for who, word in zip(MATES[:3], ("ask", "yes", "yes"), strict=True):
        ask(stage, who, cohort, word)
        stage.pass_days(1)
    check(stage, cohort, lambda: ask(stage, "judy", cohort, "yes"), received, "/company")


def test_a_no_shows_at_the_window_and_can_be_thought_over_until_then(stage: Stage) -> None:
    cohort = stage.begin()
    ask(stage, "alice", cohort, "ask")
    stage.pass_days(1)
    ask(stage, "judy", cohort, "no")
    ask(stage, "judy", cohort, "yes")
    stage.pass_days(1)
    assert "招かないことになりました" not in stage["alice"].get(f"/cohorts/{cohort}").text
    check(stage, cohort, lambda: ask(stage, "judy", cohort, "no"), "あなたの「いいえ」を受け取りました", "/company")


def test_what_is_written_once_somebody_ended_it_is_not_for_the_company(stage: Stage) -> None:
    """It comes out when the company still reads, for as long as a publication takes."""
    cohort = stage.begin()
    for who in MATES:
        ask(stage, who, cohort, "ask")
    stage.pass_days(2)
    url = f"/cohorts/{cohort}"
    pressed(stage["bob"], f"{url}/talk", {"text": "運営会社にも読まれる話です。"}, page=url)
    ask(stage, "judy", cohort, "end")
    pressed(stage["bob"], f"{url}/talk", {"text": "仲間だけの話です。"}, page=url)
    assert stage["frank"].get(f"/cohorts/invited/{cohort}").status_code == 200
    stage.pass_days(1)
    assert stage["frank"].get(f"/cohorts/invited/{cohort}").status_code == 404
    with stage.tools.database.reading() as stores:
        rows = rows_at(stores, cohort)
        words = words_of(stores, stage.tools.vault, rows)
    said = {one["texts"]["text"]: one["extra"]["company"] for one in words.values()}
    assert said == {"運営会社にも読まれる話です。": True, "仲間だけの話です。": False}


@pytest.mark.parametrize("word", ["yes", "change", "no"])
def test_nobody_sees_in_which_minute_a_closing_note_was_answered(stage: Stage, word: str) -> None:
    cohort = stage.begin()
    post(stage["kate"], "/articles/desk/volunteer", page="/articles/desk")
    stage.pass_days(36)
    assert pressed(stage["bob"], f"/cohorts/{cohort}/closing", dict(NOTE)).status_code == 303
    stage.pass_days(1)
    for who in ("alice", "bob", "carol"):
        answer(stage, who, cohort, "yes")
    act = lambda: answer(stage, "judy", cohort, word, "短くしてください。" if word == "change" else "")  # noqa: E731
    check(stage, cohort, act, "会には、次の公開の時刻に伝わります。", "/closing")
    if word == "yes":
        withdrawn = "会と編集者には、次の公開の時刻に伝わります。"
        check(stage, cohort, lambda: answer(stage, "judy", cohort, "no"), withdrawn, "/closing")


def test_nobody_sees_in_which_minute_a_mate_rests_or_leaves(stage: Stage) -> None:
    cohort = stage.begin()
    url = f"/cohorts/{cohort}"
    check(stage, cohort, lambda: post(stage["judy"], f"{url}/rest", {"weeks": "4"}, page=url), "お休み中です")
    check(stage, cohort, lambda: post(stage["judy"], f"{url}/rest", page=url), "しばらく休む")
    check(stage, cohort, lambda: post(stage["judy"], "/leaving/pause", page="/leaving"), "お休み中です")
    check(stage, cohort, lambda: post(stage["judy"], "/leaving/resume", page="/leaving"), "しばらく休む")
    check(stage, cohort, lambda: post(stage["judy"], f"{url}/leave", page=url), "")
    assert stage["judy"].get(url).status_code == 404
