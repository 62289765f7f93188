"""Django's backend for SQLite, but those who wait to write take turns.

SQLite itself asks for the lock less and less often, in the end ten times a second. Of several busy writers the one
that has just written is then likely to be the next, and others wait for seconds. Here whoever has waited longer asks
more often, and steeply so: a newcomer hardly ever finds the lock before those who wait for it, and only they spend
processor time on asking. That comes close to a queue and needs nothing beside the database.
"""

import time
from sqlite3 import SQLITE_BUSY

from django.db import OperationalError
from django.db.backends.sqlite3 import base

#: Between two askings (seconds): the pause of somebody who has just come, and the shortest.
FIRST_PAUSE, SHORTEST_PAUSE = 0.030, 0.0005
#: After so long (seconds), some four writes of others, one asks twice as often; from then on it is steep.
PATIENCE = 0.080


def pause(waited: float) -> float:
    """Return for how long (seconds) to sleep before asking again, after having `waited` so long."""
    return max(FIRST_PAUSE / (1 + (waited / PATIENCE) ** 4), SHORTEST_PAUSE)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions wait for their turn, for as long as the option `timeout` says."""

    def _start_transaction_under_autocommit(self) -> None:
        timeout = self.settings_dict["OPTIONS"].get("timeout", 5)
        begun = time.monotonic()
        self._wait_inside_sqlite(0)
        try:
            while True:
                try:
                    super()._start_transaction_under_autocommit()  # type: ignore[misc]
                except OperationalError as error:
                    waited = time.monotonic() - begun
                    if not _is_busy(error) or waited > timeout:
                        raise
                    time.sleep(pause(waited))
                else:
                    return
        finally:
            self._wait_inside_sqlite(timeout)

    def _wait_inside_sqlite(self, seconds: float) -> None:
        self.connection.execute(f"PRAGMA busy_timeout = {seconds * 1000:.0f}")


def _is_busy(error: OperationalError) -> bool:
    # The rest of the code says why it is busy.
    return getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF == SQLITE_BUSY
