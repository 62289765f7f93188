"""A site of its own for the drills: a database, gunicorn as in production, and people who use it."""

from __future__ import annotations

import itertools
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.drills.browser import Browser, Data, fill_in
from tests.visitor import Page, Visitor

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "correct horse battery"
#: Something of everything that an entry says, so that half an entry would be seen.
ANSWERS: dict[str, Any] = {
    "summary": "The city opens its health posts and its schools to everyone who lives there.",
    "what_it_does": "It does *much*.\n\n- one\n- two",
    "countries": ["Uganda", "Morocco"],
    "start_year": "2019",
    "themes": ["capacity-building", "digital-services"],
    "keywords": "food, health, schools",
    "objectives_gcm": ["gcm-15", "gcm-16"],
    "organisations__0__name": "Kampala Capital City Authority",
    "organisations__0__type": "local_government",
    "organisations__0__role": "lead",
    "links__0__url": "https://example.org/kampala",
    "links__0__label": "Its own page",
}


@dataclass
class Site:
    """What is served in `folder`."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    def __post_init__(self) -> None:
        self.url = f"http://127.0.0.1:{self.port}"
        self._addresses = itertools.count(1)

    def visitor(self) -> Visitor:
        """Return somebody who has never been here."""
        number = next(self._addresses)
        return Visitor(Browser(self.url, f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"))  # type: ignore[arg-type]

    def signed_in(self, email: str) -> Visitor:
        """Return a member who is signed in."""
        visitor = self.visitor()
        page = visitor.open("/accounts/login/").press("Sign in", login=email, password=PASSWORD)
        if page.status != 200 or "/accounts/login" in page.url:
            raise RuntimeError(f"{email} could not sign in: {page.status} {page.url}")
        return visitor

    def form(self, visitor: Visitor) -> tuple[str, Data]:
        """Return where the submission form goes, and what it says once it is filled in."""
        page: Page = visitor.open("/submit/")
        return fill_in(page, "Submit for review", title="Kampala for All", **ANSWERS)

    def workers(self) -> list[int]:
        """Return the processes of gunicorn that answer, the oldest first."""
        answer = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False)
        return [int(line) for line in answer.stdout.split()]

    @property
    def log(self) -> str:
        """What gunicorn and the site wrote."""
        return (self.folder / "log").read_text()

    def mails(self, words: str) -> int:
        """Return how many mails have these words in them."""
        return sum(words in mail.read_text() for mail in (self.folder / "mail").glob("*.eml"))

    def answers(self) -> bool:
        """Tell whether the home page comes."""
        return self.visitor().client.get("/").status_code == 200


def prepare(folder: Path) -> None:
    """Make this process one of the site in `folder`: settings, tables, vocabularies, two moderators."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEMO": "true",
        "VAR_DIR": str(folder),
        # Each browser says from which address it comes, and machines type faster than people.
        "PROXY_COUNT": "1",
        "SUBMIT_MINIMUM_SECONDS": "0",
    }
    import django
    from django.core.management import call_command

    django.setup()
    for command in (["migrate"], ["createcachetable"], ["collectstatic", "--noinput"]):
        call_command(*command, verbosity=0)

    from initiatives.exchange.vocabularies import load_vocabularies
    from tests import factories

    load_vocabularies()
    for name in ("ada", "ben"):
        factories.moderator(f"{name}@example.org", name=name.capitalize())


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """Serve the site that was prepared in `folder`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
    environment = os.environ | {"BIND": f"127.0.0.1:{port}", "PORT": str(port)}
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    site = Site(folder, port, process)
    try:
        _wait(site)
        yield site
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _wait(site: Site) -> None:
    for _ in range(600):
        try:
            if site.answers():
                return
        except OSError:
            if site.process.poll() is not None:
                break
        time.sleep(0.1)
    raise RuntimeError(f"gunicorn does not answer:\n{site.log}")
