"""The nine people of the demo whom one tap signs in. Fictional, like everything in it."""

from dataclasses import dataclass
from typing import Final

from app.web.i18n import lazy


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person of the demo: `key` is also the local part of the address."""

    key: str
    label: str
    about: str

    @property
    def mail(self) -> str:
        """The address the sign-in form is sent with."""
        return f"{self.key}@demo.invalid"


PEOPLE: Final = (
    DemoPerson("practitioner", lazy("質問する人"), lazy("ニジマスの現場の担当者")),
    DemoPerson("expert-one", lazy("答える人（1人目）"), lazy("別の事業者の、マスの経験が長い人")),
    DemoPerson("expert-two", lazy("答える人（2人目）"), lazy("また別の事業者の技術担当者")),
    DemoPerson("colleague", lazy("質問する人の同僚"), lazy("同じ事業者の人。質問は見えません")),
    DemoPerson("coordinator", lazy("世話役"), lazy("会員の中から選ばれた、場を整える人")),
    DemoPerson("analyst", lazy("運営会社の分析担当"), lazy("会員が許した質問だけを読む人")),
    DemoPerson("operator", lazy("運営会社の運営担当"), lazy("場の設定と鍵を預かる人。会員のことは見えません")),
    DemoPerson("auditor", lazy("運営会社の監査担当"), lazy("運営の操作の記録を確かめる人")),
    DemoPerson("outsider", lazy("確認待ちの人"), lazy("所属の確認がまだの人")),
)
