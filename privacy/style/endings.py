"""The end of a Japanese sentence as a plain polite form; where the rules are not sure, the sentence stays."""

import re
from typing import Final

_STEM: Final = dict(zip("うくぐすつぬぶむる", "いきぎしちにびみり", strict=True))
_A_ROW: Final = dict(zip("かがさざただなばまらわ", "きぎしじちぢにびみりい", strict=True))
_E_ROW: Final = "えけげせぜてでねへべぺめれ"
_I_ROW: Final = "いきぎしじちにひびみり"

# not verbs, though they end like one; and adjectives in ない
_NOT_VERBS: Final = re.compile(
    r"(?:全|良|多|近|遠|早|速|深|高|暫|詳し|一|二|三|同じ|直|必|先|続|ごと|おそら|よ|とに|しばら|まった|だ|そ|どう|こう|よう|もう|ほう|とう|ろう|しょう|ちょう|おう|いつ|ひと|ふた|まず|ずつ|やつ|ため|そう|はず|くく|ひたす|わず|あす|です|ます|まで)$"
)
_ADJECTIVES: Final = re.compile(
    r"(?:少|危|切|儚|幼|汚|拙|つま[らん]|くだら|もったい|とんでも|仕方|しかた|しょうが|情け|だらし|ぎこち|おぼつか|さりげ|何気|頼り|途方も|申し訳|はか|せわし|えげつ|味気|素っ気|問題|間違い|違い)$"
)
_GODAN_ERU: Final = re.compile(r"(?:しゃべ|すべ|かえ|ふけ|蘇|甦|限|帰|はい|まじ|かじ|いじ|にぎ|ちぎ|よぎ|しげ|ねじ)$")
_ICHIDAN_KANJI: Final = "見出寝着似煮得経居診観視試用率強老悔報"
_PAST_U: Final = "言思使会違買払扱合拾歌吸酔舞願迷失習笑争伴狂洗誘補縫疑養賄奪救襲追負覆従整揃行"
_PAST_TSU: Final = "待立打勝経建育保放断持"
_PAST_RU: Final = "取作入切減知帰走釣乗送降張掘貼困残売撮塗割折測図計量絞滑振登戻限至滞湿凍腐弱細誤曲渡移余絡回守語配握採執獲盛刷触祈踊巡治直腫塞濁茂曇鈍罹上下"
_PAST_MU: Final = "傷読飲済進組噛積込住頼休沈痛縮産富悔挟囲包畳盗刻含望踏試澄病"
_PAST_BU: Final = "選運呼遊学並飛浮結喜叫及"
_PAST_KU: Final = "浮湧吐傾乾泣咲書聞着置動続開届引働付気向描抜巻焼効除解敷築驚輝招"
_KATTA_VERBS: Final = re.compile(r"(?:わ|分|助|掛|か|見つ|みつ|向|預|授|引っか|ひっか|遠ざ|儲|つ|ぶつ|かか)$")
_ADJECTIVE_END: Final = re.compile(r"(?:[一-鿿しきさつなたよいくすむ]い|[いくしたな]い|すごい|うまい)$")
_JAPANESE: Final = re.compile(r"[ぁ-んァ-ヴ一-鿿]")
_STEMS: Final = re.compile(r"[思言使行扱払会習願狙合問買吸追歌迷笑]い$|(?:てい|でい|もらい|しまい|だい|えい|おい)$")
_NOUN_END: Final = re.compile(
    r"(?:[一-鿿々ァ-ヴーA-Za-z0-9%）)」』]|だけ|ため|こと|もの|ところ|くらい|まで|から|のみ|とき|(?<!なる)ほど|など|はず|わけ|よう|そう|ばかり|ずつ|うち|まま)$"
)

