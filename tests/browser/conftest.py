"""A real Chromium against a real server: pages, console and network are watched for the whole test."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright
from werkzeug.serving import make_server

from app.clock import SetClock
from app.keyfiles import KeyFolder
from app.mail.office import PostOffice
from app.mail.relays import OutboxRelay
from app.processes import make_worker
from app.wiring import Toolbox
from tests.cast import Cast, make_cast
from tests.conftest import make_app, make_tools

HERE = Path(__file__).parent
AXE = HERE / "vendor" / "axe-core-4.14.1" / "axe.min.js"
CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome")
WIDTHS = {"phone": (390, 844), "desk": (1280, 900)}
expect.set_options(timeout=20_000)  # a machine may be busy; what comes at once waits for nothing
AXE_OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = pytest.mark.skip(
        reason="no chromium: sh tests/browser/install.sh, or apt-get install chromium fonts-noto-cjk"
    )
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1))  # a busy machine may lose a race once; the report says so
            if CHROMIUM is None:
                item.add_marker(missing)


@dataclass
class Site:
    """The running service: its address, its parts, and a way to let time pass."""

    url: str
    tools: Toolbox
    cast: Cast
    outbox: OutboxRelay
    app: Flask

    def pass_time(self, *, hours: float = 0) -> None:
        """Move the clock, then let worker and post office do all that is due, twice over for what follows."""
        assert isinstance(self.tools.clock, SetClock)
        self.tools.clock.move(hours=hours)
        office = PostOffice(self.tools, KeyFolder(self.tools.settings.key_folder).post_office_privates, self.outbox)
        for worker in (make_worker(self.tools), office.worker()):
            worker.start()
            worker.run_until_idle()


@dataclass
class Watch:
    """What went wrong where nobody looks: console messages, foreign hosts, server errors."""

    troubles: list[str] = field(default_factory=list)

    def console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            self.troubles.append(f"console: {message.text}")

    def request(self, request: Request, own: str) -> None:
        if not request.url.startswith(own):
            self.troubles.append(f"foreign request: {request.url}")

    def follow(self, page: Page, own: str) -> None:
        """Watch one page."""
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        page.on("request", lambda request: self.request(request, own))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@contextmanager
def serve(folder: Path, *, encoder: str = "bundled", peopled: bool = True) -> Iterator[Site]:
    """A fresh network on a free port, with the standing cast enrolled, or without anybody."""
    tools = make_tools(folder, encoder=encoder, mail="outbox", demo=True)
    app = make_app(tools)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    yield Site(url, tools, make_cast(tools) if peopled else Cast({}), OutboxRelay(folder / "outbox"), app)
    server.shutdown()
    thread.join()
    tools.database.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with serve(tmp_path) as served:
        yield served


@pytest.fixture
def watch() -> Iterator[Watch]:
    seen = Watch()
    yield seen
    assert seen.troubles == []


def open_browser(
    chromium: Browser, site: Site, watch: Watch, *, width: str = "phone", locale: str = "ja", **more: object
) -> Page:
    """A page in a browser of its own: nobody shares cookies."""
    size = WIDTHS[width]
    context: BrowserContext = chromium.new_context(
        base_url=site.url,
        viewport={"width": size[0], "height": size[1]},
        locale="ja-JP" if locale == "ja" else "en-GB",
        **more,  # type: ignore[arg-type]
    )
    context.set_default_timeout(30_000)
    page = context.new_page()
    watch.follow(page, site.url)
    return page


def check_page(page: Page, name: str) -> None:
    """No accessibility finding, no sideways scroll; a screenshot to look at when a folder is named."""
    page.wait_for_load_state()  # a page that has only begun to come has no document to look at
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("options => axe.run(document, options)", AXE_OPTIONS)["violations"]
    told = [f"{one['id']}: {[node['target'] for node in one['nodes']][:3]}" for one in found]
    assert told == [], f"{name}: {told}"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{name} scrolls sideways"
    take_picture(page, name)


def take_picture(page: Page, name: str) -> None:
    """Keep a full-page screenshot under .screenshots, if that folder exists."""
    folder = HERE.parent.parent / ".screenshots"
    if folder.is_dir():
        page.screenshot(path=folder / f"{name}.png", full_page=True)
