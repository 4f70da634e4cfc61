"""What is told about a session (学びの会): to who signed up, to its lecturers, to who asked a question at it.

A note about a session holds neither its title nor who else is there; `thread` of the note is the session.
"""

from typing import Final

from app.web.i18n import lazy

PAGE: Final = "/sessions/{thread}"
SENTENCES: Final = {
    "session_invited": lazy(
        "あなたの書いたことをもとに、学びの会で話してみませんか、と世話役からお誘いが届いています。"
    ),
    "session_announced": lazy("あなたが話す学びの会の案内を出しました。"),
    "session_tomorrow": lazy("申し込んだ学びの会は、明日です。"),
    "session_yours": lazy("あなたが話す学びの会は、明日です。"),
    "session_changed": lazy("申し込んだ学びの会の予定が変わりました。新しい予定を確かめてください。"),
    "session_cancelled": lazy("申し込んだ学びの会は、中止になりました。"),
    "session_unanswered": lazy(
        "学びの会で答えの出なかったあなたの質問があります。質問として出し直すかどうかを選べます。"
    ),
    "session_summary": lazy("申し込んだ学びの会のまとめが出ました。"),
    "session_wished": lazy("あなたの希望したテーマで、学びの会の案内を出しました。"),
}
PAGES: Final = {
    "session_invited": "/sessions/{thread}/invitation",
    "session_yours": "/sessions/{thread}/lecturer",
    "session_announced": "/sessions/{thread}/lecturer",
}
IMPORTANT: Final = frozenset({"session_invited", "session_changed", "session_cancelled"})
