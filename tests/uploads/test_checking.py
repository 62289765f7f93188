"""What is taken as a picture or a document, what is made of it, and what is refused with which sentence."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from initiatives import uploads
from initiatives.models import FileKind, Upload
from tests import factories
from tests.sent import pdf, picture

pytestmark = pytest.mark.django_db


def refusal(data, kind=FileKind.PICTURE, name="file"):
    """Return the sentence with which a file is refused; nothing of it is kept."""
    with pytest.raises(ValidationError) as refused:
        uploads.keep(io.BytesIO(data), kind, name=name, size=len(data))
    assert not Upload.objects.exists()
    (sentence,) = refused.value.messages
    return sentence


def stored(upload, name):
    with default_storage.open(upload.path(name)) as file:
        return file.read()


def drawn(upload):
    """Return the largest picture that was kept."""
    return Image.open(io.BytesIO(stored(upload, f"{upload.widths[-1]}.jpg")))


def archive():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.writestr("run.js", "alert(1)")
    return content.getvalue()


# ---- Pictures --------------------------------------------------------------


def test_a_large_picture_is_kept_in_three_widths_and_two_formats():
    upload = factories.upload(data=picture(size=(2000, 1000)))
    assert (upload.width, upload.height, upload.widths) == (1600, 800, [480, 960, 1600])
    assert set(upload.types) == {f"{width}.{end}" for width in (480, 960, 1600) for end in ("jpg", "webp")}
    for name in upload.types:
        image = Image.open(io.BytesIO(stored(upload, name)))
        assert image.format == {"jpg": "JPEG", "webp": "WEBP"}[name.partition(".")[2]]
        assert (image.width, image.height) == (int(name.partition(".")[0]), image.width // 2)
    assert upload.size == sum(len(stored(upload, name)) for name in upload.types)


def test_a_small_or_very_narrow_picture_is_kept_as_it_is():
    assert factories.upload(data=picture(size=(300, 200))).widths == [300]
    narrow = factories.upload(data=picture(size=(4000, 3)))
    assert (narrow.width, narrow.height) == (1600, 1)


def test_nothing_of_the_file_that_was_sent_survives():
    exif = Image.Exif()
    exif[0x010E] = "SECRETPLACE"
    exif.get_ifd(0x8825).update({1: "N", 2: (0.0, 18.0, 49.0), 29: "SECRETDATE"})
    words = {"exif": exif, "comment": b"SECRETCOMMENT", "icc_profile": b"SECRETPROFILE", "xmp": b"SECRETXMP"}
    png = io.BytesIO()
    info = PngInfo()
    info.add_text("Author", "SECRETAUTHOR")
    Image.new("RGB", (40, 30)).save(png, "PNG", pnginfo=info, exif=exif)
    for data in (picture(**words), picture("WEBP", exif=exif, xmp=b"SECRETXMP"), png.getvalue()):
        assert b"SECRET" in data
        upload = factories.upload(data=data)
        for name in upload.types:
            kept = stored(upload, name)
            assert b"SECRET" not in kept
            image = Image.open(io.BytesIO(kept))
            assert not image.getexif()
            assert not {"icc_profile", "comment", "xmp", "exif"} & set(image.info)


def test_a_picture_that_was_held_sideways_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    upload = factories.upload(data=picture(size=(60, 40), exif=exif))
    assert (upload.width, upload.height) == (40, 60)


def test_what_can_be_seen_through_lies_on_white():
    for mode, options in (("RGBA", {"colour": (0, 0, 0, 0)}), ("P", {"colour": 0, "transparency": 0}), ("LA", {})):
        colour = options.pop("colour", (0, 0))
        upload = factories.upload(data=picture("PNG", mode=mode, colour=colour, **options))
        assert drawn(upload).getpixel((5, 5)) == (255, 255, 255)


def test_pictures_of_every_depth_and_for_print_are_drawn_anew_for_the_web():
    grey = drawn(factories.upload(data=picture("PNG", mode="I;16", colour=128 * 256)))
    assert grey.getpixel((5, 5)) == (128, 128, 128)
    assert drawn(factories.upload(data=picture("PNG", mode="1", colour=1))).getpixel((5, 5)) == (255, 255, 255)
    assert drawn(factories.upload(data=picture("PNG", mode="P", colour=0))).mode == "RGB"
    paper = drawn(factories.upload(data=picture("JPEG", mode="CMYK", colour=(0, 0, 0, 0))))
    assert paper.mode == "RGB" and min(paper.getpixel((5, 5))) > 250


def test_the_colours_of_a_camera_become_those_of_the_web():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert drawn(factories.upload(data=picture(colour=(200, 40, 40), icc_profile=lab))).getpixel((5, 5))[0] > 190
    # A profile of another kind of picture is as good as none.
    xyz = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    assert drawn(factories.upload(data=picture(colour=(200, 40, 40), icc_profile=xyz))).getpixel((5, 5))[0] > 190


def test_what_a_phone_makes_of_two_pictures_is_the_first():
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(
        content, "MPO", save_all=True, append_images=[Image.new("RGB", (40, 30), "black")]
    )
    assert drawn(factories.upload(data=content.getvalue())).getpixel((5, 5)) == (255, 255, 255)


HIDDEN = "This file is a picture and something else at once"


def test_a_picture_that_is_something_else_as_well_is_refused():
    pages = [b"<?php system($_GET['c']); ?>", b"<script>alert(1)</script>", b"<!DOCTYPE html>"]
    for payload in [*pages, archive(), pdf()]:
        for data in (picture(), picture("PNG"), picture("WEBP")):
            assert refusal(data + payload).startswith(HIDDEN)
    assert refusal(picture(comment=b"<?PHP eval(1) ?>")).startswith(HIDDEN)


def test_what_is_no_picture_is_refused_by_what_it_is():
    js = b"GIF89a/*" + bytes(30) + b"*/=1;alert(1)"
    assert refusal(js) == "This is a file of the kind GIF. Choose a picture in the format JPEG, PNG or WebP."
    assert refusal(pdf()).startswith("This is a file of the kind PDF. Choose a picture")
    assert refusal(b"hello") == "Choose a picture in the format JPEG, PNG or WebP."
    for drawing in (
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?xml version='1.0'?>\n<!-- --><SVG onload='x'/>",
    ):
        assert refusal(drawing).startswith("This is a drawing (SVG), which can hold a program. Save it as PNG")
    assert refusal(b"\0\0\0\x18ftypheic" + bytes(40)).startswith("This is a HEIC photo")


def test_what_it_is_called_does_not_matter():
    assert refusal(b"<html>", name="photo.jpg").startswith("This is a file of the kind HTML.")
    kept = factories.upload(name="photo.php", data=picture("PNG"))
    assert set(kept.types) == {"40.webp", "40.jpg"}


def test_a_picture_that_moves_is_refused():
    frames = {"save_all": True, "append_images": [Image.new("RGB", (40, 30), "red")]}
    for kind in ("PNG", "WEBP"):
        assert refusal(picture(kind, **frames)) == "This picture moves. Choose one that stands still."


def bomb(side):
    """Return a PNG that says it has `side` × `side` pixels."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(2_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [6_000, 10_000, 30_000, 2**31 - 1])
