"""One line of Japanese prose in the house style."""

import re
from typing import Final

from privacy.style.endings import polite
from privacy.style.guard import ADDRESS
from privacy.style.rules import Rule, apply, rule, rules, words
from privacy.style.words_ja import CLOSERS, IN_PLACE, OPENERS, REQUESTS, SPELLINGS

_JP: Final = "ぁ-んァ-ヴー一-鿿々。、「」（）！？…"
_KATAKANA_ONLY: Final = re.compile(r"[ァ-ヴー]+")
_SENTENCE: Final = re.compile(r"(?:「[^「」]*」|（[^（）]*）|[^。？])+[。？]?|[。？]")
_NUMERALS: Final = dict(zip("二三四五六七八九", "23456789", strict=True))
_MONTHS: Final = {"十": "10", "十一": "11", "十二": "12", **_NUMERALS}

_LAUGHS: Final = rules(
    [
        (r"(?<=[すたんねよかいるだう])[(（](?:笑|汗|爆|泣|苦笑|涙|爆笑|滝汗)[)）](?![。、」）)])", "。"),
        (r"[(（](?:笑|汗|爆|泣|苦笑|涙|嘘|謎|ぇ|爆笑|滝汗|うろ覚え)[)）]", ""),
        (rf"(?<=[{_JP}])[wW]+(?=[。、！？!?.\s]|$)", ""),
        (r"(?<=[ぁ-ん。！!])笑+(?=[。！!\s]|$)", ""),
        (r"[♪♫☆★♡♥]", ""),
        (r"(?<=[ぁ-ん])～+(?=[。、！？!?\s]|$)", ""),
        (r"～{2,}", "～"),
        (r"(?<=[ぁ-ん])ー+(?=[。、！？!?\s]|$)", ""),
        (r"ー{2,}", "ー"),
        (r"(?<=[ぁ-ん])[っッ]+(?=[。、！？!?\s]|$)", ""),
        (r"(?<=[ぁ-ん])[ぁぃぅぇぉ]+(?=[。、！？!?\s]|$)", ""),
    ]
)
_MARKS: Final = rules(
    [
        (rf"(?<=[{_JP}]),|,(?=[{_JP}])", "、"),
        (rf"(?<=[{_JP}])\.(?![A-Za-z0-9.])", "。"),
        (rf"(?<=[{_JP}]) ?:(?:(?=$|[0-9{_JP}])| )", "："),
        (r"(?:\.{2,}|…+|‥+|・{2,}|。{2,}|、{2,})", "…"),
        (r"[!?！？。…]*[?？][!?！？。…]*", "？"),
        (rf"(?<=[{_JP}])[!！]+(?=と[言い思書])", ""),
        (rf"(?<=[{_JP}0-9A-Za-z)\]])[!！。…]*[!！][!！。…]*", "。"),
        (r"…*。…*", "。"),
        (r"…(?=[」）\s]|$)", "。"),
        (r"^…", ""),
        (r"(?<=[るたいすんだよね])…", "。"),
        (r"…", "、"),
        (r"(?<=[。？])[.、]+|。(?=。)", ""),
        (r"『([^『』「」]*)』", r"「\1」"),
        (rf'"([^"]*[{_JP}][^"]*)"', r"「\1」"),
        (rf"(?<!{ADDRESS}) (?=[{_JP}])|(?<=[{_JP}]) (?!{ADDRESS})", ""),
        (rf"(?<={ADDRESS})(?=[{_JP}A-Za-z])(?![。、」）])|(?<=[{_JP}A-Za-z])(?<![。、「（])(?={ADDRESS})", " "),
        (r"[。、]+(?=[」）])", ""),
        (r"[、]+(?=。)|(?<=。)[、。]+|^[。、]+", ""),
    ]
)
_PAREN: Final = re.compile(r"\(([^()（）]*)\)")
_EMPHASIS: Final = rules(
    [
        (r"(?<![\w*_])(?:\*{1,3}|_{1,3})(?![\s*_])([^*_\n]*[^\s*_])(?:\*{1,3}|_{1,3})(?![\w*_])", r"**\1**"),
    ]
)
_TALK: Final = rules(
    [
        (r"(?<=[るたいなう])ん(?=です|だ[。よねがけっ]|だ$|でしょ|じゃ|では|だろ)", "の"),
        (r"(?<=[るたい])んで(?=、)", "ので"),
        (r"(?<=[一-鿿ァ-ヴー])じゃ(?=、)", "では"),
        (r"じゃな(?=い|く|か|さ)", "ではな"),
        (
            r"(?:(?<=っ|し|い)|(?<=[えけれめべせねげきりびにじ]|来|出|見|着))て(?=る(?!の?て)|た(?![いくがら])|な[いかく]|ます|まし|ませ|ません)",
            "てい",
        ),
        (r"(?<=ん)で(?=る|た(?!い)|ます|まし|ませ)", "でい"),
        (r"(?<=[しっいけれめべせねき])ちゃ(?=う|っ|い(?![けか])|え)", "てしま"),
        (r"な(?:きゃ|けりゃ)", "なければ"),
        (r"なくちゃ", "なくては"),
        (r"(?<=[しっいけれめべせねき])ちゃ(?=いけ|だめ|駄目)", "ては"),
        (r"(?<=[だるすたー」）A-Za-zァ-ヴ])って(?=言|いう|いっ|思|聞|感じ)", "と"),
        (r"(?<=[一-鿿ァ-ヴー」A-Za-z])(?:みたい|っぽい感じ)(?=な(?!の)|に)", "のよう"),
        (r"(?<=[るたい])みたい(?=な(?!の)|に|で)", "よう"),
        (r"(?<=[一-鿿ァ-ヴー」A-Za-z])とか(?=[をはのもがに])(?!がい)", "など"),
        (r"(?<=です)(?:けれども|けれど|けども|けど)(?!も)、?", "が、"),
        (r"(?<=ます|した|せん)(?:けれども|けれど|けども|けど)(?!も)、?", "が、"),
        (r"(?<=[るたいだす])(?:けれども|けれど|けども|けど)(?=、)", "が"),
        (r"(?<=[るたいだ])けど(?![、もねさよな。」）])", "が、"),
        (r"(?<=[一-鿿ァ-ヴー])だが、", "ですが、"),
        (r"(?<=です|ます|した|せん)(が|ので|から)(?![、。？っかねよら」）])", r"\1、"),
        (r"(?<=です|ます|した|せん)から、", "ので、"),
        (r"(?<=[るたいな])ので(?![、。？すはしあもな])", "ので、"),
        (r"(?:(?<=[一-鿿ァ-ヴー])|(?<=を))(?:いたし|致し)(?=ます|まし|ませ|て)", "し"),
        (r"(?<=[てで])おり(?=ます|まし|ませ)", "い"),
        (r"(?<=[てで])いらっしゃい(?=ます|まし)", "い"),
        (r"でござい(?:ます)", "です"),
        (r"(?<=[がはも])ござい(?=ます|まし|ませ)", "あり"),
        (r"さ?せて(?:いただ|もら)(?:き|い)(?=ます|まし|たい)", "し"),
        (r"することができ(?=る|ま|た|な|ず|れ)", "でき"),
        (r"(?:ご教示|ご教授|ご指南|お教え|ご指導)(?=ください|いただ|願)", "教えて"),
        (
            r"(?:ご教示|ご教授|ご指導|ご指南|アドバイス|ご助言|ご回答|ご意見)(?:を|のほど|の程|いただければと)?、?(?:よろしく)?お願い(?:いた|致)?し(?:ます|たいです)(?=[。？]|$)",
            "教えてください",
        ),
        (r"教えて(?:願い?います|願えますか|願いたい(?:です)?)", "教えてください"),
        (rf"(?<=[てで]){REQUESTS}(?=[。？]|$)", "ください"),
        (
            r"(?:ていただき|てください|ていただけ|くださいます|ください)ますよう、?お願い(?:いたし|致し|し|申し上げ)ます",
            "てください",
        ),
        (r"(?:どうか|どうぞ|何卒|なにとぞ)、?(?=[^。]*ください)", ""),
    ]
)
_COMMAS: Final = rules(
    [
        (r"(?<=[はをにも])、", ""),
        (r"(?<![のり])(?<=で)、", ""),
        (r"(?<=[いっしけれめべせねきえっん])(?<=[てで])、", ""),
        (r"(?<=[てば])、", ""),
        (r"(?<=たら|なら)、", ""),
        (r"(?<=[一-鿿])が、", "が"),
        (r"(?<=とき|場合|ため|あと|うえ)、", ""),
    ]
)
_STARTS: Final = rules(
    [
        (
            r"^(?:(?:まあ|まぁ|えっと|ええと|えーと|えと|あのう?|うーん|うー|んー|うん|ふむ|おお|おー|へえ|へー|ほう|ああ|あー|あ|お|わ|なんか|なんというか|なるほど"
            r"|そうですね|ええ|ん|む|さて|では|それでは|じゃあ?|実は|正直|個人的には?|なんと|ほら|ねえ|やあ|というか|ていうか|てか|つーか|いやあ|ま|で|んで|それで)[、,…。！ー～]+)+",
            "",
        ),
        (r"^いや、", "いえ、"),
        (
            r"^(?:でも|だけど|けど|ですけど|ですが|だが|けれども?|しかしながら|とはいえ|ただし|ただ|もっとも|それでも|にもかかわらず)、",
            "しかし、",
        ),
        (
            r"^(?:なので|だから|ですから|ですので|従って|したがって|よって|ゆえに|ので|というわけで|ということで)、?(?![、あんは])",
            "そのため、",
        ),
        (r"^(?:あと|それと|それから|加えて|その上|しかも|それに|他に|ほかに|並びに|さらに)、", "また、"),
        (r"^(?:余談ですが|ついでに|余談だが|蛇足ですが|蛇足だが|どうでもいいですが)、", "ちなみに、"),
        (r"^(しかし|そのため|ちなみに|つまり|例えば)(?![、なにのでがはも])", r"\1、"),
        (
            r"^(まず|次に|最後に|特に|実際|通常|普通|もちろん|おそらく|やはり|とりあえず|一応|もし|確かに|基本的に|少なくとも|最近|今回|以前|現在)、",
            r"\1",
        ),
    ]
)
_FILLED: Final = re.compile(
    r"(?:なるほど(?:です)?(?:ね)?|そうそう|そうですね|そうなの(?:です)?(?:ね|か)|そうですか|へえ|おお|ふむ|うーん|うむ|えっ?|あれ|あら|おっ|わーい|やった|"
    r"(?:おお?|ああ?|あっ|なるほど)?、?そうなのですね|さすが(?:です)?)(?:[、。]?なるほど)?"
)
_THANKED: Final = (
    "ご|お|回答|返信|返答|返事|指摘|教示|助言|協力|対応|連絡|確認|質問|説明|丁寧|詳しい|詳細|早速|素早い|迅速|早い|たくさん|いろいろ|皆さん|二人|教えて|見て|調べて|答えて|"
    "試して|付き合い|コメント|アドバイス|情報|紹介|共有|補足|わざわざ|長々|いただき|くださり|くださって|もらって|いただいて|いつも|本当|どうも|とても|大変|誠|まこと|みな|@|様|さん|の|に|な|を|も|と|、|は|で|まして|"
    "重ね重ね|改めて|先ほど|今回|先日|また|まずは|とりあえず|一応|早々"
)
_THANKS: Final = re.compile(
    rf"(?:{_THANKED}|{ADDRESS})*ありがとう(?:ございます|ございました|です|でした|存じます)?(?:ね|よ)?"
    r"|(?:あざす|あざっす|サンクス|感謝です|感謝します|感謝いたします|感謝|thx|Thanks)"
)
_OPEN: Final = re.compile(f"(?:{OPENERS})")
_CLOSE: Final = re.compile(f"(?:{CLOSERS})(?:ね|が)?")
_KATAKANA_WORDS: Final = {word: put for word, put in SPELLINGS.items() if _KATAKANA_ONLY.fullmatch(word)}
_OTHER_WORDS: Final = {word: put for word, put in SPELLINGS.items() if word not in _KATAKANA_WORDS}


