"""A picture and documents in the submission form: sent once, kept through everything, refused in words."""

import pytest
from django.urls import reverse

from initiatives import moderation
from initiatives.content import read
from initiatives.models import Submission, Upload
from initiatives.uploads import receiving
from tests import factories
from tests.sent import chosen, pdf, picture
from tests.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

LEAST = {"title": "Kampala for All", "summary": "It opens services.", "countries": "Uganda", "themes": ["diaspora"]}
ALT = "A market stall at dawn."


def photo(name="market.jpg", **options):
    return chosen(name, picture(**options))


def report(name="report.pdf", words="A report"):
    return chosen(name, pdf(words))


@pytest.fixture
def form(anyone):
    """The form, filled in as far as needed."""
    page = anyone.open(reverse("submit:new"))
    page.form.fill(**LEAST)
    return page


def images(page):
    return [node.attrs["src"] for node in page.root.walk("img")]


def sent():
    return read(Submission.objects.get().revision)


# ---- What is sent arrives --------------------------------------------------


def test_a_picture_and_documents_are_sent_with_the_form(form):
    page = form.press("Add another document", picture__new=photo(), picture_alt=ALT, picture_credit="Photo: Kampala")
    files = {"documents__0__upload__new": report(), "documents__0__title": "Annual report"}
    files |= {"documents__1__upload__new": report(words="More"), "documents__1__title": "Leaflet"}
    page = page.press("Submit for review", **files)
    assert "Thank you" in page.main
    content = sent()
    assert (content.picture.name, content.picture_alt, content.picture_credit) == ("market.jpg", ALT, "Photo: Kampala")
    assert [each.title for each in content.documents] == ["Annual report", "Leaflet"]


def test_the_page_says_what_it_takes_and_a_browser_offers_no_other_files(form):
    assert "as JPEG, PNG or WebP, at most 2 MB" in form.main
    assert "PDF, at most 10 MB" in form.main
    accept = {node.attrs["name"]: node.attrs["accept"] for node in form.root.walk("input") if "accept" in node.attrs}
    assert accept == {"picture-new": "image/jpeg,image/png,image/webp", "documents-0-upload-new": "application/pdf"}


@pytest.mark.parametrize("detour", [["Submit for review"], ["Preview"], ["Add another link", "Add another document"]])
def test_a_file_that_passed_is_kept_through_errors_and_detours_and_sent_once(form, detour):
    files = {"picture__new": photo(), "documents__0__upload__new": report()}
    page = form.press(detour[0], title="", documents__0__title="Annual report", **files)
    for words in detour[1:]:
        page = page.press(words)
    assert "market.jpg" in page.main and "report.pdf" in page.main
    (thumbnail,) = images(page)
    assert page.visitor.client.get(thumbnail).status_code == 200
    page = page.press("Preview", title="Kampala", picture_alt=ALT)
    assert "This is a preview" in page.main
    assert "Thank you" in page.press("Back to the form").press("Submit for review").main
    assert (sent().picture.name, len(sent().documents)) == ("market.jpg", 1)
    assert Upload.objects.count() == 2


def test_the_preview_shows_the_picture_and_the_documents_to_whoever_sent_them(form):
    files = {"picture__new": photo(), "documents__0__upload__new": report()}
    answers = {"picture_alt": ALT, "picture_credit": "Photo: Kampala", "documents__0__title": "Annual report"}
    page = form.press("Preview", **files, **answers)
    (image,) = page.root.walk("img")
    assert image.attrs["alt"] == ALT
    assert "Photo: Kampala" in page.main
    link = next(node for node in page.root.walk("a") if node.text == "Annual report")
    for address in (image.attrs["src"], link.attrs["href"]):
        assert page.visitor.client.get(address).status_code == 200
        assert Visitor().open(address.partition("?")[0]).status == 404


def test_what_is_removed_is_gone_with_what_was_said_of_it(form):
    files = {"picture__new": photo(), "documents__0__upload__new": report()}
    page = form.press("Submit for review", title="", picture_alt=ALT, documents__0__title="Annual report", **files)
    page = page.press("Submit for review", picture__remove=True, documents__0__upload__remove=True)
    assert "market.jpg" not in page.main and "report.pdf" not in page.main
    assert (page.form["picture_alt"], page.form["documents-0-title"]) == ("", "")
    page.press("Submit for review", title="Kampala")
    assert (sent().picture, sent().documents) == (None, [])


