"""Checks that a document is a PDF, whole and nothing else; it is kept as it is."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from initiatives.uploads.checking import Checked, holds_an_archive, not_the_kind

#: The end of every PDF: where its table of objects begins. Nothing but space may follow.
_END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF[\s\0]*\Z")
_ROOT = re.compile(rb"/Root\s+\d+\s+\d+\s+R")
_STREAM = re.compile(rb"\d+\s+\d+\s+obj\b")


def check(data: bytes) -> Checked:
    """Return the document as it is kept.

    Raises:
        ValidationError: says what is wrong with the file, and what to do.
    """
    if not data.startswith(b"%PDF-"):
        raise not_the_kind(data, _("Choose a PDF: in most programs “Save as” or “Print” makes one."))
    if not _is_whole(data):
        raise ValidationError(
            _("This PDF is damaged or not complete. Open it, save or print it as a new PDF, and choose that file.")
        )
    if holds_an_archive(data):
        raise ValidationError(
            _("This file is a PDF and an archive at once. Open it, print it as a new PDF, and choose that file.")
        )
    return Checked(files={"document.pdf": data})


def _is_whole(data: bytes) -> bool:
    """Tell whether the end of a PDF leads to its table of objects, and that to its first object."""
    end = _END.search(data[-2048:])
    if not end:
        return False
    table = data[int(end[1]) :].lstrip()[:4096] if int(end[1]) < len(data) else b""
    if table.startswith(b"xref"):
        # The trailer follows the table, which may be long.
        start = data.find(b"trailer", int(end[1]))
        return start > 0 and _ROOT.search(data, start, start + 4096) is not None
    return bool(_STREAM.match(table) and b"/XRef" in table and _ROOT.search(table))
