"""The house style: what it makes the same, and what it never touches."""

import contextlib
import re
import time
import unicodedata
from difflib import SequenceMatcher

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.style import changes, diff, house_style

JAPANESE = [
    ("水温が上がらないんですけど、どうしたら良いでしょうか？", "水温が上がらないのですが、どうしたらいいですか。"),
    ("給餌量を減らした。", "給餌量を減らしました。"),
    ("原因は酸欠だと思う。", "原因は酸欠だと思います。"),
    ("去年の春に一度試したけど、だめだった。", "去年の春に一度試したが、駄目でした。"),
    ("それは水質の問題だよね。", "それは水質の問題です。"),
    ("うちはヒラメだけ。", "うちはヒラメだけです。"),
    ("サーバの設定は出来ますか??", "サーバーの設定はできますか。"),
    ("教えて頂けると助かります！", "教えてください。"),
    ("詳しい方、教えていただけないでしょうか。", "詳しい方、教えてください。"),
    ("餌は朝だけやってる。", "餌は朝だけやっています。"),
    ("これは病気ではないでしょうか？", "これは病気だと思います。"),
    ("たぶん、寄生虫かも。", "おそらく寄生虫かもしれません。"),
    ("エラの色が薄いっす（笑）", "エラの色が薄いです。"),
    ("水温は１８℃，塩分は３３ｐｐｔです．", "水温は18度、塩分は33pptです。"),
    ("三ヶ月前から死んでしまいます…。", "3か月前から死んでしまいます。"),
    ("ﾋﾗﾒの稚魚が１，２００尾います♪", "ヒラメの稚魚が1200尾います。"),
    ("死亡率は２％でした〜", "死亡率は2%でした。"),
    ("選別した方がいいと思いますよ😊", "選別した方がいいと思います。"),
    ("（病気の可能性が有る）事は分かりました！", "（病気の可能性がある）ことはわかりました。"),
    ("変化は見られなかった。", "変化は見られませんでした。"),
    ("網の交換をしてみる。", "網の交換をしてみます。"),
    ("餌が足りない。", "餌が足りません。"),
    ("数が少ない。", "数が少ないです。"),
    ("水が濁っていた。", "水が濁っていました。"),
    ("色が白くなった。", "色が白くなりました。"),
    ("薬を使った。", "薬を使いました。"),
    ("どうすれば良い？", "どうすればいいですか。"),
    ("塩水浴で治った", "塩水浴で治りました。"),
    ("10尾死んだ", "10尾死にました。"),
    ("元気に泳いだ。", "元気に泳ぎました。"),
    ("A社の餌とB社の餌じゃ、成長が違うのかな", "A社の餌とB社の餌では成長が違いますか。"),
]
ENGLISH = [
    ("i don't think it's the colour!!", "I do not think it is the color."),
    ("Hi all, \nHope this helps.\nThe pump isn’t working…", "The pump is not working."),
    ("Basically, you can't — as far as I know — do that.", "You cannot, I think, do that."),
    ("The fish are grey, and they've stopped eating :)", "The fish are gray and they have stopped eating."),
    ("Why don't they eat?!", "Why do they not eat?"),
    ("It's been a week. It’s cold.", "It has been a week. It is cold."),
    ("Keep it at 50 - 55 °F.", "Keep it at 50-55 °F."),
    ("Thanks in advance!  Feed 1,200 g e.g. at noon", "Feed 1200g for example at noon."),
    ("We organised it whilst travelling.", "We organized it while traveling."),
    ("That is NOT right. Cheers!", "That is not right."),
]


@pytest.mark.parametrize(("before", "after"), JAPANESE)
def test_japanese_becomes_one_polite_style(before: str, after: str) -> None:
    assert house_style(before, "ja") == after


@pytest.mark.parametrize(("before", "after"), ENGLISH)
def test_english_becomes_one_plain_style(before: str, after: str) -> None:
    assert house_style(before, "en") == after


@pytest.mark.parametrize(
    "text",
    [
        "水温は18度です。", "事故の時間と様子を記録しました。", "物理的な所見があります。", "一時的に十分な量をあげました。",
        "一本釣りの漁師です。", "ダメージはありません。", "デコーダーで置き換えます。", "先生の思いは同じです。",
        "平均等分散を仮定します。", "二枚貝の養殖です。", "寿司。".replace("。", "です。"), "七夕に行きました。",
    ],
)  # fmt: skip
def test_words_that_look_like_a_variant_stay(text: str) -> None:
    assert house_style(text, "ja") == text


