"""Everything a member can be told: one sentence, what they can do next, and what kind of mail may say that it is there.

A new kind is one entry here; whoever has it to tell calls `app.notices.service.tell`. A sentence may hold `{name}` of
the words that come with the note; it never holds a title, which the inbox looks up as the reader may read it.
"""

from dataclasses import dataclass
from typing import Final

from app.notices import articles, boarding, cohorts, course, duties, recognising, reviewing, sessions
from app.web.i18n import lazy


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing to be told."""

    sentence: str
    page: str  # where the next step is done; {thread} is the note's thread, {offer} one's own offer of it
    action: str  # what that step is called
    mail: str = "other"  # a key of app.mail.kinds.MAILS, or empty: no mail tells of it
    important: bool = False  # shown before anything else after signing in
    urgent: bool = False  # its mail may come at any hour, to whoever allowed that


KINDS: Final[dict[str, Kind]] = {
    "reading_asked": Kind(
        lazy("出す前の質問を読んでほしいという依頼が届きました。12時間ほどのうちに、短くてかまいません。"),
        "/readings",
        lazy("下書きを読む"),
        "picked",
    ),
    "reading_back": Kind(
        lazy("下書きの読み合わせから、あなたの下書きがもどりました。"), "/ask/reading", lazy("確かめる"), "answered"
    ),
    "picked": Kind(lazy("あなたに質問が届きました。"), "/queue/{offer}", lazy("質問を見る"), "picked"),
    "picked_urgent": Kind(
        lazy("急ぎの質問が、あなたに届きました。"), "/queue/{offer}", lazy("質問を見る"), "picked", urgent=True
    ),
    "answered": Kind(lazy("あなたあての書き込みがありました。"), "/threads/{thread}", lazy("読む"), "answered"),
    "joined": Kind(lazy("あなたが回答した質問に、ほかの書き込みがありました。"), "/threads/{thread}", lazy("読む")),
    "resting": Kind(
        lazy("しばらくお返事がなかったので、質問を届けるのをひかえています。「届いた質問」を開くと、また届きます。"),
        "/queue",
        lazy("届いた質問を見る"),
        important=True,
    ),
    "hint_identifying": Kind(
        lazy("質問を見た方から、人や組織の見当がつくかもしれないと知らせがありました。だれからかは、伝わりません。"),
        "/threads/{thread}",
        lazy("言葉を見直す"),
        "scope",
        important=True,
    ),
    "claim_ends": Kind(
        lazy("預かった質問の期限が近づいています。書く時間が足りなければ、延ばせます。"),
        "/queue/{offer}",
        lazy("質問を開く"),
        "claim",
    ),
    "scope_changed": Kind(
        lazy("質問を見せる範囲が変わりました。"), "/threads/{thread}", lazy("確かめる"), "scope", important=True
    ),
    "word": Kind(
        lazy("世話役から、あなたの投稿にひとことが届きました。"), "/words/for/{thread}", lazy("読む"), "answered"
    ),
    "accepted": Kind(lazy("あなたの回答が、質問者の役に立ちました。"), "/threads/{thread}", lazy("読む")),
    "thanks": Kind(lazy("あなたの回答に、お礼が届きました。"), "/threads/{thread}", lazy("お礼を読む")),
    "outdated": Kind(
        lazy("あなたの回答が古くなっているかもしれない、と知らせがありました。"),
        "/threads/{thread}",
        lazy("回答を見直す"),
    ),
    "helped": Kind(
        lazy("届いた回答は役に立ちましたか。ひと押しで伝えられます。"),
        "/threads/{thread}/helped",
        lazy("伝える"),
        important=True,
    ),
    "likely": Kind(
        lazy("あなたの質問は、解決したものとして並べました。ちがうときは教えてください。"),
        "/threads/{thread}/helped",
        lazy("確かめる"),
        important=True,
    ),
    "outcome": Kind(
        lazy("その後、どうなりましたか。よくなっていなくても、次の人の助けになります。"),
        "/threads/{thread}/outcome",
        lazy("その後を伝える"),
        important=True,
    ),
    "support_asked": Kind(
        lazy("世話役から、「支える人」へのお誘いが届いています。世話役は、あなたがだれかを知りません。"),
        "/taking-part",
        lazy("読む"),
        important=True,
    ),
    **{
        f"course_{key}": Kind(
            sentence,
            *course.ACTIONS.get(key, ("/threads/{thread}", lazy("質問を見る"))),
            course.MAILS.get(key, "other"),
        )
        for key, sentence in course.SENTENCES.items()
    },
    **{
        key: Kind(
            sentence, reviewing.PAGES.get(key, reviewing.PAGE), lazy("開く"), important=key in reviewing.IMPORTANT
        )
        for key, sentence in reviewing.SENTENCES.items()
    },
    **{
        key: Kind(sentence, sessions.PAGES.get(key, sessions.PAGE), lazy("開く"), important=key in sessions.IMPORTANT)
        for key, sentence in sessions.SENTENCES.items()
    },
    **{
        key: Kind(sentence, articles.PAGES.get(key, articles.PAGE), lazy("開く"), important=key in articles.IMPORTANT)
        for key, sentence in articles.SENTENCES.items()
    },
    **{
        key: Kind(sentence, cohorts.PAGES.get(key, cohorts.PAGE), lazy("開く"), important=key in cohorts.IMPORTANT)
        for key, sentence in cohorts.SENTENCES.items()
    },
    **{
        key: Kind(
            sentence, recognising.PAGES.get(key, recognising.PAGE), lazy("開く"), important=key in recognising.IMPORTANT
        )
        for key, sentence in recognising.SENTENCES.items()
    },
    **{key: Kind(sentence, duties.PAGE, lazy("机を開く"), "") for key, sentence in duties.SENTENCES.items()},
    **{
        key: Kind(sentence, boarding.PAGES.get(key, boarding.PAGE), lazy("開く"))
        for key, sentence in boarding.SENTENCES.items()
    },
}
