"""What is done for the connections to PostgreSQL."""

from __future__ import annotations

import select
from typing import Any

from psycopg import Connection
from psycopg_pool import ConnectionPool


def still_open(connection: Connection[Any]) -> None:
    """Look whether the server has closed a connection that waited in the pool.

    Where it has, or says something unasked, there is something to read; only then it is asked. To ask each time, as
    `ConnectionPool.check_connection` does, would cost every request a third of what all it reads of a kept page does.

    Raises:
        psycopg.OperationalError: it is closed, and the pool takes another one.
    """
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    if waiting.poll(0):
        ConnectionPool.check_connection(connection)
