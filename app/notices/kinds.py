"""Everything a member can be told: one sentence, what they can do next, and what kind of mail may say that it is there.

A new kind is one entry here; whoever has it to tell calls `app.notices.service.tell`. A sentence may hold `{name}` of
the words that come with the note; it never holds a title, which the inbox looks up as the reader may read it.
"""

from dataclasses import dataclass
from typing import Final

from app.notices import course
from app.web.i18n import lazy

OFF: Final = "off"
NOW: Final = "now"  # at the next window
HOURS: Final = "3h"
DAILY: Final = "daily"
WEEKLY: Final = "weekly"
FREQUENCIES: Final = {
    OFF: lazy("送らない"),
    NOW: lazy("そのつど"),
    HOURS: lazy("3時間ごとにまとめて"),
    DAILY: lazy("1日1回まとめて"),
    WEEKLY: lazy("週1回まとめて"),
}


@dataclass(frozen=True, slots=True)
class Mail:
    """What a member chooses a frequency for."""

    name: str
    usual: str  # the frequency of who chose none


MAILS: Final = {
    "picked": Mail(lazy("質問が届いたとき"), NOW),
    "answered": Mail(lazy("あなたへの回答や追記があったとき"), NOW),
    "claim": Mail(lazy("預かった質問の期限が近いとき"), NOW),
    "scope": Mail(lazy("見せる範囲が変わったとき"), NOW),
    "other": Mail(lazy("そのほか"), WEEKLY),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing to be told."""

    sentence: str
    page: str  # where the next step is done; {thread} is the note's thread
    action: str  # what that step is called
    mail: str = "other"  # a key of MAILS, or empty: no mail tells of it
    important: bool = False  # shown before anything else after signing in


KINDS: Final[dict[str, Kind]] = {
    "picked": Kind(lazy("あなたに質問が届きました。"), "/queue", lazy("質問を見る"), "picked"),
    "answered": Kind(lazy("新しい書き込みがありました。"), "/threads/{thread}", lazy("読む"), "answered"),
    "claim_ends": Kind(
        lazy("預かった質問の期限が近づいています。書く時間が足りなければ、延ばせます。"),
        "/queue",
        lazy("受信箱を開く"),
        "claim",
    ),
    "scope_changed": Kind(
        lazy("質問を見せる範囲が変わりました。"), "/threads/{thread}", lazy("確かめる"), "scope", important=True
    ),
    **{
        f"course_{key}": Kind(
            sentence,
            *course.ACTIONS.get(key, ("/threads/{thread}", lazy("質問を見る"))),
            course.MAILS.get(key, "other"),
        )
        for key, sentence in course.SENTENCES.items()
    },
}
