"""What a new role is told: what it gives, what is expected, the way out, one practice."""

from dataclasses import dataclass
from typing import Final

from app.web.i18n import lazy


@dataclass(frozen=True, slots=True)
class RolePage:
    """One role in three sentences."""

    title: str
    gives: str
    expects: str
    leaves: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing one might do, and what is said of it."""

    key: str
    label: str
    said: str
    is_good: bool = False


@dataclass(frozen=True, slots=True)
class Practice:
    """A made-up situation."""

    situation: str
    choices: tuple[Choice, ...]


LEAVES: Final = lazy("「役割」のページのボタンひとつで、いつでもおりられます。理由はうかがいません。")
ROLE_PAGES: Final = {
    "coordinator": RolePage(
        lazy("世話役"),
        lazy(
            "答えの出ない質問や、はじめての方の投稿に、最初に声をかけられます。場がどう動いているかが、よく見えます。"
        ),
        lazy("1日に一度、数分、机に届いたものを見てください。見えるのは役割だけで、だれが書いたかは見えません。"),
        LEAVES,
    ),
    "analyst": RolePage(
        lazy("分析担当"),
        lazy("会員が「会社も読んでよい」とした質問と、四半期の報告を読めます。"),
        lazy("会員に直接連絡したり、だれかを言い当てたりしません。会社として答えるときは、会社の名札で答えます。"),
        LEAVES,
    ),
    "operator": RolePage(
        lazy("運営担当"),
        lazy("場の名前、約束、分野のファイル、メールと鍵、組織の登録を受け持ちます。"),
        lazy("会員の投稿は見えません。頼まれても見られないことを、そのまま伝えてください。"),
        LEAVES,
    ),
    "auditor": RolePage(
        lazy("監査担当"),
        lazy("運営の操作の記録と、プライバシーの検査の結果を読めます。"),
        lazy("月に一度、記録が途切れていないかを確かめてください。"),
        LEAVES,
    ),
}
PRACTICES: Final = {
    "coordinator": Practice(
        lazy("「となりの湾の人だと思う」と書かれた回答に、知らせが届きました。どうしますか。"),
        (
            Choice(
                "hide", lazy("いったん隠し、その言葉を消してもらう"),
                lazy("そうです。言葉が消えれば、回答は戻せます。書いた人も、書かれた人も守れます。"), is_good=True,
            ),
            Choice(
                "ask", lazy("書いた人がだれかを調べる"),
                lazy("世話役にも、だれが書いたかは見えません。見ないまま直せるように、この机はできています。"),
            ),
            Choice(
                "leave", lazy("内容は正しいので、そのままにする"),
                lazy("正しくても、人がわかる言葉は残せません。言葉だけを消してもらいましょう。"),
            ),
        ),
    ),
    "analyst": Practice(
        lazy("報告の表に「少なすぎるため出せません」という欄がありました。営業から数を聞かれました。どうしますか。"),
        (
            Choice(
                "explain", lazy("出せない理由を、そのまま伝える"),
                lazy("そうです。会社のだれにも、元の数は見えません。次の四半期に出ることもあります。"), is_good=True,
            ),
            Choice(
                "guess", lazy("ほかの欄から引き算して伝える"),
                lazy("数には雑音が入っているので、引いても元の数にはなりません。会員との約束にも反します。"),
            ),
        ),
    ),
    "operator": Practice(
        lazy("取引先から「この質問を書いたのはだれか」とたずねられました。どうしますか。"),
        (
            Choice(
                "cannot", lazy("運営にも見えないことを伝える"),
                lazy("そうです。見えないように作ってあることが、この場のいちばんの約束です。"), is_good=True,
            ),
            Choice(
                "search", lazy("心当たりの組織を伝える"),
                lazy("推測でも、伝えれば約束に反します。「だれに何が見えるか」のページを案内してください。"),
            ),
        ),
    ),
    "auditor": Practice(
        lazy("記録のつながりが、一か所で合いません。どうしますか。"),
        (
            Choice(
                "say", lazy("いつの記録かを書きとめ、運営以外の人にも知らせる"),
                lazy("そうです。公開してある日ごとの値と見くらべると、どこで変わったかがわかります。"), is_good=True,
            ),
            Choice(
                "wait", lazy("次の月まで様子を見る"),
                lazy("時間がたつほど、たどりにくくなります。気づいた日のうちに書きとめてください。"),
            ),
        ),
    ),
}  # fmt: skip
