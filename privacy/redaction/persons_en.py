"""Names of people in Latin letters: by title, given name, Japanese name, cue and signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from privacy.redaction.lists import words as words_in
from privacy.redaction.lists.names_en import DOUBLE, GIVEN, SURNAMES
from privacy.redaction.lists.names_ja import ROMAN_DOUBLE, ROMAN_GIVEN, ROMAN_SURNAMES
from privacy.redaction.lists.words_en import GENERIC, ORG_ENDS
from privacy.redaction.spans import PERSON, Span
from privacy.redaction.words import LATIN, Word, begins_sentence

NAME: Final = rf"[A-ZÀ-ÖØ-Þ][{LATIN}'’-]+"
PARTS: Final = rf"{NAME}(?:[ ](?:[A-Z]\.?|van|von|de|der|den|del|da|di|la|bin|al|{NAME})){{0,3}}"
TITLED: Final = re.compile(
    rf"(?<![{LATIN}0-9])(?:Mr\.? and Mrs|Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Capt|Captain|Sir|Dame|Rev|Fr|Sgt|Lt|Officer|Nurse|Judge|Coach|Chef|Skipper|Uncle|Aunt|Auntie|Sensei)\.?[ ]((?:[A-Z]\. ?){{0,3}}{PARTS})"
)
SAN: Final = re.compile(
    rf"(?<![{LATIN}0-9])([A-Z][a-z]{{1,14}}(?: [A-Z][a-z]{{1,14}})?)[- ](?:san|sama|sensei|kun|chan|senpai|shachou|buchou)(?![{LATIN}])"
)
INITIALED: Final = re.compile(
    rf"(?<![{LATIN}0-9.])((?:[A-Z]\. ?){{1,3}}(?:van |von |de |Mc|Mac|O['’])?[A-Z][{LATIN}'’-]{{2,}})"
)
CALLED: Final = re.compile(
    r"(?:(?:my|our|the|a|his|her|their|your) (?:new |old |former |good |close |ex-?)?(?:[a-z-]+ ){0,2}(?:colleague|coworker|co-worker|friend|boss|manager|supervisor|wife|husband|brother|sister|son|daughter|"
    r"partner|neighbou?r|cousin|uncle|aunt|father|mother|teacher|tutor|doctor|dentist|nurse|vet|lawyer|accountant|assistant|intern|trainee|technician|"
    r"engineer|developer|foreman|captain|skipper|owner|director|principal|headmaster|head|lead|leader|rep|representative|contact|agent|buyer|coach|mentor|advisor|adviser|professor|"
    r"secretary|receptionist|founder|ceo|cto|cfo|landlord|plumber|electrician|driver|employee|client|customer|consultant|operator|mechanic|chef|student|patient|analyst|therapist|surgeon|physiotherapist|librarian|clerk|CEO|CTO|CFO|HR manager),?"
    r"|(?:[Mm]y name is|[Ii]'m|[Ii] am|[Tt]his is|[Cc]ontact(?:ed)?|[Aa]sk(?:ed)?(?: for)?|[Ee]-?mail(?:ed)?|[Cc]all(?:ed)?|[Nn]amed|[Ss]p(?:eak|oke) (?:to|with)|[Tt]alk(?:ed)? (?:to|with)|[Mm]et(?: with)?|[Tt]hank(?:s|ed)?(?: to| you,?)?|[Hh]i|[Hh]ello|[Hh]ey|[Dd]ear|[Cc]c|[Aa]ttn:?|[Ss]igned(?: by)?|[Rr]eported by|[Ww]ritten by|[Aa]ccording to|[Ff]rom:|[Tt]o:|[Bb]y:|[Nn]ame:|[Tt]old|[Ss]aid|[Pp]hone|[Rr]each out to|[Rr]each|[Mm]essage(?:d)?|[Vv]isited|[Ww]ith|[Bb]y|[Aa]nd|[Oo]r|[Ff]rom|[Ff]or|[Tt]o|[Tt]hat|[Uu]ntil|[Bb]ecause|[Ww]hen|[Ww]hile|[Aa]fter)),? $"
)
STRONG: Final = re.compile(
    r"(?:[Mm]y name is|(?:person|guy|man|woman|lady|someone|called|named) (?:called|named)|(?:colleague|coworker|co-worker|boss|manager|supervisor|wife|husband|brother|sister|son|daughter|cousin|uncle|aunt|technician|foreman|skipper|assistant|intern|trainee|teacher|tutor|dentist|vet|lawyer|accountant|secretary|receptionist|mentor|professor|adviser|advisor|friend|neighbou?r|representative|rep|nurse|doctor|principal|director|engineer|headmaster|landlord|plumber|electrician|librarian|surgeon|therapist|coach|chef),?|[Nn]amed|[Ss]p(?:eak|oke) (?:to|with)|[Aa]ttn:?|[Nn]ame:|[Ss]igned by|[Rr]eported by|[Dd]ear|[Hh]i|[Hh]ello|[Cc]ontact(?: person:?)?) $"
)
SAYS: Final = re.compile(
    r"(?:'s|’s)? (?:said|says|told|asked|mentioned|called|emailed|wrote|replied|suggested|confirmed|explained|noticed|found|thinks|thought|reported|left|joined|"
    r"recommended|warned|agreed|showed|helped|works|worked|is|was|has|had|will|can|could|would|sent|gave|and (?:I|me|[A-Z][a-z]+)|from|at|in|who|never|always|also|just|didn't|doesn't|keeps|kept|runs|ran|handles|handled|took|made|came|went|knows|wants|wanted)(?![A-Za-z])|'s |’s |[,)!?.]|\s*$"
)
SPOKE: Final = re.compile(
    r" (?:said|says|told|asked|mentioned|emailed|wrote|replied|suggested|confirmed|explained|thinks|thought|warned|agreed|recommended|complained|resigned|retired|phoned|apologised|apologized)(?![A-Za-z])"
)
SURNAME_ENDS: Final = re.compile(
    r"[a-zæøåäöü]{2}(?:son|sen|sson|berg|ström|strom|stein|mann|ski|sky|ska|wicz|czyk|enko|chuk|ov|ova|ev|eva|escu|ez|ini|elli|etti|ucci|ault|eau"
    r"|ton|ham|field|worth|ford|wood|ley|dal|vik|stad|gaard|lund|quist|gren|oğlu|oglu|yan|ian|shvili|idis|poulos|akis|zadeh|moto|yama|mura"
    r"|gawa|kawa|saki|zaki|hara|hashi|shima|jima|guchi|uchi|oka|nishi|bayashi|mori|ishi)$"
)
GREETED: Final = re.compile(
    rf"(?:^|[.!?\n] ?)(?:Hi|Hello|Dear|Hey|Thanks|Thank you|Cheers|Regards|Best|Good (?:morning|afternoon|evening)),? ([A-Z][{LATIN}'-]{{1,20}})(?=[,!.]|\s*\n|\s*$| (?:and|for|it|this|that|I)(?![A-Za-z]))"
)
NOT_GREETED: Final = words_in(
    """
    team sir madam customer customers support friends folks colleagues world community members experts editor admin there
    everyone guys doctor santa diary reader readers parents neighbour neighbors neighbours captain boss chef professor
    """
)
SIGNED: Final = re.compile(
    rf"(?:(?:[Rr]egards|[Tt]hanks|[Tt]hank you|[Ss]incerely|[Cc]heers|[Bb]est|[Yy]ours(?: truly| faithfully)?|[Tt]ake care|[Ww]ishes),?\s*\n\s*|(?:^|\n)\s*[-–—~]{{1,2}} ?|(?<=[.!?] )[-–—] ?)({PARTS})\s*(?=$|\n|,|\()"
)
ROMAJI: Final = re.compile(
    r"(?:(?:[kgsztdhbpmr]y?|sh|ch|ts|j|f|w|y|n|ky|gy|ny)?[aiueo]{1,2}|n(?![aiueoy])|(?:k|s|t|p)(?=[kstp]))+", re.I
)
WORDS: Final = words_in(
    """
    young long white black brown green gray grey king bishop cook fisher hunter mason price rich sharp small short stone wood
    woods field hill west north page park parks may march day love power best bird fox wolf swift cross bond booth berry
    rose lane hall knight baker butler carpenter miller porter potter shepherd singer smith tanner taylor turner walker ward
    weaver winter summer wells webster hale holmes ford reed rice russell chambers banks major glass marina chan lane
    """
)
THINGS: Final = frozenset(
    {
        "john dory",
        "jack mackerel",
        "oscar fish",
        "tom yum",
        "bloody mary",
        "dolly varden",
        "tom collins",
        "jack daniel",
        "jack daniels",
        "johnnie walker",
        "earl grey",
        "granny smith",
        "monte carlo",
        "santa claus",
        "santa maria",
        "charles river",
        "ada lovelace",
        "van gogh",
        "san marino",
        "don quixote",
        "maria clara",
        "anna karenina",
        "alan turing",
        "victoria falls",
    }
)
GLUE: Final = words_in(
    """
    van von de der den del da di la bin al
    """
)
NOT_LAST: Final = words_in(
    """
    bay street road avenue river lake island port city county university
    """
)


def find_latin_people(text: str, words: Sequence[Word]) -> Iterator[Span]:
    """Names, with a title where one stands before them."""
    for one in TITLED.finditer(text):
        yield Span(one.start(), _clean_end(text, one.start(1), one.end(1)), PERSON)
    for one in SAN.finditer(text):
        yield Span(one.start(), one.end(), PERSON)
    for one in INITIALED.finditer(text):
        if one[1].split()[-1].casefold() not in ORG_ENDS and not begins_list(text, one.start()):
            yield Span(one.start(), _clean_end(text, one.start(), one.end()), PERSON)
    for one in SIGNED.finditer(text):
        if not _is_phrase(one[1]):
            yield Span(one.start(1), one.end(1), PERSON)
    yield from _greeted(text)
    yield from _by_words(text, words)


def begins_list(text: str, place: int) -> bool:
    """Whether "A. Salmon" is a point of a list."""
    found = re.match(r"[A-F]\. ?([A-Z][a-z]+) [a-z]", text[place : place + 30])
    return found is not None and (place == 0 or text[place - 1] == "\n") and found[1].casefold() not in SURNAMES


def _is_phrase(text: str) -> bool:
    return any(part.casefold() in GENERIC or Word(0, 0, part).is_stop for part in text.split()[:1])


def _clean_end(text: str, start: int, end: int) -> int:
    """The end without words that are none of the name: "Dr. Smith Monday"."""
    while (space := text.rfind(" ", start, end)) > start:
        last = Word(0, 0, text[space + 1 : end].rstrip(".") or "x")
        if not (last.is_stop or last.lower in ORG_ENDS or last.lower in GLUE or last.lower.endswith(("'s", "’s"))):
            break
        end = space
    return end - 2 if text[end - 2 : end] in ("'s", "’s") else end


def _greeted(text: str) -> Iterator[Span]:
    for one in GREETED.finditer(text):
        word = Word(0, 0, one[1])
        if (
            not word.is_stop
            and word.lower not in NOT_GREETED
            and word.lower not in GENERIC
            and word.lower not in ORG_ENDS
        ):
            yield Span(one.start(1), one.end(1), PERSON)


def _by_words(text: str, words: Sequence[Word]) -> Iterator[Span]:
    index = 0
    while index < len(words):
        length = _name_length(text, words, index)
        if length:
            yield Span(words[index].start, words[index + length - 1].end, PERSON)
        index += max(length, 1)


def _name_length(text: str, words: Sequence[Word], index: int) -> int:
    """How many words from an index are a person's name; 0 for none."""
    first = words[index]
    if not first.is_capital or (first.is_stop and first.lower not in DOUBLE):
        return 0
    rest = _rest(text, words, index)
    if rest:
        length = _with_rest(text, first, rest)
        if length:
            return length
    return 1 if _alone(text, first, rest) else 0


