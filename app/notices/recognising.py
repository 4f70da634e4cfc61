"""What is told about recognition: to whom a nomination went, to jurors, to who stood, to who writes somebody's story."""

from typing import Final

from app.web.i18n import lazy

PAGE: Final = "/recognition/award"
SENTENCES: Final = {
    "nominated": lazy("あなたの書き込みに、推薦の言葉が届きました。読めるのは、あなただけです。"),
    "jury_drawn": lazy("くじで、今年の読み手に選ばれました。お名前のない文章を読んで、ひとことずつ添えてください。"),
    "stood_awarded": lazy("おめでとうございます。読み手から「この働きを伝えたい」という声がそろいました。"),
    "stood_heard": lazy("読み手からの言葉が届きました。立ってくださって、ありがとうございました。"),
    "stood_unread": lazy("今年は読み手がそろわず、読んでいただけませんでした。推薦の言葉はお手元に残っています。"),
    "story_draft": lazy("お願いしていた物語の下書きができました。読んで、載せてよいかを教えてください。"),
    "story_yes": lazy("あなたの書いた物語は、そのまま載ることになりました。ありがとうございました。"),
    "story_change": lazy("あなたの書いた物語に、直してほしいところがあるそうです。"),
    "story_no": lazy("あなたの書いた物語は、載せないことになりました。力を貸してくださって、ありがとうございました。"),
}
PAGES: Final = {
    "nominated": "/recognition/nominations",
    "jury_drawn": "/recognition/jury",
    "story_yes": "/recognition",
    "story_change": "/recognition/writing",
    "story_no": "/recognition/writing",
}
IMPORTANT: Final = frozenset({"jury_drawn", "stood_awarded", "stood_heard", "stood_unread", "story_draft"})
