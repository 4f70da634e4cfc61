"""The processes of the demo: started together, watched, stopped together; none is restarted behind anybody's back."""

import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Final

GRACE: Final = 10.0  # seconds a process has to end by itself


class Ended(Exception):
    """A process ended that should not have. Carries which one and its code."""

    def __init__(self, name: str, code: int) -> None:
        super().__init__(name)
        self.name = name
        self.code = code


class Children:
    """Child processes by name."""

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self._short: set[str] = set()
        self._stop = threading.Event()

    @property
    def is_stopping(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stop.is_set()

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start one in a session of its own, so that Ctrl-C reaches only us and we stop them in order."""
        self.running[name] = subprocess.Popen(command, start_new_session=True)  # noqa: S603  our own program

    def start_short(self, name: str, command: Sequence[str]) -> None:
        """Start one that ends by itself, however it ends, and says nothing."""
        self._short.add(name)
        quiet = subprocess.DEVNULL
        self.running[name] = subprocess.Popen(command, start_new_session=True, stdout=quiet, stderr=quiet)  # noqa: S603  our own program

    def stop_soon(self) -> None:
        """For signal handlers."""
        self._stop.set()

    def wait_for(self, address: str, *, patience: float) -> None:
        """Until the address answers. Raises Ended when a process ended first, or when patience did."""
        until = time.monotonic() + patience
        while not self.is_stopping and not _answers(address):
            self._check()
            if time.monotonic() > until:
                raise Ended("web", 0)
            self._stop.wait(0.1)

    def watch(self) -> None:
        """Until somebody asks to stop. Raises Ended."""
        while not self._stop.wait(0.5):
            self._check()

    def stop(self) -> None:
        """Stop all: ask first, then insist."""
        for child in self.running.values():
            if child.poll() is None:
                child.terminate()
        until = time.monotonic() + GRACE
        for child in self.running.values():
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def _check(self) -> None:
        for name, child in self.running.items():
            code = child.poll()
            if code is not None and name not in self._short:
                raise Ended(name, code)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310  our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
