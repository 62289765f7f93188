"""Keeps out of the logs what opens something or names somebody."""

import logging
import re
from copy import copy

# What stands behind these is as good as a password.
_LINKS = re.compile(r"((?:/submissions|/accounts/confirm-email|/accounts/password/reset/key)/)[^\s\"'<>?#]+")
_ADDRESSES = re.compile(r"[^\s\"'<>()\[\]{}:;,/=@]+@[\w-]+(?:\.[\w-]+)+")


def discreet(text: str) -> str:
    """Return `text` with "…" for what follows the address of a private page, and for e-mail addresses."""
    return _ADDRESSES.sub("…@…", _LINKS.sub(r"\1…", text))


class DiscreetFormatter(logging.Formatter):
    """Writes a record discreetly: its message with the arguments and, unless somebody was refused, the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line or lines of a record."""
        if record.name == "django.request" and record.levelno < logging.ERROR:
            # Who is refused a page goes another way through the code, but nothing is broken.
            record = copy(record)
            record.exc_info = record.exc_text = None
        return discreet(super().format(record))


def make_discreet(record: logging.LogRecord) -> bool:
    """Do the same to the record itself, as the filter of a logger whose handlers are not ours; let it pass."""
    record.msg, record.args = discreet(record.getMessage()), None
    if record.exc_info:
        record.exc_text = discreet(logging.Formatter().formatException(record.exc_info))
    return True
