"""Rivers, bays, islands and shores: their word belongs to the name, and says what may stand in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from privacy.redaction.spans import ORGANISATION, PERSON, PLACE, Span

NEUTRAL: Final = {
    "川": "ある川", "湾": "ある湾", "島": "ある島", "浦": "ある浦", "浜": "ある浜", "漁港": "ある漁港", "港": "ある港", "湖": "ある湖",
    "半島": "ある半島", "岬": "ある岬", "海岸": "ある海岸", "灘": "ある海", "水道": "ある海", "海峡": "ある海峡", "沖": "ある沖合",
}  # fmt: skip
FORM: Final = re.compile(rf"[一-鿿々ヶケノぁ-ゖァ-ヺー]({'|'.join(sorted(NEUTRAL, key=len, reverse=True))})$")
TOWNS: Final = frozenset("川島浦浜")  # of two characters: 立川, 三島
GOES_ON: Final = re.compile(
    r"(?:川(?![上下]さん)|湾|島|浦|浜|港|灘|沖)(?=$|[^一-鿿々]|上流|中流|下流|河口|沿い|沿岸|流域|周辺|付近|産|側|内|沖|口)"
)
THERE: Final = re.compile(  # what is said of a place and not of somebody
    r"で(?!す|し[たょ]|ある|は?ない|あ[りっ])|沖|産|沿い|沿岸|近海|周辺|付近|[上下]流|河口|へ|まで|の(?:沖|[東西南北]|水|網|いけす|生簀|生け簀|漁場|浜|港|海|湾|[上下]流|河口|周辺|近く|あたり|養殖)|に(?:ある|面|行|着)"
)
TITLED: Final = re.compile(r"さん(?![ぁ-ゖ]*(?:ま|ご|しょ|びき))")


def whole_names(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """The spans of a folded text, sorted and apart, each with what belongs to its name: 川 of a river, さん of a shrine.

    Somebody's name of three characters or more that ends like a river or a shore, 球磨川, is one where what follows is
    said of places; like an island, 大三島, always. Two characters may be either, and stay what they are.
    """
    listed = list(spans)
    for place, one in enumerate(listed):
        whole = _whole(text, one)
        after = listed[place + 1].start if place + 1 < len(listed) else len(text)
        yield whole if whole.end <= max(after, one.end) else one


def landform(found: str) -> str:
    """What a Japanese name ends with, 川 or 湾; empty where it names no such thing, or as well a town or a person."""
    form = FORM.search(found)
    return form[1] if form and (len(found) > 2 or form[1] not in TOWNS) else ""


def _whole(text: str, one: Span) -> Span:
    if one.label == ORGANISATION:
        title = TITLED.match(text, one.end)
        return replace(one, end=title.end()) if title else one
    if one.label == PERSON and (name := landform(text[one.start : one.end])):
        return replace(one, label=PLACE) if name == "島" or THERE.match(text, one.end) else one
    if one.label == PLACE:
        form = GOES_ON.match(text, one.end)
        return replace(one, end=form.end()) if form else one
    return one
