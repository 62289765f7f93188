"""A reader who asks over one connection, one page after the other, and looks at the clock."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many seconds its last byte was there."""

    status: int
    kind: str
    tag: str
    body: bytes
    seconds: float


class Reader:
    """One connection to a server on this machine, which stays open."""

    def __init__(self, port: int, *, patience: float = 600) -> None:
        """`port` is the server's; more than `patience` seconds are waited for nothing."""
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)

    def get(self, address: str, *, tag: str = "") -> Answer:
        """Ask for a page, perhaps with the `tag` of the one that is known.

        Raises:
            TimeoutError: it took longer than this reader waits.
        """
        begun = time.perf_counter()
        for last in (False, True):
            try:
                self._connection.request("GET", address, headers={"If-None-Match": tag} if tag else {})
                response = self._connection.getresponse()
                body = response.read()
                break
            except (http.client.HTTPException, ConnectionError):
                # Servers close a connection that was silent for a while.
                self._connection.close()
                begun = time.perf_counter()
                if last:
                    raise
            except TimeoutError:
                self._connection.close()
                raise
        seconds = time.perf_counter() - begun
        headers = response.headers
        return Answer(response.status, headers.get("Content-Type", ""), headers.get("ETag", ""), body, seconds)
