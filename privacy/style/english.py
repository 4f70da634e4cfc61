"""One line of English prose in the house style."""

import re
from typing import Final

from privacy.style.rules import Rule, apply, rule, rules, words
from privacy.style.words_en import BRITISH, DROPPED, EMPTY_STARTS, FIRST_WORDS, GREETINGS, NEGATED, SHORT

_PRONOUN: Final = r"(I|you|he|she|it|we|they|there|this|that|these|those|your|the)"
_SHOUTED: Final = (
    "NOT|ALL|VERY|NEVER|ALWAYS|ONLY|MUST|REALLY|EVERY|ANY|MORE|LESS|SAME|EXACTLY|SHOULD|BEFORE|AFTER|DOES|WILL|CANNOT"
)
_WAS: Final = "been|got|had|become|gone|made|done|taken|seen|come|worked|happened|changed"
_SENTENCE: Final = re.compile(r"(?:[^.?]|[.?](?=\S)(?![\"')]*\s))+[.?]*[\"')]*\s*|[.?]+\s*")

_MARKS: Final = rules(
    [
        (r"[（]", "("), (r"[）]", ")"), (r"[、，]", ", "), (r"。", ". "),
        (r"(?<=[\d°%FCK$]) ?[-–—] ?(?=[\d°$])", "-"),
        (r"(?<=[a-z)'\"]) ?(?:—|―|--+) ?(?=[A-Za-z('\"])|(?<=[a-z)'\"]) [–-] (?=[A-Za-z('\"])", ", "),
        (r"(?<=[\w)\"'])\s*(?:\.{2,}|…)+(?=\s*$|\s+[A-Za-z(])", "."),
        (r"\s*(?:\.{2,}|…)+\s*", ", "),
        (r"[!?]*\?[!?]*", "?"),
        (r"(?<=[\w)\"'\]])!+", "."),
        (r" +(?=[,.?;:)])(?!\.\w)", ""),
        (r"(?<=[,;])(?=[A-Za-z(])", " "),
        (r"(?<=[A-Za-z]) & (?=[A-Za-z])", " and "),
        (r"\b as well as\b", " and"),
        (r"(?<!might)(?<!may)(?<!just),? as well(?=[,.?)]|$)", " too"),
        (r"(?<=\w) ?\+/- ?(?=\d)", " ± "),
        (r"(?<=\d)(?:deg|degrees?) ?(F|C)\b", r" °\1"),
        (r";(?=\s+[a-z])(?=[^;]*$)", "."),
        (r"\.\s+,", "."), (r",(?:\s*,)+", ","), (r"(?<![.\w])\.(?:\s*\.)+(?!\w)", "."),
        (r"(?<=[a-z)])\.(?=[A-Z][a-z])", ". "),
        (r"(?<![\w'])'(?=[A-Za-z])([^'\n]{1,60}(?<=[\w,.?]))'(?![\w'])", r'"\1"'),
        (r'([,.])"(?=[\s)]|$)(?<![\s(][,.]")', r'"\1'),
        (r"(?<=[\w\"'])\.\)(?=\s|$)(?<!\betc\.\))", ")."),
        (r"(?<=\.)\.(?!\w)|(?<=[?.]\")\.", ""),
        (r" {2,}", " "),
        (r"(?<![\w*_])(?:\*{1,3}|_{1,3})(?![\s*_])([^*_\n]*[^\s*_])(?:\*{1,3}|_{1,3})(?![\w*_])", r"**\1**"),
    ]
)  # fmt: skip
_CONTRACTIONS: Final = rules(
    [
        (rf"(?:(?<=^)|(?<=[.?] )|(?<=\b[Ww]hy )|(?<=\b[Hh]ow )|(?<=, ))(Do|Does|Did|Is|Are|Was|Were|Have|Has|Had|Would|Could|Should|do|does|did|is|are|was|were|would|could|should)n't {_PRONOUN}\b", r"\1 \2 not"),
        (r"(?:(?<=^)|(?<=[.?] )|(?<=\b[Ww]hy ))([Cc])an't (I|you|he|she|it|we|they)\b", r"\1an \2 not"),
        (rf"\b(it|that|there|what|he|she|here|where|who|how|this)'s(?= (?:\w+ly |not |never |always |only |also )?(?:{_WAS})\b)", r"\1 has"),
        (r"\b(it|that|there|what|he|she|here|where|who|how|this)'s\b", r"\1 is"),
        (r"\b(you|we|they|who|that|there|these|those)'re\b", r"\1 are"),
        (r"\b(you|we|they|who|that|there|would|could|should|might|must|these|those)'ve\b", r"\1 have"),
        (r"\b(you|he|she|it|we|they|that|there|this|who|what)'ll\b", r"\1 will"),
        (r"\b(I|you|he|she|it|we|they|that|there|who)'d(?= (?:better|been|had|already|never|gone|seen|done|\w+ed\b(?<!need)(?<!feed)))", r"\1 had"),
        (r"\b(I|you|he|she|it|we|they|that|there|who)'d\b", r"\1 would"),
        (r"\b(could|should|would|might|must) of\b", r"\1 have"),
    ],
    re.I,
)  # fmt: skip
_EDGE: Final = r"\b(?<!['.-])"
_AFTER: Final = r"(?![\w'-])"
_COMMAS: Final = rules(
    [
        (
            r",(?= (?:and|or|but|because|unless|until|since|too|that|for example)\b)",
            "",
        ),
        (r"(?<=\btoo),|(?<=\band),|(?<=\bbut),|(?<=\bthat),", ""),
        (
            r", (however|therefore|thus|for example|perhaps|also|of course|indeed|too|in fact|though|although|hence),? ",
            r" \1 ",
        ),
        (r",? (?:although|though|however)(?=[.?]|$)", ""),
        (r"\b(I think),? (?=I think)", ""),
    ]
)
_FIRST: Final = rules(
    [
        (
            rf"^(?:{old})(?:(?<=,)\s*|,\s*|(?<!,)\s+(?=(?:I|you|we|they|he|she|it|the|a|an|this|that|there|these|if|when|my|your)\b))",
            f"{new} ",
        )
        for new, old in FIRST_WORDS.items()
    ]
)
_EMPTY: Final = re.compile(rf"^(?:(?:{EMPTY_STARTS})(?:[,:]|\s+-)\s*)+(?=\S)")
_HELLO: Final = re.compile(
    r"^(?:Hi|Hello|Hey|Dear|Greetings|Good (?:morning|day|evening))(?: (?:all|everyone|everybody|there|guys|folks|team|friends))*[,.] *(?=\S)"
)
_GREETING: Final = re.compile(rf"(?:{GREETINGS})[\s,.:-]*", re.I)
_NOT_AN_END: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|ca|cf|Mr|Mrs|Ms|Dr|Prof|St|No|Fig|Eq|al|Inc|Ltd|Jr|Sr|[A-Z])\.|\.\.)$"
)

