"""What is told about articles of the knowledge base: to the authors of answers, and to editors. Never a title."""

from typing import Final

from app.web.i18n import lazy

SENTENCES: Final = {
    "article_consent": lazy(
        "あなたの書き込みをもとに、知識ベースの記事の案ができました。出してよいかどうかを、教えてください。"
    ),
    "article_back": lazy("あなたが書いている記事の案がもどってきました。理由を読んで、書き直せます。"),
    "article_out": lazy("あなたがかかわった記事が、知識ベースに出ました。"),
    "article_review": lazy("あなたがまとめた記事が出て1年になります。いまも正しいかどうかを確かめてください。"),
    "article_retired": lazy("あなたの書き込みをもとにした記事は、古くなったため、取り下げました。"),
    "article_taken_down": lazy("あなたがまとめた記事は、もとの書き手の希望で取り下げました。"),
    "pick_turn": lazy(
        "今月の編集者にくじで当たりました。知識ベースから、読んでほしい記事を選んでください。見送ることもできます。"
    ),
    "pick_asked": lazy("今月のもうひとりの編集者が、記事をひとつ挙げました。よければ、あなたの一言を添えてください。"),
}
PAGE: Final = "/articles/desk"
PAGES: Final = {
    "article_consent": "/articles/asked",
    "article_out": "/articles",
    "article_retired": "/articles/asked",
    "pick_turn": "/articles/picks/turn",
    "pick_asked": "/articles/picks/turn",
}
IMPORTANT: Final = frozenset({"article_consent", "pick_turn"})
