"""What the checks of pictures and documents share."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field

import puremagic
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: What begins a web page or a program in the middle of another file; none of it is ever part of a picture.
_PAGE = re.compile(rb"<\?php|<script|<!doctype|<html|<svg|<iframe|%PDF-", re.IGNORECASE)
_SURE = 0.4


@dataclass(frozen=True)
class Checked:
    """A file that passed.

    Attributes:
        files: what is to be kept, by the name of each file.
        values: more columns of the upload.
    """

    files: dict[str, bytes]
    values: dict[str, object] = field(default_factory=dict)


def holds_a_page(data: bytes) -> bool:
    """Tell whether a web page, a program of one or a PDF begins somewhere in `data`."""
    return _PAGE.search(data) is not None


def holds_an_archive(data: bytes) -> bool:
    """Tell whether `data` can be opened as a ZIP archive, whatever else it is."""
    return zipfile.is_zipfile(io.BytesIO(data))


def not_the_kind(data: bytes, advice: str) -> ValidationError:
    """Return what to say of a file of another kind: which kind it is, if that is clear, and what to do."""
    found = next(iter(_guesses(data)), None)
    if found is None:
        return ValidationError(advice)
    kind = found.extension.strip(".").upper()
    return ValidationError(_("This is a file of the kind %(kind)s.") % {"kind": kind} + " " + advice)


def _guesses(data: bytes) -> list[puremagic.PureMagicWithConfidence]:
    try:
        return [each for each in puremagic.magic_string(data[:4096]) if each.extension and each.confidence >= _SURE]
    except (puremagic.PureError, ValueError):
        return []
