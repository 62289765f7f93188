"""Files in drafts and corrections: they stay with what was typed, and are compared before they are sent."""

import pytest
from django.urls import reverse

from initiatives import moderation, uploads
from initiatives.content import read
from initiatives.models import Draft, Initiative, Submission, Upload
from tests import factories
from tests.sent import chosen, pdf, picture
from tests.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

LEAST = {"title": "Kampala for All", "summary": "It opens services.", "countries": "Uganda", "themes": ["diaspora"]}
ALT = "A market stall at dawn."


def photo(name="market.jpg", **options):
    return chosen(name, picture(**options))


# ---- Drafts ----------------------------------------------------------------


def test_a_draft_keeps_its_files_until_it_is_sent(anyone):
    page = anyone.open(reverse("submit:new"))
    files = {"picture__new": photo(), "documents__0__upload__new": chosen("report.pdf", pdf())}
    page = page.press("Save draft", picture_alt=ALT, documents__0__title="Annual report", **files)
    assert "Your draft is saved." in page.main
    draft = Draft.objects.get()
    Upload.objects.update(used_at="2020-01-01T00:00Z")
    assert uploads.delete_needless().deleted == 0
    page = Visitor().open(draft.edit_url)
    assert "market.jpg" in page.main and "report.pdf" in page.main
    page.press("Submit for review", **LEAST)
    content = read(Submission.objects.get().revision)
    assert (content.picture.name, [each.title for each in content.documents]) == ("market.jpg", ["Annual report"])
    assert Upload.objects.count() == 2


def test_a_draft_is_saved_without_a_file_that_is_refused_and_its_writer_is_told(anyone):
    page = anyone.open(reverse("submit:new")).press("Save draft", title="Kampala", picture__new=chosen("a.jpg", b"x"))
    assert "Your draft is saved." in page.main
    assert page.error("picture") == "Error: Choose a picture in the format JPEG, PNG or WebP."
    draft = Draft.objects.get()
    assert (draft.title, draft.answer("picture")) == ("Kampala", "")
    page = page.press("Save draft", picture__new=photo())
    assert page.url == draft.tracking_url
    assert Upload.key_of(Draft.objects.get().answer("picture")) == Upload.objects.get().key


def test_a_file_that_is_gone_from_a_draft_is_told_when_it_is_opened(anyone):
    upload = factories.upload()
    draft = Draft.objects.create(answers={"title": ["Kampala"], "picture": [upload.ticket]})
    upload.delete()
    page = anyone.open(draft.edit_url)
    assert page.error("picture") == "Error: This file is no longer here. Choose it again."
    assert page.form["title"] == "Kampala"


# ---- Corrections -----------------------------------------------------------


@pytest.fixture
def entry():
    values = {"countries": [factories.country()], "themes": [factories.theme()]}
    files = {"picture": factories.upload(), "picture_alt": ALT, "documents": [factories.document("Annual report")]}
    return factories.initiative("Kampala for All", **values, **files)


def correct(visitor, entry):
    return visitor.open(reverse("submit:correct", args=[entry.slug]))


def test_a_correction_shows_the_old_picture_and_the_new_one_and_changes_nothing_else(anyone, entry, moderator):
    before = read(entry.public)
    page = correct(anyone, entry).press("Preview", picture__new=photo("new.jpg"), picture_alt="A bridge.")
    shown = [node.attrs["src"] for node in page.root.walk("img") if node.attrs.get("class") == "compared"]
    assert [anyone.client.get(each).status_code for each in shown] == [200, 200]
    assert Visitor().open(shown[1].partition("?")[0]).status == 404
    page.press("Submit for review")
    correction = Submission.objects.get(kind="correction")
    assert read(correction.revision).documents == before.documents
    assert read(Initiative.objects.get().public).picture == before.picture
    moderation.approve(correction, by=moderator)
    now = read(Initiative.objects.get().public)
    assert (now.picture.name, now.picture_alt, now.documents) == ("new.jpg", "A bridge.", before.documents)


def test_a_correction_that_sends_the_same_file_again_changes_nothing(anyone, entry):
    data = picture(size=(33, 33))
    entry.public.picture.digest = factories.upload(data=data).digest
    entry.public.picture.save()
    page = correct(anyone, entry).press("Submit for review", picture__new=chosen("same.jpg", data))
    assert page.errors == ["Nothing is different yet. Change what should be, then send it."]


def test_two_public_versions_beside_each_other_show_their_pictures_to_everybody_without_a_ticket(entry, moderator):
    content = read(entry.public)
    content.picture, content.documents = factories.upload(), [factories.document("Annual report")]
    correction = moderation.submit(content, submitter=moderation.Submitter(), base=entry.public)
    moderation.approve(correction, by=moderator)
    stranger = Visitor()
    page = stranger.open(reverse("browse:compare", args=[entry.slug]) + "?old=1&new=2")
    files = [node.attrs.get("src") or node.attrs["href"] for node in page.root.walk("img", "a")]
    files = [each for each in files if each.startswith("/files/")]
    assert len(files) == 4
    assert {stranger.client.get(each).status_code for each in files} == {200}
    assert "ticket" not in page.html
