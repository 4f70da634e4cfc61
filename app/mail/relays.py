"""How a letter leaves: over SMTP, or into a folder that the demo shows as a page."""

import json
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Protocol

from app.mail.letters import Letter
from app.settings import Settings

TIMEOUT = 20.0


class Relay(Protocol):
    """Takes a letter; raises OSError when it could not."""

    def send(self, letter: Letter, *, message_id: str) -> None: ...


@dataclass(frozen=True)
class SmtpRelay:
    """A real mail server."""

    settings: Settings

    def send(self, letter: Letter, *, message_id: str) -> None:
        """Hand over one message."""
        with self._connect() as server:
            if self.settings.smtp_user:
                server.login(self.settings.smtp_user, self.settings.smtp_password)
            server.send_message(make_message(letter, sender=self.settings.mail_from, message_id=message_id))

    def _connect(self) -> smtplib.SMTP:
        host, port, tls = self.settings.smtp_host, self.settings.smtp_port, self.settings.smtp_tls
        if tls == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
        server = smtplib.SMTP(host, port, timeout=TIMEOUT)
        if tls == "starttls":
            server.starttls(context=ssl.create_default_context())
        return server


@dataclass(frozen=True)
class OutboxRelay:
    """The demo's mailbox: one file a letter."""

    folder: Path

    def send(self, letter: Letter, *, message_id: str) -> None:
        """Write the letter down."""
        self.folder.mkdir(parents=True, exist_ok=True)
        content = {"to": letter.address, "subject": letter.subject, "body": letter.body}
        (self.folder / f"{message_id}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    def letters(self) -> list[dict[str, str]]:
        """Newest first."""
        files = sorted(self.folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        return [json.loads(path.read_text(encoding="utf-8")) for path in files]


def make_message(letter: Letter, *, sender: str, message_id: str) -> EmailMessage:
    """The message: no header tells more than the body does."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = letter.address
    message["Subject"] = letter.subject
    message["Message-ID"] = f"<{message_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message


def make_relay(settings: Settings) -> Relay:
    """The relay the settings name."""
    return SmtpRelay(settings) if settings.mail == "smtp" else OutboxRelay(settings.data_dir / "outbox")
