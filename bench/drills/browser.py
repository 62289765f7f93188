"""The client of a browser: real HTTP to a site that is served, for `tests.visitor.Visitor`."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from tests.visitor import Page, Visitor

#: Seconds. Longer than anything takes that does not hang.
PATIENCE = 60
Data = dict[str, list[str]]


@dataclass
class Answer:
    """What came back."""

    status_code: int
    headers: http.client.HTTPMessage
    content: bytes
    redirect_chain: list[tuple[str, int]] = field(default_factory=list)

    @property
    def location(self) -> str:
        """Where a redirect leads, or nothing."""
        return self.headers.get("Location", "")


class Browser:
    """Keeps cookies, and comes from an address of its own, so that no limit counts two people as one."""

    def __init__(self, base: str, address: str) -> None:
        self.host = urlsplit(base).netloc
        self.address = address
        self.cookies: dict[str, str] = {}

    def request(self, method: str, url: str, data: Data | None = None) -> Answer:
        """Ask once, and raise what the connection raises: OSError or http.client.HTTPException."""
        headers = {"X-Forwarded-For": self.address, "Referer": f"http://{self.host}{url}"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if data is not None:
            body = urlencode(data, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        try:
            connection.request(method, url, body, headers)
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return answer

    def get(self, url: str, follow: bool = False) -> Answer:
        """Open an address."""
        return self._followed(self.request("GET", url), url) if follow else self.request("GET", url)

    def post(self, url: str, data: Data, follow: bool = False) -> Answer:
        """Send a form."""
        answer = self.request("POST", url, data)
        return self._followed(answer, url) if follow else answer

    def _followed(self, answer: Answer, url: str) -> Answer:
        chain = []
        while answer.location:
            url = urljoin(url, answer.location)
            chain.append((url, answer.status_code))
            answer = self.request("GET", url)
        answer.redirect_chain = chain
        return answer


class Reader(Visitor):
    """Somebody who fills a form in; pressing a button returns where it would be sent, and what."""

    def send(self, url: str, data: Data) -> Any:
        """Return both."""
        return url, data


def fill_in(page: Page, words: str, **answers: Any) -> tuple[str, Data]:
    """Return where the form of a page goes and what it says when the button with these words is pressed."""
    page.visitor = Reader(page.visitor.client)
    pressed: Any = page.press(words, **answers)
    return pressed
