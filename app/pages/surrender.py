"""What falls when a part falls, line by line, and the test that tries each line out."""

from dataclasses import dataclass

from app.web.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that falls or stands, and the case of tests/app/pages/test_surrender.py that tries it out."""

    text: str
    proof: str


@dataclass(frozen=True, slots=True)
class Component:
    """What a compromise of one part gives away, and what stands all the same."""

    key: str
    name: str
    gives: tuple[Line, ...]
    keeps: tuple[Line, ...]


def components() -> tuple[Component, ...]:
    """Parts of the service, and what a thief of each would hold."""
    return (
        _content(),
        _identity(),
        _keys(),
        _root(),
        _web(),
        _worker(),
        _reporter(),
        _mail(),
        _relay(),
        _mailbox(),
        _backup(),
        _custodian(),
    )


def _content() -> Component:
    return Component(
        "content",
        _("本文のデータベース"),
        (
            Line(
                _(
                    "質問ごとに、大きな分野、話題、公開の区切り（ふつうは1時間）、急ぎかどうか、読める人の範囲、会社も読めるか、"
                    "どこまで進んだか、回答と追記の数と日付、お知らせを頼んだかどうか。"
                ),
                "content",
            ),
            Line(_("公開を待つ投稿の数、受け取り手の大きな分野と数。"), "content"),
            Line(_("開いている依頼のうち、同じ受信箱あてのもの同士のつながり。"), "content"),
            Line(
                _("「この人に聞きたい」が全体でいくつ押されているか。どの回答にかは、入っていません。"),
                "content-voices",
            ),
            Line(_("公開などの出来事の種類と日付の記録。"), "content-log"),
            Line(
                _("どの質問のだれの分に、非常時の開示の箱がついているか。箱はどれも同じ大きさです。"),
                "content-boxes",
            ),
        ),
        (Line(_("本文、下書き、ベクトル、細かい分野、アドレス、名前、組織、サークル。書いた人。"), "content"),),
    )


def _identity() -> Component:
    return Component(
        "identity",
        _("身元のデータベース"),
        (
            Line(_("会員と組織の数、組織の小さな集まり（サークル）の分かれ方。"), "identity"),
            Line(
                _("名前のない会員の行ごとに、どの四半期に使われたか、サインインしている端末の数。"),
                "identity",
            ),
            Line(
                _(
                    "この1日ほどの接続元と端末の数と、それぞれが最後に動いた秒。登録の途中の人の数と、確認コードが切れる秒。"
                ),
                "identity",
            ),
            Line(_("この四半期にやめた人の数。"), "identity-left"),
            Line(_("この90日の、パスワードの変更のような出来事の種類と日付、起きた順番。"), "identity-log"),
            Line(
                _(
                    "非常時の開示の鍵を預かる人の役目と、申し出の時刻、理由、結果。どの質問についてかは、入っていません。"
                ),
                "identity-requests",
            ),
            Line(
                _("指紋や顔の登録が全体でいくつあるかと、最近それで入った回数と日。だれのものかは、入っていません。"),
                "identity-passkeys",
            ),
            Line(
                _(
                    "当てやすいパスワードは、時間をかければ当てられます。"
                    "当てられた行の人の質問と下書きは、本文のデータベースの中で見つかります。"
                ),
                "identity",
            ),
        ),
        (
            Line(
                _("名前、アドレス、所属、属性。パスワードが当てられないかぎり、質問や回答とのつながり。"),
                "identity",
            ),
        ),
    )


def _keys() -> Component:
    return Component(
        "keys",
        _("鍵のデータベース"),
        (Line(_("鍵の数。"), "keys"),),
        (Line(_("どの鍵も、サーバーの親鍵がなければ開きません。"), "keys"),),
    )


def _root() -> Component:
    return Component(
        "root",
        _("データベースすべてと、親鍵"),
        (
            Line(
                _(
                    "本文、ベクトル、質問の細かい分野、書いた人のサークル、会員の名簿（アドレス、所属、属性）、"
                    "登録の途中の人のアドレス。"
                ),
                "root",
            ),
            *_learnt(),
            Line(_("この1日ほどに使われたIPアドレス（IPv6は前半）と、最後に動いた秒。"), "root"),
            Line(
                _(
                    "きょう、あるメールアドレスへ確認コードが送られたかどうかと、その数。アドレスをあてはめると確かめられます。"
                ),
                "root-letters",
            ),
            Line(
                _("あるメールアドレスの人が、この四半期にやめたかどうか。アドレスをあてはめると確かめられます。"),
                "root-left",
            ),
            Line(
                _("この90日にだれがパスワードや復旧コードを変えたか、その日付と、どのアドレスからか。"),
                "root-log",
            ),
            Line(
                _("だれが指紋や顔で入れるようにしたか、その呼び名と登録した日。"),
                "root-passkeys",
            ),
            Line(
                _(
                    "非常時の開示で明らかになり、まだそのお知らせを読んでいない会員と、その日と理由。どの質問かは入っていません。"
                ),
                "root-opened",
            ),
            _small_circles(),
        ),
        (
            Line(
                _(
                    "質問や回答と、会員とのつながり。それは会員本人の秘密からしか作れません。秘密を開くのは、本人のパスワードか"
                    "復旧コードか、指紋や顔で入る端末か、サインインしている端末です。ですから、パスワードが当てられた人は守れません。"
                ),
                "root-secret",
            ),
        ),
    )


def _learnt() -> tuple[Line, ...]:
    return (
        Line(_("一つの分野とその近い分野の中で、ある受信箱の回答やお返し同士のつながり。"), "root-inbox"),
        Line(
            _("どの回答に、どのサークルの人がいつの月に「この人に聞きたい」を押したか。どの会員かは、入っていません。"),
            "root-voices",
        ),
        Line(
            _(
                "分野ごとに、どの手がかりを重く見るかという十数個の数。200件以上の質問の結果をまとめて学んだもので、"
                "だれかがやめたときは、その人の回答や質問がある分野の数をすぐに消し、夜に学びなおします。"
            ),
            "root-lessons",
        ),
    )


def _small_circles() -> Line:
    return Line(
        _(
            "加わる組織が20になるまで、サークルは一つの組織です。"
            "サークルや分野の会員が少ないほど、書いた人の見当がつきます。"
        ),
        "root",
    )


def _web() -> Component:
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


def _worker() -> Component:
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


def _reporter() -> Component:
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


def _mail() -> Component:
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


def _relay() -> Component:
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


def _mailbox() -> Component:
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


def _backup() -> Component:
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


def _custodian() -> Component:
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