_POLITE: Final = re.compile(r"(?:です|ます|ました|ません|ませんでした|でした|でしょう|ましょう|ください|なさい)$")
_SAYS: Final = re.compile(r"(?:です|ます|ました|ません|でした)$")
_TAIL: Final = re.compile(
    r"(です|ます|ました|ません|でした|でしょう|ましょう|ください)(?:[よねなわさ]|よね|ねえ|なあ|ねー|よー|けれども|けれど|けど|が|ので|から|もの|もん|し|っと|ぞ|のよ|とさ|かと){1,3}$"
)
_CASUAL: Final[list[tuple[re.Pattern[str], str]]] = [
    (re.compile(pattern), put)
    for pattern, put in (
        (r"(?:っす|ッス|でーす|どす|なんす)(?:[よねわ]|よね|けど|が)*$", "です"),
        (r"(?:です|だ|なん)(?:じゃ|じゃん|じゃんか|やん|やね|やねん)$", "です"),
        (r"(?<=[一-鿿ァ-ヴー])じゃん(?:か|ね|よ)?$", "です"),
        (r"(?<=[いたる])じゃん(?:か|ね|よ)?$", ""),
        (r"(?:で|じゃ)あ?(?:る|ります)(?:よ|ね|が|けど)*$", "です"),
        (r"であった(?:よ|ね|が|けど)*$", "でした"),
        (r"だった(?:よ|ね|よね|なあ|な|わ|けど|が|んだ|ん)*$", "でした"),
        (r"(?:だろう|だろ|でしょ)(?:よ|ね|な|なあ|けど|が)*$", "でしょう"),
        (r"(?:なの|なん|の|ん)だ(?:よ|ね|よね|な|なあ|けど|が|わ|ぞ)*$(?<![一-鿿]んだ)", "のです"),
        (r"(?<![んい])だ(?:よ|ね|よね|よな|な|なあ|なー|わ|ぞ|ぜ|けど|けれど|が|し|さ)*$", "です"),
        (r"(?<=[るうくすつむたいない])(?:よね|よな|なあ|なー|わ|ぞ|ぜ|けど|けれど|よ|ね)$(?<!.[いうた]ね|...)", ""),
    )
]
_THINK: Final = re.compile(
    r"(な)?(?:の|ん)?(?:では|じゃ)(?:ない|無い)(?:でしょうか|かなと思い(?:ます|ました)|かなと|かな|かと思い(?:ます|ました)|かと思われます|かと|だろうか)$"
)
_ASKING: Final = re.compile(
    r"(な)?(?:の|ん)?(?:でしょうか|ですか|だろうか|でしょか|ますでしょうか)(?:[ねな]|ねえ|なあ)?$"
)
_PLAIN_ASKING: Final = re.compile(r"(?:な)?(?:の|ん)?か(?:な|なあ|なー|ね|しら|い|ねえ)$|(?:な)?の$")
_QUESTION_WORDS: Final = re.compile(r"何|なに|なん|誰|どこ|どう|どの|どれ|どちら|いつ|なぜ|いくら|いくつ|どっち")


def polite(body: str, *, asks: bool = False, full: bool = False) -> str:
    """The sentence without its mark, its end in the polite form.

    `asks`: it ended in a question mark. `full`: it ended in a mark of its own, so that a bare noun is a sentence too.
    """
    body = _hedged(body)
    asked = _question(body, asks=asks)
    if asked is not None:
        return asked
    said = _said(body, full=full and not asks)
    return f"{said}か" if asks and _SAYS.search(said) and not said.endswith("と思います") else said


def _said(body: str, *, full: bool) -> str:
    body = _TAIL.sub(r"\1", body)
    if _POLITE.search(body):
        return _settled(body)
    for pattern, put in _CASUAL:
        new, count = pattern.subn(put, body)
        if count:
            body = new
            break
    if _POLITE.search(body):
        return _settled(body)
    is_noun = full and _NOUN_END.search(body) and _JAPANESE.search(body)
    return _of_plain(body) or (f"{body}です" if is_noun else body)


def _hedged(body: str) -> str:
    body = re.sub(
        r"かも(?:しれない|しれないです|です|ね|な|しれん|知れない|知れません|しれないですね)?(?:ね|よ|けど|が)*$",
        "かもしれません",
        body,
    )
    body = re.sub(
        r"(?<=[るたい])(?:ような)?気が(?:します|する|しています|してます|しました)(?:ね|が|けど)*$", "と思います", body
    )
    body = re.sub(
        r"(?:かな|か)?と(?:は|も)?(?:思われます|思っています|思ってます|思いました|思われる|思った|思っている|思うのですが|思うんですが|思うんですけど)(?:ね|が|けど)*$",
        "と思います",
        body,
    )
    body = re.sub(r"(?:かな|か)と(?:は)?思います", "と思います", body)
    found = _THINK.search(body)
    if found is None:
        return body
    rest = body[: found.start()]
    return f"{rest}だと思います" if found[1] or _NOUN_END.search(rest) else f"{rest}と思います"


def _question(body: str, *, asks: bool) -> str | None:
    """A question in the form …ますか, …ですか; None where the sentence asks nothing."""
    found = _ASKING.search(body)
    if found is None and asks:
        found = _PLAIN_ASKING.search(body)
    if found is None and re.search(r"[るたいう一-鿿ァ-ヴー](?:の|ん)?か(?:な|なあ|なー|ね|しら)$", body):
        found = _PLAIN_ASKING.search(body)
    if found is None:
        return None
    rest = body[: found.start()]
    if not rest or rest.endswith(("どう", "そう", "こう")):
        return f"{rest}ですか" if rest else None
    plain = _of_plain(rest) if not _POLITE.search(rest) else rest
    return f"{plain or rest + 'です'}か"


def _settled(body: str) -> str:
    """A polite end in its plainest form: without the explaining の, the negative as …ません."""
    short = re.sub(r"なの(?=です$)", "", body)
    if short != body:
        return short
    found = re.search(r"[のん]です$", body)
    if found:
        return _of_plain(body[: found.start()]) or f"{body[: found.start()]}のです"
    found = re.search(r"(?:ない|なかった)です$", body)
    return (_of_plain(body[:-2]) or body) if found else body