def _rest(text: str, words: Sequence[Word], index: int) -> list[Word]:
    """The capitalised words that follow with one space, an initial or a van between."""
    rest: list[Word] = []
    for before, word in zip(words[index:], words[index + 1 : index + 5], strict=False):
        gap = text[before.end : word.start]
        if (
            gap not in (" ", ". ")
            or (gap == ". " and len(before.text) > 1)
            or (word.is_stop and word.lower not in GLUE)
        ):
            break
        if not (word.text[0].isupper() or word.lower in GLUE):
            break
        rest.append(word)
    while rest and not rest[-1].is_capital:
        rest.pop()
    return rest


def _with_rest(text: str, first: Word, rest: list[Word]) -> int:
    last = rest[0] if rest[0].is_capital else rest[-1]
    if any(word.lower in ORG_ENDS and word.lower not in SURNAMES for word in rest) or last.lower in NOT_LAST:
        return 0
    if is_japanese_pair(first, last):
        return 2
    strong = STRONG.search(text[max(0, first.start - 40) : first.start]) is not None
    sure = first.lower in GIVEN and first.lower not in DOUBLE
    paired = (sure or first.lower in DOUBLE or first.lower in GIVEN) and last.lower in SURNAMES
    mid = not begins_sentence(text, first.start)
    if f"{first.lower} {last.lower}" in THINGS:
        return 0
    if first.lower in SURNAMES - WORDS and first.lower not in GENERIC and last.lower in GIVEN and len(first.text) > 2:
        return 2
    cued = (
        mid and first.lower not in GENERIC and CALLED.search(text[max(0, first.start - 50) : first.start]) is not None
    )
    if (
        paired
        or (sure and last.lower not in GENERIC)
        or (strong and first.lower not in GENERIC and first.lower not in ORG_ENDS)
    ):
        return 1 + _length_of(rest)
    comma = text[first.start - 2 : first.start] == ", " or text[rest[-1].end : rest[-1].end + 1] == ","
    if mid and first.lower in DOUBLE - GENERIC and len(rest) == 1 and (cued or comma) and not _is_ordinary(last):
        return 2
    after = text[rest[-1].end : rest[-1].end + 24]
    if len(rest) == 1 and not _is_ordinary(first) and not _is_ordinary(last) and SPOKE.match(after):
        return 2
    known = last.lower in SURNAMES or last.lower in ROMAN_SURNAMES or SURNAME_ENDS.search(last.text) is not None
    return 1 + _length_of(rest) if cued and known and not _is_ordinary(first) and not _is_ordinary(last) else 0


