"""What a process remembers as long as there is room for it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock


class Bounded[Key: Hashable, Value]:
    """The things that were asked for last; those go that nobody has asked for the longest."""

    def __init__(self, room: Callable[[Value], int]) -> None:
        """`room` tells how much a thing takes."""
        self._room = room
        self._lock = Lock()
        self.clear()

    def get(self, key: Key) -> Value | None:
        """Return what is known of a key."""
        with self._lock:
            if (found := self._known.get(key)) is not None:
                self._known.move_to_end(key)
            return found

    def put(self, key: Key, value: Value, *, most: int) -> None:
        """Remember a thing, and let others go while all take more than `most`."""
        with self._lock:
            if (before := self._known.pop(key, None)) is not None:
                self._size -= self._room(before)
            self._known[key] = value
            self._size += self._room(value)
            while self._size > most:
                self._size -= self._room(self._known.popitem(last=False)[1])

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._known: OrderedDict[Key, Value] = OrderedDict()
            self._size = 0
