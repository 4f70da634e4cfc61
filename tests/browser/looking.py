"""Looking at a page in every dress: two widths, two languages, light and dark. What is wrong is collected, not raised."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask
from playwright.sync_api import Browser, Page, Response
from werkzeug.exceptions import HTTPException

from tests.browser.conftest import AXE, AXE_OPTIONS, WIDTHS, Site, Watch, open_browser

NARROW = {"width": 320, "height": 700}
DARK_ON = {"ja": "desk", "en": "phone"}  # with the light one: every pair of language, width and scheme
OPEN_ALL = "document.querySelectorAll('main details').forEach(one => { one.open = true })"
MEASURE = """() => {
  const shown = element => element.checkVisibility() && element.getBoundingClientRect().width > 1;
  const inText = link => {
    const around = link.closest("p, li, dd, td");
    return around && getComputedStyle(link).display === "inline"
      && around.textContent.trim().length > link.textContent.trim().length + 3;
  };
  const boxOf = element => {
    if (element.matches("input[type=checkbox], input[type=radio]")) return element.closest("label") ?? element;
    const over = getComputedStyle(element, "::after");
    return over.position === "absolute" && over.content !== "none" ? element.offsetParent : element;
  };
  const targets = document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])");
  const small = [...targets].filter(shown).filter(one => !(one.matches("a") && inText(one))).map(one => {
    const box = boxOf(one).getBoundingClientRect();
    return [`${one.tagName} ${one.textContent.trim().slice(0, 20) || one.name}`, box.width, box.height];
  }).filter(([, width, height]) => width < 43.5 || height < 43.5);
  return {
    lang: document.documentElement.lang,
    heads: [...document.querySelectorAll("h1")].filter(shown).length,
    title: document.title.split(/[｜|]/)[0].trim(),
    sideways: document.documentElement.scrollWidth > window.innerWidth,
    small: small.map(([name, width, height]) => `${name} ${Math.round(width)}x${Math.round(height)}`),
  };
}"""


@dataclass
class Notebook:
    """What was seen over all the tours: pages looked at, their titles, and troubles by tour."""

    endpoints: set[str] = field(default_factory=set)
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    troubles: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


@dataclass
class Look:
    """One visitor's eyes in one language."""

    page: Page
    site: Site
    book: Notebook
    tour: str
    locale: str

    def trouble(self, words: str) -> None:
        """Note what is wrong."""
        self.book.troubles[self.tour].append(f"{self.locale} {words}")

    def go(self, path: str, name: str, status: int = 200) -> None:
        """Open a page and look at it."""
        self.at(name, status, self.page.goto(path))

    def send(self, name: str, status: int = 422, *, form: str = "main form[method=post]", **fields: str) -> None:
        """Fill fields, send the form, look at what comes, and see that what was typed is still there."""
        self.page.evaluate(OPEN_ALL)
        for key, value in fields.items():
            self.page.locator(f"{form} [name='{key}']").first.fill(value)
        with self.page.expect_navigation() as arrived:
            self.page.locator(form).first.evaluate("form => form.submit()")
        self.at(name, status, arrived.value)
        kept = {key: self.page.locator(f"{form} [name='{key}']").first for key in fields} if status == 422 else {}
        for key, box in kept.items():
            if box.get_attribute("type") != "password" and box.input_value() != fields[key]:
                self.trouble(f"{name}: what was typed in {key} is gone")

    def at(self, name: str, status: int, response: Response | None) -> None:
        """Look at the page that is open, in every dress."""
        if response is None or response.status != status:
            self.trouble(f"{name}: {response and response.status} instead of {status}")
            return
        if status == 200:
            self.book.endpoints.add(endpoint_of(self.site.app, self.page.url))
        self.page.evaluate(OPEN_ALL)
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        for width, size in WIDTHS.items():
            self.page.set_viewport_size({"width": size[0], "height": size[1]})
            self.page.emulate_media(color_scheme="dark" if DARK_ON[self.locale] == width else "light")
            self.accessible(f"{name} {width}")
            self.measured(name, width)
        self.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        self.measured(name, "narrow")

    def accessible(self, name: str) -> None:
        """Ask axe."""
        found = self.page.evaluate("options => axe.run(document, options)", AXE_OPTIONS)["violations"]
        for one in found:
            self.trouble(f"{name}: {one['id']} {[node['target'] for node in one['nodes']][:3]}")

    def measured(self, name: str, width: str) -> None:
        """Language, heading, title, sideways scroll, and the size of what is pressed."""
        seen = self.page.evaluate(MEASURE)
        if seen["lang"] != self.locale or seen["heads"] != 1 or seen["sideways"] or seen["small"]:
            self.trouble(f"{name} {width}: { {key: seen[key] for key in ('lang', 'heads', 'sideways', 'small')} }")
        title, kind = seen["title"], name.partition(":")[0]
        known = self.book.titles.setdefault((self.locale, title), kind)
        if not title or known != kind:
            self.trouble(f"{name}: its title “{title}” is also that of {known}")


Tour = Callable[[Look], None]


def take(
    chromium: Browser, site: Site, book: Notebook, name: str, tour: Tour, *, sign_in: Callable[[Page], None]
) -> None:
    """Walk one tour in both languages, in one browser, signed in once."""
    watch = Watch()
    page = open_browser(chromium, site, watch, reduced_motion="reduce")
    sign_in(page)
    for locale in ("ja", "en"):
        page.set_viewport_size({"width": WIDTHS["phone"][0], "height": WIDTHS["phone"][1]})
        speak(page, locale)
        tour(Look(page, site, book, name, locale))
    book.troubles[name] += watch.troubles
    page.context.close()


def speak(page: Page, locale: str) -> None:
    """Choose a language by the button in the header."""
    page.goto("/")
    if page.locator("html").get_attribute("lang") != locale:
        page.locator(f"header button[name=locale][value={locale}]").click()
        page.wait_for_load_state()


def endpoint_of(app: Flask, url: str) -> str:
    """Which route a GET of this address is."""
    path = "/" + url.split("#")[0].split("?")[0].split("/", 3)[3]
    try:
        return str(app.url_map.bind("").match(path, method="GET")[0])
    except HTTPException:
        return ""


# A page with something of everything wrong, which looking has to see.
SPOIL = """() => {
  document.querySelector("main").insertAdjacentHTML("beforeend",
    `<h1>two</h1><button>x</button><img src="/static/img/mark.svg"><p id="wide">.</p><a href="https://elsewhere.example/">x</a>`);
  document.getElementById("wide").style.width = "2000px";
  document.querySelector("h1").style.color = "#cccccc";
  document.title = "";
}"""