@pytest.mark.parametrize(
    "text",
    [
        "`i don't  know`", "```\ni  dont、care！！\n```", "https://example.org/colour/don't", "a@grey-colour.example",
        "[the page](https://example.org/a_(b)?q=1)", "$x' - y$",
    ],
)  # fmt: skip
def test_code_addresses_and_formulas_stay(text: str) -> None:
    for lang, around in (("ja", "これは {} です。"), ("en", "See {} here.")):
        block = text.startswith("```")
        whole = f"{around.format('x')}\n\n{text}\n\n{around.format('y')}" if block else around.format(text)
        assert text.partition("](")[2] in house_style(whole, lang) if "](" in text else text in house_style(whole, lang)


def test_lists_tables_headings_and_quotations_keep_their_structure() -> None:
    before = "# 結果\n\n* 水温：１８度\n* 塩分\n  ・低い\n\n|項目|値|\n|---|---:|\n|水温|１８℃|\n\n1) 餌\n2) 網\n\n> 引用だ。"
    assert house_style(before, "ja").splitlines() == [
        "# 結果", "", "- 水温：18度", "- 塩分", "  - 低い", "", "| 項目 | 値 |", "| --- | ---: |", "| 水温 | 18度 |", "",
        "1. 餌", "2. 網", "", "> 引用です。",
    ]  # fmt: skip


def test_how_lines_and_paragraphs_are_broken_is_no_habit_left() -> None:
    sentences = [f"{n}番の水槽を見ました。" for n in range(1, 7)]
    forms = [
        "\n".join(sentences),
        "\n\n".join(sentences),
        "".join(sentences),
        "\n\n\n".join(sentences),
        " ".join(sentences),
    ]
    assert len({house_style(form, "ja") for form in forms}) == 1


def test_greetings_go_but_never_the_whole_text() -> None:
    assert (
        house_style("お世話になっております。\n餌を変えました。\n以上、よろしくお願いいたします。", "ja")
        == "餌を変えました。"
    )
    for text, lang in (("ありがとうございます！", "ja"), ("よろしくお願いします", "ja"), ("Thanks a lot!", "en")):
        assert house_style(text, lang)


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="no house style"):
        house_style("Bonjour", "fr")


SCRAPS = """水温 が は を です。 だ。 でした！ んですけど、 思う。 ？ … ・・・ ね。 １２ 3.5 1,200 ℃ （笑） w 😀 `i x！` ``` - * 1) |
> # ** _ ない。 なかった。 した。 している って とか ください 教えて頂けると嬉しいです。 事 時 三ヶ月 Don't i it's colour — -- ... ! ? ; :
( ) " ' “ ” , https://example.org/a However, but Hi all, Thanks! a@example.org 〜 ー っ @user [a](b) $x$ サーバ 出来る よろしくお願いします"""
pieces = st.sampled_from([*SCRAPS.split(), " ", "  ", "\n", "\n\n", "\n\n\n", "\t", "　"])
texts = st.one_of(
    st.lists(pieces, max_size=30).map("".join), st.lists(pieces, max_size=30).map(" ".join), st.text(max_size=80)
)


@given(texts, st.sampled_from(["ja", "en"]))
@settings(max_examples=400, deadline=None)
def test_applied_again_it_changes_nothing(text: str, lang: str) -> None:
    once = house_style(text, lang)
    assert house_style(once, lang) == once
    assert bool(once.strip()) or not re.search(r"[A-Za-z0-9ぁ-ん一-鿿]{3}", text)


numbers = st.one_of(st.integers(0, 99_999).map(str), st.decimals(0, 999, places=2).map(str))
units = st.sampled_from(["", "度", "℃", " kg", "尾", "%", "か月", " m", "：", "、", "〜", "-", "回"])


