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
HEADER_ROOM = 998  # RFC 5322: a long link must not be folded, or mail programs do not find it


class Refused(Exception):
    """The reader's mail server will never take this letter."""


class Relay(Protocol):
    """Takes a letter. Raises Refused when it never will, OSError when it could not now."""

    def send(self, letter: Letter, *, message_id: str) -> None: ...


@dataclass(frozen=True)
class SmtpRelay:
    """A real mail server."""

    settings: Settings

    def send(self, letter: Letter, *, message_id: str) -> None:
        """Hand over one message."""
        with self._connect() as server:
            message = make_message(letter, sender=self.settings.mail_from, message_id=message_id)
            try:
                server.send_message(message)
            except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
                if is_final(error):
                    raise Refused from None
                raise

    def try_out(self) -> None:
        """Go as far as a letter would, and send none. Raises OSError."""
        with self._connect() as server:
            server.noop()

    def _connect(self) -> smtplib.SMTP:
        settings = self.settings
        if settings.smtp_tls == "tls":
            context = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.smtp_host, settings.smtp_port, timeout=TIMEOUT, context=context
            )
        else:
            server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT)
        if settings.smtp_tls == "starttls":
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        return server


@dataclass(frozen=True)
class OutboxRelay:
    """The demo's mailbox: one file a letter."""

    folder: Path

    def send(self, letter: Letter, *, message_id: str) -> None:
        """Write the letter down."""
        self.folder.mkdir(parents=True, exist_ok=True)
        content = {
            "to": letter.address,
            "subject": letter.subject,
            "body": letter.body,
            "unsubscribe": letter.unsubscribe,
        }
        (self.folder / f"{message_id}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    def letters(self) -> list[dict[str, str]]:
        """Newest first."""
        files = sorted(self.folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        return [json.loads(path.read_text(encoding="utf-8")) for path in files]


def is_final(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> bool:
    """Whether the answer was a 5xx (RFC 5321: permanent), about the reader and not about us."""
    if isinstance(error, smtplib.SMTPDataError):
        return 500 <= error.smtp_code < 600
    return all(500 <= code < 600 for code, _ in error.recipients.values())


def make_message(letter: Letter, *, sender: str, message_id: str) -> EmailMessage:
    """The message: no header tells more than the body does."""
    message = EmailMessage(policy=SMTP.clone(max_line_length=HEADER_ROOM))
    message["From"] = sender
    message["To"] = letter.address
    message["Subject"] = letter.subject
    message["Message-ID"] = f"<{message_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:  # RFC 8058: a mail program's own button; whoever only looks at the address ends nothing
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.body)
    return message


def make_relay(settings: Settings) -> Relay:
    """The relay the settings name."""
    return SmtpRelay(settings) if settings.mail == "smtp" else OutboxRelay(settings.data_dir / "outbox")
