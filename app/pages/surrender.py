"""Who sees what, and what falls when a part falls: the same words on the page and in the tests that prove them."""

from dataclasses import dataclass

from app.web.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Audience:
    """What one party sees."""

    who: str
    sees: str
    never: str


@dataclass(frozen=True, slots=True)
class Component:
    """What a compromise of one part gives away."""

    key: str
    name: str
    gives: str
    keeps: str


def audiences() -> tuple[Audience, ...]:
    """Parties, nearest first."""
    return (
        Audience(_("あなた自身"), _("自分の質問と回答のすべて。"), _("だれに届いたか、何人に届いたか。")),
        Audience(
            _("質問が届いた人"),
            _("質問の本文と、あなたが選んだ範囲の属性。名前は「質問者」だけです。"),
            _("あなたの名前、所属、アドレス。ほかの質問とのつながり。"),
        ),
        Audience(
            _("同じ分野の会員"),
            _("あなたが「同じ分野の会員」まで公開したときだけ、同じ内容が見えます。"),
            _("名前、所属、時刻。日付だけが見えます。"),
        ),
        Audience(
            _("同じ組織の人"),
            _("あなたの質問は、一覧にも検索にも出ません。アドレスを直接開いても見つかりません。"),
            _("あなたが質問したこと。"),
        ),
        Audience(
            _("世話役"),
            _("届け先が見つからなかった質問の分野と日付。"),
            _("質問した人。世話役にも「質問者」としか見えません。"),
        ),
        Audience(
            _("運営会社"),
            _("あなたが「会社も読んでよい」と選んだ質問だけ。"),
            _("質問した人、答えた人、その所属。選ばなかった質問の本文。"),
        ),
        Audience(_("サインインしていない人"), _("最初のページと、このページ。"), _("質問や回答。")),
    )


def components() -> tuple[Component, ...]:
    """Parts of the service, and what a thief of each would hold."""
    return (*_stored(), *_processes_and_copies())


def _stored() -> tuple[Component, ...]:
    return (
        Component(
            "content",
            _("本文のデータベース"),
            _(
                "どの大きな分野に、どの日に、いくつの質問があったか。開いている依頼のうち、同じ分野の同じ受信箱あてのもの同士のつながり。"
            ),
            _("本文、ベクトル、アドレス、名前、組織。書いた人。"),
        ),
        Component(
            "identity",
            _("身元のデータベース"),
            _("会員と組織の数、どの四半期に使われたか、いまサインインしている端末の数。"),
            _("名前、アドレス、所属、属性。質問や回答とのつながり。"),
        ),
        Component(
            "keys",
            _("鍵のデータベース"),
            _("鍵の数。"),
            _("どの鍵も、サーバーの親鍵がなければ開きません。"),
        ),
        Component(
            "root",
            _("データベースすべてと、親鍵"),
            _(
                "本文、ベクトル、質問の細かい分野、組織の小さな集まり（サークル）、会員の名簿。一つの分野の中で、ある受信箱の回答同士のつながり。"
            ),
            _("質問や回答と、会員とのつながり。それは会員本人の秘密からしか作れません。"),
        ),
    )


def _processes_and_copies() -> tuple[Component, ...]:
    return (
        Component(
            "web",
            _("動いているサーバー"),
            _("操作している間の、その人の内容すべて。プログラムを書き換える人や、記憶を読む人からは守れません。"),
            _("操作していない人が、どの質問を書いたか。"),
        ),
        Component(
            "worker",
            _("照合の係"),
            _("処理している質問の本文と、サークル。"),
            _("質問や回答と、会員とのつながり。"),
        ),
        Component(
            "mail",
            _("郵便係とメールの中継"),
            _("お知らせの宛先と、いつ送られたか。同じ機械で動かすときは、サーバーと一緒に破られると考えてください。"),
            _("メールには、本文も名前も分野も入っていません。"),
        ),
        Component(
            "backup",
            _("控え"),
            _("その日のデータベースと同じもの。鍵の控えは14日までしか残しません。"),
            _("鍵のない控えから、本文と身元は読めません。"),
        ),
    )
