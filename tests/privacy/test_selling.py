"""What is held before publication: exact prices, ways to reach somebody, links to shops; and what farms talk about is not."""

import pytest

from privacy.selling import reasons_to_hold

ALLOWED = ("go.jp", "fao.org")
HELD = [
    ("この餌は1kg 250円です。", {"price"}),
    ("１箱３，０００円、送料無料です。", {"price"}),
    ("3千円で買えます。", {"price"}),
    ("三千円でお譲りします。", {"price"}),
    ("月額500円のプランがあります。", {"price"}),
    ("It costs $20 a bag.", {"price"}),
    ("JPY 3,000 each", {"price"}),
    ("20 dollars a bag", {"price"}),
    ("Use discount code FISH10.", {"price"}),
    ("詳しくは https://shop.example.com/item/3 をご覧ください。", {"link"}),
    ("shop.example.com にあります。", {"link"}),
    ("See www.feeds.example.com", {"link"}),
    ("https://go.jp.example.com/x", {"link"}),
    ("https://evilgo.jp/x", {"link"}),
    ("090-1234-5678 までどうぞ。", {"contact"}),
    ("taro@feeds.example.com に送ってください。", {"contact"}),
    ("インスタの @umi_shop を見てください。", {"contact"}),
    ("LINEのIDはtaro_fishです。", {"contact"}),
    ("DMください。", {"contact"}),
    ("Message me for details.", {"contact"}),
    ("Contact us at our office.", {"contact"}),
    ("1袋980円、注文は https://shop.example.com か 090-1234-5678 へ。", {"price", "link", "contact"}),
]
PASSES = [
    "浜値が1kg約800円まで下がりました。",
    "1kg 800円前後です。",
    "300〜400円でした。",
    "500円から600円に上がりました。",
    "1000円台で推移しています。",
    "about $20 a kilo, or 15 to 20 dollars",
    "設定に二万円ほどかかりました。",
    "円安で餌が高くなりました。",
    "水温12.5℃、密度10kg/m3、酸素6.2mg/Lです。",
    "https://www.jfa.maff.go.jp/j/saibai/ にあります。",
    "See https://www.fao.org/fishery for the guide.",
    "獣医師に電話で聞きました。",
    "メールで届いた通知を見落としました。",
    "We called the vet and sent a message to the station.",
    "pH7.8、塩分3.2%、換水は1日2回。",
]


@pytest.mark.parametrize(("text", "reasons"), HELD)
def test_is_held(text: str, reasons: set[str]) -> None:
    assert reasons_to_hold(text, allowed=ALLOWED) == reasons


@pytest.mark.parametrize("text", PASSES)
def test_goes_out(text: str) -> None:
    assert reasons_to_hold(text, allowed=ALLOWED) == frozenset()


def test_without_a_list_no_link_is_allowed() -> None:
    assert reasons_to_hold("https://www.jfa.maff.go.jp/") == {"link"}
