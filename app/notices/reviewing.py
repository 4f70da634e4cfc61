"""What an author is told when something of theirs is looked at: sentences that hold neither its words nor who said so."""

from typing import Final

from app.web.i18n import lazy

PAGE: Final = "/threads/{thread}/reviews"
SENTENCES: Final = {
    "hidden_words": lazy(
        "あなたの投稿に、だれのことかわかる言葉があるかもしれません。あなたを守るため、いったん表示を止めました。言葉を消すと、もとに戻せます。"
    ),
    "hidden_asked": lazy("あなたの投稿を、世話役が確かめています。終わるまで、ほかの人には表示していません。"),
    "put_back": lazy("確認が終わりました。あなたの投稿は、もとどおり表示されています。"),
    "take_out": lazy("あなたの投稿から、消していただきたい言葉があります。消すと、もとどおり表示できます。"),
    "kept_hidden": lazy(
        "確認の結果、あなたの投稿は表示しないままにしました。理由を読んで、見直しを頼むことができます。"
    ),
    "upheld": lazy("あなたの投稿のひとつが、約束に反すると認められました。理由と、このあとのことを読んでください。"),
    "appeal_granted": lazy("見直しの結果、あなたの投稿をもとに戻しました。お待たせしました。"),
    "appeal_confirmed": lazy("見直しましたが、判断は変わりませんでした。理由を読むことができます。"),
    "held_released": lazy("あなたの投稿を確かめました。まもなく公開されます。"),
    "held_refused": lazy("あなたの投稿は、このままでは公開できませんでした。下書きに戻して、直すことができます。"),
}
PAGES: Final = {"upheld": "/conduct"}
IMPORTANT: Final = frozenset({"hidden_words", "upheld", "kept_hidden", "held_refused"})