def test_a_picture_with_too_many_pixels_is_refused_before_it_is_decoded(side, monkeypatch):
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda self: pytest.fail("it was decoded"))
    data = bomb(side)
    assert len(data) < 5_000
    assert refusal(data).startswith("This picture has too many pixels. Make it smaller: no more than 1600")


def test_a_picture_that_is_not_complete_is_refused():
    for kind in ("JPEG", "PNG", "WEBP"):
        whole = picture(kind, size=(200, 150), colour=(10, 20, 30))
        for length in (20, len(whole) // 2, len(whole) - 60):
            assert refusal(whole[:length]).startswith("This picture is damaged or not complete.")
    assert refusal(bomb(2_000)).startswith("This picture is damaged or not complete.")


# ---- Documents -------------------------------------------------------------


def test_a_pdf_is_kept_as_it_is():
    upload = factories.upload(FileKind.DOCUMENT, pdf())
    assert stored(upload, "document.pdf") == pdf()
    # Some programs keep the table of objects in a stream, or end with a few spaces.
    stream = pdf().partition(b"xref")[0] + b"9 0 obj\n<< /Type /XRef /Root 1 0 R >>\nstream\nendstream\nendobj\n"
    stream += b"startxref\n%d\n%%%%EOF\r\n\0 \n" % stream.index(b"9 0 obj")
    factories.upload(FileKind.DOCUMENT, stream)


def test_what_is_no_pdf_is_refused_by_what_it_is():
    def told(data):
        return refusal(data, FileKind.DOCUMENT)

    assert told(b"<html><body>%PDF-1.4</body></html>").startswith("This is a file of the kind HTML. Choose a PDF")
    assert told(b"junk\n" + pdf()).endswith("Choose a PDF: in most programs “Save as” or “Print” makes one.")
    assert told(picture("PNG")).startswith("This is a file of the kind PNG.")
    damaged = "This PDF is damaged or not complete."
    for data in (pdf()[:-30], pdf()[:100], pdf() + b"<script>", b"%PDF-1.4\n<html>", b"%PDF-"):
        assert told(data).startswith(damaged)
    for place in (b"0", b"9999999", b"20"):
        assert told(pdf().rpartition(b"startxref")[0] + b"startxref\n" + place + b"\n%%EOF").startswith(damaged)
    assert told(pdf().replace(b"/Root", b"/Boot")).startswith(damaged)


def test_a_pdf_that_is_an_archive_as_well_is_refused():
    content = io.BytesIO(pdf())
    with zipfile.ZipFile(content, "a") as made:
        made.writestr("run.js", "alert(1)")
        made.comment = b"startxref\n%d\n%%%%EOF" % pdf().index(b"xref")
    assert refusal(content.getvalue(), FileKind.DOCUMENT).startswith("This file is a PDF and an archive at once.")


# ---- Both ------------------------------------------------------------------


def test_an_empty_file_and_one_over_the_limit_are_refused():
    for kind in FileKind:
        assert refusal(b"", kind) == "This file is empty. Choose another."
    assert refusal(picture() + bytes(2 * 1024**2)).startswith("This file has 2.0\xa0MB; at most 2.0\xa0MB are taken.")
    over = pdf() + bytes(10 * 1024**2)
    assert refusal(over, FileKind.DOCUMENT).startswith("This file has 10.0\xa0MB; at most 10.0\xa0MB are taken.")


def test_a_name_that_could_lead_elsewhere_or_deceive_is_refused():
    for name in ("../../x", "..\\..\\x.jpg", "/etc/passwd", "a\0.jpg", "photo\u202egpj.exe", "a\n.jpg"):
        told = refusal(picture(), name=name)
        assert told.startswith("The name of this file has a slash or an invisible sign in it."), name


def test_a_name_that_is_too_long_is_refused_and_one_in_any_script_is_kept():
    assert refusal(picture(), name="x" * 300 + ".jpg").startswith("The name of this file is too long.")
    assert factories.upload(name="السوق.jpg").name == "السوق.jpg"


def test_no_word_of_a_user_stands_in_the_place_where_a_file_is_kept():
    upload = factories.upload(name="secret.jpg")
    for name in upload.types:
        assert upload.path(name) == f"{upload.key[:2]}/{upload.key}-{name}"
    assert len({factories.upload().key for _ in range(5)}) == 5
