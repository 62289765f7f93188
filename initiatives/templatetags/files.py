"""What templates need to show the picture and the documents of a version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.template.defaultfilters import filesizeformat

from initiatives.templatetags.pictures import site_card

if TYPE_CHECKING:
    from initiatives.models import Revision, Upload, Words

register = template.Library()


@dataclass(frozen=True)
class Shown:
    """A picture as <picture> wants it: what a browser chooses from, and the size that it reserves."""

    src: str
    srcset: str
    webp: str
    width: int
    height: int


def shown(upload: Upload, *, with_ticket: bool) -> Shown:
    """Return how to show a picture."""

    def srcset(end: str) -> str:
        return ", ".join(
            f"{upload.url(f'{width}.{end}', with_ticket=with_ticket)} {width}w" for width in upload.widths
        )

    largest = upload.url(f"{upload.widths[-1]}.jpg", with_ticket=with_ticket)
    return Shown(largest, srcset("jpg"), srcset("webp"), upload.width or 0, upload.height or 0)


@register.inclusion_tag("components/figure.html")
def figure(revision: Revision, words: Words, *, with_words: bool = False) -> dict[str, Any]:
    """Show the picture of a version, if it has one; `with_words` also what is said to people who cannot see it."""
    if not revision.picture:
        return {}
    return {
        # What nobody has approved is seen by those alone who have the page.
        "picture": shown(revision.picture, with_ticket=revision.approved_at is None),
        "alt": words.text("picture_alt"),
        "credit": revision.picture_credit,
        "language": revision.language,
        "direction": revision.direction,
        "with_words": with_words,
    }


@register.inclusion_tag("components/documents.html")
def documents(revision: Revision, *, with_names: bool = False) -> dict[str, Any]:
    """List the documents of a version, if it has any; `with_names` also what their files are called."""
    with_ticket = revision.approved_at is None
    rows = [
        {
            "title": each.title,
            "url": each.upload.url("document.pdf", with_ticket=with_ticket),
            "size": filesizeformat(each.upload.size),
            "name": each.upload.name if with_names else "",
        }
        for each in revision.attachments.all()
    ]
    return {"documents": rows, "language": revision.language, "direction": revision.direction}


@register.inclusion_tag("components/compared_file.html")
def compared_file(upload: Upload, *, with_ticket: bool = False) -> dict[str, Any]:
    """Show a file of one of two versions; what is said of it stands beside it."""
    name = f"{upload.widths[0]}.jpg" if upload.widths else "document.pdf"
    return {"upload": upload, "url": upload.url(name, with_ticket=bool(with_ticket))}


@register.inclusion_tag("browse/card.html")
def card(revision: Revision, words: Words) -> dict[str, Any]:
    """Name the picture of a public version for the previews of links; without one, that of its first theme."""
    upload = revision.picture
    if not upload:
        return site_card(next(iter(revision.themes.all()), None))
    return {
        "url": settings.SITE_URL + upload.url(f"{upload.widths[-1]}.jpg"),
        "alt": words.text("picture_alt").text,
        "width": upload.width,
        "height": upload.height,
    }
