"""Fields of the six steps -> clean values, or all messages at once."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date
from typing import Any, Final

from wtforms import BooleanField, FileField, StringField
from wtforms.validators import Optional, StopValidation

from app.accounts.declining import HERE_ALREADY, WHYS
from app.accounts.forms import at_most, filled, is_address
from app.accounts.organisations import NewOrganisation, OrganisationCard, Why
from app.accounts.rules import clean_address
from app.domains.trade import Trade
from app.operating.rules import fold
from app.web.forms import DayField, HouseForm
from app.web.i18n import gettext as _
from app.web.i18n import lazy

_DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_BETWEEN: Final = re.compile(r"[\n,;\u3001\uff0c\uff1b]+")
BETWEEN: Final = "、"
_CELL: Final = re.compile(r"[\t|\uff5c]")
LONGEST: Final = 80  # characters of a name
AT_ONCE: Final = 30  # organisations: as many codes as one browser keeps for printing
MOST: Final = 20  # names, sites or domains of one organisation


class SetupCodeForm(HouseForm):
    """The code that `shiome setup` printed."""

    code = StringField(validators=[filled(lazy("コードを入力してください。")), at_most(60)])

    @property
    def letters(self) -> str:
        return fold(self.code.data or "")


class NetworkForm(HouseForm):
    """Step 1: what the network is called and what it promises. English left empty says the same in Japanese."""

    name_ja = StringField(validators=[filled(lazy("ネットワークの名前を入力してください。")), at_most(40)])
    name_en = StringField(validators=[at_most(60)])
    tagline_ja = StringField(validators=[filled(lazy("ひとことの説明を入力してください。")), at_most(60)])
    tagline_en = StringField(validators=[at_most(120)])
    company_ja = StringField(validators=[filled(lazy("運営する会社の名前を入力してください。")), at_most(60)])
    company_en = StringField(validators=[at_most(80)])
    goal_ja = StringField(validators=[filled(lazy("めざすことを入力してください。")), at_most(600)])
    goal_en = StringField(validators=[at_most(1200)])
    by = DayField(validators=[Optional()])
    does_not_ja = StringField(validators=[filled(lazy("しないことを入力してください。")), at_most(1000)])
    does_not_en = StringField(validators=[at_most(2000)])

    @classmethod
    def of(cls, trade: Trade) -> "NetworkForm":
        """The form with what counts now in it."""
        network, charter = trade.network, trade.charter
        words = {"name": network.name, "tagline": network.tagline, "company": network.company}
        words |= {"goal": charter.goal, "does_not": charter.does_not}
        kept = {f"{name}_ja": one.ja for name, one in words.items()} | {f"{n}_en": one.en for n, one in words.items()}
        return cls(data={**kept, "by": trade.charter.by})

    def check(self, today: date) -> bool:
        """Whether everything can be kept: a goal without a day to look at it is none."""
        valid = self.validate_on_submit()
        if not self.by.errors and (self.by.data is None or self.by.data <= today):
            self.by.errors = [_("めざすことを確かめる日を、今日より後で選んでください。")]
        return valid and not self.by.errors

    def words(self, name: str) -> dict[str, str]:
        """One text in both languages."""
        ja, en = (_clean(self[f"{name}_{locale}"].data) for locale in ("ja", "en"))
        return {"ja": ja, "en": en or ja}

    @property
    def network(self) -> dict[str, Any]:
        return {name: self.words(name) for name in ("name", "tagline", "company")}

    @property
    def charter(self) -> dict[str, Any]:
        by = self.by.data.isoformat() if self.by.data else None
        return {"goal": self.words("goal"), "does_not": self.words("does_not"), "by": by}


class DomainFileForm(HouseForm):
    """Step 2: a bundled file, or one's own as text or upload."""

    source = StringField()
    text = StringField()
    upload = FileField()

    def typed(self) -> str:
        """The file as text; what was uploaded comes before what stands in the field. Raises UnicodeDecodeError."""
        sent: Any = self.upload.data
        if getattr(sent, "filename", None):
            raw: bytes = sent.read()
            return raw.decode("utf-8-sig").replace("\r\n", "\n")
        return (self.text.data or "").replace("\r\n", "\n")


class MailTestForm(HouseForm):
    """Step 3: where the test letter goes."""

    mail = StringField(validators=[filled(lazy("試しのメールを受け取るアドレスを入力してください。")), is_address])

    @property
    def address(self) -> str:
        return clean_address(self.mail.data or "") or ""


