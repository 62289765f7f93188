"""How a file comes in: to forms that take one, under its field, no larger than is kept, whatever it is called."""

import pytest
from django.test import Client
from django.urls import reverse

from initiatives.models import Upload
from initiatives.uploads import receiving
from tests.sent import pdf, picture

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


def part(name, content, filename=None):
    """Return a part of a form, as raw as it comes over the line."""
    head = f'Content-Disposition: form-data; name="{name}"' + (f'; filename="{filename}"' if filename else "")
    return b"--x\r\n" + head.encode() + b"\r\n\r\n" + content + b"\r\n"


def send(*parts, to=None):
    body = b"".join(parts) + b"--x--\r\n"
    return Client().generic("POST", to or reverse("submit:new"), body, "multipart/form-data; boundary=x")


def told(*parts):
    """Return the page that comes back."""
    answer = send(*parts)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", ["../../x", "../../x.jpg", "..\\x.jpg", "x\u202egpj.exe", "C:x/y", "a\tb"])
def test_a_file_with_a_strange_name_is_refused_with_a_sentence(name):
    assert "has a slash or an invisible sign in it" in told(part("picture-new", picture(), name))
    assert not Upload.objects.exists()


def test_a_file_without_a_name_is_no_file():
    nothing_chosen = b'--x\r\nContent-Disposition: form-data; name="picture-new"; filename=""\r\n\r\n\r\n'
    assert 'id="id_picture_error"' not in told(nothing_chosen)
    assert not Upload.objects.exists()


def test_a_file_over_the_limit_is_refused_with_a_sentence_and_never_kept(monkeypatch):
    written = []
    spooled = receiving.tempfile.SpooledTemporaryFile

    class Watched(spooled):
        def write(self, data):
            written.append(len(data))
            return super().write(data)

    monkeypatch.setattr(receiving.tempfile, "SpooledTemporaryFile", Watched)
    huge = part("picture-new", bytes(30 * MEGABYTE), "film.jpg")
    page = told(part("title", b"Kampala"), huge, part("documents-0-upload-new", pdf(), "report.pdf"))
    assert "This file has 30.0\xa0MB; at most 2.0\xa0MB are taken." in page
    assert 'value="Kampala"' in page and "report.pdf" in page
    assert sum(written) < 11 * MEGABYTE


def test_a_request_that_is_longer_than_any_form_is_not_read(monkeypatch):
    monkeypatch.setattr(receiving, "LONGEST_REQUEST", 1000)
    assert send(part("picture-new", bytes(2000), "film.jpg")).status_code == 400


def test_a_file_under_another_name_than_the_forms_is_refused(subtests):
    for name in ("picture", "file", "documents-0-title", "documents-99999-upload-new", "picture-new2"):
        with subtests.test(name):
            assert send(part(name, picture(), "x.jpg")).status_code == 400
    assert not Upload.objects.exists()


def test_more_files_than_the_form_has_are_refused():
    parts = [part(f"documents-{number}-upload-new", pdf(), "x.pdf") for number in range(41)]
    assert send(*parts).status_code == 400
    assert not Upload.objects.exists()


def test_a_file_that_breaks_off_leaves_nothing():
    body = part("picture-new", picture(), "x.jpg")[:-200]
    answer = Client().generic("POST", reverse("submit:new"), body, "multipart/form-data; boundary=x")
    assert answer.status_code in (200, 400)
    assert not Upload.objects.exists()


def test_where_no_file_is_taken_none_is_kept(tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    for address in (reverse("account_login"), reverse("browse:list"), reverse("submit:cities")):
        assert send(part("picture-new", picture(), "x.jpg"), to=address).status_code in (400, 405)
    assert list(tmp_path.iterdir()) == []
