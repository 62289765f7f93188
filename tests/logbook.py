"""What the site writes into its log."""

from __future__ import annotations

import io
import logging
import logging.config
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


@contextmanager
def logbook() -> Iterator[io.StringIO]:
    """Collect what the handler of the site's settings writes meanwhile."""
    written = io.StringIO()
    made = logging.config.DictConfigurator(settings.LOGGING)
    handler = logging.StreamHandler(written)
    handler.setFormatter(made.configure_formatter(dict(settings.LOGGING["formatters"]["line"])))
    logging.getLogger().addHandler(handler)
    try:
        yield written
    finally:
        logging.getLogger().removeHandler(handler)
