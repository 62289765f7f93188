"""A connection to PostgreSQL that the server has closed is found out before anybody is answered with an error."""

import socket

import psycopg
import pytest

from config.postgresql import still_open


class Waiting:
    """What a pool holds of a connection, with the other end of its socket."""

    autocommit = True

    def __init__(self):
        self.here, self.server = socket.socketpair()
        self.asked = 0

    def fileno(self):
        return self.here.fileno()

    def execute(self, query):
        self.asked += 1
        if not self.here.recv(1):
            raise psycopg.OperationalError("server closed the connection unexpectedly")


@pytest.fixture
def waiting():
    waiting = Waiting()
    yield waiting
    waiting.here.close()
    waiting.server.close()


def test_a_connection_that_is_open_is_taken_without_a_question(waiting):
    still_open(waiting)
    assert waiting.asked == 0


def test_one_that_the_server_closed_is_not_taken(waiting):
    waiting.server.close()
    with pytest.raises(psycopg.OperationalError):
        still_open(waiting)


def test_one_on_which_something_was_said_meanwhile_is_asked_first(waiting):
    waiting.server.send(b"N")
    still_open(waiting)
    assert waiting.asked == 1
