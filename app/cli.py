"""Operator commands: thin like routes."""

import logging
import os
import sys
from pathlib import Path

import click
import structlog
from alembic import command
from alembic.config import Config

import app.features  # noqa: F401  loads every table
from app.accounts.commands import organisations
from app.audit.commands import privacy
from app.backups.commands import backup, put_back, verify
from app.db import STORES, store_path
from app.demo.commands import demo
from app.domains.opening import open_network
from app.escrow.commands import escrow
from app.escrow.custodian_commands import custodian
from app.history.commands import import_history, replay
from app.history.prior_commands import fit_prior
from app.insights.keyring import ReporterKeys
from app.insights.period_commands import give_up
from app.insights.plan_commands import insights
from app.insights.reporter import Reporter
from app.jobs import queue
from app.jobs.worker import Worker
from app.keyfiles import KeyFolder
from app.logs.commands import logs
from app.mail.office import PostOffice
from app.mail.relays import make_relay
from app.operating.commands import roles, setup
from app.processes import PROBLEMS, make_worker
from app.recognition.commands import badge
from app.redacting.commands import redact
from app.reindexing.commands import reindex
from app.reindexing.worker import check_encoder
from app.rotation.commands import rotate, status
from app.settings import read_settings
from app.upkeep.commands import doctor
from app.wiring import Toolbox

ROOT = Path(__file__).resolve().parent.parent
MEMORY = Path("/dev/shm")  # noqa: S108  Linux: gunicorn's own advice; elsewhere there is none


class Problems(click.Group):
    """Says what is wrong in one line instead of a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except PROBLEMS as error:
            raise click.ClickException(str(error)) from None


@click.group(cls=Problems)
@click.pass_context
def main(context: click.Context) -> None:
    """潮目 Shiome: run the service and look after it."""
    context.obj = tools  # for commands of features too low to know whose database it is
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))


def tools() -> Toolbox:
    """The parts, from the environment."""
    return open_network(read_settings())


@main.group()
def keys() -> None:
    """Key files."""


@keys.command("init")
def keys_init() -> None:
    """Make the key files that are missing, mode 0400. Never overwrites one."""
    for path in KeyFolder(read_settings().key_folder).init():
        click.echo(f"made {path}")


@main.command()
@click.option("--to", "revision", default="head", help="A revision, or head.")
def migrate(revision: str) -> None:
    """Bring the three files to the newest schema."""
    command.upgrade(alembic_config(read_settings().data_dir), revision)
    click.echo("schema: " + ", ".join(str(store_path(read_settings().data_dir, store)) for store in STORES))


def alembic_config(data_dir: Path) -> Config:
    """alembic's settings for one data folder."""
    config = Config(toml_file=str(ROOT / "pyproject.toml"))
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["data_dir"] = str(data_dir)
    return config


@main.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address to listen on.")
@click.option("--workers", default=1, show_default=True, help="Web processes.")
@click.option("--threads", default=8, show_default=True, help="Threads a process.")
def serve(bind: str, workers: int, threads: int) -> None:
    """Run the web service. It writes no access log: addresses and paths together would tell too much."""
    read_settings()  # here a wrong one ends it; a web process that cannot read them would be started again and again
    os.execv(sys.executable, serving(bind, workers, threads))  # noqa: S606  our own program, no shell


def serving(bind: str, workers: int, threads: int) -> list[str]:
    """gunicorn's command line. It opens no socket but the web's; heartbeats are kept in memory where that is a folder."""
    arguments = ["gunicorn", "app.processes:web()", "--bind", bind, "--workers", str(workers)]
    arguments += ["--worker-class", "gthread", "--threads", str(threads), "--no-control-socket"]
    arguments += ["--worker-tmp-dir", str(MEMORY)] if MEMORY.is_dir() else []
    return [sys.executable, "-m", *arguments]


@main.command()
@click.option("--until-idle", is_flag=True, help="Stop when nothing is due.")
def worker(until_idle: bool) -> None:
    """Publish windows, embed, route. Safe to stop at any moment."""
    parts = tools()
    check_encoder(parts)
    _work(make_worker(parts), until_idle)


@main.command("post-office")
@click.option("--until-idle", is_flag=True, help="Stop when nothing is due.")
def post_office(until_idle: bool) -> None:
    """Send mail: the one process that opens the addresses left for mail."""
    parts = tools()
    settings = parts.settings
    folder = KeyFolder(settings.key_folder)
    folder.post_office()  # a process that cannot open letters says so at its start
    office = PostOffice(parts, folder.post_office_privates, make_relay(settings))
    _work(office.worker(), until_idle)


@main.command()
@click.option("--until-idle", is_flag=True, help="Stop when what is due today is done.")
def reporter(until_idle: bool) -> None:
    """Make the reports: the one process that opens what was left to be counted."""
    parts = tools()
    made = Reporter(parts, ReporterKeys(parts.settings.reporter_folder))
    made.check()
    _work(made.worker(), until_idle)


def _work(one: Worker, until_idle: bool) -> None:
    one.start()
    if until_idle:
        one.run_until_idle()
    else:
        one.run()


@main.group()
def jobs() -> None:
    """Work that waits, and work that failed."""


@jobs.command("list")
def jobs_list() -> None:
    """How much waits and what is dead, by kind and error class."""
    with tools().database.reading() as stores:
        for kind, state, error, number in queue.summary(stores):
            click.echo(f"{state:6} {kind:10} {number:6} {error or ''}")


@jobs.command("revive")
def jobs_revive() -> None:
    """Put every dead letter back into work."""
    with tools().database.transaction("content") as stores:
        click.echo(f"{queue.revive(stores)} jobs are ready again")


keys.add_command(rotate)
keys.add_command(status)
main.add_command(backup)
main.add_command(put_back)
main.add_command(verify)
main.add_command(organisations)
main.add_command(setup)
main.add_command(roles)
main.add_command(demo)
insights.add_command(give_up)
main.add_command(insights)
main.add_command(logs)
main.add_command(escrow)
main.add_command(custodian)
main.add_command(import_history)
main.add_command(replay)
main.add_command(fit_prior)
main.add_command(reindex)
main.add_command(redact)
main.add_command(privacy)
main.add_command(doctor)
main.add_command(badge)