def _of_plain(body: str) -> str:
    """The polite form of a plain predicate, or nothing."""
    for end, make in _ENDS:
        if body.endswith(end):
            return make(body)
    return ""


def _negative(body: str) -> str:
    past = body.endswith("なかった")
    stem = body[: -4 if past else -2]
    if not stem or (stem.endswith("ら") and _ADJECTIVES.search(stem)):
        return ""
    if _ADJECTIVES.search(stem) and not stem.endswith(("問題", "違い")):
        return f"{body}です"
    polite_stem = _negative_stem(stem)
    return f"{polite_stem}{'ませんでした' if past else 'ません'}" if polite_stem else f"{body}です"


def _negative_stem(stem: str) -> str:
    last = stem[-1]
    if (last in "がはもさ" and not stem.endswith(("さが", "なが"))) or stem.endswith(
        ("問題", "違い", "では", "じゃ", "必要")
    ):
        if last == "さ":
            return f"{stem[:-1]}し"
        return f"{stem.removesuffix('じゃ')}{'では' if stem.endswith('じゃ') else ''}あり"
    if stem.endswith(("たく", "しく", "なく", "よく", "多く", "くは")):
        return f"{stem}あり"
    if last in _A_ROW:
        return f"{stem[:-1]}{_A_ROW[last]}"
    return stem if last in _E_ROW or last in _I_ROW or last in _ICHIDAN_KANJI or last == "来" else ""


def _adjective(body: str) -> str:
    return (
        f"{body}です"
        if len(body) > 1 and not body.endswith(("ください", "なさい", "はい", "ない")) and not _STEMS.search(body)
        else ""
    )


def _katta(body: str) -> str:
    stem = body[:-3]
    return f"{stem}かりました" if _KATTA_VERBS.search(stem) else f"{body}です"


def _tta(body: str) -> str:
    stem, last = body[:-2], body[-3:-2]
    if last in _PAST_U:
        return f"{stem}{'い' if last != '行' or stem.endswith('を行') else 'き'}ました"
    if last in _PAST_TSU:
        return f"{stem}ちました"
    if last in _PAST_RU or last in "なあやまがわこくぼ":
        return f"{stem}りました" if last else ""
    return f"{stem}いました" if stem.endswith(("もら", "しま", "ちが")) else ""


def _nda(body: str) -> str:
    stem, last = body[:-2], body[-3:-2]
    if last == "死":
        return f"{stem}にました"
    return f"{stem}みました" if last and last in _PAST_MU else f"{stem}びました" if last and last in _PAST_BU else ""


def _ita(body: str) -> str:
    stem, last = body[:-2], body[-3:-2]
    if last and last in "てでがはもにず":
        return f"{stem}いました"
    return f"{stem}きました" if last and last in _PAST_KU else ""


def _ida(body: str) -> str:
    return f"{body[:-2]}ぎました" if body[-3:-2] and body[-3:-2] in "泳注防騒急繋継脱研" else ""


def _ta(body: str) -> str:
    stem, last = body[:-1], body[-2:-1]
    return f"{stem}ました" if last and (last in _E_ROW or last in "しきちじびみり" or last in "見出寝着来得") else ""


def _ru(body: str) -> str:
    stem, last = body[:-1], body[-2:-1]
    if body in ("する", "くる") or body.endswith(("する", "来る")):
        return f"{body[:-2]}{'し' if body.endswith('する') else '来'}ます"
    if body.endswith("てくる"):
        return f"{body[:-2]}きます"
    if not last or _NOT_VERBS.search(body) or body.endswith(("ある", "なる", "わかる", "やる", "かかる")):
        return f"{stem}り{'ます'}" if last else ""
    if _GODAN_ERU.search(stem):
        return f"{stem}ります"
    ichidan = last in _E_ROW or last in _I_ROW or last in _ICHIDAN_KANJI
    return f"{stem}ます" if ichidan else f"{stem}ります"


def _verb(body: str) -> str:
    stem, last = body[:-1], body[-1]
    known = re.search(r"(?:思|言|いう|おもう|もら|しま|ちが|違|くださ|てい|でい|てお|[一-鿿])$", stem)
    if not known or _NOT_VERBS.search(stem) or _NOT_VERBS.search(body):
        return ""
    return f"{stem}{_STEM[last]}ます"


_ENDS: Final = [
    ("なかった", _negative),
    ("ない", _negative),
    ("かった", _katta),
    ("った", _tta),
    ("んだ", _nda),
    ("いた", _ita),
    ("いだ", _ida),
    ("だった", lambda body: f"{body[:-3]}でした"),
    ("た", _ta),
    ("い", _adjective),
    ("る", _ru),
    *((end, _verb) for end in "うくぐすつぬぶむ"),
]
