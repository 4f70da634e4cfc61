"""What is told to the author of a question on its way: the same sentences stand in its list of what has happened."""

from typing import Final

from app.web.i18n import lazy

SENTENCES: Final = {
    "second": lazy("まだ回答がないので、次の段階に進みました。書いている方がいなければ、ほかの経験者にも届けます。"),
    "third": lazy("回答を待つあいだに、近い分野の経験者にも広げました。"),
    "third_within": lazy(
        "選んだ範囲の中で、さらにほかの経験者に届けています。近い分野の方には、範囲を広げると届けられます。"
    ),
    "domain": lazy("読める会員の一覧に、「回答を待っている質問」として出しました。"),
    "domain_skipped": lazy(
        "「依頼された経験者だけ」が読む質問なので、会員の一覧には出していません。範囲を広げると、出せます。"
    ),
    "coordinator": lazy("世話役に相談を頼みました。聞き方を一緒に考えたり、知っていそうな方に声をかけたりします。"),
    "invited": lazy("世話役が、ほかの経験者にも声をかけました。"),
    "reword_proposed": lazy("世話役から、聞き方の提案が届いています。"),
    "outside_proposed": lazy("世話役が、このネットワークの外にも聞いてみたいと言っています。"),
    "reworded": lazy("新しい聞き方に書きかえ、もう一度届けました。"),
    "reword_late": lazy("先に回答が届いていたので、新しい聞き方は、もとの文の下に書き足しました。"),
    "widened": lazy("選んだとおり、読める人の範囲を広げました。"),
    "widen_late": lazy("先に回答が届いたので、読める人の範囲はもとのままにしました。"),
    "ended": lazy("これは、ここではまだだれも知らない質問でした。このあとどうするかを選べます。"),
    "kept": lazy("もうしばらく、「回答を待っている質問」として一覧に出しておきます。"),
    "undone": lazy(
        "決めていただいたことを、こちらの不具合で最後まで行えませんでした。質問のページで様子を見て、もう一度お願いします。"
    ),
    "company": lazy("運営会社から回答が届きました。"),
    "wish_taken": lazy("あなたの希望を、世話役が引き受けました。"),
    "wish_declined": lazy("あなたの希望は、今回は見送りになりました。"),
}
ACTIONS: Final = {
    "third_within": ("/threads/{thread}/audience", lazy("範囲を考える")),
    "domain_skipped": ("/threads/{thread}/audience", lazy("範囲を考える")),
    "reword_proposed": ("/threads/{thread}/proposal", lazy("提案を見る")),
    "outside_proposed": ("/threads/{thread}/proposal", lazy("提案を見る")),
    "ended": ("/threads/{thread}", lazy("選ぶ")),
}
MAILS: Final = {  # the rest are told with all else, weekly
    "company": "answered",
    "widened": "scope",
    **dict.fromkeys(("reword_proposed", "outside_proposed", "ended"), "answered"),  # their author has days to decide
}
