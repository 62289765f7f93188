"""Small files as people send them."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: Any) -> bytes:
    """Return a picture."""
    content = io.BytesIO()
    Image.new(mode, size, options.pop("colour", 0)).save(content, kind, **options)
    return content.getvalue()


def pdf(words: str = "A report") -> bytes:
    """Return a PDF of one empty page."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        f"<< /Title ({words}) >>".encode(),
    ]
    content, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, each in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\n" % (len(objects) + 1)
    return bytes(content + b"startxref\n%d\n%%%%EOF\n" % table)


def chosen(name: str, content: bytes) -> SimpleUploadedFile:
    """Return a file as it is chosen in a form."""
    return SimpleUploadedFile(name, content)