def test_another_file_takes_the_place_of_the_one_before(form):
    page = form.press("Submit for review", title="", picture__new=photo(), picture_alt=ALT)
    page.press("Submit for review", title="Kampala", picture__new=photo("other.jpg", size=(50, 30)))
    assert sent().picture.name == "other.jpg"


# ---- Twice -----------------------------------------------------------------


def test_a_second_click_with_files_is_the_same_submission(form):
    files = {"picture__new": photo(), "documents__0__upload__new": report()}
    form.form.fill(picture_alt=ALT, documents__0__title="Annual report", **files)
    pages = [form.press(words) for words in ("Submit for review", "Submit for review", "Preview")]
    pages.append(pages.pop().press("Submit for review"))
    assert len({page.url for page in pages}) == 1
    assert Submission.objects.count() == 1


def test_the_same_page_with_another_picture_is_another_submission(form):
    first = form.press("Submit for review", picture__new=photo(), picture_alt=ALT)
    second = form.press("Submit for review", picture__new=photo(size=(50, 30)))
    assert first.url != second.url


# ---- Changing --------------------------------------------------------------


@pytest.fixture
def waiting():
    values = {"countries": [factories.country()], "themes": [factories.theme()]}
    files = {"picture": factories.upload(), "picture_alt": ALT, "documents": [factories.document("Annual report")]}
    return factories.submission("Kampala for All", **values, **files)


def test_a_change_keeps_the_files_without_copying_them(anyone, waiting):
    before = read(waiting.revision)
    page = anyone.open(reverse("submit:edit", args=[waiting.token]))
    assert page.form["picture_alt"] == ALT
    page.press("Submit for review", title="Kampala for Everyone")
    waiting.refresh_from_db()
    after = read(waiting.revision)
    assert (after.picture, after.documents) == (before.picture, before.documents)
    assert Upload.objects.count() == 2


def test_a_change_takes_files_out_and_adds_others(anyone, waiting):
    page = anyone.open(reverse("submit:edit", args=[waiting.token]))
    page.press(
        "Submit for review",
        picture__remove=True,
        documents__0__upload__remove=True,
        documents__1__upload__new=report(words="New"),
        documents__1__title="New report",
    )
    waiting.refresh_from_db()
    after = read(waiting.revision)
    assert after.picture is None and after.picture_alt == ""
    assert [each.title for each in after.documents] == ["New report"]


def test_a_submission_that_was_changed_meanwhile_keeps_the_new_file_on_the_page(anyone, waiting, moderator):
    page = anyone.open(reverse("submit:edit", args=[waiting.token]))
    moderation.reject(waiting, by=moderator, note="No.")
    page = page.press("Submit for review", picture__new=photo("new.jpg"))
    assert "This submission was changed or decided" in page.errors[0]
    assert "new.jpg" in page.main


# ---- Refused ---------------------------------------------------------------


def test_a_refused_file_is_told_at_its_field_and_everything_else_is_kept(form):
    bad = {"picture__new": chosen("market.jpg", b"<svg/>"), "documents__0__upload__new": chosen("a.pdf", b"<html>")}
    page = form.press("Submit for review", documents__0__title="Annual report", **bad)
    assert page.error("picture").startswith("Error: This is a drawing (SVG)")
    assert page.error("documents-0-upload").startswith("Error: This is a file of the kind HTML. Choose a PDF")
    assert [line.partition(":")[0] for line in page.errors] == ["Picture", "Document 1, PDF, at most 10 MB"]
    assert (page.form["title"], page.form["documents-0-title"]) == ("Kampala for All", "Annual report")
    assert not Upload.objects.exists()


