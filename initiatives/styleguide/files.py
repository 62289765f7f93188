"""Samples of pictures and documents, and of the fields that take them."""

from dataclasses import dataclass
from typing import Any

from django.templatetags.static import static


@dataclass(frozen=True)
class Upload:
    """A file that is kept; the picture is the site's own card."""

    name: str
    size: int
    width: int | None = None
    height: int | None = None
    ticket: str = "sample"

    @property
    def thumbnail_url(self) -> str:
        """Lead to the card."""
        return static("img/card.png")


PHOTO = Upload("night-market.jpg", 412_000, 1200, 630)
REPORT = Upload("annual-report-2024-with-a-long-name-that-has-to-wrap-somewhere.pdf", 1_840_000)


def _widget(name: str, upload: Upload | None = None, *, is_public: bool = False) -> dict[str, Any]:
    return {
        "name": name,
        "new": f"{name}-new",
        "remove": f"{name}-remove",
        "limit": 2_097_152,
        "too_large": "This file has more than 2.0 MB. Choose a smaller one.",
        "upload": upload,
        "called": upload.name if upload and not is_public else "",
        "attrs": {"id": f"id_{name}"},
    }


def context() -> dict[str, Any]:
    """Return what the samples of files show."""
    card = static("img/card.png")
    return {
        "file_fields": [
            {"label": "Picture", "widget": _widget("nothing_yet")},
            {"label": "Picture", "widget": _widget("photo_kept", PHOTO)},
            {"label": "Document", "widget": _widget("report_kept", REPORT)},
            {"label": "Document", "widget": _widget("report_public", REPORT, is_public=True)},
            {
                "label": "Picture",
                "error": "This is a drawing (SVG), which can hold a program. Save it as PNG, and choose that.",
                "widget": _widget("refused"),
            },
        ],
        "picture": {"src": card, "srcset": f"{card} 1200w", "webp": f"{card} 1200w", "width": 1200, "height": 630},
        "documents": [
            {"title": "Annual report 2024", "url": "#", "size": "1.8 MB"},
            {"title": "Evaluation of the first season", "url": "#", "size": "640.0 KB", "name": REPORT.name},
        ],
    }
