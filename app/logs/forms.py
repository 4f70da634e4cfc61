"""Fields of the auditor's page."""

from wtforms import TextAreaField
from wtforms.validators import StopValidation

from app.logs.reads import PublishedHead, parse_heads
from app.web.forms import HouseForm
from app.web.i18n import gettext as _


class KeptHeadsForm(HouseForm):
    """Heads that somebody kept elsewhere, to be compared; nothing of it is stored."""

    heads = TextAreaField()
    kept: list[PublishedHead]

    def validate_heads(self, field: TextAreaField) -> None:
        """Read the lines, or say which one is not one."""
        try:
            self.kept = parse_heads(field.data or "")
        except ValueError as error:
            line = str(error).partition(":")[0]
            told = _("{n}行目が読めません。日付・記録の名前・件数・照合値を、空白で区切って1行に書いてください。")
            raise StopValidation(told.format(n=line)) from None
        if not self.kept:
            raise StopValidation(_("手元に残した行を貼りつけてください。"))
