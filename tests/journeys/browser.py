"""A browser for journeys: it reads the forms of a page and sends what they hold, and keeps every answer it got."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

Fields = dict[str, list[str]]


@dataclass
class Form:
    """One form as the page wrote it; what is chosen or filled in already stays."""

    action: str
    method: str
    fields: Fields = field(default_factory=dict)

    def filled(self, **values: object) -> Fields:
        """The fields with some of them filled in anew; a list sends the name several times."""
        changed = {name: _texts(value) for name, value in values.items()}
        return {**self.fields, **changed}


@dataclass(frozen=True)
class Answer:
    """One answer of the service."""

    path: str
    status: int
    headers: str
    body: bytes
    location: str = ""

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    @property
    def forms(self) -> list[Form]:
        return read_forms(self.text)

    def form(self, action: str) -> Form:
        """The form that goes to this path; with an empty action it goes to the page itself."""
        found = [form for form in self.forms if (urlsplit(form.action).path or self.path) == action]
        assert found, f"{self.path} ({self.status}) has no form to {action}"
        return found[0]

    def has_form(self, action: str) -> bool:
        """Whether the page offers it."""
        return any(urlsplit(form.action).path == action for form in self.forms)

    def links(self, under: str) -> list[str]:
        """Paths the page links to below `under`, each once, in order."""
        found = [urlsplit(link).path for link in read_links(self.text)]
        return list(dict.fromkeys(path for path in found if path.startswith(under) and path != under))


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._open: Form | None = None
        self._select = ""
        self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag == "form":
            self._open = Form(found.get("action", ""), found.get("method", "get"))
            self.forms.append(self._open)
        elif self._open is not None:
            self._control(tag, found)

    def _control(self, tag: str, found: Mapping[str, str]) -> None:
        name, fields = found.get("name", ""), self._open.fields if self._open else {}
        if tag == "input" and name:
            kind = found.get("type", "text")
            if kind in ("checkbox", "radio"):
                if "checked" in found:
                    fields.setdefault(name, []).append(found.get("value", "on"))
            elif kind not in ("submit", "button"):
                fields.setdefault(name, []).append(found.get("value", ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in found:
            fields.setdefault(self._select, []).append(found.get("value", ""))
        elif tag == "textarea" and name:
            self._textarea = name
            fields.setdefault(name, [""])

    def handle_data(self, data: str) -> None:
        if self._textarea and self._open is not None:
            self._open.fields[self._textarea][0] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""


def read_forms(html: str) -> list[Form]:
    """Every form of a page."""
    parser = _Forms()
    parser.feed(html)
    return parser.forms


def read_links(html: str) -> list[str]:
    """Every address a page links to."""
    parser = _Forms()
    parser.feed(html)
    return parser.links


class Browser:
    """One browser of one person, over the service's own test client."""

    def __init__(self, app: Flask, *, name: str = "", user_agent: str = "") -> None:
        self.name = name
        self.client: FlaskClient = app.test_client()
        self.seen: list[Answer] = []
        self.keeps = False
        self._headers = {"User-Agent": user_agent} if user_agent else {}

    def get(self, path: str, **query: str) -> Answer:
        """Open a page; redirects are not followed."""
        return self._note(path, self.client.get(path, query_string=query, headers=self._headers))

    def post(self, path: str, fields: Mapping[str, object], *, accept: str = "") -> Answer:
        """Send fields."""
        headers = self._headers | ({"Accept": accept} if accept else {})
        return self._note(path, self.client.post(path, data=dict(fields), headers=headers))

    def submit(self, page: Answer, action: str, **values: object) -> Answer:
        """Fill in and send one form of a page."""
        return self.post(action, page.form(action).filled(**values))

    def walk(self, path: str) -> Answer:
        """Open a page and follow where it leads."""
        answer = self.get(path)
        while answer.location:
            answer = self.get(urlsplit(answer.location).path)
        return answer

    def _note(self, path: str, response: TestResponse) -> Answer:
        headers = "\n".join(f"{name}: {value}" for name, value in response.headers)
        answer = Answer(path, response.status_code, headers, response.data, response.headers.get("Location", ""))
        if self.keeps:
            self.seen.append(answer)
        return answer


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


def every_text(answers: list[Answer]) -> Iterator[tuple[str, bytes]]:
    """(where, bytes) of all that answers brought: body and headers."""
    for number, answer in enumerate(answers):
        yield f"{number}:{answer.path}#body", answer.body
        yield f"{number}:{answer.path}#headers", answer.headers.encode()