@pytest.mark.parametrize("words", ["Add another link", "Preview"])
def test_a_refused_file_is_told_whatever_button_was_pressed_and_the_one_before_stays(form, words):
    page = form.press("Add another link", picture__new=photo(), picture_alt=ALT)
    page = page.press(words, picture__new=chosen("x.gif", b"GIF89a" + bytes(40)))
    assert page.error("picture").startswith("Error: This is a file of the kind GIF.")
    assert len(page.errors) == 1
    assert "market.jpg" in page.main
    assert "Thank you" in page.press("Submit for review").main
    assert sent().picture.name == "market.jpg"


def test_a_picture_needs_words_for_whoever_cannot_see_it(form):
    page = form.press("Submit for review", picture__new=photo(), picture_alt=" … ")
    assert page.error("picture_alt") == "Error: Say in one sentence what the picture shows."
    assert "market.jpg" in page.main


def test_words_without_a_picture_say_nothing(form):
    form.press("Submit for review", picture_alt=ALT, picture_credit="Photo: Kampala")
    assert (sent().picture_alt, sent().picture_credit) == ("", "")


def test_a_document_needs_a_title_and_a_title_a_document(form):
    page = form.press("Submit for review", documents__0__upload__new=report())
    assert page.error("documents-0-title") == "Error: Give the document a title."
    assert "report.pdf" in page.main
    assert "Thank you" in page.press("Submit for review", documents__0__upload__remove=True).main
    assert not sent().documents
    other = Visitor().open(reverse("submit:new")).press("Submit for review", **LEAST, documents__0__title="Report")
    assert other.error("documents-0-upload") == "Error: Choose the document, or empty its title."


def test_six_documents_are_one_too_many_and_the_same_one_counts_once(form):
    page = form
    for number in range(5):
        page = page.press(
            "Add another document" if number < 4 else "Add another link",
            **{f"documents__{number}__upload__new": report(words=str(number)), f"documents__{number}__title": "R"},
        )
    assert "Add another document" not in page.main
    sixth = dict(page.form.values) | {"documents-5-upload-new": report(words="5"), "documents-5-title": "R"}
    refused = page.visitor.send(page.url, sixth)
    assert "At most 5 documents are taken. Remove the others, or link to them." in refused.errors
    page = page.press("Submit for review", documents__4__upload__new=report(words="0"))
    assert page.error("documents-4-upload") == "Error: Line 1 names it already."


def test_a_ticket_that_was_not_made_here_or_whose_file_is_gone_is_no_file(anyone, form):
    mine = factories.upload()
    for ticket in (mine.key, mine.ticket + "x", "x", "é" * 300, factories.document().upload.ticket):
        page = Visitor().open(reverse("submit:new"))
        page.form.fill(**LEAST).values.append(("picture", ticket))
        page.form.values.remove(("picture", ""))
        answer = page.press("Submit for review")
        assert answer.error("picture") == "Error: This file is no longer here. Choose it again."
    page = form.press("Submit for review", title="", picture__new=photo(), picture_alt=ALT)
    Upload.objects.all().delete()
    page = page.press("Submit for review", title="Kampala")
    assert page.error("picture") == "Error: This file is no longer here. Choose it again."
    assert not Submission.objects.exists()


def test_so_many_files_an_hour_come_from_one_address(form, monkeypatch):
    monkeypatch.setattr(receiving, "SENDING", receiving.Limit("files", most=1, seconds=3600))
    page = form.press("Submit for review", picture__new=photo(), documents__0__upload__new=report(), picture_alt=ALT)
    assert "Too many files came from you or your network within an hour." in page.error("documents-0-upload")
    assert page.error("picture") == ""
    assert not Submission.objects.exists()


def test_strangers_cannot_fill_the_disk(form, settings, caplog):
    settings.FILES_WAITING_MEGABYTES = 0
    page = form.press("Submit for review", picture__new=photo(), picture_alt=ALT)
    assert page.error("picture").startswith("Error: The site has no room for files just now.")
    assert "FILES_WAITING_MEGABYTES" in caplog.text


def test_a_storage_that_is_away_is_told_and_the_form_is_kept(form, monkeypatch, caplog):
    def save(*args):
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.files.storage.default_storage.save", save)
        page = form.press("Submit for review", picture__new=photo(), picture_alt=ALT)
    assert page.error("picture").startswith("Error: The file could not be stored just now.")
    assert "Thank you" in page.press("Submit for review", picture__new=photo()).main
