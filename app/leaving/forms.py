"""Fields of the pages of leaving."""

from wtforms import BooleanField, PasswordField, StringField

from app.accounts.forms import at_most, filled, ticked
from app.web.forms import HouseForm
from app.web.i18n import gettext as _
from app.web.i18n import lazy


class ExportForm(HouseForm):
    """The password once more."""

    current = PasswordField(validators=[filled(lazy("いまのパスワードを入力してください。")), at_most(1000)])


class LeaveForm(ExportForm):
    """What becomes of the words, that it is understood, and the password once more."""

    texts = StringField()
    sure = BooleanField(validators=[ticked(lazy("戻せないことを確かめて、印をつけてください。"))])

    def validate_texts(self, field: StringField) -> None:
        """One of two."""
        if field.data not in ("keep", "withdraw"):
            self.refuse(field, _("書いたものをどうするか、選んでください。"))
