"""Fields of the pages of leaving."""

from wtforms import BooleanField, StringField

from app.accounts.forms import ConfirmForm, current_password, ticked
from app.web.i18n import gettext as _
from app.web.i18n import lazy


class LeaveForm(ConfirmForm):
    """What becomes of the words, perhaps a reason, that it is understood, and the password once more."""

    texts = StringField()
    why = StringField()  # may be left out
    sure = BooleanField(validators=[ticked(lazy("戻せないことを確かめて、印をつけてください。"))])
    current = current_password()

    def validate_texts(self, field: StringField) -> None:
        """One of two."""
        if field.data not in ("keep", "withdraw"):
            self.refuse(field, _("書いたものをどうするか、選んでください。"))