_RULES: Final[tuple[Rule, ...]] = (
    _MARKS,
    lambda text: _CONTRACTIONS(text) if "'" in text else text,
    words(NEGATED, _EDGE, _AFTER, flags=re.I),
    rules(BRITISH),
    rule(rf"(?<=[a-z,] )(?<!\bnot )(?<!\bnearly )(?<!\balmost )(?:{DROPPED}) (?=[a-z])", ""),
    words(SHORT, _EDGE, _AFTER, flags=re.I),
    _COMMAS,
    lambda text: _quiet(text),
    rule(r"(?<![\w'.-])i(?=[ ,]|$)(?![.)])", "I"),
    rule(r" {2,}", " "),
)


def _quiet(text: str) -> str:
    return re.sub(rf"(?<=[a-z,] )\b(?:{_SHOUTED})\b(?! [A-Z]{{2,}})", lambda found: found[0].lower(), text)


def styled(text: str, *, whole: bool, bare: bool = False) -> str:
    """The line in the house style; `whole` and `bare` as in `privacy.style.japanese.styled`."""
    text = apply(_RULES, text).strip()
    prose = (whole and text.count(" ") > 1) or text.endswith((".", "?"))
    made = [_sentence(one, prose=prose, bare=bare) for one in sentences(text)]
    joined = " ".join(one for one in made if one)
    if whole and re.search(r"[a-z0-9)]$", joined) and joined.count(" ") > 4:
        joined += "."
    return joined


def sentences(text: str) -> list[str]:
    """The sentences with their marks."""
    found: list[str] = []
    for piece in _SENTENCE.findall(text):
        if found and _NOT_AN_END.search(found[-1].rstrip()):
            found[-1] += piece
        else:
            found.append(piece)
    return [one.strip() for one in found]


def _sentence(sentence: str, *, prose: bool, bare: bool) -> str:
    if not bare and _GREETING.fullmatch(sentence):
        return ""
    sentence = _EMPTY.sub("", sentence if bare else _HELLO.sub("", sentence))
    first = re.match(r"[\"'(*]*([a-z])(?=[a-z']*(?:[ ,.?]|$))", sentence)
    if first and prose:  # a line of a listing keeps its small letter
        sentence = sentence[: first.start(1)] + first[1].upper() + sentence[first.end(1) :]
    return _FIRST(sentence)
