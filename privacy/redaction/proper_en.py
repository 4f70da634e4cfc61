"""Names in Latin letters that no pattern knew: capitalised words that are no ordinary English, and what is done by them.

The last resort after the other finders: it reads only what they left. The method is the oldest one for proper names, a capital
where a sentence does not ask for it and a word that a dictionary does not have.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from privacy.redaction.companies_en import without_stops
from privacy.redaction.lists import given_1, given_2, given_3, given_4
from privacy.redaction.lists import words as words_in
from privacy.redaction.lists.areas import ABROAD, ROMAN_REGION
from privacy.redaction.lists.lexicon import STEMS, is_ordinary
from privacy.redaction.lists.names_en import DOUBLE, GIVEN, SURNAMES
from privacy.redaction.lists.names_ja import ROMAN_GIVEN, ROMAN_SURNAMES
from privacy.redaction.lists.proper_en import ACTS, COUNTRIES, KINDS, OFFICES, PEOPLES, TOOLS
from privacy.redaction.lists.words_en import GENERIC, ORG_ENDS
from privacy.redaction.spans import ORGANISATION, PERSON, Span
from privacy.redaction.words import Word, begins_sentence, runs_of

PLACES: Final = frozenset(name.casefold() for name in (*ABROAD, *ROMAN_REGION)) | COUNTRIES
MANY_GIVEN: Final = words_in(" ".join(part.NAMES for part in (given_1, given_2, given_3, given_4))) | GIVEN
KIND: Final = re.compile(rf"(?:{KINDS})$")
ACT: Final = re.compile(rf"(?:'s|’s)? (?:{ACTS})(?![A-Za-z])")
PAST: Final = re.compile(
    r" (?:[a-z]+ed|sent|sold|bought|paid|lost|won|left|told|said|went|took|gave|kept|cut|ran|came)(?![a-z])"
)
POSTED: Final = re.compile(r" (?:at|from) (?:the |our )?[A-Z]")
TELLS: Final = re.compile(r"(?:says|said|asked|according to|thanks to|told) $")
LATINATE: Final = re.compile(r" [a-z]+(?:us|um|is|ae|ii|i|a|ens|ans|ata)(?![a-z])")
AT: Final = re.compile(
    r"(?:^|[^A-Za-z])(?:from|by|through|via|at|with|for|to|than|between|and|or|called|named|use|uses|used|using|like|against|is|are|a|an|of) (?:the )?$"
)
SOURCE: Final = re.compile(r"(?:^|[^A-Za-z])(?:from|through|via|at|called|named|than|by) $")
TAKEN: Final = re.compile(
    r"(?:^|[^A-Za-z])(?:from|at|via|through|by|bought|sold|joined|called|named|hired|fired|against|acquired) (?:[Tt]he )?$"
)
ROLE: Final = re.compile(
    r"(?:colleague|friend|boss|manager|supervisor|wife|husband|brother|sister|son|daughter|neighbou?r|cousin|uncle|aunt|father|mother|teacher|tutor|"
    r"doctor|dentist|nurse|carer|caregiver|vet|lawyer|accountant|assistant|intern|trainee|apprentice|technician|engineer|developer|foreman|captain|skipper|"
    r"owner|director|principal|head|lead|rep|coach|mentor|adviser|advisor|professor|secretary|receptionist|founder|landlord|plumber|electrician|driver|"
    r"consultant|operator|mechanic|chef|cook|waiter|porter|student|pupil|patient|resident|analyst|therapist|surgeon|pharmacist|physio|midwife|"
    r"dispatcher|buyer|housekeeper|cleaner|baker|butcher|welder|fitter|joiner|plasterer|bricklayer|builder|architect|surveyor|tiler|painter|roofer|glazier|matron|sparky|cashier|waitress|barista|bookkeeper|paralegal|inspector|auditor|officer|"
    r"agronomist|biologist|diver|farmhand|shepherd|milker|grower|grocer|florist|tailor|miller|vintner|trader|broker|clerk|teller|warden|guest|planner|recruiter|designer|counterpart|deputy|champion|VP|CEO|CTO|CFO|HR|"
    r"regards|cheers|thanks|dear|hi|hello|guy|lady|lad|bloke|woman|man|girl|boy|[Ss]eñora?|[Ss]ignora?|[Mm]onsieur|[Mm]adame|[Hh]err|[Ff]rau|[Ss]ister|[Bb]rother|[Ff]ather|[Bb]ig|[Oo]ld|[Ll]ittle|[Yy]oung),? $"
)
ROLE_AFTER: Final = re.compile(
    r",? (?:the (?=[a-z]+(?:er|or|ist|man|woman|ant|vet|chef|nurse|cook|boss|guy|rep)(?![a-z]))|who|on my|on our|on the (?:night|day|late|early)|in (?:accounts|reception|sales|finance|the office|the kitchen|purchasing|dispatch|maintenance)"
    r"|says|said|thinks|thought|swears|speaks|spoke|told me|told us|reckons|believes|weighs|folds|poured|drove|drives|cooks|cooked|grafts|sings|noticed|spotted|weighed|repaired the|reconciles|refuses to|retired|resigned|and I|and me)(?![A-Za-z])"
)
LOWER: Final = re.compile(r"(?:^|[\s(])(?:[Dd]rs?|[Mm]rs?|[Mm]s|[Pp]rof)\.? ([a-z][a-z'’-]{2,})(?![A-Za-z])")
SIGNED: Final = re.compile(
    r"(?:regards|cheers|thanks|best|sincerely),? ((?:[a-zA-Z]\. ?)?[a-zA-Z][a-z'’-]{2,}(?: [a-zA-Z][a-z'’-]{2,})?)[.!]?\s*$",
    re.I,
)
CODE: Final = re.compile(r"^[A-Z&]{1,6}$|[0-9]|^[A-Z]-|-[A-Z]$")
LETTERED: Final = re.compile(r"(?<![A-Za-z])[A-Z] ?& ?[A-Z] [A-Z][a-z]+(?: [A-Z][a-z]+)?")
EPONYM: Final = re.compile(r"(?:^|[^A-Za-z])(?:[Tt]he|[Aa]n?|[Uu]se|[Bb]y) $")
THING: Final = re.compile(
    r"(?:'s|’s)? (?:equation|series|optimi[sz]er|projection|screwdriver|test|method|model|scale|score|effect|law|rule|theorem|number|cycle|curve|diagram"
    r"|chart|process|procedure|syndrome|disease|stain|dish|flask|burner|index|ratio|criterion|algorithm|distribution|transform|filter|plot|valve|pump|gauge"
    r"|reaction|constant|coefficient|factor|code|key|principle|paradox|matrix|sequence|function|point|cut|knot|hitch|wrench|spanner|style|technique)s?(?![a-z])"
)
EAST: Final = re.compile(
    r"(?:Li|Wang|Zhang|Liu|Chen|Yang|Huang|Zhao|Wu|Zhou|Xu|Ma|Zhu|Hu|Guo|Lin|Gao|Luo|Xie|Tang|Cao|Deng|Feng|Jiang|Kim|Lee|Park|Choi|Jung|Jeong|Kang|Cho|Yoon"
    r"|Jang|Lim|Shin|Kwon|Hwang|Nguyen|Tran|Pham|Hoang|Phan|Vu|Vo|Dang|Bui|Ngo|Duong) [A-Z][a-z]{1,8}(?:-[a-z]+)?"
)
TOGETHER: Final = re.compile(r"([A-Z][a-zÀ-ÿ'-]+) (?:and|or|&) $")
ACRONYM: Final = re.compile(r"[A-Z][A-Z&]{1,5}")
SMALL: Final = 3


def find_proper_names(text: str, words: Sequence[Word], free: Callable[[int, int], bool]) -> Iterator[Span]:
    """Every run of capitalised words that is a name and is `free`: nothing else was found there."""
    for pattern in (LOWER, SIGNED):
        for one in pattern.finditer(text):
            if free(one.start(1), one.end(1)) and not _is_usual(one[1].split()[-1].casefold()):
                yield Span(one.start(1), one.end(1), PERSON)
    for one in LETTERED.finditer(text):
        yield Span(one.start(), one.end(), ORGANISATION)
    for whole in runs_of(text, words):
        run = _trimmed(without_stops(list(whole)))
        if run and free(run[0].start, run[-1].end):
            label = _label(text, run)
            if label is not None:
                yield Span(run[0].start, run[-1].end, label)


def _trimmed(run: list[Word]) -> list[Word]:
    """The run without the products, peoples and ordinary first words at its edges."""
    while run and _is_common(run[-1]) and run[-1].lower not in ORG_ENDS and not _is_place(run[-1]):
        run = run[:-1]
    while len(run) > 1 and _is_common(run[0]) and not _is_ordinary(run[0]):
        run = run[1:]
    return run


def _is_common(word: Word) -> bool:
    return word.lower in TOOLS or word.lower in PEOPLES or word.is_stop


def _is_place(word: Word) -> bool:
    return word.lower in PLACES


def _is_ordinary(word: Word) -> bool:
    return _is_usual(word.lower) and word.lower not in TOOLS


def _is_usual(word: str) -> bool:
    return is_ordinary(word) or word in GENERIC or word in ORG_ENDS


def _is_odd(word: Word, inside: bool = False) -> bool:
    """Whether a word can hardly be anything but a name; `inside` a sentence no adverb has a capital."""
    if len(word.text) < SMALL or _is_common(word) or _is_place(word) or CODE.search(word.text):
        return False
    if inside and word.lower.endswith(("ly", "ify")) and word.lower not in ORG_ENDS and not is_ordinary(word.lower, 0):
        return True
    return not _is_usual(word.lower) and KIND.search(word.lower) is None


def _label(text: str, run: list[Word]) -> str | None:
    first, last = run[0], run[-1]
    before, after = text[max(0, first.start - 40) : first.start], text[last.end : last.end + 40]
    starts = begins_sentence(text, first.start)
    odd = [word for word in run if _is_odd(word, not starts)]
    if odd:
        return _of_odd(text, run)
    if EAST.fullmatch(text[first.start : last.end]) and not _is_usual(last.lower):
        return PERSON
    if len(run) == 1:
        return _of_one(first, before, after, starts)
    if any(_is_place(word) for word in run) and any(_is_ordinary(word) for word in run):
        return ORGANISATION if ACT.match(after) and not _is_direction(first) else None
    if all(word.lower in OFFICES or word.lower in GENERIC for word in run):
        return None
    if not starts and len(run) > 1 and TAKEN.search(before) and not _is_kind(run):
        return ORGANISATION
    ended = last.lower in ORG_ENDS and run[0].lower not in GENERIC
    capitals = sum(word.is_capital for word in run)
    enough = capitals > 2 or (not starts and (ended or capitals > 1))
    plural = last.lower in ORG_ENDS or last.lower.removesuffix("s") in ORG_ENDS
    enough = enough or (capitals > 1 and plural and first.lower not in GENERIC and PAST.match(after) is not None)
    return ORGANISATION if ACT.match(after) and enough and not _is_kind(run) else None


def _is_direction(word: Word) -> bool:
    return word.lower in {
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "new",
        "old",
    }


def _is_kind(run: list[Word]) -> bool:
    return run[-1].lower in {
        "salmon",
        "trout",
        "oyster",
        "oysters",
        "mussels",
        "market",
        "markets",
        "team",
        "manager",
    } or (run[0].lower in OFFICES or run[-1].lower in OFFICES)


def _of_odd(text: str, run: list[Word]) -> str | None:
    first, last = run[0], run[-1]
    before, after = text[max(0, first.start - 40) : first.start], text[last.end : last.end + 40]
    if THING.match(after) and EPONYM.search(before):
        return None
    if LATINATE.match(after) and len(run) == 1 and not ACT.match(after) and first.lower not in GIVEN:
        return None
    if last.lower in ORG_ENDS and len(run) > 1:
        return ORGANISATION
    return PERSON if _is_person(text, run) else ORGANISATION


def _is_person(text: str, run: list[Word]) -> bool:
    first, last = run[0], run[-1]
    before, after = text[max(0, first.start - 40) : first.start], text[last.end : last.end + 40]
    if len(run) > SMALL or any(word.lower in ORG_ENDS for word in run) or _is_place(first):
        return False
    if len(run) > 1 and is_ordinary(last.lower) and last.lower not in SURNAMES and last.lower not in DOUBLE:
        return False
    beside = TOGETHER.search(before)
    if is_given(first) or (beside is not None and len(run) == 1 and is_given(Word(0, 0, beside[1]))):
        return True
    if SOURCE.search(before) and (len(run) == 1 or before.endswith("at ")):
        return False
    if last.lower in SURNAMES or last.lower in ROMAN_SURNAMES:
        return len(run) > 1 or SOURCE.search(before) is None
    if len(run) == 1 and (POSTED.match(after) or TELLS.search(before)):
        return True
    return ROLE.search(before) is not None or ROLE_AFTER.match(after) is not None


def is_given(word: Word) -> bool:
    """Whether it is a given name, accents aside: Renée, Jean-Luc."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", word.lower) if not unicodedata.combining(char))
    return any(name in MANY_GIVEN or name in ROMAN_GIVEN for name in (word.lower, plain, plain.split("-")[0]))


def _of_one(word: Word, before: str, after: str, starts: bool) -> str | None:
    """A single word that is also an ordinary one, or letters alone: only what is said around it tells."""
    if _is_common(word) or word.lower in OFFICES or len(word.text) < 2:
        return None
    if ACRONYM.fullmatch(word.text):
        return ORGANISATION if re.match(rf" (?:{ACTS})(?![A-Za-z])", after) and len(word.text) >= SMALL else None
    if THING.match(after) and EPONYM.search(before):
        return None
    if word.lower in GIVEN or word.lower in DOUBLE:
        if starts and is_ordinary(word.lower) and (word.lower in STEMS or word.lower in DOUBLE):
            return PERSON if ROLE_AFTER.match(after) else None
        if starts:
            return PERSON if word.lower not in DOUBLE else None
        if ROLE.search(before) or ROLE_AFTER.match(after) or (not starts and AT.search(before)):
            return PERSON
        return PERSON if word.lower in GIVEN - DOUBLE and not starts else None
    if _is_place(word) or starts or word.lower in GENERIC or KIND.search(word.lower):
        return None
    if ROLE.search(before):
        return PERSON
    return ORGANISATION if SOURCE.search(before) and not word.text.isupper() else None
