"""Calendar files (RFC 5545): when a session is, and nothing of whoever takes the file along.

The UID is made from the member's secret: the same again after a change, so that the entry is replaced; another one in
everybody else's calendar, so that two calendars laid side by side do not show one file.
"""

from datetime import UTC

from icalendar import Calendar, Event

from app.webinars.rules import Times
from privacy.pseudonyms import MemberSecret, unique_label


def uid_of(secret: MemberSecret, talk_id: str, kind: str) -> str:
    """What one member's calendar knows the entry by: 32 characters that tell neither member nor session."""
    return unique_label(secret, f"calendar-{kind}", talk_id)


def calendar_of(times: Times, *, title: str, uid: str, url: str = "", called_off: bool = False) -> bytes:
    """One entry in Japan's time. It names no host, no guest, no place, and no moment but the announced ones."""
    event = Event()
    event.add("uid", uid)
    event.add("summary", title)
    event.add("dtstart", times.start)
    event.add("dtend", times.end)
    event.add("dtstamp", times.start.astimezone(UTC))  # not the moment of the download
    event.add("class", "PRIVATE")
    if called_off:
        event.add("status", "CANCELLED")
    if url:
        event.add("url", url)
    file = Calendar()
    file.add("prodid", "-//Shiome//Sessions//JA")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add_component(event)
    file.add_missing_timezones()
    return bytes(file.to_ical())
