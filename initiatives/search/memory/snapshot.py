"""The index as a file, so that a process which starts need not read the whole catalogue.

The file is a digest, the length of a description in JSON, the description, and one after the other the arrays that
it lists. They are used where they lie, so that the processes of one machine share them.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import mmap
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray
from pyroaring import BitMap

from initiatives.search.changes import Version
from initiatives.search.filters import KEPT
from initiatives.search.memory.structure import Index, Numbering
from initiatives.search.memory.values import Few, Many

logger = logging.getLogger(__name__)

#: Goes up with every change of what stands in the file.
FORMAT = 2
_DIGEST = hashlib.sha256().digest_size
_ARRAYS = ["values", "value_starts", "entries", "entry_starts", "total"]
_NAMES = [each.name for each in KEPT]


def path() -> Path:
    """Return where the snapshot is kept."""
    return Path(settings.VAR_DIR) / "index" / "catalogue"


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other process of this machine is in here: one builds, and the others take what it built."""
    with ExitStack() as stack:
        with suppress(OSError):
            path().parent.mkdir(parents=True, exist_ok=True)
            lock = stack.enter_context(path().with_suffix(".lock").open("w"))
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def save(index: Index) -> None:
    """Write the snapshot; whoever reads it meanwhile has the one before, or this one, and never half of either."""
    content = _Content()
    description = {
        "format": FORMAT,
        "filters": _NAMES,
        "version": [index.version.number, index.version.token],
        "year": index.year,
        "numbering": {name: [each.keys, each.values] for name, each in index.numbering.items()},
        "pks": content.add(index.pks),
        "by_title": content.add(index.by_title),
        "public": content.add_bitmaps([index.public]),
        "running": content.add_bitmaps(index.running.bitmaps),
        "values": {name: _write(content, each) for name, each in index.values.items()},
    }
    path().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path().parent, delete=False) as file:
        try:
            content.write(json.dumps(description).encode(), file)
        except BaseException:
            Path(file.name).unlink()
            raise
    Path(file.name).replace(path())


def load() -> Index | None:
    """Return the index that was saved, or None if there is none, or it is damaged or of another make."""
    try:
        with path().open("rb") as file:
            whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        return _read(whole)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as problem:
        logger.warning("The snapshot of the index cannot be used: %s", problem)
        return None


def _read(whole: memoryview) -> Index:
    if hashlib.sha256(whole[_DIGEST:]).digest() != whole[:_DIGEST]:
        raise ValueError("it is damaged")
    start = _DIGEST + 8
    end = start + int.from_bytes(whole[_DIGEST:start])
    description = json.loads(bytes(whole[start:end]))
    if description["format"] != FORMAT or description["filters"] != _NAMES:
        raise ValueError("it is of another make")
    stored = _Stored(whole[_padded(end) :])
    return Index(
        version=Version(*description["version"]),
        year=description["year"],
        pks=stored.array(description["pks"]),
        public=stored.bitmaps(description["public"])[0],
        by_title=stored.array(description["by_title"]),
        numbering={
            name: Numbering(tuple(keys), tuple(values)) for name, (keys, values) in description["numbering"].items()
        },
        values={name: stored.values(place) for name, place in description["values"].items()},
        running=Few(stored.bitmaps(description["running"])),
    )


def _write(content: _Content, values: Few | Many) -> Any:
    if isinstance(values, Many):
        return {name: content.add(getattr(values.settled(), name)) for name in _ARRAYS}
    return content.add_bitmaps(values.bitmaps)


def _padded(length: int) -> int:
    """Return where an array may begin: processors want numbers in line."""
    return -(-length // 64) * 64


class _Content:
    """Collects arrays, and gives for each where it is: from which byte on, how many numbers, of which type."""

    def __init__(self) -> None:
        self._arrays: list[NDArray] = []
        self._length = 0

    def add(self, array: NDArray) -> list[Any]:
        array = np.ascontiguousarray(array)
        place = [self._length, len(array), array.dtype.str]
        self._arrays.append(array)
        self._length = _padded(self._length + array.nbytes)
        return place

    def add_bitmaps(self, bitmaps: Any) -> list[Any]:
        parts = [each.serialize() for each in bitmaps]
        return [self.add(np.frombuffer(b"".join(parts), np.uint8)), [len(each) for each in parts]]

    def write(self, description: bytes, file: Any) -> None:
        digest = hashlib.sha256()
        file.write(bytes(_DIGEST))
        for part in self._parts(description):
            digest.update(part)
            file.write(part)
        file.seek(0)
        file.write(digest.digest())
        file.flush()
        os.fsync(file.fileno())

    def _parts(self, description: bytes) -> Iterator[Any]:
        head = len(description).to_bytes(8) + description
        yield head + bytes(_padded(_DIGEST + len(head)) - _DIGEST - len(head))
        for array in self._arrays:
            yield array.data.cast("B") if len(array) else b""
            yield bytes(_padded(array.nbytes) - array.nbytes)


class _Stored:
    """Gives back what `_Content` collected."""

    def __init__(self, content: memoryview) -> None:
        self._content = content

    def array(self, place: list[Any]) -> NDArray:
        start, length, kind = place
        return np.frombuffer(self._content, np.dtype(kind), length, start)

    def bitmaps(self, place: list[Any]) -> list[BitMap]:
        (start, _, _), lengths = place
        found = []
        for length in lengths:
            found.append(BitMap.deserialize(bytes(self._content[start : start + length])))
            start += length
        return found

    def values(self, place: Any) -> Few | Many:
        if isinstance(place, dict):
            values, value_starts, entries, entry_starts, total = (self.array(place[name]) for name in _ARRAYS)
            return Many(values, value_starts, entries, entry_starts, total)
        return Few(self.bitmaps(place))
