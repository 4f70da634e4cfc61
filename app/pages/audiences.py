"""Who sees what: every party, and what it never sees."""

from dataclasses import dataclass

from app.web.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Audience:
    """What one party sees."""

    who: str
    sees: str
    never: str


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
            _(
                "名前、所属、書いた時刻。日付だけが見えます。ただし急ぎの質問はすぐ出るので、見ていた人には時刻がわかります。"
            ),
        ),
        Audience(
            _("同じ組織の人"),
            _("あなたの質問は、一覧にも検索にも出ません。アドレスを直接開いても見つかりません。"),
            _("あなたが質問したこと。"),
        ),
        Audience(
            _("世話役"),
            _("届け先が見つからなかった質問の大きな分野、話題、日付。"),
            _("質問した人。世話役にも「質問者」としか見えません。"),
        ),
        Audience(
            _("運営会社"),
            _("あなたが「会社も読んでよい」と選んだ質問だけ。"),
            _("質問した人、答えた人、その所属。選ばなかった質問の本文。"),
        ),
        Audience(
            _("サインインしていない人"),
            _(
                "最初のページ、このページ、約束、連絡先、登録とサインインのページ。"
                "登録の途中では、自分のアドレスか参加コードで見つかった組織の名前。"
            ),
            _("質問や回答。"),
        ),
    )
