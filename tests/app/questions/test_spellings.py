"""The own organisation's name letter by letter, in the other kana, in Latin letters; and ordinary sentences left alone."""

import pytest
from flask import Flask

from app.questions.own_names import OwnNames
from app.questions.spellings import letters_of, run_together
from app.redacting.names import SudachiNames
from app.wiring import Toolbox
from privacy.redaction import Gazetteer
from tests.app.questions.makers import publish, published
from tests.app.questions.test_ask_form import pending, preview, token_of
from tests.cast import Cast, post, signed_in

READ = SudachiNames().read

SCATTERED = {
    "青空水産": (
        "青/空/水/産です", "うちの青(空)水産では", "青 空 水 産", "青。空。水。産", "青\n\n空\n\n水\n\n産", "青\n空\n水\n産", "青空/水産では",
        "青空（水産）", "「青空」水産の池", "青\u200b空/水産", "青、空、水、産", "青・空・水・産", "青[空]水産", "青☆空☆水☆産", "青_空_水_産",
        "青空(あおぞら)水産(すいさん)", "(株)青/空/水/産", "青｜空｜水｜産", "青．空．水．産",
    ),
    "マリンフーズ": ("マリン/フーズ", "マ リ ン フ ー ズ", "マ。リ。ン。フ。ー。ズ"),
    "Nordic Fish": ("Nor/dic Fish", "N o r d i c F i s h", "N.o.r.d.i.c. F.i.s.h", "nordic(fish)"),
}  # fmt: skip
SOUNDED = {
    "青空水産": (
        "アオゾラスイサンでは", "うちのあおぞらすいさんでは", "あおぞら水産です", "青空すいさんでは", "アオゾラ水産です", "ｱｵｿﾞﾗｽｲｻﾝです",
        "Aozora Suisan is ours", "aozorasuisan", "AOZORA水産", "A.o.z.o.r.a S.u.i.s.a.n", "アオゾラ・スイサン", "aozora\nsuisan",
        "あ/お/ぞ/ら水産", "Ａｏｚｏｒａ水産", "aozora-suisan.example",
    ),
    "髙橋水産": ("たかはし水産です", "タカハシスイサン", "Takahashi Suisan", "takahasi suisan"),
    "渡辺養魚場": ("わたなべ養魚場", "ワタナベヨウギョジョウ", "Watanabe Yōgyojō", "watanabe yougyojou", "渡辺ようぎょじょう"),
    "大野養鱒場": ("Ohno養鱒場", "おおの養鱒場", "Oono Yosonjo"),
    "東京湾水産": ("Tōkyōwan suisan", "tokyowan suisan", "とうきょうわん水産"),
    "鹿島": ("うちのカシマでは", "ここはKashimaです"),
    "マリンフーズ": ("まりんふーず",),
}  # fmt: skip
ORDINARY = (
    "大海水産",
    "海面養殖",
    "春秋",
    "山川養魚",
    "海野水産",
    "水車",
    "三春養鯉",
    "青木",
    "マルイ",
    "Marine Farm",
    "さかなや",
    "東海",
)
CLEAN = (
    "青空の下で、水産試験場の方に聞きました。", "水面に青(緑)がかった泡が出ます。", "空気/水の比を測りました。", "産卵は春/秋の2回です。",
    "青と空色の網を使っています。水産庁の資料も見ました。", "表:餌/水温/酸素(溶存)の3つを測ります。", "水、酸素、餌の順に見直しました。",
    "餌は1日2回（朝・夕）です。", "水温は12度/朝、15度/夕でした。", "酸素は6.5mg/Lから5.0mg/Lに落ちました。", "網は青。空いた所に水を入れました。",
    "産地ごとに差があります。", "池は3つあります。\n\n水は山から引いています。\n\n産卵池は別です。", "- 青い藻\n- 空気\n- 水\n- 産卵",
    "| 餌 | 水 |\n|---|---|\n| 青い袋 | 空の袋 |", "鹿が出ます。島の池も同じです。", "鹿、島の池にも来ます。", "しかしまだ治りません。",
    "高い橋の下で水産の話をしました。", "高(橋の高さ)は2mです。", "はしの池から死に始めました。", "渡り鳥が辺りに来ます。養魚池に入ります。",
    "大きい野池です。養鱒池ではありません。", "大の大人が二人で運びます。", "東の湾は水が濁ります。京都の例も読みました。",
    "マリンブルーの水になりました。", "フードの値段が上がりました。", "マ. リンを入れました。", "Nordic countries. Fish is cheaper there.",
    "The fish (trout) died at night.", "North/south pens differ: dissolved oxygen is low.", "A nice, calm sea. Marine life was fine; farm work went on.",
    "Is there a marine, or farm, pump?", "I added O2 at 5 p.m. and again at 7 a.m.", "a b c d の4つの池があります。", "A/B/C/Dの池で比べました。",
    "pHは7.2、DOは6.1でした。", "海面の養殖では酸素が足ります。", "海。面倒ですが養殖池へ運びます。", "大きい海。水産の本で読みました。",
    "大雨の後、海水が産卵池に入りました。", "春、秋に選別します。", "春から秋まで同じです。", "山の川から養魚池に水を引きます。", "山。川。養魚池。どれも濁りました。",
    "海の野菜と呼ばれます。水産加工に出します。", "うみのそこに落ちます。", "水の車が要ります。", "水。車で運びました。", "三回、春に養鯉池を干します。",
    "見張るのは夜です。", "みはるのは夜です。", "青い木の箱です。", "あおきれいな水です。", "まるいいけすを使います。", "丸い池です。",
    "さかなやえさを運びます。", "さかな、やはり弱っています。", "東の海は荒れます。", "とうかいわれると困ります。", "同じ水、同じ餌、同じ人です。",
    "餌止めは3日です。\n1日目は平気でした。\n2日目に死にました。", "写真（1枚目）を見てください。", "［左］が朝、［右］が夕です。", "「水が青い」と言われました。",
    "薬は 2.5 g / kg です。", "死んだのは 5 + 3 = 8 尾です。", "Aozora is the sky. Suisan means fisheries.", "the blue sky of watanabe street",
    "sui, san, then roku: three pens in all", "ありがとうございます。水を替えてみます。", "餌をあおぞらの下に置きました。", "すいさんかてつを使いました。",
)  # fmt: skip


