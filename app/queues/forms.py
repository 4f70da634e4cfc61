"""Request fields of the queue."""

from datetime import date, timedelta

from wtforms import BooleanField, HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError

from app.domains.trade import Trade
from app.questions.rules import BadText, clean_text
from app.queues.rules import PASS_REASONS
from app.web.forms import DayField, HouseForm
from app.web.i18n import gettext as _

LONGEST_AWAY = 365
USUAL = 3


class SettingsForm(HouseForm):
    """An expert's settings in one subject."""

    capacity = StringField()
    topics = SelectMultipleField(validate_choice=False)
    muted = SelectMultipleField(validate_choice=False)
    notify = BooleanField()
    reads = BooleanField()

    def __init__(self, trade: Trade, capacities: tuple[int, ...]) -> None:
        super().__init__()
        self.trade, self.capacities = trade, capacities

    def validate_capacity(self, field: StringField) -> None:
        if field.data not in {str(one) for one in self.capacities}:
            raise ValidationError(_("週に何件までかを選んでください。"))

    def validate_topics(self, field: SelectMultipleField) -> None:
        if not set(field.data or ()) <= set(self.trade.topic_by_key):
            raise ValidationError(_("一覧にある話題から選んでください。"))

    def validate_muted(self, field: SelectMultipleField) -> None:
        muted = set(field.data or ())
        if not muted <= set(self.trade.topic_by_key):
            raise ValidationError(_("一覧にある話題から選んでください。"))
        if muted & set(self.topics.data or ()):
            raise ValidationError(
                _("手伝えそうな話題と受け取らない話題に、同じものが入っています。どちらかだけにしてください。")
            )


def capacity_options(capacities: tuple[int, ...]) -> list[tuple[str, str]]:
    """How many questions a week somebody can choose to take."""
    many = _("週に{n}件まで")
    return [(str(one), many.format(n=one) if one else _("受け取らない")) for one in capacities]


def usual_capacity(capacities: tuple[int, ...]) -> int:
    """What stands there before somebody chooses: three, or what is nearest."""
    return min(filter(None, capacities), key=lambda one: abs(one - USUAL), default=0)


class RestForm(HouseForm):
    """On which day somebody who goes away is back; today: at once."""

    back_on = DayField()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today

    def validate_back_on(self, field: DayField) -> None:
        if not field.raw_data or not field.raw_data[0]:
            raise ValidationError(_("もどる日を選んでください。"))
        if field.data is None:
            raise ValidationError(_("日付は 2026-12-31 のように書いてください。"))
        if not self.today <= field.data <= self.today + timedelta(days=LONGEST_AWAY):
            raise ValidationError(_("今日から1年以内の日付を選んでください。"))


class PassForm(HouseForm):
    """Why an offer is handed back."""

    reason = StringField()

    def validate_reason(self, field: StringField) -> None:
        if field.data not in PASS_REASONS:
            raise ValidationError(_("理由を一つ選んでください。"))


class AnswerForm(HouseForm):
    """An answer from the queue."""

    text = TextAreaField()
    token = HiddenField()
    notify = BooleanField()
    at_once = BooleanField()

    def validate_text(self, field: TextAreaField) -> None:
        try:
            clean_text(field.data or "")
        except BadText as refusal:
            if refusal.reason == "empty":
                raise ValidationError(_("回答を書いてください。短くてもかまいません。")) from refusal
            raise ValidationError(_("回答は8000字までです。要点を先に書いてみてください。")) from refusal
