"""What one can do here, by the time it takes, and the ways of taking part."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.web.i18n import lazy

TIMES: Final = {
    "2": lazy("2分あれば"),
    "10": lazy("10分あれば"),
    "30": lazy("30分あれば"),
    "120": lazy("2時間あれば"),
    "season": lazy("ひと季節かけて"),
}
OFFERED: Final = 2  # deeds of one time that are shown: a menu, not a list of duties
INVITATIONS: Final = 2  # a member, in all


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing this member could do now: `why` says why they, `example` what it looks like; `href` does it in one tap."""

    time: str  # a key of TIMES
    title: str
    why: str
    example: str
    href: str
    label: str
    icon: str = "check-circle"


def menu(deeds: Iterable[Deed]) -> list[tuple[str, list[Deed]]]:
    """Times with what fits into them, the shortest first; of each the first OFFERED, so that nothing looks like a duty."""
    found: dict[str, list[Deed]] = {time: [] for time in TIMES}
    for deed in deeds:
        if len(found[deed.time]) < OFFERED:
            found[deed.time].append(deed)
    return [(time, some) for time, some in found.items() if some]


@dataclass(frozen=True, slots=True)
class Part:
    """One way of taking part: what it gives, what is hoped for, how long, how to go back."""

    key: str
    name: str
    gives: str
    hopes: str
    lasts: str
    back: str


PARTS: Final = (
    Part(
        "peripheral", lazy("読む人・聞く人"),
        lazy("困ったときに質問でき、みんなの質問と知識ベースを読めます。"),
        lazy("何もありません。読んでいるだけでも、いつでも歓迎です。"),
        lazy("好きなだけ。"),
        lazy("休むことも、やめることも、設定からいつでもできます。"),
    ),
    Part(
        "active", lazy("答える人"),
        lazy("あなたの経験に合う質問が届きます。だれかの朝を救うことがあります。"),
        lazy("選んだ数だけ（週に1、3、5件）。合わない質問は、ひと押しで断れます。"),
        lazy("自分で決めた数のあいだ。"),
        lazy("受け取る数を0にすれば、その日から届きません。理由は聞きません。"),
    ),
    Part(
        "core", lazy("支える人"),
        lazy("知識ベースの編集、感謝の物語の読み手、仲間の会の進行など、場を形づくる仕事に加われます。"),
        lazy("できるときに、できることを。断っても何も変わりません。"),
        lazy("一年。続けるかどうかは、一年後にあらためてうかがいます。"),
        lazy("このページから、ひと押しでおりられます。"),
    ),
    Part(
        "coordinator", lazy("世話役"),
        lazy("困っている人に最初に気づき、手を打てます。ほかの世話役がいつも一緒です。"),
        lazy("1日に一度、数分、世話役の机を見ること。だれが書いたかは、世話役にも見えません。"),
        lazy("一年。続けるかどうかは、一年後にあらためてうかがいます。"),
        lazy("役割のページから、ひと押しでおりられます。"),
    ),
)  # fmt: skip


def part_of(roles: frozenset[str], *, is_core: bool, takes_questions: bool) -> str:
    """The key of PARTS that says how this member takes part now."""
    if "coordinator" in roles:
        return "coordinator"
    if is_core:
        return "core"
    return "active" if takes_questions else "peripheral"
