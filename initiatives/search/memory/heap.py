"""Taking the memory that building the index needs so that the system gets it back, where the C library is glibc."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager, suppress

# The numbers of malloc.h, for which see mallopt(3).
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_MEGABYTE = 2**20


@contextmanager
def handed_back() -> Iterator[None]:
    """Take every large array from the system by itself while this lasts, so that it goes back there at once.

    What the heap of a thread has grown by stays with the process for good; some hundred megabytes, with a million
    entries. Afterwards arrays lie in heaps again, up to the size that glibc would have settled at: that is quicker.
    """
    _tell(_MMAP_THRESHOLD, 16 * _MEGABYTE)
    try:
        yield
    finally:
        _tell(_MMAP_THRESHOLD, 32 * _MEGABYTE)
        _tell(_TRIM_THRESHOLD, 64 * _MEGABYTE)
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def _tell(parameter: int, value: int) -> None:
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(parameter, value)