def _numerals(text: str) -> str:
    def count(found: re.Match[str]) -> str:
        return _NUMERALS[found[0]]

    text = re.sub(
        r"(?<![一-鿿〇\d])[二三四五六七八九](?=(?:か月|週間|時間|年間|日間|分間|倍|割|匹|尾|トン|キロ)(?![一-鿿々](?<![前後以程])))",
        count,
        text,
    )
    return re.sub(
        r"(?<![一-鿿〇\d])(?:十[一二]?|[二三四五六七八九])(?=月(?![一-鿿々]))", lambda f: _MONTHS.get(f[0], f[0]), text
    )


def _parens(text: str) -> str:
    def put(found: re.Match[str]) -> str:
        before = text[found.start() - 1 : found.start()]
        japanese = re.search(f"[{_JP}]", found[1] + before)
        return f"（{found[1].strip()}）" if japanese else found[0]

    return _PAREN.sub(put, text)


_RULES: Final[tuple[Rule, ...]] = (
    _LAUGHS,
    _parens,
    _MARKS,
    _EMPHASIS,
    rules(IN_PLACE),
    words(_OTHER_WORDS),
    words(_KATAKANA_WORDS, before="(?<![ァ-ヴー])", after="(?![ァ-ヴー])"),
    _numerals,
    _TALK,
    _COMMAS,
    rule(r"　", ""),
)


