"""Part 2: the domain file. Checked with line and key, previewed, compared with what counts now, kept as a version."""

from dataclasses import replace

from flask import flash, make_response, request
from werkzeug.wrappers import Response

from app.clock import today
from app.domains.checking import NotADomainFile, Problem, read_trade
from app.domains.current import tell_others
from app.domains.kept import Kept, get_version, keep_version, list_versions, newest, trade_of
from app.domains.trade import BUNDLED, Trade, load_trade, path_of
from app.operating.forms import DomainFileForm
from app.operating.gate import Room, note
from app.operating.in_use import find_in_use
from app.operating.previews import preview
from app.operating.rules import DOMAIN_FILE, Orphans, diff, find_lost
from app.operating.service import note_done
from app.operating.words import lost_words, problem_words
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox


def show(room: Room) -> Response:
    """The editor; its buttons check, keep, or go back to an earlier version."""
    if request.method == "POST":
        return {"keep": _keep, "back": _back}.get(request.form.get("do", ""), _check)(room)
    number = request.args.get("download", type=int)
    return _page(room) if number is None else _download(number)


def text_of(kept: Kept, domain_file: str) -> str:
    """The file a version is about: its own, or the settings'."""
    return kept.text or path_of(domain_file).read_text(encoding="utf-8")


def _check(room: Room) -> Response:
    """What keeping it would change; nothing is kept."""
    form = DomainFileForm()
    try:
        text, trade = _typed(form)
        lost = _lost(toolbox(), trade)
    except NotADomainFile as refusal:
        return _page(room, form.text.data or "", problems=refusal.problems)
    if lost:
        return _page(room, text, lost=lost)
    return _page(room, text, checked=trade)


def _keep(room: Room) -> Response:
    form = DomainFileForm()
    try:
        text, trade = _typed(form)
        version = _put(toolbox(), trade, text)
    except NotADomainFile as refusal:
        return _page(room, form.text.data or "", problems=refusal.problems)
    except Orphans as refusal:
        return _page(room, text, lost=[lost_words(one) for one in refusal.lost])
    flash(_("分野のファイルを、第{n}版として使い始めました。").format(n=version), "ok")
    return room.go(room.following)


def _back(room: Room) -> Response:
    """An earlier version, as the newest one."""
    tools, number = toolbox(), request.form.get("version", 0, type=int)
    with tools.database.reading() as stores:
        earlier = get_version(stores, tools.vault, number)
    text = text_of(earlier, tools.settings.domain_file)
    try:
        version = _put(tools, read_trade(text), earlier.text)
    except NotADomainFile as refusal:
        return _page(room, text, problems=refusal.problems)
    except Orphans as refusal:
        return _page(room, text, lost=[lost_words(one) for one in refusal.lost])
    flash(_("第{old}版の内容にもどし、第{n}版としました。").format(old=number, n=version), "ok")
    return room.go()


def _typed(form: DomainFileForm) -> tuple[str, Trade]:
    """What was chosen or typed, read. Raises NotADomainFile."""
    source = form.source.data or ""
    if source in bundled():
        form.text.data = (BUNDLED / f"{source}.toml").read_text(encoding="utf-8")
    else:
        try:
            form.text.data = form.typed()
        except UnicodeDecodeError:
            raise NotADomainFile([Problem("encoding", "", None, "not UTF-8")]) from None
    text = form.text.data or ""
    return text, read_trade(text)


def bundled() -> list[str]:
    """The domain files that come with the program."""
    return sorted(path.stem for path in BUNDLED.glob("*.toml"))


def _lost(tools: Toolbox, new: Trade) -> list[str]:
    with tools.database.reading() as stores:
        found = find_in_use(stores, tools.vault, tools.trade)
    return [lost_words(one) for one in find_lost(found, tools.trade, new)]


def _put(tools: Toolbox, trade: Trade, text: str) -> int:
    """Keep a file as the newest version, decided over what is in use in the transaction that writes. Raises Orphans."""
    day = today(tools.clock.now())
    with tools.database.transaction("identity", "content") as stores:
        lost = find_lost(find_in_use(stores, tools.vault, tools.trade), tools.trade, trade)
        if lost:
            raise Orphans(lost)
        now = replace(newest(stores, tools.vault), what="file", text=text)
        trade_of(now, load_trade(tools.settings.domain_file))  # with the name and charter above it
        kept = keep_version(stores, tools.vault, now, today=day)
        note_done(stores, tools.vault, step=DOMAIN_FILE, today=day)
        note(stores, tools, "domain-file.changed")
    tell_others(tools, kept.version)
    return kept.version


def _page(
    room: Room,
    text: str = "",
    *,
    problems: tuple[Problem, ...] = (),
    lost: list[str] | None = None,
    checked: Trade | None = None,
) -> Response:
    tools = toolbox()
    with tools.database.reading() as stores:
        versions = list_versions(stores, tools.vault)
    current = text_of(versions[0] if versions else Kept(), tools.settings.domain_file)
    return room.page(
        status=422 if problems or lost else 200,
        text=text or current,
        source=request.form.get("source", "own"),
        files=[(name, str(load_trade(name).network.name), _of_subjects(load_trade(name))) for name in bundled()],
        problems=[problem_words(one) for one in problems],
        lost=lost or [],
        changes=diff(current, text) if checked else [],
        checked=preview(checked) if checked else None,
        current=preview(tools.trade),
        versions=versions,
    )


def _of_subjects(trade: Trade) -> str:
    return _("、").join(str(group.name) for group in trade.groups)


def _download(number: int) -> Response:
    """The file of one version, or what counts now."""
    tools = toolbox()
    with tools.database.reading() as stores:
        kept = get_version(stores, tools.vault, number) if number else newest(stores, tools.vault)
    response = make_response(text_of(kept, tools.settings.domain_file))
    response.headers["Content-Type"] = "application/toml; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="domain-file-{kept.version}.toml"'
    return response
