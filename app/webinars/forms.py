"""Request fields -> a plan or a lecturer's appearance, or every message at once. No message repeats what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domains.trade import Trade
from app.questions.rules import BadText, clean_text
from app.web.i18n import gettext as _
from app.webinars.planning import Plan
from app.webinars.rules import APPEARING, FORMS, MAX_NAME, Times, is_room, read_times
from app.webinars.speaking import Appearance
from app.webinars.words import time_words


@dataclass(frozen=True, slots=True)
class PlanForm:
    """Everything of a plan but its texts, which are checked apart; or what is wrong."""

    form: str
    times: Times | None
    company_may: bool
    by_company: bool
    subject: str
    link: str = field(repr=False)
    errors: Mapping[str, str] = field(default_factory=dict)

    def plan(self, texts: Mapping[str, str]) -> Plan:
        """With its texts. Only where nothing is wrong."""
        assert self.times is not None  # noqa: S101 (asked before)
        return Plan(
            form=self.form, times=self.times, company_may=self.company_may, title=texts["title"],
            about=texts.get("about", ""), subject=self.subject, link=self.link if self.form == "video" else "",
            by_company=self.by_company,
        )  # fmt: skip


def read_plan(trade: Trade, values: Mapping[str, str], *, today: date, link: str = "") -> PlanForm:
    """Read it. `link` is the room known already: nobody has to type it again, and no page shows it."""
    times, wrong = read_times(
        values.get("day", ""), values.get("begins", ""), values.get("length", "").strip(), today=today
    )
    errors = {name: time_words(name, reason) for name, reason in wrong.items()}
    form = values.get("form", "")
    if form not in FORMS:
        errors["form"] = _("文字か映像かを選んでください。")
    room = values.get("link", "").strip() or link
    if form == "video" and not is_room(room):
        errors["link"] = _("https:// で始まる、会の部屋のアドレスを入れてください。")
    subject = values.get("subject", "")
    if subject not in {group.key for group in trade.groups}:
        subject = ""
    by_company = values.get("by_company") == "1"
    return PlanForm(form, times, values.get("company_may") == "1" or by_company, by_company, subject, room, errors)


def read_looks(values: Mapping[str, str], *, may_name: bool) -> tuple[Appearance | None, dict[str, str]]:
    """How a lecturer wants to appear, or what is wrong. A name counts only on its own form, with its own tick."""
    how = values.get("as", "")
    if how not in APPEARING or (how == "name" and not may_name):
        return None, {"as": _("どう名乗るかを選んでください。")}
    if how != "name":
        return Appearance("pen" if how == "pen" else "handle"), {}
    errors = {}
    try:
        name = " ".join(clean_text(values.get("name", ""), MAX_NAME).split())
    except BadText:
        name, errors["name"] = "", _("お名前を{n}文字までで入れてください。").format(n=MAX_NAME)
    if values.get("sure") != "1":
        errors["sure"] = _("名前を出すことを、もう一度確かめてください。")
    return (None if errors else Appearance("name", name, values.get("fee") == "1")), errors
