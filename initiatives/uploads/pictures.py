"""Makes of a picture what the site keeps: drawn anew, so that nothing of the file that was sent survives.

With the old file go its place and time, its author and whatever else was hidden in it.
"""

from __future__ import annotations

import io
import threading
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from initiatives.models.upload import PICTURE_TYPES
from initiatives.uploads.checking import Checked, holds_a_page, holds_an_archive, not_the_kind

FORMATS = ("JPEG", "PNG", "WEBP")
#: Width × height, which the file says before it is decoded: some 150 MB of memory.
MOST_PIXELS = 30_000_000
#: The sides of the largest picture that is kept, and the widths of the smaller ones beside it.
LARGEST = 1600
SMALLER = (480, 960)
_SAVED_AS: dict[str, dict[str, Any]] = {
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpg": {"format": "JPEG", "quality": 82, "optimize": True, "progressive": True},
}
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc")
#: A picture that is being decoded needs much memory: one at a time in each process.
_decoding = threading.Lock()


def check(data: bytes) -> Checked:
    """Return the picture in the formats and widths that are kept.

    Raises:
        ValidationError: says what is wrong with the file, and what to do.
    """
    if b"<svg" in data[:1024].lower():
        raise ValidationError(_("This is a drawing (SVG), which can hold a program. Save it as PNG, and choose that."))
    if data[4:12] in _HEIC:
        raise ValidationError(_("This is a HEIC photo, which few browsers show. Save it as JPEG, and choose that."))
    with _decoding:
        image = _drawn_anew(data)
    return Checked(
        files=_renditions(image),
        values={"width": image.width, "height": image.height, "widths": _widths(image)},
    )


def _drawn_anew(data: bytes) -> Image.Image:
    image = _opened(data)
    if holds_a_page(data) or holds_an_archive(data):
        raise ValidationError(
            _(
                "This file is a picture and something else at once: a web page, a program or an archive is hidden "
                "in it. Open it in a picture program, save it as a new picture, and choose that."
            )
        )
    # A picture of two, as phones make them, is an ordinary one to everybody else: its first.
    if getattr(image, "is_animated", False) and image.format != "MPO":
        raise ValidationError(_("This picture moves. Choose one that stands still."))
    try:
        return _flat(image)
    except Exception as error:  # whatever a decoder stumbles over
        raise _damaged() from error


def _opened(data: bytes) -> Image.Image:
    """Open a picture without decoding it: its size is known then, and what is too large is never decoded."""
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except UnidentifiedImageError as error:
        advice = _("Choose a picture in the format JPEG, PNG or WebP.")
        is_one = data.startswith((b"\xff\xd8\xff", b"\x89PNG", b"RIFF"))
        raise _damaged() if is_one else not_the_kind(data, advice) from error
    except Exception as error:  # whatever a decoder stumbles over
        raise _damaged() from error
    if image.width * image.height > MOST_PIXELS:
        raise _too_many_pixels()
    return image


def _flat(image: Image.Image) -> Image.Image:
    """Return the picture upright, on white, in the web's colours, no larger than is kept, and with nothing beside."""
    profile = image.info.get("icc_profile")
    # JPEG can be decoded at half its size or less, which saves most of the memory and time.
    image.draft("RGB", (2 * LARGEST, 2 * LARGEST))
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I"):
        # 16 bits a pixel, of which the upper eight are seen.
        image.info.pop("transparency", None)
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    if image.mode not in ("RGB", "CMYK", "L"):
        image = image.convert("RGB")
    image.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS, reducing_gap=3.0)
    image = _in_colours_of_the_web(image, profile)
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    return clean


def _in_colours_of_the_web(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        # A profile that is broken, or of another kind of picture, is as good as none.
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if converted:
                return converted
    return image.convert("RGB")


def _widths(image: Image.Image) -> list[int]:
    return [width for width in SMALLER if width < image.width] + [image.width]


def _renditions(image: Image.Image) -> dict[str, bytes]:
    files = {}
    for width in _widths(image):
        height = max(1, round(image.height * width / image.width))
        resized = image if width == image.width else image.resize((width, height), Image.Resampling.LANCZOS)
        for end in PICTURE_TYPES:
            content = io.BytesIO()
            resized.save(content, **_SAVED_AS[end])
            files[f"{width}.{end}"] = content.getvalue()
    return files


def _damaged() -> ValidationError:
    return ValidationError(
        _("This picture is damaged or not complete. Open it in a picture program, save it anew, and choose that file.")
    )


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("This picture has too many pixels. Make it smaller: no more than %(width)s pixels in width are shown.")
        % {"width": LARGEST}
    )