def names(name: str) -> OwnNames:
    return OwnNames(Gazetteer.of([name]), READ)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in SCATTERED.items() for text in texts])
def test_a_name_with_marks_between_its_letters_is_the_name(name: str, text: str) -> None:
    assert names(name).stand_in(text)
    assert OwnNames(Gazetteer.of([name])).stand_in(text), "it needs no reading"


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in SOUNDED.items() for text in texts])
def test_a_name_as_it_sounds_is_the_name(name: str, text: str) -> None:
    assert names(name).stand_in(text)


@pytest.mark.parametrize("by_sound", [False, True])
def test_the_quick_look_sees_the_same_letters(by_sound: bool) -> None:
    for text in (*CLEAN, *(text for texts in (*SCATTERED.values(), *SOUNDED.values()) for text in texts)):
        letters = "".join(one.char for one in letters_of(text, by_sound=by_sound))
        assert run_together(text, by_sound=by_sound) == letters


def test_without_a_reading_its_sound_gets_past() -> None:
    bare = [OwnNames(Gazetteer.of([name])).stand_in(text) for name, texts in SOUNDED.items() for text in texts]
    assert sum(bare) < len(bare) / 10


def test_ordinary_sentences_are_left_alone() -> None:
    """Also for organisations whose names are ordinary words."""
    assert len(CLEAN) >= 60
    everybody = {*SOUNDED, *SCATTERED, *ORDINARY}
    alarms = {(name, text) for name in everybody for text in CLEAN if names(name).stand_in(text)}
    listed = {(name, text) for name, text in alarms if Gazetteer.of([name]).holds(text)}
    assert alarms - listed == set()
    assert listed == {("さかなや", "さかなやえさを運びます。")}, "what the list of names alone takes for a name"


@pytest.mark.parametrize(
    "text",
    ["架/空/水/産/Bです", "架(空)水産Bです", "かくう水産Bです", "架\n\n空\n\n水\n\n産\n\nB", "ka ku u su i sa n B"],
)
def test_it_is_refused_in_an_answer_posted_directly(app: Flask, tools: Toolbox, cast: Cast, text: str) -> None:
    path = f"/threads/{published(tools, cast.alice)}"
    bob = signed_in(app, cast.bob)
    refused = post(bob, f"{path}/answer", {"text": text, "token": "t", "seen": "0"}, page=path)
    assert refused.status_code == 422
    assert "ご自分の組織の名前が入っています" in refused.text
    assert pending(tools) == 0
    publish(tools)


@pytest.mark.parametrize("title", ["架/空/水/産/Aの稚魚", "架空すいさんAの稚魚"])
def test_and_in_a_question(app: Flask, tools: Toolbox, cast: Cast, title: str) -> None:
    alice = signed_in(app, cast.alice)
    page = preview(alice, title=title)
    assert post(alice, "/ask/publish", {"token": token_of(page)}, page="/ask/preview").status_code == 422
    assert pending(tools) == 0
