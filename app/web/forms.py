"""What every WTForms form of the house is made of."""

from flask_wtf import FlaskForm
from wtforms import DateField, Field


class HouseForm(FlaskForm):  # type: ignore[misc]
    """A form whose messages are ours."""

    def refuse(self, field: Field | None, message: str) -> None:
        """Say at a field, or about the whole form, why the service said no."""
        if field is None:
            self.form_errors.append(message)
        else:
            field.errors = [*field.errors, message]


class DayField(DateField):
    """A date; what is none has no data, and the form says so in its own words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
