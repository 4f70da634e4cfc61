"""The question form: typed values become a Question, or every message at once. Nothing typed is in a message."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.accounts.viewer import Viewer
from app.domains.rules import hidden_levels, only_subject
from app.domains.trade import FormField, Trade
from app.questions.rules import MAX_EXCLUDED, MAX_TITLE, Question, is_blank
from app.web.i18n import gettext as _
from privacy.anonymity import SUBJECT
from privacy.scopes import Audience

AUDIENCES = {"experts": Audience.EXPERTS, "domain": Audience.DOMAIN, "all": Audience.ALL}
LONGEST_NAME = 80


@dataclass(frozen=True)
class AskForm:
    """What was typed, what is wrong with it, and the question it makes when nothing is."""

    values: Mapping[str, str] = field(repr=False)
    errors: Mapping[str, str]
    question: Question | None = field(repr=False)


def told_subject(trade: Trade, values: Mapping[str, str]) -> str:
    """The subject that was chosen, or else the one that the words name; empty where they leave it open."""
    fields = " ".join(_text(values, f"field_{one.key}") for one in trade.form.fields)
    return _text(values, "subject") or only_subject(trade, (_text(values, "title"), fields)) or ""


def _text(values: Mapping[str, str], name: str) -> str:
    text = values.get(name, "").replace("\r\n", "\n").replace("\r", "\n").strip()
    return "" if is_blank(text) else text


class _Reader:
    """Reads one form; collects messages. A day that stood there `before` may have passed since."""

    def __init__(
        self,
        trade: Trade,
        viewer: Viewer,
        values: Mapping[str, str],
        day: date,
        before: Mapping[str, str] | None = None,
    ) -> None:
        self.trade = trade
        self.viewer = viewer
        self.values = values
        self.day = day
        self.before = before or {}
        self.errors: dict[str, str] = {}

    def text(self, name: str) -> str:
        return _text(self.values, name)

    def refuse(self, name: str, message: str) -> str:
        self.errors[name] = message
        return ""

    def subject(self) -> str:
        chosen = told_subject(self.trade, self.values)
        if chosen not in self.trade.subjects:
            word = self.trade.words["subject"]
            return self.refuse(
                "subject",
                _("書いた言葉からは{subject}がわかりませんでした。ひとつ選んでください。").format(subject=word),
            )
        return chosen

    def topic(self, subject: str) -> str:
        """What its author chose; nothing where that is left to the words."""
        offered = [topic.key for topic in (self.trade.topics_of(subject) if subject else self.trade.topics)]
        chosen = self.text("topic")
        if chosen:
            return chosen if chosen in offered else self.refuse("topic", _("この一覧にある話題から選んでください。"))
        return ""

    def title(self) -> str:
        title = " ".join(self.text("title").split())
        if not title:
            return self.refuse("title", _("聞きたいことを一行で書いてください。"))
        if len(title) > MAX_TITLE:
            return self.refuse("title", _("{n}文字までで書いてください。").format(n=MAX_TITLE))
        return title

    def fields(self) -> dict[str, str]:
        read = {one.key: self._field(one) for one in self.trade.form.fields}
        return {key: value for key, value in read.items() if value}

    def _field(self, one: FormField) -> str:
        name, value = f"field_{one.key}", self.text(f"field_{one.key}")
        if not value:
            return self.refuse(name, _("「{label}」を書いてください。").format(label=one.label)) if one.required else ""
        readers = {"text": self._long, "number": self._number, "date": self._date, "choice": self._choice}
        return readers[one.kind](one, name, value)

    def _long(self, one: FormField, name: str, value: str) -> str:
        if len(value) > one.max:
            return self.refuse(name, _("{n}文字までで書いてください。").format(n=int(one.max)))
        return value

    def _number(self, one: FormField, name: str, value: str) -> str:
        plain = unicodedata.normalize("NFKC", value).replace(",", "").replace("−", "-").removesuffix(one.unit).strip()
        try:
            number = float(plain)
        except ValueError:
            return self.refuse(name, _("数字だけで書いてください。"))
        if not one.min <= number <= one.max:
            limits = {"min": f"{one.min:g}", "max": f"{one.max:g}"}
            return self.refuse(name, _("{min}から{max}までの数字で書いてください。").format(**limits))
        return f"{number:g}"

    def _date(self, one: FormField, name: str, value: str) -> str:
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return self.refuse(name, _("日付は 2026-12-31 のように書いてください。"))
        if day < self.day and day.isoformat() != self.before.get(one.key):
            return self.refuse(name, _("過ぎた日です。今日か、これからの日を選んでください。"))
        return day.isoformat()

    def _choice(self, one: FormField, name: str, value: str) -> str:
        known = value in {option.key for option in one.values}
        return value if known else self.refuse(name, _("この一覧から選んでください。"))

    def facets(self) -> dict[str, str]:
        found = {}
        for facet in self.trade.facets:
            value = self.text(f"facet_{facet.key}")
            if value and value not in {option.key for option in facet.values}:
                self.refuse(f"facet_{facet.key}", _("この一覧から選んでください。"))
            elif value:
                found[facet.key] = value
        return found

    def levels(self) -> dict[str, int]:
        return {name: self._level(name, last) for name, last in hidden_levels(self.trade).items()}

    def _level(self, name: str, last: int) -> int:
        typed = self.text(f"level_{name}")
        level = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else last
        if level < self.viewer.profile.get(name, last):
            self.refuse(f"level_{name}", _("今期の公開範囲より細かくは出せません。"))
        return min(level, last)

    def audience(self) -> Audience:
        chosen = self.text("audience") or "domain"
        if chosen not in AUDIENCES:
            self.refuse("audience", _("だれに読んでもらうかを選んでください。"))
        return AUDIENCES.get(chosen, Audience.EXPERTS)

    def exclude(self) -> tuple[str, ...]:
        names = tuple(name.strip() for name in self.text("exclude").split("\n") if name.strip())
        if len(names) > MAX_EXCLUDED:
            self.refuse("exclude", _("{n}つまで書けます。").format(n=MAX_EXCLUDED))
        if any(len(name) > LONGEST_NAME for name in names):
            self.refuse("exclude", _("名前は一行にひとつずつ書いてください。"))
        return names[:MAX_EXCLUDED]

    def read(self) -> Question:
        subject = self.subject()
        return Question(
            subject=subject,
            topic=self.topic(subject),
            title=self.title(),
            fields=self.fields(),
            facets=self.facets(),
            levels=self.levels(),
            audience=self.audience(),
            company_may=self.text("company_may") == "1",
            exclude=self.exclude(),
            urgent=self.text("urgent") == "1",
            notify=self.text("notify") == "1",
        )


def read_question(trade: Trade, viewer: Viewer, values: Mapping[str, str], *, today: date) -> AskForm:
    """Read the form: either a question, or all messages by field name. A day to decide by is no earlier than `today`."""
    names = field_names(trade)
    reader = _Reader(trade, viewer, {name: value for name, value in values.items() if name in names}, today)
    question = reader.read()
    return AskForm(dict(reader.values), reader.errors, None if reader.errors else question)


def days_passed(trade: Trade, viewer: Viewer, values: Mapping[str, str], *, today: date) -> dict[str, str]:
    """The messages about the days of a draft that lay until they were over."""
    names = {f"field_{one.key}" for one in trade.form.fields if one.kind == "date" and values.get(f"field_{one.key}")}
    errors = read_question(trade, viewer, values, today=today).errors
    return {name: message for name, message in errors.items() if name in names}


def read_words(
    trade: Trade, viewer: Viewer, values: Mapping[str, str], *, before: Mapping[str, str], today: date
) -> tuple[dict[str, str], str, dict[str, str]]:
    """The messages, the title and the fields of a question whose scope is settled; `before` are the fields it has."""
    reader = _Reader(trade, viewer, values, today, before)
    title, fields = reader.title(), reader.fields()
    return reader.errors, title, fields


def field_names(trade: Trade) -> frozenset[str]:
    """Every field the form has; nothing else is kept of a request."""
    return frozenset(
        ["subject", "topic", "title", "audience", "company_may", "exclude", "urgent", "notify"]
        + [f"field_{one.key}" for one in trade.form.fields]
        + [f"facet_{one.key}" for one in trade.facets]
        + [f"level_{one.key}" for one in trade.attributes]
        + [f"level_{SUBJECT}"]
    )
