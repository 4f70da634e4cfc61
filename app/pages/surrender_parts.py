"""What falls with the parts that run, carry or keep: processes, mail, backups, custodians."""

from app.pages.surrender_lines import Component, Line
from app.web.i18n import gettext as _


def web() -> Component:
    """The web process."""
    return Component(
        "web",
        _("動いているサーバー"),
        (
            Line(_("「データベースすべてと、親鍵」と同じもの。"), "root"),
            Line(
                _(
                    "そのうえ、操作している人の秘密、アドレス、書いたもののすべて。"
                    "プログラムを書き換える人や、記憶を読む人からは守れません。"
                ),
                "web",
            ),
        ),
        (Line(_("操作していない人については、「データベースすべてと、親鍵」と同じです。"), "web"),),
    )


def worker() -> Component:
    """The worker."""
    return Component(
        "worker",
        _("照合の係"),
        (
            Line(_("「データベースすべてと、親鍵」と同じもの。"), "root"),
            Line(_("そのうえ、いま処理している質問や回答。"), "worker"),
            Line(
                _("見張り続ければ、投稿が届いた瞬間と、そのとき動いたIPアドレスが結びつきます。"),
                "worker-moment",
            ),
        ),
        (Line(_("「データベースすべてと、親鍵」と同じです。書いた人の印は作れません。"), "worker"),),
    )


def reporter() -> Component:
    """The reporter."""
    return Component(
        "reporter",
        _("集計の係"),
        (
            Line(
                _("この係は、まだありません。話題ごとに組織の数をかぞえる係で、できたときに、ここに書き足します。"),
                "reporter",
            ),
        ),
        (Line(_("数をためる表も、そのための鍵も、まだ置いていないので、盗まれる集計がありません。"), "reporter"),),
    )


def mail() -> Component:
    """The post office."""
    return Component(
        "mail",
        _("郵便係"),
        (
            Line(_("「データベースすべてと、親鍵」と同じもの。"), "root"),
            Line(
                _(
                    "そのうえ、お知らせの宛先の箱が開きます。"
                    "お知らせを頼んだ質問は、書いた人のアドレスに、つまり会員に結びつきます。"
                ),
                "mail",
            ),
            Line(
                _(
                    "回答では、受け取りの設定か、どれか一つの回答でお知らせを頼むと、同じ分野の自分の回答がすべて結びつきます。"
                ),
                "mail-inbox",
            ),
            Line(_("同じ機械で動かすときは、サーバーと一緒に破られると考えてください。"), "mail"),
        ),
        (
            Line(
                _(
                    "お知らせを頼まなかった質問と、その分野で一度も頼まなかった人の回答。箱がないので、ここからはたどれません。"
                ),
                "mail",
            ),
        ),
    )


def relay() -> Component:
    """The relay that carries letters."""
    return Component(
        "relay",
        _("メールの中継"),
        (
            Line(_("宛先のアドレス、送られた時刻、お知らせの種類、登録の確認コード。"), "relay"),
            Line(
                _(
                    "新しい書き込みのお知らせは、公開の次の区切りに、その質問に加わる人へまとめて出ます。"
                    "公開の様子と見くらべると、どの質問に加わる人か、見当がつくことがあります。"
                ),
                "relay",
            ),
            Line(
                _("非常時の開示で明らかになった人への手紙は文面が一つなので、その人だとわかります。"), "relay-important"
            ),
        ),
        (Line(_("メールには、本文も名前も分野も入っていません。"), "relay"),),
    )


def mailbox() -> Component:
    """A member's mailbox."""
    return Component(
        "mailbox",
        _("会員のメールの受信箱"),
        (
            Line(
                _(
                    "はじめからやり直す確認コードが読めるので、その会員になりかわれます。メールの中継と郵便係を手にした人も同じです。"
                    "運営の人は、そのどれかを手にしないかぎり、なりかわれません。"
                ),
                "mailbox",
            ),
        ),
        (
            Line(
                _(
                    "はじめの日々は読むことだけで、質問も回答もできません。やり直しがあったことは手紙で知らせ、そのあいだに本人が"
                    "これまでのパスワードか復旧コード、指紋や顔で入れば、取り消されて何もなくなりません。"
                    "前の質問や回答が自分のものだと示すことは、なりかわった人にはずっとできません。"
                ),
                "mailbox",
            ),
        ),
    )


def backup() -> Component:
    """Copies of the stores."""
    return Component(
        "backup",
        _("控え"),
        (
            Line(_("その日のデータベースと同じもの。"), "backup"),
            Line(
                _(
                    "ある人がやめる前と後の控えを見くらべると、なくなった名前のない会員の行と、同じときに変わったその人の質問が並びます。"
                ),
                "backup-leaving",
            ),
            Line(
                _("親鍵も盗まれると、あとで鍵を消して読めなくした本文も、その日の鍵のデータベースの控えで開きます。"),
                "backup",
            ),
        ),
        (
            Line(_("親鍵のない控えから、本文と身元は読めません。"), "backup"),
            Line(
                _("親鍵があっても、鍵のデータベースの控えがなければ、本文も会員の名簿も開きません。"),
                "backup-pairs",
            ),
            Line(
                _(
                    "控えを取るたびに、同じフォルダーにある14日より古い鍵のデータベースの控えを、プログラムが消します。"
                    "よそへ写したものを消すことは、運営の約束です。"
                ),
                "backup-days",
            ),
        ),
    )


def custodian() -> Component:
    """A custodian."""
    return Component(
        "custodian",
        _("非常時の開示の、鍵を預かる人"),
        (
            Line(
                _(
                    "三人の鍵と、本文のデータベースがそろうと、その五人のもとで書きはじめられたものすべてについて、書いた会員の番号。"
                    "身元のデータベースと親鍵も盗まれると、番号はアドレスにつながります。このとき、申し出や48時間の待ちは守りになりません。"
                ),
                "custodian-three",
            ),
            Line(
                _("預かる人の手元のフォルダーからは、どの質問について、いつ、どんな理由で申し出があったか。"),
                "custodian-folder",
            ),
        ),
        (
            Line(
                _("一人か二人の鍵では、データベースすべてと親鍵がそろっていても、書いた人はわかりません。"),
                "custodian-two",
            ),
            Line(
                _("三人の鍵があっても、データベースがなければ、開くものがありません。"),
                "custodian-apart",
            ),
            Line(_("手元の鍵は合言葉で閉じてあります。合言葉が当てられないかぎり、開きません。"), "custodian-folder"),
        ),
    )
