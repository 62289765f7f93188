"""Print the folder in which tests make what they throw away: in memory where there is room, else the usual place.

    TMPDIR=$(python tests/scratch.py) pytest

Databases, profiles of browsers and the like are written all the time, and a slow disk would slow every test down.
"""

import os
import tempfile

MEMORY = "/dev/shm"
#: What both databases' tests together need at most, with much to spare.
ROOM = 1 << 30


def folder() -> str:
    """Return the folder."""
    try:
        system = os.statvfs(MEMORY)
    except OSError:
        return tempfile.gettempdir()
    # A container's is often small, and programs may not run from it, which a copied PostgreSQL must.
    fits = system.f_bavail * system.f_frsize >= ROOM and not system.f_flag & os.ST_NOEXEC
    return MEMORY if fits and os.access(MEMORY, os.W_OK | os.X_OK) else tempfile.gettempdir()


if __name__ == "__main__":
    print(folder())
