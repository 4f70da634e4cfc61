"""The operator's form of the charter: what was typed becomes a charter and a note, or every message at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from app.domains.promises import Charter, Promise
from app.domains.wording import Words
from app.gate.charter import BASE, MOST
from app.web.i18n import gettext as _
from privacy.pseudonyms import new_id

LONGEST: Final = {"title": 60, "text": 300, "goal": 1200, "does_not": 2000, "note": 600}
NEW: Final = "new"  # the empty item at the end


@dataclass(frozen=True)
class CharterForm:
    """What was typed, what is wrong with it, and what it makes when nothing is."""

    values: Mapping[str, str]
    errors: Mapping[str, str]
    charter: Charter | None = field(default=None, repr=False)
    note: Words | None = None
    from_day: date | None = None


def form_of(charter: Charter, today: date) -> CharterForm:
    """The form with what counts now in it."""
    values = {"by": charter.by.isoformat() if charter.by else "", "from_day": today.isoformat()}
    for name, words in (("goal", charter.goal), ("does_not", charter.does_not)):
        values |= {f"{name}_ja": words.ja, f"{name}_en": words.en}
    for item in charter.items:
        for name, words in (("title", item.title), ("text", item.text)):
            values |= {f"{item.key}_{name}_ja": words.ja, f"{item.key}_{name}_en": words.en}
    return CharterForm(values, {})


def read_form(charter: Charter, typed: Mapping[str, str], today: date) -> CharterForm:
    """Read the form over the charter that counts now. English left empty says the same in Japanese."""
    reader = _Reader(typed)
    goal, does_not = reader.words("goal", "goal"), reader.words("does_not", "does_not")
    items = [reader.item(item) for item in charter.items if not (item.key not in BASE and reader.drops(item.key))]
    if reader.text(f"{NEW}_title_ja") or reader.text(f"{NEW}_text_ja"):
        items.append(reader.item(Promise(key=f"own-{new_id()[:8]}", title=goal, text=goal), at=NEW))
    if len(items) > MOST:
        reader.errors[f"{NEW}_title_ja"] = _("約束は、全部で{n}個までです。").format(n=MOST)
    by, from_day = reader.aim(charter.by, today), reader.day("from_day", today)
    note = reader.words("note", "note")
    if reader.errors:
        return CharterForm(dict(typed), reader.errors)
    changed = charter.model_copy(update={"goal": goal, "does_not": does_not, "by": by, "items": tuple(items)})
    if changed == charter:
        return CharterForm(dict(typed), {"note_ja": _("どこも変わっていません。")})
    return CharterForm(dict(typed), {}, changed, note, from_day)


class _Reader:
    """Reads fields; collects messages."""

    def __init__(self, typed: Mapping[str, str]) -> None:
        self.typed = typed
        self.errors: dict[str, str] = {}

    def text(self, name: str) -> str:
        return self.typed.get(name, "").replace("\r\n", "\n").strip()

    def drops(self, key: str) -> bool:
        return self.typed.get(f"{key}_drop") == "1"

    def words(self, name: str, kind: str) -> Words:
        ja = self.text(f"{name}_ja")
        en = self.text(f"{name}_en") or ja
        if not ja:
            self.errors[f"{name}_ja"] = _("日本語の文を入力してください。")
        for lang, text in (("ja", ja), ("en", en)):
            if len(text) > LONGEST[kind]:
                self.errors[f"{name}_{lang}"] = _("{n}文字までで書いてください。").format(n=LONGEST[kind])
        return Words(ja=ja or "-", en=en or "-")

    def item(self, item: Promise, *, at: str = "") -> Promise:
        title, text = self.words(f"{at or item.key}_title", "title"), self.words(f"{at or item.key}_text", "text")
        return item.model_copy(update={"title": title, "text": text})

    def aim(self, now: date | None, today: date) -> date | None:
        """The day to look at the goal: as it stands, or another one to come."""
        typed = self.text("by")
        return now if typed == (now.isoformat() if now else "") else self.day("by", today)

    def day(self, name: str, today: date) -> date:
        try:
            day = date.fromisoformat(self.text(name))
        except ValueError:
            day = date.min
        if day < today:
            self.errors[name] = _("今日か、それより後の日を選んでください。")
        return day