@given(
    st.lists(st.tuples(st.sampled_from(["水温は", "about ", "餌を", "pH "]), numbers, units), min_size=1, max_size=8),
    st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_no_number_changes(parts: list[tuple[str, str, str]], wide: bool) -> None:
    text = "です。".join(before + number + unit for before, number, unit in parts) + "です。"
    shown = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"}) if wide else text
    found = re.findall(r"\d+", unicodedata.normalize("NFKC", house_style(shown, "ja")))
    assert found == re.findall(r"\d+", text)


@given(
    st.text(alphabet="abc i'!、。 １２…だ", min_size=1, max_size=40).filter(
        lambda code: "`" not in code and code.strip()
    )
)
@settings(max_examples=200, deadline=None)
def test_code_is_never_touched(code: str) -> None:
    for lang in ("ja", "en"):
        assert f"`{code}`" in house_style(f"値は `{code}` だよね。", lang)
        assert f"```\n{code}\n```" in house_style(f"値だ。\n\n```\n{code}\n```\n\n値だ。", lang)


@given(texts, texts)
@settings(max_examples=100, deadline=None)
def test_the_difference_gives_both_texts_back(before: str, after: str) -> None:
    found = changes(before, after)
    assert "".join(one.text for one in found if one.kind != "in") == before
    assert "".join(one.text for one in found if one.kind != "out") == after


# long, with everything alike: a table, lines and characters over and over, nothing but changes
TABLE = "\n".join(f"{n}日目,{12 + n % 5}.{n % 10}度,{n % 7}尾" for n in range(700))[:8000]
HOSTILE = {
    "a table": (TABLE, house_style(TABLE, "ja")),
    "one character": ("あ" * 8000, "い".join(["あ" * 50] * 160)),
    "two characters in turn": ("あい" * 4000, "あう" * 4000),
    "short lines": ("あ\n" * 4000, "い\nあ\n" * 2000 + "あ"),
    "lines that move": ("".join(f"{n}\n" for n in range(1500)), "".join(f"{n * 7 % 1501}\n" for n in range(1502))),
    "every second word": (" ".join(f"w{n} x" for n in range(1200)), " ".join(f"w{n} y" for n in range(1201))),
    "short sentences": ("水。" * 4000, "湖。水。" * 1999),
    "commas": ("1,2," * 2000, "1、2、" * 2001),
}


def work_of(before: str, after: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many pairs of equal parts were looked at."""
    looked = 0

    class Counting(SequenceMatcher):  # type: ignore[type-arg]
        def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None):  # type: ignore[no-untyped-def]
            nonlocal looked
            end = len(self.a) if ahi is None else ahi
            looked += end - alo + sum(len(self.b2j.get(one, ())) for one in self.a[alo:end])
            if looked > ENOUGH:
                raise TimeoutError
            return super().find_longest_match(alo, ahi, blo, bhi)

    monkeypatch.setattr(diff, "SequenceMatcher", Counting)
    with contextlib.suppress(TimeoutError):
        found = changes(before, after)
        assert "".join(one.text for one in found if one.kind != "in") == before
        assert "".join(one.text for one in found if one.kind != "out") == after
    return looked


ENOUGH = 2_000_000  # about half a second


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_makes_the_difference_dear(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert work_of(*HOSTILE[name], monkeypatch) < ENOUGH


def test_without_its_limits_it_would_be(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("DEAREST", "BUDGET"):
        monkeypatch.setattr(diff, limit, 10**12)
    dear = [name for name, texts in HOSTILE.items() if work_of(*texts, monkeypatch) >= ENOUGH]
    assert len(dear) >= 3


def test_a_change_in_a_long_text_is_still_shown_where_it_is() -> None:
    lines = [f"{n}日目の水温は{n % 20}度。餌は食べました。" for n in range(300)]
    after = [line.replace("食べました", "食べています") if n == 150 else line for n, line in enumerate(lines)]
    found = changes("\n".join(lines), "\n".join([*after[:200], "", *after[200:]]))
    changed = "".join(one.text for one in found if one.kind != "same")
    assert len(changed) < 12


def test_a_change_is_shown_where_it_is() -> None:
    found = [(one.kind, one.text) for one in changes("水温は低い。", "水温は低いです。")]
    assert found == [("same", "水温は低い"), ("in", "です"), ("same", "。")]


def test_a_thousand_characters_take_a_moment() -> None:
    japanese = "水温が上がらないんですけど、どうしたら良いでしょうか？去年の春に一度試したけど、だめだった。" * 22
    english = "I don't think it's the colour, but we've organised another test. " * 16
    for text, lang in ((japanese, "ja"), (english, "en")):
        house_style(text, lang)
        started = time.process_time()
        for _ in range(5):
            house_style(text, lang)
        assert (time.process_time() - started) / 5 / len(text) * 1000 < 0.02
