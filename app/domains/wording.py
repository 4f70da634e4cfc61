"""What every part of a domain file is made of: frozen values, keys, and texts in both languages."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.web.i18n import current_locale

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=64)]


class Frozen(BaseModel):
    """A part of a domain file: nothing is changed in it, and nothing unknown stands in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Frozen):
    """One text in both languages; prints in the reader's."""

    ja: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def __str__(self) -> str:
        return self.en if current_locale() == "en" else self.ja
