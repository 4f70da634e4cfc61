"""What notices by mail are about, and how often somebody may want them."""

from dataclasses import dataclass
from typing import Final

from app.web.i18n import lazy

OFF: Final = "off"
NOW: Final = "now"
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


PICKED: Final = "picked"  # the only kind that routing sends: caps count its letters
MAILS: Final = {
    PICKED: Mail(lazy("質問が届いたとき"), NOW),
    "answered": Mail(lazy("あなたへの回答や追記、あなたの返事を待つものがあったとき"), NOW),
    "claim": Mail(lazy("預かった質問の期限が近いとき"), NOW),
    "scope": Mail(lazy("見せる範囲が変わったとき"), NOW),
    "other": Mail(lazy("そのほか"), WEEKLY),
}
REFUSALS: Final = 3  # in a row, after which nothing more is sent to an address
DIGEST: Final = "digest"  # the letter at fixed hours: on or off, and never more than that