def styled(text: str, *, whole: bool, bare: bool = False) -> str:
    """The line in the house style.

    `whole`: it is prose, whose last sentence gets its mark; else a list item or a cell. `bare`: greetings stay, because
    without them nothing is left.
    """
    text = apply(_RULES, text).strip()
    found = sentences(text)
    made = [_sentence(one, last=n == len(found) - 1, whole=whole, bare=bare) for n, one in enumerate(found)]
    return "".join(made)


def sentences(text: str) -> list[str]:
    """The sentences with their marks; one inside brackets belongs to the sentence around it."""
    return _SENTENCE.findall(text)


def _sentence(sentence: str, *, last: bool, whole: bool, bare: bool) -> str:
    mark = sentence[-1] if sentence[-1] in "。？" else ""
    body = _STARTS(sentence.removesuffix(mark).strip("、 "))
    if not body:
        return ""
    if not bare and (_OPEN.fullmatch(body) or _CLOSE.fullmatch(body) or _FILLED.fullmatch(body)):
        return ""
    if _THANKS.fullmatch(body):
        return "ありがとうございます。" if bare else ""
    if not (mark or whole):
        return body
    new = polite(body, asks=mark == "？", full=bool(mark))
    if new.endswith(("か", "と思います", "ください")) and (mark or new != body):
        mark = "。"
    if not mark and last and whole and re.search(r"(?:です|ます|した|せん|ください|でしょう|ますか|ですか)$", new):
        mark = "。"
    return new + mark
