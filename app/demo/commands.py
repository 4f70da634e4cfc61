"""`shiome demo`: fill the fictional network, and run it. Each line is said in Japanese and English."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from app.audit.reads import newest_report
from app.clock import today
from app.demo.children import Children, Ended
from app.demo.environment import prepare
from app.demo.fill import Filled, claim, fill, work_in
from app.demo.leftovers import begin, end, is_filled, is_migrated, remove_unfinished
from app.demo.material import MaterialProblem, load_material
from app.demo.plan import SEED, make_plan
from app.keyfiles import KeyFolder
from app.settings import Settings, read_settings
from app.wiring import Toolbox, build

SHIOME = Path(sys.executable).with_name("shiome")
PATIENCE = 90.0  # seconds until the web process has to answer


@click.group()
def demo() -> None:
    """The fictional network."""


@demo.command("fill")
@click.option("--seed", default=SEED, show_default=True, help="Another seed makes another network.")
def fill_command(seed: int) -> None:
    """Make keys, schema and the fictional network, unless they are there already."""
    prepare(port=8000)
    _fill_once(read_settings(), seed)


@demo.command("run")
@click.option("--port", default=8000, show_default=True, help="Port to listen on, on this machine only.")
def run_command(port: int) -> None:
    """Fill the network the first time, then run web, worker and post office until Ctrl-C."""
    prepare(port=port)
    settings = read_settings()
    _refuse_taken(port)
    is_audited = _fill_once(settings, SEED)
    children = Children()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: children.stop_soon())
    try:
        _serve(children, port, settings.base_url, is_audited=is_audited)
    except KeyboardInterrupt:
        click.echo()
    except Ended as ended:
        raise click.ClickException(
            f"{ended.name} が終わったので、すべて止めます。 / {ended.name} ended (code {ended.code}); stopping all."
        ) from None
    finally:
        children.stop()


def _serve(children: Children, port: int, address: str, *, is_audited: bool) -> None:
    children.start("web", [str(SHIOME), "serve", "--bind", f"127.0.0.1:{port}"])
    children.start("worker", [str(SHIOME), "worker"])
    children.start("post-office", [str(SHIOME), "post-office"])
    children.start("reporter", [str(SHIOME), "reporter"])
    children.wait_for(f"http://127.0.0.1:{port}/healthz", patience=PATIENCE)
    if children.is_stopping:
        return
    click.echo(f"架空のネットワークが開きました。 / The fictional network is open:  {address}")
    click.echo("止めるには Ctrl-C を押してください。 / Press Ctrl-C to stop it.")
    if not is_audited:  # after the address is there: nobody waits for it
        children.start_short("audit", [str(SHIOME), "privacy", "audit", "--quick"])
    children.watch()


def _fill_once(settings: Settings, seed: int) -> bool:
    """Fill what is not filled; whether the attackers have been let loose on it before."""
    KeyFolder(settings.key_folder).init()
    remove_unfinished(settings.data_dir)
    tools = build(settings)
    with tools.database:
        if is_migrated(tools.database):
            claim(tools)  # before the schema of somebody else's files would be touched
        subprocess.run([str(SHIOME), "migrate"], check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own program
        claim(tools)
        if not is_filled(tools.database):
            _fill(tools, seed)
        with tools.database.reading() as stores:
            return newest_report(stores, tools.vault) is not None


def _fill(tools: Toolbox, seed: int) -> None:
    began = time.monotonic()
    try:
        material = load_material(tools.trade)
    except MaterialProblem as problem:
        raise click.ClickException(str(problem)) from None
    plan = make_plan(material, tools.trade, today=today(tools.clock.now()), seed=seed)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    begin(tools.settings.data_dir)
    with Progress(*columns) as bar:
        task = bar.add_task("架空のネットワークを書いています / Writing the fictional network", total=work_in(plan))
        done = fill(tools, plan, progress=lambda steps: bar.advance(task, steps))
    end(tools.settings.data_dir)
    click.echo(_summary(done, time.monotonic() - began))


def _summary(done: Filled, seconds: float) -> str:
    return (
        f"{done.organisations}組織・{done.members}人・質問{done.threads}件・回答{done.answers}件（{seconds:.0f}秒） / "
        f"{done.organisations} organisations, {done.members} members, {done.threads} questions, "
        f"{done.answers} answers in {seconds:.0f} s"
    )


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise click.ClickException(
                f"ポート{port}は使われています。--port で別の番号を選んでください。 / "
                f"Port {port} is taken; choose another with --port."
            ) from None
