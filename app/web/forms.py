"""The form every WTForms form of the house is."""

from flask_wtf import FlaskForm
from wtforms import Field


class HouseForm(FlaskForm):  # type: ignore[misc]
    """A form whose messages are ours."""

    def refuse(self, field: Field | None, message: str) -> None:
        """Say at a field, or about the whole form, why the service said no."""
        if field is None:
            self.form_errors.append(message)
        else:
            field.errors = [*field.errors, message]
