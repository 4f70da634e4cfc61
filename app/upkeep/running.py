"""Checks of what runs: keys, processes, work that waits, mail, logs, settings."""

from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from typing import Final

from sqlalchemy import func, select

from app.clock import today
from app.escrow.reads import find_glass
from app.gate.rules import overdue_band
from app.gate.wishes import overdue
from app.jobs.models import Job
from app.keyfiles import KeyFileProblem, KeyFolder
from app.logs.reads import check_logs, published_heads
from app.mail.relays import SmtpRelay, make_relay
from app.operating.keys_part import is_running
from app.operating.mail_part import TROUBLES, trouble_of
from app.questions.holding import REFUSED
from app.questions.models import Pending
from app.settings import Settings
from app.upkeep.findings import Finding
from app.web.i18n import gettext as _
from app.web.i18n import lazy
from app.wiring import Toolbox

LANES: Final = {
    "work": ("shiome worker", lazy("作業のプロセス（公開・照合）")),
    "mail": ("shiome post-office", lazy("郵便のプロセス")),
    "report": ("shiome reporter", lazy("集計のプロセス")),
}
LATE: Final = 2  # hours
STUCK: Final = 24


def check_version(tools: Toolbox) -> Iterator[Finding]:
    """Which program this is."""
    yield Finding("version", "ok", _("Shiome {version}").format(version=version("shiome")))
    if find_spec("weasyprint") is None:
        told = _("PDFを作る部品が入っていません。報告書は画面とCSVで読めます。")
        yield Finding("version", "warn", told, "pip install '.[pdf]'")


def check_keys(tools: Toolbox) -> Iterator[Finding]:
    """Whether the key files are there and this process's alone, and the five custodians."""
    folder = KeyFolder(tools.settings.key_folder)
    try:
        folder.roots()
        folder.post_office_public()
    except KeyFileProblem:
        yield Finding("keys", "bad", _("鍵のファイルが足りないか、ほかの人も読めます。"), "shiome keys init")
        return
    yield Finding("keys", "ok", _("鍵のファイルはそろっていて、ほかの人には読めません。"))
    with tools.database.reading() as stores:
        glass = find_glass(stores, today=today(tools.clock.now()))
    if not glass.is_on:
        told = _("鍵を預かる人がまだ5人そろっていません。緊急時に書き手を開けるしくみは止まっています。")
        yield Finding("keys", "warn", told, "shiome escrow custodians add")


def check_processes(tools: Toolbox) -> Iterator[Finding]:
    """Whether worker, post office and reporter run on this machine."""
    for lane, (command, name) in LANES.items():
        if is_running(tools.database.folder, lane):
            yield Finding("processes", "ok", _("{name}は動いています。").format(name=_(name)))
        else:
            told = _("{name}は、この機械では動いていません。").format(name=_(name))
            yield Finding("processes", "bad" if lane == "work" else "warn", told, command)


def check_queues(tools: Toolbox) -> Iterator[Finding]:
    """How long the oldest work that is due has waited, and what failed for good."""
    with tools.database.reading() as stores:
        content = stores.content
        due = select(Job.lane, func.min(Job.due_window)).where(Job.state == "ready").group_by(Job.lane)
        oldest = dict(content.execute(due).all())
        dead = content.scalar(select(func.count()).where(Job.state == "dead")) or 0
        late = overdue_band(overdue(stores, window=tools.window))
        unpublished = content.scalar(select(func.min(Pending.due_window)).where(Pending.due_window < REFUSED))
    for lane, (_command, name) in LANES.items():
        yield _waiting(_(name), _lag(tools, oldest.get(lane)))
    yield _waiting(_("公開を待つ投稿"), _lag(tools, unpublished))
    if late:
        told = _("24時間を過ぎても、世話役のひとことを待っている投稿が{n}件以上あります。").format(n=late)
        yield Finding("queues", "warn", told, _("世話役に、机を見てもらってください。"))
    if dead:
        told = _("うまくいかずに止まった仕事が{n}件あります。").format(n=dead)
        yield Finding("queues", "warn", told, "shiome jobs list")


def _lag(tools: Toolbox, due: int | None) -> int:
    """Hours, rounded down."""
    return 0 if due is None else max(0, tools.window - due) * tools.settings.window_seconds // 3600


def _waiting(name: str, lag: int) -> Finding:
    if lag < LATE:
        return Finding("queues", "ok", _("{name}：遅れはありません。").format(name=name))
    told = _("{name}：いちばん古いものが{n}時間遅れています。").format(name=name, n=lag)
    return Finding("queues", "bad" if lag >= STUCK else "warn", told, _("プロセスが動いているか、見てください。"))


def check_relay(tools: Toolbox) -> Iterator[Finding]:
    """Speak to the mail server as a letter would, and send none."""
    relay = make_relay(tools.settings)
    if not isinstance(relay, SmtpRelay):
        yield Finding("mail", "ok", _("メールは外へ出ません（デモ）。"))
        return
    try:
        relay.try_out()
    except OSError as error:
        yield Finding("mail", "bad", _(TROUBLES[trouble_of(error)]))
        return
    yield Finding("mail", "ok", _("メールサーバーと話せました。"))


def check_chains(tools: Toolbox) -> Iterator[Finding]:
    """Whether both logs are as they were published."""
    with tools.database.reading() as stores:
        faults = [name for name, fault in check_logs(stores, published_heads(stores)).items() if fault]
    if faults:
        told = _("公開した記録の要約と合わないログがあります（{names}）。").format(names=_("、").join(faults))
        yield Finding("logs", "bad", told, "shiome logs verify")
    else:
        yield Finding("logs", "ok", _("二つのログは、公開した要約のとおりです。"))
    if tools.settings.heads_file is None:
        told = _("ログの要約は、この機械の中にしか残りません。")
        yield Finding("logs", "warn", told, "SHIOME_HEADS_FILE")


def check_settings(tools: Toolbox) -> Iterator[Finding]:
    """Settings that are right for trying out and wrong for a real network."""
    settings = tools.settings
    if settings.demo:
        yield Finding("settings", "warn", _("架空のネットワークとして動いています。"), "SHIOME_DEMO")
        return
    found = [Finding("settings", "warn", _(told), variable) for variable, told in _unset(settings).items()]
    yield from found or [Finding("settings", "ok", _("設定に、初期値のまま困るものはありません。"))]


def _unset(settings: Settings) -> dict[str, str]:
    doubts = {
        "SHIOME_BASE_URL": (
            not settings.base_url.startswith("https://"),
            lazy("アドレスがhttpsではありません。サインインが続きません。"),
        ),
        "SHIOME_CONTACT": (settings.contact.endswith("@localhost"), lazy("問い合わせ先が初期値のままです。")),
        "SHIOME_MAIL_FROM": (settings.mail_from.endswith("@localhost"), lazy("メールの差出人が初期値のままです。")),
        "SHIOME_FORWARDED_HOPS": (
            settings.base_url.startswith("https://") and settings.forwarded_hops == 0,
            lazy("手前のプロキシが数えられていません。すべての人が一つのアドレスから来たように見えます。"),
        ),
    }
    return {variable: told for variable, (is_doubtful, told) in doubts.items() if is_doubtful}
