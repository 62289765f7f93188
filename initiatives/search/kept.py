"""What a process remembers of the catalogue while that stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping

from initiatives.search.changes import Version, changes_of_entries, version

_all: list[Kept] = []


def forget() -> None:
    """Let everything go, as if the process had just begun."""
    for each in _all:
        each.forget()


class Kept[Key: Hashable, Value]:
    """What was read in one version of the catalogue; what the next touches is forgotten, and all if it is too much."""

    def __init__(self, most: int, *, touched: Callable[[Key, Value, frozenset[int]], bool] | None = None) -> None:
        """Remember so many things at `most`.

        `touched` says which of them to forget where some entries (by their primary keys) are all that changed: none,
        if it is about nothing that entries say; unless given, all.
        """
        self._most, self._touched = most, touched
        self.forget()
        _all.append(self)

    def forget(self) -> None:
        """Let all of it go."""
        self._state: tuple[Version | None, Mapping[Key, Value]] = (None, {})

    def of(self, keys: Iterable[Key], read: Callable[[list[Key]], Mapping[Key, Value]]) -> dict[Key, Value]:
        """Return what there is of the keys, in their order; what is not known yet is `read`, all at once.

        Only what exists is remembered: of what does not, anybody can make up any number.
        """
        keys = list(keys)
        now = version()
        if self._is_past(now):
            return dict(read(keys))
        known = self._known(now)
        found = {key: known[key] for key in keys if key in known}
        if len(found) < len(keys):
            fresh = read([key for key in keys if key not in found])
            found |= fresh
            # Never changed: another thread may be reading it.
            self._state = (now, fresh if len(known) + len(fresh) > self._most else {**known, **fresh})
        return {key: found[key] for key in keys if key in found}

    def _is_past(self, now: Version) -> bool:
        """Whether another request has seen a later version than this one, which then remembers nothing for others."""
        seen, _ = self._state
        # An older copy of the database that came back has a lower number as well.
        return seen is not None and seen.number > now.number and version(anew=True).number > now.number

    def _known(self, now: Version) -> Mapping[Key, Value]:
        """Return what is remembered and still so in the version `now`."""
        seen, known = self._state
        if seen == now:
            return known
        touched = self._touched
        if touched is None or seen is None or (entries := changes_of_entries(seen, now)) is None:
            return {}
        known = {key: value for key, value in known.items() if not touched(key, value, entries)}
        self._state = (now, known)
        return known
