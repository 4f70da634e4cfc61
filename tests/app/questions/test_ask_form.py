"""The form, the draft, the preview and publishing, as a browser does them."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.clock import today
from app.questions.drafts import find_draft, keep_draft
from app.questions.models import Pending, Thread
from app.wiring import Toolbox
from privacy.anonymity import Member
from privacy.scopes import Audience
from tests.app.questions.makers import (
    FORM,
    SITUATION,
    TITLE,
    index,
    make_question,
    open_table_with,
    publish,
    published,
    set_profile,
)
from tests.cast import ATTRIBUTES, Cast, make_person, post, signed_in


def preview(client: FlaskClient, **changes: str) -> str:
    response = post(client, "/ask/preview", {**FORM, **changes}, page="/ask")
    assert response.status_code == 303, response.status_code
    return client.get("/ask/preview").text


def token_of(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def pending(tools: Toolbox) -> int:
    with tools.database.reading() as stores:
        return len(stores.content.scalars(select(Pending)).all())


def test_from_form_to_thread(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    page = preview(alice)
    assert TITLE in page
    assert "12.5 ℃" in page
    assert pending(tools) == 0
    sent = post(alice, "/ask/publish", {"token": token_of(page)}, page="/ask/preview")
    assert sent.status_code == 303
    assert TITLE in alice.get(sent.headers["Location"]).text
    assert TITLE not in alice.get("/ask").text
    publish(tools)
    with tools.database.reading() as stores:
        assert len(stores.content.scalars(select(Thread)).all()) == 1


def test_every_message_at_once_and_everything_typed_is_kept(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    typed = {
        "title": "", "field_situation": "", "field_tried": "酸素を足した", "field_water_temperature": "九十",
        "field_by_when": "来週", "audience": "everyone", "level_area": "0",
    }  # fmt: skip
    page = post(alice, "/ask/preview", typed, page="/ask")
    assert page.status_code == 422
    for name in ("subject", "title", "field_situation", "field_water_temperature", "field_by_when", "audience",
                 "level_area"):  # fmt: skip
        assert f'href="#f-{name}"' in page.text, name
    for value in ("酸素を足した", "九十", "来週"):
        assert value in page.text
    assert pending(tools) == 0


def test_numbers_have_limits(app: Flask, cast: Cast) -> None:
    response = post(signed_in(app, cast.alice), "/ask/preview", {**FORM, "field_water_temperature": "99"}, page="/ask")
    assert response.status_code == 422
    assert "-2から40まで" in response.text


def test_a_topic_left_out_is_read_from_the_words(app: Flask, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    assert "病気・へい死" in preview(alice, topic="", title="ハダムシが何度も戻ってきます")


@pytest.mark.parametrize(
    "written",
    [
        {"title": "虹鱒の稚魚だけ餌を食べません"},
        {"title": "稚魚だけ餌を食べません", "field_situation": "虹鱒の池で三日つづいています。"},
        {"title": "久しぶりに虹鱒の稚魚が餌を残します", "field_situation": "となりのギンザケは食べています。"},
    ],
)
def test_a_subject_left_out_is_read_from_the_words(app: Flask, cast: Cast, written: dict[str, str]) -> None:
    assert "サケ・マス類" in preview(signed_in(app, cast.alice), subject="", **written)


@pytest.mark.parametrize(
    "written",
    [
        {"title": "稚魚だけ餌を食べません", "field_situation": "三日つづいています。"},
        {"title": "虹鱒とギンザケを一緒に飼えますか", "field_situation": "池はひとつで、虹鱒が先にいます。"},
        {"title": "久しぶりに死にました", "field_situation": "まだいます。"},
    ],
)
def test_a_subject_the_words_leave_open_must_be_chosen(app: Flask, cast: Cast, written: dict[str, str]) -> None:
    page = post(signed_in(app, cast.alice), "/ask/preview", {**FORM, "subject": "", **written}, page="/ask")
    assert page.status_code == 422
    assert 'href="#f-subject"' in page.text


def test_the_draft_comes_back_and_can_be_thrown_away(app: Flask, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    preview(alice)
    again = signed_in(app, cast.alice).get("/ask").text
    assert TITLE in again
    assert SITUATION in again
    assert TITLE not in signed_in(app, cast.dave).get("/ask").text
    post(alice, "/ask/discard", page="/ask")
    assert TITLE not in alice.get("/ask").text


def test_publishing_twice_gives_the_same_thread_once(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    token = token_of(preview(alice))
    places = {post(alice, "/ask/publish", {"token": token}, page="/ask").headers["Location"] for _ in range(3)}
    assert len(places) == 1
    assert pending(tools) == 1


def test_an_old_preview_does_not_publish_a_newer_draft(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    old = token_of(preview(alice))
    preview(alice, title="まったく別の聞きたいこと")
    post(alice, "/ask/publish", {"token": old}, page="/ask")
    assert pending(tools) == 0


def test_limits_are_told_kindly_and_the_draft_stays(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    for _ in range(2):
        post(alice, "/ask/publish", {"token": token_of(preview(alice))}, page="/ask")
    refused = post(alice, "/ask/publish", {"token": token_of(preview(alice))}, page="/ask/preview")
    assert refused.status_code == 422
    assert "続きは明日、2026年11月21日に" in refused.text
    assert pending(tools) == 2
    page = alice.get("/ask").text
    assert TITLE in page
    assert page.index("いまは出せません") < page.index('name="title"'), "said before they write, not after"


def test_the_preview_says_what_each_audience_sees(app: Flask, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    for audience, expected in (("experts", 1), ("domain", 2), ("all", 3)):
        rows = re.findall(r'<th scope="row".*?</tr>', preview(alice, audience=audience), re.S)
        seeing = [row for row in rows if "すべて</span>" in row]
        assert len(seeing) == expected
    rows = re.findall(r'<th scope="row".*?</tr>', preview(alice, company_may="1"), re.S)
    assert len([row for row in rows if "すべて</span>" in row]) == 3


def test_the_company_may_answer_where_it_may_read_and_both_are_said(app: Flask, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    assert "公開から2日後に運営会社が読み、答えることもできる" in alice.get("/ask").text
    said = "公開から2日後に読み、答えることもできます"
    assert said in preview(alice, company_may="1")
    assert said not in preview(alice)


def test_the_summary_names_the_field_once(app: Flask, cast: Cast) -> None:
    typed = {**FORM, "field_situation": "", "field_water_temperature": "九十", "field_by_when": "来週"}
    page = post(signed_in(app, cast.alice), "/ask/preview", typed, page="/ask").text
    listed = dict(re.findall(r'<li><a href="#f-field_([^"]+)">(.*?)</a>', page))
    assert listed["water_temperature"] == "水温：数字だけで書いてください。"
    assert listed["by_when"].startswith("いつまでに決めますか：")
    assert "：" not in listed["situation"]


def test_the_preview_says_who_may_guess_the_subject_it_hides(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """Only those are asked at first who receive questions on it."""
    crowd = [Member(f"m{n}", "salmonids", f"o{n % 10}", ATTRIBUTES, frozenset({"rainbow-trout"})) for n in range(30)]
    open_table_with(tools, {"subject": 0}, people=crowd)
    set_profile(tools, cast.alice, subject=0)
    alice = signed_in(app, cast.alice)
    for level, is_said in (("1", True), ("0", False)):
        page = preview(alice, level_subject=level)
        assert "/ask/publish" in page
        assert ("見当がつくことがあります" in page) is is_said


def test_too_fine_a_scope_is_refused_with_one_tap_to_what_passes(app: Flask, tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {"area": 0})
    set_profile(tools, cast.alice, area=0)
    alice = signed_in(app, cast.alice)
    page = preview(alice, level_area="0")
    assert "あなただとわかるおそれがあります" in page
    assert "/ask/publish" not in page
    post(alice, "/ask/coarser", page="/ask/preview")
    assert "/ask/publish" in alice.get("/ask/preview").text
    sent = post(alice, "/ask/publish", {"token": token_of(alice.get("/ask/preview").text)}, page="/ask")
    assert "/threads/" in sent.headers["Location"]


def test_a_forged_publish_of_too_fine_a_scope_is_refused(app: Flask, tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {"area": 0})
    set_profile(tools, cast.alice, area=0)
    alice = signed_in(app, cast.alice)
    preview(alice, level_area="0")
    with tools.database.reading() as stores:
        draft = find_draft(stores, cast.alice.secret)
    assert draft is not None
    assert post(alice, "/ask/publish", {"token": draft.token}, page="/ask/preview").status_code == 422
    assert pending(tools) == 0


def test_excluded_names_close_circles_and_unknown_ones_look_the_same(app: Flask, tools: Toolbox, cast: Cast) -> None:
    pages = []
    for who, names in ((cast.alice, "株式会社 架空水産Ｂ"), (cast.dave, "どこにもない水産")):
        client = signed_in(app, who)
        page = preview(client, exclude=names)
        pages.append(page[page.index("<main") : page.index("/ask/publish")])
        post(client, "/ask/publish", {"token": token_of(page)}, page="/ask")
    assert pages[0] == pages[1]
    publish(tools)
    bob = signed_in(app, cast.bob).get("/threads").text
    assert bob.count('<article class="card card-link"') == 1
    assert signed_in(app, cast.carol).get("/threads").text.count('<article class="card card-link"') == 2


def test_too_many_names(app: Flask, cast: Cast) -> None:
    names = "\n".join(f"水産{n}" for n in range(6))
    assert post(signed_in(app, cast.alice), "/ask/preview", {**FORM, "exclude": names}, page="/ask").status_code == 422


@pytest.mark.parametrize("path", ["/ask/publish", "/ask/coarser", "/ask/discard", "/ask/restore", "/ask/similar"])
def test_get_is_refused_on_posts(app: Flask, cast: Cast, path: str) -> None:
    assert signed_in(app, cast.alice).get(path).status_code == 405


@pytest.mark.parametrize("who", ["frank", "grace"])
@pytest.mark.parametrize("path", ["/ask", "/ask/preview", "/mine", "/threads"])
def test_the_company_and_the_waiting_do_not_ask(app: Flask, cast: Cast, who: str, path: str) -> None:
    assert signed_in(app, cast[who]).get(path).status_code == 403


def test_nothing_typed_is_logged(app: Flask, cast: Cast, capfd: pytest.CaptureFixture[str]) -> None:
    alice = signed_in(app, cast.alice)
    post(
        alice,
        "/ask/preview",
        {**FORM, "subject": "いけない魚種", "field_water_temperature": "ひみつの温度"},
        page="/ask",
    )
    preview(alice)
    logged = "".join(capfd.readouterr())
    for words in (TITLE, "いけない", "ひみつ", cast.alice.mail, cast.alice.member_id):
        assert words not in logged


def test_similar_threads_while_typing(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    index(tools, thread_id)
    fields = {"subject": "coho-salmon", "title": "銀白色の個体が餌を食べません"}
    for who, found in (("bob", True), ("alice", False), ("dave", False)):
        page = post(signed_in(app, cast[who]), "/ask/similar", dict(fields), page="/ask")
        assert page.status_code == 200
        assert (TITLE in page.text) == found, who
    assert TITLE in preview(signed_in(app, cast.bob), **fields)


def test_similar_threads_without_a_subject_are_of_all_that_may_be_read(app: Flask, tools: Toolbox, cast: Cast) -> None:
    index(tools, published(tools, cast.alice))
    oysters = make_person(tools, "mia", cast.organisations["B"], subjects=("oyster",))
    for title in ("銀白色の個体が餌を食べません", "銀"):
        fields = {"subject": "", "title": title, "field_situation": "銀白色の個体が餌を食べません"}
        assert TITLE in post(signed_in(app, cast.bob), "/ask/similar", fields, page="/ask").text
        assert TITLE not in post(signed_in(app, oysters), "/ask/similar", fields, page="/ask").text


def test_similar_threads_are_of_the_subject_that_the_words_name(app: Flask, tools: Toolbox, cast: Cast) -> None:
    trout, oyster = "赤潮のあとニジマスを下げる深さ", "赤潮のあと牡蠣を下げる深さ"
    for title, subject in ((trout, "rainbow-trout"), (oyster, "oyster")):
        made = make_question(title=title, subject=subject, audience=Audience.ALL, fields={"situation": "夜に来ます。"})
        index(tools, published(tools, cast.alice, made))
    bob = signed_in(app, cast.bob)
    for words, found in (("赤潮が来た。マガキを下げる", {oyster}), ("赤潮のあと下げる深さ", {oyster, trout})):
        page = post(bob, "/ask/similar", {"subject": "", "title": words}, page="/ask").text
        assert {title for title in (trout, oyster) if title in page} == found, words


def test_what_is_near_nothing_shows_nothing_while_typing(app: Flask, tools: Toolbox, cast: Cast) -> None:
    for title in ("網の付着物を洗う間隔", "選別で擦れが出る", "種苗の隔離", "赤潮の朝"):
        index(tools, published(tools, cast.alice, make_question(title=title, fields={"situation": "夜です。"})))
    page = post(signed_in(app, cast.bob), "/ask/similar", {"title": "きょうは天気がよく会議が長い"}, page="/ask").text
    assert page.strip() == ""


def test_under_four_characters_nothing_is_searched(app: Flask, tools: Toolbox, cast: Cast) -> None:
    index(tools, published(tools, cast.alice))
    page = post(signed_in(app, cast.bob), "/ask/similar", {"subject": "rainbow-trout", "title": "銀白色"}, page="/ask")
    assert TITLE not in page.text


def a_day(tools: Toolbox, *, ago: int) -> str:
    return (today(tools.clock.now()) - timedelta(days=ago)).isoformat()


@pytest.mark.parametrize(("lang", "message"), [("ja", "過ぎた日です。"), ("en", "That day has passed.")])
def test_a_day_that_has_passed_is_refused_beside_its_field(
    app: Flask, tools: Toolbox, cast: Cast, lang: str, message: str
) -> None:
    alice = signed_in(app, cast.alice)
    typed = {**FORM, "field_by_when": a_day(tools, ago=1)}
    alice.environ_base["HTTP_ACCEPT_LANGUAGE"] = lang
    page = post(alice, "/ask/preview", typed, page="/ask")
    assert page.status_code == 422
    assert re.search(rf'id="f-field_by_when-error".*?{message}', page.text, re.S)
    assert f'value="{typed["field_by_when"]}"' in page.text
    assert TITLE in page.text
    assert alice.get("/ask/preview").status_code == 303


def test_today_and_later_days_may_be_the_day_to_decide_by(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    for ago in (0, -1):
        preview(alice, field_by_when=a_day(tools, ago=ago))


def test_a_draft_says_when_its_day_has_passed_meanwhile(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    with tools.database.transaction("content") as stores:
        keep_draft(stores, cast.alice.secret, {**FORM, "field_by_when": a_day(tools, ago=3)})
    assert "過ぎた日です。" in alice.get("/ask").text


def test_a_question_may_be_put_right_after_its_day(app: Flask, tools: Toolbox, cast: Cast) -> None:
    gone = a_day(tools, ago=3)
    thread = published(tools, cast.alice, make_question(fields={"situation": SITUATION, "by_when": gone}))
    alice, url = signed_in(app, cast.alice), f"/threads/{thread}/edit"
    typed = {"title": TITLE, "field_situation": SITUATION, "field_by_when": gone}
    assert "過ぎた日です。" not in post(alice, url, typed, page=url).text
    other = post(alice, url, {**typed, "field_by_when": a_day(tools, ago=2)}, page=url)
    assert other.status_code == 422
    assert "過ぎた日です。" in other.text
