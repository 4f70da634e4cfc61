"""What is told about ideas: to their authors, to whoever wrote there, and to voters under their ballots' labels."""

from typing import Final

from app.web.i18n import lazy

PAGE: Final = "/ideas/{thread}"
SENTENCES: Final = {
    "idea_reply": lazy("あなたのアイデアに、返信がありました。"),
    "idea_joined": lazy("あなたが返信したアイデアに、ほかの返信がありました。"),
    "idea_state": lazy("賛成したアイデアの状態が変わりました。"),
    "idea_own_state": lazy("あなたのアイデアの状態が変わりました。"),
    "idea_duty": lazy("あなたのアイデアに賛成が集まり、運営会社がお返事する約束になりました。"),
    "idea_invited": lazy("運営会社から、あなたのアイデアについて相談の誘いがあります。受けるかどうかを選べます。"),
    "idea_talk": lazy("仕様の相談に、運営会社から書き込みがありました。"),
    "idea_talk_over": lazy("運営会社が、仕様の相談を終えました。"),
}
PAGES: Final = {"idea_talk": "/ideas/{thread}/talk", "idea_talk_over": "/ideas/{thread}/talk"}
