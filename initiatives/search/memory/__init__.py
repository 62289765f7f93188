"""The index of this process: built in the background, brought to the version of the catalogue before each answer."""

from __future__ import annotations

import logging
import threading
import time

from django.conf import settings
from django.db import connections
from django.utils import timezone

from initiatives.search.changes import Version, version
from initiatives.search.memory import snapshot
from initiatives.search.memory.build import Busy, brought_to, built
from initiatives.search.memory.heap import handed_back
from initiatives.search.memory.structure import Index

logger = logging.getLogger(__name__)

#: More changes than this are not waited for: they are replayed in the background.
MOST_WAITED_FOR = 500
#: A new snapshot is written after so many changes.
SAVED_EVERY = 1000
#: After a failure nothing is tried for so long (seconds).
PAUSE = 30

_lock = threading.Lock()


class _Kept:
    """What this process has."""

    index: Index | None = None
    worker: threading.Thread | None = None
    #: The version of the newest snapshot that it knows of.
    saved: int = 0
    not_before: float = 0


def ready() -> Index | None:
    """Return the index in the version that the catalogue has now or, where it is not ready, None."""
    if not settings.SEARCH_IN_MEMORY:
        return None
    now = version()
    index = _Kept.index
    if index is not None and index.version != now:
        index = _brought_to(now)
    if index is None:
        prepare()
        return None
    year = timezone.localdate().year
    if index.year != year:
        with _lock:
            index = index.turned_to(year)
            if _Kept.index and _Kept.index.version == index.version:
                _Kept.index = index
    return index


def _brought_to(now: Version) -> Index | None:
    """Return the index in the version `now` or a later one, or None if that takes longer than a reader waits."""
    with _lock:
        index = _Kept.index
        if index is not None and index.version.number > now.number:
            # Another request was faster, or an older backup was restored.
            now = version(anew=True)
        if index is None or index.version == now:
            return index
        if now.number - index.version.number > MOST_WAITED_FOR:
            return None
        try:
            _Kept.index = brought_to(index, now)
        except Busy:
            return None
        except Exception:
            logger.exception("The index is lost, and will be built anew.")
            _Kept.index = None
    if _Kept.index and _Kept.index.version.number - _Kept.saved >= SAVED_EVERY:
        prepare()
    return _Kept.index


def prepare() -> None:
    """Make the index ready in the background, unless that is going on already."""
    with _lock:
        busy = _Kept.worker is not None and _Kept.worker.is_alive()
        if settings.SEARCH_IN_MEMORY and not busy and time.monotonic() >= _Kept.not_before:
            _Kept.worker = threading.Thread(target=_work, name="index", daemon=True)
            _Kept.worker.start()


def _work() -> None:
    try:
        prepare_now()
    except Exception:
        logger.exception("The index could not be built; lists are answered by the database.")
        _Kept.not_before = time.monotonic() + PAUSE
    finally:
        connections.close_all()


def prepare_now() -> None:
    """Make the index ready, and return when it is."""
    index = _current(_Kept.index) or _stored()
    if index is None:
        with snapshot.alone(), handed_back():
            # While this process waited, another one may have built it.
            index = _stored()
            while index is None:
                index = _Kept.index = _current(built())
                _Kept.saved = -SAVED_EVERY
            # Readers have it before it is written.
            _save(index)
            # The one in the file is used where it lies, and shared with the other processes.
            index = _stored() or index
    _Kept.index = index
    _save(index)


def _stored() -> Index | None:
    index = snapshot.load()
    _Kept.saved = index.version.number if index else -SAVED_EVERY
    return _current(index)


def _save(index: Index) -> None:
    if index.version.number - _Kept.saved >= SAVED_EVERY:
        try:
            snapshot.save(index)
        except OSError as problem:
            # It is a convenience: without it the next process builds its own.
            logger.warning("The snapshot of the index could not be written: %s", problem)
        _Kept.saved = index.version.number


def _current(index: Index | None) -> Index | None:
    """Return the index in the version of now; None if it has lost touch."""
    try:
        return index and brought_to(index, version(anew=True))
    except Busy:
        return _current(index)


def forget() -> None:
    """Let the index go, as if the process had just begun."""
    with _lock:
        _Kept.index, _Kept.saved, _Kept.not_before = None, 0, 0