def _no_names_in_domains(_form: Any, field: Any) -> None:
    wrong = [one for one in split(field.data) if not _DOMAIN.fullmatch(unicodedata.normalize("NFKC", one).casefold())]
    if wrong:
        raise StopValidation(_("メールのドメインは「example.co.jp」のように、@より後だけを書いてください。"))


def _few(_form: Any, field: Any) -> None:
    parts = split(field.data)
    if len(parts) > MOST or any(len(one) > 80 for one in parts):
        raise StopValidation(_("ひとつ80文字まで、{n}個までにしてください。").format(n=MOST))


class OrganisationForm(HouseForm):
    """Step 5: one organisation more."""

    name = StringField(validators=[filled(lazy("組織の名前を入力してください。")), at_most(80)])
    aliases = StringField(validators=[_few])
    sites = StringField(validators=[_few])
    mail_domains = StringField(validators=[_few, _no_names_in_domains])

    def entry(self, *, is_company: bool) -> NewOrganisation:
        """What was typed, cleaned."""
        aliases, sites = tuple(split(self.aliases.data)), tuple(split(self.sites.data))
        domains = tuple(unicodedata.normalize("NFKC", one).casefold() for one in split(self.mail_domains.data))
        return NewOrganisation(_clean(self.name.data), aliases, sites, domains, is_company)


class CorrectForm(OrganisationForm):
    """An organisation put right; the name it had stays among its aliases unless that was a mistake."""

    keep_name = BooleanField()

    @classmethod
    def of(cls, card: OrganisationCard) -> "CorrectForm":
        """The form with what counts now in it."""
        lists = {"aliases": card.aliases, "sites": card.sites, "mail_domains": card.mail_domains}
        now = {name: BETWEEN.join(words) for name, words in lists.items()}
        return cls(data={**now, "name": card.name, "keep_name": True})


class DeclineForm(HouseForm):
    """Why an organisation is not let in; and which one it is, where it is here already."""

    why = StringField()
    instead = StringField()
    keep_name = BooleanField()

    def check(self, ids: Collection[str]) -> bool:
        """Whether a reason was chosen, and with it, where it needs one, one of these organisations."""
        valid = bool(self.validate_on_submit())
        if self.why.data not in WHYS:
            self.refuse(self.why, _("わけを選んでください。"))
        elif self.why.data == HERE_ALREADY and self.instead.data not in ids:
            self.refuse(self.instead, _("どの組織かを選んでください。"))
        return valid and not self.errors

    @property
    def reason(self) -> Why:
        """The reason, once checked."""
        return next(one for one in WHYS if one == self.why.data)

    @property
    def target(self) -> str:
        """The organisation it is; of the other reasons none, whatever was chosen."""
        return self.instead.data or "" if self.why.data == HERE_ALREADY else ""


class SeveralForm(HouseForm):
    """Step 5: many at once, a line each: name, other names, sites, mail domains, as a spreadsheet pastes them."""

    lines = StringField(validators=[filled(lazy("一行にひとつずつ、組織の名前を入力してください。"))])

    @property
    def entries(self) -> list[NewOrganisation]:
        """What was typed, cleaned; empty where a line cannot be read, which is then said at the field."""
        numbered = enumerate((self.lines.data or "").splitlines(), 1)
        read = {number: _entry_of(line) for number, line in numbered if line.strip()}
        wrong = [number for number, entry in read.items() if entry is None]
        if wrong:
            self.refuse(
                self.lines,
                _("{n}行目を読めません。名前は80文字まで、ドメインは@より後だけにしてください。").format(n=wrong[0]),
            )
        elif len(read) > AT_ONCE:
            self.refuse(self.lines, _("一度に足せるのは{n}までです。").format(n=AT_ONCE))
        return [entry for entry in read.values() if entry] if not self.lines.errors else []


def _entry_of(line: str) -> NewOrganisation | None:
    name, aliases, sites, domains = [one.strip() for one in (*_CELL.split(line.strip()), "", "", "")][:4]
    listed = tuple(unicodedata.normalize("NFKC", one).casefold() for one in split(domains))
    if not name or len(name) > LONGEST or not all(map(_DOMAIN.fullmatch, listed)):
        return None
    return NewOrganisation(_clean(name), tuple(split(aliases))[:MOST], tuple(split(sites))[:MOST], listed[:MOST])


def split(text: str | None) -> list[str]:
    """Parts between commas or lines, each once."""
    return list(dict.fromkeys(filter(None, map(_clean, _BETWEEN.split(text or "")))))


def _clean(text: str | None) -> str:
    # NFC: in prose a wide bracket stays one
    lines = unicodedata.normalize("NFC", text or "").splitlines()
    return "\n".join(" ".join(line.split()) for line in lines).strip()
