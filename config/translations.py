"""The translations of the pages, made ready for use: gettext reads compiled files only."""

import os
import tempfile
from pathlib import Path


def compiled(source: Path, target: Path) -> Path:
    """Compile the catalogues (`.po`) of a locale folder into another one, where they have changed; return that one.

    Nobody has to remember a step for it, no machine needs gettext's tools, and several processes may start at once.
    """
    for catalogue in sorted(source.glob("*/LC_MESSAGES/*.po")):
        made = target / catalogue.relative_to(source).with_suffix(".mo")
        changed_at = catalogue.stat().st_mtime_ns
        # Not "newer": who goes back to an earlier release goes back to its translations.
        if not made.exists() or made.stat().st_mtime_ns != changed_at:
            _compile(catalogue, made, changed_at)
    return target


def _compile(catalogue: Path, made: Path, changed_at: int) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with catalogue.open("rb") as file:
        messages = read_po(file, locale=catalogue.parents[1].name)
    made.parent.mkdir(parents=True, exist_ok=True)
    number, half = tempfile.mkstemp(dir=made.parent)
    with os.fdopen(number, "wb") as file:
        write_mo(file, messages)
    os.utime(half, ns=(changed_at, changed_at))
    # Whole or not at all: another process may be reading it.
    Path(half).replace(made)