def _is_ordinary(word: Word) -> bool:
    return word.lower in GENERIC or word.lower in ORG_ENDS or word.is_stop or word.text.isupper()


def _length_of(rest: list[Word]) -> int:
    length = 0
    for word in rest:
        if word.lower in GENERIC:
            break
        length += 1
    return max(length, 1)


def is_japanese_pair(first: Word, last: Word) -> bool:
    """Kenji Tanaka, TANAKA Kenji: one part on a list, the other at least Japanese in its syllables."""
    one, two = first.lower, last.lower
    if not (ROMAJI.fullmatch(one) and ROMAJI.fullmatch(two)):
        return False
    listed = (one in ROMAN_GIVEN, one in ROMAN_SURNAMES, two in ROMAN_GIVEN, two in ROMAN_SURNAMES)
    plain = any((one in ROMAN_GIVEN and one not in ROMAN_DOUBLE, two in ROMAN_SURNAMES and two not in ROMAN_DOUBLE,
                 one in ROMAN_SURNAMES and one not in ROMAN_DOUBLE, two in ROMAN_GIVEN and two not in ROMAN_DOUBLE))  # fmt: skip
    return plain or (listed[0] and listed[3]) or (listed[1] and listed[2])


def _alone(text: str, word: Word, rest: list[Word]) -> bool:
    """A single name: a sure given or Japanese name, with a cue before it or a verb of people after it."""
    name = word.lower
    if rest and not rest[0].is_stop:
        return False
    before, after = text[max(0, word.start - 50) : word.start], text[word.end : word.end + 24]
    if STRONG.search(before) and (
        name in GIVEN or name in DOUBLE or name in SURNAMES or name in ROMAN_SURNAMES or name in ROMAN_GIVEN
    ):
        return True
    sure = (name in GIVEN or name.split("-")[0] in GIVEN) and name not in DOUBLE
    japanese = (name in ROMAN_SURNAMES or name in ROMAN_GIVEN) and name not in ROMAN_DOUBLE
    if not (sure or japanese):
        return False
    return CALLED.search(before) is not None or SAYS.match(after) is not None
